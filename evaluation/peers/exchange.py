"""What a peer is given and what it returns; standard library only."""

import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Search = Callable[[str, int], Sequence[tuple[int, float]]]
"""Takes a question and k; returns rows of passages with scores, best first."""


def serve(build: Callable[[list[str], str], Search]) -> None:
    """Builds a peer from the task on standard input, asks it everything, writes the results.

    Args:
        build: Takes the passages' texts and the folder of the model (for Tarmaq itself: of the
            index); returns the search.
    """
    # Libraries print progress: only the result may reach standard output.
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    task = json.load(sys.stdin)
    start = time.perf_counter()
    search = build([passage["text"] for passage in task["passages"]], task["model"])
    setup = time.perf_counter() - start
    search(task["queries"][0]["text"], task["k"])
    found, milliseconds = {}, {}
    for query in task["queries"]:
        start = time.perf_counter()
        hits = search(query["text"], task["k"])
        milliseconds[query["id"]] = (time.perf_counter() - start) * 1000
        found[query["id"]] = [(task["passages"][row]["id"], float(score)) for row, score in hits]
    json.dump(
        {
            "found": found,
            "milliseconds": milliseconds,
            "setup_seconds": setup,
            "peak_mib": peak_mib(),
        },
        output,
    )
    output.flush()


def peak_mib() -> float:
    """Returns the most memory that this process has held, in MiB; NaN where Linux is not."""
    # Not getrusage: its peak begins with that of the process that started this one.
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    match = re.search(r"VmHWM:\s*(\d+) kB", status)
    return int(match[1]) / 1024 if match else float("nan")
