/**
 * The check of how long the certificate of the endpoint is still valid. It uses a separate connection that closes after
 * the TLS handshake (`certificate.ts`). It does not check the certificates of the issuers.
 */

import type { Failure } from '../errors.ts'
import { sleep } from '../poll.ts'
import { type Certificate, certificateOf } from './certificate.ts'
import { openTarget, type TargetOptions } from './http-exchange.ts'

/** The certificate as the report shows it. The names and the issuer are foreign text. */
export interface CertificateReport {
  readonly host: string
  /** Whole days until the certificate expires; negative once it has expired. */
  readonly daysLeft: number
  /** End of the validity as an ISO 8601 date. */
  readonly validTo: string
  readonly issuer: string
  readonly names: readonly string[]
}

const dayMs = 86_400_000

/** Number of handshakes before the certificate counts as unreadable, so that one slow handshake alerts nobody. */
const maxAttempts = 3

/** Times of the certificate check, all in milliseconds. */
export interface CertificateTimes {
  readonly handshakeTimeoutMs: number
  /** Delay before the next attempt. */
  readonly retryDelayMs: number
}

/** The times of the check, which its tests shorten. */
export const defaultCertificateTimes: CertificateTimes = { handshakeTimeoutMs: 1_500, retryDelayMs: 1_000 }

/**
 * Reads the certificate behind an https endpoint; it retries a failed handshake and never throws for one.
 *
 * @param way the client certificate and the address to connect to
 * @returns `none` when the endpoint is not https, undefined when no certificate could be read
 */
export async function readCertificate(
  endpoint: string,
  { handshakeTimeoutMs, retryDelayMs } = defaultCertificateTimes,
  way: Pick<TargetOptions, 'tls' | 'connectTo'> = {},
): Promise<Certificate | 'none' | undefined> {
  const url = new URL(endpoint)
  if (url.protocol !== 'https:') return 'none'
  const { agents, connectTo } = openTarget(url, {}, 0, process.env, undefined, way)
  for (let attempt = 1; ; attempt++) {
    const certificate = await certificateOf(agents['https:'], url, handshakeTimeoutMs, connectTo)
    if (certificate !== undefined || attempt === maxAttempts) return certificate
    await sleep(retryDelayMs)
  }
}

/**
 * Describes a certificate for the report. Pure.
 *
 * @param now milliseconds since 1970
 */
export function describeCertificate(
  { validTo, issuer, names }: Certificate,
  endpoint: string,
  now: number,
): CertificateReport {
  const daysLeft = Math.floor((validTo.getTime() - now) / dayMs)
  return { host: new URL(endpoint).host, daysLeft, validTo: validTo.toISOString(), issuer, names }
}

/** Returns the failure of a certificate with fewer days left than the limit, or undefined. Pure. */
export function decideCertificate(certificate: CertificateReport, minDays: number): Failure | undefined {
  const { daysLeft, host, validTo, issuer } = certificate
  if (daysLeft >= minDays) return undefined
  const until = validTo.slice(0, 16).replace('T', ' ')
  const by = issuer === '' ? '' : `, issued by ${issuer},`
  const sentence =
    daysLeft < 0
      ? `The certificate of ${host}${by} expired at ${until} UTC: clients refuse to connect.`
      : `The certificate of ${host}${by} expires in ${daysLeft === 1 ? '1 day' : `${daysLeft} days`}, at ${until} UTC, and certificate-days is ${minDays}.`
  return {
    code: 'CERTIFICATE_EXPIRES',
    sentence,
    fix:
      'ACM and Caddy renew their certificates automatically long before that, so find out why this one was not. ACM: ' +
      'the DNS record that it was validated by must still be there. Caddy: ports 80 and 443 must be reached from the internet, and its log names what failed. ' +
      'An imported certificate must be replaced manually. If certificates of this kind live only for weeks, lower certificate-days.',
    remedy: 'config',
  }
}

/** The failure of a certificate that could not be read; an unknown certificate must not pass the check. Pure. */
export function unreadCertificate(endpoint: string): Failure {
  return {
    code: 'CERTIFICATE_UNKNOWN',
    sentence: `The certificate of ${new URL(endpoint).host} could not be read in ${maxAttempts} TLS handshakes, so it is not known when it expires.`,
    fix: 'Run it again. If it stays so, look for a proxy or a firewall between the runner and the endpoint. Or set certificate-days to 0, which leaves this check out.',
    remedy: 'wait',
  }
}
