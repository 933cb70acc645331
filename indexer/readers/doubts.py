"""What a person should look at in what was read."""

from dataclasses import dataclass

from indexer.sentences import Told


@dataclass(frozen=True, slots=True)
class Doubt(Told):
    """Something that a person should look at."""

    FILE = "readers/doubts.toml"


def left_out(notes: int) -> tuple[Doubt, ...]:
    """What is to be said of footnotes that are in no text."""
    return (Doubt.of("footnotes", count=notes),) if notes else ()
