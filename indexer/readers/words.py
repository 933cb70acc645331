"""What the readers ask of the dictionaries."""

from functools import cache

from indexer.languages.lexicon import load_lexicon


@cache
def is_word(word: str) -> bool:
    """Whether a lower-case word of two letters or more is Kazakh, Russian or English."""
    lexicon = load_lexicon()
    return len(word) > 1 and (
        lexicon.is_kazakh(word) or lexicon.knows(word, "ru") or lexicon.knows(word, "en")
    )
