from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.corpus import CorpusWords, merge
from indexer.analysis.texts import analyse, pack, root_keys, unpack
from indexer.documents.passages import Passage
from indexer.languages import Language, language

_FREQUENT = [word.lower() for word, _ in language("ru").frequent()[:2000]]


def _passage(text: str, code: Language) -> Passage:
    return Passage("d", "al_1", code, None, (), text)


def _corpus(*editions: list[Passage]) -> CorpusWords:
    return CorpusWords(merge([analyse(passages) for passages in editions]))


def _rooted(corpus: CorpusWords, entry: str, code: Language) -> list[str]:
    return [corpus.spellings[number] for number in corpus.rooted(root_keys(entry, code) or ())]


def test_forms_are_found_by_their_root_in_every_edition() -> None:
    """However they begin, and whichever edition holds them."""
    corpus = _corpus(
        [_passage("Права людей и человека", "ru")],
        [_passage("The studies of rights", "en")],
        [_passage("Человеку даются права", "ru")],
    )
    assert _rooted(corpus, "человек", "ru") == ["людей", "человека", "человеку"]
    assert _rooted(corpus, "study", "en") == ["studies"]


def test_a_root_is_one_of_its_language() -> None:
    """A word of another language that is written alike is no form."""
    corpus = _corpus([_passage("Ол бала", "kk")], [_passage("балы", "ru")])
    assert _rooted(corpus, "бал", "ru") == ["балы"]
    assert root_keys("бала", "kk") is None


def test_an_analysis_comes_back_as_it_was_kept() -> None:
    """Its roots, too."""
    found = unpack(pack(made := analyse([_passage("Права людей", "ru")])))
    assert found is not None
    assert found.roots == made.roots != ()
    assert found.root_words.tolist() == made.root_words.tolist()
    assert found.root_offsets.tolist() == made.root_offsets.tolist()


@given(words=st.lists(st.sampled_from(_FREQUENT), min_size=1, max_size=30), data=st.data())
def test_what_is_found_by_roots_is_what_is_a_form(words: list[str], data: st.DataObject) -> None:
    """Of all words of a corpus, no other and none less."""
    half = len(words) // 2
    editions = [
        [_passage(" ".join(part), "ru")] if part else [] for part in (words[:half], words[half:])
    ]
    corpus = _corpus(*editions)
    entry = data.draw(st.sampled_from(_FREQUENT))
    is_form = language("ru").is_form
    told = [word for word in corpus.spellings if is_form(word, entry)]
    assert _rooted(corpus, entry, "ru") == told
