/**
 * Mutation testing of the decisive code: changes `src` in small ways, and prints which changes no test notices.
 *
 *     npm run mutate                                   a sample of every file of the table below, for one hour at most
 *     npm run mutate -- src/redact.ts --sample 100     more mutants of the named files
 *     npm run mutate -- --seed 2 --minutes 20          another sample, for 20 minutes at most
 *
 *     npm run mutate -- --sample 150 --record          also writes the scores into CONTRIBUTING.md
 *
 * Each file is run against its own test files only. Stryker works on a copy in the temporary directory, so an interrupted
 * run leaves `src` unchanged. The exit code shows whether it ran; the score is for a person to judge.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'

/** The code that decides, each file with the test files that must notice a change of it. */
export const targets: Readonly<Record<string, readonly string[]>> = {
  'src/redact.ts': ['test/redact.test.ts'],
  'src/matcher.ts': ['test/matcher.test.ts'],
  'src/secret-parts.ts': ['test/secret-parts.test.ts', 'test/redact.test.ts'],
  'src/event.ts': ['test/event.test.ts'],
  'src/terraform/sensitive.ts': ['test/terraform/sensitive.test.ts', 'test/terraform/plan.test.ts'],
  'src/terraform/taint.ts': ['test/terraform/taint.test.ts'],
  'src/terraform/install/openpgp.ts': ['test/terraform/install/openpgp.test.ts'],
  'src/platforms/rollback.ts': ['test/platforms/rollback.test.ts'],
  'src/platforms/watch.ts': ['test/platforms/watch.test.ts', 'test/platforms/ecs/stability.test.ts'],
  'src/platforms/ecs/stability.ts': ['test/platforms/ecs/stability.test.ts'],
  'src/gate/decide.ts': ['test/gate/decide.test.ts'],
  'src/gate/read-reply.ts': ['test/gate/read-body.test.ts', 'test/gate/read-faults.test.ts', 'test/gate/words.test.ts'],
  'src/gate/schemas.ts': ['test/gate/schemas.test.ts'],
  'src/approval/canonical.ts': ['test/approval/fingerprint.test.ts', 'test/approval/canonical.test.ts'],
  'src/approval/compare.ts': ['test/approval/compare.test.ts', 'test/approval/coverage.test.ts'],
  'src/approval/coverage.ts': ['test/approval/coverage.test.ts'],
  'src/approval/decide.ts': ['test/approval/decide.test.ts'],
  'src/approval/digest.ts': ['test/approval/digest.test.ts', 'test/approval/record.test.ts'],
  'src/approval/existing.ts': ['test/approval/existing.test.ts'],
  'src/approval/expression-inputs.ts': ['test/approval/expression-inputs.test.ts'],
  'src/approval/fingerprint.ts': ['test/approval/fingerprint.test.ts'],
  'src/approval/forms.ts': ['test/approval/forms.test.ts'],
  'src/approval/ignored-paths.ts': ['test/approval/ignored-paths.test.ts'],
  'src/approval/life.ts': ['test/approval/life.test.ts'],
  'src/approval/lineage.ts': ['test/approval/lineage.test.ts'],
  'src/approval/module-files.ts': ['test/approval/module-files.test.ts'],
  'src/approval/placeholders.ts': ['test/approval/placeholders.test.ts'],
  'src/approval/providers.ts': ['test/approval/providers.test.ts'],
  'src/approval/record.ts': ['test/approval/record.test.ts'],
  'src/approval/review.ts': ['test/approval/review.test.ts', 'test/approval/decide.test.ts'],
  'src/approval/settings.ts': ['test/approval/settings.test.ts'],
  'src/approval/signer.ts': ['test/approval/signer.test.ts'],
  'src/approval/superseded.ts': ['test/approval/superseded.test.ts'],
}

/** The table of the scores in CONTRIBUTING.md, in which each file has one row. */
const page = new URL('../CONTRIBUTING.md', import.meta.url)
const tableStart = '<!-- BEGIN mutation scores: written by npm run mutate -- --record -->\n'
const tableEnd = '<!-- END mutation scores -->'
const tableHead =
  '| file | score | killed | equivalent | mutants in the file | date |\n| --- | --: | --: | --: | --: | --- |\n'

type MutantResults = Awaited<ReturnType<Stryker['runMutationTest']>>
type LogLevel = NonNullable<ConstructorParameters<typeof Stryker>[0]['logLevel']>

/** A mutant that no test can notice, because the changed code does the same. */
interface EquivalentMutant {
  readonly file: string
  /** The line of the source where the mutant begins, without its indentation. */
  readonly line: string
  /** The part of the line that is replaced. */
  readonly code: string
  readonly replacement: string
  readonly reason: string
}

const { values, positionals } = parseArgs({
  options: {
    sample: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    workers: { type: 'string', default: '1' },
    record: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const unknown = positionals.filter(file => targets[file] === undefined)
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: not in the table of scripts/mutate.ts.`)
const files = positionals.length > 0 ? positionals : Object.keys(targets)

const equivalent: readonly EquivalentMutant[] = JSON.parse(
  readFileSync(new URL('mutate/equivalent.json', import.meta.url), 'utf8'),
)
process.env.MUTATE_SEED = values.seed
process.env.MUTATE_COUNT = values.sample

const directory = mkdtempSync(join(tmpdir(), 'mutate-'))
process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
setTimeout(() => {
  console.log(`Stopped after ${values.minutes} minutes. The last file is incomplete and is not listed.`)
  process.exit(1)
}, Number(values.minutes) * 60_000).unref()

for (const file of files) {
  try {
    print(file, await mutate(file))
  } catch (error) {
    console.log(`${file}: not run. ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}

/** Runs a sample of the file's mutants. */
async function mutate(file: string): Promise<MutantResults> {
  process.env.MUTATE_TESTS = targets[file]?.join()
  return await new Stryker({
    mutate: [file],
    testRunner: 'vitest',
    vitest: { configFile: 'scripts/mutate/vitest.config.ts', related: false },
    plugins: ['@stryker-mutator/vitest-runner', './scripts/mutate/sample.ts'],
    checkers: ['sample'],
    coverageAnalysis: 'perTest',
    concurrency: Number(values.workers),
    ignorePatterns: ['/dist', '/demo', '/terraform', '/docs/images'],
    tempDirName: directory,
    cleanTempDir: 'always',
    reporters: [],
    logLevel: 'error' as LogLevel,
    // Stryker rewrites paths in this file by an interface that TypeScript 7 does not have. Ours names none outside of the copy.
    tsconfigFile: 'none',
    allowConsoleColors: false,
    // A loaded machine is slow: a mutant counts as killed by its time only when it is far slower than the original.
    timeoutMS: 10_000,
  }).runMutationTest()
}

/** Writes the row of a file into the table. Rows of other files stay, unless the table of targets does not have the file any more. */
function record(file: string, cells: readonly (string | number)[]): void {
  const text = readFileSync(page, 'utf8')
  const [start, end] = [text.indexOf(tableStart) + tableStart.length, text.indexOf(tableEnd)]
  const rows = new Map(
    text
      .slice(start, end)
      .split('\n')
      .flatMap(row => {
        const name = /^\| `([^`]+)` /.exec(row)?.[1]
        return name === undefined || targets[name] === undefined ? [] : [[name, row]]
      }),
  )
  rows.set(file, `| \`${file}\` | ${cells.join(' | ')} |`)
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  writeFileSync(page, `${text.slice(0, start)}\n${tableHead}${sorted.join('\n')}\n\n${text.slice(end)}`)
}

/** Prints the score of a file, and each mutant that survived. */
function print(file: string, results: MutantResults): void {
  const lines = readFileSync(file, 'utf8').split('\n')
  const lineOf = ({ location }: MutantResults[number]) => lines[location.start.line - 1]?.trim() ?? ''
  /** The replaced code, up to the end of its first line. */
  const codeOf = ({ location: { start, end } }: MutantResults[number]) =>
    lines[start.line - 1]?.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined)
  const isEquivalent = (result: MutantResults[number]) =>
    equivalent.some(
      known =>
        known.file === file &&
        known.line === lineOf(result) &&
        known.code === codeOf(result) &&
        known.replacement === result.replacement,
    )
  const run = results.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
  const alive = run.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  const survivors = alive.filter(result => !isEquivalent(result))
  const killed = run.length - alive.length
  const counted = killed + survivors.length
  const share = counted === 0 ? 100 : Math.round((100 * killed) / counted)
  console.log(
    `${file}: ${share} % (${killed} of ${counted} killed, ${alive.length - survivors.length} equivalent, ${results.length} mutants in the file)`,
  )
  if (values.record) {
    const today = new Date().toISOString().slice(0, 10)
    const of = `${killed} of ${counted}`
    record(file, [`${share} %`, of, alive.length - survivors.length, results.length, today])
  }
  for (const result of survivors) {
    const { line, column } = result.location.start
    const uncovered = result.status === 'NoCoverage' ? ' (no test runs it)' : ''
    console.log(`  ${file}:${line}:${column} ${result.mutatorName} → ${result.replacement}${uncovered}`)
    console.log(`      ${codeOf(result)}   in   ${lineOf(result)}`)
  }
  for (const result of run.filter(({ status }) => status === 'Killed').filter(isEquivalent))
    console.log(`  listed as equivalent and yet killed: ${lineOf(result)} → ${result.replacement}`)
}
