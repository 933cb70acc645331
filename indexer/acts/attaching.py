"""Which act a written reference is of: «Еңбек кодексінің 26-бабы», «осы баптың 2-тармағы».

In Kazakh the act stands before the reference, in Russian and English mostly after it. Only marks
and small words may stand between.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from indexer.acts.naming import Mention
from indexer.reference.address import PartKind
from indexer.reference.written import WrittenReference

AnchorKind = Literal["act", "own", "here", "other"]

_ACT_RU: Final = (
    r"(?:конституционн\w+\s+)?(?:закон|кодекс|правил|указ|постановлени|приказ|положени|концепци"
    r"|договор|соглашени|устав|конвенци|протокол|инструкци|регламент|перечн)"
)
_ACT_KK: Final = (
    r"(?:конституциялық\s+)?(?:заң|кодекс|қағида|жарлық|жарлығ|қаулы|бұйрық|бұйрығ|ереже"
    r"|тұжырымдама|шарт|келісім|жарғы|конвенция|хаттама|нұсқаулық|регламент)"
)
_OWN = re.compile(
    rf"\bнастоящ\w+\s+{_ACT_RU}\w*|\bосы\s+{_ACT_KK}\w*"
    r"|\bthis\s+(?:constitutional\s+)?(?:law|code|decree|concept|rules?)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"\b(?:[а-яё-]{{3,30}}(?:ого|его|ой|ей|ых|их)\s+){{0,3}}{_ACT_RU}(?:а|ов|у|ом|ами|е|я|ем|ия|ии|ию|ий|и)?\b"
    rf"|\b{_ACT_KK}(?:[ыі]?н?[ыі]ң|лар\w*|лер\w*|[ыі]нда|[ыі]нде|[ыі]мен)\b"
)
_HERE = re.compile(
    # «Данных статьях» points, «закон о банках данных статья 3» does not.
    r"\b(?:настоящ\w+|данн(?!ых)\w+|данных(?=\s+\w+(?:[ая]х|ов|ей)\b)|эт\w+)\s+(?P<ru>стать|пункт|подпункт|част|глав|раздел|параграф)\w*"
    r"|\bосы\s+(?P<kk>бап|баб|тармақша|тармақ|тармағ|бөлік|бөліг|тарау|бөлім)\w*"
    r"|\bthis\s+(?P<en>article|item|chapter|section|paragraph)\b",
    re.IGNORECASE,
)
_HELD: Final[dict[str, tuple[PartKind, ...]]] = {
    **dict.fromkeys(("стать", "бап", "баб", "article"), ("art",)),
    **dict.fromkeys(("пункт", "тармақ", "тармағ", "item"), ("para", "al")),
    **dict.fromkeys(("част", "бөлік", "бөліг", "paragraph"), ("para", "al")),
    **dict.fromkeys(("подпункт", "тармақша"), ("point",)),
    **dict.fromkeys(("глав", "тарау", "chapter"), ("chp",)),
    **dict.fromkeys(("раздел", "параграф", "бөлім", "section"), ("sec",)),
}
_FILLER = re.compile(
    r"[\s,;:()«»\"“”„–—-]*(?:(?:настоящего|этого|самого|этому|данного|указанного|из|в|of|the|по|аталған"
    r"|сол|к|во|еще|туралы)\b[\s,«\"“„]*){0,3}",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\s*(?:,|;|и|или|либо|және|мен|пен|бен|немесе|and|or|,?\s*а\s+также|сондай-ақ|\(или\)|\s)*\s*",
    re.IGNORECASE,
)
_WIDEST: Final = 40
_KAZAKH = re.compile(r"(?:тармақ|тармағ|бап|баб|тарау|бөлі[кгм])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a reference may be of.

    Attributes:
        kind: ``act`` for an act by name, ``own`` for the act that the text is of, ``here`` for an
            element that the text stands in, ``other`` for some act that is not said.
        start: Offset of its first character.
        end: Offset after it.
        mention: The act by name; None elsewhere.
        held: Kinds of the element, for ``here``.
    """

    kind: AnchorKind
    start: int
    end: int
    mention: Mention | None = None
    held: tuple[PartKind, ...] = ()


def anchors(text: str, mentions: Sequence[Mention]) -> tuple[Anchor, ...]:
    """Returns what references in a text may be of, in order."""
    found = [Anchor("act", one.start, one.end, one) for one in mentions]
    found += [Anchor("own", *match.span()) for match in _OWN.finditer(text)]
    for match in _HERE.finditer(text):
        word = match["ru"] or match["kk"] or match["en"]
        found.append(Anchor("here", *match.span(), held=_HELD[word.lower()]))
    spans = [(one.start, one.end) for one in found]
    for match in _OTHER.finditer(text.lower()):
        if not any(start < match.end() and match.start() < end for start, end in spans):
            found.append(Anchor("other", *match.span()))
    return tuple(sorted(found, key=lambda one: one.start))


def attach(
    text: str, references: Sequence[WrittenReference], known: Sequence[Anchor]
) -> tuple[Anchor | None, ...]:
    """Returns what each reference is of; None where nothing says so."""
    found = [_beside(text, one, known) for one in references]
    # «пунктом 1 статьи 5 и статьёй 7 Кодекса», «Кодекстің 5-бабы және 7-бабы»
    for place in range(len(references) - 2, -1, -1):
        later = found[place + 1]
        if found[place] is None and later is not None and later.start >= references[place].end:
            found[place] = _lent(later, references[place], _joined(text, references, place))
    for place in range(1, len(references)):
        before = found[place - 1]
        if found[place] is None and before is not None and before.end <= references[place].start:
            found[place] = _lent(before, references[place], _joined(text, references, place - 1))
    return tuple(found)


def _lent(anchor: Anchor, one: WrittenReference, joined: bool) -> Anchor | None:
    """Returns what a reference beside another is of: «осы баптың …» says nothing of an article."""
    return None if not joined or one.parts[0].kind in anchor.held else anchor


def is_joined(text: str, one: WrittenReference, other: WrittenReference) -> bool:
    """Whether a comma or a conjunction alone stands between two references, or not even that."""
    if one.start == other.start:
        return True
    between = text[one.end : other.start]
    return len(between) <= _WIDEST and bool(_JOINS.fullmatch(between))


def is_kazakh(text: str, one: WrittenReference) -> bool:
    """Whether a reference is written with Kazakh words."""
    return _KAZAKH.search(text, one.start, one.end) is not None


def _joined(text: str, references: Sequence[WrittenReference], place: int) -> bool:
    return is_joined(text, references[place], references[place + 1])


def _beside(text: str, one: WrittenReference, known: Sequence[Anchor]) -> Anchor | None:
    before = after = None
    for anchor in known:
        if anchor.end <= one.start and one.start - anchor.end <= _WIDEST:
            before = anchor if _FILLER.fullmatch(text, anchor.end, one.start) else before
        elif anchor.start < one.end and one.start < anchor.end:
            # «осы тармақтың 1), 2) тармақшалары»: the reference itself is called so.
            return anchor
        elif 0 <= anchor.start - one.end <= _WIDEST and after is None:
            after = anchor if _FILLER.fullmatch(text, one.end, anchor.start) else None
    if is_kazakh(text, one):
        return before or (after if after is not None and after.kind == "act" else None)
    return after or (before if before is not None and before.kind == "act" else None)
