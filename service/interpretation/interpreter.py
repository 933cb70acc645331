"""The interpreter: one step after the other, with the words of the lists and of the documents."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.kazakh.alphabets import lower
from indexer.kazakh.lexicon import load_lexicon
from indexer.passages import Language, Passage
from service.interpretation.capitals import is_shouted, sentence_case
from service.interpretation.habits import undo_habits
from service.interpretation.layouts import undo_digits, undo_layout
from service.interpretation.words import fold_letters
from service.language import recognise

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

    def __init__(self, passages: Iterable[Passage] = ()) -> None:
        # A heading stands above many passages and counts once.
        texts = dict.fromkeys(
            (passage.language, text)
            for passage in passages
            for text in (passage.text, *passage.heading_path)
        )
        self._lexicon = load_lexicon(texts)
        # Built now: the first question would wait seconds for it.
        for text in ("кандай bastau", "кандай басату", "начало", "нчало пути", "тұшжымды"):
            self.interpret(text)

    def interpret(self, text: str) -> Interpretation:
        """Returns what ``text`` means to say; clean text comes back as it is."""
        lexicon = self._lexicon
        text = undo_digits(undo_layout(fold_letters(text), lexicon), lexicon)
        shouted = is_shouted(text, lexicon)
        if shouted:
            text = lower(text)
        language = recognise(text, lexicon)
        if language != "en":
            text = undo_habits(text, language, lexicon, _SHOUTED_TYPO if shouted else _TYPO)
            language = recognise(text, lexicon)
        if shouted:
            text = sentence_case(text, lexicon)
        return Interpretation(text, language)
