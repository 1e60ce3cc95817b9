import { expect, test } from 'vitest'
import { SecretMasker } from './secret-masker.ts'

function mask(secrets: string[], text: string): string {
  const masker = new SecretMasker()
  for (const secret of secrets) masker.add(secret)
  return masker.mask(text)
}

test.each(['', 'u', 'us', 'use'])('base64 behind the prefix "%s"', prefix => {
  const encoded = Buffer.from(`${prefix}correct horse`).toString('base64')
  expect(mask(['correct horse'], encoded)).toMatch(/^[A-Za-z0-9]{0,4}\*\*\*$/)
})

test.each([
  ['on a command line', 'a"b"c', 'a\\"b\\"c'],
  ['in an expression', "it's", "it''s"],
  ['in JSON', 'tab\there', 'tab\\there'],
  ['in a URL', 'a b/(c)', 'a%20b%2F%28c%29'],
  ['in XML', '<a & b>', '&lt;a &amp; b&gt;'],
  ['without its quotes', '"quoted value"', 'quoted value'],
  ['the first half in PowerShell', 'first-half&second-half', 'first-half&'],
  ['the second half in PowerShell', 'first-half&second-half', 'second-half'],
])('%s', (_, secret, printed) => {
  expect(mask([secret], `<${printed}>`)).toBe('<***>')
})

test('overlapping and touching secrets become one', () => {
  expect(mask(['abcd', 'cdef', 'gh'], 'x abcdefgh y abcd')).toBe('x *** y ***')
  expect(mask(['aa'], 'aaa')).toBe('***')
})

test('each line of a secret is one, and the empty string is none', () => {
  expect(mask(['first\r\nsecond', ''], 'second, then first')).toBe('***, then ***')
})
