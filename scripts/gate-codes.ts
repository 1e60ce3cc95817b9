/**
 * Writes docs/gate-codes.md from the table in src/gate/codes.ts, in the order of the layers of an exchange. Its second part comes from
 * the rules in src/platforms/aws/causes/. With `--check` it writes nothing and exits 1 when the page is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codes } from '../src/gate/codes.ts'
import { eventRules } from '../src/platforms/aws/causes/event.ts'
import { instanceRules } from '../src/platforms/aws/causes/instance.ts'
import { balancerRules } from '../src/platforms/aws/causes/load-balancer.ts'
import { logRules } from '../src/platforms/aws/causes/log.ts'
import { targetRules } from '../src/platforms/aws/causes/target.ts'
import { taskRules } from '../src/platforms/aws/causes/task.ts'
import { noEvidence } from '../src/platforms/aws/evidence.ts'

type Row = (typeof codes)[keyof typeof codes]

const LAYERS: Readonly<Record<Row['layer'], string>> = {
  DNS: 'The name',
  TCP: 'The connection',
  TLS: 'The certificate',
  HTTP: 'HTTP: load balancer, path, authorization, body',
  MCP: 'MCP: messages, eras, tools, sessions',
}

const CAUSES = {
  'Why tasks stop': taskRules,
  'Events of the service': eventRules,
  'The health of the targets': targetRules,
  'The load balancer': balancerRules,
  'An instance and its console': instanceRules,
  'The log': logRules,
} as const

const INTRODUCTION = `# Codes of the gate

<!-- Written by scripts/gate-codes.ts from src/gate/codes.ts and src/platforms/aws/causes/: change the tables there, then run \`npm run fix\`. -->

A gate that does not pass gives one of these codes, with a sentence about what was seen.

- **final** ends the gate at once, because waiting cannot fix it. The gate only goes on if other fresh connections are answered well.
  **retry** is tried again until \`mcp-timeout\`.
- **Action** \`replace\`: the running version is broken, and it is tainted.
- **Action** \`wait\`: the running version did not recover in time, and it is tainted.
- **Action** \`config\`: something around the running version is wrong. Replacing it would change nothing, so nothing is tainted.
- If AWS shows [the cause](#causes-that-aws-shows), the sentence goes on with "because", and the report has its code as
  \`cause\`. Then **its** fix and action count: a 503 whose health path is wrong taints nothing.

[troubleshooting.md](troubleshooting.md) starts from what you see, and has the failures of the other phases.
`

const CAUSES_INTRODUCTION = `## Causes that AWS shows

The action looks for a cause after a failure of a deployment whose service or instance is known. The sentence of the failure has the cause.
The tables list the codes in the report, and the fix. The failure decides which of these tables are read, and in which order.
In each table the first row that fits counts.`

/** The page for a table of codes. */
export function gateCodes(table: Readonly<Record<string, Row>>): string {
  const sections = Object.entries(LAYERS).map(([layer, title]) => {
    const rows = Object.entries(table)
      .filter(([, row]) => row.layer === layer)
      .map(([code, { meaning, cause, fix, remedy, final }]) =>
        line([
          `<a id="${code}"></a>\`${code}\``,
          ...[meaning, cause, fix].map(shown),
          `\`${remedy}\``,
          final ? 'final' : 'retry',
        ]),
      )
    const head = [
      line(['Code', 'What was seen', 'Likely cause', 'What to change', 'Action', 'When']),
      line(Array(6).fill('---')),
    ]
    return [`## ${title}`, '', ...head, ...rows].join('\n')
  })
  return `${[INTRODUCTION.trimEnd(), ...sections, CAUSES_INTRODUCTION, ...causes()].join('\n\n')}\n`
}

function causes(): string[] {
  const anchored = new Set<string>(Object.keys(codes))
  return Object.entries(CAUSES).map(([title, rules]) => {
    const rows = rules.map(({ code, fix, remedy }) => {
      const anchor = anchored.has(code) ? '' : `<a id="${code}"></a>`
      anchored.add(code)
      const change = typeof fix === 'string' ? fix : fix(noEvidence(''))
      return line([
        `${anchor}\`${code}\``,
        shown(change),
        remedy === undefined ? 'that of the failure' : `\`${remedy}\``,
      ])
    })
    return [`### ${title}`, '', line(['Cause', 'What to change', 'Action']), line(Array(3).fill('---')), ...rows].join(
      '\n',
    )
  })
}

/** As GitHub shows it: what looks like an element would vanish. */
function shown(text: string): string {
  return text.replaceAll('<', '&lt;')
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'docs', 'gate-codes.md')
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const after = gateCodes(codes)
  if (after !== before && process.argv.includes('--check')) {
    console.error('docs/gate-codes.md is out of date. Run `npm run fix` and commit it.')
    process.exitCode = 1
  } else if (after !== before) {
    writeFileSync(file, after)
    console.log('docs/gate-codes.md written')
  }
}
