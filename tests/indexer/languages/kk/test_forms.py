"""Kazakh word forms."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.languages.kk.forms import beginnings, ends_phrase, entries_in, is_form, stem_of

VOICED = {"к": "г", "қ": "ғ", "п": "б"}
KAZAKH = st.text("абвгғдеәжзийкқлмнңоөпрстуұүфхһшыі", min_size=2, max_size=12)


@given(KAZAKH)
def test_an_entry_is_a_form_of_itself(entry: str) -> None:
    """A dictionary form stands in texts as it is, and begins with one of its letters."""
    assert is_form(entry, entry)
    assert any(entry.startswith(beginning) for beginning in beginnings(entry))


@given(KAZAKH)
def test_a_word_is_found_under_its_own_entry(entry: str) -> None:
    """Its own dictionary form is among those that a word may be a form of."""
    assert entry in entries_in(entry, shortest=2)


@given(KAZAKH, st.integers(2, 4))
def test_longer_stems_come_first(word: str, shortest: int) -> None:
    """No entry comes before one of a longer stem, and none has a stem below the least length."""
    lengths = [len(stem_of(entry)) for entry in entries_in(word, shortest)]
    assert all(length + 1 >= shortest for length in lengths)
    assert all(later <= earlier + 1 for earlier, later in pairwise(lengths))


@pytest.mark.parametrize(
    ("word", "entry"),
    [
        ("қаржыландырылады", "қаржыландыру"),
        ("тәуелділік", "тәуелді"),
        ("тілегі", "тілек"),
        ("кітабы", "кітап"),
        ("құқығы", "құқық"),
        ("берді", "беру"),
        ("береді", "беру"),
        ("беру", "беру"),
        ("берушінің", "беру"),
        ("елдің", "ел"),
        ("елімізге", "ел"),
        ("көгі", "көк"),
        ("беретін", "беру"),
        ("болады", "болу"),
        ("қаруды", "қару"),
        ("азаюы", "азаю"),
        ("азайды", "азаю"),
        ("қазаның", "қаза"),
        ("банктен", "банк"),
        ("төленбеген", "төлеу"),
        ("көбейтуді", "көбею"),
        ("қаралды", "қарау"),
    ],
)
def test_forms(word: str, entry: str) -> None:
    """Endings, derived words and voiced last letters belong to the dictionary form."""
    assert is_form(word, entry)


@pytest.mark.parametrize(
    ("word", "entry"),
    [
        ("елу", "ел"),
        ("елек", "ел"),
        ("елдық", "ел"),
        ("елді", "елдік"),
        ("қазан", "қазу"),
        ("береке", "беру"),
        ("қаржы", "қару"),
        ("алаң", "ал"),
        ("туралы", "туу"),
        ("мәдениет", "мемлекет"),
        ("кітабы", "кіт ап"),
        ("қазақстан", "қаза"),
        ("қазақшасы", "қаза"),
        ("қаражат", "қарау"),
        ("талаптар", "талау"),
        ("факторлар", "факт"),
    ],
)
def test_other_words(word: str, entry: str) -> None:
    """A word that only begins with the same letters as a short stem is another word."""
    assert not is_form(word, entry)


@given(st.text("абвгдежзиклмноөпрстұүшыі", min_size=5, max_size=9), KAZAKH)
def test_anything_may_follow_a_long_stem(entry: str, rest: str) -> None:
    """Derived words count as forms, and so does the stem alone."""
    assert is_form(entry + rest, entry)
    assert is_form(stem_of(entry), entry)


@given(KAZAKH, st.integers(1, 5))
def test_every_beginning_is_a_stem(word: str, shortest: int) -> None:
    """Each is yielded, the longest first, as a noun and as a verb; the shortest is the last."""
    entries = list(entries_in(word, shortest))
    stems = [word[:end] for end in range(len(word), shortest - 1, -1)]
    places = [entries.index(stem) for stem in stems]
    assert places == sorted(places)
    assert {stem + ending for stem in stems for ending in "ую"} <= set(entries)
    assert all(len(entry) >= shortest for entry in entries)


@given(KAZAKH, st.sampled_from(sorted(VOICED)))
def test_a_voiced_letter_leads_to_the_entry(stem: str, last: str) -> None:
    """A word in г, ғ, б may be of an entry in к, қ, п, and begins with a letter told."""
    entry, word = stem + last, stem + VOICED[last] + "ы"
    assert entry in entries_in(word, 2)
    assert len(entry) < 5 or is_form(word, entry)
    assert any(word.startswith(beginning) for beginning in beginnings(entry))


@pytest.mark.parametrize(
    ("entry", "stem"), [("дамыту", "дамыт"), ("көбею", "көбе"), ("алу", "алу"), ("ел", "ел")]
)
def test_verbs_are_listed_in_u(entry: str, stem: str) -> None:
    """The last -у or -ю is cut, unless too little would be left."""
    assert stem_of(entry) == stem


def test_a_word_of_one_letter_may_begin_voiced() -> None:
    """Its only letter is its last."""
    assert beginnings("қ") == {"қ", "ғ"}
    assert beginnings("қар") == {"қар"}
    assert beginnings("құқық") == {"құқық", "құқығ"}


@pytest.mark.parametrize(
    ("word", "entry"),
    [
        ("алды", "алу"),
        ("алынатын", "алу"),
        ("етеді", "ету"),
        ("етілген", "ету"),
        ("өтпеген", "өту"),
        ("өткізуге", "өту"),
        ("қойылды", "қою"),
        ("қояды", "қою"),
        ("жойып", "жою"),
        ("туады", "туу"),
    ],
)
def test_a_phrase_ends_in_a_form_of_a_short_verb(word: str, entry: str) -> None:
    """Two letters of a stem are enough after the words of a phrase."""
    assert ends_phrase(word, entry)
    assert entry in entries_in(word, 2)


@pytest.mark.parametrize(
    ("word", "entry"),
    [("туралы", "туу"), ("алаң", "алу"), ("алтын", "алу"), ("ақша", "ағу")],
)
def test_a_phrase_does_not_end_in_another_word(word: str, entry: str) -> None:
    """What follows must be endings of verbs, and a noun in -у has no shorter stem."""
    assert not ends_phrase(word, entry)


@given(st.text("алеткыі", min_size=1, max_size=60), st.sampled_from(["алу", "ету", "қою"]))
def test_a_long_word_is_read_at_once(rest: str, entry: str) -> None:
    """A word of thousands of letters is no form and takes no time."""
    assert not ends_phrase(entry[:-1] + rest * 2000 + "?", entry)
