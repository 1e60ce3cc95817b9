/**
 * A certificate authority of its own and one certificate for the hosts that a test stands in for. Made by the `openssl`
 * command, valid for two days by default, written to a directory that the caller owns.
 */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface Certificates {
  /** Path of the authority's certificate, for NODE_EXTRA_CA_CERTS and SSL_CERT_FILE. */
  authority: string
  key: Buffer
  certificate: Buffer
}

const elliptic = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Issues a certificate for DNS names. Rejects when there is no `openssl` on PATH. */
export async function issueCertificate(directory: string, hosts: readonly string[], days = 2): Promise<Certificates> {
  const file = (name: string) => join(directory, name)
  const openssl = (...args: string[]) => promisify(execFile)('openssl', args)
  const authority = { certificate: file('authority.pem'), key: file('authority.key') }
  await writeFile(
    file('authority.cnf'),
    '[req]\ndistinguished_name=name\n[name]\n[ca]\nbasicConstraints=critical,CA:true\n',
  )
  await openssl(
    ...['req', '-x509', ...elliptic, '-days', `${days}`, '-subj', '/CN=Stand-in authority'],
    ...['-config', file('authority.cnf'), '-extensions', 'ca', '-keyout', authority.key, '-out', authority.certificate],
  )
  await openssl(
    ...['req', ...elliptic, '-subj', '/CN=stand-in', '-config', file('authority.cnf')],
    ...['-keyout', file('host.key'), '-out', file('host.csr')],
  )
  await writeFile(file('host.cnf'), `subjectAltName=${hosts.map(host => `DNS:${host}`).join(',')}\n`)
  await openssl(
    ...[
      'x509',
      '-req',
      '-days',
      `${days}`,
      '-in',
      file('host.csr'),
      '-extfile',
      file('host.cnf'),
      '-out',
      file('host.pem'),
    ],
    ...['-CA', authority.certificate, '-CAkey', authority.key, '-CAcreateserial'],
  )
  return {
    authority: authority.certificate,
    key: await readFile(file('host.key')),
    certificate: await readFile(file('host.pem')),
  }
}
