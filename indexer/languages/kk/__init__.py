"""Kazakh: its alphabets, its word forms, its words, and how people type it without its letters."""

from indexer.languages.base import LanguageBundle
from indexer.languages.kk.forms import beginnings, dictionary_forms, form_of, is_form
from indexer.languages.kk.letters import CYRILLIC, VOWELS

BUNDLE = LanguageBundle("kk", CYRILLIC, VOWELS, is_form, form_of, beginnings, dictionary_forms)
