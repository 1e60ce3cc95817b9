/**
 * The sampling of targets behind a load balancer, because one conversation reaches one target or a mixture of them.
 * Repeated requests on separate connections without cookies reach every target of a round-robin balancer. Several
 * sessions with several requests show whether the targets share session state. The tries are sequential: interleaved
 * sessions could look complete, and a server without concurrency is not a bad target.
 */
import { monotonicMs } from '../poll.ts'
import { type Era, type Failure, failure, isInterruption } from './codes.ts'
import { type Ask, type Expectations, findContractFault, findMissingTool, findOfferFault } from './expectations.ts'
import type { HttpTarget } from './http-exchange.ts'
import { endSession, initialize, LEGACY_VERSIONS, legacyRequests, probeStreamable } from './legacy.ts'
import { probeSse } from './legacy-sse.ts'
import { discover, modernRequests } from './modern.ts'
import type { Refusal } from './read-reply.ts'
import { type Conversation, type EraResult, failureOf, send } from './rpc.ts'
import { secretsOf } from './sanitize.ts'
import { listTools } from './tools.ts'

/** Maximum number of tries per step. */
const TRIES = 8
/** Number of sampled authentication challenges; each takes several requests. */
const CHALLENGE_TRIES = 4
/** Maximum number of pages over all lists; each page is a request that reaches another target. */
const PAGES = 40
/** Number of sessions, and of lists in each, when a failure is confirmed. */
const SESSIONS = 3
const LISTS_PER_SESSION = 2
const OLD_SESSIONS = 3
/** Number of sampled sessions, and the requests of each without its lists: initialize, initialized and DELETE. */
const SAMPLED_SESSIONS = 2
const SESSION_REQUESTS = 3

/**
 * Requests of a first passing round together with its sampling. Each request reaches another target of a round-robin
 * balancer, so a target that fails is found behind up to twelve others. Rate limiters of public endpoints allow so many.
 */
export const SAMPLED_REQUESTS = 20
/** Least number of requests to sample one era. */
const MIN_SAMPLED_REQUESTS = 4

/** One sampled step: the number of tries and the failures among them. */
export interface TargetSampling {
  readonly step: string
  readonly tries: number
  readonly failures: readonly Failure[]
}

/** The traits of an era on which its sampling depends. */
export interface SampledTarget extends Pick<EraResult, 'protocolVersion' | 'tools' | 'pages'> {
  readonly inSession?: boolean
}

/**
 * Samples the whole era within `timeoutMs`: every stateless request several times, or whole sessions. The step with the
 * most failures comes first. Never throws.
 *
 * @param requests number of requests to spend; a list of several pages and a session may need a few more
 */
export async function sampleEra(
  conversation: Conversation,
  era: SampledTarget,
  expected: Expectations,
  timeoutMs: number,
  requests: number,
): Promise<readonly TargetSampling[]> {
  const deadline = monotonicMs() + timeoutMs
  const opening = { modern: 'server/discover', legacy: 'initialize', 'http-sse': 'session' }[conversation.era]
  const steps = conversation.era === 'http-sse' || era.tools === undefined ? [opening] : [opening, 'tools/list']
  const samplings: TargetSampling[] = []
  const share = Math.max(requests, MIN_SAMPLED_REQUESTS)
  if (conversation.era === 'legacy' && era.inSession) {
    const lists = Math.max(1, Math.floor(share / SAMPLED_SESSIONS) - SESSION_REQUESTS)
    samplings.push(await sampleSessions(conversation, expected, deadline, SAMPLED_SESSIONS, lists))
  } else {
    const openings = steps.length === 1 ? share : Math.floor(share / 2)
    for (const step of steps) {
      const tries = step === opening ? openings : share - openings
      const sampling = await sampleStep(conversation, era, step, expected, deadline - monotonicMs(), tries)
      samplings.push(sampling)
      if (sampling.failures.some(isInterruption)) break
    }
  }
  return samplings.sort((a, b) => b.failures.length - a.failures.length)
}

/** Samples one step of an era several times, or whole sessions when the step needs one. Never throws. */
export async function sampleStep(
  conversation: Conversation,
  era: SampledTarget,
  step: string,
  expected: Expectations,
  timeoutMs: number,
  maxTries = TRIES,
): Promise<TargetSampling> {
  const deadline = monotonicMs() + timeoutMs
  const tries = Math.min(TRIES, maxTries)
  const lists = Math.max(2, Math.min(tries, Math.floor(PAGES / (era.pages ?? 1))))
  const attempt = (name: string, action: () => Promise<Refusal | undefined>) =>
    repeat(conversation.target, name, name === 'tools/list' ? lists : tries, deadline, async () => {
      const refusal = await action()
      return [refusal && failureOf(refusal, name, conversation.era)]
    })
  switch (conversation.era) {
    case 'http-sse': {
      const session = async () => [afterContract(await probeSse(conversation, expected), conversation, expected)]
      return await repeat(conversation.target, 'session', OLD_SESSIONS, deadline, session)
    }
    case 'modern':
      return step === 'tools/list'
        ? await attempt(step, () => tryList(conversation, modernRequests(conversation), true, expected))
        : await attempt('server/discover', () => tryDiscover(conversation, expected))
    case 'legacy': {
      if (step === 'initialize') return await attempt(step, () => tryInitialize(conversation, expected))
      if (step === 'notifications/initialized') {
        let turn = 0
        return await attempt(step, () => tryInitialized(conversation, turn++))
      }
      if (step !== 'tools/list' || era.inSession) return await sampleSessions(conversation, expected, deadline)
      const headers = { 'mcp-protocol-version': era.protocolVersion ?? LEGACY_VERSIONS[0] }
      return await attempt(step, () => tryList(conversation, legacyRequests(conversation, headers), false, expected))
    }
  }
}

/** Samples whole sessions with several lists each. Every list is one try, because each may reach another target. */
function sampleSessions(
  conversation: Conversation,
  expected: Expectations,
  deadline: number,
  sessions = SESSIONS,
  lists = LISTS_PER_SESSION,
): Promise<TargetSampling> {
  return repeat(conversation.target, 'session', sessions, deadline, async () => {
    const { listings } = await probeStreamable(conversation, expected, { lists })
    return listings.map(listing => afterContract(listing, conversation, expected))
  })
}

/** Returns the failure of an era, or the failure of its tools to match the contract. */
function afterContract(
  { failure: fault, tools = [] }: EraResult,
  { era, target }: Conversation,
  expected: Expectations,
): Failure | undefined {
  const refusal = fault ? undefined : findContractFault(tools, expected, secretsOf(target.headers))
  return refusal ? failure(refusal.code, 'tools/list', refusal.sentence, era) : fault
}

/**
 * Decides a sampling. Undefined means that nothing failed, or that only a rate limit or the gate deadline stopped it.
 * Neither indicates a bad target. Pure.
 */
export function decideSampling({ step, tries: all, failures }: TargetSampling, era?: Era): Failure | undefined {
  const tries = all - failures.filter(isInterruption).length
  const counted = failures.filter(fault => !isInterruption(fault))
  const [first] = counted
  if (first === undefined) return undefined
  const lost = counted.find(({ code }) => code === 'SESSION_LOST')
  if (lost) return lost
  if (counted.length === tries) return first
  const named = [...new Set(counted.map(({ code }) => code))].join(', ')
  const sentence = `FLAPPING ${counted.length}/${tries}: of ${tries} tries of ${step}, each on a fresh connection, ${counted.length} failed (${named}). One of them: ${first.sentence}`
  return failure('FLAPPING', first.step, sentence, era)
}

/** Samples the authentication challenge several times within `timeoutMs`. */
export function sampleChallenge(
  target: HttpTarget,
  step: string,
  timeoutMs: number,
  action: () => Promise<Failure | undefined>,
): Promise<TargetSampling> {
  return repeat(target, step, CHALLENGE_TRIES, monotonicMs() + timeoutMs, async () => [await action()])
}

/**
 * Repeats an action up to a maximum count, until the time is up, the request budget is spent or an interruption occurs.
 */
async function repeat(
  { budget, reservedRequests = 0 }: HttpTarget,
  step: string,
  times: number,
  deadline: number,
  action: () => Promise<readonly (Failure | undefined)[]>,
): Promise<TargetSampling> {
  const results: (Failure | undefined)[] = []
  const isInTime = (done: number): boolean => done === 0 || monotonicMs() < deadline
  for (let done = 0; done < times && isInTime(done) && budget.room > reservedRequests; done++) {
    results.push(...(await action()))
    // Another request after a rate limit would violate it.
    if (results.some(fault => fault && isInterruption(fault))) break
  }
  return { step, tries: results.length, failures: results.filter(result => result !== undefined) }
}

const anything: Expectations = { tools: [], version: undefined, contract: undefined }

async function tryDiscover(conversation: Conversation, expected: Expectations): Promise<Refusal | undefined> {
  const discovery = await discover(conversation)
  return 'refusal' in discovery
    ? discovery.refusal
    : findOfferFault(discovery, expected, secretsOf(conversation.target.headers))
}

async function tryInitialize(conversation: Conversation, expected: Expectations): Promise<Refusal | undefined> {
  const { server, session } = await initialize(conversation)
  if (session['mcp-session-id'] !== undefined) await endSession(conversation, session)
  return 'answered' in server ? server : findOfferFault(server, expected, secretsOf(conversation.target.headers))
}

/**
 * Sends notifications/initialized after initialize; every second try puts another request between them. With two
 * alternating targets, one of them then receives both parts of a handshake.
 */
async function tryInitialized(conversation: Conversation, turn: number): Promise<Refusal | undefined> {
  const { server, session } = await initialize(conversation)
  if ('answered' in server) return server
  if (turn % 2 === 1) await tryInitialize(conversation, anything)
  const { reply } = await send(conversation, {
    method: 'notifications/initialized',
    url: conversation.target.endpoint,
    headers: { ...session, 'mcp-protocol-version': server.protocolVersion },
  })
  if (session['mcp-session-id'] !== undefined) await endSession(conversation, session)
  return reply.answered ? undefined : reply
}

async function tryList(
  conversation: Conversation,
  ask: Ask,
  isModern: boolean,
  expected: Expectations,
): Promise<Refusal | undefined> {
  const secrets = secretsOf(conversation.target.headers)
  const listing = await listTools(ask, isModern, secrets)
  if ('answered' in listing) return listing
  return findMissingTool(listing.tools, expected.tools, secrets) ?? findContractFault(listing.tools, expected, secrets)
}
