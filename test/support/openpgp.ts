/**
 * Makes OpenPGP keys and signatures of version 4 and RSA (RFC 9580), good ones and, where a test says so, wrong ones.
 * Written from the other end than the verifier under test, and checked against gpg where that is installed.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export interface MadeKey {
  readonly armored: string
  /** Upper-case hexadecimal, of the key that signs. */
  readonly fingerprint: string
  /** A detached signature over `document`. */
  sign(document: Buffer, options?: SignatureOptions): Buffer
}

export interface KeyOptions {
  readonly bits?: number
  /** Seconds since 1970. */
  readonly created?: number
  /** Seconds after its creation at which the key, or the subkey where there is one, expires. */
  readonly lifetime?: number
  /** Key flags: 0x01 certifies, 0x02 signs, 0x0c encrypts. */
  readonly flags?: number
  /** A subkey signs and not the primary key. `unvouched` leaves out its own signature, `foreign` lets another key bind it. */
  readonly subkey?: 'good' | 'unvouched' | 'foreign'
  /** What its owner has revoked. */
  readonly revoked?: 'key' | 'userId' | 'subkey'
  readonly hash?: Hash
}

type Hash = 'sha1' | 'sha256' | 'sha512'

export interface SignatureOptions {
  readonly hash?: Hash
  readonly type?: number
  /** Seconds since 1970. */
  readonly created?: number
  readonly version?: number
  readonly algorithm?: number
  /** Further subpackets that are signed. */
  readonly subpackets?: readonly Buffer[]
  /** Subpackets that are not signed. */
  readonly unhashed?: readonly Buffer[]
  /** Leaves out who signed. */
  readonly anonymous?: boolean
}

const hashIds = { sha1: 2, sha256: 8, sha512: 10 } as const

interface Pair {
  readonly private: KeyObject
  readonly body: Buffer
  readonly fingerprint: string
  readonly hashed: Buffer
}

export function makeKey(options: KeyOptions = {}): MadeKey {
  const { bits = 2048, created = 1_700_000_000, lifetime, flags = 0x03, subkey, revoked, hash = 'sha256' } = options
  const primary = makePair(bits, created)
  const userId = Buffer.from('Terraform Mirror <mirror@example.com>')
  const about = Buffer.concat([primary.hashed, Buffer.from([0xb4]), number(userId.length, 4), userId])
  const lives = lifetime === undefined ? [] : [subpacket(9, number(lifetime, 4))]
  const own = (pair: Pair, signed: Buffer, more: SignatureOptions) =>
    signature(pair, signed, { created, hash, ...more })

  const packets = [packet(6, primary.body)]
  if (revoked === 'key') packets.push(own(primary, primary.hashed, { type: 0x20 }))
  const primaryFlags = subkey === undefined ? flags : 0x01
  packets.push(
    packet(13, userId),
    own(primary, about, {
      type: 0x13,
      subpackets: [subpacket(27, Buffer.from([primaryFlags])), ...(subkey === undefined ? lives : [])],
    }),
  )
  if (revoked === 'userId') packets.push(own(primary, about, { type: 0x30 }))
  let signer = primary
  if (subkey !== undefined) {
    signer = makePair(bits, created)
    const bound = Buffer.concat([primary.hashed, signer.hashed])
    const back = body(own(signer, bound, { type: 0x19 }))
    const binder = subkey === 'foreign' ? makePair(bits, created) : primary
    packets.push(
      packet(14, signer.body),
      own(binder, bound, {
        type: 0x18,
        subpackets: [subpacket(27, Buffer.from([flags & ~0x01])), ...lives],
        unhashed: subkey === 'unvouched' ? [] : [subpacket(32, back)],
      }),
    )
    if (revoked === 'subkey') packets.push(own(primary, bound, { type: 0x28 }))
  }
  return {
    armored: armor(Buffer.concat(packets)),
    fingerprint: signer.fingerprint,
    sign: (document, more) => signature(signer, document, { created: created + 1, ...more }),
  }
}

export function armor(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN PGP PUBLIC KEY BLOCK-----', '', ...lines, '-----END PGP PUBLIC KEY BLOCK-----', ''].join('\n')
}

/** `critical` marks what must not be passed over. */
export function subpacket(type: number, content: Buffer, critical = false): Buffer {
  const whole = Buffer.concat([Buffer.from([critical ? type | 0x80 : type]), content])
  const length =
    whole.length < 192 ? Buffer.from([whole.length]) : Buffer.concat([Buffer.from([255]), number(whole.length, 4)])
  return Buffer.concat([length, whole])
}

export function number(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, 0, bytes)
  return buffer
}

export function packet(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xc0 | tag, 255]), number(content.length, 4), content])
}

const body = (whole: Buffer) => whole.subarray(6)

function makePair(bits: number, created: number): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const content = Buffer.concat([Buffer.from([4]), number(created, 4), Buffer.from([1]), integer(n), integer(e)])
  const hashed = Buffer.concat([Buffer.from([0x99]), number(content.length, 2), content])
  const fingerprint = createHash('sha1').update(hashed).digest('hex').toUpperCase()
  return { private: privateKey, body: content, fingerprint, hashed }
}

function signature(pair: Pair, signed: Buffer, options: SignatureOptions): Buffer {
  const { hash = 'sha256', type = 0x00, created = 0, version = 4, algorithm = 1, anonymous = false } = options
  const hashed = Buffer.concat([
    subpacket(2, number(created, 4)),
    ...(anonymous ? [] : [subpacket(33, Buffer.concat([Buffer.from([4]), Buffer.from(pair.fingerprint, 'hex')]))]),
    ...(options.subpackets ?? []),
  ])
  const head = Buffer.concat([Buffer.from([version, type, algorithm, hashIds[hash]]), number(hashed.length, 2), hashed])
  const whole = Buffer.concat([signed, head, Buffer.from([4, 0xff]), number(head.length, 4)])
  const digest = createHash(hash).update(whole).digest()
  // gpg finds keys by their id alone.
  const keyId = subpacket(16, Buffer.from(pair.fingerprint.slice(-16), 'hex'))
  const given = options.unhashed ?? []
  const unhashed = Buffer.concat([...given, ...(anonymous || given.some(each => each[1] === 16) ? [] : [keyId])])
  const value = sign(hash, whole, pair.private)
  return packet(
    2,
    Buffer.concat([
      head,
      number(unhashed.length, 2),
      unhashed,
      digest.subarray(0, 2),
      integer(value.toString('base64url')),
    ]),
  )
}

function integer(base64url: string): Buffer {
  const value = Buffer.from(base64url, 'base64url')
  const start = value.findIndex(byte => byte !== 0)
  const bytes = value.subarray(start)
  return Buffer.concat([number(bytes.length * 8 - Math.clz32(bytes[0] ?? 0) + 24, 2), bytes])
}
