"""Ready citations of a passage: for an official letter, Markdown, BibTeX, a plain link."""

import re
from dataclasses import dataclass

from indexer.documents.adoption import adoption_of
from indexer.documents.description import Document, Trilingual
from indexer.documents.passages import Language, Passage
from service.engine.history import past_edition, qualified
from service.http.presentation import item_url, key_url
from service.web.wording import reference

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")
_BIBTEX = re.compile(r"([&%$#_{}])")


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage cited in one way.

    Attributes:
        kind: ``letter-kk``, ``letter-ru``, ``markdown``, ``bibtex`` or ``link``.
        text: What one copies.
        language: Language of its words; empty where it has none of its own.
    """

    kind: str
    text: str
    language: str = ""


def cite(
    document: Document, editions: dict[Language, Passage], language: Language, base_url: str
) -> tuple[Citation, ...]:
    """Returns the citations of one passage.

    Args:
        document: The document.
        editions: The passage in each language that it has; at least one.
        language: Language of the Markdown and BibTeX citations.
        base_url: What the link begins with.
    """
    passage = editions.get(language) or next(iter(editions.values()))
    url = item_url(passage, document, base_url)
    return (
        Citation("letter-kk", _letter(document, editions, passage.eid, "kk"), "kk"),
        Citation("letter-ru", _letter(document, editions, passage.eid, "ru"), "ru"),
        Citation("markdown", _markdown(document, passage, language, base_url), language),
        Citation("bibtex", _bibtex(document, passage, language, url), language),
        Citation("link", url),
    )


def _letter(
    document: Document, editions: dict[Language, Passage], eid: str, language: Language
) -> str:
    where = _where(document, eid, language)
    # A letter quotes a text only in its own language.
    if language not in editions:
        return f"{where}."
    quote = editions[language].text.rstrip(".;, ")
    return f"{where}: «{quote}»{_behind(qualified(document, editions[language].key), language)}."


def _behind(said: Trilingual | None, language: Language) -> str:
    return f" ({said[language]})" if said else ""


def _where(document: Document, eid: str, language: Language) -> str:
    adoption = adoption_of(document)[language]
    title = f"{document.title[language]} ({adoption})" if adoption else document.title[language]
    return f"{title}, {reference(eid, language)}" if eid else title


def _markdown(document: Document, passage: Passage, language: Language, base_url: str) -> str:
    url = key_url(passage.key, document, base_url)
    text = _MARKDOWN.sub(r"\\\1", passage.text)
    where = _MARKDOWN.sub(r"\\\1", _where(document, passage.eid, language))
    said = _behind(qualified(document, passage.key), language)
    return f"> {text}\n>\n> — [{where}]({url}){said}"


def _bibtex(document: Document, passage: Passage, language: Language, url: str) -> str:
    eid, past = passage.eid, past_edition(document, passage.key)
    key = f"{document.id}-{eid.replace('__', '-').replace('_', '')}".rstrip("-")
    fields = {
        "title": "{" + _escape(document.title[language]) + "}",
        "howpublished": _escape(adoption_of(document)[language]),
        "note": _escape(reference(eid, language) + _behind(past, language)),
        **_dated(document),
        "url": url,
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{body}}}"


def _dated(document: Document) -> dict[str, str]:
    if document.date is None:
        return {}
    return {"date": document.date.isoformat(), "year": str(document.date.year)}


def _escape(text: str) -> str:
    return _BIBTEX.sub(r"\\\1", text.replace("\\", r"\textbackslash "))
