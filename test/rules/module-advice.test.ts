import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findingsOf } from '../../src/rules/findings.ts'
import { adviceForStack, moduleAdvice } from '../../src/rules/module-advice.ts'
import { ruleNames } from '../../src/rules/names.ts'
import { parseHcl } from '../../src/terraform/hcl.ts'
import type { PlanJson } from '../../src/terraform/json.ts'
import { shippedModules } from '../../src/terraform/names.ts'

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test.each(Object.entries(moduleAdvice))(
  'the advice for %s names variables and settings that the module has',
  (stack, advice) => {
    const source = file(`terraform/${stack}/variables.tf`)
    const variables = parseHcl(source).blocks.flatMap(({ type, labels }) => (type === 'variable' ? labels : []))
    for (const sentence of Object.values(advice)) {
      const settings = [...sentence.matchAll(/\b([a-z_]+)\.([a-z_]+)\b/g)].map(
        ([, variable = '', field = '']) => [variable, field] as const,
      )
      for (const [variable, field] of settings) {
        expect(variables).toContain(variable)
        expect(source).toMatch(new RegExp(`\\b${field}\\s*=\\s*(?:optional\\(|string|set\\()`))
      }
      for (const [, name = ''] of sentence.matchAll(/\bthe variables? ([a-z_]+)/g)) expect(variables).toContain(name)
    }
  },
)

test('every shipped module that the action plans has advice, and every rule ends in something to do', () => {
  expect(Object.keys(moduleAdvice).every(stack => (shippedModules as readonly string[]).includes(stack))).toBe(true)
  for (const stack of shippedModules)
    for (const rule of ruleNames) expect(adviceForStack(stack, rule)).toMatch(/^[A-Z].{20,}\.$/)
})

test('a finding in a shipped module names its variable, and elsewhere the argument', () => {
  const json = JSON.parse(file('test/fixtures/rules/minimal-created.json')) as PlanJson
  const fixes = (stack: string | undefined) =>
    findingsOf(json, { endpoint: undefined, transport: 'auto', stack }, [], '').map(
      ({ rule, fix }) => `${rule}: ${fix}`,
    )
  expect(fixes('ecs')).toContain(
    'deletion-protection-off: Set load_balancer.deletion_protection = true. For a trial, leave it off.',
  )
  expect(fixes(undefined)).toContain(
    'deletion-protection-off: Set enable_deletion_protection = true. For a trial, leave it off.',
  )
})
