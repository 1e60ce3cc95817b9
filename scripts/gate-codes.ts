/**
 * Writes docs/gate-codes.md from the table in src/mcp/codes.ts, in the order of the layers an exchange goes through.
 * With `--check` it writes nothing and exits 1 when the page is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codes } from '../src/mcp/codes.ts'

type Row = (typeof codes)[keyof typeof codes]

const LAYERS: Readonly<Record<Row['layer'], string>> = {
  DNS: 'The name',
  TCP: 'The connection',
  TLS: 'The certificate',
  HTTP: 'HTTP: load balancer, path, authorization, body',
  MCP: 'MCP: messages, eras, tools, sessions',
}

const INTRODUCTION = `# Codes of the gate

<!-- Written by scripts/gate-codes.ts from src/mcp/codes.ts: change the table there, then run \`npm run fix\`. -->

A gate that does not pass gives one of these codes, with a sentence that says what was seen.

- **final** ends the gate at once, because waiting does not heal it, unless other fresh connections are answered well;
  **retry** is tried again until \`mcp-timeout\`.
- **Remedy**: \`replace\`, what is serving is broken, and it is tainted; \`wait\`, it did not heal in time, and it is
  tainted; \`config\`, something around it is wrong, so replacing it would change nothing, and nothing is tainted.
`

/** The page for a table of codes. */
export function gateCodes(table: Readonly<Record<string, Row>>): string {
  const sections = Object.entries(LAYERS).map(([layer, title]) => {
    const rows = Object.entries(table)
      .filter(([, row]) => row.layer === layer)
      .map(([code, { meaning, cause, fix, remedy, final }]) =>
        line([`<a id="${code}"></a>\`${code}\``, meaning, cause, fix, `\`${remedy}\``, final ? 'final' : 'retry']),
      )
    const head = [
      line(['Code', 'What was seen', 'Likely cause', 'What to change', 'Remedy', 'When']),
      line(Array(6).fill('---')),
    ]
    return [`## ${title}`, '', ...head, ...rows].join('\n')
  })
  return `${[INTRODUCTION.trimEnd(), ...sections].join('\n\n')}\n`
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'docs', 'gate-codes.md')
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const after = gateCodes(codes)
  if (after !== before && process.argv.includes('--check')) {
    console.error(
      'docs/gate-codes.md is not what src/mcp/codes.ts says. Run `node scripts/gate-codes.ts` and commit it.',
    )
    process.exitCode = 1
  } else if (after !== before) {
    writeFileSync(file, after)
    console.log('docs/gate-codes.md written')
  }
}
