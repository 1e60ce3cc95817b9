/**
 * Images in any OCI registry (opencontainers/distribution-spec, "Pulling manifests"): a HEAD request for the manifest, after the
 * authentication that the registry requires (distribution, "Token Authentication Specification"). Nothing of an image is downloaded.
 */
import { createHash } from 'node:crypto'
import { ServiceError } from '../../errors.ts'
import { isLoopback } from '../../gate/header-rules.ts'
import { type Answer, request } from '../../http.ts'
import { asObject, asText, parseJson } from '../../json.ts'
import { secrets } from '../../log.ts'
import { sleep } from '../../poll.ts'
import { basicOf, dockerCredentials, type RegistryCredentials } from './docker-credentials.ts'
import { dockerHub, type ImageReference, isDigest } from './reference.ts'

/** The media types of an image and of an index of images for several platforms. */
const accepted = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

/** All in milliseconds. */
export interface RegistryTimes {
  /** For one answer. */
  readonly requestTimeoutMs: number
  /** Before a request is sent again, each once. */
  readonly retryDelaysMs: readonly number[]
}

export const defaultRegistryTimes: RegistryTimes = { requestTimeoutMs: 15_000, retryDelaysMs: [1_000, 3_000] }

/** The environment of a request to a registry. */
export interface RegistryContext {
  /** Where Docker's configuration is. */
  readonly env: NodeJS.ProcessEnv
  readonly signal?: AbortSignal | undefined
  readonly times?: RegistryTimes
}

/**
 * Reads the digest of an image.
 * @returns undefined if the registry does not have it
 * @throws ServiceError with the reason as a clause; CancelledError
 */
export async function readRegistryDigest(
  reference: ImageReference,
  context: RegistryContext,
): Promise<string | undefined> {
  const registry = new Registry(reference, context)
  const head = await registry.read('HEAD')
  if (head.status === 404) return undefined
  assertOk(head)
  const header = headerOf(head, 'docker-content-digest')
  if (header !== undefined && isDigest(header)) return sameDigest(reference, header)
  // The header of the digest is optional.
  const whole = await registry.read('GET')
  if (whole.status === 404) return undefined
  assertOk(whole)
  return sameDigest(reference, `sha256:${createHash('sha256').update(whole.body).digest('hex')}`)
}

/** Asserts that a registry answers with the digest that it was asked for. */
function sameDigest({ digest: wanted }: ImageReference, digest: string): string {
  if (wanted === undefined || wanted === digest || !digest.startsWith(wanted.slice(0, 7))) return wanted ?? digest
  throw new ServiceError(`it answers ${digest} for the digest ${wanted}`)
}

function assertOk({ status, body }: Answer): void {
  if (status === 200) return
  // A registry answers 401 or 403, and some of them also for a repository that does not exist.
  if (status === 401 || status === 403)
    throw new ServiceError(
      `it answers ${status}: the credentials of this job, which come from Docker's configuration, do not let it read the repository`,
    )
  const [error] = [asObject(parseJson(body.toString('utf8'))).errors].flat()
  const { code } = asObject(error)
  throw new ServiceError(`it answers ${status}${asText(code) === undefined ? '' : ` ${asText(code)}`}`)
}

/** One image of a registry. It keeps the authorization that the first answer requires. */
class Registry {
  readonly #reference: ImageReference
  readonly #context: RegistryContext
  #authorization: string | undefined

  constructor(reference: ImageReference, context: RegistryContext) {
    this.#reference = reference
    this.#context = context
  }

  /** Reads the manifest. A 401 is answered with the credentials of the job, once. */
  async read(method: 'HEAD' | 'GET'): Promise<Answer> {
    const { registry, repository, tag, digest } = this.#reference
    const url = `${originOf(registry)}/v2/${repository}/manifests/${digest ?? tag}`
    const answer = await this.#send(url, method)
    if (answer.status !== 401 || this.#authorization !== undefined) return answer
    const authorization = await this.#authorize(headerOf(answer, 'www-authenticate') ?? '')
    if (authorization === undefined) return answer
    this.#authorization = authorization
    return await this.#send(url, method)
  }

  async #send(url: string, method: 'HEAD' | 'GET'): Promise<Answer> {
    const authorization = this.#authorization === undefined ? {} : { authorization: this.#authorization }
    return await this.#request(url, { method, headers: { accept: accepted, ...authorization } })
  }

  /** Returns the value of the header Authorization that a challenge requires; undefined if this job has none for it. */
  async #authorize(challenge: string): Promise<string | undefined> {
    const { registry } = this.#reference
    const [, scheme = ''] = /^\s*(\w+)/.exec(challenge) ?? []
    const credentials = await dockerCredentials(registry, this.#context.env)
    if (/^basic$/i.test(scheme)) {
      if (credentials === undefined || 'identityToken' in credentials) return undefined
      return `Basic ${basicOf(credentials)}`
    }
    return /^bearer$/i.test(scheme) ? await this.#bearer(challenge, credentials) : undefined
  }

  /** Gets a token from the server that the registry names. Without credentials it is an anonymous one. */
  async #bearer(challenge: string, credentials: RegistryCredentials | undefined): Promise<string> {
    const { realm = '', service, scope } = parametersOf(challenge)
    const url = URL.parse(realm)
    const isLocal = isThisMachine(this.#reference.registry)
    if (url === null || (url.protocol !== 'https:' && !(isLocal && isThisMachine(url.host))))
      throw new ServiceError(
        `it sends clients for a token to ${realm === '' ? 'no address' : realm}, which does not begin with https://`,
      )
    const wanted = { ...(service && { service }), scope: scope ?? `repository:${this.#reference.repository}:pull` }
    const answer = await this.#askForToken(url, wanted, credentials)
    const { token, access_token: accessToken } = asObject(parseJson(answer.body.toString('utf8')))
    const found = asText(token) ?? asText(accessToken)
    if (answer.status !== 200 || found === undefined) {
      const whose =
        credentials === undefined ? 'without credentials' : 'with the credentials in the configuration of Docker'
      throw new ServiceError(`${url.host} gives no token for it ${whose} (status ${answer.status})`)
    }
    secrets.add(found)
    return `Bearer ${found}`
  }

  async #askForToken(
    url: URL,
    wanted: Readonly<Record<string, string>>,
    credentials: RegistryCredentials | undefined,
  ): Promise<Answer> {
    if (credentials !== undefined && 'identityToken' in credentials) {
      const form = { ...wanted, grant_type: 'refresh_token', client_id: 'terraform-mcp-deploy' }
      return await this.#request(url.href, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...form, refresh_token: credentials.identityToken }).toString(),
      })
    }
    for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value)
    const authorization = credentials === undefined ? {} : { authorization: `Basic ${basicOf(credentials)}` }
    return await this.#request(url.href, { headers: authorization })
  }

  /** Sends a request, again after a network error, a 429 or an error of the server. */
  async #request(url: string, options: Parameters<typeof request>[1]): Promise<Answer> {
    const { signal, times = defaultRegistryTimes } = this.#context
    for (let attempt = 0; ; attempt++) {
      const delayMs = times.retryDelaysMs[attempt]
      try {
        const answer = await request(url, { ...options, timeoutMs: times.requestTimeoutMs, signal })
        if (delayMs === undefined || (answer.status !== 429 && answer.status < 500)) return answer
      } catch (error) {
        if (delayMs === undefined || !(error instanceof ServiceError)) throw error
      }
      await sleep(delayMs, signal)
    }
  }
}

/** The address of a registry. Only one on this machine is asked without TLS, as Docker does. */
function originOf(registry: string): string {
  if (registry === dockerHub) return 'https://registry-1.docker.io'
  return `${isThisMachine(registry) ? 'http' : 'https'}://${registry}`
}

/** @param host with or without a port */
function isThisMachine(host: string): boolean {
  return isLoopback(URL.parse(`http://${host}`)?.hostname ?? '')
}

/** The parameters of a challenge, such as `Bearer realm="…",service="…"` (RFC 9110 §11.2). */
function parametersOf(challenge: string): Readonly<Record<string, string | undefined>> {
  const found = challenge.matchAll(/([a-z_]+)=(?:"([^"]*)"|([^\s,"]+))/gi)
  return Object.fromEntries([...found].map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain]))
}

function headerOf({ headers }: Answer, name: string): string | undefined {
  return [headers[name]].flat()[0]
}
