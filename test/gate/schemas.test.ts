/** Each member that the clients check: a result that has all of them, and what is said of each that has another type. */
import { describe, expect, test } from 'vitest'
import {
  discoverResult,
  initializeResult,
  legacyPage,
  legacyTool,
  modernPage,
  modernTool,
  type Shape,
} from '../../src/gate/schemas.ts'

const icon = { src: 'a', mimeType: 'image/png', sizes: ['48x48'], theme: 'light' }
const implementation = { name: 'a', version: '1', title: 'A', icons: [icon], websiteUrl: 'u', description: 'd' }
const capabilities = {
  experimental: { a: {}, b: [] },
  logging: {},
  completions: {},
  prompts: { listChanged: true },
  resources: { subscribe: false, listChanged: true },
  tools: { listChanged: false },
  extensions: { a: {} },
}
const tasks = { list: {}, cancel: {}, requests: { tools: { call: {} } } }
const meta = { progressToken: 1, 'io.modelcontextprotocol/related-task': { taskId: 't' } }
const described = {
  title: 'A',
  description: 'd',
  icons: [icon, { src: 'b' }],
  annotations: {
    title: 'A',
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  },
  _meta: { any: 1 },
}

const isA: Readonly<Record<string, string>> = {
  text: 'a string',
  flag: 'true or false',
  object: 'an object',
  list: 'a list',
  token: 'a string or a whole number',
  duration: 'a whole number of milliseconds',
}
/** Values that are not of a kind, each for another part of its check. */
const wrong: Readonly<Record<string, readonly unknown[]>> = {
  text: [1, null, {}],
  flag: ['true', 1, null],
  object: ['{}', null, 1],
  list: [{}, 'a', null],
  token: [1.5, {}, null, true],
  duration: [-1, 1.5, '1', null, 2 ** 53],
}
const iconFields = (path: string): [string, string][] => [
  [path, 'list'],
  [`${path}[0]`, 'object'],
  [`${path}[0].src`, 'text'],
  [`${path}[0].mimeType`, 'text'],
  [`${path}[0].sizes`, 'list'],
  [`${path}[0].sizes[0]`, 'text'],
  [`${path}[0].theme`, '"light" or "dark"'],
]
const capabilityFields: [string, string][] = [
  ['experimental', 'object'],
  ['experimental.b', 'object'],
  ['logging', 'object'],
  ['completions', 'object'],
  ['prompts', 'object'],
  ['prompts.listChanged', 'flag'],
  ['resources', 'object'],
  ['resources.subscribe', 'flag'],
  ['resources.listChanged', 'flag'],
  ['tools', 'object'],
  ['tools.listChanged', 'flag'],
  ['extensions', 'object'],
  ['extensions.a', 'object'],
].map(([path = '', kind = '']) => [`capabilities.${path}`, kind])
const metaFields: [string, string][] = [
  ['_meta', 'object'],
  ['_meta.progressToken', 'token'],
  ['_meta.io.modelcontextprotocol/related-task', 'object'],
  ['_meta.io.modelcontextprotocol/related-task.taskId', 'text'],
]
const describedFields: [string, string][] = [
  ['title', 'text'],
  ['description', 'text'],
  ...iconFields('icons'),
  ['annotations', 'object'],
  ['annotations.title', 'text'],
  ['annotations.readOnlyHint', 'flag'],
  ['annotations.destructiveHint', 'flag'],
  ['annotations.idempotentHint', 'flag'],
  ['annotations.openWorldHint', 'flag'],
  ['_meta', 'object'],
]

interface Checked {
  readonly shape: Shape
  /** A value with every member. */
  readonly whole: object
  /** Members without which clients refuse the value. */
  readonly needed: readonly string[]
  /** The kind of each member by its path. */
  readonly fields: readonly (readonly [path: string, kind: string])[]
}
const checked: Readonly<Record<string, Checked>> = {
  initializeResult: {
    shape: initializeResult,
    whole: {
      protocolVersion: '2025-11-25',
      capabilities: { ...capabilities, tasks },
      serverInfo: implementation,
      instructions: 'i',
      _meta: meta,
    },
    needed: [
      'protocolVersion',
      'capabilities',
      'serverInfo',
      'serverInfo.name',
      'serverInfo.version',
      'serverInfo.icons[0].src',
      '_meta.io.modelcontextprotocol/related-task.taskId',
    ],
    fields: [
      ['protocolVersion', 'text'],
      ['capabilities', 'object'],
      ...capabilityFields,
      ['capabilities.tasks', 'object'],
      ['capabilities.tasks.list', 'object'],
      ['capabilities.tasks.cancel', 'object'],
      ['capabilities.tasks.requests', 'object'],
      ['capabilities.tasks.requests.tools', 'object'],
      ['capabilities.tasks.requests.tools.call', 'object'],
      ['serverInfo', 'object'],
      ['serverInfo.name', 'text'],
      ['serverInfo.version', 'text'],
      ['serverInfo.title', 'text'],
      ...iconFields('serverInfo.icons'),
      ['serverInfo.websiteUrl', 'text'],
      ['serverInfo.description', 'text'],
      ['instructions', 'text'],
      ...metaFields,
    ],
  },
  discoverResult: {
    shape: discoverResult,
    whole: { supportedVersions: ['2026-07-28'], capabilities, resultType: 'complete', instructions: 'i', _meta: {} },
    needed: ['supportedVersions', 'capabilities'],
    fields: [
      ['supportedVersions', 'list'],
      ['supportedVersions[0]', 'text'],
      ['capabilities', 'object'],
      ...capabilityFields,
      ['resultType', 'text'],
      ['instructions', 'text'],
      ['_meta', 'object'],
    ],
  },
  legacyPage: {
    shape: legacyPage,
    whole: { tools: [1], nextCursor: 'c', _meta: { ...meta, progressToken: 'p' } },
    needed: ['tools', '_meta.io.modelcontextprotocol/related-task.taskId'],
    fields: [['tools', 'list'], ['nextCursor', 'text'], ...metaFields],
  },
  modernPage: {
    shape: modernPage,
    whole: { resultType: 'complete', tools: [], ttlMs: 0, cacheScope: 'public', nextCursor: 'c', _meta: {} },
    needed: ['resultType', 'tools', 'ttlMs', 'cacheScope'],
    fields: [
      ['resultType', '"complete"'],
      ['tools', 'list'],
      ['ttlMs', 'duration'],
      ['cacheScope', '"public" or "private"'],
      ['nextCursor', 'text'],
      ['_meta', 'object'],
    ],
  },
  legacyTool: {
    shape: legacyTool,
    whole: {
      name: 'a',
      inputSchema: { type: 'object', properties: { a: {} }, required: ['a'] },
      ...described,
      outputSchema: { type: 'object' },
      execution: { taskSupport: 'optional' },
    },
    needed: ['name', 'inputSchema', 'inputSchema.type', 'outputSchema.type', 'icons[0].src'],
    fields: [
      ['name', 'text'],
      ['inputSchema', 'object'],
      ['inputSchema.type', '"object"'],
      ['inputSchema.properties', 'object'],
      ['inputSchema.properties.a', 'object'],
      ['inputSchema.required', 'list'],
      ['inputSchema.required[0]', 'text'],
      ...describedFields,
      ['outputSchema', 'object'],
      ['outputSchema.type', '"object"'],
      ['execution', 'object'],
      ['execution.taskSupport', '"required" or "optional" or "forbidden"'],
    ],
  },
  modernTool: {
    shape: modernTool,
    whole: {
      name: 'a',
      inputSchema: { type: 'object', $schema: 's', properties: 1, required: 1 },
      ...described,
      outputSchema: { $schema: 's', type: 'string' },
      execution: 1,
    },
    needed: ['name', 'inputSchema', 'inputSchema.type', 'icons[0].src'],
    fields: [
      ['name', 'text'],
      ['inputSchema', 'object'],
      ['inputSchema.type', '"object"'],
      ['inputSchema.$schema', 'text'],
      ...describedFields,
      ['outputSchema', 'object'],
      ['outputSchema.$schema', 'text'],
    ],
  },
}

/** A copy of a value with another value at a path; undefined removes the member. */
function changed(whole: object, path: string, value: unknown): unknown {
  const steps = path.replace('io.modelcontextprotocol', 'io/modelcontextprotocol').replaceAll('[', '.').split('.')
  const names = steps.map(step => step.replace(']', '').replace('io/model', 'io.model'))
  const copy = structuredClone(whole)
  const last = names.pop() ?? ''
  let part = copy as Record<string, unknown>
  for (const name of names) part = part[name] as Record<string, unknown>
  if (value === undefined) delete part[last]
  else part[last] = value
  return copy
}

describe.each(Object.entries(checked))('%s', (_, { shape, whole, needed, fields }) => {
  test('accepts every member, the needed ones alone, and further ones', () => {
    expect(shape(whole, '')).toBeUndefined()
    const optional = fields.map(([path]) => path).filter(path => !needed.includes(path))
    for (const path of optional) {
      if (path.endsWith(']')) continue
      expect(shape(changed(whole, path, undefined), '')).toBeUndefined()
    }
    expect(shape({ ...whole, more: 1 }, '')).toBeUndefined()
  })

  test.each(needed)('has to have %s', path => {
    expect(shape(changed(whole, path, undefined), '')).toBe(`has no ${path}`)
  })

  test.each(fields)('%s is %s', (path, kind) => {
    const what = isA[kind] ?? kind
    for (const value of wrong[kind] ?? ['other', '', 1, null])
      expect(shape(changed(whole, path, value), '')).toBe(`has ${path} that is not ${what}`)
  })

  test('is an object itself', () => {
    for (const value of [undefined, null, 1, 'a', []]) expect(shape(value, '')).toBe('is not an object')
    expect(shape(1, 'result')).toBe('has result that is not an object')
  })
})

test('each of the choices is accepted', () => {
  const page = checked.modernPage?.whole ?? {}
  for (const cacheScope of ['public', 'private']) expect(modernPage({ ...page, cacheScope }, '')).toBeUndefined()
  expect(modernPage({ ...page, ttlMs: 3_600_000 }, '')).toBeUndefined()
  const tool = { name: 'a', inputSchema: { type: 'object' } }
  for (const taskSupport of ['required', 'optional', 'forbidden'])
    expect(legacyTool({ ...tool, execution: { taskSupport } }, '')).toBeUndefined()
  for (const theme of ['light', 'dark'])
    expect(legacyTool({ ...tool, icons: [{ src: 'a', theme }] }, '')).toBeUndefined()
})

test('clients accept a list where they expect an open object', () => {
  const { whole } = checked.initializeResult as Checked
  expect(initializeResult(changed(whole, 'capabilities.logging', []), '')).toBeUndefined()
  expect(initializeResult(changed(whole, 'capabilities.tools', []), '')).toBe(
    'has capabilities.tools that is not an object',
  )
})

test('the first fault is reported, with the index of its entry', () => {
  const tool = { name: 'a', inputSchema: { type: 'object', required: ['a', 1, 2] } }
  expect(legacyTool(tool, '')).toBe('has inputSchema.required[1] that is not a string')
  expect(legacyTool(tool, 'tools[3]')).toBe('has tools[3].inputSchema.required[1] that is not a string')
})
