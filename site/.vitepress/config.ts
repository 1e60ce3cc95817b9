/**
 * The documentation site: the Markdown of the repository as it is, rendered by VitePress. `npm run docs` serves it,
 * `npm run docs:build` writes it to site/out. GITHUB_REPOSITORY names the repository that links lead to, and so the base.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { slug } from 'github-slugger'
import { type DefaultTheme, defineConfig } from 'vitepress'
import { repositoryMarkdown } from '../markdown.ts'
import { type Entry, readNavigation } from '../navigation.ts'
import { markdownFiles, resolveLink, root, siteFile, sitePath } from '../pages.ts'
import { readStartPage } from '../start-page.ts'

const repository = process.env.GITHUB_REPOSITORY || 'OWNER/terraform-mcp-deploy'
const base = `/${repository.split('/')[1]}/`
const { pages, others } = markdownFiles()
const known = new Set(pages)
const navigation = readNavigation(pages, repository)
const start = readStartPage(readFileSync(join(root, 'README.md'), 'utf8'))

function sidebarItem({ text, page, url, items }: Entry): DefaultTheme.SidebarItem {
  const link = page === undefined ? url : sitePath(page)
  return {
    text,
    ...(link === undefined ? {} : { link }),
    ...(items === undefined ? {} : { items: items.map(sidebarItem), collapsed: true }),
  }
}

/** Returns the entry of the bar at the top: the first page of a group. */
function barItem({ text, items = [] }: Entry): DefaultTheme.NavItemWithLink[] {
  const page = items.find(item => item.page !== undefined && item.page !== 'README.md')?.page
  return page === undefined ? [] : [{ text, link: sitePath(page) }]
}

function pageLink(url: string | undefined): string | undefined {
  const target = resolveLink('README.md', url ?? '', known, repository)
  if (target.kind === 'page') return sitePath(target.page) + target.anchor
  return target.kind === 'file' ? target.url : url
}

const startFrontmatter = {
  layout: 'home',
  hero: {
    name: start.name,
    tagline: start.tagline,
    actions: [
      { theme: 'brand', text: 'Quick start', link: '#quick-start' },
      { theme: 'alt', text: 'From zero', link: sitePath('docs/getting-started.md') },
      { theme: 'alt', text: 'Recipes', link: sitePath('docs/recipes/README.md') },
    ],
  },
  features: start.cards.map(({ title, details, link }) => ({ title, details, link: pageLink(link) })),
}

export default defineConfig({
  title: start.name,
  description: start.tagline,
  lang: 'en',
  base,
  // A browser requests /favicon.ico of the whole host unless the page has an icon.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  srcDir: '..',
  srcExclude: others,
  outDir: 'out',
  rewrites: Object.fromEntries(pages.filter(page => siteFile(page) !== page).map(page => [page, siteFile(page)])),
  metaChunk: true,
  // The search index is one chunk, loaded when somebody searches.
  vite: { build: { chunkSizeWarningLimit: 4096 }, server: { host: '127.0.0.1' } },
  markdown: {
    anchor: { slugify: slug },
    // Shiki does not have Rego; a policy is close enough to this.
    languageAlias: { rego: 'python' },
    attrs: { disable: true },
    config: markdown => repositoryMarkdown(markdown, { pages: known, repository, base }),
  },
  transformPageData: ({ relativePath, frontmatter }) =>
    relativePath === 'index.md'
      ? { title: start.name, titleTemplate: false, frontmatter: { ...frontmatter, ...startFrontmatter } }
      : {},
  themeConfig: {
    nav: navigation.slice(0, 4).flatMap(barItem),
    sidebar: navigation.map(group => ({ text: group.text, items: (group.items ?? []).map(sidebarItem) })),
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          // The default splits TCP_REFUSED and mcp-endpoint into their parts, and fuzzy matches HCP for TCP.
          options: { tokenize: text => text.split(/[^\p{L}\p{N}_-]+/u).filter(word => word !== '') },
          searchOptions: {
            fuzzy: (word: string) => (/[_-]/.test(word) ? false : 0.2),
            // A decision explains why, and most readers ask how.
            boostDocument: (id: string) => (id.includes('/decisions/') ? 0.2 : 1),
          },
        },
      },
    },
    socialLinks: [{ icon: 'github', link: `https://github.com/${repository}` }],
    editLink: { pattern: `https://github.com/${repository}/edit/HEAD/:path`, text: 'Edit this page on GitHub' },
    externalLinkIcon: false,
  },
})
