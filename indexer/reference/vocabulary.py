"""Words for elements in questions, and the places where a question uses them with a number."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indexer.reference.address import PartKind
from indexer.reference.letters import TO_LATIN

# Both alphabets and the Kazakh letters collapse into one skeleton, so that «тармағы», «тармагы»
# and "tarmagy" read alike. The vocabulary below goes through the same fold.
_SOUNDS = str.maketrans(
    dict(zip("әғқңөұүһіыйё", "агкноуухииие", strict=True))
    | dict(zip("abcdefghijklmnopqrstuvwxyz", "абсдефгхижклмнопкрстуввхиз", strict=True))
    | dict(zip("äáğģıíîñóöúüūşç", "ааггииинооуууши", strict=True))
    | {"w": "у", "ç": "ч"}
)
_LOOKALIKES = str.maketrans("aceiopxyhkmtbəı", "асеіорхуһкмтвәі")
_WORD = re.compile(r"[^\W\d_]+")
_HAS_CYRILLIC = re.compile(r"[\u0400-\u04ff]")

# A star stands for any ending.
_KAZAKH: Mapping[PartKind, str] = {
    "point": "тармақша* tarmaqsha*",
    "para": "тармақ* тармағ* бөлігі* бөлік*",
    "art": "бап баптың баптан бапта бапқа бапты баппен баптар* бабы бабын* баба",
    "chp": "тарау*",
    "sec": "бөлім*",
    "al": "абзац*",
    "annex": "қосымша*",
    "list": "тізбе*",
}
_BEFORE: Mapping[PartKind, str] = {
    "point": "подпункт* пп п.п подп sub-item sub-items subitem* subparagraph* subpoint*",
    "para": "пункт* п часть части частью ч item items paragraph paragraphs para point clause",
    "art": "стать* statya* statie* ст article articles art",
    "chp": "глав* гл chapter chapters ch",
    "sec": "раздел* разд section sections sec",
    "al": "абзац* абз",
    "annex": "приложени* annex appendix",
    "list": "перечень перечня list",
}
# «5 глава», «3-й пункт»; a quantity («рост на 2 пункта») is in the genitive and no reference.
_AFTER: Mapping[PartKind, str] = {
    "point": "подпункт подпункте подпункту",
    "para": "пункт пункте пункту",
    "art": "статья статье статью",
    "chp": "глава главе главу",
    "sec": "раздел разделе",
    "al": "абзац абзаце",
    "annex": "приложение приложении",
}
_BARE: Mapping[PartKind, str] = {
    "decree": "жарлық* жарлығ* указ указа указе указу указом decree",
    "preamble": "кіріспе* преамбул* preamble",
}
_UNNUMBERED = ("нөмірленбеген", "ненумерованный", "unnumbered")
_ORDINALS = {
    1: "бірінші первая первой первую первый первом первого first",
    2: "екінші вторая второй вторую втором второго second",
    3: "үшінші третья третьей третью третий третьем третьего third",
    4: "төртінші четвертая четвертой четвертую четвертый четвертом четвертого fourth",
    5: "бесінші пятая пятой пятую пятый пятом пятого fifth",
    6: "алтыншы шестая шестой шестую шестом шестого sixth",
    7: "жетінші седьмая седьмой седьмую седьмом седьмого seventh",
    8: "сегізінші восьмая восьмой восьмую восьмом восьмого eighth",
    9: "тоғызыншы девятая девятой девятую девятый девятом девятого ninth",
    10: "оныншы десятая десятой десятую десятый десятом десятого tenth",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A word for an element in a question, with the numbers beside it.

    Attributes:
        kind: Sort of element.
        numbers: Numbers in the eId's spelling; empty for a decree or a preamble.
        start: Offset in the question.
        end: Offset after it.
        adjoins: Nothing but commas and small words stands between it and the mention before.
    """

    kind: PartKind
    numbers: tuple[str, ...]
    start: int
    end: int
    adjoins: bool


def skeleton(text: str) -> str:
    """Fold a text for the reading of references, character by character.

    Case, Kazakh letters, Latin look-alikes inside Cyrillic words and whole words in Latin letters
    are folded; every character keeps its place.
    """
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _WORD.sub(_fold, lowered).replace("\u00a0", " ").replace("\u2011", "-")


def _fold(match: re.Match[str]) -> str:
    word = match[0]
    if _HAS_CYRILLIC.search(word):
        word = word.translate(_LOOKALIKES)
    return word.translate(_SOUNDS)


def _alternatives(*vocabularies: Mapping[PartKind, str]) -> str:
    words = [w for vocabulary in vocabularies for line in vocabulary.values() for w in line.split()]
    # The longest first, so that a word is not read as its own beginning.
    return "|".join(
        re.escape(skeleton(word.rstrip("*"))) + (r"\w{0,12}" if word.endswith("*") else "")
        for word in sorted(words, key=len, reverse=True)
    )


def _kinds(*vocabularies: Mapping[PartKind, str]) -> list[tuple[re.Pattern[str], PartKind]]:
    return [
        (re.compile(_alternatives({kind: line})), kind)
        for vocabulary in vocabularies
        for kind, line in vocabulary.items()
    ]


_ORDINAL_VALUES = {
    skeleton(word): str(value) for value, line in _ORDINALS.items() for word in line.split()
}
_ORDINAL = "|".join(sorted(_ORDINAL_VALUES, key=len, reverse=True))
_NUMBER = r"\d{1,4}(?:[.-]\d{1,3}){0,3}"
_LETTERED = r"[а-я](?:-\d{1,2})?\)"
_SEPARATOR = r"(?:\s{0,2},\s{0,2}|\s{1,2}(?:жане|мен|пен|и|анд|ор|или|немесе)\s{1,2})"
_NUMBERS = rf"(?:{_NUMBER}\)?|{_LETTERED})(?:{_SEPARATOR}(?:{_NUMBER})\)?){{0,9}}"
_ENDING = r"(?:\s?-?\s?(?:инши|нши|ши|и|я|е|м|го|ои|ую|ем|тх|нд|рд|ст)(?=\s))?"

_KAZAKH_WORD = _alternatives(_KAZAKH)
_MENTION = re.compile(
    rf"""
    (?P<before_word> (?<![\w-]) (?: {_alternatives(_BEFORE)} | {_KAZAKH_WORD} ) )
        (?! \w ) \.? \s{{0,3}} (?: № \s? )?
        (?P<before> {_NUMBERS} | (?: {_ORDINAL} ) (?! \w ) )
        (?! [\w%] | [.,-]\d | \s?-?\s? (?: {_KAZAKH_WORD} ) (?! \w ) )
  | (?P<after> (?<![\w.,№/-]) (?: {_NUMBERS} {_ENDING} | (?: {_ORDINAL} ) (?= [\s-] ) ) )
        \s{{0,3}} [-–—]? \s{{0,3}}
        (?P<after_word> {_KAZAKH_WORD} | {_alternatives(_AFTER)} ) (?! \w )
  | (?P<bare_word> (?<! \w ) (?: {_alternatives(_BARE)} ) (?! \w ) )
    """,
    re.VERBOSE,
)
_BEFORE_KINDS = _kinds(_KAZAKH, _BEFORE)
_AFTER_KINDS = _kinds(_KAZAKH, _AFTER)
_BARE_KINDS = _kinds(_BARE)
_GAP = re.compile(
    r"[\s,;:()«»\"–—-]{0,6}(?:(?:оф|тхе|ин|в|во|из|к|оси|настоящего|аталган|сол)\s+){0,3}"
)
_PIECE = re.compile(rf"{_NUMBER}|{_LETTERED}|{_ORDINAL}")
# «в 10 ч. 30 мин», "30 sec": a unit of time after its number.
_UNITS = {skeleton(word) for word in ("ч", "sec", "ch")}


def find_mentions(question: str) -> Iterator[Mention]:
    """Yield the words for elements that a question uses with numbers, in order.

    Args:
        question: What a person wrote.
    """
    folded = skeleton(question)
    end = -1
    for match in _MENTION.finditer(folded):
        mention = _read(match, folded, end)
        if mention is not None:
            yield mention
            end = mention.end


def _read(match: re.Match[str], folded: str, previous_end: int) -> Mention | None:
    word = match["before_word"] or match["after_word"] or match["bare_word"]
    if match["before_word"] in _UNITS and re.search(r"\d\s?$", folded[: match.start()][-3:]):
        return None
    kinds = (
        _BEFORE_KINDS
        if match["before_word"]
        else _AFTER_KINDS
        if match["after_word"]
        else _BARE_KINDS
    )
    kind = next(kind for pattern, kind in kinds if pattern.fullmatch(word))
    numbers = tuple(_numbers(match["before"] or match["after"] or ""))
    if any(not number[0].isdigit() for number in numbers):
        # Only points are lettered, whatever they are called.
        kind = "point"
    start = match.start()
    if kind in {"sec", "para"}:
        before = folded[:start].rstrip()[-16:]
        adjective = next((w for w in _UNNUMBERED if before.endswith(skeleton(w))), None)
        if adjective:
            kind = "sec_nn" if kind == "sec" else "al"
            start = folded.rindex(skeleton(adjective), 0, start)
    adjoins = previous_end >= 0 and _GAP.fullmatch(folded, previous_end, start) is not None
    return Mention(kind, numbers, start, match.end(), adjoins)


def _numbers(text: str) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece in _ORDINAL_VALUES:
            yield _ORDINAL_VALUES[piece]
        elif piece[0].isdigit():
            yield "-".join(str(int(digits)) for digits in piece.replace(".", "-").split("-"))
        else:
            letter, _, tail = piece.rstrip(")").partition("-")
            yield TO_LATIN.get(letter, letter) + (f"-{tail}" if tail else "")
