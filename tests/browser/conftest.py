"""A real browser before a real server; without Chromium the tests here are skipped."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def address(server: str) -> str:
    """The address of a server started as users start it."""
    return server


@pytest.fixture
def open_page(chromium: Any, address: str) -> Iterator[Open]:
    """Opens pages of the service; fails when one asks another host or breaks its own policy."""
    contexts: list[Any] = []
    strangers: list[str] = []
    complaints: list[str] = []

    def open_one(path: str, *, width: int = 1280, height: int = 900, **options: Any) -> Any:
        options.setdefault("locale", "kk-KZ")
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": height}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on(
            "request",
            lambda request: (
                strangers.append(request.url)
                if not request.url.startswith((address, "data:", "blob:"))
                else None
            ),
        )
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert strangers == []
    assert complaints == []


@pytest.fixture(scope="session")
def screenshots(root: Path) -> Path:
    """The folder where screenshots are kept."""
    folder = Path(os.environ.get("TARMAQ_SCREENSHOTS", root / "build" / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
