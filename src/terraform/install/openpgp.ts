/**
 * Verifies detached OpenPGP signatures, and of OpenPGP (RFC 4880, RFC 9580) only what HashiCorp and OpenTofu sign their
 * releases with: version 4, RSA, SHA-2. Whatever else a packet holds is refused and never skipped, because a reader that
 * is lenient about a signature has not checked it. Keys are given, never fetched, and trusted by their fingerprint.
 */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'

/** A signature or a key that cannot be relied on. The message is a clause: what was found. */
export class SignatureError extends Error {
  override name = 'SignatureError'
}

/** A public key that may sign documents: the primary key, or a subkey that the primary key vouches for. */
export interface SigningKey {
  /** 40 hexadecimal digits in upper case. */
  readonly fingerprint: string
  readonly key: KeyObject
  readonly modulusBytes: number
  /** Seconds since 1970. */
  readonly created: number
  /** Seconds since 1970; undefined when it never expires. */
  readonly expires: number | undefined
}

const tags = { signature: 2, publicKey: 6, userId: 13, publicSubkey: 14, userAttribute: 17 } as const

/** RFC 9580 §9.5. SHA-1 and MD5 are left out on purpose: collisions can be made. */
const hashes: Readonly<Record<number, 'sha256' | 'sha384' | 'sha512'>> = { 8: 'sha256', 9: 'sha384', 10: 'sha512' }

/** RFC 9580 §5.2.1 */
const types = {
  document: 0x00,
  genericCertification: 0x10,
  positiveCertification: 0x13,
  subkeyBinding: 0x18,
  primaryKeyBinding: 0x19,
  keyRevocation: 0x20,
  subkeyRevocation: 0x28,
  certificationRevocation: 0x30,
} as const

/** RFC 9580 §5.2.3.7 */
const subpackets = {
  created: 2,
  signatureExpires: 3,
  keyExpires: 9,
  issuer: 16,
  keyFlags: 27,
  embeddedSignature: 32,
  issuerFingerprint: 33,
} as const

/** What may stand outside of what is signed, because it proves itself: who signed is tried, and a signature is checked. */
const unsigned: readonly number[] = [subpackets.issuer, subpackets.issuerFingerprint, subpackets.embeddedSignature]

/** Key flag of RFC 9580 §5.2.3.29: may sign data. */
const maySign = 0x02

const rsa = 1
/** Bits of an RSA modulus below which it is no longer thought to be safe (NIST SP 800-57). */
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
  /** What signatures about this key are made over (RFC 9580 §5.2.4). */
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
  /** Fingerprints and key ids of who claims to have signed, all of which must be the one that is tried. */
  readonly issuers: readonly string[]
  /** What is hashed after the thing that is signed. */
  readonly trailer: Buffer
  readonly digestStart: Buffer
  readonly value: Buffer
}

/**
 * The keys of an armored public key block that may sign documents.
 * @param fingerprint of the primary key, when it is known which one it must be
 * @throws SignatureError for everything else than one whole RSA key of version 4 with valid signatures of its own
 */
export function readSigningKeys(armored: string, fingerprint?: string): SigningKey[] {
  const packets = readPackets(dearmor(armored))
  const [first, ...rest] = packets
  if (first?.tag !== tags.publicKey) throw new SignatureError('the key block does not begin with a public key')
  const primary = readKey(first.body)
  if (fingerprint !== undefined && primary.fingerprint !== fingerprint) {
    throw new SignatureError(`the key is ${primary.fingerprint} and not ${fingerprint}`)
  }

  const keys: SigningKey[] = []
  for (const { head, signatures } of groups(first, rest)) {
    const own = ownSignatures(signatures, primary)
    if (own.some(({ type }) => type === types.keyRevocation)) throw new SignatureError('the key was revoked')
    const signing =
      head.tag === tags.publicSubkey ? signingSubkey(head, own, primary) : signingPrimary(head, own, primary)
    if (signing !== undefined) keys.push(signing)
  }
  if (keys.length === 0) throw new SignatureError(`the key ${primary.fingerprint} may sign nothing`)
  return keys
}

/**
 * Passes when `signature` is a good signature of one of `keys` over `document`, made while that key was valid.
 * @param now seconds since 1970
 * @throws SignatureError for everything else
 */
export function verifyDetached(document: Buffer, signature: Buffer, keys: readonly SigningKey[], now: number): void {
  const [packet, ...more] = readPackets(signature)
  if (packet?.tag !== tags.signature || more.length > 0) throw new SignatureError('it is not one signature')
  const parsed = readSignature(packet.body)
  if (parsed.type !== types.document)
    throw new SignatureError(`it is a signature of type ${parsed.type}, not of a document`)
  const signer = keys.find(key => namesOnly(parsed.issuers, key.fingerprint))
  if (signer === undefined) {
    throw new SignatureError(
      `it was made by the key ${parsed.issuers.join(' and ')}, which is none of the trusted ones`,
    )
  }
  if (!isGood(parsed, [document], signer)) throw new SignatureError('it is not a signature over this content')
  if (parsed.created > now + clockSkew) {
    throw new SignatureError(`it was made on ${day(parsed.created)}, which is in the future: is the clock right?`)
  }
  if (parsed.signatureExpires !== undefined && now >= parsed.created + parsed.signatureExpires) {
    throw new SignatureError(`it expired on ${day(parsed.created + parsed.signatureExpires)}`)
  }
  if (parsed.created < signer.created) throw new SignatureError('it is older than the key that made it')
  if (signer.expires !== undefined && now >= signer.expires) {
    throw new SignatureError(`the key ${signer.fingerprint} expired on ${day(signer.expires)}`)
  }
}

/** Seconds that a machine's clock may be behind. */
const clockSkew = 86_400

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

/** Each key, user id or attribute with the signatures behind it. */
function groups(first: Packet, rest: readonly Packet[]): { head: Packet; signatures: Buffer[] }[] {
  const found: { head: Packet; signatures: Buffer[] }[] = [{ head: first, signatures: [] }]
  for (const packet of rest) {
    if (packet.tag === tags.signature) found.at(-1)?.signatures.push(packet.body)
    else if (packet.tag === tags.userId || packet.tag === tags.userAttribute || packet.tag === tags.publicSubkey)
      found.push({ head: packet, signatures: [] })
    else throw new SignatureError(`a key block holds no packet of type ${packet.tag}`)
  }
  return found
}

/** Those that claim to be the key's own. Others are certifications by people, of whatever algorithm, and say nothing. */
function ownSignatures(signatures: readonly Buffer[], { fingerprint }: PublicKey): Signature[] {
  return signatures.flatMap(body => {
    try {
      const signature = readSignature(body)
      return namesOnly(signature.issuers, fingerprint) ? [signature] : []
    } catch {
      return []
    }
  })
}

function signingPrimary(head: Packet, own: readonly Signature[], primary: PublicKey): SigningKey | undefined {
  if (head.tag !== tags.userId) return undefined
  const length = Buffer.alloc(5)
  length[0] = 0xb4
  length.writeUInt32BE(head.body.length, 1)
  const certified = [primary.hashed, length, head.body]
  if (own.some(({ type }) => type === types.certificationRevocation)) return undefined
  const newest = own
    .filter(({ type }) => type >= types.genericCertification && type <= types.positiveCertification)
    .filter(signature => isGood(signature, certified, primary))
    .reduce<Signature | undefined>(newer, undefined)
  return newest === undefined ? undefined : signingKey(primary, newest)
}

function signingSubkey(head: Packet, own: readonly Signature[], primary: PublicKey): SigningKey | undefined {
  if (own.some(({ type }) => type === types.subkeyRevocation)) return undefined
  // Only keys that sign need to be read: an encryption subkey may be of any algorithm.
  const candidates = own.filter(({ type, keyFlags = 0 }) => type === types.subkeyBinding && (keyFlags & maySign) !== 0)
  if (candidates.length === 0) return undefined
  const subkey = readKey(head.body)
  const bound = [primary.hashed, subkey.hashed]
  const newest = candidates
    .filter(signature => isGood(signature, bound, primary) && hasBackSignature(signature, bound, subkey))
    .reduce<Signature | undefined>(newer, undefined)
  return newest === undefined ? undefined : signingKey(subkey, newest)
}

/** A subkey that signs must say itself that it belongs to the primary key, or one could claim another's (RFC 9580 §5.2.1.8). */
function hasBackSignature({ embedded }: Signature, bound: readonly Buffer[], subkey: PublicKey): boolean {
  if (embedded === undefined) return false
  const back = readSignature(embedded)
  return (
    back.type === types.primaryKeyBinding && namesOnly(back.issuers, subkey.fingerprint) && isGood(back, bound, subkey)
  )
}

function newer(a: Signature | undefined, b: Signature): Signature {
  return a === undefined || b.created > a.created ? b : a
}

function signingKey(
  { fingerprint, key, modulusBytes, created }: PublicKey,
  { keyFlags = 0, keyExpires }: Signature,
): SigningKey | undefined {
  if ((keyFlags & maySign) === 0) return undefined
  return {
    fingerprint,
    key,
    modulusBytes,
    created,
    expires: keyExpires === undefined || keyExpires === 0 ? undefined : created + keyExpires,
  }
}

/** A key id is the end of a fingerprint. */
function namesOnly(issuers: readonly string[], fingerprint: string): boolean {
  return issuers.every(issuer => fingerprint.endsWith(issuer))
}

/** RFC 9580 §5.2.4, RSASSA-PKCS1-v1_5. */
function isGood(
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

/** Reads forward and refuses to go beyond the end. */
class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  /** Everything that was read so far. */
  get done(): Buffer {
    return this.#bytes.subarray(0, this.#at)
  }

  take(count: number): Buffer {
    if (count > this.left) throw new SignatureError('it is cut off')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  number(bytes: 1 | 2 | 4): number {
    return this.take(bytes).readUIntBE(0, bytes)
  }

  /** RFC 9580 §3.2: its length in bits, and then the number without leading zeros. */
  integer(): Buffer {
    const bits = this.number(2)
    const value = this.take(Math.ceil(bits / 8))
    if (bits === 0 || bits !== value.length * 8 - Math.clz32(value[0] ?? 0) + 24) {
      throw new SignatureError('it holds a number that is not as long as it says')
    }
    return value
  }
}

/** RFC 9580 §4.2, without the partial and indeterminate lengths that are for streams. */
function readPackets(bytes: Buffer): Packet[] {
  const reader = new Reader(bytes)
  const packets: Packet[] = []
  while (reader.left > 0) {
    const header = reader.number(1)
    if ((header & 0x80) === 0) throw new SignatureError('it is not OpenPGP')
    const isNew = (header & 0x40) !== 0
    const tag = isNew ? header & 0x3f : (header >> 2) & 0x0f
    packets.push({ tag, body: reader.take(isNew ? newLength(reader) : oldLength(reader, header & 0x03)) })
  }
  return packets
}

function newLength(reader: Reader): number {
  const first = reader.number(1)
  if (first < 192) return first
  if (first < 224) return ((first - 192) << 8) + reader.number(1) + 192
  if (first === 255) return reader.number(4)
  throw new SignatureError('it comes in parts, which no signature and no key does')
}

function oldLength(reader: Reader, kind: number): number {
  const bytes = ([1, 2, 4] as const)[kind]
  if (bytes === undefined) throw new SignatureError('a packet of it has no length')
  return reader.number(bytes)
}

/** RFC 9580 §5.5.2.2; the fingerprint is that of §5.5.4.2. */
function readKey(body: Buffer): PublicKey {
  const reader = new Reader(body)
  const version = reader.number(1)
  if (version !== 4) throw new SignatureError(`the key is of version ${version}, and only 4 is read`)
  const created = reader.number(4)
  const algorithm = reader.number(1)
  if (algorithm !== rsa) throw new SignatureError(`the key is of algorithm ${algorithm}, and only RSA (1) is read`)
  const modulus = reader.integer()
  const exponent = reader.integer()
  if (reader.left > 0) throw new SignatureError('something follows the key')
  if (modulus.length * 8 < minBits) throw new SignatureError(`the key has less than ${minBits} bits`)

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
    throw new SignatureError('the numbers of the key are no RSA key')
  }
}

/** RFC 9580 §5.2.3 */
function readSignature(body: Buffer): Signature {
  const reader = new Reader(body)
  const version = reader.number(1)
  if (version !== 4) throw new SignatureError(`it is a signature of version ${version}, and only 4 is read`)
  const type = reader.number(1)
  const algorithm = reader.number(1)
  if (algorithm !== rsa) throw new SignatureError(`it is of algorithm ${algorithm}, and only RSA (1) is read`)
  const hashId = reader.number(1)
  const hash = hashes[hashId]
  if (hash === undefined) throw new SignatureError(`it is over a hash of type ${hashId}, and only SHA-2 is trusted`)
  const hashed = readSubpackets(reader.take(reader.number(2)))
  const hashedPart = reader.done
  const unhashed = readSubpackets(reader.take(reader.number(2)))
  const stranger = unhashed.find(({ type, isCritical }) => isCritical || !unsigned.includes(type))
  if (stranger !== undefined) throw new SignatureError(`what it says about itself (${stranger.type}) is not signed`)
  const digestStart = reader.take(2)
  const value = reader.integer()
  if (reader.left > 0) throw new SignatureError('something follows the signature')

  const trailer = Buffer.alloc(6)
  trailer.writeUInt16BE(0x04ff, 0)
  trailer.writeUInt32BE(hashedPart.length, 2)
  const created = numberIn(hashed, subpackets.created, 4)
  if (created === undefined) throw new SignatureError('it does not say when it was made')
  return {
    type,
    hash,
    created,
    signatureExpires: numberIn(hashed, subpackets.signatureExpires, 4),
    keyExpires: numberIn(hashed, subpackets.keyExpires, 4),
    keyFlags: only(hashed, subpackets.keyFlags)?.[0],
    embedded: only([...hashed, ...unhashed], subpackets.embeddedSignature),
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

/** RFC 9580 §5.2.3.7. What is marked as critical and not known here must not be passed over. */
function readSubpackets(bytes: Buffer): Subpacket[] {
  const reader = new Reader(bytes)
  const found: Subpacket[] = []
  const known: readonly number[] = Object.values(subpackets)
  while (reader.left > 0) {
    const first = reader.number(1)
    const length = first < 192 ? first : first < 255 ? ((first - 192) << 8) + reader.number(1) + 192 : reader.number(4)
    const content = new Reader(reader.take(length))
    const type = content.number(1)
    const isCritical = (type & 0x80) !== 0
    if (isCritical && !known.includes(type & 0x7f)) {
      throw new SignatureError(`it has a condition of type ${type & 0x7f} that is not known`)
    }
    found.push({ type: type & 0x7f, isCritical, body: content.take(content.left) })
  }
  return found
}

function only(found: readonly Subpacket[], wanted: number): Buffer | undefined {
  const [one, ...more] = found.filter(({ type }) => type === wanted)
  if (more.length > 0) throw new SignatureError(`it says twice what must be said once (${wanted})`)
  return one?.body
}

function numberIn(found: readonly Subpacket[], wanted: number, bytes: 4): number | undefined {
  const body = only(found, wanted)
  if (body === undefined) return undefined
  if (body.length !== bytes) throw new SignatureError(`a number of it is not ${bytes} bytes long (${wanted})`)
  return body.readUInt32BE(0)
}

/** At least one, as upper-case hexadecimal digits. */
function issuersOf(found: readonly Subpacket[]): string[] {
  const id = only(found, subpackets.issuer)
  const fingerprint = only(found, subpackets.issuerFingerprint)
  if (id !== undefined && id.length !== 8) throw new SignatureError('it names a key by an id that is none')
  if (fingerprint !== undefined && (fingerprint.length !== 21 || fingerprint[0] !== 4)) {
    throw new SignatureError('it names a key by a fingerprint that is none of version 4')
  }
  const issuers = [id, fingerprint?.subarray(1)].filter(name => name !== undefined)
  if (issuers.length === 0) throw new SignatureError('it does not say which key made it')
  return issuers.map(name => name.toString('hex').toUpperCase())
}

/** RFC 9580 §6.2: one armored public key block, with nothing but white space around it. */
function dearmor(armored: string): Buffer {
  const match =
    /^\s*-----BEGIN PGP PUBLIC KEY BLOCK-----[ \t]*\r?\n(?:[A-Za-z]+: [^\r\n]*\r?\n)*[ \t]*\r?\n([A-Za-z0-9+/\r\n]+={0,2})\s*(?:=([A-Za-z0-9+/]{4})\s*)?-----END PGP PUBLIC KEY BLOCK-----\s*$/.exec(
      armored,
    )
  const [, base64 = '', sum] = match ?? []
  if (match === null) throw new SignatureError('it is not an armored public key block')
  const bytes = Buffer.from(base64, 'base64')
  if (sum !== undefined && Buffer.from(sum, 'base64').readUIntBE(0, 3) !== crc24(bytes)) {
    throw new SignatureError('the checksum of the key block is wrong: was it copied in whole?')
  }
  return bytes
}

/** RFC 9580 §6.1.1 */
function crc24(bytes: Buffer): number {
  let crc = 0xb704ce
  for (const byte of bytes) {
    crc ^= byte << 16
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x800000) === 0 ? crc << 1 : (crc << 1) ^ 0x1864cfb
  }
  return crc & 0xffffff
}
