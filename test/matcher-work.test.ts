/** How the work of a matcher grows. It is a file of its own, because a time is measured with nothing else in its process. */
import { expect, test } from 'vitest'
import { Matcher } from '../src/matcher.ts'

test('the work grows with the text and not faster, whatever text and words are', () => {
  const matcher = new Matcher([`${'a'.repeat(2_000)}b`, 'a'.repeat(500), `${'a '.repeat(300)}x`])
  const time = (text: string): number => {
    const runs = Array.from({ length: 5 }, () => {
      const start = process.cpuUsage()
      matcher.find(text)
      const { user, system } = process.cpuUsage(start)
      return user + system
    })
    return Math.min(...runs)
  }
  for (const unit of ['a', 'a \n│ ']) {
    const text = unit.repeat(50_000 / unit.length)
    time(text)
    // Twenty times the text takes 20 to 80 times as long, because of the memory. A quadratic search takes 400 times as long.
    expect(time(text.repeat(20))).toBeLessThan(200 * Math.max(1_000, time(text)))
  }
})
