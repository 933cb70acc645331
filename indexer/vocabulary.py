"""The words of a text, in the one form in which they are compared."""

import re

from indexer.kazakh.alphabets import fold_homoglyphs, lower
from indexer.passages import Passage

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def words_of(text: str) -> list[str]:
    """Returns the words of ``text`` in reading order, lower case, look-alike letters folded."""
    return [fold_homoglyphs(word) for word in _WORD.findall(lower(text))]


def passage_words(passage: Passage) -> list[str]:
    """Returns the distinct words of a passage and of the headings above it."""
    texts = (passage.text, *passage.heading_path)
    return list(dict.fromkeys(word for text in texts for word in words_of(text)))
