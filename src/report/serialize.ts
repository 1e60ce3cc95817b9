/**
 * Writes a value as its JSON schema says. Enumerations, constants, numbers, booleans, keys, and texts of a pattern or format
 * are ours and stay as they are; every other text is redacted; what the schema does not name is not written. So no secret
 * can change a word of our vocabulary, however ordinary the secret is. Pure.
 */
import { secrets } from '../log.ts'

/** The parts of JSON Schema that the schemas of docs/ use. */
export interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly pattern?: string
  readonly format?: string
}

export interface Serialized {
  /** Undefined where a secret stands in a part that the schema requires whole. */
  readonly value: unknown
  /** How many resource addresses hold a secret; what they are about is left out. */
  readonly omittedAddresses: number
}

/** A name of the workflow: never altered. */
const ownNameRef = '#/$defs/ours'

/** The address of a resource: written whole, or left out together with what it is about. */
const addressRef = '#/$defs/address'

/** Texts of these formats are written by us. Anything else that stands in their place is redacted. */
const ownFormats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
}

/**
 * @param root the schema, whose $defs its parts refer to
 * @param part the part of it that describes `value`
 */
export function serialize(root: Schema, value: unknown, part: Schema = root): Serialized {
  const serializer = new Serializer(root)
  return { value: serializer.write(part, value), omittedAddresses: serializer.omittedAddresses }
}

class Serializer {
  omittedAddresses = 0
  readonly #root: Schema
  readonly #patterns = new Map<string, RegExp>()

  constructor(root: Schema) {
    this.#root = root
  }

  /** Undefined when the value is left out. */
  write(schema: Schema, value: unknown): unknown {
    if (value === undefined) return undefined
    if (schema.$ref !== undefined) return this.#writeReferenced(schema.$ref, value)
    if (schema.anyOf !== undefined) {
      return schema.anyOf.map(each => this.write(each, value)).find(written => written !== undefined)
    }
    if (schema.const === value || schema.enum?.includes(value)) return value
    if (typeof value === 'string') return this.#isOurs(schema, value) ? value : secrets.redact(value)
    if (Array.isArray(value)) return this.#writeList(schema, value)
    if (typeof value === 'object' && value !== null) return this.#writeObject(schema, value as Record<string, unknown>)
    return [schema.type].flat().some(type => isOfType(value, type)) ? value : undefined
  }

  #writeReferenced(ref: string, value: unknown): unknown {
    const schema = this.#root.$defs?.[ref.replace('#/$defs/', '')]
    if (schema === undefined) throw new Error(`The schema has no ${ref}.`)
    if (typeof value === 'string' && ref === ownNameRef) return value
    if (typeof value === 'string' && ref === addressRef) {
      if (secrets.redact(value) === value) return value
      this.omittedAddresses++
      return undefined
    }
    return this.write(schema, value)
  }

  #isOurs({ pattern, format }: Schema, text: string): boolean {
    if (format !== undefined) return ownFormats[format]?.test(text) ?? false
    if (pattern === undefined) return false
    const known = this.#patterns.get(pattern) ?? new RegExp(pattern)
    this.#patterns.set(pattern, known)
    return known.test(text)
  }

  #writeList({ items = {} }: Schema, list: readonly unknown[]): unknown[] {
    return list.map(item => this.write(items, item)).filter(item => item !== undefined)
  }

  /** Undefined when a required part of it was there and is left out. */
  #writeObject(schema: Schema, value: Readonly<Record<string, unknown>>): unknown {
    const { properties = {}, additionalProperties, required = [] } = schema
    const written: [string, unknown][] = []
    for (const [key, inner] of Object.entries(value)) {
      const property = Object.hasOwn(properties, key) ? properties[key] : additionalProperties
      if (property === undefined || typeof property === 'boolean') continue
      const part = this.write(property, inner)
      if (part !== undefined) written.push([key, part])
      else if (inner !== undefined && required.includes(key)) return undefined
    }
    return Object.fromEntries(written)
  }
}

function isOfType(value: unknown, type: string | undefined): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return Number.isFinite(value)
    default:
      return false
  }
}
