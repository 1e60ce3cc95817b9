/** The navigation of the documentation site is docs/README.md, and its start page is the head of README.md. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readNavigation } from '../../site/navigation.ts'
import { markdownFiles, resolveLink, root, siteFile, sitePath } from '../../site/pages.ts'
import { readStartPage } from '../../site/start-page.ts'

const repository = 'acme/terraform-mcp-deploy'
const { pages, others } = markdownFiles()

test('the navigation has the four kinds of docs/README.md, in its order, and the pages for contributors', () => {
  const groups = readNavigation(pages, repository).map(({ text }) => text)
  expect(groups).toEqual(['Start here', 'How-to', 'Reference', 'Explanation', 'For contributors'])
})

test('recipes are below their index, modules below theirs, and a schema leads to the repository', () => {
  const entries = readNavigation(pages, repository).flatMap(({ items = [] }) => items)
  const below = (text: string) => entries.find(entry => entry.text === text)?.items ?? []
  expect(below('Recipes').map(({ page }) => page)).toContain('docs/recipes/opentofu.md')
  expect(below('Modules').map(({ text, page }) => `${text} ${page}`)).toContain('ecs terraform/ecs/README.md')
  expect(below('Schemas').map(({ url }) => url)).toContain(
    'https://github.com/acme/terraform-mcp-deploy/blob/HEAD/docs/report.schema.json',
  )
})

test('a page that docs/README.md does not list is an error', () => {
  expect(() => readNavigation([...pages, 'docs/forgotten.md'], repository)).toThrow(
    'docs/README.md has no link to docs/forgotten.md',
  )
})

test('notes for assistants and the README files of examples are not pages', () => {
  expect(others).toContain('AGENTS.md')
  for (const page of pages) expect(page).not.toMatch(/^(test|demo|src|examples)\/|\/examples\//)
})

test('a README is the index of its directory', () => {
  expect(['README.md', 'terraform/ecs/README.md', 'docs/approval.md'].map(siteFile)).toEqual([
    'index.md',
    'terraform/ecs/index.md',
    'docs/approval.md',
  ])
  expect(['README.md', 'docs/README.md', 'docs/approval.md'].map(sitePath)).toEqual([
    '/',
    '/docs/',
    '/docs/approval.html',
  ])
})

test.each([
  ['../README.md#faq', { kind: 'page', page: 'README.md', anchor: '#faq' }],
  ['recipes', { kind: 'page', page: 'docs/recipes/README.md', anchor: '' }],
  ['../action.yml', { kind: 'file', url: `https://github.com/${repository}/blob/HEAD/action.yml` }],
  ['../src/log.ts#L3', { kind: 'file', url: `https://github.com/${repository}/blob/HEAD/src/log.ts#L3` }],
  [
    '../terraform/ecs/examples/minimal',
    { kind: 'file', url: `https://github.com/${repository}/tree/HEAD/terraform/ecs/examples/minimal` },
  ],
  ['#assets', { kind: 'elsewhere' }],
  ['https://modelcontextprotocol.io', { kind: 'elsewhere' }],
])('the link %s of a page in docs/ is resolved', (url, target) => {
  expect(resolveLink('docs/approval.md', url, new Set(pages), repository)).toEqual(target)
})

test('the start page has the title, the tagline and the four bullets of README.md', () => {
  const { name, tagline, cards } = readStartPage(readFileSync(join(root, 'README.md'), 'utf8'))
  expect(name).toBe('Terraform MCP Deploy')
  expect(tagline).toMatch(/^A GitHub Action that .* speaks MCP\.$/)
  expect(cards.map(({ title }) => title)).toEqual([
    'On a pull request',
    'On the merge',
    'If that fails',
    'If it passes',
  ])
  expect(cards[0]).toMatchObject({
    details: expect.stringMatching(/^The action posts the plan/),
    link: 'docs/comment.md',
  })
})

test('a head without bullets is an error', () => {
  expect(() => readStartPage('# Name\n\nA line.\n\n## Section\n')).toThrow('the start page shows them')
})
