"""The passage: the unit that is embedded, searched and cited."""

import datetime
import re
from dataclasses import dataclass
from typing import Final, Literal

from indexer.documents.keys import Key
from indexer.languages.codes import Language

Status = Literal["in-force", "repealed"]


# «Статья 12-1.», «12-1-бап.»
_LABEL: Final = re.compile(r"^(?:\w+\s+)?\d+(?:-\d+)*(?:-\w+)?\.?\s*")


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered item or unnumbered paragraph of one edition of a document.

    Attributes:
        document_id: Id of the document, for example ``foreign-policy-2020-2030``.
        eid: Akoma Ntoso style address inside the document, for example
            ``chp_5__sec_3__para_3-17``; empty when the document is one passage.
        language: Language of the edition.
        num: Number as printed (``3.17.``, ``2)``); None for unnumbered paragraphs.
        heading_path: Headings above the passage, outermost first.
        text: The passage's text without its number, white space folded.
        status: ``repealed`` when the act says that the item was excluded or lost its force; its
            text is then that statement.
        date: Date of the edition; None for a text that is in no document.
    """

    document_id: str
    eid: str
    language: Language
    num: str | None
    heading_path: tuple[str, ...]
    text: str
    status: Status = "in-force"
    date: datetime.date | None = None

    @property
    def key(self) -> Key:
        """What the passage is: document, edition and address."""
        return Key(self.document_id, self.eid, self.language, self.date)

    @property
    def id(self) -> str:
        """``<document id>#<eId>``, the same in every edition; see :attr:`Key.item`."""
        return self.key.item

    @property
    def title(self) -> str:
        """Title of the article that it is in, without its number; empty where there is none."""
        in_article = any(part.startswith("art_") for part in self.eid.split("__"))
        if not in_article or not self.heading_path:
            return ""
        return _LABEL.sub("", self.heading_path[-1], count=1)


__all__ = ["Language", "Passage", "Status"]
