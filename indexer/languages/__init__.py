"""Languages: for each one folder with the same parts, and what they share.

A folder holds letters (``letters.py``), word forms (``forms.py``) and lists of words (``words/``);
``pairs/`` holds what two languages call the same. :func:`language` gives the parts of one.
"""

from indexer.languages.base import LanguageBundle, is_form, language, languages
from indexer.languages.codes import LANGUAGES, Language

__all__ = ["LANGUAGES", "Language", "LanguageBundle", "is_form", "language", "languages"]
