# /// script
# dependencies = [
#     "llama-index-core==0.14.25",
#     "llama-index-llms-openai-like==0.8.1",
#     "httpx",
# ]
# ///
"""LlamaIndex: a query engine of our retriever and our model, with its default prompts."""

import sys
from pathlib import Path

from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.llms.openai_like import OpenAILike

sys.path.insert(0, str(Path(__file__).parents[3] / "examples"))
from llamaindex_retriever import TarmaqRetriever

QUESTION = "Каспий теңізі туралы не айтылған?"
llm = OpenAILike(
    model="tarmaq",
    api_base=f"{sys.argv[1]}/v1",
    api_key="none",
    is_chat_model=True,
    context_window=100_000,
)
own = llm.complete(QUESTION).text
assert "[1]" in own
print("OpenAILike.complete")

engine = RetrieverQueryEngine.from_args(TarmaqRetriever(sys.argv[1], k=3), llm=llm)
response = engine.query(QUESTION)
assert str(response) == own
assert response.source_nodes[0].metadata["reference"]
print("RetrieverQueryEngine: its default prompt is answered from the question in it")
