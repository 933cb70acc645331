"""Tests of indexer.documents.leads: what introduces the passages of a text."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.leads import LONGEST, leads
from indexer.documents.passages import Passage
from indexer.parsing import parse, passages

THEFT = """Статья 188. Кража
1. Кража, то есть тайное хищение чужого имущества, наказывается штрафом.
2. Кража, совершенная:
1) в крупном размере;
2) неоднократно, –
наказывается лишением свободы.
3. Не является кражей находка.
Статья 189. Принципы
Принципами являются:
1) равенство;
2) запрещение:
труда детей;
труда без оплаты;
3) гласность.
Иные принципы устанавливаются законом.
"""


def led(text: str) -> dict[str, str]:
    """Returns what introduces each passage of a text, by its own text, where anything does."""
    found = passages(parse(text), document_id="d", language="ru")
    return {one.text: lead for one, lead in zip(found, leads(found), strict=True) if lead}


def test_item_introduces_its_points() -> None:
    """What is punished stands in the words before the points; the next item has none."""
    found = led(THEFT)
    assert found["в крупном размере;"] == "Кража, совершенная:"
    assert not any(text.startswith("Не является") for text in found)


def test_paragraph_introduces_the_list_beside_it() -> None:
    """Points of an article without items, and their own paragraphs after both."""
    found = led(THEFT)
    assert found["равенство;"] == "Принципами являются:"
    assert found["труда детей;"] == "Принципами являются: запрещение:"
    assert found["гласность."] == "Принципами являются:"
    assert "Иные принципы устанавливаются законом." not in found


def test_list_in_a_list_container_is_introduced() -> None:
    """A list that has an address of its own is introduced by the paragraph before it."""
    found = led("1-тарау. Мақсаттар\nМақсаттар мынадай:\n1) бейбітшілік;\n2) даму.\n")
    assert set(found.values()) == {"Мақсаттар мынадай:"}


@given(st.lists(st.tuples(st.sampled_from(["art_1", "art_1__para_1", "art_1__list_1"]),
                          st.text(max_size=400)), max_size=20))  # fmt: skip
def test_any_passages_have_one_lead_each(rows: list[tuple[str, str]]) -> None:
    """None is longer than the limit, whatever the texts are."""
    found = [
        Passage("d", f"{holder}__point_{number}", "ru", None, (), text)
        for number, (holder, text) in enumerate(rows)
    ]
    assert len(leads(found)) == len(found)
    assert all(len(lead) <= LONGEST for lead in leads(found))
