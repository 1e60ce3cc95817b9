/**
 * What the monitors did, as lines of the comment and the summary. What a monitor answers is as foreign as what a server
 * says: it is escaped, and the only links are those that the monitor's client has found to lead to the monitor itself.
 */
import { code, prose, shorten } from './markdown.ts'
import { outcomeOf } from './outcome.ts'
import { type MonitorResult, type Report, registrationOf } from './report.ts'

/** The words for what a monitor did; what did not concern it has none. */
const done: Partial<Record<MonitorResult['outcome'], (told: MonitorResult) => string>> = {
  created: ({ monitor }) => `✅ **Registered** with ${prose(monitor)}`,
  exists: ({ monitor }) => `✅ **Registered** with ${prose(monitor)} before`,
  updated: ({ monitor }) => `✅ **Moved** at ${prose(monitor)} to the new endpoint`,
  resumed: ({ monitor }) => `✅ **Resumed** at ${prose(monitor)}`,
  paused: ({ monitor }) => `⏸️ **Paused** at ${prose(monitor)} until the next verified deployment`,
  removed: ({ monitor }) => `✅ **Removed** from ${prose(monitor)}`,
  delivered: ({ monitor }) => `✅ **Told** the ${prose(monitor)}`,
}

/** One line for each monitor that did something or failed, and one for each thing that it could not do. */
export function monitorLines(report: Report): string[] {
  const { monitors = [], command, apply } = report
  const lines = monitors.flatMap(told => [
    ...(done[told.outcome] === undefined ? [] : [`${done[told.outcome]?.(told)}${idText(told)}${publicText(told)}`]),
    ...[told.warning ?? [], told.notices].flat().map(text => `⚠️ ${prose(shorten(text, 500))}`),
  ])
  if (
    outcomeOf(report).status === 'failed' &&
    command === 'apply' &&
    apply === 'done' &&
    registrationOf(report) === undefined
  )
    lines.push('⚪ Nothing was registered with the monitor')
  return lines
}

function idText({ outcome, id = '' }: MonitorResult): string {
  if (id === '') return ''
  return ` as ${outcome === 'delivered' ? 'delivery' : 'monitor'} ${code(shorten(id, 80))}`
}

/** The badge, its status in words for those who see no image, and the page behind it. */
function publicText({ status, badgeUrl, statusPageUrl }: MonitorResult): string {
  const badge = badgeUrl === undefined ? '' : `![status](${destination(badgeUrl)})`
  const shown = statusPageUrl === undefined ? badge : `[${badge || 'status page'}](${destination(statusPageUrl)})`
  return [status === undefined ? '' : `, last seen ${code(shorten(status, 40))}`, shown === '' ? '' : ` ${shown}`].join(
    '',
  )
}

/** A URL that cannot end the brackets of a Markdown link; its own parser has encoded spaces, quotes and `<`. */
function destination(url: string): string {
  return url.replace(/[()\\]/g, char => `%${char.charCodeAt(0).toString(16)}`)
}
