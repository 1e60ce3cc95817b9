/** The signature of a request as AWS computes it (Signature Version 4, "Create a signed AWS API request"), for servers that check it. */
import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** The credentials of the caller that the server knows. */
export interface KnownCaller {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const percent = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, each => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)

/** What is in the signature of a request: the names of the signed headers, and `SERVICE/REGION`. */
export interface ReadSignature {
  readonly names: string
  readonly scope: string
}

/**
 * Computes the signature of a request again, with the query apart from the path.
 * @returns undefined when the signature is missing, differs, is older than a minute, or the session token is another one
 */
export function readSignature(request: IncomingMessage, body: string, caller: KnownCaller): ReadSignature | undefined {
  const [, keyId, scope = '', names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
      String(request.headers.authorization),
    ) ?? []
  const url = new URL(request.url ?? '/', 'http://lab')
  const query = [...url.searchParams].map(([name, value]) => `${percent(name)}=${percent(value)}`).sort()
  const canonical = [
    request.method,
    url.pathname.split('/').map(percent).join('/'),
    query.join('&'),
    ...names.split(';').map(name => `${name}:${request.headers[name]}`),
    '',
    names,
    hash(body),
  ].join('\n')
  const date = String(request.headers['x-amz-date'])
  const key = scope.split('/').reduce<string | Buffer>(mac, `AWS4${caller.secretAccessKey}`)
  const expected = mac(key, ['AWS4-HMAC-SHA256', date, scope, hash(canonical)].join('\n')).toString('hex')
  const ageMs = Math.abs(Date.now() - Date.parse(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z')))
  const hasToken = request.headers['x-amz-security-token'] === caller.sessionToken
  if (keyId !== caller.accessKeyId || signature !== expected || ageMs > 60_000 || !hasToken) return undefined
  const [, region = '', service = ''] = scope.split('/')
  return { names, scope: `${service}/${region}` }
}
