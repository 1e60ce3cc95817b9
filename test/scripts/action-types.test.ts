/** action-types.yml describes each input and output of action.yml, with the values that the action accepts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { readInputs } from '../../src/inputs.ts'

interface Type {
  readonly type: 'string' | 'boolean' | 'integer' | 'float' | 'list' | 'enum'
  readonly 'allowed-values'?: readonly string[]
  readonly separator?: string
  readonly 'list-item'?: Type
}
type Types = Readonly<Record<'inputs' | 'outputs', Readonly<Record<string, Type>>>>

const read = (file: string) => parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))
const types: Types = read('action-types.yml')
const action: {
  inputs: Record<string, { default?: string }>
  outputs: Record<string, { description: string }>
} = read('action.yml')
const workspace = mkdtempSync(join(tmpdir(), 'action-types-'))

beforeEach(() => {
  // Masks of test values must not be carried out by the runner of this CI.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  for (const name of Object.keys(process.env)) if (name.startsWith('INPUT_')) delete process.env[name]
})
afterAll(() => rmSync(workspace, { recursive: true }))

/** Reads the inputs with their defaults and one value. */
function readWith(name: string, value: string): unknown {
  for (const [each, { default: standard = '' }] of Object.entries(action.inputs))
    process.env[`INPUT_${each.toUpperCase()}`] = each === 'github-token' ? 'ghs_token' : standard
  process.env[`INPUT_${name.toUpperCase()}`] = value
  return readInputs(workspace)
}

test.each(['inputs', 'outputs'] as const)('all %s are described, in the order of action.yml', kind => {
  expect(Object.keys(types[kind])).toEqual(Object.keys(action[kind]))
})

test('each type has the keys that the format asks for, and no others', () => {
  for (const [name, type] of [...Object.entries(types.inputs), ...Object.entries(types.outputs)]) {
    const keys = { enum: ['type', 'allowed-values'], list: ['type', 'separator', 'list-item'] }[type.type as string]
    expect(Object.keys(type), name).toEqual(keys ?? ['type'])
    expect(['string', 'boolean', 'integer', 'list', 'enum'], name).toContain(type.type)
  }
})

const inputs = Object.entries(types.inputs)

describe('the action', () => {
  test.each(inputs.filter(([, { type }]) => type === 'enum'))('accepts exactly the values of %s', (name, type) => {
    for (const value of type['allowed-values'] ?? []) expect(() => readWith(name, value), value).not.toThrow()
    expect(() => readWith(name, 'another')).toThrow(`Input ${name} is "another": allowed are `)
    const message = caught(() => readWith(name, 'another'))
    const allowed = message.slice(message.indexOf('allowed are ')).match(/"[^"]+"/g)
    expect(allowed?.map(each => each.slice(1, -1))).toEqual(type['allowed-values'])
  })

  test.each(inputs.filter(([, { type }]) => type === 'integer' || type === 'boolean'))(
    'accepts no word for %s',
    (name, { type }) => {
      for (const value of type === 'integer' ? ['1', '20'] : ['true', 'false'])
        expect(() => readWith(name, value), value).not.toThrow()
      expect(() => readWith(name, 'some')).toThrow(`Input ${name} is "some"`)
    },
  )

  test.each(inputs.filter(([, type]) => type['list-item']?.type === 'enum'))(
    'accepts the items of %s',
    (name, type) => {
      const items = type['list-item']?.['allowed-values'] ?? []
      expect(() => readWith(name, items.join(type.separator))).not.toThrow()
      const message = caught(() => readWith(name, 'another'))
      const allowed = message.slice(message.indexOf('allowed are ')).match(/"[^"]+"/g)
      expect(allowed?.map(each => each.slice(1, -1)).toSorted()).toEqual([...items].toSorted())
    },
  )
})

test('booleans and enumerations among the outputs are those of their descriptions', () => {
  for (const [name, type] of Object.entries(types.outputs)) {
    const description = action.outputs[name]?.description ?? ''
    if (type.type === 'boolean') expect(description, name).toContain('`true` or `false`')
    for (const value of type['allowed-values'] ?? []) expect(description, name).toContain(`\`${value}\``)
    if (type.type !== 'boolean') expect(description, name).not.toContain('`true` or `false`')
  }
})

function caught(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return ''
}
