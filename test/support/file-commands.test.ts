import { expect, test } from 'vitest'
import { parseKeyValues } from './file-commands.ts'

test.each([
  ['a value', 'a=b=c<<d\n', [['a', 'b=c<<d']]],
  ['an empty value, and no newline at the end', '\na=', [['a', '']]],
  [
    'a block whose delimiter holds "="',
    'a<<x=y\none\ntwo\nx=y\nb=1\n',
    [
      ['a', 'one\ntwo'],
      ['b', '1'],
    ],
  ],
  ['an empty block, and no newline after the delimiter', 'a<<EOF\nEOF', [['a', '']]],
  [
    'carriage returns',
    'a=b\r\nc<<EOF\nd\r\nEOF\n',
    [
      ['a', 'b\r'],
      ['c', 'd\r'],
    ],
  ],
  [
    'the last of two values last',
    'a=1\na=2\n',
    [
      ['a', '1'],
      ['a', '2'],
    ],
  ],
])('reads %s', (_, text, pairs) => {
  expect(parseKeyValues(text)).toEqual(pairs)
})

test.each([
  ['neither form', 'word\n', "Invalid format 'word'"],
  ['no name', '=b\n', 'Name must not be empty'],
  ['no name before a block', '<<EOF\nEOF\n', 'Name must not be empty and delimiter must not be empty'],
  ['no delimiter', 'a<<\n', 'delimiter must not be empty'],
  ['a block that does not end', 'a<<EOF\nb\n', "Matching delimiter not found 'EOF'"],
  ['a block that ends in the middle of a line', 'a<<EOF\nb', 'must be followed by a new line'],
  ['a delimiter with a carriage return', 'a<<EOF\nb\nEOF\r\n', "Matching delimiter not found 'EOF'"],
])('refuses %s', (_, text, message) => {
  expect(() => parseKeyValues(text)).toThrow(message)
})
