import { afterEach, beforeEach, expect, test } from 'vitest'
import { AliveMcp } from '../../src/clients/monitor.ts'
import { register } from '../../src/steps/register.ts'
import { type AliveMcp as StandIn, startAliveMcp } from '../support/alivemcp.ts'

const wanted = {
  name: 'weather',
  url: 'https://mcp.example.com/mcp',
  interval_seconds: 60,
  protocol_version: '2026-07-28',
}
let monitor: StandIn
let client: AliveMcp

beforeEach(async () => {
  monitor = await startAliveMcp()
  client = new AliveMcp(monitor.apiUrl, monitor.apiKey)
})
afterEach(() => monitor.stop())

test('creates it once, however often it is run', async () => {
  const first = await register(client, wanted)
  expect(first).toMatchObject({ outcome: 'created', id: expect.stringMatching(/./) })
  const again = await register(client, { ...wanted, url: 'https://MCP.example.com/mcp/' })
  expect(again).toMatchObject({ outcome: 'exists' })
  expect(monitor.monitors).toHaveLength(1)
  expect(monitor.monitors[0]).toMatchObject(wanted)
})

test('a wrong key is a warning that does not repeat the key', async () => {
  const result = await register(new AliveMcp(monitor.apiUrl, 'wrong-key-value'), wanted)
  expect(result).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(/401/) })
  expect(JSON.stringify(result)).not.toContain('wrong-key-value')
})

test('a monitor that is not there is a warning', async () => {
  await monitor.stop()
  expect(await register(client, wanted)).toMatchObject({
    outcome: 'failed',
    warning: expect.stringMatching(/could not be registered/),
  })
})
