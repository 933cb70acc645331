"""References in words, made once each."""

import textwrap
from functools import lru_cache

from indexer.documents.outline import Outline
from indexer.documents.passages import Language
from indexer.reference import Reference
from service.catalogue import message

_HEADING = 32


@lru_cache(maxsize=4_096)
def reference(eid: str, language: Language) -> str:
    """Returns the reference to an eId, for example ``5-тарау, 3-бөлім, 3.17-тармақ``."""
    return Reference.parse(eid).format(language)


@lru_cache(maxsize=4_096)
def title(eid: str, language: Language) -> str:
    """Returns the reference to an eId with a capital letter, as it stands alone."""
    text = reference(eid, language)
    return text[:1].upper() + text[1:]


def headed_title(eid: str, language: Language, outline: Outline) -> str:
    """Returns the same, sections that bear no number called by their heading.

    «Глава 5, раздел «Инструменты реализации…», абзац 9», for nobody counts such sections.
    """
    parts = Reference.parse(eid).parts if eid else ()
    steps = []
    for count, part in enumerate(parts, start=1):
        section = outline.section(str(Reference(parts[:count])))
        if part.kind == "sec_nn" and section is not None and section.heading:
            heading = textwrap.shorten(section.heading, _HEADING, placeholder="…")
            steps.append((Reference((part,)).format(language), heading))
    text = title(eid, language)
    for printed, heading in steps:
        text = text.replace(printed, message("web-unnumbered", heading=heading)[language])
    return text
