"""The administrators' pages: documents in and out. They need no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from indexer.documents import intake
from indexer.documents.outline import Section
from indexer.languages.codes import Language
from service.administration.desk import Job, Upload
from service.administration.feedback import summarise
from service.catalogue import message
from service.errors import RequestError
from service.http.administering import CurrentDesk, doubt_schema
from service.http.feedback import CurrentFeedback
from service.http.paths import prefix
from service.http.sessions import COOKIE, SECONDS, Session, Sessions, cookie_of
from service.settings import Settings
from service.web.addresses import Reading
from service.web.negotiation import interface_language
from service.web.reading import heading_text
from service.web.rendering import page, render
from service.web.wording import title

PATH = "/admin/documents"

_SHOWN_LINES = 12
_SHOWN_SECTIONS = 200
_MOST_ASKED = 200
# What a program does about these is not what a person does on the page.
_SAID_HERE = {
    "needs-confirmation": "web-admin-needs-confirmation",
    "document-exists": "web-admin-document-exists",
}
_VERDICTS = ("right", "wrong", "nothing", "unanswered")

router = APIRouter(include_in_schema=False)


class NoSessionError(Exception):
    """A page was asked for by somebody who has not shown a key."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request by an administrator.

    Attributes:
        request: The request.
        session: The administrator's session.
        language: Language of the page.
    """

    request: Request
    session: Session
    language: Language

    def show(self, template: str, status: int = 200, **values: object) -> Response:
        """Returns a page."""
        return _page(self.request, template, self.language, status, session=self.session, **values)

    def go(self, path: str) -> Response:
        """Sends the browser on after a form."""
        return RedirectResponse(f"{prefix()}{_in(path, self.language)}", 303)


def visit(request: Request, lang: str = "") -> Visit:
    """Returns the visit of whoever has a session.

    Raises:
        NoSessionError: There is none.
    """
    sessions: Sessions = request.app.state.sessions
    session = sessions.find(cookie_of(request.scope))
    if session is None:
        raise NoSessionError
    return Visit(request, session, interface_language(lang))


def sent(visit: Annotated[Visit, Depends(visit)], proof: Annotated[str, Form()] = "") -> Visit:
    """Returns the visit that a form belongs to.

    Raises:
        RequestError: The form is of no page of this session: another site has sent it.
    """
    if not visit.session.proves(proof):
        raise RequestError("foreign-form", status=403)
    return visit


Shown = Annotated[Visit, Depends(visit)]
Sent = Annotated[Visit, Depends(sent)]


def ask_for_key(request: Request, error: Exception) -> Response:
    """Shows the form that takes a key, in place of the page."""
    language = interface_language(request.query_params.get("lang", ""))
    return _page(request, "admin_key.html", language, 401)


@router.get("/admin")
def home(visit: Shown) -> Response:
    """Leads to the documents."""
    return visit.go(PATH)


@router.post("/admin/key")
def show_key(
    request: Request, key: Annotated[str, Form(max_length=200)] = "", lang: str = ""
) -> Response:
    """Opens a session for a key."""
    language = interface_language(lang)
    sessions: Sessions = request.app.state.sessions
    if not _is_own(request):
        raise RequestError("foreign-form", status=403)
    session = sessions.open(key)
    if session is None:
        return _page(request, "admin_key.html", language, 401, refused=True)
    settings: Settings = request.app.state.settings
    response = RedirectResponse(f"{prefix()}{_in(PATH, language)}", 303)
    response.set_cookie(
        COOKIE,
        session.token,
        max_age=SECONDS,
        path=f"{prefix()}/admin",
        secure=request.url.scheme == "https" or settings.public_url.startswith("https:"),
        httponly=True,
        samesite="strict",
    )
    return response


@router.post("/admin/leave")
def leave(visit: Sent) -> Response:
    """Ends a session."""
    sessions: Sessions = visit.request.app.state.sessions
    sessions.close(visit.session.token)
    response = visit.go(PATH)
    response.delete_cookie(COOKIE, path=f"{prefix()}/admin")
    return response


@router.get(PATH)
def documents(visit: Shown, desk: CurrentDesk, done: str = "", generation: int = 0) -> Response:
    """Shows the documents, those of a generation at least, and where to hand one over."""
    engine = desk.serving(generation)
    rows = [
        (document, [(r.edition, r.stop - r.start) for r in engine.library.editions(document)])
        for document in engine.library.documents
    ]
    return visit.show(
        "admin.html",
        rows=rows,
        read=lambda document: Reading(document.id, visit.language).url,
        done=done if done in ("published", "removed") else "",
        generation=engine.snapshot.generation,
    )


@router.post(PATH)
def hand_over(
    visit: Sent,
    desk: CurrentDesk,
    files: Annotated[list[UploadFile], File()],
    replaces: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Takes files in and examines them."""
    given = tuple(
        intake.File(file.filename or "document", file.file.read())
        for file in files
        if file.filename or file.size
    )
    job = desk.receive(Upload(given, name=replaces, replaces=bool(replaces), is_dry=True))
    return visit.go(f"/admin/jobs/{job.id}")


@router.post(f"{PATH}/{{name}}/remove")
def remove(
    name: str, visit: Sent, desk: CurrentDesk, generation: Annotated[int | None, Form()] = None
) -> Response:
    """Takes a document out."""
    return visit.go(f"/admin/jobs/{desk.remove(name, generation).id}")


@router.get("/admin/questions")
def questions(visit: Shown, desk: CurrentDesk, kept: CurrentFeedback) -> Response:
    """Shows what people said, and what they asked in vain."""
    library = desk.newest().library

    def judged(name: str) -> tuple[str, str]:
        """Returns the reference to a passage and its address; its id alone where it has gone."""
        try:
            passage = library.passage(name)
        except RequestError:
            return name, ""
        document = passage.document_id
        words = library.reference(document, passage.eid, visit.language)
        return words, Reading(document, visit.language).at(passage.eid)

    summary = summarise(kept.read())
    verdicts = [(name, summary.verdicts.get(name, 0)) for name in _VERDICTS]
    return visit.show(
        "admin_questions.html",
        summary=summary,
        judged=judged,
        verdicts=verdicts,
        mode=kept.mode,
        most=_MOST_ASKED,
    )


@router.get("/admin/jobs/{name}")
def job(name: str, visit: Shown, desk: CurrentDesk) -> Response:
    """Shows how far a job has come, then what was recognised, or why it failed."""
    found = desk.job(name, wait=1.0)
    if found.state == "done" and found.result and found.result.generation:
        done = "published" if found.result.examined else "removed"
        return visit.go(f"{PATH}?done={done}&generation={found.result.generation}")
    return visit.show("admin_job.html", **_shown(found, visit.language))


@router.post("/admin/jobs/{name}")
def publish(
    name: str,
    visit: Sent,
    desk: CurrentDesk,
    document: Annotated[str, Form(max_length=200)] = "",
    description: Annotated[str, Form(max_length=65_536)] = "",
    confirm: Annotated[str, Form()] = "",
    act: Annotated[str, Form()] = "",
) -> Response:
    """Examines a document once more with a changed description, or publishes it."""
    found = desk.job(name).result
    if found is None:
        raise RequestError("unknown-job", status=404, name=name)
    description, wished = description.replace("\r\n", "\n"), document.strip()
    given = found.examined.document if found.examined else None
    if given and wished == given.id and intake.is_makeshift(given):
        wished = intake.named_in(description) or wished
    upload = Upload(
        description=description,
        name=wished,
        draft=name,
        replaces=found.replaces and wished == found.document,
        is_confirmed=confirm == "1",
        is_dry=act != "publish",
    )
    return visit.go(f"/admin/jobs/{desk.receive(upload).id}")


def _shown(job: Job, language: Language) -> dict[str, Any]:
    """Returns what the page of a job shows."""
    found = job.result
    examined = found.examined if found else None
    editions = examined.editions if examined else ()
    return {
        "job": job,
        "found": found,
        "examined": examined,
        "refresh": job.state in ("waiting", "running"),
        "error": _error(job, language),
        "doubts": [doubt_schema(doubt).message for doubt in examined.doubts] if examined else [],
        "editions": [
            (edition, [doubt_schema(doubt).message for doubt in edition.doubts],
             list(_headings(edition.outline.sections, edition.edition.language)))
            for edition in editions
        ],
        "lines": _SHOWN_LINES,
        "reference": title,
    }  # fmt: skip


def _error(job: Job, language: Language) -> str:
    if job.error is None:
        return ""
    if (key := _SAID_HERE.get(job.error.code)) is not None:
        return message(key, name=job.result.document if job.result else "")[language]
    return job.error.message[language]


def _headings(
    sections: Sequence[Section], language: Language, depth: int = 0
) -> list[tuple[int, str, int]]:
    rows: list[tuple[int, str, int]] = []
    for section in sections:
        rows.append((min(depth, 3), heading_text(section, language), section.passages))
        rows += _headings(section.children, language, depth + 1)
    return rows[:_SHOWN_SECTIONS]


def _page(
    request: Request, template: str, language: Language, status: int = 200, **values: object
) -> Response:
    query = request.query_params.get("done", "")
    address = request.url.path.removeprefix(prefix())
    shown = {"refused": False, "refresh": False, "session": None, **values}
    text = render(
        template,
        language,
        here=lambda path: f"{prefix()}{_in(path, language)}",
        closed=not request.app.state.sessions.are_possible,
        switch=lambda code: f"{prefix()}{_in(address if status == 200 else PATH, code)}",
        home=f"{prefix()}{_in('/', language)}",
        quote=quote,
        query=query,
        **shown,
    )
    response = page(
        text,
        language,
        accept_encoding=request.headers.get("accept-encoding", ""),
        status=status,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_own(request: Request) -> bool:
    """Whether a form was sent by a page of this service, as far as the browser says."""
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _in(path: str, language: Language) -> str:
    if language == "kk":
        return path
    return f"{path}{'&' if '?' in path else '?'}lang={language}"
