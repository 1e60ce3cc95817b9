/** Secrets in encodings that the list of forms in redact.ts does not have: mixed, nested, wrapped and packed ones. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { DecodingBudget, decodedTexts, encodedRuns } from '../src/decoded.ts'
import { redactor } from '../src/redact.ts'
import fc from './support/property.ts'

const secret = 'Tr0ub4dor&3"/correct\\horse+é'
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')
const wrapped = (text: string, width: number, end = '\n') =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end)
const everyUnit = (write: (code: number) => string) => [...secret].map(char => write(char.codePointAt(0) ?? 0)).join('')
const utf8 = (write: (hex: string) => string) =>
  [...Buffer.from(secret)].map(byte => write(byte.toString(16).padStart(2, '0'))).join('')
const script = `#!/bin/bash\nset -euo pipefail\nexport DB_HOST=db.internal\nexport PASSWORD='${secret}'\nexec ./server --port 8080\n`
const json = JSON.stringify({ host: 'db.internal', password: secret, port: 5432 })

/** The start of the secret, which no reader may see in any of these forms. */
const isHidden = (text: string) => {
  const shown = redactor([secret])(text)
  return shown.includes('***') && shown.length < text.length
}

describe('an encoding', () => {
  test.each<[string, string]>([
    ['every character as a percent code', utf8(hex => `%${hex}`)],
    ['percent codes of both cases', utf8(hex => `%${/[a-f]$/.test(hex) ? hex.toUpperCase() : hex}`)],
    ['some characters as percent codes', encodeURIComponent(secret).replace('%22', '"').replace('T', '%54')],
    ['percent codes in percent codes in percent codes', [1, 2, 3].reduce(text => encodeURIComponent(text), secret)],
    ['unicode escapes in upper case', everyUnit(code => `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`)],
    ['unicode escapes of JavaScript', everyUnit(code => `\\u{${code.toString(16)}}`)],
    ['long unicode escapes of Python', everyUnit(code => `\\U${code.toString(16).padStart(8, '0')}`)],
    ['bytes of a string in Go or Python', utf8(hex => `\\x${hex}`)],
    ['decimal entities', everyUnit(code => `&#${code};`)],
    ['hexadecimal entities', everyUnit(code => `&#X${code.toString(16).toUpperCase()};`)],
    ['entities of a template engine', secret.replace('&', '&amp;').replace('"', '&quot;').replace('/', '&#x2F;')],
    ['a string between single quotes', secret.replace(/[\\'"]/g, '\\$&')],
    ['JSON in JSON in JSON', [1, 2, 3].reduce(text => JSON.stringify(text).slice(1, -1), secret)],
    ['JSON in an entity', JSON.stringify(secret).slice(1, -1).replaceAll('"', '&quot;').replaceAll('&3', '&amp;3')],
    ['colours of a terminal in it', `${secret.slice(0, 6)}\u001b[1;31m${secret.slice(6)}\u001b[0m`],
    ['characters without a width in it', secret.split('').join('\u200b')],
    ['a soft hyphen in it', `${secret.slice(0, 9)}\u00ad${secret.slice(9)}`],
    ['accents taken apart', secret.normalize('NFD')],
    ['hexadecimal digits', Buffer.from(secret).toString('hex')],
    ['hexadecimal digits in upper case', Buffer.from(secret).toString('hex').toUpperCase()],
    ['hexadecimal digits of a text with it', `0x${Buffer.from(`password=${secret};`).toString('hex')}`],
    ['base64 of UTF-16, as PowerShell reads it', Buffer.from(script, 'utf16le').toString('base64')],
    ['base64 of base64', base64(`x${base64(secret)}`)],
    ['base64 of JSON', base64(json)],
    ['base64 of a percent code', base64(`https://x/?token=${encodeURIComponent(secret)}&a=1`)],
    ['a part of a JSON Web Token', `eyJhbGciOiJub25lIn0.${Buffer.from(json).toString('base64url')}.c2ln`],
    ['packed user data', base64(gzipSync(script))],
    ['packed user data with base64 in it', base64(gzipSync(`cloud-config: ${base64(script)}`))],
    ['base64 at the end of a path', `arn:aws:ssm:eu-west-1:123456789012:parameter/prod/app/${base64(json)}`],
    ['base64 in lines of 76', wrapped(base64(script), 76)],
    ['base64 in lines of 64, of Windows', wrapped(base64(script), 64, '\r\n')],
    ['base64 in lines in the box of a message', `│ ${wrapped(base64(script), 70, '\n│ ')}`],
    ['base64 in lines of a JSON text', JSON.stringify({ data: wrapped(base64(script), 76) })],
    ['base64 in lines of a JSON text of Windows', JSON.stringify({ data: wrapped(base64(script), 76, '\r\n') })],
    ['base64 in indented lines', `    ${wrapped(base64(script), 60, '\n    ')}`],
    ['base64 of JSON in lines', wrapped(base64(json + json + json), 76)],
  ])('%s', (_, text) => {
    expect(isHidden(`before ${text} after`)).toBe(true)
    // Nothing else is hidden.
    expect(redactor(['another-secret-of-mine'])(`before ${text} after`)).toBe(`before ${text} after`)
  })

  test('hides no more than the value around it', () => {
    const redact = redactor([secret])
    expect(redact(`id=i-0abc data=${base64(gzipSync(script))} size=12`)).toBe('id=i-0abc data=*** size=12')
    expect(redact(`a ${utf8(hex => `%${hex}`)}%20b`)).toBe('a ***%20b')
    expect(redact(`a\u001b[1m b\u001b[0m ${secret}\n`)).toBe('a\u001b[1m b\u001b[0m ***\n')
  })

  test('of a short secret is not hidden as a whole: it would be in many values by chance', () => {
    expect(redactor(['prod'])(base64('environment=prod\n'))).toBe(base64('environment=prod\n'))
    expect(redactor(['secret'])(base64('{"password":"secret"}'))).toContain('***')
  })
})

test('a stream holds lines of base64 back until the last one, because a secret can go on in each', () => {
  const text = `start\n${wrapped(base64(script), 76)}\nend\n`
  const { completeUnits } = redactor([secret])
  const lines = text.match(/.*\n/g) ?? []
  expect(completeUnits(lines.slice(0, 2).join(''))).toBe('start\n'.length)
  expect(completeUnits(lines.slice(0, 3).join(''))).toBe('start\n'.length)
  expect(completeUnits(text)).toBe(text.length)
})

describe('the readings of a text', () => {
  const unit = fc.constantFrom(
    '%41',
    '%C3%A9',
    '%ff',
    '\\u0041',
    '\\x41',
    '\\"',
    '&amp;',
    '&#65;',
    '&#x110000;',
    '\u001b[0m',
    '\u200b',
    '\\',
    '&',
    '%',
    'a',
    'é',
    '🚀',
    '\n',
  )
  test('have a place in the text for each unit, in its order', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), pieces => {
        const text = pieces.join('')
        for (const { text: decoded, starts } of decodedTexts(text)) {
          expect(starts).toHaveLength(decoded.length + 1)
          expect(starts.at(-1)).toBe(text.length)
          expect([...starts].every((at, index) => at >= (starts[index - 1] ?? 0) && at <= text.length)).toBe(true)
        }
      }),
    )
  })

  test('are none of a text without escapes', () => {
    expect(decodedTexts('aws_ecs_service.this["a"] = 100 % of it & more\n')).toEqual([])
    expect(
      encodedRuns('aws_ecs_service.this 4b825dc642cb6eb9a060e54bf8d69288fbee4904 AmazonEC2ContainerServiceRole'),
    ).toEqual([])
  })

  test('cost a bounded time and memory, also for packed values that unpack to more', () => {
    const bomb = base64(gzipSync(Buffer.alloc(1024 * 1024, 'a')))
    const budget = new DecodingBudget()
    const found = encodedRuns(`${bomb} `.repeat(1_000), budget)
    expect(found.length).toBeLessThan(10)
    expect(budget.left).toBeLessThanOrEqual(0)
    const start = performance.now()
    expect(redactor([secret])(`${bomb} `.repeat(1_000))).toContain(bomb)
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  test.each(['%', '\\', '&', '%4', '\\u00', '&#', 'A1b2C3d4/', 'aB', '\u001b[', '\n'.repeat(3), '\u200b'])(
    'of many times %j take a time that grows with them',
    piece => {
      const time = (count: number) => {
        const text = piece.repeat(count)
        const start = process.cpuUsage()
        redactor([secret])(text)
        return process.cpuUsage(start).user
      }
      time(1_000)
      const once = Math.max(5_000, time(20_000))
      expect(time(200_000)).toBeLessThan(40 * once)
    },
  )
})
