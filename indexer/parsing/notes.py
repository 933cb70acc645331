"""Editorial notes: what the publisher of an act writes about it, between its lines."""

import re
from typing import Literal

from indexer.parsing.lines import Line

NoteKind = Literal["amendment", "editorial", "publisher"]

_AMENDMENT = re.compile(
    r"(?:ескерту|ескертпе|сноска)\s?[.,:]|примечание\s?\.\s+см\.|\(?(?:статья|глава)\s\d[\d-]*\s"
    r"(?:исключен|утратил)",
    re.IGNORECASE,
)
_EDITORIAL = re.compile(
    r"(?:примечание\s+(?:изпи|рцпи)|(?:зқаи|рқао)-н[ыі]ң\s+ескерт(?:песі|уі|у))\s?[!.:]?"
    r"|вниманию\s+пользователей\s?!|қолданушылар\s+назарына\s?!",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"(?:содержание|оглавление|мазмұны|пресс-релиз|баспасөз-релиз)$", re.IGNORECASE
)
# «2) тармақша жаңа редакцияда көзделген», «Пункт 3 предусматривается в редакции Закона»
_FORESEEN = re.compile(
    r"\d[\d-]{0,9}\)?\s?-?\s?(?:тармақ|бөлі[кг]|абзац|бап)\w*\s.{0,200}?"
    r"(?:көзделген|тоқтатыла|қолданыста\b|қолданысқа\s+енгізіл)"
    r"|(?:в\s+)?(?:заголов|наименован|стать|пункт|подпункт|част|ч\.|абзац|глав|закон|кодекс|действие).{0,200}?"
    r"(?:предусм[ао]тр\w+\s(?:в\s+редакции|исключ|измен|дополн)|приостановлено\s+до)",
    re.IGNORECASE,
)


def note_kind(line: Line) -> NoteKind | None:
    """Say whether a note begins on a line.

    Returns:
        ``amendment`` for a note after what it is about, ``editorial`` for one before it,
        ``publisher`` for the links of the page, None for the act's own text.
    """
    if _AMENDMENT.match(line.key) or _FORESEEN.match(line.key):
        return "amendment"
    if _EDITORIAL.match(line.key):
        return "editorial"
    return "publisher" if _PUBLISHER.match(line.key) else None


def is_only_caption(line: Line) -> bool:
    """Whether an editorial note says nothing itself: the next paragraph is the note."""
    return _EDITORIAL.fullmatch(line.key) is not None


def is_foreseen_change(line: Line) -> bool:
    """Whether a line that looks like an item announces a change of one."""
    return _FORESEEN.match(line.key) is not None
