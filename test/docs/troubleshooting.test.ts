/** What docs/troubleshooting.md quotes and names is what this action says: messages, codes and links. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codes } from '../../src/gate/codes.ts'

const repository = join(import.meta.dirname, '../..')
const page = readFileSync(join(repository, 'docs/troubleshooting.md'), 'utf8')

const gateCodes = readFileSync(join(repository, 'docs/gate-codes.md'), 'utf8')

const sources = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => readFileSync(join(repository, 'src', file), 'utf8'))

/** Texts as they are put together: parts that are joined by + are one. */
const said = sources.join('\n').replace(/['"`]\s*\+\s*['"`]/g, '')

/** Paragraphs of quotes, each in the parts between the ellipses. */
const quotes = [...page.matchAll(/^(?:> [^\n]+\n)(?:>[^\n]*\n)*/gm)].flatMap(([block]) =>
  block
    .replace(/^> ?/gm, '')
    .split('\n\n')
    .map(text => text.replace(/\n/g, ' ').trim())
    .filter(text => text !== ''),
)

test.each(quotes)('%s', quote => {
  const parts = quote
    .split('…')
    .map(part => part.trim())
    .filter(part => /\w/.test(part))
  expect(parts.length).toBeGreaterThan(0)
  expect(parts.filter(part => !said.includes(part))).toEqual([])
})

/** Names in capitals that are not ours. */
const foreign = /^(?:AWS|TF|HTTPS?|NO|NODE|GITHUB|RUNNER)_/

const named = [...new Set(page.match(/`[A-Z][A-Z0-9]*_[A-Z0-9_]+`/g))].map(name => name.slice(1, -1))

test.each(named.filter(name => !foreign.test(name) || name in codes))('the code %s', name => {
  expect(said).toMatch(new RegExp(`\\b${name}\\b`))
})

test('links to codes lead to codes', () => {
  const linked = [...page.matchAll(/\[`(\w+)`\]\(gate-codes\.md#(\w+)\)/g)]
  expect(linked.length).toBeGreaterThan(20)
  for (const [, name = '', anchor = ''] of linked) {
    expect(anchor).toBe(name)
    expect(gateCodes).toContain(`<a id="${anchor}"></a>`)
  }
})

test('phrases of causes that the table of stopped tasks quotes', () => {
  const rows = page.slice(page.indexOf('### Tasks do not stay up'), page.indexOf('### ECS rolled back'))
  const phrases = [...rows.matchAll(/"([^"]+)"/g)].map(([, phrase = '']) => phrase).filter(text => text.includes(' '))
  expect(phrases.length).toBeGreaterThan(6)
  expect(phrases.filter(phrase => !said.includes(phrase))).toEqual([])
})

test('the table of phases has the phases and codes of the action', () => {
  const section = page.slice(page.indexOf('| Phase | What failed'), page.indexOf('### Taints'))
  const rows = section
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line => line.split(' | '))
  const action = readFileSync(join(repository, 'action.yml'), 'utf8')
  const described = /Phase of the first failure:([\s\S]*?)A\s+cancelled\s+run/.exec(action)?.[1] ?? ''
  const phases = [...described.matchAll(/`([a-z]+)`/g)].map(([, name]) => name).filter(name => name !== 'summary')
  const listed = rows.flatMap(([first = '']) => [...first.matchAll(/`([a-z]+)`/g)].map(([, name]) => name))
  expect(listed.toSorted()).toEqual(phases.toSorted())
  const failureCodes = readFileSync(join(repository, 'docs/failure-codes.md'), 'utf8')
  const patterns = rows.flatMap(([, , codes = '']) =>
    [...codes.matchAll(/`([A-Z][A-Z_*]+)`/g)].map(([, each = '']) => each),
  )
  expect(patterns.length).toBeGreaterThan(20)
  for (const pattern of patterns)
    expect(failureCodes, pattern).toMatch(new RegExp(`\\b${pattern.replace('*', '[A-Z_]+')}\\b`))
})
