"""Makes the generated word lists out of word lists and official texts.

Run as ``python -m indexer.languages.compiling``; ``README.md`` says what goes in and from where.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from indexer.languages.kk.endings import GENITIVES
from indexer.languages.kk.letters import SPECIAL, letterless
from indexer.languages.listing import by_hand_name, listed

FOLDER = Path(__file__).parent

_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]+")
_MAX_WEIGHT = 9
_MAX_ACRONYM = 6
_MIN_STEM = 3
_MAX_ENDING = 12
_SHORT = 4
_MIN_ENDINGS = 25
# People ask "әріптеспіз бе?" (are we partners?); written texts hardly do.
_PREDICATIVE = (
    "мын", "мін", "бын", "бін", "пын", "пін", "сың", "сің", "сыз", "сіз", "мыз", "міз",
    "быз", "біз", "пыз", "піз", "сыздар", "сіздер", "сыңдар", "сіңдер",
)  # fmt: skip


def main(
    web: Annotated[Path, typer.Option(help="Folder with kaz.words and rus.words.")],
    acts: Annotated[Path, typer.Option(help="Folder of acts, each with kk.txt and ru.txt.")],
    english: Annotated[Path, typer.Option(help="List of English words.")],
    out: Annotated[Path, typer.Option(help="Where the lists go.")] = FOLDER,
) -> None:
    """Writes the frequent words of each language and the endings, under the headers they have."""
    texts = {language: _count(sorted(acts.glob(f"*/{language}.txt"))) for language in ("kk", "ru")}
    russian = _weigh(web / "rus.words", texts["ru"])
    kazakh = _without_strays(_weigh(web / "kaz.words", texts["kk"]), russian, texts["kk"])
    _lower_second_person(kazakh)
    _write(out / "kk" / "words" / "frequent.tsv", kazakh)
    _write(out / "ru" / "words" / "frequent.tsv", russian)
    words = {w for w in english.read_text(encoding="utf-8").split() if w.isascii() and w.isalpha()}
    lower = {word.lower() for word in words}
    _write(
        out / "en" / "words" / "frequent.tsv",
        {word: (word, 1) for word in lower if len(word) > 1 or word in "ai"},
    )
    frequent = {word for word, (_, weight) in kazakh.items() if weight > 1}
    by_hand = listed(FOLDER / "kk" / "words" / by_hand_name("frequent.tsv"))
    endings = _endings(frequent | {line.split("\t")[0].lower() for line in by_hand})
    _write(out / "kk" / "words" / "endings.tsv", {ending: (ending, n) for ending, n in endings})


def _count(paths: Iterable[Path]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for path in paths:
        text = path.read_text(encoding="utf-8")
        counts.update(match[0].lower() for match in _CYRILLIC_WORD.finditer(text))
    return counts


def _weigh(path: Path, acts: Counter[str]) -> dict[str, tuple[str, int]]:
    """Returns each word in its usual case with a weight from 0 to 9.

    The list of the web has no frequencies. Frequent words stand there in several cases (lower,
    title, upper), and have many longer words that begin with them.
    """
    cases: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        if _CYRILLIC_WORD.fullmatch(line):
            cases[line.lower()].add(_case(line))
    longer: Counter[str] = Counter()
    for word in cases:
        longer.update(word[:end] for end in range(2, len(word)) if word[:end] in cases)
    weighed = {}
    for word in cases.keys() | acts.keys():
        seen, count = cases.get(word, set()), acts[word]
        if len(seen) < 2 and count < 2 and not (seen == {"upper"} and len(word) <= _MAX_ACRONYM):
            continue
        weight = 1.6 * len(seen - {"mixed"}) - 2
        weight += math.log2(1 + longer[word]) / 2 + math.log2(1 + count) / 3
        weighed[word] = (_usual(word, seen), max(0, min(_MAX_WEIGHT, round(weight))))
    return weighed


def _case(word: str) -> str:
    if word.islower():
        return "lower"
    return "upper" if word.isupper() else "title" if word.istitle() else "mixed"


def _usual(word: str, seen: set[str]) -> str:
    if not seen or "lower" in seen:
        return word
    if seen == {"upper"} and len(word) <= _MAX_ACRONYM:
        return word.upper()
    return word.capitalize()


def _without_strays(
    kazakh: dict[str, tuple[str, int]],
    russian: dict[str, tuple[str, int]],
    acts: Counter[str],
) -> dict[str, tuple[str, int]]:
    """Leaves out what the web types without Kazakh letters, and its Russian words."""
    alike: dict[str, list[str]] = defaultdict(list)
    for word in kazakh:
        alike[letterless(word)].append(word)
    kept = {}
    for key, words in alike.items():
        for word in words:
            usual, weight = kazakh[word]
            stray = len(word) > _SHORT and any(
                kazakh[other][1] >= weight and _restores(other, word) for other in words
            )
            foreign = word == key and weight + 1 < russian.get(word, ("", -1))[1]
            if acts[word] > 2 or not (stray or foreign):
                kept[word] = (usual, weight)
    return kept


def _lower_second_person(kazakh: dict[str, tuple[str, int]]) -> None:
    """Makes ``тілің`` (your language) weigh less than ``тілін`` (its language).

    Both are typed alike without Kazakh letters; questions to a document rarely say "your".
    """
    for word, (usual, weight) in list(kazakh.items()):
        at = word.rfind("ң")
        if at < 3 or word[at - 1] not in "ыі" or word[at - 2 : at + 1] in GENITIVES:
            continue
        rival = kazakh.get(word[:at] + "н" + word[at + 1 :], ("", -1))[1]
        if rival >= weight - 2:
            kazakh[word] = (usual, max(0, min(weight, rival - 1)))


def _restores(word: str, typed: str) -> bool:
    """Returns whether ``word`` is ``typed`` with more letters Kazakh and the others the same."""
    pairs = zip(word, typed, strict=True)
    return word != typed and all(a == b or b not in SPECIAL for a, b in pairs)


def _endings(words: set[str]) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for word in words:
        for end in range(max(_MIN_STEM, len(word) - _MAX_ENDING), len(word)):
            if word[:end] in words:
                counts[word[end:]] += 1
    for ending in _PREDICATIVE:
        counts[ending] = max(counts[ending], _MIN_ENDINGS)
    return [(ending, count) for ending, count in counts.most_common() if count >= _MIN_ENDINGS]


def _write(path: Path, entries: dict[str, tuple[str, int]]) -> None:
    """Writes the entries sorted by their keys, below the remarks that the list begins with."""
    header = [
        line
        for line in (FOLDER / path.relative_to(path.parents[2])).read_text("utf-8").splitlines()
        if line.startswith("#")
    ]
    lines = (f"{word}\t{number}" for _, (word, number) in sorted(entries.items()))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*header, "", *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
