/** The navigation of the documentation site, read from docs/README.md: its four kinds, its order and its names of pages. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Link, Nodes, Root, RootContent, TableRow } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { resolveLink, root } from './pages.ts'

/** An entry of the navigation. An entry without a page and without a URL is a heading. */
export interface Entry {
  readonly text: string
  /** Markdown file of the entry, relative to the root of the repository. */
  readonly page?: string
  /** Address outside of the site. */
  readonly url?: string
  readonly items?: readonly Entry[]
}

/** The page that owns the order of all others. */
const indexPage = 'docs/README.md'

/** Pages whose own tables list the pages below them. A table of all decisions would be too long for a navigation. */
const subIndexPages: ReadonlySet<string> = new Set(['docs/recipes/README.md'])

/** Reads a Markdown text into a tree. */
export function parseMarkdown(markdown: string): Root {
  return unified().use(remarkParse).use(remarkGfm).parse(markdown)
}

/** Returns the text of a node and of everything in it. */
export function textOf(node: Nodes): string {
  if ('value' in node) return node.type === 'html' ? '' : node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

/**
 * Reads the navigation: one entry for each `##` of docs/README.md, and one for its last paragraph, which is for contributors.
 * @throws {Error} when a page of the site is in no table
 */
export function readNavigation(pages: readonly string[], repository: string): Entry[] {
  const context: Context = { pages: new Set(pages), repository }
  const groups: { text: string; items: Entry[] }[] = []
  for (const node of readPage(indexPage).children) {
    if (node.type === 'heading' && node.depth === 2) groups.push({ text: textOf(node), items: [] })
    else if (node.type === 'table') groups.at(-1)?.items.push(...rowEntries(indexPage, node.children.slice(1), context))
    else if (node.type === 'paragraph' && groups.length > 0)
      groups.push({ text: textOf(node).split(':')[0] ?? '', items: linkEntries(indexPage, node, context) })
  }
  const listed = new Set(groups.flatMap(pagesOf))
  const missing = pages.filter(
    page => !listed.has(page) && page !== indexPage && page !== 'CODE_OF_CONDUCT.md' && !isDecision(page),
  )
  if (missing.length > 0) throw new Error(`${indexPage} has no link to ${missing.join(', ')}: add a row for each.`)
  return groups
}

interface Context {
  readonly pages: ReadonlySet<string>
  readonly repository: string
}

function isDecision(page: string): boolean {
  return page.startsWith('docs/decisions/') && page !== 'docs/decisions/README.md'
}

function pagesOf(entry: Entry): string[] {
  return [...(entry.page === undefined ? [] : [entry.page]), ...(entry.items ?? []).flatMap(pagesOf)]
}

function readPage(page: string): Root {
  return parseMarkdown(readFileSync(join(root, page), 'utf8'))
}

/** Returns the entries of table rows: the links of the first cell, and below the only one of them the links of the other cells. */
function rowEntries(from: string, rows: readonly TableRow[], context: Context): Entry[] {
  return rows.flatMap(({ children: [first, ...rest] }): Entry[] => {
    if (first === undefined) return []
    const below = rest.flatMap(cell => linkEntries(from, cell, context))
    const entries = linkEntries(from, first, context)
    const [only] = entries
    if (only === undefined) return below.length > 0 ? [{ text: textOf(first), items: below }] : []
    if (entries.length > 1) return entries
    const listed = only.page !== undefined && subIndexPages.has(only.page) ? tableEntries(only.page, context) : below
    return [listed.length > 0 ? { ...only, items: listed } : only]
  })
}

function tableEntries(page: string, context: Context): Entry[] {
  return readPage(page).children.flatMap(node =>
    node.type === 'table' ? rowEntries(page, node.children.slice(1), context) : [],
  )
}

function linkEntries(from: string, node: RootContent, context: Context): Entry[] {
  return linksIn(node).flatMap((link): Entry[] => {
    const text = capitalized(textOf(link))
    const target = resolveLink(from, link.url, context.pages, context.repository)
    if (target.kind === 'page') return target.anchor === '' ? [{ text, page: target.page }] : []
    return [{ text, url: target.kind === 'file' ? target.url : link.url }]
  })
}

/** Returns all links in a node, in order. */
export function linksIn(node: Nodes): Link[] {
  if (node.type === 'link') return [node]
  return 'children' in node ? node.children.flatMap(linksIn) : []
}

/** Returns the text as the name of an entry. A name of one word that is a directory or a command keeps its case. */
function capitalized(text: string): string {
  return /^[a-z][\w]*-[\w-]+$|^(ecs|ec2|ecr|lambda|agentcore)$/.test(text)
    ? text
    : text.charAt(0).toUpperCase() + text.slice(1)
}
