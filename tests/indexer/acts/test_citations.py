"""Tests of what texts cite."""

import time

import pytest

from indexer.acts import ActNames
from indexer.acts.citations import citations, decode
from indexer.documents.description import Document, Edition, Trilingual
from indexer.documents.outline import outline
from indexer.languages.codes import Language
from indexer.parsing import parse, passages

RUSSIAN = """Статья 1. Пасека
1. Пасека стоит в степи.
2. Пасечник:
1) держит пчёл;
2) качает мёд.
Мёд он хранит в погребе.
3. {}
Статья 2. Улей
Улей делают из дерева.
"""
KAZAKH = """1-бап. Омарта
1. Омарта далада тұрады.
2. Омарташы:
1) ара ұстайды;
2) бал алады.
Балды жертөледе сақтайды.
3. {}
2-бап. Ұя
Ұя ағаштан жасалады.
"""


def cited(text: str, language: Language) -> dict[str, tuple[str, ...]]:
    """Returns what item 3 of the law cites: act and target, by the words."""
    root = parse((KAZAKH if language == "kk" else RUSSIAN).format(text))
    found = tuple(passages(root, document_id="bees", language=language))
    targets: dict[str, list[str]] = {}
    for place, one in citations(found, outline(root), ActNames()):
        if found[place].eid == "art_1__para_3":
            target = one.target
            if one.act:
                steps = decode(target).parts if target else ()
                inside = "__".join(f"{part.kind}_{part.number}" for part in steps)
                target = f"{one.act}: {inside}"
            targets.setdefault(found[place].text[one.start : one.end], []).append(target)
    return {words: tuple(found) for words, found in targets.items()}


@pytest.mark.parametrize(
    ("language", "text", "targets"),
    [
        ("ru", "Пасечник по статье 2 настоящего Закона богат.", ["art_2"]),
        ("ru", "Мёд по подпункту 2) пункта 2 настоящей статьи сладок.", ["art_1__para_2__point_2"]),
        ("ru", "Пчёлы, указанные в пунктах 1 и 2 настоящей статьи, летают.",
         ["art_1__para_1", "art_1__para_2"]),
        ("kk", "Осы Заңның 2-бабында айтылған ұя.", ["art_2"]),
        ("kk", "Осы баптың 2-тармағының 1) және 2) тармақшаларында айтылған.",
         ["art_1__para_2__point_1", "art_1__para_2__point_2"]),
        ("kk", "Осы Заңның 1-бабы 2-тармағының 1) тармақшасында және 1-тармағында айтылған.",
         ["art_1__para_2__point_1", "art_1__para_1"]),
        ("ru", "Долг по статье 15 Гражданского кодекса Республики Казахстан.",
         ["гражданск кодекс: art_15"]),
        ("kk", "Қарыз Азаматтық кодекстің 15-бабы бойынша төленеді.",
         ["азаматтик кодекс: art_15"]),
        ("ru", 'Лес рубят по статье 2 Закона РК от 1 мая 2001 года № 5 "О дровах".',
         ["закон о дровах: art_2"]),
        ("ru", "Закон изменён (Ведомости Парламента, 2003 г., № 3, ст. 2; № 10, ст. 1).", []),
        ("ru", "Мёд по статье 2 Таможенного кодекса Евразийского экономического союза.", []),
        ("ru", "Пчёлы по статье 2 указанного Договора свободны.", []),
        ("ru", "Мёд, собранный по части первой настоящей статьи, сладок.", ["art_1__para_1"]),
        ("ru", "Мёд, собранный по частям первой или второй настоящей статьи, сладок.",
         ["art_1__para_1", "art_1__para_2"]),
        ("ru", "Мёд первой части урожая сладок.", []),
        ("ru", "Пасечник по подпункту 2) части первой пункта 2 статьи 1 настоящего Закона богат.",
         ["art_1__para_2__point_2"]),
        ("ru", "Пункт 1 статьи 1, подпункт 1) пункта 2 статьи 1, статья 2 настоящего Закона.",
         ["art_1__para_1", "art_1__para_2__point_1", "art_2"]),
        ("ru", "Пасечник по подпункту 1) пункта 2 и пункту 1 статьи 1 настоящего Закона богат.",
         ["art_1__para_2__point_1", "art_1__para_1"]),
        ("ru", "Тот (освобождён по подпунктам 1) и 2) пункта 2 настоящей статьи) богат.",
         ["art_1__para_2__point_1", "art_1__para_2__point_2"]),
        ("ru", "Он прощён по части первой статьи 35 или статье 36 "
         "Уголовно-процессуального кодекса Республики Казахстан.",
         ["уголовно процессуалн кодекс: art_35__para_1", "уголовно процессуалн кодекс: art_36"]),
        ("ru", 'Закон "О дровах", "О мёде" и "О воске" чтут.',
         ["закон о дровах: ", "закон о меде: ", "закон о воске: "]),
        ("kk", "Осы баптың 1 және 2-тармақтарында айтылған.", ["art_1__para_1", "art_1__para_2"]),
        ("kk", "Осы баптың 2-тармағының 1) (тек көктемде) және 2) тармақшаларында айтылған.",
         ["art_1__para_2__point_1", "art_1__para_2__point_2"]),
        ("kk", "Осы баптың 2-тармағының бірінші бөлігінің 2) тармақшасында айтылған.",
         ["art_1__para_2__point_2"]),
        ("kk", "Осы баптың 1-тармағында және 2-бабында айтылған.", ["art_1__para_1", "art_2"]),
        ("kk", "Осы баптың 2-тармағының екінші бөлігінде айтылған.", ["art_1__para_2__al_1"]),
    ],
)  # fmt: skip
def test_what_a_text_cites(language: Language, text: str, targets: list[str]) -> None:
    """Own items by «настоящий» and «осы», other acts by name; nothing where the act is not said."""
    found = cited(text, language)
    assert [target for own in found.values() for one in own for target in _apart(one)] == targets


def test_a_paragraph_of_an_item_cites_the_items_points() -> None:
    """«Часть первая настоящего пункта» is the item with its points."""
    text = "Вот:\n1) раз;\n2) два.\nОн соблюдает подпункты 1) и 2) части первой настоящего пункта."
    root = parse(RUSSIAN.format(text))
    found = tuple(passages(root, document_id="bees", language="ru"))
    targets = {one.target for _, one in citations(found, outline(root), ActNames())}
    assert targets == {"art_1__para_3__point_1", "art_1__para_3__point_2"}


def test_a_list_shares_the_article_before_it() -> None:
    """Every member of a list after a conjunction lies in the article that was named."""
    text = "Осы Заңның 1-бабы 1-тармағында және 2-тармағының 1) және 2) тармақшаларында айтылған."
    assert [one for own in cited(text, "kk").values() for one in own] == [
        "art_1__para_1",
        "art_1__para_2__point_1",
        "art_1__para_2__point_2",
    ]


def test_a_part_holds_the_points_of_its_own_list() -> None:
    """Of two lists of an item, that which the named part introduces."""
    lists = "Вот:\n1) раз;\n2) два.\nИ вот:\n1) три;\n2) четыре.\n4. Смотри {}."
    for words, eid in (
        ("подпункт 1) части первой пункта 3 настоящей статьи", "art_1__para_3__point_1"),
        ("подпункт 1) части второй пункта 3 настоящей статьи", "art_1__para_3__list_2__point_1"),
    ):
        root = parse(RUSSIAN.format(lists.format(words)))
        found = tuple(passages(root, document_id="bees", language="ru"))
        assert [one.target for _, one in citations(found, outline(root), ActNames())] == [eid]


def test_a_paragraph_counts_from_the_items_own_words() -> None:
    """The first «абзац» of a point is its own text."""
    text = "Вот:\n1) раз:\nдва;\nтри;\n2) всё.\nСмотри {} подпункта 1) настоящего пункта."
    for word, eid in (("абзац первый", ""), ("абзац второй", "__al_1"), ("абзац третий", "__al_2")):
        root = parse(RUSSIAN.format(text.format(word)))
        found = tuple(passages(root, document_id="bees", language="ru"))
        targets = [one.target for _, one in citations(found, outline(root), ActNames())]
        assert targets == [f"art_1__para_3__point_1{eid}"]


def test_the_other_part_of_a_code_may_have_the_article() -> None:
    """An article of «настоящий Кодекс» that is not in its own part keeps the name of the code."""
    title = Trilingual(ru="Пчелиный кодекс (Общая часть)")
    document = Document("bees", "", title, (Edition("ru"),), kind="code")
    root = parse(RUSSIAN.format("Мёд по статье 700 настоящего Кодекса сладок."))
    found = tuple(passages(root, document_id="bees", language="ru"))
    (one,) = [one for _, one in citations(found, outline(root), ActNames((document,)))]
    assert (one.act, decode(one.target).parts[0].number) == ("пчелин кодекс", "700")


def _apart(target: str) -> list[str]:
    return [target] if ": " in target else target.split()


def test_time_is_linear_in_length() -> None:
    """A passage of many references is read in time."""
    start = time.process_time()
    cited("в случаях статьи 2 настоящего Закона, и " * 500, "ru")
    assert time.process_time() - start < 5
