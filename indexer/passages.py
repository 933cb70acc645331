"""The passage: the unit that is embedded, searched and cited."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["kk", "ru", "en"]
Status = Literal["in-force", "repealed"]


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
    """

    document_id: str
    eid: str
    language: Language
    num: str | None
    heading_path: tuple[str, ...]
    text: str
    status: Status = "in-force"

    @property
    def id(self) -> str:
        """``<document id>#<eId>``; the document id alone where there is no eId."""
        return f"{self.document_id}#{self.eid}" if self.eid else self.document_id
