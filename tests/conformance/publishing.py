"""Puts documents into a store on Milvus until it fails: ``python publishing.py ADDRESS FOLDER``.

It prints the name of each document before it is put, and ``done`` after.
"""

import sys
from pathlib import Path

import numpy as np

from indexer.building import build, embed, stamp
from indexer.documents.corpus import sources_of
from indexer.documents.passages import Passage
from indexer.errors import StoreError
from indexer.stores.milvus.store import MilvusStore


class Encoder:
    """Embeds by length."""

    name, revision, dimension = "counting", "1", 2

    def encode_queries(self, texts):  # noqa: ANN001, ANN201
        """Returns the length beside 1."""
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    encode_passages = encode_queries


def main(address: str, folder: Path) -> None:
    """Puts documents until the server is gone."""
    store = MilvusStore(address, folder)
    number = 0
    while True:
        number += 1
        name = f"d{number:03}"
        texts = [f"{name} мәтін {'а' * place}" for place in range(200)]
        found = sources_of(
            Passage(name, f"al_{place}", "kk", None, (), text) for place, text in enumerate(texts)
        )
        try:
            say(name)
            if number == 1:
                build(found, store, Encoder())
            else:
                store.put(embed(found, store, Encoder())[0], stamp(Encoder()))
            say("done")
        except StoreError as error:
            say(f"failed {error}")
            return


def say(what: str) -> None:
    """Tells whoever will kill the server."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
