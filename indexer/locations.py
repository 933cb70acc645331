"""Where things are: in a checkout beside the code, else in the package and the user's folder."""

import os
from importlib.metadata import PackageNotFoundError, requires
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Final

import platformdirs

NAME: Final = "tarmaq"
"""Name of the distribution, and of the user's folder."""

_ROOT = Path(__file__).resolve().parent.parent
_PACKAGED = Path(__file__).resolve().parent / "data"
_DISTRIBUTIONS = {
    "PIL": "pillow",
    "docx": "python-docx",
    "opentelemetry": "opentelemetry-sdk",
    "sklearn": "scikit-learn",
}


def in_checkout() -> bool:
    """Whether the code that runs lies in a checkout, not in an installed wheel."""
    return (_ROOT / "pyproject.toml").is_file() and (_ROOT / "seeds").is_dir()


def data_folder() -> Path:
    """Returns where the index and what is derived from the models are kept by default.

    Of an account without a home it is a folder of the one in which the program runs.

    Source: XDG Base Directory Specification, through ``platformdirs``.
    """
    if in_checkout():
        return _ROOT / "build"
    try:
        return platformdirs.user_data_path(NAME, appauthor=False)
    except RuntimeError:
        # An account without a home, such as a number that a container is told to run as.
        return Path.cwd() / NAME


def index_folder() -> Path:
    """Returns the folder of the index where none is named."""
    return data_folder() / "index"


def models_file() -> Path:
    """Returns the list of models where none is named."""
    return (_ROOT if in_checkout() else _PACKAGED) / "models.txt"


def seeds_folder() -> Path:
    """Returns the documents that Tarmaq brings."""
    return (_ROOT if in_checkout() else _PACKAGED) / "seeds"


def version() -> str:
    """Returns Tarmaq's version; pyproject.toml states it."""
    try:
        return version_of(NAME)
    except PackageNotFoundError:
        return "0+uninstalled"


def extra_of(module: str) -> str | None:
    """Returns the extra of pyproject.toml that brings a module; None where none does."""
    # Only a module that is missing asks for it.
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    top = module.partition(".")[0]
    wanted = canonicalize_name(_DISTRIBUTIONS.get(top, top))
    try:
        lines = requires(NAME) or []
    except PackageNotFoundError:
        return None
    for requirement in map(Requirement, lines):
        if requirement.marker is not None and canonicalize_name(requirement.name) == wanted:
            return str(requirement.marker).rpartition("==")[2].strip(" \"'")
    return None


def is_writable(folder: Path) -> bool:
    """Whether files can be written to a folder, or the folder be made."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK)
