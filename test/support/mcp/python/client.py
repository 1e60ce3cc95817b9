"""The client of the Python SDK: connects in each way named and lists the tools.

Usage: client.py URL WAY..., where WAY is modern, legacy or http-sse. Prints a JSON object: for each way the sorted names of the
tools, or null if the client cannot connect or list.
"""

import asyncio
import json
import sys

from mcp import Client
from mcp.client.sse import sse_client

SECONDS = 30


async def tools(url: str, way: str) -> list[str] | None:
    server = sse_client(url) if way == "http-sse" else url
    mode = "2026-07-28" if way == "modern" else "legacy"
    try:
        async with asyncio.timeout(SECONDS), Client(server, mode=mode) as client:
            return sorted(tool.name for tool in (await client.list_tools()).tools)
    except Exception as error:
        print(f"{way}: {error!r}", file=sys.stderr)
        return None


async def main() -> None:
    url, *ways = sys.argv[1:]
    print(json.dumps({way: await tools(url, way) for way in ways}))


asyncio.run(main())
