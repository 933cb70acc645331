"""The engine behind every door: one question in, one answer out."""

from dataclasses import dataclass

from indexer.embedding import load_encoder
from indexer.index import Index, load_index
from indexer.models import find_model
from indexer.passages import Language
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
    """

    question: Question
    language: Language
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """An index that answers questions; safe to use from several threads."""

    index: Index
    retriever: Retriever
    library: Library

    def ask(
        self,
        text: str,
        *,
        k: int = 5,
        filters: Filters | None = None,
        language: Language | None = None,
    ) -> Answer:
        """Answers the question ``text`` with at most ``k`` passages.

        Args:
            text: The question as typed.
            k: Number of passages wanted.
            filters: Where to search; everywhere by default.
            language: Language of the answer; the question's by default.

        Raises:
            RequestError: The question or a filter cannot be used; says why in three languages.
        """
        question = read_question(text)
        results = self.retriever.search(question, k, filters)
        return Answer(question, language or question.language, results)


def load_engine(settings: Settings) -> Engine:
    """Opens the index and loads the model that made it.

    Raises:
        TarmaqError: The index or the model cannot be used; says what to do.
    """
    index = load_index(settings.index)
    encoder = load_encoder(find_model(settings.models, index.manifest.model.name))
    return Engine(index, Retriever(index, encoder), Library(index))
