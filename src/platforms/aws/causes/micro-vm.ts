/** Servers that AWS starts in a microVM for each session and that do not answer. The rules read the end of their log and their settings. */
import { lineRule, quotable, quoted, type Rule } from './rule.ts'

const logRule = lineRule(({ microVm, log }) => (microVm === undefined ? [] : (log?.lines ?? []).toReversed()))

export const microVmRules: readonly Rule[] = [
  logRule(
    'RUNTIME_OTHER_CPU',
    'replace',
    /exec format error/,
    ([text]) => `the image is built for another CPU: ${quoted(text)}`,
    'Build the image for linux/arm64, the only CPU of AgentCore: docker build --platform linux/arm64.',
  ),
  logRule(
    'RUNTIME_MODULE_MISSING',
    'replace',
    /(?:Cannot find (?:module|package)|No module named)[^'"]*['"]?([^'"\s]+)/,
    ([, module = '']) => `the server cannot load "${quotable(module)}"`,
    'Put the module into the image.',
  ),
  logRule(
    'RUNTIME_OTHER_PORT',
    'replace',
    /(?:running|listening|started|serving)\b[^\n]{0,200}?(?:\b(?:127\.0\.0\.1|localhost)\b|\bport:? (?!8000\b)\d{2,5}\b|\b0\.0\.0\.0:(?!8000\b)\d{2,5}\b)/i,
    ([text]) => `the server listens elsewhere than at 0.0.0.0:8000: ${quoted(text)}`,
    'Let the server listen on 0.0.0.0, port 8000, and serve MCP at /mcp: AgentCore uses no other address.',
  ),
  {
    code: 'RUNTIME_FAILED',
    remedy: undefined,
    clause: ({ microVm }) => {
      const [reason] = microVm?.failureReasons ?? []
      return reason === undefined ? undefined : `AgentCore reports ${quoted(reason)}`
    },
    fix: 'Correct what AgentCore names.',
  },
]

/** The server takes tokens, and the gate signed: a runtime takes one way of authentication, never both. */
export const tokenRules: readonly Rule[] = [
  {
    code: 'RUNTIME_WANTS_TOKENS',
    remedy: 'config',
    clause: ({ microVm }) =>
      microVm?.authorizer === 'jwt'
        ? 'the runtime takes tokens of an issuer (authorizer_configuration), and the gate signed its requests'
        : undefined,
    fix: 'Leave mcp-sigv4 out, and set mcp-oauth-client-id, mcp-oauth-client-secret and mcp-oauth-issuer, or an Authorization header in mcp-headers.',
  },
]

/** The server takes signatures, and the gate did not sign. */
export const signatureRules: readonly Rule[] = [
  {
    code: 'RUNTIME_WANTS_SIGNATURES',
    remedy: 'config',
    clause: ({ microVm }) =>
      microVm?.authorizer === 'iam'
        ? 'the runtime has no authorizer_configuration, so it takes only requests with an AWS signature'
        : undefined,
    fix: 'Leave mcp-sigv4 out or set it to auto, and give no Authorization header and no mcp-oauth-client-id.',
  },
]
