import { describe, expect, test } from 'vitest'
import { exactDigits, parseExactJson } from '../src/json.ts'
import fc from './support/property.ts'

const written = (number: string) => JSON.stringify(parseExactJson(`{"a":[1,${number}]}`))

describe('numbers of JSON text', () => {
  test.each([
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['9007199254740992', '9007199254740992'],
    ['0.1000000000000000055', '0.1000000000000000055'],
    ['12345678.1234567891', '12345678.1234567891'],
    ['0.33333333333333333333333333333333', '0.33333333333333333333333333333333'],
    ['1e400', `1${'0'.repeat(400)}`],
    ['1.5e-400', `0.${'0'.repeat(399)}15`],
  ])('%s keeps every digit', (number, digits) => {
    expect(written(number)).toBe(`{"a":[1,${digits}]}`)
  })

  test.each([
    ['1e3', '1000'],
    ['1000.00', '1000'],
    ['1e23', '100000000000000000000000'],
    ['0.50', '5e-1'],
    ['9007199254740993', '9007199254740993.0'],
    ['9007199254740993', '900719925474099.3e1'],
    ['1e400', '10e399'],
    ['0', '-0.0e400'],
  ])('%s equals %s', (one, other) => {
    expect(written(one)).toBe(written(other))
  })

  test.each([
    ['9007199254740993', '9007199254740992'],
    ['0.1000000000000000055', '0.1'],
    ['1e400', '1e401'],
    ['1e-400', '0'],
    ['1e9999', '1e9998'],
    ['-1e400', '1e400'],
  ])('%s does not equal %s', (one, other) => {
    expect(written(one)).not.toBe(written(other))
  })

  test('a long number in front of a text or behind a blank is read exactly, too', () => {
    expect(JSON.stringify(parseExactJson('{ "a" :  9007199254740993 , "b":"x" }'))).toBe(
      '{"a":9007199254740993,"b":"x"}',
    )
  })

  test('two whole numbers have the same text only if they are equal', () => {
    const whole = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
    fc.assert(
      fc.property(whole, fc.bigInt({ min: 0n, max: 3n }), (number, more) => {
        return (written(String(number)) === written(String(number + more))) === (more === 0n)
      }),
    )
  })

  test('a value that a double holds is a number, and a text of digits a text', () => {
    expect(parseExactJson('{"a":9007199254740992,"b":":12345678901234567890","c":0.1}')).toEqual({
      a: 9007199254740992,
      b: ':12345678901234567890',
      c: 0.1,
    })
    expect(exactDigits({ rawJSON: '9007199254740993' })).toBeUndefined()
  })
})
