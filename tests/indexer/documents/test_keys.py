"""Tests of keys: one form to name works, editions and passages."""

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.keys import Key, Work
from indexer.errors import InvalidKeyError
from indexer.languages import LANGUAGES

DAYS = st.dates(min_value=datetime.date(1000, 1, 1))
LETTERS = "abcxyz019АЯәқ№-._,:;()"
NUMBERS = st.text(LETTERS + "+", min_size=1, max_size=12)
WORKS = st.builds(
    Work,
    st.text("akruz", min_size=2, max_size=2),
    st.from_regex(r"([a-z][a-z-]*)?", fullmatch=True),
    st.one_of(DAYS.map(str), st.integers(1000, 9999).map(str)),
    NUMBERS,
)
EIDS = st.from_regex(
    r"(art|chp|para|point)_[0-9a-z-]{1,4}(__(para|point)_[0-9-]{1,4})?", fullmatch=True
)
DOCUMENTS = st.text(LETTERS, min_size=1, max_size=20)
EDITIONS = st.one_of(
    st.just((None, None)),
    st.tuples(st.sampled_from(LANGUAGES), st.one_of(st.none(), DAYS)),
)
KEYS = st.builds(
    lambda document, eid, edition: Key(document, eid, *edition),
    st.one_of(DOCUMENTS, WORKS.map(str)),
    st.one_of(st.just(""), EIDS),
    EDITIONS,
)
ACT = "/akn/kz/act/decree/2020-03-06/280"


@given(WORKS)
def test_a_work_is_read_as_it_is_printed(work: Work) -> None:
    """Printing and reading lose nothing."""
    assert Work.parse(str(work)) == work


@given(KEYS)
def test_a_key_is_read_as_it_is_printed(key: Key) -> None:
    """Printing and reading lose nothing, by short id and by address."""
    assert Key.parse(str(key)) == key


@given(KEYS, EIDS)
def test_an_item_is_the_same_in_every_edition(key: Key, eid: str) -> None:
    """The permanent id forgets the edition, the edition forgets the passage."""
    there = key.at(eid)
    assert there.item == Key(key.document, eid).item
    assert (there.language, there.date) == (key.language, key.date)
    assert there.edition == key.edition == key.at("")


@given(st.text(max_size=80))
def test_any_text_is_a_key_or_an_error(text: str) -> None:
    """Nothing but the error of a wrong key is raised; what is read can be printed and read."""
    with contextlib.suppress(InvalidKeyError):
        key = Key.parse(text)
        assert Key.parse(str(key)) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("law", Key("law")),
        ("law#art_3", Key("law", "art_3")),
        ("law#art_3@ru", Key("law", "art_3", "ru")),
        ("law#art_3@rus", Key("law", "art_3", "ru")),
        ("law@kk", Key("law", "", "kk")),
        ("law#", Key("law")),
        ("law#art_3@ru:2011-01-01", Key("law", "art_3", "ru", datetime.date(2011, 1, 1))),
        (ACT, Key(ACT)),
        (f"{ACT}/~art_3", Key(ACT, "art_3")),
        (f"{ACT}/!main~art_3", Key(ACT, "art_3")),
        (f"{ACT}#art_3", Key(ACT, "art_3")),
        (f"{ACT}/rus", Key(ACT, "", "ru")),
        (f"{ACT}/kaz@", Key(ACT, "", "kk")),
        (f"{ACT}/eng@2020-03-06/!main", Key(ACT, "", "en", datetime.date(2020, 3, 6))),
        (f"{ACT}/rus@2020-03-06/~a_1", Key(ACT, "a_1", "ru", datetime.date(2020, 3, 6))),
        ("/akn/kz/act/2020/280/rus", Key("/akn/kz/act/2020/280", "", "ru")),
    ],
)
def test_every_form_is_read(text: str, key: Key) -> None:
    """Short keys, those of before editions had dates, and addresses of Akoma Ntoso."""
    assert Key.parse(text) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "two words",
        "law@xx",
        "law@ru:2011-02-30",
        "law@ru:2011",
        "law#a#b",
        "law@kk@ru",
        "/akn/",
        "/akn/kz/act/decree/280",
        "/akn/kz/act/decree/2020-13-01/280",
        f"{ACT}/deu",
        f"{ACT}/rus@2020-02-30",
        f"{ACT}/rus/~a/b",
        f"{ACT} ",
    ],
)
def test_what_names_no_text_is_refused(text: str) -> None:
    """The error shows the text and the forms."""
    with pytest.raises(InvalidKeyError, match="document#eid@ru"):
        Key.parse(text)


@pytest.mark.parametrize("uri", ["", "/akn/kz/act", f"{ACT}/rus", f"{ACT}#a", "akn/kz/act/2020/1"])
def test_an_address_of_more_or_less_than_a_work_is_refused(uri: str) -> None:
    """A work is an act, neither its edition nor a passage."""
    with pytest.raises(InvalidKeyError):
        Work.parse(uri)


def test_an_expression_has_the_languages_three_letters() -> None:
    """As the naming convention writes it."""
    work = Work.parse(ACT)
    assert work.expression("kk", datetime.date(2021, 1, 2)) == f"{ACT}/kaz@2021-01-02"


def test_a_long_text_is_not_repeated_whole() -> None:
    """An error stays readable."""
    with pytest.raises(InvalidKeyError) as caught:
        Key.parse("x " * 10_000)
    assert len(str(caught.value)) < 400
