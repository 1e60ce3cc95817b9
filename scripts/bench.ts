/**
 * `npm run bench`: the budgets of the design as ratios and medians. Nothing here passes or fails: machines are shared,
 * and a time on one of them is not a time on another.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { gate } from '../src/steps/gate.ts'
import { listenHttp } from '../test/support/mcp/listen.ts'
import { v1StatefulApp, v1Stateless } from '../test/support/mcp/servers.ts'
import { generateStacks } from './bench-stacks.ts'

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0

async function times(runs: number, action: () => unknown): Promise<number> {
  const measured: number[] = []
  for (let run = 0; run < runs; run++) {
    const started = performance.now()
    await action()
    measured.push(performance.now() - started)
  }
  return median(measured)
}

const rows: [what: string, measured: string, budget: string][] = []

const start = (...args: string[]) => spawnSync(process.execPath, args, { env: {} })
const empty = await times(11, () => start('-e', ''))
const cold = await times(11, () => start(fileURLToPath(new URL('../dist/index.js', import.meta.url))))
rows.push([
  'cold start of dist/index.js',
  `${cold.toFixed(0)} ms, ${(cold / empty).toFixed(1)} × an empty script`,
  '≤ 100 ms',
])

const planToComment = fileURLToPath(new URL('bench-plan.ts', import.meta.url))
// Each size in a process of its own, whose memory is the answer.
for (const [n, budget] of [
  [10, 100],
  [1_000, 150],
  [10_000, 300],
] as const) {
  const { stdout } = spawnSync(process.execPath, [planToComment, `${n}`], { encoding: 'utf8' })
  const { ms, units, mib, bytes } = JSON.parse(stdout) as Record<'ms' | 'units' | 'mib' | 'bytes', number>
  rows.push([
    `plan → comment, ${n} resources (${(bytes / 1e6).toFixed(1)} MB)`,
    `${ms.toFixed(0)} ms, ${units} characters, ${mib.toFixed(0)} MiB`,
    `≤ ${budget} ms, ≤ 65,000, ≤ 200 MiB`,
  ])
}

const repository = mkdtempSync(join(tmpdir(), 'bench-stacks-'))
const discovered = await times(5, generateStacks(repository, 1_000))
rmSync(repository, { recursive: true, force: true })
rows.push(['discover: 1,000 stacks with modules and var files', `${(discovered / 1000).toFixed(2)} s`, '≤ 2 s'])

await using server = await v1Stateless()
const endpoint = `${server.url}/mcp`
const request = {
  endpoint,
  require: 'legacy',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 1,
  timeoutMs: 10_000,
} as const
/** The round itself, without the survey of the targets after it. */
const roundTimes: number[] = []
for (let run = 0; run < 15; run++) {
  const [round] = (await gate(request, () => {})).rounds
  if (round !== undefined) roundTimes.push(round.elapsedMs)
}
const ours = median(roundTimes)
const sdk = await times(15, async () => {
  const client = new Client({ name: 'bench', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(new URL(endpoint)))
  await client.listTools()
  await client.close()
})
rows.push([
  'gate: one round of all eras, SDK 1.32 server',
  `${ours.toFixed(1)} ms, ${(ours / sdk).toFixed(2)} × the SDK client's connect + list`,
  '≤ 1 × for the legacy era alone',
])
const refused = await times(5, () => gate({ ...request, endpoint: `${server.url}/wrong` }, () => {}))
rows.push(['gate: a fault with remedy config is named', `${(refused / 1000).toFixed(2)} s`, '≤ 3 s'])

/** Milliseconds from the moment a server becomes healthy to the gate's first green round, at a random moment of its wait. */
async function untilGreen(): Promise<number> {
  const healthy = Date.now() + 3_000 + Math.random() * 2_000
  const { app } = v1StatefulApp()
  await using balancer = await listenHttp((req, res) => {
    if (Date.now() >= healthy) app(req, res)
    else res.writeHead(503, { server: 'awselb/2.0' }).end('503')
  })
  const { rounds } = await gate({ ...request, endpoint: `${balancer.url}/mcp`, timeoutMs: 20_000 }, () => {})
  const green = rounds.find(round => round.verdict === 'green')
  return green === undefined ? Number.NaN : Date.parse(green.startedAt) + green.elapsedMs - healthy
}
const waits = await Promise.all(Array.from({ length: 9 }, untilGreen))
rows.push(['gate: healthy → first green round', `${median(waits).toFixed(0)} ms`, '≤ 1 s'])

console.log(['| what | measured | budget |', '|---|---|---|', ...rows.map(row => `| ${row.join(' | ')} |`)].join('\n'))
