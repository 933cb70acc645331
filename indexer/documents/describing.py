"""Drafts the description of a document from its text: what stands there, and blanks for the rest.

The heading of an act names its kind, the day of adoption and its number in a set form: «Қазақстан
Республикасының 2015 жылғы 23 қарашадағы № 414-V Кодексі», «Закон Республики Казахстан от 2 июля
2018 года № 167-VI».
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from indexer.acts.naming import names_of_known
from indexer.documents.description import Document, Edition, Trilingual, write_description
from indexer.documents.designation import Designation, date_in, designation, is_form, kind_in
from indexer.documents.keys import Work
from indexer.documents.titling import is_title_form, title_in, title_of_subject
from indexer.languages.codes import LANGUAGES, Language

_TODO = "# TODO: the text does not say its "
_PRESUMED = "# TODO: check the title: the text gives none; so the act calls its legislation."
_NO_DAY, _NO_NUMBER = "0001-01-01", "0"
_HEAD_LINES = 60
_FEWEST, _LONGEST = 8, 400
_BESIDE = 5
_ITEM = re.compile(
    r"\d+[.)]|\d+-(?:тарау|бөлім|бап)|(?:глава|раздел|статья|chapter|section|article)\s+\d|"
    r"(?:қаулы етемін|қаулы етеді|бұйырамын|постановляю|постановляет|приказываю)",
    re.I,
)
_KAZAKH = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_CYRILLIC = re.compile("[а-яё]", re.I)
_MARK = re.compile(r"^[#*\s]+|[*\s]+$")
_NOTE = re.compile(
    r"сноска|примечани[ея] (?:рцпи|изпи)|ескерту\b|қолданушылар|пользователям|для удобства|"
    r"(?:рқао|зқаи)\b|баспасөз|пресс-релиз|мазмұны|содержание|оглавление|бүкіл мәтін|"
    r"по всему тексту|введ[её]н\w* в действие|вводится в действие|"
    r"(?<!нормативное постановление )конституционн\w+ (?:суд|совет)|"
    r"внимани[юе] пользовател|назарына",
    re.I,
)
_YAML = re.compile(r"\A---\r?\n(?:.{0,200}\r?\n){0,60}?---\r?\n")
_BRACKETED = re.compile(r"\(([^()]{4,80})\)")
_SELF = re.compile(r"\b(?:осы|настоящ\w+|this)\s+(?P<kind>конституциялық заң\w*|[^\W\d_]+)", re.I)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a text says of itself; None or empty where it does not.

    Attributes:
        language: Its language.
        title: Its title.
        kind: Kind of act.
        number: Number as registered.
        date: Day of adoption.
        adoption: The line that names kind, date and number.
        is_presumed: The title is made of what the act calls its legislation.
    """

    language: Language
    title: str
    kind: str
    number: str
    date: datetime.date | None
    adoption: str
    is_presumed: bool = False


def draft(text: str) -> Draft:
    """Reads what stands at the head of a text."""
    lines = list(_head(text))
    found = designation(lines, text)
    language = _language(text)
    title = _title(lines, found) or title_in(text, lines, language)
    kind = found.kind or _own_kind(text)
    presumed = title_of_subject(text, language) if not title and kind == "law" else ""
    return Draft(
        language, title or presumed, kind, found.number, found.date, found.line, presumed != ""
    )


@dataclass(frozen=True, slots=True)
class Described:
    """A drafted description.

    Attributes:
        text: The ``document.toml``; what the texts do not say stands in comments, ``TODO``.
        name: An id that the act's kind, year and number make; empty where they are not known.
    """

    text: str
    name: str


def missing_facts(description: str) -> tuple[str, ...]:
    """Returns the facts that a draft marks as missing, until somebody takes the marks out."""
    return tuple(re.findall(rf"(?m)^{re.escape(_TODO)}(\w+)\.\s*$", description))


def presumes_title(description: str) -> bool:
    """Whether a draft marks its title as one that the text does not give."""
    return _PRESUMED in description.splitlines()


def name_of(work: Work) -> str:
    """Returns an id that an act's kind, year and number make; empty where one is not known."""
    is_known = work.kind and work.number not in ("", _NO_NUMBER) and work.date != _NO_DAY
    return f"{work.kind}-{work.date[:4]}-{work.number}".lower() if is_known else ""


def describe(texts: Sequence[tuple[Language | None, str, str]], name: str = "") -> Described:
    """Drafts a ``document.toml``.

    Args:
        texts: For each edition its language, its text and the name of its file; the language is
            taken from the text where it is None.
        name: Name of the document's folder, for a number that no text says.
    """
    drafts = [(replace(found, language=language or found.language), file)
              for language, text, file in texts for found in (draft(text),)]  # fmt: skip
    best = max((found for found, _ in drafts), key=lambda one: bool(one.number) + bool(one.date))
    kind = best.kind or next((found.kind for found, _ in drafts if found.kind), "")
    titles = {found.language: found.title for found, _ in reversed(drafts) if found.title}
    said = {"kind": kind, "number": best.number, "date": best.date, "title": titles}
    day = best.date.isoformat() if best.date else _NO_DAY
    number = re.sub(r"[\s#@~!/]+", "-", best.number) or name or _NO_NUMBER
    work = Work("kz", kind, day, number)
    editions = tuple(Edition(found.language, file, source="") for found, file in drafts)
    adoption = {found.language: found.adoption for found, _ in reversed(drafts) if found.adoption}
    document = Document(
        id="draft",
        uri=str(work),
        title=Trilingual(
            **(titles or {drafts[0][0].language: name or PurePath(drafts[0][1]).stem})
        ),
        editions=editions,
        adoption=Trilingual(**adoption),
        names={code: own for code, own in known_names(titles, kind).items() if own},
    )
    lines = [f"{_TODO}{part}." for part, value in said.items() if not value]
    if any(found.is_presumed for found, _ in drafts):
        lines.append(_PRESUMED)
    lines += [write_description(document).rstrip(), 'source = ""  # TODO: where the text came from']
    return Described("\n".join(lines) + "\n", name_of(work) if best.number else "")


def known_names(titles: Mapping[Language, str], kind: str) -> dict[Language, tuple[str, ...]]:
    """Returns what people call an act: what its title says in brackets, and what is known of it."""
    found: dict[Language, dict[str, None]] = {code: {} for code in LANGUAGES}
    for code, title in titles.items():
        for bracketed in _BRACKETED.findall(title):
            if kind == "code" and "кодекс" in bracketed.lower():
                found[code][bracketed] = None
    for code, names in names_of_known(titles, kind).items():
        found[code] |= dict.fromkeys(names)
    return {
        code: tuple(name for name in own if name != titles.get(code)) for code, own in found.items()
    }


def _head(text: str) -> Iterator[str]:
    """Yields the lines before the first heading or item, without an editor's notes."""
    for line in _YAML.sub("", text, count=1).splitlines()[:_HEAD_LINES]:
        clean = _MARK.sub("", line)
        if _ITEM.match(clean):
            return
        if clean and not _NOTE.search(clean):
            yield clean


def _own_kind(text: str) -> str:
    """Returns what the act most often calls itself: «осы Заң», «настоящий Кодекс»."""
    found = Counter(filter(None, (kind_in(match["kind"]) for match in _SELF.finditer(text))))
    return found.most_common(1)[0][0] if found else ""


def _language(text: str) -> Language:
    letters = len(_CYRILLIC.findall(text)) + len(_KAZAKH.findall(text))
    if letters < len(re.findall("[a-z]", text, re.I)):
        return "en"
    return "kk" if len(_KAZAKH.findall(text)) > letters / 50 else "ru"


def _title(lines: list[str], found: Designation) -> str:
    """Returns the title: it stands beside the line of adoption and names no kind or date alone."""
    if found.place < 0:
        return ""
    # What a stamp approves stands below it.
    is_stamped = found.number != "" and not found.line
    first = found.place + 1 if is_stamped else max(0, found.place - _BESIDE)
    near = lines[first : found.place + _BESIDE]
    if head := next((line for line in near if is_title_form(line)), ""):
        return head
    for line in near:
        short = _FEWEST < len(line) < _LONGEST and not line.endswith((",", ";", ":", "."))
        if (
            line != lines[found.place]
            and short
            and " " in line
            and line[0] != "№"
            and not date_in(line)
            and not is_form(line)
        ):
            return line
    return ""
