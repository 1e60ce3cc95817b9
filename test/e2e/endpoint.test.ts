/** A root module that only says where its endpoint is: planned, applied and verified, and the report says what was not checked. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import { type Listening, listenHttp } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type Stage, setStage } from '../support/stage.ts'

let server: Listening
let broken: Listening
let stage: Stage
let state: HttpState
beforeAll(async () => {
  server = await v2()
  broken = await listenHttp((_, response) => void response.end('<h1>It works!</h1>'))
  state = await startHttpState()
  stage = await setStage({
    images: {},
    inputs: { 'working-directory': 'infra', 'mcp-timeout': '10s', 'mcp-rounds': '1', 'alivemcp-api-key': '' },
  })
})
afterAll(async () => {
  await stage.close()
  await state.stop()
  await server[Symbol.asyncDispose]()
  await broken[Symbol.asyncDispose]()
})

const files = (url: string, version: string) => ({
  'infra/main.tf': `
    terraform {
      ${state.backend}
    }
    resource "terraform_data" "server" { input = "${version}" }
    output "mcp_endpoint" { value = "${url}/mcp" }
  `,
})
const body = async (number: number) => (await stage.github.comments(number)).map(each => each.body).join('\n')
const notChecked =
  'Whether the new version is the one that answers: no input or output names the resource behind the endpoint.'

test('it is planned, applied and verified, and what was not checked is said', async () => {
  const pull = await stage.open('First', files(server.url, 'one'))
  const planned = await stage.run(stage.opened(pull))
  expect(planned.conclusion, planned.log).toBe('success')
  const deployed = await stage.run(await stage.merged(pull))
  expect(deployed.log).not.toMatch(/##\[error]/)
  expect(deployed.outputs).toMatchObject({
    applied: 'true',
    gate: 'passed',
    tainted: '[]',
    'mcp-endpoint': `${server.url}/mcp`,
  })
  expect(state.resources()).toEqual([{ address: 'terraform_data.server', tainted: false }])
  expect(deployed.log).toContain(`Not checked: ${notChecked}`)
  expect(deployed.log).toMatch(/##\[notice]Nothing proves that the new version answered the gate/)
  for (const markdown of [await body(pull.number), deployed.summary]) {
    expect(markdown).toContain(`⚪ **Not checked**: ${notChecked}`)
    expect(markdown).toMatch(/\*\*Speaks MCP\*\*/)
  }
  const report = JSON.parse(readFileSync(deployed.outputs['gate-report'] ?? '', 'utf8')) as object
  expect(report).toMatchObject({ notChecked: [notChecked], deployment: { serving: { kind: 'endpoint' } } })
  const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as object
  const valid = new Ajv2020({ strict: false }).compile(schema)
  expect(valid(report), JSON.stringify(valid.errors)).toBe(true)
  expect(stage.github.violations).toEqual([])
})

test('the version that the server must report proves which one answers', async () => {
  const pull = await stage.open('Proved', files(server.url, 'proved'))
  await stage.run(stage.opened(pull))
  const deployed = await stage.run(await stage.merged(pull), { 'mcp-expect-version': '2.3.4' })
  expect(deployed.conclusion, deployed.log).toBe('success')
  expect(deployed.log).toContain('The gate proves which version answers: the server must report 2.3.4')
  expect(deployed.log).not.toMatch(/Not checked|Nothing proves/)
  expect(await body(pull.number)).not.toContain('Not checked')
})

test('an output that is known to be empty is refused by the plan, and nothing is changed', async () => {
  const main = `${files(server.url, 'empty')['infra/main.tf']}\noutput "instance_id" { value = "" }`
  const pull = await stage.open('Empty', { 'infra/main.tf': main })
  const planned = await stage.run(stage.opened(pull))
  expect(planned.conclusion).toBe('failure')
  expect(planned.outputs['failure-code']).toBe('INPUT_INVALID')
  expect(planned.log).toMatch(/leaves the output instance_id empty/)
})

test('one that does not speak MCP fails, and the report says that nothing could be undone', async () => {
  const pull = await stage.open('Second', files(broken.url, 'two'))
  const planned = await stage.run(stage.opened(pull))
  expect(planned.conclusion, planned.log).toBe('success')
  const failed = await stage.run(await stage.merged(pull), { 'on-failure': 'rollback' })
  expect(failed.conclusion).toBe('failure')
  expect(failed.outputs).toMatchObject({ applied: 'true', gate: 'failed', tainted: '[]' })
  expect(state.resources()).toEqual([{ address: 'terraform_data.server', tainted: false }])
  expect(await body(pull.number)).toMatch(/⚪ Nothing was tainted: /)
})
