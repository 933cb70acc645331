"""Recognisers: what a line announces at its beginning, in Kazakh, Russian or English.

A recogniser looks at one line alone. Whether the line may announce anything where it stands is
the business of :mod:`indexer.parsing.assembly`.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from indexer.parsing.lines import Line, fold_lookalikes
from indexer.parsing.ranges import NUMBERS, announced
from indexer.reference.folding import fold
from indexer.reference.numerals import CARDINALS, ORDINALS

MarkKind = Literal["division", "chapter", "article", "para", "point", "annex"]

# Keys carry Cyrillic look-alikes, so Roman numerals arrive with І, Х, С, М in place of I, X, C, M.
# «13¹» is what is elsewhere printed as 13-1.
_RAISED = "[¹²³⁰⁴-⁹]"
_ABOVE = re.compile(f"{_RAISED}+")
_NUMBER = rf"\d{{1,4}}(?:\s?[-–]\s?\d{{1,3}}|\.\d{{1,3}}(?=[.\s-])|{_RAISED})*"
_ROMAN = r"[ІVХLСМ]+(?:-\d+)?"
_REST = r"(?P<gap>\s*[.:]?\s*)(?P<rest>.*)$"

_RUSSIAN = re.compile(
    rf"(?P<word>статья|глава|параграф|подраздел|раздел|§)\s*"
    rf"(?P<num>{_NUMBER}|{_ROMAN}(?![а-яё]))(?![\d)]){_REST}",
    re.IGNORECASE,
)
_KAZAKH = re.compile(
    rf"(?P<num>{_NUMBER}|{_ROMAN})\s*[-–]?\s*"
    rf"(?P<word>бап|тарау|параграф|кіші\s+бөлім|бөлім)(?![\w-]){_REST}",
    re.IGNORECASE,
)
# English is read from the text itself: in keys its letters are half Cyrillic.
_ENGLISH = re.compile(
    rf"(?P<word>(?i:article|chapter|paragraph|subsection|section))\s+"
    rf"(?P<num>{_NUMBER}|[IVXLCM]+(?:-\d+)?(?!\w))(?![\d)]){_REST}"
)
# «Статья 5 Закона запрещает …»: a sentence about another act's article.
_OF_ACT = re.compile(r"(?:Закона|Кодекса|Конституции|Указа|Правил|Соглашения|Конвенции)\s")
_PLURAL = re.compile(
    rf"(?:(?P<ru>статьи|главы|пункты|подпункты|части)\s+(?P<num>{NUMBERS})\)?"
    rf"|(?P<kk_num>{NUMBERS})\)?\s?[-–]?\s?"
    rf"(?P<kk>баптар|тараулар|тармақтар|тармақшалар|бөліктер)(?!\w)){_REST}",
    re.IGNORECASE,
)
# «Статья 72 исключена Законом …», «7-тараудың күші жойылды – …»: the statement is the heading.
_STATED = re.compile(
    rf"(?:(?P<ru>статья|глава|параграф)\s+(?P<num>{_NUMBER})"
    rf"|(?P<kk_num>{_NUMBER})\s?[-–]?\s?(?P<kk>бап|тарау|параграф)(?:[тдн][ыі]ң)?)\s+"
    r"(?P<rest>(?:исключен|утратил|алы(?:ны)?п\s+тасталды|күші\s+жойыл)\w*.*"
    r"(?:законом|кодексом|указом|постановлением|заңымен|кодексімен|жарлығымен|қаулысымен).*)$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:(?:общая|особенная)\s+часть|(?:жалпы|ерекше)\s+бөлім|(?:жалпы|ерекше)\s+бөлік)\.?$",
    re.IGNORECASE,
)
# «Глава первая», «Бірінші бөлім»: a number in words.
_ORDINAL_RU = re.compile(
    rf"(?P<word>глава|раздел|параграф|часть)\s+(?P<num>[а-яё]+(?:\s[а-яё]+)?){_REST}", re.I
)
_ORDINAL_KK = re.compile(
    rf"(?P<num>\w+(?:\s\w+)?)\s+(?P<word>тарау|бөлім|параграф)(?!\w){_REST}", re.I
)
# What a line must have, and where, for the two above to be tried on it.
_SAID = re.compile("ключен|тратил|тасталды|жойыл")
_WORD = re.compile("глава|раздел|параграф|часть|тарау|бөлім", re.IGNORECASE)
_HEAD = 60
_ROMAN_HEADING = re.compile(r"(?P<num>[ІVХ]{1,5})\.\s+(?P<rest>[А-ЯЁӘІҢҒҮҰҚӨҺ].*)$")
_ANNEX = re.compile(
    r"(?:приложение(?:\s*№?\s*(?P<ru>\d{1,3}(?:-\d{1,3})?))?(?=$|\s+к\s|\s*$)"
    r"|(?:(?:№\s?)?(?P<kk>\d{1,3}(?:-\d{1,3})?)\s?-?\s?)?қосымша\s*$)",
    re.IGNORECASE,
)
_ENGLISH_ANNEX = re.compile(
    r"(?:Annex|ANNEX|Appendix|APPENDIX)(?:\s+(?:№|No\.?)?\s*(?P<num>\d{1,3}))?(?=$|\s+to\s)"
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}\b)|\d{4}\.\d{1,2}\.\d{1,2}")
_PARA = re.compile(
    rf"(?P<num>\d{{1,3}}(?:\s?[.-]\s?\d{{1,3}}){{0,3}}{_RAISED}{{0,3}})\s?\."
    r"(?P<range>\s?[-–]\s?\d{1,3}(?:-\d+)?\.)?"
    r"(?![\d)])\s*\.?\s*(?P<rest>.*)$"
)
_PARA_BARE = re.compile(r"(?P<num>\d{1,3}(?:\.\d{1,3}){1,3})\s+(?P<rest>[^\W\d_].*)$")
_POINT = re.compile(
    rf"(?P<num>\d{{1,3}}(?:\s?-\s?\d{{1,3}}|\.\d{{1,2}})*{_RAISED}{{0,3}}"
    r"|[а-яәғқңөұүһіa-z](?:-\d{1,2})?)\s?\)"
    r"(?P<range>\s?[-–]\s?\d{1,3}(?:-\d+)?\s?\))?(?![,;])\s*(?P<rest>.*)$"
)
# «1) және 2) тармақшалардың талаптары …»: a sentence about points, not one of them.
_REFERS = re.compile(r"(?:,|және|мен|немесе|и|или)\s+\d{1,3}(?:-\d{1,3})?\)|тармақшасы|тармақшаның")
_LETTER = re.compile(r"(?P<num>[а-яәғқңөұүһіa-z])\s?\.\s+(?P<rest>[^\W\d].*)$")
_BRACKETED = re.compile(r"\((?P<num>\d{1,2}|[а-яәғқңөұүһіa-z])\)\s+(?P<rest>\S.*)$")
_SEVERAL = re.compile(rf"(?P<num>{NUMBERS})\s?(?P<bracket>[).])\s*(?P<rest>\S.*)$")
_NUMBER_ALONE = re.compile(r"(?P<num>\d{1,3}(?:[.-]\d{1,3}){0,3})\s?\.?$")

ITEMS = frozenset({"para", "point"})
_KINDS: dict[str, MarkKind] = {
    "статья": "article",
    "бап": "article",
    "глава": "chapter",
    "тарау": "chapter",
    "article": "article",
    "chapter": "chapter",
}
# The kind of the elements that a plural names, and how one of them prints its number.
_PLURALS: dict[str, tuple[MarkKind, str]] = {
    **{"статьи": ("article", "Статья {}"), "баптар": ("article", "{}-бап")},
    **{"главы": ("chapter", "Глава {}"), "тараулар": ("chapter", "{}-тарау")},
    **dict.fromkeys(("пункты", "части", "тармақтар", "бөліктер"), ("para", "{}.")),
    **dict.fromkeys(("подпункты", "тармақшалар"), ("point", "{})")),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line announces.

    Attributes:
        kind: Sort of element.
        number: Number as it stands in eIds (``3-17``, ``13-1``); empty where there is none.
        num: Number as printed, in a uniform spelling (``3.17.``, ``2)``, ``5-тарау``).
        rest: What the line says after the number.
        alone: The number stands alone on its line, with no dot or bracket to vouch for it.
        printed: The numbers and what stands between them, where there may be several.
        plural: The word for the elements is a plural.
        is_stated: The line is a sentence that says that the element is excluded.
    """

    kind: MarkKind
    number: str
    num: str
    rest: str
    alone: bool = False
    printed: str = ""
    plural: bool = False
    is_stated: bool = False


def recognise(line: Line) -> Mark | None:
    """Return what the line announces at its beginning, or None for plain text."""
    return _heading(line) or _item(line)


def printed_number(kind: MarkKind, number: str, like: str) -> str:
    """A number printed as another of the same list is: ``3)`` like ``2)``."""
    if kind in {"para", "point"}:
        return number + like[-1:]
    return re.sub(r"\d[\d-]*\d|\d", number, like, count=1)


def _heading(line: Line) -> Mark | None:
    key, text = line.key, line.text
    is_stated = _SAID.search(key) and text[0] not in "сгп"
    if is_stated and (match := _STATED.match(key)):
        return _stated(match, text)
    if match := _RUSSIAN.match(key):
        return _worded(match, text, key[0].isupper() or key[0] == "§")
    if match := _KAZAKH.match(key):
        return _worded(match, text, True)
    if match := _ENGLISH.match(text):
        return _worded(match, text, text[0].isupper())
    if match := _PLURAL.match(key):
        return _several_named(match, text)
    return _other_heading(line)


def _other_heading(line: Line) -> Mark | None:
    """A heading whose number is a word, that has none, or that is an annex's."""
    key, text = line.key, line.text
    if key[0].isalpha() and _WORD.search(key, 0, _HEAD):
        match = _ORDINAL_RU.match(key) or _ORDINAL_KK.match(key)
        if match and (mark := _ordinal(match, text)):
            return mark
    if _PART.match(key):
        return Mark("division", "", text, "")
    if match := _ROMAN_HEADING.match(key):
        return Mark("division", match["num"], text[: match.end("num")] + ".", _rest(match, text))
    if (match := _ANNEX.match(key)) and key[0] in "ПҚ№0123456789":
        return Mark("annex", match["ru"] or match["kk"] or "", text, "")
    if match := _ENGLISH_ANNEX.match(text):
        return Mark("annex", match["num"] or "", text, "")
    return None


def _worded(match: re.Match[str], text: str, capital: bool) -> Mark | None:
    rest = _rest(match, text)
    # «статья 52 настоящего Кодекса», «3-бап жаңа редакцияда»: a sentence, not a heading.
    if not capital or (rest and rest[0].islower() and not match["gap"].strip()):
        return None
    if not match["gap"].strip() and _OF_ACT.match(rest):
        return None
    word = " ".join(match["word"].lower().split())
    kind = _KINDS.get(word, "division")
    number = _spaceless(fold_lookalikes(match["num"])).replace(".", "-")
    printed = text[match.start("word") : match.end("word")]
    printed_number = _spaceless(text[match.start("num") : match.end("num")])
    if match.start("num") > match.start("word"):
        num = f"{printed} {printed_number}"
    else:
        num = f"{printed_number}{'-' if number[0].isdigit() else ' '}{printed}"
    return Mark(kind, number, num, rest, printed=match["num"])


def _stated(match: re.Match[str], text: str) -> Mark:
    number = _spaceless(match["num"] or match["kk_num"]).replace(".", "-")
    word = match["ru"] or match["kk"]
    num = f"{word} {number}" if match["ru"] else f"{number}-{word}"
    kind = _KINDS.get(word.lower(), "division")
    return Mark(kind, number, num, _rest(match, text), is_stated=True)


def _ordinal(match: re.Match[str], text: str) -> Mark | None:
    """A heading whose number is a word («Глава первая»); its words must be the heading's own."""
    words = match["num"].split()
    # Of «Глава вторая Виды» the title's first word is no piece of the number.
    values = [ORDINALS.get(fold(word), 0) for word in words]
    tens = CARDINALS.get(fold(words[0]), 0) if len(words) > 1 else 0
    rest = _rest(match, text)
    if not text[0].isupper() or not values[-1] or (len(words) > 1 and tens not in range(10, 100)):
        return None
    if rest and (rest[0].islower() or match["word"].lower() == "часть"):
        return None
    number = str(tens + values[-1])
    num = text[: max(match.end("word"), match.end("num"))]
    return Mark(_KINDS.get(match["word"].lower(), "division"), number, num, rest)


def _several_named(match: re.Match[str], text: str) -> Mark | None:
    """Elements that the act speaks of together by their name: only excluded ones."""
    rest = _rest(match, text)
    printed = match["num"] or match["kk_num"]
    numbers = announced(printed, rest, plural=True)
    if not numbers or (match["ru"] and not text[0].isupper()):
        return None
    kind, template = _PLURALS[(match["ru"] or match["kk"]).lower()]
    num = template.format(numbers[0])
    return Mark(kind, numbers[0], num, rest, printed=printed, plural=True)


def _item(line: Line) -> Mark | None:
    key, text = line.key, line.text
    if not (key[0].isdigit() or key[0] == "(" or key[1:2] in ")-. "):
        return None
    if (match := _SEVERAL.match(key)) and (mark := _several_items(match, text)):
        return mark
    if match := _POINT.match(key) or _BRACKETED.match(key):
        if _REFERS.match(match["rest"]):
            return None
        return _lettered(_numbered("point", match, text, ")"))
    if match := _LETTER.match(key):
        return _lettered(_numbered("point", match, text, "."))
    if _DATE.match(key):
        return None
    if match := _NUMBER_ALONE.match(key):
        return replace(_numbered("para", match, text, "."), alone=not key.endswith("."))
    if match := _PARA.match(key) or _PARA_BARE.match(key):
        return _numbered("para", match, text, ".")
    return None


def _lettered(mark: Mark) -> Mark:
    """A point's mark; a Latin letter stays one."""
    letter = mark.num[0]
    latin = letter.isascii() and letter.islower()
    return replace(mark, number=letter + mark.number[1:]) if latin else mark


def _several_items(match: re.Match[str], text: str) -> Mark | None:
    """Items that the act speaks of together («2), 3) исключены»)."""
    rest = _rest(match, text)
    numbers = announced(match["num"], rest)
    if not numbers:
        return None
    bracket = match["bracket"]
    kind: MarkKind = "point" if bracket == ")" else "para"
    return Mark(kind, numbers[0], numbers[0] + bracket, rest, printed=match["num"])


def _numbered(kind: MarkKind, match: re.Match[str], text: str, bracket: str) -> Mark:
    """A mark with the first number of a range («2. – 6. …») as its number."""
    groups = match.groupdict()
    number = _spaceless(match["num"])
    num = _spaceless(text[match.start("num") : match.end("num")]) + bracket
    printed = match["num"]
    if groups.get("range"):
        num += "".join(groups["range"].split())
        printed += bracket + groups["range"]
    rest = _rest(match, text) if "rest" in groups else ""
    return Mark(kind, number.replace(".", "-"), num, rest, printed=printed)


def _rest(match: re.Match[str], text: str) -> str:
    return text[match.start("rest") :].strip()


def _spaceless(number: str) -> str:
    number = "".join(number.split()).replace("–", "-").replace("\u2011", "-")
    return _ABOVE.sub(lambda raised: f"-{int(unicodedata.normalize('NFKC', raised[0]))}", number)
