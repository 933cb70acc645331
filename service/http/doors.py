"""What a contract is to the application: the addresses that it answers, and who may call them."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.routing import APIRoute

from service.http.keys import Scope
from service.http.shapes import Shape


@dataclass(frozen=True, slots=True)
class Door:
    """The addresses that begin with ``prefix``, what opens them, and how they refuse."""

    prefix: str
    scope: Scope
    shape: Shape

    def leads_to(self, path: str) -> bool:
        """Whether ``path`` is behind this door."""
        return path == self.prefix or path.startswith(f"{self.prefix}/")


@dataclass(frozen=True, slots=True)
class Contract:
    """The words of a client that exists.

    Attributes:
        doors: What it answers under, unknown addresses included.
        router: Its routes; None where it is an application of its own.
    """

    doors: tuple[Door, ...]
    router: APIRouter | None = None

    def routes(self) -> Iterator[tuple[str, Door]]:
        """Yields the path of each route, and the door that leads to it."""
        for route in self.router.routes if self.router else ():
            if isinstance(route, APIRoute):
                yield route.path, next(one for one in self.doors if one.leads_to(route.path))
