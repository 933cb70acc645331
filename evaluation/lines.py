"""Reads files of lines, so that every error names the file and the line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.errors import DatasetError


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yields the lines that are not blank, with their numbers from 1.

    Raises:
        DatasetError: The file cannot be read.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read ({error}).") from error
    # Not splitlines(): U+2028 and its like may stand inside a JSON string.
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def read_objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yields the JSON objects of a file with one a line, with their line numbers.

    Raises:
        DatasetError: The file cannot be read, or a line is no JSON object.
    """
    for number, line in read_lines(path):
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise DatasetError(f"{path}:{number}: not JSON: {error.msg}.") from error
        if not isinstance(record, dict):
            raise DatasetError(f"{path}:{number}: not a JSON object.")
        yield number, record
