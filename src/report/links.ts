/** Pages of the AWS console and files on GitHub as links of Markdown. Their addresses are ours, their titles foreign in part. */
import { code, shorten } from './markdown.ts'
import type { Report } from './report.ts'

/** A line of a file on GitHub. */
export function fileLink(title: string, url: string): string {
  return `[${code(title)}](${destination(url)})`
}

/** A parenthesis would end the destination of the link. */
function destination(url: string): string {
  return url.replace(/[()\\<>\s]/g, char => encodeURIComponent(char).replace(/[()]/, hex))
}

/** Empty where there are none. */
export function linkLine({ links = [] }: Pick<Report, 'links'>): string {
  if (links.length === 0) return ''
  return `In the AWS console: ${links.map(({ title, url }) => `[${code(shorten(title, 120))}](${destination(url)})`).join(' · ')}`
}

function hex(char: string): string {
  return `%${char.charCodeAt(0).toString(16)}`
}
