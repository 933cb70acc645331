"""The question of a conversation: a follow-up gets the words that it leaves out.

«Қытаймен қатынас қалай дамиды?» – «Ал Ресеймен ше?» asks «Ресеймен қатынас қалай дамиды?».
"""

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+(?:[-‑]\w+)*")
_LEADS = frozenset({"ал", "және", "сонда", "а", "и", "ну", "но", "тогда", "and", "but", "so"})
_LEAD_PAIRS = frozenset({("what", "about"), ("how", "about"), ("что", "насчет"), ("что", "насчёт")})
_TAIL = "ше"
_MAX_ELLIPSIS = 4


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Demonstratives that stand before a noun (бұл, осы, этот, this) are left out: "бұл құжат" is the
# document, not something said before.
_ANAPHORS = _words(
    "ол оның оны оған одан онда онымен олар олардың оларды оларға олармен ондай сондай мұндай "
    "оно он она они его её ее ему ей их им ним ней ними них нему неё нее там туда "
    "it its they them their he she him her"
)
_PREPOSITIONS = _words(
    "с со в во на о об обо по к ко для из от до про при за под над между без у "
    "with in on of to for from about by at"
)
_POSTPOSITIONS = _words("туралы жайлы бойынша жөнінде жөніндегі үшін арқылы сияқты")
_CASES = tuple(
    re.compile(rf".{{2,}}(?:{endings})")
    for endings in (
        "мен|бен|пен",
        "нан|нен|дан|ден|тан|тен",
        "ның|нің|дың|дің|тың|тің",
        "ға|ге|қа|ке",
        "дағы|дегі|тағы|тегі",
        "да|де|та|те",
        "ны|ні|ды|ді|ты|ті",
    )
)


def standalone_question(questions: Sequence[str]) -> str:
    """Returns the last of a user's ``questions``, completed from the earlier ones if need be.

    Raises:
        ValueError: There is no question.
    """
    if not questions:
        raise ValueError("there is no question")
    context = ""
    for question in questions:
        context = _complete(question.strip(), context) if context else question.strip()
    return context


def _complete(question: str, earlier: str) -> str:
    words = _WORD.findall(question)
    lowered = [word.casefold() for word in words]
    start = 2 if tuple(lowered[:2]) in _LEAD_PAIRS else int(bool(lowered) and lowered[0] in _LEADS)
    end = len(words) - (1 if lowered and lowered[-1] == _TAIL else 0)
    focus = words[start:end]
    if len(focus) < len(words) and 0 < len(focus) <= _MAX_ELLIPSIS:
        return _substitute(focus, earlier) or f"{earlier} {question}"
    if not focus or _ANAPHORS & set(lowered):
        return f"{earlier} {question}" if words else question
    return question


def _substitute(focus: Sequence[str], earlier: str) -> str | None:
    """Returns ``earlier`` with ``focus`` in the place of what has the same role there."""
    spans = [match.span() for match in _WORD.finditer(earlier)]
    words = [earlier[start:end] for start, end in spans]
    place = _after_preposition(focus, words) or _before_postposition(focus, words)
    place = place or _of_case(focus, words)
    if place is None:
        return None
    first, last = place
    return earlier[: spans[first][0]] + " ".join(focus) + earlier[spans[last][1] :]


def _after_preposition(focus: Sequence[str], words: Sequence[str]) -> tuple[int, int] | None:
    preposition = focus[0].casefold()
    if len(focus) < 2 or preposition not in _PREPOSITIONS:
        return None
    same = {preposition, preposition.removesuffix("о"), preposition + "о"}
    for index in range(len(words) - 2, -1, -1):
        if words[index].casefold() in same:
            last = index + 1
            while (
                last + 1 < len(words) and words[last][0].isupper() and words[last + 1][0].isupper()
            ):
                last += 1
            return index, last
    return None


def _before_postposition(focus: Sequence[str], words: Sequence[str]) -> tuple[int, int] | None:
    if len(focus) < 2 or focus[-1].casefold() not in _POSTPOSITIONS:
        return None
    for index in range(1, len(words)):
        if words[index].casefold() == focus[-1].casefold():
            # "Каспий теңізі" gives way to "Арал теңізі": the same noun, so the whole name.
            same_noun = words[index - 1].casefold() == focus[-2].casefold()
            width = len(focus) - 1 if same_noun else 1
            return max(0, min(index - width, _name_before(words, index - 1))), index
    return None


def _of_case(focus: Sequence[str], words: Sequence[str]) -> tuple[int, int] | None:
    for case in _CASES:
        if case.fullmatch(focus[-1].casefold()):
            found = [i for i, word in enumerate(words) if case.fullmatch(word.casefold())]
            named = [i for i in found if words[i][0].isupper()]
            if found:
                last = (named or found)[0]
                return _name_before(words, last), last
            return None
    return None


def _name_after(words: Sequence[str], first: int) -> int:
    """Returns where the capitalised name that begins at ``first`` ends."""
    last = first
    while last + 1 < len(words) and words[last][0].isupper() and words[last + 1][0].isupper():
        last += 1
    return last


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
