"""Chooses the language of a page, and whether a caller wants a page at all."""

from indexer.passages import Language
from service.problems import negotiate

LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")

_API = ("/v1/", "/v2/", "/dify", "/mcp", "/health", "/assets/", "/suggestions", "/openapi.json")


def interface_language(wished: str) -> Language:
    """Returns the language that an address asks for; Kazakh where it asks for none we have."""
    return wished if wished in LANGUAGES else "kk"


def error_language(wished: str, accept_language: str) -> Language:
    """Returns the language of an error page: the address's, else the browser's, else Kazakh."""
    if wished in LANGUAGES:
        return wished
    spoken = {part.strip()[:2].lower() for part in accept_language.split(",")}
    return negotiate(accept_language) if spoken & set(LANGUAGES) else "kk"


def wants_page(path: str, accept: str) -> bool:
    """Whether an error is better told by a page than by a problem document."""
    return "text/html" in accept and not path.startswith(_API)


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a client takes gzip. Source: RFC 9110, section 12.5.3."""
    for part in accept_encoding.lower().split(","):
        coding, _, parameters = part.strip().partition(";")
        if coding.strip() in ("gzip", "*"):
            return parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
