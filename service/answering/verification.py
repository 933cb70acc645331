"""Checks what a language model wrote, sentence by sentence, against the passages that it cites.

A sentence stays if it cites passages that were given, every number and every address in it stands
in them, and they speak of the same: in one language by their words, in two by the search for the
sentence, which must find a cited passage. One that is no plain sentence (markup, a link, characters
that are no text, longer than a question may be) goes: a document may tell a model what to write. A
sentence that turns the meaning round in the passage's own words ("does not support") is not caught.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.documents.passages import Passage
from service.engine.questions import MAX_QUESTION
from service.normalisation.recognition import recognise

MIN_SHARED = 0.6
"""Least share of a sentence's stems that its passages must hold."""

CITATION = re.compile(r"\[\s*\d+(?:\s*[,;]\s*\d+)*\s*\]")
_AFTER_STOP = re.compile(rf"([.!?…])((?:\s*{CITATION.pattern})+)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_]|[«\"“(–-])|\s*\n\s*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]{4,}")
_LIST_MARK = re.compile(r"^\s*(?:[-–•*]|\d+[.)])\s+")
_STEM = 5
# What a chat window may turn into a link, a picture or markup.
_MARKUP = re.compile(r"\]\s*[(\[:]|<[/!a-zA-Z]|!\[|`|&#?\w+;")
_LINK = re.compile(
    r"[a-z][a-z0-9+.-]*:/\S*|\b(?:mailto|tel|javascript|data):\S+|//\S+|\bwww\.\S+|\S+@\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,}|xn--[\w-]+|қаз|каз|рф)\b\S*",
    re.IGNORECASE,
)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that its passages support.

    Attributes:
        text: The sentence without citations, with its full stop.
        citations: Numbers of the passages, from 1, that support it.
    """

    text: str
    citations: tuple[int, ...]


def supported_sentences(
    text: str, passages: Sequence[Passage], nearest: Callable[[str], Sequence[Passage]]
) -> tuple[Sentence, ...]:
    """Returns the sentences of ``text`` that the passages they cite support.

    Args:
        text: What the model wrote, with citations such as ``[1]`` or ``[1, 3]``.
        passages: The passages it was given, in the order of their numbers.
        nearest: Finds the passages of the index nearest to a sentence; used where the sentence
            and the passage are in different languages.
    """
    kept = []
    for sentence in _sentences(text):
        numbers = [int(n) for mark in CITATION.findall(sentence) for n in re.findall(r"\d+", mark)]
        cited = sorted({number for number in numbers if 1 <= number <= len(passages)})
        plain = re.sub(r"\s+([.!?…,;:])", r"\1", CITATION.sub("", sentence)).strip()
        plain = " ".join(_LIST_MARK.sub("", plain).split())
        if cited and len(plain) <= MAX_QUESTION and _WORD.search(plain):
            sources = [passages[number - 1] for number in cited]
            is_held = _numbers_stand(plain, sources) and _links_stand(plain, sources)
            if is_held and _same_subject(plain, sources, nearest):
                kept.append(Sentence(plain, tuple(cited)))
    return tuple(kept)


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(_AFTER_STOP.sub(r"\2\1", text)) if part.strip()]


def _numbers_stand(sentence: str, sources: Sequence[Passage]) -> bool:
    known = {
        number.replace(",", ".")
        for source in sources
        for number in _NUMBER.findall(f"{source.num or ''} {source.text}")
    }
    return all(number.replace(",", ".") in known for number in _NUMBER.findall(sentence))


def _links_stand(sentence: str, sources: Sequence[Passage]) -> bool:
    """Returns whether a sentence has no markup, and no address that its sources do not have."""
    if _MARKUP.search(sentence) or _NOT_TEXT.search(sentence):
        return False
    known = {link.casefold() for source in sources for link in _LINK.findall(source.text)}
    return all(link.casefold() in known for link in _LINK.findall(sentence))


def _same_subject(
    sentence: str, sources: Sequence[Passage], nearest: Callable[[str], Sequence[Passage]]
) -> bool:
    language = recognise(sentence)
    if all(source.language == language for source in sources):
        stems = _stems(sentence)
        held = set[str]().union(
            *(_stems(" ".join((*source.heading_path, source.text))) for source in sources)
        )
        return len(stems & held) >= MIN_SHARED * len(stems)
    found = {passage.id for passage in nearest(sentence)}
    return any(source.id in found for source in sources)


def _stems(text: str) -> set[str]:
    return {word.casefold()[:_STEM] for word in _WORD.findall(text)}
