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
        ("закон о каналах Казахстана", {"canals"}),
        ("закон о каналах сроки ремонта", {"canals"}),
        ("закон о каналах МВД", {"canals"}),
        ("закон о рыбовод. и гос. прудах", {"ponds"}),
        ("what does the law on fish farming require", {"ponds"}),
        ("жаңа балық өсіру заңы", {"ponds"}),
        ("Қазақстандағы арналар туралы заң", {"canals"}),
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
        "закон о каналах данных",
        "закон о каналах крови",
        "закон о каналах новой связи",
        "ғарыштық арналар туралы заң",
        "деректер арналары туралы заң",
        "тауық балық өсіру заңы",
        "law on state secrets",
        "law on fish trade",
        "law on pond water",
        "the sea fish farming law",
        "воздушный процессуальный кодекс",
        "law on fish and meat",
        "настоящий кодекс",
        "осы кодекстің",
    ],
)
def test_words_that_no_title_has_make_another_act(names: ActNames, text: str) -> None:
    """What describes the words beside them counts."""
    assert not found(names, text)


def test_an_adjective_may_be_cut_short_and_joined_to_the_word_for_an_act() -> None:
    """«Соцкодекс» is the social code, «спорткодекс» none that is here."""
    own = ActNames(
        (document("aid", "code", ru="Социальный кодекс"), document("tax", "code", ru="Налоговый"))
    )
    assert found(own, "по соцкодексу") == {"aid"}
    assert not found(own, "спорткодекс")


def test_a_kazakh_noun_names_what_its_adjective_does() -> None:
    """«Мұнай қоймасы» is «мұнайлық қойма»; «газ қоймасы» is not."""
    own = ActNames((document("stores", "law", kk="Мұнайлық қоймалар және мұрағат туралы"),))
    assert found(own, "мұнай қоймасы туралы заң") == {"stores"}
    assert not found(own, "газ қоймасы туралы заң")


@pytest.mark.parametrize(
    ("text", "reference", "documents"),
    [
        ("госпруды 12 бап", "12 бап", {"ponds"}),
        ("ст 39 о каналах", "ст 39", {"canals"}),
        ("балық өсіру туралы 10-бап", "10-бап", {"ponds"}),
        ("что гласит ст 5 о рыбоводстве", "ст 5", {"ponds"}),
        ("ст 26 морского", "ст 26", {"sea"}),
        ("госпруды закон 12 бап", "12 бап", {"ponds"}),
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
