/**
 * The tool calls that the user names: each is made once in every passing era, after the rounds. It is the only request of
 * the gate that can have an effect. So a tool that declares a change is called only with permission.
 */
import { isObject } from '../json.ts'
import { monotonicMs } from '../poll.ts'
import type { ToolCall } from './call-list.ts'
import type { Code, Era, Failure } from './codes.ts'
import { ERAS, type Eras } from './eras.ts'
import type { Ask } from './expectations.ts'
import type { HttpTarget } from './http-exchange.ts'
import { inLegacySession } from './legacy.ts'
import { inSseSession } from './legacy-sse.ts'
import { modernRequests } from './modern.ts'
import { readHeaders } from './parameter-headers.ts'
import type { ParsedReply, Refusal } from './read-reply.ts'
import { type Conversation, type Exchange, failureOf, unfitRefusal } from './rpc.ts'
import { clean, previewJson, secretsOf } from './sanitize.ts'
import type { Tool } from './tool.ts'
import { closest } from './tools.ts'

/** The step of every failure of a call. */
const STEP = 'tools/call'

/** Makes the calls in each passing era. Returns the first failure; undefined when all results are as expected. Never throws. */
export async function runCalls(
  target: HttpTarget,
  calls: readonly ToolCall[],
  eras: Eras,
  exchanges: Exchange[],
): Promise<Failure | undefined> {
  for (const era of ERAS) {
    const { verdict, tools = [] } = eras[era]
    if (verdict !== 'passed') continue
    const secrets = secretsOf(target.headers)
    const barred = calls.map(call => findBar(call, tools, secrets)).find(refusal => refusal !== undefined)
    if (barred) return failureOf(barred, STEP, era)
    for (const call of calls) {
      const refusal = await makeCall({ ...target, ...limits(target, call) }, era, call, tools, exchanges)
      if (refusal) return failureOf(refusal, STEP, era)
    }
  }
  return undefined
}

/** A call has its own time, also after the end of the time for the rounds. */
function limits({ requestTimeoutMs, times }: HttpTarget, { timeoutMs }: ToolCall) {
  const callMs = timeoutMs ?? requestTimeoutMs ?? times.phaseTimeoutsMs.headers
  return { requestTimeoutMs: callMs, deadline: monotonicMs() + 4 * callMs + times.minPhaseTimeoutMs }
}

/** Returns why a tool is not called: it is not listed, or declares that it changes something. Pure. */
function findBar(
  { tool: name, allow }: ToolCall,
  tools: readonly Tool[],
  secrets: readonly string[],
): Refusal | undefined {
  const shown = clean(name, secrets)
  const tool = tools.find(each => each.name === name)
  if (tool === undefined) {
    const similar = closest(
      name,
      tools.map(each => each.name),
    )
    const close = similar === undefined ? '' : ` (close: "${clean(similar, secrets)}")`
    return unfitRefusal('TOOL_MISSING', `mcp-call names the tool "${shown}", which is not listed${close}.`)
  }
  const { readOnlyHint, destructiveHint } = tool.annotations ?? {}
  const changes = readOnlyHint === false || (destructiveHint === true && readOnlyHint !== true)
  if (allow || !changes) return undefined
  const what = destructiveHint === true ? 'destructive' : 'not read-only'
  return unfitRefusal('CALL_NOT_ALLOWED', `The tool "${shown}" is annotated as ${what}, so it was not called.`)
}

async function makeCall(
  target: HttpTarget,
  era: Era,
  call: ToolCall,
  tools: readonly Tool[],
  exchanges: Exchange[],
): Promise<Refusal | undefined> {
  const conversation: Conversation = { target, era, exchanges }
  const params = { name: call.tool, arguments: call.arguments }
  const use = async (ask: Ask): Promise<ParsedReply> => (await ask(STEP, params)).reply
  const reply =
    era === 'modern'
      ? await use(modernRequests(conversation, callHeaders(call, tools)))
      : era === 'legacy'
        ? await inLegacySession(conversation, use)
        : await inSseSession(conversation, use)
  const secrets = secretsOf(target.headers)
  const shown = clean(call.tool, secrets)
  if (!reply.answered) {
    return { ...reply, code: failedCode(reply), sentence: `The call of "${shown}" got no result: ${reply.sentence}` }
  }
  const difference = differenceOf(call, reply.result, secrets)
  return difference === undefined
    ? undefined
    : unfitRefusal('CALL_UNEXPECTED', `The result of "${shown}" is not as expected: ${difference}.`)
}

/** Codes that name a fault of the endpoint and not of the call keep their name. */
function failedCode({ code }: Refusal): Code {
  return /^(?:RPC_|SERVER_ERROR|HEADERS_TIMEOUT|SSE_|BODY_|HTTP_4)/.test(code) ? 'CALL_FAILED' : code
}

/** The headers that 2026-07-28 requires on a call: the name of the tool, and the annotated arguments. */
function callHeaders({ tool: name, arguments: given }: ToolCall, tools: readonly Tool[]): Record<string, string> {
  const declared = readHeaders(tools.find(tool => tool.name === name)?.inputSchema)
  const headers: Record<string, string> = { 'mcp-name': headerValue(name) }
  for (const { path, name: header } of typeof declared === 'string' ? [] : declared) {
    let value: unknown = given
    for (const part of path) value = isObject(value) ? value[part] : undefined
    if (value === undefined || value === null || typeof value === 'object') continue
    headers[`mcp-param-${header.toLowerCase()}`] = headerValue(String(value))
  }
  return headers
}

/** Encodes a value that a header cannot hold as it is (2026-07-28, basic/transports, "Value Encoding"). */
function headerValue(text: string): string {
  const isPlain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) && !text.startsWith('=?base64?')
  return isPlain ? text : `=?base64?${Buffer.from(text, 'utf8').toString('base64')}?=`
}

/** Returns how a result differs from the expected one, as the end of a sentence; undefined when it does not. Pure. */
export function differenceOf(
  { expect }: Pick<ToolCall, 'expect'>,
  result: Readonly<Record<string, unknown>>,
  secrets: readonly string[],
): string | undefined {
  const content: readonly unknown[] = Array.isArray(result.content) ? result.content : []
  const texts = content.flatMap(item => (isObject(item) && typeof item.text === 'string' ? [item.text] : []))
  const text = texts.join('\n')
  const isError = result.isError === true
  if (isError !== expect.isError) {
    return `isError is ${isError}, and ${expect.isError} is expected; its text is "${clean(text, secrets)}"`
  }
  const { text: wanted, structuredContent } = expect
  if (wanted !== undefined && !(typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text))) {
    const shown = typeof wanted === 'string' ? `the text "${clean(wanted, secrets)}"` : `a match of ${wanted}`
    return `${shown} is expected, and the text is "${clean(text, secrets)}"`
  }
  if (structuredContent === undefined) return undefined
  return partialDifference(structuredContent, result.structuredContent, 'structuredContent', secrets, 0)
}

/** Maximum depth of a comparison, because a hostile result could exhaust the stack. */
const MAX_DEPTH = 100

/** Compares a part with a whole: members of objects that are not in the part are ignored. */
function partialDifference(
  part: unknown,
  whole: unknown,
  path: string,
  secrets: readonly string[],
  depth: number,
): string | undefined {
  const differs = (): string =>
    `${clean(path, secrets)} is ${whole === undefined ? 'absent' : previewJson(whole, secrets)}, and ${previewJson(part, secrets)} is expected`
  if (depth > MAX_DEPTH) return `${clean(path, secrets)} is nested too deep to be compared`
  if (Array.isArray(part)) {
    if (!Array.isArray(whole) || whole.length !== part.length) return differs()
    return firstDifference(part.entries(), index => [whole[index], `${path}[${index}]`], secrets, depth)
  }
  if (!isObject(part)) return part === whole ? undefined : differs()
  if (!isObject(whole)) return differs()
  return firstDifference(
    Object.entries(part),
    name => [Object.hasOwn(whole, name) ? whole[name] : undefined, `${path}.${name}`],
    secrets,
    depth,
  )
}

function firstDifference<K>(
  parts: Iterable<[K, unknown]>,
  wholeOf: (key: K) => readonly [unknown, string],
  secrets: readonly string[],
  depth: number,
): string | undefined {
  for (const [key, part] of parts) {
    const [whole, path] = wholeOf(key)
    const difference = partialDifference(part, whole, path, secrets, depth + 1)
    if (difference !== undefined) return difference
  }
  return undefined
}
