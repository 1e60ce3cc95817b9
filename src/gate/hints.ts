/**
 * Additional probes after the verdict, for a more precise sentence. They look for the path at which MCP answers, and
 * test sessions with a cookie jar. They never change pass or fail.
 */
import { type Failure, failure } from './codes.ts'
import { ERAS, probeEras } from './eras.ts'
import type { Expectations } from './expectations.ts'
import type { HttpTarget } from './http-exchange.ts'
import { probeStreamable } from './legacy.ts'

/** Adds the correct path to a failure that a wrong path causes. Never throws. */
export async function withHint(fault: Failure, line: HttpTarget): Promise<Failure> {
  if (fault.code !== 'PATH_404' && fault.code !== 'HTTP_405' && fault.code !== 'HTML_PAGE') return fault
  const found = await pathThatSpeaks(line)
  return found === undefined ? fault : { ...fault, sentence: `${fault.sentence} MCP answers at ${found}.` }
}

/** Number of sessions that must all work with cookies, because one session may work by chance. */
const JAR_SESSIONS = 3

/** Checks whether a client with a cookie jar would keep the lost session. Never throws. */
export async function withCookieJar(fault: Failure, line: HttpTarget, expected: Expectations): Promise<Failure> {
  for (let session = 0; session < JAR_SESSIONS; session++) {
    const seen = await probeStreamable({ line, era: 'legacy', exchanges: [] }, expected, {
      withCookies: true,
      lists: 2,
    })
    if (!seen.setsCookies || seen.failure?.code === 'SESSION_LOST') return fault
  }
  const sentence = `${fault.sentence} ${JAR_SESSIONS} sessions that sent the cookies back were whole.`
  return failure('SESSION_NEEDS_COOKIES', fault.step, sentence, fault.era)
}

/** Usual MCP paths, best first: Streamable HTTP (SDKs, frameworks, Gradio), then the deprecated transport. */
const USUAL_PATHS = ['/mcp', '/', '/api/mcp', '/mcp/mcp', '/gradio_api/mcp/', '/sse']

/**
 * Tries the usual paths on the same origin, once and in parallel. Returns the best address that speaks MCP, without its
 * query.
 */
async function pathThatSpeaks(line: HttpTarget): Promise<string | undefined> {
  const found = await Promise.all(
    USUAL_PATHS.map(async path => {
      const endpoint = new URL(path, line.endpoint.href)
      endpoint.search = line.endpoint.search
      if (endpoint.pathname === line.endpoint.pathname) return undefined
      const there: HttpTarget = {
        ...line,
        endpoint,
        deadline: Math.min(line.deadline, performance.now() + line.times.otherPathsTimeoutMs),
      }
      const anything: Expectations = { tools: [], version: undefined, contract: undefined }
      const eras = await probeEras(there, path === '/sse' ? 'sse' : 'streamable-http', anything, [])
      return ERAS.some(era => eras[era].verdict === 'passed') ? `${endpoint.origin}${endpoint.pathname}` : undefined
    }),
  )
  return found.find(address => address !== undefined)
}
