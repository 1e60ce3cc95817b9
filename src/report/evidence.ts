/**
 * Renders the evidence of a failed deployment as Markdown of the comment and the summary, and as lines of the log. Every text in
 * it is foreign. Pure.
 */
import { joinLines, type Line, line, secrets } from '../log.ts'
import { failing } from '../platforms/aws/causes/task-rule.ts'
import type { Evidence } from '../platforms/aws/evidence.ts'
import { lastPart } from '../text.ts'
import { count, short, timeOfDay } from '../words.ts'
import { code, collapsible, fence, html, list, Markdown, md, type Plain, plain, prose } from './markdown.ts'
import type { Report } from './report.ts'

/** The most shown items of each kind. The JSON report has all of them. */
const maxItems = { events: 10, stopped: 5, targets: 10, console: 40 }

/** UTF-16 units of one shown log line. */
const maxUnitsPerLine = 500

/**
 * Renders the evidence as one collapsible section: whole parts while they fit, the most useful first.
 * @param limit UTF-16 units; the text is empty if they are too few
 */
export function evidenceSection({ evidence }: Pick<Report, 'evidence'>, limit: number): Markdown {
  if (evidence === undefined) return md``
  const title = md`What AWS shows of <code>${html(evidence.subject, 150)}</code>`
  let remaining = limit - title.length - 100
  const parts = sections(evidence).filter(part => {
    if (part.isEmpty || part.length + 2 > remaining) return false
    remaining -= part.length + 2
    return true
  })
  return parts.length === 0 ? md`` : collapsible(title, Markdown.join(parts, '\n\n'))
}

function sections(evidence: Evidence): Markdown[] {
  const { log, console, omitted, microVm } = evidence
  const lines = log?.lines ?? []
  return [
    titledList(md`Reasons that AWS gives`, reasonLines(evidence), microVm?.failureReasons.length ?? 0),
    titledList(md`Tasks that stopped`, stoppedLines(evidence), maxItems.stopped),
    titledList(md`Targets`, targetLines(evidence), maxItems.targets),
    log === undefined || lines.length === 0
      ? md``
      : md`The last ${count(lines.length, 'line')} of ${sourceOf(evidence)} ${code(log.container)} (${code(`${log.group} ${log.stream}`.trimEnd(), 300)}):\n\n${fence(shortenLines(lines))}`,
    console.length === 0
      ? md``
      : md`The end of the console output:\n\n${fence(shortenLines(console.slice(-maxItems.console)))}`,
    titledList(md`Events of the service, the newest first`, eventLines(evidence), maxItems.events),
    titledList(md`Missing details`, omittedLines(evidence), omitted.length),
  ]
}

/** Renders the evidence as lines of the job log. */
export function evidenceLines(evidence: Evidence): Line[] {
  const { log, console, instance, subject } = evidence
  const indent = (text: string) => line`  ${text}`
  return [
    ...reasonLines(evidence),
    ...stoppedLines(evidence),
    ...targetLines(evidence),
    ...(instance === undefined
      ? []
      : [
          line`instance ${subject}: ${instance.state}, system check ${instance.system}, instance check ${instance.instance}`,
        ]),
    ...(log === undefined
      ? []
      : [line`log of ${sourceOf(evidence)} ${log.container} (${log.group} ${log.stream}):`, ...log.lines.map(indent)]),
    ...(console.length === 0 ? [] : [line`console output:`, ...console.slice(-maxItems.console).map(indent)]),
    ...omittedLines(evidence),
  ]
}

/** What wrote the log. */
function sourceOf({ lambda, microVm }: Evidence): Line {
  if (microVm !== undefined) return line`runtime`
  return lambda === undefined ? line`container` : line`function`
}

function reasonLines({ microVm }: Evidence): Line[] {
  return (microVm?.failureReasons ?? []).map(reason => line`AWS says: ${short(reason, 600)}`)
}

function stoppedLines({ stopped }: Evidence): Line[] {
  return stopped.map(task => {
    const container = failing(task)
    const { exitCode, reason = '', health } = container ?? {}
    const parts = [
      line`${timeOfDay(task.stoppedAt)} task ${lastPart(secrets.redact(task.arn))}: ${short(task.stoppedReason || task.stopCode, 600)}`,
      container && line`; container ${container.name}`,
      exitCode === undefined ? undefined : line` exit code ${exitCode}`,
      health === 'UNHEALTHY' ? line` unhealthy` : undefined,
      reason === '' || reason === task.stoppedReason ? undefined : line`, ${reason}`,
    ]
    return joinParts(parts)
  })
}

function targetLines({ targetGroups }: Evidence): Line[] {
  return targetGroups.flatMap(({ name, healthPath, healthyCodes, targets }) => {
    const asked = healthPath === '' ? line`` : line`, checked on ${healthPath} for ${healthyCodes}`
    if (targets.length === 0) return [line`target group ${name}${asked}: no target is registered`]
    return targets.map(({ id, port, state, reason, description }) =>
      joinParts([
        port === undefined ? line`target ${id} of ` : line`target ${id}:${port} of `,
        line`${name}${asked}: ${state}`,
        ...[reason, description].map(text => (text === '' ? undefined : line`, ${text}`)),
      ]),
    )
  })
}

function eventLines({ events }: Evidence): Line[] {
  return events.map(({ createdAt, message }) => line`${timeOfDay(createdAt)} ${short(message, 600)}`)
}

function omittedLines({ omitted }: Evidence): Line[] {
  return omitted.map(({ detail, action, why }) =>
    action === undefined
      ? line`${detail} could not be read: ${short(why, 300)}`
      : line`${detail} would be here if the role of this job had ${action}`,
  )
}

/** Joins the defined parts into one line. */
function joinParts(parts: readonly (Line | undefined)[]): Line {
  return joinLines(
    parts.filter(part => part !== undefined),
    line``,
  )
}

/** Renders a titled list of at most `maxListed` items and the number of the others; empty without items. */
function titledList(title: Markdown, lines: readonly Line[], maxListed: number): Markdown {
  if (lines.length === 0) return md``
  const items = lines.slice(0, maxListed).map(each => prose(each))
  const more = lines.length > maxListed ? [md`and ${lines.length - maxListed} more`] : []
  return md`${title}:\n\n${list([...items, ...more])}`
}

/** Shortens lines to a readable length. */
function shortenLines(lines: readonly string[]): Plain[] {
  return lines.map(each => plain`${each}`.shorten(maxUnitsPerLine))
}

/** Renders the result of a rollback as a line of the timeline. */
export function rollbackLine({ rollback }: Pick<Report, 'rollback'>): Markdown[] {
  if (rollback === undefined) return []
  const what = rollback.restored ? md`🟠 **Rolled back**` : md`❌ **The rollback is not verified**`
  return [md`${what}: ${prose(rollback.sentence)}`]
}
