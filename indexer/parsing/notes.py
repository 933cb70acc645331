"""Editorial notes: what the publisher of an act writes about it, between its lines."""

import re
from typing import Literal

from indexer.parsing.lines import fold_lookalikes

NoteKind = Literal["amendment", "editorial", "publisher"]

# What the publisher reports of an act: a law by its date, or what follows from it.
_LAW = (
    r"(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\.\d{1,2}\.\d{1,2}|\d{4}\s*(?:г\.|года|жылғы)|№\s?\d|N\s?\d)"
)
_PART = (
    r"(?:статья|глава|раздел|параграф|пункт|подпункт|часть|абзац|заголовок|преамбула|приложение"
    r"|правила|наименование)"
)
# In keys the letters of English words are half Cyrillic.
_FOOTNOTE = "|".join(map(fold_lookalikes, ("Footnote", "FOOTNOTE")))
_AMENDMENT = re.compile(
    rf"сноска\b|(?:{_FOOTNOTE})\s?\.|(?P<own>ескерту\s?[.,:])|ескерту\s(?=\d|(?-i:[А-ЯӘІҢҒҮҰҚӨҺ]))|примечание\s?\.\s+см\."
    r"|\(?(?:статья|глава)\s\d[\d-]*\s(?:исключен|утратил)",
    re.IGNORECASE,
)
# «Ескертпе.» opens the act's own notes too: only a change makes it the publisher's.
_REPORT_IN_OWN_WORD = re.compile(
    r"ескертпе\s?[.,:].{0,150}?"
    r"(?:редакцияда|өзгеріс|толықтыр|алып\s+тасталды|күші\s+жойыл|қолданысқа\s+енгіз)"
    rf".{{0,80}}?{_LAW}",
    re.IGNORECASE,
)
_SEE_IN_OWN_WORD = re.compile(rf"ескертпе\s?[.,:].{{0,300}}?{_LAW}.{{0,80}}?қараңыз", re.IGNORECASE)
# What «Ескерту.» says where the word is the publisher's and not that of the act's own notes.
_CHANGES = re.compile(
    rf"{_LAW}|редакция|өзгер|толықтыр|ауыстыр|алы(?:ны)?п\s+таста|жойыл|қолданысқа\s+енгіз|көзделген"
    r"|тоқтатыл|мәтін\w*\s+бойынша|қараңыз|нормативтік\s+қаулы",
    re.IGNORECASE,
)
_REPORT = re.compile(
    rf"{_PART}(?:\s[\d-]+\)?|\s[а-я]\))?[^.;:]{{0,40}}?\s"
    r"(?:с\s+изменени(?:ем|ями)|в\s+редакции|дополнен[аоы]?|изложен[аоы]?"
    r"|признан[аоы]?\s(?:не\s)?соответствующ\w+)[\s,]"
    rf".{{0,100}}?{_LAW}"
    r"|\d[\d-]*\)?\s?-?\s?(?:бап|тармақ|тармақша|тарау|бөлік|бөлім|параграф)\w*\s.{0,40}?"
    r"(?:жаңа\s+редакцияда|өзгеріс(?:тер)?\s+енгізілді|толықтырылды)\s?[-–—(].{0,40}?"
    rf"{_LAW}",
    re.IGNORECASE,
)
_COURT = re.compile(
    r"(?:\W{0,3}(?:в\s+соответствии\s+с\s+)?нормативн\w+\s+постановлени\w+\s+(?:конституционного\s+суда|конституционного\s+совета)"
    rf".{{0,60}}?{_LAW}.{{0,400}}?признан"
    r"|\W{0,3}(?:ҚР|қазақстан\s+республикасы(?:ның)?)\s+конституциялық\s+(?:сот|кеңес)\w*"
    rf".{{0,60}}?{_LAW}.{{0,60}}?нормативтік\s+қаулысы(?!\.?$))",
    re.IGNORECASE,
)
_EDITORIAL = re.compile(
    r"(?:примечание\s+(?:изпи|рцпи)|(?:зқаи|рқао)\s?-?\s?(?:н[ыі]ң)?\s+ескерт(?:песі|уі|у))\s?[!.:]?"
    r"|вниманию\s+пользователей\s?!|(?:қолданушылар|пайдаланушылар)\s+назарына\s?!",
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
_BEGINS = re.compile(
    rf"\W{{0,3}}(?:\d|{_FOOTNOTE}|сноска|ескерт|примечани|зқаи|рқао|вниманию|қолданушы|пайдаланушы|содержание"
    r"|оглавление|мазмұны|пресс|баспасөз|нормативн|ҚР|қазақстан|стать|глав|раздел|параграф|пункт"
    r"|подпункт|част|ч\.|абзац|заголов|преамбула|приложение|правила|наименован|закон|кодекс|действие"
    r"|в\s)",
    re.IGNORECASE,
)
# What an amendment note is about, innermost first: «Подпункт 7) пункта 1 статьи 6».
_SUBJECT = re.compile(
    r"\W*(?:(?:сноска|ескерту|ескертпе)\s?[.,:]?\s*)?(?:"
    r"(?P<ru>статья|статью|пункт|подпункт|часть|глава|главу)\s(?P<ru_number>\d[\d-]*)"
    r"|(?P<kk_number>\d[\d-]*)\)?\s?-?\s?(?P<kk>бап|тармақша|тармақ|бөлік|бөлігі|тарау))",
    re.IGNORECASE,
)
_KINDS = {
    **{"подпункт": "point", "тармақша": "point"},
    **{"пункт": "para", "часть": "para", "тармақ": "para", "бөлік": "para", "бөлігі": "para"},
    **{"статья": "article", "статью": "article", "бап": "article"},
    **{"глава": "chapter", "главу": "chapter", "тарау": "chapter"},
}
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:см|ст|п|пп|ч|г|гл|т|no|nо)\.$", re.IGNORECASE)
# «2); от 11.07.2009 № 185-IV (вводится в действие …)»: a note that the page broke in two
_TAIL = re.compile(r"[(;,)]|\d+\)?[;,]|ст\.?\s?\d|от\s\d|№\s?\d|\d{1,2}\.\d{1,2}\.\d{4}\s")


def may_be_note(key: str) -> bool:
    """Whether a line begins as some note does, so that its paragraph is worth reading."""
    return _BEGINS.match(key) is not None


def note_kind(key: str) -> NoteKind | None:
    """Say whether a paragraph is a note.

    Args:
        key: The paragraph with look-alikes folded, or as much of its beginning as is known.

    Returns:
        ``amendment`` for a note after what it is about, ``editorial`` for one before it,
        ``publisher`` for the links of the page, None for the act's own text.
    """
    if (opening := _AMENDMENT.match(key)) and opening["own"]:
        return "amendment" if _CHANGES.search(key, opening.end()) else None
    if (
        opening
        or _FORESEEN.match(key)
        or _REPORT_IN_OWN_WORD.match(key)
        or _SEE_IN_OWN_WORD.match(key)
        or _REPORT.match(key)
        or _COURT.match(key)
    ):
        return "amendment"
    if _EDITORIAL.match(key):
        return "editorial"
    return "publisher" if _PUBLISHER.match(key) else None


def is_only_caption(key: str) -> bool:
    """Whether an editorial note says nothing itself: the next paragraph is the note."""
    return _EDITORIAL.fullmatch(key) is not None


def is_foreseen_change(key: str) -> bool:
    """Whether a line that looks like an item announces a change of one."""
    return _FORESEEN.match(key) is not None


def is_unfinished(note: str) -> bool:
    """Whether a note ends before its sentence does: in «см.» or in an open bracket."""
    return is_abbreviated(note) or note.count("(") > note.count(")")


def is_abbreviated(text: str) -> bool:
    """Whether a text ends in an abbreviation, whose full stop ends no sentence."""
    return _ABBREVIATED.search(text[-8:]) is not None


def is_tail(key: str) -> bool:
    """Whether a line goes on with the note before it."""
    return _TAIL.match(key) is not None


def note_subject(note: str) -> tuple[str, str]:
    """The kind and the number of the element that a note is about; empty where it is not said."""
    match = _SUBJECT.match(note)
    if match is None:
        return "", ""
    word = (match["ru"] or match["kk"]).lower()
    return _KINDS[word], match["ru_number"] or match["kk_number"]
