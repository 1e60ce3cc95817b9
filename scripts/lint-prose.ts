/**
 * Checks the prose of the pages and of action.yml, and the messages and comments in src, scripts, site and demo, with the rules in prose/rules.ts.
 * Prints `file:line: rule: "words": write … instead` lines and exits 1 when there is any. What may stay, with the reason, is in
 * prose/exceptions.json.
 *
 *     node scripts/lint-prose.ts [file …]
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Prose, readProse } from './prose/read.ts'
import { proseRules } from './prose/rules.ts'

/** The exceptions, each with its reason. */
export interface Exceptions {
  /** Files that are not checked: a path, or a folder that ends in `/`. */
  readonly files: Readonly<Record<string, string>>
  /** Words that may stay. `text` is a part of the piece; without it the rule does not hold for the file or folder. */
  readonly sentences: readonly {
    readonly file: string
    readonly rule: string
    readonly text?: string
    readonly reason: string
  }[]
}

/** The files with prose, as patterns of git. */
const patterns = [
  '*.md',
  'action.yml',
  'src/*.ts',
  'scripts/*.ts',
  'site/*.ts',
  'demo/*.ts',
  ':!test/fixtures',
  ':!dist',
]

/**
 * Every finding as `file:line: rule: "words": write … instead`, in the order of the files. An exception that matches nothing is
 * a finding, too.
 * @param read the text of a file
 */
export function lintProse(files: readonly string[], read: (file: string) => string, exceptions: Exceptions): string[] {
  const used = new Set<object>()
  const isExcepted = (file: string, rule: string, piece?: Prose) => {
    const matching = exceptions.sentences.filter(
      each =>
        covers(each.file, file) && each.rule === rule && (each.text === undefined || piece?.text.includes(each.text)),
    )
    for (const each of matching) used.add(each)
    return matching.length > 0
  }
  const checked = files.filter(file => !Object.keys(exceptions.files).some(skipped => covers(skipped, file)))
  const findings = checked.flatMap(file => {
    const pieces = readProse(file, read(file))
    const found = pieces.flatMap(piece =>
      proseRules.flatMap(rule =>
        rule
          .check(piece)
          .filter(() => !isExcepted(file, rule.name, piece))
          .map(match => ({ line: piece.lineAt(match.offset), rule: rule.name, ...match })),
      ),
    )
    return [
      ...(file.endsWith('.md') ? pageFaults(pieces) : [])
        .filter(() => !isExcepted(file, 'page'))
        .map(fault => `${file}:1: page: ${fault}`),
      ...found
        .sort((a, b) => a.line - b.line)
        .map(({ line, rule, words, instead }) => `${file}:${line}: ${rule}: "${words}": write ${instead}`),
    ]
  })
  const unused = exceptions.sentences.filter(each => !used.has(each) && checked.some(file => covers(each.file, file)))
  return [
    ...findings,
    ...unused.map(
      ({ file, rule }) => `scripts/prose/exceptions.json:1: the exception of ${file} for ${rule} matches nothing`,
    ),
  ]
}

function covers(pattern: string, file: string): boolean {
  return pattern.endsWith('/') ? file.startsWith(pattern) : pattern === file
}

/** A page begins with its title and then a sentence about what the page is for. */
function pageFaults(pieces: readonly Prose[]): string[] {
  const [first, second] = pieces.filter(({ kind }) => kind !== 'name')
  if (first === undefined) return []
  if (first.kind !== 'heading') return ['begin with a heading']
  return second?.kind === 'paragraph' ? [] : ['after the title, write a sentence about what the page is for']
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...patterns],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  const only = process.argv.slice(2)
  const files = [...new Set(listed.split('\0'))].filter(
    file => file !== '' && existsSync(join(root, file)) && (only.length === 0 || only.includes(file)),
  )
  const exceptions: Exceptions = JSON.parse(readFileSync(join(root, 'scripts/prose/exceptions.json'), 'utf8'))
  const findings = lintProse(files.sort(), file => readFileSync(join(root, file), 'utf8'), exceptions)
  for (const finding of findings) console.error(finding)
  if (findings.length > 0) process.exitCode = 1
}
