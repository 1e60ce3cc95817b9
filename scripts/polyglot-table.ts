/**
 * Writes the table of docs/verification.md from test/support/mcp/polyglot.ts, which test/gate/polyglot.test.ts runs: the servers in
 * Python and Go, and the verdict of each era. With `--check` it writes nothing and exits 1 when the page is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CLIENTS, type PolyglotEra, type PolyglotServer, polyglotServers } from '../test/support/mcp/polyglot.ts'

const BEGIN = '<!-- BEGIN_POLYGLOT: written by scripts/polyglot-table.ts -->'
const END = '<!-- END_POLYGLOT -->'

/** What is shown of an era that passes, and of one that does not. */
function verdictCells({ eras, mode }: PolyglotServer): string[] {
  const cell = (era: PolyglotEra) => (eras[era] === undefined ? 'absent' : `passed (${eras[era]})`)
  return mode === 'HTTP+SSE' ? ['', '', cell('http-sse')] : [cell('modern'), cell('legacy'), '']
}

/** What the clients say: those that connect and list the tools, and those that cannot. */
function clientCell({ eras, mode }: PolyglotServer): string {
  const asked: readonly PolyglotEra[] = mode === 'HTTP+SSE' ? ['http-sse'] : ['modern', 'legacy']
  const names = (isPassed: boolean) =>
    asked.filter(era => (eras[era] !== undefined) === isPassed).map(era => (era === 'http-sse' ? 'HTTP+SSE' : era))
  const refused = names(false)
  return [
    `connect and list: ${names(true).join(', ')}`,
    ...(refused.length > 0 ? [`cannot: ${refused.join(', ')}`] : []),
  ].join('; ')
}

/** The table in Markdown, with the clients above it. */
export function polyglotTable(servers: readonly PolyglotServer[]): string {
  const head = ['server', 'version', 'language', 'transport', 'modern', 'legacy', 'HTTP+SSE', 'what the clients say']
  const rows = servers.map(server => [
    `\`${server.name}\``,
    server.version,
    server.language,
    server.mode === 'HTTP+SSE' ? server.mode : `Streamable HTTP, ${server.mode}`,
    ...verdictCells(server),
    clientCell(server),
  ])
  const clients = CLIENTS.map(({ name, eras }) => `- ${name}: ${eras}`)
  return [...clients, '', ...[head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`)].join('\n')
}

/** The page with the table of these servers. */
export function withPolyglotTable(page: string, servers = polyglotServers): string {
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (start === -1 || end === -1) throw new Error(`docs/verification.md has no ${BEGIN} and ${END}.`)
  return `${page.slice(0, start + BEGIN.length)}\n\n${polyglotTable(servers)}\n\n${page.slice(end)}`
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'docs', 'verification.md')
  const before = readFileSync(file, 'utf8')
  const after = withPolyglotTable(before)
  if (after !== before && process.argv.includes('--check')) {
    console.error('docs/verification.md is out of date. Run `npm run fix` and commit it.')
    process.exitCode = 1
  } else if (after !== before) {
    writeFileSync(file, after)
    console.log('docs/verification.md written')
  }
}
