"""The engine behind every door: one question in, one answer out."""

from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

from indexer.documents.description import Document, Trilingual
from indexer.documents.passages import Language, Passage
from indexer.embedding.encoders import Encoder, load_encoder
from indexer.embedding.models import find_model
from indexer.languages.codes import LANGUAGES
from indexer.stores.base import Snapshot
from indexer.stores.opening import open_store
from service.answering.spans import Span, answer_spans, highlight_spans
from service.catalogue import message
from service.engine.about import About, answer_about, asked_entry
from service.engine.exclusions import (
    EXAMINED,
    included,
    is_of_excepted,
    spoken_of,
    told_apart,
)
from service.engine.filters import Filters, find_document, fitting_language
from service.engine.forms import COUNTED, Asked, read_form
from service.engine.library import Library
from service.engine.parts import Whole
from service.engine.questions import Question, read_question
from service.engine.remembered import Remembered
from service.engine.retrieval import Hits, Result, Retriever
from service.engine.subjects import (
    asked_of,
    is_answered,
    is_of_two,
    read_subjects,
    speaks_of,
    together,
)
from service.engine.wholes import LOOKED_AT, Wholes
from service.normalisation import Interpreter
from service.normalisation.courtesies import read_remark
from service.observation.stages import Outcome, asked, stage
from service.ranking.fusion import Ranking
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service knows about a question.

    Attributes:
        question: The question as it was understood.
        language: Language of the references and messages.
        results: The passages found, best first.
        answerable: Whether the documents answer the question; the results are the nearest
            passages where they do not.
        confidence: Calibrated probability, from 0 to 1, that the first result answers it; None
            where the embedding model has no calibration.
        answer: The words of the first result that answer; None where nothing answers.
        highlights: For each result, the spans of its text that match the question.
        notices: What is said of items and acts that the question names and nothing here has, and
            of the first result where it, or its act, is no longer in force.
        remark: What is said back where nothing was asked, as to a greeting; None for a question.
        whole: The answer where it stands in several places: a lead-in with its list, a chapter.
        about: The answer where the question is about a document itself and not its content; the
            results are then only the nearest passages.
        generation: The generation of the store that answered.
        hits: How the results were found.
    """

    question: Question
    language: Language
    results: tuple[Result, ...]
    answerable: bool
    confidence: float | None
    answer: Span | None
    highlights: tuple[tuple[Span, ...], ...]
    notices: tuple[Trilingual, ...]
    remark: Trilingual | None
    about: About | None
    whole: Whole | None
    generation: int
    hits: Hits


class Engine:
    """One generation of a store that answers questions; safe to use from several threads."""

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        ranking: Ranking | None = None,
        remembered: int = 0,
    ) -> None:
        """Opens the ranking and learns the words of the documents.

        Args:
            snapshot: The generation.
            encoder: The model that made its vectors.
            ranking: Leaves parts of the ranking out.
            remembered: How many answers are kept for those who ask the same again.

        Raises:
            ModelError: Another model made the vectors.
        """
        _use_one_blas_thread()
        self.snapshot = snapshot
        self.retriever = Retriever(snapshot, encoder, ranking)
        self.library = Library(snapshot, self.retriever.references)
        self._wholes = Wholes(self.library)
        self._interpreter = Interpreter(snapshot.statistics.words)
        self.answers: Remembered[Answer] = Remembered(remembered)

    def ask(
        self,
        text: str,
        *,
        k: int = 5,
        filters: Filters | None = None,
        language: Language | None = None,
        literal: bool = False,
    ) -> Answer:
        """Answers the question ``text`` with at most ``k`` passages.

        Args:
            text: The question as typed.
            k: Number of passages wanted.
            filters: Where to search; everywhere by default.
            language: Language of the answer; the question's by default.
            literal: Search what was typed, without interpreting it.

        Raises:
            RequestError: The question or a filter cannot be used; says why in three languages.
        """
        found: list[Answer] = []

        def find() -> Answer:
            found.append(self._find(text, k, filters, language, literal=literal))
            return found[0]

        # A condition of a contract is a function of its own for every request.
        if filters is not None and filters.where is not None:
            answer = find()
        else:
            answer = self.answers.get((text, k, filters, language, literal), find)
        outcome: Outcome = "answered" if answer.answerable else "unanswered"
        asked(answer.question.text, outcome if answer.results else "empty", kept=not found)
        return answer

    def _find(
        self,
        text: str,
        k: int,
        filters: Filters | None,
        language: Language | None,
        *,
        literal: bool,
    ) -> Answer:
        with stage("normalise"):
            question = self.read(text, literal=literal)
        form = read_form(question.interpreted)
        found = self._search(question, form, k, filters, language)
        with stage("answer"):
            return self._answer(question, form, found, k, filters, language)

    def _answer(
        self,
        question: Question,
        form: Asked,
        found: Hits,
        k: int,
        filters: Filters | None,
        language: Language | None,
    ) -> Answer:
        remark = _remark(question)
        units, results = found.units, () if remark else found.results[:k]
        # A question about an item that does not exist is answered by saying so.
        known = bool(results) and not found.references.is_missing
        confidence = found.confidence if known else 0.0
        answerable = known and (confidence is None or confidence >= found.threshold)
        about = None if remark else self._about(question, filters)
        notices = (
            *self._notices(found, confidence),
            *self._standing(results[0].passage if answerable and results else None),
        )
        whole: Whole | None = None
        spans: tuple[Span, ...] = ()
        if about:
            wanted = fitting_language(
                self.snapshot, filters, about.document, language or question.language
            )
            whole = self._outline(about, wanted)
        elif answerable:
            # «статья 203 УК»: beside the reference stands the name of its act alone.
            is_bare = form.is_bare or (found.is_silent and not form.form and len(found.named) > 0)
            form = replace(form, is_bare=is_bare)
            whole = self._wholes.of(form, found)
            spans = self._spans(form, found, whole)
        return Answer(
            question=question,
            language=language or question.language,
            results=results,
            answerable=answerable or about is not None,
            confidence=confidence,
            answer=next(iter(spans), None),
            highlights=tuple(highlight_spans(units, result.passage) for result in results),
            notices=(remark,) if remark else () if about else tuple(dict.fromkeys(notices)),
            remark=remark,
            about=about,
            whole=whole,
            generation=self.snapshot.generation,
            hits=found,
        )

    def _notices(self, found: Hits, confidence: float | None) -> tuple[Trilingual, ...]:
        if confidence is not None:
            return found.notices
        return (*found.notices, message("no-calibration", model=self.snapshot.model.name))

    def _standing(self, passage: Passage | None) -> list[Trilingual]:
        """Returns what is said of an item that is no longer in force."""
        if passage is None:
            return []
        name = Trilingual(
            **{
                code: self.library.reference(passage.document_id, passage.eid, code)
                for code in LANGUAGES
            }
        )
        return self.library.history.notices(self.library.of(passage), passage, name)

    def _search(
        self,
        question: Question,
        asked: Asked,
        k: int,
        filters: Filters | None,
        language: Language | None,
    ) -> Hits:
        """Searches; where items are counted, for the items: no text says how many it lists."""
        question, filters = self._of_entry(question, filters)
        k = max(k, LOOKED_AT) if asked.form else k
        found = self._wholes.promoted(asked, self._of_subjects(question, k, filters, language))
        if self._wholes.counts(asked, found):
            items = replace(question, interpreted=asked.rest)
            again = self.retriever.search(items, k, filters, language)
            found = self._wholes.promoted(asked, again)
        return found

    def _of_entry(
        self, question: Question, filters: Filters | None
    ) -> tuple[Question, Filters | None]:
        """Returns what is searched: of entry into force, the words in which acts tell it."""
        texts = (question.text, question.interpreted)
        found = asked_entry(texts, self._searched(filters))
        if found is None:
            return question, filters
        document, words = found
        filters = filters or Filters()
        return asked_of(question, words), replace(
            filters, documents=filters.documents or (document.id,)
        )

    def _of_subjects(
        self, question: Question, k: int, filters: Filters | None, language: Language | None
    ) -> Hits:
        """Searches; where a question has two subjects, for each, and not for what it negates."""
        subjects = read_subjects(question.interpreted)
        if subjects.left_out:
            question = asked_of(question, subjects.meant[0])
        whole = self.retriever.search(question, max(k, EXAMINED), filters, language)
        if subjects.is_of_others:
            return self._of_others(question, subjects.left_out, whole, k, filters, language)
        whole = included(question, whole)
        if len(subjects.meant) < 2 or len(whole.named) or not whole.results:
            return whole
        parts = [asked_of(question, text) for text in subjects.meant]
        units = [self.retriever.units(part) for part in parts]
        first = whole.results[0]
        if not is_of_two(subjects, units, whole) or all(
            speaks_of(one, first, self.library) for one in units
        ):
            return whole
        found = [self.retriever.search(part, 1, filters, language) for part in parts]
        if all(
            is_answered(one, part, self.library) for one, part in zip(units, found, strict=True)
        ):
            return together(whole, found, k)
        return whole

    def _of_others(
        self,
        question: Question,
        left_out: str,
        whole: Hits,
        k: int,
        filters: Filters | None,
        language: Language | None,
    ) -> Hits:
        """Searches again without the items that are of nothing but what a question excepts."""
        name = told_apart(left_out, question.interpreted, question.language)
        excepted = self.retriever.units(asked_of(question, name))
        found = self.retriever.search(question, max(k, LOOKED_AT), filters, language)
        if len(found.named) or not found.results:
            return whole
        versions = [
            {code: one.text for code, one in self.library.versions(result.passage).items()}
            for result in found.results
        ]
        own = [is_of_excepted(excepted, found.units, texts) for texts in versions]
        if not own[0]:
            return whole
        # Of «какие моря» whatever speaks of a sea is an answer; of «кто» it is not.
        spoken = [spoken_of(found.units, texts) for texts in versions]
        is_of_any = read_form(question.interpreted).form == "list" and spoken[0] > 0
        for place, is_own in enumerate(own):
            if is_of_any and not is_own and spoken[place] >= spoken[0]:
                return found.first(place)
        rows = np.array(sorted(found.order[own].tolist()), dtype=found.order.dtype)
        return self.retriever.search(question, k, filters, language, rows)

    def _outline(self, about: About, language: Language) -> Whole | None:
        if about.kind == "summary":
            return self._wholes.document(about.document, language)
        counted = next((kind for kind in COUNTED if kind == about.kind), None)
        return counted and self._wholes.document(about.document, language, counted, about.within)

    def _spans(self, form: Asked, found: Hits, whole: Whole | None) -> tuple[Span, ...]:
        """Returns the words that answer: of a lead-in all, and of what is asked by name alone."""
        passage = found.results[0].passage
        if form.is_bare or (whole is not None and whole.head.key == passage.key):
            return (Span(0, len(passage.text), passage.text),)
        return answer_spans(found.units, passage, found.evidence.query.text)

    def _about(self, question: Question, filters: Filters | None) -> About | None:
        if filters and (filters.sections or filters.date):
            return None
        texts = (question.text, question.interpreted)
        return answer_about(texts, self.library, self._searched(filters))

    def _searched(self, filters: Filters | None) -> tuple[Document, ...]:
        """Returns the documents that filters leave."""
        documents = self.library.documents
        if not filters or not filters.documents:
            return documents
        chosen = {find_document(self.snapshot, name).document for name in filters.documents}
        return tuple(one for one in documents if one.id in chosen)

    def read(self, text: str, *, literal: bool = False) -> Question:
        """Returns the question in ``text`` as it is understood.

        Raises:
            RequestError: It cannot be used.
        """
        return read_question(text, self._interpreter, literal=literal)


def _remark(question: Question) -> Trilingual | None:
    """Returns what is said back to a text that asks nothing; None for a question."""
    texts = dict.fromkeys((question.text, question.interpreted))
    remark = next(filter(None, map(read_remark, texts)), None)
    return message(f"remark-{remark.kind}") if remark else None


def _use_one_blas_thread() -> None:
    """Lets NumPy's products use the thread that calls them alone, in the whole process.

    Products over a large corpus would wake others, which spin for a while when they are done: a
    question would take twice its processor time, of requests that run side by side.
    """
    threadpool_limits(1, user_api="blas")


def load_engine(settings: Settings) -> Engine:
    """Opens the store and loads the model that made it.

    Raises:
        TarmaqError: The store or the model cannot be used; says what to do.
    """
    snapshot = open_store(settings.store, settings.index).snapshot()
    model = find_model(settings.models, snapshot.model.name)
    return Engine(snapshot, load_encoder(model, settings.index.parent / "weights"))
