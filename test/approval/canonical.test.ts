import { expect, test } from 'vitest'
import { canonical } from '../../src/approval/canonical.ts'
import { parseExactJson } from '../../src/json.ts'

const exact = parseExactJson('{"a":[12345678901234567890]}') as { readonly a: readonly unknown[] }

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
  ['an object whose unknown parts are an empty list', '{"a":*}', [{ a: 'secret' }, { a: true }, []]],
  ['an unknown list, which the value lacks', '[?]', [undefined, {}, [true]]],
  ['a list with more unknown parts', '[1,?]', [[1], [true, false].slice(1), [false, true]]],
  ['exact numbers', '{"a":[12345678901234567890]}', [exact]],
  ['exact numbers, keys in another order', '{"a":1,"b":12345678901234567890}', [{ b: exact.a[0], a: 1 }]],
  [
    'an exact number beside a sensitive part',
    '[12345678901234567890,*]',
    [
      [exact.a[0], 's'],
      [false, true],
    ],
  ],
  ['keys in another order, in a list', '[{"a":1,"b":2}]', [[{ b: 2, a: 1 }]]],
  ['a list keeps its order', '["b",null,"a",3]', [['b', null, 'a', 3]]],
])('%s is %s', (_, text, args) => {
  expect(canonical(...args)).toBe(text)
})

test('a sensitive value is signed with its placeholders, and without any as it is', () => {
  const digest = (value: unknown) => `*${canonical(value)}`
  const replace = (json: string) => json.replace('c0ffee', '@commit')
  expect(canonical('tag-c0ffee', true, false, digest, replace)).toBe('*"tag-@commit"')
  expect(canonical({ b: 'c0ffee', a: 1 }, true, false, digest, replace)).toBe('*{"a":1,"b":"@commit"}')
  expect(canonical({ b: 'other', a: 1 }, true, false, digest, replace)).toBe('*{"a":1,"b":"other"}')
})
