"""Fills templates in and sends them, with the headers that every page has."""

import gzip
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from fastapi import Response
from markupsafe import Markup, escape

from indexer.documents.outline import Section
from indexer.documents.passages import Language
from service.catalogue import message
from service.days import written
from service.http.paths import prefix
from service.web.addresses import Asked, readable
from service.web.assets import asset_url
from service.web.negotiation import accepts_gzip, unasked_language
from service.web.reading import heading_text

if TYPE_CHECKING:
    from jinja2 import Environment

SECURITY: Final = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "font-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Headers of every page. Source: CSP Level 3, W3C."""

_DEEPEST_OPTION = 1
_EM_SPACE = "\u2003"
_WORTH_COMPRESSING = 600
_LEVEL = 4


@cache
def _environment() -> "Environment":
    # Slow to import, and a service of chatbots shows no page.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("service", "web/templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.globals["asset"] = asset_url
    environment.globals["home_page"] = lambda language: Asked(language).url
    environment.globals["prefix"] = prefix
    environment.globals["unasked"] = unasked_language
    environment.globals["written"] = written
    environment.filters["readable"] = readable
    environment.globals["canonical"] = ""
    environment.globals["summary"] = ""
    environment.globals["section_options"] = section_options
    return environment


def render(template: str, language: Language, **values: object) -> str:
    """Returns the page that ``template`` makes of ``values``, with its messages in ``language``."""

    def text(key: str, **words: object) -> str:
        return message(f"web-{key}", **words)[language] if words else _text(key, language)

    def unofficial(authority: Language | None) -> str:
        """Says that a text is a translation, and which text is the authority."""
        said = message("unofficial")[language]
        more = f"; {message(f'authority-{authority}')[language]}" if authority else ""
        return f"{said[:1].upper()}{said[1:]}{more}."

    return (
        _environment()
        .get_template(template)
        .render(language=language, t=text, unofficial=unofficial, **values)
    )


@cache
def _text(key: str, language: Language) -> Markup:
    """Returns a message without values; escaped once, for a page has dozens of them."""
    return escape(message(f"web-{key}")[language])


@lru_cache(maxsize=512)
def section_options(outline: tuple[Section, ...], language: Language, chosen: str) -> Markup:
    """Returns the options of a list of sections, ``chosen`` selected: alike on many pages."""
    return Markup().join(_options(outline, language, chosen, 0))


def _options(
    sections: Iterable[Section], language: Language, chosen: str, depth: int
) -> Iterator[Markup]:
    for section in sections:
        if section.eid and section.passages:
            yield Markup('<option value="{}"{}>{}{}</option>').format(
                section.eid,
                Markup(" selected") if section.eid == chosen else "",
                _EM_SPACE * depth,
                heading_text(section, language),
            )
        if depth < _DEEPEST_OPTION or not section.eid:
            yield from _options(section.children, language, chosen, depth + bool(section.eid))


def page(
    text: str, language: Language, *, accept_encoding: str, status: int = 200, store: bool = False
) -> Response:
    """Returns a page as a response.

    Args:
        text: The page.
        language: Language of the page.
        accept_encoding: What the client said that it takes.
        status: HTTP status.
        store: Whether a shared cache may keep the page for a while: nothing of the asker is in it.
    """
    headers = {
        **SECURITY,
        "Content-Language": language,
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
        "Cache-Control": "public, max-age=300" if store else "private, no-cache",
    }
    content = text.encode()
    if len(content) >= _WORTH_COMPRESSING and accepts_gzip(accept_encoding):
        headers["Content-Encoding"] = "gzip"
        content = gzip.compress(content, _LEVEL, mtime=0)
    return Response(content, status, headers, "text/html; charset=utf-8")
