import { expect, test } from 'vitest'
import { lineText } from '../../../src/terraform/diff/line.ts'
import { diffLines } from '../../../src/terraform/diff.ts'
import { applyDiff, comparable } from '../../support/apply-diff.ts'
import fc from '../../support/property.ts'

const words = fc.constantFrom(
  'a',
  'b',
  'web',
  'db',
  '10.0.0.0/8',
  'x'.repeat(30),
  'a long word of some length '.repeat(4),
)
const script = fc
  .array(fc.constantFrom('set -e', 'echo one', 'echo two', '', '+ x = 1', 'curl x | sh'), {
    minLength: 2,
    maxLength: 14,
  })
  .map(lines => lines.join('\n'))
const sentence = fc
  .array(fc.constantFrom('one ', 'two ', 'three ', '"four" '), { minLength: 20, maxLength: 80 })
  .map(parts => parts.join(''))
const scalar = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.boolean(),
  words,
  script,
  sentence,
  fc.string({ maxLength: 12, unit: 'grapheme-ascii' }),
  fc.constant(null),
)
const { value, object } = fc.letrec<{
  value: unknown
  list: unknown
  object: Record<string, unknown>
  document: string
  named: unknown
}>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    tie('object'),
    tie('list'),
    tie('named'),
    tie('document'),
  ),
  object: fc.dictionary(
    fc.constantFrom('a', 'b', 'name', 'id', 'image', 'tags', 'from_port', 'a key', '__proto__'),
    tie('value'),
    { maxKeys: 5 },
  ),
  list: fc.array(tie('value'), { maxLength: 6 }),
  named: fc.array(
    fc.record(
      { name: fc.constantFrom('A', 'B', 'C', 'D', 'E'), value: tie('value'), port: fc.integer({ min: 0, max: 9 }) },
      { requiredKeys: [] },
    ),
    { maxLength: 6 },
  ),
  document: fc.oneof(tie('object'), tie('list'), tie('named')).map(each => JSON.stringify(each)),
}))

/** A version of a value with a few changes, because two values by chance have little in common. */
const changed = (before: unknown): fc.Arbitrary<unknown> => {
  if (Array.isArray(before))
    return fc
      .tuple(
        fc.array(value, { maxLength: 2 }),
        fc.nat(),
        fc.boolean(),
        fc.tuple(
          ...before.map(each =>
            fc.oneof({ weight: 3, arbitrary: fc.constant(each) }, { weight: 1, arbitrary: changed(each) }),
          ),
        ),
      )
      .map(([added, place, isMoved, members]) => {
        const list: unknown[] = members.slice()
        if (isMoved && list.length > 1) list.push(list.shift())
        list.splice(place % (list.length + 1), place % 2, ...added)
        return list
      })
  if (typeof before === 'object' && before !== null)
    return fc.record(
      Object.fromEntries(
        Object.entries(before).map(([key, each]) => [
          key,
          fc.oneof(fc.constant(each), changed(each), fc.constant(undefined)),
        ]),
      ),
    )
  if (typeof before === 'string' && before.length > 20)
    return fc
      .tuple(fc.nat(before.length), words)
      .map(([place, word]) => before.slice(0, place) + word + before.slice(place + 3))
  return value
}

const versions = fc.oneof(
  fc.tuple(object, object),
  object.chain(before => fc.tuple(fc.constant(before), changed(before) as fc.Arbitrary<Record<string, unknown>>)),
)

test('the old value with the shown lines is the new value, if nothing is cut', () => {
  let applied = 0
  fc.assert(
    fc.property(versions, ([before, after]) => {
      const lines = diffLines({ actions: ['update'], before, after }, 'update', text => text)
      // The code of an invisible character in a line of a text is not told from the same letters.
      if (
        lines.some(
          ({ isShortened, prefix, text }) => isShortened || (/\|/.test(String(prefix)) && text.includes('\\u{')),
        )
      )
        return
      applied++
      expect(applyDiff(comparable(before), lines.map(lineText))).toEqual(comparable(after))
    }),
    { numRuns: 1_000 },
  )
  expect(applied).toBeGreaterThan(500)
})
