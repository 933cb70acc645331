"""Documents in and out over HTTP, and the jobs that do it."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Path, Query, Request, Response, UploadFile
from pydantic import Field

from indexer.documents import intake
from indexer.documents.description import Trilingual
from indexer.documents.examination import Examined, Recognised
from indexer.documents.passages import Language
from indexer.languages import LANGUAGES
from indexer.readers.doubts import Doubt
from service.administration.desk import Desk, Job, Upload
from service.administration.jobs import State
from service.catalogue import message
from service.errors import RequestError
from service.http.presentation import reference_texts, section_schema, texts_schema
from service.http.problems import problem, problem_content
from service.http.schemas import ProblemSchema, SectionSchema, Texts, _Schema
from service.http.versions import check_version, expected_generation

_TAG = "administration"


class DoubtSchema(_Schema):
    """Something that a person should look at before a document is published."""

    code: str
    message: Texts


class FoundEdition(_Schema):
    """What was recognised in one edition."""

    language: Language
    file: str
    format: str = Field(description="text, markdown, html, docx, odt, pdf, scan or akn.")
    encoding: str = Field(description="Empty where the format settles it.")
    pages: int = Field(description="0 where the format has none.")
    columns: int
    passages: int
    items: dict[str, int] = Field(description="Passages by kind: para, point, al, …")
    repairs: dict[str, int] = Field(description="What was mended, and how often.")
    other_script: tuple[str, ...] = Field(description="Lines in another script than the text's.")
    unplaced: tuple[str, ...] = Field(description="Lines that are in no edition.")
    outline: tuple[SectionSchema, ...]
    doubts: tuple[DoubtSchema, ...]


class FoundDocument(_Schema):
    """A document as it would be published."""

    id: str
    uri: str
    title: Texts
    replaces: bool = Field(description="Whether there is a document of that id.")
    description: str = Field(description="The document.toml, drafted where none was given.")
    editions: tuple[FoundEdition, ...]
    doubts: tuple[DoubtSchema, ...]
    needs_confirmation: bool = Field(description="Whether anything is doubtful.")


class JobSchema(_Schema):
    """How a job stands."""

    id: str
    state: State
    step: str = Field(description="pages, embedding, questions or opening.")
    done: int
    total: int = Field(description="0 where that is not known.")
    document_id: str | None
    found: FoundDocument | None = Field(description="What was recognised.")
    generation: int | None = Field(description="The generation published; null where none was.")
    problem: ProblemSchema | None = Field(description="Why it failed.")


def current_desk(request: Request) -> Desk:
    """Returns the desk of the application."""
    desk: Desk = request.app.state.desk
    return desk


CurrentDesk = Annotated[Desk, Depends(current_desk)]
Expected = Annotated[int | None, Depends(expected_generation)]
Wait = Annotated[
    float, Query(ge=0, le=60, description="Seconds to wait for the end; then 202 and the job.")
]
Files = Annotated[
    list[UploadFile],
    File(description="Texts of one act in any format that is read; perhaps document.toml."),
]
Description = Annotated[
    str, Form(max_length=65_536, description="The document.toml; drafted where it is left out.")
]
DryRun = Annotated[bool, Form(description="Only say what was recognised.")]
Confirm = Annotated[bool, Form(description="Publish it whatever is doubtful.")]
DocumentId = Annotated[str, Path(description="Id of the document.")]

router = APIRouter(prefix="/v1", tags=[_TAG])
_JOB: dict[int | str, dict[str, Any]] = {
    201: {"model": JobSchema, "description": "Published"},
    202: {"model": JobSchema, "description": "Goes on; ask after the job at Location"},
}


@router.post("/documents", summary="Add a document", responses=_JOB)
def add_document(
    request: Request,
    desk: CurrentDesk,
    expected: Expected,
    files: Files,
    description: Description = "",
    id: Annotated[
        str, Form(max_length=100, description="Made of kind, year and number by default.")
    ] = "",
    dry_run: DryRun = False,
    confirm: Confirm = False,
    wait: Wait = 20.0,
) -> Response:
    """Takes in the text of an act, in one file or a file a language, and publishes it.

    Where anything is doubtful (a gap in the numbers, a fact that the text does not say) the answer
    is 422 with what was recognised, until `confirm` is said.
    """
    check_version(desk.newest().snapshot.generation, expected)
    job = desk.receive(
        Upload(
            _handed_over(files),
            description,
            id,
            is_dry=dry_run,
            is_confirmed=confirm,
            expected=expected,
        )
    )
    return _answer(request, desk, job, wait)


@router.put("/documents/{document_id}", summary="Add or replace a document", responses=_JOB)
def put_document(
    document_id: DocumentId,
    request: Request,
    desk: CurrentDesk,
    expected: Expected,
    files: Files = [],  # noqa: B006  FastAPI copies it
    description: Description = "",
    dry_run: DryRun = False,
    confirm: Confirm = False,
    wait: Wait = 20.0,
) -> Response:
    """Puts a document in the place of the one of its id.

    What is left out stays as it is: without a description that of the document is kept, and files
    that it names and nobody sends again are kept too.
    """
    check_version(desk.newest().snapshot.generation, expected)
    upload = Upload(
        _handed_over(files),
        description,
        document_id,
        replaces=True,
        is_dry=dry_run,
        is_confirmed=confirm,
        expected=expected,
    )
    return _answer(request, desk, desk.receive(upload), wait)


@router.delete("/documents/{document_id}", summary="Remove a document", responses=_JOB)
def remove_document(
    document_id: DocumentId,
    request: Request,
    desk: CurrentDesk,
    expected: Expected,
    wait: Wait = 20.0,
) -> Response:
    """Takes a document out of the index; one that was handed over is not built again."""
    engine = desk.newest()
    name = engine.library.document(document_id).id
    check_version(engine.snapshot.generation, expected)
    return _answer(request, desk, desk.remove(name, expected), wait)


@router.get("/documents/{document_id}/description", summary="The document.toml of a document")
def description(document_id: DocumentId, desk: CurrentDesk) -> Response:
    """Returns the description, to be changed and put back."""
    return Response(desk.description(document_id), media_type="application/toml")


@router.get("/jobs/{job_id}", summary="How a job stands")
def job(job_id: str, desk: CurrentDesk) -> JobSchema:
    """Returns a job: how far it has come, then what came of it."""
    return job_schema(desk.job(job_id))


@router.post("/jobs/{job_id}/publish", summary="Publish what was examined", responses=_JOB)
def publish(
    job_id: str, request: Request, desk: CurrentDesk, expected: Expected, wait: Wait = 20.0
) -> Response:
    """Publishes the document of a dry run, or of a refused job, without sending it again."""
    found = desk.job(job_id).result
    if found is None:
        raise RequestError("unknown-job", status=404, name=job_id)
    upload = Upload(
        name=found.document,
        draft=job_id,
        description=found.description,
        replaces=found.replaces,
        is_confirmed=True,
        expected=expected,
    )
    return _answer(request, desk, desk.receive(upload), wait)


def job_schema(job: Job) -> JobSchema:
    """Returns a job as JSON."""
    found = job.result
    return JobSchema(
        id=job.id,
        state=job.state,
        step=job.step,
        done=job.done,
        total=job.total,
        document_id=found.document if found else None,
        found=found_schema(found.examined, found.description, found.replaces)
        if found and found.examined
        else None,
        generation=found.generation if found else None,
        problem=ProblemSchema.model_validate(
            problem_content(job.error.code, job.error.status, job.error.message, "en")
        )
        if job.error
        else None,
    )


def found_schema(examined: Examined, description: str, replaces: bool) -> FoundDocument:
    """Returns what was recognised in a document as JSON."""
    document = examined.document
    return FoundDocument(
        id=document.id,
        uri=document.uri,
        title=texts_schema(document.title),
        replaces=replaces,
        description=description,
        editions=tuple(map(_edition, examined.editions)),
        doubts=tuple(map(doubt_schema, examined.doubts)),
        needs_confirmation=examined.is_doubtful,
    )


def doubt_schema(doubt: Doubt) -> DoubtSchema:
    """Returns a doubt with its sentence in three languages."""
    said: dict[str, Trilingual] = {}
    for name, value in doubt.values:
        if name in ("after", "before"):
            written = reference_texts("", str(value), None)
            said[name] = Trilingual(written.kk, written.ru, written.en)
        elif name == "fact":
            said[name] = message(f"fact-{value}")
        elif name in ("said", "found"):
            said[name] = message(f"language-{value}")
    sentences = (
        doubt.sentence(language, **{name: text[language] for name, text in said.items()})
        for language in LANGUAGES
    )
    return DoubtSchema(code=doubt.code, message=texts_schema(Trilingual(*sentences)))


def _edition(edition: Recognised) -> FoundEdition:
    report = edition.report
    return FoundEdition(
        language=edition.edition.language,
        file=edition.edition.file,
        format=report.format,
        encoding=report.encoding,
        pages=report.pages,
        columns=report.columns,
        passages=len(edition.outline.eids),
        items=dict(edition.items),
        repairs=dict(report.repairs),
        other_script=report.other_script,
        unplaced=report.unplaced,
        outline=tuple(section_schema(one, "", None) for one in edition.outline.sections),
        doubts=tuple(map(doubt_schema, edition.doubts)),
    )


def _handed_over(files: list[UploadFile]) -> tuple[intake.File, ...]:
    return tuple(intake.File(file.filename or "document", file.file.read()) for file in files)


def _answer(request: Request, desk: Desk, job: Job, wait: float) -> Response:
    """Answers with what came of a job, or after a while with where to ask after it."""
    job = desk.job(job.id, wait)
    content = job_schema(job)
    if job.error:
        extra: dict[str, Any] = {"job": job.id}
        if content.found:
            extra["found"] = content.found.model_dump(mode="json")
        return problem(
            job.error.code,
            job.error.status,
            job.error.message,
            accept_language=request.headers.get("accept-language", ""),
            **extra,
        )
    root = request.scope.get("root_path", "")
    headers = {"Cache-Control": "no-store"}
    status = 200
    if not job.has_ended:
        status = 202
        headers |= {"Location": f"{root}/v1/jobs/{job.id}", "Retry-After": "1"}
    elif job.result and job.result.generation and not job.result.replaces:
        status = 201
        headers["Location"] = f"{root}/v1/documents/{quote(job.result.document, safe='')}"
    if content.generation:
        headers["ETag"] = f'"{content.generation}"'
    return Response(content.model_dump_json(), status, headers, "application/json")
