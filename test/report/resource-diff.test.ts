import { describe, expect, test } from 'vitest'
import { md } from '../../src/report/markdown.ts'
import { resourceDiff, wholePlanLink } from '../../src/report/resource-diff.ts'
import { diffLines } from '../../src/terraform/diff.ts'

const wholePlan = wholePlanLink('a plan', 'https://github.com/acme/weather/actions/runs/1')
const lines = (before: object, after: object) =>
  diffLines({ actions: ['update'], before, after }, 'update', text => text)
const many = (word: string) => Array.from({ length: 500 }, (_, n) => `${word} ${n}`)

/** A resource with a thousand changed members of a list, some tags, and the change of an image and a setting. */
const large = lines(
  { list: many('old'), tags: { a: '1' }, image: 'x:1', zone: 'a' },
  { list: many('new'), tags: { a: '2' }, image: 'x:2', zone: 'b' },
)

describe('a resource that is cut', () => {
  test('keeps what decides, says of which attributes lines are missing, and links the whole plan', () => {
    const text = String(resourceDiff(large, wholePlan))
    for (const line of ['- image = "x:1"', '+ image = "x:2"', '- zone = "a"', '+ zone = "b"'])
      expect(text).toContain(line)
    expect(text.length).toBeLessThan(9_500)
    expect(text).toContain(
      'Not shown here: 884 lines of `list`, 2 lines of `tags`. Read the [whole plan](https://github.com/acme/weather/actions/runs/1) in the summary of the run.',
    )
  })

  test('shows only what decides where there is little room', () => {
    const text = String(resourceDiff(large, wholePlan, 'deciding'))
    expect(text).toContain('+ image = "x:2"')
    expect(text).not.toContain('list[')
    expect(text).toContain('Not shown here: 1000 lines of `list`, 2 lines of `tags`.')
  })

  test('says when lines that decide have no room either', () => {
    const settings = (word: string) => Object.fromEntries(many(word).map((text, n) => [`setting${n}`, text.repeat(20)]))
    expect(String(resourceDiff(lines(settings('old'), settings('new')), wholePlan))).toMatch(
      /⚠️ \d+ of these lines decide\./,
    )
  })

  test('says when parts of a long value are not shown', () => {
    const text = String(resourceDiff(lines({}, { a: 'x'.repeat(2_000) }), wholePlan))
    expect(text).toContain('Not shown here: parts of 1 long line.')
  })
})

test('a resource that is whole has no such sentence', () => {
  expect(String(resourceDiff(lines({ a: 1 }, { a: 2 }), wholePlan))).toBe('```diff\n- a = 1\n+ a = 2\n```')
  expect(String(resourceDiff([], md``))).toBe('No attribute changes.')
})

test('the whole plan is in the file, if the summary cannot hold it', () => {
  expect(String(wholePlanLink('x'.repeat(1_000_000), 'https://github.com/a/b/actions/runs/1'))).toContain('plan.txt')
})
