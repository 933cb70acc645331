from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.languages import LANGUAGES, Language, language, languages

FOLDER = Path(str(files("indexer.languages")))
PARTS = ("letters.py", "forms.py", *(f"words/{name}" for name in (
    "frequent.tsv", "question.txt", "structure.toml", "answers.toml"
)))  # fmt: skip


def test_every_language_is_registered_under_its_code() -> None:
    """The registry holds the codes and no others, in their order."""
    assert tuple(bundle.code for bundle in languages()) == LANGUAGES
    assert [language(code).code for code in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize("part", PARTS)
def test_every_language_has_the_same_parts(part: str) -> None:
    """Files of one name hold the same thing in each folder."""
    assert [code for code in LANGUAGES if not (FOLDER / code / part).is_file()] == []


def test_every_language_tells_the_same_kinds() -> None:
    """Kinds of answers and roles of words are named alike."""
    assert len({tuple(bundle.answers()) for bundle in languages()}) == 1
    assert len({tuple(bundle.structure()) for bundle in languages()}) == 1


@pytest.mark.parametrize("code", LANGUAGES)
@given(data=st.data())
def test_a_word_is_a_form_of_itself(code: Language, data: st.DataObject) -> None:
    """Whatever its letters, in every language."""
    bundle = language(code)
    word = data.draw(st.text(bundle.letters, min_size=1, max_size=12))
    assert bundle.is_form(word, word)
    assert {word, word.replace("ё", "е")} & set(bundle.dictionary_forms(word))
    begun = {word, word.replace("ё", "е")}
    assert any(form.startswith(b) for form in begun for b in bundle.beginnings(word))


@pytest.mark.parametrize("code", LANGUAGES)
@given(data=st.data())
def test_a_form_of_several_is_a_form_of_one_of_them(code: Language, data: st.DataObject) -> None:
    """What is told of several dictionary forms at once is what is told of each."""
    bundle = language(code)
    words = st.text(bundle.letters, min_size=1, max_size=8)
    entries = data.draw(st.lists(words, max_size=4))
    endings = data.draw(st.text(bundle.letters, max_size=3))
    is_form = bundle.form_of(entries)
    for word in (data.draw(words), *(entry + endings for entry in entries)):
        assert is_form(word) == any(bundle.is_form(word, entry) for entry in entries)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if language(code).roots])
@given(data=st.data())
def test_words_of_one_root_are_forms_of_one_another(code: Language, data: st.DataObject) -> None:
    """Corpora are searched by roots: they tell what ``is_form`` tells."""
    bundle = language(code)
    assert bundle.roots is not None
    words = [word for word, _ in bundle.frequent()[:3000]]
    word, entry = (data.draw(st.sampled_from(words)).lower() for _ in range(2))
    shared = set(bundle.roots(word)) & set(bundle.roots(entry))
    assert bool(shared) == bundle.is_form(word, entry)
    assert bundle.roots(word)


def test_vowels_are_letters() -> None:
    """Each language has both."""
    for bundle in languages():
        assert bundle.vowels < set(bundle.letters)
