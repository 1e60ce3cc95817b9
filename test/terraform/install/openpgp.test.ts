import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readSigningKeys, SignatureError, verifyDetached } from '../../../src/terraform/install/openpgp.ts'
import { hashicorpKey, opentofuKey } from '../../../src/terraform/install/release-keys.ts'
import { armor, makeKey, number, packet, subpacket } from '../../support/openpgp.ts'
import fc from '../../support/property.ts'

const releases = fileURLToPath(new URL('../../fixtures/releases/', import.meta.url))
const genuine = readdirSync(releases)
  .filter(name => name.endsWith('sig'))
  .map(name => ({
    name,
    pinned: name.startsWith('tofu') ? opentofuKey : hashicorpKey,
    document: readFileSync(join(releases, name.replace(/\.(gpg)?sig$/, ''))),
    signature: readFileSync(join(releases, name)),
  }))
const seconds = (date: string) => Date.parse(date) / 1000
const now = seconds('2026-11-22')
const keysOf = ({ armored, fingerprint }: typeof hashicorpKey) => readSigningKeys(armored, fingerprint)

function isRefused(action: () => unknown): boolean {
  try {
    action()
    return false
  } catch (error) {
    // Whatever is thrown must be the clear error, for any garbage.
    if (error instanceof SignatureError) return true
    throw error
  }
}

describe('the pinned keys', () => {
  test('of HashiCorp: the subkey that signs releases, until 2030-03-01', () => {
    const keys = keysOf(hashicorpKey)
    const signer = keys.find(({ fingerprint }) => fingerprint === '374EC75B485913604A831CC7C820C6D5CD27AB87')
    expect(new Date((signer?.expires ?? 0) * 1000).toISOString()).toMatch(/^2030-03-01T/)
    expect(
      keys.find(({ fingerprint }) => fingerprint.endsWith('54422F612379BA9A')),
      'encrypts only',
    ).toBeUndefined()
  })

  test('of OpenTofu: the primary key, for ever', () => {
    expect(keysOf(opentofuKey)).toMatchObject([{ fingerprint: opentofuKey.fingerprint, expires: undefined }])
  })

  test('are these and no others', () => {
    expect(() => readSigningKeys(opentofuKey.armored, hashicorpKey.fingerprint)).toThrow(/is E3E6.*, not C874/)
  })

  test('a changed bit anywhere is no key that signs, or leaves what signs as it was', () => {
    const bytes = Buffer.from(hashicorpKey.armored.replace(/^-.*|^=.*/gm, ''), 'base64')
    const good = keysOf(hashicorpKey).map(({ fingerprint }) => fingerprint)
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), bit => {
        const mutated = Buffer.from(bytes)
        mutated[bit >> 3] = (mutated[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        isRefused(() => {
          const keys = readSigningKeys(armor(mutated), hashicorpKey.fingerprint)
          expect(good).toEqual(expect.arrayContaining(keys.map(({ fingerprint }) => fingerprint)))
        })
      }),
      { numRuns: 400 },
    )
  })
})

describe.each(genuine)('$name', ({ pinned, document, signature }) => {
  const keys = keysOf(pinned)

  test('is good', () => {
    expect(() => verifyDetached(document, signature, keys, now)).not.toThrow()
  })

  test('with any bit changed it is refused, and so is it cut anywhere', () => {
    for (let bit = 0; bit < signature.length * 8; bit++) {
      const mutated = Buffer.from(signature)
      mutated[bit >> 3] = (mutated[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      if (!isRefused(() => verifyDetached(document, mutated, keys, now))) expect.fail(`bit ${bit} may change`)
    }
    for (let length = 0; length < signature.length; length++) {
      if (!isRefused(() => verifyDetached(document, signature.subarray(0, length), keys, now)))
        expect.fail(`${length} bytes are enough`)
    }
  })

  test('random changes of either are refused', () => {
    const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }), remove: fc.nat(3) })
    fc.assert(
      fc.property(fc.boolean(), change, fc.uint8Array({ maxLength: 3 }), (ofDocument, { at, byte, remove }, insert) => {
        const original = ofDocument ? document : signature
        const position = at % (original.length + 1)
        const changed = Buffer.concat([
          original.subarray(0, position),
          Buffer.from([byte, ...insert]),
          original.subarray(position + remove),
        ])
        fc.pre(!changed.equals(original))
        return isRefused(() =>
          verifyDetached(ofDocument ? changed : document, ofDocument ? signature : changed, keys, now),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('over another document, or by the key of another, it is refused', () => {
    const other = genuine.find(each => each.document !== document)
    expect(() => verifyDetached(other?.document ?? document, signature, keys, now)).toThrow(
      /does not match this content/,
    )
    const foreign = keysOf(pinned === hashicorpKey ? opentofuKey : hashicorpKey)
    expect(() => verifyDetached(document, signature, foreign, now)).toThrow(/which is not trusted/)
  })
})

test('when the key of HashiCorp has expired, nothing is accepted; before the signature was made, neither', () => {
  const { document, signature } = genuine.find(({ name }) => name.includes('1.15.8')) ?? expect.fail('no fixture')
  const keys = keysOf(hashicorpKey)
  expect(() => verifyDetached(document, signature, keys, seconds('2030-02-28'))).not.toThrow()
  expect(() => verifyDetached(document, signature, keys, seconds('2030-03-02'))).toThrow(/expired on 2030-03-01/)
  expect(() => verifyDetached(document, signature, keys, seconds('2026-07-01'))).toThrow(/in the future: is the clock/)
})

test('garbage is refused clearly', () => {
  const keys = keysOf(hashicorpKey)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), bytes =>
      isRefused(() => verifyDetached(Buffer.from('x'), Buffer.from(bytes), keys, now)),
    ),
    { numRuns: 3_000 },
  )
  // What looks like a packet gets further in.
  const looksRight = fc
    .tuple(fc.constantFrom(2, 6, 13, 14, 17, 1), fc.uint8Array({ maxLength: 300 }))
    .map(([tag, bytes]) => packet(tag, Buffer.from([4, ...bytes])))
  fc.assert(
    fc.property(fc.array(looksRight, { maxLength: 5 }), packets => {
      const bytes = Buffer.concat(packets)
      return (
        isRefused(() => verifyDetached(Buffer.from('x'), bytes, keys, now)) &&
        isRefused(() => readSigningKeys(armor(bytes)))
      )
    }),
    { numRuns: 3_000 },
  )
  fc.assert(
    fc.property(fc.string(), text => isRefused(() => readSigningKeys(text))),
    { numRuns: 1_000 },
  )
})

describe('a key of your own', () => {
  const document = Buffer.from('0000  terraform_1.12.0_linux_amd64.zip\n')
  const good = makeKey()
  const signed = (options?: Parameters<typeof good.sign>[1]) => () =>
    verifyDetached(document, good.sign(document, options), readSigningKeys(good.armored), now)

  test.each([
    ['its primary key', {}],
    ['a subkey', { subkey: 'good' }],
    ['SHA-512, 3072 bits, still valid', { hash: 'sha512', bits: 3072, lifetime: now - 1_700_000_000 + 1 }],
  ] as const)('signs with %s', (_, options) => {
    const key = makeKey(options)
    const keys = readSigningKeys(key.armored)
    expect(keys).toMatchObject([{ fingerprint: key.fingerprint }])
    expect(() => verifyDetached(document, key.sign(document), keys, now)).not.toThrow()
  })

  test.each([
    ['was revoked', { revoked: 'key' }, /is revoked/],
    ['has a revoked user id', { revoked: 'userId' }, /is not a signing key/],
    ['has a revoked subkey', { subkey: 'good', revoked: 'subkey' }, /is not a signing key/],
    ['may only encrypt', { flags: 0x0c }, /is not a signing key/],
    ['vouches for itself with SHA-1', { hash: 'sha1' }, /is not a signing key/],
    ['has 1024 bits', { bits: 1024 }, /fewer than 2048 bits/],
    ['has a subkey that does not say it belongs there', { subkey: 'unvouched' }, /is not a signing key/],
    ['has a subkey that another key bound', { subkey: 'foreign' }, /is not a signing key/],
  ] as const)('that %s is refused', (_, options, message) => {
    expect(() => readSigningKeys(makeKey(options).armored)).toThrow(message)
  })

  test('that has expired is refused', () => {
    const key = makeKey({ lifetime: 100 })
    const check = () => verifyDetached(document, key.sign(document), readSigningKeys(key.armored), now)
    expect(check).toThrow(/expired on 2023-11-14/)
  })

  test.each([
    ['over SHA-1', { hash: 'sha1' }, /hash algorithm 2, and only SHA-2/],
    ['of a text, where line ends do not count', { type: 0x01 }, /type 1, not of a document/],
    ['of version 3', { version: 3 }, /version 3/],
    ['of another algorithm', { algorithm: 22 }, /algorithm 22/],
    ['that does not say who made it', { anonymous: true }, /does not name its key/],
    ['made before its key', { created: 1_600_000_000 }, /older than its key/],
    [
      'with a condition that is not known',
      { subpackets: [subpacket(20, number(0, 4), true)] },
      /unknown critical subpacket 20/,
    ],
    ['that has expired', { subpackets: [subpacket(3, number(60, 4))] }, /it expired on 2023-11-14/],
    ['that names two keys', { unhashed: [subpacket(16, number(1, 6))] }, /invalid key ID/],
    ['that is dated twice', { subpackets: [subpacket(2, number(1, 4))] }, /subpacket 2 more than once/],
    ['with words that nobody signed', { unhashed: [subpacket(20, number(0, 4))] }, /is not signed/],
  ] as const)('a signature %s is refused', (_, options, message) => {
    expect(signed(options)).toThrow(message)
  })

  test('two signatures are not one', () => {
    const signature = good.sign(document)
    const twice = Buffer.concat([signature, signature])
    expect(() => verifyDetached(document, twice, readSigningKeys(good.armored), now)).toThrow(/not one signature/)
  })

  test('what is not armored, or of another kind, is named', () => {
    expect(() => readSigningKeys('ssh-ed25519 AAAA')).toThrow(/not an armored public key block/)
    expect(() => readSigningKeys(armor(good.sign(document)))).toThrow(/does not begin with a public key/)
    expect(() => readSigningKeys(good.armored.replace(/\n-----END/, '\n=AAAA\n-----END'))).toThrow(
      /checksum of the key/,
    )
  })
})

const gpg = spawnSync('gpg', ['--version']).status === 0
test.runIf(gpg)('gpg thinks the same of the keys and signatures that the tests make', () => {
  const home = mkdtempSync(join(tmpdir(), 'gnupg-'))
  const run = (...args: string[]) =>
    spawnSync('gpg', ['--homedir', home, '--batch', '--no-tty', ...args], { encoding: 'utf8' })
  try {
    writeFileSync(join(home, 'document'), 'signed')
    for (const options of [{}, { subkey: 'good' }, { hash: 'sha512' }] as const) {
      const key = makeKey(options)
      writeFileSync(join(home, 'key.asc'), key.armored)
      writeFileSync(join(home, 'document.sig'), key.sign(Buffer.from('signed')))
      run('--import', join(home, 'key.asc'))
      const { stdout } = run('--status-fd', '1', '--verify', join(home, 'document.sig'), join(home, 'document'))
      expect(stdout).toMatch(/GOODSIG/)
      expect(stdout).toContain(`VALIDSIG ${key.fingerprint}`)
    }
  } finally {
    spawnSync('gpgconf', ['--homedir', home, '--kill', 'all'])
    rmSync(home, { recursive: true, force: true })
  }
})
