"""One spelling for all the ways in which a reference is typed.

``level`` evens out characters and keeps their places; ``fold`` gives one key to the spellings of a
word: with and without Kazakh letters, in Latin script, with look-alikes of the other alphabet.
"""

import re
import unicodedata

HYPHEN, DASH = "-", "–"


class _Levelled(dict[int, int | str]):
    """A table for ``str.translate``, which finds out about a character when it first meets it."""

    def __missing__(self, code: int) -> int | str:
        character = chr(code)
        if code > _ASCII and character.isdecimal():
            levelled: int | str = str(unicodedata.decimal(character))
        else:
            levelled = " " if code > _ASCII and character.isspace() else code
        self[code] = levelled
        return levelled


_ASCII = 127
_LEVELLED = _Levelled(
    dict.fromkeys(map(ord, "\u2010\u2011\u2043\u00ad\ufe63\uff0d"), HYPHEN)
    | dict.fromkeys(map(ord, "\u2012\u2014\u2015\u2212\ufe58\u2e3a~\uff5e"), DASH)
    | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"), " ")
    | {0xFF0E: ".", 0xFF0C: ",", 0xFF09: ")", 0xFF08: "("}
    | dict.fromkeys(map(ord, "\u00b7\u22c5\u2219\u2024"), ".")
)
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[a-z]")
# Latin letters inside a Cyrillic word stand for what they look like.
_LOOKALIKES = str.maketrans("aceiopxyhkmtbəı", "асеіорхуһкмтвәі")
_DIGRAPHS = re.compile("shch|sch|sh|ch|zh|kh|gh|ts|ya|yu|yo")
_DIGRAPH_LETTERS = {
    **{"shch": "щ", "sch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "gh": "г"},
    **{"ts": "ц", "ya": "я", "yu": "ю", "yo": "е"},
}
_ALPHABET = str.maketrans(
    dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстувухиз", strict=True))
    | {"ş": "ш", "ç": "ч", "ə": "а", "ı": "и", "ŋ": "н"}
)
# Letters that a Russian keyboard lacks, and letters that habits confuse.
_CONFUSED = str.maketrans(
    dict(zip("әғқңөұүһіыэщ", "агкноуухииеш", strict=True)) | dict.fromkeys("ъь'’ʼ`‘", "")
)


def level(text: str) -> str:
    """Returns the text with one hyphen, one dash, one space and ASCII digits, place by place."""
    return text.translate(_LEVELLED)


def is_cyrillic(word: str) -> bool:
    """Returns whether a word has a Cyrillic letter."""
    return _CYRILLIC.search(word) is not None


def fold(word: str) -> str:
    """Returns the key that a word shares with every way of typing it.

    ``тармағы``, ``тармагы``, ``tarmagy`` and ``таpмағы`` with a Latin p are one.
    """
    key = word.lower()
    if is_cyrillic(key):
        key = key.translate(_LOOKALIKES)
    if _LATIN.search(key):
        key = _DIGRAPHS.sub(lambda match: _DIGRAPH_LETTERS[match[0]], key)
    marked = unicodedata.normalize("NFD", key.translate(_ALPHABET))
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return plain.translate(_ALPHABET).translate(_CONFUSED)


def keys(words: str) -> frozenset[str]:
    """Returns the keys of words parted by spaces."""
    return frozenset(map(fold, words.split()))
