"""Libraries that only some formats need."""

import importlib
from typing import Any

from indexer.errors import DocumentError
from indexer.faults import Fault


def require(module: str) -> Any:
    """Imports a library of the ``documents`` extra.

    Raises:
        DocumentError: It is not installed; says how to install it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise DocumentError(Fault.of("library", library=module.partition(".")[0])) from error
