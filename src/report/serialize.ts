/**
 * Writes a value by its JSON schema. Enumerations, constants, numbers, booleans, keys, and texts with a pattern or format are
 * our own and stay unchanged. Every other text is redacted, and fields that are not in the schema are not written. So even an
 * ordinary word as a secret cannot change a word of our vocabulary. Pure.
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
  /** Undefined if a secret is in a part that the schema requires. */
  readonly value: unknown
  /** The number of resource addresses with a secret. The objects with these addresses are omitted. */
  readonly omittedAddresses: number
}

/** Schema of a name from the workflow, which is never altered. */
const ownNameRef = '#/$defs/ours'

/** Schema of a resource address, which is written unchanged or omitted together with its object. */
const addressRef = '#/$defs/address'

/** Formats of texts that the action writes itself. Any other text in their place is redacted. */
const ownFormats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
}

/**
 * Writes a value by its schema.
 * @param root the schema with all $defs
 * @param part the part of the schema that describes `value`
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

  /** Returns the written value, undefined if it is omitted. */
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

  /** Returns the written object, undefined if a required part of it is omitted. */
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
