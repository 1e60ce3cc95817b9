/** Lambda functions that do not answer, by the end of their log and by what their address cannot do. */
import { lineRule, quotable, quoted, type Rule } from './rule.ts'

const logRule = lineRule(({ lambda, log }) => (lambda === undefined ? [] : (log?.lines ?? []).toReversed()))

export const lambdaRules: readonly Rule[] = [
  logRule(
    'FUNCTION_MODULE_MISSING',
    'replace',
    /(?:Runtime\.ImportModuleError|Cannot find (?:module|package)|No module named)[^'"]*['"]?([^'"\s]+)/,
    ([, module = '']) => `the function cannot load "${quotable(module)}"`,
    'Put the module into the package or the image, and check the handler.',
  ),
  logRule(
    'FUNCTION_HANDLER',
    'replace',
    /Runtime\.(?:HandlerNotFound|MalformedHandlerName|UserCodeSyntaxError)[^\n]*/,
    ([text]) => `the handler of the function cannot be used: ${quoted(text)}`,
    'Correct the handler of the function, or the code that it names.',
  ),
  logRule(
    'FUNCTION_OTHER_CPU',
    'replace',
    /exec format error|Runtime\.InvalidEntrypoint[^\n]*/,
    ([text]) => `the program in the package cannot be started: ${quoted(text)}`,
    'Build for the CPU of the function (architectures), and check the entry point of the image.',
  ),
  logRule(
    'FUNCTION_MEMORY',
    'replace',
    /Runtime\.OutOfMemory|signal: killed|OutOfMemoryError/,
    () => 'the function needs more memory than it has',
    'Raise memory_size of the function.',
  ),
  logRule(
    'FUNCTION_TIMEOUT',
    'replace',
    /Task timed out after ([\d.]+) seconds|Status: timeout/,
    ([, seconds]) => `the function runs into its timeout${seconds === undefined ? '' : ` of ${seconds} s`}`,
    'Find what the server waits for: its start, a dependency, or an event stream that it keeps open. Raise timeout only if the work takes so long.',
  ),
  logRule(
    'FUNCTION_EXITS',
    'replace',
    /Runtime\.ExitError|Runtime exited[^\n]*|Extension\.Crash|INIT_REPORT.*Status: error/,
    ([text]) => `the server ends while it starts: ${quoted(text)}`,
    'Read the end of the log below: the server must start with the settings of the function and listen on the port of the Web Adapter.',
  ),
]

/** The path cannot stream: an answer arrives when the function has ended. */
export const bufferRules: readonly Rule[] = [
  {
    code: 'FUNCTION_BUFFERS',
    remedy: 'config',
    clause: ({ lambda }) =>
      lambda?.isBuffered === true
        ? 'the address of the function cannot stream: an open event stream arrives only when the function ends'
        : undefined,
    fix: 'Answer with JSON instead of an event stream, or give the function URL invoke_mode = "RESPONSE_STREAM" and the Web Adapter AWS_LWA_INVOKE_MODE = "response_stream".',
  },
]

/** Each request may reach another environment. */
export const statelessRules: readonly Rule[] = [
  {
    code: 'FUNCTION_KEEPS_NO_SESSION',
    remedy: 'config',
    clause: ({ lambda }) =>
      lambda === undefined ? undefined : 'Lambda keeps no sessions: each request may reach another environment',
    fix: 'Make the server stateless (sessionIdGenerator: undefined in the TypeScript SDK, stateless_http=True in Python).',
  },
]
