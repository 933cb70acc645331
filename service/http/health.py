"""Health: whether the process answers, and how what it answers from stands.

No thread is waited for: a busy service says so as quickly as an idle one.
"""

from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from service.catalogue import message
from service.engine.live import LiveEngine
from service.http.problems import problem

router = APIRouter(prefix="/health", tags=["health"])

RETRY_AFTER = "2"
"""Seconds after which whoever was told that nothing can be answered yet may ask again."""


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    """Questions are answered."""

    status: Literal["ready", "degraded"] = Field(
        description="degraded: the last good generation answers, because the newest is damaged."
    )
    reason: str = Field(description="What is damaged, where; empty where nothing is.")
    model: str
    passages: int
    generation: int = Field(description="Of the store: the one that answers.")


@router.get("/live", summary="Is the process alive?")
async def live() -> Alive:
    """Returns 200 as long as the process answers."""
    return Alive()


@router.get(
    "/ready",
    summary="Can questions be answered?",
    response_model=Ready,
    responses={503: {"description": "Problem details (RFC 9457)"}},
)
async def ready(request: Request, response: Response) -> Ready | JSONResponse:
    """Returns 200 where questions are answered; 503 while loading and where nothing can be opened.

    The member `state` of the problem tells `loading` and `broken` apart.
    """
    response.headers["Cache-Control"] = "no-store"
    engine: LiveEngine = request.app.state.engine
    health, current = engine.health, engine.current()
    folder = f"{request.app.state.settings.index}/"
    # Where the index lies on this machine is nobody's business.
    reason = health.reason.replace(folder, "")
    if current is None:
        code = "index-unavailable" if health.state == "broken" else "not-ready"
        return problem(
            code,
            503,
            message(code),
            accept_language=request.headers.get("accept-language", ""),
            headers={"Cache-Control": "no-store", "Retry-After": RETRY_AFTER},
            state=health.state,
            reason=reason,
        )
    snapshot = current.snapshot
    return Ready(
        status="degraded" if health.state == "degraded" else "ready",
        reason=reason,
        model=snapshot.model.name,
        passages=len(snapshot),
        generation=snapshot.generation,
    )
