/**
 * Renders the sticky comment of a pull request: first its plan, later the result of the apply. GitHub refuses more than 65,536
 * characters, so whole parts are added while they fit, the most important first.
 */
import { Line } from '../log.ts'
import { publicUrl } from '../secret-parts.ts'
import { countsLine } from '../terraform/counts.ts'
import type { Plan } from '../terraform/plan.ts'
import { count, failureCode, seconds } from '../words.ts'
import { approvalLine, differencesSection, remarksSection } from './approval.ts'
import { destroyLines, verifyLines } from './checks.ts'
import { evidenceSection, rollbackLine } from './evidence.ts'
import { findingsSection } from './findings.ts'
import { erasLine, isGateCode } from './gate.ts'
import { mergeLine, placeLine, stackLabel, title } from './heading.ts'
import { addEntry, type Entry, entryOf, historyLine, historySection } from './history.ts'
import { imageLines, imagesSection } from './images.ts'
import { linkLine } from './links.ts'
import {
  code,
  collapsible,
  fence,
  hiddenLine,
  knownHtmlLink,
  knownLink,
  list,
  Markdown,
  md,
  name,
  plain,
  prose,
} from './markdown.ts'
import { monitorLines } from './monitor.ts'
import { outcomeOf } from './outcome.ts'
import { attentionLine, destructiveLine, lossyChanges, planSections, quietLossLine, releasesLine } from './plan.ts'
import { planChecksSection } from './plan-checks.ts'
import { problemsSection } from './problems.ts'
import type { FailureInPhase, Report } from './report.ts'
import { wholePlanLink } from './resource-diff.ts'
import { toolTitle } from './tool.ts'

/** UTF-16 units of the longest comment; GitHub's limit is 65,536. */
export const maxCommentUnits = 65_000

/** The most destructive changes that are listed by name. The others are counted, and in the sections of the plan. */
const maxListed = 25

export interface CommentOptions {
  /** UTF-16 units of the whole comment. */
  readonly limit?: number
  /** Results of earlier runs, newest first. */
  readonly earlier?: readonly Entry[]
}

/**
 * Renders the whole comment.
 * @param firstLine the marker
 */
export function renderComment(
  report: Report,
  firstLine: string,
  { limit = maxCommentUnits, earlier = [] }: CommentOptions = {},
): Markdown {
  const history = addEntry(entryOf(report), earlier)
  const foot = Markdown.join([historySection(history, report.runUrl), md`<sub>${footer(report)}</sub>`], '\n\n')
  const parts = [md`${hiddenLines(firstLine, history)}\n\n## ${title(report)}`]
  let room = limit - foot.length - (parts[0]?.length ?? 0) - 4
  const add = (part: Markdown) => {
    if (part.isEmpty || part.length > room) return
    parts.push(part)
    room -= part.length + 2
  }
  add(placeLine(report))
  add(failureAlert(report, Math.floor(limit / 40)))
  add(failureDetails(report, Math.min(20_000, Math.floor(limit / 3))))
  add(differencesSection(report))
  const isProposal = report.plan !== undefined && report.apply === undefined && !isDestroying(report)
  if (!isProposal) add(timeline(report, Math.floor(limit / 2)))
  add(evidenceSection(report, Math.min(15_000, Math.floor(room / 2))))
  add(linkLine(report))
  add(planChecksSection(report.planChecks, Math.min(room, Math.floor(limit / 4))))
  const { plan } = report
  if (plan !== undefined) {
    const elsewhere = md`see the summary of ${runLink(report)}, and its log or plan.txt (output plan-file) for the whole plan`
    const sections = (units: number) =>
      units < 1_000 ? md`` : planSections(plan, units, elsewhere, wholePlanLink(plan.text, report.runUrl))
    if (isProposal) {
      add(planOverview(report, Math.floor(limit / 2)))
      add(mergeLine(report))
      add(imagesSection(report))
      add(timeline(report, Math.floor(limit / 4)))
      add(findingsSection(report, Math.min(room, Math.floor(limit / 4))))
      add(remarksSection(report))
      add(sections(room))
    } else {
      const body = plan.hasChanges ? sections(room - 200) : md``
      if (!body.isEmpty) add(collapsible(md`The plan: ${countsLine(plan.counts)}`, body))
    }
  }
  return Markdown.join([...parts, foot], '\n\n')
}

/**
 * Renders the short comment for when GitHub refuses the whole one. It has the counts, so that nobody reads outdated ones.
 * @param why GitHub's own error message
 */
export function renderCounts(report: Report, firstLine: string, why: string, earlier: readonly Entry[]): Markdown {
  const { plan } = report
  return Markdown.join(
    [
      md`${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## ${title(report)}`,
      failureAlert(report, 500),
      plan && md`**${plan.hasChanges ? countsLine(plan.counts) : md`No changes`}**`,
      md`GitHub refused the whole comment (${prose(why, 300)}). Read the rest in the summary of ${runLink(report)}.`,
      md`<sub>${footer(report)}</sub>`,
    ],
    '\n\n',
  )
}

/** Renders the comment that replaces an outdated one if GitHub refuses the new report. */
export function renderOutdated(report: Report, firstLine: string, earlier: readonly Entry[]): Markdown {
  return md`${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## ⚠️ Outdated · ${stackLabel(report)}\n\nThis comment was about an earlier commit. GitHub refused the report of ${code(plain`${report.commit}`.start(7))}: read it in the summary of ${runLink(report)}, and run the job again.`
}

/** Renders the last comment of a pull request that was closed without a merge. */
export function renderClosed(report: Report, firstLine: string, earlier: readonly Entry[]): Markdown {
  const history = addEntry({ ...entryOf(report), outcome: 'closed' }, earlier)
  return Markdown.join(
    [
      md`${hiddenLines(firstLine, history)}\n\n## ⚪ Closed · ${stackLabel(report)}`,
      md`This pull request was closed without being merged, so its plan was not applied. Reopen it to plan again.`,
      historySection(history, report.runUrl),
    ],
    '\n\n',
  )
}

function hiddenLines(firstLine: string, history: readonly Entry[]): Markdown {
  return Markdown.join([hiddenLine(firstLine), historyLine(history)], '\n')
}

/**
 * Renders the overview of a plan, which reviewers read before they open a section: the counts and the destructive changes.
 * @param room UTF-16 units; destructive changes that do not fit are counted
 */
export function planOverview({ plan }: Report, room: number): Markdown {
  if (plan === undefined) return md``
  const attention = attentionLine(plan)
  if (!plan.hasChanges) return Markdown.join([unchanged[plan.mode], attention], '\n\n')
  if (plan.mode === 'refresh-only') {
    const what = [
      plan.drift.length === 0 ? undefined : md`${count(plan.drift.length, 'resource')}`,
      plan.outputs.length === 0 ? undefined : md`${count(plan.outputs.length, 'output')}`,
    ]
    return md`**Changed outside of ${toolTitle(plan.tool)}: ${Markdown.join(what, ', ')}**`
  }
  const parts =
    plan.changes.length === 0
      ? [unchangedResourcesLine(plan)]
      : [md`**${countsLine(plan.counts)}**`, releasesLine(plan), lossAlert(plan, room - 2_000), quietLossLine(plan)]
  if (plan.drift.length > 0) {
    const some = plan.drift.slice(0, 5).map(({ address }) => code(address, 200))
    const more = plan.drift.length > 5 ? md` and ${plan.drift.length - 5} more` : md``
    parts.push(
      md`Changed outside of ${toolTitle(plan.tool)}, and the reason for some of these changes: ${Markdown.join(some, ', ')}${more}.`,
    )
  }
  return Markdown.join([...parts, attention], '\n\n')
}

/** The overview of a plan without changes. */
const unchanged: Readonly<Record<Plan['mode'], Markdown>> = {
  normal: md`No changes: the infrastructure is as it is written.`,
  'refresh-only': md`No changes: the infrastructure is as the last apply left it.`,
  destroy: md`No changes: there is nothing to destroy.`,
}

/** Whether a destroy has started, so that its plan is not a proposal any more. */
function isDestroying({ destroy }: Report): boolean {
  return destroy !== undefined && destroy.outcome !== 'unconfirmed'
}

/** Renders the headline of a plan that changes no resource. */
function unchangedResourcesLine({ outputs, invocations, deferred }: Plan): Markdown {
  const what = [
    outputs.length === 0 ? undefined : md`${count(outputs.length, 'output')} to change`,
    invocations.length === 0 ? undefined : md`${count(invocations.length, 'provider action')} to run`,
    deferred.length === 0 ? undefined : md`${count(deferred.length, 'change')} left for a later plan`,
  ]
  return md`**No resource changes, ${Markdown.join(what, ', ')}**`
}

function lossAlert(plan: Plan, room: number): Markdown {
  const changes = lossyChanges(plan)
  if (changes.length === 0) return md``
  const named = linesThatFit(changes.slice(0, maxListed).map(destructiveLine), room, '> - \n'.length)
  const verbs = [
    changes.some(({ kind }) => kind === 'delete') ? md`destroys` : undefined,
    changes.some(({ kind }) => kind === 'replace') ? md`replaces` : undefined,
  ]
  const holds = changes.length === 1 ? md`holds` : md`hold`
  return Markdown.join(
    [
      md`> [!WARNING]`,
      md`> This plan ${Markdown.join(verbs, ' and ')} ${count(changes.length, 'resource')} that ${holds} data, an address or a name:`,
      ...named.map(each => md`> - ${each}`),
      named.length < changes.length ? md`> - and ${changes.length - named.length} more` : undefined,
    ],
    '\n',
  )
}

/** Returns the longest prefix of the lines that fits into the room. @param around UTF-16 units that are added to each line */
function linesThatFit(lines: readonly Markdown[], room: number, around: number): Markdown[] {
  let remaining = room
  return lines.filter(each => {
    remaining -= each.length + around
    return remaining >= 0
  })
}

/** Renders the results after the merge in order, one line per check. */
function timeline(report: Report, room: number): Markdown {
  const lines = list(linesThatFit(timelineLines(report), room, '- \n'.length))
  if (outcomeOf(report).headline !== 'Applying') return lines
  const started = md`${toolTitle(report.tool)} is applying ${knownLink(md`in this run`, report.runUrl)}. If this line stays, the run was stopped: run it again.`
  return Markdown.join([started, lines], '\n\n')
}

export function timelineLines(report: Report): Markdown[] {
  const { apply, stability, gate, taint, plan } = report
  const lines = [approvalLine(report), ...imageLines(report)].filter(each => !each.isEmpty)
  if (apply === 'done') {
    const counts = plan === undefined ? md`` : md`: ${countsLine(plan.counts)}`
    lines.push(
      plan?.hasChanges === false
        ? md`✅ **Applied** before: nothing was left to change for ${runLink(report)}`
        : md`✅ **Applied** by ${runLink(report)}${counts}`,
    )
  }
  if (stability !== undefined && stability.failure === undefined) {
    const revision = stability.revision === undefined ? md`` : md` of ${code(stability.revision)}`
    const tasks = count(stability.running, 'task')
    const runs = stability.runs === undefined ? md`ECS runs ${tasks}${revision}` : prose(stability.runs)
    lines.push(md`✅ **Stable** after ${seconds(stability.elapsedMs)}: ${runs}`)
  }
  lines.push(...(report.notChecked ?? []).map(sentence => md`⚪ **Not checked**: ${prose(sentence)}`))
  lines.push(...gateLines(gate))
  if (taint !== undefined) {
    const { tainted, why } = taint
    const addresses = Markdown.join(
      tainted.map(address => code(address)),
      ', ',
    )
    const undo = Markdown.join(
      tainted.map(address => code(plain`${Line.word(report.tool ?? 'terraform')} untaint '${address}'`)),
      ', ',
    )
    lines.push(
      tainted.length > 0
        ? md`🟠 **Tainted** ${addresses}. ${prose(why)} To undo the taint: ${undo}`
        : md`⚪ ${prose(why)}`,
    )
  }
  lines.push(...verifyLines(report), ...rollbackLine(report), ...monitorLines(report), ...destroyLines(report))
  for (const warning of [...(gate?.warnings ?? []), ...report.warnings]) lines.push(md`⚠️ ${prose(warning, 500)}`)
  return lines
}

function gateLines(gate: Report['gate']): Markdown[] {
  if (gate === undefined) return []
  const { serverInfo, latencyMs, protocolVersions, wall, endpoint, tools, elapsedMs } = gate
  if (!gate.passed) return [md`❌ **Does not speak MCP** after ${seconds(elapsedMs)}: ${prose(erasLine(gate))}`]
  const lines: Markdown[] = []
  const place = code(publicUrl(endpoint), 300)
  if (protocolVersions.length === 0 && wall !== undefined) {
    const servers = wall.authorizationServers.map(server => code(server, 200))
    lines.push(
      md`✅ **Asks for authorization** at ${place}, by ${Markdown.join(servers, ', ')}; the server behind it was not checked`,
    )
  } else {
    const versions = Markdown.join(
      protocolVersions.map(version => code(version)),
      ' and ',
    )
    const server = serverInfo && md`, server ${code(plain`${serverInfo.name} ${serverInfo.version}`, 120)}`
    lines.push(
      md`✅ **Speaks MCP** ${versions} at ${place}${server}`,
      md`✅ **Lists ${count(tools.length, 'tool')}**${toolNames(tools)}`,
    )
  }
  if (latencyMs !== null)
    lines.push(md`✅ **Answers in ${Math.round(latencyMs)} ms** (median), verified after ${seconds(elapsedMs)}`)
  return lines
}

/**
 * Renders an alert for each failure with its reason and its fix, in the order of the report.
 * @param units UTF-16 units of the first sentence and of its fix, before they are escaped
 */
export function failureAlert({ failures, docsUrl }: Report, units: number): Markdown {
  return Markdown.join(
    failures.map((failure, index) => singleFailureAlert(failure, index === 0 ? units : Math.floor(units / 4), docsUrl)),
    '\n\n',
  )
}

function singleFailureAlert(failure: FailureInPhase, units: number, docsUrl: string | undefined): Markdown {
  return Markdown.join(
    [
      md`> [!CAUTION]`,
      md`> **${failureName(failure, docsUrl)}**: ${prose(plain`${failure.sentence}`.firstLine, units)}`,
      ...(failure.fix === '' ? [] : [md`>`, md`> **What to do**: ${prose(failure.fix, units)}`]),
    ],
    '\n',
  )
}

/** Renders the code of a failure, with a link to its explanation if the docs have an address. */
export function failureName({ code }: Pick<FailureInPhase, 'code'>, docsUrl?: string): Markdown {
  const words = name(failureCode(code), 60)
  if (docsUrl === undefined || !/^[A-Z][A-Z\d_]*$/.test(code)) return words
  return knownLink(words, `${docsUrl}/${isGateCode(code) ? 'gate-codes.md' : 'failure-codes.md'}#${code}`)
}

/** Renders Terraform's diagnostics, or the failure's text after its first line if there are no diagnostics. */
export function failureDetails({ failures: [failure], problems = [], tool }: Report, units: number): Markdown {
  if (problems.length > 0) return problemsSection(problems, units)
  const details = plain`${failure?.sentence}`.rest.visible
  return details.isEmpty ? md`` : collapsible(md`${toolTitle(tool)}'s output`, fence(details.shorten(units)), true)
}

function toolNames(tools: readonly string[]): Markdown {
  if (tools.length === 0) return md``
  const named = tools.slice(0, 12).map(name => code(name, 80))
  return md`: ${Markdown.join(named, ', ')}${tools.length > 12 ? md` and ${tools.length - 12} more` : md``}`
}

function footer({ commit, runUrl, plan, phases, remoteRun }: Report): Markdown {
  const total = phases.reduce((sum, { ms }) => sum + ms, 0)
  const version = plan?.terraformVersion ? md` with ${toolTitle(plan.tool)} ${plan.terraformVersion}` : md``
  const run = knownHtmlLink(md`run`, runUrl)
  const remote = remoteRun === undefined ? md`` : md`, ${knownHtmlLink(md`run in HCP Terraform`, remoteRun.url)}`
  return md`${code(plain`${commit}`.start(7))}${version}, ${run}${phases.length === 0 ? md`` : md` of ${seconds(total)}`}${remote}`
}

function runLink({ runUrl }: Pick<Report, 'runUrl'>): Markdown {
  return knownLink(md`this run`, runUrl)
}
