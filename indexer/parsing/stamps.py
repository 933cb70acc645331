"""Stamps: who signed an act, who agreed to it, and by what the document behind it was approved."""

import re
from collections.abc import Sequence

from indexer.parsing.lines import Line, fold_lookalikes, is_closed
from indexer.parsing.marks import recognise

_DATE = r"(?:\d{1,2}\s+\w+\s+\d{4}\s+(?:года|г\.)|\d{4}\s+жылғы\s+\d{1,2}\s+\w+)"
_SIGNATURE = re.compile(
    r"_{0,60}\s?(?:(?:\w+\s+республикасы(?:ның)?|республики\s+\w+"
    r"|за\s+правительство(?:\s+[^.;:|_]{3,60})?|үкіметі\s+(?:үшін|атынан)"
    r"|(?:премьер-)?министр[іi]?|президент[іi]?|конституционный\s+суд|конституциялық\s+сот[ыi]?"
    r"|[а-яәіңғүұқөһ]\.\s?(?:[а-яәіңғүұқөһ]\.\s?)?[а-яәіңғүұқөһ][\w-]+"
    # where and when it was signed, and its number
    rf"|(?:г(?:ород|\.)\s?)?[а-яәіңғүұқөһ][\w-]+(?:\s(?:қаласы|қ\.))?,\s+(?:ақорда,\s+|акорда,\s+)?{_DATE}"
    r"|№\s?[\w/-]+(?:\s(?:зрк|қрз))?)(?:[.\s|_]+|$))+$",
    re.IGNORECASE,
)
_SIGNATURE_LIMIT, _SIGNATURES_LIMIT = 200, 800
# Lines of a signature that were put together as sentences.
_JOINT = re.compile(r"(?<=\w\w\w)\.\s(?=[А-ЯЁӘІҢҒҮҰҚӨҺ_])")
_NAME = r"[А-ЯӘІҢҒҮҰҚӨҺ]\.\s?(?:[А-ЯӘІҢҒҮҰҚӨҺ]\.\s?)?[А-ЯӘІҢҒҮҰҚӨҺ][\w-]+"
_OFFICE_RU = (
    r"(?:(?i:председатель|министр|аким|судья|секретарь|руководитель|директор|президент"
    r"|премьер-министр|глава(?!\s\d|\s[ІVХ]+\b)|заместитель|первый\s+заместитель|исполняющ\w+"
    r"|вице-министр|генеральный\s+прокурор)|[Ии]\.?\s?о\.)"
)
_OFFICE_KK = (
    r"(?i:төрағасы|министрі|министр|әкімі|судьясы|судья|хатшысы|басшысы|директоры|президенті"
    r"|премьер-министрі|прокуроры|орынбасары|атқарушы)"
)
_OFFICER = re.compile(
    rf"(?:Республики\s+Казахстан,\s)?{_OFFICE_RU}(?!\w)(?:[^.:;!?]|(?<=[А-ЯЁ])\.)*$"
    rf"|[^.:;!?]{{0,120}}?(?<!\w){_OFFICE_KK}(?:[\s|_]+{_NAME})?$"
)
_RUSSIAN = re.compile(
    r"(?:УТВЕРЖД[ЕЁ]Н[АОЫ]?|Утвержд[её]н[аоы]?|УТВЕРЖДАЮ|ОДОБРЕН[АОЫ]?|Одобрен[аоы]?)(?:\s+(?P<by>.+))?$"
)
_BY = re.compile(
    r"(?:совместн\w+\s+)?(?:приказ|указ|постановлени|решени|распоряжени|протокол)\w*\b",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"[\"«“]?(?:СОГЛАСОВАН[ОАЫ]?|Согласован[оаы]?|КЕЛІСІЛДІ|КЕЛІСІЛГЕН|Келісілді|Келісілген)[\"»”]?$"
)
_APPROVED_KK = re.compile(r"(?i:бекітілген|бекітілді|мақұлданған|бекітемін)$")
_KAZAKH_BY = re.compile(r"\w+(?:ымен|імен|ыммен)$")
_GOES_ON = re.compile(
    r"[а-яёәіңғүұқөһ]|[\"«№(_\d]|(?:Республик|Казахстан|Қазақстан|Министр|Правительств|Президент"
    r"|Үкімет|Национальн|Ұлттық|Агентств|Председател|Комитет|Төраға|Бас\s|Генеральн|Верховн|Жоғарғы)"
)
# «Қазақстан Республикасының»: the body that is named stands on the next line.
_OWNER = re.compile(r"[ндт][ыі]ң$")
# The number of the act that approved it ends a stamp.
_NUMBERED = re.compile(r"№\s?\d[\w/-]*$")
_FROM = re.compile(rf"(?:.{{0,80}}\s)?от\s{_DATE}(?:\s№\s?\d[\w/-]*)?$")
_NUMBER = re.compile(r"№\s?\d[\w/-]*$")
_LONGEST_LINES, _LIMIT = 12, 160
# Of a stamp that a format gives as one line.
_WHOLE_LIMIT = 400


def is_signature(text: str) -> bool:
    """Whether a text is an office and a name, as they stand under an act."""
    key = fold_lookalikes(text)
    if len(text) > _SIGNATURES_LIMIT or is_closed(text):
        return False
    return all(
        len(piece) <= _SIGNATURE_LIMIT and (_SIGNATURE.match(piece) or _OFFICER.match(piece))
        for piece in _JOINT.split(key)
    )


def end_of_stamp(lines: Sequence[Line], start: int) -> int:
    """Return the index after the stamp that begins on a line; ``start`` where none does.

    Args:
        lines: The document's lines.
        start: Index of the line.
    """
    key = lines[start].key
    if is_closed(lines[start].text):
        return start
    if _AGREED.match(key):
        return _end(lines, start)
    if match := _RUSSIAN.match(key):
        by = match["by"] or (lines[start + 1].key if start + 1 < len(lines) else "")
        return _end(lines, start) if _BY.match(by) or key.startswith("УТВЕРЖДАЮ") else start
    return _end_of_kazakh(lines, start)


def _end(lines: Sequence[Line], start: int) -> int:
    end = _end_at_number(lines, start) or start + 1
    agreed = _AGREED.match(lines[start].key)
    while end < len(lines) and end - start < _LONGEST_LINES:
        line = lines[end]
        if is_closed(line.text) or len(line.text) > _LIMIT or _NUMBERED.search(lines[end - 1].key):
            break
        if line.role != lines[start].role or recognise(line) is not None:
            break
        owned = _OWNER.search(lines[end - 1].key) or (end == start + 1 and agreed)
        if not (owned or _GOES_ON.match(line.key) or is_signature(line.text)):
            break
        end += 1
    return end


def _end_at_number(lines: Sequence[Line], start: int) -> int:
    """Index after the date and the number of what approved a document; 0 where they do not come."""
    for end in range(start + 1, min(start + _LONGEST_LINES, len(lines))):
        line = lines[end]
        if is_closed(line.text) or len(line.text) > _LIMIT or line.role != lines[start].role:
            return 0
        if recognise(line) is not None:
            return 0
        if _FROM.match(line.key):
            numbered = end + 1 < len(lines) and _NUMBER.match(lines[end + 1].key)
            return end + (2 if numbered else 1)
    return 0


def _end_of_kazakh(lines: Sequence[Line], start: int) -> int:
    """Index after a stamp whose last word is «бекітілген»."""
    if not lines[start].text[0].isupper() and lines[start].text[0] not in '"«“':
        return start
    for end in range(start, min(start + _LONGEST_LINES, len(lines))):
        line = lines[end]
        limit = _WHOLE_LIMIT if end == start else _LIMIT
        if is_closed(line.text) or len(line.text) > limit or line.role != lines[start].role:
            return start
        if end == start and recognise(line) is not None:
            return start
        if _APPROVED_KK.search(line.key, max(0, len(line.key) - 12)):
            before = " ".join(other.key for other in lines[start : end + 1]).split()[:-1]
            told = bool(before) and _KAZAKH_BY.match(before[-1])
            return end + 1 if told or line.key.isupper() else start
    return start
