import unicodedata
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.languages import Language, language
from indexer.languages.kk.letters import CYRILLIC, SPECIAL
from indexer.languages.listing import listed
from indexer.languages.ru.forms import dictionary_forms as forms_of
from indexer.vocabulary import words_of
from service.ranking.dictionary import Dictionary, Equivalent, Unit
from service.ranking.thesaurus import Thesaurus, kazakh_entries

COLUMNS = {"ru-kk.tsv": 2, "en-kk.tsv": 2, "en-ru.tsv": 2, "places.tsv": 3, "names.tsv": 6}

# The longest name that is looked for.


@pytest.fixture(scope="session")
def dictionary() -> Dictionary:
    """The shipped entries."""
    return Dictionary()


def _rows(name: str) -> Iterator[tuple[str, ...]]:
    return (tuple(line.split("\t")) for line in listed(files("indexer.languages.pairs") / name))


def _kazakh_cells() -> Iterator[str]:
    yield from (row[1] for row in _rows("ru-kk.tsv"))
    yield from (row[0] for row in _rows("places.tsv"))
    yield from (cell for row in _rows("names.tsv") for cell in row[:2])


def _russian_cells() -> Iterator[str]:
    yield from (row[0] for row in _rows("ru-kk.tsv"))
    yield from (row[1] for row in _rows("places.tsv"))
    yield from (cell for row in _rows("names.tsv") for cell in row[2:4])


def _words(unit: Unit) -> set[tuple[str, ...]]:
    """Returns the words of the Kazakh equivalents of a unit."""
    return {equivalent.words for equivalent in unit.equivalents if equivalent.language == "kk"}


def _found(dictionary: Dictionary, text: str, language: Language) -> dict[str, set[str]]:
    """Returns the equivalents of each unit of ``text`` that has any."""
    return {
        " ".join(unit.words): {" ".join(equivalent.words) for equivalent in unit.equivalents}
        for unit in dictionary.units(words_of(text), language)
        if unit.equivalents
    }


@pytest.mark.parametrize(
    ("text", "unit", "equivalent"),
    [
        ("защита окружающей среды", "окружающей среды", "қоршаған орта"),
        ("роль государства", "государства", "мемлекет"),
        ("о странах", "странах", "ел"),
        ("с премьер-министром", "премьер-министром", "үкімет басшысы"),
        ("с Россией", "россией", "ресей"),
        ("в Организации Объединённых Наций", "организации объединённых наций", "бұұ"),
    ],
)
def test_a_russian_form_finds_its_entry(
    dictionary: Dictionary, text: str, unit: str, equivalent: str
) -> None:
    """Case and number do not hide an entry of one word or of several."""
    assert equivalent in _found(dictionary, text, "ru")[unit]


@pytest.mark.parametrize(
    ("short", "full", "language"),
    [
        ("БҰҰ", "Біріккен Ұлттар Ұйымы", "kk"),
        ("СІМ", "Сыртқы істер министрлігі", "kk"),
        ("ДСҰ", "Дүниежүзілік сауда ұйымы", "kk"),
    ],
)
def test_a_short_name_and_its_full_name_find_each_other(
    dictionary: Dictionary, short: str, full: str, language: Language
) -> None:
    """Either of the two has the other as an equivalent."""
    low, whole = short.lower(), full.lower()
    assert whole in _found(dictionary, short, language)[low]
    assert low in _found(dictionary, full, language)[whole]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ООН", "ru"),
        ("Организация Объединенных Наций", "ru"),
        ("UN", "en"),
        ("United Nations", "en"),
    ],
)
def test_names_of_other_languages_find_both_kazakh_names(
    dictionary: Dictionary, text: str, language: Language
) -> None:
    """A Russian or English name, short or full, leads to the Kazakh short and full name."""
    assert {"бұұ", "біріккен ұлттар ұйымы"} <= _found(dictionary, text, language)[text.lower()]


def test_what_a_document_defines_is_an_entry() -> None:
    """A short name read from the documents has its full name, and is a name."""
    text = "ЪЫЪ"
    assert _found(Dictionary(), text, "kk") == {}
    [unit] = Dictionary([(text, "Мысал мекемесі")]).units(words_of(text), "kk")
    assert unit == Unit(("ъыъ",), (Equivalent(("мысал", "мекемесі"), "kk"),), is_name=True)


def test_definitions_of_one_corpus_stay_there() -> None:
    """A dictionary made later does not know what another corpus defined."""
    Dictionary([("ЪЫЪ", "Мысал мекемесі")])
    assert _found(Dictionary(), "ЪЫЪ", "kk") == {}


@pytest.mark.parametrize(
    ("text", "language", "is_name"),
    [
        ("БҰҰ", "kk", True),
        ("мемлекеттік", "kk", False),
        ("Греция", "ru", True),
        ("власть", "ru", False),
    ],
)
def test_names_are_told_from_words(
    dictionary: Dictionary, text: str, language: Language, is_name: bool
) -> None:
    """A name of an organisation or a place has no other meaning, a word may."""
    [unit] = dictionary.units(words_of(text), language)
    assert unit.is_name is is_name


@pytest.mark.parametrize(
    ("question", "equivalent"),
    [
        ("appraisers", Equivalent(("бағалаушы",), "kk")),
        ("legal entities", Equivalent(("юридическое", "лицо"), "ru")),
        ("legal entities", Equivalent(("заңды", "тұлға"), "kk")),
    ],
)
def test_english_words_of_the_law_find_acts_without_an_english_text(
    dictionary: Dictionary, question: str, equivalent: Equivalent
) -> None:
    """In both languages in which acts are, in any number."""
    (unit,) = dictionary.units(words_of(question), "en")
    assert equivalent in unit.equivalents


def test_the_longest_entry_is_taken(dictionary: Dictionary) -> None:
    """«Совет Безопасности ООН» is one unit, though ООН is an entry as well."""
    words = words_of("Совет Безопасности ООН")
    assert [unit.words for unit in dictionary.units(words, "ru")] == [tuple(words)]


def test_a_short_kazakh_word_is_no_form_of_a_russian_one(dictionary: Dictionary) -> None:
    """«Суды» is water in Kazakh and courts in Russian."""
    assert _found(dictionary, "суды", "kk") == {}
    assert "сот" in _found(dictionary, "суды", "ru")["суды"]


def test_a_russian_form_of_a_name_of_here_is_spelt_alike_in_kazakh(dictionary: Dictionary) -> None:
    """Only where the Russian dictionary lacks it: «остров» is no name."""
    name, word = dictionary.units(words_of("Арале острове"), "ru")
    assert Equivalent(("арал",), "kk") in name.equivalents
    assert Equivalent(("остров",), "kk") not in word.equivalents


def test_a_long_loan_word_is_found_in_a_kazakh_question(dictionary: Dictionary) -> None:
    """Who writes a Russian term within Kazakh finds its Kazakh equivalent."""
    assert "мемлекет" in _found(dictionary, "государства туралы", "kk")["государства"]


ANY_WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["окружающей", "среды", "оон", "совет", "безопасности", "бұұ", "и", "what"]
        ),
        st.text(CYRILLIC + "abcdefgh-", min_size=1, max_size=8),
    ),
    max_size=9,
)


@given(ANY_WORDS, st.sampled_from(get_args(Language)))
def test_units_are_the_words_cut(
    dictionary: Dictionary, words: list[str], language: Language
) -> None:
    """No word is lost, doubled or moved."""
    units = list(dictionary.units(words, language))
    assert [word for unit in units for word in unit.words] == words
    assert all(unit.equivalents for unit in units if len(unit.words) > 1)


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("министерства", "министерство"),
        ("людьми", "человек"),
        ("объединённых", "объединить"),
        ("какой-то", "какой"),
        ("расскажи-ка", "рассказать"),
        ("стран-членов", "страна"),
    ],
)
def test_dictionary_forms_are_found(word: str, form: str) -> None:
    """Inflected words, particles after a hyphen and ё are seen through."""
    assert form in forms_of(word) or form in {
        f for known in forms_of(word) for f in forms_of(known)
    }


@pytest.mark.parametrize("word", ["қазақ", "мүшелерін", "treaty", "2030", "министрлігі"])
def test_words_that_are_not_russian_have_one_form(word: str) -> None:
    """A word with a Kazakh or Latin letter, or a number, is left as it is."""
    assert forms_of(word) == (word,)


@given(st.text(CYRILLIC + "ab-", min_size=1, max_size=12))
def test_the_word_itself_is_one_of_its_forms(word: str) -> None:
    """Whatever else a word may be a form of, it may be the entry itself; ё is written е."""
    forms = forms_of(word)
    assert word.replace("ё", "е") in forms
    assert len(set(forms)) == len(forms)
    assert not any("ё" in form for form in forms)


@pytest.mark.parametrize("name", COLUMNS)
def test_every_row_has_its_columns(name: str) -> None:
    """No tab is missing or too many."""
    assert [row for row in _rows(name) if len(row) != COLUMNS[name]] == []


@pytest.mark.parametrize("name", COLUMNS)
def test_no_row_is_there_twice(name: str) -> None:
    """No key has the same value again."""
    pairs = Counter(
        (cell, equivalent.strip())
        for cell, value, *_ in _rows(name)
        for equivalent in value.split("|")
        if cell and value
    )
    assert [pair for pair, count in pairs.items() if count > 1] == []


@pytest.mark.parametrize("name", COLUMNS)
def test_cells_are_trimmed_and_composed(name: str) -> None:
    """No cell has white space at its ends, and each letter is one character."""
    cells = [cell for row in _rows(name) for cell in row]
    assert [cell for cell in cells if cell != " ".join(cell.split())] == []
    assert [cell for cell in cells if not unicodedata.is_normalized("NFC", cell)] == []


@pytest.mark.parametrize("name", ["ru-kk.tsv", "places.tsv"])
def test_words_and_places_have_every_language(name: str) -> None:
    """No cell and no equivalent is empty."""
    cells = [part for row in _rows(name) for cell in row for part in cell.split("|")]
    assert cells
    assert all(words_of(cell) for cell in cells)


def test_every_name_has_a_kazakh_and_a_foreign_form() -> None:
    """A row of names gives something to find and something to find it by."""
    for row in _rows("names.tsv"):
        assert any(row[:2]), row
        assert any(row[2:]), row


def test_kazakh_words_hold_no_latin_look_alikes() -> None:
    """A word is of one alphabet: Latin only in names that are written so."""
    words = [word for cell in _kazakh_cells() for word in cell.replace("-", " ").split()]
    mixed = [
        word
        for word in words
        if any("\u0400" <= letter <= "\u052f" for letter in word)
        and any(letter.isalpha() and letter < "\u0250" for letter in word)
    ]
    assert words
    assert mixed == []


def test_russian_words_hold_no_latin_look_alikes() -> None:
    """The Russian side is of one alphabet too, word by word."""
    words = [word for cell in _russian_cells() for word in cell.replace("-", " ").split()]
    mixed = [
        word
        for word in words
        if any("\u0400" <= letter <= "\u052f" for letter in word)
        and any(letter.isalpha() and letter < "\u0250" for letter in word)
    ]
    assert mixed == []


def test_russian_keys_hold_no_kazakh_letters() -> None:
    """The left side of the dictionary is Russian."""
    assert [row[0] for row in _rows("ru-kk.tsv") if set(SPECIAL) & set(row[0].lower())] == []


def test_every_russian_entry_finds_itself(dictionary: Dictionary) -> None:
    """Each key of the dictionary, asked as it stands, has each of its equivalents."""
    for russian, kazakh in _rows("ru-kk.tsv"):
        words = words_of(russian)
        wanted = {tuple(words_of(part)) for part in kazakh.split("|")} - {tuple(words)}
        if wanted:
            [unit] = dictionary.units(words, "ru")
            assert wanted <= _words(unit), russian


def test_every_short_name_finds_its_full_name(dictionary: Dictionary) -> None:
    """Each short name of the list, in any language, has the Kazakh full name."""
    for row in _rows("names.tsv"):
        full = tuple(words_of(row[1]))
        for name, code in ((row[0], "kk"), (row[2], "ru"), (row[4], "en")):
            words = words_of(name)
            if words and full and tuple(words) != full:
                [unit] = dictionary.units(words, code)
                assert full in _words(unit), name


@pytest.mark.parametrize(("column", "language"), [(1, "ru"), (2, "en")])
def test_every_place_is_found(dictionary: Dictionary, column: int, language: Language) -> None:
    """Each place, asked in Russian or English, has its Kazakh name."""
    for row in _rows("places.tsv"):
        kazakh, words = tuple(words_of(row[0])), words_of(row[column])
        if tuple(words) != kazakh:
            [unit] = dictionary.units(words, language)
            assert kazakh in _words(unit), row


@pytest.mark.parametrize(
    ("text", "language", "unit", "equivalent"),
    [
        ("ақшаның көзі", "kk", "ақшаның", "қаражат"),
        ("абыройымыз туралы", "kk", "абыройымыз", "бедел"),
        ("сот шешімін орындау", "kk", "сот шешімін", "сот қаулысы"),
        ("қаражат деген деньги", "ru", "қаражат", "ақша"),
    ],
)
def test_kazakh_words_have_their_synonyms(
    dictionary: Dictionary, text: str, language: Language, unit: str, equivalent: str
) -> None:
    """A word or phrase, with its endings, is one unit with what the thesaurus lists beside it."""
    assert equivalent in _found(dictionary, text, language)[unit]


def test_an_entry_has_both_equivalents_and_synonyms(dictionary: Dictionary) -> None:
    """What both sources list is a union, equivalents first, none twice."""
    thesaurus, shared = Thesaurus(kazakh_entries()), 0
    members = {member for synonyms in language("kk").synonyms() for member in synonyms}
    for russian, kazakh in _rows("ru-kk.tsv"):
        words = words_of(russian)
        count, synonyms = thesaurus.longest(words)
        if count == len(words) == 1 and len(words[0]) > 4 and words[0] in members:
            [unit] = dictionary.units(words, "kk")
            if not unit.is_name:
                own = {tuple(words_of(part)) for part in kazakh.split("|")} - {tuple(words)}
                assert own <= _words(unit), russian
                assert set(synonyms) <= set(unit.equivalents), russian
                assert len(set(unit.equivalents)) == len(unit.equivalents), russian
                shared += 1
    assert shared


@pytest.mark.parametrize(
    ("text", "language", "apart", "absent"),
    [
        ("сот шешімі", "kk", "сот", "трибунал"),
        ("адам құқығы", "kk", "адам", "кісі"),
    ],
)
def test_the_longer_of_entry_and_phrase_is_taken(
    dictionary: Dictionary, text: str, language: Language, apart: str, absent: str
) -> None:
    """A phrase of the thesaurus or of the dictionary hides what its first word alone may mean."""
    assert absent in _found(dictionary, apart, language)[apart]
    found = _found(dictionary, text, language)
    assert list(found) == [text]
    assert absent not in found[text]


@pytest.mark.parametrize("name", ["БҰҰ", "ВВП", "СМИ"])
def test_a_name_has_no_synonyms(dictionary: Dictionary, name: str) -> None:
    """An acronym that the thesaurus lists too has its full name and nothing more."""
    count, synonyms = Thesaurus(kazakh_entries()).longest(words_of(name))
    [unit] = dictionary.units(words_of(name), "ru")
    assert count == 1
    assert unit.is_name
    assert set(synonyms) - set(unit.equivalents)


@pytest.mark.parametrize("typed", ["Біріккен Ұлттар Ұйымының", "Біріккен Ұлттар Ұйымында"])
def test_a_kazakh_name_is_found_with_its_endings(dictionary: Dictionary, typed: str) -> None:
    """The last word of a full name takes endings; the acronym is found all the same."""
    [unit] = dictionary.units(words_of(typed), "kk")
    assert ("бұұ",) in _words(unit)
    assert unit.is_name


@pytest.mark.parametrize("name", ["Россия", "ООН", "США"])
def test_a_name_that_is_also_a_word_of_the_dictionary_is_a_name(
    dictionary: Dictionary, name: str
) -> None:
    """It matches in full wherever it is listed."""
    [unit] = dictionary.units(words_of(name), "ru")
    assert unit.is_name


def test_a_long_name_is_found_as_a_whole(dictionary: Dictionary) -> None:
    """A name of any number of words is one unit."""
    rows = [row for row in _rows("names.tsv") if len(words_of(row[3])) > 7]
    assert rows
    for row in rows:
        [unit] = dictionary.units(words_of(row[3]), "ru")
        assert tuple(words_of(row[1])) in _words(unit)


@pytest.mark.parametrize("word", ["мокнуть", "мама", "ниша", "сие"])
def test_an_acronym_is_no_form_of_a_word(dictionary: Dictionary, word: str) -> None:
    """МОК, МАМ, НИШ, СЕ look like forms of Russian words and are names."""
    [unit] = dictionary.units([word], "ru")
    assert not unit.is_name


@pytest.mark.parametrize(
    ("text", "language", "unit", "equivalent", "spoken"),
    [
        ("адам саудасы туралы", "kk", "адам саудасы", "торговля людьми", "ru"),
        ("адам саудасына қарсы", "kk", "адам саудасына", "торговля людьми", "ru"),
        ("сот шешімі", "kk", "сот шешімі", "судебное решение", "ru"),
        ("Ресеймен шекара", "kk", "ресеймен", "россия", "ru"),
        ("Ресеймен шекара", "kk", "ресеймен", "russia", "en"),
        ("Germany", "en", "germany", "германия", "ru"),
        ("Германия", "ru", "германия", "germany", "en"),
        ("ООН", "ru", "оон", "организация объединенных наций", "ru"),
        ("БҰҰ", "kk", "бұұ", "оон", "ru"),
        ("United Nations", "en", "united nations", "оон", "ru"),
    ],
)
def test_a_question_finds_what_other_languages_call_it(
    dictionary: Dictionary,
    text: str,
    language: Language,
    unit: str,
    equivalent: str,
    spoken: Language,
) -> None:
    """Acts that exist in one language only are found from the others."""
    found = {" ".join(u.words): u.equivalents for u in dictionary.units(words_of(text), language)}
    assert Equivalent(tuple(words_of(equivalent)), spoken) in found[unit]


def test_every_kazakh_equivalent_leads_back(dictionary: Dictionary) -> None:
    """The dictionary is read both ways: what a Russian word is called has that word."""
    for russian, kazakh in list(_rows("ru-kk.tsv"))[::37]:
        words = words_of(kazakh.split("|")[0])
        units = list(dictionary.units(words, "kk"))
        if len(units) == 1 and not units[0].is_name and len("".join(words)) > 3:
            wanted = Equivalent(tuple(words_of(russian.replace("ё", "е"))), "ru")
            assert wanted.words == tuple(words) or wanted in units[0].equivalents, kazakh


@pytest.mark.parametrize("text", ["права", "сот", "балы"])
def test_a_russian_word_has_no_synonyms_of_a_kazakh_one(dictionary: Dictionary, text: str) -> None:
    """Kazakh speakers say «права» for a driving licence, Russian ones do not."""
    apart = {
        tuple(words_of(part))
        for russian, kazakh in _rows("ru-kk.tsv")
        if words_of(russian)[0] in forms_of(text)
        for part in kazakh.split("|")
    }
    [unit] = dictionary.units(words_of(text), "ru")
    assert _words(unit) <= apart


def test_a_russian_word_is_found_in_its_own_forms(dictionary: Dictionary) -> None:
    """Spelling does not tell that «людей» is a form of «человек»."""
    [unit] = dictionary.units(["людей"], "ru")
    assert Equivalent(("человек",), "ru") in unit.equivalents
