"""The words of a text, in the one form in which they are compared."""

import re

from indexer.languages.folding import lower
from indexer.languages.lookalikes import fold_homoglyphs

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def words_of(text: str) -> list[str]:
    """Returns the words of ``text`` in reading order, lower case, look-alike letters folded."""
    return [fold_homoglyphs(word) for word in _WORD.findall(lower(text))]
