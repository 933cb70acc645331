from pathlib import Path

from indexer.languages.listing import by_hand_name, entries, listed


def _write(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_remarks_and_empty_lines_are_no_entries(tmp_path: Path) -> None:
    """A remark may fill a line or follow an entry."""
    _write(tmp_path, "list.tsv", "# a list", "", "ана\t5\t# reviewed A. Name", "ата\t4")
    assert list(listed(tmp_path / "list.tsv")) == ["ана\t5", "ата\t4"]


def test_an_entry_by_hand_replaces_that_of_the_list(tmp_path: Path) -> None:
    """The first cell tells which, whatever its case; the place stays."""
    _write(tmp_path, "list.tsv", "Ана\t5", "ата\t4")
    _write(tmp_path, "list.hand.tsv", "ана\t9")
    assert entries(tmp_path, "list.tsv") == [["ана", "9"], ["ата", "4"]]


def test_an_entry_by_hand_is_added(tmp_path: Path) -> None:
    """One that the list lacks comes after it."""
    _write(tmp_path, "list.tsv", "ата\t4")
    _write(tmp_path, "list.hand.tsv", "ана\t9")
    assert entries(tmp_path, "list.tsv") == [["ата", "4"], ["ана", "9"]]


def test_an_entry_is_removed_by_hand(tmp_path: Path) -> None:
    """A minus before its first cell takes it out."""
    _write(tmp_path, "list.tsv", "ана\t5", "ата\t4")
    _write(tmp_path, "list.hand.tsv", "-ана")
    assert entries(tmp_path, "list.tsv") == [["ата", "4"]]


def test_a_list_may_be_by_hand_only_or_absent(tmp_path: Path) -> None:
    """Nothing by hand, nothing else: no entries."""
    assert entries(tmp_path, "list.tsv") == []
    _write(tmp_path, "list.hand.tsv", "ана\t9")
    assert entries(tmp_path, "list.tsv") == [["ана", "9"]]


def test_the_name_of_a_list_by_hand() -> None:
    """The ending of the name stays."""
    assert by_hand_name("frequent.tsv") == "frequent.hand.tsv"
