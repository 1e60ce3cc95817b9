/**
 * What a decision reads from GitHub and what its comment has afterwards: a linear branch of merged pull requests, each with the
 * comment that this action wrote or somebody else changed.
 */
import { describe, expect, test } from 'vitest'
import type { ReviewedImage } from '../../src/approval/images.ts'
import { applied, applying, type Life, reviewed } from '../../src/approval/life.ts'
import { type PlanRecord, recordLine, type SignedRecord } from '../../src/approval/record.ts'
import {
  asApplied,
  asApplying,
  createRecord,
  findRecord,
  fingerprintPlan,
  type MergedPullRequest,
  type PlanToApprove,
  type ReviewSource,
  readEarlierImages,
  readRecordedImages,
  requestReview,
  reviewPlan,
  reviewQueuedPlan,
  signedWithState,
} from '../../src/approval/review.ts'
import { createPlanSigner } from '../../src/approval/signer.ts'
import type { PlanJson, ResourceChange } from '../../src/terraform/json.ts'

const key = 'a key of sixteen characters'
const lineage = '6d3b9c80-0000-4000-8000-000000000000'
const byKey = { key, lineage: undefined }
const byState = { key: '', lineage }
const byNothing = { key: '', lineage: undefined }
const binding = { repository: 'acme/infra', workflow: '.github/workflows/deploy.yml', target: '<!-- ecs -->' }
const run = { run: 41, attempt: 1 }

/** The head and the merge commit of the pull request with this number. */
const head = (number: number) => number.toString(16).padStart(40, 'a')
const merge = (number: number) => number.toString(16).padStart(40, 'b')
const pull = (number: number, more: Partial<MergedPullRequest> = {}): MergedPullRequest => ({
  number,
  head: head(number),
  base: 'main',
  fromFork: false,
  mergeCommit: merge(number),
  ...more,
})

/** A plan that changes the input of each resource from one text to another; equal texts are no change. */
function planOf(inputs: Readonly<Record<string, readonly [from: string, to: string]>>, more: object = {}): PlanJson {
  const changes = Object.entries(inputs).map(([address, [from, to]]): ResourceChange => {
    const change = {
      actions: [from === to ? 'no-op' : 'update'] as const,
      before: { input: from },
      after: { input: to },
    }
    return { address, mode: 'managed', type: 'thing', change: { ...change, ...more } }
  })
  const resources = Object.entries(inputs).map(([address, [input]]) => ({
    address,
    mode: 'managed' as const,
    type: 'thing',
    values: { input },
  }))
  return { format_version: '1.2', resource_changes: changes, prior_state: { values: { root_module: { resources } } } }
}
const a = planOf({ 'thing.a': ['1', '2'] })
const b = planOf({ 'thing.b': ['1', '2'] })
const both = planOf({ 'thing.a': ['1', '2'], 'thing.b': ['1', '2'] })
const nothing = planOf({ 'thing.a': ['2', '2'] })

const context = {
  terraformVersion: '1.11.4',
  directory: '/nowhere',
  workspace: 'default',
  targets: [],
  replaces: [],
  checkout: '/',
  lockFile: undefined,
}
/** The run of a merge: the plan of this commit, signed with plan-approval-key. */
function request(json: PlanJson, more: Partial<PlanToApprove> = {}): PlanToApprove {
  const changes = json.resource_changes ?? []
  return {
    json,
    hasChanges: changes.some(({ change }) => !change.actions.includes('no-op')),
    context,
    secrets: byKey,
    approval: 'reviewed',
    binding,
    commit: merge(3),
    branch: 'main',
    run,
    runUrl: 'https://github.com/acme/infra/actions/runs/41',
    redact: text => text,
    ...more,
  }
}
const bodyOf = (signed: SignedRecord | undefined) => {
  const body = '<!-- ecs -->\n\n## Plan'
  if (signed === undefined) return body
  return body.split('\n').toSpliced(1, 0, recordLine(body, signed)).join('\n')
}

interface Written extends Partial<PlanToApprove> {
  readonly life?: Life
}
/** The record that the plan job of a pull request makes, with the life that it has now. */
function recordOf(number: number, json: PlanJson, { life = reviewed, ...more }: Written = {}): SignedRecord {
  const runUrl = 'https://github.com/acme/infra/actions/runs/7'
  const { record } = requestReview(request(json, { commit: head(number), runUrl, ...more }), number)
  if (record === undefined) throw new Error('An open pull request has a record.')
  return { ...record, record: { ...record.record, life } }
}
const commentOf = (...args: Parameters<typeof recordOf>) => bodyOf(recordOf(...args))
const edited = (comment: string) => comment.replace('## Plan', '## Plane')

/** A branch with these merges, oldest first. `asked` lists the requests to GitHub. */
function github(
  comments: Readonly<Record<number, string>>,
  {
    merges = [1, 2, 3],
    listed = merges,
    isLong = false,
    isUnrelated = false,
  }: { merges?: number[]; listed?: number[]; isLong?: boolean; isUnrelated?: boolean } = {},
) {
  const asked: string[] = []
  const commits = merges.map(merge)
  const indexOf = (name: string) => (commits.includes(name) ? commits.indexOf(name) : commits.length - 1)
  const source: ReviewSource = {
    async readComment(number) {
      asked.push(`comment ${number}`)
      return comments[number]
    },
    async commitsBetween(base, to) {
      asked.push(`commits ${base.slice(-1)}..${to === 'main' || to === 'release' ? to : to.slice(-1)}`)
      const between = commits.slice(indexOf(base) + 1, indexOf(to) + 1)
      const relation = isUnrelated ? 'unrelated' : between.length === 0 ? 'same' : 'ancestor'
      return { relation, commits: isLong ? undefined : between }
    },
    async mergedPullRequests(branch) {
      asked.push(`merged ${branch}`)
      return listed.toReversed().map(number => pull(number))
    },
  }
  return { source, asked }
}

describe('the plan of an open pull request', () => {
  const images: ReviewedImage[] = [{ variable: 'image', reference: 'ghcr.io/acme/weather@sha256:1' }]

  test('awaits its review, with a record of its place and its commit', () => {
    const { approval, record } = requestReview(request(a, { commit: head(3) }), 3)
    const { fingerprint, normalized } = fingerprintPlan(a, context, createPlanSigner(key, undefined, undefined), t => t)
    expect(approval).toEqual({
      outcome: 'awaiting',
      fingerprint,
      reviewed: undefined,
      differences: [],
      remarks: normalized.remarks,
    })
    expect(record?.record).toEqual({
      version: 2,
      fingerprint,
      mode: 'key',
      binding: { ...binding, pullRequest: 3 },
      head: head(3),
      runUrl: 'https://github.com/acme/infra/actions/runs/41',
      outline: expect.objectContaining({
        changes: [expect.objectContaining({ address: 'thing.a', actions: 'update' })],
      }),
      life: { stage: 'reviewed' },
    })
    expect(findRecord(bodyOf(record), byKey)?.integrity).toBe('intact')
  })

  test('keeps its images', () => {
    expect(requestReview(request(a, { images }), 3).record?.record.images).toEqual(images)
    expect(requestReview(request(a, { images: [] }), 3).record?.record).not.toHaveProperty('images')
  })

  test('has no record if the pull request is not open', () => {
    expect(Object.keys(requestReview(request(a), undefined))).toEqual(['approval'])
  })

  test('shows no secret in its record', () => {
    const secret = planOf({ 'thing.a["token-1"]': ['1', '2'] })
    const redact = (text: string) => text.replace('token-1', '***')
    const { record } = requestReview(request(secret, { redact }), 3)
    expect(record?.record.outline.changes?.[0]?.address).toBe('thing.a["***"]')
  })
})

describe('a plan that may be applied', () => {
  test('keeps its record until the apply begins', async () => {
    const { source, asked } = github({ 3: commentOf(3, a) })
    const { approval, failure, plan, record, begun } = await reviewPlan(request(a), pull(3), source)
    const own = recordOf(3, a).record
    expect([approval.outcome, failure]).toEqual(['reviewed', undefined])
    expect(plan.fingerprint).toBe(approval.fingerprint)
    expect(record?.record).toEqual(own)
    expect(begun?.record).toEqual({ ...own, life: applying(reviewed, merge(3), run) })
    expect(findRecord(bodyOf(record), byKey)?.integrity).toBe('intact')
    expect(findRecord(bodyOf(begun), byKey)?.integrity).toBe('intact')
    // The newest commit of its branch costs one request more than the comment.
    expect(asked).toEqual(['comment 3', 'commits 3..main'])
  })

  test('is asked about its own comment only, if the pull request is applied before its merge', async () => {
    const { source, asked } = github({ 3: commentOf(3, a) }, { merges: [1, 2, 3, 4] })
    const open = { commit: head(3), isBeforeMerge: true }
    expect((await reviewPlan(request(a, open), pull(3), source)).approval.outcome).toBe('reviewed')
    const other = await reviewPlan(request(both, open), pull(3), source)
    expect(other.failure?.code).toBe('PLAN_CHANGED')
    expect(asked).toEqual(['comment 3', 'comment 3'])
  })

  test('without a change is recorded as applied at once', async () => {
    const { source, asked } = github({ 3: commentOf(3, a) })
    const { approval, record, begun } = await reviewPlan(request(nothing), pull(3), source)
    expect(approval.outcome).toBe('no-changes')
    expect(record?.record).toEqual({ ...recordOf(3, a).record, life: applied(merge(3), []) })
    expect(begun).toBeUndefined()
    expect(asked).toEqual(['comment 3'])
  })

  test.each([
    ['no comment', undefined],
    ['an edited comment', edited(commentOf(3, a))],
    ['the record of an earlier commit', commentOf(3, a, { commit: head(9) })],
    ['the record of another pull request', commentOf(4, a, { commit: head(3) })],
  ])('without a change and with %s gets a record of its own', async (_, comment) => {
    const { source } = github(comment === undefined ? {} : { 3: comment })
    const images = [{ variable: 'image', reference: 'ghcr.io/acme/weather@sha256:1' }]
    const { plan, record } = await reviewPlan(request(nothing, { images }), pull(3), source)
    expect(record?.record).toMatchObject({
      fingerprint: plan.fingerprint,
      binding: { ...binding, pullRequest: 3 },
      head: head(3),
      runUrl: 'https://github.com/acme/infra/actions/runs/41',
      images,
      life: applied(merge(3), []),
    })
  })

  test('without a review has a record of what is applied, not of what was reviewed', async () => {
    const { source } = github({ 3: commentOf(3, a, { life: applied(merge(3), ['thing.a']) }) })
    for (const approval of ['none', requestReview(request(b), undefined).approval.fingerprint]) {
      const decided = await reviewPlan(request(b, { approval }), pull(3), source)
      expect(decided.approval.outcome).toBe(approval === 'none' ? 'not required' : 'approved-by-fingerprint')
      expect(decided.record?.record.fingerprint).toBe(recordOf(3, a).record.fingerprint)
      expect(decided.begun?.record).toMatchObject({
        fingerprint: decided.plan.fingerprint,
        head: head(3),
        life: applying(reviewed, merge(3), run),
      })
    }
  })

  test('needs no access to GitHub if nobody has to review it', async () => {
    const decided = await reviewPlan(request(a, { approval: 'none' }), undefined, undefined)
    expect(decided.approval.outcome).toBe('not required')
    expect([decided.record, decided.begun]).toEqual([undefined, undefined])
  })

  test('as the rest of an apply keeps the reviewed record', async () => {
    const life = applying(reviewed, merge(3), { run: 40, attempt: 1 })
    const rest = planOf({ 'thing.a': ['2', '2'], 'thing.b': ['1', '2'] })
    const { source } = github({ 3: commentOf(3, both, { life }) })
    const { approval, begun } = await reviewPlan(request(rest), pull(3), source)
    expect(approval.outcome).toBe('remainder')
    expect(begun?.record).toEqual({ ...recordOf(3, both).record, life: applying(reviewed, merge(3), run) })
  })

  test('that replaces what was tainted after its apply stays applied', async () => {
    const life = applied(merge(3), ['thing.a'])
    const again = planOf({ 'thing.a': ['2', '2'] }, { actions: ['delete', 'create'] })
    const { source } = github({ 3: commentOf(3, a, { life }) })
    const { approval, begun } = await reviewPlan(request(again), pull(3), source)
    expect(approval.outcome).toBe('remainder')
    expect(begun?.record).toEqual({ ...recordOf(3, a).record, life })
  })
})

describe('a refusal', () => {
  test('of another plan keeps the record for the next run', async () => {
    const { source } = github({ 3: commentOf(3, a) })
    const { failure, record, begun } = await reviewPlan(request(both), pull(3), source)
    expect(failure?.code).toBe('PLAN_CHANGED')
    expect(record?.record).toEqual(recordOf(3, a).record)
    expect(findRecord(bodyOf(record), byKey)?.integrity).toBe('intact')
    expect(begun).toBeUndefined()
  })

  test.each<[string, string, string, Partial<PlanToApprove>]>([
    ['an edited comment', 'PLAN_RECORD_CHANGED', edited(commentOf(3, a)), {}],
    ['a comment with another kind of key', 'PLAN_KEY_CHANGED', commentOf(3, a, { secrets: byState }), {}],
  ])('of %s signs nothing, so that running again does not accept it', async (_, code, comment, more) => {
    const { source, asked } = github({ 3: comment })
    const { failure, record, begun } = await reviewPlan(request(a, more), pull(3), source)
    expect([failure?.code, record, begun]).toEqual([code, undefined, undefined])
    // Earlier reviews do not make up for it, so they are not read.
    expect(asked).toEqual(['comment 3', 'commits 3..main'])
  })

  test('of an unsigned record keeps it unsigned', async () => {
    const { source } = github({ 3: commentOf(3, a, { secrets: byNothing }) })
    const { failure, record } = await reviewPlan(request(a, { secrets: byState }), pull(3), source)
    expect(failure?.code).toBe('PLAN_BEFORE_STATE')
    expect(record?.signer.mode).toBe('none')
    expect(findRecord(bodyOf(record), byState)?.integrity).toBe('unsigned')
  })

  test('of a commit without a pull request has no record, and reads no other one', async () => {
    const { source, asked } = github({ 3: commentOf(3, a) })
    const { failure, record, begun } = await reviewPlan(request(a), undefined, source)
    expect([failure?.code, record, begun]).toEqual(['PLAN_NOT_REVIEWED', undefined, undefined])
    expect(asked).toEqual(['commits 3..main'])
  })

  test('without access to GitHub is no error', async () => {
    const { failure } = await reviewPlan(request(a), pull(3), undefined)
    expect(failure?.sentence).toBe('Nobody has reviewed this plan: pull request #3 has no plan comment of this action.')
  })

  test('of a comment without a plan says so', async () => {
    const { source } = github({ 3: bodyOf(undefined) })
    const { failure } = await reviewPlan(request(a), pull(3), source)
    expect(failure?.sentence).toContain('the comment of this action on pull request #3 contains no plan')
  })
})

describe('the short hashes of a record', () => {
  const hashesOf = (secrets: Partial<PlanToApprove>['secrets'], form?: 1) => {
    const signer = createPlanSigner(secrets?.key ?? '', secrets?.lineage, undefined)
    const { changes } = fingerprintPlan(a, context, signer, text => text, form).digest('attributes')
    return JSON.stringify(changes)
  }
  test('depend on the key or the state, so that nobody can make two values alike; those of version 0.1 do not', () => {
    const all = [byKey, byState, byNothing, { ...byKey, key: 'another key of sixteen' }].map(each => hashesOf(each))
    expect(new Set(all).size).toBe(4)
    expect(hashesOf(byKey, 1)).toBe(hashesOf(byState, 1))
  })

  test('without a key are compared without one, when a newer pull request has a key', async () => {
    // The first apply of 2 made the state and did not finish; 3 was planned with that state.
    const begun = recordOf(2, a, { secrets: byNothing, life: applying(reviewed, merge(2), run) })
    const signed = signedWithState(begun, lineage)
    const { source } = github({ 2: bodyOf(signed), 3: commentOf(3, b, { secrets: byState }) })
    const { approval, failure } = await reviewPlan(request(both, { secrets: byState }), pull(3), source)
    expect([failure?.code, approval.outcome, approval.pullRequests]).toEqual([undefined, 'covered', [3, 2]])
    const other = planOf({ 'thing.a': ['1', '3'], 'thing.b': ['1', '2'] })
    expect((await reviewPlan(request(other, { secrets: byState }), pull(3), source)).failure?.code).toBe('PLAN_CHANGED')
  })
})

describe('a commit with a newer one behind it', () => {
  const merges = [1, 2, 3, 4, 5]
  const own = { 3: commentOf(3, a) }
  const done = { life: applied(merge(4), []) }
  const decide = async (
    comments: Readonly<Record<number, string>>,
    more: Partial<PlanToApprove> = {},
    options: Parameters<typeof github>[1] = {},
  ) => {
    const { source, asked } = github({ ...own, ...comments }, { merges, ...options })
    const { approval, failure } = await reviewPlan(request(a, more), pull(3), source)
    return { result: failure?.code ?? approval.outcome, sentence: failure?.sentence, asked }
  }

  test.each<[string, Written, string?]>([
    ['was applied', done],
    ['is being applied', { life: applying(reviewed, merge(4), run) }],
    ['was applied by another workflow', { ...done, binding: { ...binding, workflow: 'other.yml' } }],
  ])('that %s is superseded', async (_, more) => {
    const { result, sentence } = await decide({ 4: commentOf(4, b, more) })
    expect(result).toBe('COMMIT_SUPERSEDED')
    expect(sentence).toContain('pull request #4 was merged after it')
  })

  test.each<[string, string]>([
    ['was reviewed', commentOf(4, b)],
    ['was applied to another stack', commentOf(4, b, { ...done, binding: { ...binding, target: '<!-- other -->' } })],
    ['was applied in another repository', commentOf(4, b, { ...done, binding: { ...binding, repository: 'x/y' } })],
    ['has the record of another pull request', commentOf(5, b, done)],
    ['has an edited comment', edited(commentOf(4, b, done))],
    ['has a comment without a record', bodyOf(undefined)],
  ])('that %s is not superseded in its first run, and in a new run it is', async (_, comment) => {
    expect((await decide({ 4: comment })).result).toBe('reviewed')
    const again = { run: { run: 41, attempt: 2 } }
    const { result, sentence } = await decide({ 4: comment }, again)
    expect(result).toBe('COMMIT_SUPERSEDED')
    expect(sentence).toContain('This is a re-run for an earlier commit')
    expect((await decide({ 4: comment }, { ...again, approval: 'none' })).result).toBe('not required')
  })

  test('that was applied under the former name of the stack is superseded', async () => {
    const comment = commentOf(4, b, { ...done, binding: { ...binding, target: '<!-- old -->' } })
    expect((await decide({ 4: comment }, { formerTarget: '<!-- old -->' })).result).toBe('COMMIT_SUPERSEDED')
    expect((await decide({ 4: comment })).result).toBe('reviewed')
  })

  test('on the branch of the run is superseded, although the branch that it was merged into was moved back to it', async () => {
    const { source } = github({ ...own, 4: commentOf(4, b, done) }, { merges })
    const moved: ReviewSource = {
      ...source,
      commitsBetween: async (base, to) =>
        to === 'develop' ? { relation: 'same', commits: [] } : await source.commitsBetween(base, to),
    }
    const onBranch = async (branch: string) =>
      (await reviewPlan(request(a, { branch }), pull(3, { base: 'develop' }), moved)).failure?.code
    expect(await onBranch('main')).toBe('COMMIT_SUPERSEDED')
    // The ref of a pull request is not a branch that a newer commit could be on.
    expect(await onBranch('refs/pull/3/merge')).toBeUndefined()
    expect(await onBranch('develop')).toBeUndefined()
  })

  test('reads the newest records first, and none behind the first that was applied', async () => {
    const { asked } = await decide({ 4: commentOf(4, b, done), 5: commentOf(5, b, { life: applied(merge(5), []) }) })
    expect(asked).toEqual(['comment 3', 'commits 3..main', 'merged main', 'comment 5'])
    const applyingNow = await decide({ 5: commentOf(5, b, { life: applying(reviewed, merge(5), run) }) })
    expect(applyingNow.asked).not.toContain('comment 4')
  })

  test('reads thirty records at most, and none of earlier pull requests', async () => {
    const many = (newest: number) => Array.from({ length: newest }, (_, index) => index + 1)
    const { result, asked } = await decide({ 1: commentOf(1, b, done) }, {}, { merges: many(33) })
    expect(result).toBe('reviewed')
    expect(asked.slice(3)).toEqual(
      many(33)
        .slice(3)
        .toReversed()
        .map(number => `comment ${number}`),
    )
  })

  test('with more newer ones than are read is superseded, because one of them may be applied', async () => {
    const merges = Array.from({ length: 34 }, (_, index) => index + 1)
    const { result, sentence } = await decide({ 4: commentOf(4, b, done) }, {}, { merges })
    expect(result).toBe('COMMIT_SUPERSEDED')
    expect(sentence).toContain('more than 30 pull requests were merged into main after it')
    expect((await decide({}, { approval: 'none' }, { merges })).result).toBe('not required')
  })

  test('of a long branch is found by the order of the merges', async () => {
    const isLong = { isLong: true }
    const later = await decide({ 4: commentOf(4, b, done) }, {}, isLong)
    expect(later.sentence).toContain('pull request #4 was merged after it and was applied already')
    const own = await decide({ 3: commentOf(3, a, done), 2: commentOf(2, b, done) }, {}, isLong)
    expect(own.sentence).toContain('has hundreds of newer commits')
  })

  test('is looked for on the branch of its pull request, or else on the branch of the run', async () => {
    const { source, asked } = github({ 4: commentOf(4, b, done) }, { merges })
    await reviewPlan(request(a), pull(3, { base: 'release' }), source)
    expect(asked).toEqual(expect.arrayContaining(['commits 3..release', 'merged release']))
    const direct = github({ 4: commentOf(4, b, done) }, { merges })
    const { failure } = await reviewPlan(request(a), undefined, direct.source)
    expect(failure?.code).toBe('COMMIT_SUPERSEDED')
    expect(direct.asked.slice(0, 2)).toEqual(['commits 3..main', 'merged main'])
  })

  test('that left its branch reads no other record', async () => {
    const { result, sentence, asked } = await decide({}, {}, { isUnrelated: true })
    expect([result, sentence]).toEqual(['COMMIT_SUPERSEDED', `Commit bbbbbbb is not on the branch main any more.`])
    expect(asked).toEqual(['comment 3', 'commits 3..main'])
  })
})

describe('a plan with changes of an earlier pull request that was not applied', () => {
  const own = { 3: commentOf(3, a) }
  const decide = async (comments: Readonly<Record<number, string>>, options: Parameters<typeof github>[1] = {}) => {
    const { source, asked } = github(comments, options)
    const { approval, failure, begun } = await reviewPlan(request(both), pull(3), source)
    return { result: failure?.code ?? approval.outcome, pullRequests: approval.pullRequests, begun, asked }
  }

  test('is covered by both reviews, and keeps its own record', async () => {
    const { result, pullRequests, begun, asked } = await decide({ ...own, 2: commentOf(2, b) })
    expect([result, pullRequests]).toEqual(['covered', [3, 2]])
    expect(begun?.record.fingerprint).toBe(recordOf(3, a).record.fingerprint)
    expect(asked).toEqual(['comment 3', 'commits 3..main', 'merged main', 'comment 2', 'comment 1', 'commits 2..3'])
  })

  test('is covered by earlier reviews alone if its pull request does not concern this stack', async () => {
    const { result, pullRequests, begun } = await decide({ 2: commentOf(2, b), 1: commentOf(1, a) })
    expect([result, pullRequests]).toEqual(['covered', [2, 1]])
    expect(begun?.record.head).toBe(head(3))
  })

  test.each<[string, string]>([
    ['has no record', bodyOf(undefined)],
    ['was edited', edited(commentOf(2, a))],
    ['belongs to another stack', commentOf(2, a, { binding: { ...binding, target: '<!-- other -->' } })],
  ])('is covered by the review before a comment that %s', async (_, comment) => {
    expect((await decide({ ...own, 2: comment, 1: commentOf(1, b) })).result).toBe('covered')
  })

  test('is not covered by a review from before the last apply', async () => {
    const last = commentOf(2, a, { life: applied(merge(2), []) })
    const { result, asked } = await decide({ ...own, 2: last, 1: commentOf(1, b) })
    expect(result).toBe('PLAN_CHANGED')
    expect(asked).not.toContain('comment 1')
  })

  test('is not covered by a later review, or by any if its own merge is not in the list', async () => {
    const merges = [1, 2, 3, 4]
    expect((await decide({ ...own, 4: commentOf(4, b) }, { merges })).result).toBe('PLAN_CHANGED')
    const unlisted = await decide({ ...own, 2: commentOf(2, b) }, { listed: [1, 2] })
    expect(unlisted.result).toBe('PLAN_CHANGED')
    expect(unlisted.asked).toEqual(['comment 3', 'commits 3..main', 'merged main'])
  })

  test('is not covered after a force push that removed the earlier merge', async () => {
    const comments = { ...own, 2: commentOf(2, b) }
    expect((await decide(comments, { listed: [2, 3], merges: [3, 2] })).result).not.toBe('covered')
    // The oldest is still a part of the branch, and the newer one is not.
    const removed = { merges: [1, 3], listed: [1, 2, 3] }
    expect((await decide({ ...comments, 1: commentOf(1, a) }, removed)).result).toBe('PLAN_CHANGED')
    expect((await decide({ ...own, 2: commentOf(2, a), 1: commentOf(1, b) }, removed)).result).toBe('covered')
  })

  test('of a long branch is covered by the oldest review only', async () => {
    const isLong = { isLong: true }
    expect((await decide({ ...own, 2: commentOf(2, b) }, isLong)).result).toBe('covered')
    expect((await decide({ ...own, 2: commentOf(2, b), 1: commentOf(1, a) }, isLong)).result).toBe('PLAN_CHANGED')
  })

  test('reads ten earlier records at most', async () => {
    const merges = Array.from({ length: 14 }, (_, index) => index + 4)
    const { source, asked } = github({ 16: commentOf(16, a) }, { merges })
    await reviewPlan(request(both, { commit: merge(16) }), pull(16), source)
    const read = asked.filter(each => each.startsWith('comment')).map(each => Number(each.slice(8)))
    expect(read).toEqual([16, 17, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6])
  })
})

describe('a value with the commit', () => {
  const image = (commit: string) => planOf({ 'thing.a': ['1', `weather:${commit}`] })
  const comment = commentOf(3, image(head(3)), { context: { ...context, commits: [head(3)] } })
  const atMerge = { context: { ...context, commits: [merge(3)] } }

  test.each([
    ['the merged commit', merge(3), 'reviewed'],
    ['the reviewed commit', head(3), 'reviewed'],
    ['any other commit', merge(4), 'PLAN_CHANGED'],
  ])('of %s: %s is %s', async (_, commit, expected) => {
    const { source } = github({ 3: comment })
    const { approval, failure } = await reviewPlan(request(image(commit), atMerge), pull(3), source)
    expect(failure?.code ?? approval.outcome).toBe(expected)
  })

  test('that is deployed already is the reviewed one', async () => {
    const reviewedPlan = planOf({ 'thing.a': ['1', `weather:${head(3)}`], 'thing.b': ['1', '2'] })
    const now = planOf({ 'thing.a': [`weather:${merge(3)}`, `weather:${merge(3)}`], 'thing.b': ['1', '2'] })
    const { source } = github({ 3: commentOf(3, reviewedPlan, { context: { ...context, commits: [head(3)] } }) })
    const { approval } = await reviewPlan(request(now, atMerge), pull(3), source)
    expect(approval.outcome).toBe('covered')
  })
})

describe('a record of version 0.1', () => {
  const redact = (text: string) => text
  const signer = createPlanSigner(key, undefined, undefined)
  const { record } = recordOf(3, a)
  const { fingerprint, ...about } = record
  const former = createRecord(fingerprintPlan(a, context, signer, redact, 1), about)

  test('is compared in its form', async () => {
    expect(former.fingerprint).not.toBe(fingerprint)
    const { source } = github({ 3: bodyOf({ record: former, signer }) })
    expect((await reviewPlan(request(a), pull(3), source)).approval.outcome).toBe('reviewed')
  })

  test('that somebody edited does not choose the form', async () => {
    const { source } = github({ 3: edited(bodyOf({ record: former, signer })) })
    const { approval, failure } = await reviewPlan(request(a), pull(3), source)
    expect([failure?.code, approval.fingerprint]).toEqual(['PLAN_RECORD_CHANGED', fingerprint])
  })
})

describe('a sensitive value', () => {
  const secret = (to: string) => planOf({ 'thing.a': ['1', to] }, { after_sensitive: { input: true } })

  test.each([
    ['with plan-approval-key', byKey, byKey],
    ['with the state', byState, byState],
    ['before the first state', byNothing, byNothing],
  ])('%s is the reviewed one, and another one is not', async (_, before, now) => {
    const { source } = github({ 3: commentOf(3, secret('2'), { secrets: before }) })
    const same = await reviewPlan(request(secret('2'), { secrets: now }), pull(3), source)
    expect(same.approval.outcome).toBe('reviewed')
    expect(findRecord(bodyOf(same.begun), now)?.integrity).toBe('intact')
    expect(same.begun?.record).not.toHaveProperty('signedWith')
    const other = await reviewPlan(request(secret('3'), { secrets: now }), pull(3), source)
    expect(other.failure?.code).toBe('PLAN_CHANGED')
  })

  test('of a record from before the state, which the state has signed since, is compared with the salt of the record', async () => {
    const life = applying(reviewed, merge(3), { run: 40, attempt: 1 })
    const first = recordOf(3, secret('2'), { secrets: byNothing, life })
    const { source } = github({ 3: bodyOf(signedWithState(first, lineage)) })
    const { approval, begun } = await reviewPlan(request(secret('2'), { secrets: byState }), pull(3), source)
    expect(approval.outcome).toBe('reviewed')
    expect(begun?.record.signedWith).toBe('lineage')
    expect(findRecord(bodyOf(begun), byState)?.integrity).toBe('intact')
  })

  test('of a plan that nobody has to review is recorded with the state after a record from before the state', async () => {
    const first = signedWithState(recordOf(3, secret('2'), { secrets: byNothing }), lineage)
    const { source } = github({ 3: bodyOf(first) })
    const { begun } = await reviewPlan(request(secret('3'), { secrets: byState, approval: 'none' }), pull(3), source)
    expect(begun?.record).toMatchObject({ mode: 'none', signedWith: 'lineage' })
    expect(findRecord(bodyOf(begun), byState)?.integrity).toBe('intact')
  })

  test('of a fingerprint that a person approved is compared with the salt of the fingerprint', async () => {
    const { fingerprint: approval } = requestReview(request(secret('2'), { secrets: byNothing }), undefined).approval
    expect(approval).toMatch(/^scrypt:/)
    const decide = async (to: string) =>
      (await reviewPlan(request(secret(to), { secrets: byNothing, approval }), undefined, undefined)).approval.outcome
    expect(await decide('2')).toBe('approved-by-fingerprint')
    expect(await decide('3')).toBe('refused')
  })
})

describe('a merge queue', () => {
  test('goes on with the reviewed changes and those ahead of it, and reads one comment', async () => {
    const { source, asked } = github({ 3: commentOf(3, a) }, { merges: [1, 2, 3, 4] })
    const queued = async (json: PlanJson) => (await reviewQueuedPlan(request(json), pull(3), source)).approval.outcome
    expect([await queued(a), await queued(both), await queued(b)]).toEqual(['reviewed', 'reviewed', 'refused'])
    expect(asked).toEqual(['comment 3', 'comment 3', 'comment 3'])
  })
})

describe('the life of a record', () => {
  test('after an apply, a rollback and the first state', () => {
    const signed = recordOf(3, a)
    expect(asApplied(signed, merge(3), ['thing.a', 'thing.a'])).toEqual({
      ...signed,
      record: { ...signed.record, life: { stage: 'applied', commit: merge(3), tainted: ['thing.a'] } },
    })
    expect(asApplying(asApplied(signed, merge(3), []), merge(3), run)).toEqual({
      ...signed,
      record: { ...signed.record, life: { stage: 'applying', commit: merge(3), run: 41, attempt: 1 } },
    })
  })

  test('the state that an apply creates signs it, and not a record with a key', () => {
    const signed = recordOf(3, a)
    expect(signedWithState(signed, lineage)).toBe(signed)
    const unsigned = recordOf(3, a, { secrets: byNothing })
    const { record, signer } = signedWithState(unsigned, lineage)
    expect(record).toEqual({ ...unsigned.record, signedWith: 'lineage' })
    expect(findRecord(bodyOf({ record, signer }), byState)?.integrity).toBe('intact')
    expect(signedWithState({ record, signer }, 'another')).toEqual({ record, signer })
  })
})

describe('the images of a reviewed plan', () => {
  const imageOf = (number: number) => [{ variable: 'image', reference: `ghcr.io/acme/weather@sha256:${number}` }]

  test('are those of its record', async () => {
    const signed = recordOf(3, a, { images: imageOf(3) })
    const { images, record, why } = await readRecordedImages(request(a), pull(3), github({ 3: bodyOf(signed) }).source)
    expect([images, why]).toEqual([imageOf(3), undefined])
    expect(record?.record).toEqual(signed.record)
    expect(findRecord(bodyOf(record), byKey)?.integrity).toBe('intact')
    const without = await readRecordedImages(request(a), pull(3), github({ 3: commentOf(3, a) }).source)
    expect(without).toMatchObject({ images: [], record: { record: recordOf(3, a).record } })
  })

  test.each<[string, Readonly<Record<number, string>>, string]>([
    ['no comment', {}, 'Pull request #3 has no plan comment of this action.'],
    ['a comment without a plan', { 3: bodyOf(undefined) }, 'Pull request #3 has no plan comment of this action.'],
    [
      'the record of another commit',
      { 3: commentOf(3, a, { images: imageOf(3), commit: head(4) }) },
      'Nobody has reviewed the plan of the merged commit aaaaaaa: the plan comment on pull request #3 shows commit aaaaaaa.',
    ],
  ])('are not read from %s', async (_, comments, why) => {
    expect(await readRecordedImages(request(a), pull(3), github(comments).source)).toEqual({ images: [], why })
  })

  test('of earlier merges are read newest first, ten at most', async () => {
    const merges = Array.from({ length: 14 }, (_, index) => index + 1)
    const comments = Object.fromEntries(merges.map(n => [n, commentOf(n, a, { images: imageOf(n) })]))
    const { source, asked } = github({ ...comments, 11: edited(comments[11] ?? '') }, { merges })
    const expected = [12, 10, 9, 8, 7, 6, 5, 4, 3].flatMap(imageOf)
    expect(await readEarlierImages(request(a), pull(13), source)).toEqual(expected)
    expect(asked).toEqual(['merged main', ...[12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map(n => `comment ${n}`)])
    // The newest merge has every other one before it.
    expect(await readEarlierImages(request(a), pull(14), source)).toEqual(
      [13, 12, 10, 9, 8, 7, 6, 5, 4].flatMap(imageOf),
    )
    asked.length = 0
    expect(await readEarlierImages(request(a), pull(20), source)).toEqual([])
    expect(asked).toEqual(['merged main'])
  })
})

describe('a record has as much detail as its comment has room for', () => {
  const signer = createPlanSigner(key, undefined, undefined)
  const { outline: _, fingerprint: _fingerprint, ...about } = recordOf(3, a).record
  /** A plan of this many updates with this many attributes each, and a record of it. */
  const detailOf = (changes: number, attributes: number, textOf: (index: number) => string) => {
    const values = (index: number) =>
      Object.fromEntries(Array.from({ length: attributes }, (_, n) => [`v${n}`, textOf(index * attributes + n)]))
    const resource_changes = Array.from(
      { length: changes },
      (_, index): ResourceChange => ({
        address: `thing.a[${index}]`,
        mode: 'managed',
        type: 'thing',
        change: { actions: ['create'], before: null, after: values(index) },
      }),
    )
    const plan = fingerprintPlan({ format_version: '1.2', resource_changes }, context, signer, text => text)
    const { outline } = createRecord(plan, about) as PlanRecord
    return outline.changes === undefined ? 'nothing' : outline.changes[0]?.values ? 'attributes' : 'addresses'
  }
  test.each([
    [10, 10, 'attributes'],
    [100, 20, 'addresses'],
    [1_000, 1, 'addresses'],
    [2_400, 0, 'nothing'],
    [2_501, 1, 'nothing'],
  ])('%i changes with %i attributes of many values: %s', (changes, attributes, expected) => {
    expect(detailOf(changes, attributes, String)).toBe(expected)
  })

  test.each([
    [500, 4, 'attributes'],
    [500, 5, 'addresses'],
  ])(
    '%i changes with %i attributes of one value: %s, because 2,500 digests are the most',
    (changes, attributes, expected) => {
      expect(detailOf(changes, attributes, () => 'same')).toBe(expected)
    },
  )
})
