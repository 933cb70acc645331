# /// script
# dependencies = ["mcp==2.3.0"]
# ///
"""The Model Context Protocol's own package: search, fetch, ask."""

import asyncio
import sys

from mcp import Client


async def main() -> None:
    """Calls the tools."""
    async with Client(f"{sys.argv[1]}/mcp") as client:
        names = [tool.name for tool in (await client.list_tools()).tools]
        print(f"list_tools: {', '.join(names)}")
        hits = (await client.call_tool("search", {"query": "Каспий"})).structured_content
        one = hits["results"][0]["id"]
        assert (await client.call_tool("fetch", {"id": one})).structured_content["text"]
        print("search, fetch")
        asked = await client.call_tool("ask", {"question": "Каспий теңізі туралы не айтылған?"})
        assert asked.structured_content["answerable"]
        print("ask")


asyncio.run(main())
