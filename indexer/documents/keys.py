"""Keys: what a text is, in one form that every table, id, link, filter and run file uses.

A text is a work (an act), an expression of it (a language, at a date), or a passage of either (an
eId). :class:`Work` is the act's address as Akoma Ntoso writes it; :class:`Key` names a work, by its
short id or by that address, and whatever more is said of edition and passage.

Source: OASIS, "Akoma Ntoso Naming Convention Version 1.0", 2019, sections 4 and 5.
"""

import datetime
import re
from dataclasses import dataclass, replace
from typing import Final

from indexer.errors import InvalidKeyError
from indexer.languages.codes import Language

_ISO_639_2: Final[dict[Language, str]] = {"kk": "kaz", "ru": "rus", "en": "eng"}
_LANGUAGE_OF: Final[dict[str, Language]] = {
    **{code: language for language, code in _ISO_639_2.items()},
    **{language: language for language in _ISO_639_2},
}

_DATE = r"\d{4}-\d{2}-\d{2}"
_WORK = re.compile(
    rf"/akn/(?P<country>[a-z]{{2}})/act"
    rf"(?:/(?P<kind>[a-z][a-z-]*))?"
    rf"/(?P<date>{_DATE}|\d{{4}})"
    rf"/(?P<number>[^/\s#@~!]+)"
)
_EXPRESSION = re.compile(rf"/(?P<language>[a-z]{{3}})(?:@(?P<date>{_DATE})?)?")
_SHORT = re.compile(
    rf"(?P<document>[^\s#/?%@~]+)(?:#(?P<eid>[^\s#@]*))?"
    rf"(?:@(?P<language>[a-z]{{2,3}})(?::(?P<date>{_DATE}))?)?"
)


@dataclass(frozen=True, slots=True)
class Work:
    """The address of an act: ``/akn/kz/act/decree/2020-03-06/280``.

    Attributes:
        country: Two letters.
        kind: Kind of act, for example ``decree``, ``law``, ``code``; empty where it is not said.
        date: Date of adoption, ISO; a year alone where no more is known.
        number: Number as registered.
    """

    country: str
    kind: str
    date: str
    number: str

    @classmethod
    def parse(cls, uri: str) -> "Work":
        """Reads the address of a work.

        Raises:
            InvalidKeyError: It is none.
        """
        match = _WORK.fullmatch(uri)
        if match is None:
            raise _invalid(uri)
        _check_date(match["date"], uri)
        return cls(match["country"], match["kind"] or "", match["date"], match["number"])

    def __str__(self) -> str:
        steps = ("akn", self.country, "act", self.kind, self.date, self.number)
        return "/" + "/".join(step for step in steps if step)

    def expression(self, language: Language, day: datetime.date) -> str:
        """Returns the address of an expression: ``…/280/kaz@2020-03-06``."""
        return f"{self}/{_ISO_639_2[language]}@{day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Key:
    """What a text is, as far as it is said.

    The printed form is ``document#eid@language:date``; of a work's passage, whatever the edition,
    ``document#eid``: its permanent id.

    Attributes:
        document: Short id of the work, or its address.
        eid: Address of the passage inside the work; empty for the whole.
        language: Language of the edition; None for any.
        date: Date of the edition; None for the one in force.
    """

    document: str
    eid: str = ""
    language: Language | None = None
    date: datetime.date | None = None

    @classmethod
    def parse(cls, text: str) -> "Key":
        """Reads a key in any of its forms.

        They are the short one (``foreign-policy-2020-2030#chp_5__sec_3@ru:2020-03-06``) and that
        of Akoma Ntoso (``/akn/kz/act/decree/2020-03-06/280/rus@2020-03-06/~chp_5__sec_3``).

        Raises:
            InvalidKeyError: It is neither.
        """
        if text.startswith("/akn/"):
            return cls._parse_uri(text)
        match = _SHORT.fullmatch(text)
        language = _LANGUAGE_OF.get(match["language"] or "") if match else None
        if match is None or (match["language"] and language is None):
            raise _invalid(text)
        return cls(match["document"], match["eid"] or "", language, _day(match["date"], text))

    @classmethod
    def _parse_uri(cls, text: str) -> "Key":
        work = _WORK.match(text)
        if work is None:
            raise _invalid(text)
        rest = text[work.end() :]
        language, day = None, None
        if expression := _EXPRESSION.match(rest):
            language = _LANGUAGE_OF.get(expression["language"])
            if language is None:
                raise _invalid(text)
            day = _day(expression["date"], text)
            rest = rest[expression.end() :]
        component = re.fullmatch(r"(?:/?!main)?(?:(?:/?~|#)(?P<eid>[^\s#@~/]+))?", rest)
        if component is None:
            raise _invalid(text)
        return cls(str(Work.parse(work[0])), component["eid"] or "", language, day)

    def __str__(self) -> str:
        if self.document.startswith("/akn/"):
            return self._uri()
        if self.language is None:
            return self.item
        return f"{self.item}@{self.language}" + (f":{self.date.isoformat()}" if self.date else "")

    def _uri(self) -> str:
        language = f"/{_ISO_639_2[self.language]}" if self.language else ""
        day = f"@{self.date.isoformat()}" if language and self.date else ""
        return f"{self.document}{language}{day}" + (f"/~{self.eid}" if self.eid else "")

    @property
    def item(self) -> str:
        """The permanent id, the same in every edition: ``document#eid``."""
        return f"{self.document}#{self.eid}" if self.eid else self.document

    @property
    def edition(self) -> "Key":
        """The key of the whole edition."""
        return replace(self, eid="")

    def at(self, eid: str) -> "Key":
        """Returns the key of a passage of the same edition."""
        return replace(self, eid=eid)


def _day(text: str | None, key: str) -> datetime.date | None:
    if not text:
        return None
    _check_date(text, key)
    return datetime.date.fromisoformat(text)


def _check_date(text: str, key: str) -> None:
    try:
        datetime.date.fromisoformat(text if len(text) > len("2020") else f"{text}-01-01")
    except ValueError as error:
        raise _invalid(key) from error


def _invalid(text: str) -> InvalidKeyError:
    return InvalidKeyError(
        f"{text[:120]!r} names no text. Write 'document', 'document#eid', 'document#eid@ru', or an "
        "address such as '/akn/kz/act/decree/2020-03-06/280/kaz@2020-03-06'."
    )
