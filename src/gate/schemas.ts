/**
 * The schemas that results must satisfy for the official clients: SDK 1.32 for the legacy revisions, SDK 2.4 for
 * 2026-07-28. They match the clients member for member, because one wrong type in an icon makes a client refuse the
 * whole list. A fault is the end of a sentence ("has serverInfo.version that is not a string") and contains hostile
 * text. Pure.
 */
import { isObject } from '../json.ts'

/** A check of one value at `path`; it returns the fault, or undefined. */
export type Shape = (value: unknown, path: string) => string | undefined

const being =
  (what: string, test: (value: unknown) => boolean): Shape =>
  (value, path) =>
    test(value) ? undefined : path === '' ? `is not ${what}` : `has ${path} that is not ${what}`

const text = being('a string', value => typeof value === 'string')
const flag = being('true or false', value => typeof value === 'boolean')
const object = being('an object', isObject)
const list = being('a list', Array.isArray)
/** An object or an array, because the clients accept an array here. */
const structure = being('an object', value => typeof value === 'object' && value !== null)
const token = being('a string or a whole number', value => typeof value === 'string' || Number.isInteger(value))
const oneOf = (...choices: readonly string[]): Shape =>
  being(choices.map(choice => `"${choice}"`).join(' or '), value => choices.some(choice => choice === value))

const listOf =
  (item: Shape): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) return list(value, path)
    for (const [index, each] of value.entries()) {
      const fault = item(each, `${path}[${index}]`)
      if (fault) return fault
    }
    return undefined
  }

const mapOf =
  (item: Shape): Shape =>
  (value, path) => {
    if (!isObject(value)) return object(value, path)
    for (const key of Object.keys(value)) {
      const fault = item(value[key], `${path}.${key}`)
      if (fault) return fault
    }
    return undefined
  }

/** Creates the check of an object with these members and any others. */
const members =
  (needed: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape =>
  (value, path) => {
    if (!isObject(value)) return object(value, path)
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
    for (const [name, shape] of Object.entries(needed)) {
      const fault = value[name] === undefined ? `has no ${at(name)}` : shape(value[name], at(name))
      if (fault) return fault
    }
    for (const [name, shape] of Object.entries(optional)) {
      const fault = value[name] === undefined ? undefined : shape(value[name], at(name))
      if (fault) return fault
    }
    return undefined
  }

const icons = listOf(members({ src: text }, { mimeType: text, sizes: listOf(text), theme: oneOf('light', 'dark') }))
const listChanging = members({}, { listChanged: flag })
const capabilities = {
  experimental: mapOf(structure),
  logging: structure,
  completions: structure,
  prompts: listChanging,
  resources: members({}, { subscribe: flag, listChanged: flag }),
  tools: listChanging,
  extensions: mapOf(structure),
}
const tasks = members(
  {},
  { list: structure, cancel: structure, requests: members({}, { tools: members({}, { call: structure }) }) },
)
const implementation = members(
  { name: text, version: text },
  { title: text, icons, websiteUrl: text, description: text },
)
const resultMeta = members(
  {},
  { progressToken: token, 'io.modelcontextprotocol/related-task': members({ taskId: text }) },
)

/** InitializeResult of 2024-11-05 to 2025-11-25. */
export const initializeResult = members(
  { protocolVersion: text, capabilities: members({}, { ...capabilities, tasks }), serverInfo: implementation },
  { instructions: text, _meta: resultMeta },
)

const complete = { resultType: oneOf('complete') }

/** DiscoverResult of 2026-07-28. Like the clients, it accepts a missing resultType, ttlMs and cacheScope. */
export const discoverResult = members(
  { supportedVersions: listOf(text), capabilities: members({}, capabilities) },
  { resultType: text, instructions: text, _meta: object },
)

const page = { tools: list }
const duration = being('a whole number of milliseconds', value => Number.isSafeInteger(value) && Number(value) >= 0)

/** One page of tools/list in the legacy revisions, without its tools. */
export const legacyPage = members(page, { nextCursor: text, _meta: resultMeta })

/** One page of tools/list in 2026-07-28. Caching requires that each list result states its lifetime and scope. */
export const modernPage = members(
  { ...complete, ...page, ttlMs: duration, cacheScope: oneOf('public', 'private') },
  { nextCursor: text, _meta: object },
)

const annotations = members(
  {},
  { title: text, readOnlyHint: flag, destructiveHint: flag, idempotentHint: flag, openWorldHint: flag },
)
const described = { title: text, description: text, icons, annotations, _meta: object }
const objectSchema = members({ type: oneOf('object') }, { properties: mapOf(structure), required: listOf(text) })

/** A tool of the legacy revisions. */
export const legacyTool = members(
  { name: text, inputSchema: objectSchema },
  {
    ...described,
    outputSchema: objectSchema,
    execution: members({}, { taskSupport: oneOf('required', 'optional', 'forbidden') }),
  },
)

/** A tool of 2026-07-28, whose schemas may be any JSON Schema 2020-12. */
export const modernTool = members(
  { name: text, inputSchema: members({ type: oneOf('object') }, { $schema: text }) },
  { ...described, outputSchema: members({}, { $schema: text }) },
)
