/** Renders pages of the AWS console and files on GitHub as links. */
import { code, knownLink, link, Markdown, md, type Text } from './markdown.ts'
import type { Report } from './report.ts'

/** Renders a link to a line of a file on GitHub, with its title as code. */
export function fileLink(title: Text, url: string): Markdown {
  return knownLink(code(title), url)
}

/** Renders the pages of the AWS console in one line, empty without any. */
export function linkLine({ links = [] }: Pick<Report, 'links'>): Markdown {
  if (links.length === 0) return md``
  const pages = links.map(({ title, url }) => link(code(title, 120), url))
  return md`In the AWS console: ${Markdown.join(pages, ' · ')}`
}
