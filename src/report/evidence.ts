/**
 * What AWS showed of a failed deployment, for people: as Markdown of the comment and the summary, and as plain lines of
 * the log. Every text in it is foreign. Pure; secrets are taken out before.
 */
import { failing } from '../platforms/aws/causes/task-rule.ts'
import type { Evidence } from '../platforms/aws/evidence.ts'
import { code, count, fence, fold, prose, shorten } from './markdown.ts'
import type { Report } from './report.ts'

/** Of each kind of thing; all of them are in the JSON report. */
const shown = { events: 10, stopped: 5, targets: 10, console: 40 }

/**
 * The evidence as one fold, whole parts while they fit, the most telling first.
 * @param limit UTF-16 units; too few give an empty text
 */
export function evidenceFold({ evidence }: Pick<Report, 'evidence'>, limit: number): string {
  if (evidence === undefined) return ''
  // Markdown is not read inside <summary>, and what names a cluster, a service or an instance needs no escape.
  const title = `What AWS shows of <code>${evidence.subject.replace(/[^\w./-]/g, '?').slice(0, 150)}</code>`
  let left = limit - title.length - 100
  const parts = sections(evidence).filter(part => {
    if (part === '' || part.length + 2 > left) return false
    left -= part.length + 2
    return true
  })
  return parts.length === 0 ? '' : fold(title, parts.join('\n\n'))
}

function sections(evidence: Evidence): string[] {
  const { log, console } = evidence
  return [
    list('Tasks that stopped', stoppedLines(evidence).map(prose), shown.stopped),
    list('Targets', targetLines(evidence).map(prose), shown.targets),
    log === undefined || log.lines.length === 0
      ? ''
      : `The last ${count(log.lines.length, 'line')} of container ${code(log.container)} (${code(shorten(`${log.group} ${log.stream}`, 300))}):\n\n${fence(cut(log.lines))}`,
    console.length === 0 ? '' : `The end of the console output:\n\n${fence(cut(console.slice(-shown.console)))}`,
    list('Events of the service, the newest first', eventLines(evidence).map(prose), shown.events),
    list('Left out', omittedLines(evidence).map(prose), evidence.omitted.length),
  ]
}

/** One line each, for the log of the job. */
export function evidenceLines(evidence: Evidence): string[] {
  const { log, console, instance } = evidence
  return [
    ...stoppedLines(evidence),
    ...targetLines(evidence),
    ...(instance === undefined
      ? []
      : [
          `instance ${evidence.subject}: ${instance.state}, system check ${instance.system}, instance check ${instance.instance}`,
        ]),
    ...(log === undefined
      ? []
      : [`log of container ${log.container} (${log.group} ${log.stream}):`, ...log.lines.map(indent)]),
    ...(console.length === 0 ? [] : ['console output:', ...console.slice(-shown.console).map(indent)]),
    ...omittedLines(evidence),
  ]
}

function stoppedLines({ stopped }: Evidence): string[] {
  return stopped.map(task => {
    const container = failing(task)
    const ended =
      container === undefined
        ? ''
        : [
            `; container ${container.name}`,
            container.exitCode === undefined ? '' : ` exit code ${container.exitCode}`,
            container.health === 'UNHEALTHY' ? ' unhealthy' : '',
            container.reason === '' || container.reason === task.stoppedReason ? '' : `, ${container.reason}`,
          ].join('')
    const at = new Date(task.stoppedAt).toISOString().slice(11, 19)
    return `${at} task ${task.arn.replace(/^.*\//, '')}: ${shorten(task.stoppedReason || task.stopCode, 600)}${ended}`
  })
}

function targetLines({ targetGroups }: Evidence): string[] {
  return targetGroups.flatMap(({ name, healthPath, healthyCodes, targets }) => {
    const asked = healthPath === '' ? '' : `, checked on ${healthPath} for ${healthyCodes}`
    if (targets.length === 0) return [`target group ${name}${asked}: no target is registered`]
    return targets.map(({ id, port, state, reason, description }) =>
      [`target ${id}${port === undefined ? '' : `:${port}`} of ${name}${asked}: ${state}`, reason, description]
        .filter(part => part !== '')
        .join(', '),
    )
  })
}

function eventLines({ events }: Evidence): string[] {
  return events.map(
    ({ createdAt, message }) => `${new Date(createdAt).toISOString().slice(11, 19)} ${shorten(message, 600)}`,
  )
}

function omittedLines({ omitted }: Evidence): string[] {
  return omitted.map(({ detail, action, why }) =>
    action === undefined
      ? `${detail} could not be had: ${shorten(why, 300)}`
      : `${detail} would be here if the role of this job had ${action}`,
  )
}

function list(title: string, lines: readonly string[], most: number): string {
  if (lines.length === 0) return ''
  const more = lines.length > most ? [`- and ${lines.length - most} more`] : []
  return [`${title}:`, '', ...lines.slice(0, most).map(line => `- ${line}`), ...more].join('\n')
}

/** Lines of at most 500 characters. */
function cut(lines: readonly string[]): string {
  return lines.map(line => shorten(line, 500)).join('\n')
}

function indent(line: string): string {
  return `  ${line}`
}

/** What became of a rollback, as a line of the story. */
export function rollbackLine({ rollback }: Pick<Report, 'rollback'>): string[] {
  if (rollback === undefined) return []
  return [
    `${rollback.restored ? '🟠 **Rolled back**' : '❌ **The rollback is not proved**'}: ${prose(rollback.sentence)}`,
  ]
}
