"""Makes text safe and uniform before a model, an index or a matcher sees it."""

import re
import unicodedata

from indexer.errors import InvalidTextError

MAX_CHARACTERS = 20_000
"""Longest text, in characters, that is embedded; the engine needs minutes for a million."""

_UNENCODABLE = re.compile(r"[\x00\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPECIAL_TOKEN = re.compile(r"</?s>|<(?:pad|unk|mask)>")
_SPACE = re.compile(r"\s+")


def fold_space(text: str) -> str:
    """Replaces every run of white space, NBSP included, with one space and trims the ends."""
    return _SPACE.sub(" ", text).strip()


def sanitise(text: str, *, limit: int = MAX_CHARACTERS) -> str:
    r"""Returns ``text`` in the one form in which it may reach an embedding model.

    NFKC comes first: a code point that the model's own normaliser would expand to eighteen
    (U+FDFA) overruns the engine's buffer, and a decomposed "й" would give another vector. NUL
    cuts the text in C, lone surrogates cannot be encoded, ``</s>`` becomes the special token.

    Args:
        text: Any string.
        limit: Longest result, in characters; the rest is cut off.

    Returns:
        The text, non-empty, at most ``limit`` characters.

    Raises:
        InvalidTextError: Nothing is left to embed.
    """
    clean = unicodedata.normalize("NFKC", _UNENCODABLE.sub(" ", text[:limit]))
    # What is invisible goes first: it may stand inside a token. A space parts what is left of one.
    clean = _SPECIAL_TOKEN.sub(" ", _INVISIBLE.sub("", clean))
    clean = fold_space(clean)[:limit].rstrip()
    if not clean:
        raise InvalidTextError("The text is empty: give at least one letter or digit.")
    return clean
