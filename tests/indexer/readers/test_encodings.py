"""Encodings of plain text."""

import pytest

from indexer.errors import DocumentError
from indexer.readers import read

KAZAKH = "1-тарау. Жалпы ережелер\n1. Қазақстан Республикасының сыртқы саясаты әділ және ұтымды.\n"
RUSSIAN = "Глава 1. Общие положения\n1. Внешняя политика Республики Казахстан.\n"


@pytest.mark.parametrize(
    ("text", "encoding", "known"),
    [
        (KAZAKH, "utf-8", "utf-8"),
        (KAZAKH, "utf-8-sig", "utf-8-sig"),
        (KAZAKH, "utf-16", "utf-16"),
        (KAZAKH, "utf-16-le", "utf-16-le"),
        (KAZAKH, "utf-16-be", "utf-16-be"),
        (KAZAKH, "kz1048", "kz1048"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "cp866", "cp866"),
        (RUSSIAN, "koi8_r", "koi8_r"),
    ],
)
def test_an_encoding_is_told_by_the_words(text: str, encoding: str, known: str) -> None:
    """The letters come out whole, and the report names the encoding."""
    (edition,) = read(text.encode(encoding))
    assert edition.text.split("\n") == text.strip().split("\n")
    assert edition.report.encoding == known


def test_kazakh_decoded_as_windows_1251_is_repaired() -> None:
    """«ќазаќ», saved as UTF-8 after the wrong decoding, becomes «қазақ» again."""
    wrong = KAZAKH.encode("kz1048").decode("cp1251")
    assert "ќ" in wrong
    (edition,) = read(wrong.encode())
    assert edition.text.split("\n") == KAZAKH.strip().split("\n")
    assert dict(edition.report.repairs)["letters of a wrong encoding"] >= 5


def test_utf8_decoded_as_windows_1251_is_repaired() -> None:
    """A text that was decoded twice becomes readable again."""
    (edition,) = read(RUSSIAN.encode().decode("cp1251", "strict").encode())
    assert edition.text.split("\n") == RUSSIAN.strip().split("\n")


def test_letters_of_another_language_are_refused() -> None:
    """Serbian or Ukrainian letters that give no Kazakh words are not guessed at."""
    ukrainian = "Їхній єдиний ґанок. Її ґедзь їсть, є їжа, їздець, ґрунт, їжак, європа, єнот.\n" * 3
    with pytest.raises(DocumentError, match="neither Kazakh nor Russian"):
        read(ukrainian.encode())


def test_text_cut_off_inside_a_letter_is_refused() -> None:
    """A truncated download says so."""
    with pytest.raises(DocumentError, match="cut off"):
        read(KAZAKH.strip().rstrip(".").encode()[:-1])


def test_bytes_in_no_encoding_are_refused() -> None:
    """Bytes that give no words in any encoding are no text."""
    with pytest.raises(DocumentError, match="no encoding"):
        read(bytes(range(0x80, 0x100)) * 40)
