"""Run files of TREC: ``query-id Q0 passage-id rank score tag``, one passage a line."""

from pathlib import Path

from evaluation.metrics import Run


def write_run(path: Path, run: Run, tag: str) -> None:
    """Writes ``run`` to ``path``; white space in ``tag`` becomes ``_``."""
    name = "_".join(tag.split())
    with path.open("w", encoding="utf-8") as file:
        for query_id, passages in run.items():
            for rank, (passage_id, score) in enumerate(passages, start=1):
                file.write(f"{query_id} Q0 {passage_id} {rank} {score:.6f} {name}\n")
