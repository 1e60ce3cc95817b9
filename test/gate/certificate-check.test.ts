/** How long certificates of real TLS servers last, and that nothing but a handshake is made for it. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type Server } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import {
  decideCertificate,
  defaultCertificateTimes,
  describeCertificate,
  readCertificate,
  unreadCertificate,
} from '../../src/gate/certificate-check.ts'

const directory = mkdtempSync(join(tmpdir(), 'certificate-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** A TLS server whose certificate lasts so many days; it keeps every byte that it is sent after the handshake. */
async function server(days: number): Promise<{ url: string; server: Server; received: Buffer[] }> {
  const [key, cert] = [join(directory, `${days}.key`), join(directory, `${days}.pem`)]
  const subject = ['-subj', '/CN=127.0.0.1/O=acme', '-addext', 'subjectAltName=IP:127.0.0.1']
  const elliptic = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const args = ['req', '-x509', ...elliptic, '-days', `${days}`, ...subject, '-keyout', key, '-out', cert]
  execFileSync('openssl', args, { stdio: 'ignore' })
  const received: Buffer[] = []
  const listening = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, socket => {
    socket.on('data', chunk => received.push(chunk)).on('error', () => {})
  })
  await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve))
  return { url: `https://127.0.0.1:${(listening.address() as AddressInfo).port}/mcp`, server: listening, received }
}

test.each([
  [20, 'CERTIFICATE_EXPIRES'],
  [60, undefined],
])('of %i days', async (days, code) => {
  const { url, server: listening, received } = await server(days)
  const certificate = await readCertificate(url)
  listening.close()
  if (certificate === undefined || certificate === 'none') throw new Error('no certificate was read')
  const described = describeCertificate(certificate, url, Date.now())
  // It was made some moments ago.
  expect(described).toMatchObject({ host: new URL(url).host, daysLeft: days - 1, names: ['127.0.0.1'] })
  const failure = decideCertificate(described, 21)
  expect(failure?.code).toBe(code)
  if (failure !== undefined)
    expect(failure.sentence).toMatch(
      /expires in 19 days, at \d{4}-\d\d-\d\d \d\d:\d\d UTC, and certificate-days is 21\./,
    )
  expect(received).toEqual([])
})

test('the server of these tests does keep what it is sent', async () => {
  const { url, server: listening, received } = await server(1)
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), rejectUnauthorized: false })
  socket.end('GET / HTTP/1.1\r\n\r\n')
  await new Promise(resolve => socket.once('close', resolve))
  listening.close()
  expect(Buffer.concat(received).toString()).toBe('GET / HTTP/1.1\r\n\r\n')
})

test.each([
  [21, 21, undefined],
  [20, 21, /expires in 20 days/],
  [1, 21, /expires in 1 day,/],
  [0, 21, /expires in 0 days/],
  [-1, 21, /expired at 2026-11-22 12:00 UTC: clients refuse to connect/],
  [0, 1, /expires in 0 days/],
])('%i days left of at least %i', (daysLeft, minDays, sentence) => {
  const validTo = '2026-11-22T12:00:00.000Z'
  const failure = decideCertificate({ host: 'mcp.example.com', daysLeft, validTo, issuer: 'R11', names: [] }, minDays)
  if (sentence === undefined) expect(failure).toBeUndefined()
  else expect(failure?.sentence).toMatch(sentence)
})

test('whole days are counted down, so that 21 means 21', () => {
  const validTo = new Date('2026-12-13T12:00:00Z')
  const of = (now: string) =>
    describeCertificate(
      { validTo, validFrom: validTo, names: [], issuer: '', isSelfSigned: false, hasIssuer: true },
      'https://a.example/',
      Date.parse(now),
    ).daysLeft
  expect([of('2026-11-22T12:00:00Z'), of('2026-11-22T12:00:01Z'), of('2026-12-13T12:00:01Z')]).toEqual([21, 20, -1])
})

test('plain http has none, and what cannot be read is not taken for well', async () => {
  expect(await readCertificate('http://127.0.0.1:9/mcp')).toBe('none')
  expect(
    await readCertificate('https://127.0.0.1:9/mcp', { ...defaultCertificateTimes, retryDelayMs: 1 }),
  ).toBeUndefined()
  expect(unreadCertificate('https://a.example/mcp')).toMatchObject({ code: 'CERTIFICATE_UNKNOWN', remedy: 'wait' })
})
