"""Acts that a question names: what is searched, and what is said of those that are not here."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from indexer.acts import ActNames, Mention
from indexer.acts.attaching import Anchor, anchors, attach
from indexer.documents.description import Trilingual
from indexer.languages.codes import Language
from indexer.reference import WrittenReference, find_references
from indexer.stores.base import Rows, Snapshot
from service.catalogue import message

# «по закону о космической деятельности», "in the Space Act": an act that nobody listed.
_UNLISTED = re.compile(
    r"\b(?:закон|кодекс)(?:а|у|е|ом)?\s+(?:р(?:еспублики\s+)?к(?:азахстан)?\s+)?"
    r"(?P<ru>[«\"]?об?\s+[^?.,;!«»\"]{4,80})"
    r"|[«\"](?P<kk>[^?.;!«»\"]{4,100}\sтуралы)[»\"]\s+(?:қр\s+|қазақстан\s+республикасының\s+)?заң",
    re.IGNORECASE,
)
# «Что сказано о Конституции?»: there an act is what is asked about.
_TOPIC: Final = re.compile(r"\b(?:о|об|обо|про|about|on|of)\s+$", re.IGNORECASE)
_TOPIC_KAZAKH: Final = re.compile(r"\s+(?:туралы|жөнінде|жайлы)\b", re.IGNORECASE)
_INSIDE: Final = re.compile(
    r"(?:\b(?:по|в|во|согласно|из)\s+|\bв соответствии с(?:о)?\s+)(?:[^\W\d_]+\s+){0,2}$",
    re.IGNORECASE,
)
_INSIDE_KAZAKH: Final = re.compile(r"\s+(?:бойынша|сәйкес)\b", re.IGNORECASE)
_LOCATIVE: Final = re.compile(r"[^\W\d_]{3}[дт][ае]\b(?:$|\s)")
# «статья 52 Трудового кодекса РК, пункт 1»: what may stand around the name there.
_AROUND: Final = re.compile(
    r"(?:[\s,;:()«»\"“”-]|\b(?:of|the|law|code|рк|республики|казахстан|кр|қр|қазақстан|республикасы\w*"
    r"|закон\w*|кодекс\w*|заң\w*)\b)*",
    re.IGNORECASE,
)
_INNER: Final = frozenset({"para", "point", "al"})
_INITIALS: Final = re.compile(
    r"[А-ЯӘҒҚҢӨҰҮҺІ][А-Яа-яәғқңөұүһіӘҒҚҢӨҰҮҺІ]{0,5}[А-ЯӘҒҚҢӨҰҮҺІ]\b.{0,4}"
)


@dataclass(frozen=True, slots=True)
class NamedActs:
    """The acts that a question names.

    Attributes:
        documents: Ids of those that are here; empty where it names none.
        absent: What is said of those that are not here.
        anchored: The act of each reference of the question, by the reference's place.
        text: The question, with what it names of an article moved up to it from behind the act.
        places: Where it names acts in which something is sought: start and end of each name.
    """

    documents: frozenset[str]
    absent: tuple[Trilingual, ...]
    anchored: dict[int, frozenset[str]]
    text: str
    places: tuple[tuple[int, int], ...] = ()

    def allows(self, reference: WrittenReference, document_id: str) -> bool:
        """Returns whether a reference of the question may be of a document."""
        own = self.anchored.get(reference.start)
        return own is None or document_id in own

    @property
    def is_only_absent(self) -> bool:
        """Whether what the question names is not here, and nothing else is."""
        return bool(self.absent) and not self.documents


class Acts:
    """Reads which acts questions name, among the documents of one generation."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Takes the generation."""
        self.names = ActNames(snapshot.documents.values())
        self._snapshot = snapshot

    def read(self, text: str, language: Language | None = None) -> NamedActs:
        """Returns the acts that a question names."""
        mentions = self.names.find(text, language)
        references = find_references(text)
        attached = attach(text, references, anchors(text, mentions))
        documents = frozenset(name for one in mentions for name in one.documents)
        asked = [one for one in mentions if not _is_topic(text, one)]
        anchored = {
            one.start: _documents(anchor, asked)
            for one, anchor in zip(references, attached, strict=True)
        }
        absent = [one for one in asked if not one.documents and _is_sought(text, one, attached)]
        said = [_absent(one) for one in absent]
        if references and not mentions and (unlisted := _UNLISTED.search(text)):
            said.append(_unlisted(" ".join(unlisted[0].split())))
            anchored = dict.fromkeys(anchored, frozenset())
        return NamedActs(
            documents,
            tuple(dict.fromkeys(said)),
            {start: own for start, own in anchored.items() if own is not None},
            _together(text, mentions),
            tuple((one.start, one.end) for one in asked),
        )

    def rows(self, named: NamedActs, allowed: Rows | None) -> Rows | None:
        """Returns those of the rows ``allowed`` (None for all) that are of the acts named.

        A filter says more than a question: where it leaves nothing of the acts, it alone counts.
        """
        if not named.documents:
            return allowed
        own = [
            np.arange(rows.start, rows.stop)
            for rows in self._snapshot.editions
            if rows.document.id in named.documents
        ]
        joined = np.concatenate([*own, np.empty(0, np.int64)]).astype(np.int64)
        kept = joined if allowed is None else np.intersect1d(joined, allowed)
        return kept if len(kept) else allowed


def _together(text: str, mentions: tuple[Mention, ...]) -> str:
    """Returns a question with «статья 52 ТК пункт 1» as one reference; others keep their places."""
    for one, inner in pairwise(find_references(text, weak=True) if mentions else ()):
        start, end = one.end, inner.start
        named = [act for act in mentions if start <= act.start and act.end <= end]
        if (
            len(named) == 1
            and one.parts[-1].kind == "art"
            and _INNER.issuperset(part.kind for part in inner.parts)
            and _AROUND.fullmatch(text[start : named[0].start] + text[named[0].end : end])
        ):
            held = f"{text[:start]} {text[end : inner.end]}"
            text = held.ljust(inner.end) + text[inner.end :]
    return text


def _documents(anchor: Anchor | None, mentions: list[Mention]) -> frozenset[str] | None:
    """Returns the documents that a reference is of; None where the question does not say."""
    if anchor is not None and anchor.mention is not None:
        return anchor.mention.documents
    if anchor is None and len({one.acts for one in mentions}) == 1:
        return mentions[0].documents
    return None


def _is_topic(text: str, one: Mention) -> bool:
    return (
        _TOPIC.search(text[: one.start]) is not None
        or _TOPIC_KAZAKH.match(text, one.end) is not None
    )


def _is_sought(text: str, one: Mention, attached: tuple[Anchor | None, ...]) -> bool:
    """Whether a question asks what an act says, and not about it: by a reference, or by «по»."""
    if any(anchor is None or anchor.mention == one for anchor in attached):
        return True
    name = text[one.start : one.end]
    alone = not text[: one.start].strip() and not text[one.end :].strip(" ?.!")
    return (
        (alone and _INITIALS.fullmatch(name) is not None)
        or _INSIDE.search(text[: one.start]) is not None
        or _INSIDE_KAZAKH.match(text, one.end) is not None
        or _LOCATIVE.search(name) is not None
    )


def _absent(one: Mention) -> Trilingual:
    title = one.acts[0].title
    return Trilingual(
        **{code: message("missing-act", name=title[code])[code] for code in ("kk", "ru", "en")}
    )


def _unlisted(written: str) -> Trilingual:
    return message("missing-act", name=written)
