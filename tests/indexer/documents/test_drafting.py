"""Tests of descriptions drafted for a folder of acts."""

from pathlib import Path

from indexer.documents.description import read_document
from indexer.documents.drafting import describe_folders

RUSSIAN = """Трудовой кодекс Республики Казахстан

Кодекс Республики Казахстан от 23 ноября 2015 года № 414-V

Статья 1. Цель
Настоящий Кодекс регулирует труд.
"""
KAZAKH = """Қазақстан Республикасының Еңбек кодексі

Қазақстан Республикасының 2015 жылғы 23 қарашадағы № 414-V Кодексі

1-бап. Мақсат
Осы Кодекс еңбекті реттейді.
"""
UNTITLED = """Статья 1. Цель
Настоящий Закон регулирует пчеловодство.
"""


def test_every_act_of_a_folder_is_drafted(tmp_path: Path) -> None:
    """Texts of one act make one description; what none says is left to be done."""
    for name, files in (
        ("bees", {"ru.txt": UNTITLED}),
        ("labour", {"kk.txt": KAZAKH, "ru.txt": RUSSIAN}),
    ):
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(text, encoding="utf-8")
    bees, labour = describe_folders(tmp_path)
    assert "title" in bees
    assert "number" in bees
    assert labour.endswith("drafted")
    document = read_document(tmp_path / "labour")
    assert document.uri == "/akn/kz/act/code/2015-11-23/414-V"
    assert document.title.kk == "Қазақстан Республикасының Еңбек кодексі"
    assert document.title.ru == "Трудовой кодекс Республики Казахстан"
    assert "ТК" in document.names["ru"]
    assert "ЕК" in document.names["kk"]
    assert document.languages == ("kk", "ru")
    assert read_document(tmp_path / "bees").kind == "law"


def test_a_description_that_is_there_is_kept(tmp_path: Path) -> None:
    """What a person wrote is never written over."""
    (tmp_path / "bees").mkdir()
    (tmp_path / "bees" / "ru.txt").write_text(UNTITLED, encoding="utf-8")
    (tmp_path / "bees" / "document.toml").write_text("own", encoding="utf-8")
    (line,) = describe_folders(tmp_path)
    assert "kept" in line
    assert (tmp_path / "bees" / "document.toml").read_text(encoding="utf-8") == "own"
