"""Events sent one by one while a client reads them (server-sent events, WHATWG HTML, 9.2)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from fastapi.responses import StreamingResponse

from service.deadline import Abandoned

_HEADERS: Final = {"Cache-Control": "no-cache"}


class EventStream(StreamingResponse):
    """A response of events; nothing is written any more, nor logged, once the client is gone."""

    def __init__(self, events: AsyncIterator[str]) -> None:
        """Takes the events, each with the empty line that ends it."""
        super().__init__(_while_read(events), media_type="text/event-stream", headers=_HEADERS)


async def _while_read(events: AsyncIterator[str]) -> AsyncIterator[str]:
    try:
        async for event in events:
            yield event
            # The event loop learns here that a connection is closed, before more is written to it.
            await asyncio.sleep(0)
    except Abandoned:
        return
