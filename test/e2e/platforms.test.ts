/**
 * The steps of docs/platforms.md, executed: the inputs of each step as the page writes them, with the shipped dist and real Terraform.
 * Only names are put in that a user would put in, too, and times are shorter. AgentCore and Express have no step that this provider
 * can run.
 */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type BlueGreen, blueGreen } from '../support/blue-green.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import { ec2At } from '../support/instance.ts'
import { codeBlocks } from '../support/markdown-blocks.ts'
import { type Listening, listenHttp } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type Stage, setStage, stateBucket } from '../support/stage.ts'
import { smallModule, smallStage } from './stack.ts'

const page = readFileSync(new URL('../../docs/platforms.md', import.meta.url), 'utf8')
const demoServer = new URL('../../demo/server.ts', import.meta.url).pathname

/** The inputs of the one step in a section of the page. */
function stepOf(section: string): Record<string, string> {
  const [, text] = new RegExp(`^## ${section}\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(page) ?? []
  const steps = codeBlocks(text ?? '').filter(
    ({ language, text: block }) => language === 'yaml' && block.includes('uses: OWNER/'),
  )
  if (steps.length !== 1) throw new Error(`The section ${section} has ${steps.length} steps of the action.`)
  const [step] = parse(steps[0]?.text ?? '') as { with: Record<string, unknown> }[]
  return Object.fromEntries(Object.entries(step?.with ?? {}).map(([name, value]) => [name, String(value)]))
}

/** The inputs with what a user puts in: a bucket and its region. */
const withBucket = ({ 'backend-config': backend = '', ...inputs }: Record<string, string>) => ({
  ...inputs,
  'backend-config': `${backend.replace('example-terraform-state', stateBucket)}region=us-east-1`,
})
const quick = { 'mcp-rounds': '1', 'mcp-timeout': '15s', 'alivemcp-api-key': '' }

async function deploy(stage: Stage, title: string, files: Record<string, string>, inputs: Record<string, string>) {
  const pull = await stage.open(title, files)
  const planned = await stage.run(stage.opened(pull), inputs)
  expect(planned.conclusion, planned.log).toBe('success')
  return await stage.run(await stage.merged(pull), inputs)
}

test('every section with a step is executed here', () => {
  const sections = [...page.matchAll(/^## (.+)\n([\s\S]*?)(?=^## |(?![\s\S]))/gm)]
  const withStep = sections.filter(([, , text = '']) => text.includes('uses: OWNER/')).map(([, title]) => title)
  const elsewhere = withStep.filter(title => /AgentCore|Express/.test(title ?? ''))
  expect(withStep.filter(title => !elsewhere.includes(title))).toEqual([
    'ECS: blue/green, linear and canary',
    'EC2',
    'Lambda',
    'Any other platform',
  ])
})

describe('ECS: blue/green, linear and canary', () => {
  let servers: Listening[]
  let ecs: BlueGreen
  let stage: Stage
  beforeAll(async () => {
    servers = [await v2(), await v2(), await listenHttp((_, response) => void response.end('<h1>It works!</h1>'))]
    ecs = await blueGreen()
    stage = await smallStage(`${servers[0]?.url}/mcp`, quick, undefined, { AWS_ENDPOINT_URL: ecs.url })
    ecs.upstream = stage.aws.endpoint
  })
  afterAll(async () => {
    await stage?.close()
    for (const server of [...servers, ecs]) await server[Symbol.asyncDispose]()
  })

  test('a pause is answered by the gate, and a bad version reaches no client', async () => {
    const step = stepOf('ECS: blue/green, linear and canary')
    const files = (tag: string, listener: number) => ({
      ...smallModule(tag),
      'infra/test.tf': `output "mcp_test_endpoint" { value = "${servers[listener]?.url}/mcp" }`,
    })
    expect((await deploy(stage, 'First', files('v1', 1), step)).conclusion).toBe('success')
    expect((await deploy(stage, 'Second', files('v2', 1), step)).conclusion).toBe('success')
    expect(ecs.answers).toEqual(['CONTINUE'])
    const refused = await deploy(stage, 'Third', files('broken', 2), step)
    expect(refused.conclusion).toBe('failure')
    expect(ecs.answers).toEqual(['CONTINUE', 'ROLLBACK'])
    expect(refused.outputs).toMatchObject({ gate: 'failed', tainted: '[]' })
  })
})

describe('EC2', () => {
  let stage: Stage
  let server: Listening
  beforeAll(async () => {
    server = await v2()
    stage = await setStage({ images: {}, inputs: quick })
  })
  afterAll(async () => {
    await stage?.close()
    await server?.[Symbol.asyncDispose]()
  })

  test('an instance is made, its checks pass, and the gate runs', async () => {
    const inputs = { ...withBucket(stepOf('EC2')), 'mcp-endpoint': `${server.url}/mcp` }
    const files = {
      'server/settings.auto.tfvars':
        'name = "orders-mcp"\ngit = { url = "https://github.com/acme/mcp.git", ref = "v1.0.0" }\nallow_insecure_http = true\n',
    }
    await using _booting = ec2At(stage.aws.endpoint).boot('SUCCESS')
    const deployed = await deploy(stage, 'First', files, inputs)
    expect(deployed.conclusion, deployed.log).toBe('success')
    expect(deployed.outputs).toMatchObject({ applied: 'true', gate: 'passed', tainted: '[]' })
  })
})

describe('Lambda', () => {
  const repository = '123456789012.dkr.ecr.us-east-1.amazonaws.com/orders-mcp'
  const image = (version: string, env: Record<string, string> = {}) => ({
    [`${repository}:${version}`]: {
      command: [process.execPath, demoServer],
      env: { API_KEY: 'k', VERSION: version, ...env },
    },
  })
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage({
      images: { ...image('v1'), ...image('v2', { BROKEN: 'yes' }) },
      inputs: { ...quick, 'deploy-timeout': '60s' },
    })
  })
  afterAll(() => stage?.close())

  test('a version is deployed, and one that speaks no MCP is taken back', async () => {
    const inputs = withBucket(stepOf('Lambda'))
    const files = (version: string) => ({
      'server/settings.auto.tfvars': `name = "orders-mcp"\nimage = "${repository}:${version}"\n`,
    })
    const first = await deploy(stage, 'First', files('v1'), inputs)
    expect(first.conclusion, first.log).toBe('success')
    const second = await deploy(stage, 'Second', files('v2'), inputs)
    expect(second.conclusion).toBe('failure')
    expect(second.log).toMatch(/Rolling orders-mcp back to 1\./)
    expect(second.outputs).toMatchObject({ gate: 'failed', tainted: '[]' })
  })
})

describe('Any other platform', () => {
  let stage: Stage
  let server: Listening
  let state: HttpState
  beforeAll(async () => {
    server = await v2()
    state = await startHttpState()
    stage = await setStage({ images: {}, inputs: quick })
  })
  afterAll(async () => {
    await stage?.close()
    await state?.stop()
    await server?.[Symbol.asyncDispose]()
  })

  test('only the endpoint is checked, and the expected version is the proof', async () => {
    const step = stepOf('Any other platform')
    expect(step['mcp-expect-version']).toBe(`\${{ github.sha }}`)
    // The test's server reports the version 2.3.4, and no commit.
    const inputs = { ...step, 'mcp-expect-version': '2.3.4' }
    const files = {
      'infra/main.tf': `
        terraform {
          ${state.backend}
        }
        resource "terraform_data" "server" { input = "one" }
        output "mcp_endpoint" { value = "${server.url}/mcp" }
      `,
    }
    const deployed = await deploy(stage, 'First', files, inputs)
    expect(deployed.conclusion, deployed.log).toBe('success')
    expect(deployed.log).toContain('The gate proves which version answers')
  })
})
