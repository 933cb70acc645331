"""The structure parser on acts in English."""

import pytest

from indexer.documents.passages import Passage
from indexer.parsing import parse, passages

ORDER = """I HEREBY ORDER:
1. The attached Rules of the School Canteen shall be approved.
2. This Order shall come into force on 1 September 2024.
Rules of the School Canteen
Chapter 1. General provisions
1. These Rules govern the work of the canteen.
2. The canteen provides:
1) breakfast;
2) lunch.
Paragraph 1. Cleanliness
3. The canteen is washed every day.
Chapter 2. Control
Control rests with the following persons:
parents;
teachers.
1. Priorities of control
1.1. the freshness of products;
1.2. the cleanliness of dishes.
Means of control
Parents visit the canteen.
Annex 1
1. Form of application.
2. Form of report."""

LAW = """SECTION II. GENERAL PART
CHAPTER I
General provisions
Article 1. Basic concepts
The following concepts are used in this Law:
1) library – an organisation that lends books;
1-1) digital fund – publications in electronic form.
Article 2. Guarantees
1. Books are lent to every reader.
Article 52 of the Constitution applies.
2. Loans are free of charge.
Section III. Special part
Subsection 1. Readers
Article 2-1. Complaints
A complaint is considered within three days."""


def read(text: str) -> tuple[Passage, ...]:
    """The passages of a text."""
    return passages(parse(text), document_id="act", language="en")


def test_order_that_approves_rules() -> None:
    """The formula, chapters, paragraphs, sections and annexes are read as in Kazakh."""
    found = read(ORDER)
    assert [passage.eid for passage in found] == [
        *("decree__para_1", "decree__para_2"),
        *("chp_1__para_1", "chp_1__para_2", "chp_1__para_2__point_1", "chp_1__para_2__point_2"),
        "chp_1__para_3",
        *("chp_2__al_1", "chp_2__al_2", "chp_2__al_3"),
        *("chp_2__sec_1__para_1-1", "chp_2__sec_1__para_1-2", "chp_2__sec_nn_1__al_1"),
        *("annex_1__para_1", "annex_1__para_2"),
    ]
    paths = {passage.eid: passage.heading_path for passage in found}
    assert paths["chp_1__para_3"] == ("Chapter 1. General provisions", "Paragraph 1. Cleanliness")
    assert paths["chp_2__sec_1__para_1-1"] == ("Chapter 2. Control", "1. Priorities of control")
    assert paths["annex_1__para_1"] == ("Annex 1",)


def test_law_with_sections_and_articles() -> None:
    """Sections nest as divisions, Roman numerals are read, a reference is no heading."""
    found = read(LAW)
    assert [passage.eid for passage in found] == [
        *("art_1__al_1", "art_1__point_1", "art_1__point_1-1"),
        *("art_2__para_1", "art_2__para_1__al_1", "art_2__para_2"),
        "art_2-1__al_1",
    ]
    assert found[0].heading_path == (
        "SECTION II. GENERAL PART",
        "CHAPTER I. General provisions",
        "Article 1. Basic concepts",
    )
    assert found[6].heading_path == (
        "Section III. Special part",
        "Subsection 1. Readers",
        "Article 2-1. Complaints",
    )


@pytest.mark.parametrize(
    ("heading", "eid"),
    [
        ("Chapter 4. Title", "chp_4__al_1"),
        ("CHAPTER 4\nTitle", "chp_4__al_1"),
        ("Chapter IV. Title", "chp_4__al_1"),
        ("Article 4-1. Title", "art_4-1__al_1"),
        ("Annex No. 4\nto the Rules", "annex_4__al_1"),
        ("Appendix to the Rules", "annex_1__al_1"),
    ],
)
def test_headings(heading: str, eid: str) -> None:
    """Spelling variants of a heading announce the same element."""
    (passage,) = read(f"{heading}\nThe text is here.")
    assert passage.eid == eid


@pytest.mark.parametrize(
    "sentence",
    [
        "Article 5 of this Law shall apply.",
        "Chapter 2 is repealed.",
        "Section Mixed goods is closed.",
        "Annexes to the Rules are published.",
        "The Ministry approves the following order:",
    ],
)
def test_sentences_are_no_headings(sentence: str) -> None:
    """A sentence that begins with a heading's word, or ends like a formula, is text."""
    found = read(f"Article 1. Title\nThe first sentence.\n{sentence}\nThe last sentence.")
    assert [passage.eid for passage in found] == ["art_1__al_1", "art_1__al_2", "art_1__al_3"]
    assert found[1].text == sentence
