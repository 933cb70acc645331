"""Addresses of pages: what a question, a document and a passage are reached by."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlencode

from indexer.documents.passages import Language
from service.http.paths import prefix
from service.web.negotiation import unasked_language

FIRST_K = 5
"""Number of passages that a page shows first."""

MOST_K = 20
"""Number of passages that a page shows at most."""

_LETTERS = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address of an ask page.

    Attributes:
        language: Language of the page.
        q: The question; empty on the home page.
        document: Id of the only document to search; empty for all.
        section: eId of the only section to search; empty for all.
        literal: Search the question as it was typed.
        k: Number of passages wanted.
        kind: Kind of the only acts to search; empty for all.
        date: Day whose editions are searched, ISO; empty for today.
    """

    language: Language = "kk"
    q: str = ""
    document: str = ""
    section: str = ""
    literal: bool = False
    k: int = FIRST_K
    kind: str = ""
    date: str = ""

    @property
    def url(self) -> str:
        """The shortest address that shows the same page."""
        return f"{prefix()}/" + _query(
            q=self.q,
            lang=_language(self.language),
            document=self.document,
            section=self.section,
            literal="1" if self.literal else "",
            k="" if self.k == FIRST_K else str(self.k),
            kind=self.kind,
            date=self.date,
        )

    def into(self, language: Language) -> str:
        """Returns the address of the same page in another language."""
        return replace(self, language=language).url

    @property
    def as_typed(self) -> str:
        """The address that searches what was typed."""
        return replace(self, literal=True).url

    @property
    def as_understood(self) -> str:
        """The address that searches what was understood."""
        return replace(self, literal=False).url

    @property
    def longer(self) -> str:
        """The address that shows more passages."""
        return replace(self, k=MOST_K).url


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in the address of a document page.

    Attributes:
        document: Id of the document.
        language: Language of the page.
        edition: Language of the text; empty for the one that fits the page.
        beside: Language of the text beside it; empty for none.
        q: What is searched in the document; empty for nothing.
        section: eId of the only section to search; empty for all.
        date: Day whose edition is shown, ISO; empty for today.
    """

    document: str
    language: Language = "kk"
    edition: str = ""
    beside: str = ""
    q: str = ""
    section: str = ""
    date: str = ""

    @property
    def url(self) -> str:
        """The shortest address that shows the same page."""
        return document_path(self.document) + _query(
            lang=_language(self.language),
            edition=self.edition,
            beside=self.beside,
            q=self.q,
            section=self.section,
            date=self.date,
        )

    def into(self, language: Language) -> str:
        """Returns the address of the same page in another language."""
        return replace(self, language=language).url

    def on(self, date: str) -> str:
        """Returns the address of the text of another day; of today's where ``date`` is empty."""
        return replace(self, date=date, q="", section="").url

    def read_in(self, edition: str, beside: str = "") -> str:
        """Returns the address of another edition, with one beside it where ``beside`` says so."""
        return replace(self, edition=edition, beside=beside).url

    def read_beside(self, beside: str) -> "Reading":
        """Returns the same place with another edition beside the text."""
        return replace(self, beside=beside)

    @property
    def cleared(self) -> str:
        """The address of the same text without a search."""
        return replace(self, q="", section="").url

    def at(self, eid: str) -> str:
        """Returns the address of an element on this page."""
        return f"{self.url}#{quote(eid)}" if eid else self.url


def document_path(document_id: str) -> str:
    """Returns the path of a document's page."""
    return f"{prefix()}/documents/{quote(document_id, safe='')}"


def citation_path(document_id: str, eid: str, language: Language, date: str = "") -> str:
    """Returns the address of the page that cites a passage, of today or of another day."""
    query = _query(item=eid, lang=_language(language), date=date)
    return f"{document_path(document_id)}/cite{query}"


def _language(language: Language) -> str:
    return "" if language == unasked_language() else language


def _query(**values: str) -> str:
    text = urlencode({key: value for key, value in values.items() if value})
    return f"?{text}" if text else ""


def readable(address: str) -> str:
    """Returns an address with its letters as people read them, for paper."""
    return _LETTERS.sub(lambda match: unquote(match[0], errors="replace"), address)
