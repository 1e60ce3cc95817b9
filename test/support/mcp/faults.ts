/**
 * A laboratory of broken endpoints over real sockets. `mcpLike` answers like a small JSON server of both eras in
 * which any part can be replaced; the rest are the failures a load balancer, a proxy or a crash produces.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Listening, listenHttp } from './listen.ts'

export interface Asked {
  readonly jsonrpc: string
  readonly id?: number
  readonly method: string
  readonly params: Record<string, unknown>
}

export type Answer = (asked: Asked | undefined, req: IncomingMessage, res: ServerResponse) => void | Promise<void>

export function faulty(answer: Answer, port = 0): Promise<Listening> {
  const listener: RequestListener = async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    await answer(text === '' ? undefined : JSON.parse(text), req, res)
  }
  return listenHttp((req, res) => void Promise.resolve(listener(req, res)).catch(() => res.destroy()), port)
}

export function reply(res: ServerResponse, status: number, type: string, body: string | Buffer, headers = {}): void {
  res.writeHead(status, { ...(type && { 'content-type': type }), ...headers }).end(body)
}

export const tool = (name: string) => ({ name, inputSchema: { type: 'object' } })

interface Parts {
  readonly id?: (id: number) => unknown
  readonly wrap?: (message: object) => unknown
  readonly type?: string
  readonly initialize?: Record<string, unknown>
  readonly tools?: Record<string, unknown> | ((cursor: unknown) => Record<string, unknown>)
  readonly session?: string
  /** Takes over the reply to one method. */
  readonly on?: Readonly<Record<string, Answer>>
}

/** A legacy JSON server that answers 404 to everything it does not know, as most do. */
export function mcpLike(parts: Parts = {}): Answer {
  return (asked, req, res) => {
    const own = parts.on?.[asked?.method ?? req.method ?? '']
    if (own) return own(asked, req, res)
    if (asked === undefined) return reply(res, 405, '', '')
    if (asked.id === undefined) return reply(res, 202, '', '')
    const result = resultOf(asked, parts)
    const body = result
      ? { result, jsonrpc: '2.0', id: parts.id?.(asked.id) ?? asked.id }
      : { jsonrpc: '2.0', id: asked.id, error: { code: -32601, message: 'Method not found' } }
    const headers = parts.session && asked.method === 'initialize' ? { 'mcp-session-id': parts.session } : {}
    reply(res, 200, parts.type ?? 'application/json', JSON.stringify(parts.wrap?.(body) ?? body), headers)
  }
}

function resultOf({ method, params }: Asked, { initialize, tools }: Parts): Record<string, unknown> | undefined {
  if (method === 'initialize') {
    const defaults = {
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 'lab', version: '1' },
    }
    return { ...defaults, ...initialize }
  }
  if (method !== 'tools/list') return undefined
  return typeof tools === 'function' ? tools(params.cursor) : (tools ?? { tools: [tool('search_docs')] })
}

/** A reply framed as server-sent events; `end` false leaves the stream open. */
export function events(res: ServerResponse, text: string, end = true): void {
  res.writeHead(200, { 'content-type': 'text/event-stream' })
  res.write(text)
  if (end) res.end()
}

export interface Certificate {
  readonly key: Buffer
  readonly cert: Buffer
}

export interface Authority extends AsyncDisposable {
  readonly cert: Buffer
  /** A certificate of this authority for a DNS name or an address, valid from one to another number of days from now. */
  readonly issue: (name: string, toDays?: number, fromDays?: number) => Promise<Certificate>
  /** One of an authority that this one vouches for, and that certificate in `chain`. */
  readonly issueThrough: (name: string) => Promise<Certificate & { readonly chain: Buffer }>
  /** One that vouches for itself. */
  readonly selfSigned: (name: string) => Promise<Certificate>
}

/** A certificate authority made with the openssl command line. */
export async function authority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'gate-authority-'))
  const file = (name: string): string => join(folder, name)
  const openssl = (...args: string[]) => promisify(execFile)('openssl', args)
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const subject = ['-subj', '/CN=Lab Authority']
  await openssl('req', '-x509', ...newKey, '-keyout', file('ca.key'), '-out', file('ca.pem'), '-days', '2', ...subject)
  // `openssl x509` of OpenSSL 3.0 knows no date of beginning; `openssl ca` does, and wants a place for its records.
  await writeFile(file('index.txt'), '')
  await writeFile(
    file('ca.cnf'),
    `[ca]\ndefault_ca=lab\n[lab]\ndir=${folder}\ndatabase=$dir/index.txt\nnew_certs_dir=$dir\nrand_serial=yes\ndefault_md=sha256\nunique_subject=no\npolicy=any\n[any]\ncommonName=supplied\n`,
  )
  let issued = 0
  const at = (days: number): string =>
    new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, '')
  /** Signs a new key by `signer`, or by itself. */
  const sign = async (name: string, extensions: string, signer: string | undefined, toDays = 2, fromDays = -1) => {
    const of = `${++issued}`
    const [key, csr, ext, pem] = ['key', 'csr', 'ext', 'pem'].map(kind => file(`${of}.${kind}`)) as [
      string,
      string,
      string,
      string,
    ]
    await writeFile(ext, extensions)
    await openssl('req', ...newKey, '-keyout', key, '-out', csr, '-subj', `/CN=${name}`)
    const by = signer
      ? ['-cert', file(`${signer}.pem`), '-keyfile', file(`${signer}.key`)]
      : ['-selfsign', '-keyfile', key]
    const period = ['-startdate', at(fromDays), '-enddate', at(toDays)]
    await openssl(
      'ca',
      '-batch',
      '-notext',
      '-config',
      file('ca.cnf'),
      '-in',
      csr,
      '-out',
      pem,
      '-extfile',
      ext,
      ...period,
      ...by,
    )
    return { of, key: await readFile(key), cert: await readFile(pem) }
  }
  const forName = (name: string): string => `subjectAltName=${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}`
  return {
    cert: await readFile(file('ca.pem')),
    issue: (name, toDays, fromDays) => sign(name, forName(name), 'ca', toDays, fromDays),
    issueThrough: async name => {
      const between = await sign('Lab Intermediate', 'basicConstraints=critical,CA:true', 'ca')
      return { ...(await sign(name, forName(name), between.of)), chain: between.cert }
    },
    selfSigned: name => sign(name, forName(name), undefined),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
