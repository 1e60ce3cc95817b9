/** Whether credentials last, with a clock of the test's own. */
import { expect, test } from 'vitest'
import { decideCredentialLifetime, neededMs } from '../../../src/platforms/aws/credentials.ts'

const minute = 60_000
const now = Date.parse('2026-11-22T20:00:00Z')
const judge = (minutesLeft: number) => decideCredentialLifetime(now + minutesLeft * minute, now, 30 * minute)

test('what an apply may need is its allowance, the wait for what it deploys, and the gate', () => {
  const needed = (command: string) =>
    neededMs({ command, watchMs: 15 * minute, mcp: { timeoutMs: 5 * minute } }) / minute
  expect(needed('apply')).toBe(30)
  expect(needed('destroy')).toBe(10)
})

test('nothing is said of what is not known, and of what lasts', () => {
  expect(decideCredentialLifetime(undefined, now, 30 * minute)).toEqual({})
  expect(judge(30)).toEqual({})
})

test.each([
  [-61, /^The AWS credentials ended at 2026-11-22T18:59:00Z, 61 minutes ago: nothing was begun/],
  [0, /^The AWS credentials ended at 2026-11-22T20:00:00Z, less than a minute ago/],
  [4.99, /^The AWS credentials end at 2026-11-22T20:04:59Z, 4 minutes from now: nothing was begun/],
])('%d minutes are too few: nothing is begun', (left, sentence) => {
  const { failure, warning } = judge(left)
  expect(failure).toMatchObject({ code: 'CREDENTIALS_EXPIRE', sentence: expect.stringMatching(sentence) })
  expect(failure?.fix).toContain('raise role-duration-seconds')
  expect(warning).toBeUndefined()
})

test.each([5, 29.9])('%d minutes may be too few: a warning with both numbers', left => {
  const { failure, warning } = judge(left)
  expect(failure).toBeUndefined()
  expect(warning).toContain(`${Math.floor(left)} minutes from now, and this run may need them for 30 minutes.`)
})
