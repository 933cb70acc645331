"""Errors of measuring.

::

    TarmaqError
    ├── DatasetError       a dataset, run, qrels or measurement cannot be used; file and line
    └── MeasurementError   what is measured cannot be asked, or an optional library is missing
"""

import importlib
from typing import Any

from indexer.errors import TarmaqError


class DatasetError(TarmaqError):
    """A dataset, run or qrels file cannot be used; the message names file and line."""


class MeasurementError(TarmaqError):
    """What is measured does not answer, or a library that is needed is not installed."""


def optional(name: str) -> Any:
    """Imports a library that only measuring needs.

    Raises:
        MeasurementError: It is not installed; says how to install it.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        library = name.partition(".")[0]
        raise MeasurementError(
            f"{library} is not installed here ({error}); pip install 'tarmaq[evaluation]'."
        ) from error
