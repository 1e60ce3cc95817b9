/** The code blocks of a Markdown page, and the files that they say they are. */

export interface Block {
  /** The word after the fence; empty when there is none. */
  readonly language: string
  readonly text: string
}

/** Every fenced block at the start of a line, in order. */
export function codeBlocks(markdown: string): Block[] {
  return [...markdown.matchAll(/^```([\w-]*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }))
}

/** By path, the blocks whose first line is a comment with a path and nothing else; the first of each. */
export function fileBlocks(blocks: readonly Block[]): Map<string, string> {
  const files = new Map<string, string>()
  for (const { language, text } of blocks) {
    const path = /^(?:#|\/\/) ((?:[\w.-]+\/)*(?:[\w-]*\.[\w.]+|Dockerfile))\n/.exec(text)?.[1]
    if (language !== 'sh' && path !== undefined && !files.has(path)) files.set(path, text)
  }
  return files
}
