"""Generations on Milvus: each is an empty collection whose description says what it holds.

Making a collection is one step: of two who make one of the same name, one fails. So whoever
publishes the next generation does it alone, and what was published outlives the server.
"""

import json
import re
import secrets
import time
from dataclasses import dataclass
from typing import Final

from indexer.errors import CorruptIndexError, StoreError
from indexer.stores.base import ModelStamp
from indexer.stores.milvus.client import Client

FORMAT: Final = 2
"""Version of what is kept."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A published generation.

    Attributes:
        number: Its number.
        root: Names the content that lists its documents.
        model: The model of its vectors.
        made: When it was published, in seconds since the epoch.
        swept: When what no generation holds was last removed.
        timestamp: Milvus's time of it: all that it holds was written before.
    """

    number: int
    root: str
    model: ModelStamp
    made: float
    swept: float
    timestamp: int


class Generations:
    """The generations of a store."""

    def __init__(self, client: Client) -> None:
        """Takes the server."""
        self._client = client
        self._pattern = re.compile(rf"{client.address.name}_g(\d+)")

    def numbers(self) -> list[int]:
        """Returns the numbers of those that are there, ascending."""
        found = map(self._pattern.fullmatch, self._client.names())
        return sorted(int(match[1]) for match in found if match)

    def newest(self) -> Generation | None:
        """Returns the newest one; None where there is none."""
        numbers = self.numbers()
        return self.read(numbers[-1]) if numbers else None

    def read(self, number: int) -> Generation:
        """Returns a generation.

        Raises:
            CorruptIndexError: It is of another format.
        """
        told = self._client.describe(self._name(number))
        try:
            known = json.loads(told["description"])
            if known["format"] != FORMAT:
                raise CorruptIndexError(
                    f"{self._name(number)}: format {known['format']}, this version reads {FORMAT}; "
                    "name another store and build it anew: python -m indexer build."
                )
            return Generation(
                number,
                known["root"],
                ModelStamp(*known["model"]),
                known["made"],
                known["swept"],
                int(told["created_timestamp"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise CorruptIndexError(f"{self._name(number)}: is no generation ({error}).") from error

    def publish(self, number: int, root: str, model: ModelStamp, swept: float) -> bool:
        """Publishes a generation, and returns whether it could: another may have come first.

        Raises:
            StoreError: The server did not answer; whether it was published is seen when it does.
        """
        told = {
            "format": FORMAT,
            "root": root,
            "model": [model.name, model.revision, model.dimension],
            "made": time.time(),
            "swept": swept,
            "by": secrets.token_hex(8),
        }
        try:
            self._client.mark(self._name(number), json.dumps(told))
        except StoreError:
            # It may be published all the same, and the answer lost.
            if number not in self.numbers():
                raise
            known = self._client.describe(self._name(number))["description"]
            return bool(json.loads(known) == told)
        return True

    def drop(self, number: int) -> None:
        """Removes a generation; what it alone holds may go."""
        self._client.drop(self._name(number))

    def _name(self, number: int) -> str:
        return f"{self._client.address.name}_g{number}"
