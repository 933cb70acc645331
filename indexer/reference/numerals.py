"""Numbers in words: ordinals of three languages, Roman numerals, cardinals after a word."""

import re
from typing import Final

from indexer.reference.folding import fold

_UNITS = {
    "kk": "бір екі үш төрт бес алты жеті сегіз тоғыз",
    "ru": "один два три четыре пять шесть семь восемь девять",
    "en": "one two three four five six seven eight nine",
}
_FEMININE = {"одна": 1, "две": 2}
_TEENS_EN = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TEENS_RU = (
    "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать "
    "восемнадцать девятнадцать"
)
_TENS = {
    "kk": "он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан",
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
_HUNDREDS_RU = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот"
_KAZAKH_UNITS = "бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы"
_KAZAKH_TENS = (
    "оныншы жиырмасыншы отызыншы қырқыншы елуінші алпысыншы жетпісінші сексенінші тоқсаныншы "
    "жүзінші"
)
_RUSSIAN_UNITS = (
    "перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат "
    "четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат"
)
_RUSSIAN_TENS = "тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност сот"
_ENGLISH_UNITS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ENGLISH_TENS = "thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth"
_HARD = "ый ий ой ая ое ого его ому ему ым им ом ем ую ей ые ых ыми"
_SOFT = "ий ья ье ьего ьему ьим ьем ью ьей ьи ьих ьими"
# «екіншісі», «екіншісінде»: an ordinal that stands for its noun.
_KAZAKH_POSSESSIVES = "сі сінің сінде сіне"


def _counted(words: str, start: int, step: int = 1) -> dict[str, int]:
    return {word: start + step * place for place, word in enumerate(words.split())}


def _cardinals() -> dict[str, int]:
    values = {**_FEMININE, "жүз": 100, "hundred": 100}
    for words in _UNITS.values():
        values |= _counted(words, 1)
    for words in (_TEENS_EN, _TEENS_RU):
        values |= _counted(words, 10)
    for language, words in _TENS.items():
        values |= _counted(words, 10 if language == "kk" else 20, 10)
    values |= _counted(_HUNDREDS_RU, 100, 100)
    return {fold(word): value for word, value in values.items()}


def _ordinals() -> dict[str, int]:
    kazakh = _counted(_KAZAKH_UNITS, 1) | _counted(_KAZAKH_TENS, 10, 10)
    values = kazakh | _counted(_ENGLISH_UNITS, 1) | _counted(_ENGLISH_TENS, 30, 10)
    for word, value in kazakh.items():
        values |= {word + ending: value for ending in _KAZAKH_POSSESSIVES.split()}
    stems = _counted(_RUSSIAN_UNITS, 1) | _counted(_RUSSIAN_TENS, 30, 10)
    for stem, value in stems.items():
        endings = _SOFT if stem == "трет" else _HARD
        values |= {stem + ending: value for ending in endings.split()}
    return {fold(word): value for word, value in values.items()}


CARDINALS: Final = _cardinals()
ORDINALS: Final = _ordinals()

_ROMAN = re.compile(r"(?=.)(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_LETTERS = str.maketrans("ІХСіх", "IXCix")


def roman(text: str) -> int | None:
    """Returns the value of a Roman numeral below 100; None for any other word.

    Cyrillic look-alikes read as Latin. Small letters make a numeral only from two on: a single
    small letter is a letter.
    """
    numeral = text.translate(_ROMAN_LETTERS)
    if len(numeral) > 8 or (
        numeral != numeral.upper() and (numeral != numeral.lower() or len(numeral) < 2)
    ):
        return None
    numeral = numeral.upper()
    if numeral == "L" or _ROMAN.fullmatch(numeral) is None:
        return None
    total = 0
    for here, after in zip(numeral, [*numeral[1:], "I"], strict=True):
        value = _ROMAN_VALUES[here]
        total += -value if _ROMAN_VALUES[after] > value else value
    return total
