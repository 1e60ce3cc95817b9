import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Matcher } from '../src/matcher.ts'

const found = (words: string[], text: string) =>
  new Matcher(words).find(text).map(([start, end]) => text.slice(start, end))

test('the longest word that ends at each place', () => {
  expect(found(['he', 'she', 'hers'], 'ushers')).toEqual(['she', 'hers'])
  expect(found(['aa'], 'aaaa')).toEqual(['aa', 'aa', 'aa'])
  expect(found(['abcd', 'cdef'], 'xabcdefx')).toEqual(['abcd', 'cdef'])
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

test('the work grows with the text and not faster, whatever text and words are', () => {
  const matcher = new Matcher([`${'a'.repeat(2_000)}b`, 'a'.repeat(500), `${'a '.repeat(300)}x`])
  const time = (text: string): number => {
    const runs = Array.from({ length: 5 }, () => {
      const start = process.cpuUsage()
      matcher.find(text)
      const { user, system } = process.cpuUsage(start)
      return user + system
    })
    return Math.min(...runs)
  }
  for (const unit of ['a', 'a \n│ ']) {
    const text = unit.repeat(50_000 / unit.length)
    time(text)
    // Twenty times the text takes about twenty times as long; a quadratic search takes four hundred times.
    expect(time(text.repeat(20))).toBeLessThan(100 * Math.max(1_000, time(text)))
  }
})
