"""Justified lines that a program took for columns and tore."""

import difflib
import shutil
import subprocess
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.readers import read

CONCEPT = Path(__file__).parents[3] / "seeds" / "foreign-policy-2020-2030" / "kk.txt"
JUSTIFIED = "p {text-align: justify; text-indent: 1.25cm; margin: 0}"
Found = Callable[[str], dict[str, str]]


def wrapped() -> list[str]:
    """The lines of the concept as a page of sixty letters has them, without blank ones."""
    paragraphs = CONCEPT.read_text().split("\n")
    return [line for text in paragraphs for line in textwrap.wrap(text, 60)]


def full(lines: list[str]) -> list[int]:
    """The places of pairs of lines in the middle of a sentence, each of at least six words."""
    return [
        i
        for i in range(1, len(lines) - 2)
        if all(len(line.split()) >= 6 and line[0].islower() for line in lines[i : i + 2])
        and all(line[-1].isalpha() for line in lines[i : i + 2])
        and lines[i + 2][0].islower()
    ]


def with_block(lines: list[str], place: int, block: str) -> str:
    """A text with a block of its own after the paragraph that a line is in."""
    end = next(i for i in range(place + 2, len(lines)) if lines[i][-1] in ".;:") + 1
    return "\n".join([*lines[:end], "", block, "", *lines[end:]])


def test_pieces_below_one_another_are_a_line(found: Found) -> None:
    """Words that stand below one another and together fill a line are that line."""
    lines = wrapped()
    whole = found(read("\n".join(lines).encode())[0].text)
    for place in full(lines)[:3]:
        lines[place] = "\n".join(lines[place].split())
    (edition,) = read("\n".join(lines).encode())
    assert found(edition.text) == whole
    assert dict(edition.report.repairs)["torn lines joined"] == 3


def test_a_torn_heading_keeps_its_number(found: Found) -> None:
    """«Статья» and «12.» below one another are the beginning of one heading."""
    sentence = (
        "Документ, подтверждающий государственную регистрацию юридического лица, выдается "
        "регистрирующим органом в порядке, определяемом уполномоченным органом.\n"
    )
    title = "Документ, подтверждающий регистрацию юридического лица"
    act = "".join(f"Статья {n}. {title}\n{sentence * 3}" for n in range(11, 16))
    lines = [line for text in act.split("\n") for line in textwrap.wrap(text, 70)]
    place = lines.index(f"Статья 12. {title}")
    lines[place] = "\n".join(lines[place].split())
    assert found(read("\n".join(lines).encode())[0].text) == found(act)


def test_pieces_in_blocks_of_their_own_are_put_back(found: Found) -> None:
    """Words that stand after the text around their line go where they fill it."""
    lines = wrapped()
    whole = found(read("\n".join(lines).encode())[0].text)
    place = full(lines)[0]
    first, second, *others = lines[place].split()
    lines[place] = f"{first} {second}"
    text = with_block(lines, place, "\n\n".join(others))
    assert found(read(text.encode())[0].text) == whole


def test_a_block_of_several_pieces_is_a_column(found: Found) -> None:
    """Its first line goes on with the first torn line, its second with the next."""
    lines = wrapped()
    whole = found(read("\n".join(lines).encode())[0].text)
    place = full(lines)[0]
    ends = []
    for index in (place, place + 1):
        words = lines[index].split()
        lines[index] = " ".join(words[:2])
        ends.append(" ".join(words[2:]))
    text = with_block(lines, place, "\n".join(ends))
    assert found(read(text.encode())[0].text) == whole


@pytest.mark.tools
@pytest.mark.parametrize("by", ["printed", "office"])
def test_the_concept_survives_pdftotext(
    by: str, page: Callable[..., bytes], found: Found, request: pytest.FixtureRequest
) -> None:
    """Poppler tears lines and drops hyphens; all addresses come back, nearly all passages."""
    if (program := shutil.which("pdftotext")) is None:
        pytest.skip("Poppler is not installed; on Debian: apt-get install poppler-utils")
    lines = [line.strip() for line in CONCEPT.read_text().split("\n") if line.strip()]
    source = page(*lines, style=JUSTIFIED)
    arguments = (source,) if by == "printed" else (source, "html", "pdf:writer_web_pdf_Export")
    data = request.getfixturevalue(by)(*arguments)
    text = subprocess.run([program, "-", "-"], input=data, capture_output=True, check=True).stdout
    again, original = found(read(text)[0].text), found(CONCEPT.read_text())
    alike = [
        eid
        for eid in original
        if difflib.SequenceMatcher(None, original[eid], again[eid], autojunk=False).ratio() >= 0.95
    ]
    assert len(alike) >= 126, set(original) - set(alike)
