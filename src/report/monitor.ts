/**
 * Renders the results of the monitors as lines of the comment and the summary. A monitor's answer is foreign text, so it is
 * escaped. Only links that the monitor's client has checked, to the monitor's own host, become links.
 */
import { code, image, link, type Markdown, md, prose } from './markdown.ts'
import { outcomeOf } from './outcome.ts'
import { type MonitorResult, type Report, registrationOf } from './report.ts'

/** Renders the outcome of a monitor; undefined for an outcome without effect. */
function outcomeText({ monitor, outcome }: MonitorResult): Markdown | undefined {
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
      return md`⏸️ **Paused** until the next verified deployment, at ${name}`
    case 'removed':
      return md`✅ **Removed** from ${name}`
    case 'delivered':
      return md`✅ **Notified** the ${name}`
    default:
      return undefined
  }
}

/** Renders one line for each monitor with an effect or a failure, and one for each notice. */
export function monitorLines(report: Report): Markdown[] {
  const { monitors = [], command, apply } = report
  const lines = monitors.flatMap(result => {
    const done = outcomeText(result)
    return [
      ...(done === undefined ? [] : [md`${done}${idText(result)}${publicText(result)}`]),
      ...[result.warning ?? [], result.notices].flat().map(text => md`⚠️ ${prose(text, 500)}`),
    ]
  })
  const isFailed = outcomeOf(report).status === 'failed'
  // A run without a monitor that registers endpoints has nothing to miss.
  const hasRegistry = monitors.some(({ outcome }) => outcome === 'none')
  if (isFailed && command === 'apply' && apply === 'done' && hasRegistry && registrationOf(report) === undefined)
    lines.push(md`⚪ Nothing was registered with the monitor`)
  return lines
}

function idText({ outcome, id = '' }: MonitorResult): Markdown {
  if (id === '') return md``
  return md` as ${outcome === 'delivered' ? md`delivery` : md`monitor`} ${code(id, 80)}`
}

/** Renders the badge with its link, and the status as text for readers who do not see images. */
function publicText({ status, badgeUrl, statusPageUrl }: MonitorResult): Markdown {
  const badge = badgeUrl === undefined ? md`` : image(md`status`, badgeUrl)
  const words = badge.isEmpty ? md`status page` : badge
  const shown = statusPageUrl === undefined ? badge : link(words, statusPageUrl)
  const lastStatus = status === undefined ? md`` : md`, last status ${code(status, 40)}`
  return shown.isEmpty ? lastStatus : md`${lastStatus} ${shown}`
}
