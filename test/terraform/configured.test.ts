/** Write-only arguments: the plan holds no value of them, so the configuration says that one is sent and where it comes from. */
import { describe, expect, test } from 'vitest'
import { configuredAttributes, writeOnlyArguments } from '../../src/terraform/configured.ts'
import type { Change } from '../../src/terraform/json.ts'

describe('a write-only argument', () => {
  const references = ['ephemeral.random_password.this.result', 'ephemeral.random_password.this']
  const sent = [{ name: 'secret_wo', sources: ['ephemeral.random_password.this'] }]
  const set = { secret_wo: { references }, secret_wo_version: { constant_value: 2 } }
  const update = (before: object, after: object): Change => ({ actions: ['update'], before, after, after_unknown: {} })
  const values = (version: number) => ({ secret_wo: null, secret_wo_version: version })

  test.each<[string, Change]>([
    ['a new version of it', update(values(1), values(2))],
    ['the creation', { actions: ['create'], before: null, after: values(1), after_unknown: {} }],
    ['a replacement with the same version', { ...update(values(1), values(1)), actions: ['delete', 'create'] }],
    ['an update, if it has no version', update({ secret_wo: null, text: 'a' }, { secret_wo: null, text: 'b' })],
  ])('is sent by %s', (_, change) => {
    expect(writeOnlyArguments(change, set)).toEqual(sent)
  })

  test('is not sent by an update with the same version', () => {
    expect(writeOnlyArguments(update({ ...values(1), text: 'a' }, { ...values(1), text: 'b' }), set)).toEqual([])
  })

  test.each<[string, object, object]>([
    ['null', { secret_wo: { constant_value: null } }, values(2)],
    ['left out', {}, values(2)],
    ['an attribute with a value', { secret_wo: { references: ['var.a'] } }, { secret_wo: 'a', secret_wo_version: 2 }],
    ['an ordinary attribute without a value', { text: { references: ['var.a'] } }, { text: null }],
  ])('is not %s', (_, expressions, after) => {
    expect(writeOnlyArguments(update({}, after), expressions as never)).toEqual([])
  })

  test('without the suffix is known by its ephemeral source, and with it by a variable and a literal', () => {
    const change = update({}, { key: null, key_wo: null, pin_wo: null })
    const expressions = {
      key: { references: ['ephemeral.a.b[0].value', 'ephemeral.a.b[0]', 'ephemeral.a.b'] },
      key_wo: { references: ['var.key'] },
      pin_wo: { constant_value: '1234' },
    }
    expect(writeOnlyArguments(change, expressions)).toEqual([
      { name: 'key', sources: ['ephemeral.a.b'] },
      { name: 'key_wo', sources: ['var.key'] },
      { name: 'pin_wo', sources: [] },
    ])
  })
})

test('what a module sets is found for each of its instances', () => {
  const root_module = {
    module_calls: { a: { module: { resources: [{ address: 'x.y', expressions: { b: { constant_value: 1 } } }] } } },
  }
  const configured = configuredAttributes({ configuration: { root_module } } as never)
  expect(configured('module.a["one"].x.y[0]')).toEqual({ b: { constant_value: 1 } })
  expect(configured('x.y')).toBeUndefined()
})
