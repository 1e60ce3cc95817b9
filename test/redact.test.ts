import { describe, expect, test } from 'vitest'
import { redactAll, redactor } from '../src/redact.ts'
import type { Change } from '../src/terraform/json.ts'
import { sensitiveValues } from '../src/terraform/sensitive.ts'

test('a secret is taken out of text as it is, as JSON writes it and as a URL does', () => {
  const secret = 'p"ss/w\\rd +x'
  const redact = redactor([secret])
  for (const form of [secret, JSON.stringify(secret), encodeURIComponent(secret)]) {
    const text = redact(`before ${form} after`)
    expect(text).toMatch(/^before "?\*\*\*"? after$/)
  }
})

test('each line of a secret of many lines is one, and a longer secret goes before one that it holds', () => {
  expect(redactor(['-----BEGIN-----\nAbCdEfGh\n-----END-----'])('x AbCdEfGh y')).toBe('x *** y')
  expect(redactor(['pass', 'password1'])('password1')).toBe('***')
})

test('secrets are no patterns, and what is too short or a literal is none', () => {
  expect(redactor(['a.c*', '.*'])('abcc a.c*')).toBe('abcc ***')
  expect(redactor(['abc', 'true', 'null'])('abc true null')).toBe('abc true null')
  expect(redactor([])('x')).toBe('x')
})

describe('a secret that is a JSON document', () => {
  test.each([
    [
      'the login of a database',
      { username: 'admin', password: 'hunter22', host: 'db.internal', port: 5432 },
      ['hunter22'],
    ],
    ['a document without a telling name', { a: 'first-one', b: 'other-one' }, ['first-one', 'other-one']],
    [
      'the containers of a task definition',
      [{ name: 'server', image: 'weather:1', environment: [{ name: 'API_TOKEN', value: 'tok-12345' }], secrets: [] }],
      ['tok-12345'],
    ],
    ['an object under such a name, whole', { credentials: { user: 'user-1', id: 1234567 } }, ['user-1', '1234567']],
  ])('%s: what is secret in it', (_, document, hidden) => {
    const redact = redactor([JSON.stringify(document)])
    for (const value of hidden) expect(redact(`x = ${value}`)).toBe('x = ***')
    const open = ['server', 'weather:1', 'admin', 'db.internal', '5432'].filter(value => !hidden.includes(value))
    for (const value of open) expect(redact(`module.${value}.x`)).toBe(`module.${value}.x`)
    expect(redact(JSON.stringify(document))).toBe('***')
  })
})

test('a value is copied with its keys, lists and depth, and is not changed itself', () => {
  const value = { 'key-secret': ['secret', { deep: 'a secret b', n: 1, no: null, yes: true }], plain: undefined }
  const copy = redactAll(value, redactor(['secret']))
  expect(copy).toEqual({ 'key-***': ['***', { deep: 'a *** b', n: 1, no: null, yes: true }], plain: undefined })
  expect(value['key-secret'][0]).toBe('secret')
})

describe('what Terraform marks as sensitive', () => {
  const planOf = (change: Change) =>
    sensitiveValues({
      format_version: '1.2',
      resource_changes: [{ address: 'a.b', mode: 'managed', type: 'a', change }],
    })

  test('is found at any depth, on both sides, and whole objects with all that is in them', () => {
    const found = planOf({
      actions: ['update'],
      before: { list: [{ key: 'before-key', open: 'open' }], whole: { a: ['in-whole', 1234567] } },
      after: { list: [{ key: 'after-key', open: 'open' }], whole: null },
      before_sensitive: { list: [{ key: true }], whole: true },
      after_sensitive: { list: [{ key: true }], whole: true },
    })
    expect(found.sort()).toEqual(['1234567', 'after-key', 'before-key', 'in-whole'])
  })

  test('is found in sensitive variables and outputs', () => {
    const found = sensitiveValues({
      format_version: '1.2',
      variables: { password: { value: 'in-variable' }, name: { value: 'open' } },
      output_changes: { token: { actions: ['create'], before: null, after: 'in-output', after_sensitive: true } },
      prior_state: { values: { outputs: { old: { value: ['in-state'], sensitive: true } } } },
      configuration: { root_module: { variables: { password: { sensitive: true }, name: {} } } },
    })
    expect(found.sort()).toEqual(['in-output', 'in-state', 'in-variable'])
  })
})
