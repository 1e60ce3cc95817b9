/**
 * Signer of sensitive values and records. A fingerprint is public, so sensitive values enter it with a key: a changed value
 * changes the fingerprint, and nobody can guess values from it.
 *
 * The key is the input plan-approval-key, or else the lineage of the state. The lineage is a random UUID that only readers of
 * the state know. Before a first apply neither may exist. Then scrypt with a salt hashes all sensitive values together: guessing is
 * slow, but a weak value can be guessed.
 */
import { createHmac, hash, hkdfSync, randomBytes, scryptSync } from 'node:crypto'
import { canonical } from './canonical.ts'

/** Sources of the key, the strongest first. */
export const modes = ['key', 'lineage', 'none'] as const
export type Mode = (typeof modes)[number]

/** Signer of one plan. It collects the plan's sensitive values, so every plan needs its own. */
export interface PlanSigner {
  readonly mode: Mode
  /** Prefix of a fingerprint with these values: `sha256`, or `scrypt:` and the salt. */
  readonly prefix: string
  /** Placeholder of a sensitive value at a path: `*` and, with a key, its keyed hash. */
  value(path: string, value: unknown): string
  /** Hash of all values collected so far; undefined if a key hashes each value separately. */
  together(): string | undefined
  /** Secret part of the short hashes in a record; empty without a key. */
  readonly digestKey: string
  /** Authentication code of a text. Without a key it is only a checksum. */
  sign(text: string): string
}

/** scrypt parameters: about 100 ms and 64 MiB per guess. */
const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 2 ** 27 }

/**
 * The signer with the strongest key that exists.
 * @param key the input plan-approval-key, or empty
 * @param lineage lineage of the state; undefined while there is no state
 * @param salt salt of the fingerprint to compare with; undefined creates a new one
 */
export function createPlanSigner(key: string, lineage: string | undefined, salt: string | undefined): PlanSigner {
  if (key !== '') return keyedSigner('key', key)
  return lineage === undefined ? saltedSigner(salt) : keyedSigner('lineage', lineage)
}

/** A signer without a key, for a plan that is older than the state. */
export function saltedSigner(salt = randomBytes(8).toString('hex')): PlanSigner {
  const values: string[] = []
  const sign = signer('terraform-mcp-deploy')
  return {
    mode: 'none',
    get prefix() {
      return values.length === 0 ? 'sha256' : `scrypt:${salt}`
    },
    value(path, value) {
      values.push(`${path}=${canonical(value)}`)
      return '*'
    },
    digestKey: '',
    together: () =>
      values.length === 0 ? undefined : scryptSync(values.join('\n'), salt, 32, cost).toString('base64url'),
    sign,
  }
}

function keyedSigner(mode: 'key' | 'lineage', secret: string): PlanSigner {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `terraform-mcp-deploy ${purpose}`, 32))
  const values = key('sensitive value').toString('hex')
  return {
    mode,
    prefix: 'sha256',
    // SHA-512/256 reveals only a part of its state, so nobody can extend a text. A hash over key and text is therefore a MAC.
    // Node's HMAC would cost 50 microseconds for each of ten thousand values.
    value: (path, value) => `*${hash('sha512-256', values + JSON.stringify([path, canonical(value)]), 'base64url')}`,
    together: () => undefined,
    digestKey: key('digest').toString('hex'),
    sign: signer(key('record')),
  }
}

function signer(key: string | Buffer): (text: string) => string {
  return text => createHmac('sha256', key).update(text).digest('base64url')
}
