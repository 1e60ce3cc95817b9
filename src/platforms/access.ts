/** The way to the endpoint of a platform, as a part of the request to the gate. Pure. */
import { hasAuthorization } from '../gate/header-rules.ts'
import type { GateRequest } from '../gate/request.ts'
import type { Access } from './platform.ts'

/**
 * The request with the settings that the platform requires. An input of the user wins: a value of mcp-sigv4, a header of the same name, and credentials
 * of another kind, with which nothing is signed.
 */
export function withAccess(request: GateRequest, { signing, headers, traits, leaveUrl }: Access): GateRequest {
  const hasOther = request.oauth !== undefined || hasAuthorization(request.headers)
  const sigv4 =
    request.sigv4 ?? (signing === undefined || hasOther ? undefined : `${signing.service}/${signing.region}`)
  const given = new Set(Object.keys(request.headers).map(name => name.toLowerCase()))
  const added = Object.entries(headers ?? {}).filter(([name]) => !given.has(name.toLowerCase()))
  return {
    ...request,
    sigv4,
    headers: { ...Object.fromEntries(added), ...request.headers },
    ...(traits !== undefined && { traits }),
    ...(leaveUrl !== undefined && { leaveUrl }),
  }
}
