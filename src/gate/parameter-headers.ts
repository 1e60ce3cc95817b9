/**
 * The annotation `x-mcp-header` of an input schema, with which revision 2026-07-28 sends an argument as a header too
 * (basic/transports, "Schema Extension"). Clients leave out a tool whose annotation breaks a rule. Pure.
 */
import { isObject } from '../json.ts'

const ANNOTATION = 'x-mcp-header'

/** A field name of HTTP (RFC 9110 §5.1). */
const FIELD_NAME = /^[\w!#$%&'*+.^`|~-]+$/

/** Types of arguments that have one spelling in a header. */
const HEADER_TYPES: readonly unknown[] = ['string', 'integer', 'boolean']

/** Keywords that hold one schema or a list of schemas, outside of the chain of `properties`. */
const SCHEMA_KEYWORDS = [
  ...['items', 'prefixItems', 'contains', 'additionalProperties', 'unevaluatedProperties', 'unevaluatedItems'],
  ...['propertyNames', 'oneOf', 'anyOf', 'allOf', 'not', 'if', 'then', 'else'],
]

/** Keywords that hold schemas by name, outside of the chain of `properties`. */
const NAMED_SCHEMA_KEYWORDS = ['patternProperties', 'dependentSchemas', '$defs', 'definitions']

/** Maximum depth of a walk; a deeper schema would exhaust the stack, and no client reads it. */
const MAX_DEPTH = 200

/** One annotated argument: its path of property names, and the header that repeats it. */
export interface ParameterHeader {
  readonly path: readonly string[]
  readonly name: string
}

/** Returns the rule that the annotations of an input schema break, as the end of a sentence; undefined when none. */
export function findHeaderFault(inputSchema: unknown): string | undefined {
  const fault = readHeaders(inputSchema)
  return typeof fault === 'string' ? fault : undefined
}

/** Returns the annotated arguments of a schema, or the broken rule. */
export function readHeaders(inputSchema: unknown): readonly ParameterHeader[] | string {
  const headers: ParameterHeader[] = []
  const visit = (schema: unknown, path: readonly string[], isArgument: boolean, depth: number): string | undefined => {
    // An array is visited too, because the clients look for keywords in one.
    if (typeof schema !== 'object' || schema === null) return undefined
    if (depth > MAX_DEPTH) return 'the schema is nested too deep'
    const members = schema as Record<string, unknown>
    const fault = ANNOTATION in members ? readAnnotation(members, path, isArgument, headers) : undefined
    if (fault !== undefined) return fault
    const inside = (value: unknown, name: string, isNextArgument: boolean): string | undefined =>
      visit(value, [...path, name], isNextArgument, depth + 1)
    const { properties } = members
    if (typeof properties === 'object' && properties !== null) {
      for (const [name, value] of Object.entries(properties)) {
        const found = inside(value, name, isArgument)
        if (found !== undefined) return found
      }
    }
    const others = [
      ...SCHEMA_KEYWORDS.flatMap(keyword => members[keyword] ?? []),
      ...NAMED_SCHEMA_KEYWORDS.flatMap(keyword => schemasByName(members[keyword])),
    ]
    for (const value of others) {
      const found = inside(value, '…', false)
      if (found !== undefined) return found
    }
    return undefined
  }
  return visit(inputSchema, [], true, 0) ?? headers
}

function schemasByName(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return isObject(value) ? Object.values(value) : []
}

function readAnnotation(
  schema: Readonly<Record<string, unknown>>,
  path: readonly string[],
  isArgument: boolean,
  headers: ParameterHeader[],
): string | undefined {
  const at = path.length === 0 ? 'the schema itself' : path.join('.')
  const name = schema[ANNOTATION]
  if (!isArgument || path.length === 0) return `${at} is not an argument that only "properties" lead to`
  if (typeof name !== 'string' || !FIELD_NAME.test(name)) return `${at} names no valid HTTP header`
  if (!HEADER_TYPES.includes(schema.type)) return `${at} is not a string, an integer or a boolean`
  if (headers.some(header => header.name.toLowerCase() === name.toLowerCase())) return `${name} is named twice`
  headers.push({ path, name })
  return undefined
}
