"""Tests of what texts cite and what cites them."""

from service.engine.engine import Engine


def links(engine: Engine, name: str) -> set[tuple[str, str]]:
    """Returns what an item cites: the words and the target."""
    passage = engine.library.passage(name)
    found = engine.library.links.of(engine.library.of(passage), passage.eid)
    return {(passage.text[one.start : one.end], f"{one.document_id}#{one.eid}") for one in found}


def test_item_of_the_same_article_is_linked(acts_engine: Engine) -> None:
    """Item of the same article is linked."""
    assert links(acts_engine, "labour#art_2__para_2@ru") == {("пункте 1", "labour#art_2__para_1")}


def test_items_of_own_act_and_of_another_are_linked(acts_engine: Engine) -> None:
    """Items of own act and of another are linked."""
    assert links(acts_engine, "labour#art_3__al_1@kk") == {
        ("2-бабының 2-тармағын", "labour#art_2__para_2"),
        ("Азаматтық кодекстің 2-бабы", "civil#art_2"),
    }


def test_act_that_is_not_here_is_no_link(acts_engine: Engine) -> None:
    """Act that is not here is no link."""
    assert links(acts_engine, "banks#art_1__al_1") == set()


def test_what_cites_an_item_is_found_in_every_act(acts_engine: Engine) -> None:
    """What cites an item is found in every act."""
    found, count = acts_engine.library.links.citing("civil", "art_2__para_1")
    assert [passage.id for passage in found] == ["banks#art_2__para_1"]
    found, count = acts_engine.library.links.citing("civil", "art_2")
    assert {passage.id for passage in found} == {"banks#art_2__para_1", "labour#art_3__al_1"}
    assert count == 2
