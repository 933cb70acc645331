"""An answer as a message, with a language model or without one: what chat and responses share."""

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from fastapi import Request

from indexer.documents.passages import Language, Passage
from service.answering.conversation import standalone_question
from service.answering.generation import Draft, GenerationError, Writer
from service.answering.replies import Citation, Reply, Source, extractive_reply, written_reply
from service.answering.succession import Succession, successor
from service.answering.verification import supported_sentences
from service.catalogue import message
from service.contracts.attributes import key_reference, long_reference
from service.contracts.models import MODEL
from service.contracts.prompts import asked
from service.deadline import Abandoned
from service.engine.engine import Answer, Engine
from service.engine.filters import Filters
from service.engine.parts import Part
from service.errors import RequestError
from service.http.presentation import key_url, passage_url, source_url
from service.http.workers import compute, while_wanted
from service.settings import Settings

_LOG = logging.getLogger(__name__)

PASSAGES: Final = 5
"""Passages that a message is made of."""

_NEAREST = 3
_CHUNK = re.compile(r"\S+\s*|\s+")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_TEXTS = ("text", "input_text", "output_text")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reply with what it cost, in tokens."""

    reply: Reply
    prompt_tokens: int
    completion_tokens: int

    @property
    def chunks(self) -> list[str]:
        """The reply's text in the pieces that a stream sends."""
        return _CHUNK.findall(self.reply.text)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The first mark of each source: programs show one sign a citation."""
        return tuple({one.source.url: one for one in reversed(self.reply.citations)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class Heard:
    """A question of a conversation, with its answer.

    Attributes:
        answer: The answer.
        in_full: Whether the whole passage is asked for and not only the words that answer.
        filters: Where it was sought.
    """

    answer: Answer
    in_full: bool = False
    filters: Filters | None = None


class Speaker:
    """Answers conversations in messages."""

    def __init__(self, request: Request, engine: Engine, base: str, model: str) -> None:
        """Takes who answers, what addresses begin with, and the model that was asked for."""
        settings: Settings = request.app.state.settings
        self._engine = engine
        self._base = base
        self._writer = _writer(settings) if model == MODEL else None

    def ask(self, said: Sequence[str], filters: Filters | None = None, k: int = PASSAGES) -> Heard:
        """Returns the answer to the last question of what a user has ``said``.

        Raises:
            RequestError: There is none, or it cannot be used.
        """
        questions = [text for text in said if text.strip()]
        if not questions:
            raise RequestError("no-user-message", status=400)
        follow = partial(_successor, self._engine, filters)
        said = [*map(_question_of, questions[:-1]), asked(questions[-1])]
        question = standalone_question(said, follow)
        answer = self._engine.ask(question.text, k=k, filters=filters, language=question.language)
        return Heard(answer, question.in_full, filters)

    async def speak(self, heard: Heard, read: Iterable[str]) -> Spoken:
        """Returns an answer as a message; ``read`` is what was read to make it."""
        answer = heard.answer
        draft, reply = None, None
        # What stands whole in the document is not written anew.
        is_plain = not answer.about and answer.whole is None
        if self._writer and answer.answerable and answer.results and is_plain:
            draft, reply = await self._written(self._writer, answer, heard.filters)
        if reply is None:
            document = passage_url(answer.about.document.id, self._base) if answer.about else ""
            reply_of = partial(extractive_reply, in_full=heard.in_full)
            named = _Namer(self._engine, answer, self._base)
            reply = await compute(reply_of, answer, self._describer(answer), document, named)
        if draft is not None:
            return Spoken(reply, draft.prompt_tokens, draft.completion_tokens)
        texts = [*read, reply.text]
        *counts, written = await compute(lambda: list(map(count_tokens, texts)))
        return Spoken(reply, sum(counts), written)

    def _describer(self, answer: Answer) -> "_Describer":
        return _Describer(self._engine, answer, self._base)

    async def _written(
        self, writer: Writer, answer: Answer, filters: Filters | None
    ) -> tuple[Draft | None, Reply | None]:
        """Returns what the language model wrote and its checked reply; None where no use."""
        passages = [result.passage for result in answer.results[:PASSAGES]]

        def nearest(sentence: str) -> list[Passage]:
            try:
                found = self._engine.ask(sentence, k=_NEAREST, filters=filters, literal=True)
            except RequestError as error:
                if error.status >= 500:
                    raise
                # What is no question, such as digits in another script, supports nothing.
                return []
            return [result.passage for result in found.results]

        def check(draft: Draft) -> Reply | None:
            sentences = supported_sentences(draft.text, passages, nearest)
            describe = self._describer(answer)
            return written_reply(sentences, passages, describe) if sentences else None

        try:
            writing = writer.write(answer.question.interpreted, passages, answer.language)
            draft = await while_wanted(writing)
        except GenerationError as error:
            _LOG.warning("The language model is not used: %s", error)
            return None, None
        try:
            reply = await compute(check, draft)
        except Abandoned:
            raise
        except RequestError as error:
            # A stream has begun: the document's own words are at hand.
            _LOG.warning("The language model is not used: %s", error)
            return draft, None
        if reply is None:
            _LOG.warning("The language model is not used: no sentence of it is supported")
        return draft, reply


@dataclass(frozen=True, slots=True)
class _Describer:
    engine: Engine
    answer: Answer
    base: str

    def __call__(self, passage: Passage) -> Source:
        """Names a passage."""
        library, language = self.engine.library, self.answer.language
        authority = library.standing(passage).authority
        note = ""
        if authority is not None:
            said = message(f"authority-{authority.language}")[language]
            note = f"{said}: {source_url(authority, library, self.base)}"
        title = long_reference(passage, library, language)
        return Source(title, source_url(passage, library, self.base), note)


@dataclass(frozen=True, slots=True)
class _Namer:
    engine: Engine
    answer: Answer
    base: str

    def __call__(self, part: Part) -> Source:
        """Names a part of a whole answer."""
        library = self.engine.library
        document = library.document(part.key.document)
        return Source(
            key_reference(part.key, library, self.answer.language),
            key_url(part.key, document, self.base),
        )


def text_of(role: str, content: "str | Sequence[tuple[str, str]] | None") -> str:
    """Returns the text of a message's content.

    Args:
        role: Who says it.
        content: A text, or parts: what each is, and its text.

    Raises:
        RequestError: A user's part is no text.
    """
    if content is None or isinstance(content, str):
        return content or ""
    if role == "user":
        for kind, _ in content:
            if kind not in _TEXTS:
                raise RequestError("unsupported-content", status=400, name=kind)
    return " ".join(text for kind, text in content if kind in _TEXTS)


def count_tokens(text: str) -> int:
    """Returns how many words and marks a text has."""
    return len(_TOKEN.findall(text))


def _question_of(text: str) -> str:
    """Returns the question of an earlier message, which no longer needs to be usable."""
    try:
        return asked(text)
    except RequestError:
        return text


def _successor(
    engine: Engine, filters: Filters | None, earlier: str, language: Language, step: Succession
) -> str | None:
    """Returns the question for what a follow-up counts on to; an unusable one has no answer."""
    try:
        return successor(engine, earlier, language, step, filters)
    except RequestError as error:
        if error.status >= 500:
            raise
        return None


def _writer(settings: Settings) -> Writer | None:
    if not settings.llm_base_url:
        return None
    key = settings.llm_api_key.get_secret_value()
    return Writer(settings.llm_base_url, settings.llm_model, key, settings.llm_timeout)
