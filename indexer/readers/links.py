"""Hyperlinks: where a page left out the space beside one, or put one too many."""

import re

LINK = "\ue001"
"""Stands where a hyperlink begins and ends, until :func:`mend_links` has seen it."""

_LINKS = re.compile(f"{LINK}+")
_NO_SPACE = re.compile(f"{LINK}\\s+(?=[,;.)])")
# «Заңның25-бабы», «2020жылғы», «7)тармақ», «147-1,149», «№ 30-V(вводится», «см.ст», «–в размере».
_LETTER = r"[^\W\d_]"
_SPACE = re.compile(
    f"(?<={_LETTER}){LINK}(?=\\d)|(?<=\\d){LINK}(?={_LETTER}{{3}})|(?<=[),]){LINK}(?=\\w)"
    f"|(?<=\\w){LINK}(?=\\()|(?<=\\.){LINK}(?={_LETTER})|(?<=\\s[-–—]){LINK}(?=\\w)"
)


def mend_links(text: str) -> str:
    """A paragraph with its spaces right where its hyperlinks begin and end.

    A word that a link parts («Конституция|сының») stays one.
    """
    if LINK not in text:
        return text
    text = _NO_SPACE.sub(LINK, _LINKS.sub(LINK, text))
    return _SPACE.sub(" ", text).replace(LINK, "")
