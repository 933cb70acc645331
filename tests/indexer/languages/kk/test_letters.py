from indexer.languages.kk.letters import CYRILLIC, SPELLINGS, compose, letterless, transliterate


def test_a_russian_keyboard_writes_none_of_the_kazakh_letters() -> None:
    """Each Kazakh letter becomes the Russian one on whose key people type it."""
    assert letterless("Әлем, ғылым, қаңтар, өнер, ұлы, үміт, гауһар, іс") == (
        "Алем, гылым, кантар, онер, улы, умит, гаухар, ис"
    )


def test_every_letter_may_be_typed_as_itself_for_nothing() -> None:
    """No Cyrillic letter is missing from the table of spellings."""
    assert all(SPELLINGS[letter][letter] == 0 for letter in CYRILLIC)


def test_apostrophe_letters_become_one_letter_each() -> None:
    """The alphabet of 2017 writes ``a'`` where that of 2018 writes ``á``."""
    assert compose("a'leumettik") == "áleumettik"


def test_unknown_names_are_transliterated() -> None:
    """A name that no list knows is read letter by letter."""
    assert transliterate("shynbergen") == "шынберген"
