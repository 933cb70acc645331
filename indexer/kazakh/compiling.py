"""Makes the word lists in ``data`` out of word lists and official texts.

Run as ``python -m indexer.kazakh.compiling``; ``data/README.md`` says what goes in and from where.
"""

import lzma
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from indexer.kazakh.alphabets import SPECIAL, letterless

DATA = Path(__file__).with_name("data")

_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]+")
_MAX_WEIGHT = 9
_MAX_ACRONYM = 6
_MIN_STEM = 3
_MAX_ENDING = 12
_SHORT = 4
_GENITIVES = frozenset(("ның", "нің", "дың", "дің", "тың", "тің"))
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
    out: Annotated[Path, typer.Option(help="Where the lists go.")] = DATA,
) -> None:
    """Writes kk.txt.xz, ru.txt.xz, en.txt.xz and endings.txt."""
    out.mkdir(parents=True, exist_ok=True)
    texts = {language: _count(sorted(acts.glob(f"*/{language}.txt"))) for language in ("kk", "ru")}
    russian = _weigh(web / "rus.words", texts["ru"])
    kazakh = _without_strays(_weigh(web / "kaz.words", texts["kk"]), russian, texts["kk"])
    _lower_second_person(kazakh)
    for line in (DATA / "common.txt").read_text(encoding="utf-8").splitlines():
        language, *common = line.split()
        weights = {"kk": kazakh, "ru": russian}.get(language, {})
        weights.update((word.lower(), (word, _MAX_WEIGHT)) for word in common if word.isalpha())
    _write(out / "kk.txt.xz", kazakh)
    _write(out / "ru.txt.xz", russian)
    words = {w for w in english.read_text(encoding="utf-8").split() if w.isascii() and w.isalpha()}
    lower = {word.lower() for word in words}
    _write(out / "en.txt.xz", {word: (word, 1) for word in lower if len(word) > 1 or word in "ai"})
    endings = _endings({word for word, (_, weight) in kazakh.items() if weight > 1})
    lines = (f"{ending} {count}\n" for ending, count in endings)
    (out / "endings.txt").write_text("".join(lines), encoding="utf-8")


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
        if at < 3 or word[at - 1] not in "ыі" or word[at - 2 : at + 1] in _GENITIVES:
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


def _write(path: Path, words: dict[str, tuple[str, int]]) -> None:
    lines = "".join(f"{words[word][0]} {words[word][1]}\n" for word in sorted(words))
    path.write_bytes(lzma.compress(lines.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    typer.run(main)
