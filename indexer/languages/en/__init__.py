"""English: its letters, its word forms, its words."""

from indexer.languages.base import LanguageBundle
from indexer.languages.en.forms import beginnings, dictionary_forms, form_of, is_form, roots
from indexer.languages.en.letters import LETTERS, VOWELS

BUNDLE = LanguageBundle(
    "en", LETTERS, VOWELS, is_form, form_of, beginnings, dictionary_forms, roots
)
