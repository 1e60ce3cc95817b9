/**
 * A webhook is sent again only where that can help. The time of each attempt is signed in whole seconds, so the delays
 * between two attempts are real, and the tests that wait run at the same time.
 */
import { createServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { describe, expect, test } from 'vitest'
import { defaultWebhookTimes, signature, Webhook } from '../../src/monitors/webhook.ts'
import type { Fault } from '../support/faults.ts'
import { authority } from '../support/mcp/faults.ts'
import { listen } from '../support/mcp/listen.ts'
import { failure, news } from '../support/news.ts'
import { secret, startReceiver } from '../support/webhook-receiver.ts'

describe('repeated by cause', () => {
  test.concurrent.each<[string, Partial<Fault>]>([
    ['500', { status: 500 }],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '2' } }],
    ['429', { status: 429 }],
    ['408', { status: 408 }],
    ['a connection that is cut', { reset: true }],
    ['an answer that is lost', { reset: true, afterwards: true }],
  ])('%s: again, with the same delivery and a signature of its own', async (_, fault) => {
    await using receiver = await startReceiver()
    const { deliveries, faults } = receiver
    faults.push({ path: /./, times: 1, ...fault })
    expect(await receiver.connect().verified(news())).toMatchObject({ outcome: 'delivered' })
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

  test.concurrent.each([400, 401, 403, 404, 410, 413, 501])('%i: not again, a warning', async status => {
    await using receiver = await startReceiver()
    const { deliveries, faults } = receiver
    faults.push({ path: /./, times: 99, status })
    const told = await receiver.connect().verified(news())
    expect(told).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(`it answered ${status}`) })
    expect(deliveries).toHaveLength(1)
    expect(told.warning).toContain(new URL(receiver.url).host)
    expect(JSON.stringify(told)).not.toMatch(/t0ken-in-path|s3cret/)
  })

  test.concurrent.each([301, 302, 303, 307, 308])('%i: a redirect is not followed', async status => {
    await using receiver = await startReceiver()
    const { deliveries, faults } = receiver
    const stolen: unknown[] = []
    await using elsewhere = await listen(
      createServer((request, response) => {
        stolen.push(request.headers)
        response.end()
      }),
    )
    faults.push({ path: /./, times: 99, status, headers: { location: elsewhere.url } })
    const told = await receiver.connect().verified(news())
    expect(told.warning).toMatch(/a redirect, which is not followed/)
    expect(stolen).toEqual([])
    expect(deliveries).toHaveLength(1)
  })

  test.concurrent('a certificate that is not trusted: nothing is sent, and not again', async () => {
    await using lab = await authority()
    let connections = 0
    let requests = 0
    const server = createHttpsServer(await lab.issue('127.0.0.1'), (_request, response) => {
      requests++
      response.end()
    })
    server.on('connection', () => connections++)
    await using secure = await listen(server, 'https')
    const told = await new Webhook({ url: secure.url, secret }).verified(news())
    expect(told).toMatchObject({ outcome: 'failed', warning: expect.stringMatching(/certificate.*cannot help/) })
    expect(requests).toBe(0)
    expect(connections).toBe(1)
  })

  test.concurrent('a receiver that does not answer is a warning at the deadline, without the URL', async () => {
    await using receiver = await startReceiver()
    const { deliveries, faults } = receiver
    faults.push({ path: /./, times: 99, hang: true })
    const times = { ...defaultWebhookTimes, requestTimeoutMs: 300, timeoutMs: 1_000, retryDelayMs: 100 }
    const told = await receiver.connect(times).failing(news({ failure }))
    expect(told).toMatchObject({
      outcome: 'failed',
      warning: expect.stringMatching(
        /was not notified of deployment\.failed: no answer within 1 s\. The retries ended after 1 s/,
      ),
    })
    expect(deliveries.length).toBeGreaterThan(1)
    expect(JSON.stringify(told)).not.toMatch(/t0ken-in-path|s3cret/)
  })
})
