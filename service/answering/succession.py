"""Follow-ups that count from what was answered: «а следующая?», «екіншісі қандай?», "how many?".

What comes after chapter 4, and which is the second of the goals, only the document tells.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from indexer.documents.passages import Passage
from indexer.languages import LANGUAGES, Language
from indexer.reference import Addresses, Part, Reference, WrittenReference, find_references
from indexer.reference.folding import fold
from indexer.reference.numbering import NumberReader
from indexer.reference.tokens import Token, Tokens, tokens
from service.engine.engine import Answer, Engine
from service.engine.filters import Filters
from service.engine.parts import Whole

_LONGEST: Final = 80
_MOST_WORDS: Final = 10
_SHOWN: Final = 3
"""How many passages a reply names: «второй» may be the second of them."""

_STEM: Final = 3
_ENDING: Final = 3

_ITEMS: Final = frozenset({"para", "point", "al", "part"})
_ALIKE: Final[dict[str, tuple[str, ...]]] = {"sec": ("sec", "sec_nn")}
_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class Succession:
    """What a follow-up wants, told from what was answered before.

    Attributes:
        way: ``next``, ``previous``, or ``number`` for one of several.
        number: Which one, from 1.
        from_end: Whether the number counts from the end.
        element: The kind of element that is named; empty where none is.
    """

    way: Literal["next", "previous", "number"]
    number: int = 1
    from_end: bool = False
    element: str = ""


def read_succession(text: str, earlier: str = "") -> Succession | None:
    """Returns what a follow-up wants; None where it is no such follow-up.

    Args:
        text: The follow-up.
        earlier: The question before: «вторая цель» may say again what it asked for.
    """
    if len(text) > _LONGEST:
        return None
    pieces = tokens(text)
    reader = NumberReader(pieces)
    found: set[Succession] = set()
    element, at, words = "", 0, 0
    while at < len(pieces):
        token = pieces[at]
        number, end = _one_number(reader, pieces, at)
        if number is not None:
            found.add(number)
        elif token.word is not None and not element and not token.word.short:
            element = token.word.kind
        elif token.kind == "word" and (way := _way(token)) is not None:
            found.add(way)
        elif not _adds_nothing(token, earlier):
            return None
        at, words = end, words + 1
    # «следующий после него» says one thing twice.
    if len(found) != 1 or words > _MOST_WORDS:
        return None
    return replace(found.pop(), element=element)


def asks_how_many(text: str) -> Language | None:
    """Returns the language of a follow-up that asks how many there are; None for any other."""
    if len(text) > _LONGEST:
        return None
    words = _WORD.findall(text.casefold())
    for code, pattern in _counting():
        if pattern.fullmatch(" ".join(words if code == "en" else map(fold, words))):
            return code
    return None


def asks_for_them(text: str) -> bool:
    """Whether a follow-up asks for what was counted: «перечисли их»."""
    return any(_said(text, code, "them") is not None for code in LANGUAGES)


def excepting(text: str, earlier: str) -> str | None:
    """Returns an earlier question for others than a follow-up excepts: «кроме Каспия»."""
    for code in LANGUAGES:
        if _said(text, code, "except"):
            asked, written = earlier.rstrip(" ?!."), text.strip(" ?!.")
            return f"{written} {earlier}" if code == "kk" else f"{asked}, {written}?"
    return None


def _said(text: str, code: Language, role: str) -> re.Match[str] | None:
    """Returns the match of a whole follow-up with a phrase of a role."""
    plain = " ".join(_WORD.findall(text.casefold()))
    return re.compile(_lists()[code][role]).fullmatch(plain) if len(text) <= _LONGEST else None


def counted(earlier: str, language: Language) -> str:
    """Returns an earlier question as one for the count of what it asked for."""
    return f"{_lists()[language]['how'].capitalize()}? {earlier}"


def successor(
    engine: Engine, earlier: str, language: Language, step: Succession, filters: Filters | None
) -> str | None:
    """Returns a question for what a follow-up wants; None where what was answered does not tell.

    Args:
        engine: Answered before.
        earlier: The question before, completed.
        language: Language to name the element in.
        step: What is wanted.
        filters: Where to search.
    """
    answer = engine.ask(earlier, filters=filters, language=language)
    if not answer.results or not answer.answerable or (answer.about and not answer.whole):
        return None
    if answer.about is not None and step.way != "number":
        return None
    named = find_references(earlier)
    if step.way == "number":
        return _one_of(engine, answer, step, is_named=bool(named))
    eid = _beside(engine, answer, step, named)
    if eid is None:
        return None
    document = answer.results[0].passage.document_id
    if not named:
        return engine.library.reference(document, eid, language)
    said = engine.library.element(document, eid, language)
    return f"{earlier[: named[0].start]}{said}{earlier[named[-1].end :]}"


def renumbered(earlier: str, language: Language, step: Succession) -> str | None:
    """Returns an earlier question with another number, without a look at the document."""
    named = find_references(earlier)
    if not named or step.from_end or (step.element and step.element != named[0].parts[-1].kind):
        return None
    *above, last = named[0].parts
    head, _, tail = (last.through or last.number).rpartition("-")
    if not tail.isdigit() or any(part.from_end for part in named[0].parts):
        return None
    moved = {"next": int(tail) + 1, "previous": int(tail) - 1, "number": step.number}[step.way]
    number = f"{head}-{moved}" if head else str(moved)
    if moved < 0:
        return None
    parts = tuple(Part(part.kind, part.number) for part in (*above, replace(last, number=number)))
    printed = number.replace("-", ".") if last.mark == "." else number
    said = Reference(parts).format(language, printed=printed)
    return f"{earlier[: named[0].start]}{said}{earlier[named[-1].end :]}"


def _one_of(engine: Engine, answer: Answer, step: Succession, *, is_named: bool) -> str | None:
    """Returns the reference of one part of a list, or of one of the passages that were shown."""
    place = -step.number if step.from_end else step.number - 1
    keys = _parts(answer.whole, step.element)
    if not keys and not is_named and not step.element and answer.whole is None:
        keys = [(one.passage.document_id, one.passage.eid) for one in answer.results[:_SHOWN]]
    if not -len(keys) <= place < len(keys):
        return None
    return engine.library.reference(*keys[place], answer.language)


def _parts(whole: Whole | None, element: str) -> list[tuple[str, str]]:
    """Returns document and address of each part of a list, where it is of the kind named."""
    if whole is None or (whole.kind == "outline" and not whole.is_counted):
        return []
    parts = [(part.key.document, part.key.eid) for part in whole.parts if not part.depth]
    kinds = {_kind(eid) for _, eid in parts}
    fits = not element or element in kinds or (element in _ITEMS and kinds <= _ITEMS)
    return parts if fits else []


def _beside(
    engine: Engine, answer: Answer, step: Succession, named: Sequence[WrittenReference]
) -> str | None:
    """Returns the address of what stands after or before what was answered."""
    passage = _answered(engine, answer, step)
    rows = engine.library.of(passage)
    kind = step.element or (named[0].parts[-1].kind if named else "")
    addresses = engine.retriever.references.addresses(rows)
    if kind and (eid := _of_kind(addresses, passage, kind, step)):
        return eid
    if kind and kind not in _ITEMS:
        return None
    eids = engine.snapshot.outline(rows).eids
    place = engine.snapshot.outline(rows).place(passage.eid)
    if place is None:
        return None
    beside = place + (1 if step.way == "next" else -1)
    return eids[beside] or None if 0 <= beside < len(eids) else None


def _answered(engine: Engine, answer: Answer, step: Succession) -> Passage:
    """Returns the passage to count from: the last of those named for the next, else the first."""
    first = answer.results[0].passage
    rows = engine.library.of(first)
    named = [row for row in answer.hits.named.tolist() if rows.start <= row < rows.stop]
    if not named:
        return first
    row = max(named) if step.way == "next" else min(named)
    return engine.snapshot.passages([row])[0]


def _of_kind(addresses: Addresses, passage: Passage, kind: str, step: Succession) -> str | None:
    """Returns the address of the element of a kind beside the one that holds a passage."""
    kinds = _ALIKE.get(kind, (kind,))
    own = addresses.position(Reference.parse(passage.eid))
    if own is None:
        return None
    holder = own
    while addresses[holder].kind not in kinds:
        holder = addresses[holder].parent
        if holder < 0:
            return None
    known = sorted(p for each in kinds for p in addresses.find_all(each))
    if step.way == "next":
        beside = next((p for p in known if p >= addresses[holder].end), None)
    else:
        beside = next((p for p in reversed(known) if addresses[p].end <= holder), None)
    reference = None if beside is None else addresses[beside].reference
    return None if reference is None else str(reference)


def _one_number(reader: NumberReader, pieces: Tokens, at: int) -> tuple[Succession | None, int]:
    """Reads an ordinal at a token: «второй», «2-й», "5th"; returns it and the index after it."""
    token, after = pieces[at], pieces.at(at + 1)
    is_ordinal = token.kind == "word" or (
        token.kind == "number"
        and token.key.isdigit()
        and after is not None
        and (after.kind == "hyphen" or (after.kind == "word" and not after.gap))
    )
    numbers = reader.numbers(at) if is_ordinal else None
    if numbers is None or numbers.is_many or not numbers.items[0].first.number.isdigit():
        return None, at + 1
    first = numbers.items[0].first
    return Succession("number", int(first.number), first.from_end), numbers.end


def _adds_nothing(token: Token, earlier: str) -> bool:
    """Whether a piece is a mark, a small word, or a form of one of the question before."""
    if token.kind != "word":
        return token.kind not in {"number", "other"}
    if _is(token, "around"):
        return True
    word = token.text.casefold()
    stem = word[: max(_STEM, len(word) - _ENDING)]
    return len(word) >= _STEM and any(
        other.startswith(stem) for other in _WORD.findall(earlier.casefold())
    )


def _way(token: Token) -> Succession | None:
    if _is(token, "next"):
        return Succession("next")
    return Succession("previous") if _is(token, "previous") else None


def _is(token: Token, role: str) -> bool:
    """Whether a word has a role, in any spelling of Kazakh and Russian."""
    folded, english = _patterns(role)
    return (
        folded.fullmatch(token.key) is not None
        or english.fullmatch(token.text.casefold()) is not None
    )


def _kind(eid: str) -> str:
    return eid.rpartition("__")[2].rpartition("_")[0]


def _folded(pattern: str) -> str:
    """Returns a pattern of words as they are folded."""
    return _CYRILLIC.sub(lambda match: fold(match[0]), pattern)


@cache
def _patterns(role: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    folded = "|".join(_folded(_lists()[code][role]) for code in LANGUAGES if code != "en")
    return re.compile(folded), re.compile(_lists()["en"][role])


@cache
def _counting() -> tuple[tuple[Language, re.Pattern[str]], ...]:
    return tuple(
        (
            code,
            re.compile(_lists()[code]["many"] if code == "en" else _folded(_lists()[code]["many"])),
        )
        for code in LANGUAGES
    )


@cache
def _lists() -> dict[str, dict[str, str]]:
    text = (files("service") / "answering" / "succession.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
