"""The words of titles: what a word of a question has in common with one, in three languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from indexer.acts.heads import HEADS, KAZAKH_NOUN
from indexer.acts.patterns import ABOUT, KAZAKH_ABOUT
from indexer.acts.phrases import SHORTEST, contractions, joining
from indexer.acts.words import Word, words
from indexer.languages.codes import Language
from indexer.languages.en.forms import dictionary_forms as english_forms
from indexer.languages.ru.forms import dictionary_forms as russian_forms
from indexer.languages.ru.forms import morphology
from indexer.reference.folding import fold, is_cyrillic

_HEADS: Final = frozenset(
    fold(word + ending) for own in HEADS.values() for word in own.values() for ending in ("", "і")
)
_VOICELESS: Final = {"г": "к", "б": "п"}
_REST: Final = 3
_LIKELY: Final = 0.2
_MADE_KK: Final = ("лик", "дик", "тик")
_ADJECTIVES_KK: Final = (*_MADE_KK, "сиз", "лы", "ли")
_RUSSIAN_ENDING: Final = (
    "иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "ием", "иеи", "ов", "ев",
    "еи", "ах", "ях", "ам", "ям", "ом", "ем", "ои", "ии", "ие", "ия", "ию", "их", "им", "ая", "ое",
    "ую", "аа", "а", "е", "и", "о", "у", "ю", "я",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TitleWord:
    """One word of a title that says something.

    Attributes:
        keys: What a word of a question has in common with it.
        stem: What it begins with, folded.
        is_noun: Whether it may name a thing by itself.
        is_kazakh: Whether it is Kazakh, where nouns are made as adjectives are: «банкроттық».
        describes: Whether it is English and describes the word behind it: "credit bureaus".
    """

    keys: frozenset[str]
    stem: str
    is_noun: bool
    is_kazakh: bool = False
    describes: bool = False


def title_words(title: str, language: Language) -> Iterator[TitleWord]:
    """Yields the words of a title that say something, without the word for an act."""
    every = words(title)
    for word, after in zip(every, (*every[1:], None), strict=True):
        if not _says(word):
            continue
        yield TitleWord(
            title_keys(word, language),
            _stem(word.key, language),
            _is_noun(word.text, language),
            language == "kk",
            language == "en" and after is not None and _says(after),
        )


def _says(word: Word) -> bool:
    """Whether a word of a title says something of the act."""
    key = word.key
    if key in joining() or key in ABOUT or key == KAZAKH_ABOUT or key in _HEADS:
        return False
    return not (key.isdigit() or (len(key) < SHORTEST and not key.isalpha()))


def word_keys(word: Word) -> frozenset[str]:
    """Returns what a word of a question is found by in titles."""
    text = word.text.lower()
    found = {f"kk:{stem}" for stem in _kazakh_stems(word.key)}
    if is_cyrillic(text):
        found |= {f"ru:{fold(form)}" for form in russian_forms(text)}
    else:
        found |= {f"en:{form}" for form in english_forms(text)}
        found.add(f"typed:{_russian_stem(word.key)}")
    return frozenset(found)


def title_keys(word: Word, language: Language) -> frozenset[str]:
    """Returns what a word of a title is found by."""
    text = word.text.lower()
    if language == "en":
        return frozenset(f"en:{form}" for form in english_forms(text))
    if language == "kk":
        stems = _kazakh_stems(word.key) | _kazakh_bases(word.key)
        return frozenset(f"kk:{stem}" for stem in stems)
    lemmas = frozenset(f"ru:{fold(form)}" for form in russian_forms(text))
    return lemmas | {f"typed:{_russian_stem(word.key)}"}


def _stem(key: str, language: Language) -> str:
    if language == "kk":
        return min(_kazakh_stems(key), key=len)
    return _russian_stem(key) if language == "ru" else key


@lru_cache(maxsize=4_096)
def _kazakh_stems(key: str) -> frozenset[str]:
    """Returns what a folded word may be without its plural, its owner and its case."""
    cut = {key[:start] for start in range(SHORTEST, len(key)) if KAZAKH_NOUN.fullmatch(key, start)}
    # «банкроттық», «банкроттығы»: before a vowel the last letter is voiced.
    voiceless = {stem[:-1] + _VOICELESS[stem[-1]] for stem in cut if stem[-1] in _VOICELESS}
    return frozenset((*cut, *voiceless, key))


def _kazakh_bases(key: str) -> frozenset[str]:
    """Returns the nouns that a folded adjective may be made of: «кредиттік» of «кредит»."""
    return frozenset(
        key.removesuffix(ending)
        for ending in _MADE_KK
        if key.endswith(ending) and len(key) - len(ending) > _REST
    )


def _russian_stem(key: str) -> str:
    for ending in _RUSSIAN_ENDING:
        if key.endswith(ending) and len(key) - len(ending) >= SHORTEST:
            return key[: -len(ending)]
    return key


@lru_cache(maxsize=4_096)
def _parses(word: str) -> tuple[str, ...]:
    return tuple(str(parse[1]) for parse in morphology().parse(word) if parse[3] >= _LIKELY)


def _is_noun(text: str, language: Language) -> bool:
    if language == "kk":
        return not fold(text.lower()).endswith(_ADJECTIVES_KK)
    if language == "en":
        return True
    return any(tag.startswith("NOUN") for tag in _parses(text.lower()))


def describes(word: Word) -> bool:
    """Whether a Russian word describes: «процессуальный», «уголовно» before a hyphen, «угол.»."""
    kinds = ("ADJF", "ADVB", "PRTF", "ADJS")
    return bool(full_word(word)) or any(tag.startswith(kinds) for tag in _parses(word.text.lower()))


def begins(stem: str, rest: str) -> bool:
    """Whether the rest of a contraction may be a word with a stem: «закупки» of «госзакупки»."""
    return stem == rest or (len(min(stem, rest, key=len)) > _REST and stem[:4] == rest[:4]
                            and (stem.startswith(rest) or rest.startswith(stem)))  # fmt: skip


def contracted(word: Word) -> Iterator[tuple[frozenset[str], str]]:
    """Yields what a contraction stands for: the keys of the adjective, the stem of the rest."""
    for one in contractions():
        rest = word.key.removeprefix(one.key)
        if rest != word.key and len(rest) >= _REST:
            stem = _stem(rest, one.language)
            yield title_keys(words(one.full)[0], one.language), stem


def full_word(word: Word) -> frozenset[str]:
    """Returns the keys of what a word alone is short for: «гос» of «гос закупки»."""
    for one in contractions():
        if word.key == one.key:
            return title_keys(words(one.full)[0], one.language)
    return frozenset()


def lemmas(word: Word) -> frozenset[str]:
    """Returns the dictionary forms of a word, folded."""
    if not is_cyrillic(word.text):
        return frozenset((word.key,))
    return frozenset((word.key, *map(fold, russian_forms(word.text.lower()))))
