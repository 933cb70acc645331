"""Compares the editions of a document: what stands in one of them alone, and why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from indexer.documents.corpus import Expression, Source

_SHOWN = 40
_MOST_WORDS = 2_000
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: the same in both versions, only in the old one, or only in the new."""

    kind: Literal["same", "removed", "added"]
    text: str


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """Returns two versions of a text as one row of pieces, word by word.

    Texts too long to be compared word by word are one removed and one added piece.
    """
    if old == new:
        return (Piece("same", new),) if new else ()
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        return (Piece("removed", old), Piece("added", new))
    return tuple(_pieces(before, after))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for what, start, end, from_, to in SequenceMatcher(
        None, [word.strip() for word in before], [word.strip() for word in after], autojunk=False
    ).get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(after[from_:to]))
            continue
        if start < end:
            yield Piece("removed", "".join(before[start:end]))
        if from_ < to:
            yield Piece("added", "".join(after[from_:to]))


def compare(source: "Source") -> Iterator[str]:
    """Yields what differs between the editions of a document, a line each.

    Editions of one date should hold the same addresses. An address that a neighbouring number
    jumps over is missing in the text; one that stands there under another address was misread.
    """
    first, *others = source.expressions
    yield f"{source.document.id}: {_named(first)}, {len(first.passages)} passages"
    for other in others:
        own, theirs = set(first.outline.eids), set(other.outline.eids)
        both, every = own & theirs, own | theirs
        share = len(both) / len(every) if every else 1.0
        dates = "" if first.edition.date == other.edition.date else ", of another date"
        yield (
            f"{source.document.id}: {_named(other)}, {len(other.passages)} passages{dates}; "
            f"{len(both)} of {len(every)} addresses in both ({share:.3f})"
        )
        for name, one, missing in (
            (_named(first), first, own - theirs),
            (_named(other), other, theirs - own),
        ):
            found = [eid for eid in one.outline.eids if eid in missing]
            for eid in found[:_SHOWN]:
                yield f"  only in {name}: {eid}  {_blame(eid, both)}"
            if len(found) > _SHOWN:
                yield f"  only in {name}: {len(found) - _SHOWN} more"


def _named(expression: "Expression") -> str:
    return f"{expression.edition.language} of {expression.edition.date}"


def _blame(eid: str, both: set[str]) -> str:
    """Returns whether the text or the parser is likelier to be at fault for an address."""
    parent = eid.rpartition("__")[0]
    if parent and not any(other == parent or other.startswith(f"{parent}__") for other in both):
        return f"(its whole {parent} differs: look there first)"
    last = eid.rpartition("__")[2]
    if last.split("_")[0] in ("al", "list"):
        return "(unnumbered: a paragraph or list that one text divides otherwise; the parser)"
    return "(numbered: the other text has no such number; the text)"
