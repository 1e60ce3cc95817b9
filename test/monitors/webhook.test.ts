/**
 * The webhook against a receiver that keeps what it gets: the body is what docs/webhook.schema.json says, the programs
 * of docs/webhook.md accept it and refuse everything else, and it is repeated only where that can help.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { promisify } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { secrets } from '../../src/log.ts'
import type { MonitorEvent } from '../../src/monitors/monitor.ts'
import { signature, Webhook } from '../../src/monitors/webhook.ts'
import { answerWithFaults, type Fault, readBody } from '../support/faults.ts'
import { authority } from '../support/mcp/faults.ts'
import { type Listening, listen } from '../support/mcp/listen.ts'
import { news } from '../support/news.ts'

interface Delivery {
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const secret = 'a webhook s3cret, ünicode'
const docs = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8')
const ajv = new Ajv2020()
addFormats.default(ajv)
const valid = ajv.compile(JSON.parse(docs('webhook.schema.json')))

let receiver: Listening
let deliveries: Delivery[]
let faults: Fault[]
let webhook: Webhook

beforeEach(async () => {
  deliveries = []
  faults = []
  receiver = await listen(
    createServer(async (incoming, response) => {
      deliveries.push({ path: incoming.url, headers: incoming.headers, body: await readBody(incoming) })
      await answerWithFaults(faults, incoming, response, async () => ({ status: 204, headers: {}, body: undefined }))
    }),
  )
  webhook = new Webhook({ url: `${receiver.url}/hooks/t0ken-in-path?k=v`, secret })
})
afterEach(() => receiver[Symbol.asyncDispose]())

const failure: MonitorEvent['failure'] = {
  phase: 'gate',
  code: 'PATH_404',
  sentence: 'Nothing at /mcp.',
  fix: '',
  remedy: 'config',
}
const body = (delivery: Delivery | undefined) => JSON.parse(delivery?.body ?? '')

describe('every event is what the schema says', () => {
  test.each([
    ['deployment.verified', () => webhook.verified(news())],
    ['deployment.failed', () => webhook.failing(news({ failure }))],
    ['deployment.failed', () => webhook.failing(news({ failure, endpoint: undefined, pullRequest: undefined }))],
    ['verification.passed', () => webhook.verified(news({ command: 'verify' }))],
    ['verification.failed', () => webhook.failing(news({ command: 'verify', failure }))],
    ['endpoint.removed', () => webhook.removed(news({ command: 'destroy' }))],
    ['endpoint.removed', () => webhook.removed(news({ command: 'destroy', endpoint: undefined }))],
  ])('%s', async (event, tell) => {
    const told = await tell()
    const [delivery] = deliveries
    expect(told).toEqual({ monitor: 'webhook', outcome: 'delivered', id: body(delivery).delivery, notices: [] })
    expect(valid(body(delivery)), JSON.stringify(valid.errors)).toBe(true)
    expect(body(delivery)).toMatchObject({ event, repository: 'acme/weather', name: 'weather' })
    expect(delivery?.path).toBe('/hooks/t0ken-in-path?k=v')
    expect(delivery?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-mcp-deploy-event': event,
      'x-mcp-deploy-delivery': body(delivery).delivery,
    })
  })

  test('and the example of the documentation, which a failure without its reason is not', () => {
    const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(docs('webhook.md'))?.[1] ?? '')
    expect(valid(example), JSON.stringify(valid.errors)).toBe(true)
    expect(valid({ ...example, failure: null })).toBe(false)
    expect(valid({ ...example, event: 'deployment.verified' })).toBe(false)
  })

  test('all events of a stack have one incident, and those of another stack another', async () => {
    await webhook.failing(news({ failure, endpoint: undefined }))
    await webhook.verified(news({ commit: 'later' }))
    await webhook.verified(news({ target: { stack: 'ecs', directory: '.', workspace: 'staging' } }))
    const [first, second, third] = deliveries.map(each => body(each).incident)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    // Two environments of one directory, by stack-name: what one resolves must not be the other's.
    for (const name of ['staging', 'production'])
      await webhook.verified(news({ target: { name, stack: 'ecs', directory: '.', workspace: undefined } }))
    expect(new Set(deliveries.map(each => body(each).incident)).size).toBe(4)
  })

  test('secrets are taken out, and numbers stay numbers', async () => {
    for (const each of ['pass-word', '1234', 'failure', 'deployment.failed', 'PATH_404']) secrets.add(each)
    await webhook.failing(news({ failure: { ...failure, sentence: 'said pass-word' }, pullRequest: 1234 }))
    expect(body(deliveries[0])).toMatchObject({
      event: 'deployment.failed',
      failure: { code: 'PATH_404', sentence: 'said ***' },
      pullRequest: 1234,
    })
    expect(valid(body(deliveries[0]))).toBe(true)
  })
})

describe('the programs of the documentation', () => {
  const programs = {
    js: {
      file: process.execPath,
      args: (program: string) => ['--input-type=module', '--eval', program],
      driver: `
        const { headers, body, secret } = JSON.parse(process.env.DELIVERY)
        try { console.log(verify(secret, headers, Buffer.from(body)).event) } catch (error) { console.log(error.message) }`,
    },
    python: {
      file: 'python3',
      args: (program: string) => ['-c', program],
      driver: `
import os
given = json.loads(os.environ["DELIVERY"])
try:
    print(verify(given["secret"], given["headers"], given["body"].encode())["event"])
except ValueError as error:
    print(error)`,
    },
  }
  const judge = async (language: keyof typeof programs, delivery: object) => {
    const { file, args, driver } = programs[language]
    const program = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(docs('webhook.md'))?.[1]
    const DELIVERY = JSON.stringify({ secret, ...delivery })
    const { stdout } = await promisify(execFile)(file, args(`${program}\n${driver}`), {
      env: { PATH: process.env.PATH, DELIVERY },
    })
    return stdout.trim()
  }

  test.each(['js', 'python'] as const)(
    '%s: accept a delivery, and refuse a changed and a recorded one',
    async language => {
      await webhook.failing(news({ failure: { ...failure, sentence: 'Grüße, 東京 🟢' } }))
      const { headers, body }: Delivery = deliveries[0] ?? { path: '', headers: {}, body: '' }
      expect(await judge(language, { headers, body })).toBe('deployment.failed')
      expect(await judge(language, { headers, body: body.replace('7', '8') })).toBe('wrong signature')
      expect(await judge(language, { headers, body, secret: 'another' })).toBe('wrong signature')
      expect(await judge(language, { headers: {}, body })).toBe('wrong signature')
      const stamp = 'x-mcp-deploy-timestamp'
      const later = String(Number(headers[stamp]) + 1)
      expect(await judge(language, { headers: { ...headers, [stamp]: later }, body })).toBe('wrong signature')
      const then = Math.floor(Date.now() / 1000) - 600
      const recorded = { [stamp]: String(then), 'x-mcp-deploy-signature-256': signature(secret, then, body) }
      expect(await judge(language, { headers: recorded, body })).toBe('too old')
    },
  )
})

test('the signature is the one that openssl makes', async () => {
  const openssl = execFile('openssl', ['dgst', '-sha256', '-hmac', 'key'], { encoding: 'utf8' })
  openssl.stdin?.end('1700000000.{"a":1}')
  let printed = ''
  for await (const chunk of openssl.stdout ?? []) printed += chunk
  expect(signature('key', 1_700_000_000, '{"a":1}')).toBe(`sha256=${printed.trim().replace(/^.* /, '')}`)
})

describe('repeated by cause', () => {
  test.each<[string, Partial<Fault>]>([
    ['500', { status: 500 }],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '2' } }],
    ['429', { status: 429 }],
    ['408', { status: 408 }],
    ['a connection that is cut', { reset: true }],
    ['an answer that is lost', { reset: true, afterwards: true }],
  ])('%s: again, with the same delivery and a signature of its own', async (_, fault) => {
    faults.push({ path: /./, times: 1, ...fault })
    expect(await webhook.verified(news())).toMatchObject({ outcome: 'delivered' })
    const [first, second, ...more] = deliveries
    expect(more).toEqual([])
    expect(second?.body).toBe(first?.body)
    for (const { headers, body } of [first, second].filter(each => each !== undefined)) {
      const timestamp = Number(headers['x-mcp-deploy-timestamp'])
      expect(headers['x-mcp-deploy-signature-256']).toBe(signature(secret, timestamp, body))
    }
    const stamps = deliveries.map(({ headers }) => Number(headers['x-mcp-deploy-timestamp']))
    expect(stamps[1]).toBeGreaterThan(stamps[0] ?? Number.NaN)
  })

  test.each([400, 401, 403, 404, 410, 413, 501])('%i: not again, a warning', async status => {
    faults.push({ path: /./, times: 99, status })
    const told = await webhook.verified(news())
    expect(told).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(`it answered ${status}`) })
    expect(deliveries).toHaveLength(1)
    expect(told.warning).toContain(new URL(receiver.url).host)
    expect(JSON.stringify(told)).not.toMatch(/t0ken-in-path|s3cret/)
  })

  test.each([301, 302, 303, 307, 308])('%i: a redirect is not followed', async status => {
    const stolen: unknown[] = []
    await using elsewhere = await listen(
      createServer((request, response) => {
        stolen.push(request.headers)
        response.end()
      }),
    )
    faults.push({ path: /./, times: 99, status, headers: { location: elsewhere.url } })
    const told = await webhook.verified(news())
    expect(told.warning).toMatch(/a redirect, which is not followed/)
    expect(stolen).toEqual([])
    expect(deliveries).toHaveLength(1)
  })

  test('a certificate that is not trusted: nothing is sent, and not again', async () => {
    await using lab = await authority()
    let connections = 0
    const server = createHttpsServer(await lab.issue('127.0.0.1'), (request, response) => {
      deliveries.push({ path: request.url, headers: request.headers, body: '' })
      response.end()
    })
    server.on('connection', () => connections++)
    await using secure = await listen(server, 'https')
    const told = await new Webhook({ url: secure.url, secret }).verified(news())
    expect(told).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(/certificate.*would not help/) })
    expect(deliveries).toEqual([])
    expect(connections).toBe(1)
  })

  test('a receiver that does not answer is a warning at the deadline, without the URL', async () => {
    faults.push({ path: /./, times: 99, hang: true })
    const told = await webhook.failing(news({ failure }))
    expect(told).toMatchObject({
      outcome: 'failed',
      warning: expect.stringMatching(/was not told deployment\.failed: no answer within 10 s, and the same for 30 s/),
    })
    expect(deliveries.length).toBeGreaterThan(1)
    expect(JSON.stringify(told)).not.toMatch(/t0ken-in-path|s3cret/)
  })
})
