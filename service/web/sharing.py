"""What pages say of themselves to others: absolute addresses, summaries, the date, the site's map.

Source: sitemaps.org, protocol 0.9; RFC 9309 (robots.txt).
"""

import textwrap
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Final
from xml.sax.saxutils import escape

from indexer.documents.passages import Language
from indexer.languages import LANGUAGES
from service.days import written
from service.http.paths import prefix
from service.web.addresses import document_path
from service.web.results import Results

_SUMMARY = 200
_TIME: Final = timezone(timedelta(hours=5))
"""Kazakhstan's, since 2024-03-01."""

_CLOSED = ("/v1/", "/v2/", "/dify/", "/mcp", "/suggestions", "/*?q=", "/*&q=", "/*/cite")


def address_of(base: str, path: str) -> str:
    """Returns the absolute address of a path; both ``base`` and ``path`` hold the prefix."""
    return base + path.removeprefix(prefix())


def summary(results: Results | None, language: Language) -> str:
    """Returns what a preview of an answer says; empty where there is none."""
    if results is None or not results.answerable:
        return ""
    if results.about is not None:
        return results.about.text[language]
    texts = [f"{card.reference}: {card.passage.text}" for card in results.cards[:1]]
    return textwrap.shorten(" ".join(texts), _SUMMARY, placeholder="…")


def today(language: Language) -> str:
    """Returns the day in Kazakhstan, as it is written in a language."""
    return written(datetime.now(UTC).astimezone(_TIME).date())[language]


def robots(base: str) -> str:
    """Returns what programs that read all pages may read: texts, and no questions."""
    root = prefix()
    closed = "".join(f"Disallow: {root}{path}\n" for path in _CLOSED)
    return f"User-agent: *\n{closed}\nSitemap: {base}/sitemap.xml\n"


def sitemap(base: str, documents: Iterable[str]) -> str:
    """Returns the addresses of the home page and of every document, in each language."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for path in (f"{prefix()}/", *map(document_path, documents)):
        found = {code: f"{address_of(base, path)}?lang={code}" for code in LANGUAGES}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(url)}"/>'
            for code, url in found.items()
        )
        lines += [f"<url><loc>{escape(url)}</loc>{others}</url>" for url in found.values()]
    return "\n".join([*lines, "</urlset>\n"])
