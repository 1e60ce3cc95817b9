import { expect, test } from 'vitest'
import { canonical } from '../../src/approval/canonical.ts'

test.each<[string, string, Parameters<typeof canonical>]>([
  ['a value without marks', '{"a":1}', [{ a: 1 }]],
  ['null in the place of marks', '{"a":1}', [{ a: 1 }, null, null]],
  ['empty marks', '{"a":1}', [{ a: 1 }, {}, []]],
  ['a sensitive value without a signer', '*', ['secret', true]],
  ['a sensitive part', '{"a":*,"b":2}', [{ a: 'secret', b: 2 }, { a: true }]],
  ['a sensitive value that is not there', 'null', [undefined, true]],
  ['a sensitive null', 'null', [null, true]],
  ['an unknown part, which the value lacks', '{"a":?,"b":2}', [{ b: 2 }, {}, { a: true }]],
  ['a key without a value', '{"a":null}', [{ a: undefined }]],
  ['keys in another order, in a list', '[{"a":1,"b":2}]', [[{ b: 2, a: 1 }]]],
  ['a list keeps its order', '["b",null,"a",3]', [['b', null, 'a', 3]]],
])('%s is %s', (_, text, args) => {
  expect(canonical(...args)).toBe(text)
})
