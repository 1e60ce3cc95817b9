/** Renders the results of the user's own checks of a plan: a line for each check, with its output in a collapsed section. */
import type { PlanCheckResult } from '../terraform/plan-checks.ts'
import { collapsible, fence, html, Markdown, md, name, plain, prose } from './markdown.ts'

const symbols: Readonly<Record<PlanCheckResult['outcome'], Markdown>> = {
  passed: md`✅`,
  warned: md`⚠️`,
  failed: md`❌`,
}

/**
 * Renders the checks in order. Every check has its line; outputs are added while they fit, those of failed checks first.
 * @param budget UTF-16 units
 */
export function planChecksSection(results: readonly PlanCheckResult[] = [], budget: number): Markdown {
  if (results.length === 0) return md``
  const heading = md`### Plan checks`
  const lines = results.map(lineOf)
  let room = budget - heading.length - lines.reduce((sum, each) => sum + each.length + 4, 2)
  if (room < 0) return md``
  const urgency = { failed: 0, warned: 1, passed: 2 }
  const outputs = new Map<PlanCheckResult, Markdown>()
  const byUrgency = results.toSorted((a, b) => urgency[a.outcome] - urgency[b.outcome])
  byUrgency.forEach((result, index) => {
    const output = outputOf(result, Math.floor(room / (byUrgency.length - index)))
    room -= output.length + 2
    outputs.set(result, output)
  })
  const parts = results.flatMap((result, index) => [lines[index], outputs.get(result)])
  return Markdown.join([heading, ...parts], '\n\n')
}

function lineOf({ name: checkName, outcome, observed }: PlanCheckResult): Markdown {
  const words = { passed: md`passed`, warned: md`warns`, failed: md`failed` }
  const why = outcome === 'passed' ? md`` : md`: ${prose(observed, 300)}`
  return md`${symbols[outcome]} **${name(checkName, 100)}** ${words[outcome]}${why}`
}

/** Renders the output in at most `units` UTF-16 units; empty if it does not fit or is empty. */
function outputOf({ name: checkName, output }: PlanCheckResult, units: number): Markdown {
  const text = plain`${output}`.visible
  if (text.isEmpty) return md``
  // Escaped or fenced text can be longer than the text itself.
  for (const limit of [units - 200, Math.floor(units / 3), Math.floor(units / 10)]) {
    if (limit < 50) break
    const section = collapsible(md`Output of ${html(checkName, 100)}`, fence(text.shorten(limit)))
    if (section.length <= units) return section
  }
  return md``
}
