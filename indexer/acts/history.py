"""What an editor's note reports: who changed an element, when, and what came into force."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from indexer.acts.registered import in_figures

if TYPE_CHECKING:
    from indexer.parsing.elements import Element

ChangeKind = Literal["excluded", "repealed", "added", "restated", "amended"]

_LAW = re.compile(
    r"(?P<day>\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}\.\d{1,2}\.\d{1,2})\.?\s*(?:г\.?|ж\.?)?\s*[,-]?\s*"
    r"(?:№|N)\s?(?P<number>\d[\w/-]*)"
    r"|(?:№|N)\s?(?P<number_first>\d[\w/-]*)\s+от\s+(?P<day_after>\d{1,2}\.\d{1,2}\.\d{2,4})"
)
_IN_FORCE = re.compile(r"[^()]{0,60}?\((?P<said>[^()]{4,300})\)")
_FROM = re.compile(
    r"(?:действие\s+)?с\s+(?P<ru>\d{1,2}\.\d{1,2}\.\d{4})|(?P<kk>\d{1,2}\.\d{1,2}\.\d{4})\s+бастап"
)
_WORDS: Final[tuple[tuple[ChangeKind, str], ...]] = (
    ("repealed", r"утратил\w*\s+силу|күші\w*\s+жойыл"),
    ("excluded", r"исключ|алы(?:ны)?п\s+таста"),
    ("added", r"дополнен|толықтыр"),
    ("restated", r"в\s+редакции|новой\s+редакции|изложен|редакцияда"),
    ("amended", r"изменени|өзгер"),
)
_SAYS: Final[tuple[tuple[ChangeKind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _WORDS
)
_MOST: Final = 100
_CENTURY: Final = 50


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an element.

    Attributes:
        kind: What was done.
        number: Number of the law that did it.
        day: Day of that law; None where the note does not say.
        in_force: Day from which the change counts; None where the note gives no date.
        said: What the note says of that, days in figures; empty where it says nothing.
    """

    kind: ChangeKind
    number: str
    day: datetime.date | None
    in_force: datetime.date | None
    said: str


def notes_of(root: "Element") -> dict[str, tuple[str, ...]]:
    """Returns the editor's notes of a document's tree by address; the empty one is the act's."""
    found: dict[str, list[str]] = {}
    for element in root.walk():
        if element.notes:
            found.setdefault(element.eid, []).extend(element.notes)
    return {eid: tuple(notes) for eid, notes in found.items()}


def changes(note: str) -> tuple[Change, ...]:
    """Returns what a note, or an element's statement that it is excluded, reports."""
    return tuple(_changes(in_figures(note)))[:_MOST]


def repeal(notes: Iterable[str]) -> Change | None:
    """Returns the change by which the whole act lost its force, where its notes say so."""
    for note in notes:
        head = note[:2000]
        found = re.search(
            r"\b(?:закон|кодекс|указ|постановление|приказ|заң|кодекс|жарлық|қаулы|бұйрық)\w*\s+"
            r"(?:утратил\w*\s+силу|күші\w*\s+жойыл)|^\W*(?:сноска|ескерту)?\W*(?:утратил\w*\s+силу"
            r"|күші\w*\s+жойыл)",
            head,
            re.IGNORECASE,
        )
        if found and (said := next(iter(changes(note[found.start() :])), None)):
            return said
    return None


def _changes(note: str) -> Iterator[Change]:
    kind: ChangeKind = "amended"
    read = 0
    for match in _LAW.finditer(note):
        kind = _kind(note[read : match.start()], kind)
        force = _IN_FORCE.match(note, match.end())
        said = force["said"].strip() if force and not _LAW.search(force[0].split("(")[0]) else ""
        since = _FROM.search(said)
        day = match["day"] or match["day_after"]
        number = match["number"] or match["number_first"]
        yield Change(kind, number, _day(day), _day(since and (since["ru"] or since["kk"])), said)
        read = force.end() if force and said else match.end()


def _kind(before: str, known: ChangeKind) -> ChangeKind:
    """Returns what was done: said before the law, the nearest to it."""
    places = [
        (max(match.start() for match in pattern.finditer(before)), kind)
        for kind, pattern in _SAYS
        if pattern.search(before)
    ]
    if places:
        return max(places)[1]
    return known


def _day(text: str | None) -> datetime.date | None:
    if not text:
        return None
    pieces = [int(piece) for piece in text.split(".")]
    year, month, day = pieces if pieces[0] > 31 else pieces[::-1]
    if year < 100:
        year += 1900 if year > _CENTURY else 2000
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def around(eid: str, notes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Returns the notes about an element: its own, and those of what holds it up to the article."""
    found: list[str] = []
    while eid:
        found += notes.get(eid, ())
        if eid.rpartition("__")[2].startswith("art_"):
            break
        eid = eid.rpartition("__")[0]
    return tuple(dict.fromkeys(found))
