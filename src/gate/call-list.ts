/**
 * The list of tool calls in the input mcp-call. Each unreadable part is an error that names the call and the part, before
 * anything is changed.
 */
import { parse } from 'yaml'
import { InputError, messageOf } from '../errors.ts'
import { isObject } from '../json.ts'

/** The expected result of a call; an absent part is not compared. */
export interface ExpectedResult {
  readonly isError: boolean
  /** Text that must be in the text content, or a regular expression that must match it. */
  readonly text?: string | RegExp
  /** A value that must be a part of the structured content. */
  readonly structuredContent?: unknown
}

/** One tool call. */
export interface ToolCall {
  readonly tool: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly expect: ExpectedResult
  /** Milliseconds for the answer; undefined means those of every request. */
  readonly timeoutMs: number | undefined
  /** Whether a tool that is annotated as changing something may be called. */
  readonly allow: boolean
}

/** Maximum number of calls, because each is sent in each passing era. */
const MAX_CALLS = 20

const CALL_MEMBERS = ['tool', 'arguments', 'expect', 'timeout', 'allow']
const EXPECT_MEMBERS = ['isError', 'text', 'structuredContent']

/**
 * Reads the list of calls.
 *
 * @param parseDuration reads a duration in milliseconds, and throws an InputError with the given name
 * @throws InputError that names the call and the part
 */
export function parseToolCalls(text: string, parseDuration: (name: string, value: string) => number): ToolCall[] {
  let list: unknown
  try {
    // A list needs no aliases, and their expansion could take all memory.
    list = parse(text, { maxAliasCount: 0 })
  } catch (error) {
    throw new InputError(`Input mcp-call is not YAML: ${messageOf(error).split('\n', 1)[0]?.replace(/:$/, '')}.`)
  }
  if (!Array.isArray(list)) throw new InputError('Input mcp-call is not a list: each call starts with "- tool: NAME".')
  if (list.length > MAX_CALLS)
    throw new InputError(`Input mcp-call has ${list.length} calls: at most ${MAX_CALLS} are allowed.`)
  return list.map((call: unknown, index) => readCall(call, `call ${index + 1}`, parseDuration))
}

function readCall(call: unknown, place: string, parseDuration: (name: string, value: string) => number): ToolCall {
  const refuse = (what: string): never => {
    throw new InputError(`Input mcp-call, ${place}: ${what}.`)
  }
  if (!isObject(call)) return refuse('it is not a mapping with "tool"')
  refuseOthers(call, CALL_MEMBERS, refuse)
  const { tool, arguments: given = {}, expect = {}, timeout, allow = false } = call
  if (typeof tool !== 'string' || tool === '') return refuse('"tool" must be the name of a tool')
  if (!isObject(given)) return refuse('"arguments" must be a mapping')
  if (!isObject(expect)) return refuse(`"expect" must be a mapping with ${EXPECT_MEMBERS.join(', ')}`)
  if (typeof allow !== 'boolean') return refuse('"allow" must be true or false')
  if (timeout !== undefined && typeof timeout !== 'string') return refuse('"timeout" must be a duration, such as 10s')
  refuseOthers(expect, EXPECT_MEMBERS, what => refuse(`expect: ${what}`))
  const { isError = false, text, structuredContent } = expect
  if (typeof isError !== 'boolean') return refuse('expect.isError must be true or false')
  if (text !== undefined && typeof text !== 'string') return refuse('expect.text must be a text or a /regex/ in quotes')
  return {
    tool,
    arguments: given,
    expect: {
      isError,
      ...(text !== undefined && { text: readPattern(text, refuse) }),
      ...(structuredContent !== undefined && { structuredContent }),
    },
    timeoutMs: timeout === undefined ? undefined : parseDuration(`mcp-call, ${place}, timeout`, timeout),
    allow,
  }
}

function refuseOthers(
  value: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
  refuse: (what: string) => never,
): void {
  const other = Object.keys(value).find(name => !allowed.includes(name))
  if (other !== undefined) refuse(`"${other}" is not allowed, only ${allowed.join(', ')}`)
}

/** Reads `/pattern/flags` as a regular expression, and any other text as it is. */
function readPattern(text: string, refuse: (what: string) => never): string | RegExp {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? []
  if (source === undefined) return text
  try {
    // The state of g and y would change the result of the second era.
    return new RegExp(source, (flags ?? '').replace(/[gy]/g, ''))
  } catch (error) {
    return refuse(`expect.text is not a regular expression: ${messageOf(error)}`)
  }
}
