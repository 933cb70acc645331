"""An act as one cites it, by its address: «Закон Республики Казахстан от 6 июля 2004 года № 573».

A description that says it itself is taken at its word.
"""

from typing import Final

from indexer.documents.description import Document, Trilingual

_MONTHS: Final = (
    "қаңтардағы ақпандағы наурыздағы сәуірдегі мамырдағы маусымдағы шілдедегі тамыздағы "
    "қыркүйектегі қазандағы қарашадағы желтоқсандағы",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "January February March April May June July August September October November December",
)
_KINDS: Final = {
    "constitution": ("Конституциясы", "Конституция", "Constitution"),
    "code": ("Кодексі", "Кодекс", "Code"),
    "law": ("Заңы", "Закон", "Law"),
}
_COUNTRY: Final = "kz"


def adoption_of(document: Document) -> Trilingual:
    """Returns the act that adopts a document; empty where neither description nor address say it.

    Args:
        document: The document.
    """
    if any((document.adoption.kk, document.adoption.ru, document.adoption.en)):
        return document.adoption
    work = document.work if document.uri else None
    day = document.date
    if work is None or day is None or work.country != _COUNTRY or work.kind not in _KINDS:
        return document.adoption
    if work.date != day.isoformat() or not work.number[:1].isdigit():
        return document.adoption
    kk, ru, en = (months.split()[day.month - 1] for months in _MONTHS)
    kinds, number = _KINDS[work.kind], work.number.upper()
    return Trilingual(
        kk=f"Қазақстан Республикасының {day.year} жылғы {day.day} {kk} № {number} {kinds[0]}",
        ru=f"{kinds[1]} Республики Казахстан от {day.day} {ru} {day.year} года № {number}",
        en=f"{kinds[2]} of the Republic of Kazakhstan No. {number} of {day.day} {en} {day.year}",
    )
