from pathlib import Path

import pytest

from evaluation.errors import DatasetError
from evaluation.figures import fill, table

TEXT = """# Title
<!-- figures:accuracy -->
old
<!-- /figures:accuracy -->
between
<!-- figures:peers -->
<!-- /figures:peers -->
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A file with two markers."""
    path = tmp_path / "README.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_only_what_stands_between_markers_changes(page: Path) -> None:
    """Tables are replaced, everything else stays; filling again changes nothing."""
    makers = {"accuracy": lambda: "new\n", "peers": lambda: "| a |"}
    fill(page, makers)
    once = page.read_text(encoding="utf-8")
    fill(page, makers)

    assert once == TEXT.replace("old", "new").replace("peers -->\n<", "peers -->\n| a |\n<")
    assert page.read_text(encoding="utf-8") == once


def test_one_table_can_be_made_alone(page: Path) -> None:
    """A table that is not asked for is not made."""
    fill(page, {"accuracy": lambda: "new", "peers": lambda: pytest.fail("made")}, ["accuracy"])

    assert "new" in page.read_text(encoding="utf-8")


def test_a_marker_without_a_maker_is_an_error(page: Path) -> None:
    """The error names the table."""
    with pytest.raises(DatasetError, match="no table 'peers'"):
        fill(page, {"accuracy": lambda: ""})


def test_a_marker_that_is_not_closed_is_an_error(page: Path) -> None:
    """Half a marker would swallow text."""
    page.write_text(TEXT.replace("<!-- /figures:accuracy -->", ""), encoding="utf-8")

    with pytest.raises(DatasetError, match="not closed"):
        fill(page, {"accuracy": lambda: "", "peers": lambda: ""})
    assert "old" in page.read_text(encoding="utf-8")


def test_a_table_is_markdown() -> None:
    """Figures are aligned to the right."""
    assert table(("a", "b"), [("x", "1")]) == "| a | b |\n| --- | ---: |\n| x | 1 |\n"
