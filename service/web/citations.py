"""Ready citations of a passage: for an official letter, Markdown, BibTeX, a plain link."""

import re
from dataclasses import dataclass

from indexer.documents import Document
from indexer.passages import Language, Passage
from service.presentation import passage_url
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
    url = passage_url(passage.id, base_url)
    return (
        Citation("letter-kk", _letter(document, editions, passage.eid, "kk"), "kk"),
        Citation("letter-ru", _letter(document, editions, passage.eid, "ru"), "ru"),
        Citation("markdown", _markdown(document, passage, language, url), language),
        Citation("bibtex", _bibtex(document, passage.eid, language, url), language),
        Citation("link", url),
    )


def _letter(
    document: Document, editions: dict[Language, Passage], eid: str, language: Language
) -> str:
    where = _where(document, eid, language)
    # A letter quotes a text only in its own language.
    if language not in editions:
        return f"{where}."
    return f"{where}: «{editions[language].text.rstrip('.;, ')}»."


def _where(document: Document, eid: str, language: Language) -> str:
    title = f"{document.title[language]} ({document.adoption[language]})"
    return f"{title}, {reference(eid, language)}" if eid else title


def _markdown(document: Document, passage: Passage, language: Language, url: str) -> str:
    text = _MARKDOWN.sub(r"\\\1", passage.text)
    where = _MARKDOWN.sub(r"\\\1", _where(document, passage.eid, language))
    return f"> {text}\n>\n> — [{where}]({url})"


def _bibtex(document: Document, eid: str, language: Language, url: str) -> str:
    key = f"{document.id}-{eid.replace('__', '-').replace('_', '')}".rstrip("-")
    fields = {
        "title": "{" + _escape(document.title[language]) + "}",
        "howpublished": _escape(document.adoption[language]),
        "note": _escape(reference(eid, language)),
        "date": document.date.isoformat(),
        "year": str(document.date.year),
        "url": url,
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{body}}}"


def _escape(text: str) -> str:
    return _BIBTEX.sub(r"\\\1", text.replace("\\", r"\textbackslash "))
