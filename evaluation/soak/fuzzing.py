"""Fuzzing: text and files that a fuzzer makes of good ones, guided by which code they reach.

``python -m evaluation.soak.fuzzing TARGET INDEX CORPUS [libFuzzer options]`` runs one target for as
long as it is told; :func:`fuzz` runs it in a process of its own and says what came of it.
"""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from evaluation.errors import MeasurementError, optional
from evaluation.soak.trials import Trials

Target = Callable[[bytes], object]

_SEEDS = ("kk.txt", "ru.txt", "en.txt", "document.toml")
_PIECE = 1_500
_LONGEST = 4_000
_RUNS = re.compile(r"Done (\d+) runs")


def _files(_: Path) -> Target:
    from indexer.errors import DocumentError
    from indexer.parsing import parse, passages
    from indexer.readers import read

    def target(data: bytes) -> None:
        with contextlib.suppress(DocumentError):
            for edition in read(data, "act.bin"):
                list(passages(parse(edition.text), document_id="act", language="ru"))

    return target


def _structure(_: Path) -> Target:
    from indexer.errors import DocumentError
    from indexer.parsing import parse, passages

    def target(data: bytes) -> None:
        with contextlib.suppress(DocumentError):
            list(passages(parse(_text(data)), document_id="act", language="kk"))

    return target


def _references(_: Path) -> Target:
    from indexer.reference import find_references

    return lambda data: find_references(_text(data))


def _questions(index: Path) -> Target:
    from service.engine.engine import load_engine
    from service.errors import RequestError
    from service.settings import Settings

    engine = load_engine(Settings(index=index))

    def target(data: bytes) -> None:
        with contextlib.suppress(RequestError):
            engine.read(_text(data))

    return target


TARGETS: dict[str, Callable[[Path], Target]] = {
    "files": _files,
    "structure": _structure,
    "references": _references,
    "questions": _questions,
}
"""What makes each target, given the folder of an index."""


def fuzz(name: str, index: Path, seeds: Path, seconds: float) -> Trials:
    """Fuzzes one target in a process of its own.

    Args:
        name: One of :data:`TARGETS`.
        index: Folder of an index.
        seeds: Folder of documents, whose texts are the first inputs.
        seconds: How long.

    Raises:
        MeasurementError: atheris is not installed, or the process did not begin.
    """
    optional("atheris")
    with tempfile.TemporaryDirectory(prefix="tarmaq-fuzzing-") as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, piece in enumerate(_pieces(seeds)):
            (corpus / str(number)).write_bytes(piece)
        command = [
            sys.executable, "-m", "evaluation.soak.fuzzing", name, str(index.resolve()),
            str(corpus), f"-max_total_time={max(1, round(seconds))}", f"-max_len={_LONGEST}",
            f"-artifact_prefix={folder}/", "-timeout=60", "-rss_limit_mb=0",
        ]  # fmt: skip
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    found = _RUNS.search(done.stdout)
    if done.returncode == 0 and found:
        runs = int(found[1])
        return Trials(runs, runs, (("read or refused", runs),))
    _, raised, told = done.stdout.partition("=== Uncaught Python exception: ===")
    if not raised and "libFuzzer" not in done.stdout:
        raise MeasurementError(f"fuzzing {name} did not begin: {done.stdout[-500:]}")
    words = " ".join((told or done.stdout[-500:]).split())
    return Trials(1, 0, ((words[:200], 1),))


def _pieces(seeds: Path) -> Iterator[bytes]:
    """Returns the beginnings of paragraphs throughout the texts under ``seeds``."""
    for path in sorted(path for path in seeds.rglob("*") if path.name in _SEEDS):
        text = path.read_text(encoding="utf-8")
        for start in range(0, len(text), _PIECE):
            yield text[start : start + _PIECE].encode()


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="ignore")


def main(name: str, index: str, *options: str) -> None:
    """Runs a target until libFuzzer ends."""
    atheris: Any = optional("atheris")
    with atheris.instrument_imports(include=["indexer", "service"]):
        target = TARGETS[name](Path(index))
    atheris.Setup([sys.argv[0], *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
