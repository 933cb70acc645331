"""An act converted and read again."""

from pathlib import Path

import pytest

from evaluation.commands.conversions import formats
from evaluation.conversions import Conversion, measure

ACT = Path(__file__).parents[1] / "data" / "acts" / "libraries-law.ru.txt"


def test_a_way_counts_addresses_and_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of HTML gives the whole act back; what lacks its program is named."""
    monkeypatch.setenv("PATH", "")
    found = list(measure(ACT.read_text(encoding="utf-8-sig"), "ru"))
    (html,) = (one for one in found if isinstance(one, Conversion))
    assert html.way == "HTML"
    assert html.passages == html.addresses == html.equal > 20
    assert "DOCX, LibreOffice: no soffice here" in found


def test_the_command_writes_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table goes to the screen and between the markers of a page."""
    page = tmp_path / "page.md"
    page.write_text("<!-- figures:formats -->\n<!-- /figures:formats -->\n")
    formats(ACT, way="HTML", fill_in=page)
    shown = capsys.readouterr().out.strip()
    assert shown.startswith("| way |")
    assert shown in page.read_text()
