/**
 * Checks, offline, every link of the Markdown that people read. A relative link must lead to a file of the repository. An
 * anchor must lead to a heading or an `id` of that page by GitHub's rules. No image may be missing or forgotten. Links to
 * elsewhere must be https; whether they answer is not asked. Prints `file:line: message` lines and exits 1 when there is any.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import GithubSlugger from 'github-slugger'
import type { Element, Root } from 'hast'
import rehypeRaw from 'rehype-raw'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { elements, text } from '../test/support/render.ts'

interface Link {
  readonly url: string
  readonly line: number
}

interface Page {
  readonly anchors: ReadonlySet<string>
  readonly links: readonly Link[]
}

/** What a test keeps as an example, and what is generated, is read by no one who follows links. */
const notRead = /^(test\/fixtures|dist)\//
const image = /\.(png|svg|jpe?g|gif|webp|avif)$/i
/** `#L12` or `#L12-L20` of a file that GitHub shows by lines. */
const lines = /^L\d+(-L\d+)?$/

// Without rehype-sanitize, which gives every `id` a prefix that GitHub's pages take off again.
const parser = unified().use(remarkParse).use(remarkGfm).use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw)

/**
 * Every finding as `file:line: message`, in the order of the files.
 * @param files all files of the repository, relative to `root`, with `/`
 */
export function checkLinks(root: string, files: readonly string[]): string[] {
  const known = new Set(files)
  const directories = new Set(files.flatMap(ancestors))
  const pages = new Map(
    files
      .filter(file => file.endsWith('.md') && !notRead.test(file))
      .map(file => [file, readPage(readFileSync(join(root, file), 'utf8'))]),
  )
  const shown = new Set<string>()

  const wrongWith = (from: string, url: string): string | undefined => {
    if (/^https:\/\/./i.test(url)) return undefined
    if (/^(\/\/|[a-z][a-z\d+.-]*:)/i.test(url)) return 'is not an https address or a path in the repository'
    const [path = '', anchor] = decoded(url).split('#')
    if (path.startsWith('/')) return 'is absolute: give the path from this file'
    const target = path === '' ? from : posix.join(posix.dirname(from), path).replace(/\/$/, '')
    if (/^\.\.(\/|$)/.test(target)) return 'leaves the repository'
    shown.add(target)
    const isDirectory = target === '.' || directories.has(target)
    if (!known.has(target) && !isDirectory) return `leads to ${target}, which is not a file of the repository`
    if (anchor === undefined) return undefined
    const page = pages.get(isDirectory ? posix.join(target, 'README.md') : target)
    if (page === undefined) return lines.test(anchor) ? undefined : `has an anchor, and ${target} is not a page`
    return page.anchors.has(anchor) ? undefined : `has an anchor that ${target} does not have`
  }

  const findings = [...pages].flatMap(([file, { links }]) =>
    links.flatMap(({ url, line }) => {
      const wrong = wrongWith(file, url)
      return wrong === undefined ? [] : [`${file}:${line}: ${url} ${wrong}`]
    }),
  )
  const forgotten = files.filter(file => image.test(file) && !notRead.test(file) && !shown.has(file))
  return [...findings, ...forgotten.map(file => `${file}:1: no page shows this image`)]
}

/** As a path; a wrong escape is taken as it is written, and found nowhere. */
function decoded(url: string): string {
  try {
    return decodeURI(url)
  } catch {
    return url
  }
}

/** `a/b/c` → `a/b`, `a` */
function ancestors(file: string): string[] {
  const parent = posix.dirname(file)
  return parent === '.' ? [] : [parent, ...ancestors(parent)]
}

function readPage(markdown: string): Page {
  const tree = parser.runSync(parser.parse(markdown), markdown) as Root
  const slugger = new GithubSlugger()
  const anchors = new Set<string>()
  const links: Link[] = []
  for (const element of elements(tree)) {
    const { id, name } = element.properties
    for (const given of [id, name]) if (typeof given === 'string') anchors.add(given)
    if (/^h[1-6]$/.test(element.tagName)) anchors.add(slugger.slug(text(element)))
    for (const url of targets(element)) links.push({ url, line: element.position?.start.line ?? 1 })
  }
  return { anchors, links }
}

/** What an element leads to or shows. */
function targets({ properties: { href, src, srcSet } }: Element): string[] {
  // An image for each density or width: `a.png 1x, b.png 2x`.
  const set = String(srcSet ?? '').split(',')
  return [href, src, ...set.map(each => each.trim().split(/\s/)[0])].filter(
    (url): url is string => typeof url === 'string' && url !== '',
  )
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
  const files = [...new Set(listed.split('\0'))].filter(file => file !== '' && existsSync(join(root, file))).sort()
  const findings = checkLinks(root, files)
  for (const finding of findings) console.error(finding)
  if (findings.length > 0) process.exitCode = 1
}
