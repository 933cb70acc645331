# /// script
# dependencies = ["openai-agents==0.24.0"]
# ///
"""The agents' default model: responses, whole and streamed, with file search."""

import asyncio
import sys

from agents import Agent, FileSearchTool, Runner, set_default_openai_client, set_tracing_disabled
from openai import AsyncOpenAI

QUESTION = "Каспий теңізі туралы не айтылған?"


async def main() -> None:
    """Runs an agent three ways."""
    set_tracing_disabled(True)
    set_default_openai_client(AsyncOpenAI(base_url=f"{sys.argv[1]}/v1", api_key="none"))
    agent = Agent(name="Clerk", model="tarmaq", instructions="Answer with the exact item.")
    whole = await Runner.run(agent, QUESTION)
    assert "[1]" in whole.final_output
    print("Runner.run: the default (responses) model answers")

    streamed = Runner.run_streamed(agent, QUESTION)
    async for _ in streamed.stream_events():
        pass
    assert streamed.final_output == whole.final_output
    print("Runner.run_streamed: the same text")

    tool = FileSearchTool(vector_store_ids=["tarmaq"], include_search_results=True)
    searching = Agent(name="Clerk", model="tarmaq", tools=[tool])
    found = await Runner.run(searching, QUESTION)
    assert any(item.type == "tool_call_item" for item in found.new_items)
    print("FileSearchTool: the call and its results")


asyncio.run(main())
