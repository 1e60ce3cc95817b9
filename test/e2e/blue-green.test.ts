/**
 * A blue/green deployment that ECS holds at a pause, through the shipped dist with real Terraform: the gate judges the test
 * listener, and a version that does not speak MCP reaches no client.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BlueGreen, blueGreen } from '../support/blue-green.ts'
import { type Listening, listenHttp } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import type { Stage } from '../support/stage.ts'
import { smallModule, smallStage } from './stack.ts'

let production: Listening
let green: Listening
let broken: Listening
let ecs: BlueGreen
let stage: Stage
beforeAll(async () => {
  production = await v2()
  green = await v2()
  broken = await listenHttp((_, response) => void response.end('<h1>It works!</h1>'))
  ecs = await blueGreen()
  stage = await smallStage(
    `${production.url}/mcp`,
    { 'mcp-rounds': '1', 'mcp-timeout': '10s', 'alivemcp-api-key': '' },
    undefined,
    { AWS_ENDPOINT_URL: ecs.url },
  )
  ecs.upstream = stage.aws.endpoint
})
afterAll(async () => {
  await stage.close()
  for (const server of [production, green, broken, ecs]) await server[Symbol.asyncDispose]()
})

async function deploy(tag: string, testListener: string) {
  const output = `output "mcp_test_endpoint" { value = "${testListener}/mcp" }`
  const pull = await stage.open(`${tag} ${testListener}`, { ...smallModule(tag), 'infra/test.tf': output })
  const deployed = await stage.run(await stage.merged(pull))
  const comment = (await stage.github.comments(pull.number)).map(({ body }) => body).join('\n')
  return { ...deployed, comment }
}

test('the first version has nothing before it that could be held', async () => {
  const { conclusion, log } = await deploy('v1', green.url)
  expect(conclusion, log).toBe('success')
  expect(ecs.answers).toEqual([])
})

test('a version that passes at the test listener is let through, and then gated at the endpoint', async () => {
  const { conclusion, log, outputs } = await deploy('v2', green.url)
  expect(conclusion, log).toBe('success')
  expect(log).toMatch(/weather:2 is held before it gets all clients: the gate decides\./)
  expect(ecs.answers).toEqual(['CONTINUE'])
  expect(outputs).toMatchObject({ gate: 'passed', 'mcp-endpoint': `${production.url}/mcp` })
})

test('a version that fails there is given up: no client reached it, nothing is tainted', async () => {
  const { conclusion, outputs, comment } = await deploy('broken', broken.url)
  expect(conclusion).toBe('failure')
  expect(ecs.answers).toEqual(['CONTINUE', 'ROLLBACK'])
  expect(outputs).toMatchObject({ applied: 'true', gate: 'failed', 'failure-phase': 'gate', tainted: '[]' })
  expect(comment).toMatch(/The gate refused weather:3 before any client reached it\. weather still runs weather:2\./)
  expect(comment).toMatch(/Nothing was tainted: no client reached the new version\./)
})

test('the next plan with the same inputs deploys the refused version again, as the report said', async () => {
  const { conclusion, log } = await deploy('broken', green.url)
  expect(conclusion, log).toBe('success')
  expect(ecs.answers).toEqual(['CONTINUE', 'ROLLBACK', 'CONTINUE'])
})
