/**
 * One HTTP request to a service that is not trusted: the answer is read up to a limit, the whole has a deadline, and a
 * redirect is an answer like any other unless it is asked to be followed. The proxy of the environment is used as the
 * runner's own clients use it. The gate's wire and Octokit are the only others that send requests.
 */
import { open, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Dispatcher } from 'undici'
import { messageOf, ServiceError } from './errors.ts'

const mebibyte = 1024 * 1024

/** Bytes of an answer that is held in memory. What a service has to say is far below. */
const defaultMaxBytes = 4 * mebibyte

export interface HttpOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds from the start to the last byte of the answer; no limit without it. */
  readonly timeoutMs?: number
  /** Milliseconds in which nothing is received; no limit without it. */
  readonly idleTimeoutMs?: number
  readonly maxBytes?: number
  /** Redirects that a GET follows, never from https to http. None without it. */
  readonly maxRedirects?: number
  readonly signal?: AbortSignal | undefined
}

export interface Answer {
  readonly status: number
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/**
 * Sends a request and reads the answer.
 * @throws ServiceError that says why there is no answer, without the URL; `cause` is the connection's own error. The
 *   reason of the signal when that is aborted
 */
export async function request(url: string, options: HttpOptions = {}): Promise<Answer> {
  return await exchange(url, options, async ({ statusCode: status, headers }, body) => {
    const { maxBytes = defaultMaxBytes } = options
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of body) {
      bytes += chunk.length
      if (bytes > maxBytes) throw new ServiceError(`an answer of more than ${maxBytes / mebibyte} MiB`)
      chunks.push(chunk)
    }
    return { status, headers, body: Buffer.concat(chunks) }
  })
}

/**
 * Gets a file. It is there only when the status is 200 and the whole of it was received.
 * @returns the status
 * @throws as `request`
 */
export async function download(
  url: string,
  file: string,
  options: Omit<HttpOptions, 'maxBytes'> = {},
): Promise<number> {
  return await exchange(url, options, async ({ statusCode }, body) => {
    if (statusCode !== 200) return statusCode
    const handle = await open(file, 'wx', 0o600)
    try {
      await pipeline(body, handle.createWriteStream())
    } catch (error) {
      await rm(file, { force: true })
      throw error
    }
    return statusCode
  })
}

/** Opens a connection of its own, hands over the answer, and closes the connection whatever becomes of it. */
async function exchange<T>(
  url: string,
  options: HttpOptions,
  read: (answer: Dispatcher.ResponseData, body: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  const { signal, timeoutMs, idleTimeoutMs } = options
  signal?.throwIfAborted()
  // Half a megabyte of code that a run without a download or a monitor never needs.
  const { EnvHttpProxyAgent, request: send } = await import('undici')
  const stop = new AbortController()
  const abort = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  const after = (ms: number) => setTimeout(() => stop.abort(new ServiceError(`no answer within ${seconds(ms)} s`)), ms)
  const deadline = timeoutMs === undefined ? undefined : after(timeoutMs)
  let idle: NodeJS.Timeout | undefined
  const restartIdle = () => {
    clearTimeout(idle)
    if (idleTimeoutMs !== undefined) idle = after(idleTimeoutMs)
  }
  const received = async function* (body: AsyncIterable<Buffer>) {
    for await (const chunk of body) {
      restartIdle()
      yield chunk
    }
  }
  try {
    for (let at = new URL(url), redirects = options.maxRedirects ?? 0; ; redirects--) {
      const agent = new EnvHttpProxyAgent({ ...proxyOf(at, process.env), ...connectionOptions })
      try {
        restartIdle()
        const { method = 'GET', headers, body } = options
        const answer = await send(at, {
          method,
          headers: { 'user-agent': 'terraform-mcp-deploy', ...headers },
          body: body ?? null,
          dispatcher: agent,
          signal: stop.signal,
          headersTimeout: 0,
          bodyTimeout: 0,
        })
        // What is not read to its end is destroyed with the agent, which is no fault.
        answer.body.on('error', () => {})
        const next = redirects > 0 && method === 'GET' ? redirectOf(at, answer) : undefined
        if (next === undefined) return await read(answer, received(answer.body))
        at = next
      } finally {
        await agent.destroy()
      }
    }
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof ServiceError) throw error
    throw new ServiceError(messageOf(error), { cause: error })
  } finally {
    clearTimeout(deadline)
    clearTimeout(idle)
    signal?.removeEventListener('abort', abort)
  }
}

/** A connection serves one request: one that a server has closed meanwhile would fail the next. Its waits are ours. */
const connectionOptions = { pipelining: 0, allowH2: false, connectTimeout: 0, connect: { timeout: 0 } } as const

function seconds(ms: number): number {
  return Math.ceil(ms / 1000)
}

/** Where an answer redirects to, undefined when it does not. @throws ServiceError when that is from https to http */
export function redirectOf(
  from: URL,
  { statusCode, headers }: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'>,
): URL | undefined {
  const { location } = headers
  if (![301, 302, 303, 307, 308].includes(statusCode) || typeof location !== 'string') return undefined
  const to = URL.parse(location, from)
  if (to === null) throw new ServiceError('it redirects to an address that cannot be read')
  if (from.protocol === 'https:' && to.protocol !== 'https:')
    throw new ServiceError('it redirects from https to http, which is not followed')
  return to
}

/**
 * The proxy for a URL as the runner's own client chooses it (@actions/http-client): one variable for each protocol, and
 * none for this machine itself. undici alone would take HTTP_PROXY for https, too.
 */
export function proxyOf(
  { protocol, hostname }: URL,
  env: NodeJS.ProcessEnv,
): { readonly httpProxy: string; readonly httpsProxy: string; readonly noProxy: string } {
  const isLoopback = /^(localhost$|127\.|\[::1\])/i.test(hostname)
  const variable = (name: string) => env[name] || env[name.toUpperCase()] || ''
  const proxy = isLoopback ? '' : variable(protocol === 'https:' ? 'https_proxy' : 'http_proxy')
  const url = proxy === '' || /^\w+:\/\//.test(proxy) ? proxy : `http://${proxy}`
  return protocol === 'https:'
    ? { httpProxy: '', httpsProxy: url, noProxy: variable('no_proxy') }
    : { httpProxy: url, httpsProxy: url, noProxy: variable('no_proxy') }
}
