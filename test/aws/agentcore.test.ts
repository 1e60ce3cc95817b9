/**
 * AgentCore in the stand-in: our watch, rollback and evidence with the real SDK client, and the gate through the data plane, which checks
 * each signature with botocore and starts a server for each session.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GateRequest } from '../../src/gate/gate.ts'
import { withAccess } from '../../src/platforms/access.ts'
import { type AgentCoreRuntime, urlOf } from '../../src/platforms/agentcore/runtime.ts'
import { explained } from '../../src/platforms/aws/causes.ts'
import { collectEvidence } from '../../src/platforms/evidence.ts'
import { accessTo } from '../../src/platforms/index.ts'
import type { Target } from '../../src/platforms/platform.ts'
import { rolledBack, startRollback } from '../../src/platforms/rollback.ts'
import { waitUntilStable } from '../../src/platforms/watch.ts'
import { createRuntime, type RuntimeInAws, repository } from '../support/agentcore.ts'
import { type Aws, startAws } from '../support/aws.ts'
import { quickGate } from '../support/mcp/quick-gate.ts'

const server = fileURLToPath(new URL('../../demo/server.ts', import.meta.url))
const image = (version: string, env: Record<string, string> = {}) => ({
  [`${repository}:${version}`]: {
    command: [process.execPath, server],
    env: { API_KEY: 'k', VERSION: version, ...env },
  },
})
const kept = { ...process.env }
let directory = ''
let aws: Aws
let runtime: RuntimeInAws
let tokens: RuntimeInAws

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'agentcore-'))
  aws = await startAws({
    dir: directory,
    tasks: {
      ...image('v1'),
      ...image('v2'),
      ...image('v4-denied'),
      [`${repository}:v3-crash`]: {
        command: [process.execPath, '-e', 'console.error("Error: Cannot find module \'tea\'"); process.exit(1)'],
      },
    },
  })
  Object.assign(process.env, aws.env)
  delete process.env.AWS_SESSION_TOKEN
  runtime = await createRuntime(aws.endpoint, 'weather_mcp', 'v1')
  tokens = await createRuntime(aws.endpoint, 'tokens_mcp', 'v1', {
    endpointName: 'DEFAULT',
    discoveryUrl: 'https://id.example.com/.well-known/openid-configuration',
  })
})
afterAll(async () => {
  process.env = kept
  for (const each of [runtime, tokens]) each?.close()
  await aws?.stop()
  rmSync(directory, { recursive: true, force: true })
})

/** The target as a state with these versions would hold it. */
const targetAt = (version: string, endpointVersion: string | undefined = version): AgentCoreRuntime => ({
  kind: 'agentcore',
  arn: runtime.arn,
  id: runtime.id,
  name: 'weather_mcp',
  region: 'us-east-1',
  qualifier: 'live',
  version,
  endpointVersion,
  authorizer: 'iam',
})
const watch = async (target: Target) =>
  await waitUntilStable(target, { log: () => {}, times: { timeoutMs: 20_000, delayMs: () => 100 } })

async function askGate(target: AgentCoreRuntime, more: Partial<GateRequest> = {}, { leaves = true } = {}) {
  const endpoint = urlOf(target) ?? ''
  const request: GateRequest = {
    endpoint,
    require: 'any',
    transport: 'auto',
    headers: {},
    tools: [],
    rounds: 2,
    timeoutMs: 30_000,
    ...more,
  }
  const { leaveUrl, ...access } = accessTo(target as Target, endpoint)
  return await quickGate(withAccess(request, { ...access, ...(leaves && leaveUrl !== undefined && { leaveUrl }) }))
}
const versionOf = (report: Awaited<ReturnType<typeof askGate>>) => report.serverInfo?.version
const emulatorLog = () => readFileSync(join(directory, 'emulator.log'), 'utf8')
const starts = (version: string) =>
  readdirSync(aws.logDirectory).filter(name => name.startsWith(`agentcore-${runtime.id}-${version}-`)).length

test('the first version serves, and one session of the gate is started for all rounds and stopped', async () => {
  expect(await watch(targetAt('1') as Target)).toMatchObject({
    revision: 'version 1 of weather_mcp',
    failure: undefined,
  })
  const report = await askGate(targetAt('1'))
  expect(report).toMatchObject({ passed: true, warnings: [] })
  expect(versionOf(report)).toBe('v1')
  expect(starts('1')).toBe(1)
  expect(emulatorLog().match(/session terraform-mcp-deploy-\S+ stopped/g)?.length).toBe(1)
})

test('a request without a signature, or signed for another service, is refused', async () => {
  const unsigned = await askGate(targetAt('1'), { sigv4: 'none', timeoutMs: 0 })
  expect(unsigned.failure).toMatchObject({ code: 'AUTH_REQUIRED' })
  const wrong = await askGate(targetAt('1'), { sigv4: 'lambda/us-east-1', timeoutMs: 0 })
  expect(wrong.failure).toMatchObject({ code: 'AWS_SIGNATURE_REFUSED' })
  expect(starts('1')).toBe(1)
})

test('an endpoint that nobody moves: the apply is green and the old version answers', async () => {
  expect(await runtime.update('v2')).toBe('2')
  expect(await watch(targetAt('2', '1') as Target)).toMatchObject({ failure: { code: 'AGENTCORE_ENDPOINT_STALE' } })
  expect(versionOf(await askGate(targetAt('2', '1')))).toBe('v1')
})

test('while the endpoint moves the old version answers; then a new session gets the new one, and an old session stays', async () => {
  // A session that a client began; the gate here plays the client, so it does not stop it.
  const headers = { 'X-Amzn-Bedrock-AgentCore-Runtime-Session-Id': 'a-session-that-a-client-began-before' }
  const client = () => askGate(targetAt('2'), { headers, rounds: 1 }, { leaves: false })
  expect(versionOf(await client())).toBe('v1')
  await runtime.move('2', false)
  const lines: string[] = []
  const watched = await waitUntilStable(targetAt('2') as Target, {
    log: line => lines.push(String(line)),
    times: { timeoutMs: 20_000, delayMs: () => 100 },
  })
  expect(watched).toMatchObject({ revision: 'version 2 of weather_mcp' })
  expect(lines.join('\n')).toMatch(/endpoint live is UPDATING, version 1 still answers/)
  expect(versionOf(await askGate(targetAt('2')))).toBe('v2')
  expect(versionOf(await client())).toBe('v1')
})

test('a version that AgentCore accepts and that does not start: 424, the cause from its log, and the way back', async () => {
  expect(await runtime.update('v3-crash')).toBe('3')
  await runtime.move('3')
  const target = targetAt('3')
  expect(await watch(target as Target)).toMatchObject({ failure: undefined })
  const { failure } = await askGate(target)
  expect(failure).toMatchObject({ code: 'START_FAILED', remedy: 'replace' })
  if (failure === undefined) throw new Error('The gate passed.')
  const evidence = await collectEvidence(target as Target)
  expect(evidence).toMatchObject({ omitted: [], log: { group: `/aws/bedrock-agentcore/runtimes/${runtime.id}-live` } })
  expect(explained(failure, evidence, urlOf(target))).toMatchObject({
    cause: 'RUNTIME_MODULE_MISSING',
    sentence: expect.stringMatching(/HTTP 424.* because the server cannot load "tea"\.$/),
  })
  const back = { id: '2', label: 'version 2 of weather_mcp' }
  expect(await startRollback(target as Target, back)).toBe(true)
  expect(await watch(rolledBack(target as Target, back))).toMatchObject({ revision: back.label, failure: undefined })
  expect(versionOf(await askGate(targetAt('2')))).toBe('v2')
  expect(await startRollback(target as Target, back)).toBe(false)
})

test('a version that AgentCore refuses: its reason is in the failure, and clients keep the version before', async () => {
  expect(await runtime.update('v4-denied')).toBe('4')
  const target = targetAt('4', '2')
  const { failure } = await watch(target as Target)
  expect(failure).toMatchObject({
    code: 'AGENTCORE_FAILED',
    sentence: expect.stringMatching(/could not make version 4 of weather_mcp: Access denied while validating ECR URI/),
  })
  expect((await collectEvidence(target as Target)).microVm?.failureReasons).toEqual([
    expect.stringMatching(/^Access denied/),
  ])
  expect(versionOf(await askGate(targetAt('2')))).toBe('v2')
})

test('a runtime that takes tokens: no signature is sent, and one that somebody asks for is explained', async () => {
  const target: AgentCoreRuntime = {
    ...targetAt('1'),
    arn: tokens.arn,
    id: tokens.id,
    qualifier: 'DEFAULT',
    authorizer: 'jwt',
  }
  const without = await askGate(target, { timeoutMs: 0 })
  expect(without.failure).toMatchObject({ code: 'AUTH_REQUIRED' })
  expect((await askGate(target, { headers: { Authorization: 'Bearer token-of-the-lab' } })).passed).toBe(true)
  const { failure } = await askGate(target, { sigv4: 'bedrock-agentcore/us-east-1', timeoutMs: 0 })
  if (failure === undefined) throw new Error('The gate passed.')
  expect(failure).toMatchObject({ code: 'AWS_SIGNATURE_REFUSED' })
  expect(explained(failure, await collectEvidence(target as Target), undefined)).toMatchObject({
    cause: 'RUNTIME_WANTS_TOKENS',
    remedy: 'config',
  })
})
