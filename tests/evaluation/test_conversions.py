"""An act converted and read again."""

import itertools
from pathlib import Path

import pytest

from evaluation.commands.conversions import formats
from evaluation.conversions import Conversion, measure
from evaluation.register import register_page

ACT = Path(__file__).parents[1] / "data" / "acts" / "libraries-law.ru.txt"


def test_a_way_counts_addresses_and_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    """What needs no program gives the whole act back; what lacks its program is named."""
    monkeypatch.setenv("PATH", "")
    found = list(measure(ACT.read_text(encoding="utf-8-sig"), "ru"))
    html, akn = (one for one in found if isinstance(one, Conversion))
    assert (html.way, akn.way) == ("HTML", "Akoma Ntoso")
    for one in (html, akn):
        assert one.passages == one.addresses == one.equal > 20
        assert one.extra == 0
    assert "DOCX, LibreOffice: no soffice here" in found


def test_the_command_writes_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table goes to the screen and between the markers of a page."""
    page = tmp_path / "page.md"
    page.write_text("<!-- figures:formats -->\n<!-- /figures:formats -->\n")
    formats(ACT, way="HTML", fill_in=page)
    shown = capsys.readouterr().out.strip()
    assert shown.startswith("| way |")
    assert shown in page.read_text()


def test_a_folder_of_dumps_is_summed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each dump of a folder is taken the way, and one row tells of all."""
    for language in ("kk", "ru"):
        folder = tmp_path / "act"
        folder.mkdir(exist_ok=True)
        dump = ACT.with_name(f"roads-dump.{language}.txt").read_bytes()
        (folder / f"{language}.txt").write_bytes(dump)
    formats(tmp_path, way="HTML")
    shown = capsys.readouterr()
    counts = [line for line in shown.err.splitlines() if line.startswith("act, ")]
    assert len(counts) == 2
    row = shown.out.strip().splitlines()[-1].split(" | ")
    assert row[1] == row[2] == row[3]
    assert row[4].startswith("0")


def test_a_dump_is_set_as_its_page() -> None:
    """Lines that a link broke are one paragraph, whose link is one again; a heading is one."""
    dump = (
        "Статья 1. Сады\n\n      Сад учитывают согласно \nстатье 5\n Закона.\n\n"
        "      Президент\nРеспублики Казахстан\n"
    )
    page = register_page(dump).decode()
    assert "<h3>Статья 1. Сады</h3>" in page
    assert 'согласно <a href="/rus/docs/">статье 5</a> Закона.</p>' in page
    assert "Президент<br>" in page


@pytest.mark.parametrize("way", ["HTML", "Akoma Ntoso"])
def test_dumps_of_real_acts_come_back(shared: Path, way: str) -> None:
    """The ten smallest dumps give all their passages; the command takes all of them."""
    dumps = sorted((shared / "data" / "acts").glob("*/*.txt"), key=lambda path: path.stat().st_size)
    for path in itertools.islice(dumps, 10):
        language = "kk" if path.stem == "kk" else "ru"
        text = path.read_bytes().decode()
        (found,) = (
            one for one in measure(text, language, way, register_page) if not isinstance(one, str)
        )
        assert found.addresses == found.equal == found.passages, path
        assert found.extra == 0, path
