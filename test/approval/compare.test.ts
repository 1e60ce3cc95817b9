import { describe, expect, test } from 'vitest'
import { differences, unreviewedChanges } from '../../src/approval/compare.ts'
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
    expect(differences(was, is)).toEqual([expect.objectContaining({ what: 'attributes', address: 'a.a' })])
  })
})

describe('what is left of an interrupted apply', () => {
  const reviewed = outline([
    change('a.made', 'create', { x: '1' }),
    change('a.half', 'create', { x: '1', id: '?' }),
    change('a.later', 'create', { ref: '?', mix: '{"a":?,"b":1}' }),
    change('a.swap', 'create,delete', { x: '2' }),
    change('a.turn', 'update', { x: '2' }),
    change('a.gone', 'delete'),
  ])

  test.each<[string, NormalizedChange[]]>([
    ['nothing', []],
    ['the same', [change('a.gone', 'delete'), change('a.turn', 'update', { x: '2' })]],
    ['a creation that was interrupted', [change('a.half', 'delete,create', { x: '1', id: '?' })]],
    ['what is known by now', [change('a.later', 'create', { ref: '"i-1"', mix: '{"a":2,"b":1}' })]],
    ['the destruction of what was replaced', [change('a.swap (deposed 01ab)', 'delete')]],
    ['a replacement of which the old one is gone', [change('a.swap', 'create', { x: '2' })]],
  ])('%s is left of it', (_, now) => {
    expect(unreviewedChanges(reviewed, outline(now), [])).toEqual([])
  })

  test.each<[string, NormalizedChange[]]>([
    ['a resource that was not in it', [change('a.new', 'create', { x: '1' })]],
    ['another value', [change('a.turn', 'update', { x: '3' })]],
    ['one more attribute', [change('a.turn', 'update', { x: '2', y: '1' })]],
    ['a replacement instead of an update', [change('a.turn', 'delete,create', { x: '2' })]],
    ['a destruction instead of a creation', [change('a.made', 'delete')]],
    ['a creation of what was to be destroyed', [change('a.gone', 'create')]],
  ])('%s is not', (_, now) => {
    const [{ address } = { address: '' }] = now
    expect(unreviewedChanges(reviewed, outline(now), [])).toEqual([expect.objectContaining({ address })])
  })

  test('a value that was unknown may be known now only if it depends on the same values', () => {
    const inputs = (tag: string) => ({ 'inputs of image': `{"var.tag":"${tag}"}` })
    const before = outline([change('a.task', 'create', { image: '?' }, { notes: inputs('v1') })])
    const now = (tag: string, image: string) => outline([change('a.task', 'create', { image }, { notes: inputs(tag) })])
    expect(unreviewedChanges(before, now('v1', '"repository:v1"'), [])).toEqual([])
    expect(unreviewedChanges(before, now('v2', '"repository:v2"'), [])).toEqual([
      expect.objectContaining({ address: 'a.task', attributes: ['image', 'inputs of image'] }),
    ])
    expect(unreviewedChanges(before, now('v1', '?'), [])).toEqual([])
  })

  test('what this action has tainted may be replaced, with what follows from that, and nothing else', () => {
    const replaced = change('a.served', 'create,delete', { x: '1' })
    const follower = change('a.service', 'update', { task_definition: '?' })
    expect(unreviewedChanges(reviewed, outline([replaced, follower]), ['a.served'])).toEqual([])
    expect(unreviewedChanges(reviewed, outline([replaced, follower]), [])).toHaveLength(2)
    const more = change('a.service', 'update', { task_definition: '?', desired_count: '0' })
    expect(unreviewedChanges(reviewed, outline([replaced, more]), ['a.served'])).toHaveLength(1)
  })

  test('what this action has tainted may not be destroyed for that', () => {
    for (const address of ['a.served', 'a.turn'])
      expect(unreviewedChanges(reviewed, outline([change(address, 'delete')]), [address])).toHaveLength(1)
  })

  test('another setting is another plan', () => {
    expect(unreviewedChanges(outline([]), outline([], { workspace: 'other' }), [])).toHaveLength(1)
  })
})
