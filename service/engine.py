"""The engine behind every door: one question in, one answer out."""

from dataclasses import dataclass, field

from indexer.embedding import load_encoder
from indexer.index import Index, load_index
from indexer.models import find_model
from indexer.passages import Language
from service.answering import Span, answer_spans, highlight_spans
from service.interpretation import Interpreter
from service.library import Library
from service.questions import Question, read_question
from service.retrieval import Filters, Result, Retriever
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
        confidence: Calibrated probability, from 0 to 1, that the first result answers it.
        answer: The words of the first result that answer; None where nothing answers.
        highlights: For each result, the spans of its text that match the question.
    """

    question: Question
    language: Language
    results: tuple[Result, ...]
    answerable: bool
    confidence: float
    answer: Span | None
    highlights: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """An index that answers questions; safe to use from several threads."""

    index: Index
    retriever: Retriever
    library: Library
    _interpreter: Interpreter = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Learns the words of the documents."""
        object.__setattr__(self, "_interpreter", Interpreter(self.index.corpus.passages))

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
        question = read_question(text, self._interpreter, literal=literal)
        found = self.retriever.search(question, k, filters)
        units, results = found.units, found.results
        confidence = results[0].score if results else 0.0
        answerable = bool(results) and confidence >= self.retriever.threshold
        spans = answer_spans(units, results[0].passage) if answerable else ()
        return Answer(
            question=question,
            language=language or question.language,
            results=results,
            answerable=answerable,
            confidence=confidence,
            answer=next(iter(spans), None),
            highlights=tuple(highlight_spans(units, result.passage) for result in results),
        )


def load_engine(settings: Settings) -> Engine:
    """Opens the index and loads the model that made it.

    Raises:
        TarmaqError: The index or the model cannot be used; says what to do.
    """
    index = load_index(settings.index)
    model = find_model(settings.models, index.manifest.model.name)
    encoder = load_encoder(model, settings.index.parent / "weights")
    return Engine(index, Retriever(index, encoder), Library(index))
