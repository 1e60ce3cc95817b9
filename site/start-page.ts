/** The start page of the documentation site, made from the head of README.md: everything above its first `##`. */
import type { List, Paragraph, RootContent } from 'mdast'
import { linksIn, parseMarkdown, textOf } from './navigation.ts'

/** A card of the start page: one bullet of the head. */
export interface Card {
  readonly title: string
  readonly details: string
  /** The first link of the bullet, as the README has it. */
  readonly link: string | undefined
}

/** The content of the head of the README. */
export interface StartPage {
  readonly name: string
  readonly tagline: string
  readonly cards: readonly Card[]
}

/**
 * Reads the head of the README.
 * @throws {Error} when the head has no `#`, no paragraph or no bullets that begin with bold text
 */
export function readStartPage(readme: string): StartPage {
  const nodes = parseMarkdown(readme).children
  const head = nodes.slice(0, firstSection(nodes))
  const title = head.find(node => node.type === 'heading')
  const tagline = head.find((node): node is Paragraph => node.type === 'paragraph')
  const list = head.find((node): node is List => node.type === 'list')
  if (title === undefined || tagline === undefined || list === undefined)
    throw new Error(
      'README.md needs a title, a paragraph and bullets above its first section: the start page shows them.',
    )
  return { name: textOf(title), tagline: oneLine(textOf(tagline)), cards: list.children.map(cardOf) }
}

function cardOf(item: List['children'][number]): Card {
  const [paragraph] = item.children
  const [bold, ...rest] = paragraph?.type === 'paragraph' ? paragraph.children : []
  if (bold?.type !== 'strong')
    throw new Error(`README.md: the bullet "${oneLine(textOf(item)).slice(0, 40)}…" needs bold text at its start.`)
  const details = oneLine(rest.map(textOf).join('').replace(/^\s*,/, ''))
  return {
    title: textOf(bold),
    details: details.charAt(0).toUpperCase() + details.slice(1),
    link: linksIn(item)[0]?.url,
  }
}

/** Returns the index of the first node that the start page does not take from the head. */
function firstSection(nodes: readonly RootContent[]): number {
  const index = nodes.findIndex(node => node.type === 'heading' && node.depth === 2)
  return index === -1 ? nodes.length : index
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
