"""Titles: how a heading reads, where no word such as «тарау» or «глава» announces it."""

import re

from indexer.parsing.lines import Line, fold_lookalikes, is_closed

TITLE_LIMIT = 130
UNNUMBERED_LIMIT = 90

OPENING = '"«“„'
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
_KAZAKH_VERB = re.compile(r"(?:(?:д|тт|қт|кт|ст)[ыі]|с[ыі]н|қажет|тиіс|керек)$")
_RUSSIAN_VERB = re.compile(r"(?:[еаяию]тся|[аеи]л[аои]?сь|[аяуе][ею]т)$")
_FORMULA = re.compile(
    r"(?:^|\s)(?:(?:қаулы|өкім)\s+ете(?:мі[нз]|ді)|бұйыра(?:мын|мыз|ды)|шешемі[нз]|шеш(?:ті|тік)"
    r"|шешім\s+қабылдады[мқ]?|шешім\s+қабылдадық"
    r"|постановля(?:ю|ем|ет|ют)|приказыва(?:ю|ем|ет)|решил[аи]?|решаю|распоряжаюсь)\s?:$",
    re.IGNORECASE,
)
_ENGLISH_FORMULA = re.compile(
    r"(?i:\bhereby\s+(?:decree|order|resolve|decide)s?\s?:$)"
    r"|\b(?:DECREE|ORDER|RESOLVE|DECIDE)[SD]?\s?:$"
)
# «2026 жылға арналған республикалық бюджет»
_YEAR = re.compile(r"\d{4}\s?(?:[-–]\s?\d{4}\s)?жыл")
_PIECE_WORDS = 2
# What a form leaves to be filled in.
_BLANK = "___"
_INFINITIVE = re.compile(
    r"(?:Вн|Вв|Прив|Перен|Произв|Пров)ести\s|[А-ЯЁ]\w+(?<!ос)(?<!ас)(?<!ес)(?:[аеиоуыя]ть|ти|чь)(?:ся)?\s"
)


def is_title(text: str, limit: int = TITLE_LIMIT) -> bool:
    """Whether a text reads as a title: short, capital, unfinished and without a final verb."""
    return (
        bool(text)
        and len(text) <= limit
        and (text[0].isupper() or text[0] in OPENING or _YEAR.match(text) is not None)
        and text[-1] not in ",-–—"
        and _BLANK not in text
        and not is_closed(text)
        and not ends_in_verb(text)
    )


def ends_in_verb(text: str) -> bool:
    """Whether a text ends as a sentence does; the endings of one language are nouns in another."""
    key = fold_lookalikes(text).rstrip(' »")').lower()
    return bool((_KAZAKH_VERB if _KAZAKH.search(key) else _RUSSIAN_VERB).search(key))


def begins_order(text: str) -> bool:
    """Whether a text begins as an order does in Russian: «Внести …», «Ратифицировать …»."""
    return _INFINITIVE.match(text) is not None


def is_title_piece(text: str, title: str, *, of_article: bool) -> bool:
    """Whether a line is one of the words that a page set a title in, a paragraph each.

    Args:
        text: The line.
        title: The title so far.
        of_article: The title is an article's, below which no other title stands.
    """
    if is_closed(text) or len(text) > UNNUMBERED_LIMIT:
        return False
    if text[0].islower() or (text.isupper() and title.isupper() and len(title) > 1):
        return True
    return of_article and is_title(text) and text.count(" ") < _PIECE_WORDS


def begins_sentence(text: str) -> bool:
    """Whether a text begins as a sentence of its own does."""
    return text[:1].isupper() or text[:1] in OPENING or text.startswith(_BLANK)


def is_enacting_formula(line: Line) -> bool:
    """Whether a line ends in «ҚАУЛЫ ЕТЕМІН:», «ПОСТАНОВЛЯЮ:», «I HEREBY DECREE:» and the like."""
    return bool(_FORMULA.search(line.key) or _ENGLISH_FORMULA.search(line.text))
