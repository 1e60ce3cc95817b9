/**
 * `stack: lambda` through the shipped dist: the shipped module with the real AWS provider, a function that answers behind its
 * HTTP API, and what happens to clients when a version is broken.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage, stateBucket } from '../support/stage.ts'

const server = fileURLToPath(new URL('../../demo/server.ts', import.meta.url))
const repository = '123456789012.dkr.ecr.us-east-1.amazonaws.com/weather'
const image = (version: string, env: Record<string, string> = {}) => ({
  [`${repository}:${version}`]: {
    command: [process.execPath, server],
    env: { API_KEY: 'k', VERSION: version, ...env },
  },
})

let stage: Stage
let endpoint = ''
beforeAll(async () => {
  stage = await setStage({
    images: {
      ...image('v1'),
      ...image('v2'),
      ...image('v3-broken', { BROKEN: 'yes' }),
      ...image('v4-invalid'),
      [`${repository}:v5-crash`]: {
        command: [
          process.execPath,
          '-e',
          'console.error("Runtime.ImportModuleError: Cannot find module \'tea\'"); process.exit(1)',
        ],
      },
    },
    inputs: {
      stack: 'lambda',
      'working-directory': 'server',
      'backend-config': `bucket=${stateBucket}\nkey=lambda.tfstate\nregion=us-east-1`,
      'mcp-timeout': '15s',
      'mcp-rounds': '1',
      'deploy-timeout': '60s',
      'on-failure': 'rollback',
      'alivemcp-api-key': '',
    },
  })
})
afterAll(() => stage.close())

const files = (version: string) => ({
  'server/settings.auto.tfvars': `name  = "weather"\nimage = "${repository}:${version}"\n`,
})
async function deploy(version: string, inputs: Record<string, string> = {}) {
  const pull = await stage.open(version, files(version))
  const planned = await stage.run(stage.opened(pull))
  expect(planned.conclusion, planned.log).toBe('success')
  const deployed = await stage.run(await stage.merged(pull), inputs)
  const comment = (await stage.github.comments(pull.number)).map(({ body }) => body).join('\n')
  const report = JSON.parse(readFileSync(deployed.outputs['gate-report'] ?? '', 'utf8')) as Record<string, unknown>
  const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as object
  const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
  expect(valid(report), JSON.stringify(valid.errors)).toBe(true)
  return { ...deployed, comment, report }
}

/** The version of the server that clients of the endpoint get. */
async function servedVersion(endpoint: string): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    }),
  })
  return /"serverInfo":\{[^}]*"version":"([^"]+)"/.exec(await response.text())?.[1]
}

test('a first version is planned, applied, watched and verified', async () => {
  const { conclusion, log, outputs, comment, report } = await deploy('v1')
  expect(conclusion, log).toBe('success')
  expect(outputs).toMatchObject({ applied: 'true', gate: 'passed', tainted: '[]' })
  expect(report.deployment).toMatchObject({ serving: { kind: 'lambda', name: 'weather', alias: 'live', version: '1' } })
  expect(comment).toMatch(/\*\*Stable\*\* after .*: Lambda runs version 1 of weather/)
  endpoint = outputs['mcp-endpoint'] ?? ''
  expect(await servedVersion(endpoint)).toBe('v1')
})

test('a second version takes its place', async () => {
  const { conclusion, log } = await deploy('v2', { 'mcp-expect-version': 'v2' })
  expect(conclusion, log).toBe('success')
  expect(await servedVersion(endpoint)).toBe('v2')
})

test('a version that speaks no MCP: the alias goes back, and clients get the version before', async () => {
  const { conclusion, log, outputs, comment } = await deploy('v3-broken')
  expect(conclusion).toBe('failure')
  expect(outputs).toMatchObject({ applied: 'true', gate: 'failed', tainted: '[]', 'failure-code': 'RPC_ERROR' })
  expect(log).toMatch(/Rolling weather back to 2\./)
  expect(comment).toMatch(
    /\*\*Rolled back\*\*: weather runs version 2.* again, which the gate had passed, and it passes the gate now/,
  )
  expect(comment).toMatch(/Terraform still has version 3/)
  expect(await servedVersion(endpoint)).toBe('v2')
})

test('a version whose server does not start: the log of the function names the cause', async () => {
  const { conclusion, comment } = await deploy('v5-crash')
  expect(conclusion).toBe('failure')
  expect(comment).toMatch(/because the function cannot load "tea"/)
  expect(await servedVersion(endpoint)).toBe('v2')
})

test('an image that Lambda cannot run fails the apply, and clients keep the version before', async () => {
  const { conclusion, outputs, comment } = await deploy('v4-invalid')
  expect(conclusion).toBe('failure')
  expect(outputs).toMatchObject({ 'failure-code': 'TERRAFORM_APPLY_FAILED', tainted: '[]' })
  expect(comment).toMatch(/InvalidImage/)
  expect(await servedVersion(endpoint)).toBe('v2')
  expect(stage.github.violations).toEqual([])
})
