"""One MCP server of a Python SDK on 127.0.0.1, as the README of that SDK sets it up.

Usage: server.py SDK MODE PORT, where SDK is mcp-1, mcp-2 or fastmcp and MODE is stateful, stateless or sse.
"""

import sys
from typing import Any


def mcp_1(mode: str, port: int) -> None:
    from mcp.server.fastmcp import FastMCP

    server = FastMCP("mcp-1", host="127.0.0.1", port=port, stateless_http=mode == "stateless")
    add_tool(server)
    server.run(transport="sse" if mode == "sse" else "streamable-http")


def mcp_2(mode: str, port: int) -> None:
    from mcp.server import MCPServer

    server = MCPServer("mcp-2")
    add_tool(server)
    if mode == "sse":
        server.run("sse", host="127.0.0.1", port=port)
    else:
        server.run("streamable-http", host="127.0.0.1", port=port, stateless_http=mode == "stateless")


def fastmcp(mode: str, port: int) -> None:
    from fastmcp import FastMCP

    server = FastMCP("fastmcp")
    add_tool(server)
    if mode == "sse":
        server.run(transport="sse", host="127.0.0.1", port=port, show_banner=False)
    else:
        stateless = mode == "stateless"
        server.run(transport="http", host="127.0.0.1", port=port, stateless_http=stateless, show_banner=False)


def add_tool(server: Any) -> None:
    @server.tool()
    def search_docs(text: str) -> str:
        """Searches the documentation"""
        return text


if __name__ == "__main__":
    sdk, mode, port = sys.argv[1:]
    {"mcp-1": mcp_1, "mcp-2": mcp_2, "fastmcp": fastmcp}[sdk](mode, int(port))
