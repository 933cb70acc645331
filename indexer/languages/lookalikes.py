"""Letters of one alphabet that look like letters of the other.

Source: Unicode Technical Standard 39, confusables, for the notion.
"""

from typing import Final

_LATIN: Final = "AaBCcEeHIiKMOoPpTXxYyÖöƏə"
_CYRILLIC: Final = "АаВСсЕеНІіКМОоРрТХхУуӨөӘә"
# Small letters that look alike in some fonts, or only as capitals.
_LATIN_SIMILAR: Final = "hkmtbı"
_CYRILLIC_SIMILAR: Final = "һкмтві"

_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_ANY_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN_SIMILAR, _CYRILLIC + _CYRILLIC_SIMILAR)

_ROMAN = frozenset("IVXLCDM")


def to_cyrillic(text: str) -> str:
    """Returns ``text`` with every Latin letter that looks Cyrillic replaced, one for one.

    For recognisers of what is known to be Cyrillic; English words come out of two alphabets.
    """
    return text.translate(_ANY_TO_CYRILLIC)


def fold_homoglyphs(word: str) -> str:
    """Returns ``word`` in one alphabet where letters of the other only look like its own.

    ``қызметi`` with a Latin ``i`` becomes Kazakh throughout. A word that is really of both
    alphabets stays as it is.
    """
    if word.isascii() or (word.isalpha() and min(word) >= "\u0250"):
        return word
    latin = [letter for letter in word if letter.isalpha() and letter < "\u0250"]
    cyrillic = [letter for letter in word if "\u0400" <= letter <= "\u052f"]
    if not latin or not cyrillic:
        return word
    if word.isupper() and _ROMAN.issuperset(word.translate(_TO_LATIN)):
        return word.translate(_TO_LATIN)
    if all(letter in _LATIN for letter in latin):
        return word.translate(_TO_CYRILLIC)
    if all(letter in _CYRILLIC for letter in cyrillic):
        return word.translate(_TO_LATIN)
    return word
