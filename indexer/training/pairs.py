"""Pairs to train on, and the batches they are shown in.

A batch is its own set of wrong answers, so its make-up decides what is learnt. All passages of a
batch have one language (or the language would tell them apart), no two are of one article (both
could be right), and half of the batches come from one act: the neighbours are the hard negatives.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from indexer.documents.passages import Language
from indexer.normalisation import sanitise
from indexer.training.acts import Acts, article_of
from indexer.training.keyboards import Keyboard, retype
from indexer.training.questions import ActQuestion

_LETTERLESS_SHARE: Final = 0.15
_LATIN_SHARE: Final = 0.10
_LIKE_LENGTH: Final = 60
_TITLES: Final = 4
_TRANSLATIONS: Final = 8
"""One title, one translation is shown for so many questions."""
_TRANSLATED: Final = (40, 400)
_UNLIKE: Final = 1.6
_OTHER: Final[dict[Language, Language]] = {"kk": "ru", "ru": "kk"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, or what stands for one, and a passage that answers it.

    Attributes:
        query: The question.
        passage: The passage's text.
        act: Name of the act.
        article: eId of the passage's article.
        languages: Of the question and of the passage.
        is_asked: Whether a person asked it; a title or a translation otherwise.
    """

    query: str
    passage: str
    act: str
    article: str
    languages: tuple[Language, Language]
    is_asked: bool


def question_pairs(
    questions: Iterable[ActQuestion], acts: Acts
) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """Joins questions with the passages of every edition.

    Returns:
        The pairs, and the ids of the questions whose passage no edition has.
    """
    pairs: list[Pair] = []
    missing: list[str] = []
    for question in questions:
        found = False
        for language in _OTHER:
            edition = acts.get((question.act, language))
            passage = edition.passages.get(question.eid) if edition else None
            if passage is None:
                continue
            found = True
            pairs.append(
                Pair(
                    question.text,
                    passage.text,
                    question.act,
                    article_of(question.eid),
                    (question.language, language),
                    is_asked=True,
                )
            )
        if not found:
            missing.append(question.id)
    return tuple(pairs), tuple(missing)


def title_pairs(acts: Acts) -> tuple[Pair, ...]:
    """Returns titles of articles with their bodies, in one language and across the two."""
    return tuple(
        Pair(title, article.body, act, eid, (asked, language), is_asked=False)
        for (act, language), edition in acts.items()
        for asked in (language, _OTHER[language])
        for eid, article in edition.articles.items()
        if (title := _title(acts, act, asked, eid))
    )


def translation_pairs(acts: Acts) -> tuple[Pair, ...]:
    """Returns passages with the same passage in the other language, both ways.

    Editions differ where one was amended earlier: passages of unlike length are left out.
    """
    return tuple(
        Pair(
            passage.text,
            translated.text,
            act,
            article_of(eid),
            (asked, _OTHER[asked]),
            is_asked=False,
        )
        for (act, asked), edition in acts.items()
        if (other := acts.get((act, _OTHER[asked])))
        for eid, passage in edition.passages.items()
        if (translated := other.passages.get(eid)) and _are_alike(passage.text, translated.text)
    )


def plan(
    asked: tuple[Pair, ...],
    titles: tuple[Pair, ...],
    translations: tuple[Pair, ...],
    *,
    size: int,
    rounds: int,
    seed: int,
) -> list[list[Pair]]:
    """Returns the batches of a training, in order; the same for the same seed.

    Args:
        asked: Pairs of questions: all are shown in each round.
        titles: Pairs of titles: a quarter as many as questions are drawn in each round, equally
            many of each pair of languages.
        translations: Pairs of translations: half as many as titles are drawn, likewise.
        size: Pairs a batch.
        rounds: How often the questions are shown.
        seed: Of every choice.
    """
    chooser = random.Random(seed)
    batches: list[list[Pair]] = []
    for _ in range(rounds):
        drawn = (
            _draw(titles, len(asked) // _TITLES, chooser),
            _draw(translations, len(asked) // _TRANSLATIONS, chooser),
        )
        for pairs in (asked, *drawn):
            for language in ("kk", "ru"):
                some = [pair for pair in pairs if pair.languages[1] == language]
                chooser.shuffle(some)
                # Passages of like length: less padding, and length gives no answer away.
                some.sort(key=lambda pair: len(pair.passage) // _LIKE_LENGTH)
                near, far = some[::2], some[1::2]
                batches += _batches(sorted(near, key=lambda pair: pair.act), size)
                batches += _batches(far, size)
    chooser.shuffle(batches)
    return [[_as_typed(pair, chooser) for pair in batch] for batch in batches]


def columns(batches: Iterable[list[Pair]]) -> dict[str, list[str]]:
    """Returns the batches' texts, one after the other, in the form in which they are embedded."""
    pairs = [pair for batch in batches for pair in batch]
    return {
        "anchor": [sanitise(pair.query) for pair in pairs],
        "positive": [sanitise(pair.passage) for pair in pairs],
    }


def _draw(titles: tuple[Pair, ...], count: int, chooser: random.Random) -> tuple[Pair, ...]:
    groups: dict[tuple[Language, Language], list[Pair]] = {}
    for pair in titles:
        groups.setdefault(pair.languages, []).append(pair)
    return tuple(
        pair
        for _, group in sorted(groups.items())
        for pair in chooser.sample(group, min(len(group), count // len(groups)))
    )


def _batches(pairs: list[Pair], size: int) -> Iterator[list[Pair]]:
    """Yields full batches of neighbours in ``pairs``; no article and no question twice in one."""
    waiting = list(pairs)
    while waiting:
        batch: list[Pair] = []
        taken: set[tuple[str, ...]] = set()
        later: list[Pair] = []
        for pair in waiting:
            keys = {(pair.act, pair.article), (pair.query,)}
            if len(batch) < size and not keys & taken:
                taken |= keys
                batch.append(pair)
            else:
                later.append(pair)
        if len(batch) < size:
            return
        yield batch
        waiting = later


def _as_typed(pair: Pair, chooser: random.Random) -> Pair:
    """Types some of the Kazakh questions on another keyboard."""
    draw = chooser.random()
    if pair.languages[0] != "kk" or draw >= _LETTERLESS_SHARE + _LATIN_SHARE:
        return pair
    keyboard: Keyboard = "letterless" if draw < _LETTERLESS_SHARE else "latin"
    return replace(pair, query=retype(pair.query, keyboard, chooser))


def _are_alike(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    return _TRANSLATED[0] <= shorter and longer <= min(_TRANSLATED[1], _UNLIKE * shorter)


def _title(acts: Acts, act: str, language: Language, eid: str) -> str | None:
    edition = acts.get((act, language))
    article = edition.articles.get(eid) if edition else None
    return article.title if article else None
