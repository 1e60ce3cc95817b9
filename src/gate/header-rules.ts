/** What may be a header of every MCP request, and an issuer that gets a client secret. Pure; no message holds a value of a header. */

/** Headers that the gate decides about itself. */
const ownHeaders =
  /^(origin|cookie|host|content-length|transfer-encoding|connection|mcp-session-id|mcp-protocol-version|mcp-method)$/i

/** Why a header cannot be sent: a clause after the place that sets it. Undefined if it can. */
export function headerProblem(name: string, value: string): string | undefined {
  if (!isHeaderName(name) || value === '') return 'is not a header: it needs a name that HTTP allows and a value'
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
    return `has a value of ${name} with a character that HTTP does not allow in a header`
  if (ownHeaders.test(name)) return `sets ${name}: only the gate decides about that header`
  return undefined
}

/** Whether the headers contain Authorization, in any case. */
export function hasAuthorization(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some(name => name.toLowerCase() === 'authorization')
}

/** Whether HTTP allows this name of a header. */
export function isHeaderName(name: string): boolean {
  return /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)
}

/**
 * Why a URL cannot be the issuer of a client (RFC 8414 §2): a clause after its value. Undefined if it can be. Plain http is only for
 * this machine.
 */
export function issuerProblem(value: string): string | undefined {
  const url = URL.parse(value)
  if (url === null || !/^https?:$/.test(url.protocol)) return 'it must be a URL that begins with https://'
  if (url.protocol !== 'https:' && !isLoopback(url.hostname))
    return 'it must begin with https://, because it receives the client secret'
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    return 'it must not contain a query, a fragment or a user name'
  return undefined
}

/** Whether a host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname)
}
