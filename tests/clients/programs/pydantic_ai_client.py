# /// script
# dependencies = ["pydantic-ai-slim[openai]==2.68.0"]
# ///
"""Pydantic AI: an agent over responses and over chat, streamed."""

import asyncio
import sys

from pydantic_ai import Agent
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.providers.openai import OpenAIProvider

QUESTION = "Каспий теңізі туралы не айтылған?"


async def main() -> None:
    """Runs the agents."""
    provider = OpenAIProvider(base_url=f"{sys.argv[1]}/v1", api_key="none")
    texts = []
    for model in (OpenAIResponsesModel, OpenAIChatModel):
        agent = Agent(model("tarmaq", provider=provider))
        texts.append((await agent.run(QUESTION)).output)
        print(f"Agent({model.__name__}).run")
        async with agent.run_stream(QUESTION) as stream:
            texts.append(await stream.get_output())
        print(f"Agent({model.__name__}).run_stream: the same text")
    assert len(set(texts)) == 1
    assert "[1]" in texts[0]


asyncio.run(main())
