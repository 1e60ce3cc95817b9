/**
 * The host guards of frameworks, recognized by their refusals, and the settings that allow a host. A guard protects
 * against DNS rebinding and accepts only localhost until the public name is configured.
 */

/** The refusal of one guard, and its fix. */
interface HostGuard {
  readonly statuses: readonly number[]
  /** Text in the body of the refusal, in lower case. */
  readonly text: string
  readonly fix: string
}

/** The known guards. The first matching row applies, so more specific texts come first. */
const GUARDS: readonly HostGuard[] = [
  {
    statuses: [403],
    text: 'access is only allowed at',
    fix: 'Start @playwright/mcp with --allowed-hosts and the public host name (or "*" behind a proxy that checks it).',
  },
  {
    statuses: [403],
    text: 'forbidden: invalid host header',
    fix: 'Set DisableLocalhostProtection of the Go SDK (mcp-go: WithDisableLocalhostProtection), or let the proxy send Host: localhost.',
  },
  {
    statuses: [403],
    text: 'host header is not allowed',
    fix: 'Add the public host name to allowed_hosts of the rmcp server configuration.',
  },
  {
    statuses: [400],
    text: 'invalid hostname',
    fix: 'Add the public host name to AllowedHosts in appsettings.json (ASP.NET Core).',
  },
  {
    statuses: [403],
    text: 'blocked host',
    fix: 'Add the public host name to config.hosts (Rails).',
  },
  {
    statuses: [403],
    text: 'blocked request. this host',
    fix: 'Add the public host name to server.allowedHosts (Vite).',
  },
  {
    statuses: [400],
    text: 'invalid host header',
    fix: 'Add the public host name to allowed_hosts of TrustedHostMiddleware (Starlette, FastAPI), or to ALLOWED_HOSTS (Django).',
  },
  {
    statuses: [421],
    text: 'invalid host header',
    fix: 'Python SDK: FastMCP(host="0.0.0.0"), or TransportSecuritySettings(allowed_hosts=[...]) with the public host name; FastMCP 3 and later: FASTMCP_HTTP_ALLOWED_HOSTS.',
  },
  {
    statuses: [403],
    text: 'invalid host:',
    fix: 'Add the public host name to allowedHosts of createMcpExpressApp (TypeScript SDK).',
  },
]

/** Returns the fix that allows the host name; undefined when no guard is recognized. Pure. */
export function hostGuardFix(status: number, body: string): string | undefined {
  const text = body.slice(0, 4000).toLowerCase()
  return GUARDS.find(guard => guard.statuses.includes(status) && text.includes(guard.text))?.fix
}
