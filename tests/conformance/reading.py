"""Reads a store on Milvus until it is told to end: ``python reading.py ADDRESS FOLDER``.

Every generation must be whole: texts of one document of one version, and their own vectors. It
prints the numbers of the generations that it saw.
"""

import sys
import threading
from pathlib import Path

import numpy as np

from indexer.stores.milvus.store import MilvusStore


def main(address: str, folder: Path) -> None:
    """Reads until a line comes in."""
    store, seen, ended = MilvusStore(address, folder), [], threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), ended.set()), daemon=True).start()
    query = np.array([1, 0], dtype=np.float32)
    while not ended.is_set():
        snapshot = store.snapshot()
        passages = snapshot.passages(range(len(snapshot)))
        for edition in snapshot.editions:
            own = passages[edition.start : edition.stop]
            versions = {passage.text.split()[1] for passage in own}
            assert len(versions) == 1, versions
            assert len(own) == int(versions.pop())
        lengths = snapshot.similarities(query, np.arange(len(snapshot)))
        assert lengths.tolist() == [len(passage.text) for passage in passages]
        rows, _ = snapshot.nearest(query, len(snapshot))
        assert sorted(rows.tolist()) == list(range(len(snapshot)))
        if snapshot.generation not in seen:
            seen.append(snapshot.generation)
            sys.stdout.write(f"{snapshot.generation}\n")
            sys.stdout.flush()
    sys.stdout.write("whole\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
