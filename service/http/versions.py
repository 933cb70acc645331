"""Conditional requests: what was read is named by the generation that it was read from.

Source: RFC 9110, section 13.
"""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final

from fastapi import Header, Request, Response

from service.engine.live import LiveEngine
from service.errors import RequestError
from service.http.workers import WorkerRoute

_NEVER: Final = -1


class VersionedRoute(WorkerRoute):
    """A route whose answers are tagged with the generation that they were read from."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Returns what serves a request: 304 where the caller has the answer already."""
        serve = super().get_route_handler()

        async def handle(request: Request) -> Response:
            live: LiveEngine | None = request.app.state.engine
            engine = live.current() if live is not None else None
            own = f'"{engine.snapshot.generation}"' if engine else ""
            if own and own in _tags(request.headers.get("if-none-match", "")):
                return Response(status_code=304, headers={"ETag": own})
            response = await serve(request)
            if own and response.status_code == 200:
                response.headers["ETag"] = own
                response.headers.setdefault("Cache-Control", "no-cache")
            return response

        return handle


def expected_generation(
    if_match: Annotated[
        str, Header(description="ETag of what the change goes out from; 412 where it is past.")
    ] = "",
) -> int | None:
    """Returns the generation that ``If-Match`` asks for; None where it asks for none."""
    tags = _tags(if_match)
    if not tags or "*" in tags:
        return None
    numbers = [int(tag.strip('"')) for tag in tags if tag.strip('"').isdecimal()]
    return max(numbers, default=_NEVER)


def check_version(generation: int, expected: int | None) -> None:
    """Refuses a change that goes out from another generation; the store checks it once more.

    Raises:
        RequestError: The documents have changed since.
    """
    if expected is not None and generation != expected:
        raise RequestError("changed-meanwhile", status=412)


def _tags(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip()]
