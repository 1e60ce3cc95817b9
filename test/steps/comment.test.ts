import { expect, test } from 'vitest'
import type { GitHub, PostedComment } from '../../src/clients/github.ts'
import { ServiceError } from '../../src/errors.ts'
import type { Report } from '../../src/report/report.ts'
import { comment, wantsComment } from '../../src/steps/comment.ts'

const base: Report = {
  command: 'plan',
  target: { stack: undefined, directory: 'infra', workspace: undefined },
  commit: '0123456789abcdef',
  runUrl: 'https://github.com/acme/infra/actions/runs/1',
  warnings: [],
  phases: [],
}
const plan = (hasChanges: boolean): Partial<Report> => ({ plan: { hasChanges } as NonNullable<Report['plan']> })
const failure = { code: '', sentence: 'It failed.', fix: '', phase: 'plan', remedy: undefined } as const

test.each([
  ['never', 'a failure', { failure }, 'nothing'],
  ['always', 'a plan without changes', plan(false), 'write'],
  ['changes', 'a plan without changes', plan(false), 'update'],
  ['changes', 'a plan with changes', plan(true), 'write'],
  ['changes', 'a plan that failed before it was made', { failure }, 'write'],
  ['changes', 'a plan without changes that failed', { ...plan(false), failure }, 'write'],
  ['changes', 'an apply without changes', { ...plan(false), command: 'apply' }, 'write'],
] as const)('%s: %s', (mode, _, report, wanted) => {
  expect(wantsComment(mode, { ...base, ...report } as Report)).toBe(wanted)
})

/** A GitHub that answers with these statuses in turn; 0 is success. */
function github(...statuses: number[]) {
  const bodies: string[] = []
  const upsertComment = async (_pull: number, _marker: string, body: string): Promise<PostedComment> => {
    bodies.push(body)
    const status = statuses[bodies.length - 1] ?? 0
    if (status !== 0) throw new ServiceError('no', { cause: { status } })
    return { id: 1, url: 'https://github.com/acme/infra/pull/7#issuecomment-1' }
  }
  return { fake: { upsertComment } as unknown as GitHub, bodies }
}

const long = { ...base, failure: { ...failure, sentence: `It failed.\n${'because of this\n'.repeat(4_000)}` } }

test('a comment that GitHub finds too long is tried shorter, with the same marker and what matters', async () => {
  const { fake, bodies } = github(422)
  expect(await comment(fake, 7, long, '<!-- marker -->', 'write', undefined)).toMatchObject({ id: 1 })
  const [whole = '', short = ''] = bodies
  expect(bodies).toHaveLength(2)
  expect(whole.length).toBeGreaterThan(8_000)
  expect(short.length).toBeLessThanOrEqual(8_000)
  expect(short).toMatch(/^<!-- marker -->\n/)
  expect(short).toContain('It failed.')
})

test.each([[[422, 422]], [[403]], [[500]]])('a comment that cannot be posted (%j) is an error', async statuses => {
  const { fake, bodies } = github(...statuses)
  await expect(comment(fake, 7, long, '<!-- marker -->', 'write', undefined)).rejects.toThrow(ServiceError)
  expect(bodies).toHaveLength(statuses.length)
})
