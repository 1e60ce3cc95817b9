/** Which plans earlier reviews allow. Each table has what is covered, and beside it the plan that looks like it and is not. */
import { describe, expect, test } from 'vitest'
import { changesBeyondTaint, coverageOf, type ExistingObjects, type ReviewedPlan } from '../../src/approval/coverage.ts'
import { type Detail, digestOf } from '../../src/approval/digest.ts'
import type { NormalizedChange } from '../../src/approval/fingerprint.ts'

type Values = Record<string, string>

const change = (
  address: string,
  actions: string,
  after: Values = {},
  before: Values = {},
  notes: Values = {},
): NormalizedChange => ({ address, actions, notes, before, after })
const outline = (changes: NormalizedChange[], settings: Values = {}, detail: Detail = 'attributes') =>
  digestOf({ settings, changes }, text => text, detail)
const whole = (...changes: NormalizedChange[]): ReviewedPlan => ({ outline: outline(changes), progress: 'whole' })
const begun = (...changes: NormalizedChange[]): ReviewedPlan => ({ outline: outline(changes), progress: 'begun' })

/** The objects of a state with their values. */
function state(objects: Record<string, Values> = {}): ExistingObjects {
  const digests = new Map(
    Object.entries(objects).map(([address, values]) => [
      address,
      outline([change(address, 'create', values)]).changes?.[0]?.values?.after ?? {},
    ]),
  )
  return { has: address => digests.has(address), values: address => digests.get(address) }
}

describe('what remains of an interrupted apply', () => {
  const reviewed = begun(
    change('a.made', 'create', { x: '1' }),
    change('a.half', 'create', { x: '1', id: '?' }),
    change('a.later', 'create', { ref: '?', mix: '{"a":?,"b":1}' }),
    change('a.swap', 'create,delete', { x: '2', id: '?' }, { x: '1', id: '"i-1"' }),
    change('a.turn', 'update', { x: '2' }, { x: '1' }),
    change('a.gone', 'delete', {}, { id: '"i-9"' }),
  )
  const all = {
    'a.made': {},
    'a.half': {},
    'a.later': {},
    'a.swap': {},
    'a.turn': {},
  }
  const remains = (...now: NormalizedChange[]) => {
    // What is not planned any more is done.
    const isGone = !now.some(({ address }) => address === 'a.gone')
    return coverageOf([reviewed], outline(now), state(isGone ? all : { ...all, 'a.gone': {} })).differences
  }

  test.each<[string, NormalizedChange[]]>([
    ['nothing', []],
    ['the same', [change('a.gone', 'delete', {}, { id: '"i-9"' }), change('a.turn', 'update', { x: '2' }, { x: '1' })]],
    [
      'a creation that was interrupted',
      [change('a.half', 'delete,create', { x: '1', id: '?' }, { x: 'null', id: '"i-2"' })],
    ],
    ['a value that is known by now', [change('a.later', 'create', { ref: '"i-1"', mix: '{"a":2,"b":1}' })]],
    ['the destruction of the replaced object', [change('a.swap (deposed 01ab)', 'delete', {}, { id: '"i-1"' })]],
    ['a replacement of which the old object is gone', [change('a.swap', 'create', { x: '2', id: '?' })]],
  ])('%s', (_, now) => {
    expect(remains(...now)).toEqual([])
  })

  test.each<[string, NormalizedChange[], string]>([
    ['a resource that was not in it', [change('a.new', 'create', { x: '1' })], 'added'],
    ['another value', [change('a.turn', 'update', { x: '3' }, { x: '1' })], 'attributes'],
    ['a value from a third one', [change('a.turn', 'update', { x: '2' }, { x: '7' })], 'attributes'],
    ['one more attribute', [change('a.turn', 'update', { x: '2', y: '1' }, { x: '1', y: '0' })], 'attributes'],
    ['a reviewed value that is unknown now', [change('a.turn', 'update', { x: '?' }, { x: '1' })], 'attributes'],
    ['a replacement instead of an update', [change('a.turn', 'delete,create', { x: '2' }, { x: '1' })], 'actions'],
    ['a destruction instead of a creation', [change('a.made', 'delete')], 'actions'],
    ['a destruction instead of a replacement', [change('a.swap', 'delete', {}, { id: '"i-1"' })], 'actions'],
    ['another object to destroy', [change('a.gone', 'delete', {}, { id: '"i-8"' })], 'attributes'],
    [
      'another deposed object to destroy',
      [change('a.swap (deposed 01ab)', 'delete', {}, { id: '"i-3"', x: '9' })],
      'actions',
    ],
    ['a creation of what was to be destroyed', [change('a.gone', 'create')], 'actions'],
  ])('not %s', (_, now, what) => {
    expect(remains(...now)).toEqual([expect.objectContaining({ what })])
  })

  test('a creation that is neither planned nor done was taken back, so the rest is another plan', () => {
    const plan = begun(change('a.new', 'create', { x: '1' }), change('a.old', 'delete', {}, { id: '"i-1"' }))
    const left = outline([change('a.old', 'delete', {}, { id: '"i-1"' })])
    expect(coverageOf([plan], left, state({ 'a.new': {}, 'a.old': {} })).isCovered).toBe(true)
    expect(coverageOf([plan], left, state({ 'a.old': {} }))).toMatchObject({
      isCovered: false,
      differences: [{ what: 'gone', address: 'a.new' }],
    })
  })

  test('a deletion that is neither planned nor done is a difference', () => {
    const plan = begun(change('a.old', 'delete'))
    expect(coverageOf([plan], outline([]), state()).isCovered).toBe(true)
    expect(coverageOf([plan], outline([]), state({ 'a.old': {} })).isCovered).toBe(false)
  })

  describe('what no planned value shows', () => {
    const made = (notes: Values, actions = 'create', before: Values = {}) =>
      change('a.task', actions, { x: '1' }, before, notes)
    const remains = (reviewed: Values, now: Values, actions?: string, before?: Values) =>
      coverageOf([begun(made(reviewed))], outline([made(now, actions, before)]), state({})).isCovered
    const program = { provisioners: '[a]', 'inputs of provisioners': '{"var.c":"1"}', 'provider block': '"aws.west"' }

    test.each<[string, Values, Values, boolean]>([
      ['the same program', program, program, true],
      ['another program', program, { ...program, provisioners: '[b]' }, false],
      ['a program that was not there', {}, program, false],
      ['another variable of the program', program, { ...program, 'inputs of provisioners': '{"var.c":"2"}' }, false],
      ['another provider block', program, { ...program, 'provider block': '"aws.east"' }, false],
      ['the usual provider block instead', program, { provisioners: '[a]' }, false],
      ['the same write-only argument', { 'inputs of value_wo': '1' }, { 'inputs of value_wo': '1' }, true],
      ['another write-only argument', { 'inputs of value_wo': '1' }, { 'inputs of value_wo': '2' }, false],
      ['a write-only argument that was not there', {}, { 'inputs of value_wo': '2' }, false],
    ])('%s', (_, reviewed, now, isAllowed) => {
      expect(remains(reviewed, now)).toBe(isAllowed)
      expect(remains(reviewed, now, 'delete,create', { x: '1' })).toBe(isAllowed)
      // The replacement of what was tainted after a whole apply.
      const plan = outline([made(now, 'delete,create', { x: '1' })])
      expect(changesBeyondTaint(outline([made(reviewed)]), plan, ['a.task']).length === 0).toBe(isAllowed)
    })

    test('an update runs no program, so it need not name one', () => {
      const { 'provider block': block = '' } = program
      expect(remains(program, { 'provider block': block }, 'update', { x: 'null' })).toBe(true)
    })

    test('a tainted resource that the plan did not change has the code of the review, and no variables', () => {
      const plan = (notes: Values) => outline([change('a.other', 'delete,create', {}, {}, notes)])
      const { 'inputs of provisioners': _, ...code } = program
      expect(changesBeyondTaint(outline([]), plan(code), ['a.other'])).toEqual([])
      expect(changesBeyondTaint(outline([]), plan(program), ['a.other'])).toHaveLength(1)
    })
  })

  describe('a value that was unknown in the review', () => {
    const inputs = (tag: string) => ({ 'inputs of image': `{"var.tag":"${tag}"}` })
    const task = (actions: string, image: string, tag?: string, before: Values = {}) =>
      change('a.task', actions, { image }, before, tag === undefined ? {} : inputs(tag))
    const remains = (reviewed: NormalizedChange, now: NormalizedChange) =>
      coverageOf([begun(reviewed)], outline([now]), state({})).isCovered

    test.each([
      ['known by now, with the reviewed tag', 'create', '"repository:v1"', 'v1', true],
      ['known by now, with another image tag', 'create', '"repository:v2"', 'v2', false],
      ['known by now, with no tag', 'create', '"repository"', undefined, false],
      ['still unknown, with the reviewed tag', 'delete,create', '?', 'v1', true],
      ['still unknown, with another image tag', 'delete,create', '?', 'v2', false],
    ] as const)('%s', (_, actions, image, tag, isAllowed) => {
      const before = actions === 'create' ? {} : { image: 'null' }
      expect(remains(task('create', '?', 'v1'), task(actions, image, tag, before))).toBe(isAllowed)
    })

    test.each([
      ['v1', true],
      ['v2', false],
    ])('in parts, with the tag %s', (tag, isAllowed) => {
      expect(
        remains(task('update', '["a",?]', 'v1', { image: '[]' }), task('update', '["a","b"]', tag, { image: '[]' })),
      ).toBe(isAllowed)
    })
  })

  test('a record of another canonical form covers nothing, also beside one of the same form', () => {
    const reviewed = (form: Values, ...changes: NormalizedChange[]): ReviewedPlan => {
      return { outline: outline(changes, form), progress: 'whole' }
    }
    const [a, b] = [change('a.a', 'create', { x: '1' }), change('a.b', 'create', { x: '1' })]
    const now = outline([a, b], { 'canonical form': '2' })
    const own = reviewed({ 'canonical form': '2' }, a)
    expect(coverageOf([own, reviewed({ 'canonical form': '2' }, b)], now, state()).isCovered).toBe(true)
    expect(coverageOf([own, reviewed({ 'Terraform version': '1.11.4' }, b)], now, state())).toMatchObject({
      isCovered: false,
      differences: [{ what: 'added', address: 'a.b' }],
    })
  })

  test('with another setting, the changes that differ are also named', () => {
    const reviewed: ReviewedPlan = {
      outline: outline([change('a.a', 'create', { x: '1' }), change('a.b', 'create', { x: '1' })]),
      progress: 'whole',
    }
    const now = outline([change('a.a', 'create', { x: '2' }), change('a.b', 'create', { x: '1' })], { region: 'b' })
    expect(coverageOf([reviewed], now, state())).toMatchObject({
      isCovered: false,
      differences: [
        { what: 'setting', name: 'region' },
        { what: 'attributes', address: 'a.a', attributes: ['x'] },
      ],
    })
  })

  test('of a record with addresses only, addresses and actions are compared', () => {
    const plan: ReviewedPlan = { outline: outline([change('a.b', 'update')], {}, 'addresses'), progress: 'begun' }
    expect(coverageOf([plan], outline([change('a.b', 'update', { x: '1' })]), state()).isCovered).toBe(true)
    expect(coverageOf([plan], outline([change('a.b', 'delete')]), state()).isCovered).toBe(false)
  })

  test('of a record without changes nothing is covered', () => {
    const plan: ReviewedPlan = { outline: outline([], {}, 'nothing'), progress: 'begun' }
    expect(coverageOf([plan], outline([]), state()).isCovered).toBe(false)
  })

  test('another setting is another plan; fewer sensitive values are not', () => {
    const plan = (settings: Values): ReviewedPlan => ({ outline: outline([], settings), progress: 'begun' })
    expect(coverageOf([plan({})], outline([], { workspace: 'other' }), state()).differences).toHaveLength(1)
    expect(coverageOf([plan({ 'sensitive values': 'x' })], outline([]), state()).isCovered).toBe(true)
  })
})

describe('which actions can remain of an interrupted change', () => {
  const every = ['create', 'update', 'delete', 'delete,create', 'create,delete', 'forget', 'invoke', 'read'] as const
  const allowed: Readonly<Record<string, readonly string[]>> = {
    create: ['create', 'update', 'delete,create', 'create,delete'],
    update: ['update'],
    'delete,create': ['create', 'delete,create', 'create,delete'],
    'create,delete': ['create', 'delete,create', 'create,delete'],
    delete: ['delete'],
    forget: ['forget'],
    invoke: ['invoke'],
    read: [],
  }

  test.each(every)('of %s', reviewed => {
    // Without values, as in the record of a large plan, and with another digest, so that only the actions count.
    const plan = { outline: outline([change('a.b', reviewed)], {}, 'addresses'), progress: 'begun' } as const
    const remaining = (address: string) =>
      every.filter(
        now => coverageOf([plan], outline([change(address, now, { x: '1' })]), state({ 'a.b': {} })).isCovered,
      )
    expect(remaining('a.b').toSorted()).toEqual([...(allowed[reviewed] ?? [])].sort())
    expect(remaining('a.b (deposed 01ab)')).toEqual(reviewed.includes('create') ? ['delete'] : [])
  })

  test('a plan with values has no remainder without them', () => {
    const plan = begun(change('a.b', 'update', { x: '1' }))
    expect(coverageOf([plan], outline([change('a.b', 'update', { x: '2' })], {}, 'addresses'), state()).isCovered).toBe(
      true,
    )
    expect(coverageOf([plan], outline([change('a.b', 'update', { x: '2' })]), state()).isCovered).toBe(false)
  })

  test('a known value whose digest ends with a question mark is known', () => {
    const values = { notes: {}, before: {}, after: { x: 'abcdefg?' } }
    const plan: ReviewedPlan = {
      outline: { settings: {}, changes: [{ address: 'a.b', actions: 'update', digest: 'one', values }] },
      progress: 'begun',
    }
    const now = (x: string) => ({
      settings: {},
      changes: [
        {
          address: 'a.b',
          actions: 'update',
          digest: 'two',
          values: { ...values, after: { x }, notes: { 'inputs of x': 'i' } },
        },
      ],
    })
    expect(coverageOf([plan], now('abcdefg?'), state()).isCovered).toBe(true)
    expect(coverageOf([plan], now('hijklmn?'), state()).isCovered).toBe(false)
  })
})

test('after an apply has begun, a creation, an update and a replacement are done if the object exists', () => {
  for (const actions of ['create', 'update', 'delete,create', 'create,delete']) {
    const plan = begun(change('a.b', actions, { x: '1' }))
    expect(coverageOf([plan], outline([]), state({ 'a.b': { x: '7' } })).isCovered, actions).toBe(true)
    expect(coverageOf([plan], outline([]), state()).isCovered, actions).toBe(false)
  }
  expect(coverageOf([begun(change('output.o', 'create'))], outline([]), state()).isCovered).toBe(true)
  expect(coverageOf([begun(change('action.a.b', 'invoke'))], outline([]), state()).isCovered).toBe(true)
  expect(coverageOf([whole(change('a.b (deposed 01ab)', 'delete'))], outline([]), state({ 'a.b': {} })).isCovered).toBe(
    true,
  )
})

test('a plan without changes of its own, a plan that is not known and no review at all cover nothing', () => {
  const unknown = outline([], {}, 'nothing')
  expect(coverageOf([whole()], unknown, state()).isCovered).toBe(false)
  expect(coverageOf([], outline([]), state()).isCovered).toBe(false)
  expect(coverageOf([], outline([change('a.b', 'create')]), state())).toEqual({
    isCovered: false,
    differences: [{ what: 'added', address: 'a.b', actions: 'create' }],
    used: [],
  })
})

test('an earlier review that covers nothing of the plan need not be done', () => {
  const [own, unrelated] = [change('a.own', 'create'), change('a.unrelated', 'create')]
  expect(coverageOf([whole(own), whole(unrelated)], outline([own]), state())).toMatchObject({
    isCovered: true,
    used: [0],
  })
  expect(coverageOf([whole(own, unrelated), whole()], outline([own]), state()).isCovered).toBe(false)
})

test('a replacement is done if the object is another one, or if its id was not known', () => {
  const replacement = (before: Values) => change('a.b', 'delete,create', { x: '2', id: '?' }, before)
  const one = change('a.one', 'create', { x: '1' })
  const isDone = (before: Values, objects: Record<string, Values>) =>
    coverageOf([whole(replacement(before), one)], outline([one]), state(objects)).isCovered
  expect(isDone({ x: '1' }, { 'a.b': { x: '2' } })).toBe(true)
  expect(isDone({ x: '1' }, { 'a.b': { x: '1' } })).toBe(false)
  expect(isDone({ id: '"i-1"' }, { 'a.b': { x: '2', id: '"i-1"' } })).toBe(false)
  expect(isDone({ id: '"i-1"' }, { 'a.b': { x: '2', id: '"i-2"' } })).toBe(true)
})

describe('what several reviews cover together', () => {
  const one = change('a.one', 'create', { x: '1' })
  const two = change('a.two', 'create', { x: '2' })

  test('two reviewed pull requests in one apply', () => {
    expect(coverageOf([whole(two), whole(one)], outline([one, two]), state())).toEqual({
      isCovered: true,
      differences: [],
      used: [0, 1],
    })
    const third = change('a.three', 'create')
    expect(coverageOf([whole(two), whole(one)], outline([one, two, third]), state()).differences).toEqual([
      { what: 'added', address: 'a.three', actions: 'create' },
    ])
  })

  test('a reviewed creation that exists already counts as done, with exactly the reviewed values', () => {
    const now = outline([two])
    expect(coverageOf([whole(one, two)], now, state({ 'a.one': { x: '1' } })).isCovered).toBe(true)
    expect(coverageOf([whole(one, two)], now, state({ 'a.one': { x: '3' } })).isCovered).toBe(false)
    expect(coverageOf([whole(one, two)], now, state({ 'a.one': {} })).isCovered).toBe(false)
    expect(coverageOf([whole(one, two)], now, state()).isCovered).toBe(false)
  })

  test.each<[string, NormalizedChange, Record<string, Values>, boolean]>([
    ['an update that is done', change('a.b', 'update', { x: '2' }, { x: '1' }), { 'a.b': { x: '2', y: '1' } }, true],
    ['an update that is not done', change('a.b', 'update', { x: '2' }, { x: '1' }), { 'a.b': { x: '1' } }, false],
    ['an attribute that was removed', change('a.b', 'update', { x: 'null' }, { x: '1' }), { 'a.b': {} }, true],
    ['a deletion that is done', change('a.b', 'delete', {}, { id: '"i"' }), {}, true],
    ['a deletion that is not done', change('a.b', 'delete', {}, { id: '"i"' }), { 'a.b': { id: '"i"' } }, false],
    ['a removed block', change('a.b', 'forget'), {}, true],
    [
      'a replacement that is done',
      change('a.b', 'delete,create', { x: '2', id: '?' }, { id: '"i-1"', x: '1' }),
      { 'a.b': { x: '2', id: '"i-2"' } },
      true,
    ],
    [
      'a replacement whose old object is still there',
      change('a.b', 'delete,create', { id: '?' }, { id: '"i-1"' }),
      { 'a.b': { id: '"i-1"' } },
      false,
    ],
    ['an invocation, which leaves no trace', change('action.a.b', 'invoke'), {}, false],
    ['an output that is set', change('output.o', 'create', { value: '1' }), { 'output.o': { value: '1' } }, true],
    ['an output of another value', change('output.o', 'create', { value: '1' }), { 'output.o': { value: '2' } }, false],
  ])('%s', (_, done, objects, isCovered) => {
    expect(coverageOf([whole(done, one)], outline([one]), state(objects)).isCovered).toBe(isCovered)
  })

  test('the newest review of an address counts, not an older one', () => {
    const [first, second] = [change('a.b', 'update', { x: '1' }), change('a.b', 'update', { x: '2' })]
    expect(coverageOf([whole(second), whole(first)], outline([second]), state()).isCovered).toBe(true)
    expect(coverageOf([whole(second), whole(first)], outline([first]), state()).isCovered).toBe(false)
  })

  test('no part of a reviewed plan is covered without the rest: create new and destroy old', () => {
    const old = change('a.old', 'delete', {}, { id: '"i-1"' })
    const reviewed = [whole(two), whole(change('a.new', 'create', { x: '1' }), old)]
    expect(coverageOf(reviewed, outline([old, two]), state({ 'a.old': {} })).differences).toEqual([
      { what: 'gone', address: 'a.new', actions: 'create' },
    ])
  })

  test('a whole plan covers no remainder of itself', () => {
    const [reviewed, now] = [
      change('a.b', 'create', { id: '?' }),
      change('a.b', 'delete,create', { id: '?' }, { id: '1' }),
    ]
    expect(coverageOf([whole(reviewed)], outline([now]), state({ 'a.b': {} })).isCovered).toBe(false)
    expect(coverageOf([begun(reviewed)], outline([now]), state({ 'a.b': {} })).isCovered).toBe(true)
  })

  test('an earlier review in other circumstances does not count', () => {
    const elsewhere: ReviewedPlan = { outline: outline([one], { target: 'a.one' }), progress: 'whole' }
    expect(coverageOf([whole(two), elsewhere], outline([one, two]), state()).isCovered).toBe(false)
  })

  test('sensitive values that are only hashed together must be equal', () => {
    const salted: ReviewedPlan = { outline: outline([one], { 'sensitive values': 'x' }), progress: 'whole' }
    expect(coverageOf([salted], outline([one], { 'sensitive values': 'y' }), state()).isCovered).toBe(false)
  })
})

describe('after an apply has finished', () => {
  const reviewed = outline([change('a.served', 'update', { x: '2' }, { x: '1' }), change('a.b', 'create', { x: '1' })])
  const replaced = change('a.served', 'create,delete', { x: '2', y: '5', id: '?' }, { id: '"i-1"' })
  const follower = change('a.service', 'update', { task_definition: '?' }, { task_definition: '"i-1"' })
  const beyond = (now: NormalizedChange[], tainted: string[]) => changesBeyondTaint(reviewed, outline(now), tainted)

  test('a tainted resource may be replaced, with what follows from that', () => {
    expect(beyond([replaced, follower], ['a.served'])).toEqual([])
    expect(beyond([change('a.served', 'create', { x: '2' })], ['a.served'])).toEqual([])
    expect(beyond([change('a.served (deposed 01ab)', 'delete')], ['a.served'])).toEqual([])
    expect(beyond([], [])).toEqual([])
    // The object that goes may be written otherwise than the configuration wrote it; the one that comes is the reviewed one.
    expect(beyond([change('a.served', 'create,delete', { x: '2' }, { x: '7' })], ['a.served'])).toEqual([])
  })

  test.each<[string, NormalizedChange[], string[]]>([
    ['the replacement of what is not tainted', [replaced], []],
    ['what would follow from a taint', [follower], []],
    ['the reviewed change again', [change('a.b', 'create', { x: '1' })], ['a.served']],
    ['a deletion of the tainted resource', [change('a.served', 'delete')], ['a.served']],
    ['a replacement with another value', [change('a.served', 'create,delete', { x: '3' }, { x: '2' })], ['a.served']],
    [
      'a follower that changes more',
      [replaced, change('a.service', 'update', { task_definition: '?', desired_count: '0' })],
      ['a.served'],
    ],
  ])('not %s', (_, now, tainted) => {
    expect(beyond(now, tainted)).not.toEqual([])
  })

  describe('an unknown value depends on', () => {
    const tag = (attribute: string, value: string) => ({ [`inputs of ${attribute}`]: `{"var.tag":"${value}"}` })
    const was = outline([
      change('a.served', 'create', { x: '2', image: '?' }, {}, tag('image', 'v1')),
      change('a.service', 'create', { image: '?' }, {}, tag('image', 'v1')),
    ])
    const served = (value: string) =>
      change('a.served', 'delete,create', { x: '2', image: '?' }, { image: '"a"' }, tag('image', value))
    const service = (value: string) =>
      change('a.service', 'update', { image: '?' }, { image: '"a"' }, tag('image', value))
    const beyond = (...now: NormalizedChange[]) => changesBeyondTaint(was, outline(now), ['a.served'])

    test('the reviewed tag', () => {
      expect(beyond(served('v1'), service('v1'))).toEqual([])
    })

    test.each([
      ['another image tag in the tainted resource', served('v2')],
      ['another image tag in what follows', service('v2')],
      [
        'a tag that was not reviewed',
        change('a.other', 'update', { image: '?' }, { image: '"a"' }, tag('image', 'v1')),
      ],
    ])('not %s', (_, now) => {
      expect(beyond(now)).toEqual([expect.objectContaining({ address: now.address })])
    })

    test('any variable in an output, which changes nothing', () => {
      expect(beyond(served('v1'), change('output.url', 'update', { value: '?' }, {}, tag('value', 'v2')))).toEqual([])
    })
  })

  test('a tainted resource that was not reviewed is replaced with its current values only', () => {
    const [same, other] = [{}, { x: '3' }].map(after =>
      change('a.old', 'delete,create', { id: '?', y: '1', ...after }, { id: '"i-1"', ...('x' in after && { x: '2' }) }),
    ) as [NormalizedChange, NormalizedChange]
    expect(beyond([same], ['a.old'])).toEqual([])
    expect(beyond([other], ['a.old'])).toHaveLength(1)
  })

  test('sensitive values that are only hashed together are no circumstance: fewer of them are left', () => {
    expect(changesBeyondTaint(reviewed, outline([replaced], { 'sensitive values': 'x' }), ['a.served'])).toEqual([])
  })

  test('only the deletion of a deposed object finishes a replacement', () => {
    for (const actions of ['update', 'create', 'delete,create', 'forget'])
      expect(beyond([change('a.served (deposed 01ab)', actions)], ['a.served']), actions).toHaveLength(1)
  })

  test('a follower has to change something, and from the reviewed value', () => {
    expect(beyond([change('a.service', 'update')], ['a.served'])).toHaveLength(1)
    expect(beyond([change('a.service', 'delete', { x: '?' })], ['a.served'])).toHaveLength(1)
    const known = outline([change('a.service', 'update', { x: '2' }, { x: '1' })])
    const from = (x: string, now = outline([change('a.service', 'update', { x: '?' }, { x })])) =>
      changesBeyondTaint(known, now, ['a.served'])
    expect([from('1'), from('2')]).toEqual([[], []])
    expect(from('3')).toHaveLength(1)
  })

  test('of a large plan the record has no values, and then the addresses and actions count', () => {
    const large = outline([change('a.served', 'create', { x: '2' })], {}, 'addresses')
    const now = (after: Values) => outline([change('a.served', 'delete,create', after, { x: '1', id: '"i-1"' })])
    expect(changesBeyondTaint(large, now({ id: '?' }), ['a.served'])).toEqual([])
    expect(changesBeyondTaint(large, now({ id: '?' }), [])).toHaveLength(1)
    expect(
      changesBeyondTaint(large, outline([change('a.served', 'delete,create')], {}, 'addresses'), ['a.served']),
    ).toEqual([])
    expect(
      changesBeyondTaint(large, outline([change('a.other', 'update')], {}, 'addresses'), ['a.served']),
    ).toHaveLength(1)
  })

  test('not in other circumstances', () => {
    expect(changesBeyondTaint(reviewed, outline([replaced], { workspace: 'other' }), ['a.served'])).toHaveLength(1)
  })
})
