import { describe, expect, test } from 'vitest'
import { applied, applying, type Life, readLife, reviewed } from '../../src/approval/life.ts'

const [here, there] = ['c'.repeat(40), 'd'.repeat(40)]
const run = { run: 7, attempt: 2 }
const begun = { stage: 'applying', commit: here, ...run } as const

describe('when an apply starts', () => {
  test.each<[string, Life, Life]>([
    ['a reviewed record is applying', reviewed, begun],
    ['an apply that ended early is applying again', { ...begun, run: 1, attempt: 1 }, begun],
    ['a record that was applied elsewhere is applying', applied(there, ['a.b']), begun],
    ['a record that was applied here stays applied', applied(here, ['a.b']), applied(here, ['a.b'])],
  ])('%s', (_, life, expected) => {
    expect(applying(life, here, run)).toEqual(expected)
  })
})

test('after an apply the tainted addresses are kept, each once', () => {
  expect(applied(here, ['a.b', 'a.c', 'a.b'])).toEqual({ stage: 'applied', commit: here, tainted: ['a.b', 'a.c'] })
  expect(applied(here, [])).toEqual({ stage: 'applied', commit: here, tainted: [] })
})

describe('a life is read only in the shape in which it is written', () => {
  test.each<[string, unknown]>([
    ['a reviewed one', reviewed],
    ['an applying one', begun],
    ['an applied one', applied(here, ['a.b', 'a.c'])],
    ['an applied one without taints', applied(here, [])],
  ])('%s', (_, life) => {
    expect(readLife(life)).toEqual(life)
    expect(readLife({ ...(life as object), more: 1 })).toEqual(life)
  })

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'reviewed'],
    ['a list', ['reviewed']],
    ['an unknown stage', { ...begun, stage: 'done', tainted: [] }],
    ['the stage of another shape', { stage: 'applied', commit: here, ...run }],
    ['applying without a commit', { ...begun, commit: undefined }],
    ['applying with a commit that is not a text', { ...begun, commit: 1 }],
    ['applying without a run', { ...begun, run: '7' }],
    ['applying without an attempt', { ...begun, attempt: undefined }],
    ['applied without a commit', { ...applied(here, []), commit: undefined }],
    ['applied with one taint that is not a text', { ...applied(here, []), tainted: ['a.b', 1] }],
    ['applied with taints that are not a list', { ...applied(here, []), tainted: 'a.b' }],
  ])('%s is none', (_, life) => {
    expect(readLife(life)).toBeUndefined()
  })
})
