/**
 * What a load balancer hides: one conversation meets one target, or a mixture of them. The same request several times
 * in a row, each on a connection of its own and without cookies, reaches every target of a round-robin balancer; and
 * several sessions of several requests show whether the targets share what a session remembers. Never at the same
 * time: interleaved sessions could look whole, and a server that cannot do two things at once is not a bad target.
 */
import { type Era, type Failure, failure } from './codes.ts'
import { type Expectations, judgeTools, judgeVersion } from './expectations.ts'
import { discover, modernPages } from './modern.ts'
import { secretsOf } from './quote.ts'
import type { Conversation, EraResult } from './rpc.ts'
import { probeSse } from './sse.ts'
import { endSession, initialize, LEGACY_VERSIONS, legacyPages, probeStreamable } from './streamable.ts'
import { listTools } from './tools.ts'
import type { Refusal } from './verdict.ts'

/** A service with more tasks than this has a bad one found by chance, in one of the rounds. */
const TRIES = 8
const SESSIONS = 3
const LISTS_PER_SESSION = 2
const OLD_SESSIONS = 3

/** What was tried, how often, and the failures among it. */
export interface Survey {
  readonly step: string
  readonly tries: number
  readonly failures: readonly Failure[]
}

/** What a survey has to know of the era that it looks at. */
export interface Surveyed extends Pick<EraResult, 'protocolVersion' | 'tools'> {
  readonly inSession?: boolean
}

/**
 * The whole era, as far as `patienceMs` allows: every stateless request TRIES times, or whole sessions. The step that failed most
 * often comes first.
 */
export async function surveyEra(
  conversation: Conversation,
  era: Surveyed,
  expected: Expectations,
  patienceMs: number,
): Promise<readonly Survey[]> {
  const until = performance.now() + patienceMs
  const opening = { modern: 'server/discover', legacy: 'initialize', 'http-sse': 'session' }[conversation.era]
  const steps = conversation.era === 'http-sse' || era.tools === undefined ? [opening] : [opening, 'tools/list']
  const surveys: Survey[] = []
  if (conversation.era === 'legacy' && era.inSession) {
    const session = async (): Promise<Failure | undefined> =>
      (await probeStreamable(conversation, expected, { lists: LISTS_PER_SESSION })).failure
    surveys.push(await repeat('session', SESSIONS, until, session))
  } else {
    for (const step of steps) {
      const survey = await surveyStep(conversation, era, step, expected, until - performance.now())
      if (survey) surveys.push(survey)
    }
  }
  return surveys.sort((a, b) => b.failures.length - a.failures.length)
}

/** One step of an era, TRIES times; undefined when it cannot be repeated outside of its session. */
export async function surveyStep(
  conversation: Conversation,
  era: Surveyed,
  step: string,
  expected: Expectations,
  patienceMs: number,
): Promise<Survey | undefined> {
  const until = performance.now() + patienceMs
  const attempt = (name: string, action: () => Promise<Refusal | undefined>) =>
    repeat(name, TRIES, until, async () => {
      const refusal = await action()
      return refusal && failure(refusal.code, name, refusal.sentence, conversation.era)
    })
  switch (conversation.era) {
    case 'http-sse': {
      const session = async () => (await probeSse(conversation, expected)).failure
      return await repeat('session', OLD_SESSIONS, until, session)
    }
    case 'modern':
      return step === 'tools/list'
        ? await attempt(step, () => tryList(conversation, modernPages(conversation), true, expected))
        : await attempt('server/discover', () => tryDiscover(conversation, expected))
    case 'legacy': {
      if (step !== 'tools/list') return await attempt('initialize', () => tryInitialize(conversation, expected))
      if (era.inSession) return undefined
      const headers = { 'mcp-protocol-version': era.protocolVersion ?? LEGACY_VERSIONS[0] }
      return await attempt(step, () => tryList(conversation, legacyPages(conversation, headers), false, expected))
    }
  }
}

/**
 * What a survey means. Undefined when nothing failed, or when only a rate limit stopped it: that is no sign of a bad
 * target. Pure.
 */
export function judgeSurvey({ step, tries, failures }: Survey, era?: Era): Failure | undefined {
  const telling = failures.filter(({ code }) => code !== 'RATE_LIMITED')
  const [first] = telling
  if (first === undefined) return undefined
  const lost = telling.find(({ code }) => code === 'SESSION_LOST')
  if (lost) return lost
  if (telling.length === tries) return first
  const named = [...new Set(telling.map(({ code }) => code))].join(', ')
  const sentence = `FLAPPING ${telling.length}/${tries}: of ${tries} tries of ${step}, each on a fresh connection, ${telling.length} failed (${named}). One of them: ${first.sentence}`
  return failure('FLAPPING', first.step, sentence, era)
}

/** An action of any kind, TRIES times, as far as `patienceMs` allows. */
export function surveyAction(
  step: string,
  patienceMs: number,
  action: () => Promise<Failure | undefined>,
): Promise<Survey> {
  return repeat(step, TRIES, performance.now() + patienceMs, action)
}

async function repeat(
  step: string,
  times: number,
  until: number,
  action: () => Promise<Failure | undefined>,
): Promise<Survey> {
  const failures: Failure[] = []
  let tries = 0
  while (tries < times && (tries === 0 || performance.now() < until)) {
    tries++
    const failed = await action()
    if (failed) failures.push(failed)
  }
  return { step, tries, failures }
}

async function tryDiscover(conversation: Conversation, expected: Expectations): Promise<Refusal | undefined> {
  const found = await discover(conversation)
  return 'refusal' in found ? found.refusal : judgeVersion(found, expected, secretsOf(conversation.line.headers))
}

async function tryInitialize(conversation: Conversation, expected: Expectations): Promise<Refusal | undefined> {
  const { server, session } = await initialize(conversation)
  if (session['mcp-session-id'] !== undefined) await endSession(conversation, session)
  return 'answered' in server ? server : judgeVersion(server, expected, secretsOf(conversation.line.headers))
}

async function tryList(
  conversation: Conversation,
  pages: ReturnType<typeof modernPages>,
  isModern: boolean,
  expected: Expectations,
): Promise<Refusal | undefined> {
  const secrets = secretsOf(conversation.line.headers)
  const listing = await listTools(pages, isModern, secrets)
  return 'answered' in listing ? listing : judgeTools(listing.tools, expected.tools, secrets)
}
