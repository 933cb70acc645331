"""References that people write in a question: «5-тараудың 3.17-тармағы», «п. 3.17», "item 3.17"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final, cast

from indexer.reference.address import PartKind
from indexer.reference.bare import find_bare_numbers
from indexer.reference.brackets import completed
from indexer.reference.joining import Mention
from indexer.reference.mentions import MentionReader
from indexer.reference.numbers import Item
from indexer.reference.tokens import tokens
from indexer.reference.written import WrittenPart, WrittenReference

MOST_REFERENCES: Final = 64
"""How many references of one question are read."""

_REMEMBERED: Final = 64
"""Questions whose references are kept: one question is read for its acts, its items, its form."""

_ORDER: tuple[PartKind, ...] = (
    "preamble",
    "decree",
    "annex",
    "chp",
    "sec",
    "sec_nn",
    "art",
    "note",
    "para",
    "list",
    "point",
    "al",
)
_RANKS: dict[str, int] = {kind: rank for rank, kind in enumerate(_ORDER)}
_ARTICLES = frozenset({"art", "chp", "sec"})


@lru_cache(maxsize=_REMEMBERED)
def find_references(question: str, *, weak: bool = False) -> tuple[WrittenReference, ...]:
    """Finds the references that a question names.

    Numbers count only beside a word for an element, so years, dates, amounts and numbers of acts
    are left alone; where the whole question is a number such as 3.17, it is an item's.

    Args:
        question: What a person wrote, in Kazakh, Russian or English, with or without Kazakh
            letters.
        weak: Whether to return references that name only parts by words as well.

    Returns:
        The references in order of appearance, at most MOST_REFERENCES; a list of numbers («3.4
        және 3.5-тармақтар») gives one for each, a range one in all.
    """
    pieces = tokens(question)
    mentions = islice(MentionReader(pieces).mentions(), MOST_REFERENCES)
    groups = list(_groups(mentions))
    found: list[WrittenReference] = []
    for group in _shared(groups):
        read = [one for one in _assembled(group) if weak or not one.is_weak]
        # Of a list what stands behind it is of the last: "articles 5 and 6(2)".
        read[-1:] = [completed(one, question) for one in read[-1:]]
        found.extend(read)
        if len(found) >= MOST_REFERENCES:
            return tuple(found[:MOST_REFERENCES])
    return tuple(found or find_bare_numbers(pieces))


@dataclass(frozen=True, slots=True)
class _Group:
    """Mentions that stand together and name different steps of one address."""

    mentions: tuple[Mention, ...]
    outer: tuple[Mention, ...] = ()

    @property
    def is_inward(self) -> bool:
        """Whether the outermost step is named first, as in Kazakh."""
        later = self.mentions[1:]
        if any(mention.follows_of for mention in later):
            return False
        if any(mention.word.of and mention.word.language == "ru" for mention in later):
            return False
        first, last = self.mentions[0], self.mentions[-1]
        return not (last.kind in _ARTICLES and first.kind not in _ARTICLES)


def _groups(mentions: Iterable[Mention]) -> Iterator[_Group]:
    group: list[Mention] = []
    for mention in mentions:
        if group and not (mention.adjoins and _nests(group, mention)):
            # «подпункт 4) статьи 243, пункт 3 статьи 245»: what an outer step follows at once is
            # in it, and not in the step before a comma.
            begun = _begun(group, mention)
            yield _Group(tuple(group[:begun]))
            group = group[begun:]
        elif group and _turns_inward(group, mention):
            yield _Group(tuple(group))
            group = []
        group.append(mention)
    if group:
        yield _Group(tuple(group))


def _begun(group: list[Mention], following: Mention) -> int:
    """Returns where the steps begin that a mention holds: the end of the group for none."""
    if not (_is_outer(following, group[-1]) and following.first == group[-1].last):
        return len(group)
    place = len(group) - 1
    while place > 0 and not group[place].joins:
        if not _is_outer(group[place], group[place - 1]):
            return len(group)
        place -= 1
    return place or len(group)


def _turns_inward(group: list[Mention], mention: Mention) -> bool:
    """Whether a Russian address that went outwards ends before a mention after a comma."""
    return (
        len(group) > 1
        and mention.joins
        and mention.word.language == "ru"
        and _is_outer(group[-1], group[-2])
        and not _is_outer(mention, group[-1])
    )


def _is_outer(mention: Mention, inner: Mention) -> bool:
    """Whether a Russian genitive names what the mention before it lies in."""
    ranks = [_RANKS["para" if one.kind == "part" else one.kind] for one in (mention, inner)]
    return mention.word.language == "ru" and mention.word.of and ranks[0] <= ranks[1]


def _nests(group: list[Mention], mention: Mention) -> bool:
    """Whether a mention can name another step of the same address."""
    if all(each.kind != mention.kind for each in group):
        return True
    # «подпункт 2), подпункт в)»: a lettered sub-item lies in a numbered one.
    last = group[-1]
    return (
        mention.kind == last.kind == "point"
        and bool(last.items[0].first.ordinals)
        and not mention.items[0].first.ordinals
        and sum(each.kind == "point" for each in group) == 1
    )


def _shared(groups: list[_Group]) -> Iterator[_Group]:
    """Gives «пункт 1 и пункт 2 статьи 5» the article to both."""
    outer: list[tuple[Mention, ...]] = [()] * len(groups)
    for place, (group, following) in enumerate(pairwise(groups)):
        if len(following.mentions) == 1 and _alike(group.mentions[-1], following.mentions[0]):
            inward = group.mentions[:-1] if group.is_inward else ()
            outer[place + 1] = outer[place] or inward
    for place, (group, following) in reversed(list(enumerate(pairwise(groups)))):
        if outer[place] or len(group.mentions) > 1:
            continue
        if _alike(group.mentions[0], following.mentions[0]):
            outward = () if following.is_inward else following.mentions[1:]
            outer[place] = outward or outer[place + 1]
    for group, shared in zip(groups, outer, strict=True):
        yield replace(group, outer=shared)


def _alike(mention: Mention, following: Mention) -> bool:
    """Whether a comma or a conjunction joins two mentions of one sort."""
    return following.joins and mention.kind == following.kind


def _assembled(group: _Group) -> Iterator[WrittenReference]:
    named = (*group.outer, *group.mentions)
    if not any(mention.items for mention in named):
        return
    is_weak = all(mention.is_weak or not mention.items for mention in named)
    kinds = _kinds(group, named)
    # Of two steps of one rank the outer one is named first in Kazakh and last in Russian.
    order = list(zip(kinds, named, strict=True))[:: 1 if group.is_inward else -1]
    points = [place for place, (kind, _) in enumerate(order) if kind == "point"]
    # «тармақтың бірінші бөлігінің 2) тармақшасы»: a part of an item holds points of it.
    holds = [
        mention.kind == "part" and kind == "al" and place < max(points, default=0)
        for place, (kind, mention) in enumerate(order)
    ]
    ranked = sorted(
        zip(order, holds, strict=True),
        key=lambda step: _RANKS["list" if step[1] else step[0][0]],
    )
    steps = [step for step, _ in ranked]
    listed = next(
        (place for place in range(len(steps) - 1, -1, -1) if len(steps[place][1].items) > 1), -1
    )
    start = min(mention.start for mention in group.mentions)
    end = max(mention.end for mention in group.mentions)
    # One step can be a list; a second list would multiply the addresses.
    for item in steps[listed][1].items or (None,):
        chosen = [
            (kind, mention, item if place == listed % len(steps) else _first(mention))
            for place, (kind, mention) in enumerate(steps)
        ]
        yield replace(_written(chosen, start, end), is_weak=is_weak)


def _first(mention: Mention) -> Item | None:
    return mention.items[0] if mention.items else None


def _kinds(group: _Group, named: tuple[Mention, ...]) -> list[str]:
    """Says what sort of element each mention names in its surroundings."""
    kinds = [mention.kind for mention in named]
    places = {kind: place for place, kind in enumerate(kinds)}
    part, para, point = places.get("part"), places.get("para"), places.get("point")
    if part is not None:
        # «11) тармақшасының екінші бөлігі»
        ends = point is not None and para is None and (part > point) == group.is_inward
        kinds[part] = "al" if ends else "para"
        if para is not None:
            dotted = named[para].items[0].first.mark == "."
            if not dotted and (part < para) == group.is_inward:
                kinds[para] = "point"
            else:
                kinds[part] = "al"
    for place, mention in enumerate(named):
        number = mention.items[0].first if mention.items else None
        # Items are printed «2.», sub-items «2)» or «б)», whatever people call them.
        if number is None or kinds[place] != "para":
            continue
        if not number.ordinals or (number.closed and mention.kind == "para"):
            kinds[place] = "point"
    return kinds


def _written(
    steps: list[tuple[str, Mention, Item | None]], start: int, end: int
) -> WrittenReference:
    parts = tuple(_part(kind, mention, item) for kind, mention, item in steps)
    otherwise: tuple[WrittenReference, ...] = ()
    if any(kind == "art" and mention.word.is_of_two for kind, mention, _ in steps):
        # «3-б.» is a «бап», or else a «бөлім».
        sections = (replace(p, kind="sec") if p.kind == "art" else p for p in parts)
        otherwise = (WrittenReference(tuple(sections), start, end),)
    for place, (kind, mention, item) in enumerate(steps):
        if item is not None and item.otherwise and not otherwise:
            otherwise = tuple(
                WrittenReference(
                    (*parts[:place], _part(kind, mention, other), *parts[place + 1 :]), start, end
                )
                for other in item.otherwise
            )
    return WrittenReference(parts, start, end, otherwise=otherwise)


def _part(kind: str, mention: Mention, item: Item | None) -> WrittenPart:
    kind = cast("PartKind", kind)
    if item is None:
        return WrittenPart(kind)
    return WrittenPart(
        kind,
        *item.numbers,
        mention.copy,
        from_end=item.first.from_end,
        is_division=mention.kind == "part",
    )
