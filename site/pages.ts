/**
 * The pages of the documentation site: which Markdown files of the repository they are, and where each file of the repository
 * is on the site. The files stay where GitHub shows them.
 */
import { existsSync, globSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'

/** The root of the repository. */
export const root = join(import.meta.dirname, '..')

/** Matches the files that people read. Notes for assistants, fixtures and the demo's files are not pages. */
const pageFile =
  /^((README|CHANGELOG|CODE_OF_CONDUCT|CONTRIBUTING|SECURITY|SUPPORT)\.md|docs\/.+\.md|terraform\/[^/]+\/README\.md)$/

/** Lists all Markdown files of the repository: the pages of the site, and the files that are not pages. */
export function markdownFiles(): { readonly pages: string[]; readonly others: string[] } {
  const files = globSync('**/*.md', { cwd: root, exclude: ['**/node_modules', '.git', '.terraform'] })
    .map(file => file.replaceAll('\\', '/'))
    .sort()
  return { pages: files.filter(file => pageFile.test(file)), others: files.filter(file => !pageFile.test(file)) }
}

/** Returns the file as the site names it: the README of a directory is its index. */
export function siteFile(page: string): string {
  return page.replace(/(^|\/)README\.md$/, '$1index.md')
}

/** Returns the path of a page on the site, without the base: `docs/README.md` is `/docs/`. */
export function sitePath(page: string): string {
  return `/${siteFile(page)
    .replace(/(^|\/)index\.md$/, '$1')
    .replace(/\.md$/, '.html')}`
}

/** A link that is resolved: a page of the site, or another file of the repository. */
export type Target =
  | { readonly kind: 'page'; readonly page: string; readonly anchor: string }
  | { readonly kind: 'file'; readonly url: string }
  | { readonly kind: 'elsewhere' }

/**
 * Resolves a link of a page.
 * @param from the file that has the link, relative to the root of the repository
 * @param url the link as the Markdown has it
 * @param pages all pages of the site
 * @param repository the repository on GitHub, `owner/name`
 */
export function resolveLink(from: string, url: string, pages: ReadonlySet<string>, repository: string): Target {
  if (/^([a-z][a-z\d+.-]*:|\/\/|#|\/)/i.test(url) || url === '') return { kind: 'elsewhere' }
  const [path = '', anchor] = url.split('#')
  const file = posix.join(posix.dirname(from), decodeURI(path)).replace(/\/$/, '')
  const hash = anchor === undefined ? '' : `#${anchor}`
  const page = [file, posix.join(file, 'README.md')].find(each => pages.has(each))
  if (page !== undefined) return { kind: 'page', page, anchor: hash }
  const onDisk = join(root, file)
  const view = existsSync(onDisk) && statSync(onDisk).isDirectory() ? 'tree' : 'blob'
  return { kind: 'file', url: `https://github.com/${repository}/${view}/HEAD/${encodeURI(file)}${hash}` }
}
