"""Writes an answer as a chat message with numbered references and where each is cited."""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from indexer.documents.passages import Language, Passage
from service.answering.verification import Sentence
from service.catalogue import message
from service.engine.engine import Answer
from service.engine.parts import Part, Whole

_SNIPPET = 200
_NEAREST = 3
_SEE_ALSO = 2


@dataclass(frozen=True, slots=True)
class Source:
    """How a reply names a passage.

    Attributes:
        title: Its reference with the document's title.
        url: Its address.
        note: Of a translation, which text is the authority, and where; else empty.
    """

    title: str
    url: str
    note: str = ""


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
    text: str = ""
    citations: list[Citation] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.text += text

    def cite(self, number: int, source: Source) -> None:
        mark = f"[{number}]"
        start = len(self.text)
        self.text += mark
        self.citations.append(Citation(start, start + len(mark), source))

    def list(self, number: int, source: Source, text: str = "") -> None:
        """Adds a line that names a source, with the beginning of its ``text``."""
        self.cite(number, source)
        self.say(f" {source.title}")
        if text:
            self.say(f": «{textwrap.shorten(text, _SNIPPET, placeholder='…')}»")
        self.say(f" {source.url}{' — ' if source.note else ''}{source.note}\n")

    def reply(self) -> Reply:
        return Reply(self.text.rstrip(), tuple(self.citations))


def extractive_reply(
    answer: Answer,
    describe: Callable[[Passage], Source],
    document_url: str = "",
    name: Callable[[Part], Source] | None = None,
    *,
    in_full: bool = False,
) -> Reply:
    """Returns the answer in the document's own words, or says that there is none.

    Args:
        answer: The engine's answer.
        describe: Names a passage.
        document_url: Address of the document that :attr:`Answer.about` is about.
        name: Names a part of a whole answer; without it the first passage alone is quoted.
        in_full: Quote the whole passage and not only the words that answer.
    """
    draft = _Draft()
    if answer.remark is not None:
        draft.say(answer.remark[answer.language])
        return draft.reply()
    if answer.about is not None:
        source = Source(answer.about.document.title[answer.language], document_url)
        draft.say(f"{answer.about.text[answer.language]} ")
        draft.cite(1, source)
        draft.say("\n\n")
        if answer.whole is not None and name is not None:
            _say_parts(draft, answer.whole, answer.language, source, name)
        else:
            draft.list(1, source)
        return draft.reply()
    passages = [result.passage for result in answer.results]
    for notice in answer.notices:
        draft.say(f"{notice[answer.language]}\n\n")
    if not answer.answerable or not passages:
        code = "chat-not-answered" if passages else "chat-nothing-found"
        draft.say(f"{message(code)[answer.language]}\n\n")
        for number, passage in enumerate(passages[:_NEAREST], start=1):
            draft.list(number, describe(passage), passage.text)
        return draft.reply()
    if answer.whole is not None and name is not None:
        return _whole_reply(draft, answer.whole, answer.language, name)
    quote = answer.answer.text if answer.answer and not in_full else passages[0].text
    draft.say(f"«{quote}» ")
    draft.cite(1, describe(passages[0]))
    draft.say("\n\n")
    draft.list(1, describe(passages[0]))
    if others := passages[1 : 1 + _SEE_ALSO]:
        draft.say(f"\n{message('chat-see-also')[answer.language]}\n")
        for number, passage in enumerate(others, start=2):
            draft.list(number, describe(passage))
    return draft.reply()


def _whole_reply(
    draft: _Draft, whole: Whole, language: Language, name: Callable[[Part], Source]
) -> Reply:
    """Returns a list under its lead-in, or the outline of a section, each part cited."""
    head = name(whole.head)
    draft.say(f"«{whole.head.text}» " if whole.head.text else "")
    draft.cite(1, head)
    draft.say("\n\n")
    _say_parts(draft, whole, language, head, name)
    return draft.reply()


def _say_parts(
    draft: _Draft,
    whole: Whole,
    language: Language,
    head: Source,
    name: Callable[[Part], Source],
) -> None:
    if whole.is_counted:
        draft.say(f"{message('web-whole-count', count=whole.count)[language]}\n\n")
    for number, part in enumerate(whole.parts, start=2):
        # A full stop after a number would make Markdown count anew.
        printed = f"{part.num} " if part.num else ""
        draft.say(f"{'  ' * part.depth}- {printed}{part.text} ")
        draft.cite(number, name(part))
        draft.say("\n")
    if whole.more:
        draft.say(f"- {message('web-whole-more', count=whole.more)[language]}: {head.url}\n")
    draft.say("\n")
    draft.list(1, head)
    for number, part in enumerate(whole.parts, start=2):
        draft.list(number, name(part))


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
    draft = _Draft()
    order = {old: new for new, old in enumerate(_used(sentences), start=1)}
    for sentence in sentences:
        draft.say(f"{sentence.text} ")
        for old in sentence.citations:
            draft.cite(order[old], describe(passages[old - 1]))
        draft.say(" ")
    draft.text = draft.text.rstrip() + "\n\n"
    for old, new in order.items():
        draft.list(new, describe(passages[old - 1]))
    return draft.reply()


def _used(sentences: Sequence[Sentence]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for sentence in sentences for n in sentence.citations))
