/** Files that GitHub and coding assistants read: forms, owners, templates. What they name is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const repository = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(repository, file), 'utf8')
const forms = '.github/ISSUE_TEMPLATE'
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

interface Field {
  readonly type: string
  readonly id?: string
  readonly attributes: { readonly label?: string; readonly value?: string; readonly options?: readonly string[] }
}

describe.each(readdirSync(join(repository, forms)).filter(name => name !== 'config.yml'))('the form %s', name => {
  const form = parse(read(`${forms}/${name}`)) as { name: string; description: string; body: readonly Field[] }

  test('has what GitHub asks for', () => {
    expect(form.name).toBeTruthy()
    expect(form.description).toBeTruthy()
    const ids = form.body.map(({ id }) => id).filter(id => id !== undefined)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { type, id, attributes } of form.body) {
      expect(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']).toContain(type)
      if (type === 'markdown') expect(attributes.value).toBeTruthy()
      else expect([id, attributes.label].every(Boolean)).toBe(true)
      if (type === 'dropdown') expect(attributes.options?.length).toBeGreaterThan(1)
    }
    // GitHub refuses a form without any field that people fill in.
    expect(form.body.some(({ type }) => type !== 'markdown')).toBe(true)
  })

  test('is named by SUPPORT.md', () => {
    expect(read('SUPPORT.md')).toContain(`*${form.name}*`)
  })
})

test('contact links lead to pages of this repository', () => {
  const { contact_links: links } = parse(read(`${forms}/config.yml`)) as { contact_links: { url: string }[] }
  expect(links.length).toBeGreaterThan(1)
  for (const { url } of links) {
    expect(url).toMatch(/^https:\/\/github\.com\/OWNER\/terraform-mcp-deploy\//)
    const file = /\/blob\/main\/([^#]+)/.exec(url)?.[1]
    if (file !== undefined) expect(existsSync(join(repository, file)), file).toBe(true)
  }
})

test('each path of CODEOWNERS is there, and has an owner', () => {
  const lines = read('.github/CODEOWNERS')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
  expect(lines.length).toBeGreaterThan(5)
  for (const line of lines) {
    const [path = '', owner = ''] = line.split(/\s+/)
    if (path !== '*') expect(existsSync(join(repository, path)), path).toBe(true)
    expect(owner).toMatch(/^@[\w-]+(?:\/[\w-]+)?$/)
  }
})

test.each(['AGENTS.md', 'SUPPORT.md', 'CONTRIBUTING.md', '.github/pull_request_template.md'])(
  'the commands of %s are in package.json',
  file => {
    const named = [...read(file).matchAll(/\bnpm run (?:--?[\w-]+ )*([\w:-]+)/g)].map(([, name = '']) => name)
    expect(named.filter(name => !(name in scripts))).toEqual([])
    if (file !== 'SUPPORT.md') expect(named.length).toBeGreaterThan(0)
  },
)

test('the generated files that AGENTS.md lists say that they are generated', () => {
  const sentence = /Do not edit generated files:([\s\S]*?)`dist/.exec(read('AGENTS.md'))?.[1] ?? ''
  const listed = sentence.match(/docs\/[\w-]+\.md/g) ?? []
  expect(listed.length).toBeGreaterThan(4)
  for (const file of listed) expect(read(file), file).toContain('<!-- Written by scripts/')
})

test('every deprecated input is in the tables of the upgrade page and of the changelog, with its new name', () => {
  const { inputs } = parse(read('action.yml')) as { inputs: Record<string, { deprecationMessage?: string }> }
  const deprecated = Object.entries(inputs).filter(([, { deprecationMessage }]) => deprecationMessage !== undefined)
  expect(deprecated.length).toBeGreaterThan(2)
  for (const [name, { deprecationMessage = '' }] of deprecated) {
    const [, newName = ''] = /^Use ([\w-]+) instead/.exec(deprecationMessage) ?? []
    expect(Object.keys(inputs), `the new name of ${name}`).toContain(newName)
    for (const file of ['docs/upgrading.md', 'CHANGELOG.md']) {
      const row = read(file)
        .split('\n')
        .find(line => line.startsWith('| input') && line.includes(`\`${name}\``))
      expect(row, `${file}: ${name}`).toContain(`\`${newName}\``)
    }
  }
})

test('the changelog has the sections of Keep a Changelog, in their order', () => {
  const sections = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']
  const releases = read('CHANGELOG.md').split(/^## /m).slice(1)
  expect(releases[0]).toMatch(/^Unreleased\n/)
  for (const release of releases) {
    const found = [...release.matchAll(/^### (.+)$/gm)].map(([, name = '']) => name)
    expect(found).toEqual(sections.filter(name => found.includes(name)))
    expect(found.length).toBeGreaterThan(0)
  }
})
