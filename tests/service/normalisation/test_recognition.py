import pytest

from service.normalisation.recognition import recognise


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Қазақстанның сыртқы саясаты қандай?", "kk"),
        ("Казакстаннын сырткы саясаты кандай", "kk"),
        ("виза режими туралы не айтылган", "kk"),
        ("syrtqy saiasattyñ maqsaty qandai", "kk"),
        ("memleketaralyk kelisimder kalai zhasalady", "kk"),
        ("Каковы цели внешней политики?", "ru"),
        ("где говорится про воду", "ru"),
        ("Что такое «Мәңгілік ел» и зачем он нужен?", "ru"),
        ("«Внешняя политика» деген не, ол кімге керек?", "kk"),
        ("What are the goals of foreign policy?", "en"),
        ("visa free travel", "en"),
        ("WTO", "en"),
        ("тармақ", "kk"),
        ("3.17", "kk"),
    ],
)
def test_the_language_of_most_words_wins(text: str, language: str) -> None:
    """Language is told by words, in any alphabet and without Kazakh letters."""
    assert recognise(text) == language


def test_another_language_of_latin_letters_is_no_kazakh() -> None:
    """French has no Kazakh words; its answers come in English."""
    assert recognise("Quelle politique étrangère poursuivez-vous aujourd'hui?") == "en"
