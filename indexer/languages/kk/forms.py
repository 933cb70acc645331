"""Kazakh word forms: which words may be a dictionary form with endings.

Endings follow the stem and leave its letters, so a form begins with its stem. What follows a long
stem is not looked at, so derived words count as forms (тәуелділік of тәуелді); after a short one
it must be known endings, so that қазақстан is no form of қаза.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from indexer.languages.kk.endings import are_endings
from indexer.languages.kk.harmony import VOICED, VOICELESS, agrees, meets
from indexer.languages.kk.letters import VOWELS

_SHORT = 3
_STRICT = 4
_PRESENT = re.compile("[ае](?:д[ыі]|т[ыі]н)")
_VOICE = re.compile("(?:[ыі]?[лнс]|т|[дт][ыі]р|[ғгқк][ыі]з)(?:[мбп][ае])?(?=.)")
_VERBAL = re.compile(
    r"""
    (?: [ыі]?[лн] | т | [дт][ыі]р | [ғгқк][ыі]з )?    # voice
    (?: [мбп][ае] )?                                  # negation
    (?: [дт][ыі] (?: ңыз | ңіз | [мңқк] )?            # past
      | [аей] (?: [дт][ыі]н\w* | [дт][ыі] | м[ыі][нз] | с[ыі][зң] )?
      | [ғгқк][ае]н\w*
      | [ае]?р (?: [ыі] | д[аеы]\w* | л[ае]р\w* )?
      | [ыі]?п
      | с[ае] [мңқк]?
      | у\w*
      | ш[ыі]\w*
    )?
    """,
    re.VERBOSE,
)
# After a vowel -у belongs to the word (тау, a mountain), but for two of them (туу, жеу).
_SHORT_VERB = re.compile(r"[аәеоөұүыі][^аәеоөұүыіуюия]у|[^аәеоөұүыіуюия][уе]у")


def stem_of(entry: str) -> str:
    """Returns the stem of a dictionary form: verbs are listed in -у."""
    return entry[:-1] if len(entry) > _SHORT and entry[-1] in "ую" else entry


@lru_cache(maxsize=4_096)
def _stems(entry: str) -> tuple[str, tuple[str, ...]]:
    """Returns the stem of a dictionary form, and what its forms may begin with."""
    stem = stem_of(entry)
    return stem, tuple(dict.fromkeys((stem, _voiced(stem))))


def beginnings(entry: str) -> frozenset[str]:
    """Returns what the forms of a dictionary form begin with: its stem, its last letter voiced."""
    return frozenset(_stems(entry)[1])


def is_form(word: str, entry: str) -> bool:
    """Whether ``word`` may be ``entry`` with endings; a last к, қ, п is voiced before a vowel.

    Args:
        word: A word as it stands in a text.
        entry: A dictionary form.
    """
    stem, starts = _stems(entry)
    if not word.startswith(starts):
        return False
    rest = word[len(stem) :]
    if len(stem) > _STRICT or not rest or (stem != entry and word.startswith(entry)):
        return True
    if len(stem) > _SHORT:
        return _may_follow(word[: len(stem)], rest, is_verb=stem != entry)
    if len(entry) > _SHORT and word.startswith(entry):
        return True
    # After a consonant а, е, о, у begin another word, not an ending; verbs have a present tense.
    if stem[-1] not in VOWELS and rest[0] in "аәеоөуұүэюя":
        return stem != entry and bool(_PRESENT.match(rest)) and _may_end(word[: len(stem)], rest)
    return _may_end(word[: len(stem)], rest)


def form_of(entries: Sequence[str]) -> Callable[[str], bool]:
    """Returns what tells whether a word may be any of ``entries`` with endings."""
    if len(entries) == 1:
        return partial(is_form, entry=entries[0])
    starts = tuple(frozenset[str]().union(*map(beginnings, entries)))
    return lambda word: word.startswith(starts) and any(is_form(word, each) for each in entries)


def ends_phrase(word: str, entry: str) -> bool:
    """Whether ``word`` may be ``entry`` at the end of a phrase, which tells short verbs from nouns.

    «Көмек алды» has алу, «көмек алдында» has the noun алд.

    Args:
        word: The last word of a phrase as it stands in a text.
        entry: The last word of the phrase in dictionary form.
    """
    if is_form(word, entry):
        return True
    if len(entry) != _SHORT:
        return False
    stem = entry[:-1]
    if entry[-1] == "ю":
        word, stem = word.replace("я", "йа").replace("ю", "йу"), f"{stem}й"
    elif not _SHORT_VERB.fullmatch(entry):
        return False
    rest = word[len(stem) :]
    return word.startswith(stem) and bool(_VERBAL.fullmatch(rest)) and agrees(stem, rest)


def entries_in(word: str, shortest: int) -> Iterator[str]:
    """Yields the dictionary forms that ``word`` may be a form of, the longest stems first.

    Args:
        word: A word as it stands in a text.
        shortest: Least number of letters of a stem.
    """
    for end in range(len(word), shortest - 1, -1):
        stem = word[:end]
        yield from (stem, stem + "у", stem + "ю")
        if stem[-1] in VOICELESS:
            yield stem[:-1] + VOICELESS[stem[-1]]


def dictionary_forms(word: str) -> tuple[str, ...]:
    """Returns the dictionary forms that a lower-case word may be a form of, itself first."""
    return tuple(dict.fromkeys(entries_in(word, _SHORT)) or {word: None})


@lru_cache(maxsize=8_192)
def _may_end(stem: str, rest: str) -> bool:
    """Whether ``rest`` may be endings of ``stem``."""
    return meets(stem, rest) and agrees(stem, rest) and are_endings(rest)


@lru_cache(maxsize=8_192)
def _may_follow(stem: str, rest: str, *, is_verb: bool) -> bool:
    """Whether ``rest`` may be endings of a ``stem`` of middle length, after a voice of a verb."""
    if is_verb and rest[0] == "й":
        rest = rest[1:]
    # Words in two consonants are loans (банк), whose endings follow how they sound in Russian.
    is_loan = stem[-1] not in VOWELS and stem[-2] not in VOWELS
    if is_loan and meets(stem, rest) and are_endings(rest):
        return True
    if not rest or _may_end(stem, rest):
        return True
    voice = _VOICE.match(rest) if is_verb else None
    return voice is not None and _may_end(stem + voice[0], rest[voice.end() :])


def _voiced(stem: str) -> str:
    return stem[:-1] + VOICED.get(stem[-1], stem[-1])
