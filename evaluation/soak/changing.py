"""Changes a store at random until it is killed.

``python -m evaluation.soak.changing FOLDER SEED MOMENT``

It prints each change before it begins, as JSON: the texts by document that the store then holds.
``MOMENT`` is ``publishing``: then it says ``derived`` and waits when the search files of the second
change are written and nothing is committed yet.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from indexer.building import embed, stamp
from indexer.documents.corpus import sources_of
from indexer.documents.passages import Passage
from indexer.stores.catalogue import Writer
from indexer.stores.embedded import EmbeddedStore


class Encoder:
    """Embeds by length."""

    name, revision, dimension = "counting", "1", 2

    def encode_queries(self, texts: Any) -> Any:
        """Returns the length beside 1."""
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    encode_passages = encode_queries


def main(folder: Path, seed: int, moment: str) -> None:
    """Changes the store for ever."""
    store, random = EmbeddedStore(folder), np.random.default_rng(seed)
    held: dict[str, list[str]] = json.loads(sys.stdin.readline())
    if moment == "publishing":
        Writer.publish = waiting  # type: ignore[method-assign,assignment]
    while True:
        name = f"d{random.integers(4)}"
        if name in held and len(held) > 1 and random.random() < 0.4:
            after = {other: texts for other, texts in held.items() if other != name}
            say(after)
            store.remove([name])
        else:
            word = f"{name} {random.integers(10**9)} "
            texts = [f"{word}{n}" for n in range(random.integers(1, 150))]
            after = {**held, name: texts}
            found = sources_of(
                Passage(name, f"al_{n}", "kk", None, (), text) for n, text in enumerate(texts)
            )
            encoder: Any = Encoder()
            indexed, _ = embed(found, store, encoder)
            say(after)
            store.put(indexed, stamp(encoder))
        held = after
        say("done")


def say(what: Any) -> None:
    """Tells whoever will kill."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def waiting(*_: object) -> None:
    """Stands where the generation would be published."""
    say("derived")
    time.sleep(600)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
