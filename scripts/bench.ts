/**
 * `npm run bench`: the budgets of the design as ratios and medians. Nothing here passes or fails: machines are shared,
 * and a time on one of them is not a time on another.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { PlanJson } from '../src/clients/terraform.ts'
import { renderComment } from '../src/report/comment.ts'
import { redactAll, redactor } from '../src/report/redact.ts'
import type { Report } from '../src/report/report.ts'
import { gate } from '../src/steps/gate.ts'
import { readPlan, sensitiveValues } from '../src/steps/plan.ts'
import { listenHttp } from '../test/support/mcp/listen.ts'
import { v1StatefulApp, v1Stateless } from '../test/support/mcp/servers.ts'

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

/** A plan as Terraform prints it for n resources of which each tenth is replaced, with one secret each. */
function planOf(n: number): string {
  const resource_changes = Array.from({ length: n }, (_, i) => {
    const value = {
      name: `server-${i}`,
      tags: { team: 'weather', index: i },
      policy: JSON.stringify({ Version: '2012-10-17', id: i }),
    }
    const replaced = i % 10 === 0
    return {
      address: `module.fleet["${i}"].aws_instance.server[${i}]`,
      mode: 'managed' as const,
      type: 'aws_instance',
      change: {
        actions: replaced ? (['delete', 'create'] as const) : (['create'] as const),
        before: replaced ? { ...value, name: `old-${i}`, password: `old-password-${i % 50}` } : null,
        after: { ...value, password: `new-password-${i % 50}` },
        after_unknown: { id: true, arn: true },
        before_sensitive: replaced ? { password: true } : false,
        after_sensitive: { password: true },
        ...(replaced ? { replace_paths: [['name']] } : {}),
      },
    }
  })
  return JSON.stringify({ format_version: '1.2', terraform_version: '1.11.4', resource_changes })
}

for (const [n, budget] of [
  [10, 100],
  [1_000, 150],
  [10_000, 300],
] as const) {
  const text = planOf(n)
  let units = 0
  const ms = await times(5, () => {
    const json = JSON.parse(text) as PlanJson
    const redact = redactor(sensitiveValues(json))
    const report: Report = {
      command: 'plan',
      target: { stack: undefined, directory: '.', workspace: undefined },
      commit: '0'.repeat(40),
      runUrl: 'https://github.com/acme/weather/actions/runs/1',
      plan: readPlan(json, true, '', redact),
      warnings: [],
      phases: [],
    }
    units = renderComment(redactAll(report, redact), '<!-- marker -->').length
  })
  rows.push([
    `plan → comment, ${n} resources (${(text.length / 1e6).toFixed(1)} MB)`,
    `${ms.toFixed(0)} ms, ${units} characters`,
    `≤ ${budget} ms, ≤ 65,000`,
  ])
}
rows.push(['memory of the above', `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`, '≤ 200 MiB'])

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
