"""Item numbers: which one comes next, and what a damaged one must have been.

A scanner reads «3.11.» as «3,11.» and «3)» as «З)»; a keyboard of another script gives «８．». What
was printed is known where the sequence says it: after 3.10 comes 3.11.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.parsing.lines import Line as ParsedLine
from indexer.parsing.lines import fold_lookalikes, is_closed
from indexer.parsing.marks import Mark, recognise
from indexer.readers.base import Line

_LIKE_DIGITS = str.maketrans("ЗзEЕОоOoБбІіlI|Ч", "3333000066111114")
_FULL_WIDTH = re.compile(r"[\uff10-\uff19][\uff0e\uff09\uff0d\uff10-\uff19]*")
_TOKEN = re.compile(
    r"[^\w\s«»\"“”()№§]{0,2}\s?"
    r"(?P<num>[0-9ЗзОоOoБбІіlI|ЧEЕ]{1,3}(?:\s?[.,]{1,2}\s?[0-9ЗзОоOoБбІіlI|]{1,3}){0,3})"
    r"\s?(?P<end>[.,;:]{0,2}[)}\]»]?[.,]?)(?=\s|$|[^\W\d_])(?P<rest>\s*)"
)
_LONE = re.compile(r"\W{0,2}\w{1,3}\W{0,2}$")
_THREE = re.compile(r"\W{0,2}[Зз]\s?\.\s+(?P<rest>[^\W\d_].*)$")
_LOOK_AHEAD = 5
_LEAST_SPACES = 3


def opening(text: str) -> Mark | None:
    """What a text announces at its beginning, as the parser recognises it; None for nothing."""
    folded = " ".join(text.split())
    if not folded:
        return None
    return recognise(
        ParsedLine(folded, fold_lookalikes(folded), False, False, False, 0, len(folded))
    )


def is_punctuated(mark: Mark, text: str) -> bool:
    """Whether the number has a dot, bracket or word of its own: «3.5.», not «3.5 пайыз»."""
    if mark.kind not in {"para", "point"}:
        return True
    head = "".join(text.split())[: len(mark.num)]
    return mark.kind == "point" or head.endswith(".")


@dataclass(slots=True)
class Numbering:
    """The numbers seen so far.

    Attributes:
        para: Last item number, ``(3, 17)``.
        point: Last number with a bracket; 0 for none since the last item.
    """

    para: tuple[int, ...] = ()
    point: int = 0
    _inserted: str = field(default="", repr=False)

    def next_paras(self) -> tuple[tuple[int, ...], ...]:
        """The item numbers that may come next: a sibling, a child, an uncle, a new beginning."""
        last = self.para
        if not last:
            return ((1,), (1, 1))
        up = [(*last[:depth], last[depth] + 1) for depth in range(len(last) - 1, -1, -1)]
        return (up[0], (*last, 1), *up[1:], (1,), (1, 1), (last[0] + 1, 1))

    def next_points(self) -> tuple[int, ...]:
        """The bracketed numbers that may come next."""
        return (self.point + 1, 1) if self.point else (1,)

    def expects(self, mark: Mark) -> bool:
        """Whether a mark goes on with the numbering; words such as «тарау» always do."""
        if mark.kind not in {"para", "point"}:
            return True
        if not mark.number[0].isdigit():
            return True
        if mark.kind == "point":
            head, _, inserted = mark.number.partition("-")
            if inserted:
                return int(head) == self.point
            return int(head) in self.next_points()
        printed = mark.num.rstrip(".").split(".")
        head, _, inserted = printed[-1].partition("-")
        number = (*_integers(printed[:-1]), *_integers([head]))
        if inserted:
            return number == self.para
        return number in self.next_paras() and number != self.para

    def note(self, mark: Mark) -> None:
        """Goes on from a mark that opens a paragraph."""
        if mark.kind == "point":
            head = mark.number.partition("-")[0]
            if head.isdigit():
                self.point = int(head)
        elif mark.kind == "para":
            self.point = 0
            self.para = _integers(re.split(r"[.]", mark.num.partition("-")[0].rstrip(".")))
        else:
            self.point = 0
            if mark.kind == "article":
                self.para = ()


def _integers(parts: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(part) for part in parts if part.isdigit())


def repair_numbers(lines: Sequence[Line], *, recognised: bool) -> tuple[list[Line], dict[str, int]]:
    """Mends the item numbers at the beginnings of lines.

    Args:
        lines: Lines in reading order.
        recognised: Whether the letters were recognised in a picture, so that digits and dots may
            be wrong; else only full-width digits and single look-alike letters are mended.

    Returns:
        The lines, and how often each repair was made.
    """
    state = Numbering()
    mended: list[Line] = []
    repairs: dict[str, int] = {}
    closed = True
    for index, line in enumerate(lines):
        if line.whole and not line.number:
            # The first cell of a row is no item.
            mended.append(line)
            closed = True
            continue
        text = _narrow(line.text)
        if text != line.text:
            repairs["full-width digits"] = repairs.get("full-width digits", 0) + 1
        mark = opening(text)
        trusted = mark is not None and is_punctuated(mark, text) and state.expects(mark)
        if not trusted:
            repaired = _repaired(text, state, recognised, closed)
            if repaired is None and recognised:
                repaired = (_three(text, state) if closed else None) or _lone(lines, index, state)
            if repaired is not None and repaired != text:
                text = repaired
                mark = opening(text)
                repairs["item numbers"] = repairs.get("item numbers", 0) + 1
        if mark is not None and (state.expects(mark) or (closed and is_punctuated(mark, text))):
            state.note(mark)
        closed = is_closed(text.strip()) or not text.strip()
        mended.append(line if text == line.text else replace(line, text=text))
    return mended, repairs


def _narrow(text: str) -> str:
    """Full-width digits, dots and brackets as those of the keyboard."""
    return _FULL_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _repaired(text: str, state: Numbering, recognised: bool, closed: bool) -> str | None:
    match = _TOKEN.match(text)
    if match is None or not match["end"]:
        return None
    token = match["num"]
    digits = "".join(c for c in token.translate(_LIKE_DIGITS) if c.isdigit())
    rest = text[match.end() :]
    if ")" in match["end"] or "}" in match["end"] or "]" in match["end"]:
        if token.isdigit() and text.lstrip().startswith(f"{token})"):
            # «1), 2) және 3) тармақшалары»: a list of numbers, and no damage.
            return None
        number = next((n for n in state.next_points() if str(n) == digits), None)
        if number is None or not (state.point or closed or any(c.isdigit() for c in token)):
            return None
        return f"{number}) {rest}" if rest else None
    if not recognised or not (closed or rest[:1].isupper()) or not rest:
        return None
    for candidate in state.next_paras():
        if "".join(map(str, candidate)) == digits and (len(candidate) > 1 or token.isdigit()):
            return f"{'.'.join(map(str, candidate))}. {rest}"
    return None


def _three(text: str, state: Numbering) -> str | None:
    """A sentence after an item 2 whose number was read as a letter; «З. Иванов» is a name."""
    match = _THREE.match(text)
    if match is None or state.next_paras()[0] != (3,):
        return None
    return f"3. {match['rest']}" if match["rest"].count(" ") >= _LEAST_SPACES else None


def _lone(lines: Sequence[Line], index: int, state: Numbering) -> str | None:
    """The number of a heading that stands alone on its line, told by the items below it."""
    text = lines[index].text.strip()
    if not _LONE.match(text) or not state.para:
        return None
    heading = state.para[0] + 1
    for below in lines[index + 1 : index + 1 + _LOOK_AHEAD]:
        match = _TOKEN.match(below.text)
        if match is None or not match["end"]:
            continue
        digits = "".join(c for c in match["num"].translate(_LIKE_DIGITS) if c.isdigit())
        if digits == f"{heading}1":
            return f"{heading}."
        return None
    return None
