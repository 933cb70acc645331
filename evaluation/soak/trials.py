"""Trials of the store: processes that are killed, bits that are wrong, files that end early."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.errors import CorruptIndexError
from indexer.stores.base import Snapshot
from indexer.stores.embedded import EmbeddedStore

LONGEST = 0.5
"""Seconds from the beginning of a change to the latest kill."""

Held = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Trials:
    """What came of trials of one kind.

    Attributes:
        run: How many there were.
        survived: How many ended as promised.
        outcomes: What each of those was.
    """

    run: int
    survived: int
    outcomes: tuple[tuple[str, int], ...]


def held_by(folder: Path) -> Held:
    """Returns the texts of the newest generation by document.

    Raises:
        AssertionError: Its vectors are not theirs.
    """
    store = EmbeddedStore(folder)
    if not store.generation():
        return {}
    snapshot = store.snapshot()
    passages = snapshot.passages(range(len(snapshot)))
    query = np.array([1, 0], dtype=np.float32)
    lengths = snapshot.similarities(query, np.arange(len(snapshot))).tolist()
    if lengths != [len(passage.text) for passage in passages]:
        raise AssertionError("vectors are not those of the texts")
    found: Held = {name: [] for name in snapshot.documents}
    for passage in passages:
        found[passage.document_id].append(passage.text)
    return found


def killed(folder: Path, seed: int, held: Held, moment: str) -> tuple[Held, Held]:
    """Kills a process that changes a store; returns what is held before and after its change."""
    random = np.random.default_rng(seed)
    before = after = held
    with subprocess.Popen(
        [sys.executable, "-m", "evaluation.soak.changing", str(folder), str(seed), moment],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(held) + "\n")
        process.stdin.flush()
        changes = int(random.integers(1, 4)) if moment == "anywhere" else 1
        while changes:
            told = json.loads(process.stdout.readline())
            if told == "done":
                before = after
                continue
            if told == "derived":
                break
            before, after = after, told
            changes -= moment == "anywhere"
        if moment == "anywhere":
            time.sleep(float(random.uniform(0, LONGEST)))
        process.kill()
        for line in process.stdout:
            # It may die in the middle of a line: what that line tells of has not begun.
            if line.endswith("\n"):
                told = json.loads(line)
                before, after = (after, after) if told == "done" else (after, told)
    return before, after


def kills(folder: Path, count: int) -> Trials:
    """Kills a process that changes the store in ``folder``, again and again."""
    held, outcomes, survived = Held(), Counter[str](), 0
    for seed in range(count):
        # Every third process dies when search files are written, and nothing is committed.
        moment = "publishing" if seed % 3 == 2 else "anywhere"
        before, after = killed(folder, seed, held, moment)
        store = EmbeddedStore(folder)
        now = held_by(folder)
        whole = now == before if moment == "publishing" else now in (before, after)
        survived += whole and (not store.generation() or store.check() == ())
        cut = "before the change" if now == before else "after it"
        outcomes[cut if before != after else "between changes"] += 1
        held = now
    return Trials(count, survived, tuple(outcomes.most_common()))


def damages(whole: Path, work: Path, count: int, kind: str) -> Trials:
    """Turns one bit of a file of a store, or cuts the file off, again and again.

    Args:
        whole: A store; it is left as it is.
        work: Folder for copies.
        count: Number of trials.
        kind: ``bit`` or ``end``.
    """
    expected = shown(EmbeddedStore(whole).snapshot())
    outcomes, survived = Counter[str](), 0
    for seed in range(count):
        random = np.random.default_rng(seed)
        folder = work / f"{kind}-{seed}"
        shutil.copytree(whole, folder, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
        # Half of the trials are of the largest file, which everything is derived from.
        path = max(files, key=lambda file: file.stat().st_size) if seed % 2 else (
            files[int(random.integers(len(files)))]
        )  # fmt: skip
        content = bytearray(path.read_bytes())
        place = int(random.integers(len(content)))
        if kind == "bit":
            content[place] ^= 1 << int(random.integers(8))
        else:
            del content[place:]
        path.write_bytes(content)
        try:
            right = shown(EmbeddedStore(folder).snapshot()) == expected
            outcomes["nothing changed, or derived again" if right else "shown wrong"] += 1
            survived += right
        except CorruptIndexError as error:
            named = str(folder) in str(error)
            outcomes["refused and named" if named else "refused, not named"] += 1
            survived += named
        shutil.rmtree(folder)
    return Trials(count, survived, tuple(outcomes.most_common()))


def shown(snapshot: Snapshot) -> tuple[object, ...]:
    """Returns all that a generation shows."""
    rows = np.arange(len(snapshot))
    query = np.ones(snapshot.model.dimension, dtype=np.float32)
    return (
        snapshot.passages(rows.tolist()),
        snapshot.similarities(query, rows).tolist(),
        [snapshot.outline(edition) for edition in snapshot.editions],
        snapshot.statistics.spread,
        snapshot.statistics.definitions,
    )
