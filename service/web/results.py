"""An answer as the ask page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.documents import Document
from indexer.passages import Language, Passage
from service.engine import Answer
from service.web.addresses import Asked, Reading
from service.web.citations import Citation, cite
from service.web.map import Row
from service.web.marking import Segment, mark
from service.web.site import Site
from service.web.wording import title

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
        others: The same passage in other languages.
        citations: Ready citations of it.
    """

    rank: int
    passage: Passage
    document: Document
    reference: str
    segments: tuple[Segment, ...]
    url: str
    others: tuple[Passage, ...]
    citations: tuple[Citation, ...]


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
        answerable: Whether the documents answer.
        confidence: Key of the message that says how sure that is.
        cards: The passages found, best first.
        charts: The map of every document that passages were found in.
        interpreted: What was understood; empty where that is what was typed.
        more: Whether a longer list can be had.
    """

    answerable: bool
    confidence: str
    cards: tuple[Card, ...]
    charts: tuple[Chart, ...]
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
        answerable=answer.answerable,
        confidence=_confidence(answer.confidence),
        cards=cards,
        charts=tuple(_charts(cards, asked.language, site)),
        interpreted=question.interpreted if question.interpreted != question.text else "",
        more=asked.k < most and len(cards) >= asked.k,
    )


def _confidence(probability: float) -> str:
    if probability >= _CONFIDENT:
        return "web-confidence-high"
    return "web-confidence-medium" if probability >= _LIKELY else "web-confidence-low"


def _cards(answer: Answer, asked: Asked, site: Site, base_url: str) -> Iterator[Card]:
    language = asked.language
    pairs = zip(answer.results, answer.highlights, strict=True)
    for rank, (result, spans) in enumerate(pairs, start=1):
        passage = result.passage
        document = site.document(passage)
        editions = site.editions_of(passage)
        only = len(document.editions) == 1
        reading = Reading(document.id, language, "" if only else passage.language)
        yield Card(
            rank=rank,
            passage=passage,
            document=document,
            reference=title(passage.eid, language),
            segments=mark(passage.text, spans, answer.answer if rank == 1 else None),
            url=reading.at(passage.eid),
            others=tuple(other for other in editions.values() if other is not passage),
            citations=cite(document, editions, language, base_url),
        )


def _charts(cards: tuple[Card, ...], language: Language, site: Site) -> Iterator[Chart]:
    editions = dict.fromkeys((card.document.id, card.passage.language) for card in cards)
    shown: set[str] = set()
    for document_id, edition in editions:
        if document_id in shown:
            continue
        shown.add(document_id)
        found = [card.passage.eid for card in cards if card.document.id == document_id]
        document = site.engine.library.document(document_id).document
        only = len(document.editions) == 1
        yield Chart(
            document=document,
            reading=Reading(document_id, language, "" if only else edition),
            rows=site.text(document_id, edition).map.draw(tuple(dict.fromkeys(found)), language),
        )
