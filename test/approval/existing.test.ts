/** The current objects in the form of a digest: a value that was reviewed with a placeholder is found again. */
import { describe, expect, test } from 'vitest'
import { digestOf } from '../../src/approval/digest.ts'
import { existingObjects } from '../../src/approval/existing.ts'
import { normalizePlan } from '../../src/approval/fingerprint.ts'
import { viewInForm } from '../../src/approval/forms.ts'
import { parseIgnoredPath } from '../../src/approval/ignored-paths.ts'
import { createPlanSigner, saltedSigner } from '../../src/approval/signer.ts'
import type { PlanJson } from '../../src/terraform/json.ts'

const signer = createPlanSigner('a key of sixteen characters', undefined, undefined)
const [reviewedCommit, commit] = ['a', 'b'].map(digit => digit.repeat(40)) as [string, string]
const ignored = parseIgnoredPath('terraform_data.task:note')
const contextOf = (commits: readonly string[]) => ({
  terraformVersion: '1.14.0',
  directory: '/nowhere',
  checkout: '/nowhere',
  workspace: undefined,
  targets: [],
  replaces: [],
  lockFile: undefined,
  commits,
  ignoredPaths: ignored === undefined ? [] : [ignored],
})
const planOf = (actions: 'create' | 'no-op', value: object): PlanJson => ({
  format_version: '1.2',
  prior_state: {
    values: {
      root_module: { resources: [{ address: 'terraform_data.task', mode: 'managed', type: 'terraform_data' }] },
    },
  } as never,
  resource_changes: [
    {
      address: 'terraform_data.task',
      mode: 'managed',
      type: 'terraform_data',
      change: { actions: [actions], before: actions === 'create' ? null : value, after: value },
    },
  ],
})

/** Hash per attribute of a reviewed creation with this value. */
function reviewed(value: object) {
  const json = planOf('create', value)
  const view = viewInForm(2, json, contextOf([reviewedCommit]), {})
  return digestOf(
    normalizePlan(json, {}, signer, view),
    text => text,
    'attributes',
    view === undefined ? '' : signer.digestKey,
  ).changes?.[0]?.values?.after
}
function existing(value: object) {
  const json = planOf('no-op', value)
  return existingObjects(json, signer, text => text, viewInForm(2, json, contextOf([commit]), {})).values(
    'terraform_data.task',
  )
}

describe('an object with', () => {
  test('the commit of its run has the reviewed digest', () => {
    expect(existing({ image: `weather:${commit}` })).toEqual(reviewed({ image: `weather:${reviewedCommit}` }))
  })

  test('another commit has not', () => {
    expect(existing({ image: `weather:${'c'.repeat(40)}` })).not.toEqual(
      reviewed({ image: `weather:${reviewedCommit}` }),
    )
  })

  test('another value at an ignored path has the reviewed digest', () => {
    expect(existing({ note: 'two', x: 1 })).toEqual(reviewed({ note: 'one', x: 1 }))
    expect(existing({ note: 'two', x: 2 })).not.toEqual(reviewed({ note: 'one', x: 1 }))
  })
})

describe('the objects of a plan', () => {
  const resource = (address: string, value: object | null, more: object = {}) => ({
    address,
    mode: 'managed' as const,
    type: 'terraform_data',
    change: { actions: ['no-op' as const], before: value, after: value },
    ...more,
  })
  const inState = (address: string, mode = 'managed') => ({ address, mode, type: 'terraform_data' })
  const json = {
    format_version: '1.2',
    prior_state: {
      values: {
        outputs: { url: { value: 'u', sensitive: false } },
        root_module: {
          resources: [inState('terraform_data.one'), inState('data.terraform_data.read', 'data')],
          child_modules: [{ resources: [inState('module.m.terraform_data.two["secret"]')] }],
        },
      },
    },
    resource_changes: [
      resource('terraform_data.two', { x: 2 }),
      resource('terraform_data.one', { x: 9 }, { mode: 'data' }),
      resource('terraform_data.one', { x: 8 }, { deposed: '01ab' }),
      resource('terraform_data.one', { x: 1, y: null }),
      resource('module.m.terraform_data.two["secret"]', { x: 'hidden' }, { previous_address: 'terraform_data.old' }),
    ],
    output_changes: {
      other: { actions: ['no-op'], before: 'o', after: 'o' },
      url: { actions: ['no-op'], before: 'u', after: 'v' },
    },
  } as unknown as PlanJson
  const redact = (text: string) => text.replaceAll('secret', '***')
  const objects = existingObjects(json, signer, redact, undefined)
  /** The digests of a creation with these values. */
  const created = (value: object, type: 'resource' | 'output' = 'resource', by = signer) => {
    const change = { actions: ['create' as const], before: null, after: value }
    const plan =
      type === 'output'
        ? { output_changes: { o: change } }
        : { resource_changes: [{ ...resource('terraform_data.one', null), change }] }
    return digestOf(normalizePlan({ format_version: '1.2', ...plan }, {}, by), text => text, 'attributes').changes?.[0]
      ?.values?.after
  }

  test('exist if the state has them: managed resources of all modules, by their redacted addresses, and outputs', () => {
    for (const address of ['terraform_data.one', 'module.m.terraform_data.two["***"]', 'output.url'])
      expect(objects.has(address), address).toBe(true)
    for (const address of [
      'terraform_data.two',
      'data.terraform_data.read',
      'module.m.terraform_data.two["secret"]',
      'output.other',
      'url',
    ])
      expect(objects.has(address), address).toBe(false)
  })

  test('have the values of the object itself, not of a data source or of a deposed one at its address', () => {
    expect(objects.values('terraform_data.one')).toEqual(created({ x: 1 }))
    expect(objects.values('terraform_data.two')).toEqual(created({ x: 2 }))
    expect(objects.values('module.m.terraform_data.two["***"]')).toEqual(created({ x: 'hidden' }))
    expect(objects.values('output.url')).toEqual(created('u' as never, 'output'))
    expect(objects.values('output.other')).toEqual(created('o' as never, 'output'))
  })

  test('are unknown if the plan does not have them', () => {
    for (const address of ['terraform_data.three', 'output.none', 'other'])
      expect(objects.values(address), address).toBeUndefined()
    const empty = existingObjects({ format_version: '1.2' } as PlanJson, signer, redact, undefined)
    expect(empty.has('terraform_data.one')).toBe(false)
    expect(empty.values('terraform_data.one')).toBeUndefined()
    expect(existingObjects({ prior_state: {} } as PlanJson, signer, redact, undefined).has('x')).toBe(false)
  })

  test('do not add their sensitive values to a fingerprint without a key', () => {
    const change = { ...resource('terraform_data.one', { x: 'word' }) }
    const sensitive = {
      resource_changes: [{ ...change, change: { ...change.change, before_sensitive: { x: true } } }],
    } as unknown as PlanJson
    const salted = saltedSigner('salt')
    const values = existingObjects(sensitive, salted, redact, undefined).values('terraform_data.one')
    expect(values).toBeDefined()
    expect(salted.together()).toBeUndefined()
    expect(existingObjects(sensitive, signer, redact, undefined).values('terraform_data.one')).not.toEqual(values)
  })
})
