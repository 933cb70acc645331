"""Checks what Tarmaq needs to run."""

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires
from importlib.metadata import version as version_of
from pathlib import Path

from packaging.requirements import Requirement

from indexer.errors import TarmaqError
from indexer.locations import NAME, is_writable, version

_TESTED = ((3, 11), (3, 12), (3, 13))


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes:
        subject: What was checked.
        is_sound: Whether it is as it must be.
        text: What it is, or what to do.
    """

    subject: str
    is_sound: bool
    text: str


def examine() -> Iterator[Finding]:
    """Yields the findings; what depends on something that is missing is left out."""
    yield _python()
    packages = _packages()
    yield packages
    if not packages.is_sound:
        return
    from service.settings import read_settings

    try:
        settings = read_settings()
    except TarmaqError as error:
        yield Finding("settings", False, str(error))
        return
    yield Finding("settings", True, f"index {settings.index}, models {settings.models}")
    yield _model(settings.models, settings.index)
    yield _index(settings.store, settings.index)
    yield _port(settings.host, settings.port)


def _python() -> Finding:
    tested = sys.version_info[:2] in _TESTED
    text = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding("Python", True, text if tested else f"{text}, with which nobody has tested it")


def _packages() -> Finding:
    try:
        needed = [Requirement(line) for line in requires(NAME) or []]
    except PackageNotFoundError:
        return Finding("packages", False, "tarmaq is not installed here: pip install tarmaq")
    wrong = []
    for requirement in needed:
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version_of(requirement.name)
        except PackageNotFoundError:
            wrong.append(f"{requirement} is missing")
            continue
        if not requirement.specifier.contains(found, prereleases=True):
            wrong.append(f"{requirement} is needed, {found} is installed")
    if wrong:
        return Finding("packages", False, f"{'; '.join(wrong)}: pip install --upgrade tarmaq")
    return Finding("packages", True, f"tarmaq {version()} with all that it needs")


def _model(models: Path, index: Path) -> Finding:
    from indexer.embedding.encoders import load_encoder
    from indexer.embedding.models import find_model

    weights = index.parent / "weights"
    if not is_writable(weights):
        text = f"{weights} cannot be written: own it, or set TARMAQ_INDEX to another folder"
        return Finding("model", False, text)
    try:
        encoder = load_encoder(find_model(models), weights)
        encoder.encode_queries(["тармақ"])
    except TarmaqError as error:
        return Finding("model", False, str(error))
    return Finding("model", True, f"{encoder.name}, {encoder.dimension} dimensions")


def _index(address: str, index: Path) -> Finding:
    from indexer.stores.opening import open_store

    try:
        store = open_store(address, index)
        if not store.exists():
            return Finding("index", True, f"{store.name}: none yet; tarmaq serve makes one")
        snapshot = store.snapshot()
    except TarmaqError as error:
        return Finding("index", False, str(error))
    held = f"{len(snapshot.documents)} documents, {len(snapshot)} passages"
    return Finding("index", True, f"{store.name}: {held}; tarmaq check reads all of it")


def _port(host: str, port: int) -> Finding:
    from service.http.listening import AddressError, listen

    try:
        listen(host, port).close()
    except AddressError as error:
        return Finding("port", False, f"{error} Tarmaq itself may run there already.")
    return Finding("port", True, f"{host}:{port} is free")
