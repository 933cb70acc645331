"""Continuation: passages that go on as those of an index do, where there are no more real ones.

Each document is of one language of the index. Its words are copied from what stands before, a few
at a time, and a word is new as often as Heaps' law has it of the real ones (Simon's process):
frequencies stay those of a language, and new words become rarer. A new word is the beginning of
one and the end of another. A vector lies about a real one as its nearest ones do.

Source: H. Simon, "On a class of skew distribution functions", 1955, doi:10.1093/biomet/42.3-4.425;
H. Heaps, "Information Retrieval", 1978; N. Chawla et al., "SMOTE", 2002, doi:10.1613/jair.953, for
new points between near ones.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import faiss
import numpy as np

from indexer.documents.corpus import Expression
from indexer.documents.description import Document, Edition, Trilingual
from indexer.documents.outline import outline_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings
from indexer.languages.codes import Language
from indexer.stores.base import Embedded, Indexed, text_hash
from indexer.vocabulary import words_of

_DOCUMENT = 200
_TOGETHER = 4
"""Words that are copied at once: more would copy whole answers."""

_NEIGHBOURS = 16
_STEP = 0.7
"""How far a vector lies from a real one, in steps to that one's neighbours.

A quarter of 6,461 real vectors, continued to all of them: the first, tenth and hundredth nearest
to other texts have cosines of .883, .838 and .781, the real ones .913, .838 and .774; to their own
kind .943, .826 and .747, the real ones .910, .839 and .776. With 1 the latter are .905, .778 and
.694, drawn from one normal distribution .800, .778 and .750.
"""

_FEWEST = 2


class Continuation:
    """Documents that continue those of an index, the same each time."""

    def __init__(self, documents: Sequence[Indexed]) -> None:
        """Takes the real ones."""
        editions = [edition for one in documents for edition in one.editions]
        languages = {one.expression.edition.language for one in editions}
        self._date = editions[0].expression.edition.date
        self._sources = [
            _Source(code, [one for one in editions if one.expression.edition.language == code])
            for code in sorted(languages)
        ]
        sizes = np.array([len(source.vectors) for source in self._sources])
        self._shares = sizes / sizes.sum()

    def vectors(self, count: int) -> Iterator[Embeddings]:
        """Yields the vectors of the first ``count`` passages, by document."""
        for number, (source, size) in enumerate(self._documents(count)):
            yield source.drawn(np.random.default_rng((1, number)), size)

    def documents(self, count: int) -> Iterator[Indexed]:
        """Yields documents of ``count`` passages."""
        random = np.random.default_rng(2)
        written = {source.language: source.writing(random) for source in self._sources}
        drawn = self.vectors(count)
        for number, (source, size) in enumerate(self._documents(count)):
            name = f"synthetic-{number:06}"
            eids = [f"art_{place}" for place in range(size)]
            texts = written[source.language].texts(size)
            edition = Edition(source.language, date=self._date)
            passages = tuple(
                Passage(name, eid, source.language, None, (), text, date=self._date)
                for eid, text in zip(eids, texts, strict=True)
            )
            embedded = Embedded(
                Expression(edition, outline_of(eids), passages),
                next(drawn),
                np.arange(size),
                tuple(text_hash(f"{name} {eid}") for eid in eids),
            )
            title = Trilingual(kk=name)
            yield Indexed(Document(name, "", title, (edition,), date=self._date), (embedded,))

    def _documents(self, count: int) -> Iterator[tuple["_Source", int]]:
        """Yields what each document continues, and how many passages it has."""
        random = np.random.default_rng(3)
        for start in range(0, count, _DOCUMENT):
            chosen = int(random.choice(len(self._sources), p=self._shares))
            yield self._sources[chosen], min(_DOCUMENT, count - start)


class _Source:
    """The real passages of one language."""

    def __init__(self, language: Language, editions: Sequence[Embedded]) -> None:
        self.language = language
        self.passages = [p.text.split() for one in editions for p in one.expression.passages]
        self.vectors = np.unique(np.concatenate([one.vectors for one in editions]), axis=0)
        index = faiss.IndexFlatIP(self.vectors.shape[1])
        index.add(self.vectors)
        count = min(_NEIGHBOURS + 1, len(self.vectors))
        # The nearest of each is itself.
        self._near = index.search(self.vectors, count)[1][:, 1:]

    def drawn(self, random: np.random.Generator, count: int) -> Embeddings:
        """Returns vectors that lie about real ones, shape ``(count, dimension)``."""
        chosen = random.integers(len(self.vectors), size=count)
        near = self._near[chosen]
        steps = random.normal(size=near.shape) * _STEP / np.sqrt(max(1, near.shape[1]))
        own = self.vectors[chosen]
        away = self.vectors[near] - own[:, None]
        moved = own + np.einsum("ij,ijk->ik", steps, away)
        unit: Embeddings = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)
        return unit

    def writing(self, random: np.random.Generator) -> "_Writing":
        """Returns what writes on."""
        return _Writing(random, self.passages)


class _Writing:
    """Writes on in one language."""

    def __init__(self, random: np.random.Generator, passages: Sequence[Sequence[str]]) -> None:
        self._random = random
        self._sizes = np.array([*map(len, passages)])
        words = [word for passage in passages for word in passage]
        known, numbers = np.unique(words, return_inverse=True)
        self._words: list[str] = known.tolist()
        self._known = {word: number for number, word in enumerate(self._words)}
        self._said = numbers.astype(np.int32)
        self._count = len(words)
        self._heaps, self._power = _heaps(random, passages)

    def texts(self, count: int) -> list[str]:
        """Returns the texts of the next ``count`` passages."""
        ends = np.cumsum(self._random.choice(self._sizes, count)).tolist()
        size = ends[-1]
        pieces = size // _TOGETHER + 1
        starts = self._random.integers(max(1, self._count - _TOGETHER), size=pieces)
        said = self._said[(starts[:, None] + np.arange(_TOGETHER)).ravel()[:size] % self._count]
        share = self._heaps * self._power * self._count ** (self._power - 1)
        for place in np.flatnonzero(self._random.random(size) < share).tolist():
            said[place] = self._coined()
        if self._count + size > len(self._said):
            self._said = np.resize(self._said, 2 * (self._count + size))
        self._said[self._count : self._count + size] = said
        self._count += size
        words = [self._words[number] for number in said.tolist()]
        return [" ".join(words[first:last]) for first, last in pairwise([0, *ends])]

    def _coined(self) -> int:
        """Returns the number of a word that is new, unless chance made one that is known."""
        one, other = (
            self._words[number] for number in self._random.integers(len(self._words), size=2)
        )
        word = one[: len(one) // 2 + 1] + other[len(other) // 2 :]
        number = self._known.setdefault(word, len(self._words))
        if number == len(self._words):
            self._words.append(word)
        return number


def _heaps(random: np.random.Generator, passages: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Returns factor and power of Heaps' law: how many words there are in so many.

    The last three quarters of the passages tell, in random order: the power falls as texts grow.
    """
    first: dict[str, int] = {}
    said = 0
    for place in random.permutation(len(passages)).tolist():
        for word in words_of(" ".join(passages[place])):
            first.setdefault(word, said)
            said += 1
    known = len(first)
    quarter = sum(place < said / 4 for place in first.values())
    if quarter < _FEWEST:
        return 1.0, 0.5
    power: float = float(np.log(known / quarter) / np.log(4))
    return known / said**power, power
