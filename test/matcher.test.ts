import { expect, test } from 'vitest'
import { Matcher } from '../src/matcher.ts'
import fc from './support/property.ts'

const found = (words: string[], text: string) =>
  new Matcher(words).find(text).map(([start, end]) => text.slice(start, end))

test('the longest word that ends at each place', () => {
  expect(found(['he', 'she', 'hers'], 'ushers')).toEqual(['she', 'hers'])
  expect(found(['aa'], 'aaaa')).toEqual(['aa', 'aa', 'aa'])
  expect(found(['abcd', 'cdef'], 'xabcdefx')).toEqual(['abcd', 'cdef'])
  for (const words of [
    ['abcd', 'bcde'],
    ['bcde', 'abcd'],
  ])
    expect(found(words, 'abcde')).toEqual(['abcd', 'bcde'])
  expect(found([], 'text')).toEqual([])
  expect(found(['', ' '], 'a b')).toEqual([])
})

test('white space in a word matches any white space, also with the bars of a message of Terraform', () => {
  const word = 'correct horse\nbattery'
  for (const gap of [' ', '  ', '\n', '\r\n\t', '\n│ ', '\n│     \n│ ', '\u00a0', '\u3000'])
    expect(found([word], `x correct${gap}horse${gap}battery y`)).toEqual([`correct${gap}horse${gap}battery`])
  expect(found([word], 'correct │ horse battery')).toEqual([])
  expect(found([word], 'correcthorse battery')).toEqual([])
})

test('where a word begins that can go on after the last line', () => {
  const matcher = new Matcher(['correct horse battery', 'horse battery staple'])
  expect(matcher.pending('nothing\n')).toBeUndefined()
  expect(matcher.pending('it is correct\n')).toBe(6)
  expect(matcher.pending('it is correct horse\n│ ')).toBe(6)
  expect(matcher.pending('it is correct horse battery\n')).toBe(14)
})

test('white space is that of JavaScript and the line end of Unicode, and nothing beside it', () => {
  const matcher = new Matcher(['a b'])
  for (let unit = 0; unit <= 0xffff; unit++) {
    const text = `a${String.fromCharCode(unit)}b`
    const isBlank = /[\s\u0085]/.test(text)
    if (matcher.find(text).length !== Number(isBlank)) expect(`U+${unit.toString(16)}`).toBe(isBlank)
  }
})

test('only one bar of a box belongs to the white space, at the start of a line', () => {
  const isFound = (gap: string) => found(['a b'], `a${gap}b`).length === 1
  expect(['\n\u2500', '\n\u257f', '\n \u2502 ', '\n\u2502\n\u2502'].map(isFound)).toEqual([true, true, true, true])
  expect(['\n\u24ff', '\n\u2580', '\u2502', ' \u2502', '\n\u2502\u2502', '\r\u2502'].map(isFound)).toEqual(
    Array(6).fill(false),
  )
  expect(found(['a\n│ b'], 'a b')).toEqual(['a b'])
})

test('a word may begin or end with white space, and one that began in another word may go on', () => {
  expect(new Matcher([' a b']).find('x  a\n b').concat(new Matcher(['a b ']).find('a b  c'))).toEqual([
    [1, 7],
    [0, 5],
  ])
  const matcher = new Matcher(['a b', 'bc d'])
  expect(matcher.pending('a\n')).toBe(0)
  expect(matcher.pending('a b\n')).toBeUndefined()
  expect(matcher.pending('a bx\n')).toBeUndefined()
  expect(matcher.pending('a bc\t\n')).toBe(2)
  expect(matcher.pending('a bc d\n')).toBeUndefined()
  expect(matcher.pending('')).toBeUndefined()
})

test('thousands of words with many units: each is found where it is, and no other one', () => {
  // A generator of Park and Miller, so that each run has the same words.
  let seed = 1
  const next = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  const word = () => Array.from({ length: 3 + next(6) }, () => String.fromCharCode(0x4e00 + next(40) * 97)).join('')
  const words = Array.from({ length: 3_000 }, word)
  const matcher = new Matcher(words)
  for (const each of words) {
    const spans = matcher.find(`x${each}x`)
    expect(spans.at(-1)).toEqual([1, each.length + 1])
    const others = spans.map(([start, end]) => `x${each}x`.slice(start, end))
    expect(others.every(other => words.includes(other))).toBe(true)
  }
  const known = new Set(words)
  for (let index = 0; index < 3_000; index++) {
    const other = word()
    const parts = Array.from(other, (_, start) => Array.from(other, (_, end) => other.slice(start, end + 1))).flat()
    if (!parts.some(part => known.has(part))) expect(matcher.find(other)).toEqual([])
  }
})

test('any words in any text: the same places as a search for each of them', () => {
  const piece = fc.string({ unit: fc.constantFrom(...'ab \n'), maxLength: 6 })
  void fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 6 }),
      fc.string({ unit: fc.constantFrom(...'ab \n│'), maxLength: 60 }),
      (words, text) => {
        const trimmed = words.map(word => word.trim()).filter(word => word !== '')
        const ends = new Map<number, number>()
        for (const word of trimmed) {
          const pattern = new RegExp(
            `(?=(${word.split(/\s+/).map(RegExp.escape).join('(?:\\s|(?<=\\n\\s*)│)+')}))`,
            'g',
          )
          for (const match of text.matchAll(pattern)) {
            // A bar counts at the start of a line only, and once.
            const hit = match[1] ?? ''
            if (/│/.test(hit)) continue
            const end = match.index + hit.length
            ends.set(end, Math.min(ends.get(end) ?? Number.POSITIVE_INFINITY, match.index))
          }
        }
        const spans = new Map(new Matcher(trimmed).find(text).map(([start, end]) => [end, start]))
        for (const [end, start] of ends) expect(spans.get(end)).toBeLessThanOrEqual(start)
        for (const [end, start] of spans)
          expect(
            trimmed.some(word => text.slice(start, end).replace(/[\s│]+/g, ' ') === word.replace(/\s+/g, ' ')),
          ).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
