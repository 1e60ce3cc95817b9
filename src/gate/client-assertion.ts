/**
 * The assertion with which an OAuth client proves its key instead of sending a secret (RFC 7523 §2.2, private_key_jwt).
 */
import { createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto'
import { messageOf } from '../errors.ts'

/** A private key with its identifier at the authorization server. */
export interface PrivateKey {
  readonly key: KeyObject
  /** The member `kid` of the header; undefined leaves it out. */
  readonly id: string | undefined
}

/** The signature algorithms by the type and the curve of a key (RFC 7518 §3, RFC 8037). */
const algorithms: Readonly<Record<string, { readonly name: string; readonly hash: string | undefined }>> = {
  rsa: { name: 'RS256', hash: 'sha256' },
  'rsa-pss': { name: 'PS256', hash: 'sha256' },
  'ec prime256v1': { name: 'ES256', hash: 'sha256' },
  'ec secp384r1': { name: 'ES384', hash: 'sha384' },
  'ec secp521r1': { name: 'ES512', hash: 'sha512' },
  ed25519: { name: 'EdDSA', hash: undefined },
}

/** Seconds for which an assertion is valid; it is sent at once. */
const ASSERTION_LIFE_SECONDS = 60

/**
 * Reads a private key in PEM.
 *
 * @throws Error with the fault, which never contains the key
 */
export function readPrivateKey(pem: string): KeyObject {
  if (!pem.includes('PRIVATE KEY')) throw new Error('it has no line "-----BEGIN PRIVATE KEY-----"')
  if (pem.includes('ENCRYPTED')) throw new Error('it is protected by a passphrase, which the gate does not have')
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch (error) {
    throw new Error(`OpenSSL cannot read it (${messageOf(error)})`)
  }
  return key
}

/** Returns the signature algorithm of a key; undefined for a key that no authorization server takes. Pure. */
export function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | undefined {
  return algorithms[kindOf(asymmetricKeyType, asymmetricKeyDetails?.namedCurve)]?.name
}

function kindOf(type = '', curve: string | undefined): string {
  return curve === undefined ? type : `${type} ${curve}`
}

/** Creates the assertion of a client for one token endpoint. */
export function createClientAssertion({ key, id }: PrivateKey, clientId: string, tokenEndpoint: string): string {
  const kind = kindOf(key.asymmetricKeyType, key.asymmetricKeyDetails?.namedCurve)
  const { name = 'RS256', hash } = algorithms[kind] ?? {}
  const now = Math.floor(Date.now() / 1000)
  const header = { alg: name, typ: 'JWT', ...(id !== undefined && { kid: id }) }
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: tokenEndpoint,
    jti: randomUUID(),
    iat: now,
    exp: now + ASSERTION_LIFE_SECONDS,
  }
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${encode(header)}.${encode(claims)}`
  // JSON Web Signatures hold the two numbers of ECDSA side by side, not in DER.
  const signature = sign(hash, Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}
