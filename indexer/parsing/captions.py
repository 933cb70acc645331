"""Captions of annexes: «Приложение 1 к постановлению …», «… қаулысына 1-қосымша».

A caption names the act that the annex belongs to and says nothing else. A sentence that begins
with the same words («Приложение к лицензии выдается …») is text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.parsing.lines import Line, is_closed
from indexer.parsing.marks import recognise
from indexer.parsing.rows import AMOUNT
from indexer.parsing.stamps import is_signature

_LONGEST_LINES, _LONGEST = 14, 500
_RUSSIAN = re.compile(
    r"(?P<num>Приложение(?:\s*№?\s*(?P<number>\d{1,3}(?:-\d{1,3})?))?)(?=$|\s+к\s)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
# Read from the text itself: in keys its letters are half Cyrillic.
_ENGLISH = re.compile(
    r"(?P<num>(?:Annex|ANNEX|Appendix|APPENDIX)(?:\s+(?:№|No\.?)?\s*(?P<number>\d{1,3}))?)"
    r"(?=$|\s+to\s)\s*(?P<rest>.*)$"
)
_KAZAKH = re.compile(
    r"(?P<rest>.*?)(?P<num>(?:(?:№\s?)?(?P<number>\d{1,3}(?:-\d{1,3})?)\s?-?\s?)?қосымша(?:сы)?)$",
    re.IGNORECASE,
)
_KAZAKH_WORDS = ("қосымша", "қосымшасы")
# What the words before «қосымша» end in: «қаулысына», «Заңына», «қағидаларына».
_KAZAKH_OWNER = re.compile(r"(?:^|\s)[\w»\"]+(?:на|не|ға|ге|қа|ке|а|е)\s$", re.IGNORECASE)
# A line that a caption may begin with: «"Бақтар туралы"», «Қағидаларға», «Үкіметінің».
_OWNER_BEGINS = re.compile(r"[\"«“]|.*(?:[ндт][ыі]ң|(?:ына|іне|ға|ге|қа|ке))$", re.IGNORECASE)
_ACT_ENDS = re.compile(r"(?:№\s?\d[\w/-]*|[\"»”])$")
_DATED = re.compile(r"(?:.{0,80}\s)?от\s\d{1,2}\s\w{3,9}\s\d{4}\s(?:года|г\.)(?:\s№\s?\d[\w/-]*)?$")
_NUMBER = re.compile(r"№\s?\d[\w/-]*$")
_OWNED = re.compile(r"(?:\b|^)к\s", re.IGNORECASE)
# What stands between a caption and the title of a form.
_FORM = re.compile(
    r"(?:нысан|нысаны|форма)$|форма,?\s+предназначенная\s.*|.*\sжинауға\s+арналған\s+нысан$",
    re.IGNORECASE,
)
_APART_LIMIT = 120
_VERB = re.compile(
    r"\w(?:[еяаию]тся|ёт(?:ся)?|[аяу]ет|[ую]ют)(?!\w)"
    r"|\b(?:явля\w+|утвержден[аоы]?|исключен[аоы]?|долж\w+|может|могут|не)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[а-яёәіңғүұқөһa-z]|[\"«№(\d]|(?:Республик|Казахстан|Қазақстан|Министр|Правительств|Президент"
    r"|Үкімет|Национальн|Ұлттық|Агентств|Председател|Комитет)"
)


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of an annex.

    Attributes:
        number: Number of the annex; empty for none.
        num: The annex's name as printed («Приложение 1», «1-қосымша»).
        title: What the caption says besides.
        end: Index after its last line.
    """

    number: str
    num: str
    title: str
    end: int


def read_caption(lines: Sequence[Line], start: int, spaced: bool) -> Caption | None:
    """Read the caption that begins on a line, «Форма» below it included.

    Args:
        lines: The document's lines.
        start: Index of the line.
        spaced: The page sets blank lines between paragraphs.

    Returns:
        None where no caption begins there.
    """
    caption = _read(lines, start, spaced)
    if caption is None or caption.end == len(lines):
        return caption
    below = lines[caption.end]
    if below.role != lines[start].role or len(below.text) > _APART_LIMIT:
        return caption
    if is_closed(below.text) or not _FORM.match(below.key):
        return caption
    return replace(caption, end=caption.end + 1)


def is_kazakh_number(num: str) -> bool:
    """Whether an annex's name is Kazakh («1-қосымша»), which follows the act that it belongs to."""
    return num.lower().endswith(_KAZAKH_WORDS)


def _read(lines: Sequence[Line], start: int, spaced: bool) -> Caption | None:
    line = lines[start]
    if match := _RUSSIAN.match(line.key) or _ENGLISH.match(line.text):
        if not line.text[0].isupper():
            return None
        end = _end(lines, start, spaced)
        rest = line.text[match.start("rest") :]
        title = " ".join([rest, *(other.text for other in lines[start + 1 : end])]).strip()
        if not _is_caption(title):
            return None
        return Caption(match["number"] or "", line.text[: match.end("num")], title, end)
    return _read_kazakh(lines, start)


def _end(lines: Sequence[Line], start: int, spaced: bool) -> int:
    end = _end_of_owner(lines, start) or start + 1
    while end < len(lines) and end - start < _LONGEST_LINES:
        line = lines[end]
        if line.after_blank and not _goes_on_apart(lines, start, end):
            break
        if line.role != lines[start].role or recognise(line) is not None:
            break
        if not (spaced or _GOES_ON.match(line.text) or _is_owner(line)):
            break
        end += 1
    return end


def _end_of_owner(lines: Sequence[Line], start: int) -> int:
    """Index after the date and the number of the act that a caption names; 0 where it has none.

    «Приложение к постановлению / Правления Национального Банка / от 24 февраля 2026 года № 15»
    """
    for end in range(start + 1, min(start + _LONGEST_LINES, len(lines))):
        line = lines[end]
        owned = _OWNED.search(lines[start].key) or (end == start + 1 and _is_owner(line))
        if not owned and end == start + 1:
            return 0
        if is_closed(line.text) or len(line.text) > _APART_LIMIT or line.role != lines[start].role:
            return 0
        if recognise(line) is not None:
            return 0
        if _DATED.match(line.key):
            numbered = end + 1 < len(lines) and _NUMBER.match(lines[end + 1].key)
            return end + (2 if numbered else 1)
    return 0


def _is_owner(line: Line) -> bool:
    """Whether a line begins with what a caption's annex belongs to («к Правилам», «to the Law»)."""
    return _OWNED.match(line.key) is not None or line.text.startswith("to ")


def _goes_on_apart(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether a line after a blank one is of the caption: every line of the page stands apart."""
    line, before = lines[end], lines[end - 1]
    if end == start + 1 and not _OWNED.search(before.key):
        return _is_owner(line)
    if not before.after_blank or is_closed(line.text):
        return False
    if _ACT_ENDS.search(before.key) and not line.key.startswith("и "):
        return False
    return len(line.text) <= _APART_LIMIT and _GOES_ON.match(line.key) is not None


def _read_kazakh(lines: Sequence[Line], start: int) -> Caption | None:
    """A caption whose last word is «қосымша», over several lines or alone on one."""
    if is_closed(lines[start].text) or not any(
        line.key[-9:].lower().endswith(_KAZAKH_WORDS)
        for line in lines[start : start + _LONGEST_LINES]
    ):
        return None
    for end in range(start, min(start + _LONGEST_LINES, len(lines))):
        line = lines[end]
        if end > start and (line.role != lines[start].role or _breaks(lines, start, end)):
            return None
        if end == start and (line.key[:1].islower() or is_signature(line.text)):
            return None
        if len(line.text) > _LONGEST:
            return None
        if line.key.lower().endswith(_KAZAKH_WORDS) and (match := _KAZAKH.match(line.key)):
            before = [other.text for other in lines[start:end]]
            title = " ".join([*before, line.text[: match.start("num")]]).strip()
            if title and not (_is_caption(title) and _KAZAKH_OWNER.search(f"{title} ")):
                return None
            follower = lines[end + 1] if end + 1 < len(lines) else None
            if follower is not None and not follower.after_blank and _is_sentence_on(follower):
                return None
            return Caption(match["number"] or "", line.text[match.start("num") :], title, end + 1)
        if is_closed(line.text) or (end == start and recognise(line) is not None):
            return None
    return None


def _breaks(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether a blank line ends what might be a caption whose lines all stand apart."""
    if not lines[end].after_blank:
        return False
    begins = lines[start].after_blank and _OWNER_BEGINS.match(lines[start].key)
    return (
        not begins
        or len(lines[end].text) > _APART_LIMIT
        or AMOUNT.match(lines[end].text) is not None
    )


def _is_sentence_on(line: Line) -> bool:
    return line.text[0].islower() and not _FORM.match(line.key)


def _is_caption(title: str) -> bool:
    return (
        len(title) <= _LONGEST
        and not is_closed(title)
        and title[-1:] not in (",", "-", "–")
        and not _VERB.search(title)
        and (not title or title[0] not in "-–,")
    )
