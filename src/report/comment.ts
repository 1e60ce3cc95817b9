/**
 * The one sticky comment of a pull request: what is planned, then what became of it. GitHub refuses more than
 * 65,536 characters, so whole parts are added while they fit, the most important first.
 */
import { createHash } from 'node:crypto'
import type { Plan } from '../terraform/plan.ts'
import { approvalLine, differencesSection } from './approval.ts'
import { destroyLines, verifyLines } from './checks.ts'
import { evidenceFold, rollbackLine } from './evidence.ts'
import { findingsSection } from './findings.ts'
import { addEntry, type Entry, entryOf, historyFold, historyLine } from './history.ts'
import { linkLine } from './links.ts'
import { code, count, fence, fold, html, prose, seconds, shorten, visible } from './markdown.ts'
import { monitorLines } from './monitor.ts'
import { attentionLine, countsLine, destructiveChanges, planFolds } from './plan.ts'
import { problemsFold } from './problems.ts'
import { eraLine, headline, type Report, targetName } from './report.ts'

/** UTF-16 units, under GitHub's 65,536. */
export const commentLimit = 65_000

/** Dangers that are listed by name; the rest is counted and stands in the folds. */
const maxListed = 25

/** The first line of our comment. Its target is hashed: a directory's name could hold `-->`. */
export function marker({ target }: Pick<Report, 'target'>): string {
  const place = [target.stack ?? '', target.directory, target.workspace ?? '']
  const identity = JSON.stringify(target.name === undefined ? place : [...place, target.name])
  return `<!-- terraform-mcp-deploy:${createHash('sha256').update(identity).digest('hex').slice(0, 32)} -->`
}

export interface CommentOptions {
  /** UTF-16 units of the whole. */
  readonly limit?: number
  /** What earlier runs said here, newest first. */
  readonly earlier?: readonly Entry[]
}

/**
 * The whole comment.
 * @param report without secrets: see redactAll
 * @param firstLine the marker
 */
export function renderComment(
  report: Report,
  firstLine: string,
  { limit = commentLimit, earlier = [] }: CommentOptions = {},
): string {
  const history = addEntry(entryOf(report), earlier)
  const past = historyFold(history, report.runUrl)
  const foot = `${past === '' ? '' : `${past}\n\n`}<sub>${footer(report)}</sub>`
  const parts = [`${hiddenLines(firstLine, history)}\n\n## ${icon(report)} ${title(report)}`]
  const room = () => limit - foot.length - parts.join('\n\n').length - 4
  const add = (part: string) => {
    if (part !== '' && part.length <= room()) parts.push(part)
  }
  add(failureAlert(report, Math.floor(limit / 40)))
  add(failureDetails(report, Math.min(20_000, Math.floor(limit / 3))))
  add(differencesSection(report))
  add(timeline(report, Math.floor(limit / 2)))
  add(evidenceFold(report, Math.min(15_000, Math.floor(room() / 2))))
  add(linkLine(report))
  const { plan } = report
  if (plan !== undefined) {
    const elsewhere = `see the summary of [this run](${report.runUrl}), and its log or plan.txt (output plan-file) for the whole plan`
    const folds = (units: number) => (units < 1_000 ? '' : planFolds(plan, units, elsewhere))
    if (report.apply === undefined && !isDestroying(report)) {
      add(planOverview(report, Math.floor(limit / 2)))
      add(findingsSection(report.findings ?? [], Math.min(room(), Math.floor(limit / 4))))
      add(folds(room()))
    } else {
      const body = plan.hasChanges ? folds(room() - 200) : ''
      if (body !== '') add(fold(`The plan: ${countsLine(plan.counts)}`, body))
    }
  }
  return [...parts, foot].join('\n\n')
}

/**
 * What is posted when GitHub does not take the whole comment: the counts, so that nobody goes on reading old ones.
 * @param why GitHub's own words
 */
export function renderCounts(report: Report, firstLine: string, why: string, earlier: readonly Entry[]): string {
  const { plan, runUrl } = report
  return [
    `${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## ${icon(report)} ${title(report)}`,
    failureAlert(report, 500),
    plan === undefined ? '' : `**${plan.hasChanges ? countsLine(plan.counts) : 'No changes'}**`,
    `GitHub did not take the whole comment (${prose(shorten(why, 300))}). Read the rest in the summary of [this run](${runUrl}).`,
    `<sub>${footer(report)}</sub>`,
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

/** What replaces a comment that is no longer true and that could not be written anew. */
export function renderOutdated(report: Report, firstLine: string, earlier: readonly Entry[]): string {
  return [
    `${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## ⚠️ Outdated · ${prose(shorten(targetName(report), 200))}`,
    `What stood here was for an earlier commit. GitHub did not take what there is to say of ${code(report.commit.slice(0, 7))}: read it in the summary of [this run](${report.runUrl}), and run it again.`,
  ].join('\n\n')
}

/** The end of a comment whose pull request was closed without being merged. */
export function renderClosed(report: Report, firstLine: string, earlier: readonly Entry[]): string {
  const history = addEntry({ ...entryOf(report), outcome: 'closed' }, earlier)
  return [
    `${hiddenLines(firstLine, history)}\n\n## ⚪ Closed · ${prose(shorten(targetName(report), 200))}`,
    'This pull request was closed without being merged: what was planned here was not applied. Reopen it to plan again.',
    historyFold(history, report.runUrl),
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

function hiddenLines(firstLine: string, history: readonly Entry[]): string {
  return [firstLine, historyLine(history)].filter(line => line !== '').join('\n')
}

/** `Applied and verified · ecs` */
export function title(report: Report): string {
  return `${headline(report)} · ${prose(shorten(targetName(report), 200))}`
}

function icon({ failures: [failure], command, plan, gate, destroy }: Report): string {
  if (failure !== undefined) return '❌'
  if (destroy?.outcome === 'done' || destroy?.outcome === 'nothing') return '✅'
  if (gate?.passed) return '✅'
  if (command === 'plan') return plan?.hasChanges === false ? '✅' : '📋'
  return '⏳'
}

/**
 * What a reviewer must know before opening a fold: the counts, and what somebody may lose.
 * @param room UTF-16 units; the dangers that do not fit are counted
 */
export function planOverview({ plan }: Report, room: number): string {
  if (plan === undefined) return ''
  const also = attentionLine(plan)
  if (!plan.hasChanges) return [unchanged[plan.mode], also].filter(part => part !== '').join('\n\n')
  if (plan.mode === 'refresh-only') {
    const what = [
      plan.drift.length === 0 ? '' : count(plan.drift.length, 'resource'),
      plan.outputs.length === 0 ? '' : count(plan.outputs.length, 'output'),
    ]
    return `**Changed outside of Terraform: ${what.filter(part => part !== '').join(', ')}**`
  }
  const parts =
    plan.changes.length === 0
      ? [`**No resource changes, ${count(plan.outputs.length, 'output')} to change**`]
      : [`**${countsLine(plan.counts)}**`, destructiveChangesAlert(plan, room - 2_000)]
  if (plan.drift.length > 0) {
    const some = plan.drift.slice(0, 5).map(({ address }) => code(shorten(address, 200)))
    const more = plan.drift.length > 5 ? ` and ${plan.drift.length - 5} more` : ''
    parts.push(`Changed outside of Terraform, which this plan answers: ${some.join(', ')}${more}.`)
  }
  parts.push(also)
  return parts.filter(part => part !== '').join('\n\n')
}

/** What a plan without changes says. */
const unchanged: Readonly<Record<Plan['mode'], string>> = {
  normal: 'No changes: the infrastructure is as it is written.',
  'refresh-only': 'No changes: the infrastructure is as the last apply left it.',
  destroy: 'No changes: there is nothing to destroy.',
}

/** Whether its plan is no proposal any more. */
function isDestroying({ destroy }: Report): boolean {
  return destroy !== undefined && destroy.outcome !== 'unconfirmed'
}

function destructiveChangesAlert(plan: Plan, room: number): string {
  const lines = destructiveChanges(plan)
  if (lines.length === 0) return ''
  const { destroy, replace } = plan.counts
  const lost = [destroy > 0 ? `destroys ${destroy}` : '', replace > 0 ? `replaces ${replace}` : '']
  let left = room
  const named = lines.slice(0, maxListed).filter(line => {
    left -= line.length + 5
    return left >= 0
  })
  return [
    '> [!WARNING]',
    `> This plan ${lost.filter(part => part !== '').join(' and ')} of the resources that exist now:`,
    ...named.map(line => `> - ${line}`),
    ...(named.length < lines.length ? [`> - and ${lines.length - named.length} more`] : []),
  ].join('\n')
}

/** What happened after the merge, in order, each line a thing that was checked. */
function timeline(report: Report, room: number): string {
  const parts: string[] = []
  if (report.apply === 'started' && report.failures.length === 0) {
    parts.push(
      `Terraform is applying [in this run](${report.runUrl}). If this line stays, the run was stopped: run it again.`,
    )
  }
  let left = room
  const lines = timelineLines(report).filter(line => {
    left -= line.length + 3
    return left >= 0
  })
  if (lines.length > 0) parts.push(lines.map(line => `- ${line}`).join('\n'))
  return parts.join('\n\n')
}

export function timelineLines(report: Report): string[] {
  const { apply, stability, gate, taint, plan } = report
  const lines = [approvalLine(report)].filter(line => line !== '')
  if (apply === 'done') {
    lines.push(
      plan?.hasChanges === false
        ? `✅ **Applied** before: nothing was left to change for [this run](${report.runUrl})`
        : `✅ **Applied** by [this run](${report.runUrl})${plan === undefined ? '' : `: ${countsLine(plan.counts)}`}`,
    )
  }
  if (stability !== undefined && stability.failure === undefined) {
    const revision = stability.revision === undefined ? '' : ` of ${code(stability.revision)}`
    lines.push(
      `✅ **Stable** after ${seconds(stability.elapsedMs)}: ECS runs ${count(stability.running, 'task')}${revision}`,
    )
  }
  lines.push(...(report.notChecked ?? []).map(sentence => `⚪ **Not checked**: ${prose(sentence)}`))
  if (gate?.passed === false)
    lines.push(`❌ **Does not speak MCP** after ${seconds(gate.elapsedMs)}: ${prose(eraLine(gate))}`)
  if (gate?.passed) {
    const { serverInfo, latencyMs } = gate
    const name = serverInfo === undefined ? '' : code(shorten(`${serverInfo.name} ${serverInfo.version}`, 120))
    if (gate.protocolVersions.length === 0 && gate.wall !== undefined)
      lines.push(
        `✅ **Asks for authorization** at ${code(shorten(gate.endpoint, 300))}, by ${gate.wall.authorizationServers.map(server => code(shorten(server, 200))).join(', ')}; what is behind it was not checked`,
      )
    else
      lines.push(
        `✅ **Speaks MCP** ${gate.protocolVersions.map(code).join(' and ')} at ${code(shorten(gate.endpoint, 300))}${name && `, server ${name}`}`,
        `✅ **Lists ${count(gate.tools.length, 'tool')}**${toolNames(gate.tools)}`,
      )
    if (latencyMs !== null)
      lines.push(`✅ **Answers in ${Math.round(latencyMs)} ms** (median), green after ${seconds(gate.elapsedMs)}`)
  }
  if (taint !== undefined) {
    const { tainted, why } = taint
    const undo = tainted.map(address => code(`terraform untaint '${address}'`)).join(', ')
    lines.push(
      tainted.length > 0
        ? `🟠 **Tainted** ${tainted.map(code).join(', ')}. ${prose(why)} To take that back: ${undo}`
        : `⚪ ${prose(why)}`,
    )
  }
  lines.push(...verifyLines(report), ...rollbackLine(report), ...monitorLines(report), ...destroyLines(report))
  for (const warning of [...(gate?.warnings ?? []), ...report.warnings]) lines.push(`⚠️ ${prose(shorten(warning, 500))}`)
  return lines
}

/**
 * The reason and what to do: the part that is read at night.
 * @param units of the sentence, and of the advice, before they are escaped
 */
export function failureAlert({ failures: [failure] }: Report, units: number): string {
  if (failure === undefined) return ''
  const [sentence = ''] = failure.sentence.split('\n')
  return [
    '> [!CAUTION]',
    `> **${failure.code === '' ? failure.phase : failure.code}**: ${prose(shorten(sentence, units))}`,
    ...(failure.fix === '' ? [] : ['>', `> **What to do**: ${prose(shorten(failure.fix, units))}`]),
  ].join('\n')
}

/** What Terraform said: its problems one by one, or where it has none in its usual form all beyond the first line. */
export function failureDetails({ failures: [failure], problems = [] }: Report, units: number): string {
  if (problems.length > 0) return problemsFold(problems, units)
  const details = visible(failure?.sentence.split('\n').slice(1).join('\n').trim() ?? '')
  return details === '' ? '' : fold('What Terraform said', fence(shorten(details, units)), true)
}

function toolNames(tools: readonly string[]): string {
  if (tools.length === 0) return ''
  const named = tools.slice(0, 12).map(name => code(shorten(name, 80)))
  return `: ${named.join(', ')}${tools.length > 12 ? ` and ${tools.length - 12} more` : ''}`
}

function footer({ commit, runUrl, plan, phases }: Report): string {
  const times = phases.map(({ phase, ms }) => `${phase} ${seconds(ms)}`).join(', ')
  const version = plan?.terraformVersion ? ` with Terraform ${html(plan.terraformVersion)}` : ''
  return `${code(commit.slice(0, 7))}${version}, <a href="${html(runUrl)}">run</a>${times === '' ? '' : `: ${times}`}`
}
