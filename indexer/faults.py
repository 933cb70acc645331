"""Why a document cannot be read or taken in."""

from dataclasses import dataclass

from indexer.sentences import Told


@dataclass(frozen=True, slots=True)
class Fault(Told):
    """What is wrong with a document."""

    FILE = "faults.toml"
