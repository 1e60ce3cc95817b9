/**
 * `command: rollback` through the shipped dist, on ECS: to a named version and to the one that passed last, with the gate afterwards. The
 * endpoint answers as the revision does that ECS runs. Images are reviewed by digest, so a revert needs no new one.
 */
import { createServer, request as forward } from 'node:http'
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pushed, type Trigger, workflowDispatch } from '../support/events.ts'
import { type Listening, listen } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import type { Stage } from '../support/stage.ts'
import { cluster, service, smallModule, smallStage } from './stack.ts'

let server: Listening
let endpoint: Listening
let stage: Stage
let ecs: ECSClient

/** The revision that the service is at, and its image. */
async function running(): Promise<{ revision: string; image: string }> {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))
  const taskDefinition = services?.[0]?.deployments?.find(({ status }) => status === 'PRIMARY')?.taskDefinition
  const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))
  return {
    revision: taskDefinition?.replace(/^.*\//, '') ?? '',
    image: described.taskDefinition?.containerDefinitions?.[0]?.image ?? '',
  }
}

beforeAll(async () => {
  server = await v2()
  endpoint = await listen(
    createServer(async (request, response) => {
      if (request.url !== '/mcp') return response.writeHead(404).end()
      const { image } = await running().catch(() => ({ image: '' }))
      if (image.endsWith(':broken')) return response.writeHead(500).end()
      const { method, headers, url } = request
      const onwards = forward(new URL(url ?? '/', server.url), { method, headers, agent: false }, reply => {
        response.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(response)
      })
      onwards.once('error', () => response.destroy())
      request.pipe(onwards)
    }),
  )
  stage = await smallStage(`${endpoint.url}/mcp`, { 'mcp-timeout': '20s', 'mcp-rounds': '1' })
  ecs = new ECSClient({
    endpoint: stage.aws.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  })
})
afterAll(async () => {
  await stage?.close()
  ecs?.destroy()
  await endpoint?.[Symbol.asyncDispose]()
  await server?.[Symbol.asyncDispose]()
})

let tip: Trigger

async function deploy(title: string, tag: string, inputs: Record<string, string> = {}) {
  tip = await stage.merged(await stage.open(title, smallModule(tag)))
  return await stage.run(tip, inputs)
}

const rollBack = (to?: string, inputs: Record<string, string> = {}) =>
  stage.run(workflowDispatch(stage.github, { sha: tip.github.sha }), {
    command: 'rollback',
    ...(to !== undefined && { 'rollback-to': to }),
    ...inputs,
  })

describe('command: rollback', () => {
  let first: string
  let second: string

  test('before anything was recorded it needs a name, and changes nothing', async () => {
    expect((await deploy('One', 'v1')).outputs).toMatchObject({ gate: 'passed' })
    first = (await running()).revision
    const result = await rollBack()
    expect(result.outputs).toMatchObject({
      command: 'rollback',
      'failure-code': 'ROLLBACK_VERSION_MISSING',
      'failure-phase': 'rollback',
      'rolled-back-to': '',
    })
    expect(result.log).toContain('No task definition of weather is recorded as verified, and rollback-to is empty.')
    expect(result.summary).toContain('Not rolled back')
    expect((await running()).revision).toBe(first)
  })

  test('goes to a named version that passed, proves it, and explains the drift', async () => {
    expect((await deploy('Two', 'v2', { 'on-failure': 'rollback' })).outputs).toMatchObject({ gate: 'passed' })
    second = (await running()).revision
    expect(second).not.toBe(first)
    const result = await rollBack(first)
    expect(result.log).not.toMatch(/##\[error]/)
    expect(result.outputs).toMatchObject({
      command: 'rollback',
      gate: 'passed',
      applied: 'false',
      'rolled-back-to': first,
      'failure-code': '',
    })
    expect(await running()).toEqual({ revision: first, image: 'weather:v1' })
    expect(result.summary).toContain('Rolled back and verified')
    expect(result.summary).toContain(`weather runs ${first}, and it passes the gate. Terraform still has ${second}`)
    // The report promised this drift.
    const verified = await stage.run(workflowDispatch(stage.github, { sha: tip.github.sha }), {
      command: 'verify',
      drift: 'fail',
    })
    expect(verified.outputs).toMatchObject({ 'failure-code': 'DRIFT', drift: '["module.server.aws_ecs_service.this"]' })
  })

  test('without a name goes to the version that passed last, which the next verified apply had recorded', async () => {
    const broken = await deploy('Broken', 'broken', { 'on-failure': 'none' })
    expect(broken.outputs).toMatchObject({ gate: 'failed', 'failure-code': 'SERVER_ERROR' })
    expect((await running()).image).toBe('weather:broken')
    const result = await rollBack()
    expect(result.log).not.toMatch(/##\[error]/)
    expect(result.outputs).toMatchObject({ gate: 'passed', 'rolled-back-to': second })
    expect(await running()).toEqual({ revision: second, image: 'weather:v2' })
  })

  test('to a version whose gate is red says so, and tries no other one', async () => {
    const broken = second.replace(/\d+$/, number => String(Number(number) + 1))
    const result = await rollBack(broken)
    expect(result.conclusion).toBe('failure')
    expect(result.outputs).toMatchObject({
      gate: 'failed',
      'failure-code': 'SERVER_ERROR',
      'rolled-back-to': '',
      tainted: '[]',
    })
    expect(result.summary).toContain('Rollback failed')
    expect(result.summary).toMatch(/that does not pass: .* Nothing else was tried/)
    expect(await running()).toEqual({ revision: broken, image: 'weather:broken' })
    expect((await rollBack(second)).outputs).toMatchObject({ gate: 'passed', 'rolled-back-to': second })
  })

  test.each([
    ['storms:1', 'ROLLBACK_VERSION_INVALID', 'which is not a task definition of weather: allowed are'],
    ['weather:9999', 'SERVICE_FAILED', 'There is no task definition weather:9999, so weather cannot go back to it.'],
  ])('refuses %s before anything is changed', async (name, code, sentence) => {
    const result = await rollBack(name)
    expect(result.outputs).toMatchObject({ 'failure-code': code, 'failure-phase': 'rollback', gate: 'skipped' })
    expect(result.log).toContain(sentence)
    expect(await running()).toEqual({ revision: second, image: 'weather:v2' })
  })

  test('is refused on a push, and with credentials that end', async () => {
    const push = await stage.run(pushed(stage.github, { before: tip.github.sha, after: tip.github.sha }), {
      command: 'rollback',
    })
    expect(push.log).toContain('Input command is "rollback" on the event push')
    const ending = await rollBack(first, { 'aws-expiration': new Date(Date.now() + 60_000).toISOString() })
    expect(ending.outputs).toMatchObject({ 'failure-code': 'CREDENTIALS_EXPIRE' })
    expect(await running()).toEqual({ revision: second, image: 'weather:v2' })
  })
})
