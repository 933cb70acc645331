"""Acts that a question names: what is searched, and what is said of those that are not here."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from indexer.acts import Act, ActNames, Mention
from indexer.acts.attaching import Anchor, anchors, attach
from indexer.acts.heads import as_named
from indexer.acts.registered import Registered, bare_number, is_beside, registered
from indexer.documents.description import Trilingual
from indexer.languages.codes import LANGUAGES, Language
from indexer.reference import WrittenReference, find_references
from indexer.stores.base import Rows, Snapshot
from service.catalogue import message

# «Что сказано о Конституции?»: there an act is what is asked about.
_TOPIC: Final = re.compile(r"\b(?:о|об|обо|про|about|on|of)\s+$", re.IGNORECASE)
_TOPIC_KAZAKH: Final = re.compile(r"\s+(?:туралы|жөнінде|жайлы)\b", re.IGNORECASE)
_BESIDE: Final = re.compile(r"[\s,]+(?:о|об|обо)\s+", re.IGNORECASE)
_BESIDE_KAZAKH: Final = re.compile(r"[\s,]*(?:туралы)?[\s,]+", re.IGNORECASE)
_LAST_KAZAKH: Final = re.compile(r"\s+туралы[\s,.?!]*$", re.IGNORECASE)
_INSIDE: Final = re.compile(
    r"(?:\b(?:по|в|во|согласно|из)\s+|\bв соответствии с(?:о)?\s+)(?:[^\W\d_]+\s+){0,2}$",
    re.IGNORECASE,
)
_INSIDE_KAZAKH: Final = re.compile(r"\s+(?:бойынша|сәйкес)\b", re.IGNORECASE)
_INSIDE_ENGLISH: Final = re.compile(
    r"\b(?:in|under|per|by|according to)\s+(?:the\s+)?$", re.IGNORECASE
)
# «что говорит НК о вычетах», «НК про вычеты», «НК не дейді», "what does the Tax Code say"
_SAYS: Final = (
    r"(?:говор|глас|регулиру|предусматрива|устанавлива|требу|определя|разреша|запреща|пиш)\w{1,3}"
    r"|(?:сказан|написан|прописан)\w{0,2}"
)
_SAID_BY: Final = re.compile(rf"\b(?:{_SAYS})\s+(?:[^\W\d_]+\s+)?$", re.IGNORECASE)
_ASKED_WHAT: Final = re.compile(r"\b(?:does|do|did)\s+(?:the\s+)?$", re.IGNORECASE)
_SAYING: Final = re.compile(
    rf"\s+(?:[^\W\d_]+\s+)?(?:{_SAYS}|says?|requires?|provides?|allows?|prohibits?)\b"
    r"|.*\s(?:не|қалай|нені)\s+(?:дейді|айтады|деген|реттейді|көздейді|талап\s+етеді)\b"
    r"|.*\s(?:реттей|көздей|рұқсат\s+ете|тыйым\s+сала|талап\s+ете)\s*(?:ме|ді\s*ме|ді)\b",
    re.IGNORECASE,
)
_SPEAKING_OF: Final = re.compile(
    r"\s+(?:о|об|обо|про|насч[её]т|касательно|about|on)\s|[\s]*[:—–]", re.IGNORECASE
)
_LOCATIVE: Final = re.compile(r"[^\W\d_]{3}[дт][ае]\b(?:$|\s)")
# «статья 52 Трудового кодекса РК, пункт 1»: what may stand around the name there.
_AROUND: Final = re.compile(
    r"(?:[\s,;:()«»\"“”-]|\b(?:of|the|law|code|рк|республики|казахстан|кр|қр|қазақстан|республикасы\w*"
    r"|закон\w*|кодекс\w*|заң\w*|об?|туралы)\b)*",
    re.IGNORECASE,
)
_INNER: Final = frozenset({"para", "point", "al"})
# «УК 188», "Labour Code 26-1"
_ALONE: Final = re.compile(r"[\s,]*(\d{1,3}(?:-\d{1,2})?)[\s?.]*")
_MOST_OFFERED: Final = 6
_INITIALS: Final = re.compile(
    r"[А-ЯӘҒҚҢӨҰҮҺІ][А-Яа-яәғқңөұүһіӘҒҚҢӨҰҮҺІ]{0,5}[А-ЯӘҒҚҢӨҰҮҺІ]\b.{0,4}"
)


@dataclass(frozen=True, slots=True)
class NamedActs:
    """The acts that a question names.

    Attributes:
        documents: Ids of those that are here; empty where it names none.
        absent: What is said of those that are not here.
        offered: What is said where some words fit several acts.
        anchored: The act of each reference of the question, by the reference's place.
        text: The question, with what it names of an article moved up to it from behind the act.
        places: Where it names acts in which something is sought: start and end of each name.
    """

    documents: frozenset[str]
    absent: tuple[Trilingual, ...]
    offered: tuple[Trilingual, ...]
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
        named = list(self.names.find(text, language))
        if len(named) == 1 and (article := _article(text, named[0])):
            return self.read(article, language)
        numbered = [one for one in registered(text) if self._is_cited(one, text, named)]
        named = self._numbered(text, named, numbered)
        text = _blanked(text, numbered)
        references = find_references(text)
        taken = [(one.start, one.end) for one in references]
        known = [
            *((one.start, one.end) for one in named),
            *((one.start, one.end) for one in numbered),
        ]
        named += [one for one in self._parts(text, taken, known) if one.documents or references]
        if not named and references and len(self._snapshot.documents) > 1:
            only = self.names.alone(text, taken)
            named += [_here(only)] if only is not None and only.documents else []
        mentions = tuple(sorted(named, key=lambda one: one.start))
        attached = attach(text, references, anchors(text, mentions))
        documents = frozenset(name for one in mentions for name in one.documents)
        asked = [
            one for one in mentions if _is_beside(text, one, taken) or not _is_topic(text, one)
        ]
        anchored = {
            one.start: _documents(anchor, asked)
            for one, anchor in zip(references, attached, strict=True)
        }
        absent = [one for one in asked if not one.documents and _is_sought(text, one, attached)]
        return NamedActs(
            documents,
            tuple(dict.fromkeys(map(_absent, absent))),
            tuple(dict.fromkeys(self._offered(text, one) for one in asked if self._is_open(one))),
            {start: own for start, own in anchored.items() if own is not None},
            _together(text, mentions),
            tuple((one.start, one.end) for one in asked),
        )

    def _is_cited(self, one: Registered, text: str, named: list[Mention]) -> bool:
        """Whether a number is an act's: a word for one or its name stands there, or one has it."""
        said = one.kind and one.is_marked
        if said or (
            one.is_marked and any(is_beside(text, one, name.start, name.end) for name in named)
        ):
            return True
        references = find_references(text)
        return bool(self.names.numbered(one)) and any(
            other.end <= one.start or one.end <= other.start for other in references
        )

    def _numbered(
        self, text: str, named: list[Mention], numbered: list[Registered]
    ) -> list[Mention]:
        """Returns the acts named with those that are said by day and number.

        An act of that name and another day or number is another act.
        """
        found = list(named)
        for one in numbered:
            acts = self.names.numbered(one)
            beside = next(
                (name for name in found if is_beside(text, one, name.start, name.end)), None
            )
            start = min(one.start, beside.start if beside else one.start)
            end = max(one.end, beside.end if beside else one.end)
            if beside is not None:
                found.remove(beside)
                acts = tuple(act for act in acts if beside.documents.issuperset(act.documents))
            written = as_named(" ".join(text[start:end].split()))
            said = acts or (Act(Trilingual(written, written, written), ()),)
            found.append(Mention(said, start, end))
        return found

    def _parts(
        self, text: str, taken: list[tuple[int, int]], known: list[tuple[int, int]]
    ) -> list[Mention]:
        """Returns acts named by words of their titles; as written where none that is here fits."""
        found: list[Mention] = []
        for one in self.names.parts(text, taken, known):
            if all(one.end <= other.start or other.end <= one.start for other in found):
                found.append(one)
        # Which of the acts that are not here is meant, a part of a title does not tell.
        return [
            one if one.documents or (one.acts and not one.is_partial) else _unlisted(text, one)
            for one in found
        ]

    def _is_open(self, one: Mention) -> bool:
        """Whether words fit several acts, some of which are here; parts of one code are one."""
        documents = [self._snapshot.documents[name] for name in sorted(one.documents)]
        if one.is_partial:
            return len(one.acts) > 1 and bool(documents)
        bare = {re.sub(r"\s*\(.*\)", "", each.title["ru"]) for each in documents}
        are_parts = len(bare) == 1 and all("(" in each.title["ru"] for each in documents)
        return len(documents) > 1 and not are_parts

    def _offered(self, text: str, one: Mention) -> Trilingual:
        """Returns what is said of words that fit several acts."""
        name = as_named(" ".join(text[one.start : one.end].split()))
        # Of a known act that is several documents each stands for itself.
        single = [act for act in one.acts if len(act.documents) < 2]
        acts = sorted(single, key=lambda act: not act.documents)[:_MOST_OFFERED]
        listed = Trilingual(
            *("; ".join(self._cited(act, code) for act in acts) for code in LANGUAGES)
        )
        return message("several-acts", name=name, acts=listed)

    def _cited(self, act: Act, code: Language) -> str:
        here = [self._snapshot.documents[name] for name in act.documents]
        if not here:
            return f"{act.title[code]} ({message('not-here')[code]})"
        numbers = ", ".join(f"№ {bare_number(one.number)}" for one in here if one.uri)
        return f"{act.title[code]} ({numbers})" if numbers else act.title[code]

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


def _is_beside(text: str, one: Mention, references: list[tuple[int, int]]) -> bool:
    """Whether nothing but «об» or «туралы» parts an act from an item: «ст. 4 об оценке»."""
    is_last = _LAST_KAZAKH.match(text, one.end) is not None
    return any(
        _BESIDE.fullmatch(text[end : one.start])
        or _BESIDE_KAZAKH.fullmatch(text[one.end : start])
        or (is_last and not text[end : one.start].strip(" ,"))
        for start, end in references
    )


def _is_sought(text: str, one: Mention, attached: tuple[Anchor | None, ...]) -> bool:
    """Whether a question asks what an act says, and not about it.

    It does by a reference, by «по», or by a word for saying.
    """
    if any(anchor is None or anchor.mention == one for anchor in attached):
        return True
    name, before = text[one.start : one.end], text[: one.start]
    alone = not before.strip() and not text[one.end :].strip(" ?.!")
    return bool(
        (alone and (_INITIALS.fullmatch(name) or any(registered(one.acts[0].title.ru))))
        or any(pattern.search(before) for pattern in (_INSIDE, _INSIDE_ENGLISH, _SAID_BY))
        or _INSIDE_KAZAKH.match(text, one.end) is not None
        or _LOCATIVE.search(name) is not None
        or ((_ASKED_WHAT.search(before) or _is_head(before)) and _SAYING.match(text, one.end))
        or (not before.strip() and _SPEAKING_OF.match(text, one.end))
    )


def _is_head(before: str) -> bool:
    """Whether an act is the first or second word of a question: «Ал Салық кодексі не дейді»."""
    return len(before.split()) < 2


def _absent(one: Mention) -> Trilingual:
    return message("missing-act", name=one.acts[0].title)


def _article(text: str, one: Mention) -> str:
    """Returns «УК 188» with the word for the article; empty where more is asked, or no number."""
    match = _ALONE.fullmatch(f"{text[: one.start]} {text[one.end :]}")
    return f"{text[one.start : one.end]} ст. {match[1]}" if match else ""


def _unlisted(text: str, one: Mention) -> Mention:
    """Returns an act that nobody listed, by its name as written."""
    written = as_named(" ".join(text[one.start : one.end].split()))
    return replace(one, acts=(Act(Trilingual(written, written, written), ()),))


def _here(one: Mention) -> Mention:
    """Returns a mention with the acts that are here alone."""
    return replace(one, acts=tuple(act for act in one.acts if act.documents))


def _blanked(text: str, numbered: list[Registered]) -> str:
    """Returns a question without the days and numbers of acts, which are no items' numbers."""
    for one in numbered:
        piece = re.sub(
            r"[\w№]*\d[\w.-]*", lambda match: " " * len(match[0]), text[one.start : one.end]
        )
        text = f"{text[: one.start]}{piece}{text[one.end :]}"
    return text
