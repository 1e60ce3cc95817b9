// Command servers runs one MCP server of a Go SDK on 127.0.0.1, as the README of that SDK sets it up.
//
// Usage: servers SDK MODE PORT, where SDK is go-sdk or mcp-go and MODE is stateful, stateless or sse.
package main

import (
	"context"
	"log"
	"net/http"
	"os"

	markmcp "github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const toolName, toolDescription = "search_docs", "Searches the documentation"

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: servers SDK MODE PORT")
	}
	sdk, mode, address := os.Args[1], os.Args[2], "127.0.0.1:"+os.Args[3]
	switch sdk {
	case "go-sdk":
		log.Fatal(serveGoSDK(mode, address))
	case "mcp-go":
		log.Fatal(serveMCPGo(mode, address))
	}
	log.Fatalf("%s is no SDK of this program", sdk)
}

type query struct {
	Text string `json:"text"`
}

func serveGoSDK(mode, address string) error {
	sdkServer := mcp.NewServer(&mcp.Implementation{Name: "go-sdk", Version: "1.0.0"}, nil)
	mcp.AddTool(sdkServer, &mcp.Tool{Name: toolName, Description: toolDescription},
		func(context.Context, *mcp.CallToolRequest, query) (*mcp.CallToolResult, any, error) {
			return &mcp.CallToolResult{}, nil, nil
		})
	getServer := func(*http.Request) *mcp.Server { return sdkServer }
	if mode == "sse" {
		http.Handle("/sse", mcp.NewSSEHandler(getServer, nil))
	} else {
		http.Handle("/mcp", mcp.NewStreamableHTTPHandler(getServer, &mcp.StreamableHTTPOptions{Stateless: mode == "stateless"}))
	}
	return http.ListenAndServe(address, nil)
}

func serveMCPGo(mode, address string) error {
	sdkServer := server.NewMCPServer("mcp-go", "1.0.0")
	sdkServer.AddTool(
		markmcp.NewTool(toolName, markmcp.WithDescription(toolDescription), markmcp.WithString("text", markmcp.Required())),
		func(context.Context, markmcp.CallToolRequest) (*markmcp.CallToolResult, error) {
			return markmcp.NewToolResultText(""), nil
		})
	if mode == "sse" {
		return server.NewSSEServer(sdkServer, server.WithBaseURL("http://"+address)).Start(address)
	}
	return server.NewStreamableHTTPServer(sdkServer, server.WithStateLess(mode == "stateless")).Start(address)
}
