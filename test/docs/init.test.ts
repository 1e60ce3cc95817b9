/** docs/init.md names every option, file and exit code of `mcp-gate init`, and no other. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exampleAnswers, readExampleSources } from '../../scripts/examples.ts'
import { filesFor } from '../../src/cli/init/files.ts'
import { platforms, questions } from '../../src/cli/init/questions.ts'
import { ownFlags } from '../../src/cli/init/run.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/init.md'), 'utf8')
const gate = readFileSync(join(root, 'docs/mcp-gate.md'), 'utf8')

test('the table of questions has each question once, in order, with the platforms that it is for', () => {
  const rows = [...page.matchAll(/^\| `--([a-z]+)` \|.*\| ([^|]+) \|$/gm)]
  expect(rows.map(([, flag]) => flag)).toEqual(questions.map(({ flag }) => flag))
  for (const [index, { applies }] of questions.entries()) {
    const given = { domain: 'mcp.example.com', vpc: 'vpc-01234567' }
    const asked = platforms.filter(platform => applies({ ...given, platform }))
    const words = rows[index]?.[2] ?? ''
    if (words.startsWith('with ')) continue
    const named =
      words === 'all'
        ? platforms
        : words.startsWith('all but ')
          ? platforms.filter(each => !words.endsWith(each))
          : words.split(', ')
    expect([...asked].sort()).toEqual([...named].sort())
  }
})

test('the page names only options of the program', () => {
  const named = [...page.matchAll(/`--([a-z]+)`/g)].map(([, flag = '']) => flag)
  const known = [...questions.map(({ flag }) => flag), ...Object.keys(ownFlags)]
  expect(named.filter(flag => !known.includes(flag))).toEqual([])
  expect(named).toEqual(expect.arrayContaining(['directory', 'yes']))
})

test('the table of files has every file, in order', () => {
  const rows = [...page.matchAll(/^\| `([^`]+\.[\w.]+|[^`]+\/\.gitignore)` \| .* \| .* \|$/gm)].map(([, path]) => path)
  expect(rows).toEqual(filesFor(exampleAnswers.ecs ?? {}, readExampleSources(root)).map(({ path }) => path))
})

test('the command is that of mcp-gate, with init in place of the URL', () => {
  const [, start = ''] = /^(npx .*#v1) https:/m.exec(gate) ?? []
  expect(start).not.toBe('')
  expect(page).toContain(`\n${start} init\n`)
})
