"""The words of a question that say what it is about."""

from functools import cache
from importlib.resources import files

from indexer.vocabulary import words_of


@cache
def question_words() -> frozenset[str]:
    """Returns the words that ask, join or name any document, in Kazakh, Russian and English."""
    text = (files("service.ranking") / "data" / "question-words.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(word for line in lines for word in words_of(line))
