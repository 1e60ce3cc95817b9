/** The pages of inputs and outputs: every one is in a group, and the action accepts the example of each input. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { inputGroups, outputGroups } from '../../scripts/input-groups.ts'
import { type Action, between, inputsPage, outputsPage, readmeTables } from '../../scripts/readme-tables.ts'
import { loadMcpCalls, readInputs } from '../../src/inputs.ts'

const action: Action = {
  inputs: {
    mode: { description: 'One of a|b,\nor nothing (docs/modes.md). More.\n', default: 'a' },
    old: { description: 'The old name.', deprecationMessage: 'Use mode.', default: '' },
    long: { description: `Phase: ${'a word '.repeat(30)}. More.`, default: '' },
  },
  outputs: { url: { description: 'Where, as docs/a/b.md#c says.' } },
}
const group = (inputs: Record<string, string>) => [{ title: 'All of them', about: 'Everything.', inputs }]
const examples = { mode: 'mode: b', old: 'old: b', long: 'long: x' }

test('the page of inputs has each input with its default, its description with links, and its example', () => {
  const page = inputsPage(action, group(examples))
  expect(page).toContain('| [All of them](#all-of-them) | [`mode`](#mode) · [`old`](#old) · [`long`](#long) |')
  expect(page).toContain(
    '### `mode`\n\nDefault: `a`.\n\nOne of a|b,\nor nothing ([modes.md](modes.md)). More.\n\n```yaml\nmode: b\n```',
  )
  expect(page).toContain('### `old`\n\nDeprecated.\n')
  expect(page).toContain('### `long`\n\nNot set by default.\n')
})

test('the page of outputs has a row for each output', () => {
  const page = outputsPage(action, [{ title: 'All', about: 'Everything.', outputs: ['url'] }])
  expect(page).toContain('| <a id="url"></a>`url` | Where, as [b.md](a/b.md#c) says. |')
})

test('an input without a group, and a group with an input that is not there, are errors', () => {
  expect(() => inputsPage(action, group({ mode: 'mode: b' }))).toThrow('no group for the input old, long')
  expect(() => inputsPage(action, group({ ...examples, new: 'new: 1' }))).toThrow('has the input new twice, or')
  expect(() => outputsPage(action, [])).toThrow('no group for the output url')
})

test('the README has the first sentence of each key, without breaking its row; a long one ends at its colon', () => {
  const { inputs, outputs } = readmeTables(action, { inputs: ['mode', 'long'], outputs: ['url'] })
  expect(inputs.split('\n').slice(2)).toEqual([
    '| [`mode`](docs/inputs.md#mode) | One of a\\|b, or nothing. | `a` |',
    '| [`long`](docs/inputs.md#long) | Phase. |  |',
  ])
  expect(outputs.split('\n').at(-1)).toBe('| [`url`](docs/outputs.md#url) | Where, as docs/a/b.md#c says. |')
})

test('only what is between the markers changes', () => {
  const before = 'top\n<!-- BEGIN inputs -->\nold\n<!-- END inputs -->\nbottom\n'
  const after = 'top\n<!-- BEGIN inputs -->\nnew\n<!-- END inputs -->\nbottom\n'
  expect(between(before, 'inputs', 'new')).toBe(after)
  expect(between(after, 'inputs', 'new')).toBe(after)
})

test.each(['no markers', '<!-- END inputs -->\n<!-- BEGIN inputs -->'])('%j is refused', markdown => {
  expect(() => between(markdown, 'inputs', 'x')).toThrow(/needs <!-- BEGIN inputs -->/)
})

describe('the examples', () => {
  const manifest = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as Action
  const all = inputGroups.flatMap(({ inputs }) => Object.entries(inputs))
  let workspace: string
  let values: Record<string, string>

  beforeAll(() => {
    workspace = mkdtempSync(join(tmpdir(), 'examples-'))
    mkdirSync(join(workspace, 'certificates'))
    mkdirSync(join(workspace, 'infra'))
    writeFileSync(join(workspace, 'production.tfvars'), '')
    const pem = (name: string) => join(workspace, 'certificates', name)
    for (const name of ['gate', 'private-ca']) {
      const paths = ['-keyout', pem(`${name}.key`), '-out', pem(`${name}.pem`)]
      execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, ...paths], {
        stdio: 'pipe',
      })
    }
    const key = readFileSync(pem('gate.key'), 'utf8')
    values = {
      'secrets.MCP_TLS_KEY': key,
      'secrets.MCP_CLIENT_KEY': key,
      'secrets.WEBHOOK_URL': 'https://hooks.example.com/deploy',
      'vars.MIRROR_PUBLIC_KEY': '-----BEGIN PGP PUBLIC KEY BLOCK-----',
      'steps.aws.outputs.aws-expiration': '"2026-11-22T20:41:07Z"',
      'needs.discover.outputs.stacks': '{"include":[]}',
    }
    vi.spyOn(process, 'cwd').mockReturnValue(workspace)
    // Masks of test values must not be carried out by the runner of this CI.
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  })
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('INPUT_')) delete process.env[name]
  })
  afterAll(() => {
    vi.restoreAllMocks()
    rmSync(workspace, { recursive: true })
  })

  /** Sets every input as the runner does, with the values of an example. */
  function set(lines: string): Record<string, unknown> {
    const given = parse(lines) as Record<string, unknown>
    for (const [name, { default: value = '' }] of Object.entries(manifest.inputs))
      process.env[`INPUT_${name.toUpperCase()}`] = name === 'github-token' ? 'ghs_token' : value
    for (const [name, value] of Object.entries(given)) {
      const filled = String(value).replace(
        /\$\{\{ (\S+) \}\}/g,
        (_, each: string) => values[each] ?? `value of ${each}`,
      )
      process.env[`INPUT_${name.toUpperCase()}`] = filled
    }
    return given
  }

  test('every input and output of action.yml has a group', () => {
    expect(() => inputsPage(manifest, inputGroups)).not.toThrow()
    expect(() => outputsPage(manifest, outputGroups)).not.toThrow()
  })

  test.each(all)(
    '%s: the example sets it, to another value than its default, and it is accepted',
    async (name, lines) => {
      const given = set(lines)
      expect(Object.keys(given).filter(each => !(each in manifest.inputs))).toEqual([])
      expect(given[name]).toBeDefined()
      expect(String(given[name])).not.toBe(manifest.inputs[name]?.default || 'nothing')
      const inputs = readInputs(workspace)
      await expect(loadMcpCalls(inputs.mcp)).resolves.toBeDefined()
    },
  )
})
