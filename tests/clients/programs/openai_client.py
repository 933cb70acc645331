# /// script
# dependencies = ["openai==3.57.0"]
# ///
"""OpenAI's own package: responses, chat, embeddings, vector stores, and its errors."""

import sys

import openai

QUESTION = "Каспий теңізі туралы не айтылған?"
client = openai.OpenAI(base_url=f"{sys.argv[1]}/v1", api_key="none", max_retries=0)

response = client.responses.create(model="tarmaq", input=QUESTION)
assert response.output[0].content[0].annotations[0].type == "url_citation"
print("responses.create: text with url_citation")

with client.responses.stream(model="tarmaq", input=QUESTION) as stream:
    kinds = [event.type for event in stream]
    assert stream.get_final_response().output_text == response.output_text
assert kinds[-1] == "response.completed"
print("responses.stream: the same text, event by event")

search = {"type": "file_search", "vector_store_ids": ["tarmaq"]}
found = client.responses.create(
    model="tarmaq", input=QUESTION, tools=[search], include=["file_search_call.results"]
)
assert found.output[0].results
assert found.output[1].content[0].annotations[0].type == "file_citation"
print("file_search: results and file_citation")

chat = client.chat.completions.create(
    model="tarmaq", messages=[{"role": "user", "content": QUESTION}]
)
assert chat.choices[0].message.content == response.output_text
print("chat.completions.create: the same text")

vectors = client.embeddings.create(model="tarmaq-embedding", input=["a", "ә"]).data
assert len(vectors[0].embedding) == len(vectors[1].embedding) > 100
print("embeddings.create: base64 by default")

stores = [store.id for store in client.vector_stores.list()]
assert client.vector_stores.search(stores[0], query=QUESTION).data
print("vector_stores: list, search")

try:
    client.responses.create(model="tarmaq", input=QUESTION, previous_response_id="resp_1")
except openai.BadRequestError as error:
    assert error.code == "nothing_stored"
    print("previous_response_id: refused with a sentence")
try:
    client.completions.create(model="tarmaq", prompt=QUESTION)
except openai.NotFoundError as error:
    assert error.code == "not_offered"
    print("completions: refused with a sentence")
