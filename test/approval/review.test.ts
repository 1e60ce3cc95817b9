/** Whose record counts as the review of a plan: only one that was made for this very place. */
import { expect, test } from 'vitest'
import { type ApprovalFacts, decideApproval } from '../../src/approval/review.ts'
import { createPlanSigner } from '../../src/approval/signer.ts'

const fingerprint = `sha256:${'1'.repeat(64)}`
const binding = { repository: 'acme/infra', workflow: '.github/workflows/deploy.yml', target: '<!-- ecs -->' }
const head = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

/** A plan that was reviewed, but for what is changed in its record. */
function question(record: object, bound: object = {}): ApprovalFacts {
  const plan = {
    normalized: { settings: {}, changes: [], outputs: [], invocations: [] } as never,
    signer: createPlanSigner('key', undefined, undefined),
    fingerprint,
    digest: () => ({ settings: {} }) as never,
  }
  return {
    approval: 'reviewed',
    plan,
    hasChanges: true,
    pullRequest: { number: 7, head, fromFork: false },
    commentRecord: {
      intact: true,
      record: {
        version: 1,
        fingerprint,
        mode: 'key',
        binding: { ...binding, pullRequest: 7, ...bound },
        head,
        runUrl: 'https://github.com/acme/infra/actions/runs/1',
        outline: { settings: {} } as never,
        ...record,
      } as never,
    },
    binding,
    commit: 'f'.repeat(40),
  }
}

test('a plan with the reviewed fingerprint, made for this place, is applied', () => {
  expect(decideApproval(question({}))).toMatchObject({ approval: { outcome: 'reviewed' } })
})

test('a record that another workflow file signed is refused, and the advice names the input for two files', () => {
  const { approval, failure } = decideApproval(question({}, { workflow: '.github/workflows/plan.yml' }))
  expect(approval.outcome).toBe('refused')
  expect(failure).toMatchObject({
    code: 'PLAN_WORKFLOW_FOREIGN',
    sentence: expect.stringContaining('the workflow .github/workflows/plan.yml'),
    fix: expect.stringContaining('plan-workflow'),
  })
})

test.each([
  ['repository', { repository: 'mallory/infra' }, 'repository mallory/infra'],
  ['pull request', { pullRequest: 8 }, 'pull request #8'],
  ['stack, directory or workspace', { target: '<!-- other -->' }, 'another stack, directory or workspace'],
])('a record that was signed for another %s is refused, although its fingerprint is this one', (_, bound, words) => {
  const { approval, failure } = decideApproval(question({}, bound))
  expect(approval.outcome).toBe('refused')
  expect(failure).toMatchObject({ code: 'PLAN_RECORD_CHANGED', sentence: expect.stringContaining(words) })
})

test('a record of an older commit is refused, although its fingerprint is this one', () => {
  expect(decideApproval(question({ head: 'a'.repeat(40) })).failure?.code).toBe('PLAN_NOT_REVIEWED')
})
