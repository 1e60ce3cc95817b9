/**
 * The monitors over the life of a stack, through the shipped dist with real Terraform: registered, asleep while a
 * deployment fails, moved with the endpoint, and the webhook told each time.
 */
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signature } from '../../src/monitors/webhook.ts'
import { readBody } from '../support/faults.ts'
import { faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import { type Listening, listen } from '../support/mcp/listen.ts'
import type { Stage } from '../support/stage.ts'
import { smallModule, smallStage } from './stack.ts'

describe('the monitors of a stack', () => {
  const secret = 'the-webhook-s3cret'
  const events: { event: string; endpoint: string; previousEndpoint: string | null; failure: object | null }[] = []
  const unsigned: string[] = []
  let broken = false
  let servers: Listening[]
  let receiver: Listening
  let stage: Stage

  beforeAll(async () => {
    const speaks = mcpLike()
    const server = () =>
      faulty((asked, req, res) =>
        broken ? reply(res, 200, 'text/html', '<title>Not this</title>') : speaks(asked, req, res),
      )
    servers = [await server(), await server()]
    receiver = await listen(
      createServer(async (incoming, response) => {
        const body = await readBody(incoming)
        const time = Number(incoming.headers['x-mcp-deploy-timestamp'])
        if (incoming.headers['x-mcp-deploy-signature-256'] !== signature(secret, time, body)) unsigned.push(body)
        events.push(JSON.parse(body))
        response.writeHead(204).end()
      }),
    )
    stage = await smallStage('', { 'webhook-url': `${receiver.url}/t0ken`, 'webhook-secret': secret })
  })
  afterAll(async () => {
    await stage?.close()
    for (const each of [...(servers ?? []), receiver]) await each?.[Symbol.asyncDispose]()
  })

  /** The small module, in a tag and with its endpoint as an output. */
  const files = (tag: string, endpoint: string) => ({
    ...smallModule(tag),
    'infra/endpoint.tf': `output "mcp_endpoint" { value = "${endpoint}" }`,
  })
  const deploy = async (title: string, tag: string, endpoint: string) =>
    stage.run(await stage.merged(await stage.open(title, files(tag, endpoint))))

  test('one monitor through a deployment, a failure at a new address, and its repair', async () => {
    const [first = '', second = ''] = servers.map(({ url }) => `${url}/mcp`)
    const created = await deploy('First', 'v1', first)
    expect(created.conclusion, created.log).toBe('success')
    expect(created.outputs).toMatchObject({ 'failed-phase': '', 'gate-code': '' })
    const { id } = stage.monitor.monitors[0] ?? {}
    expect(stage.monitor.monitors).toMatchObject([{ url: first, paused: false }])
    expect(created.outputs['monitor-id']).toBe(id)
    expect(created.summary).toMatch(/\*\*Registered\*\* with AliveMCP as monitor `mon_[^`]*`, last status `live`/)

    const rolledBack = await deploy('Crash', 'crash', first)
    expect(rolledBack.outputs).toMatchObject({ 'failed-phase': 'stability', 'gate-code': 'ECS_ROLLED_BACK' })
    expect(stage.monitor.monitors).toMatchObject([{ id, paused: false }])

    broken = true
    const failed = await deploy('Move', 'v2', second)
    expect(failed.outputs).toMatchObject({ 'failed-phase': 'gate', 'gate-code': 'HTML_PAGE', 'monitor-id': '' })
    expect(stage.monitor.monitors).toMatchObject([{ id, url: second, paused: true }])
    expect(failed.summary).toMatch(/\*\*Paused\*\* until the next verified deployment, at AliveMCP/)

    broken = false
    const repaired = await deploy('Repair', 'v1', second)
    expect(repaired.conclusion, repaired.log).toBe('success')
    expect(stage.monitor.monitors).toMatchObject([{ id, url: second, paused: false }])

    const back = await deploy('Back', 'v1', first)
    expect(back.conclusion, back.log).toBe('success')
    expect(stage.monitor.monitors).toMatchObject([{ id, url: first }])
    expect(back.summary).toMatch(/\*\*Moved\*\* at AliveMCP/)

    expect(events).toMatchObject([
      { event: 'deployment.verified', endpoint: first, previousEndpoint: null, failure: null },
      { event: 'deployment.failed', endpoint: first, failure: { phase: 'stability', code: 'ECS_ROLLED_BACK' } },
      { event: 'deployment.failed', endpoint: second, previousEndpoint: first, failure: { code: 'HTML_PAGE' } },
      { event: 'deployment.verified', endpoint: second, previousEndpoint: null },
      { event: 'deployment.verified', endpoint: first, previousEndpoint: second },
    ])
    expect(unsigned).toEqual([])
    const state = (await stage.stateObject('small.tfstate')) ?? ''
    for (const { log, summary, outputs } of [created, rolledBack, failed, repaired, back]) {
      const text = [log, summary, JSON.stringify(outputs), state].join('\n')
      for (const hidden of [stage.monitor.apiKey, secret, 't0ken']) expect(text).not.toContain(hidden)
    }
  })
})
