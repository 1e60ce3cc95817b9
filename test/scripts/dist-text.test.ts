/** The text of dist: what it loads at its start, and that the changes for a fast start change nothing else. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type RolldownOptions, rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import config from '../../rolldown.config.ts'
import { distText, inAscii, withoutForwarders, withoutNodeImports } from '../../scripts/dist-text.ts'
import { listenHttp } from '../support/mcp/listen.ts'

const repository = join(import.meta.dirname, '../..')
const run = promisify(execFile)

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'dist-text-'))
})
afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

/** What a module prints when it is run by the Node.js of the tests. */
async function outputOf(code: string): Promise<string> {
  const file = join(directory, 'module.mjs')
  writeFileSync(file, code)
  return (await run(process.execPath, [file])).stdout
}

describe('imports of Node modules', () => {
  test('are replaced by constants with the same values, below the other imports', async () => {
    writeFileSync(join(directory, 'other.mjs'), 'export const word = "other"\n')
    const code = [
      'import { createHash as digest, randomUUID } from "node:crypto";',
      'import { word } from "./other.mjs";',
      'import fs, { existsSync } from "node:fs";',
      'import * as path from "path";',
      'import "node:os";',
      'console.log(digest("sha256").update(word).digest("hex"), randomUUID().length);',
      'console.log(fs.existsSync === existsSync, path.basename("/a/b"));',
    ].join('\n')
    const changed = withoutNodeImports(code)
    expect(changed).not.toMatch(/from "(?!\.)|import "/)
    expect(changed.startsWith('import { word } from "./other.mjs";\n')).toBe(true)
    expect(await outputOf(changed)).toBe(await outputOf(code))
  })

  test('are replaced in dynamic imports, too', async () => {
    const code = [
      'const { basename, default: whole } = await import("node:path");',
      'const http = await import("node:http");',
      'console.log(basename("/a/b"), whole.basename === basename, typeof http.request, typeof http.default.Agent);',
    ].join('\n')
    const changed = withoutNodeImports(code)
    expect(changed).not.toContain('import(')
    expect(await outputOf(changed)).toBe(await outputOf(code))
    const isFetchLoaded = '\nconsole.log(process.moduleLoadList.includes("NativeModule internal/deps/undici/undici"))'
    expect(await outputOf(code + isFetchLoaded)).toMatch(/true\n$/)
    expect(await outputOf(changed + isFetchLoaded)).toMatch(/false\n$/)
  })

  test('of a module that loads slowly load it only when it is used', async () => {
    const code = [
      'import * as crypto from "node:crypto";',
      'import { gunzipSync } from "node:zlib";',
      'const loaded = name => process.moduleLoadList.includes(`NativeModule ${name}`);',
      'console.log(loaded("crypto"), loaded("zlib"));',
      'console.log(typeof new crypto.X509Certificate.prototype.constructor, typeof gunzipSync);',
    ].join('\n')
    const atFirst = withoutNodeImports(code.replace(/console\.log\(typeof.*/, 'crypto.randomUUID();'))
    expect(await outputOf(`${atFirst}\nconsole.log(loaded("crypto"), loaded("zlib"));`)).toBe(
      'false false\ntrue false\n',
    )
  })

  test('give the real class, and the real object where a file passes it on', async () => {
    const code = [
      'import { KeyObject, createSecretKey } from "node:crypto";',
      'import * as crypto from "node:crypto";',
      'console.log(createSecretKey(Buffer.from("a")) instanceof KeyObject, Object.keys(crypto).length > 50);',
    ].join('\n')
    expect(await outputOf(withoutNodeImports(code))).toBe('true true\n')
  })

  test('stay below a first line for the shell', () => {
    expect(withoutNodeImports('#!/usr/bin/env node\nimport "node:fs";\nrun();\n')).toBe('#!/usr/bin/env node\nrun();\n')
  })
})

describe('files that only forward', () => {
  test('are left out, and what they name is imported from its own file', () => {
    const files = new Map([
      ['index.js', 'await import("./chunks/run.js");\n'],
      ['chunks/run.js', 'export { run } from "./verify.js";\n'],
      ['chunks/verify.js', 'export const run = () => import("./run.js");\n'],
      ['chunks/renamed.js', 'export { a as run } from "./verify.js";\n'],
      ['chunks/own.js', 'export { run } from "./verify.js";\nrun();\n'],
    ])
    expect(Object.fromEntries(withoutForwarders(files))).toEqual({
      'index.js': 'await import("./chunks/verify.js");\n',
      'chunks/verify.js': 'export const run = () => import("./verify.js");\n',
      'chunks/renamed.js': files.get('chunks/renamed.js'),
      'chunks/own.js': files.get('chunks/own.js'),
    })
  })
})

test('characters outside of ASCII are escapes, except where they would be shown', async () => {
  const code = [
    'const parts = ["…", `a—${"😀"}`, String.raw`raw…`, /[…😀]/u.test("😀"), { "ö": 1, ä: 2 }];',
    'console.log(JSON.stringify(parts));',
  ].join('\n')
  const changed = inAscii(code)
  expect(changed.replace(/String\.raw`raw…`/, '')).toMatch(/^[\0-\x7f]*$/)
  expect(changed).toContain('String.raw`raw…`')
  expect(await outputOf(changed)).toBe(await outputOf(code))
})

describe('the bundled action', () => {
  let dist: string
  beforeAll(async () => {
    dist = join(directory, 'dist')
    mkdirSync(dist)
    writeFileSync(join(directory, 'package.json'), readFileSync(join(repository, 'package.json')))
    const { output, ...options } = config as RolldownOptions
    const bundle = await rolldown({ ...options, cwd: repository, plugins: [distText()], logLevel: 'silent' })
    await bundle.write({ ...(output as object), dir: dist })
    await bundle.close()
  }, 300_000)

  test('imports no module of Node, and only files that exist', () => {
    const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.js'))
    const imported = files.flatMap(file => {
      const text = readFileSync(join(dist, file), 'utf8')
      const paths = [...text.matchAll(/^(?:import|export)\b[^'"\n]*?["']([^"'\n]+)["'];$|\bimport\("([^"]+)"\)/gm)]
      return paths.map(([, first, second]) => ({ file, path: first ?? second ?? '' }))
    })
    expect(imported.length).toBeGreaterThan(100)
    // cli.js says that Node.js is too old, so it starts with any version.
    expect(imported.filter(({ path }) => !path.startsWith('.'))).toEqual([
      { file: 'cli.js', path: 'node:fs' },
      { file: 'cli.js', path: 'node:module' },
    ])
    const names = new Set(files.map(file => join(dist, file)))
    expect(
      imported
        .filter(({ path }) => path.startsWith('.'))
        .filter(({ file, path }) => !names.has(join(dist, dirname(file), path))),
    ).toEqual([])
  })

  test('says that Node.js is too old, also to a version that has no process.getBuiltinModule', async () => {
    const old = join(directory, 'old.cjs')
    const property = (object: string, name: string, value: string) =>
      `Object.defineProperty(${object}, '${name}', { value: '${value}' })\n`
    writeFileSync(
      old,
      `delete process.getBuiltinModule\n${property('process.versions', 'node', '18.20.8')}${property('process', 'version', 'v18.20.8')}`,
    )
    const ended = run(process.execPath, ['--require', old, join(dist, 'cli.js'), 'https://mcp.example.com/mcp'])
    await expect(ended).rejects.toMatchObject({
      code: 2,
      stderr: 'mcp-gate needs Node.js 24 or newer, and this is v18.20.8.\n',
    })
  })

  /** The modules of Node that the bundled action has loaded when it ends, or when it sends its first request. */
  async function modulesLoaded(event: string, inputs: Readonly<Record<string, string>>): Promise<string[]> {
    const list = join(directory, 'modules.json')
    const probe = join(directory, 'probe.mjs')
    // The probe stops the process before the first byte is on its way.
    writeFileSync(
      probe,
      `const save = () => process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(process.moduleLoadList));
process.on('exit', save);
process.getBuiltinModule('diagnostics_channel').subscribe('http.client.request.start', () => process.exit());\n`,
    )
    const workspace = mkdtempSync(join(directory, 'workspace-'))
    for (const name of ['event', 'output']) writeFileSync(join(workspace, name), name === 'event' ? '{}' : '')
    const defaults = await actionDefaults()
    const env = {
      ...Object.fromEntries(
        Object.entries({ ...defaults, ...inputs }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      ),
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: join(workspace, 'event'),
      GITHUB_OUTPUT: join(workspace, 'output'),
      GITHUB_REPOSITORY: 'acme/weather',
      GITHUB_REF: 'refs/heads/topic',
      GITHUB_SHA: '0'.repeat(40),
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: workspace,
    }
    await run(process.execPath, ['--import', probe, join(dist, 'index.js')], { env })
    return JSON.parse(readFileSync(list, 'utf8')) as string[]
  }

  const slow = ['crypto', 'zlib', 'perf_hooks', 'child_process', 'internal/deps/undici/undici', 'fs/promises']
  const slowOnesIn = (modules: readonly string[]) => slow.filter(name => modules.includes(`NativeModule ${name}`))

  test('loads no slow module for an event that starts nothing', async () => {
    expect(slowOnesIn(await modulesLoaded('push', {}))).toEqual([])
  })

  test('loads no slow module before the first request of verify', async () => {
    await using server = await listenHttp((_, res) => res.writeHead(404).end())
    const modules = await modulesLoaded('schedule', { 'mcp-endpoint': `${server.url}/mcp`, comment: 'never' })
    expect(modules).toContain('NativeModule _http_client')
    expect(slowOnesIn(modules)).toEqual([])
  })
})

/** The defaults of the inputs in action.yml, without the values that only GitHub knows. */
async function actionDefaults(): Promise<Record<string, string>> {
  const { parse } = await import('yaml')
  const { inputs } = parse(readFileSync(join(repository, 'action.yml'), 'utf8')) as {
    inputs: Readonly<Record<string, { default?: string }>>
  }
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { default: value = '' }]) => [name, String(value).replace(/\$\{\{.*\}\}/, '')]),
  )
}
