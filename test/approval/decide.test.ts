/**
 * The decision about a plan, as a table over every combination of its facts: the first row that fits says the result. Then whose
 * record counts as intact, for each key.
 */
import { describe, expect, test } from 'vitest'
import type { ExistingObjects } from '../../src/approval/coverage.ts'
import {
  type ApprovalFacts,
  decideApproval,
  decideQueued,
  type EarlierReview,
  type Integrity,
} from '../../src/approval/decide.ts'
import { digestOf } from '../../src/approval/digest.ts'
import type { NormalizedChange, NormalizedPlan } from '../../src/approval/fingerprint.ts'
import type { Life } from '../../src/approval/life.ts'
import { type PlanRecord, recordLine } from '../../src/approval/record.ts'
import { findRecord } from '../../src/approval/review.ts'
import { createPlanSigner, type Mode, saltedSigner } from '../../src/approval/signer.ts'

const commit = 'c'.repeat(40)
const elsewhere = 'e'.repeat(40)
const head = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const binding = { repository: 'acme/infra', workflow: '.github/workflows/deploy.yml', target: '<!-- ecs -->' }
const signer = createPlanSigner('a key of sixteen characters', undefined, undefined)
const fingerprintOf = (digit: string) => `sha256:${digit.repeat(64)}`

const change = (address: string, actions: string, after = {}, before = {}): NormalizedChange => ({
  address,
  actions,
  notes: {},
  before,
  after,
})
const reviewedPlan = [change('a.new', 'create', { x: '1', id: '?' }), change('a.old', 'update', { x: '2' }, { x: '1' })]
/** What is planned now, by the word of the table. */
const plans = {
  equal: reviewedPlan,
  remainder: reviewedPlan.slice(1),
  taint: [change('a.served', 'delete,create', { id: '?' }, { id: '"i-1"' })],
  other: [change('a.old', 'delete', {}, { id: '"i-9"' })],
} as const
const lives: Readonly<Record<string, Life>> = {
  reviewed: { stage: 'reviewed' },
  'applying here': { stage: 'applying', commit, run: 1, attempt: 1 },
  'applying elsewhere': { stage: 'applying', commit: elsewhere, run: 1, attempt: 1 },
  'applied here': { stage: 'applied', commit, tainted: ['a.served'] },
  'applied elsewhere': { stage: 'applied', commit: elsewhere, tainted: ['a.served'] },
}
/** The record's place and what its signature shows. `none`: no comment; `bare`: a comment without a record. */
const records = [
  'none',
  'bare',
  'edited',
  'unsigned',
  'other-key',
  'foreign',
  'workflow',
  'outdated',
  'intact',
] as const

const existing: ExistingObjects = { has: address => address === 'a.new', values: () => undefined }
const planOf = (changes: readonly NormalizedChange[], fingerprint: string) => {
  const normalized: NormalizedPlan = { settings: {}, changes }
  return { normalized, signer, fingerprint, digest: () => digestOf(normalized, text => text, 'attributes') }
}

interface Case {
  readonly changes: 'none' | keyof typeof plans
  readonly superseded: boolean
  readonly required: 'reviewed' | 'none' | 'this plan' | 'the reviewed plan' | 'another plan'
  readonly merged: boolean
  readonly record: (typeof records)[number]
  readonly life: string
}

function recordOf({ record, life }: Pick<Case, 'record' | 'life'>): PlanRecord {
  return {
    version: 2,
    fingerprint: fingerprintOf('1'),
    mode: 'key',
    binding: {
      ...binding,
      pullRequest: record === 'foreign' ? 8 : 7,
      ...(record === 'workflow' && { workflow: '.github/workflows/harmless.yml' }),
    },
    head: record === 'outdated' ? 'a'.repeat(40) : head,
    runUrl: 'https://github.com/acme/infra/actions/runs/1',
    outline: digestOf({ settings: {}, changes: reviewedPlan }, text => text, 'attributes'),
    life: lives[life] ?? { stage: 'reviewed' },
  }
}

function factsOf(each: Case): ApprovalFacts {
  const { changes, superseded, required, merged, record } = each
  const fingerprint = changes === 'equal' ? fingerprintOf('1') : fingerprintOf('2')
  const fingerprints: Record<string, string> = {
    'this plan': fingerprint,
    'the reviewed plan': fingerprintOf('1'),
    'another plan': fingerprintOf('9'),
  }
  const integrity: Integrity =
    record === 'edited' || record === 'unsigned' || record === 'other-key' ? record : 'intact'
  const isThere = record !== 'none' && record !== 'bare'
  return {
    approval: fingerprints[required] ?? required,
    plan: planOf(changes === 'none' ? [] : plans[changes], fingerprint),
    hasChanges: changes !== 'none',
    pullRequest: merged ? { number: 7, head, base: 'main', fromFork: false } : undefined,
    hasComment: record !== 'none',
    commentRecord: isThere ? { record: recordOf(each), integrity } : undefined,
    binding,
    commit,
    superseded: superseded ? 'A newer commit was applied.' : undefined,
    earlier: [],
    existing,
  }
}

type Row = readonly [fits: (each: Case) => boolean, result: string]
const isApplying = ({ life }: Case) => life === 'applying here'
const isApplied = ({ life }: Case) => life.startsWith('applied')
const isByFingerprint = ({ required }: Case) => required !== 'reviewed' && required !== 'none'
const isOfTheReviewed = ({ required }: Case) => required === 'the reviewed plan'
const table: readonly Row[] = [
  [({ changes }) => changes === 'none', 'no-changes'],
  [({ superseded }) => superseded, 'COMMIT_SUPERSEDED'],
  [({ required }) => required === 'none', 'not required'],
  [
    each => each.required === 'this plan' || (isOfTheReviewed(each) && each.changes === 'equal'),
    'approved-by-fingerprint',
  ],
  // Another fingerprint than the required one: only the rest of the apply of that very plan.
  [
    each =>
      isByFingerprint(each) &&
      !(isOfTheReviewed(each) && each.merged && each.record === 'intact' && each.life.endsWith(' here')),
    'PLAN_FINGERPRINT_CHANGED',
  ],
  [({ merged }) => !merged, 'PLAN_NOT_REVIEWED'],
  [({ record }) => record === 'none' || record === 'bare', 'PLAN_NOT_REVIEWED'],
  [({ record }) => record === 'edited', 'PLAN_RECORD_CHANGED'],
  [({ record }) => record === 'other-key', 'PLAN_KEY_CHANGED'],
  [({ record, life }) => record === 'unsigned' && life === 'reviewed', 'PLAN_BEFORE_STATE'],
  [({ record }) => record === 'unsigned', 'APPLY_UNSIGNED'],
  [({ record }) => record === 'foreign', 'PLAN_RECORD_FOREIGN'],
  [({ record }) => record === 'workflow', 'PLAN_WORKFLOW_FOREIGN'],
  [({ record }) => record === 'outdated', 'PLAN_OUTDATED'],
  // From here on the record counts.
  [({ life, changes }) => life === 'applied here' && changes === 'taint', 'remainder'],
  [isApplied, 'PLAN_APPLIED'],
  [({ changes }) => changes === 'equal', 'reviewed'],
  [each => isApplying(each) && each.changes === 'remainder', 'remainder'],
  [() => true, 'PLAN_CHANGED'],
]

test('the refusal of another workflow file names the input for two files', () => {
  const { failure } = decideApproval(
    factsOf({
      changes: 'equal',
      superseded: false,
      required: 'reviewed',
      merged: true,
      record: 'workflow',
      life: 'reviewed',
    }),
  )
  expect(failure).toMatchObject({
    code: 'PLAN_WORKFLOW_FOREIGN',
    sentence: expect.stringContaining('The workflow .github/workflows/harmless.yml made the plan'),
    fix: expect.stringContaining('set the input plan-workflow of the apply'),
  })
})

describe('every combination of', () => {
  const choices = { superseded: [false, true], merged: [true, false] } as const
  const requirements = ['reviewed', 'none', 'this plan', 'the reviewed plan', 'another plan'] as const
  const cases = (['none', ...Object.keys(plans)] as Case['changes'][]).flatMap(changes =>
    choices.superseded.flatMap(superseded =>
      requirements.flatMap(required =>
        choices.merged.flatMap(merged =>
          records.flatMap(record =>
            Object.keys(lives).map((life): Case => ({ changes, superseded, required, merged, record, life })),
          ),
        ),
      ),
    ),
  )

  test.each(table.map(([, result], index) => [index, result] as const))('row %i: %s', (index, result) => {
    const fitting = cases.filter(each => table.findIndex(([fits]) => fits(each)) === index)
    expect(fitting.length).toBeGreaterThan(0)
    for (const each of fitting) {
      const { approval, failure } = decideApproval(factsOf(each))
      const isAllowed = /^[a-z]/.test(result)
      expect({ each, outcome: approval.outcome, code: failure?.code }).toEqual({
        each,
        outcome: isAllowed ? result : 'refused',
        code: isAllowed ? undefined : result,
      })
    }
  })

  test('a refusal says what to do: the fingerprint of this plan, or the newest run', () => {
    for (const each of cases) {
      const { failure } = decideApproval(factsOf(each))
      if (failure === undefined) continue
      const isSuperseded = failure.code === 'COMMIT_SUPERSEDED'
      expect(failure.fix).toContain(
        isSuperseded ? 'Re-run the newest run' : fingerprintOf(each.changes === 'equal' ? '1' : '2'),
      )
    }
  })
})

describe('the run of a merge, after the head was applied before it', () => {
  const at = (changes: Case['changes'], life: Life) => {
    const base: Case = {
      changes,
      superseded: false,
      required: 'reviewed',
      merged: true,
      record: 'intact',
      life: 'reviewed',
    }
    const { commentRecord, ...facts } = factsOf(base)
    const record = { ...recordOf(base), life }
    const { approval, failure } = decideApproval({ ...facts, commentRecord: { record, integrity: 'intact' } })
    return failure?.code ?? approval.outcome
  }
  const applied = (at: string): Life => ({ stage: 'applied', commit: at, tainted: ['a.served'] })
  const applying = (at: string): Life => ({ stage: 'applying', commit: at, run: 1, attempt: 1 })

  test('may finish that apply and replace what it has tainted, and nothing else', () => {
    expect(at('none', applied(head))).toBe('no-changes')
    expect(at('taint', applied(head))).toBe('remainder')
    expect(at('remainder', applying(head))).toBe('remainder')
    expect(at('equal', applied(head))).toBe('PLAN_APPLIED')
    expect(at('other', applied(head))).toBe('PLAN_APPLIED')
    expect(at('other', applying(head))).toBe('PLAN_CHANGED')
  })

  test('may not do so after the apply of another commit', () => {
    expect(at('taint', applied(elsewhere))).toBe('PLAN_APPLIED')
    expect(at('none', applied(elsewhere))).toBe('no-changes')
  })
})

describe('what a refusal says', () => {
  const base: Case = {
    changes: 'other',
    superseded: false,
    required: 'reviewed',
    merged: true,
    record: 'intact',
    life: 'reviewed',
  }
  const fromFork = { pullRequest: { number: 7, head, base: 'main', fromFork: true } }
  const target = { binding: { ...binding, target: '<!-- other -->' } }
  const repository = { binding: { ...binding, repository: 'acme/other' } }

  test.each<[string, Partial<Case>, Partial<ApprovalFacts>, string]>([
    [
      'an approved fingerprint of another plan',
      { required: 'another plan' },
      {},
      `The fingerprint of this plan is ${fingerprintOf('2')}, and plan-approval names ${fingerprintOf('9')}.`,
    ],
    [
      'no pull request',
      { merged: false },
      {},
      `Nobody has reviewed this plan: no merged pull request belongs to commit ${commit}.`,
    ],
    [
      'a fork',
      { record: 'none' },
      fromFork,
      'Nobody has reviewed this plan: pull request #7 came from a fork, and runs of forks get no credentials and no plan.',
    ],
    [
      'no comment',
      { record: 'none' },
      {},
      'Nobody has reviewed this plan: pull request #7 has no plan comment of this action.',
    ],
    [
      'a comment without a plan',
      { record: 'bare' },
      {},
      'Nobody has reviewed this plan: the comment of this action on pull request #7 contains no plan.',
    ],
    [
      'an edited comment',
      { record: 'edited' },
      {},
      'The plan comment on pull request #7 is not as this action wrote it: somebody edited it, or plan-approval-key has another value.',
    ],
    [
      'another kind of key',
      { record: 'other-key' },
      {},
      'The plan comment on pull request #7 was signed with another kind of key: plan-approval-key was added or removed, or the state is lost.',
    ],
    [
      'a plan before the state',
      { record: 'unsigned' },
      {},
      'The plan on pull request #7 was made before a state existed, so no secret signs it, and now a state exists.',
    ],
    [
      'a lost first apply',
      { record: 'unsigned', life: 'applying here' },
      {},
      'The first apply of the plan on pull request #7 ended before it could sign its record with the new state.',
    ],
    [
      'another pull request',
      { record: 'foreign' },
      {},
      'The plan comment on pull request #7 belongs to pull request #8.',
    ],
    [
      'another stack',
      {},
      target,
      'The plan comment on pull request #7 belongs to another stack, directory or workspace.',
    ],
    ['another repository', {}, repository, 'The plan comment on pull request #7 belongs to repository acme/infra.'],
    [
      'another workflow',
      { record: 'workflow' },
      {},
      'The workflow .github/workflows/harmless.yml made the plan on pull request #7, and this workflow is .github/workflows/deploy.yml.',
    ],
    [
      'another commit',
      { record: 'outdated' },
      {},
      'Nobody has reviewed the plan of the merged commit 4b825dc: the plan comment on pull request #7 shows commit aaaaaaa.',
    ],
    [
      'a plan that was applied',
      { life: 'applied here' },
      {},
      'The reviewed plan was applied already. What this plan changes was changed outside of this workflow since then.',
    ],
    [
      'a plan that was applied elsewhere',
      { life: 'applied elsewhere' },
      {},
      'The reviewed plan was applied already, at commit eeeeeee.',
    ],
    ['another plan', {}, {}, 'The plan differs from the plan that was reviewed on pull request #7.'],
  ])('%s', (_, more, facts, sentence) => {
    expect(decideApproval({ ...factsOf({ ...base, ...more }), ...facts }).failure?.sentence).toBe(sentence)
  })

  test('what to do', () => {
    const fixOf = (more: Partial<Case>) => decideApproval(factsOf({ ...base, ...more })).failure?.fix
    expect(fixOf({ superseded: true })).toBe(
      'Nothing was changed. Re-run the newest run of this workflow on the branch: its plan contains this commit, and the reviewed plans of both pull requests cover it. To go back to an older version, merge a pull request that reverts the newer one.',
    )
    expect(fixOf({})).toBe(
      `Nothing was changed. Read the plan of this run. To apply it unchanged, start the workflow manually with plan-approval ${fingerprintOf('2')} (in the recipes, the input approve). Otherwise open a pull request and review its plan, which is based on what is deployed now.`,
    )
  })

  test('what to do if each plan has another fingerprint', () => {
    const facts = factsOf({ ...base, required: 'another plan' })
    expect(decideApproval(facts).failure?.fix).toContain('name its attribute in plan-approval-ignore')
    const { plan } = factsOf(base)
    const remarks = {
      unreviewable: [],
      placeholders: { commit: [], timestamp: [], identity: [] },
      ignored: [],
      dated: [{ address: 'aws_lb.this', attribute: 'tags.Expires' }],
    }
    const dated = { ...plan, normalized: { ...plan.normalized, remarks } }
    expect(decideApproval({ ...factsOf(base), plan: dated }).failure?.fix).toContain(
      'then add the line aws_lb.this:tags.Expires to plan-approval-ignore in both jobs first.',
    )
  })

  test('the stack may have the name of an earlier version', () => {
    const former = { ...target, formerTarget: binding.target }
    const { approval } = decideApproval({ ...factsOf({ ...base, changes: 'equal' }), ...former })
    expect(approval.outcome).toBe('reviewed')
  })

  test('the report has the reviewed plan, the pull requests only of several, and no differences of a plan that may be applied', () => {
    const of = (more: Partial<Case>) => decideApproval(factsOf({ ...base, ...more })).approval
    const reviewed = { commit: head, runUrl: 'https://github.com/acme/infra/actions/runs/1' }
    expect(of({ changes: 'equal' })).toEqual({
      outcome: 'reviewed',
      fingerprint: fingerprintOf('1'),
      reviewed,
      differences: [],
    })
    expect(of({ changes: 'none' }).reviewed).toBeUndefined()
    expect(of({ record: 'edited' })).toMatchObject({ reviewed: undefined, differences: [] })
    expect(of({})).toMatchObject({
      reviewed,
      differences: [
        { what: 'actions', address: 'a.old' },
        { what: 'gone', address: 'a.new' },
      ],
    })
  })

  test('settings that differ are named also if a record has no changes', () => {
    const each = factsOf(base)
    const record = { ...recordOf(base), outline: { settings: { target: 'a' }, changes: undefined } }
    const { approval } = decideApproval({ ...each, commentRecord: { record, integrity: 'intact' } })
    expect(approval.differences).toEqual([
      { what: 'setting', name: 'target', was: 'a', is: '' },
      { what: 'added', address: 'a.old', actions: 'delete' },
    ])
  })
})

describe('earlier pull requests', () => {
  const base: Case = {
    changes: 'other',
    superseded: false,
    required: 'reviewed',
    merged: true,
    record: 'intact',
    life: 'reviewed',
  }
  const review = (changes: readonly NormalizedChange[], life: Life = { stage: 'reviewed' }): EarlierReview => {
    const outline = digestOf({ settings: {}, changes }, text => text, 'attributes')
    return { pullRequest: 5, record: { ...recordOf(base), outline, life } }
  }
  const facts = (changes: readonly NormalizedChange[], more: Partial<ApprovalFacts>): ApprovalFacts => ({
    ...factsOf(base),
    plan: planOf(changes, fingerprintOf('2')),
    ...more,
  })

  test('cover the plan together with the own record', () => {
    const both = [...reviewedPlan, ...plans.other]
    expect(decideApproval(facts(both, { earlier: [review(plans.other)] })).failure?.code).toBe('PLAN_CHANGED')
    const separate = change('a.third', 'create', { x: '1' })
    const decided = decideApproval(facts([...reviewedPlan, separate], { earlier: [review([separate])] }))
    expect(decided.approval).toMatchObject({ outcome: 'covered', pullRequests: [7, 5] })
  })

  test('cover it alone if the pull request has no comment, and not if its comment has lost its record', () => {
    const without = { commentRecord: undefined, earlier: [review(plans.other)] }
    const { approval } = decideApproval(facts(plans.other, { ...without, hasComment: false }))
    expect(approval).toMatchObject({ outcome: 'covered', pullRequests: [5] })
    expect(decideApproval(facts(plans.other, { ...without, hasComment: true })).failure?.code).toBe('PLAN_NOT_REVIEWED')
  })

  test('cover nothing of a plan that they do not have, and nothing without a pull request', () => {
    const without = { commentRecord: undefined, hasComment: false, earlier: [review(plans.other)] }
    expect(decideApproval(facts([...plans.other, ...plans.taint], without)).failure?.code).toBe('PLAN_NOT_REVIEWED')
    const none = { ...without, pullRequest: undefined }
    expect(decideApproval(facts(plans.other, none)).failure?.code).toBe('PLAN_NOT_REVIEWED')
  })

  test('are named with the plan of the newest one that covers something', () => {
    const old = { ...review(plans.other), pullRequest: 4 }
    const record = { ...old.record, head: 'f'.repeat(40) }
    const done = review([change('a.new', 'create')], lives['applying elsewhere'])
    const earlier = [done, { ...old, record }]
    const without = { commentRecord: undefined, hasComment: false, earlier }
    const { approval } = decideApproval(facts(plans.other, without))
    expect(approval).toMatchObject({ outcome: 'covered', pullRequests: [4], reviewed: { commit: record.head } })
  })

  test('and an own record whose apply has begun: the remainder of both is covered', () => {
    const begun = { record: recordOf({ ...base, life: 'applying here' }), integrity: 'intact' } as const
    const separate = change('a.third', 'create', { x: '1' })
    const both = { commentRecord: begun, earlier: [review([separate])] }
    expect(decideApproval(facts([...plans.remainder, separate], both)).approval).toMatchObject({
      outcome: 'covered',
      pullRequests: [7, 5],
    })
    expect(decideApproval(facts(plans.remainder, both)).approval.outcome).toBe('remainder')
  })

  test('do not make up for a record that does not count', () => {
    const edited = {
      commentRecord: { record: recordOf(base), integrity: 'edited' },
      earlier: [review(plans.other)],
    } as const
    expect(decideApproval(facts(plans.other, edited)).failure?.code).toBe('PLAN_RECORD_CHANGED')
  })

  test('whose apply has begun cover its remainder', () => {
    const half = change('a.x', 'delete,create', { id: '?' }, { id: '"i-1"' })
    const begun = { stage: 'applying', commit: elsewhere, run: 1, attempt: 1 } as const
    const created = [change('a.x', 'create', { id: '?' })]
    const now = [...reviewedPlan, half]
    expect(decideApproval(facts(now, { earlier: [review(created, begun)] })).approval.outcome).toBe('covered')
    expect(decideApproval(facts(now, { earlier: [review(created)] })).approval.outcome).toBe('refused')
  })
})

describe('a merge queue', () => {
  const base: Case = {
    changes: 'equal',
    superseded: false,
    required: 'reviewed',
    merged: true,
    record: 'intact',
    life: 'reviewed',
  }
  const queued = (changes: readonly NormalizedChange[]) =>
    decideQueued({ ...factsOf(base), plan: planOf(changes, fingerprintOf('2')) }).approval.outcome

  test('says what is missing and what to do, and refuses a record that does not count or has no changes', () => {
    const facts = { ...factsOf(base), plan: planOf([...plans.taint, ...reviewedPlan.slice(0, 1)], fingerprintOf('2')) }
    const { approval, failure } = decideQueued(facts)
    expect(approval.differences).toEqual([{ what: 'gone', address: 'a.old', actions: 'update' }])
    expect(failure).toMatchObject({
      code: 'PLAN_CHANGED',
      fix: 'Update the pull request from its base branch, review the new plan, and add it to the queue again.',
    })
    const more = planOf([...reviewedPlan, ...plans.taint], fingerprintOf('2'))
    const outline = { settings: {}, changes: undefined }
    const withoutChanges = { record: { ...recordOf(base), outline }, integrity: 'intact' } as const
    expect(decideQueued({ ...facts, plan: more, commentRecord: withoutChanges }).approval.outcome).toBe('refused')
    const edited = { record: recordOf(base), integrity: 'edited' } as const
    expect(decideQueued({ ...facts, plan: more, commentRecord: edited }).failure?.code).toBe('PLAN_RECORD_CHANGED')
    expect(decideQueued({ ...facts, plan: more, commentRecord: undefined }).failure?.code).toBe('PLAN_NOT_REVIEWED')
  })

  test('goes on with more changes than the reviewed ones, and not with fewer or others', () => {
    expect(queued([...reviewedPlan, ...plans.taint])).toBe('reviewed')
    expect(queued(reviewedPlan.slice(0, 1))).toBe('refused')
    expect(queued(plans.other)).toBe('refused')
  })
})

describe('a record is intact only by the strongest key that exists', () => {
  const key = 'a key of sixteen characters'
  const lineage = '6d3b9c80-0000-4000-8000-000000000000'
  const secrets = {
    none: { key: '', lineage: undefined },
    lineage: { key: '', lineage },
    key: { key, lineage },
    'key before the state': { key, lineage: undefined },
    'another key': { key: 'another key of many characters', lineage },
    'another state': { key: '', lineage: '00000000-0000-4000-8000-000000000000' },
  } as const
  const signers = {
    none: saltedSigner(),
    lineage: createPlanSigner('', lineage, undefined),
    key: createPlanSigner(key, undefined, undefined),
  } as const
  const body = '<!-- ecs -->\n\n## Plan'
  const commentOf = (record: PlanRecord, by: Mode) =>
    body
      .split('\n')
      .toSpliced(1, 0, recordLine(body, { record, signer: signers[by] }))
      .join('\n')

  test.each<[record: Mode, signedWith: Mode | undefined, by: Mode, now: keyof typeof secrets, Integrity]>([
    ['none', undefined, 'none', 'none', 'intact'],
    ['none', undefined, 'none', 'lineage', 'unsigned'],
    ['none', undefined, 'none', 'key', 'other-key'],
    ['none', undefined, 'none', 'key before the state', 'other-key'],
    ['none', 'lineage', 'lineage', 'lineage', 'intact'],
    ['none', 'lineage', 'lineage', 'another state', 'edited'],
    ['none', 'lineage', 'none', 'lineage', 'edited'],
    ['none', 'lineage', 'none', 'none', 'other-key'],
    ['lineage', undefined, 'lineage', 'lineage', 'intact'],
    ['lineage', undefined, 'lineage', 'none', 'other-key'],
    ['lineage', undefined, 'lineage', 'key', 'other-key'],
    ['lineage', undefined, 'none', 'lineage', 'edited'],
    ['lineage', 'none', 'none', 'lineage', 'unsigned'],
    ['key', undefined, 'key', 'key', 'intact'],
    ['key', undefined, 'key', 'key before the state', 'intact'],
    ['key', undefined, 'key', 'another key', 'edited'],
    ['key', undefined, 'key', 'lineage', 'other-key'],
    ['key', 'none', 'none', 'none', 'intact'],
    ['key', 'lineage', 'lineage', 'key', 'other-key'],
    ['key', undefined, 'lineage', 'key', 'edited'],
  ])('record %s, signed with %s, by %s; now %s: %s', (mode, signedWith, by, now, integrity) => {
    const record = { ...recordOf({ record: 'intact', life: 'reviewed' }), mode, ...(signedWith && { signedWith }) }
    expect(findRecord(commentOf(record, by), secrets[now])?.integrity).toBe(integrity)
  })

  test('an edited comment or record is never intact', () => {
    for (const [by, now] of [
      ['none', 'none'],
      ['lineage', 'lineage'],
      ['key', 'key'],
    ] as const) {
      const comment = commentOf({ ...recordOf({ record: 'intact', life: 'reviewed' }), mode: by }, by)
      expect(findRecord(comment, secrets[now])?.integrity).toBe('intact')
      expect(findRecord(comment.replace('Plan', 'Plane'), secrets[now])?.integrity).toBe('edited')
    }
  })
})
