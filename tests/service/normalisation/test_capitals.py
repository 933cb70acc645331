import pytest

from indexer.languages.lexicon import Lexicon
from service.normalisation.capitals import is_shouted, sentence_case


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("ҚАЗАҚСТАННЫҢ САЯСАТЫ", True),
        ("ЦЕЛИ ПОЛИТИКИ?", True),
        ("MAQSATTARY QANDAI", True),
        ("БҰҰ МЕН НАТО", False),
        ("ВИЗА", False),
        ("Қазақстанның САЯСАТЫ", False),
        ("2020-2030", False),
    ],
)
def test_abbreviations_do_not_shout(lexicon: Lexicon, text: str, shouted: bool) -> None:
    """Only ordinary words in capitals throughout are shouted."""
    assert is_shouted(text, lexicon) is shouted


def test_names_and_abbreviations_keep_their_capitals(lexicon: Lexicon) -> None:
    """A shouted question becomes a sentence."""
    assert sentence_case("«қазақстан мен бұұ» туралы", lexicon) == "«Қазақстан мен БҰҰ» туралы"
