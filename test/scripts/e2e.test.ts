/** The script behind the end-to-end workflow: what it takes for right, and that the workflow asks for nothing else. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { differences, expectations } from '../../scripts/e2e.ts'

interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}
const workflow = parse(readFileSync(new URL('../../.github/workflows/e2e.yml', import.meta.url), 'utf8')) as {
  jobs: Record<string, { steps: Step[] }>
}
const steps = Object.values(workflow.jobs).flatMap(job => job.steps)

test('what differs is named, and JSON is compared as JSON', () => {
  const expected = { outcome: 'failure', outputs: { gate: 'failed', tainted: ['a'], 'gate-code': '' } } as const
  const right = { gate: 'failed', tainted: '[ "a" ]', 'gate-code': '', more: 'x' }
  expect(differences(expected, { outcome: 'failure', outputs: right })).toEqual([])
  expect(differences(expected, { outcome: 'success', outputs: { ...right, tainted: '[]' } })).toEqual([
    'outcome is success, not failure',
    'tainted is [], not ["a"]',
  ])
  expect(differences(expected, { outcome: 'failure', outputs: { gate: 'passed', tainted: 'no JSON' } })).toEqual([
    'gate is passed, not failed',
    'tainted is no JSON, not ["a"]',
    'gate-code is undefined, not ',
  ])
})

test('each run of the action is checked in the step after it, by its own outcome and outputs', () => {
  const unchecked = steps.flatMap(({ uses, id = '' }, index) => {
    if (uses !== './') return []
    const { run = '', env = {} } = steps[index + 1] ?? {}
    const isChecked = run.startsWith('node scripts/e2e.ts check ')
    const reads = env.OUTCOME?.includes(`steps.${id}.outcome`) && env.OUTPUTS?.includes(`steps.${id}.outputs`)
    return isChecked && reads ? [] : [id]
  })
  expect(unchecked).toEqual([])
  expect(steps.filter(({ uses }) => uses === './').length).toBeGreaterThan(5)
})

test('the workflow checks for what the script expects, all of it and nothing else', () => {
  const asked = steps.flatMap(({ run = '', env = {} }) => {
    const [, name = ''] = /^node scripts\/e2e\.ts check "?([^"]+)"?$/.exec(run) ?? []
    const choices = [...(env.STEP ?? '').matchAll(/'(\w+)'/g)].map(([, choice = '']) => choice)
    return name === '$STEP' ? choices.filter(choice => choice !== 'true') : name === '' ? [] : [name]
  })
  expect([...new Set(asked)].sort()).toEqual(Object.keys(expectations).sort())
})
