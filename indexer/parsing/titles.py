"""Titles: how a heading reads, where no word such as «тарау» or «глава» announces it."""

import re

from indexer.parsing.lines import fold_lookalikes, is_closed

TITLE_LIMIT = 130
UNNUMBERED_LIMIT = 90

_OPENING = '"«“„'
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
_KAZAKH_VERB = re.compile(r"(?:(?:д|тт|қт|кт|ст)[ыі]|с[ыі]н|қажет|тиіс|керек)$")
_RUSSIAN_VERB = re.compile(r"(?:[еаяию]тся|[аеи]л[аои]?сь|[аяуе][ею]т)$")
_FORMULA = re.compile(
    r"(?:^|\s)(?:қаулы\s+ете(?:мін|ді)|бұйырамын|шешім\s+қабылдады|шешті|өкім\s+етемін"
    r"|постановля(?:ю|ет)|приказываю|решил[аи]?|распоряжаюсь)\s?:$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:(?:қазақстан\s+республикасының|республики\s+казахстан"
    r"|(?:премьер-)?министр[іi]?|президент[іi]?"
    r"|[а-яәіңғүұқөһ]\.\s?(?:[а-яәіңғүұқөһ]\.\s?)?[а-яәіңғүұқөһ][\w-]+)(?:[.\s]+|$))+$",
    re.IGNORECASE,
)
_SIGNATURE_LIMIT = 200


def is_title(text: str, limit: int = TITLE_LIMIT) -> bool:
    """Whether a text reads as a title: short, capital, unfinished and without a final verb."""
    return (
        bool(text)
        and len(text) <= limit
        and (text[0].isupper() or text[0] in _OPENING)
        and text[-1] not in ",-–—"
        and not is_closed(text)
        and not _ends_in_verb(text)
    )


def _ends_in_verb(text: str) -> bool:
    """Whether a text ends as a sentence does; the endings of one language are nouns in another."""
    key = fold_lookalikes(text).rstrip(' »")').lower()
    return bool((_KAZAKH_VERB if _KAZAKH.search(key) else _RUSSIAN_VERB).search(key))


def begins_sentence(text: str) -> bool:
    """Whether a text begins as a sentence of its own does."""
    return text[:1].isupper() or text[:1] in _OPENING


def is_enacting_formula(key: str) -> bool:
    """Whether a line ends in «ҚАУЛЫ ЕТЕМІН:», «ПОСТАНОВЛЯЮ:» and the like."""
    return _FORMULA.search(key) is not None


def is_signature(text: str) -> bool:
    """Whether a text is an office and a name, as they stand under an act."""
    return len(text) <= _SIGNATURE_LIMIT and bool(_SIGNATURE.match(fold_lookalikes(text)))
