/**
 * Makes the golden plans of test/fixtures/plans with the Terraform on PATH: `main.tf` is planned, after `before.tf` has been
 * applied where there is one, and plan.json and the comment made of it are written. Only the built-in provider is used, so
 * nothing is downloaded. Look at every change of a comment before committing it.
 *
 *     node scripts/golden-plans.ts [case …]
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { marker, renderComment } from '../src/report/comment.ts'
import { planReport, type ShownPlan } from '../test/support/reports.ts'

const fixtures = join(import.meta.dirname, '../test/fixtures/plans')

/** Plans one case in a directory of its own and returns the JSON plan. Throws what Terraform prints. */
function plan(fixture: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'golden-plan-'))
  const terraform = (...args: string[]) =>
    execFileSync('terraform', [`-chdir=${directory}`, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    const before = join(fixture, 'before.tf')
    if (existsSync(before)) {
      copyFileSync(before, join(directory, 'main.tf'))
      terraform('init', '-input=false')
      terraform('apply', '-input=false', '-auto-approve')
    }
    copyFileSync(join(fixture, 'main.tf'), join(directory, 'main.tf'))
    terraform('init', '-input=false')
    terraform('plan', '-input=false', '-out=plan.tfplan')
    return terraform('show', '-json', 'plan.tfplan')
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** The same plan for the same configuration: ids are numbered in their order, and the time is fixed. */
function withoutChance(json: string): ShownPlan {
  const ids = new Map<string, string>()
  const numbered = json.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, id => {
    const known = ids.get(id) ?? `00000000-0000-4000-8000-${String(ids.size + 1).padStart(12, '0')}`
    ids.set(id, known)
    return known
  })
  return { ...(JSON.parse(numbered) as ShownPlan), ...{ timestamp: '2026-01-01T00:00:00Z' } }
}

const wanted = process.argv.slice(2)
for (const name of readdirSync(fixtures).sort()) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const fixture = join(fixtures, name)
  const json = withoutChance(plan(fixture))
  const report = planReport(json)
  writeFileSync(join(fixture, 'plan.json'), `${JSON.stringify(json, null, 2)}\n`)
  writeFileSync(join(fixture, 'comment.md'), `${renderComment(report, marker(report))}\n`)
  console.log(`${name} written`)
}
