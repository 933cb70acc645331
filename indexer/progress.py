"""How far long work has come: told to whoever waits, on a terminal or over HTTP."""

from typing import Any, Protocol

from tqdm import tqdm

_UNITS = {
    "reading": "document",
    "pages": "page",
    "embedding": " characters",
    "questions": "question",
}


class Progress(Protocol):
    """Is told how far a step has come."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Takes a step's name, and how many of how many are done."""


class Bars:
    """Draws a bar on standard error for each step."""

    def __init__(self) -> None:
        """Draws nothing yet."""
        self._step = ""
        self._bar: tqdm[Any] | None = None

    def __call__(self, step: str, done: int, total: int) -> None:
        """Draws how far a step has come."""
        if self._bar is None or step != self._step:
            self._end()
            unit = _UNITS.get(step, "it")
            # Left to itself tqdm believes the speed of texts that were kept for long.
            self._bar = tqdm(total=total, desc=step, unit=unit, unit_scale=True, miniters=1)
            self._step = step
        bar: tqdm[Any] = self._bar
        bar.update(done - bar.n)
        if done >= total:
            self._end()

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def silent(step: str, done: int, total: int) -> None:
    """Tells nobody."""
