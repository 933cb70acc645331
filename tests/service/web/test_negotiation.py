"""Tests of choosing the language and the form of an answer."""

import pytest

from service.web.negotiation import accepts_gzip, error_language, interface_language, wants_page


@pytest.mark.parametrize(("wished", "language"), [("", "kk"), ("ru", "ru"), ("de", "kk")])
def test_page_language(wished: str, language: str) -> None:
    """A page is in Kazakh unless its address names a language that we have."""
    assert interface_language(wished) == language


@pytest.mark.parametrize(
    ("wished", "accept", "language"),
    [
        ("ru", "kk", "ru"),
        ("", "ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("", "de-DE,fr;q=0.5", "kk"),
        ("", "", "kk"),
        ("xx", "en", "en"),
    ],
)
def test_error_language(wished: str, accept: str, language: str) -> None:
    """An error speaks the address's language, else the browser's, else Kazakh."""
    assert error_language(wished, accept) == language


@pytest.mark.parametrize(
    ("path", "accept", "page"),
    [
        ("/nothing", "text/html,*/*;q=0.8", True),
        ("/nothing", "application/json", False),
        ("/nothing", "*/*", False),
        ("/v1/search", "text/html", False),
        ("/mcp", "text/html", False),
    ],
)
def test_pages_are_for_browsers(path: str, accept: str, page: bool) -> None:
    """Only what asks for HTML, and not at a programme's address, gets an error page."""
    assert wants_page(path, accept) is page


@pytest.mark.parametrize(
    ("accept", "gzip"),
    [("gzip, br", True), ("*", True), ("br, GZIP;q=0.5", True), ("gzip;q=0", False), ("", False)],
)
def test_gzip_only_where_taken(accept: str, gzip: bool) -> None:
    """A refused coding is not used."""
    assert accepts_gzip(accept) is gzip
