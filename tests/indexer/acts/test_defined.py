"""Tests of the short names that texts give to acts."""

import pytest

from indexer.acts import Mention
from indexer.acts.aliases import Aliases
from indexer.acts.defined import called, own_names
from indexer.documents.passages import Passage
from indexer.languages.codes import Language


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Настоящий Закон Республики Казахстан «О пчеловодстве» (далее – Закон о пчёлах) таков.",
         "ru", ("Закон о пчёлах",)),
        ("Осы «Ара шаруашылығы туралы» Заң (бұдан әрі – Бал туралы заң) реттейді.", "kk",
         ("Бал туралы заң",)),
        ("This Law (hereinafter referred to as the Bee Law) governs.", "en", ("Bee Law",)),
        ("Настоящий Кодекс (далее – Кодекс о клубах, КоК) действует.", "ru",
         ("Кодекс о клубах", "КоК")),
        ("Закон «О пчеловодстве» (далее – Пчелиный закон) принят.", "ru", ("Пчелиный закон",)),
        ("Настоящий Закон (далее – Закон) регулирует.", "ru", ()),
        ("По Закону «О воде» (далее – Закон о реках) и настоящему Закону.", "ru", ()),
        ("Уполномоченный орган (далее – орган) по настоящему Закону.", "ru", ()),
    ],
)  # fmt: skip
def test_an_act_is_called_what_its_text_calls_it(
    text: str, language: Language, names: tuple[str, ...]
) -> None:
    """Behind «настоящий», «осы», "this", or its own title; not what is another act's."""
    assert own_names(text, language, "О пчеловодстве") == names


def test_another_acts_short_name_is_told_from_the_texts_own() -> None:
    """It is the act's that stands before it."""
    (one,) = called("по Кодексу «О воде» (далее – Водный кодекс)", "ru")
    assert (one.name, one.is_own, one.kind) == ("Водный кодекс", False, "code")


def test_many_short_names_take_time_in_proportion() -> None:
    """A text that gives names without end is read once for all of them."""
    text = "по Закону «О воде» (далее – Закон о реках) " * 300
    passage = Passage("document", "art_1__al_1", "ru", None, (), text)
    asked: list[Passage] = []

    def named(one: Passage) -> tuple[Mention, ...]:
        asked.append(one)
        return ()

    Aliases([passage], named, "law")
    assert len(asked) == 1
