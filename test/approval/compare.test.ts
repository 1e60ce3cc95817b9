import { describe, expect, test } from 'vitest'
import { differences } from '../../src/approval/compare.ts'
import { type Detail, digestOf } from '../../src/approval/digest.ts'
import type { NormalizedChange, NormalizedPlan } from '../../src/approval/fingerprint.ts'

const change = (
  address: string,
  actions: string,
  after: Record<string, string> = {},
  more: Partial<NormalizedChange> = {},
) => ({
  address,
  actions,
  notes: {},
  before: {},
  after,
  ...more,
})
const outline = (changes: NormalizedChange[], settings: Record<string, string> = {}, detail: Detail = 'attributes') =>
  digestOf({ settings, changes } satisfies NormalizedPlan, text => text, detail)

describe('differences', () => {
  const reviewed = outline([change('a.a', 'create', { x: '1', y: '2' }), change('a.b', 'update', { x: '1' })], {
    target: '',
  })

  test('equal plans have none', () => {
    expect(differences(reviewed, reviewed)).toEqual([])
  })

  test.each([
    [
      outline([change('a.a', 'create', { x: '1', y: '3' }), change('a.b', 'update', { x: '1' })], { target: '' }),
      { what: 'attributes', address: 'a.a', attributes: ['y'] },
    ],
    [
      outline([change('a.a', 'create', { x: '1' }), change('a.b', 'update', { x: '1' })], { target: '' }),
      { what: 'attributes', address: 'a.a', attributes: ['y'] },
    ],
    [
      outline([change('a.a', 'create', { x: '1', y: '2' }), change('a.b', 'delete,create', { x: '1' })], {
        target: '',
      }),
      { what: 'actions', was: 'update', is: 'delete,create' },
    ],
    [outline([change('a.a', 'create', { x: '1', y: '2' })], { target: '' }), { what: 'gone', address: 'a.b' }],
    [
      outline(
        [change('a.a', 'create', { x: '1', y: '2' }), change('a.b', 'update', { x: '1' }), change('a.c', 'delete')],
        { target: '' },
      ),
      { what: 'added', address: 'a.c', actions: 'delete' },
    ],
    [
      outline([change('a.a', 'create', { x: '1', y: '2' }), change('a.b', 'update', { x: '1' })], { target: 'a.b' }),
      { what: 'setting', name: 'target', was: '', is: 'a.b' },
    ],
  ])('%#', (now, expected) => {
    expect(differences(reviewed, now)).toEqual([expect.objectContaining(expected)])
  })

  test('addresses alone still tell which change is another one', () => {
    const [was, is] = [
      outline([change('a.a', 'create', { x: '1' })], {}, 'addresses'),
      outline([change('a.a', 'create', { x: '2' })], {}, 'attributes'),
    ]
    expect(differences(is, was)).toEqual([expect.objectContaining({ what: 'attributes', attributes: ['x'] })])
    expect(differences(was, is)).toEqual([expect.objectContaining({ what: 'attributes', address: 'a.a' })])
  })

  test('a record with fewer bits holds the first part of a digest', () => {
    const is = outline([change('a.a', 'create', { x: '1' })])
    const changes = (cut: (digest: string) => string) =>
      is.changes?.map(each => ({ ...each, digest: cut(each.digest) }))
    expect(differences({ ...is, changes: changes(digest => digest.slice(0, 8)) }, is)).toEqual([])
    expect(differences({ ...is, changes: changes(digest => digest.slice(8)) }, is)).toHaveLength(1)
  })

  test('attributes and settings are in the order of their names, each once', () => {
    const was = outline([change('a.a', 'update', { z: '1', b: '1' }, { before: { b: '0' } })], {
      z: '1',
      b: '1',
      a: '1',
    })
    const is = outline([change('a.a', 'update', { z: '2', b: '2' }, { before: { b: '9' } })], {
      a: '2',
      z: '2',
      b: '1',
      c: '',
    })
    expect(differences(was, is)).toEqual([
      { what: 'setting', name: 'a', was: '1', is: '2' },
      { what: 'setting', name: 'z', was: '1', is: '2' },
      { what: 'attributes', address: 'a.a', actions: 'update', attributes: ['b', 'z'] },
    ])
  })

  test('a setting that one plan does not have is empty there', () => {
    expect(differences(outline([], { a: '1' }), outline([], { b: '2' }))).toEqual([
      { what: 'setting', name: 'a', was: '1', is: '' },
      { what: 'setting', name: 'b', was: '', is: '2' },
    ])
  })

  test('two invocations of one action are two changes', () => {
    const invocation = (trigger: string) => change('action.a.b', 'invoke', {}, { notes: { invocation: trigger } })
    const [was, is] = [outline([invocation('1'), invocation('2')]), outline([invocation('1')])]
    expect(differences(was, is)).toEqual([expect.objectContaining({ what: 'gone', actions: 'invoke' })])
    const more = outline([invocation('1'), invocation('2'), invocation('3')])
    expect(differences(is, more).map(each => 'address' in each && each.address)).toEqual([
      'action.a.b (2)',
      'action.a.b (3)',
    ])
  })
})

test('differences are in the order of their addresses, and without changes of one plan only settings differ', () => {
  const reviewed = outline([change('a.z', 'create'), change('a.c', 'delete')], { target: 'a' })
  const now = outline([change('a.b', 'create')], { target: 'b' })
  expect(differences(reviewed, now).map(each => ('address' in each ? each.address : each.name))).toEqual([
    'target',
    'a.b',
    'a.c',
    'a.z',
  ])
  const setting = { what: 'setting', name: 'target', was: 'a', is: 'b' }
  expect(differences({ ...reviewed, changes: undefined }, now)).toEqual([setting])
  expect(differences(reviewed, { ...now, changes: undefined })).toEqual([setting])
})
