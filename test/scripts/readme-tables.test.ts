import { expect, test } from 'vitest'
import { between, tables } from '../../scripts/readme-tables.ts'

const action = `inputs:
  mode:
    description: |
      One of a|b,
      or nothing.
    default: a
  empty:
    description: Nothing.
    default: ''
outputs:
  url:
    description: Where.
`

test('a row for each input and output, with bars and line breaks that stay in their cell', () => {
  expect(tables(action)).toEqual({
    inputs: [
      '| Input | Default | Meaning |',
      '| --- | --- | --- |',
      '| `mode` | `a` | One of a\\|b, or nothing. |',
      '| `empty` |  | Nothing. |',
    ].join('\n'),
    outputs: ['| Output | Meaning |', '| --- | --- |', '| `url` | Where. |'].join('\n'),
  })
})

test('only what is between the markers changes', () => {
  const before = 'top\n<!-- BEGIN inputs -->\nold\n<!-- END inputs -->\nbottom\n'
  const after = 'top\n<!-- BEGIN inputs -->\nnew\n<!-- END inputs -->\nbottom\n'
  expect(between(before, 'inputs', 'new')).toBe(after)
  expect(between(after, 'inputs', 'new')).toBe(after)
})

test.each(['no markers', '<!-- END inputs -->\n<!-- BEGIN inputs -->'])('%j is refused', markdown => {
  expect(() => between(markdown, 'inputs', 'x')).toThrow(/needs <!-- BEGIN inputs -->/)
})
