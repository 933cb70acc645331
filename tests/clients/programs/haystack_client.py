# /// script
# dependencies = ["haystack-ai==3.4.1", "httpx"]
# ///
"""Haystack: a pipeline with our component, written to YAML and loaded again, and a generator."""

import os
import sys
from pathlib import Path

os.environ |= {"HAYSTACK_TELEMETRY_ENABLED": "False", "OPENAI_API_KEY": "none"}
from haystack import Pipeline
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage

sys.path.insert(0, str(Path(__file__).parents[3] / "examples"))
from haystack_retriever import TarmaqRetriever

QUESTION = "Каспий теңізі туралы не айтылған?"
pipeline = Pipeline()
pipeline.add_component("tarmaq", TarmaqRetriever(sys.argv[1], top_k=3))
written = pipeline.dumps()
try:
    loaded = Pipeline.loads(written, allowed_modules=["haystack_retriever"])
except TypeError:
    loaded = Pipeline.loads(written)
found = loaded.run({"tarmaq": {"query": QUESTION}})["tarmaq"]
assert len(found["documents"]) == 3
assert found["answerable"]
print("Pipeline.dumps, Pipeline.loads, run: our component keeps its settings")

generator = OpenAIChatGenerator(model="tarmaq", api_base_url=f"{sys.argv[1]}/v1")
assert "[1]" in generator.run([ChatMessage.from_user(QUESTION)])["replies"][0].text
print("OpenAIChatGenerator")
