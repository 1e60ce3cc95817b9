/**
 * A real container registry (go-containerregistry) on this machine, what pushes an image to it, and a front that asks for credentials
 * as the distribution specification says, because that registry has no users.
 */
import { execFile, spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { messageOf } from '../../src/errors.ts'
import { cacheDirectory } from './python-tools.ts'

const sources = fileURLToPath(new URL('registry/', import.meta.url))

export interface Registry extends AsyncDisposable {
  /** Host and port. */
  readonly host: string
}

/** Builds the registry, once for a user and a version. @returns undefined without Go, which is printed. @throws on CI */
export async function registryProgram(): Promise<string | undefined> {
  const files = ['main.go', 'go.mod', 'go.sum'].map(name => readFileSync(join(sources, name)))
  const digest = createHash('sha256').update(Buffer.concat(files)).digest('hex').slice(0, 12)
  const program = join(cacheDirectory(), `registry-${digest}`)
  if (existsSync(program)) return program
  mkdirSync(cacheDirectory(), { recursive: true })
  const fresh = `${program}.${process.pid}`
  const args = ['build', '-mod=readonly', '-buildvcs=false', '-ldflags=-s -w', '-o', fresh, '.']
  try {
    await promisify(execFile)('go', args, { cwd: sources })
  } catch (error) {
    if (process.env.CI) throw error
    console.error(
      `The tests with a container registry are LEFT OUT. They need Go 1.25 and, once, a network: ${messageOf(error)}`,
    )
    return undefined
  }
  renameSync(fresh, program)
  return program
}

export async function startRegistry(program: string): Promise<Registry> {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] })
  const [host] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return {
    host,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json'

/** An image without layers, whose content is only a text. */
export interface TinyImage {
  readonly config: string
  readonly manifest: string
  readonly mediaType: string
  /** Digest of the manifest. */
  readonly digest: string
}

export function tinyImage(text: string): TinyImage {
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: { Labels: { text } },
    rootfs: { type: 'layers', diff_ids: [] },
  })
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: config.length },
    layers: [],
  })
  return { config, manifest, mediaType: manifestType, digest: digestOf(manifest) }
}

/** Pushes an image (distribution specification, "Pushing"). @returns the digest of its manifest */
export async function pushImage(
  host: string,
  repository: string,
  tag: string,
  { config, manifest, mediaType, digest }: TinyImage,
): Promise<string> {
  const base = `http://${host}/v2/${repository}`
  const started = await fetch(`${base}/blobs/uploads/`, { method: 'POST' })
  const upload = new URL(started.headers.get('location') ?? '', base)
  upload.searchParams.set('digest', digestOf(config))
  await assertOk(await fetch(upload, { method: 'PUT', body: config }))
  await assertOk(
    await fetch(`${base}/manifests/${tag}`, { method: 'PUT', body: manifest, headers: { 'content-type': mediaType } }),
  )
  return digest
}

/** Deletes a manifest, as a lifecycle rule does. */
export async function deleteImage(host: string, repository: string, digest: string): Promise<void> {
  await assertOk(await fetch(`http://${host}/v2/${repository}/manifests/${digest}`, { method: 'DELETE' }))
}

async function assertOk(response: Response): Promise<void> {
  if (!response.ok) throw new Error(`The registry answers ${response.status}: ${await response.text()}`)
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

/** What a front asks for. `bearer`: a token, which its own token server gives. */
export interface FrontOptions {
  readonly scheme: 'basic' | 'bearer'
  /** Empty: everybody may pull. */
  readonly users: Readonly<Record<string, string>>
  /** Identity tokens that get a token. */
  readonly identityTokens?: readonly string[]
  readonly realm?: string
  /** Header names that the front leaves out of answers. */
  readonly without?: readonly string[]
  /** Statuses of the next answers of the registry, before real ones. */
  readonly failsFirst?: number[]
}

export interface Front extends Registry {
  /** Method and path of each request, in order. */
  readonly requests: readonly string[]
}

/** Starts a front of a registry that asks for credentials. */
export async function startFront(registry: string, options: FrontOptions): Promise<Front> {
  const requests: string[] = []
  const tokens = new Set<string>()
  let host = ''
  const server = createServer((message, response) => {
    requests.push(`${message.method} ${message.url}`)
    void answer(message, response).catch(error => response.writeHead(500).end(messageOf(error)))
  })
  const answer = async (message: IncomingMessage, response: ServerResponse) => {
    const url = new URL(message.url ?? '', `http://${host}`)
    if (url.pathname === '/token') return await giveToken(message, url, response)
    const failure = options.failsFirst?.shift()
    if (failure !== undefined) return response.writeHead(failure).end()
    if (!isAllowed(message)) {
      const realm = options.realm ?? `http://${host}/token`
      const scope = `repository:${/^\/v2\/(.*)\/manifests\//.exec(url.pathname)?.[1]}:pull`
      const challenge =
        options.scheme === 'basic'
          ? 'Basic realm="registry"'
          : `Bearer realm="${realm}",service="${host}",scope="${scope}"`
      return response.writeHead(401, { 'www-authenticate': challenge }).end('{"errors":[{"code":"UNAUTHORIZED"}]}')
    }
    const real = await fetch(`http://${registry}${url.pathname}`, {
      method: message.method ?? 'GET',
      headers: { accept: message.headers.accept ?? '' },
    })
    const headers = [...real.headers].filter(([name]) => !options.without?.includes(name) && name !== 'content-length')
    response
      .writeHead(real.status, Object.fromEntries(headers))
      .end(message.method === 'HEAD' ? undefined : Buffer.from(await real.arrayBuffer()))
  }
  const isAllowed = ({ headers: { authorization = '' } }: IncomingMessage) =>
    options.scheme === 'basic' ? isUser(authorization) : tokens.has(authorization.replace(/^Bearer /, ''))
  const isUser = (authorization: string) => {
    const [name = '', password] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
      .toString()
      .split(':')
    return options.users[name] !== undefined && options.users[name] === password
  }
  const giveToken = async (message: IncomingMessage, url: URL, response: ServerResponse) => {
    const form = new URLSearchParams(message.method === 'POST' ? await textOf(message) : url.search)
    const isPublic = Object.keys(options.users).length === 0
    const isKnown =
      message.method === 'POST'
        ? options.identityTokens?.includes(form.get('refresh_token') ?? '')
        : isUser(message.headers.authorization ?? '')
    const isComplete = form.get('service') === host && /^repository:.+:pull$/.test(form.get('scope') ?? '')
    if (!isComplete || !(isPublic || isKnown)) return response.writeHead(401).end('{}')
    const token = randomUUID()
    tokens.add(token)
    response.end(JSON.stringify(message.method === 'POST' ? { access_token: token } : { token }))
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
