/**
 * What the monitors did, as lines of the comment and the summary. What a monitor answers is as foreign as what a server
 * answers: it is escaped, and the only links are those that the monitor's client has found to lead to the monitor itself.
 */
import { code, image, link, type Markdown, md, prose } from './markdown.ts'
import { outcomeOf } from './outcome.ts'
import { type MonitorResult, type Report, registrationOf } from './report.ts'

/** What a monitor did; an outcome that did not concern it has no words. */
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
      return md`⏸️ **Paused** at ${name} until the next verified deployment`
    case 'removed':
      return md`✅ **Removed** from ${name}`
    case 'delivered':
      return md`✅ **Told** the ${name}`
    default:
      return undefined
  }
}

/** One line for each monitor that did something or failed, and one for each thing that it could not do. */
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
  if (isFailed && command === 'apply' && apply === 'done' && registrationOf(report) === undefined)
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
  const lastStatus = status === undefined ? md`` : md`, last seen ${code(status, 40)}`
  return shown.isEmpty ? lastStatus : md`${lastStatus} ${shown}`
}
