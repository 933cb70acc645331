"""Interprets a question as typed: what it would be, had it been typed with care.

In this order: letters of the wrong alphabet that only look right, a wrong keyboard layout, capitals
throughout, Latin letters, missing Kazakh letters, slips of the fingers. A word that is known as it
stands is left alone; so are names, numbers, quoted Latin words and abbreviations.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from indexer.kazakh.alphabets import (
    SPECIAL,
    compose,
    fold_homoglyphs,
    letterless,
    lower,
    transliterate,
)
from indexer.kazakh.harmony import agrees
from indexer.kazakh.keyboards import KAZAKH, KAZAKH_DIGITS, RUSSIAN, readings, retype
from indexer.kazakh.lexicon import load_lexicon
from indexer.kazakh.restoration import Restoration, restore, spelling_cost
from indexer.kazakh.skeleton import skeleton
from indexer.kazakh.typos import mend, mend_spelling
from indexer.passages import Language, Passage
from service.language import is_english, recognise

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`‘][^\W\d_]+)*['’ʼ`‘]?")
_MIXED_DIGITS = re.compile(r"[\w=()№-]*[а-яёА-ЯЁ][\w=()№-]*")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0259]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")

_LAYOUT_KNOWN = 0.6
_LAYOUT_ADVANTAGE = 0.25
_OWN_LAYOUT = 0.1
_CONFIDENT_COST = 0.7
_FREQUENT = 3
_COMMON = 8
_TYPO = 0.5
_SHOUTED_TYPO = 2.5
_NAME_TYPO = 3.5
_SOLID = 4.0
_MUCH_LIKELIER = 2.0


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a question means to say.

    Attributes:
        text: The question as it would be typed with care.
        language: Its language.
    """

    text: str
    language: Language


class Interpreter:
    """Interprets questions with the words of the shipped lists and of the documents."""

    def __init__(self, passages: Iterable[Passage] = ()) -> None:
        # A heading stands above many passages and counts once.
        texts = dict.fromkeys(
            (passage.language, text)
            for passage in passages
            for text in (passage.text, *passage.heading_path)
        )
        self._lexicon = load_lexicon(texts)
        # Built now: the first question would wait seconds for it.
        for text in ("кандай bastau", "кандай басату", "начало", "нчало пути"):
            self.interpret(text)

    def interpret(self, text: str) -> Interpretation:
        """Returns what ``text`` means to say; clean text comes back as it is."""
        text = _LETTERS.sub(lambda match: fold_homoglyphs(match[0]), text)
        text = self._retyped(text)
        text = _MIXED_DIGITS.sub(self._without_digits, text)
        shouted = self._is_shouted(text)
        if shouted:
            text = lower(text)
        language = recognise(text, self._lexicon)
        if language != "en":
            text = self._restored(text, language, _SHOUTED_TYPO if shouted else _TYPO)
            language = recognise(text, self._lexicon)
        if shouted:
            text = _capitalised(_each_word(text, self._usual))
        return Interpretation(text, language)

    def _retyped(self, text: str) -> str:
        """Undoes a wrong keyboard layout."""
        tokens = text.split(" ")
        if _CYRILLIC.search(text) or not any(_LATIN.search(token) for token in tokens):
            return text
        as_typed = self._share(tokens, self._is_latin_known)
        best, best_share = text, max(_LAYOUT_KNOWN, as_typed + _LAYOUT_ADVANTAGE)
        for language, layout in (("kk", KAZAKH), ("ru", RUSSIAN)):
            retyped = [self._best_reading(token, layout) for token in tokens]
            share = self._share(retyped, self._is_cyrillic_known)
            if recognise(" ".join(retyped), self._lexicon) == language:
                # Both layouts write most words alike: the marks and ё tell them apart.
                share += _OWN_LAYOUT
            if share > best_share:
                best, best_share = " ".join(retyped), share
        if best is not text and text.endswith(("?", "&")):
            best = best[:-1] + "?"
        return best

    def _best_reading(self, token: str, layout: dict[str, str]) -> str:
        if not _LATIN.search(token) and any(character.isdigit() for character in token):
            return token
        found = readings(token, layout)
        best = max(found, key=lambda reading: self._share([reading], self._is_cyrillic_known))
        known = self._share([best], self._is_cyrillic_known) > 0
        return best if known or not token.isupper() else token

    def _without_digits(self, match: re.Match[str]) -> str:
        """Undoes the row of digits of a Russian layout: ``0аза0`` is ``қазақ``."""
        token = match[0]
        if not any(character in KAZAKH_DIGITS for character in token):
            return token
        retyped = retype(token, KAZAKH_DIGITS)
        word = lower(retyped)
        if not retyped.isalpha():
            return token
        if any(character.isdigit() for character in token):
            known = len(word) > 2 and self._lexicon.is_kazakh(word)
        else:
            # Marks are marks, unless what they part is no word and the whole is one.
            known = self._lexicon.words["kk"].get(word, 0) >= (_FREQUENT if word[4:] else _COMMON)
            known = known and not all(map(self._is_cyrillic_known, _LETTERS.findall(lower(token))))
        return retyped if known else token

    def _share(self, tokens: Iterable[str], known: Callable[[str], bool]) -> float:
        """Returns the share of letters that stand in known words."""
        total = found = 0
        for token in tokens:
            rest = _WORD.sub("", token)
            for word in _WORD.findall(token):
                total += len(word)
                found += len(word) if known(lower(word)) else 0
            # Marks and digits between letters are no part of a known word.
            total += (
                sum(1 for mark in rest if mark.isdigit() or mark in "[];=<>{}`") if total else 0
            )
        return found / total if total else 0.0

    def _is_latin_known(self, word: str) -> bool:
        if is_english(word, self._lexicon):
            return True
        restoration = restore(compose(word), self._lexicon)
        return restoration is not None and (restoration.whole or restoration.score > 0)

    def _is_cyrillic_known(self, word: str) -> bool:
        if _LATIN.search(word):
            return False
        lexicon = self._lexicon
        return lexicon.is_kazakh(word) or lexicon.is_russian(word) or self._is_letterless(word)

    def _is_letterless(self, word: str) -> bool:
        return word in self._lexicon.letterless_weights

    def _is_shouted(self, text: str) -> bool:
        """Returns whether a text is in capitals that are not those of abbreviations."""
        words = [word for word in _WORD.findall(text) if len(word) > 1]
        if not words or not text.isupper():
            return False
        if len(words) == 1 and len(words[0]) < 6:
            return False
        return any(len(word) > 3 and self._is_ordinary(lower(word)) for word in words)

    def _is_ordinary(self, word: str) -> bool:
        if self._lexicon.cases.get(word, "").isupper():
            return False
        known = self._is_latin_known if _LATIN.search(word) else self._is_cyrillic_known
        return known(word)

    def _usual(self, word: str) -> str:
        return self._lexicon.cases.get(word, word)

    def _restored(self, text: str, language: Language, threshold: float) -> str:
        """Restores letters and mends slips; ``threshold`` is how sure a slip must be."""
        cyrillic = len(_CYRILLIC.findall(text))
        if len(_LATIN.findall(text)) > cyrillic:
            change = self._from_latin
        elif language == "ru":
            change = self._in_russian
        elif any(letter in SPECIAL for letter in text.lower()):
            change = self._in_kazakh
        else:
            typed = [lower(word) for word in _WORD.findall(text) if word.islower()]
            certain = not all(map(self._is_word, typed))
            change = partial(self._with_letters, certain=certain)
        return self._sub_words(text, partial(change, threshold=threshold))

    def _is_word(self, word: str) -> bool:
        return self._lexicon.is_kazakh(word) or self._lexicon.is_russian(word)

    def _sub_words(self, text: str, change: Callable[[str, bool], str]) -> str:
        """Applies ``change(word, is_first)`` to the words outside Latin quotations."""
        quoted = [match.span() for match in _QUOTED.finditer(text) if _CYRILLIC.search(text)]
        first = True

        def replace(match: re.Match[str]) -> str:
            nonlocal first
            word, is_first = match[0], first
            first = False
            start = match.start()
            if _LATIN.search(word) and any(low < start < high for low, high in quoted):
                return word
            return change(word, is_first)

        return _WORD.sub(replace, text)

    def _from_latin(self, word: str, is_first: bool, *, threshold: float) -> str:
        """Returns a word of a Latin Kazakh question in Cyrillic."""
        if not _LATIN.search(word):
            return word
        typed = compose(lower(word)).strip("'’ʼ`‘")
        if word.isupper() and len(word) > 1:
            return self._acronym(typed) or word
        found = restore(typed, self._lexicon)
        if (found is None or not found.whole) and is_english(typed, self._lexicon):
            return word
        if found is not None and (found.whole or found.score > _SOLID):
            return _in_case(found.word, word)
        mended = mend_spelling(typed, self._lexicon, threshold)
        if mended is not None and not word[0].isupper():
            return _in_case(mended, word)
        if found is not None:
            return _in_case(found.word, word)
        if mended is not None and is_first:
            return _in_case(mended, word)
        return _in_case(self._with_ending(transliterate(typed)), word)

    def _acronym(self, typed: str) -> str | None:
        """Returns the Kazakh abbreviation that is typed so."""
        lexicon = self._lexicon
        found = [
            (spelling_cost(word, typed), -lexicon.words["kk"][word], usual)
            for word in lexicon.by_skeleton.get(skeleton(typed), ())
            if (usual := lexicon.cases.get(word, word)).isupper()
        ]
        cost, _, best = min(found, default=(_CONFIDENT_COST, 0, ""))
        return best if cost < _CONFIDENT_COST else None

    def _with_ending(self, word: str) -> str:
        """Restores the ending of a word whose stem no list knows."""
        for end in range(3, len(word)):
            for ending in self._lexicon.endings_by_skeleton.get(skeleton(word[end:]), ()):
                common = self._lexicon.endings[ending] >= 4 and len(ending) > 1
                same = letterless(ending) == letterless(word[end:])
                if common and same and agrees(word[:end], ending):
                    return word[:end] + ending
        return word

    def _in_russian(self, word: str, is_first: bool, *, threshold: float) -> str:
        """Returns a word of a Russian question; it may be Kazakh without its letters."""
        typed = lower(word)
        lexicon = self._lexicon
        if self._is_untouchable(word, is_first) or lexicon.is_russian(typed):
            return word
        found = restore(typed, lexicon)
        if found and found.word != typed and self._is_certain(found, word):
            return _in_case(found.word, word)
        if lexicon.is_kazakh(typed):
            return word
        mended = mend(typed, lexicon, "ru", threshold if word.islower() else _NAME_TYPO)
        return _in_case(mended, word) if mended else word

    def _in_kazakh(self, word: str, is_first: bool, *, threshold: float) -> str:
        """Returns a word of a Kazakh question that has Kazakh letters."""
        typed = lower(word)
        lexicon = self._lexicon
        if _LATIN.search(word):
            return self._latin_guest(word)
        if self._is_untouchable(word, is_first) or lexicon.is_kazakh(typed):
            return word
        if lexicon.is_russian(typed):
            return word
        found = restore(typed, lexicon)
        if found and found.word != typed and self._is_certain(found, word):
            return _in_case(found.word, word)
        if lexicon.is_plausible(typed):
            return word
        mended = mend(typed, lexicon, "kk", threshold if word.islower() else _NAME_TYPO)
        return _in_case(mended, word) if mended else word

    def _is_certain(self, found: Restoration, word: str) -> bool:
        """Returns whether a word among clean ones surely lacks its Kazakh letters."""
        long = len(word) > 4 and word.islower()
        frequent = found.whole and self._lexicon.words["kk"][found.word] >= _FREQUENT
        return long and frequent and found.cost < _CONFIDENT_COST

    def _latin_guest(self, word: str) -> str:
        """Returns a Latin word of a Cyrillic question; Kazakh where it is surely that."""
        typed = lower(word)
        if len(word) < 4 or not word.islower() or is_english(typed, self._lexicon):
            return word
        found = restore(compose(typed), self._lexicon)
        sure = found is not None and found.whole and found.cost < _CONFIDENT_COST
        return found.word if found is not None and sure and found.score >= _FREQUENT else word

    def _with_letters(self, word: str, is_first: bool, *, certain: bool, threshold: float) -> str:
        typed = lower(word)
        lexicon = self._lexicon
        if _LATIN.search(word):
            return self._latin_guest(word)
        if len(word) < 2:
            return word
        if word.isupper():
            return self._acronym(typed) or word
        found = restore(typed, lexicon)
        as_typed = lexicon.weight(typed, "kk")
        russian = lexicon.weight(typed, "ru")
        if russian is None and lexicon.is_russian(typed):
            russian = 0
        if found is not None and found.word != typed:
            rival = max((w for w in (as_typed, russian) if w is not None), default=None)
            if rival is None:
                sure = found.whole or found.score > 0
            else:
                sure = found.score - rival > (-1.0 if certain else _MUCH_LIKELIER)
            if sure:
                return _in_case(found.word, word)
        if found is not None or as_typed is not None or russian is not None:
            return word
        if word[0].isupper() and not is_first:
            return _in_case(self._with_ending(typed), word)
        mended = mend_spelling(typed, lexicon, threshold) or mend(typed, lexicon, "kk", threshold)
        return _in_case(mended or self._with_ending(typed), word)

    def _is_untouchable(self, word: str, is_first: bool) -> bool:
        if _LATIN.search(word) or len(word) < 3:
            return True
        if word.islower():
            return False
        return not (word[1:].islower() and is_first)


def _each_word(text: str, change: Callable[[str], str]) -> str:
    return _WORD.sub(lambda match: change(match[0]), text)


def _in_case(word: str, typed: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[0].isupper() else word


def _capitalised(text: str) -> str:
    for at, character in enumerate(text):
        if character.isalpha():
            return text[:at] + character.upper() + text[at + 1 :]
    return text
