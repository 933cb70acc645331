"""Chooses the language of a page, and whether a caller wants a page at all."""

from contextvars import ContextVar
from typing import Final

from starlette.requests import HTTPConnection, Request

from indexer.languages import LANGUAGES, Language
from service.http.access import door
from service.http.problems import negotiate

_NO_PAGES = ("/health", "/assets/", "/suggestions", "/openapi.json")


_UNASKED: Final[ContextVar[Language]] = ContextVar("unasked", default="kk")

LANGUAGE_COOKIE: Final = "lang"
"""Remembers the language that a reader chose; the page's script sets it, nothing else is kept."""


def unasked_language() -> Language:
    """Returns the language of this request's pages whose address names none."""
    return _UNASKED.get()


def note_language(connection: HTTPConnection) -> None:
    """Notes the language that a reader chose before, else the browser's, else Kazakh."""
    chosen = connection.cookies.get(LANGUAGE_COOKIE, "")
    _UNASKED.set(error_language(chosen, connection.headers.get("accept-language", "")))


async def read_language(request: Request) -> None:
    """Does the same before a route of the pages."""
    note_language(request)


def interface_language(wished: str) -> Language:
    """Returns the language that an address asks for, else the reader's."""
    return wished if wished in LANGUAGES else unasked_language()


def error_language(wished: str, accept_language: str) -> Language:
    """Returns the language of an error page: the address's, else the browser's, else Kazakh."""
    if wished in LANGUAGES:
        return wished
    spoken = {part.strip()[:2].lower() for part in accept_language.split(",")}
    return negotiate(accept_language) if spoken & set(LANGUAGES) else "kk"


def wants_page(path: str, accept: str) -> bool:
    """Whether an error is better told by a page than by a problem document."""
    return "text/html" in accept and not path.startswith(_NO_PAGES) and door(path) is None


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a client takes gzip. Source: RFC 9110, section 12.5.3."""
    for part in accept_encoding.lower().split(","):
        coding, _, parameters = part.strip().partition(";")
        if coding.strip() in ("gzip", "*"):
            return parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
