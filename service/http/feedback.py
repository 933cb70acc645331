"""What a caller says of an answer: ``POST /v1/feedback``."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from indexer.errors import StoreError
from service.administration.feedback import Feedback, Verdict
from service.engine.engine import Engine
from service.errors import RequestError
from service.http.routes import CurrentEngine
from service.http.schemas import _Request, _Schema
from service.http.workers import WorkerRoute


class FeedbackRequest(_Request):
    """A verdict on an answer."""

    query: str = Field(description="The question, as it was asked.")
    verdict: Verdict = Field(
        description="right: the passage answers (without one: rightly nothing was answered); "
        "wrong: it does not; nothing: no passage of the answer does."
    )
    passage_id: str = Field("", description="The passage judged, of the answer's results.")


class FeedbackResponse(_Schema):
    """What was kept."""

    kept: bool = Field(description="Whether the verdict was kept.")
    question_kept: bool = Field(description="Whether the question was kept with it.")


def current_feedback(request: Request) -> Feedback:
    """Returns the feedback of the application."""
    feedback: Feedback = request.app.state.feedback
    return feedback


CurrentFeedback = Annotated[Feedback, Depends(current_feedback)]

router = APIRouter(prefix="/v1", tags=["feedback"], route_class=WorkerRoute)


@router.post("/feedback", summary="Say whether an answer was right")
def feedback(
    body: FeedbackRequest, engine: CurrentEngine, kept: CurrentFeedback
) -> FeedbackResponse:
    """Keeps a verdict, without the question unless the service is set to keep questions."""
    judge(engine, kept, body.query, body.verdict, body.passage_id)
    return FeedbackResponse(kept=kept.mode != "off", question_kept=kept.mode == "questions")


def judge(engine: Engine, kept: Feedback, query: str, verdict: Verdict, passage_id: str) -> None:
    """Keeps a verdict on a passage that there is.

    Raises:
        RequestError: The question cannot be one, or there is no such passage.
    """
    question = engine.read(query)
    if verdict == "wrong" and not passage_id:
        raise RequestError("unknown-passage", status=404, name="")
    passage = engine.library.passage(passage_id).id if passage_id else ""
    try:
        kept.judge(verdict, question.language, passage, question.text)
    except StoreError as error:
        raise RequestError("store-not-written", status=503, reason=str(error)) from error
