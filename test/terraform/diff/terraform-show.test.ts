/** The diff against Terraform's own text of the same plans: what it shows as changed, and nothing else. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { secrets } from '../../../src/log.ts'
import { renderSummary } from '../../../src/report/summary.ts'
import { readYaml } from '../../../src/terraform/diff/yaml.ts'
import type { PlanJson } from '../../../src/terraform/json.ts'
import { readPlan } from '../../../src/terraform/plan.ts'
import { visible } from '../../../src/text.ts'
import { planReport, type ShownPlan } from '../../support/reports.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/plans')

/** The attributes that Terraform's text marks as changed, by the address of the resource. */
function shownByTerraform(text: string): Map<string, Set<string>> {
  const byAddress = new Map<string, Set<string>>()
  let attributes: Set<string> | undefined
  const [, actions = ''] = text.split(/(?:Terraform|OpenTofu) will perform the following actions:/)
  for (const line of actions.split('\nChanges to Outputs:')[0]?.split('\n') ?? []) {
    const address = /^ {2}# ([^(].*?) (?:will|must|is|has) /.exec(line)?.[1]
    if (address !== undefined) {
      attributes = byAddress.get(address) ?? new Set()
      byAddress.set(address, attributes)
    }
    const name = /^ {6}[-+~] (\S+)(?: +=| \{)/.exec(line)?.[1]
    if (name !== undefined) attributes?.add(name)
  }
  return byAddress
}

/** Attributes that differ, but say nothing new: an empty list for none, and `tags_all` that repeats `tags`. */
function isRepetition(json: PlanJson, address: string, name: string): boolean {
  const change = json.resource_changes?.find(each => each.address === address)?.change
  const [before, after] = [change?.before, change?.after].map(
    side => (side as Record<string, unknown> | null | undefined)?.[name] ?? null,
  )
  const isEmpty = (side: unknown) => side === null || (typeof side === 'object' && Object.keys(side).length === 0)
  return name === 'tags_all' || (isEmpty(before) && isEmpty(after))
}

/** The plans that Terraform made here, so that their text is of the same run. */
const names = readdirSync(fixtures).filter(name => existsSync(join(fixtures, name, 'main.tf')))

test.each(names)('%s: the diff has the attributes that Terraform shows, and no others', name => {
  const json = JSON.parse(readFileSync(join(fixtures, name, 'plan.json'), 'utf8')) as ShownPlan
  const text = readFileSync(join(fixtures, name, 'plan.txt'), 'utf8')
  const plan = readPlan(json, true, text, each => each, 'normal', readYaml)
  const terraform = shownByTerraform(text)
  let compared = 0
  for (const { address, lines, kind } of plan.changes) {
    if (kind === 'forget' || kind === 'import' || kind === 'move') continue
    // Terraform's text does not show write-only arguments.
    const inText = lines.filter(({ prefix }) => !String(prefix).includes('(write-only)'))
    const shown = new Set(
      inText.flatMap(({ prefix, text, attribute }) =>
        String(prefix).startsWith('# known after') ? text.split(', ') : [attribute],
      ),
    )
    const expected = terraform.get(address)
    expect(expected, address).toBeDefined()
    const missing = [...(expected ?? [])].filter(each => !shown.has(each) && !isRepetition(json, address, each))
    const invented = [...shown].filter(each => expected?.has(each) === false)
    expect({ address, missing, invented }).toEqual({ address, missing: [], invented: [] })
    compared++
  }
  if (name === 'aws-release') expect(compared).toBeGreaterThan(6)
})

test.each(names)('%s: the summary has all of the text of Terraform', name => {
  const json = JSON.parse(readFileSync(join(fixtures, name, 'plan.json'), 'utf8')) as ShownPlan
  const text = readFileSync(join(fixtures, name, 'plan.txt'), 'utf8')
  const summary = String(renderSummary(planReport(json, {}, text)))
  const lines = text.split('\n').filter(line => /^ +[-+~] /.test(line))
  expect(lines.filter(line => !summary.includes(visible(secrets.redact(line))))).toEqual([])
})
