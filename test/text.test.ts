import { expect, test } from 'vitest'
import { inNaturalOrder, oneLine, visible } from '../src/text.ts'
import fc from './support/property.ts'

const everyCodePoint = Array.from({ length: 0x110000 }, (_, n) => String.fromCodePoint(n))
const anyCodePoint = fc.nat(0x10ffff).map(n => String.fromCodePoint(n))
const code = (char: string) => `\\u{${char.codePointAt(0)?.toString(16)}}`

test.each([
  0x3164, 0x115f, 0x1160, 0xffa0, 0x2800, 0x34f, 0xe0100, 0xfe0f, 0x180b, 0x200b, 0xfeff, 0xa0, 0x3000, 0x16fe4,
])('U+%s shows nothing, so two names that differ by it would look the same', n => {
  const char = String.fromCodePoint(n)
  expect(visible(`a${char}b`)).toBe(`a${code(char)}b`)
  expect(oneLine(`a${char}b`)).toBe(`a${code(char)}b`)
})

test('every code point that a font may ignore, that is a control or a separator becomes its code; others stay', () => {
  const showsNothing = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u
  const asTheyAre = new Set([' ', '\n', '\t'])
  const wrong = everyCodePoint.filter(char => {
    if (char === '\r') return visible(char) !== ''
    const isHidden = showsNothing.test(char) && !asTheyAre.has(char)
    return isHidden && visible(char) !== code(char)
  })
  expect(wrong.map(code)).toEqual([])
  const changed = everyCodePoint.filter(char => visible(char) !== char && !showsNothing.test(char))
  expect(changed.map(code)).toEqual(['\\u{2800}', '\\u{16fe4}', '\\u{1d159}'])
})

test('letters, marks, emoji and any text without such a character stay as they are', () => {
  for (const text of ['Ünïcödé', '東京', 'नमस्ते', '🟢 ok', 'a\tb\nc']) expect(visible(text)).toBe(text)
})

test('nothing is left to be made visible in what was made visible', () => {
  const once = fc.property(fc.string({ unit: anyCodePoint }), text => visible(visible(text)) === visible(text))
  void fc.assert(once)
})

test('names with numbers are in the order of the numbers', () => {
  const ordered = [
    'a',
    'a.b[1]',
    'a.b[2]',
    'a.b[9]',
    'a.b[10]',
    'a.b[100]',
    'a.c["9"]',
    'a.c["10"]',
    'b2.x[1]',
    'b10.x[0]',
  ]
  expect(ordered.toReversed().sort(inNaturalOrder)).toEqual(ordered)
})

test('the order of names is total', () => {
  const name = fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', ']', '.'), maxLength: 6 })
  void fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      expect(Math.sign(inNaturalOrder(a, b))).toBe(-Math.sign(inNaturalOrder(b, a)) + 0)
      expect(inNaturalOrder(a, b) === 0).toBe(a === b)
      if (inNaturalOrder(a, b) < 0 && inNaturalOrder(b, c) < 0) expect(inNaturalOrder(a, c)).toBeLessThan(0)
    }),
    { numRuns: 2_000 },
  )
})
