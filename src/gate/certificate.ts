/**
 * The reader of a peer certificate, so that a failure can describe what is wrong with it. It makes a separate TLS
 * handshake without verification. The connection closes as soon as the certificate arrives. It carries no HTTP, and
 * therefore no credential.
 */
import type https from 'node:https'
import { isIP } from 'node:net'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import { isTls } from './node-http.ts'

/** A peer certificate. The dates are as the certificate states them; the names and the issuer are hostile text. */
export interface Certificate {
  /** DNS names and IP addresses that the certificate covers. */
  readonly names: readonly string[]
  readonly issuer: string
  readonly isSelfSigned: boolean
  readonly validFrom: Date
  readonly validTo: Date
  /** Whether the peer also sent the certificate of the issuer. */
  readonly hasIssuer: boolean
}

/**
 * Reads the certificate of the peer behind `url`, through the same proxy. Returns undefined when no certificate arrives
 * in time. Never throws.
 *
 * @param agent agent of the failed exchange; it opens the tunnel when there is a proxy
 * @param url address of the peer; http URLs are allowed, because some plain ports speak TLS by mistake
 * @param timeoutMs limit of the whole handshake, because a port without TLS may send nothing
 */
export async function certificateOf(
  agent: https.Agent,
  url: URL,
  timeoutMs: number,
  connectTo?: { readonly host: string; readonly port: number },
): Promise<Certificate | undefined> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const options = {
    host: connectTo?.host ?? host,
    port: connectTo?.port ?? Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: false,
    // A resumed session would carry no certificate.
    session: undefined,
  }
  const result = Promise.withResolvers<Certificate | undefined>()
  const late = setTimeout(() => result.resolve(undefined), timeoutMs)
  let connection: TLSSocket | undefined
  let isOver = false
  const watch = (socket: TLSSocket): void => {
    connection = socket
    if (isOver) socket.destroy()
    socket.once('error', () => result.resolve(undefined))
    socket.once('close', () => result.resolve(undefined))
    const read = (): void => result.resolve(describe(socket.getPeerCertificate(true)))
    if (socket.getProtocol() && !socket.connecting) read()
    else socket.once('secureConnect', read)
  }
  try {
    const created = agent.createConnection(options, (error, socket) => {
      if (error) result.resolve(undefined)
      else if (isTls(socket) && connection === undefined) watch(socket)
    })
    // Behind a proxy, this socket is the connection to the proxy; the tunnel socket comes later.
    if (isTls(created)) watch(created)
    return await result.promise
  } catch {
    return undefined
  } finally {
    clearTimeout(late)
    isOver = true
    connection?.destroy()
  }
}

function describe(certificate: DetailedPeerCertificate | undefined): Certificate | undefined {
  if (certificate?.raw === undefined) return undefined
  const { subject, issuer, subjectaltname = '', valid_from: from, valid_to: to, issuerCertificate } = certificate
  const named = [...subjectaltname.matchAll(/(?:DNS|IP Address):([^,]+)/g)].map(([, name = '']) => name.trim())
  const common = [subject?.CN ?? []].flat()
  const isSelfSigned = issuerCertificate?.fingerprint256 === certificate.fingerprint256
  return {
    names: named.length > 0 ? named : common,
    issuer: [issuer?.CN ?? issuer?.O ?? []].flat().join(', '),
    isSelfSigned,
    validFrom: new Date(from),
    validTo: new Date(to),
    hasIssuer: issuerCertificate !== undefined && !isSelfSigned,
  }
}
