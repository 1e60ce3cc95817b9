/** The pages of the AWS console as one line of Markdown. Their addresses are ours, their titles foreign in part. */
import { code, shorten } from './markdown.ts'
import type { Report } from './report.ts'

/** Empty where there are none. */
export function linkLine({ links = [] }: Pick<Report, 'links'>): string {
  if (links.length === 0) return ''
  // A parenthesis would end the destination of the link.
  const destination = (url: string) => url.replace(/[()\\<>\s]/g, char => encodeURIComponent(char).replace(/[()]/, hex))
  return `In the AWS console: ${links.map(({ title, url }) => `[${code(shorten(title, 120))}](${destination(url)})`).join(' · ')}`
}

function hex(char: string): string {
  return `%${char.charCodeAt(0).toString(16)}`
}
