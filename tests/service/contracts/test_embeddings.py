"""Tests of OpenAI embeddings, with OpenAI's own package."""

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from indexer.embedding.encoders import Encoder

openai = pytest.importorskip("openai")

TEXTS = ["Арал теңізі құтқарылады.", "Астанада қар жауады."]


@pytest.fixture
def client(address: str) -> "Iterator[openai.OpenAI]":
    """OpenAI's client of the service."""
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        yield client


@pytest.mark.parametrize("encoding", ["float", "base64", openai.omit])
@pytest.mark.parametrize("model", ["tarmaq-embedding", "tarmaq-embedding-query"])
def test_vectors_are_the_models(
    client: "openai.OpenAI", encoder: Encoder, encoding: Any, model: str
) -> None:
    """Both encodings give the vectors of the model that searches, in the order of the texts."""
    found = client.embeddings.create(model=model, input=TEXTS, encoding_format=encoding)
    vectors = [
        np.frombuffer(base64.b64decode(one.embedding), dtype="<f4")
        if isinstance(one.embedding, str)
        else np.array(one.embedding)
        for one in found.data
    ]
    encode = encoder.encode_queries if "query" in model else encoder.encode_passages
    np.testing.assert_allclose(vectors, encode(TEXTS), atol=1e-5)
    assert [one.index for one in found.data] == [0, 1]
    tokens = encoder.encode_tokens(TEXTS, is_query=False)
    assert found.usage.prompt_tokens == sum(len(one.vectors) for one in tokens)
    assert found.usage.total_tokens == found.usage.prompt_tokens


def test_question_is_nearest_to_what_answers_it(client: "openai.OpenAI") -> None:
    """A question's vector is nearest to the passage that answers."""
    query = client.embeddings.create(model="tarmaq-embedding-query", input="Аралға не болады?")
    texts = client.embeddings.create(model="tarmaq-embedding", input=TEXTS)
    scores = np.array([one.embedding for one in texts.data]) @ np.array(query.data[0].embedding)
    assert scores[0] > scores[1]


@pytest.mark.parametrize(
    ("given", "error", "code"),
    [
        ({"input": [1, 2]}, openai.BadRequestError, "token_numbers"),
        ({"input": [[1, 2], [3]]}, openai.BadRequestError, "token_numbers"),
        ({"input": ["а", " "]}, openai.BadRequestError, "empty_text"),
        ({"input": []}, openai.BadRequestError, "invalid_request"),
        ({"dimensions": 100}, openai.BadRequestError, "other_dimension"),
        ({"model": "text-embedding-3-small"}, openai.NotFoundError, "unknown_model"),
    ],
)
def test_unusable_request_says_what_to_do(
    client: "openai.OpenAI", given: dict[str, Any], error: type[Exception], code: str
) -> None:
    """OpenAI's package raises its own error."""
    with pytest.raises(error) as caught:
        client.embeddings.create(**{"model": "tarmaq-embedding", "input": TEXTS, **given})
    assert caught.value.code == code
