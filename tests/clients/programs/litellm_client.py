# /// script
# dependencies = ["litellm==1.110.2"]
# ///
"""LiteLLM: completion, responses, embedding through the provider `openai`."""

import os
import sys

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
import litellm

QUESTION = "Каспий теңізі туралы не айтылған?"
BASE = {"api_base": f"{sys.argv[1]}/v1", "api_key": "none"}
litellm.telemetry = False

said = litellm.completion(
    model="openai/tarmaq", messages=[{"role": "user", "content": QUESTION}], **BASE
)
text = said.choices[0].message.content
assert "[1]" in text
assert said.choices[0].message.annotations
print("completion: text with annotations")

chunks = litellm.completion(
    model="openai/tarmaq", messages=[{"role": "user", "content": QUESTION}], stream=True, **BASE
)
assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == text
print("completion(stream=True): the same text")

response = litellm.responses(model="openai/tarmaq", input=QUESTION, **BASE)
assert response.output[0].content[0].text == text
print("responses: the same text")

vectors = litellm.embedding(
    model="openai/tarmaq-embedding", input=["a", "ә"], encoding_format="float", **BASE
)
assert len(vectors.data) == 2
print("embedding")
