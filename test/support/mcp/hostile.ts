/**
 * Servers that want the gate's memory: replies that grow when they are unpacked or read, replies without an end, and many that are
 * each within the limits. And the gate in a process of its own, whose peak is measured.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { type BuildOptions, build } from 'rolldown'
import config from '../../../rolldown.config.ts'
import { type Answer, mcpLike, reply, tool } from './faults.ts'

const params = { [constants.BROTLI_PARAM_QUALITY]: 3 }
const NESTED_BOMB = gzipSync(gzipSync(gzipSync(Buffer.alloc(400 << 20))))
/** Name, content type, body and headers of one reply, which ends the gate with a code. */
export const hostileReplies: [string, string, () => Buffer, Record<string, string>?][] = [
  ['300 MB of gzip', 'application/json', () => gzipSync(Buffer.alloc(300 << 20, '[')), { 'content-encoding': 'gzip' }],
  [
    '300 MB of brotli',
    'application/json',
    () => brotliCompressSync(Buffer.alloc(300 << 20, '['), { params }),
    { 'content-encoding': 'br' },
  ],
  ['4 MiB of nested arrays', 'application/json', () => Buffer.from('['.repeat(2 << 20) + ']'.repeat((2 << 20) - 1))],
  ['4 MiB of empty objects', 'application/json', () => Buffer.from(`[${'{},'.repeat(1_390_000)}{}]`)],
  [
    '4 MiB of keys',
    'application/json',
    () => Buffer.from(`{${Array.from({ length: 299_000 }, (_, i) => `"${i}x":0`)}}`),
  ],
  [
    '4 MiB of short strings',
    'application/json',
    () => Buffer.from(`[${Array.from({ length: 600_000 }, (_, i) => `"${i % 1000}"`)}]`),
  ],
  ['4 MiB of tiny events', 'text/event-stream', () => Buffer.from('data:\n\n'.repeat(590_000))],
  ['4 MiB of one event in short lines', 'text/event-stream', () => Buffer.from('data:\n'.repeat(690_000))],
]

/** Fills a response for as long as the other side reads. */
const pour = (res: ServerResponse, chunk: Buffer, most = Number.POSITIVE_INFINITY): void => {
  let sent = 0
  const more = (): void => {
    while (!res.destroyed && sent < most) {
      sent += chunk.length
      if (!res.write(chunk)) return void res.once('drain', more)
    }
    if (!res.destroyed) res.end()
  }
  more()
}
const wide = (prefix: string, count: number, words: string) =>
  Array.from({ length: count }, (_, i) => ({ ...tool(`${prefix}${i}`), description: words }))
const pages = (count: number, each: (page: number) => object[]) =>
  mcpLike({
    tools: cursor => {
      const page = Number(cursor ?? 0)
      return { tools: each(page), ...(page + 1 < count && { nextCursor: String(page + 1) }) }
    },
  })

/** Servers that never stop, or whose every answer is within the limits. */
export const hostileServers: [string, Answer][] = [
  [
    '200 MB of JSON',
    (_a, _q, res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': String(200 << 20) })
      pour(res, Buffer.alloc(1 << 20, ' '), 200 << 20)
    },
  ],
  [
    'a bomb within a bomb',
    (_a, _q, res) => reply(res, 200, 'application/json', NESTED_BOMB, { 'content-encoding': 'gzip, gzip, gzip' }),
  ],
  [
    'an endless stream of events',
    (_a, _q, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      pour(
        res,
        Buffer.from(`data: ${JSON.stringify({ jsonrpc: '2.0', method: 'x', params: { a: 'b'.repeat(900) } })}\n\n`),
      )
    },
  ],
  [
    'an endless event',
    (_a, _q, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      pour(res, Buffer.alloc(1 << 16, 'data: x'))
    },
  ],
  [
    'endless compressed keep-alives',
    (_a, _q, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' })
      pour(res, gzipSync(Buffer.alloc(1 << 20, ':\n')))
    },
  ],
  [
    'endless headers',
    (_a, req, res) => {
      const socket = req.socket
      socket.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => socket.write(`x-y: ${'z'.repeat(4000)}\r\n`), 1)
      socket.on('close', () => clearInterval(timer))
      res.on('close', () => clearInterval(timer))
    },
  ],
  ['10,000 tools over 100 pages', pages(100, page => wide(`tool-${page}-`, 100, 'what it does'))],
  ['pages of 3 MB each', pages(100, page => wide(`tool-${page}-`, 300, 'w'.repeat(10_000)))],
  ['a protocol version of 1 MB', mcpLike({ initialize: { protocolVersion: 'v'.repeat(1 << 20) } })],
]

/** The gate as a program, bundled like the action itself: stripping types at run time would cost a quarter of the budget. */
export interface MeasuredGate extends Disposable {
  /** Asks the endpoint at /mcp of this server once. Peak of the resident memory, which only Linux tells. */
  ask(url: string): Promise<{ readonly code?: string; readonly peakMiB: number }>
}

export async function measuredGate(): Promise<MeasuredGate> {
  const folder = mkdtempSync(join(tmpdir(), 'gate-memory-'))
  const program = join(folder, 'measure.mjs')
  const input = fileURLToPath(new URL('measure.ts', import.meta.url))
  // As dist/ is made, because what a bundle loads is a part of its memory.
  const { plugins: _, ...options } = config as BuildOptions
  await build({
    ...options,
    input,
    logLevel: 'silent',
    output: { dir: folder, entryFileNames: 'measure.mjs', format: 'esm' },
  })
  return {
    ask(url) {
      const child = fork(program, [`${url}/mcp`], { execArgv: [] })
      return new Promise((resolve, reject) => {
        child.once('message', message => resolve(message as { code?: string; peakMiB: number }))
        child.once('exit', status => reject(new Error(`the gate ended with ${status} and no report`)))
      })
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}
