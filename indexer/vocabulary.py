"""The words of a text, in the one form in which they are compared."""

import re

from indexer.languages.folding import lower
from indexer.languages.lookalikes import fold_homoglyphs

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# Without any of these letters no word is of two alphabets.
_LATIN = re.compile("[A-Za-zª-ɏ]")


def words_of(text: str) -> list[str]:
    """Returns the words of ``text`` in reading order, lower case, look-alike letters folded."""
    words = _WORD.findall(lower(text))
    return [*map(fold_homoglyphs, words)] if _LATIN.search(text) else words
