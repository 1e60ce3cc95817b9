/** Which plans an apply makes stale. Beside each plan that stays current is the one that looks like it and does not. */
import { describe, expect, test } from 'vitest'
import { type Detail, digestOf } from '../../src/approval/digest.ts'
import type { NormalizedChange } from '../../src/approval/fingerprint.ts'
import { isStale } from '../../src/approval/stale.ts'

type Values = Record<string, string>

const change = (address: string, actions: string, after: Values = {}, before: Values = {}): NormalizedChange => ({
  address,
  actions,
  notes: {},
  before,
  after,
})
const outline = (changes: NormalizedChange[], settings: Values = {}, detail: Detail = 'attributes') =>
  digestOf({ settings, changes }, text => text, detail)
const applied = (changes: NormalizedChange[], tainted: string[] = [], createdState = false) => ({
  outline: outline(changes),
  tainted,
  createdState,
})

describe('after an apply', () => {
  const done = applied([
    change('a.made', 'create', { x: '1', id: '?' }),
    change('a.turned', 'update', { x: '2' }, { x: '1' }),
    change('a.swapped', 'delete,create', { x: '2', id: '?' }, { x: '1', id: '"i-1"' }),
    change('a.gone', 'delete', {}, { id: '"i-9"' }),
  ])
  const stale = (...changes: NormalizedChange[]) => isStale(outline(changes), done)

  test.each<[string, NormalizedChange]>([
    ['a change of something else', change('a.other', 'update', { x: '2' }, { x: '1' })],
    ['the same change, which is done now', change('a.turned', 'update', { x: '2' }, { x: '1' })],
    ['a change from what the apply left', change('a.turned', 'update', { x: '3' }, { x: '2' })],
    ['a change of another attribute', change('a.turned', 'update', { y: '3' }, { y: '2' })],
    ['a change of what the apply created', change('a.made', 'update', { x: '2' }, { x: '1' })],
    ['a change of what the apply replaced', change('a.swapped', 'update', { x: '3' }, { x: '2' })],
    ['the creation of what the apply destroyed', change('a.gone', 'create', { x: '1' })],
    ['a change from a value that the apply did not know', change('a.made', 'update', { id: '"b"' }, { id: '"a"' })],
  ])('%s is current', (_, now) => {
    expect(stale(now)).toBe(false)
  })

  test.each<[string, NormalizedChange]>([
    ['a change from what was there before', change('a.turned', 'update', { x: '3' }, { x: '1' })],
    ['the creation of what the apply created otherwise', change('a.made', 'create', { x: '2', id: '?' })],
    ['a change of what the apply destroyed', change('a.gone', 'update', { x: '2' }, { x: '1' })],
    ['a change from before the replacement', change('a.swapped', 'update', { x: '3' }, { x: '1' })],
    ['the destruction of the replaced object', change('a.swapped', 'delete', {}, { x: '1', id: '"i-1"' })],
    ['one of two changes', change('a.turned', 'delete,create', { x: '3' }, { x: '1' })],
  ])('%s is stale', (_, now) => {
    expect(stale(now)).toBe(true)
    expect(stale(change('a.other', 'create'), now)).toBe(true)
  })
})

test.each<[string, boolean, Values, Values]>([
  ['the same lock file', false, { '.terraform.lock.hcl': 'a' }, { '.terraform.lock.hcl': 'a' }],
  ['another lock file', true, { '.terraform.lock.hcl': 'a' }, { '.terraform.lock.hcl': 'b' }],
  ['another account', true, { account: '1' }, { account: '2' }],
  ['another target, which is an input of the workflow', false, { target: 'a.b' }, {}],
  ['other sensitive values in sum', false, { 'sensitive values': 'a' }, { 'sensitive values': 'b' }],
])('a plan with %s: %s', (_, expected, was, is) => {
  const now = { outline: outline([change('a.x', 'create')], is), tainted: [], createdState: false }
  expect(isStale(outline([change('a.y', 'create')], was), now)).toBe(expected)
})

test('a plan is stale after a taint unless it replaces what is tainted', () => {
  const done = applied([change('a.task', 'update', { x: '2' }, { x: '1' })], ['a.task'])
  expect(isStale(outline([change('a.other', 'create')]), done)).toBe(true)
  expect(isStale(outline([change('a.task', 'delete,create', { x: '2' }, { x: '2' })]), done)).toBe(false)
  expect(isStale(outline([change('a.task', 'delete', {}, { x: '2' })]), done)).toBe(true)
})

test('the apply that created the state makes every earlier plan stale, because no secret signs these', () => {
  expect(isStale(outline([change('a.other', 'create')]), applied([change('a.x', 'create')], [], true))).toBe(true)
})

test('a plan that is too large for its record is compared as far as the record has it', () => {
  const done = applied([change('a.turned', 'update', { x: '2' }, { x: '1' })])
  const same = change('a.turned', 'update', { x: '2' }, { x: '1' })
  const from = change('a.turned', 'update', { x: '3' }, { x: '2' })
  expect(isStale(outline([change('a.other', 'create')], {}, 'addresses'), done)).toBe(false)
  expect(isStale(outline([same], {}, 'addresses'), done)).toBe(false)
  expect(isStale(outline([from], {}, 'addresses'), done)).toBe(true)
  expect(isStale(outline([change('a.other', 'create')], {}, 'nothing'), done)).toBe(true)
})

test('every plan from before a destroy is stale', () => {
  expect(isStale(outline([]), 'everything')).toBe(true)
})
