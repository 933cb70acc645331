"""Numbering: which number an act has reached, for lines whose number alone does not tell."""

import re

from indexer.parsing.marks import Mark

_BARE = re.compile(r"(?P<num>\d{1,3})\s(?P<rest>[А-ЯЁӘІҢҒҮҰҚӨҺ].{15,})$")


_ABOVE_POINTS = frozenset({"article", "chapter", "division", "annex", "para", "notes"})


class Numbering:
    """The last numbers of one document, as its lines are read.

    Attributes:
        article: Number of the open article; empty for none.
        point: Number of the last point under the open heading or item; 0 for none.
    """

    def __init__(self) -> None:
        self.article = ""
        self._para = ""
        self._section = 0
        self.point = 0

    def reached(self, kind: str, number: str) -> None:
        """Note that an element has begun."""
        if kind == "point" and number.isdigit():
            self.point = int(number)
        elif kind in _ABOVE_POINTS:
            self.point = 0
        if kind == "article":
            self.article, self._para = number, ""
        elif kind in {"chapter", "division", "annex"}:
            self.article, self._para, self._section = "", "", 0
        elif kind == "section" and number.isdigit():
            self._section = int(number)
        elif kind == "para":
            self._para = number
        elif kind == "notes":
            self._para = ""

    @property
    def has_items(self) -> bool:
        """Whether an item stands before, under the same heading."""
        return self._para != ""

    def is_next_item(self, number: str) -> bool:
        """Whether a number goes on with the items."""
        return self._para.split("-")[0].isdigit() and _after(self._para) == number

    def is_next_section(self, number: str) -> bool:
        """Whether a number goes on with the numbered headings."""
        return self._section > 0 and number == str(self._section + 1)

    def is_section_before_item(self, number: str, item: str) -> bool:
        """Whether a number goes on with the headings, and the item below with the items."""
        return (
            self.is_next_section(number)
            and self.is_next_item(item)
            and not self.is_next_item(number)
        )

    def is_next_article(self, number: str) -> bool:
        """Whether a number is that of the article after the open one, inserted ones included."""
        if not self.article or not number.replace("-", "").isdigit():
            return False
        head, _, tail = number.partition("-")
        open_head, _, open_tail = self.article.partition("-")
        if not open_head.isdigit():
            return False
        if tail:
            return head == open_head and tail == str(int(open_tail or "0") + 1)
        return int(head) == int(open_head) + 1 and not self.is_next_item(number)

    def bare_item(self, key: str) -> Mark | None:
        """The item that a line announces with a number that lost its dot («6 При …»)."""
        match = _BARE.match(key)
        if match is None or not self.article or not self.is_next_item(match["num"]):
            return None
        return Mark("para", match["num"], match["num"] + ".", key[match.start("rest") :])


def _after(number: str) -> str:
    return str(int(number.split("-")[0]) + 1)
