/** The structure of src: who may import whom, type imports included; who may write to stdout; where platforms are told apart. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const src = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => file.replaceAll('\\', '/'))
const textOf = (file: string) => readFileSync(join(src, file), 'utf8')

/** The part of src that a file belongs to: its first folder, or its name if it stands in src itself. */
const partOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : file)

/** The levels of src, the highest first. A file imports its own part and lower levels, nothing else. */
const levels: readonly (readonly string[])[] = [
  ['main.ts', 'post.ts', 'cli.ts'],
  ['commands', 'cli'],
  ['github', 'monitors', 'outputs.ts'],
  ['report', 'inputs.ts'],
  ['approval', 'rules', 'platforms', 'stacks'],
  ['terraform', 'gate', 'event.ts', 'http.ts'],
  [
    'log.ts',
    'errors.ts',
    'poll.ts',
    'redact.ts',
    'matcher.ts',
    'secret-parts.ts',
    'text.ts',
    'words.ts',
    'json.ts',
    'checkout.ts',
    'child.ts',
  ],
]

/** Imports within one level, each with its reason. */
const sideways: Readonly<Record<string, readonly string[]>> = {
  // The lowest level: secrets are redacted, errors are words.
  'log.ts': ['redact.ts', 'text.ts'],
  // Words of ours are lines.
  'words.ts': ['log.ts', 'text.ts'],
  'poll.ts': ['errors.ts'],
  'redact.ts': ['matcher.ts', 'secret-parts.ts'],
  'secret-parts.ts': ['json.ts'],
  // Install downloads releases.
  terraform: ['http.ts'],
}

interface Import {
  readonly target: string
  readonly names: string
}

/** Every relative import and re-export of a file, dynamic ones and type imports included. */
function importsOf(file: string): Import[] {
  const text = textOf(file)
  const found = [
    ...text.matchAll(/^(?:import|export)\s([^'"]*?)\sfrom\s'(\.[^']+)'/gm),
    ...text.matchAll(/\bimport\(()'(\.[^']+)'\)/g),
    ...text.matchAll(/^import()\s'(\.[^']+)'/gm),
  ]
  // The schemas of docs/ are data.
  const modules = found.filter(([, , path = '']) => !path.endsWith('.json'))
  return modules.map(([, names = '', path = '']) => ({
    target: relative(src, join(src, dirname(file), path)).replaceAll('\\', '/'),
    names,
  }))
}

function levelOf(part: string): number {
  return levels.findIndex(level => level.includes(part))
}

test.each(files)('%s imports only what is below it', file => {
  const part = partOf(file)
  expect(levelOf(part), `a new part of src: give ${part} its level`).toBeGreaterThan(-1)
  const wrong = importsOf(file)
    .map(({ target }) => target)
    .filter(target => {
      const other = partOf(target)
      return other !== part && levelOf(other) <= levelOf(part) && !sideways[part]?.includes(other)
    })
  expect(wrong).toEqual([])
})

test('no file imports itself through others', () => {
  const graph = new Map(files.map(file => [file, importsOf(file).map(({ target }) => target)]))
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (done.has(file) || path.includes(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(cycles).toEqual([])
})

describe('the job log', () => {
  const writers =
    /process\s*\.\s*std(?:out|err)|\bconsole\s*\.\s*(?:log|info|warn|error|debug|dir|table|trace)\b|process\s*\[|\bWriteStream\b|\/dev\/(?:stdout|stderr|tty|fd)/
  const inherited = /stdio:\s*(?:'inherit'|\[[^\]]*'inherit')/

  test.each(files.filter(file => file !== 'log.ts'))('%s writes nothing to stdout', file => {
    expect(textOf(file).match(writers)?.[0]).toBeUndefined()
    expect(textOf(file).match(inherited)?.[0]).toBeUndefined()
  })

  /** Functions of the toolkit by file; any other use of it could write to the log. */
  const toolkit: Readonly<Record<string, RegExp>> = {
    'log.ts': /^\* as core$/,
    'inputs.ts': /^\{ getInput \}$/,
    'outputs.ts': /^\{[\w\s,]*\}$/,
  }
  test.each(files)('%s uses no more of the toolkit than it may', file => {
    const [, names] = /^import\s([^'"]*?)\sfrom\s'@actions\/core'/m.exec(textOf(file)) ?? []
    if (names !== undefined) expect(names.replace(/\s+/g, ' ')).toMatch(toolkit[file] ?? /^nothing$/)
    if (file === 'outputs.ts')
      expect(names).not.toMatch(/\b(?:info|notice|warning|error|debug|startGroup|endGroup|group|setSecret)\b/)
  })
})

test.each(files.filter(file => file !== 'child.ts'))('%s starts no process', file => {
  const text = textOf(file).replace(/^import type \{ ChildProcess \} from 'node:child_process'$/m, '')
  expect(text).not.toMatch(/child_process|worker_threads|node:cluster|@actions\/exec|\bexecve\b/)
  // The tool cache unpacks archives by starting programs with the whole environment.
  expect(text).not.toMatch(/\bextract(?:Zip|Tar|7z|Xar)\b/)
})

test.each(files.filter(file => !file.startsWith('platforms/')))('%s does not tell platforms apart', file => {
  expect(textOf(file)).not.toMatch(/\bkind\s*[!=]==?\s*'(?:ecs|ec2|lambda|agentcore|endpoint)'|case '(?:ecs|ec2)':/)
})

test.each(files.filter(file => file !== 'report/markdown.ts'))('%s builds Markdown by its template only', file => {
  expect(textOf(file)).not.toMatch(/\bMarkdown\.of\(|\bLine\.of\((?!parts)/)
})

test('the folders of test mirror those of src', () => {
  const folders = new Set(files.map(partOf).filter(part => !part.endsWith('.ts')))
  const tested = readdirSync(fileURLToPath(new URL('./', import.meta.url)), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
  const others = ['aws', 'docs', 'e2e', 'fixtures', 'modules', 'roles', 'scripts', 'site', 'support']
  expect([...folders].filter(folder => !tested.includes(folder))).toEqual([])
  expect(tested.filter(folder => !folders.has(folder) && !others.includes(folder))).toEqual([])
})

test('tests get fast-check with their seed', () => {
  const folder = fileURLToPath(new URL('./', import.meta.url))
  const direct = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    file =>
      file.endsWith('.ts') &&
      readFileSync(join(folder, file), 'utf8').match(/^(?:im|ex)port .*'fast-check'$/m) !== null,
  )
  expect(direct).toEqual(['support/property.ts'])
})
