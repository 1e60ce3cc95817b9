/**
 * The certificate that a peer shows, for the sentence that says what is wrong with it. Read by a TLS handshake of its own
 * without verification, on a connection that is closed as soon as the certificate is there: nothing of HTTP, and so no
 * credential, is ever sent on it.
 */
import type https from 'node:https'
import { isIP } from 'node:net'
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls'

/** Dates are as the certificate has them, names and issuer are hostile text. */
export interface Certificate {
  /** DNS names and addresses it is for. */
  readonly names: readonly string[]
  readonly issuer: string
  readonly isSelfSigned: boolean
  readonly validFrom: Date
  readonly validTo: Date
  /** Whether the peer sent the certificate of the issuer along. */
  readonly hasIssuer: boolean
}

/**
 * The certificate of the peer behind `url`, by way of the same proxy; undefined when there is none to be had in time.
 * Never throws.
 *
 * @param agent of the exchange that failed; it makes the tunnel when there is a proxy
 * @param url whose host and port are asked; of an http URL, too: some ports speak TLS that should not
 * @param timeoutMs for the whole handshake: a port that does not speak TLS may send nothing at all
 */
export async function certificateOf(agent: https.Agent, url: URL, timeoutMs: number): Promise<Certificate | undefined> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const options = {
    host,
    port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: false,
    // A session that was begun before would show no certificate.
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
      else if (socket instanceof TLSSocket && connection === undefined) watch(socket)
    })
    // With a proxy this is the connection to it, and the one through the tunnel comes later.
    if (created instanceof TLSSocket) watch(created)
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
