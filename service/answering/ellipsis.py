"""Puts the words of an ellipsis in the place of those that have the same role in a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.languages import language, languages
from indexer.languages.kk.endings import CASES
from indexer.languages.ru.forms import morphology

_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:[-‑]\w+)*")
_CYRILLIC = re.compile(r"[а-яё-]+")


def _words(role: str) -> frozenset[str]:
    return frozenset().union(*(language.structure()[role] for language in languages()))


_PREPOSITIONS = _words("prepositions")
_POSTPOSITIONS = _words("postpositions") | _words("about") - _PREPOSITIONS
_ASKING: Final = frozenset[str]().union(*(each.question_words() for each in languages()))
_CASES = tuple(re.compile(rf".{{2,}}(?:{endings})") for endings in CASES)
_ROLES: Final = tuple(_words(role) for role in ("about", "company", "place", "goal", "source"))
# The Kazakh case of a role, by its place among CASES; «туралы» stands for the first role.
_ROLE_CASES: Final = (None, 0, 5, 3, 1)
_GENITIVE: Final = 2
_SMALL_ENGLISH: Final = frozenset[str]().union(*language("en").structure().values())
_ARTICLES: Final = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Ellipsis:
    """The words that a follow-up brings.

    Attributes:
        words: All of them: «о России».
        core: Those that name something: «России».
        roles: Places of the roles that they may have, see :data:`_ROLES`; none where they have
            no sign of any, as «Арал теңізі».
    """

    words: tuple[str, ...]
    core: tuple[str, ...]
    roles: frozenset[int]

    @classmethod
    def of(cls, words: Sequence[str]) -> "Ellipsis":
        """Reads the words of a follow-up without those that lead it in."""
        first, last = words[0].casefold(), words[-1].casefold()
        if len(words) > 1 and first in _PREPOSITIONS:
            return cls(tuple(words), tuple(words[1:]), _roles_of(first))
        if len(words) > 1 and last in _POSTPOSITIONS:
            return cls(tuple(words), tuple(words[:-1]), _roles_of(last))
        case = next((n for n, each in enumerate(_CASES) if each.fullmatch(last)), None)
        roles = (n for n, own in enumerate(_ROLE_CASES) if own is not None and own == case)
        return cls(tuple(words), tuple(words), frozenset(roles))


def words_in(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Returns the words of a text with their places."""
    return [(match[0], match.span()) for match in _WORD.finditer(text)]


def substitute(ellipsis: Ellipsis, earlier: str) -> str | None:
    """Returns ``earlier`` with the words of an ellipsis in the place of those of the same role.

    Words without a sign of a role take the place of the subject: of «туралы» and «о», else of a
    name. None where there is no such place.
    """
    found = words_in(earlier)
    words = [word for word, _ in found]
    stretch = (
        _at_preposition(ellipsis, words)
        or _at_postposition(ellipsis, words)
        or _of_case(ellipsis, words)
        or (None if ellipsis.roles else _of_name(ellipsis, words))
    )
    if stretch is None:
        return None
    first, last, new = stretch
    return f"{earlier[: found[first][1][0]]}{' '.join(new)}{earlier[found[last][1][1] :]}"


_Stretch = tuple[int, int, Sequence[str]]


def _roles_of(small: str) -> frozenset[int]:
    return frozenset(place for place, words in enumerate(_ROLES) if small in words)


def _at_preposition(ellipsis: Ellipsis, words: Sequence[str]) -> _Stretch | None:
    wanted = ellipsis.roles or {0}
    own = ellipsis.words[0].casefold()
    for index in range(len(words) - 2, -1, -1):
        small = words[index].casefold()
        if small in _PREPOSITIONS and (small == own or wanted & _roles_of(small)):
            last = _phrase_after(words, index + 1)
            if ellipsis.words[0].casefold() in _PREPOSITIONS:
                return index, last, ellipsis.words
            return index + 1, last, ellipsis.core
    return None


def _at_postposition(ellipsis: Ellipsis, words: Sequence[str]) -> _Stretch | None:
    wanted = ellipsis.roles or {0}
    own = ellipsis.words[-1].casefold()
    for index in range(1, len(words)):
        small = words[index].casefold()
        if small in _POSTPOSITIONS and (small == own or wanted & _roles_of(small)):
            return _phrase_before(words, index - 1, ellipsis.core), index - 1, ellipsis.core
    return None


def _of_case(ellipsis: Ellipsis, words: Sequence[str]) -> _Stretch | None:
    """Returns the words in the Kazakh case of the ellipsis, or of its preposition's role."""
    last = ellipsis.words[-1].casefold()
    own = next((n for n, each in enumerate(_CASES) if each.fullmatch(last)), None)
    cases = {_ROLE_CASES[role] for role in ellipsis.roles} | {own}
    for case in cases - {None}:
        pattern = _CASES[case]  # type: ignore[index]
        found = [
            place
            for place, word in enumerate(words)
            if pattern.fullmatch(word.casefold()) and word.casefold() not in _ASKING
        ]
        named = [place for place in found if words[place][0].isupper()]
        if found:
            end = (named or found)[0]
            return _name_before(words, end), end, ellipsis.core
    return None


def _of_name(ellipsis: Ellipsis, words: Sequence[str]) -> _Stretch | None:
    """Returns the last name of a question; the word that begins it may be one in Kazakh only."""
    for end in range(len(words) - 1, -1, -1):
        word = words[end]
        first = end == 0
        if word[0].isupper() and word.casefold() not in _ASKING and not (first and len(words) < 2):
            if first and not any(case.fullmatch(word.casefold()) for case in _CASES):
                return None
            return _name_before(words, end), end, ellipsis.core
    return None


def _phrase_after(words: Sequence[str], first: int) -> int:
    """Returns where what a preposition governs ends: its noun, and the genitives after that."""
    last = first
    while last + 1 < len(words) and (
        words[last].casefold() in _ARTICLES or _is_adjective(words[last])
    ):
        last += 1
    while last + 1 < len(words) and (
        (words[last][0].isupper() and words[last + 1][0].isupper())
        or _is_genitive(words[last + 1])
        or (words[last].isascii() and _is_english_noun(words[last + 1]))
    ):
        last += 1
    return last


def _is_adjective(word: str) -> bool:
    lowered = word.casefold()
    if not _CYRILLIC.fullmatch(lowered):
        return False
    return morphology().parse(lowered)[0].tag.POS in {"ADJF", "PRTF", "NUMR"}


def _is_english_noun(word: str) -> bool:
    """Whether an English word behind a noun may be a noun, too: "human trafficking"."""
    return word.isascii() and word.isalpha() and word.casefold() not in _ASKING | _SMALL_ENGLISH


def _is_genitive(word: str) -> bool:
    lowered = word.casefold()
    if not _CYRILLIC.fullmatch(lowered) or lowered in _ASKING:
        return False
    tag = morphology().parse(lowered)[0].tag
    return tag.POS in {"NOUN", "ADJF"} and tag.case == "gent"


def _phrase_before(words: Sequence[str], last: int, core: Sequence[str]) -> int:
    """Returns where what a postposition governs begins."""
    same_noun = words[last].casefold() == core[-1].casefold()
    first = max(0, last - (len(core) - 1 if same_noun else 0))
    while first > 0 and _is_bare(words[first - 1]):
        first -= 1
    return first


def _is_bare(word: str) -> bool:
    """Whether a word before a noun belongs to it: it has no case but the genitive."""
    lowered = word.casefold()
    if lowered in _ASKING or lowered in _POSTPOSITIONS:
        return False
    return not any(
        case.fullmatch(lowered) for place, case in enumerate(_CASES) if place != _GENITIVE
    )


def _name_before(words: Sequence[str], last: int) -> int:
    """Returns where the capitalised name that ends at ``last`` begins.

    A word with a case ending is no part of it, though it may be capitalised as the first one.
    """
    first = last
    while first > 0 and words[first][0].isupper() and _is_bare_name(words[first - 1]):
        first -= 1
    return first


def _is_bare_name(word: str) -> bool:
    return word[0].isupper() and not any(case.fullmatch(word.casefold()) for case in _CASES)
