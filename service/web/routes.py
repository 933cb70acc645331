"""The routes of the pages."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.responses import PlainTextResponse

from indexer.documents.adoption import adoption_of
from indexer.documents.outline import Section
from indexer.documents.passages import Language
from indexer.stores.base import EditionRows
from service.engine.history import dated_notice
from service.engine.library import Library
from service.errors import RequestError
from service.http.feedback import CurrentFeedback
from service.http.routes import BaseUrl, CurrentEngine
from service.http.workers import WorkerRoute
from service.settings import Settings
from service.web import administration, feedback
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
from service.web.negotiation import accepts_gzip, interface_language, read_language
from service.web.reading import Found, Item, heading_text, read
from service.web.rendering import SECURITY, page, render
from service.web.results import show
from service.web.sharing import address_of, robots, sitemap, summary, today
from service.web.site import Site, dated_editions, edition_language, read_day
from service.web.suggestions import examples
from service.web.wording import title

_HITS_IN_DOCUMENT = 10
_FOREVER = "public, max-age=31536000, immutable"


async def current_site(request: Request, engine: CurrentEngine) -> Site:
    """Returns the tables of the pages, made anew when the engine is another one."""
    site: Site | None = getattr(request.app.state, "site", None)
    if site is None or site.engine is not engine:
        site = request.app.state.site = Site(engine)
    return site


CurrentSite = Annotated[Site, Depends(current_site)]

router = APIRouter(
    include_in_schema=False, dependencies=[Depends(read_language)], route_class=WorkerRoute
)


def install(app: FastAPI) -> None:
    """Adds the pages to the application, and makes its errors pages for those who want pages."""
    app.include_router(router)
    app.include_router(administration.router)
    app.include_router(feedback.router)
    app.add_exception_handler(administration.NoSessionError, administration.ask_for_key)
    app.add_middleware(ProblemPages)


@router.get("/")
def ask(
    request: Request,
    site: CurrentSite,
    base: BaseUrl,
    kept: CurrentFeedback,
    q: str = "",
    lang: str = "",
    document: str = "",
    section: str = "",
    literal: str = "",
    k: str = "",
    kind: str = "",
    date: str = "",
) -> Response:
    """Shows the ask box and, where there is a question, its answer."""
    asked = Asked(
        language=interface_language(lang),
        q=q.strip(),
        document=document,
        section=section,
        literal=literal == "1",
        k=MOST_K if k == str(MOST_K) else FIRST_K,
        kind=kind,
        date=date,
    )
    results, error = None, None
    if asked.q:
        try:
            answer = site.engine.ask(
                asked.q,
                k=asked.k,
                filters=site.filters(document, section, kind, date),
                language=asked.language,
                literal=asked.literal,
            )
            results = show(answer, asked, site, base, MOST_K)
            if not answer.answerable:
                kept.note_unanswered(answer.question.language, answer.question.text)
        except RequestError as wrong:
            error = wrong
    language = asked.language
    ids = [document.id for document in site.documents]
    edition, outline = _sections(site, asked)
    text = render(
        "ask.html",
        language,
        asked=asked,
        results=results,
        feedback=kept.mode,
        error=error.message[language] if error else "",
        documents=site.documents,
        sections=outline,
        edition=edition,
        kinds=sorted({document.kind for document in site.documents}),
        dated=site.is_dated,
        examples=[Asked(language, text) for text in examples(ids, language)[:4]],
        read=lambda document: Reading(document.id, language).url,
        share=address_of(base, asked.url),
        canonical=address_of(base, asked.url),
        summary=summary(results, language),
        today=today(language),
        switch=asked.into,
        home=Asked(language).url,
    )
    return _page(request, text, asked, error.status if error else 200, store=not asked.q)


@router.get("/documents/{document_id}")
def document(
    document_id: str,
    request: Request,
    site: CurrentSite,
    base: BaseUrl,
    lang: str = "",
    edition: str = "",
    beside: str = "",
    q: str = "",
    section: str = "",
    date: str = "",
) -> Response:
    """Shows the whole text of a document on a day, with the hits of a search in it."""
    language = interface_language(lang)
    library = site.engine.library
    found_document = library.document(document_id)
    day = read_day(date)
    document_id = found_document.id
    editions = {rows.edition.language: rows for rows in library.editions(found_document, day)}
    known = tuple(editions)
    shown = edition_language(found_document, edition, language, day)
    other = next((one for one in known if one == beside and one != shown), None)
    authority = next(
        (code for code, one in editions.items() if one.edition.status == "authoritative"), None
    )
    reading = Reading(
        document_id,
        language,
        edition if edition == shown else "",
        other or "",
        q.strip(),
        section,
        date,
    )
    text = site.text(editions[shown])
    found, error = Found(), None
    if reading.q:
        try:
            found = _search(site, reading)
        except RequestError as wrong:
            error = wrong
    blocks = read(
        text.outline,
        tuple(text.passages.values()),
        language,
        found=found,
        beside=site.text(editions[other]).passages if other else None,
        links=_links(site, text.rows, language, date),
        notes=library.snapshot.notes(text.rows),
    )
    lost = library.history.act_notice(text.rows)
    is_current = library.is_current(found_document.key(text.rows.edition))
    items = (block for block in blocks if isinstance(block, Item))
    first = next((item.passage.eid for item in items if item.hit), "")
    content = render(
        "document.html",
        language,
        document=found_document,
        edition=text.rows.edition,
        editions=[editions[code].edition for code in (shown, other) if code],
        dated=dated_notice(day, is_current=is_current)[language] if day else "",
        is_current=is_current,
        versions=dated_editions(found_document, text.rows.edition),
        authority=authority,
        other=other,
        known=known,
        outline=text.outline.sections,
        rows=text.map.draw(found.eids, language) if found.eids else (),
        blocks=blocks,
        first=first,
        count=len(found.eids),
        reading=reading,
        path=document_path(document_id),
        canonical=address_of(base, Reading(document_id, language, edition, date=date).url),
        adoption=adoption_of(found_document)[language],
        summary=adoption_of(found_document)[language],
        repealed=lost[language] if lost else "",
        today=today(language),
        cite=lambda eid: citation_path(document_id, eid, language, date),
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
    date: str = "",
) -> Response:
    """Shows the citations of one passage on a day."""
    language = interface_language(lang)
    library = site.engine.library
    found, day = library.document(document_id), read_day(date)
    passage = library.passage(f"{document_id}#{item}" if item else document_id, day=day)
    editions = library.versions(passage)
    shown = editions.get(language, passage)
    rows = library.of(shown)
    citing, count = library.links.citing(found.id, shown.eid) if shown.eid else ((), 0)
    links = library.links.of(rows, shown.eid)
    is_current = library.is_current(shown.key)
    text = render(
        "cite.html",
        language,
        dated=dated_notice(day, is_current=is_current)[language] if day else "",
        links=_pointers(((one.document_id, one.eid) for one in links), library, language),
        cited=_pointers(((one.document_id, one.eid) for one in citing), library, language),
        cited_count=count,
        changes=library.history.changes(rows, shown),
        versions=library.history.versions(found, shown.language, shown.eid),
        document=found,
        passage=editions.get(language, passage),
        standing=library.standing(editions.get(language, passage)),
        citations=cite(found, editions, language, base),
        reference=title(passage.eid, language),
        reading=Reading(document_id, language, date=date),
        beside=Reading(document_id, language, date=date).read_beside,
        switch=lambda other: citation_path(document_id, item, other, date),
        home=Asked(language).url,
    )
    return _page(request, text, Reading(document_id, language), store=True)


def _links(
    site: Site, rows: EditionRows, language: Language, date: str
) -> dict[str, list[tuple[int, int, str]]]:
    """Returns where the passages of an edition cite others, by eId, with pages' addresses.

    Another act is opened on the same day, where it was there then.
    """
    library = site.engine.library
    eids = library.snapshot.outline(rows).eids
    day = read_day(date)

    def address(name: str, eid: str) -> str:
        began = day is None or library.document(name).begins <= day
        return Reading(name, language, date=date if began else "").at(eid)

    return {
        eids[row - rows.start]: [
            (
                one.start,
                one.end,
                f"#{one.eid}"
                if one.document_id == rows.document.id
                else address(one.document_id, one.eid),
            )
            for one in found
        ]
        for row, found in library.links.of_edition(rows).items()
    }


def _pointers(
    named: Iterable[tuple[str, str]], library: Library, language: Language
) -> list[dict[str, str]]:
    """Returns references with the addresses of pages that show what they name."""
    return [
        {
            "reference": library.reference(name, eid, language)
            or library.document(name).title[language],
            "url": Reading(name, language).at(eid),
        }
        for name, eid in dict.fromkeys(named)
    ]


@router.get("/suggestions")
def suggestions(
    site: CurrentSite, q: Annotated[str, Query(max_length=4000)] = "", lang: str = ""
) -> dict[str, list[dict[str, str]]]:
    """Returns questions and section titles that go on from what was typed."""
    found = site.suggestions.find(q, interface_language(lang))
    return {"suggestions": [{"text": one.text, "kind": one.kind} for one in found]}


@router.get("/robots.txt")
async def robots_file(base: BaseUrl) -> PlainTextResponse:
    """Says to programs that read all pages which ones are of use to them."""
    return PlainTextResponse(robots(base))


@router.get("/sitemap.xml")
def sitemap_file(engine: CurrentEngine, base: BaseUrl) -> Response:
    """Returns the addresses of the home page and of every document."""
    ids = (document.id for document in engine.library.documents)
    return Response(sitemap(base, ids), media_type="application/xml")


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
    for document in site.documents:
        if len(site.documents) == 1 or document.id == asked.document:
            language = edition_language(document, "", asked.language)
            return language, site.engine.library.outline(document, language).sections
    return asked.language, ()


def _search(site: Site, reading: Reading) -> Found:
    answer = site.engine.ask(
        reading.q,
        k=_HITS_IN_DOCUMENT,
        filters=site.filters(reading.document, reading.section, date=reading.date),
        language=reading.language,
    )
    results = answer.results[:_HITS_IN_DOCUMENT]
    document = site.engine.library.document(reading.document)
    day = read_day(reading.date)
    shown = edition_language(document, reading.edition, reading.language, day)
    return Found(
        tuple(result.passage.eid for result in results),
        tuple(
            spans if result.passage.language == shown else ()
            for result, spans in zip(results, answer.highlights, strict=False)
        ),
    )


def _page(
    request: Request, text: str, address: Asked | Reading, status: int = 200, *, store: bool
) -> Response:
    # Links that name the host that was called are the caller's own, not everybody's.
    settings: Settings = request.app.state.settings
    return page(
        text,
        address.language,
        accept_encoding=request.headers.get("accept-encoding", ""),
        status=status,
        store=store and status == 200 and bool(settings.public_url),
    )
