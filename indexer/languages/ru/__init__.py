"""Russian: its letters, its word forms, its words."""

from indexer.languages.base import LanguageBundle
from indexer.languages.ru.forms import beginnings, dictionary_forms, form_of, is_form
from indexer.languages.ru.letters import LETTERS, VOWELS

BUNDLE = LanguageBundle(
    "ru",
    LETTERS,
    VOWELS,
    is_form,
    form_of,
    beginnings,
    dictionary_forms,
    roots=dictionary_forms,
)
