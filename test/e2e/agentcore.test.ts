/**
 * A runtime of AgentCore through the shipped dist. The AWS provider of the tests has no such resource, so Terraform's state here has only
 * the outputs that a root module gives, and the tests move the runtime as its apply would, with AWS's own SDK. Terraform, the plan, the record, the
 * watch, the signed requests, the rollback and the report are real; that the provider makes these states is not shown.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRuntime, type RuntimeInAws, repository } from '../support/agentcore.ts'
import type { Trigger } from '../support/events.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import { type Stage, setStage } from '../support/stage.ts'

const server = fileURLToPath(new URL('../../demo/server.ts', import.meta.url))
const image = (version: string, env: Record<string, string> = {}) => ({
  [`${repository}:${version}`]: {
    command: [process.execPath, server],
    env: { API_KEY: 'k', VERSION: version, ...env },
  },
})

let stage: Stage
let state: HttpState
let runtime: RuntimeInAws
/** The push of the last merge. */
let last: Trigger
beforeAll(async () => {
  state = await startHttpState()
  stage = await setStage({
    images: { ...image('v1'), ...image('v2'), ...image('v3-broken', { BROKEN: 'yes' }) },
    inputs: {
      'working-directory': 'infra',
      'mcp-timeout': '20s',
      'mcp-rounds': '1',
      'deploy-timeout': '60s',
      'on-failure': 'rollback',
      'alivemcp-api-key': '',
    },
  })
  runtime = await createRuntime(stage.aws.endpoint, 'weather_mcp', 'v1')
})
afterAll(async () => {
  runtime?.close()
  await stage.close()
  await state.stop()
})

const files = (version: string) => ({
  'infra/main.tf': `
    terraform {
      ${state.backend}
    }
    resource "terraform_data" "runtime" { input = "${version}" }
    output "agentcore_runtime_arn" { value = "${runtime.arn}" }
    output "agentcore_endpoint_name" { value = "live" }
    output "agentcore_runtime_version" { value = terraform_data.runtime.output }
  `,
})
async function deploy(version: string, inputs: Record<string, string> = {}) {
  const pull = await stage.open(version, files(version))
  const planned = await stage.run(stage.opened(pull))
  expect(planned.conclusion, planned.log).toBe('success')
  last = await stage.merged(pull)
  const deployed = await stage.run(last, inputs)
  const comment = (await stage.github.comments(pull.number)).map(({ body }) => body).join('\n')
  return { ...deployed, comment, report: reportOf(deployed.outputs) }
}
function reportOf(outputs: Readonly<Record<string, string>>) {
  const report = JSON.parse(readFileSync(outputs['gate-report'] ?? '', 'utf8')) as Record<string, unknown>
  const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as object
  const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
  expect(valid(report), JSON.stringify(valid.errors)).toBe(true)
  return report
}
const stopped = () =>
  readFileSync(join(stage.aws.logDirectory, '..', 'emulator.log'), 'utf8').match(/session \S+ stopped/g)?.length ?? 0

test('without an output for the URL: it is built from the ARN, and signed requests verify the version', async () => {
  const { conclusion, log, outputs, comment, report } = await deploy('1', { 'mcp-expect-version': 'v1' })
  expect(conclusion, log).toBe('success')
  expect(outputs).toMatchObject({ applied: 'true', gate: 'passed', tainted: '[]' })
  expect(outputs['mcp-endpoint']).toBe(
    `${stage.aws.endpoint}/runtimes/${encodeURIComponent(runtime.arn)}/invocations?qualifier=live`,
  )
  expect(report.deployment).toMatchObject({ serving: { kind: 'agentcore', name: 'weather_mcp', qualifier: 'live' } })
  expect(comment).toMatch(/\*\*Stable\*\* after .*: AgentCore serves version 1 of weather/)
  expect(stopped()).toBe(1)
})

test('an endpoint that nobody moves fails the job before any client is told of a new version, and nothing is repaired', async () => {
  expect(await runtime.update('v2')).toBe('2')
  const { conclusion, outputs, comment } = await deploy('2')
  expect(conclusion).toBe('failure')
  expect(outputs).toMatchObject({ 'failure-code': 'AGENTCORE_ENDPOINT_STALE', gate: 'skipped', tainted: '[]' })
  expect(comment).toMatch(/The endpoint live of weather.*mcp stays on version 1, and this apply made version 2/)
  expect(comment).toMatch(/Set agent.*runtime.*version of the endpoint/)
  expect(await runtime.live()).toBe('1')
})

test('a version that speaks no MCP: the endpoint goes back to the version that passed', async () => {
  await runtime.move('2')
  const moved = await stage.run(last, { 'mcp-expect-version': 'v2' })
  expect(moved.conclusion, moved.log).toBe('success')
  expect(await runtime.update('v3-broken')).toBe('3')
  await runtime.move('3')
  const { conclusion, log, outputs, comment } = await deploy('3')
  expect(conclusion).toBe('failure')
  expect(outputs).toMatchObject({ applied: 'true', gate: 'failed', tainted: '[]', 'failure-code': 'RPC_ERROR' })
  expect(log).toMatch(/Rolling weather_mcp back to 2\./)
  expect(comment).toMatch(/\*\*Rolled back\*\*: weather.*mcp runs version 2.* again, which the gate had passed/)
  expect(comment).toMatch(/Terraform still has version 3.*If it does not, no plan moves it/)
  expect(await runtime.live()).toBe('2')
})

test('command: verify finds the same runtime in the state, and stops its session', async () => {
  const before = stopped()
  const schedule = { event: { name: 'schedule', payload: {} }, github: last.github }
  const { conclusion, log, outputs } = await stage.run(schedule, { drift: 'ignore', 'mcp-expect-version': 'v2' })
  expect(conclusion, log).toBe('success')
  expect(reportOf(outputs).deployment).toMatchObject({ serving: { kind: 'agentcore', version: '3' } })
  expect(stopped()).toBe(before + 1)
  expect(stage.github.violations).toEqual([])
})
