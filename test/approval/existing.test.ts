/** The current objects in the form of a digest: a value that was reviewed with a placeholder is found again. */
import { describe, expect, test } from 'vitest'
import { digestOf } from '../../src/approval/digest.ts'
import { existingObjects } from '../../src/approval/existing.ts'
import { normalizePlan } from '../../src/approval/fingerprint.ts'
import { viewInForm } from '../../src/approval/forms.ts'
import { parseIgnoredPath } from '../../src/approval/ignored-paths.ts'
import { createPlanSigner } from '../../src/approval/signer.ts'
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
  return digestOf(normalizePlan(json, {}, signer, view), text => text, 'attributes').changes?.[0]?.values?.after
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
