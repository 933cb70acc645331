"""The words of a question that say what it is about."""

from functools import cache

from indexer.vocabulary import words_of
from service.ranking.listing import listed


@cache
def question_words() -> frozenset[str]:
    """Returns the words that ask, join or name any document, in Kazakh, Russian and English."""
    lines = (line.partition("#")[0] for line in listed("question-words.txt"))
    return frozenset(word for line in lines for word in words_of(line))
