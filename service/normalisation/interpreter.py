"""The interpreter: one step after the other, with the words of the lists and of the documents."""

from dataclasses import dataclass

from indexer.documents.passages import Language
from indexer.languages.folding import lower
from indexer.languages.lexicon import load_lexicon
from indexer.languages.tables import WordTables
from service.normalisation.capitals import is_shouted, sentence_case
from service.normalisation.courtesies import unframed, without_courtesies
from service.normalisation.habits import undo_habits
from service.normalisation.layouts import undo_digits, undo_layout
from service.normalisation.recognition import recognise
from service.normalisation.words import fold_letters

_TYPO = 0.5
_SHOUTED_TYPO = 2.5


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a question means to say.

    Attributes:
        text: The question as it would be typed with care.
        language: Its language.
    """

    text: str
    language: Language


class Interpreter:
    """Interprets questions with the words of the shipped lists and of the documents."""

    def __init__(self, documents: WordTables | None = None) -> None:
        """Takes the words of the documents."""
        self._lexicon = load_lexicon(documents)

    def interpret(self, text: str) -> Interpretation:
        """Returns what ``text`` means to say; clean text comes back as it is."""
        lexicon = self._lexicon
        text = undo_digits(undo_layout(fold_letters(text), lexicon), lexicon)
        shouted = is_shouted(text, lexicon)
        if shouted:
            text = lower(text)
        language = recognise(text, lexicon)
        if language != "en":
            typed = text
            text = undo_habits(typed, language, lexicon, _SHOUTED_TYPO if shouted else _TYPO)
            if text != typed:
                language = recognise(text, lexicon)
        if shouted:
            text = sentence_case(text, lexicon)
        return Interpretation(unframed(without_courtesies(text)), language)
