/** Where a long text of a server is cut, no half of a secret is shown: not even after white space or elements are left out. */
import { describe, expect, test } from 'vitest'
import { readableText } from '../../src/gate/foreign-text.ts'
import { clean, MAX_READ_CHARACTERS, previewJson, readStart } from '../../src/gate/sanitize.ts'
import { secrets } from '../../src/log.ts'
import fc from '../support/property.ts'

const secret = 'qJ7xW2mZ9kV4'
secrets.add(secret)
/** A header value that only the gate knows. */
const header = 'hT5yR8nB3cL6'

/** A text that is cut after this many characters of a value, with nothing visible before it. */
const cutAfter = (units: number, value: string, padding = ' ') =>
  `x${padding.repeat(MAX_READ_CHARACTERS).slice(0, MAX_READ_CHARACTERS - units - 1)}${value} and more`

const parts = (value: string) => Array.from({ length: value.length - 3 }, (_, index) => value.slice(0, 4 + index))

describe.each([1, 4, 6, 11, 12])('cut after %i characters of a secret', units => {
  test.each<[string, (text: string) => string]>([
    ['a sentence', text => clean(text, [header])],
    ['a page', text => clean(readableText(`<p>${text.slice(3)}`), [header])],
    ['the preview of a value', text => previewJson({ a: [text] }, [header])],
    ['the start', text => readStart(text).trim().replace(/\s+/g, ' ')],
  ])('%s shows no part of it', (_, show) => {
    const shown = show(cutAfter(units, secret))
    for (const part of parts(secret)) expect(shown).not.toContain(part)
    expect(shown.length).toBeLessThan(30)
  })

  test('a sentence shows no part of a header value', () => {
    const shown = clean(cutAfter(units, header), [header])
    for (const part of parts(header)) expect(shown).not.toContain(part)
  })
})

test('elements that are left out do not bring the half of a secret to the front', () => {
  const page = `<p>${'<b></b>'.repeat(MAX_READ_CHARACTERS).slice(0, MAX_READ_CHARACTERS - 10)}`
  for (const length of [MAX_READ_CHARACTERS - 8, MAX_READ_CHARACTERS - 6, MAX_READ_CHARACTERS - 4]) {
    const start = page.slice(0, page.lastIndexOf('>', length) + 1)
    const shown = clean(readableText(`${start}${secret} is wrong`), [])
    for (const part of parts(secret)) expect(shown).not.toContain(part)
  }
})

test('any text that is not cut is shown as it is, up to its secrets', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), text => {
      const shown = readStart(`${text}${secret}`)
      expect(shown.endsWith('***')).toBe(true)
      expect(readStart(text)).toBe(secrets.redact(text))
    }),
  )
})
