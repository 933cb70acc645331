"""Answers questions about a document itself from its description and outline.

A passage that happens to mention another act does not say who signed this one. Only a question
that is wholly of a known pattern, and names the document by nothing but its own words, is taken.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final, cast

from indexer.documents.adoption import adoption_of
from indexer.documents.description import Document, Trilingual
from indexer.languages.codes import LANGUAGES, Language
from indexer.languages.ru.forms import morphology
from indexer.reference import Reference
from service.catalogue import message
from service.engine.forms import COUNTED, Counted
from service.engine.library import Library

_LONGEST: Final = 300
_DECREE: Final = "decree"
_ENTRY: Final = "entry"
_TERM = re.compile(r"\b(\d{4})\s*[-–—]\s*(\d{4})\b")
_WORD = re.compile(r"\w+")
# Whom the law has sign: Constitution of Kazakhstan, articles 44 and 45.
_PRESIDENTS: Final = frozenset({"decree", "law", "code"})


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a document.

    Attributes:
        document: The document.
        kind: What was asked: ``signer``, ``date``, ``number``, ``term``, ``name``, ``summary``, or
            what of it was counted.
        text: The answer.
        within: The part of it that was asked about, such as the decree that approves a concept;
            empty for all of it.
    """

    document: Document
    kind: str
    text: Trilingual
    within: str = ""


def answer_about(
    texts: Iterable[str], library: Library, documents: tuple[Document, ...]
) -> About | None:
    """Returns what a question asks about one of ``documents``; None where it asks of no one.

    Args:
        texts: The question, in each way that it may be read.
        library: Has the outlines.
        documents: What was searched.
    """
    for text in dict.fromkeys(texts):
        for kind, language, named in _asked(text):
            if kind == _ENTRY:
                # What is in force since when its text says, and no description: see asked_entry.
                continue
            fitting = [
                one
                for one in documents
                if (kind != "cited" or _cites(named, one, language)) and _fits(named, one, language)
            ]
            asked = "name" if kind == "cited" else kind
            if len(fitting) != 1:
                continue
            within = _within(asked, named, fitting[0], language, library)
            if said := _say(asked, fitting[0], library, within):
                return About(fitting[0], asked, said, within)
    return None


def asked_entry(
    texts: Iterable[str], documents: tuple[Document, ...]
) -> tuple[Document, str] | None:
    """Returns the document of which is asked since when it is in force, and how its text says so.

    None where nothing of that is asked, or of no one document.

    Args:
        texts: The question, in each way that it may be read.
        documents: What was searched.
    """
    for text in dict.fromkeys(texts):
        for kind, language, named in _asked(text):
            if kind != _ENTRY:
                continue
            said = _words()[language]["entry"]
            fitting = [one for one in documents if _fits(named, one, language)]
            if len(fitting) == 1 and fitting[0].kind in said:
                return fitting[0], said[fitting[0].kind]
    return None


@lru_cache(maxsize=64)
def _asked(text: str) -> tuple[tuple[str, Language, str], ...]:
    """Returns what is asked, in which language, and what names the document.

    A question is read before it is searched and when it is answered.
    """
    return tuple(_read(text))


def _read(text: str) -> Iterator[tuple[str, Language, str]]:
    if len(text) > _LONGEST:
        return
    plain = " ".join(_WORD.findall(text.casefold().replace("’", "").replace("'s", "")))
    for language in LANGUAGES:
        for kind, pattern in _patterns(language):
            if match := pattern.fullmatch(plain):
                yield kind, language, match.groupdict().get("it") or ""
        # A citation alone asks what it is of.
        if any(letter.isdigit() for letter in plain):
            yield "cited", language, plain


def _cites(named: str, document: Document, language: Language) -> bool:
    number = _WORD.findall(document.number.casefold())
    words = named.split()
    return (bool(number) and set(number) <= set(words)) or _is_dated(words, document, language)


def _is_dated(words: list[str], document: Document, language: Language) -> bool:
    """Returns whether words have the day, the month and the year of a document."""
    date = document.date
    if date is None or not document.uri or document.work.date != date.isoformat():
        return False
    said = _WORD.findall(adoption_of(document)[language].casefold())
    months = {after for before, after in pairwise(said) if before == str(date.day)}
    left = list(words)
    for forms in ({f"{date.year}"}, {f"{date.day}", f"{date:%d}"}, {f"{date:%m}", *months}):
        found = next((word for word in left if word in forms), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _fits(named: str, document: Document, language: Language) -> bool:
    """Returns whether words name a document: by nouns, its own words and «this» alone."""
    words = named.split()
    this, nouns = _nouns(document, language)
    own = _own_words(document, language)
    return all(
        this.fullmatch(word)
        or nouns.fullmatch(word)
        or word in own
        or _is_form(word, own, language)
        for word in words
    ) and (
        not words
        or any(nouns.fullmatch(word) for word in words)
        or (len(words) == 1 and bool(this.fullmatch(words[0])))
    )


def _is_form(word: str, own: frozenset[str], language: Language) -> bool:
    """Returns whether a Russian word is another form of one of ``own``: «трудовом»."""
    return language == "ru" and word.isalpha() and _lemma(word) in map(_lemma, own)


@lru_cache(maxsize=4_096)
def _lemma(word: str) -> str:
    return str(morphology().parse(word)[0].normal_form)


def _within(kind: str, named: str, document: Document, language: Language, library: Library) -> str:
    """Returns the decree where what it holds is counted and it is a part of the document."""
    pattern = re.compile(_words()[language]["kinds"].get(document.kind, r"\b\B"))
    if kind not in COUNTED or not any(map(pattern.fullmatch, named.split())):
        return ""
    nouns = re.compile(_words()[language]["titles"])
    if any(map(nouns.fullmatch, named.split())):
        return ""
    return _DECREE if any(library.outline(document).within(_DECREE)) else ""


def _say(kind: str, document: Document, library: Library, within: str) -> Trilingual | None:
    adoption, day, title = adoption_of(document), document.date, document.title
    values: dict[str, object] = {}
    if kind in COUNTED:
        values["count"] = _count(library, document, COUNTED[cast(Counted, kind)], within)
        if within:
            part = Reference.parse(within)
            title = Trilingual(**{code: part.format(code) for code in LANGUAGES})
    elif kind == "summary":
        pass
    elif kind == "term":
        years = _TERM.search(document.title[LANGUAGES[0]])
        if years is None:
            return None
        values |= {"first": years[1], "last": years[2]}
    elif not adoption[LANGUAGES[0]] or (kind == "signer" and document.kind not in _PRESIDENTS):
        return None
    elif kind == "date":
        # An address may hold the year alone.
        if day is None or document.work.date != day.isoformat():
            return None
        values |= {"day": f"{day:%d}", "month": f"{day:%m}", "year": day.year}
    elif kind == "number":
        values["number"] = document.number
    return Trilingual(
        *(
            message(f"about-{kind}", title=title[code], adoption=adoption[code], **values)[code]
            for code in LANGUAGES
        )
    )


def _count(library: Library, document: Document, kinds: tuple[str, ...], within: str) -> int:
    outline = library.outline(document)
    eids = {section.eid for section in outline.walk()} | set(outline.eids)
    last = (eid.rpartition("__")[2] for eid in eids if not within or eid.startswith(f"{within}__"))
    return sum(part.rpartition("_")[0] in kinds for part in last)


def _own_words(document: Document, language: Language) -> frozenset[str]:
    text = f"{document.title[language]} {adoption_of(document)[language]} {document.number}"
    names = " ".join(document.names.get(language, ()))
    day = f"{document.date:%d %m %Y}" if document.date else ""
    return frozenset(_WORD.findall(f"{text} {names} {day}".casefold()))


def _nouns(document: Document, language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Returns the patterns of «this» and of nouns that may name a document."""
    words = _words()[language]
    titled = [
        form
        for form in re.split(r"\|(?![^(]*\))", words["titles"])
        if re.search(rf"\b(?:{form})\b", document.title[language], re.I)
    ]
    own = [words["nouns"], *titled, *filter(None, [words["kinds"].get(document.kind)])]
    return re.compile(words["this"]), re.compile("|".join(own))


@cache
def _patterns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(form.replace("{it}", "(?P<it>.+)")))
        for kind, forms in _words()[language]["questions"].items()
        for form in forms
    )


@cache
def _words() -> dict[str, dict[str, Any]]:
    text = (files("service") / "engine" / "about.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
