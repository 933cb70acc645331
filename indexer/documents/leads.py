"""What introduces a passage: «Кража, совершенная:» tells what the points under it are of.

A point of a list is half a sentence. Its headings tell the subject of the article; what is said of
it stands in the words that open the list.
"""

import re
from collections.abc import Sequence
from typing import Final

from indexer.documents.passages import Passage

LONGEST: Final = 300
"""Most characters of what introduces a passage: its end says what the list is of."""

_OPENS: Final = re.compile(r"[:：]\s*$")
_GOES_ON: Final = re.compile(r"[;,]\s*$")


def opens(text: str) -> bool:
    """Whether a text ends as what opens a list does."""
    return _OPENS.search(text) is not None


def goes_on(text: str) -> bool:
    """Whether a text ends as a paragraph of a list does that another follows."""
    return _GOES_ON.search(text) is not None


def leads(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Returns what introduces each passage of an edition, in document order; empty for most.

    An item introduces what lies in it; a paragraph that ends in a colon the list that follows
    beside it, numbered or of paragraphs that end in semicolons.
    """
    texts: dict[str, str] = {}
    opened: dict[str, str] = {}
    found: list[str] = []
    is_followed = False
    for passage in passages:
        holder, _, step = passage.eid.rpartition("__")
        beside, _, kind = holder.rpartition("__")
        if not kind.startswith("list_"):
            beside = holder
        is_paragraph = step.startswith("al_")
        lead = texts.get(holder, "")
        if is_paragraph and not opens(lead):
            lead = ""
        if not lead and beside in opened:
            if not is_paragraph or is_followed or goes_on(passage.text):
                lead = opened[beside]
            else:
                del opened[beside]
        found.append(lead)
        own = f"{lead} {passage.text}" if lead else passage.text
        texts[passage.eid] = own if len(own) <= LONGEST else _end(own)
        if is_paragraph and opens(passage.text):
            opened[holder] = texts[passage.eid]
        is_followed = is_paragraph and goes_on(passage.text)
    return tuple(found)


def _end(text: str) -> str:
    """Returns the last words of a text, none cut."""
    return text[-LONGEST:].partition(" ")[2] or text[-LONGEST:]
