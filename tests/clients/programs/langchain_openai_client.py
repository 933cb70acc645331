# /// script
# dependencies = ["langchain-openai==1.7.4"]
# ///
"""LangChain's models: responses, chat, embeddings, a chain with a prompt of its own."""

import sys

from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

QUESTION = "Каспий теңізі туралы не айтылған?"
BASE = {"base_url": f"{sys.argv[1]}/v1", "api_key": "none"}

responses = ChatOpenAI(model="tarmaq", use_responses_api=True, **BASE)
said = responses.invoke(QUESTION)
assert "[1]" in said.text
assert any(part.get("annotations") for part in said.content)
print("ChatOpenAI(use_responses_api=True).invoke: text with annotations")

streamed = "".join(chunk.text for chunk in responses.stream(QUESTION))
assert streamed == said.text
print("…stream: the same text")

chat = ChatOpenAI(model="tarmaq", use_responses_api=False, **BASE)
assert chat.invoke(QUESTION).text == said.text
print("ChatOpenAI (chat completions): the same text")

prompt = ChatPromptTemplate.from_template(
    "Answer the question based only on the following context:\n{context}\n\nQuestion: {question}"
)
chain = prompt | chat
assert chain.invoke({"context": "Алма ағашта өседі.", "question": QUESTION}).text == said.text
print("a RAG prompt with its own context: answered from the question in it")

embeddings = OpenAIEmbeddings(model="tarmaq-embedding", check_embedding_ctx_length=False, **BASE)
assert len(embeddings.embed_documents(["a", "ә"])) == 2
print("OpenAIEmbeddings(check_embedding_ctx_length=False)")
