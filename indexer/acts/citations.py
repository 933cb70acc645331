"""What the texts of acts cite: «осы Заңның 5-бабының 2-тармағы», "статьёй 15 Гражданского кодекса".

A citation inside the act is resolved at once. One of another act keeps the act's name and the
address as written: the other act may be added, or another version of it, long after.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from indexer.acts.aliases import Aliases
from indexer.acts.attaching import Anchor, anchors, attach, is_joined, is_kazakh
from indexer.acts.naming import ActNames, Mention
from indexer.acts.patterns import patterns
from indexer.acts.registered import is_beside, registered
from indexer.documents.outline import Outline
from indexer.documents.passages import Passage
from indexer.languages.codes import Language
from indexer.reference import (
    Addresses,
    Reference,
    WrittenPart,
    WrittenReference,
    find_references,
    resolve_written,
)

_MAY_CITE = re.compile(
    r"стат(?:ь|ей)|пункт|част[ьияе]|глав|раздел|приложени|кодекс|закон|конституци"
    r"|\bба[пб]|тарма[қғ]|бөлі[кг]|тарау|қосымша|заң|article|item|chapter|code\b|law\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?P<head_ru>закон|кодекс|указ|постановлени|приказ)\w{0,3}\s"
    r"(?:(?!\bзакон|\bкодекс|\.\s[а-я])[^\"«»“”]){0,80}[\"«“](?P<ru>об?\s[^\"«»“”]{4,200})[\"»”]"
    r"|[\"«“](?P<kk>[^\"«»“”]{4,200}\sтуралы)[\"»”]\s[^\"«»“”.;]{0,80}?"
    r"\b(?P<head_kk>заң|кодекс|жарлы|қаулы|бұйры)\w*",
    re.IGNORECASE,
)
_KINDS: Final = {
    **{"закон": "law", "кодекс": "code", "указ": "decree", "постановлени": "resolution"},
    **{"приказ": "order", "заң": "law", "жарлы": "decree", "қаулы": "resolution", "бұйры": "order"},
}
# Where an act was printed: «(Ведомости Парламента …, 2003 г., № 3, ст. 19; № 10, ст. 54)».
_GAZETTE = re.compile(r"\((?:Ведомости|[^()]{0,40}(?:Жаршысы|ведомости))[^()]*\)", re.IGNORECASE)
_NEXT_TITLE = re.compile(
    r"(?:\s?,|\sи)\s(?P<title>[\"«“]об?\s[^\"«»“”]{4,200}[\"»”])", re.IGNORECASE
)
_KAZAKH_TITLE = re.compile(r"[\"«“][^\"«»“”]{4,200}\sтуралы[\"»”]", re.IGNORECASE)
_BETWEEN_TITLES = re.compile(r"\s?,?\s?(?:және\s|мен\s)?")
_ASIDE = re.compile(
    rf"{_GAZETTE.pattern}|(?<=\d\))\s\([^()]{{1,200}}\)(?=\s?(?:,|және\b|и\b|немесе\b|или\b|тармақша))"
    r"|(?<=\d)\s\((?:част|пункт|подпункт|абзац)[^()]{1,200}\)(?=\s?(?:,|и\b|\)))",
    re.IGNORECASE,
)
_WHOLE: Final = frozenset(("art", "chp", "sec", "annex", "decree", "preamble"))
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Citation:
    """A place of a passage that cites an element of an act, or a whole act.

    Attributes:
        start: Offset of its first character in the passage.
        end: Offset after it.
        act: The key of the act's name; empty for the act that the text is of.
        target: The address cited: of its own act the eIds, parted by spaces; of another the steps
            as written, in JSON; empty for the whole act.
    """

    start: int
    end: int
    act: str
    target: str


def citations(
    passages: Iterable[Passage], outline: Outline, names: ActNames
) -> Iterator[tuple[int, Citation]]:
    """Yields what the passages of an edition cite, each with the place of its passage.

    Args:
        passages: The passages, in reading order.
        outline: The edition's outline.
        names: The names of acts.
    """
    addresses = Addresses(
        [eid for eid in outline.eids if eid], printed=outline.printed, outline=outline.sections
    )
    held = tuple(passages)

    def named(passage: Passage) -> tuple[Mention, ...]:
        return _mentions(passage, names)

    kind = names.kind(held[0].document_id) if held else ""
    aliases = Aliases(held, named, kind)
    for place, passage in enumerate(held):
        if _MAY_CITE.search(passage.text):
            for citation in _cited(passage, addresses, names, aliases):
                yield place, citation


def decode(target: str) -> WrittenReference:
    """Returns the steps of a citation of another act."""
    parts = tuple(WrittenPart(**step) for step in json.loads(target))
    return WrittenReference(parts, 0, 0)


def elements(written: WrittenReference, addresses: Addresses) -> tuple[str, ...]:
    """Returns the eIds of the elements that a written reference means."""
    *above, last = written.parts
    if (last.is_division or last.kind == "al") and above and not last.from_end:
        holder = elements(replace(written, parts=tuple(above)), addresses)
        numbers = range(_int(last.number), _int(last.through or last.number) + 1)[:_MOST]
        parted = [_part(one, number, addresses) for one in holder[:1] for number in numbers]
        if len(holder) == 1 and parted and all(parted):
            return tuple(dict.fromkeys(parted))
    found = resolve_written(written, addresses)
    eids = tuple(dict.fromkeys(str(one) for named in found for one in named.elements))
    parts = written.parts
    for place, part in enumerate(parts[:-1]):
        # «подпункт 7) части первой статьи 243», of an article that has points and no items
        if not eids and place and part.is_division and parts[place + 1].kind == "point":
            words = replace(part, kind="al")
            if part.kind == "para":
                parts = (*parts[:place], words, *parts[place + 1 :])
                return elements(replace(written, parts=parts), addresses)
    return eids


def _part(holder: str, number: int, addresses: Addresses) -> str:
    """Returns a «часть» or an «абзац» of an item: its own text is the first of them."""
    if number < 1 or not holder.rpartition("__")[2].startswith(("para_", "point_")):
        return ""
    inside = f"{holder}__al_{number - 1}"
    return inside if number > 1 and Reference.parse(inside) in addresses else holder


def _int(number: str) -> int:
    return int(number) if number.isdigit() else 0


def _mentions(passage: Passage, names: ActNames) -> tuple[Mention, ...]:
    """Returns the acts that a passage names in full, in order."""
    text, language = passage.text, passage.language
    mentions = (*names.find(text, language), *_titled(text, names, language))
    found = sorted(_apart(mentions), key=lambda one: one.start)
    starts = [one.start for one in found]
    alone = []
    for said in registered(text) if "№" in text or "N" in text else ():
        if not said.key:
            continue
        near = range(
            bisect_left(starts, said.start - _MOST), bisect_right(starts, said.end + _MOST)
        )
        beside = (n for n in near if is_beside(text, said, found[n].start, found[n].end))
        if (place := next(beside, None)) is None:
            alone.append(Mention((), said.start, said.end, said.key))
        else:
            own = found[place]
            start, end = min(own.start, said.start), max(own.end, said.end)
            found[place] = replace(own, start=start, end=end)
    return tuple(sorted((*found, *alone), key=lambda one: one.start))


def _cited(
    passage: Passage, addresses: Addresses, names: ActNames, aliases: Aliases
) -> Iterator[Citation]:
    text, document = passage.text, passage.document_id
    mentions = _mentions(passage, names)
    others, itself = aliases.find(text, mentions)
    mentions = tuple(sorted((*mentions, *others), key=lambda one: one.start))
    written = _completed(text, _references(text))
    attached = attach(text, written, _with_own(anchors(text, mentions), itself))
    used = set()
    for one, anchor in zip(written, attached, strict=True):
        if anchor is not None and anchor.mention is not None:
            used.add(anchor.mention.start)
            start, end = min(one.start, anchor.start), max(one.end, anchor.end)
            if anchor.end < one.start or anchor.start > one.end:
                start, end = (one.start, one.end) if end - start > _MOST else (start, end)
            yield Citation(start, end, anchor.mention.key, _encoded(one))
        elif one.is_weak and (anchor is None or anchor.kind == "other"):
            continue
        elif target := _own(one, anchor, passage, addresses):
            yield Citation(one.start, one.end, "", " ".join(target))
        elif anchor is not None and anchor.kind == "own" and (shortest := names.shortest(document)):
            # The other part of a code may have it: its parts share the shortest name.
            yield Citation(one.start, one.end, shortest, _encoded(one))
    for mention in mentions:
        if mention.start not in used:
            yield Citation(mention.start, mention.end, mention.key, "")


def _with_own(known: Sequence[Anchor], own: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Returns anchors with those that say that the text's own act is meant."""
    others = [
        one
        for one in known
        if one.kind != "other" or all(one.end <= a.start or a.end <= one.start for a in own)
    ]
    return tuple(sorted((*others, *own), key=lambda one: one.start)) if own else tuple(known)


def _references(text: str) -> tuple[WrittenReference, ...]:
    """Returns the references of a text, read without what stands in brackets among its numbers."""
    kept: list[str] = []
    # Where pieces of the text begin, as read and in the text.
    read, places, length, end = [0], [0], 0, 0
    for match in _ASIDE.finditer(text):
        kept.append(text[end : match.start()])
        length, end = length + len(kept[-1]), match.end()
        read.append(length)
        places.append(end)
    kept.append(text[end:])

    def place(offset: int, side: int) -> int:
        piece = bisect_right(read, offset - side) - 1
        return places[piece] + offset - read[piece]

    found = find_references("".join(kept), weak=True)[:_MOST]
    return tuple(replace(one, start=place(one.start, 0), end=place(one.end, 1)) for one in found)


def _own(
    one: WrittenReference, anchor: Anchor | None, passage: Passage, addresses: Addresses
) -> tuple[str, ...]:
    """Returns what a reference inside its own act means: nearest first, where it does not say."""
    if anchor is not None and anchor.kind == "other":
        return ()
    if anchor is not None and anchor.kind == "own":
        return elements(one, addresses) if one.parts[0].kind in _WHOLE else ()
    around = Reference.parse(passage.eid).parts
    if anchor is not None:
        # An unnumbered paragraph of an item is part of the item.
        lengths = [
            length
            for kind in anchor.held
            for length in range(len(around), 0, -1)
            if around[length - 1].kind == kind
        ][:1]
    elif one.parts[0].kind in _WHOLE:
        lengths = [0]
    else:
        lengths = list(range(len(around) - 1, -1, -1))
    for length in lengths:
        above = tuple(
            WrittenPart(part.kind, part.number, copy=part.copy if part.copy > 1 else 0)
            for part in around[:length]
        )
        parts = one.parts
        divided = len(parts) > 1 and parts[0].is_division and length > 0
        if divided and around[length - 1].kind == "para":
            # «подпункты 1) и 2) части первой настоящего пункта»
            parts = (replace(parts[0], kind="al"), *parts[1:])
        found = elements(WrittenReference((*above, *parts), one.start, one.end), addresses)
        if not found and divided:
            # «осы баптың бірінші бөлігінің 3) тармақшасы», in an article that has no items
            found = elements(WrittenReference((*above, *parts[1:]), one.start, one.end), addresses)
        inside = str(Reference(around[:length]))
        # The first part of an item is the item itself.
        whole = inside if parts[-1].is_division else ""
        if found and all(
            not inside or eid == whole or eid.startswith(f"{inside}__") for eid in found
        ):
            return found
    return ()


def _completed(text: str, written: Sequence[WrittenReference]) -> tuple[WrittenReference, ...]:
    """Gives references the article of one beside them.

    In Kazakh it is named before («5-бабы 1-тармағы және 2-тармағы»), in Russian as a rule after
    («подпунктом 1) пункта 1 и пунктом 2 статьи 5»).
    """
    found: list[WrittenReference] = []
    outer: tuple[WrittenPart, ...] = ()
    for one in written:
        # Members of one list stand in one place.
        if not found or one.start != found[-1].start:
            outer = _lent(found[-1], one) if found and is_joined(text, found[-1], one) else ()
        found.append(replace(one, parts=(*outer, *one.parts)))
    outer = ()
    for place in range(len(found) - 2, -1, -1):
        one, following = found[place], found[place + 1]
        if one.start != following.start:
            joined = is_joined(text, one, following) and not is_kazakh(text, following)
            outer = _lent(following, one) if joined else ()
        found[place] = replace(one, parts=(*outer, *one.parts))
    return tuple(found)


def _lent(holder: WrittenReference, one: WrittenReference) -> tuple[WrittenPart, ...]:
    """Returns the steps from an article inwards that two references share."""
    kinds = [part.kind for part in holder.parts]
    if kinds[:1] != ["art"] or one.parts[0].kind not in kinds[1:]:
        return ()
    return holder.parts[: kinds.index(one.parts[0].kind)]


def _titled(text: str, names: ActNames, language: Language) -> Iterator[Mention]:
    """Yields the acts that a text names by their title in quotation marks, known or not."""
    for match in _TITLED.finditer(text):
        title = match["ru"] or match["kk"]
        own: Language = "ru" if match["ru"] else "kk"
        kind = _KINDS[(match["head_ru"] or match["head_kk"]).lower()]
        yield from _act(title, kind, match.start(), match.end(), own)
        for start, end in _beside_title(text, match):
            yield from _act(text[start:end].strip('"«»“” '), kind, start, end, own)


def _act(title: str, kind: str, start: int, end: int, language: Language) -> Iterator[Mention]:
    found = [one for one in patterns(title, kind, language) if one.head >= 0]
    if found:
        yield Mention((), start, end, " ".join(found[0].signature))


def _beside_title(text: str, first: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yields where the other titles stand of «законами "О банках", "О связи" и "О почте"»."""
    if first["ru"]:
        place = first.end()
        while match := _NEXT_TITLE.match(text, place):
            place = match.end()
            yield match.span("title")
        return
    place = first.start()
    # In Kazakh they stand before the one that the word for a law follows.
    for match in reversed(list(_KAZAKH_TITLE.finditer(text, 0, place))):
        if not _BETWEEN_TITLES.fullmatch(text, match.end(), place):
            return
        place = match.start()
        yield match.span()


def _apart(mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """Yields mentions that do not overlap an earlier one of the sequence."""
    taken: list[tuple[int, int]] = []
    for one in mentions:
        if all(one.end <= start or end <= one.start for start, end in taken):
            taken.append((one.start, one.end))
            yield one


def _encoded(one: WrittenReference) -> str:
    steps = [
        {name: value for name, value in asdict(part).items() if value or name == "kind"}
        for part in one.parts
    ]
    return json.dumps(steps, ensure_ascii=False)
