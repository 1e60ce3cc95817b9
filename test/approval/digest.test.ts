/** What a record keeps of a plan: enough to name a difference, and no value. */
import { describe, expect, test } from 'vitest'
import { digestOf, nullDigest, readableSetting } from '../../src/approval/digest.ts'

const redact = (text: string) => text.replaceAll('hunter2', '***')
const change = (after: Record<string, string>, address = 'a.b') => ({
  address,
  actions: 'create',
  notes: {},
  before: {},
  after,
})
const digestOfValue = (value: string) =>
  digestOf({ settings: {}, changes: [change({ x: value })] }, redact, 'attributes').changes?.[0]?.values?.after.x

describe('an attribute', () => {
  test.each([
    ['?', /^\?$/],
    ['{"a":?}', /^\?[\w-]{8}$/],
    ['["https://x/y",?]', /^\?[\w-]{8}$/],
    ['"https://example.com/?q=1"', /^[\w-]{8}$/],
    ['{"a?":"b\\"?"}', /^[\w-]{8}$/],
    ['"\\\\"', /^[\w-]{8}$/],
  ])('%s is marked if a part of it is unknown, and only then', (value, pattern) => {
    expect(digestOfValue(value)).toMatch(pattern)
  })

  test('two values have two digests', () => {
    expect(digestOfValue('"a"')).not.toBe(digestOfValue('"b"'))
    expect(digestOfValue('{"a":?,"b":1}')).not.toBe(digestOfValue('{"a":?,"b":2}'))
  })
})

describe('a setting', () => {
  test('is readable up to 200 characters, and then ends with a hash of all of it', () => {
    expect(readableSetting('a'.repeat(200), redact)).toBe('a'.repeat(200))
    const [one, other] = [`${'a'.repeat(300)}1`, `${'a'.repeat(300)}2`]
    expect(readableSetting(one, redact)).toMatch(/^a{200}… \([\w-]{8}\)$/)
    expect(readableSetting(one, redact)).not.toBe(readableSetting(other, redact))
  })

  test('has no secret, and neither has an address', () => {
    const { settings, changes } = digestOf(
      { settings: { target: 'a.hunter2' }, changes: [change({}, 'a.hunter2')] },
      redact,
      'addresses',
    )
    expect(settings).toEqual({ target: 'a.***' })
    expect(changes).toEqual([{ address: 'a.***', actions: 'create', digest: expect.stringMatching(/^[\w-]{8}$/) }])
  })
})

test('a plan without room for changes has only settings', () => {
  expect(digestOf({ settings: { a: 'b' }, changes: [change({})] }, redact, 'nothing')).toEqual({
    settings: { a: 'b' },
    changes: undefined,
  })
})

test('a change has 96 bits with its attributes, and their first half in a record with little room', () => {
  const digestIn = (detail: 'attributes' | 'addresses') =>
    digestOf({ settings: {}, changes: [change({ x: '1' })] }, redact, detail).changes?.[0]?.digest
  expect(digestIn('attributes')).toMatch(/^[\w-]{16}$/)
  expect(digestIn('addresses')).toBe(digestIn('attributes')?.slice(0, 8))
})

describe('with a key', () => {
  const plan = {
    settings: { workspace: 'default', long: 'a'.repeat(300) },
    changes: [{ ...change({ x: '1', y: '{"a":?}', none: 'null' }), notes: { 'inputs of x': '1' } }],
  }
  const hashes = (key: string, detail: 'attributes' | 'addresses' = 'attributes') => {
    const { settings, changes } = digestOf(plan, redact, detail, key)
    const [{ digest, values } = { digest: '', values: undefined }] = changes ?? []
    return { long: settings.long, digest, note: values?.notes['inputs of x'], x: values?.after.x, y: values?.after.y }
  }

  test('nobody can search two values with one digest: each hash is another one', () => {
    for (const detail of ['attributes', 'addresses'] as const) {
      const [none, one, other] = ['', 'k1', 'k2'].map(key => Object.values(hashes(key, detail)).filter(Boolean))
      for (const [index, hash] of (none ?? []).entries()) {
        expect(new Set([hash, one?.[index], other?.[index]]).size).toBe(3)
        expect(hash).not.toBe('')
      }
    }
    expect(hashes('k1')).toEqual(hashes('k1'))
  })

  test('what is unknown stays marked, and null stays null', () => {
    expect(hashes('k1').y).toMatch(/^\?[\w-]{8}$/)
    expect(digestOf(plan, redact, 'attributes', 'k1').changes?.[0]?.values?.after.none).toBe(nullDigest)
  })
})
