/** The control plane with the real SDK client: what is asked, throttling, a missing permission, something that is gone, a cancelled job. */
import { createServer, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CancelledError } from '../../../src/errors.ts'
import { AgentCore } from '../../../src/platforms/agentcore/client.ts'
import type { AgentCoreRuntime } from '../../../src/platforms/agentcore/runtime.ts'
import type { Target } from '../../../src/platforms/platform.ts'
import { startRollback } from '../../../src/platforms/rollback.ts'
import { waitUntilStable } from '../../../src/platforms/watch.ts'
import { readBody } from '../../support/faults.ts'
import { type Listening, listen } from '../../support/mcp/listen.ts'

const environment = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_REGION: 'us-east-1' }
const kept = { ...process.env }
let aws: Listening
let requests: string[]
let answers: Record<string, (response: ServerResponse, count: number) => void>

beforeEach(async () => {
  requests = []
  const counts = new Map<string, number>()
  aws = await listen(
    createServer(async (request, response) => {
      const line = `${request.method} ${request.url}`
      requests.push(`${line} ${await readBody(request)}`.trim())
      const count = counts.get(line) ?? 0
      counts.set(line, count + 1)
      const answer = answers[line]
      if (answer === undefined) return error(404, 'ResourceNotFoundException', 'not found')(response)
      answer(response, count)
    }),
  )
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL: aws.url })
})
afterEach(async () => {
  process.env = { ...kept }
  await aws[Symbol.asyncDispose]()
})

const json = (body: object) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const error = (status: number, name: string, message: string) => (response: ServerResponse) =>
  void response
    .writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': name })
    .end(JSON.stringify({ message }))

const runtimeLine = 'GET /runtimes/weather_mcp-AbCdEf1234/'
const endpointLine = 'GET /runtimes/weather_mcp-AbCdEf1234/runtime-endpoints/live/'
const target: AgentCoreRuntime = {
  kind: 'agentcore',
  arn: 'arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/weather_mcp-AbCdEf1234',
  id: 'weather_mcp-AbCdEf1234',
  name: 'weather_mcp',
  region: 'us-east-1',
  qualifier: 'live',
  version: '7',
  endpointVersion: '7',
  authorizer: 'iam',
}
const runtime = json({ agentRuntimeVersion: '7', status: 'READY', environmentVariables: { KEY: 'a-secret' } })
const live = (liveVersion: string, status = 'READY') => json({ name: 'live', status, liveVersion })

function watch(times = { timeoutMs: 20_000, delayMs: () => 5 }, signal?: AbortSignal) {
  const lines: string[] = []
  const result = waitUntilStable(target as Target, { log: line => lines.push(String(line)), times, signal })
  return { result, lines }
}

test('two reads are one look, and what else a runtime holds is not kept', async () => {
  answers = { [runtimeLine]: runtime, [endpointLine]: live('7') }
  const { result } = watch()
  const watched = await result
  expect(watched).toMatchObject({ revision: 'version 7 of weather_mcp', failure: undefined })
  expect(requests).toEqual([runtimeLine, endpointLine])
  expect(JSON.stringify([watched, await new AgentCore('us-east-1').runtime(target.id)])).not.toContain('a-secret')
})

test('throttling is asked again, and the log says so', async () => {
  const throttled = error(429, 'ThrottlingException', 'Rate exceeded')
  // The SDK itself asks three times.
  answers = {
    [runtimeLine]: (response, count) => (count < 3 ? throttled : runtime)(response),
    [endpointLine]: live('7'),
  }
  const { result, lines } = watch()
  expect(await result).toMatchObject({ failure: undefined })
  expect(lines).toEqual(['Waiting for the AgentCore API: ThrottlingException: Rate exceeded'])
})

test('a missing permission ends the watch, and the fix names it', async () => {
  answers = { [runtimeLine]: runtime, [endpointLine]: error(403, 'AccessDeniedException', 'User is not authorized') }
  expect((await watch().result).failure).toMatchObject({
    code: 'AGENTCORE_ACCESS',
    fix: expect.stringMatching(/bedrock-agentcore:GetAgentRuntimeEndpoint/),
  })
})

test.each([
  ['not found', error(404, 'ResourceNotFoundException', 'gone')],
  ['refused because it was not found', error(403, 'AccessDeniedException', 'The resource was not found')],
])('a runtime that is %s is no missing permission', async (_, answer) => {
  answers = { [runtimeLine]: answer }
  expect((await watch().result).failure?.code).toBe('AGENTCORE_NO_RUNTIME')
})

test('a cancelled job ends the watch', async () => {
  answers = { [runtimeLine]: runtime, [endpointLine]: live('6', 'UPDATING') }
  const controller = new AbortController()
  const reason = new CancelledError('The job was cancelled during stability.')
  const { result } = watch({ timeoutMs: 60_000, delayMs: () => 10_000 }, controller.signal)
  setTimeout(() => controller.abort(reason), 50)
  await expect(result).rejects.toBe(reason)
})

test('a rollback moves the endpoint alone, and is not begun twice', async () => {
  const put = 'PUT /runtimes/weather_mcp-AbCdEf1234/runtime-endpoints/live/'
  answers = { [endpointLine]: (response, count) => live(count === 0 ? '7' : '6')(response), [put]: json({}) }
  const to = { id: '6', label: 'version 6 of weather_mcp' }
  expect(await startRollback(target as Target, to)).toBe(true)
  expect(await startRollback(target as Target, to)).toBe(false)
  expect(
    requests.filter(line => line.startsWith('PUT')).map(line => line.replace(/,?"clientToken":"[^"]+"/, '')),
  ).toEqual([`${put} {"agentRuntimeVersion":"6"}`])
})

test('an endpoint that is gone cannot go back: the error names it', async () => {
  answers = {}
  await expect(startRollback(target as Target, { id: '6', label: '' })).rejects.toThrow(
    'The runtime weather_mcp has no endpoint live.',
  )
})
