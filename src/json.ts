/** Guards for unknown JSON. Each accepts any value and returns a value of the type, or an empty one. */

export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is an object and not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const noObject: JsonObject = Object.freeze({})
const noList: readonly unknown[] = Object.freeze([])

/** Returns the object, or an empty one for any other value. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : noObject
}

/** Returns the list, or an empty one for any other value. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : noList
}

/** Returns the text, or undefined if it is empty or not a text. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Returns the value of JSON text, or undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The functions for the source text of numbers (ECMAScript, "JSON.parse source text access"), which TypeScript does not declare. */
interface ExactJson {
  rawJSON(text: string): { readonly rawJSON: string }
  isRawJSON(value: unknown): value is { readonly rawJSON: string }
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
}
const exact = JSON as unknown as ExactJson

/** A number in JSON text that a double may not hold: 16 characters or more, or an exponent. A match inside a string costs only time. */
const longNumber = /[:[,]\s*-?[\d.]{16}|[:[,]\s*-?[\d.]+[eE]/

/**
 * Returns the value of an object or list in JSON text, with every digit of every number. A number stays a number if its digits are those
 * that the double prints; another one becomes an object whose JSON text is its digits. So two numbers have the same JSON text
 * exactly when they are equal.
 * @throws SyntaxError if the text is not JSON
 */
export function parseExactJson(text: string): unknown {
  // A reviver takes ten times as long, and nearly no plan has such a number.
  if (!longNumber.test(text)) return JSON.parse(text)
  return exact.parse(text, (_, value, { source }) => {
    if (typeof value !== 'number' || source === undefined) return value
    const digits = decimal(source)
    return Number.isFinite(value) && digits === decimal(String(value)) ? value : exact.rawJSON(digits)
  })
}

/** The decimal digits of a number that parseExactJson could not read as a double; undefined for every other value. */
export function exactDigits(value: unknown): string | undefined {
  return exact.isRawJSON(value) ? value.rawJSON : undefined
}

/** The largest exponent that is written out as zeros. */
const maxZeros = 5_000

/** A JSON number with the shortest text: no exponent, no zeros at its ends. Equal numbers have equal texts. */
function decimal(source: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  let end = digits.length
  while (digits[end - 1] === '0') end--
  const significant = digits.slice(0, end)
  if (significant === '') return '0'
  const exponent = Number(power) - fraction.length + (digits.length - significant.length)
  if (Math.abs(exponent) > maxZeros) return `${sign}${significant}e${exponent}`
  if (exponent >= 0) return sign + significant + '0'.repeat(exponent)
  const point = significant.length + exponent
  if (point > 0) return `${sign}${significant.slice(0, point)}.${significant.slice(point)}`
  return `${sign}0.${'0'.repeat(-point)}${significant}`
}
