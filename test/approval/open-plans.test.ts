/** Whose plans are read after an apply, how many requests that takes, and which of them are stale. */
import { expect, test } from 'vitest'
import { digestOf } from '../../src/approval/digest.ts'
import type { NormalizedChange } from '../../src/approval/fingerprint.ts'
import { maxOpenPlans, readOpenPlans, stalePlansOf } from '../../src/approval/open-plans.ts'
import { type Binding, type PlanRecord, recordLine } from '../../src/approval/record.ts'
import { createPlanSigner, type PlanSigner, saltedSigner } from '../../src/approval/signer.ts'

const lineage = '6f1a4c2e-0000-4000-8000-000000000001'
const signer = createPlanSigner('', lineage, undefined)
const here = { repository: 'acme/infra', workflow: '.github/workflows/deploy.yml', target: '<!-- ecs -->' }
const request = { binding: here, formerTarget: undefined, secrets: { key: '', lineage } }
const change = (x: string, before: string): NormalizedChange => ({
  address: 'a.turned',
  actions: 'update',
  notes: {},
  before: { x: before },
  after: { x },
})
const outline = (...changes: NormalizedChange[]) => digestOf({ settings: {}, changes }, text => text, 'attributes')

function commentOf(
  number: number,
  {
    binding = {},
    by = signer,
    life = { stage: 'reviewed' },
  }: {
    binding?: Partial<Binding>
    by?: PlanSigner
    life?: PlanRecord['life']
  } = {},
): string {
  const record: PlanRecord = {
    version: 2,
    fingerprint: 'sha256:0',
    mode: by.mode,
    binding: { ...here, pullRequest: number, ...binding },
    head: `head-${number}`,
    runUrl: 'https://github.com/acme/infra/actions/runs/1',
    outline: outline(change('3', '1')),
    life,
  }
  const body = '<!-- ecs -->\nThe plan'
  const [first, ...rest] = body.split('\n')
  return [first, recordLine(body, { record, signer: by }), ...rest].join('\n')
}

async function read(comments: Record<number, string | undefined>, heads: Record<number, string> = {}) {
  const asked: number[] = []
  const open = await readOpenPlans(request, 'main', 12, {
    openPullRequests: async () =>
      Object.keys(comments).map(number => ({
        number: Number(number),
        head: heads[Number(number)] ?? `head-${number}`,
      })),
    readFirstComments: async number => {
      asked.push(number)
      return comments[number]
    },
  })
  return { open, asked }
}
const done = { outline: outline(change('2', '1')), tainted: [], createdState: false }
const numbers = (plans: readonly { number: number }[]) => plans.map(({ number }) => number)

test('only pull requests with an intact record of this stack count, and the run’s own one is not read', async () => {
  const { open, asked } = await read({
    1: commentOf(1),
    2: undefined,
    3: commentOf(3, { binding: { target: '<!-- other -->' } }),
    4: commentOf(4).replace('The plan', 'Another plan'),
    5: commentOf(5, { binding: { pullRequest: 1 } }),
    6: commentOf(6, { by: createPlanSigner('a key of sixteen characters', undefined, undefined) }),
    7: commentOf(7, { binding: { workflow: '.github/workflows/plan.yml' } }),
    12: commentOf(12),
  })
  expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(numbers(stalePlansOf(open, done))).toEqual([1, 7])
})

test('a plan from before there was a state is stale whatever it changes; one of a newer commit is not made yet', async () => {
  const { open } = await read({ 1: commentOf(1, { by: saltedSigner() }), 2: commentOf(2) }, { 2: 'newer' })
  const other = { outline: outline(), tainted: [], createdState: false }
  expect(numbers(stalePlansOf(open, other))).toEqual([1])
  expect(numbers(stalePlansOf(open, done))).toEqual([1])
})

test('with a hundred open pull requests a fixed number of comments is read, and the others are counted', async () => {
  const comments = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [100 + index, commentOf(100 + index)]))
  const { open, asked } = await read(comments)
  expect(asked).toHaveLength(maxOpenPlans)
  expect(open.unread).toBe(99 - maxOpenPlans)
})
