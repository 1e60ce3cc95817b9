/**
 * `npm run demo`: the whole story on one machine without a cloud account. A pull request is planned, and its merge is
 * applied and verified. A broken version is caught and tainted, and its repair goes out without a failed request.
 * What is claimed is checked; the exit code is 0 only when every check held.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testEngine } from '../test/support/engine.ts'
import { renderHtml } from '../test/support/render.ts'
import type { ActionResult } from '../test/support/runner.ts'
import { type Stage, setStage, stateBucket } from '../test/support/stage.ts'
import { Checks } from './checks.ts'
import { startTraffic } from './traffic.ts'

const server = fileURLToPath(new URL('./server.ts', import.meta.url))
const pictures = fileURLToPath(new URL('./out/', import.meta.url))
const secret = 'demo-api-key-that-must-appear-nowhere'

/** An image tag is a version of the server; 2.0.0 is healthy and does not speak MCP. */
const image = (version: string) => `ghcr.io/acme/mcp-server:${version}`
const run = (version: string, env = {}) => ({
  command: [process.execPath, server],
  env: { VERSION: version, ...env },
  // Fargate takes about this long to start a small image.
  pullSeconds: 20,
})

/** The step's `with:`, the same on the pull request and on the merge. */
const inputs = {
  stack: 'ecs',
  'var-file': 'production.tfvars.json',
  'backend-config': `bucket=${stateBucket}\nkey=production.tfstate`,
  'mcp-timeout': '30s',
  'alivemcp-interval': '60s',
}

const variables = (version: string) => ({
  'production.tfvars.json': `${JSON.stringify(
    {
      name: 'weather',
      image: image(version),
      managed_secrets: { API_KEY: 1 },
      // There is no domain on this machine. In production, set dns or certificate instead.
      allow_insecure_http: true,
    },
    null,
    2,
  )}\n`,
})

async function play(stage: Stage, checks: Checks): Promise<void> {
  const { github, monitor } = stage
  const comments = async (number: number) => (await github.comments(number)).map(comment => comment.body ?? '')
  const keep = async (name: string, markdown: string, ...shownAs: [title: string, box: 'comment' | 'summary']) => {
    mkdirSync(pictures, { recursive: true })
    writeFileSync(join(pictures, `${name}.html`), await renderHtml(markdown, ...shownAs))
    writeFileSync(join(pictures, `${name}.md`), markdown)
  }
  const commented = async (number: number, name: string, notices = 0) => {
    const [body = '', ...more] = await comments(number)
    await keep(name, body, `Pull request #${number}`, 'comment')
    checks.that(
      notices === 0 ? 'there is one comment on the pull request' : 'a second comment notifies the person who merged',
      more.length === notices && body !== '',
    )
    return body
  }
  const texts: string[] = []
  const act = async (what: string, action: () => Promise<ActionResult>) => {
    const result = await checks.timed(what, action)
    texts.push(result.log, result.summary, JSON.stringify(result.outputs))
    return result
  }

  checks.chapter('(a) A pull request is planned')
  const first = await stage.open('Deploy the weather server', variables('1.0.0'))
  const planned = await act('pull_request → plan → comment', () => stage.run(stage.opened(first)))
  checks.that('the step passes', planned.conclusion === 'success', planned.log)
  const planComment = await commented(first.number, 'a-plan')
  const { add } = JSON.parse(planned.outputs['plan-summary'] ?? '{}') as { add?: number }
  checks.that(
    `the comment counts ${add} resources to add`,
    add !== undefined && add > 15 && planComment.includes(`${add} to add, 0 to change, 0 to destroy`),
  )
  checks.that('one section has all of them', planComment.includes(`create ${add} resources</summary>`))
  checks.that(
    'the job summary has the whole plan',
    planned.summary.includes(`${(await testEngine()).title} will perform the following actions`),
  )
  checks.that('nothing was applied', planned.outputs.applied === 'false')

  checks.chapter('(b) The merge is applied, verified and registered')
  const pushedFirst = await stage.merged(first)
  const deployed = await act('push → apply → stable → gate → registered', () => stage.run(pushedFirst))
  checks.that('the step passes', deployed.conclusion === 'success', deployed.log)
  checks.that('Terraform applied', deployed.outputs.applied === 'true')
  checks.that('the gate passed', deployed.outputs.gate === 'passed')
  checks.that(
    'both eras of MCP were verified',
    deployed.outputs['mcp-eras'] === '{"modern":"passed","legacy":"passed","http-sse":"absent"}',
    deployed.outputs['mcp-eras'],
  )
  checks.that(
    'both tools are listed',
    deployed.outputs['mcp-tools'] === '["current_weather","forecast"]',
    deployed.outputs['mcp-tools'],
  )
  checks.that(
    'one monitor watches the endpoint',
    monitor.monitors.length === 1 && monitor.monitors[0]?.url === deployed.outputs['mcp-endpoint'],
  )
  checks.that('it has the negotiated protocol version', monitor.monitors[0]?.protocol_version === '2026-07-28')
  await keep('b-summary', deployed.summary, 'Run of the merge', 'summary')
  const verifiedComment = await commented(first.number, 'b-verified')
  checks.that('the same comment shows applied and verified', verifiedComment.includes('Applied and verified'))
  checks.that(
    'what was applied is what was reviewed, by its fingerprint',
    verifiedComment.includes('As reviewed') &&
      deployed.outputs['plan-fingerprint'] === planned.outputs['plan-fingerprint'],
    deployed.outputs['plan-fingerprint'],
  )

  checks.chapter('(c) A broken version is caught')
  const second = await stage.open('Upgrade to 2.0.0', variables('2.0.0'))
  const plannedBroken = await act('pull_request → plan → comment', () => stage.run(stage.opened(second)))
  await commented(second.number, 'c-plan')
  checks.that(
    'its plan looks harmless: one task definition is replaced',
    plannedBroken.outputs['plan-summary']?.includes('"replace":1') === true,
    plannedBroken.outputs['plan-summary'],
  )
  const posts = () => monitor.requests.filter(({ method }) => method === 'POST').length
  const postsBefore = posts()
  const pushedSecond = await stage.merged(second)
  const broken = await act('push → apply → stable → gate', () => stage.run(pushedSecond))
  await keep('c-summary', broken.summary, 'Run of the merge', 'summary')
  checks.that('ECS calls it stable', /\*\*Stable\*\* after/.test(broken.summary))
  checks.that('the step fails', broken.conclusion === 'failure')
  checks.that(
    `the gate failed with ${broken.outputs['gate-code']}`,
    broken.outputs.gate === 'failed' && broken.outputs['gate-code'] !== '',
  )
  checks.that('the reason is the server’s own', broken.log.includes('tool registry failed to load'))
  checks.that(
    'the task definition is tainted',
    broken.outputs.tainted === '["aws_ecs_task_definition.this"]',
    broken.outputs.tainted,
  )
  checks.that('nothing was registered', posts() === postsBefore && monitor.monitors.length === 1)
  checks.that(
    'the comment explains why',
    (await commented(second.number, 'c-failed', 1)).includes('tool registry failed to load'),
  )

  checks.chapter('(d) The repair goes out without a failed request')
  const endpoint = deployed.outputs['mcp-endpoint'] ?? ''
  const traffic = startTraffic(new URL('/health', endpoint))
  const third = await stage.open('Repair: 2.0.1', variables('2.0.1'))
  const plannedRepair = await act('pull_request → plan → comment', () => stage.run(stage.opened(third)))
  const repairComment = await commented(third.number, 'd-plan')
  checks.that(
    'the plan replaces the tainted task definition and explains why',
    /aws_ecs_task_definition\.this<[^`]*is tainted/.test(repairComment),
    plannedRepair.log,
  )
  const pushedThird = await stage.merged(third)
  const repaired = await act('push → apply → stable → gate → registered', () => stage.run(pushedThird))
  const { sent, failed } = await traffic.stop()
  checks.that('the step passes', repaired.conclusion === 'success', repaired.log)
  checks.that('the gate passed', repaired.outputs.gate === 'passed')
  checks.that(`none of ${sent} requests failed during the repair`, sent > 20 && failed.length === 0, failed.join('\n'))
  checks.that('there is still one monitor', monitor.monitors.length === 1)
  await commented(third.number, 'd-verified')

  checks.chapter('Throughout')
  const allComments = await Promise.all([first, second, third].map(({ number }) => comments(number)))
  texts.push(...allComments.flat())
  checks.that('the secret is in no log, summary, output or comment', !texts.some(text => text.includes(secret)))
  const state = (await stage.stateObject('production.tfstate')) ?? ''
  checks.that('the secret is not in the state', state.includes('aws_ecs_task_definition') && !state.includes(secret))
  checks.that('no lock is held', (await stage.stateObject('production.tfstate.tflock')) === undefined)
  checks.that(
    'GitHub’s own schema found nothing wrong',
    github.violations.length === 0,
    JSON.stringify(github.violations, null, 2),
  )
}

const checks = new Checks()
let stage: Stage | undefined
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (interrupted) return
    interrupted = true
    checks.stop()
    console.log('\nStopping: what runs is ended first.')
    void (async () => {
      await stage?.close()
      process.exit(130)
    })()
  })
}
try {
  checks.chapter('Setting the stage')
  stage = await checks.timed('AWS (moto), GitHub (emulate) and the monitor start', () =>
    setStage({
      images: {
        [image('1.0.0')]: run('1.0.0'),
        [image('2.0.0')]: run('2.0.0', { BROKEN: '1' }),
        [image('2.0.1')]: run('2.0.1'),
      },
      inputs,
      env: { TF_VAR_secret_values: JSON.stringify({ API_KEY: secret }) },
    }),
  )
  await play(stage, checks)
} catch (error) {
  if (!interrupted)
    checks.that(
      'the demo ran to its end',
      false,
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    )
} finally {
  if (!interrupted) await stage?.close()
}
if (!interrupted) {
  checks.table()
  console.log(`\nThe comments and job summaries as GitHub shows them: ${pictures}`)
  process.exit(checks.passed ? 0 : 1)
}
