"""An answer as the ask page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.documents.description import Document, Trilingual
from indexer.documents.keys import Key
from indexer.documents.outline import Outline
from indexer.documents.passages import Language, Passage
from service.engine.about import About
from service.engine.engine import Answer
from service.engine.history import dated_notice
from service.engine.library import Standing
from service.engine.parts import Part, Whole
from service.web.addresses import Asked, Reading
from service.web.citations import Citation, cite
from service.web.map import Row
from service.web.marking import Segment, mark
from service.web.site import Site, edition_language, read_day
from service.web.wording import headed_title

_CONFIDENT = 0.8
_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Card:
    """A passage found.

    Attributes:
        rank: Its rank, from 1.
        passage: The passage.
        document: Its document.
        reference: Its reference in the language of the page.
        segments: Its text with what answers and matches.
        url: Where the document opens at it.
        standing: What its text counts for.
        others: What its text is to be read with: the authority where it is a translation, else
            the other authoritative texts.
        beside_url: Where the document opens at it with the authority beside; empty where the text
            is authoritative.
        citations: Ready citations of it.
    """

    rank: int
    passage: Passage
    document: Document
    reference: str
    segments: tuple[Segment, ...]
    url: str
    standing: Standing
    others: tuple[Passage, ...]
    beside_url: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a whole answer, and where the document opens at it."""

    part: Part
    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A whole answer.

    Attributes:
        whole: The answer.
        head: What holds the parts.
        places: The parts.
        is_in_card: Whether the first card shows what holds them.
    """

    whole: Whole
    head: Place
    places: tuple[Place, ...]
    is_in_card: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The map of one document, and what its rows link to."""

    document: Document
    reading: Reading
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What the ask page shows of an answer.

    Attributes:
        answerable: Whether the first passage answers.
        about: What is said of a document where the question is about it; None elsewhere.
        confidence: Key of the message that says how sure that is.
        notices: What is said of items that the question names and that do not exist.
        foreign: Languages of texts that the language of the page has no edition of.
        parts: The whole answer where it stands in several places; None elsewhere.
        cards: The passages found, best first.
        charts: The map of every document that passages were found in.
        dated: That the texts are those of the day asked for; empty where no day was.
        interpreted: What was understood; empty where that is what was typed.
        more: Whether a longer list can be had.
    """

    answerable: bool
    about: About | None
    confidence: str
    notices: tuple[str, ...]
    foreign: tuple[Language, ...]
    parts: Parts | None
    cards: tuple[Card, ...]
    charts: tuple[Chart, ...]
    dated: str
    interpreted: str
    more: bool


def show(answer: Answer, asked: Asked, site: Site, base_url: str, most: int) -> Results:
    """Returns an answer as the page shows it.

    Args:
        answer: The engine's answer.
        asked: The page's address.
        site: The index.
        base_url: What permanent links begin with.
        most: Length of the longest list.
    """
    cards = tuple(_cards(answer, asked, site, base_url))
    question = answer.question
    return Results(
        answerable=answer.answerable and answer.about is None,
        about=answer.about,
        confidence=_confidence(answer.confidence),
        notices=tuple(notice[asked.language] for notice in answer.notices),
        foreign=tuple(
            dict.fromkeys(
                card.passage.language
                for card in cards
                if asked.language not in (card.passage.language, *card.document.languages)
            )
        ),
        parts=_parts(answer, asked.language, site),
        cards=cards,
        charts=tuple(_charts(cards, asked.language, site)),
        dated=_dated(cards, asked, site),
        interpreted=question.interpreted if question.interpreted != question.text else "",
        more=asked.k < most and len(cards) >= asked.k,
    )


def _dated(cards: tuple[Card, ...], asked: Asked, site: Site) -> str:
    """Returns that texts of a day are shown, and whether the first is in force today."""
    if (day := read_day(asked.date)) is None or not cards:
        return ""
    is_current = site.engine.library.is_current(cards[0].passage.key)
    return dated_notice(day, is_current=is_current)[asked.language]


def _parts(answer: Answer, language: Language, site: Site) -> Parts | None:
    whole = answer.whole
    if whole is None:
        return None
    key = whole.head.key
    document = site.engine.library.document(key.document)
    reading = _reading(key, document, language, site)
    outline = site.engine.library.outline(document, key.language, key.date)

    def place(part: Part) -> Place:
        eid = part.key.eid
        name = headed_title(eid, language, outline) if eid else document.title[language]
        return Place(part, name, reading.at(eid) if eid else reading.url)

    first = answer.results[0].passage.key if answer.results and not answer.about else None
    places = tuple(map(place, whole.parts))
    return Parts(whole, place(whole.head), places, is_in_card=whole.head.key == first)


def _confidence(probability: float | None) -> str:
    if probability is None:
        return "web-confidence-unknown"
    if probability >= _CONFIDENT:
        return "web-confidence-high"
    return "web-confidence-medium" if probability >= _LIKELY else "web-confidence-low"


def _cards(answer: Answer, asked: Asked, site: Site, base_url: str) -> Iterator[Card]:
    language = asked.language
    pairs = zip(answer.results, answer.highlights, strict=True)
    for rank, (result, spans) in enumerate(pairs, start=1):
        passage = result.passage
        document = site.document(passage)
        editions = site.engine.library.versions(passage)
        reading = _reading(passage.key, document, language, site)
        shown = edition_language(document, "", language, read_day(reading.date))
        outline = site.engine.library.outline(document, shown, read_day(reading.date))
        standing = site.engine.library.standing(passage)
        authority = standing.authority
        yield Card(
            rank=rank,
            passage=passage,
            document=document,
            reference=_reference(
                passage.eid, language, outline, site.engine.library.act(document.id)
            ),
            segments=mark(passage.text, spans, answer.answer if rank == 1 else None),
            url=reading.at(passage.eid),
            standing=standing,
            others=(authority,) if authority else tuple(_equals(document, editions, passage)),
            beside_url=reading.read_beside(authority.language).at(passage.eid) if authority else "",
            citations=cite(document, editions, language, base_url),
        )


def _reading(key: Key, document: Document, language: Language, site: Site) -> Reading:
    """Returns the page that shows an edition: its language and its day where they must be said."""
    is_current = site.engine.library.is_current(key)
    date = "" if is_current or key.date is None else key.date.isoformat()
    own = key.language == edition_language(document, "", language, read_day(date))
    return Reading(document.id, language, "" if own else key.language or "", date=date)


def _reference(eid: str, language: Language, outline: Outline, act: Trilingual | None) -> str:
    """Returns the reference as a card shows it, its act named where several are served."""
    text = headed_title(eid, language, outline)
    return ", ".join(filter(None, (act[language], text[:1].lower() + text[1:]))) if act else text


def _equals(
    document: Document, editions: dict[Language, Passage], passage: Passage
) -> Iterator[Passage]:
    for language, other in editions.items():
        edition = document.edition(language)
        if language != passage.language and edition and edition.status == "authoritative":
            yield other


def _charts(cards: tuple[Card, ...], language: Language, site: Site) -> Iterator[Chart]:
    shown: set[str] = set()
    for first in cards:
        document = first.document
        if document.id in shown:
            continue
        shown.add(document.id)
        found = [card.passage.eid for card in cards if card.document.id == document.id]
        yield Chart(
            document=document,
            reading=_reading(first.passage.key, document, language, site),
            rows=site.map(first.passage).draw(tuple(dict.fromkeys(found)), language),
        )
