/**
 * What a run has checked besides the gate, each with what was seen of it: by which plan the apply was approved, what AWS
 * runs, the certificate, the drift. Rows of the summary's table, and lines of the story where there is room for no table.
 */
import { type DriftReport, driftWord } from '../terraform/drift.ts'
import { approvalLine } from './approval.ts'
import { code, count, prose, seconds, shorten } from './markdown.ts'
import { attributesFold } from './plan.ts'
import type { Report } from './report.ts'

/** Addresses that a line names; the JSON report has them all. */
const named = 12

/** The attributes that differ, in a fold; empty where there is no drift. @param units UTF-16 units */
export function driftFold({ drift }: Report, units: number): string {
  if (drift === undefined || drift.changes.length === 0) return ''
  const items = drift.changes.map(({ address, kind, lines }) => ({ address, what: driftWord(drift.plan, kind), lines }))
  return attributesFold(`What has drifted: ${count(items.length, 'resource')}`, items, units)
}

/** What has drifted: addresses of resources, and `output.NAME`. */
export function driftAddresses({ changes, outputs }: DriftReport): string[] {
  return [...changes.map(({ address }) => address), ...outputs.map(name => `output.${name}`)]
}

/** Lines of the story about a destroy, which the monitors' lines go before: they are told first. */
export function destroyLines({ destroy, plan, runUrl }: Report): string[] {
  if (destroy === undefined) return []
  const { outcome, left, deactivated = 0 } = destroy
  const lines: string[] = []
  if (outcome === 'nothing') lines.push('⚪ **Nothing to destroy**: the state holds nothing of it')
  if (outcome === 'done')
    lines.push(
      `✅ **Destroyed** by [this run](${runUrl})${plan === undefined ? '' : `: ${count(plan.counts.destroy, 'resource')}`}, and nothing is left in the state`,
    )
  if (outcome === 'left') {
    const shown = left.slice(0, named).map(address => code(shorten(address, 200)))
    const more = left.length > named ? ` and ${left.length - named} more` : ''
    lines.push(`❌ **Left**: ${shown.join(', ')}${more}`)
  }
  if (deactivated > 0) lines.push(`⚪ **Inactive** in the environment: ${count(deactivated, 'deployment')}`)
  return lines
}

/** Lines of the story about what a scheduled verify checks besides the gate. */
export function verifyLines({ certificate, drift, failures: [failure], warnings, issue }: Report): string[] {
  const lines: string[] = []
  if (certificate !== undefined) {
    const { daysLeft, validTo, host, issuer } = certificate
    const isWell =
      failure?.code !== 'CERTIFICATE_EXPIRES' && !warnings.some(each => each.startsWith('CERTIFICATE_EXPIRES'))
    const by = issuer === '' ? '' : `, issued by ${code(shorten(issuer, 120))}`
    lines.push(
      `${isWell ? '✅' : '❌'} **Certificate** of ${code(shorten(host, 200))}: ${count(daysLeft, 'day')} left, until ${validTo.slice(0, 10)}${by}`,
    )
  }
  if (drift !== undefined) lines.push(driftLine(drift, failure?.code === 'DRIFT'))
  if (issue !== undefined) lines.push(issueLine(issue))
  return lines
}

function driftLine(drift: DriftReport, isRed: boolean): string {
  const addresses = driftAddresses(drift)
  const isRefresh = drift.plan === 'refresh-only'
  if (addresses.length === 0)
    return isRefresh
      ? '✅ **No drift**: what is deployed is as the last apply left it'
      : '✅ **No drift**: what is deployed is as it is written'
  const kinds = new Map(drift.changes.map(({ address, kind }) => [address, kind]))
  const shown = addresses.slice(0, named).map(address => {
    const kind = kinds.get(address)
    return `${code(shorten(address, 200))}${kind === undefined ? '' : ` (${driftWord(drift.plan, kind)})`}`
  })
  const more = addresses.length > named ? ` and ${addresses.length - named} more` : ''
  const what = isRefresh ? 'outside of Terraform' : 'an apply would change'
  return `${isRed ? '❌' : '⚠️'} **Drift**: ${what} ${shown.join(', ')}${more}`
}

function issueLine({ number, url, outcome }: NonNullable<Report['issue']>): string {
  const words = { opened: 'opened', updated: 'updated', kept: 'open, told today already', closed: 'closed' }
  return `${outcome === 'closed' ? '✅' : '🔔'} **Issue** [${number}](${encodeURI(url)}): ${words[outcome]}`
}

/**
 * The checks of a deployment as a table: what was asked, and what was seen. The gate has a table of its own. Empty for a
 * run that has none of them.
 */
export function checksSection(report: Report): string {
  const rows = [...approvalRow(report), ...stabilityRow(report), ...readinessRow(report)]
  if (rows.length === 0) return ''
  return ['**The deployment**', '', '| | check | seen |', '|---|---|---|', ...rows.map(row)].join('\n')
}

type Row = readonly [icon: string, check: string, seen: string]

function row([icon, check, seen]: Row): string {
  return `| ${icon} | ${check} | ${seen.replaceAll('|', '&#124;')} |`
}

function approvalRow(report: Report): Row[] {
  const { approval, command, pullRequest } = report
  if (approval === undefined || command !== 'apply') return []
  const [icon = '', ...words] = (approvalLine(report) || '✅ nothing was to be changed').split(' ')
  const where = pullRequest === undefined ? '' : `, pull request ${pullRequest}`
  const fingerprint = `fingerprint ${code(shorten(approval.fingerprint, 90))}`
  if (approval.outcome === 'refused')
    return [['❌', 'plan approved', `the plan was not approved; ${fingerprint}${where}`]]
  return [[icon, 'plan approved', `${words.join(' ')}; ${fingerprint}${where}`]]
}

function stabilityRow({ stability, previousRevision }: Report): Row[] {
  if (stability === undefined) return []
  const { failure, revision, running, elapsedMs, deployment } = stability
  if (failure !== undefined) return [['❌', 'ECS runs what was applied', prose(shorten(failure.sentence, 500))]]
  const parts = [
    revision === undefined ? '' : code(revision),
    `${count(running, 'task')} after ${seconds(elapsedMs)}`,
    deployment === undefined ? '' : `deployment ${code(deployment.id)}`,
    previousRevision === undefined ? '' : `before it ${code(previousRevision.replace(/^.*\//, ''))}`,
  ]
  return [['✅', 'ECS runs what was applied', parts.filter(part => part !== '').join(', ')]]
}

function readinessRow({ readiness }: Report): Row[] {
  if (readiness === undefined) return []
  const { failure, elapsedMs } = readiness
  return failure === undefined
    ? [['✅', 'status checks of the instance', `both passed after ${seconds(elapsedMs)}`]]
    : [['❌', 'status checks of the instance', prose(shorten(failure.sentence, 500))]]
}
