/**
 * Writes the tables of docs/secrets.md from test/support/canaries.ts, which test/e2e/canary.test.ts runs: which secret is repeated by
 * the messages of which failure, and which sinks are read. With `--check` it writes nothing and exits 1 when the page is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canaries, laterSources, sinks, steps } from '../test/support/canaries.ts'

const BEGIN = '<!-- BEGIN_CANARIES: written by scripts/secrets-table.ts -->'
const END = '<!-- END_CANARIES -->'

function tables(): string {
  const names = Object.values(steps).map(({ name }) => name)
  const sources = [
    ...Object.entries(canaries).map(([key, { source }]) => [key, source] as const),
    ...Object.entries(laterSources),
  ]
  const cell = (key: string, without: readonly string[]) => (without.includes(key) ? '' : '✓')
  return [
    `| secret from | ${names.join(' | ')} |`,
    `| --- |${names.map(() => ' :-: |').join('')}`,
    ...sources.map(
      ([key, source]) =>
        `| ${source} | ${Object.values(steps)
          .map(({ without }) => cell(key, without))
          .join(' | ')} |`,
    ),
    '',
    'After each of these runs the test reads:',
    '',
    ...sinks.map(sink => `- ${sink}`),
  ].join('\n')
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'docs', 'secrets.md')
  const before = readFileSync(file, 'utf8')
  const [start, end] = [before.indexOf(BEGIN), before.indexOf(END)]
  const after = `${before.slice(0, start + BEGIN.length)}\n\n${tables()}\n\n${before.slice(end)}`
  if (after !== before && process.argv.includes('--check')) {
    console.error('docs/secrets.md is out of date. Run `npm run fix` and commit it.')
    process.exitCode = 1
  } else if (after !== before) {
    writeFileSync(file, after)
    console.log('docs/secrets.md written')
  }
}
