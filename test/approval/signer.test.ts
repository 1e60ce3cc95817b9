/** The key of a plan, and what the values of a plan without a key are worth. */
import { createHmac, scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createPlanSigner, saltedSigner } from '../../src/approval/signer.ts'

const lineage = '6d3b9c80-0000-4000-8000-000000000000'

test('the strongest key that exists is taken', () => {
  expect(createPlanSigner('key', lineage, 'salt').mode).toBe('key')
  expect(createPlanSigner('', lineage, 'salt').mode).toBe('lineage')
  expect(createPlanSigner('', undefined, 'salt').mode).toBe('none')
})

describe('a key', () => {
  const [key, other, ofState] = [
    createPlanSigner('key', undefined, undefined),
    createPlanSigner('other', undefined, undefined),
    createPlanSigner('', 'key', undefined),
  ]

  test('hashes each value with its path, equal values of any order alike', () => {
    expect(key.value('a', { x: 1, y: 2 })).toBe(key.value('a', { y: 2, x: 1 }))
    expect(key.value('a', 1)).toMatch(/^\*[\w-]{43}$/)
    const all = [key.value('a', 1), key.value('a', 2), key.value('b', 1), other.value('a', 1)]
    expect(new Set(all).size).toBe(4)
    expect(ofState.value('a', 1)).toBe(key.value('a', 1))
  })

  test('signs texts with another key than values', () => {
    expect(key.sign('a')).not.toBe(other.sign('a'))
    expect(key.sign('a')).not.toBe(key.sign('b'))
    expect(key.sign('["a",1]')).not.toBe(key.value('a', 1).slice(1))
  })

  test('needs no hash over all values', () => {
    key.value('a', 1)
    expect([key.prefix, key.together()]).toEqual(['sha256', undefined])
  })
})

describe('without a key', () => {
  test('all values are hashed together, slowly and with the salt', () => {
    const signer = saltedSigner('salt')
    expect([signer.prefix, signer.together()]).toEqual(['sha256', undefined])
    expect([signer.value('a', 1), signer.value('b', { y: 2, x: 1 })]).toEqual(['*', '*'])
    expect(signer.prefix).toBe('scrypt:salt')
    const expected = scryptSync('a=1\nb={"x":1,"y":2}', 'salt', 32, { N: 65_536, r: 8, p: 1, maxmem: 2 ** 27 })
    expect(signer.together()).toBe(expected.toString('base64url'))
  })

  test('each signer has a salt of its own', () => {
    const prefixes = [saltedSigner(), saltedSigner()].map(signer => {
      signer.value('a', 1)
      return signer.prefix
    })
    expect(prefixes[0]).toMatch(/^scrypt:[\da-f]{16}$/)
    expect(prefixes[0]).not.toBe(prefixes[1])
  })

  test('a signature is a checksum that everybody can compute, and the same in every release', () => {
    const checksum = createHmac('sha256', 'terraform-mcp-deploy').update('text').digest('base64url')
    expect(saltedSigner().sign('text')).toBe(checksum)
  })
})
