/**
 * How sensitive values take part in a fingerprint that everybody may read: keyed, so that a changed value changes it and
 * nobody can try values out against it. The key is the input plan-approval-key, or the lineage of the state, a random
 * UUID that only those know who may read the state. Before a first apply there is neither: then all sensitive values go
 * together through scrypt with a salt, which makes trying slow, though not impossible for a weak one.
 */
import { createHmac, hash, hkdfSync, randomBytes, scryptSync } from 'node:crypto'
import { canonical } from './canonical.ts'

/** What the key was made of, strongest first. */
export const modes = ['key', 'lineage', 'none'] as const
export type Mode = (typeof modes)[number]

/** One for each plan: it collects. */
export interface PlanSigner {
  readonly mode: Mode
  /** How a fingerprint with these values begins, with the salt where there is one. */
  readonly prefix: string
  /** A sensitive value at a path: `*` and, with a key, what stands for it. */
  value(path: string, value: unknown): string
  /** What stands for all sensitive values given so far where there is no key; undefined where each stands for itself. */
  together(): string | undefined
  /** Authenticates a text; without a key it is only a checksum. */
  sign(text: string): string
}

/** About 100 ms and 64 MiB for each try. */
const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 2 ** 27 }

/**
 * @param lineage of the state, undefined while there is none
 * @param salt of the fingerprint to compare with; a new one where there is none
 */
export function createPlanSigner(key: string, lineage: string | undefined, salt: string | undefined): PlanSigner {
  if (key !== '') return keyedSigner('key', key)
  return lineage === undefined ? saltedSigner(salt) : keyedSigner('lineage', lineage)
}

/** Without a key, whatever there is: for a plan that was made before there was a state. */
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
    // The key before the text, which is a MAC with a hash that gives only a part of its state, as SHA-512/256 does: no longer
    // text can be hashed on from it. Node's HMAC costs 50 microseconds for each of ten thousand values.
    value: (path, value) => `*${hash('sha512-256', values + JSON.stringify([path, canonical(value)]), 'base64url')}`,
    together: () => undefined,
    sign: signer(key('record')),
  }
}

function signer(key: string | Buffer): (text: string) => string {
  return text => createHmac('sha256', key).update(text).digest('base64url')
}
