"""Menus of a page: elements of links and little else."""

import re
from dataclasses import dataclass
from typing import Any, Final

from indexer.errors import DocumentError
from indexer.faults import Fault

DEPTH: Final = 400
"""Elements in one another, at most."""

_LINK_SHARE = 0.9
_LEAST_LINKS = 3
_SENTENCE_END = re.compile(r"[.;:]\s*$")


@dataclass(slots=True)
class Links:
    """The links of an element: how many, their letters, all letters, whether one is a sentence."""

    count: int = 0
    linked: int = 0
    whole: int = 0
    sentence: bool = False

    @property
    def is_menu(self) -> bool:
        """Whether the element is links and little else, none of which ends as a sentence does."""
        return (
            self.count >= _LEAST_LINKS
            and self.linked >= _LINK_SHARE * self.whole
            and not self.sentence
        )


def measure(node: Any, found: dict[int, Links], depth: int = 0, inside: bool = False) -> Links:
    """Counts the links of an element and of all that is in it."""
    if depth > DEPTH:
        raise DocumentError(Fault.of("nested"))
    links = Links()
    child = node.child
    while child is not None:
        if child.tag == "-text":
            text = child.text_content or ""
            letters = len("".join(text.split()))
            links.whole += letters
            links.linked += letters if inside else 0
            links.sentence |= inside and _SENTENCE_END.search(text) is not None
        elif not child.tag.startswith("-"):
            linked = inside or (child.tag == "a" and "href" in child.attributes)
            below = measure(child, found, depth + 1, linked)
            links.count += below.count + (child.tag == "a" and linked)
            links.linked += below.linked
            links.whole += below.whole
            links.sentence |= below.sentence
        child = child.next
    found[node.mem_id] = links
    return links
