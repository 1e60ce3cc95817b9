// src/gate/host-names.ts
const hostNames = [
	"claude",
	"claude-code",
	"chatgpt",
	"vscode",
	"cursor",
	"gemini"
];
export { hostNames as t };
