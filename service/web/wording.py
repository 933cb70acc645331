"""References in words, made once each."""

from functools import lru_cache

from indexer.passages import Language
from indexer.reference import Reference


@lru_cache(maxsize=16_384)
def reference(eid: str, language: Language) -> str:
    """Returns the reference to an eId, for example ``5-тарау, 3-бөлім, 3.17-тармақ``."""
    return Reference.parse(eid).format(language)


@lru_cache(maxsize=16_384)
def title(eid: str, language: Language) -> str:
    """Returns the reference to an eId with a capital letter, as it stands alone."""
    text = reference(eid, language)
    return text[:1].upper() + text[1:]
