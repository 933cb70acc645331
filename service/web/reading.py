"""A document as one reads it: headings and items in reading order, with the hits of a search."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.documents.outline import Outline, Section
from indexer.documents.passages import Language, Passage
from service.answering.spans import Span
from service.web.marking import Segment, mark
from service.web.wording import reference, title


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text.

    Attributes:
        anchor: Its id on the page; empty where the item below bears it.
        eid: Its address.
        text: Number and title.
        level: Depth, from 2 (the page's own title is 1) to 6.
        note: What an editor noted, where nothing stands below it; empty elsewhere.
    """

    anchor: str
    eid: str
    text: str
    level: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search on the page found, and the hits around it in reading order."""

    rank: int
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class Item:
    """A passage of the text.

    Attributes:
        passage: The passage.
        reference: Its reference in the language of the page.
        depth: How far it is set in.
        segments: Its text, with what the search matched.
        beside: The same passage in the edition beside; None where there is none.
        hit: Its place among the hits; None where it is none.
    """

    passage: Passage
    reference: str
    depth: int
    segments: tuple[Segment, ...]
    beside: Passage | None
    hit: Hit | None


Block = Heading | Item


@dataclass(frozen=True, slots=True)
class Found:
    """What a search on the page found: eIds, best first, and the spans that match in each."""

    eids: tuple[str, ...] = ()
    spans: tuple[tuple[Span, ...], ...] = ()


def read(
    outline: Outline,
    passages: Sequence[Passage],
    language: Language,
    *,
    found: Found | None = None,
    beside: Mapping[str, Passage] | None = None,
    links: Mapping[str, Sequence[tuple[int, int, str]]] | None = None,
    notes: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Block, ...]:
    """Returns an edition's headings and items in reading order.

    Args:
        outline: The edition's outline.
        passages: The edition's passages, in reading order.
        language: Language of the references.
        found: What a search found; nothing by default.
        beside: Another edition's passages by eId; none by default.
        links: Where passages cite others, by eId, with the addresses; none by default.
        notes: Editors' notes by eId; none by default.
    """
    found = found or Found()
    spans = dict(zip(found.eids, found.spans, strict=True))
    hits = _hits(passages, found)
    return tuple(
        _blocks(outline, passages, language, spans, hits, beside or {}, links or {}, notes or {})
    )


def heading_text(section: Section, language: Language) -> str:
    """Returns a heading with its number, or the reference where the document prints neither."""
    words = [text for text in ((section.num or "").rstrip("."), section.heading) if text]
    if words:
        return ". ".join(words)
    return title(section.eid, language) if section.eid else ""


def _blocks(
    outline: Outline,
    passages: Sequence[Passage],
    language: Language,
    spans: Mapping[str, tuple[Span, ...]],
    hits: Mapping[str, Hit],
    beside: Mapping[str, Passage],
    links: Mapping[str, Sequence[tuple[int, int, str]]],
    notes: Mapping[str, Sequence[str]],
) -> Iterator[Block]:
    flat = tuple(_flatten(outline.sections, 2))
    places = {section.eid: place for place, (section, _) in enumerate(flat) if section.eid}
    own = set(outline.eids)
    done = 0

    def headings(until: int) -> Iterator[Heading]:
        for section, level in flat[done:until]:
            anchor = "" if section.eid in own else section.eid
            # A section that has lost its text is not left without a word.
            said = () if section.passages else notes.get(section.eid, ())
            text = heading_text(section, language)
            yield Heading(anchor, section.eid, text, level, " ".join(said))

    for passage in passages:
        holder = _holder(passage.eid, places)
        if holder is not None and places[holder] >= done:
            yield from headings(places[holder] + 1)
            done = places[holder] + 1
        yield Item(
            passage=passage,
            reference=reference(passage.eid, language),
            depth=_depth(passage.eid, holder or ""),
            segments=mark(
                passage.text, spans.get(passage.eid, ()), links=links.get(passage.eid, ())
            ),
            beside=beside.get(passage.eid),
            hit=hits.get(passage.eid),
        )
    yield from headings(len(flat))


def _hits(passages: Iterable[Passage], found: Found) -> dict[str, Hit]:
    ranks = {eid: rank for rank, eid in enumerate(found.eids, start=1)}
    order = [passage.eid for passage in passages if passage.eid in ranks]
    return (
        {
            eid: Hit(ranks[eid], before, after)
            for before, eid, after in zip(
                ["", *order[:-1]], order, [*order[1:], ""] if order else [], strict=True
            )
        }
        if order
        else {}
    )


def _holder(eid: str, places: Mapping[str, int]) -> str | None:
    while eid:
        if eid in places:
            return eid
        eid = eid.rpartition("__")[0]
    return None


def _depth(eid: str, holder: str) -> int:
    below = eid[len(holder) :].strip("_").split("__") if eid != holder else []
    return min(3, max(0, sum(not part.startswith("list_") for part in below) - 1))


def _flatten(sections: Iterable[Section], level: int) -> Iterator[tuple[Section, int]]:
    for section in sections:
        yield section, min(level, 6)
        yield from _flatten(section.children, level + 1)
