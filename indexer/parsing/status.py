"""Status: whether an act says that one of its elements was excluded or lost its force."""

import re
from collections.abc import Iterable

from indexer.languages.lookalikes import to_cyrillic

_ENGLISH = "|".join(map(to_cyrillic, ("Excluded", "excluded", "Is excluded", "is excluded")))
_SAYS = (
    rf"(?:{_ENGLISH}|алып\s+тасталды|алынып\s+тасталды|күші(?:н)?\s+жо(?:йылды|йылған(?=\s*(?:[.;,)\]–—-]|$))|йды)"
    r"|исключ(?:ен[аоы]?)?(?!\w|\s+из\s)|утратил[аио]?\s+силу)"
)
# An instruction to exclude, printed by mistake for the statement: the law that did it follows.
_INSTRUCTS = (
    r"(?:исключить|алып\s+тасталсын)\s*[-–—]?\s*"
    r"(?=закон|кодекс|указ|постановлен|приказ|конституцион|в\s+соответстви|ҚР\s)"
)
_NAMED = (
    r"(?:(?:стать[яи]|глав[аы]|параграф|пункты?|подпункты?|част[ьи]|абзацы?)\s"
    r"|\d[\d-]*\)?\s?-\s?(?:бап|тарау|параграф|тармақ|тармақша|бөлік)\w*)"
)
_OPENS = re.compile(
    rf"\W{{0,3}}(?:{_NAMED}\W{{0,3}}[\d,\s–)-]{{0,20}}\W{{0,3}})?(?:{_SAYS}|{_INSTRUCTS})",
    re.IGNORECASE,
)
_MENTIONS = re.compile(_SAYS, re.IGNORECASE)
# «Особые условия (исключена Законом РК …)»: a title with the statement after it
_AFTER_TITLE = re.compile(rf"(?<=\S)\s+[(\[]\s?(?:{_SAYS}|{_INSTRUCTS}).*$", re.IGNORECASE)


def opens_repealed(text: str) -> bool:
    """Whether a text begins by saying that its element is excluded."""
    return _OPENS.match(to_cyrillic(text)) is not None


def mentions_repeal(notes: Iterable[str]) -> bool:
    """Whether one of the notes about an element left empty says that it is excluded."""
    return any(_MENTIONS.search(_folded(note)) for note in notes)


def split_repealed(heading: str) -> tuple[str, str]:
    """A heading's title, and the statement after it that its element is excluded."""
    if opens_repealed(heading):
        return "", heading
    match = _AFTER_TITLE.search(_folded(heading))
    if match is None:
        return heading, ""
    return heading[: match.start()].rstrip(), heading[match.start() :].strip()


def _folded(text: str) -> str:
    # Dumps print the Kazakh і as a Latin i.
    return to_cyrillic(text)
