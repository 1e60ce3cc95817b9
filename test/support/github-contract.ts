/**
 * GitHub's own OpenAPI description as a judge: names the operation of a request, and says what in a request or response
 * breaks the description. Only the operations in github-openapi.json exist (see scripts/slice-openapi.ts).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import * as formats from 'ajv-formats'

interface DescribedOperation {
  id: string
  method: string
  path: string
  multiSegment: string[]
  query: object
  requestBody?: object
  responses: Record<string, object>
}

export interface Operation {
  /** GitHub's operationId, such as `issues/create-comment`. */
  id: string
  requestErrors(query: URLSearchParams, body: unknown): string[]
  /** Nothing is said about a status that GitHub does not describe. */
  responseErrors(status: number, body: unknown): string[]
}

const description: { operations: DescribedOperation[]; schemas: Record<string, object> } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'github-openapi.json'), 'utf8'),
)

function validator(coerceTypes: boolean): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes })
  formats.default.default(ajv)
  ajv.addFormat('repo.nwo', /^[\w.-]+\/[\w.-]+$/)
  return ajv.addSchema({ $id: 'github', schemas: description.schemas })
}

const bodies = validator(false)
// A query is text: "2" is an integer there.
const queries = validator(true)

const compiled = new Map<object, ValidateFunction>()

function errors(ajv: Ajv, schema: object, value: unknown): string[] {
  let validate = compiled.get(schema)
  if (!validate) {
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/schemas/', '"github#/schemas/'))
    validate = ajv.compile(absolute)
    compiled.set(schema, validate)
  }
  return validate(value) ? [] : (validate.errors ?? []).map(sentence)
}

function sentence({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`
}

const literalSegments = (path: string): number => path.split('/').filter(segment => !segment.startsWith('{')).length

const matchers = description.operations
  .map(operation => {
    const source = operation.path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, (_, name: string) => {
      return operation.multiSegment.includes(name) ? '(.+)' : '([^/]+)'
    })
    return { operation, pattern: new RegExp(`^${source}$`) }
  })
  .sort((a, b) => literalSegments(b.operation.path) - literalSegments(a.operation.path))

/** Finds the operation that a method and a path without query ask for, the most literal path first. */
export function findOperation(method: string, path: string): Operation | undefined {
  const found = matchers.find(each => each.operation.method === method && each.pattern.test(path))?.operation
  if (!found) return undefined
  return {
    id: found.id,
    requestErrors(query, body) {
      const bodyErrors = found.requestBody ? errors(bodies, found.requestBody, body ?? {}) : []
      return [...errors(queries, found.query, Object.fromEntries(query)), ...bodyErrors]
    },
    responseErrors(status, body) {
      const schema = found.responses[status]
      return schema ? errors(bodies, schema, body) : []
    },
  }
}
