"""Fills templates in and sends them, with the headers that every page has."""

import gzip
from functools import cache
from typing import Final

from fastapi import Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from indexer.passages import Language
from service.catalogue import message
from service.web.assets import asset_url
from service.web.negotiation import accepts_gzip

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

_WORTH_COMPRESSING = 600
_LEVEL = 4


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("service", "web/templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.globals["asset"] = asset_url
    return environment


def render(template: str, language: Language, **values: object) -> str:
    """Returns the page that ``template`` makes of ``values``, with its messages in ``language``."""

    def text(key: str, **words: object) -> str:
        return message(f"web-{key}", **words)[language]

    return _environment().get_template(template).render(language=language, t=text, **values)


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
        "Vary": "Accept-Encoding",
        "Cache-Control": "public, max-age=300" if store else "private, no-cache",
    }
    content = text.encode()
    if len(content) >= _WORTH_COMPRESSING and accepts_gzip(accept_encoding):
        headers["Content-Encoding"] = "gzip"
        content = gzip.compress(content, _LEVEL, mtime=0)
    return Response(content, status, headers, "text/html; charset=utf-8")
