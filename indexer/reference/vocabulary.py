"""The words for elements: how each language prints an element's address and what people write.

One row an element and language. A new language is a new table of rows and its declensions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from indexer.reference.folding import fold, is_cyrillic, keys

Language = Literal["kk", "ru", "en"]


@dataclass(frozen=True, slots=True)
class Row:
    """One language's words for one sort of element.

    Attributes:
        kind: Sort of element; ``part`` is a «часть», «бөлік» or "paragraph": an item of an
            article or a paragraph of an item.
        printed: Pattern of the printed address, ``{}`` for the number; empty where only read.
        words: Dictionary forms; those in Russian name a declension after a slash.
        short: Abbreviations, written only before a number.
    """

    kind: str
    printed: str
    words: str
    short: str = ""


_KAZAKH = (
    Row("preamble", "кіріспе", "кіріспе"),
    Row("decree", "Жарлық", "жарлық жарлығ"),
    Row("chp", "{}-тарау", "тарау", "тар"),
    Row("sec", "{}-бөлім", "бөлім", "бөл"),
    Row("sec_nn", "нөмірленбеген {}-бөлім", ""),
    Row("art", "{}-бап", "бап баб", "б"),
    Row("annex", "{}-қосымша", "қосымша"),
    Row("para", "{}-тармақ", "тармақ тармағ", "т тарм тмқ"),
    Row("point", "{}) тармақша", "тармақша"),
    Row("list", "{}-тізбе", "тізбе"),
    Row("al", "{}-абзац", "абзац азатжол"),
    Row("note", "{}-ескертпе", "ескертпе ескерту"),
    Row("part", "", "бөлік бөліг"),
)
_RUSSIAN = (
    Row("preamble", "преамбула", "преамбул/feminine"),
    Row("decree", "Указ", "указ/masculine"),
    Row("chp", "глава {}", "глав/feminine", "гл"),
    Row("sec", "раздел {}", "раздел/masculine", "разд р"),
    Row("sec_nn", "ненумерованный раздел {}", ""),
    Row("art", "статья {}", "стат/ья", "ст"),
    Row("annex", "приложение {}", "приложени/neuter", "прил"),
    Row("para", "пункт {}", "пункт/masculine", "п пт пкт пунк"),
    Row("point", "подпункт {})", "подпункт/masculine", "пп подп п.п"),
    Row("list", "перечень {}", "переч/ень"),
    Row("al", "абзац {}", "абзац/abzac", "абз"),
    Row("note", "примечание {}", "примечани/neuter", "прим"),
    Row("part", "", "част/ь", "ч"),
)
_ENGLISH = (
    Row("preamble", "preamble", "preamble"),
    Row("decree", "Decree", "decree"),
    Row("chp", "chapter {}", "chapter", "ch chap chs"),
    Row("sec", "section {}", "section", "sec sect secs"),
    Row("sec_nn", "unnumbered section {}", ""),
    Row("art", "article {}", "article", "art arts"),
    Row("annex", "annex {}", "annex appendix"),
    Row("para", "item {}", "item clause", "cl §"),
    Row(
        "point",
        "sub-item {})",
        "sub-item subitem subparagraph sub-paragraph subpoint point",
        "subpara pt",
    ),
    Row("list", "list {}", "list"),
    Row("al", "unnumbered paragraph {}", ""),
    Row("note", "note {}", "note"),
    Row("part", "", "part paragraph", "par pars para paras"),
)
_TABLES: Final[dict[Language, tuple[Row, ...]]] = {
    "kk": _KAZAKH,
    "ru": _RUSSIAN,
    "en": _ENGLISH,
}

PRINTED: Final = {
    language: {row.kind: row.printed for row in rows if row.printed}
    for language, rows in _TABLES.items()
}
"""Pattern of the printed address, by language and kind."""

COPIES: Final = {
    "kk": "{} (нөмірі қайталанған, {})",
    "ru": "{} (номер повторяется, {})",
    "en": "{} (number repeats, {})",
}
"""How the second element of one number is printed: the address, the number of the copy."""

WHOLE: Final = {"kk": "құжат", "ru": "документ", "en": "document"}
"""The address of the whole document."""

UNNUMBERED: Final = keys(
    "нөмірленбеген ненумерованный ненумерованного ненумерованном ненумерованному "
    "ненумерованная ненумерованной unnumbered"
)
"""Words before a section or a paragraph that bears no number of its own."""

# Endings of each declension by what they may say: singular or plural, genitive or another case.
_DECLENSIONS: Final = {
    "masculine": {"s": " у ом е", "sg": "а", "p": "ы ам ами ах", "pg": "ов"},
    "abzac": {"s": " у ем е", "sg": "а", "p": "ы ам ами ах", "pg": "ев"},
    "feminine": {"s": "а е у ой ою", "sg": "ы", "p": "ы ам ами ах", "pg": " "},
    "ья": {"s": "ья ье ью ьей", "sg": "ьи", "p": "ьи ьям ьями ьях", "pg": "ей"},
    "ь": {"s": "ь и ью", "sg": "и", "p": "и ям ями ях", "pg": "ей"},
    "ень": {"s": "ень ню нем не", "sg": "ня", "p": "ни ням нями нях", "pg": "ней"},
    "neuter": {"s": "е ю ем и", "sg": "я", "p": "я ям ями ях", "pg": "й"},
}
# Plural, possession and case of a Kazakh noun, in folded letters.
_KAZAKH_ENDING = re.compile(
    r"(?P<plural>[лдт][ае]р)?(?P<owned>с?и)?"
    r"(?:н?[дт][ае]ги|(?P<ablative>н?[дт][ае]н|н[ае]н)|(?P<dative>[гк][ае]|(?<=и)н[ае])"
    r"|н?[дт][ае]|[ндт]ин|[ндт]и|(?<=и)н|[мбп]ен)?(?:[гк]и)?"
)
_LONGEST_ENDING = 14


@dataclass(frozen=True, slots=True)
class Word:
    """A word for an element, in one of its forms.

    Attributes:
        kind: Sort of element.
        language: Language of the word.
        short: Whether it is an abbreviation.
        plural: Whether the form can be a plural.
        singular: Whether the form can be a singular.
        genitive: Whether the form can only be a genitive, and so counts things after a number.
        of: Whether the form can be a genitive, and so can follow what lies in the element.
        ablative: Whether the form says "from".
        dative: Whether the form says "to".
    """

    kind: str
    language: Language
    short: bool = False
    plural: bool = False
    singular: bool = True
    genitive: bool = False
    of: bool = False
    ablative: bool = False
    dative: bool = False

    @property
    def is_of_two(self) -> bool:
        """Whether it abbreviates two words: «б.» is «бап» and «бөлім»."""
        return self.short and self.kind == "art" and self.language == "kk"


def _russian(row: Row) -> Iterator[tuple[str, Word]]:
    for entry in row.words.split():
        stem, _, declension = entry.partition("/")
        uses: dict[str, set[str]] = {}
        for use, endings in _DECLENSIONS[declension].items():
            for ending in endings.split(" "):
                uses.setdefault(fold(stem + ending), set()).add(use)
        for form, meanings in uses.items():
            yield (
                form,
                Word(
                    row.kind,
                    "ru",
                    plural=bool(meanings & {"p", "pg"}),
                    singular=bool(meanings & {"s", "sg"}),
                    genitive=meanings <= {"sg", "pg"},
                    of=bool(meanings & {"sg", "pg"}),
                ),
            )


def _english(row: Row) -> Iterator[tuple[str, Word]]:
    for word in row.words.split():
        yield fold(word), Word(row.kind, "en")
        plural = (
            "appendices" if word == "appendix" else f"{word}es" if word[-1] == "x" else f"{word}s"
        )
        yield fold(plural), Word(row.kind, "en", plural=True, singular=False)


_RUSSIAN_WORDS = {form: word for row in _RUSSIAN for form, word in _russian(row)}
_ENGLISH_WORDS = {form: word for row in _ENGLISH for form, word in _english(row)}
_KAZAKH_STEMS = {fold(stem): row.kind for row in _KAZAKH for stem in row.words.split()}
_SHORT: dict[Language, dict[str, Word]] = {
    language: {
        fold(word): Word(row.kind, language, short=True, plural=True)
        for row in rows
        for word in row.short.split()
    }
    for language, rows in _TABLES.items()
}


def find_word(text: str, key: str) -> Word | None:
    """Returns what a word says as the name of an element; None for any other word.

    Args:
        text: One word as typed.
        key: The word, folded.
    """
    cyrillic = is_cyrillic(text)
    if not cyrillic:
        english = _ENGLISH_WORDS.get(key) or _SHORT["en"].get(key)
        if english is not None:
            return english
    # "p. 5" is a page: one Latin letter abbreviates nothing.
    if (cyrillic or len(text) > 1) and text != "pp":
        short = _SHORT["ru"].get(key) or (_SHORT["kk"].get(key) if cyrillic else None)
        if short is not None:
            return short
    return _RUSSIAN_WORDS.get(key) or _kazakh(key)


def _kazakh(key: str) -> Word | None:
    for end in range(len(key), max(2, len(key) - _LONGEST_ENDING) - 1, -1):
        kind = _KAZAKH_STEMS.get(key[:end])
        ending = _KAZAKH_ENDING.fullmatch(key, end) if kind else None
        if kind and ending:
            return Word(
                kind,
                "kk",
                plural=bool(ending["plural"]),
                singular=not ending["plural"],
                of=key.endswith(("нин", "дин", "тин")),
                ablative=bool(ending["ablative"]),
                dative=bool(ending["dative"]),
            )
    return None
