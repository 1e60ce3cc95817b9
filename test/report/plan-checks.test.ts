import { expect, test } from 'vitest'
import { planChecksSection } from '../../src/report/plan-checks.ts'
import type { PlanCheckResult } from '../../src/terraform/plan-checks.ts'

const result = (name: string, outcome: PlanCheckResult['outcome'], output = ''): PlanCheckResult => ({
  name,
  outcome,
  observed: `exit code ${outcome === 'passed' ? 0 : 2}`,
  output,
})

test('nothing is shown without a check', () => {
  expect(String(planChecksSection(undefined, 10_000))).toBe('')
  expect(String(planChecksSection([], 10_000))).toBe('')
})

test('each check has its line, and its output is collapsed below it', () => {
  const page = String(
    planChecksSection([result('policy', 'failed', 'FAIL - plan.json'), result('cost', 'warned')], 10_000),
  )
  expect(page).toMatch(/^### Plan checks\n\n❌ \*\*policy\*\* failed: exit code 2\n\n<details>/)
  expect(page).toContain('FAIL - plan.json')
  expect(page).toMatch(/<\/details>\n\n⚠️ \*\*cost\*\* warns: exit code 2$/)
})

test('output of a tool stays text, whatever it is', () => {
  const hostile = '````\n</details><img src=x> @acme/admins\n::error::x'
  const page = String(planChecksSection([result('<b>policy</b>', 'failed', hostile)], 10_000))
  expect(page).toMatch(/~~~\n````\n<\/details>.*\n::error::x\n~~~/)
  expect(page).not.toContain('<b>')
})

test('the outputs fit into the budget, those of failed checks first, and every check keeps its line', () => {
  const long = Array.from({ length: 2_000 }, (_, n) => `line ${n}`).join('\n')
  const results = [...Array(9).keys()].map(n => result(`check-${n}`, n === 8 ? 'failed' : 'passed', long))
  for (const budget of [2_000, 5_000, 20_000]) {
    const page = planChecksSection(results, budget)
    expect(page.length).toBeLessThanOrEqual(budget)
    for (const { name } of results) expect(String(page)).toContain(`**${name}**`)
  }
  expect(String(planChecksSection(results, 2_000))).toContain('line 0')
  expect(String(planChecksSection(results, 100))).toBe('')
})
