/**
 * The webhook against a receiver that keeps what it gets: the body is what docs/webhook.schema.json says, and the
 * programs of docs/webhook.md accept it and refuse everything else.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { secrets } from '../../src/log.ts'
import { signature, type Webhook } from '../../src/monitors/webhook.ts'
import { failure, news } from '../support/news.ts'
import { type Delivery, type Receiver, secret, startReceiver } from '../support/webhook-receiver.ts'

const docs = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8')
const ajv = new Ajv2020()
addFormats.default(ajv)
const valid = ajv.compile(JSON.parse(docs('webhook.schema.json')))

let receiver: Receiver
let webhook: Webhook

beforeEach(async () => {
  receiver = await startReceiver()
  webhook = receiver.connect()
})
afterEach(() => receiver[Symbol.asyncDispose]())

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
    const [delivery] = receiver.deliveries
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
    const [first, second, third] = receiver.deliveries.map(each => body(each).incident)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    // Two environments of one directory, by stack-name: what one resolves must not be the other's.
    for (const name of ['staging', 'production'])
      await webhook.verified(news({ target: { name, stack: 'ecs', directory: '.', workspace: undefined } }))
    expect(new Set(receiver.deliveries.map(each => body(each).incident)).size).toBe(4)
  })

  test('secrets are taken out, and numbers stay numbers', async () => {
    for (const each of ['pass-word', '1234', 'failure', 'deployment.failed', 'PATH_404']) secrets.add(each)
    await webhook.failing(news({ failure: { ...failure, sentence: 'said pass-word' }, pullRequest: 1234 }))
    expect(body(receiver.deliveries[0])).toMatchObject({
      event: 'deployment.failed',
      failure: { code: 'PATH_404', sentence: 'said ***' },
      pullRequest: 1234,
    })
    expect(valid(body(receiver.deliveries[0]))).toBe(true)
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
      const { headers, body }: Delivery = receiver.deliveries[0] ?? { path: '', headers: {}, body: '' }
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
