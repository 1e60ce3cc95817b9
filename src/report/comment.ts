/**
 * The one sticky comment of a pull request: what is planned, then what became of it. GitHub refuses more than
 * 65,536 characters, so it is measured here and never cut by somebody else.
 */
import { createHash } from 'node:crypto'
import { short } from '../steps/stability.ts'
import { code, count, fence, fold, prose, seconds } from './markdown.ts'
import { countsLine, dangers, planFolds } from './plan.ts'
import { headline, type Report, targetName } from './report.ts'

/** UTF-16 units, under GitHub's 65,536. */
export const commentLimit = 65_000

/** Dangers that are listed by name; the rest is counted and stands in the folds. */
const namedDangers = 25

/** The first line of our comment. Its target is hashed: a directory's name could hold `-->`. */
export function marker({ target }: Pick<Report, 'target'>): string {
  const identity = JSON.stringify([target.stack ?? '', target.directory, target.workspace ?? ''])
  return `<!-- terraform-mcp-deploy:${createHash('sha256').update(identity).digest('hex').slice(0, 32)} -->`
}

/**
 * The whole comment, at most `limit` units.
 * @param report without secrets: see redactAll
 * @param firstLine the marker
 */
export function renderComment(report: Report, firstLine: string, limit = commentLimit): string {
  const head = [
    firstLine,
    `## ${icon(report)} ${headline(report)}: ${prose(targetName(report))}`,
    ...story(report),
  ].join('\n\n')
  const foot = `<sub>${footer(report)}</sub>`
  const { plan } = report
  if (plan === undefined) return clip([head, foot], limit)
  const lead = planLead(report).join('\n\n')
  const room = limit - head.length - lead.length - foot.length - 100
  const folds = room < 1_000 ? '' : planFolds(plan, room, `see the [job summary](${report.runUrl})`)
  const body = [head, lead, folds, foot].filter(part => part !== '').join('\n\n')
  return body.length <= limit ? body : clip([head, lead, foot], limit)
}

/** Whole parts only; the first is the marker and the verdict, and it is short. */
function clip(parts: readonly string[], limit: number): string {
  const body = parts.join('\n\n')
  return body.length <= limit ? body : (parts[0] ?? '').slice(0, limit)
}

function icon({ failure, command, plan, gate }: Report): string {
  if (failure !== undefined) return '❌'
  if (gate?.passed) return '✅'
  if (command === 'plan') return plan?.hasChanges === false ? '✅' : '📋'
  return '⏳'
}

function planLead(report: Report): string[] {
  const { plan } = report
  if (plan === undefined) return []
  const lines = [
    plan.hasChanges ? `**${countsLine(plan.counts)}**` : 'No changes: the infrastructure is as it is written.',
  ]
  const named = dangers(plan)
  if (named.length > 0) {
    const rest = named.length - namedDangers
    lines.push(
      [...named.slice(0, namedDangers), ...(rest > 0 ? [`- and ${count(rest, 'more')} below`] : [])].join('\n'),
    )
  }
  if (plan.drift.length > 0) {
    const some = plan.drift.slice(0, 5).map(code).join(', ')
    lines.push(
      `Changed outside of Terraform: ${some}${plan.drift.length > 5 ? ` and ${plan.drift.length - 5} more` : ''}.`,
    )
  }
  return lines
}

/** What happened after the merge, in order, each line a thing that was checked. */
function story(report: Report): string[] {
  const lines: string[] = []
  if (report.failure !== undefined) lines.push(failureText(report))
  if (report.apply === 'started' && report.failure === undefined) {
    lines.push(
      `Terraform is applying [in this run](${report.runUrl}). If this line stays, the run was stopped: run it again.`,
    )
  }
  const steps = storyLines(report)
  if (steps.length > 0) lines.push(steps.map(line => `- ${line}`).join('\n'))
  return lines
}

export function storyLines(report: Report): string[] {
  const { apply, stability, gate, taint, registration, plan } = report
  const lines: string[] = []
  if (apply === 'done') {
    lines.push(
      plan?.hasChanges === false
        ? 'Applied before: nothing was left to change'
        : `Applied${plan === undefined ? '' : ` what was planned: ${countsLine(plan.counts)}`}`,
    )
  }
  if (stability !== undefined && stability.failure === undefined) {
    const revision = stability.taskDefinition === undefined ? '' : ` of ${code(short(stability.taskDefinition))}`
    lines.push(`Stable after ${seconds(stability.elapsedMs)}: ECS runs ${count(stability.running, 'task')}${revision}`)
  }
  if (gate?.passed) {
    lines.push(
      `Speaks MCP at ${code(gate.endpoint)}: ${gate.protocolVersions.map(code).join(' and ')}` +
        `${gate.serverInfo === undefined ? '' : `, server ${code(`${gate.serverInfo.name} ${gate.serverInfo.version}`)}`}`,
    )
    lines.push(`Lists ${count(gate.tools.length, 'tool')}${toolNames(gate.tools)}`)
    if (gate.latencyMs !== null)
      lines.push(`Answers in ${Math.round(gate.latencyMs)} ms (median), green after ${seconds(gate.elapsedMs)}`)
  }
  for (const warning of [...(gate?.warnings ?? []), ...report.warnings]) lines.push(`⚠️ ${prose(warning)}`)
  if (taint !== undefined) {
    const what = taint.tainted.length > 0 ? `Tainted ${taint.tainted.map(code).join(', ')}. ` : ''
    lines.push(`${what}${prose(taint.why)}`)
    for (const address of taint.tainted) lines.push(`To take that back: ${code(`terraform untaint '${address}'`)}`)
  }
  if (registration?.outcome === 'created') lines.push(`Registered with AliveMCP${idText(registration.id)}`)
  if (registration?.outcome === 'exists') lines.push(`AliveMCP watches it already${idText(registration.id)}`)
  if (registration?.outcome === 'failed') lines.push(`⚠️ ${prose(registration.warning)}`)
  return lines
}

/** The reason, what to do, and what it means: the part that is read at night. */
export function failureText(report: Report): string {
  const { failure } = report
  if (failure === undefined) return ''
  const [first = '', ...more] = failure.sentence.split('\n')
  const quote = [
    `> **${failure.code === '' ? failure.phase : failure.code}**: ${prose(first)}`,
    ...(failure.fix === '' ? [] : ['>', `> **What to do**: ${prose(failure.fix)}`]),
  ].join('\n')
  const details = more.join('\n').trim()
  const registered =
    report.command === 'apply' && report.apply === 'done' ? '\n\nNothing was registered with the monitor.' : ''
  return `${quote}${details === '' ? '' : `\n\n${fold('What Terraform said', fence(details.slice(0, 20_000)), true)}`}${registered}`
}

function toolNames(tools: readonly string[]): string {
  if (tools.length === 0) return ''
  const named = tools.slice(0, 12).map(name => code(name.slice(0, 80)))
  return `: ${named.join(', ')}${tools.length > 12 ? ` and ${tools.length - 12} more` : ''}`
}

function idText(id: string): string {
  return id === '' ? '' : ` as monitor ${code(id)}`
}

function footer({ commit, runUrl, plan, phases }: Report): string {
  const times = phases.map(({ phase, ms }) => `${phase} ${seconds(ms)}`).join(', ')
  const version = plan?.terraformVersion ? ` with Terraform ${plan.terraformVersion}` : ''
  return `${code(commit.slice(0, 7))}${version}, <a href="${runUrl}">run</a>${times === '' ? '' : `: ${times}`}`
}
