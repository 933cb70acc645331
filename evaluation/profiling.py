"""What a question costs, stage by stage, above the floor that the bare engine sets."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tqdm import tqdm

from indexer.embedding.encoders import Encoder
from service.engine.engine import Engine
from service.observation.stages import Observer, Stage, observe


@dataclass(frozen=True, slots=True)
class Profile:
    """Processor time of a question, in milliseconds: the mean over the questions.

    Attributes:
        floor: The bare engine's embedding of it.
        stages: Those of the service, by name; ``other`` is what lies between them.
        whole: All of them.
    """

    floor: float
    stages: dict[str, float]
    whole: float


class _Clock(Observer):
    """Adds up the processor time of each stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: Stage) -> Iterator[None]:
        """Times a stage; one inside another is its own."""
        before, start = sum(self.seconds.values()), time.process_time()
        yield
        inner = sum(self.seconds.values()) - before
        self.seconds[name] += time.process_time() - start - inner


def profile(texts: Sequence[str], engine: Engine, floor: Encoder) -> Profile:
    """Asks every question once in this process, in turn with the bare engine.

    Args:
        texts: The questions.
        engine: An engine that keeps no answers.
        floor: The bare engine.
    """
    engine.ask(texts[0])
    floor.encode_queries([texts[0]])
    clock = _Clock()
    observe(clock)
    bare = whole = 0.0
    for text in tqdm(texts, unit="question", disable=None, leave=False):
        start = time.process_time()
        floor.encode_queries([text])
        middle = time.process_time()
        engine.ask(text)
        bare += middle - start
        whole += time.process_time() - middle
    observe(Observer())
    stages = {name: 1000 * seconds / len(texts) for name, seconds in clock.seconds.items()}
    share = 1000 / len(texts)
    stages["other"] = share * whole - sum(stages.values())
    return Profile(share * bare, stages, share * whole)
