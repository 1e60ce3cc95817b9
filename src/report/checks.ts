/**
 * Renders the checks of a run in addition to the gate, each with its observation: approval, stability on AWS, certificate and
 * drift. They are rows of the summary's table, or lines of the timeline.
 */
import { type DriftReport, driftWord } from '../terraform/drift.ts'
import type { FilledIn } from '../terraform/filled-in.ts'
import { count, day, seconds } from '../words.ts'
import { approvalReason } from './approval.ts'
import { code, knownLink, Markdown, md, plain, prose, row } from './markdown.ts'
import { attributesSection } from './plan.ts'
import type { Report } from './report.ts'
import { toolTitle } from './tool.ts'

/** The most addresses in one line. The JSON report has all of them. */
const maxListed = 12

/** Renders the drifted attributes in a collapsible section; empty without drift. @param units UTF-16 units */
export function driftSection({ drift }: Report, units: number): Markdown {
  if (drift === undefined || drift.changes.length === 0) return md``
  const items = drift.changes.map(({ address, kind, lines }) => ({ address, what: driftWord(drift.plan, kind), lines }))
  return attributesSection(md`What has drifted: ${count(items.length, 'resource')}`, items, units)
}

/** Returns what has drifted: addresses of resources, and `output.NAME`. */
export function driftAddresses({ changes, outputs }: DriftReport): string[] {
  return [...changes.map(({ address }) => address), ...outputs.map(name => `output.${name}`)]
}

/** Renders the timeline lines of a destroy. The monitors' lines precede them, because monitors are notified first. */
export function destroyLines({ destroy, plan, runUrl }: Report): Markdown[] {
  if (destroy === undefined) return []
  const { outcome, left, deactivated = 0 } = destroy
  const lines: Markdown[] = []
  if (outcome === 'nothing') lines.push(md`⚪ **Nothing to destroy**: the state holds no resource of the stack`)
  if (outcome === 'done') {
    const destroyed = plan === undefined ? md`` : md`: ${count(plan.counts.destroy, 'resource')}`
    lines.push(md`✅ **Destroyed** by ${knownLink(md`this run`, runUrl)}${destroyed}, and nothing is left in the state`)
  }
  if (outcome === 'left') lines.push(md`❌ **Not destroyed**: ${listFirst(left, address => code(address, 200))}`)
  if (deactivated > 0) lines.push(md`⚪ **Inactive** in the environment: ${count(deactivated, 'deployment')}`)
  return lines
}

/** Renders the timeline lines of the checks of a scheduled verify in addition to the gate. */
export function verifyLines({ certificate, drift, failures, warnings, issue, tool }: Report): Markdown[] {
  const lines: Markdown[] = []
  if (certificate !== undefined) {
    const { daysLeft, validTo, host, issuer } = certificate
    const isWell =
      !failures.some(({ code }) => code === 'CERTIFICATE_EXPIRES') &&
      !warnings.some(each => each.startsWith('CERTIFICATE_EXPIRES'))
    const by = issuer === '' ? md`` : md`, issued by ${code(issuer, 120)}`
    lines.push(
      md`${isWell ? md`✅` : md`❌`} **Certificate** of ${code(host, 200)}: ${count(daysLeft, 'day')} left, until ${day(validTo)}${by}`,
    )
  }
  if (drift !== undefined)
    lines.push(
      driftLine(
        drift,
        failures.some(({ code: failed }) => failed === 'DRIFT'),
        tool,
      ),
    )
  for (const each of drift?.filledIn ?? []) lines.push(filledInLine(each))
  if (issue !== undefined) lines.push(issueLine(issue))
  return lines
}

function driftLine(drift: DriftReport, isFailed: boolean, tool: Report['tool']): Markdown {
  const addresses = driftAddresses(drift)
  const isRefresh = drift.plan === 'refresh-only'
  if (addresses.length === 0)
    return isRefresh
      ? md`✅ **No drift**: the deployed resources match the last apply`
      : md`✅ **No drift**: the deployed resources match the configuration`
  const kinds = new Map(drift.changes.map(({ address, kind }) => [address, kind]))
  const named = listFirst(addresses, address => {
    const kind = kinds.get(address)
    return md`${code(address, 200)}${kind && md` (${Markdown.word(driftWord(drift.plan, kind))})`}`
  })
  const what = isRefresh ? md`outside of ${toolTitle(tool)}` : md`an apply would change`
  return md`${isFailed ? md`❌` : md`⚠️`} **Drift**: ${what} ${named}`
}

/** Renders an attribute that a newer provider fills in, which is not drift. */
function filledInLine({ provider, attribute, resources }: FilledIn): Markdown {
  const name = code(provider.replace(/^registry\.(terraform\.io|opentofu\.org)\//, ''), 120)
  return md`⚪ **Not drift**: the provider ${name} now fills in ${code(attribute, 80)} on ${count(resources, 'resource')}; the next apply saves it in the state`
}

/** Renders the first texts and counts the others. */
function listFirst(texts: readonly string[], render: (text: string) => Markdown): Markdown {
  const named = Markdown.join(texts.slice(0, maxListed).map(render), ', ')
  return texts.length > maxListed ? md`${named} and ${texts.length - maxListed} more` : named
}

const issueOutcomes = {
  opened: 'opened',
  updated: 'updated',
  kept: 'open, already reported today',
  closed: 'closed',
} as const

function issueLine({ number, url, outcome }: NonNullable<Report['issue']>): Markdown {
  const symbol = outcome === 'closed' ? md`✅` : md`🔔`
  return md`${symbol} **Issue** ${knownLink(md`${number}`, encodeURI(url))}: ${Markdown.word(issueOutcomes[outcome])}`
}

/**
 * Renders the checks of a deployment as a table of requirements and observations; empty for a run without them. The gate has its
 * own table.
 */
export function checksSection(report: Report): Markdown {
  const rows = [...approvalRow(report), ...stabilityRow(report), ...readinessRow(report)]
  if (rows.length === 0) return md``
  return Markdown.join([md`**The deployment**\n\n| | check | observed |\n|---|---|---|`, ...rows.map(row)], '\n')
}

type Row = readonly [icon: Markdown, check: Markdown, observed: Markdown]

function approvalRow(report: Report): Row[] {
  const { approval, command, pullRequest } = report
  if (approval === undefined || command !== 'apply') return []
  const check = md`plan approved`
  const where = pullRequest === undefined ? md`` : md`, pull request ${pullRequest}`
  const fingerprint = md`fingerprint ${code(approval.fingerprint, 90)}`
  if (approval.outcome === 'refused') return [[md`❌`, check, md`the plan was not approved; ${fingerprint}${where}`]]
  const { icon, reason } = approvalReason(report) ?? { icon: md`✅`, reason: md`nothing was to be changed` }
  return [[icon, check, md`${reason}; ${fingerprint}${where}`]]
}

function stabilityRow({ stability, previousRevision }: Report): Row[] {
  if (stability === undefined) return []
  const { failure, revision, running, elapsedMs, deployment } = stability
  const check = stability.runs === undefined ? md`ECS runs what was applied` : md`the platform runs what was applied`
  if (failure !== undefined) return [[md`❌`, check, prose(failure.sentence, 500)]]
  const parts = [
    revision === undefined ? undefined : code(revision),
    stability.runs === undefined
      ? md`${count(running, 'task')} after ${seconds(elapsedMs)}`
      : md`after ${seconds(elapsedMs)}`,
    deployment && md`deployment ${code(deployment.id)}`,
    previousRevision === undefined ? undefined : md`before it ${code(plain`${previousRevision}`.lastPart)}`,
  ]
  return [[md`✅`, check, Markdown.join(parts, ', ')]]
}

function readinessRow({ readiness }: Report): Row[] {
  if (readiness === undefined) return []
  const { failure, elapsedMs } = readiness
  const check = md`status checks of the instance`
  return failure === undefined
    ? [[md`✅`, check, md`both passed after ${seconds(elapsedMs)}`]]
    : [[md`❌`, check, prose(failure.sentence, 500)]]
}
