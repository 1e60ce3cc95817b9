/**
 * What the monitors did, as lines of the comment and the summary. What a monitor answers is as foreign as what a server
 * answers: it is escaped, and the only links are those that the monitor's client has found to lead to the monitor itself.
 */
import { code, image, link, type Markdown, md, prose } from './markdown.ts'
import type { Report } from './report.ts'

/** The result of notifying a monitor. `none`: there was nothing for it to do, or it could not; the notices say which. */
export interface MonitorResult {
  readonly monitor: string
  readonly outcome:
    | 'created'
    | 'exists'
    | 'updated'
    | 'resumed'
    | 'paused'
    | 'removed'
    | 'delivered'
    | 'none'
    | 'failed'
  /** Of the monitor, or of the delivery; empty when the answer named none. */
  readonly id?: string
  readonly slug?: string
  /** The last status that the monitor shows in public, such as `live`. */
  readonly status?: string
  readonly badgeUrl?: string
  readonly statusPageUrl?: string
  /** What was not done, and what a person can do about it. */
  readonly notices: readonly string[]
  /** Why it failed, and what follows from that. */
  readonly warning?: string
}

/** What a monitor did; an outcome that did not concern it has no words. */
function doneText({ monitor, outcome }: MonitorResult): Markdown | undefined {
  const name = prose(monitor)
  switch (outcome) {
    case 'created':
      return md`✅ **Registered** with ${name}`
    case 'exists':
      return md`✅ **Registered** with ${name} before`
    case 'updated':
      return md`✅ **Moved** at ${name} to the new endpoint`
    case 'resumed':
      return md`✅ **Resumed** at ${name}`
    case 'paused':
      return md`⏸️ **Paused** at ${name} until the next verified deployment`
    case 'removed':
      return md`✅ **Removed** from ${name}`
    case 'delivered':
      return md`✅ **Told** the ${name}`
    default:
      return undefined
  }
}

/** The monitor that watches a verified endpoint: the first one that keeps it. */
export function registrationOf({ monitors }: Pick<Report, 'monitors'>): MonitorResult | undefined {
  return monitors?.find(({ outcome }) => ['created', 'exists', 'updated', 'resumed'].includes(outcome))
}

/** One line for each monitor that did something or failed, and one for each thing that it could not do. */
export function monitorLines(report: Report): Markdown[] {
  const {
    monitors = [],
    failures: [failure],
    command,
    apply,
  } = report
  const lines = monitors.flatMap(result => {
    const done = doneText(result)
    return [
      ...(done === undefined ? [] : [md`${done}${idText(result)}${publicText(result)}`]),
      ...[result.warning ?? [], result.notices].flat().map(text => md`⚠️ ${prose(text, 500)}`),
    ]
  })
  if (failure !== undefined && command === 'apply' && apply === 'done' && registrationOf(report) === undefined)
    lines.push(md`⚪ Nothing was registered with the monitor`)
  return lines
}

function idText({ outcome, id = '' }: MonitorResult): Markdown {
  if (id === '') return md``
  return md` as ${outcome === 'delivered' ? md`delivery` : md`monitor`} ${code(id, 80)}`
}

/** The badge, its status in words for those who see no image, and the page behind it. */
function publicText({ status, badgeUrl, statusPageUrl }: MonitorResult): Markdown {
  const badge = badgeUrl === undefined ? md`` : image(md`status`, badgeUrl)
  const words = badge.isEmpty ? md`status page` : badge
  const shown = statusPageUrl === undefined ? badge : link(words, statusPageUrl)
  const lastSeen = status === undefined ? md`` : md`, last seen ${code(status, 40)}`
  return shown.isEmpty ? lastSeen : md`${lastSeen} ${shown}`
}
