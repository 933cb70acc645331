"""The control under an answer, for a page without a script too."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from service.administration.feedback import Verdict
from service.errors import RequestError
from service.http.feedback import CurrentFeedback, judge
from service.http.routes import CurrentEngine
from service.http.workers import WorkerRoute
from service.web.addresses import Asked
from service.web.negotiation import interface_language
from service.web.rendering import page, render

router = APIRouter(include_in_schema=False, route_class=WorkerRoute)


@router.post("/feedback")
def feedback(
    request: Request,
    engine: CurrentEngine,
    kept: CurrentFeedback,
    verdict: Annotated[Verdict, Form()],
    q: Annotated[str, Form()],
    passage: Annotated[str, Form(max_length=500)] = "",
    lang: Annotated[str, Form()] = "",
) -> Response:
    """Keeps a verdict and says thank you."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise RequestError("foreign-form", status=403)
    judge(engine, kept, q, verdict, passage)
    language = interface_language(lang)
    back = Asked(language, q)
    text = render("thanks.html", language, back=back.url, switch=None, home=Asked(language).url)
    return page(text, language, accept_encoding=request.headers.get("accept-encoding", ""))
