/**
 * Verifies detached OpenPGP signatures (RFC 4880, RFC 9580), limited to the format of HashiCorp and OpenTofu: version 4,
 * RSA, SHA-2. All other content is rejected and never skipped, because a lenient parser could accept a forged
 * signature. The caller passes the keys, which are trusted by fingerprint.
 */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'

/** An invalid or untrusted signature or key. The message is a clause that describes the problem. */
export class SignatureError extends Error {
  override name = 'SignatureError'
}

/** A public key that may sign documents: the primary key, or a subkey that the primary key certifies. */
export interface SigningKey {
  /** 40 hexadecimal digits in upper case. */
  readonly fingerprint: string
  readonly key: KeyObject
  readonly modulusBytes: number
  /** Creation time in seconds since 1970. */
  readonly created: number
  /** Expiry time in seconds since 1970; undefined if the key never expires. */
  readonly expires: number | undefined
}

const tags = { signature: 2, publicKey: 6, userId: 13, publicSubkey: 14, userAttribute: 17 } as const

/** Hash algorithms by ID (RFC 9580 §9.5). SHA-1 and MD5 are excluded because collisions are feasible. */
const hashes: Readonly<Record<number, 'sha256' | 'sha384' | 'sha512'>> = { 8: 'sha256', 9: 'sha384', 10: 'sha512' }

/** Signature types (RFC 9580 §5.2.1). */
const signatureTypes = {
  document: 0x00,
  genericCertification: 0x10,
  positiveCertification: 0x13,
  subkeyBinding: 0x18,
  primaryKeyBinding: 0x19,
  keyRevocation: 0x20,
  subkeyRevocation: 0x28,
  certificationRevocation: 0x30,
} as const

/** Types of signature subpackets (RFC 9580 §5.2.3.7). */
const subpackets = {
  created: 2,
  signatureExpires: 3,
  keyExpires: 9,
  issuer: 16,
  keyFlags: 27,
  embeddedSignature: 32,
  issuerFingerprint: 33,
} as const

/** Subpackets that may be unsigned, because they are verified separately: the issuer is tried, the signature is checked. */
const allowedUnsigned: readonly number[] = [
  subpackets.issuer,
  subpackets.issuerFingerprint,
  subpackets.embeddedSignature,
]

/** Key flag for signing data (RFC 9580 §5.2.3.29). */
const signDataFlag = 0x02

const rsaAlgorithm = 1
/** Minimum size of a secure RSA modulus in bits (NIST SP 800-57). */
const minBits = 2048

interface Packet {
  readonly tag: number
  readonly body: Buffer
}

interface PublicKey {
  readonly fingerprint: string
  readonly key: KeyObject
  readonly modulusBytes: number
  readonly created: number
  /** The bytes that a signature of this key covers (RFC 9580 §5.2.4). */
  readonly hashed: Buffer
}

interface Signature {
  readonly type: number
  readonly hash: 'sha256' | 'sha384' | 'sha512'
  readonly created: number
  readonly signatureExpires: number | undefined
  readonly keyExpires: number | undefined
  readonly keyFlags: number | undefined
  readonly embedded: Buffer | undefined
  /** Fingerprints and key IDs of the claimed issuer; all of them must match the tried key. */
  readonly issuers: readonly string[]
  /** The bytes that are hashed after the signed content. */
  readonly trailer: Buffer
  readonly digestStart: Buffer
  readonly value: Buffer
}

/**
 * Reads the keys of an armored public key block that may sign documents.
 * @param fingerprint expected fingerprint of the primary key, 40 hexadecimal digits in upper case
 * @throws SignatureError unless it is one complete RSA key of version 4 with valid self-signatures
 */
export function readSigningKeys(armored: string, fingerprint?: string): SigningKey[] {
  const packets = readPackets(dearmor(armored))
  const [first, ...rest] = packets
  if (first?.tag !== tags.publicKey) throw new SignatureError('the key block does not begin with a public key')
  const primary = readKey(first.body)
  if (fingerprint !== undefined && primary.fingerprint !== fingerprint) {
    throw new SignatureError(`the key is ${primary.fingerprint}, not ${fingerprint}`)
  }

  const keys: SigningKey[] = []
  for (const { head, signatures } of groupSignatures(first, rest)) {
    const own = selfSignatures(signatures, primary)
    if (own.some(({ type }) => type === signatureTypes.keyRevocation)) throw new SignatureError('the key is revoked')
    const signing =
      head.tag === tags.publicSubkey ? readSigningSubkey(head, own, primary) : readSigningPrimary(head, own, primary)
    if (signing !== undefined) keys.push(signing)
  }
  if (keys.length === 0) throw new SignatureError(`the key ${primary.fingerprint} is not a signing key`)
  return keys
}

/**
 * Verifies that `signature` is a signature of `document` by one of `keys`, created while that key was valid.
 * @param now current time in seconds since 1970
 * @throws SignatureError when it is not
 */
export function verifyDetached(document: Buffer, signature: Buffer, keys: readonly SigningKey[], now: number): void {
  const [packet, ...more] = readPackets(signature)
  if (packet?.tag !== tags.signature || more.length > 0) throw new SignatureError('it is not one signature')
  const parsed = readSignature(packet.body)
  if (parsed.type !== signatureTypes.document)
    throw new SignatureError(`it is a signature of type ${parsed.type}, not of a document`)
  const signer = keys.find(key => isIssuedBy(parsed.issuers, key.fingerprint))
  if (signer === undefined) {
    throw new SignatureError(`it was created by the key ${parsed.issuers.join(' and ')}, which is not trusted`)
  }
  if (!isValidSignature(parsed, [document], signer)) throw new SignatureError('it does not match this content')
  if (parsed.created > now + maxClockSkewSeconds) {
    throw new SignatureError(`it was created on ${day(parsed.created)}, which is in the future: is the clock right?`)
  }
  if (parsed.signatureExpires !== undefined && now >= parsed.created + parsed.signatureExpires) {
    throw new SignatureError(`it expired on ${day(parsed.created + parsed.signatureExpires)}`)
  }
  if (parsed.created < signer.created) throw new SignatureError('it is older than its key')
  if (signer.expires !== undefined && now >= signer.expires) {
    throw new SignatureError(`the key ${signer.fingerprint} expired on ${day(signer.expires)}`)
  }
}

/** Limit for a slow clock of the machine. */
const maxClockSkewSeconds = 86_400

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

/** Groups each key, user ID or attribute with the signatures that follow it. */
function groupSignatures(first: Packet, rest: readonly Packet[]): { head: Packet; signatures: Buffer[] }[] {
  const groups: { head: Packet; signatures: Buffer[] }[] = [{ head: first, signatures: [] }]
  for (const packet of rest) {
    if (packet.tag === tags.signature) groups.at(-1)?.signatures.push(packet.body)
    else if (packet.tag === tags.userId || packet.tag === tags.userAttribute || packet.tag === tags.publicSubkey)
      groups.push({ head: packet, signatures: [] })
    else throw new SignatureError(`a key block holds no packet of type ${packet.tag}`)
  }
  return groups
}

/** The signatures that the key itself claims to issue. Certifications by other keys are ignored. */
function selfSignatures(signatures: readonly Buffer[], { fingerprint }: PublicKey): Signature[] {
  return signatures.flatMap(body => {
    try {
      const signature = readSignature(body)
      return isIssuedBy(signature.issuers, fingerprint) ? [signature] : []
    } catch {
      return []
    }
  })
}

function readSigningPrimary(head: Packet, own: readonly Signature[], primary: PublicKey): SigningKey | undefined {
  if (head.tag !== tags.userId) return undefined
  const length = Buffer.alloc(5)
  length[0] = 0xb4
  length.writeUInt32BE(head.body.length, 1)
  const certified = [primary.hashed, length, head.body]
  if (own.some(({ type }) => type === signatureTypes.certificationRevocation)) return undefined
  const newest = own
    .filter(({ type }) => type >= signatureTypes.genericCertification && type <= signatureTypes.positiveCertification)
    .filter(signature => isValidSignature(signature, certified, primary))
    .reduce<Signature | undefined>(newerSignature, undefined)
  return newest === undefined ? undefined : signingKey(primary, newest)
}

function readSigningSubkey(head: Packet, own: readonly Signature[], primary: PublicKey): SigningKey | undefined {
  if (own.some(({ type }) => type === signatureTypes.subkeyRevocation)) return undefined
  // Only signing subkeys are parsed, because an encryption subkey may have any algorithm.
  const candidates = own.filter(
    ({ type, keyFlags = 0 }) => type === signatureTypes.subkeyBinding && (keyFlags & signDataFlag) !== 0,
  )
  if (candidates.length === 0) return undefined
  const subkey = readKey(head.body)
  const bound = [primary.hashed, subkey.hashed]
  const newest = candidates
    .filter(signature => isValidSignature(signature, bound, primary) && hasBackSignature(signature, bound, subkey))
    .reduce<Signature | undefined>(newerSignature, undefined)
  return newest === undefined ? undefined : signingKey(subkey, newest)
}

/** Whether the subkey certifies its primary key; otherwise a key could claim a foreign subkey (RFC 9580 §5.2.1.8). */
function hasBackSignature({ embedded }: Signature, bound: readonly Buffer[], subkey: PublicKey): boolean {
  if (embedded === undefined) return false
  const back = readSignature(embedded)
  return (
    back.type === signatureTypes.primaryKeyBinding &&
    isIssuedBy(back.issuers, subkey.fingerprint) &&
    isValidSignature(back, bound, subkey)
  )
}

function newerSignature(a: Signature | undefined, b: Signature): Signature {
  return a === undefined || b.created > a.created ? b : a
}

function signingKey(
  { fingerprint, key, modulusBytes, created }: PublicKey,
  { keyFlags = 0, keyExpires }: Signature,
): SigningKey | undefined {
  if ((keyFlags & signDataFlag) === 0) return undefined
  return {
    fingerprint,
    key,
    modulusBytes,
    created,
    expires: keyExpires === undefined || keyExpires === 0 ? undefined : created + keyExpires,
  }
}

/** Whether every issuer matches the fingerprint; a key ID is the end of a fingerprint. */
function isIssuedBy(issuers: readonly string[], fingerprint: string): boolean {
  return issuers.every(issuer => fingerprint.endsWith(issuer))
}

/** Whether the signature matches the signed parts (RFC 9580 §5.2.4, RSASSA-PKCS1-v1_5). */
function isValidSignature(
  { hash, trailer, digestStart, value }: Signature,
  signed: readonly Buffer[],
  { key, modulusBytes }: Pick<PublicKey, 'key' | 'modulusBytes'>,
): boolean {
  if (value.length > modulusBytes) return false
  const hashed = Buffer.concat([...signed, trailer])
  const digest = createHash(hash).update(hashed).digest()
  if (!digest.subarray(0, 2).equals(digestStart)) return false
  return verify(hash, hashed, key, Buffer.concat([Buffer.alloc(modulusBytes - value.length), value]))
}

/** A sequential reader. @throws SignatureError when a read exceeds the end */
class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get remainingBytes(): number {
    return this.#bytes.length - this.#at
  }

  /** The bytes that have been read. */
  get consumed(): Buffer {
    return this.#bytes.subarray(0, this.#at)
  }

  take(count: number): Buffer {
    if (count > this.remainingBytes) throw new SignatureError('it is truncated')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  number(bytes: 1 | 2 | 4): number {
    return this.take(bytes).readUIntBE(0, bytes)
  }

  /** Reads a multiprecision integer: its length in bits, then its bytes without leading zeros (RFC 9580 §3.2). */
  integer(): Buffer {
    const bits = this.number(2)
    const value = this.take(Math.ceil(bits / 8))
    if (bits === 0 || bits !== value.length * 8 - Math.clz32(value[0] ?? 0) + 24) {
      throw new SignatureError('it contains a number with a wrong length')
    }
    return value
  }
}

/** Reads all packets (RFC 9580 §4.2). Partial and indeterminate lengths, which are for streams, are rejected. */
function readPackets(bytes: Buffer): Packet[] {
  const reader = new Reader(bytes)
  const packets: Packet[] = []
  while (reader.remainingBytes > 0) {
    const header = reader.number(1)
    if ((header & 0x80) === 0) throw new SignatureError('it is not OpenPGP')
    const isNew = (header & 0x40) !== 0
    const tag = isNew ? header & 0x3f : (header >> 2) & 0x0f
    packets.push({ tag, body: reader.take(isNew ? readNewLength(reader) : readOldLength(reader, header & 0x03)) })
  }
  return packets
}

function readNewLength(reader: Reader): number {
  const first = reader.number(1)
  if (first < 192) return first
  if (first < 224) return ((first - 192) << 8) + reader.number(1) + 192
  if (first === 255) return reader.number(4)
  throw new SignatureError('it has a partial length, which is not allowed for signatures and keys')
}

function readOldLength(reader: Reader, kind: number): number {
  const bytes = ([1, 2, 4] as const)[kind]
  if (bytes === undefined) throw new SignatureError('it has a packet without a length')
  return reader.number(bytes)
}

/** Reads a public key (RFC 9580 §5.5.2.2) and computes its fingerprint (§5.5.4.2). */
function readKey(body: Buffer): PublicKey {
  const reader = new Reader(body)
  const version = reader.number(1)
  if (version !== 4) throw new SignatureError(`the key has version ${version}, and only 4 is supported`)
  const created = reader.number(4)
  const algorithm = reader.number(1)
  if (algorithm !== rsaAlgorithm)
    throw new SignatureError(`the key has algorithm ${algorithm}, and only RSA (1) is supported`)
  const modulus = reader.integer()
  const exponent = reader.integer()
  if (reader.remainingBytes > 0) throw new SignatureError('the key has trailing data')
  if (modulus.length * 8 < minBits) throw new SignatureError(`the key has fewer than ${minBits} bits`)

  const length = Buffer.alloc(3)
  length[0] = 0x99
  length.writeUInt16BE(body.length, 1)
  const hashed = Buffer.concat([length, body])
  return {
    fingerprint: createHash('sha1').update(hashed).digest('hex').toUpperCase(),
    key: rsaKey(modulus, exponent),
    modulusBytes: modulus.length,
    created,
    hashed,
  }
}

function rsaKey(modulus: Buffer, exponent: Buffer): KeyObject {
  try {
    const key = { kty: 'RSA', n: modulus.toString('base64url'), e: exponent.toString('base64url') }
    return createPublicKey({ key, format: 'jwk' })
  } catch {
    throw new SignatureError('the key is not a valid RSA key')
  }
}

/** Reads a signature packet (RFC 9580 §5.2.3). */
function readSignature(body: Buffer): Signature {
  const reader = new Reader(body)
  const version = reader.number(1)
  if (version !== 4) throw new SignatureError(`it has version ${version}, and only 4 is supported`)
  const type = reader.number(1)
  const algorithm = reader.number(1)
  if (algorithm !== rsaAlgorithm)
    throw new SignatureError(`it has algorithm ${algorithm}, and only RSA (1) is supported`)
  const hashId = reader.number(1)
  const hash = hashes[hashId]
  if (hash === undefined) throw new SignatureError(`it uses hash algorithm ${hashId}, and only SHA-2 is trusted`)
  const hashed = readSubpackets(reader.take(reader.number(2)))
  const hashedPart = reader.consumed
  const unhashed = readSubpackets(reader.take(reader.number(2)))
  const forbidden = unhashed.find(({ type, isCritical }) => isCritical || !allowedUnsigned.includes(type))
  if (forbidden !== undefined) throw new SignatureError(`its subpacket ${forbidden.type} is not signed`)
  const digestStart = reader.take(2)
  const value = reader.integer()
  if (reader.remainingBytes > 0) throw new SignatureError('the signature has trailing data')

  const trailer = Buffer.alloc(6)
  trailer.writeUInt16BE(0x04ff, 0)
  trailer.writeUInt32BE(hashedPart.length, 2)
  const created = numberIn(hashed, subpackets.created, 4)
  if (created === undefined) throw new SignatureError('it has no creation time')
  return {
    type,
    hash,
    created,
    signatureExpires: numberIn(hashed, subpackets.signatureExpires, 4),
    keyExpires: numberIn(hashed, subpackets.keyExpires, 4),
    keyFlags: singleSubpacket(hashed, subpackets.keyFlags)?.[0],
    embedded: singleSubpacket([...hashed, ...unhashed], subpackets.embeddedSignature),
    issuers: issuersOf([...hashed, ...unhashed]),
    trailer: Buffer.concat([hashedPart, trailer]),
    digestStart,
    value,
  }
}

interface Subpacket {
  readonly type: number
  readonly isCritical: boolean
  readonly body: Buffer
}

/** Reads subpackets (RFC 9580 §5.2.3.7). An unknown critical subpacket is rejected, as the RFC requires. */
function readSubpackets(bytes: Buffer): Subpacket[] {
  const reader = new Reader(bytes)
  const subpacketList: Subpacket[] = []
  const known: readonly number[] = Object.values(subpackets)
  while (reader.remainingBytes > 0) {
    const first = reader.number(1)
    const length = first < 192 ? first : first < 255 ? ((first - 192) << 8) + reader.number(1) + 192 : reader.number(4)
    const content = new Reader(reader.take(length))
    const type = content.number(1)
    const isCritical = (type & 0x80) !== 0
    if (isCritical && !known.includes(type & 0x7f)) {
      throw new SignatureError(`it has the unknown critical subpacket ${type & 0x7f}`)
    }
    subpacketList.push({ type: type & 0x7f, isCritical, body: content.take(content.remainingBytes) })
  }
  return subpacketList
}

function singleSubpacket(subpacketList: readonly Subpacket[], wanted: number): Buffer | undefined {
  const [one, ...more] = subpacketList.filter(({ type }) => type === wanted)
  if (more.length > 0) throw new SignatureError(`it has subpacket ${wanted} more than once`)
  return one?.body
}

function numberIn(subpacketList: readonly Subpacket[], wanted: number, bytes: 4): number | undefined {
  const body = singleSubpacket(subpacketList, wanted)
  if (body === undefined) return undefined
  if (body.length !== bytes) throw new SignatureError(`its subpacket ${wanted} does not have ${bytes} bytes`)
  return body.readUInt32BE(0)
}

/** The key ID and the fingerprint of the issuer, at least one of them, as upper-case hexadecimal digits. */
function issuersOf(subpacketList: readonly Subpacket[]): string[] {
  const id = singleSubpacket(subpacketList, subpackets.issuer)
  const fingerprint = singleSubpacket(subpacketList, subpackets.issuerFingerprint)
  if (id !== undefined && id.length !== 8) throw new SignatureError('it has an invalid key ID')
  if (fingerprint !== undefined && (fingerprint.length !== 21 || fingerprint[0] !== 4)) {
    throw new SignatureError('it has an invalid fingerprint; only version 4 is supported')
  }
  const issuers = [id, fingerprint?.subarray(1)].filter(name => name !== undefined)
  if (issuers.length === 0) throw new SignatureError('it does not name its key')
  return issuers.map(name => name.toString('hex').toUpperCase())
}

/** Decodes one armored public key block; only white space may surround it (RFC 9580 §6.2). */
function dearmor(armored: string): Buffer {
  const match =
    /^\s*-----BEGIN PGP PUBLIC KEY BLOCK-----[ \t]*\r?\n(?:[A-Za-z]+: [^\r\n]*\r?\n)*[ \t]*\r?\n([A-Za-z0-9+/\r\n]+={0,2})\s*(?:=([A-Za-z0-9+/]{4})\s*)?-----END PGP PUBLIC KEY BLOCK-----\s*$/.exec(
      armored,
    )
  const [, base64 = '', sum] = match ?? []
  if (match === null) throw new SignatureError('it is not an armored public key block')
  const bytes = Buffer.from(base64, 'base64')
  if (sum !== undefined && Buffer.from(sum, 'base64').readUIntBE(0, 3) !== crc24(bytes)) {
    throw new SignatureError('the checksum of the key block is wrong: was it copied completely?')
  }
  return bytes
}

/** The checksum of an armored block (RFC 9580 §6.1.1). */
function crc24(bytes: Buffer): number {
  let crc = 0xb704ce
  for (const byte of bytes) {
    crc ^= byte << 16
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x800000) === 0 ? crc << 1 : (crc << 1) ^ 0x1864cfb
  }
  return crc & 0xffffff
}
