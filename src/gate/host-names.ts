/** The names of the MCP hosts whose requirements the gate knows, in the order of their warnings. */
export const hostNames = ['claude', 'claude-code', 'chatgpt', 'vscode', 'cursor', 'gemini'] as const

/** A program in which people use MCP servers. */
export type HostName = (typeof hostNames)[number]
