/** A page of the documentation as a source of files: what a reader would copy from it, `mcp-gate init` writes. Pure. */

/** The parts of a page. */
export interface Page {
  /**
   * Returns the file of this path, without the line that names it.
   * @throws Error when the page does not have it
   */
  file(path: string): string
  /**
   * Returns the block of commands that begins so.
   * @throws Error when the page has none or several
   */
  commands(start: string): string
}

/** Reads the fenced blocks of a page. The first block of a path counts, because a page may show a file again with a change. */
export function readPage(markdown: string): Page {
  const blocks = [...markdown.matchAll(/^```([\w-]*)\n([\s\S]*?)^```$/gm)]
  const texts = blocks.map(([, language = '', text = '']) => ({ language, text }))
  return {
    file(path) {
      const marks = [`# ${path}\n`, `// ${path}\n`]
      const mark = marks.find(each => texts.some(({ text }) => text.startsWith(each)))
      const found = texts.find(({ text }) => mark !== undefined && text.startsWith(mark))
      if (mark === undefined || found === undefined) throw new Error(`The page has no file ${path}.`)
      return found.text.slice(mark.length)
    },
    commands(start) {
      const [found, ...others] = texts.filter(({ language, text }) => language === 'sh' && text.startsWith(start))
      if (found === undefined || others.length > 0) throw new Error(`The page has not one block of "${start}".`)
      return found.text
    },
  }
}
