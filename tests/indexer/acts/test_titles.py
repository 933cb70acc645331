"""Tests of parts of titles in questions."""

import pytest

from indexer.acts import ActNames
from indexer.documents.description import Document, Edition, Trilingual


def document(name: str, kind: str, **titles: str) -> Document:
    """Returns a document with a title."""
    return Document(name, "", Trilingual(**titles), (Edition("ru"),), kind=kind)


@pytest.fixture(scope="module")
def names() -> ActNames:
    """The names of laws that no list knows, and of two codes."""
    return ActNames(
        (
            document("ponds", "law", ru="О государственных прудах и рыбоводстве",
                     kk="Мемлекеттік тоғандар және балық өсіру туралы",
                     en="On State Ponds and Fish Farming"),
            document("canals", "law", ru="О прудах и каналах", kk="Тоғандар мен арналар туралы"),
            document("sea", "code", ru="Морской процессуальный кодекс Республики Казахстан",
                     kk="Қазақстан Республикасының Теңіз процестік кодексі"),
        )
    )  # fmt: skip


def found(names: ActNames, text: str) -> set[str]:
    """Returns the documents that a part of a title in a text is of."""
    return {one for mention in names.parts(text, [], []) for one in mention.documents}


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("по закону о рыбоводстве", {"ponds"}),
        ("закона о каналах", {"canals"}),
        ("закон о государственных прудах", {"ponds"}),
        ("закон о госпрудах", {"ponds"}),
        ("закон о гос прудах", {"ponds"}),
        ("законом РК о прудах", {"ponds", "canals"}),
        ("тоғандар туралы заңның", {"ponds", "canals"}),
        ("балық өсіру туралы заңда", {"ponds"}),
        ("балық өсіру заңы", {"ponds"}),
        ("арналар туралы заң", {"canals"}),
        ("law on fish farming", {"ponds"}),
        ("the fish farming law", {"ponds"}),
        ("морского кодекса", {"sea"}),
        ("теңіз кодексінің", {"sea"}),
        ("zakon o kanalah", {"canals"}),
    ],
)
def test_a_part_of_a_title_names_the_acts_that_it_fits(
    names: ActNames, text: str, documents: set[str]
) -> None:
    """In any form, in three languages."""
    assert found(names, text) == documents


@pytest.mark.parametrize(
    "text",
    [
        "закон о каналах связи",
        "закон о государственной рыбе",
        "закон о государственных",
        "ғарыштық арналар туралы заң",
        "воздушный процессуальный кодекс",
        "law on fish and meat",
        "настоящий кодекс",
        "осы кодекстің",
    ],
)
def test_words_that_no_title_has_make_another_act(names: ActNames, text: str) -> None:
    """What describes the words beside them counts."""
    assert not found(names, text)


@pytest.mark.parametrize(
    ("text", "reference", "documents"),
    [
        ("госпруды 12 бап", "12 бап", {"ponds"}),
        ("ст 39 о каналах", "ст 39", {"canals"}),
        ("балық өсіру туралы 10-бап", "10-бап", {"ponds"}),
        ("что гласит ст 5 о рыбоводстве", "ст 5", {"ponds"}),
        ("ст 26 морского", "ст 26", {"sea"}),
        ("ст 5 отпуск и каналы", "ст 5", set()),
    ],
)
def test_a_title_may_be_all_that_stands_beside_a_reference(
    names: ActNames, text: str, reference: str, documents: set[str]
) -> None:
    """Without a word for an act all words must be of one title."""
    start = text.index(reference)
    mention = names.alone(text, [(start, start + len(reference))])
    assert (set(mention.documents) if mention else set()) == documents
