/**
 * A credential that the apply itself makes, through the shipped dist with real Terraform: the plan refuses an output that could not be
 * used, the gate of the apply and of `verify` sends it, and it is in nothing that the action writes.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forwardTo } from '../support/egress.ts'
import { scheduled } from '../support/events.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import { type Listening, listen } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type Stage, setStage } from '../support/stage.ts'

let server: Listening
let guarded: Listening
let state: HttpState
let stage: Stage
/** The commit that was deployed last. */
let deployedSha = ''
let refuses = false
/** Keys that came with the requests. */
const keys = new Set<string>()

beforeAll(async () => {
  server = await v2()
  const forward = forwardTo(server.url)
  guarded = await listen(
    createServer((request, response) => {
      const key = String(request.headers['x-region'] ?? '')
      keys.add(key)
      // What the server says about a key repeats it, as some do.
      if (refuses || key !== generatedKey()) return void response.writeHead(500).end(`no such key: ${key}`)
      forward(request, response)
    }),
  )
  state = await startHttpState()
  stage = await setStage({
    images: {},
    inputs: {
      'working-directory': 'infra',
      'mcp-headers-from-output': 'mcp_headers',
      'mcp-timeout': '10s',
      'mcp-rounds': '1',
      'alivemcp-api-key': '',
    },
  })
})
afterAll(async () => {
  await stage?.close()
  await state?.stop()
  for (const each of [guarded, server]) await each?.[Symbol.asyncDispose]()
})

/** The key that Terraform made, from the state. */
function generatedKey(): string {
  const { outputs } = JSON.parse(state.state ?? '{}') as {
    outputs?: { mcp_headers?: { value?: Record<string, string> } }
  }
  return outputs?.mcp_headers?.value?.['X-Region'] ?? ''
}

/**
 * The id of a terraform_data is made by the apply, so it is unknown to the plan. A header with this name holds no secret as a rule, so
 * only the input makes its value one.
 */
const files = (headers: string) => ({
  'infra/main.tf': `
    terraform {
      ${state.backend}
    }
    resource "terraform_data" "key" { input = "gate" }
    output "mcp_endpoint" { value = "${guarded.url}/mcp" }
    ${headers}
  `,
})
const output = (value: string, sensitive = true) => `output "mcp_headers" {
  value = ${value}
  sensitive = ${sensitive}
}`

test.each([
  ['is missing', '', /Input mcp-headers-from-output is "mcp_headers", and the root module has no output of that name/],
  ['is not sensitive', output('{ "X-Api-Key" = "k" }', false), /mcp_headers.* is not sensitive/],
  ['is a text', output('"X-Api-Key: k"'), /mcp_headers.* is a string and not an object/],
])('an output that %s fails the plan, and nothing is changed', async (name, headers, message) => {
  const planned = await stage.run(stage.opened(await stage.open(name, files(headers))))
  expect(planned.conclusion).toBe('failure')
  expect(planned.log).toMatch(message)
  expect(state.state).toBeUndefined()
})

test('the first apply makes the key, the gate uses it, and it is written nowhere', async () => {
  const pull = await stage.open('Good', files(output('{ "X-Region" = terraform_data.key.id }')))
  const planned = await stage.run(stage.opened(pull))
  expect(planned.conclusion, planned.log).toBe('success')
  const push = await stage.merged(pull)
  deployedSha = push.github.sha
  const deployed = await stage.run(push)
  expect(deployed.conclusion, deployed.log).toBe('success')
  const key = generatedKey()
  expect(key).toMatch(/^[0-9a-f-]{36}$/)
  expect(keys).toContain(key)
  const comments = (await stage.github.comments(pull.number)).map(({ body }) => body)
  const written = [
    deployed.log.replaceAll(/^::add-mask::.*$/gm, ''),
    deployed.summary,
    JSON.stringify(deployed.outputs),
    ...comments,
  ]
  for (const text of [...written, ...reports()]) expect(text).not.toContain(key)
})

test('a scheduled verify reads it from the state, with and without the input mcp-endpoint', async () => {
  for (const inputs of [{}, { 'mcp-endpoint': `${guarded.url}/mcp` }]) {
    keys.clear()
    const verified = await stage.run(scheduled(stage.github, { sha: deployedSha }), { ...inputs, drift: 'ignore' })
    expect(verified.conclusion, verified.log).toBe('success')
    expect(keys).toContain(generatedKey())
    expect(verified.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(generatedKey())
  }
})

test('a server that repeats the key makes the run fail, and the key is in nothing that is written', async () => {
  refuses = true
  const verified = await stage.run(scheduled(stage.github, { sha: deployedSha }), { drift: 'ignore' })
  expect(verified.conclusion).toBe('failure')
  expect(verified.log).toMatch(/no such key: \*\*\*/)
  for (const text of [verified.log, verified.summary, JSON.stringify(verified.outputs), ...reports()])
    expect(text).not.toContain(generatedKey())
})

/** Every file that the runs left for later steps. */
function reports(): string[] {
  const found: string[] = []
  const visit = (directory: string): void => {
    for (const name of readdirSync(directory)) {
      const path = join(directory, name)
      if (statSync(path).isDirectory()) visit(path)
      else found.push(readFileSync(path, 'utf8'))
    }
  }
  visit(stage.temp)
  return found
}
