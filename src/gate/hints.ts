/**
 * Additional probes after the verdict, for a more precise sentence. They look for the path at which MCP answers, and
 * test sessions with a cookie jar. They never change pass or fail.
 */
import { monotonicMs } from '../poll.ts'
import { type Failure, failure } from './codes.ts'
import { ERAS, probeEras } from './eras.ts'
import type { Expectations } from './expectations.ts'
import type { HttpTarget } from './http-exchange.ts'
import { probeStreamable } from './legacy.ts'

/** Adds the correct path to a failure that a wrong path causes. Never throws. */
export async function withHint(fault: Failure, target: HttpTarget): Promise<Failure> {
  if (fault.code === 'OLD_TRANSPORT') {
    const newer = await findStreamableAddress(target)
    return newer === undefined
      ? fault
      : {
          ...fault,
          sentence: `${fault.sentence} Streamable HTTP is served at ${newer}.`,
          fix: `Use ${newer} as the URL.`,
        }
  }
  if (fault.code !== 'PATH_404' && fault.code !== 'HTTP_405' && fault.code !== 'HTML_PAGE') return fault
  const address = await findMcpAddress(target)
  return address === undefined ? fault : { ...fault, sentence: `${fault.sentence} MCP answers at ${address}.` }
}

/**
 * Returns the address beside an HTTP+SSE endpoint at which the same server has Streamable HTTP, without its query.
 * Bridges and SDKs serve both transports of one server at paths that differ in their last part.
 */
export function findStreamableAddress(target: HttpTarget): Promise<string | undefined> {
  const { pathname } = target.endpoint
  const folder = pathname.slice(0, pathname.lastIndexOf('/', pathname.length - 2) + 1)
  return findMcpAddress(target, [`${folder}mcp`, folder, ...USUAL_PATHS.filter(path => path !== '/sse')])
}

/** Number of sessions that must all work with cookies, because one session may work by chance. */
const JAR_SESSIONS = 3

/** Checks whether a client with a cookie jar would keep the lost session. Never throws. */
export async function withCookieJar(fault: Failure, target: HttpTarget, expected: Expectations): Promise<Failure> {
  for (let session = 0; session < JAR_SESSIONS; session++) {
    const result = await probeStreamable({ target, era: 'legacy', exchanges: [] }, expected, {
      withCookies: true,
      lists: 2,
    })
    if (!result.setsCookies || result.failure?.code === 'SESSION_LOST') return fault
  }
  const sentence = `${fault.sentence} ${JAR_SESSIONS} sessions that sent the cookies back were whole.`
  return failure('SESSION_NEEDS_COOKIES', fault.step, sentence, fault.era)
}

/** Usual MCP paths, best first: Streamable HTTP (SDKs, frameworks, Gradio), then the deprecated transport. */
const USUAL_PATHS = ['/mcp', '/', '/api/mcp', '/mcp/mcp', '/gradio_api/mcp/', '/sse']

/**
 * Tries these paths on the same origin, once and in parallel. Returns the best address that speaks MCP, without its
 * query.
 */
async function findMcpAddress(target: HttpTarget, paths = USUAL_PATHS): Promise<string | undefined> {
  if (target.avoidsClientErrors) return undefined
  const addresses = await Promise.all(
    [...new Set(paths)].map(async path => {
      const endpoint = new URL(path, target.endpoint.href)
      endpoint.search = target.endpoint.search
      if (endpoint.pathname === target.endpoint.pathname) return undefined
      const otherTarget: HttpTarget = {
        ...target,
        endpoint,
        deadline: Math.min(target.deadline, monotonicMs() + target.times.otherPathsTimeoutMs),
      }
      const anything: Expectations = { tools: [], version: undefined, contract: undefined }
      const eras = await probeEras(otherTarget, path === '/sse' ? 'sse' : 'streamable-http', anything, [])
      return ERAS.some(era => eras[era].verdict === 'passed') ? `${endpoint.origin}${endpoint.pathname}` : undefined
    }),
  )
  return addresses.find(address => address !== undefined)
}
