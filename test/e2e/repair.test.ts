/**
 * What is repaired after a failed deployment, through the shipped dist with real Terraform: taint, rollback, and what
 * happens when the repair itself cannot be made. The endpoint answers as the revision does that ECS runs.
 */
import { createServer, request as forward } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { isNoNotice } from '../support/notices.ts'
import { type Stage, stateBucket } from '../support/stage.ts'
import { cluster, service, smallModule, smallStage, taskDefinitionAddress } from './stack.ts'

const parameter = `/terraform-mcp-deploy/${cluster}/${service}/passed-task-definition`
const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }

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
      // A connection of its own: the client's `connection: close` is among the headers.
      const onwards = forward(new URL(url ?? '/', server.url), { method, headers, agent: false }, reply => {
        response.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(response)
      })
      onwards.once('error', () => response.destroy())
      request.pipe(onwards)
    }),
  )
  stage = await smallStage(`${endpoint.url}/mcp`, {
    'on-failure': 'rollback',
    // What is broken is asked until the deadline, and a busy machine must still be able to pass what is not.
    'mcp-timeout': '20s',
    'mcp-rounds': '1',
  })
  ecs = new ECSClient({ endpoint: stage.aws.endpoint, region: 'us-east-1', credentials })
})
afterAll(async () => {
  await stage?.close()
  ecs?.destroy()
  await endpoint?.[Symbol.asyncDispose]()
  await server?.[Symbol.asyncDispose]()
})

async function aws(serviceName: string, target: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(stage.aws.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/${serviceName}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}

const recorded = async () => {
  const { Parameter } = await aws('ssm', 'AmazonSSM.GetParameter', { Name: parameter })
  return (Parameter as { Value?: string } | undefined)?.Value?.replace(/^.*\//, '')
}

const commentOf = async (number: number) => (await stage.github.comments(number))[0]?.body ?? ''

async function deploy(
  title: string,
  tag: string,
  inputs: Record<string, string> = {},
  more: Record<string, string> = {},
) {
  const pull = await stage.open(title, { 'infra/more.tf': '', ...smallModule(tag), ...more })
  const trigger = await stage.merged(pull)
  return { pull, trigger, result: await stage.run(trigger, inputs) }
}

describe('on-failure: rollback', () => {
  let good: string

  test('the first deployment has nothing to go back to: said so, and tainted', async () => {
    const { pull, result } = await deploy('First', 'broken')
    expect(result.conclusion).toBe('failure')
    expect(result.outputs).toMatchObject({
      'gate-code': 'SERVER_ERROR',
      tainted: JSON.stringify([taskDefinitionAddress]),
    })
    expect(await commentOf(pull.number)).toMatch(/There is nothing to roll back to/)
    expect(await recorded()).toBeUndefined()
  })

  test('a revision that passes is noted outside of Terraform, which plans no change for it', async () => {
    const { trigger, result } = await deploy('Good', 'v1')
    expect(result.log).not.toMatch(/##\[error]/)
    expect(result.outputs).toMatchObject({ gate: 'passed' })
    good = (await running()).revision
    expect(await recorded()).toBe(good)
    const again = await stage.run(trigger)
    expect(again.outputs).toMatchObject({ 'has-changes': 'false', gate: 'passed' })
  })

  test('a broken revision is rolled back, gated, and the report warns of the next plan; run again, it is so again', async () => {
    const { pull, trigger, result } = await deploy('Broken', 'broken')
    for (const each of [result, await stage.run(trigger)]) {
      expect(each.conclusion).toBe('failure')
      expect(each.outputs).toMatchObject({ 'gate-code': 'SERVER_ERROR', tainted: '[]', 'has-changes': 'true' })
      expect(await running()).toEqual({ revision: good, image: 'weather:v1' })
      const comment = await commentOf(pull.number)
      expect(comment).toContain('**Rolled back**')
      expect(comment).toContain(`weather runs ${good} again, which the gate had passed, and it passes the gate now.`)
      expect(comment).toMatch(/the next plan with unchanged inputs deploys the broken revision again/)
      expect(each.summary).toMatch(/the next plan with unchanged inputs deploys the broken revision again/)
    }
    expect(await recorded()).toBe(good)
  })

  test('runs that are lost after the apply, lost and cancelled in the rollback: the next one rolls back to what had passed', async () => {
    const pull = await stage.open('Lost', smallModule('broken'))
    const trigger = await stage.merged(pull)
    const lost = stage.start(trigger, { 'mcp-timeout': '5m' })
    await lost.line('##[group]gate')
    lost.kill()
    await lost.done
    lost.endOrphans()
    expect((await running()).image).toBe('weather:broken')

    const rolling = stage.start(trigger, { 'mcp-timeout': '5s' })
    await rolling.line(/^Rolling weather back to /)
    rolling.kill()
    await rolling.done
    expect((await running()).revision).toBe(good)

    const cancelled = stage.start(trigger, { 'mcp-timeout': '5s' })
    await cancelled.line(/^Rolling weather back to /)
    cancelled.cancel()
    const { conclusion, main } = await cancelled.done
    expect(main.signal).toBeNull()
    expect(conclusion).toBe('cancelled')
    expect(await commentOf(pull.number)).toContain('The job was cancelled during rollback.')
    expect(await commentOf(pull.number)).toContain(`weather is on its way back to ${good}, and the run ended before`)

    const next = await stage.run(trigger)
    expect(next.outputs).toMatchObject({ 'gate-code': 'SERVER_ERROR', tainted: '[]' })
    expect(await running()).toEqual({ revision: good, image: 'weather:v1' })
    expect((await stage.github.comments(pull.number)).filter(({ body }) => isNoNotice(body ?? ''))).toHaveLength(1)
    expect(await commentOf(pull.number)).toContain(`weather runs ${good} again`)
    expect(await recorded()).toBe(good)
    expect(await stage.stateObject('small.tfstate.tflock')).toBeUndefined()
    expect(stage.monitor.monitors).toHaveLength(1)
  })

  test('where the circuit breaker has rolled back, that is gated and not deployed again', async () => {
    const { pull, result } = await deploy('Crash', 'crash')
    expect(result.outputs).toMatchObject({ 'gate-code': 'ECS_ROLLED_BACK', gate: 'skipped', tainted: '[]' })
    expect(result.log).toMatch(/ECS has already gone back to /)
    expect(await commentOf(pull.number)).toMatch(/container server exits with code 3[\s\S]*Rolled back/)
    expect((await running()).revision).toBe(good)
  })

  test('what is wrong around the server repairs nothing, and the report says what to change', async () => {
    const { pull, result } = await deploy('Path', 'v1', { 'mcp-endpoint': `${endpoint.url}/nowhere` })
    expect(result.outputs).toMatchObject({ 'gate-code': 'PATH_404', tainted: '[]' })
    const comment = await commentOf(pull.number)
    expect(comment).toMatch(/Nothing was rolled back: what is wrong lies around the server/)
    expect(comment).toMatch(/Correct the path of the URL/)
  })
})

describe('on-failure: taint', () => {
  const taint = { 'on-failure': 'taint' }
  const lock = `${stateBucket}/small.tfstate.tflock`
  const lockRequest = (method: string, body?: string) =>
    fetch(`${stage.aws.endpoint}/${lock}`, {
      method,
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
      },
      ...(body === undefined ? {} : { body }),
    })

  test('a taint that the lock prevents is told with its holder and with what to do by hand, beside the failure', async () => {
    const pull = await stage.open('Locked', smallModule('broken'))
    const trigger = await stage.merged(pull)
    const run = stage.start(trigger, { ...taint, 'lock-timeout': '1s' })
    await run.line('##[group]gate')
    const held = {
      ID: 'aaaa-bbbb',
      Operation: 'OperationTypeApply',
      Info: '',
      Who: 'night@ops',
      Version: '1.11.4',
      Created: '2026-11-22T03:00:00Z',
      Path: 'small',
    }
    await lockRequest('PUT', JSON.stringify(held))
    const result = await run.done
    await lockRequest('DELETE')
    expect(result.conclusion).toBe('failure')
    expect(result.outputs).toMatchObject({ 'gate-code': 'SERVER_ERROR', tainted: '[]' })
    const comment = await commentOf(pull.number)
    expect(comment).toMatch(/SERVER_ERROR/)
    expect(comment).toMatch(/could not be tainted/)
    expect(comment).toContain('aaaa-bbbb')

    const next = await stage.run(trigger, taint)
    expect(JSON.parse(next.outputs.tainted ?? '')).toEqual([taskDefinitionAddress])
    expect(await commentOf(pull.number)).toContain(`terraform untaint '${taskDefinitionAddress}'`)
  })

  test('runs that are lost and cancelled while they taint: nothing is lost, and the next one may replace what is tainted', async () => {
    const inputs = { ...taint, 'mcp-timeout': '5s', 'plan-approval': 'reviewed' }
    const pull = await stage.open('Dying', { ...smallModule('broken'), 'infra/note.tf': 'output "n" { value = 1 }\n' })
    await stage.run(stage.opened(pull), inputs)
    const trigger = await stage.merged(pull)
    /** A run that waits for the lock with its taint. */
    const tainting = async () => {
      const run = stage.start(trigger, { ...inputs, 'lock-timeout': '60s' })
      await run.line('##[group]gate')
      const lockInfo = {
        ID: 'cccc',
        Operation: 'o',
        Info: '',
        Who: 'x@y',
        Version: '1',
        Created: '2026-11-22T03:00:00Z',
      }
      await lockRequest('PUT', JSON.stringify(lockInfo))
      await run.line('##[group]taint')
      await run.line(/^Acquiring state lock/)
      // The plan may have waited for a lock, too; reading the state takes a second before the taint.
      await delay(3_000)
      return run
    }
    const isTainted = async () => (await stage.stateObject('small.tfstate'))?.includes('"status": "tainted"') === true

    const lost = await tainting()
    lost.kill()
    await lost.done
    await lockRequest('DELETE')
    await expect.poll(isTainted, { timeout: 60_000 }).toBe(true)

    const cancelled = await tainting()
    cancelled.cancel()
    await lockRequest('DELETE')
    const { conclusion, main } = await cancelled.done
    expect(main.signal).toBeNull()
    expect(conclusion).toBe('cancelled')
    expect(await commentOf(pull.number)).toMatch(/The job was cancelled while it tainted/)
    expect(await isTainted()).toBe(true)

    const next = await stage.run(trigger, inputs)
    expect(next.outputs).toMatchObject({ applied: 'true', tainted: JSON.stringify([taskDefinitionAddress]) })
    expect((await stage.github.comments(pull.number)).filter(({ body }) => isNoNotice(body ?? ''))).toHaveLength(1)
    expect(await stage.stateObject('small.tfstate.tflock')).toBeUndefined()
    expect(stage.monitor.monitors).toHaveLength(1)
  })

  test('an apply that fails half-way repairs nothing and says that what is there is not verified; the next run goes on', async () => {
    const failing = {
      'infra/more.tf': `resource "terraform_data" "after" {
        input = module.server.name
        provisioner "local-exec" { command = "test -e mended" }
      }`,
    }
    const { pull, result } = await deploy('Half', 'v2', taint, failing)
    expect(result.conclusion).toBe('failure')
    expect(result.outputs).toMatchObject({ applied: 'false', gate: 'skipped', tainted: '[]' })
    expect(await commentOf(pull.number)).toMatch(
      /are not verified&#46; Nothing was tainted or rolled back|are not verified\. Nothing was tainted or rolled back/,
    )
    expect((await running()).image).toBe('weather:v2')
    const again = await deploy('Mended', 'v2', taint, { ...failing, 'infra/mended': 'yes' })
    expect(again.result.log).not.toMatch(/##\[error]/)
    expect(again.result.outputs).toMatchObject({ gate: 'passed', tainted: '[]' })
  })
})
