/**
 * The Markdown of a comment or a job summary as GitHub would show it: the GFM parser, GitHub's allow-list of elements, its
 * style sheet in light and dark, its alerts, and its colours for diffs. Mentions, references and links to commits are not
 * made: they need the repository.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Element, ElementContent, Root } from 'hast'
import rehypeRaw from 'rehype-raw'
import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .use(rehypeSanitize)

/** The sanitized tree of a comment, for tests that look at its elements. */
export async function renderTree(markdown: string): Promise<Root> {
  return (await processor.run(processor.parse(markdown))) as Root
}

/** The line on top of the box: who commented, or whose job's summary it is. */
const boxHeaders = {
  comment: '<strong>github-actions</strong> <span class="bot">bot</span> commented',
  summary: '<strong>deploy</strong> summary',
}

/**
 * A standalone page with Markdown in the box that GitHub shows it in.
 * @param title of the page, and above the box
 */
export async function renderHtml(markdown: string, title: string, box: keyof typeof boxHeaders): Promise<string> {
  const tree = await renderTree(markdown)
  markAlerts(tree)
  colourDiffs(tree)
  const body = unified().use(rehypeStringify).stringify(tree)
  const heading = title.replace(/[&<>]/g, char => `&#${char.charCodeAt(0)};`)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${heading}</title>
<style>
${styleSheet()}
${page}
</style>
<main>
<h1>${heading}</h1>
<article class="comment">
<header>${boxHeaders[box]}</header>
<div class="markdown-body">
${body}
</div>
</article>
</main>
</html>
`
}

function styleSheet(): string {
  return readFileSync(fileURLToPath(import.meta.resolve('github-markdown-css/github-markdown.css')), 'utf8')
}

const page = `:root { color-scheme: light dark; --page: #fff; --text: #1f2328; --muted: #59636e; --header: #f6f8fa; --line: #d1d9e0 }
@media (prefers-color-scheme: dark) {
  :root { --page: #0d1117; --text: #f0f6fc; --muted: #9198a1; --header: #151b23; --line: #3d444d }
}
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif }
main { max-width: 860px; margin: 24px auto; padding: 0 16px }
h1 { font-size: 20px; font-weight: 600 }
.comment { border: 1px solid var(--line); border-radius: 6px; overflow: hidden }
.comment > header { padding: 8px 16px; background: var(--header); border-bottom: 1px solid var(--line); color: var(--muted) }
.comment > header strong { color: var(--text) }
.bot { border: 1px solid var(--line); border-radius: 2em; padding: 0 7px; font-size: 12px }
.markdown-body { padding: 16px; font-size: 14px }`

/** `> [!CAUTION]` and its like (docs.github.com, "Basic writing and formatting syntax", Alerts). */
function markAlerts(tree: Root): void {
  for (const quote of elements(tree)) {
    const paragraph = quote.children.find(child => child.type === 'element')
    const first = paragraph?.children[0]
    if (quote.tagName !== 'blockquote' || paragraph?.tagName !== 'p' || first?.type !== 'text') continue
    const kind = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\n/.exec(first.value)?.[1]?.toLowerCase()
    if (kind === undefined) continue
    first.value = first.value.slice(kind.length + 4)
    quote.tagName = 'div'
    quote.properties = { className: ['markdown-alert', `markdown-alert-${kind}`] }
    quote.children.unshift({
      type: 'element',
      tagName: 'p',
      properties: { className: ['markdown-alert-title'] },
      children: [{ type: 'text', value: kind.charAt(0).toUpperCase() + kind.slice(1) }],
    })
  }
}

/** GitHub's highlighter marks the lines of a diff by their first character. */
const diffClasses: Readonly<Record<string, string>> = { '+': 'pl-mi1', '-': 'pl-md', '!': 'pl-mc', '#': 'pl-c' }

function colourDiffs(tree: Root): void {
  for (const element of elements(tree)) {
    if (element.tagName !== 'code' || !String(element.properties.className).includes('language-diff')) continue
    const lines = text(element).split('\n')
    element.children = lines.flatMap((line, index): ElementContent[] => {
      const value = index < lines.length - 1 ? `${line}\n` : line
      const className = diffClasses[line.charAt(0)]
      if (className === undefined) return [{ type: 'text', value }]
      return [
        {
          type: 'element',
          tagName: 'span',
          properties: { className: [className] },
          children: [{ type: 'text', value }],
        },
      ]
    })
  }
}

/** Every element of a tree, outer before inner. */
export function* elements(node: Root | Element): Generator<Element> {
  for (const child of node.children) {
    if (child.type !== 'element') continue
    yield child
    yield* elements(child)
  }
}

/** The text of a node and of all that is in it, but for the subtrees whose element `skip` names. */
export function text(node: Root | ElementContent, skip: readonly string[] = []): string {
  if (node.type === 'text') return node.value
  if (!('children' in node) || (node.type === 'element' && skip.includes(node.tagName))) return ''
  return node.children.map(child => (child.type === 'doctype' ? '' : text(child, skip))).join('')
}
