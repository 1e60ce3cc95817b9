/**
 * HTTP client for untrusted services. It reads an answer up to a limit and ends the whole request at a deadline. It follows
 * redirects only if the caller allows them, and uses the proxy of the environment as the runner's own clients do. Only the
 * gate and Octokit also send requests.
 */
import { open, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Dispatcher } from 'undici'
import { messageOf, ServiceError } from './errors.ts'

const mebibyte = 1024 * 1024

/** Bytes of the largest answer that is read into memory. Real answers are far smaller. */
const defaultMaxBytes = 4 * mebibyte

export interface HttpOptions {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds from the start to the last byte of the answer. Unset means no limit. */
  readonly timeoutMs?: number
  /** Milliseconds without a received byte. Unset means no limit. */
  readonly idleTimeoutMs?: number
  readonly maxBytes?: number
  /** Redirects that a GET follows, never from https to http. Unset means 0. */
  readonly maxRedirects?: number
  readonly signal?: AbortSignal | undefined
}

export interface Answer {
  readonly status: number
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/**
 * Sends a request and reads the answer.
 * @throws ServiceError with the reason, without the URL; `cause` is the connection's own error. If the signal is aborted, its
 *   reason is thrown
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
 * Downloads a file. The file exists only if the status is 200 and it was received completely.
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

/** Opens a separate connection, passes the answer to `read`, and always closes the connection. */
async function exchange<T>(
  url: string,
  options: HttpOptions,
  read: (answer: Dispatcher.ResponseData, body: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  const { signal, timeoutMs, idleTimeoutMs } = options
  signal?.throwIfAborted()
  // undici is half a megabyte of code, which a run without a download or a monitor does not need.
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
        // A body that is not read to its end is destroyed with the agent, which is not an error.
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

/** Connection options: one request per connection, because a server may close a reused one. The time limits are our own. */
const connectionOptions = { pipelining: 0, allowH2: false, connectTimeout: 0, connect: { timeout: 0 } } as const

function seconds(ms: number): number {
  return Math.ceil(ms / 1000)
}

/** Returns the redirect target of an answer, undefined without one. @throws ServiceError for a redirect from https to http */
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
 * Chooses the proxy for a URL as the runner's own client does (@actions/http-client): one variable per protocol, and no proxy
 * for this machine. undici would also use HTTP_PROXY for https.
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
