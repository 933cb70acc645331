"""The question of a conversation: a follow-up gets the words that it leaves out.

«Қытаймен қатынас қалай дамиды?» – «Ал Ресеймен ше?» asks «Ресеймен қатынас қалай дамиды?», and
«Что в пункте 3.17?» – «А в 3.18?» asks «Что в пункте 3.18?». Only what the user said is read.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.languages import Language, language, languages
from indexer.languages.ru.forms import morphology
from indexer.reference import Part, Reference, WrittenReference, find_references
from service.answering.ellipsis import Ellipsis, substitute, words_in
from service.answering.succession import (
    Succession,
    asks_for_them,
    asks_how_many,
    counted,
    excepting,
    read_succession,
    renumbered,
)
from service.engine.forms import read_form
from service.engine.questions import MAX_QUESTION
from service.normalisation.courtesies import read_remark, without_courtesies
from service.normalisation.recognition import recognise

_MAX_ELLIPSIS: Final = 4
_MIND: Final = 40
_MOST: Final = 20
"""How many of a user's messages are read, the last ones."""

_INNER: Final = frozenset({"para", "point", "al"})
_HELD: Final = {
    "chp": _INNER | {"sec", "sec_nn", "list"},
    "sec": _INNER,
    "art": _INNER,
    "para": _INNER - {"para"},
}
"""What an element may hold that is asked about next."""

_COMPARING: Final = re.compile(
    r"сравн|отлич|различ|разниц|салыстыр|айырма|өзгеше|ерекшел|compar|differ|versus\b|vs\b"
)
_NUMBER = re.compile(r"\d+(?:[.,–-]\d+)*")
_LETTER = re.compile(r"[^\W\d_]")


def _words(role: str) -> frozenset[str]:
    return frozenset().union(*(each.structure()[role] for each in languages()))


_LEADS = _words("leads")
_TAILS = _words("tails")
_ANAPHORS = _words("anaphors")
_DEMONSTRATIVES = _words("demonstratives")
_POSTPOSITIONS = _words("postpositions")
_INTERROGATIVES = _words("interrogatives")
_NO_NOUNS: Final = frozenset({"VERB", "INFN", "ADVB", "PRED", "PRTS", "ADJS"})
_GENERAL: Final = _words("general")
_FUNCTIONS: Final = frozenset[str]().union(
    *(words for each in languages() for words in each.structure().values())
)


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that needs no other.

    Attributes:
        text: The question.
        language: Language to answer in; None where the question itself tells.
        in_full: Whether the whole passage is asked for and not only the words that answer.
    """

    text: str
    language: Language | None = None
    in_full: bool = False


Successor = Callable[[str, Language, Succession], str | None]
"""Returns the question for what comes after, or is one of, the answer to an earlier question."""


def standalone_question(questions: Sequence[str], successor: Successor | None = None) -> Standalone:
    """Returns the last of a user's ``questions``, completed from the earlier ones if need be.

    What would be longer than a question may be is asked without the earlier ones.

    Args:
        questions: What the user said, in order.
        successor: Looks at the documents for «а следующая?»; without it numbers are counted on.

    Raises:
        ValueError: There is no question.
    """
    if not questions:
        raise ValueError("there is no question")
    context: Standalone | None = None
    asked = Standalone(questions[-1].strip())
    for question in questions[-_MOST:]:
        own = question.strip()
        asked = _read(own, context if len(own) <= MAX_QUESTION else None, successor)
        if len(asked.text) > MAX_QUESTION:
            asked = replace(asked, text=own)
        # Thanks and greetings leave the subject as it is.
        context = asked if read_remark(asked.text) is None else context
    return asked


def _read(question: str, context: Standalone | None, successor: Successor | None) -> Standalone:
    remark = read_remark(question)
    if context is None:
        return Standalone(question)
    if remark is not None:
        if remark.kind == "more":
            return replace(context, language=_spoken(question, context), in_full=True)
        if remark.kind == "translation":
            return replace(context, language=remark.language or _other(context))
        spoken = _spoken("" if remark.kind == "assent" else question, context)
        return Standalone(question, spoken)
    own, spoken = without_courtesies(question), _spoken(question, context)
    text = _counting_on(own, context, spoken, successor) or _complete(own, context.text)
    return Standalone(text, spoken)


def _counting_on(
    question: str, context: Standalone, spoken: Language, successor: Successor | None
) -> str | None:
    """Returns what «а следующая?», «екіншісі ше?» or "how many?" asks; None for others."""
    if (again := _recounted(question, context.text)) is not None:
        return again
    if asks_for_them(question) and read_form(context.text).form == "count":
        return context.text
    if (others := excepting(question, context.text)) is not None:
        return others
    if asks_how_many(question) and not find_references(context.text):
        return counted(context.text, context.language or recognise(context.text))
    if (step := read_succession(question, context.text)) is None:
        return None
    found = successor(context.text, spoken, step) if successor else None
    return found or renumbered(context.text, spoken, step)


def _spoken(question: str, context: Standalone) -> Language:
    """Returns the language of a message; that of the one before where it has no letters."""
    told = _LETTER.search(question)
    return recognise(question) if told else context.language or recognise(context.text)


def _other(context: Standalone) -> Language:
    return "kk" if (context.language or recognise(context.text)) != "kk" else "ru"


def _complete(question: str, earlier: str) -> str:
    words = [word for word, _ in words_in(question)]
    lowered = [word.casefold() for word in words]
    start = next((count for count in (2, 1) if " ".join(lowered[:count]) in _LEADS), 0)
    end = len(words) - (1 if lowered and lowered[-1] in _TAILS else 0)
    focus = words[start:end]
    leans = len(focus) < len(words)
    if named := find_references(" ".join(focus)):
        if (nested := _nested(named, focus, earlier)) is not None:
            return nested
        if (compared := _compared(named, question, earlier)) is not None:
            return compared
        return _renumbered(named, focus, earlier) if leans or len(focus) == 1 else question
    asks = not _INTERROGATIVES.isdisjoint(lowered[start:end])
    if _counts_inside(question, earlier) or _is_outlined(question, earlier):
        return f"{_asked(earlier)} {question}"
    if not focus or _points_back(lowered[start:end]) or _names_nothing(lowered[start:end]):
        return f"{_asked(earlier)} {question}" if words else question
    if leans and not asks and len(focus) <= _MAX_ELLIPSIS:
        return _continued(focus, question, earlier)
    return question


def _compared(named: Sequence[WrittenReference], question: str, earlier: str) -> str | None:
    """Returns «3.17, 3.18» for «чем отличается от 3.18?»: both items are asked about."""
    before = find_references(earlier)
    words = {word.casefold() for word, _ in words_in(question)}
    if len(named) != 1 or len(before) != 1 or not any(map(_COMPARING.match, words)):
        return None
    last = before[0].parts[-1]
    if named[0].is_bare and last.mark == ".":
        number = last.number.replace("-", ".")
        return f"{number}, {question[named[0].start : named[0].end]}"
    return f"{_asked(earlier[before[0].start : before[0].end])} {question}"


def _recounted(question: str, earlier: str) -> str | None:
    """Returns «сколько глав?» about what «а разделов?» names."""
    asked = read_form(earlier)
    words = [word for word, _ in words_in(question)]
    focus = [word for word in words if word.casefold() not in _FUNCTIONS]
    if asked.counted is None or len(focus) != 1 or len(words) > _MAX_ELLIPSIS:
        return None
    again = re.sub(rf"(?<!\w){re.escape(asked.nouns[0])}(?!\w)", focus[0], earlier, flags=re.I)
    return again if again != earlier and read_form(again).counted is not None else None


def _counts_inside(question: str, earlier: str) -> bool:
    """Whether «сколько разделов?» is asked of the element that was asked about before."""
    asked = read_form(question)
    if asked.counted is None or not find_references(earlier):
        return False
    rest = {word.casefold() for word, _ in words_in(asked.rest)} - set(asked.nouns)
    return rest <= _FUNCTIONS


def _is_outlined(question: str, earlier: str) -> bool:
    """Whether «кратко» is asked of the element that was asked about before."""
    if len(question) > len(earlier) + _MIND or not read_form(earlier).is_bare:
        return False
    return bool(question) and read_form(f"{_asked(earlier)} {question}").is_bare


def _continued(focus: Sequence[str], question: str, earlier: str) -> str:
    """Returns what an ellipsis asks: the earlier question with its words, or both."""
    numbers = _NUMBER.findall(" ".join(focus))
    if numbers and len(numbers) == len(_NUMBER.findall(earlier)):
        return _with_numbers(earlier, numbers)
    found = substitute(Ellipsis.of(focus), earlier)
    return found or f"{_asked(earlier)} {question}"


def _nested(named: Sequence[WrittenReference], focus: Sequence[str], earlier: str) -> str | None:
    """Returns «глава 5, последний раздел» for «а последний раздел?» after «О чём глава 5?»."""
    before, text = find_references(earlier), " ".join(focus)
    if len(before) != 1 or len(named) != 1 or named[0].is_bare:
        return None
    holder, inner = before[0].parts[-1], named[0].parts[0]
    around = text[: named[0].start] + text[named[0].end :]
    asks_more = not {word.casefold() for word, _ in words_in(around)} <= _FUNCTIONS | {"the"}
    if asks_more or inner.mark or inner.kind not in _HELD.get(holder.kind, ()):
        return None
    if any(part.from_end or part.through for part in before[0].parts):
        return None
    steps = Reference(tuple(Part(part.kind, part.number) for part in before[0].parts))
    written = text[named[0].start : named[0].end]
    printed = holder.number.replace("-", ".") if holder.mark == "." else None
    said = f"{steps.format(recognise(earlier), printed=printed)}, {written}"
    return f"{earlier[: before[0].start]}{said}{earlier[before[0].end :]}"


def _renumbered(named: Sequence[WrittenReference], focus: Sequence[str], earlier: str) -> str:
    """Returns the earlier question about another element; a question of its own where none was."""
    text = " ".join(focus)
    before = find_references(earlier)
    written = text[named[0].start : named[-1].end]
    if not before or (named[0].is_bare and len(before) > 1):
        return text
    start, end = before[0].start, before[-1].end
    if named[0].is_bare and not before[0].is_bare:
        # «3.17-тармақта не айтылған?» – «ал 3.18 ше?»: the word for the element stays.
        written = _NUMBER.sub(written, earlier[start:end], count=1)
    made = f"{earlier[:start]}{written}{earlier[end:]}"
    kept = [one.parts for one in find_references(made)]
    return made if all(one.parts in kept or one.is_bare for one in named) and kept else text


def _with_numbers(earlier: str, numbers: Sequence[str]) -> str:
    given = iter(numbers)
    return _NUMBER.sub(lambda match: next(given), earlier)


def _names_nothing(lowered: Sequence[str]) -> bool:
    """Whether words say nothing of what they are about: «а когда?», «кто отвечает?»."""
    asks = not _INTERROGATIVES.isdisjoint(lowered)
    return set(lowered) <= (_FUNCTIONS if asks else _FUNCTIONS - _GENERAL)


def _points_back(lowered: Sequence[str]) -> bool:
    """Whether words stand for what was said before: «оны», «его», «за это», «бұл үшін»."""
    if _ANAPHORS & set(lowered):
        return True
    return any(
        word in _DEMONSTRATIVES and _is_alone(word, lowered[place + 1 : place + 2])
        for place, word in enumerate(lowered)
    )


def _is_alone(demonstrative: str, after: Sequence[str]) -> bool:
    """Whether what follows a demonstrative is not its noun, or says no more than it does."""
    if not after or after[0] in _POSTPOSITIONS or after[0] in _GENERAL:
        return True
    if demonstrative in language("kk").structure()["demonstratives"]:
        return False
    return morphology().parse(after[0])[0].tag.POS in _NO_NOUNS


def _asked(earlier: str) -> str:
    """Returns an earlier question as a sentence of its own."""
    return earlier if earlier[-1:] in ".?!" else f"{earlier}."
