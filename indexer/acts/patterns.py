"""A name as a row of words, some of which have endings, and where it stands in a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.acts.heads import HEADS, KAZAKH_NOUN, RUSSIAN_NOUN
from indexer.acts.words import Word, words
from indexer.languages.codes import Language
from indexer.reference.folding import fold, keys

# In folded letters, where й is и and ы is и.
_ADJECTIVE: Final = re.compile(
    r"(?:ои|ого|ему|его|ому|им|ом|ем|ии|еи|ие|их|ими|аиа|ая|ую|ое|ее|ие)?"
)
_ADJECTIVE_ENDS: Final = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие")
_VOWELS: Final = "аеёиоуыэюяьй"

ABOUT: Final = frozenset(("о", "об", "обо"))
"""What stands before what a Russian act is about, folded."""

KAZAKH_ABOUT: Final = fold("туралы")
"""What stands behind what a Kazakh act is about, folded."""

# Between an act's kind and its title: «от 15 июля 2010 года № 337-IV», «2010 жылғы 15 шілдедегі».
BETWEEN: Final = keys(
    "от г года жылғы n no номер iv v vi vii viii iii ii i xiii конституциялық конституционный "
    "конституционного конституционному конституционным "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
    "қаңтардағы ақпандағы наурыздағы сәуірдегі мамырдағы маусымдағы шілдедегі тамыздағы "
    "қыркүйектегі қазандағы қарашадағы желтоқсандағы"
)
_MOST_BETWEEN: Final = 9
_QUOTES: Final = frozenset("\"«»“”„'")


@dataclass(frozen=True, slots=True)
class _Step:
    """A word of a name: what it begins with, and the endings that may follow."""

    stem: str
    endings: re.Pattern[str] | None

    def meets(self, key: str) -> bool:
        if self.endings is None:
            return key == self.stem
        return key.startswith(self.stem) and bool(self.endings.fullmatch(key, len(self.stem)))


@dataclass(frozen=True, slots=True)
class Pattern:
    """One name of an act.

    Attributes:
        steps: Its words.
        head: Place of the word for its kind among them; beside it a date and a number may stand.
        quoted: Whether it counts in quotation marks alone.
        is_open: Whether words beside it may make it another act's, as of «закон о банках данных».
    """

    steps: tuple[_Step, ...]
    head: int = -1
    quoted: bool = False
    is_open: bool = False

    @property
    def first(self) -> str:
        """What the first word begins with: two letters."""
        return self.steps[0].stem[:2]

    @property
    def signature(self) -> tuple[str, ...]:
        """The same for names that differ in endings alone."""
        return tuple(step.stem for step in self.steps)

    def meets(self, text: str, found: Sequence[Word], place: int) -> int:
        """Returns the place after the name where it stands at a place of a text; 0 if it does not.

        Args:
            text: The text.
            found: Its words.
            place: The place of a word.
        """
        start, skipped = place, 0
        for number, step in enumerate(self.steps):
            beside = number - 1 == self.head or (number and number == self.head)
            while beside and place < len(found) and skipped < _MOST_BETWEEN:
                key = found[place].key
                if step.meets(key) or not (key in BETWEEN or key.isdigit()):
                    break
                place, skipped = place + 1, skipped + 1
            if place >= len(found) or not step.meets(found[place].key):
                return 0
            place += 1
        if self.quoted and not _is_quoted(text, found[start].start, found[place - 1].end):
            return 0
        return 0 if found[place - 1].foreign else place


def patterns(name: str, kind: str, language: Language) -> Iterator[Pattern]:
    """Yields the ways in which a name may stand in a text.

    Args:
        name: A title or another name, such as «О банках», «Еңбек кодексі».
        kind: Kind of the act.
        language: Language of the name.
    """
    found = words(name)
    if not found:
        return
    keys_of = [word.key for word in found]
    texts = [word.text.lower() for word in found]
    head = HEADS[language].get(kind, "")
    if language == "en":
        yield Pattern(tuple(_Step(key, None) for key in keys_of))
    elif language == "ru" and keys_of[0] in ABOUT:
        fixed = tuple(_Step(key, None) for key in keys_of)
        yield Pattern(fixed, quoted=True)
        if head:
            yield Pattern((_inflected(head, "ru"), *fixed), head=0)
    elif language == "kk" and keys_of[-1] == KAZAKH_ABOUT:
        fixed = tuple(_Step(key, None) for key in keys_of)
        if len(fixed) > 2:
            yield Pattern(fixed, quoted=True)
        if head:
            yield Pattern((*fixed, _inflected(head, "kk")), head=len(fixed))
    elif language == "ru":
        yield Pattern(tuple(_russian(texts)))
    else:
        *before, last = texts
        yield Pattern((*(_Step(fold(word), None) for word in before), _inflected(last, "kk")))


def _russian(texts: list[str]) -> Iterator[_Step]:
    """Yields the words of a name: those before a preposition or a genitive have endings."""
    inflects = True
    for place, word in enumerate(texts):
        is_adjective = word.endswith(_ADJECTIVE_ENDS) and len(word) > 4
        # «Уголовно-процессуальный»: the first half of a word does not change.
        is_half = place + 1 < len(texts) and word.endswith("о")
        # «Концепция внешней политики»: nor does what follows the first noun.
        changes = inflects and not is_half
        yield _inflected(word, "ru") if changes else _Step(fold(word), None)
        if not (is_adjective or is_half):
            inflects = False


def _inflected(word: str, language: Language) -> _Step:
    if language == "kk":
        stem = word[:-1] if len(word) > 3 and word[-1] in "іы" else word
        # «Жарлық», «Жарлығы»
        return _Step(fold(stem.removesuffix("қ").removesuffix("ғ")), _softened(stem))
    if word.endswith(_ADJECTIVE_ENDS) and len(word) > 4:
        return _Step(fold(word[:-2]), _ADJECTIVE)
    return _Step(fold(word[:-1] if word[-1] in _VOWELS and len(word) > 3 else word), RUSSIAN_NOUN)


def _softened(stem: str) -> re.Pattern[str]:
    return re.compile(f"[кг](?:{KAZAKH_NOUN.pattern})") if stem[-1] in "қғ" else KAZAKH_NOUN


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] in _QUOTES and text[end : end + 1] in _QUOTES
