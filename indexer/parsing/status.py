"""Status: whether an act says that one of its elements was excluded or lost its force."""

import re
from collections.abc import Iterable

_SAYS = r"(?:алып\s+тасталды|алынып\s+тасталды|күші\s+жойылды|исключен|утратил[аио]?\s+силу)"
_OPENS = re.compile(
    r"\W{0,3}(?:(?:статья|глава|параграф|\d[\d-]*-(?:бап|тарау|параграф))\W{0,3}[\d-]*\W{0,3})?"
    + _SAYS,
    re.IGNORECASE,
)
_MENTIONS = re.compile(_SAYS, re.IGNORECASE)


def opens_repealed(text: str) -> bool:
    """Whether a text begins by saying that its element is excluded."""
    return _OPENS.match(_folded(text)) is not None


def mentions_repeal(notes: Iterable[str]) -> bool:
    """Whether one of the notes about an element left empty says that it is excluded."""
    return any(_MENTIONS.search(_folded(note)) for note in notes)


def _folded(text: str) -> str:
    # Dumps print the Kazakh і as a Latin i.
    return text.replace("i", "і")
