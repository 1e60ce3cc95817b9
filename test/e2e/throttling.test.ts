import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Aws, startAws } from '../support/aws.ts'
import { forwardTo } from '../support/egress.ts'
import type { Fault } from '../support/faults.ts'
import { type Listening, listen } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { terraformSettings } from '../support/toolchain.ts'

const action = fileURLToPath(new URL('../../', import.meta.url))
const bucket = 'throttled'

let root: string
let directory: string
let server: Listening
let aws: Aws
/** S3, with faults before it. */
let s3: Listening
let faults: Fault[]
let requests: string[]

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'throttling-'))
  server = await v2()
  aws = await startAws({ tasks: {}, dir: root })
  await aws.createBucket(bucket)
  const forward = forwardTo(aws.endpoint)
  s3 = await listen(
    createServer((request, response) => {
      const { method = '', url = '' } = request
      requests.push(`${method} ${url}`)
      const fault = faults.find(each => each.times > 0 && (each.method ?? method) === method && each.path.test(url))
      if (fault === undefined) return forward(request, response)
      fault.times--
      if (fault.reset) return request.socket.resetAndDestroy()
      request.resume()
      const body = `<Error><Code>${fault.body}</Code><Message>Please reduce your request rate.</Message></Error>`
      response.writeHead(fault.status ?? 503, { 'content-type': 'application/xml' }).end(body)
    }),
  )
})
afterAll(async () => {
  await s3[Symbol.asyncDispose]()
  await aws.stop()
  await server[Symbol.asyncDispose]()
  rmSync(root, { recursive: true, force: true })
})
beforeEach(() => {
  directory = mkdtempSync(join(root, 'run-'))
  mkdirSync(join(directory, 'checkout'))
  faults = []
  requests = []
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** The backend asks once and once again, so that few faults are enough for it to give up. */
async function run(command: 'plan' | 'apply', state: string): Promise<ActionResult> {
  writeFileSync(
    join(directory, 'checkout/main.tf'),
    `
    terraform {
      backend "s3" {
        bucket       = "${bucket}"
        key          = "${state}"
        use_lockfile = true
        max_retries  = 1
      }
    }
    resource "terraform_data" "made" {
      provisioner "local-exec" { command = "echo made >> '${join(directory, 'made')}'" }
    }
    output "mcp_endpoint" { value = "${server.url}/mcp" }
    output "instance_id" { value = "i-0123456789" }
    `,
  )
  return runAction({
    action,
    inputs: { command, comment: 'never', 'plan-approval': 'none', 'mcp-timeout': '60s', 'lock-timeout': '0s' },
    event: { name: 'workflow_dispatch', payload: {} },
    workspace: join(directory, 'checkout'),
    temp: join(directory, 'temp'),
    env: { ...aws.env, AWS_ENDPOINT_URL: s3.url, ...terraformSettings(directory) },
    github: {
      apiUrl: 'http://127.0.0.1:9',
      token: 'ghs_x',
      repository: 'acme/infra',
      sha: 'a'.repeat(40),
      ref: 'refs/heads/main',
    },
  })
}

const errors = ({ annotations }: ActionResult) =>
  annotations.flatMap(({ level, message }) => (level === 'error' ? [message] : [])).join('\n')

describe('a backend that throttles or breaks is asked again, where nothing can be lost', () => {
  test.each([
    ['init', '503 SlowDown', { path: /list-type/, status: 503, body: 'SlowDown', times: 3 }, 'the service throttles'],
    ['init', '429', { path: /list-type/, status: 429, body: 'TooManyRequests', times: 3 }, 'the service throttles'],
    ['init', 'a reset', { path: /list-type/, reset: true, times: 2 }, 'the connection broke'],
    [
      'plan',
      '503 at the lock',
      { method: 'PUT', path: /tflock/, status: 503, body: 'SlowDown', times: 3 },
      'the service throttles',
    ],
    [
      'state',
      '500',
      { method: 'HEAD', path: /\.tfstate(\?|$)/, status: 500, body: 'InternalError', times: 2 },
      'the service is not available',
    ],
  ] as const)('%s: %s', async (command, name, fault, why) => {
    faults = [{ ...fault }]
    const result = await run('plan', `${command}-${name.replaceAll(' ', '-')}.tfstate`)
    expect(errors(result)).toBe('')
    expect(result.conclusion).toBe('success')
    const commands = command === 'state' ? '(init|plan|show)' : command
    expect(result.log).toMatch(new RegExp(`terraform ${commands} failed because ${why}\\. Retrying in 2 s\\.`))
    expect(faults).toMatchObject([{ times: 0 }])
  })

  test('what is refused for another reason is refused at once', async () => {
    faults = [{ path: /denied\.tfstate/, status: 403, body: 'AccessDenied', times: 100 }]
    const result = await run('plan', 'denied.tfstate')
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toContain('StatusCode: 403')
    expect(result.log).not.toContain('Retrying in')
  })

  test('an apply is never repeated by us', async () => {
    const throttled = { method: 'PUT', path: /tflock/, status: 503, body: 'SlowDown', times: 100 }
    // The plan takes the lock first, so only what comes after it is throttled.
    faults = [{ ...throttled, path: /never/ }]
    const before = await run('plan', 'apply.tfstate')
    expect(before.conclusion).toBe('success')
    const locks = requests.filter(request => /^PUT .*tflock/.test(request)).length
    expect(locks).toBe(1)
    let seen = 0
    faults = [
      Object.assign({ ...throttled }, { path: { test: (url: string) => /tflock/.test(url) && ++seen > 1 } as RegExp }),
    ]
    const result = await run('apply', 'apply.tfstate')
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toMatch(/terraform apply failed with exit code 1/)
    expect(errors(result)).toContain('SlowDown')
    expect(result.log).not.toContain('Retrying in')
    expect(() => readFileSync(join(directory, 'made'))).toThrow()
    expect(result.outputs.applied).not.toBe('true')
  })
})

test('a lock that is held names who, since when, and where to look for the run', async () => {
  const lock = JSON.stringify({
    ID: '9ea80976-232c-2c1a-b4e5-d0624fc57fba',
    Operation: 'OperationTypeApply',
    Info: '',
    Who: 'runner@build-7',
    Version: '1.11.4',
    Created: '2026-11-22T23:24:51.777919578Z',
    Path: `${bucket}/held.tfstate`,
  })
  await fetch(`${aws.endpoint}/${bucket}/held.tfstate.tflock`, { method: 'PUT', body: lock })
  const result = await run('plan', 'held.tfstate')
  expect(result.conclusion).toBe('failure')
  const text = `${errors(result)}\n${result.summary}`.replaceAll('&#95;', '_')
  expect(text).toMatch(/runner@build-7 has held the state lock since 2026-11-22 23:24:51/)
  expect(text).toContain('https://github.com/acme/infra/actions?query=is%3Ain_progress')
  expect(text).toContain('terraform force-unlock 9ea80976-232c-2c1a-b4e5-d0624fc57fba')
  expect(result.log).not.toContain('Retrying in')
})
