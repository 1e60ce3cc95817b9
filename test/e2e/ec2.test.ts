import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ec2, ec2At } from '../support/instance.ts'
import { type Listening, listenHttp } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type Stage, setStage, stateBucket } from '../support/stage.ts'

/** Healthy for every probe that does not speak MCP. */
const noMcp = () => listenHttp((_, response) => void response.end('<h1>It works!</h1>'))

let stage: Stage
let ec2: Ec2
let good: Listening
let broken: Listening
let booting: AsyncDisposable

beforeAll(async () => {
  good = await v2()
  broken = await noMcp()
  stage = await setStage({
    images: {},
    inputs: {
      stack: 'ec2',
      'working-directory': 'infra',
      'var-file': 'production.tfvars',
      'backend-config': `bucket=${stateBucket}\nkey=ec2.tfstate\nregion=us-east-1`,
      'mcp-timeout': '60s',
      'alivemcp-name': 'orders-mcp',
    },
  })
  ec2 = ec2At(stage.aws.endpoint)
  booting = ec2.boot('SUCCESS')
})
afterAll(async () => {
  await booting[Symbol.asyncDispose]()
  await stage.close()
  await good[Symbol.asyncDispose]()
  await broken[Symbol.asyncDispose]()
})

const files = (ref: string) => ({
  'infra/production.tfvars': `
    name        = "orders-mcp"
    git         = { url = "https://github.com/example/orders-mcp.git", ref = "${ref}" }
    domain_name = "mcp.example.com"
  `,
})
const comment = async (number: number) => (await stage.github.comments(number)).map(({ body }) => body).join('\n')

test('an instance that boots and speaks no MCP is tainted, and registered nowhere', async () => {
  const pull = await stage.open('First', files('v1'))
  const planned = await stage.run(stage.opened(pull))
  expect(planned.conclusion, planned.log).toBe('success')
  const red = await stage.run(await stage.merged(pull), { 'mcp-endpoint': `${broken.url}/mcp`, 'mcp-timeout': '5s' })
  expect(red.conclusion).toBe('failure')
  expect(red.outputs, red.log).toMatchObject({ applied: 'true', gate: 'failed', tainted: '["aws_instance.this"]' })
  expect(JSON.parse(red.outputs['terraform-outputs'] ?? '')).toMatchObject({
    mcp_endpoint: 'https://mcp.example.com/mcp',
    instance_id: await ec2.addressed(),
  })
  expect(await comment(pull.number)).toMatch(/The next apply replaces the instance/)
  expect(stage.monitor.monitors).toEqual([])
})

test('the next plan says why, and its apply moves the address to a new instance, which is registered', async () => {
  const tainted = await ec2.addressed()
  const pull = await stage.open('Repair', files('v1'))
  const planned = await stage.run(stage.opened(pull))
  expect(planned.conclusion, planned.log).toBe('success')
  expect(JSON.parse(planned.outputs['plan-summary'] ?? '')).toMatchObject({ replace: 3, add: 3, change: 0, destroy: 3 })
  expect(await comment(pull.number)).toMatch(/aws_instance\.this.*is tainted: the last deployment of it failed/)

  const green = await stage.run(await stage.merged(pull), { 'mcp-endpoint': `${good.url}/mcp` })
  expect(green.log).not.toMatch(/##\[error]/)
  expect(green.outputs).toMatchObject({ applied: 'true', gate: 'passed', tainted: '[]' })
  const serving = await ec2.addressed()
  expect(serving).not.toBe(tainted)
  expect(await ec2.running()).toEqual([serving])
  expect(stage.monitor.monitors).toHaveLength(1)
  expect(stage.github.violations).toEqual([])
})
