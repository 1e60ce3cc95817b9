/** Requests to apply a pull request before its merge: what is carried out, and each neighbour of it that is refused. */
import { describe, expect, test } from 'vitest'
import {
  decisiveReviewers,
  type RequestFacts,
  type Review,
  unmergedFailure,
  whyRequestRefused,
} from '../../src/approval/request.ts'

const head = '1'.repeat(40)
const older = '2'.repeat(40)
const at = (minute: number) => `2026-01-01T12:${String(minute).padStart(2, '0')}:00Z`
const approval: Review = { by: 'bob', state: 'approved', commit: head, at: at(10) }

const accepted: RequestFacts = {
  request: { by: 'alice', at: at(20) },
  pullRequest: {
    number: 7,
    isOpen: true,
    head,
    base: 'main',
    fromFork: false,
    fromDependabot: false,
    author: 'alice',
    mergeability: 'clean',
  },
  checkedOut: head,
  access: 'write',
  containsBase: true,
  reviews: [approval],
  reviewers: new Map([
    ['bob', 'write'],
    ['carol', 'admin'],
    ['mallory', 'read'],
  ]),
  planned: at(5),
}
const withPull = (more: Partial<RequestFacts['pullRequest']>) => ({ pullRequest: { ...accepted.pullRequest, ...more } })
const refusal = (more: Partial<RequestFacts>) => whyRequestRefused({ ...accepted, ...more })

test.each<[string, Partial<RequestFacts>]>([
  ['a comment after an approval of the last commit and its plan', {}],
  ['by an administrator', { access: 'admin' }],
  ['with a failed check that is not required', withPull({ mergeability: 'unstable' })],
  [
    'with an approval in the same second as the plan and the comment',
    { planned: at(10), request: { by: 'alice', at: at(10) } },
  ],
  ['while an apply of this plan has begun, whose comment is newer than the approval', { planned: undefined }],
  [
    'after requested changes that the same person approved later',
    { reviews: [{ ...approval, state: 'changes-requested' }, approval] },
  ],
  [
    'with changes that somebody without write access requested',
    { reviews: [{ ...approval, by: 'mallory', state: 'changes-requested' }, approval] },
  ],
  ['with a second approval of an older commit', { reviews: [{ ...approval, by: 'carol', commit: older }, approval] }],
])('%s is carried out', (_, more) => {
  expect(refusal(more)).toBeUndefined()
})

test.each<[string, string, Partial<RequestFacts>, RegExp]>([
  ['by somebody who may only read or triage', 'APPLY_NOT_PERMITTED', { access: 'read' }, /alice .* no write access/],
  ['by a stranger', 'APPLY_NOT_PERMITTED', { access: 'none' }, /no write access/],
  ['for a fork', 'APPLY_CODE_UNTRUSTED', withPull({ fromFork: true }), /from a fork/],
  ['for Dependabot', 'APPLY_CODE_UNTRUSTED', withPull({ fromDependabot: true }), /from Dependabot/],
  ['after the merge', 'APPLY_NOT_OPEN', withPull({ isOpen: false }), /not open any more/],
  ['after another commit was pushed', 'APPLY_HEAD_MOVED', { checkedOut: older }, /Commit 2222222 is checked out/],
  ['while main has a newer commit', 'APPLY_BEHIND', { containsBase: false }, /newest commit of main/],
  ['while GitHub says behind', 'APPLY_BEHIND', withPull({ mergeability: 'behind' }), /newest commit of main/],
  ['without a review', 'APPLY_NOT_APPROVED', { reviews: [] }, /nobody else with write access/],
  ['with an approval of the author', 'APPLY_NOT_APPROVED', withPull({ author: 'bob' }), /nobody else/],
  [
    'with an approval of somebody without write access',
    'APPLY_NOT_APPROVED',
    { reviews: [{ ...approval, by: 'mallory' }] },
    /nobody else/,
  ],
  [
    'with an approval of somebody whose access was not read',
    'APPLY_NOT_APPROVED',
    { reviewers: new Map() },
    /nobody else/,
  ],
  [
    'with an approval that was dismissed',
    'APPLY_NOT_APPROVED',
    { reviews: [approval, { ...approval, state: 'dismissed' }] },
    /nobody else/,
  ],
  [
    'with an approval of an older commit',
    'APPLY_NOT_APPROVED',
    { reviews: [{ ...approval, commit: older }] },
    /for commit 2222222/,
  ],
  ['with an approval of an earlier plan', 'APPLY_NOT_APPROVED', { planned: at(11) }, /newer than the approval/],
  ['before the approval', 'APPLY_NOT_APPROVED', { request: { by: 'alice', at: at(9) } }, /older than the approval/],
  [
    'with changes that another reviewer requested',
    'APPLY_NOT_APPROVED',
    { reviews: [approval, { ...approval, by: 'carol', state: 'changes-requested' }] },
    /carol requested changes/,
  ],
  [
    'with changes that somebody requested whose access was not read',
    'APPLY_NOT_APPROVED',
    { reviews: [approval, { ...approval, by: 'dave', state: 'changes-requested' }] },
    /dave requested changes/,
  ],
  ['that the rules of the branch block', 'APPLY_NOT_MERGEABLE', withPull({ mergeability: 'blocked' }), /"blocked"/],
  ['with a conflict', 'APPLY_NOT_MERGEABLE', withPull({ mergeability: 'dirty' }), /"dirty"/],
  ['that is a draft', 'APPLY_NOT_MERGEABLE', withPull({ mergeability: 'draft' }), /"draft"/],
  [
    'of which GitHub does not know whether it can be merged',
    'APPLY_NOT_MERGEABLE',
    withPull({ mergeability: 'unknown' }),
    /"unknown"/,
  ],
])('%s: %s', (_, code, more, sentence) => {
  const failure = refusal(more)
  expect(failure).toMatchObject({ code, sentence: expect.stringMatching(sentence) })
  expect(failure?.fix).not.toBe('')
})

describe('what is read', () => {
  test('the access of reviewers whose last review decides', () => {
    const reviews: Review[] = [
      approval,
      { ...approval, by: 'carol', state: 'changes-requested' },
      { ...approval, by: 'dave', state: 'dismissed' },
    ]
    expect(decisiveReviewers({ reviews })).toEqual(['bob', 'carol'])
  })

  test('every pull request that is applied and not merged is named', () => {
    expect(unmergedFailure([3, 9])).toMatchObject({
      code: 'APPLY_OTHER_UNMERGED',
      sentence: expect.stringMatching(/#3, #9/),
    })
  })
})
