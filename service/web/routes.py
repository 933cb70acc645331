"""The routes of the pages."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response

from indexer.outline import Section
from indexer.passages import Language
from service.errors import RequestError
from service.routes import BaseUrl, CurrentEngine
from service.web.addresses import (
    FIRST_K,
    MOST_K,
    Asked,
    Reading,
    citation_path,
    document_path,
)
from service.web.assets import assets_by_hashed_name
from service.web.citations import cite
from service.web.errors import ProblemPages
from service.web.negotiation import accepts_gzip, interface_language
from service.web.reading import Found, Item, heading_text, read
from service.web.rendering import SECURITY, page, render
from service.web.results import show
from service.web.site import Site, edition_language
from service.web.suggestions import examples
from service.web.wording import title

_HITS_IN_DOCUMENT = 10
_FOREVER = "public, max-age=31536000, immutable"


def current_site(request: Request, engine: CurrentEngine) -> Site:
    """Returns the tables of the pages, made anew when the engine is another one."""
    site: Site | None = getattr(request.app.state, "site", None)
    if site is None or site.engine is not engine:
        site = request.app.state.site = Site(engine)
    return site


CurrentSite = Annotated[Site, Depends(current_site)]

router = APIRouter(include_in_schema=False)


def install(app: FastAPI) -> None:
    """Adds the pages to the application, and makes its errors pages for those who want pages."""
    app.include_router(router)
    app.add_middleware(ProblemPages)


@router.get("/")
def ask(
    request: Request,
    site: CurrentSite,
    base: BaseUrl,
    q: str = "",
    lang: str = "",
    document: str = "",
    section: str = "",
    literal: str = "",
    k: str = "",
) -> Response:
    """Shows the ask box and, where there is a question, its answer."""
    asked = Asked(
        language=interface_language(lang),
        q=q.strip(),
        document=document,
        section=section,
        literal=literal == "1",
        k=MOST_K if k == str(MOST_K) else FIRST_K,
    )
    results, error = None, None
    if asked.q:
        try:
            answer = site.engine.ask(
                asked.q,
                k=asked.k,
                filters=site.filters(document, section),
                language=asked.language,
                literal=asked.literal,
            )
            results = show(answer, asked, site, base, MOST_K)
        except RequestError as wrong:
            error = wrong
    language = asked.language
    ids = [entry.document.id for entry in site.documents]
    edition, outline = _sections(site, asked)
    text = render(
        "ask.html",
        language,
        asked=asked,
        results=results,
        error=error.message[language] if error else "",
        documents=site.documents,
        sections=outline,
        edition=edition,
        examples=[Asked(language, text) for text in examples(ids, language)[:4]],
        read=lambda entry: Reading(entry.document.id, language).url,
        share=base + asked.url,
        switch=asked.into,
        home=Asked(language).url,
    )
    return _page(request, text, asked, error.status if error else 200, store=not asked.q)


@router.get("/documents/{document_id}")
def document(
    document_id: str,
    request: Request,
    site: CurrentSite,
    lang: str = "",
    edition: str = "",
    beside: str = "",
    q: str = "",
    section: str = "",
) -> Response:
    """Shows the whole text of a document, with the hits of a search in it."""
    language = interface_language(lang)
    entry = site.engine.library.document(document_id)
    known = [known.language for known in entry.document.editions]
    shown = edition_language(entry.document, edition, language)
    other = next((one for one in known if one == beside and one != shown), None)
    reading = Reading(
        document_id, language, edition if edition == shown else "", other or "", q.strip(), section
    )
    text = site.text(document_id, shown)
    found, error = Found(), None
    if reading.q:
        try:
            found = _search(site, reading)
        except RequestError as wrong:
            error = wrong
    blocks = read(
        entry.outlines[shown],
        tuple(text.passages.values()),
        language,
        found=found,
        beside=site.text(document_id, other).passages if other else None,
    )
    items = (block for block in blocks if isinstance(block, Item))
    first = next((item.passage.eid for item in items if item.hit), "")
    content = render(
        "document.html",
        language,
        entry=entry,
        document=entry.document,
        edition=next(one for one in entry.document.editions if one.language == shown),
        other=other,
        known=known,
        outline=entry.outlines[shown],
        rows=text.map.draw(found.eids, language) if found.eids else (),
        blocks=blocks,
        first=first,
        count=len(found.eids),
        reading=reading,
        path=document_path(document_id),
        cite=lambda eid: citation_path(document_id, eid, language),
        heading=partial(heading_text, language=shown),
        error=error.message[language] if error else "",
        switch=reading.into,
        home=Asked(language).url,
    )
    status = error.status if error else 200
    return _page(request, content, reading, status, store=not reading.q)


@router.get("/documents/{document_id}/cite")
def citation(
    document_id: str,
    request: Request,
    site: CurrentSite,
    base: BaseUrl,
    item: str = "",
    lang: str = "",
) -> Response:
    """Shows the citations of one passage."""
    language = interface_language(lang)
    library = site.engine.library
    found = library.document(document_id).document
    passage = library.passage(f"{document_id}#{item}" if item else document_id)
    editions = site.editions_of(passage)
    text = render(
        "cite.html",
        language,
        document=found,
        passage=editions.get(language, passage),
        citations=cite(found, editions, language, base),
        reference=title(passage.eid, language),
        reading=Reading(document_id, language),
        switch=lambda other: citation_path(document_id, item, other),
        home=Asked(language).url,
    )
    return _page(request, text, Reading(document_id, language), store=True)


@router.get("/suggestions")
def suggestions(
    site: CurrentSite, q: Annotated[str, Query(max_length=2000)] = "", lang: str = ""
) -> dict[str, list[dict[str, str]]]:
    """Returns questions and section titles that go on from what was typed."""
    found = site.suggestions.find(q, interface_language(lang))
    return {"suggestions": [{"text": one.text, "kind": one.kind} for one in found]}


@router.get("/assets/{name}")
async def asset(name: str, request: Request) -> Response:
    """Returns a style sheet, script, icon or font."""
    found = assets_by_hashed_name().get(name)
    if found is None:
        raise RequestError("not-found", status=404, path=request.url.path)
    headers = {
        "Cache-Control": _FOREVER,
        "X-Content-Type-Options": SECURITY["X-Content-Type-Options"],
        "Vary": "Accept-Encoding",
    }
    content = found.content
    if found.compressed and accepts_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        content = found.compressed
    return Response(content, headers=headers, media_type=found.media_type)


def _sections(site: Site, asked: Asked) -> tuple[Language, tuple[Section, ...]]:
    """Returns the outline to choose a section from: eIds mean nothing without a document."""
    for entry in site.documents:
        if len(site.documents) == 1 or entry.document.id == asked.document:
            language = edition_language(entry.document, "", asked.language)
            return language, entry.outlines[language]
    return asked.language, ()


def _search(site: Site, reading: Reading) -> Found:
    answer = site.engine.ask(
        reading.q,
        k=2 * _HITS_IN_DOCUMENT,
        filters=site.filters(reading.document, reading.section),
        language=reading.language,
    )
    # Editions of one item are found apart; a page shows the item once.
    hits: dict[str, int] = {}
    for place, result in enumerate(answer.results):
        hits.setdefault(result.passage.eid, place)
    eids = tuple(hits)[:_HITS_IN_DOCUMENT]
    document = site.engine.library.document(reading.document).document
    shown = edition_language(document, reading.edition, reading.language)
    return Found(
        eids,
        tuple(
            answer.highlights[hits[eid]]
            if answer.results[hits[eid]].passage.language == shown
            else ()
            for eid in eids
        ),
    )


def _page(
    request: Request, text: str, address: Asked | Reading, status: int = 200, *, store: bool
) -> Response:
    return page(
        text,
        address.language,
        accept_encoding=request.headers.get("accept-encoding", ""),
        status=status,
        store=store and status == 200,
    )
