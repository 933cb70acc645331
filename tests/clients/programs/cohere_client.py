# /// script
# dependencies = ["cohere==7.3.1"]
# ///
"""Cohere's package: rerank in both versions, and the error of what there is not."""

import sys

import cohere

QUESTION = "Арал теңізі қалай сақталады?"
TEXTS = ["Астанада қар жауады.", "Арал теңізін құтару үшін орман отырғызылады."]
for client in (cohere.ClientV2, cohere.Client):
    found = client(api_key="none", base_url=sys.argv[1]).rerank(
        model="tarmaq", query=QUESTION, documents=TEXTS
    )
    assert found.results[0].index == 1
    print(f"{client.__name__}.rerank")
try:
    cohere.ClientV2(api_key="none", base_url=sys.argv[1]).embed(
        model="tarmaq", input_type="search_query", texts=TEXTS, embedding_types=["float"]
    )
except cohere.core.api_error.ApiError as error:
    assert error.status_code == 404
    assert "message" in error.body
    print("embed: not found, in Cohere's shape")
