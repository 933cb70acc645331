"""Tests of what a text names only to leave it out."""

import pytest

from service.engine.engine import Engine

WITH_THE_EU = "chp_5__sec_4__para_4-2"
OUTSIDE_THE_EU = "chp_5__sec_4__para_4-7"


@pytest.mark.parametrize(
    ("question", "eid"),
    [
        ("Евросоюз", WITH_THE_EU),
        ("Еуропалық Одақ", WITH_THE_EU),
        ("ЕО", WITH_THE_EU),
        ("Какие отношения с Евросоюзом?", WITH_THE_EU),
        ("European Union", WITH_THE_EU),
        ("ЕО-ға кірмейтін елдер", OUTSIDE_THE_EU),
        ("Европейские страны, не входящие в ЕС", OUTSIDE_THE_EU),
        ("European states that are not members of the EU", OUTSIDE_THE_EU),
        ("НАТО", OUTSIDE_THE_EU),
    ],
)
def test_what_is_left_out_is_not_meant(engine: Engine, question: str, eid: str) -> None:
    """Unless the question leaves it out as well; what stands beside it is meant all the same."""
    assert engine.ask(question, k=1).results[0].passage.eid == eid
