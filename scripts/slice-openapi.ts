/**
 * Cuts the operations that the action and its tests use out of GitHub's own OpenAPI description, and writes them as plain
 * JSON Schema to test/support/github-openapi.json. The whole description is 385 MB to install, so it is not a dependency:
 *
 *     npm install --prefix /tmp/openapi @octokit/openapi@23.0.2
 *     node scripts/slice-openapi.ts /tmp/openapi/node_modules/@octokit/openapi/generated/api.github.com.json
 *     npx biome format --write test/support/github-openapi.json
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const operations: Record<string, readonly string[]> = {
  '/user': ['get'],
  '/repos/{owner}/{repo}': ['get'],
  '/repos/{owner}/{repo}/check-runs': ['post'],
  '/repos/{owner}/{repo}/check-runs/{check_run_id}': ['get', 'patch'],
  '/repos/{owner}/{repo}/collaborators/{username}/permission': ['get'],
  '/repos/{owner}/{repo}/commits/{commit_sha}/pulls': ['get'],
  '/repos/{owner}/{repo}/commits/{ref}': ['get'],
  '/repos/{owner}/{repo}/commits/{ref}/check-runs': ['get'],
  '/repos/{owner}/{repo}/commits/{ref}/statuses': ['get'],
  '/repos/{owner}/{repo}/compare/{basehead}': ['get'],
  '/repos/{owner}/{repo}/contents/{path}': ['get', 'put'],
  '/repos/{owner}/{repo}/deployments': ['get', 'post'],
  '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses': ['get', 'post'],
  '/repos/{owner}/{repo}/git/commits': ['post'],
  '/repos/{owner}/{repo}/git/commits/{commit_sha}': ['get'],
  '/repos/{owner}/{repo}/git/ref/{ref}': ['get'],
  '/repos/{owner}/{repo}/git/refs': ['post'],
  '/repos/{owner}/{repo}/git/refs/{ref}': ['patch', 'delete'],
  '/repos/{owner}/{repo}/git/trees': ['post'],
  '/repos/{owner}/{repo}/git/trees/{tree_sha}': ['get'],
  '/repos/{owner}/{repo}/issues': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['get', 'patch', 'delete'],
  '/repos/{owner}/{repo}/issues/{issue_number}': ['get', 'patch'],
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/{issue_number}/labels': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/{issue_number}/labels/{name}': ['delete'],
  '/repos/{owner}/{repo}/labels': ['get', 'post'],
  '/repos/{owner}/{repo}/pulls': ['get', 'post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}': ['get', 'patch'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/files': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/merge': ['put'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/reviews': ['get'],
  '/repos/{owner}/{repo}/statuses/{sha}': ['post'],
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectAt(value: Json | undefined, ...path: string[]): JsonObject {
  const [key, ...rest] = path
  if (!isObject(value)) return {}
  return key === undefined ? value : objectAt(value[key], ...rest)
}

const prose = new Set(['description', 'title', 'example', 'examples', 'default', 'deprecated', 'readOnly', 'nullable'])

/** OpenAPI 3.0 to JSON Schema: `nullable` becomes a type of its own, and what does not restrict is left out. */
function jsonSchema(schema: Json, needed: Set<string>): Json {
  if (Array.isArray(schema)) return schema.map(each => jsonSchema(each, needed))
  if (!isObject(schema)) return schema
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.slice('#/components/schemas/'.length)
    needed.add(name)
    return { $ref: `#/schemas/${name}` }
  }
  const converted: JsonObject = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties') {
      // A property may bear the name of a keyword.
      const properties = Object.entries(objectAt(value)).map(([name, each]) => [name, jsonSchema(each, needed)])
      converted.properties = Object.fromEntries(properties)
    } else if (keyword === 'enum') {
      converted.enum = value
    } else if (!prose.has(keyword) && !keyword.startsWith('x-')) {
      converted[keyword] = jsonSchema(value, needed)
    }
  }
  return schema.nullable === true ? { anyOf: [converted, { type: 'null' }] } : converted
}

function resolveRef(document: JsonObject, value: Json): JsonObject {
  const target = objectAt(value)
  if (typeof target.$ref !== 'string') return target
  return objectAt(document, ...target.$ref.slice(2).split('/'))
}

function jsonContent(value: JsonObject): Json | undefined {
  return objectAt(value, 'content', 'application/json').schema
}

function slice(document: JsonObject): JsonObject {
  const needed = new Set<string>()
  const sliced: JsonObject[] = []
  for (const [path, methods] of Object.entries(operations)) {
    for (const method of methods) {
      const operation = objectAt(document, 'paths', path, method)
      if (!operation.operationId) throw new Error(`GitHub describes no ${method} ${path}`)
      const parameters = ((operation.parameters ?? []) as Json[]).map(each => resolveRef(document, each))
      const query = parameters.filter(each => each.in === 'query')
      const requestBody = jsonContent(resolveRef(document, operation.requestBody ?? {}))
      const responses: JsonObject = {}
      for (const [status, response] of Object.entries(objectAt(operation.responses))) {
        const schema = jsonContent(resolveRef(document, response))
        if (schema) responses[status] = jsonSchema(schema, needed)
      }
      sliced.push({
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        multiSegment: parameters.filter(each => each['x-multi-segment'] === true).map(each => each.name ?? ''),
        query: {
          type: 'object',
          properties: Object.fromEntries(query.map(each => [String(each.name), jsonSchema(each.schema ?? {}, needed)])),
          required: query.filter(each => each.required === true).map(each => each.name ?? ''),
          additionalProperties: false,
        },
        ...(requestBody !== undefined && { requestBody: jsonSchema(requestBody, needed) }),
        responses,
      })
    }
  }
  const schemas: JsonObject = {}
  // The set grows while it is walked: a schema names further schemas.
  for (const name of needed) schemas[name] = jsonSchema(objectAt(document, 'components', 'schemas', name), needed)
  return { source: '@octokit/openapi 23.0.2, generated/api.github.com.json (MIT)', operations: sliced, schemas }
}

const source = process.argv[2]
if (!source) throw new Error('usage: node scripts/slice-openapi.ts <api.github.com.json>')
const sliced = slice(JSON.parse(readFileSync(source, 'utf8')))
writeFileSync(join(import.meta.dirname, '../test/support/github-openapi.json'), `${JSON.stringify(sliced, null, 2)}\n`)
