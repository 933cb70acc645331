"""References as people write them, and the elements of a document that they mean."""

from dataclasses import dataclass, field

import pytest

from indexer.reference import Addresses, Reference, find_references, resolve


@dataclass
class Heading:
    """A part of an outline."""

    eid: str
    num: str | None
    children: list["Heading"] = field(default_factory=list)


CONCEPT = Addresses(
    [
        *(f"decree__para_{n}" for n in range(1, 6)),
        *(f"chp_1__al_{n}" for n in range(1, 4)),
        *(f"chp_3__point_{n}" for n in range(1, 7)),
        *(f"chp_4__list_{run}__point_{n}" for run in (1, 2) for n in range(1, 8)),
        *(
            f"chp_5__sec_{section}__para_{section}-{n}"
            for section, last in ((1, 7), (2, 12), (3, 20), (4, 10))
            for n in range(1, last + 1)
        ),
        *(f"chp_5__sec_nn_1__al_{n}" for n in range(1, 10)),
        *(f"chp_7__para_{n}" for n in range(1, 5)),
    ]
)
CHAPTER_2 = [*range(2, 20), "13-1", "13-2", "13-3"]
LAW = Addresses(
    [
        *(f"art_{n}__para_{p}" for n in range(1, 31) for p in range(1, 5)),
        *(f"art_13-{n}__para_1" for n in range(1, 4)),
        *("art_5__para_2__point_1", "art_5__para_2__point_2", "art_5__para_2-1"),
        *("art_5__para_3__point_a", "art_5__para_3__point_b", "art_5__para_3__point_v"),
        *("art_7__para_1_2", "art_7__para_2_2", "art_8__note_1", "art_31__al_1", "art_31__al_2"),
        *("art_6__para_1__al_1", "art_6__para_1__al_2", "art_32", "annex_1__para_1"),
    ],
    outline=[
        Heading("", "РАЗДЕЛ 1", [Heading("chp_1", "Глава 1", [Heading("art_1", "Статья 1")])]),
        Heading(
            "",
            "2-БӨЛІМ",
            [
                Heading("chp_2", "2-тарау", [Heading(f"art_{n}", None) for n in CHAPTER_2]),
                Heading("chp_3", "3-тарау", [Heading(f"art_{n}", None) for n in range(20, 33)]),
            ],
        ),
    ],
)


def items(section: int, *numbers: int) -> list[str]:
    """The eIds of a section's items."""
    return [f"chp_5__sec_{section}__para_{section}-{n}" for n in numbers]


def meant(question: str, addresses: Addresses) -> list[str]:
    """The eIds of the elements that a question names, in its order."""
    return [str(e) for named in resolve(question, addresses).named for e in named.elements]


@pytest.mark.parametrize(
    "question",
    [
        "3.1–3.5-тармақтар",
        "3.1-3.5 тармақтар",
        "3.1 - 3.5 тармақтары",
        "3.1—3.5 тармақтарын көрсет",
        "3.1‑3.5-тармақтар",
        "3.1−3.5-тармақтарда не айтылған?",
        "3.1-ден 3.5-ке дейінгі тармақтар",
        "3.1 ден 3.5 ке дейінгі тармақтар",
        "3.1-ден бастап 3.5-ке дейінгі тармақтар",
        "3.1-тармақтан 3.5-тармаққа дейін",
        "3.1-тармақ – 3.5-тармақ",
        "3.1-3.5 tarmaqtar",
        "3.1-den 3.5-ke deiingi tarmaqtar",
        "пункты с 3.1 по 3.5",
        "пункты 3.1–3.5",
        "пункты 3.1 — 3.5",
        "пункты 3.1…3.5",
        "пункты от 3.1 до 3.5",
        "пункты 3.1 по 3.5",
        "с 3.1 по 3.5 пункты",
        "с пункта 3.1 по пункт 3.5",
        "от пункта 3.1 до пункта 3.5",
        "в пунктах 3.1-3.5",
        "п. 3.1–3.5",
        "п.3.1-3.5",
        "items 3.1 to 3.5",
        "items 3.1-3.5",
        "items 3.1 through 3.5",
        "from item 3.1 to item 3.5",
        "items from 3.1 to 3.5",
        "пункты 3,1–3,5",
        "пункты 3.5–3.1",
        "3.1–3.5",
    ],
)
def test_range_names_every_item_in_it(question: str) -> None:
    """A range means its ends and all that stands between them."""
    assert meant(question, CONCEPT) == items(3, 1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("статьи 12–14", ["art_12", "art_13", "art_13-1", "art_13-2", "art_13-3", "art_14"]),
        ("статьи 13-1–13-3", ["art_13-1", "art_13-2", "art_13-3"]),
        ("статьи 13-1 - 13-3", ["art_13-1", "art_13-2", "art_13-3"]),
        ("статьи с 13-1 по 13-3", ["art_13-1", "art_13-2", "art_13-3"]),
        ("13-1–13-3-баптар", ["art_13-1", "art_13-2", "art_13-3"]),
        ("5-тен 7-ге дейінгі баптар", ["art_5", "art_6", "art_7"]),
        ("5-7 баптар", ["art_5", "art_6", "art_7"]),
        ("5 - 7 баптары", ["art_5", "art_6", "art_7"]),
        ("articles 5 to 7", ["art_5", "art_6", "art_7"]),
        ("ст. 5-7", ["art_5", "art_6", "art_7"]),
        ("статьи V–VII", ["art_5", "art_6", "art_7"]),
        ("II–III тараулар", ["chp_2", "chp_3"]),
        ("главы I-III", ["chp_1", "chp_2", "chp_3"]),
        ("подпункты а)–в) пункта 3 статьи 5", [f"art_5__para_3__point_{c}" for c in "abv"]),
        ("подпункты 1)-2) пункта 2 статьи 5", [f"art_5__para_2__point_{n}" for n in (1, 2)]),
        ("пункты 2–4 статьи 9", [f"art_9__para_{n}" for n in (2, 3, 4)]),
        ("9-баптың 2–4-тармақтары", [f"art_9__para_{n}" for n in (2, 3, 4)]),
    ],
)
def test_range_of_a_law(question: str, wanted: list[str]) -> None:
    """Inserted numbers lie in the range that holds the number they follow."""
    assert meant(question, LAW) == wanted


def test_range_of_whole_numbers_passes_over_dotted_ones() -> None:
    """Items 3 to 5 are not the items 3.1 to 4.10."""
    wanted = [f"{place}__para_{n}" for place in ("decree", "chp_7") for n in (3, 4, 5)]
    assert meant("пункты 3–5", CONCEPT) == wanted[:-1]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("3.4 және 3.5-тармақтар", [4, 5]),
        ("3.4 мен 3.5 тармақтары", [4, 5]),
        ("3.4, 3.6 және 3.9-тармақтар", [4, 6, 9]),
        ("3.4-тармақ пен 3.5-тармақ", [4, 5]),
        ("пункты 3.4, 3.6 и 3.9", [4, 6, 9]),
        ("пункты 3.4; 3.6; 3.9", [4, 6, 9]),
        ("п. 3.4, п. 3.6 и п. 3.9", [4, 6, 9]),
        ("пункт 3.4 или 3.6", [4, 6]),
        ("пункты 3.1–3.3 и 3.9", [1, 2, 3, 9]),
        ("пункты 3,4 и 3,6", [4, 6]),
        ("items 3.4, 3.6 and 3.9", [4, 6, 9]),
        ("items 3.4 & 3.6", [4, 6]),
        ("sections 3.4 and 3.6", [4, 6]),
        ("3.4 и 3.5 пункты", [4, 5]),
        ("чем отличается 3.4 от 3.5", [4, 5]),
        ("3.4 пен 3.5 айырмашылығы қандай?", [4, 5]),
    ],
)
def test_several_items(question: str, numbers: list[int]) -> None:
    """A list means each of its members."""
    assert meant(question, CONCEPT) == items(3, *numbers)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("пункт 1 и пункт 2 статьи 9", ["art_9__para_1", "art_9__para_2"]),
        ("пункты 1 и 2 статьи 9", ["art_9__para_1", "art_9__para_2"]),
        ("9-баптың 1-тармағы мен 2-тармағы", ["art_9__para_1", "art_9__para_2"]),
        ("пункт 2 статей 9 и 10", ["art_9__para_2", "art_10__para_2"]),
        ("3-бап 2-тармақ пен 9-бап 1-тармақ", ["art_3__para_2", "art_9__para_1"]),
        ("первая и третья части статьи 9", ["art_9__para_1", "art_9__para_3"]),
        ("статья 5 п. 1, статья 6 п. 2", ["art_5__para_1", "art_6__para_2"]),
    ],
)
def test_members_share_what_they_lie_in(question: str, wanted: list[str]) -> None:
    """The article named once counts for every item of the list."""
    assert meant(question, LAW) == wanted


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("IV тарау", "chp_4"),
        ("IV-тарау", "chp_4"),
        ("глава IV", "chp_4"),
        ("глава ІV", "chp_4"),
        ("IV глава", "chp_4"),
        ("глава iv", "chp_4"),
        ("chapter IV", "chp_4"),
        ("Chapter IV of the concept", "chp_4"),
        ("в главе V?", "chp_5"),
        ("глава V раздел III", "chp_5__sec_3"),
        ("V тараудың ІІІ бөлімі", "chp_5__sec_3"),
        ("раздел III", "chp_5__sec_3"),
        ("раздел ІІІ", "chp_5__sec_3"),
        ("пункт III.17", items(3, 17)[0]),
        ("глава V п. IV.2", items(4, 2)[0]),
        ("IV.2 тармақ", items(4, 2)[0]),
        ("VII tarau", "chp_7"),
        ("5 тарау", "chp_5"),
    ],
)
def test_roman_numerals_are_arabic_ones(question: str, wanted: str) -> None:
    """A Roman numeral names the element that the eId numbers in Arabic."""
    assert meant(question, CONCEPT) == [wanted]


@pytest.mark.parametrize(
    "question",
    [
        *(
            "3.17",
            "3.17?",
            "3.17.",
            "3,17",
            "«3.17»",
            "№ 3.17",
            "ал 3.17 ше?",
            "а 3.17?",
            "3.17 ше",
        ),
        *("что в 3.17?", "3.17-де не айтылған?", "about 3.17", "what about 3.17?", "и 3.17"),
        *("3.17 ғой", "маған 3.17 керек еді", "мне нужен 3.17", "то есть 3.17", "3.17 дегі мәтін"),
        *("3.17 деген не?", "покажи 3.17", "п.3.17", "п3.17", "п. 3.17.", "(п. 3.17)", "п 3.17"),
        *("пункт № 3.17", "пункт №3.17", "№3.17 тармақ", "№ 3.17-тармақ", "пункт номер 3.17"),
        *("item No. 3.17", "item no 3.17", "item #3.17", "тармақ 3.17", "тармақ: 3.17"),
        *("3,17-тармақ", "3,17 тармақ", "пункт 3,17", "3.17-тармақта", "3.17-тармағының мәтіні"),
        *("3.17‑тармақ", "3.17‐тармақ", "3.17–тармақ", "3.17—тармақ", "3.17−тармақ"),
        *("3.17 - тармақ", "3.17\u00a0тармақ", "3.17тармақ", "３.１７-тармақ", "3.17-ТАРМАҚ"),
        *("3.17-тармак", "3.17-тармагы", "3.17-tarmaq", "3.17 tarmagy", "3.17-tarmağı"),
        *("З.17-тармақ", "3.l7-тармақ", "З.l7", "3.17-таpмақ", "пунkт 3.17", "3.17-тарmақ"),
        *("punkt 3.17", "в пункте 3.17", "пунктом 3.17", "о пункте 3.17 расскажите"),
        *("5-тараудың 3.17-тармағы", "пункт 3.17 главы 5", "item 3.17 of chapter 5"),
        *("глава 5, раздел 3, пункт 3.17", "5-тарау,3-бөлім,3.17-тармақ"),
    ],
)
def test_one_item_however_it_is_written(question: str) -> None:
    """Dashes, signs, cases, alphabets and slips change nothing."""
    assert meant(question, CONCEPT) == items(3, 17)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        *((f"{word} бап", f"art_{n}") for word, n in (("бірінші", 1), ("биринши", 1))),
        *((f"{word} бап", f"art_{n}") for word, n in (("екінші", 2), ("екинши", 2))),
        *((f"{word} бап", "art_3") for word in ("үшінші", "ушинши", "üşinşi", "ushinshi")),
        *((f"{word} bap", "art_4") for word in ("tórtinshi", "tortinshi", "törtinşi")),
        *((f"{word} бабында", "art_7") for word in ("жетінші", "жетинши", "jetinshi")),
        *(("он бірінші бап", "art_11"), ("жиырма бесінші бап", "art_25")),
        *(("жиырмасыншы бапта", "art_20"), ("отызыншы баптың", "art_30")),
        *((f"перв{e} стать{f}", "art_1") for e, f in (("ая", "я"), ("ой", "и"), ("ую", "ю"))),
        *((f"треть{e} стать{f}", "art_3") for e, f in (("я", "я"), ("ей", "и"), ("ю", "ю"))),
        *(("двадцать пятая статья", "art_25"), ("статья двадцать пятая", "art_25")),
        *(("в статье десятой", "art_10"), ("одиннадцатой статьёй", "art_11")),
        *(("статья пять", "art_5"), ("vtoraya statya", "art_2"), ("tretya statya", "art_3")),
        *(("third article", "art_3"), ("the twenty-first article", "art_21")),
        *(("article five", "art_5"), ("5th article", "art_5"), ("article twenty-one", "art_21")),
        *((f"5-{e} статья", "art_5") for e in ("я", "ая")),
        *((f"5-{e} статьи", "art_5") for e in ("й", "ой")),
        *((f"5-{e} статье", "art_5") for e in ("й", "ой", "ей")),
        *(
            ("5-ші бап", "art_5"),
            ("5 ші бап", "art_5"),
            ("5ші бап", "art_5"),
            ("6-шы бап", "art_6"),
        ),
        *(("5-бап", "art_5"), ("5-bap", "art_5"), ("5-бaп", "art_5"), ("cтатья 5", "art_5")),
        *(("statya 5", "art_5"), ("stat'ya 5", "art_5"), ("ст5", "art_5"), ("ст.5", "art_5")),
        *(("13-1-бап", "art_13-1"), ("статья 13-1", "art_13-1"), ("13–1-бап", "art_13-1")),
        *(("13-1", "art_13-1"), ("статьи 13-1", "art_13-1"), ("статья 13‑1", "art_13-1")),
    ],
)
def test_numbers_in_words_and_with_endings(question: str, wanted: str) -> None:
    """Ordinals of three languages and endings after digits name the element of the number."""
    assert meant(question, LAW) == [wanted]


@pytest.mark.parametrize(
    ("question", "element", "inside"),
    [
        ("2.7-тармақтың екінші бөлігі", "chp_5__sec_2__para_2-7", "2"),
        ("2.7-тармақтың 2-бөлігі", "chp_5__sec_2__para_2-7", "2"),
        ("2.7-тармақтың үшінші абзацы", "chp_5__sec_2__para_2-7", "3"),
        ("абзац второй пункта 2.7", "chp_5__sec_2__para_2-7", "2"),
        ("абзац 2 пункта 2.3", "chp_5__sec_2__para_2-3", "2"),
        ("второй абзац п. 2.3", "chp_5__sec_2__para_2-3", "2"),
        ("часть вторая пункта 2.3", "chp_5__sec_2__para_2-3", "2"),
        ("вторая часть пункта 2.3", "chp_5__sec_2__para_2-3", "2"),
        ("пункт 2.3, абзац 2", "chp_5__sec_2__para_2-3", "2"),
        ("second paragraph of item 2.7", "chp_5__sec_2__para_2-7", "2"),
        ("paragraph 2 of item 2.7", "chp_5__sec_2__para_2-7", "2"),
        ("item 2.7, paragraph 2", "chp_5__sec_2__para_2-7", "2"),
    ],
)
def test_part_of_an_item_names_the_item(question: str, element: str, inside: str) -> None:
    """A part without an address of its own is said beside the element that holds it."""
    (named,) = resolve(question, CONCEPT).named
    assert [str(e) for e in named.elements] == [element]
    assert named.inside is not None
    assert (named.inside.kind, named.inside.number) == ("al", inside)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("часть вторая статьи 9", ["art_9__para_2"]),
        ("ч. 2 ст. 9", ["art_9__para_2"]),
        ("9-баптың екінші бөлігі", ["art_9__para_2"]),
        ("9-баптың 2-бөлігі", ["art_9__para_2"]),
        ("part 2 of article 9", ["art_9__para_2"]),
        ("2 часть 9 статьи", ["art_9__para_2"]),
        ("статья 5 часть 2 пункт 1", ["art_5__para_2__point_1"]),
        ("п. 1 ч. 2 ст. 5", ["art_5__para_2__point_1"]),
        ("подпункт 1) пункта 2 статьи 5", ["art_5__para_2__point_1"]),
        ("5-баптың 2-тармағының 1) тармақшасы", ["art_5__para_2__point_1"]),
        ("sub-item 1) of item 2 of article 5", ["art_5__para_2__point_1"]),
        ("подпункт «б» пункта 3 статьи 5", ["art_5__para_3__point_b"]),
        ("подпункт б пункта 3 статьи 5", ["art_5__para_3__point_b"]),
        ("п. 2-1 ст. 5", ["art_5__para_2-1"]),
        ("абзац 2 пункта 1 статьи 6", ["art_6__para_1__al_2"]),
        ("часть вторая статьи 31", ["art_31__al_2"]),
        ("глава 2", ["chp_2"]),
        ("глава 2 статья 9", ["art_9"]),
        ("раздел 2, глава 2, статья 9", ["art_9"]),
        ("2-бөлім 2-тарау 9-бап", ["art_9"]),
        ("раздел 2", ["chp_2", "chp_3"]),
        ("2-бөлім", ["chp_2", "chp_3"]),
        ("раздел I", ["chp_1"]),
        ("приложение 1", ["annex_1"]),
        ("пункт 1 приложения 1", ["annex_1__para_1"]),
    ],
)
def test_parts_of_articles(question: str, wanted: list[str]) -> None:
    """A part of an article is its item; a division is what lies in it."""
    assert meant(question, LAW) == wanted


@pytest.mark.parametrize("question", ["ч. 1 ст. 7", "часть первая статьи 7", "7-баптың 1-бөлігі"])
def test_copies_are_offered_after_the_original(question: str) -> None:
    """The first element of a number is meant; another of the number is offered."""
    (named,) = resolve(question, LAW).named
    assert [str(r) for r in named.references] == ["art_7__para_1"]
    assert [str(r) for r in named.copies] == ["art_7__para_1_2"]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("примечание к статье 8", ["art_8__note_1"]),
        ("8-бапқа ескерту", ["art_8__note_1"]),
        ("8-баптың ескертпесі", ["art_8__note_1"]),
        ("note to article 8", ["art_8__note_1"]),
        ("примечание к статье 7", ["art_7__para_1_2", "art_7__para_2_2"]),
        ("примечание 2 к статье 7", ["art_7__para_2_2"]),
        ("п. 2 примечания к статье 7", ["art_7__para_2_2"]),
        ("примечание к статье 9", ["art_9"]),
    ],
)
def test_notes_are_apart_from_the_articles_own_parts(question: str, wanted: list[str]) -> None:
    """The notes of an article are meant, never its own items; the article where it has none."""
    (named,) = resolve(question, LAW).named
    assert [str(e) for e in named.elements] == wanted
    assert named.is_note


@pytest.mark.parametrize(
    ("question", "nearest", "last", "count"),
    [
        ("глава 9", "chp_7", "chp_7", 5),
        ("8-тарау", "chp_7", "chp_7", 5),
        ("глава IX", "chp_7", "chp_7", 5),
        ("глава 2", "chp_1", "chp_7", 5),
        ("3.99-тармақ", *items(3, 20, 20), 20),
        ("3.99", *items(3, 20, 20), 20),
        ("раздел 6 главы 5", "chp_5__sec_4", "chp_5__sec_4", 4),
        ("9.99", *items(4, 10, 10), 49),
        ("статья 5", None, None, 0),
        ("пункт 3.17 главы 4", items(3, 17)[0], None, 0),
        ("пункт 1 главы 1", "chp_1", None, 0),
    ],
)
def test_what_does_not_exist(
    question: str, nearest: str | None, last: str | None, count: int
) -> None:
    """The nearest element of the kind, the last one and their number are told."""
    (named,) = resolve(question, CONCEPT).named
    assert not named.exists
    assert named.missing is not None
    found = [r and str(r) for r in (named.missing.nearest, named.missing.last)]
    assert [*found, named.missing.count] == [nearest, last, count]


def test_missing_step_says_where_it_was_sought() -> None:
    """A section that a chapter lacks is missing from the chapter."""
    (missing,) = resolve("раздел 6 главы 5", CONCEPT).missing
    assert (missing.part.kind, missing.part.number) == ("sec", "6")
    assert str(missing.within) == "chp_5"


def test_range_beyond_the_end_names_what_exists() -> None:
    """Of a range that ends too late, what exists is meant and its end is missing."""
    (named,) = resolve("пункты 3.18–3.25", CONCEPT).named
    assert [str(e) for e in named.elements] == items(3, 18, 19, 20)
    assert named.missing is not None
    assert (named.missing.part.number, named.missing.last) == (
        "3-25",
        Reference.parse(items(3, 20)[0]),
    )


def test_inserted_item_is_not_the_dotted_one() -> None:
    """«1-1» is the item inserted after the first; «1.1» is the first of the section."""
    addresses = Addresses(
        ["chp_1__para_1", "chp_1__para_1-1", "chp_5__sec_1__para_1-1"],
        printed={"chp_1__para_1-1": "1-1.", "chp_5__sec_1__para_1-1": "1.1."},
    )
    assert meant("1-1-тармақ", addresses) == ["chp_1__para_1-1"]
    assert meant("пункт 1.1", addresses) == ["chp_5__sec_1__para_1-1"]
    assert meant("1-1", addresses) == ["chp_1__para_1-1"]
    assert meant("1-1-тармақ", CONCEPT) == []
    assert Reference.parse("chp_1__para_1-1").format("ru", printed="1-1.") == "глава 1, пункт 1-1"


def test_comma_is_read_as_the_document_allows() -> None:
    """«пункт 3,4» is the item 3.4 where there is one, else the items 3 and 4."""
    assert meant("пункт 3,4", CONCEPT) == items(3, 4)
    whole = Addresses([f"para_{n}" for n in range(1, 6)])
    assert meant("пункт 3,4", whole) == ["para_3", "para_4"]
    assert meant("пункты 3,4,5", CONCEPT)[:2] == ["decree__para_3", "chp_7__para_3"]


def test_hyphen_is_read_as_the_document_allows() -> None:
    """«п. 3-4» is the item 3-4 where there is one, else the items 3 to 4."""
    assert meant("п. 3-4", Addresses(["para_3", "para_3-4", "para_4"])) == ["para_3-4"]
    assert meant("п. 3-4", Addresses(["para_3", "para_4"])) == ["para_3", "para_4"]


@pytest.mark.parametrize(
    "question",
    [
        *("5 пунктов из программы", "рост на 2 пункта за год", "первые 3 пункта", "10 статей"),
        *("три главы", "всего 7 глав", "топ-5 пунктов", "в двух пунктах", "2 статьи закона"),
        *("5 тармақтан тұрады", "алғашқы 3 тармақ", "7 тарау бар", "бес тармақ", "екі бап"),
        *("2020–2030 жылдарға арналған тұжырымдама", "2025 жылғы 3 мамыр № 280", "№ 741"),
        *("2020 жылғы 6 наурыздағы № 280 Жарлық", "Указ от 6 марта 2020 года № 280"),
        *("закон от 23 ноября 2015 года № 414-V", "№ 414-V Заң", "06.03.2020", "2020-03-06"),
        *("10 миллион теңге, 5 пайыз", "3.5%", "3.5 миллиона", "п. 5%", "раздел 2020 года"),
        *("в 10 ч. 30 мин", "30 sec 5", "page 5", "p. 5", "top 5 items", "5 items", "3 chapters"),
        *("5-ке дейін созылады", "5-шарт?", "5", "5?", "5-й", "2020", "06.03", "1.2.3.4.5"),
        *("в первой части концепции", "екінші бөлігінде", "вторая сторона", "G20 саммиті"),
        *("тараптар", "тарау", "пункт", "item I want", "п.", "№", "", " ", "чем отличается от"),
        *("телефон 8-701-123-45-67", "курс 3.17 тенге", "3.17 пайызға өсті", "192.168.1.1"),
    ],
)
def test_numbers_that_name_no_element(question: str) -> None:
    """Quantities, years, dates, amounts and numbers of acts are left alone."""
    assert find_references(question) == ()


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("п. 1 ст. 26 ТК РК", "п. 1 ст. 26"),
        ("Еңбек кодексінің 26-бабы не туралы", "26-бабы"),
        ("статья 3 пункт 1 Трудового кодекса", "статья 3 пункт 1"),
        ("Что в пунктах 3.4 и 3.5?", "пунктах 3.4 и 3.5"),
        ("покажи с пункта 3.1 по пункт 3.5!", "пункта 3.1 по пункт 3.5"),
        ("Закон № 5 статья 3", "статья 3"),
        ("ал 3.18 ше?", "3.18"),
    ],
)
def test_place_in_the_question(question: str, written: str) -> None:
    """A reference keeps its place, so that an act's name beside it can be read."""
    for reference in find_references(question):
        assert question[reference.start : reference.end] == written


def test_chapter_stands_for_what_lies_in_it() -> None:
    """A chapter without text is one element and the addresses of all its passages."""
    (named,) = resolve("глава 7", CONCEPT).named
    assert [str(e) for e in named.elements] == ["chp_7"]
    assert [str(r) for r in named.references] == [f"chp_7__para_{n}" for n in range(1, 5)]
    assert list(named.references) == list(CONCEPT.under(Reference.parse("chp_7")))


def test_chapter_of_articles_is_known_from_the_outline() -> None:
    """A chapter that is in no address holds the articles that the outline puts there."""
    (named,) = resolve("глава 1", LAW).named
    assert [str(r) for r in named.references] == [f"art_1__para_{n}" for n in range(1, 5)]
    assert meant("глава 1 статья 9", LAW) == []
    without = Addresses([r for n in (1, 9) for r in LAW.under(Reference.parse(f"art_{n}"))])
    assert meant("глава 1 статья 9", without) == ["art_9"]


def test_addresses_may_come_in_any_order() -> None:
    """What is meant comes in document order, whatever the order given."""
    given = [Reference.parse(eid) for eid in items(3, 5, 1, 4, 2, 3)]
    assert meant("3.1–3.5", Addresses(given)) == items(3, 1, 2, 3, 4, 5)


def test_each_address_is_meant_once() -> None:
    """An item named twice is one of the addresses meant."""
    found = resolve("пункт 3.17 и ещё раз пункт 3.17", CONCEPT)
    assert len(found.named) == 2
    assert [str(r) for r in found.references] == items(3, 17)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("последняя глава", ["chp_7"]),
        ("ең соңғы тарау", ["chp_7"]),
        ("the final chapter", ["chp_7"]),
        ("в самой последней главе", ["chp_7"]),
        ("предпоследний раздел пятой главы", ["chp_5__sec_4"]),
        ("5-тараудың соңғысының алдындағы бөлімі", ["chp_5__sec_4"]),
        ("second to last section", ["chp_5__sec_4"]),
        ("next to last section", ["chp_5__sec_4"]),
        ("последний раздел", ["chp_5__sec_nn_1"]),
        ("третий раздел с конца", ["chp_5__sec_3"]),
        ("соңынан үшінші бөлім", ["chp_5__sec_3"]),
        ("third section from the end", ["chp_5__sec_3"]),
        ("последний пункт раздела 2", items(2, 12)),
        ("үшінші бөлімнің соңғы тармағы", items(3, 20)),
        ("the last item of section 1", items(1, 7)),
        ("4-тараудың соңғы тармақшасы", ["chp_4__list_2__point_7"]),
        ("последний пункт указа", ["decree__para_5"]),
        ("алғашқы тарау", ["chp_1"]),
        ("первая и последняя главы", ["chp_1", "chp_7"]),
        ("последний п. раздела 2", items(2, 12)),
        ("последняя гл.", ["chp_7"]),
        ("бірінші тараудың соңғы абзацы", ["chp_1__al_3"]),
        ("section 3, last item", items(3, 20)),
    ],
)
def test_number_counts_from_an_end(question: str, wanted: list[str]) -> None:
    """«Последняя», «соңынан үшінші», "second to last" are numbers that the document tells."""
    assert meant(question, CONCEPT) == wanted


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("первые три пункта раздела 2", items(2, 1, 2, 3)),
        ("последние 2 пункта раздела 3", items(3, 19, 20)),
        ("1-бөлімнің соңғы екі тармағы", items(1, 6, 7)),
        ("last two items of section 1", items(1, 6, 7)),
        ("two last items of section 1", items(1, 6, 7)),
        ("first two chapters", ["chp_1"]),
        ("последние две главы", ["chp_5", "chp_7"]),
    ],
)
def test_so_many_from_an_end_are_a_stretch(question: str, wanted: list[str]) -> None:
    """«Первые три» and «соңғы екі» are as many elements of what they are said of."""
    assert meant(question, CONCEPT) == wanted


@pytest.mark.parametrize(
    "question", ["последние главы переговоров", "соңғы бөлімдерде", "последние события", "at last"]
)
def test_last_of_many_names_none(question: str) -> None:
    """A plural without a number says nothing of which."""
    assert find_references(question) == ()


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("5 тарау 3 бөлім 17 тармақ", items(3, 17)),
        ("17 тармақ, 3 бөлім, 5 тарау", items(3, 17)),
        ("глава 5 раздел 3 пункт 17", items(3, 17)),
        ("семнадцатый пункт третьего раздела", items(3, 17)),
        ("chapter five, section three, item seventeen", items(3, 17)),
        ("раздел 4 пункты 2-5", items(4, 2, 3, 4, 5)),
        ("3-бөлімнің 2-тармағы мен 5-тармағы", items(3, 2, 5)),
    ],
)
def test_item_is_called_by_its_number_in_its_section(question: str, wanted: list[str]) -> None:
    """The item 3.17 is the seventeenth of the section 3."""
    assert meant(question, CONCEPT) == wanted


def test_item_beyond_its_section_has_the_last_for_its_nearest() -> None:
    """Of a section of 3.1 to 3.20 the item 25 is nearest to 3.20; a range is not cut silently."""
    (missing,) = resolve("раздел 3 пункт 25", CONCEPT).missing
    assert str(missing.nearest) == "chp_5__sec_3__para_3-20"
    assert not resolve("раздел 3 пункты 2-5", CONCEPT).missing


@pytest.mark.parametrize(
    "question", ["2.8 нөмірлі тармақ", "2.8 п", "2.8 не айтады", "что говорит 2.8", "quote 2.8"]
)
def test_number_of_an_item_is_told_in_other_ways(question: str) -> None:
    """With its noun behind, or with words that only ask."""
    assert meant(question, CONCEPT) == items(2, 8)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("т. 2.8", items(2, 8)),
        ("тарм. 2.8", items(2, 8)),
        ("2.8-т.", items(2, 8)),
        ("2.8 т.", items(2, 8)),
        ("2.8-тмқ", items(2, 8)),
        ("3.1 – 3.3 т.", items(3, 1, 2, 3)),
        ("5-тар., 3-бөл., 3.17-т.", items(3, 17)),
        ("V тарау III бөлім 17 т.", items(3, 17)),
        ("5 тарау 3 бөлім 17", items(3, 17)),
        ("3-б. 17-т.", items(3, 17)),
        ("гл. 5 р. 3, п. 17", items(3, 17)),
        ("5 гл 2 разд 10 п", items(2, 10)),
        ("5гл. 2разд. 10п.", items(2, 10)),
        ("5 гл, 3 разд, 3.17", items(3, 17)),
        ("глава 5, 3.17", items(3, 17)),
        ("3 гл 4 п", ["chp_3__point_4"]),
        ("2 абз. гл. 1", ["chp_1__al_2"]),
        ("1-тараудың 2-азат жолы", ["chp_1__al_2"]),
        ("пт. 3.17", items(3, 17)),
        ("chap. 5, sect. 3, para 17", items(3, 17)),
        ("pt 4 ch 3", ["chp_3__point_4"]),
        ("§ 3.17", items(3, 17)),
        ("no. 3.17", items(3, 17)),
        ("пункт четыре указа", ["decree__para_4"]),
        ("пункт три точка семнадцать", items(3, 17)),
        ("пункт три семнадцать", items(3, 17)),
        ("пункт 3/17", items(3, 17)),
        ("пункт 3. 17", items(3, 17)),
        ("пункт «3.17»", items(3, 17)),
        ("пункт (3.17)", items(3, 17)),
        ("пункты 3.1 3.4", items(3, 1, 4)),
        ("3.1 + 3.4", items(3, 1, 4)),
        ("3.1~3.3 тармақтар", items(3, 1, 2, 3)),
    ],
)
def test_abbreviations_and_orders_of_haste(question: str, wanted: list[str]) -> None:
    """What people abbreviate, in whatever order, names what the words would."""
    assert [str(one) for one in resolve(question, CONCEPT).references] == wanted


def test_abbreviation_of_two_words_is_what_the_document_has() -> None:
    """«5-б.» is an article of a law, and a section where there are no articles."""
    (article,) = resolve("5-б. 2-т.", LAW).named
    assert [str(one) for one in article.elements] == ["art_5__para_2"]
    (section,) = resolve("4-б.", CONCEPT).named
    assert [str(one) for one in section.elements] == ["chp_5__sec_4"]


@pytest.mark.parametrize(
    "question",
    [
        "Экспорт нефти составил 2.8 т",
        "2.8 т нефти",
        "және т.б. 5 ел",
        "и т.п. 3 стран",
        "в т.ч. 3.17",
        "10 п. роста",
        "100 р. штрафа",
        "5 р.",
    ],
)
def test_units_and_other_abbreviations_name_nothing(question: str) -> None:
    """A letter that stands for a unit, or is a piece of an abbreviation, names no element."""
    assert find_references(question) == ()
