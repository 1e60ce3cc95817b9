/**
 * What the site's Markdown renderer does otherwise than VitePress by default, so that a page looks and links as on GitHub.
 * Links between files become links between pages, and links to other files of the repository lead to GitHub.
 */
import { relative } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { resolveLink, root, siteFile, sitePath } from './pages.ts'

interface Settings {
  readonly pages: ReadonlySet<string>
  /** The repository on GitHub, `owner/name`. */
  readonly repository: string
  /** First part of every path on the site, with a slash at both ends. */
  readonly base: string
}

type Token = ReturnType<MarkdownRenderer['parse']>[number]

/** Adds the rules to VitePress's renderer. */
export function repositoryMarkdown(markdown: MarkdownRenderer, settings: Settings): void {
  markdown.core.ruler.push('repository', ({ env, tokens }) => {
    const { path, realPath = path } = env as { path: string; realPath?: string }
    const page = relative(root, realPath).replaceAll('\\', '/')
    if (page === 'README.md') tokens.splice(0, tokens.length, ...withoutHead(tokens))
    const all = tokens.flatMap(token => [token, ...(token.children ?? [])])
    for (const token of all) {
      if (token.type === 'link_open') {
        token.attrSet('href', vitePressLink(page, token.attrGet('href') ?? '', settings))
      } else if (token.type === 'html_inline' || token.type === 'html_block') {
        token.content = htmlLinks(page, token.content, settings)
      }
    }
  })
  // A page is also a template of Vue, which would read the braces of a workflow's expression as its own.
  const { code_inline: inlineCode, text } = markdown.renderer.rules
  markdown.renderer.rules.code_inline = (tokens, index, ...rest) => {
    tokens[index]?.attrSet('v-pre', '')
    return inlineCode?.(tokens, index, ...rest) ?? ''
  }
  markdown.renderer.rules.text = (...parameters) => (text?.(...parameters) ?? '').replaceAll('{{', '&#123;&#123;')
}

/** Returns the tokens of README.md without its head, which the start page shows in its own form. The status stays. */
function withoutHead(tokens: readonly Token[]): Token[] {
  const end = tokens.findIndex(({ type, tag }) => type === 'heading_open' && tag === 'h2')
  const status = tokens.findIndex(
    ({ type }, index) => type === 'paragraph_open' && tokens[index + 1]?.content.startsWith('**Status:**'),
  )
  return [...(status === -1 || status > end ? [] : tokens.slice(status, status + 3)), ...tokens.slice(Math.max(end, 0))]
}

/** Returns a link as VitePress reads it: it adds the base, and reports a page that does not exist. */
function vitePressLink(from: string, url: string, { pages, repository }: Settings): string {
  const target = resolveLink(from, url, pages, repository)
  if (target.kind === 'page') return `/${siteFile(target.page)}${target.anchor}`
  return target.kind === 'file' ? target.url : url
}

/** Returns HTML of a page with the links of its attributes resolved. Vite finds an image only below `./`. */
function htmlLinks(from: string, html: string, { pages, repository, base }: Settings): string {
  return html
    .replace(/\bhref="([^"]*)"/g, (whole, url: string) => {
      const target = resolveLink(from, url, pages, repository)
      if (target.kind === 'page') return `href="${base.slice(0, -1)}${sitePath(target.page)}${target.anchor}"`
      return target.kind === 'file' ? `href="${target.url}"` : whole
    })
    .replace(/\b(src|srcset)="(?![a-z]+:|\.|\/)([^"]*)"/gi, '$1="./$2"')
}
