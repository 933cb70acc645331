"""Writes an answer as a chat message with numbered references and where each is cited."""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from indexer.passages import Passage
from service.catalogue import message
from service.engine import Answer
from service.support import Sentence

_SNIPPET = 200
_NEAREST = 3
_SEE_ALSO = 2


@dataclass(frozen=True, slots=True)
class Source:
    """How a reply names a passage: its reference with the document's title, and its address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A mark such as ``[1]`` in a reply: ``text[start:end]``, and what it stands for."""

    start: int
    end: int
    source: Source


@dataclass(frozen=True, slots=True)
class Reply:
    """A chat message.

    Attributes:
        text: What is said, in Markdown.
        citations: The marks in it, in order.
    """

    text: str
    citations: tuple[Citation, ...]


@dataclass(slots=True)
class _Draft:
    describe: Callable[[Passage], Source]
    text: str = ""
    citations: list[Citation] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.text += text

    def cite(self, number: int, passage: Passage) -> None:
        mark = f"[{number}]"
        start = len(self.text)
        self.text += mark
        self.citations.append(Citation(start, start + len(mark), self.describe(passage)))

    def list(self, number: int, passage: Passage, *, snippet: bool = False) -> None:
        """Adds a line that names a passage."""
        source = self.describe(passage)
        self.cite(number, passage)
        self.say(f" {source.title}")
        if snippet:
            self.say(f": «{textwrap.shorten(passage.text, _SNIPPET, placeholder='…')}»")
        self.say(f" {source.url}\n")

    def reply(self) -> Reply:
        return Reply(self.text.rstrip(), tuple(self.citations))


def extractive_reply(answer: Answer, describe: Callable[[Passage], Source]) -> Reply:
    """Returns the answer in the document's own words, or says that there is none.

    Args:
        answer: The engine's answer.
        describe: Names a passage.
    """
    draft = _Draft(describe)
    passages = [result.passage for result in answer.results]
    if not answer.answerable or not passages:
        code = "chat-not-answered" if passages else "chat-nothing-found"
        draft.say(f"{message(code)[answer.language]}\n\n")
        for number, passage in enumerate(passages[:_NEAREST], start=1):
            draft.list(number, passage, snippet=True)
        return draft.reply()
    quote = answer.answer.text if answer.answer else passages[0].text
    draft.say(f"«{quote}» ")
    draft.cite(1, passages[0])
    draft.say("\n\n")
    draft.list(1, passages[0])
    if others := passages[1 : 1 + _SEE_ALSO]:
        draft.say(f"\n{message('chat-see-also')[answer.language]}\n")
        for number, passage in enumerate(others, start=2):
            draft.list(number, passage)
    return draft.reply()


def written_reply(
    sentences: Sequence[Sentence],
    passages: Sequence[Passage],
    describe: Callable[[Passage], Source],
) -> Reply:
    """Returns checked sentences with their references, numbered in the order of their use.

    Args:
        sentences: The sentences that stay.
        passages: The passages that their citations number from 1.
        describe: Names a passage.
    """
    draft = _Draft(describe)
    order = {old: new for new, old in enumerate(_used(sentences), start=1)}
    for sentence in sentences:
        draft.say(f"{sentence.text} ")
        for old in sentence.citations:
            draft.cite(order[old], passages[old - 1])
        draft.say(" ")
    draft.text = draft.text.rstrip() + "\n\n"
    for old, new in order.items():
        draft.list(new, passages[old - 1])
    return draft.reply()


def _used(sentences: Sequence[Sentence]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for sentence in sentences for n in sentence.citations))
