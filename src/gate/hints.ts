/**
 * What is asked once the verdict is known, so that its sentence says more: the path at which MCP does answer, and
 * whether a client with a cookie jar would have kept its session. Neither changes who fails.
 */
import { type Failure, failure } from './codes.ts'
import { ERAS, probeEras } from './eras.ts'
import type { Expectations } from './expectations.ts'
import type { HttpTarget } from './http-exchange.ts'
import { probeStreamable } from './legacy.ts'

/** Adds the right path to a failure that comes of a wrong one. */
export async function withHint(fault: Failure, target: HttpTarget): Promise<Failure> {
  if (fault.code !== 'PATH_404' && fault.code !== 'HTTP_405' && fault.code !== 'HTML_PAGE') return fault
  const address = await findMcpAddress(target)
  return address === undefined ? fault : { ...fault, sentence: `${fault.sentence} MCP answers at ${address}.` }
}

/** Sessions that end up whole by chance must not pass for a working jar, so every one of several must be. */
const JAR_SESSIONS = 3

/** Whether a client with a cookie jar would keep the session that was lost. */
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

/** Best first: paths of Streamable HTTP (SDKs, frameworks, Gradio), then that of the deprecated transport. */
const USUAL_PATHS = ['/mcp', '/', '/api/mcp', '/mcp/mcp', '/gradio_api/mcp/', '/sse']

/** The usual paths on the same origin, tried once and together; the best that speaks MCP, without the query. */
async function findMcpAddress(target: HttpTarget): Promise<string | undefined> {
  const addresses = await Promise.all(
    USUAL_PATHS.map(async path => {
      const endpoint = new URL(path, target.endpoint.href)
      endpoint.search = target.endpoint.search
      if (endpoint.pathname === target.endpoint.pathname) return undefined
      const otherTarget: HttpTarget = {
        ...target,
        endpoint,
        deadline: Math.min(target.deadline, performance.now() + target.times.otherPathsTimeoutMs),
      }
      const anything: Expectations = { tools: [], version: undefined, contract: undefined }
      const eras = await probeEras(otherTarget, path === '/sse' ? 'sse' : 'streamable-http', anything, [])
      return ERAS.some(era => eras[era].verdict === 'passed') ? `${endpoint.origin}${endpoint.pathname}` : undefined
    }),
  )
  return addresses.find(address => address !== undefined)
}
