"""Where the engine says what it does; whoever wants to know observes it.

The engine knows no library of metrics or traces, and costs nothing more where nobody observes.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Literal

Stage = Literal["normalise", "embed", "search", "rank", "answer"]
"""Of one question: what was meant, its vector, candidates, their order, the words that answer."""

Outcome = Literal["answered", "unanswered", "empty"]
"""Of one question; ``empty``: not even a nearest passage was found."""


class Observer:
    """What may be observed; each does nothing by default."""

    def stage(self, name: Stage) -> AbstractContextManager[object]:
        """Surrounds a stage of a question."""
        return nullcontext()

    def asked(self, question: str, outcome: Outcome, *, kept: bool) -> None:
        """A question has its answer, found now or kept from before."""

    def standing(self, state: str, generation: int) -> None:
        """The engine stands otherwise than before; generation 0 is none."""


_observers: list[Observer] = []


def observe(observer: Observer) -> None:
    """Tells ``observer`` everything from now on; another of its kind is told nothing more."""
    _observers[:] = [*(one for one in _observers if type(one) is not type(observer)), observer]


@contextmanager
def stage(name: Stage) -> Iterator[None]:
    """Surrounds a stage of a question."""
    with ExitStack() as stack:
        for observer in _observers:
            stack.enter_context(observer.stage(name))
        yield


def asked(question: str, outcome: Outcome, *, kept: bool) -> None:
    """Says that a question has its answer, found now or kept from before."""
    for observer in _observers:
        observer.asked(question, outcome, kept=kept)


def standing(state: str, generation: int) -> None:
    """Says how the engine stands."""
    for observer in _observers:
        observer.standing(state, generation)
