"""Numbers in brackets behind an article's, as laws in English are cited: "article 52(1)(3)"."""

import re
from dataclasses import replace
from typing import Final

from indexer.reference.written import WrittenPart, WrittenReference

_BRACKETS: Final = re.compile(r" ?\((\d{1,3})\)(?:\((\d{1,3})\))?(?![\w(])")


def completed(reference: WrittenReference, text: str) -> WrittenReference:
    """Returns the reference with the item and the sub-item that stand in brackets behind it.

    Args:
        reference: A reference found in ``text``.
        text: What a person wrote.
    """
    last = reference.parts[-1]
    match = _BRACKETS.match(text, reference.end)
    if last.kind != "art" or not last.number or last.through or match is None:
        return reference
    inner = [WrittenPart("para", match[1], is_division=True)]
    if match[2]:
        inner.append(WrittenPart("point", match[2]))
    return replace(reference, parts=(*reference.parts, *inner), end=match.end())
