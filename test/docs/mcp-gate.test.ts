/** The commands of docs/mcp-gate.md, run as they stand there against a real server, with the program of this repository. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { exitCodes, ownFlags } from '../../src/cli/flags.ts'
import { parseToolCalls } from '../../src/gate/call-list.ts'
import { parseDuration } from '../../src/inputs.ts'
import { v1Stateless } from '../support/mcp/servers.ts'

const page = readFileSync(new URL('../../docs/mcp-gate.md', import.meta.url), 'utf8')
const program = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'mcp-gate-page-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const blocks = [...page.matchAll(/```(sh|yaml)\n([\s\S]*?)```/g)].map(([, kind = '', text = '']) => ({ kind, text }))

const documentWith = (key: string) => {
  const documents = blocks.filter(({ kind }) => kind === 'yaml').map(({ text }) => parse(text))
  return documents.find(each => key in each)
}

/** Runs the arguments of a command of the page. */
function run(args: readonly string[], environment: Record<string, string> = {}): Promise<number> {
  const env = { PATH: process.env.PATH ?? '', ...environment }
  return new Promise(resolve => {
    const child = execFile(process.execPath, [program, ...args], { env, cwd: directory }, () =>
      resolve(child.exitCode ?? -1),
    )
  })
}

const isUrl = (word: string) => /^"?(https?:\/\/|\$MCP_URL)/.test(word)

/** The arguments behind the program, with the URL of the page replaced. */
function argsOf(words: readonly string[], url: string): string[] {
  const at = words.findIndex(word => word.startsWith('github:') || word.endsWith('dist/cli.js') || word === 'mcp-gate')
  expect(at).toBeGreaterThan(-1)
  return words.slice(at + 1).map(word => (isUrl(word) ? url : word))
}

test('each command of the page works', { timeout: 240_000 }, async () => {
  await using server = await v1Stateless()
  const url = `${server.url}/mcp`
  const shell = blocks
    .filter(({ kind, text }) => kind === 'sh' && !text.includes('--file'))
    .flatMap(({ text }) => text.trim().split('\n'))
    .map(command => command.split(' '))
  const gitlab = documentWith('verify-mcp')['verify-mcp'].script.map((each: string) => each.split(' '))
  const compose = documentWith('services').services.weather.healthcheck.test.slice(1)
  const job = documentWith('kind').spec.template.spec.containers[0]
  const commands = [...shell, ...gitlab, compose, job.command]
  expect(commands).toHaveLength(7)
  for (const words of commands) {
    expect(await run(argsOf(words, url), { MCP_GATE_HEADERS: 'X-Key: k' }), words.join(' ')).toBe(0)
  }
  expect(readFileSync(join(directory, 'gate.xml'), 'utf8')).toContain('</testsuites>')
  expect(job.env[0].name).toBe('MCP_GATE_HEADERS')
})

test('the list of calls on the page is read', () => {
  const text = blocks.find(block => block.text.startsWith('- tool'))?.text ?? ''
  expect(parseToolCalls(text, parseDuration)).toMatchObject([
    { tool: 'search_docs', expect: { text: /\d+ results/, structuredContent: { source: 'docs' } }, timeoutMs: 10_000 },
  ])
})

test('the page lists the exit codes of the program, and only its options', () => {
  const codes = [...page.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code))
  expect(codes).toEqual([...exitCodes.map(([code]) => code), 2])
  const own = Object.keys(ownFlags)
  const named = [...page.matchAll(/(?<=[\s`])--([a-z][a-z-]*)/g)].map(([, flag = '']) => flag)
  const others = [
    'yes',
    'omit',
    'for',
    'timeout',
    'no-install-recommends',
    'request-timeout',
    'require',
    'headers',
    'call',
    'contract',
  ]
  expect(named.filter(flag => !own.includes(flag) && !others.includes(flag))).toEqual([])
})
