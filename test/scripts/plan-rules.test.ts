import { expect, test } from 'vitest'
import { planRules } from '../../scripts/plan-rules.ts'
import { ruleSections, rules } from '../../src/rules/all.ts'
import { ruleNames } from '../../src/rules/names.ts'
import { elements, renderTree, text } from '../support/render.ts'

test('every rule has a heading that a link can name, and all that is known of it', async () => {
  const tree = await renderTree(planRules(ruleSections))
  const headings = [...elements(tree)].filter(({ tagName }) => tagName === 'h3').map(each => text(each))
  expect(headings).toEqual([...ruleNames])
  const page = text(tree)
  for (const { severity, finds } of Object.values(rules)) {
    expect(page).toContain(`${severity}. ${finds.replaceAll('`', '')}`)
  }
})

test('names are what GitHub makes the anchor of, and stay in the file', () => {
  for (const name of ruleNames) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
  for (const { finds, why, instead } of Object.values(rules)) {
    for (const sentence of [finds, why, instead]) expect(sentence).toMatch(/^[A-Z].*\.$/s)
  }
})
