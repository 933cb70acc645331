# /// script
# dependencies = ["fastmcp==4.2.3"]
# ///
"""FastMCP: search and fetch as data, an error of a tool."""

import asyncio
import sys

from fastmcp import Client
from fastmcp.exceptions import ToolError


async def main() -> None:
    """Calls the tools."""
    async with Client(f"{sys.argv[1]}/mcp") as client:
        hits = (await client.call_tool("search", {"query": "Каспий"})).structured_content
        one = hits["results"][0]["id"]
        assert (await client.call_tool("fetch", {"id": one})).structured_content["text"]
        print("search, fetch")
        try:
            await client.call_tool("ask", {"question": "?!"})
        except ToolError:
            print("ask: an unusable question is the tool's error")


asyncio.run(main())
