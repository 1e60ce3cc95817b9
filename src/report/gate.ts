/**
 * What the gate saw, for people and for machines that show tests: one list of checks, as a table of the job summary and
 * as JUnit XML, and the tool contract as the file to commit. Pure; the report is free of secrets already.
 */
import { codes } from '../gate/codes.ts'
import type { Change, Comparison, ContractFile } from '../gate/contract.ts'
import type { GateFailure, GateReport } from '../gate/gate.ts'
import { code, count, fence, fold, prose, seconds, shorten } from './markdown.ts'

/** `noted`: not as it should be, and nobody required it. */
type Outcome = 'passed' | 'failed' | 'noted' | 'absent'

export interface Check {
  readonly name: string
  readonly outcome: Outcome
  /** Hostile in part. */
  readonly seen: string
  readonly failure?: GateFailure
  readonly ms: number
}

/** Everything that the gate checked, the deciding failure among it exactly once. */
export function checksOf(gate: GateReport): Check[] {
  const { failure, eras, wall, contract, rounds, tools } = gate
  const last = rounds.at(-1)
  const survey = rounds.findLast(round => round.survey !== undefined)?.survey
  const took = (era: string): number =>
    (last?.exchanges ?? []).reduce((sum, each) => sum + (each.era === era ? each.elapsedMs : 0), 0)
  const checks: Check[] = []
  let isTold = failure === undefined
  for (const [era, { verdict, protocolVersion, failure: own }] of Object.entries(eras)) {
    const decides = own !== undefined && own.code === (failure?.cause ?? failure?.code) && own.era === failure?.era
    const outcome = decides ? 'failed' : verdict === 'failed' ? 'noted' : verdict
    isTold ||= decides
    const seen = own ? `${own.code}: ${own.sentence}` : (protocolVersion ?? '')
    checks.push({ name: `era ${era}`, outcome, seen, ms: took(era), ...(decides && { failure }) })
  }
  const more = (name: string, isWell: boolean, seen: string, ms: number, own: boolean): void => {
    const decides = own && !isTold && failure !== undefined
    isTold ||= decides
    checks.push({
      name,
      outcome: decides ? 'failed' : isWell ? 'passed' : 'noted',
      seen: decides ? `${failure.code}: ${failure.sentence}` : seen,
      ms,
      ...(decides && { failure }),
    })
  }
  const isAuth = failure?.code.startsWith('AUTH_') === true
  if (wall !== undefined || isAuth) {
    more('authorization', !isAuth, wall === undefined ? '' : `by ${wall.authorizationServers.join(', ')}`, 0, isAuth)
  }
  if (survey !== undefined) {
    const seen = `${count(survey.tries, 'try')}, ${survey.failed} failed`.replace('trys', 'tries')
    more('fresh connections', survey.verdict === 'green', seen, survey.elapsedMs, failure?.code === 'FLAPPING')
  }
  if (Object.values(eras).some(({ verdict }) => verdict === 'passed')) {
    more(
      'tools',
      true,
      count(tools.length, 'tool'),
      0,
      failure?.step === 'tools/list' && failure.code !== 'CONTRACT_BROKEN',
    )
  }
  if (contract?.comparison !== undefined || failure?.code.startsWith('CONTRACT_')) {
    const { comparison } = contract ?? {}
    const isKept = comparison?.counts.removed === 0 && comparison.counts.breaking === 0
    more(
      'tool contract',
      isKept,
      comparison ? comparisonLine(comparison) : '',
      0,
      failure?.code.startsWith('CONTRACT_') === true,
    )
  }
  const green = rounds.length - 1 - rounds.findLastIndex(({ verdict }) => verdict !== 'green')
  const seen = `${green} in a row, of ${count(rounds.length, 'round')} in ${seconds(gate.elapsedMs)}`
  more('green rounds', gate.passed, seen, gate.elapsedMs, true)
  return checks
}

/** `2 added, 1 removed, 1 breaking`, or that nothing changed. */
export function comparisonLine({ counts }: Comparison): string {
  const { descriptions, ...others } = counts
  const named = Object.entries({ ...others, 'described anew': descriptions }).filter(([, number]) => number > 0)
  return named.length === 0 ? 'unchanged' : named.map(([name, number]) => `${number} ${name}`).join(', ')
}

const ICONS: Readonly<Record<Outcome, string>> = { passed: '✅', failed: '❌', noted: '⚠️', absent: '⚪' }

/** Everything about the gate for the job summary. */
export function gateSection(gate: GateReport): string {
  const rows = checksOf(gate).map(({ name, outcome, seen }) => {
    const text = prose(shorten(seen, 500)).replaceAll('|', '&#124;')
    return `| ${ICONS[outcome]} | ${name} | ${text} |`
  })
  const table = ['**The gate**', '', '| | check | seen |', '|---|---|---|', ...rows].join('\n')
  return [table, contractSection(gate)].filter(part => part !== '').join('\n\n')
}

/** Of each kind of change; the JSON report lists more of them. */
const shownChanges = 20

/** UTF-16 units of a contract that is shown in the summary, which is dropped as a whole when it is too large. */
const shownContract = 60_000

function contractSection({ contract, failure }: GateReport): string {
  if (contract === undefined) return ''
  const { hash, comparison } = contract
  const changes = comparison ? changeLines(comparison) : []
  const wantsFile = failure?.code === 'CONTRACT_MISSING' || changes.length > 0
  const text = contractText(contract)
  const shown =
    text.length <= shownContract
      ? fence(text.trimEnd(), 'json')
      : 'It is too large to be shown here: it is the file of the output `mcp-contract-file`.'
  return [
    `**The tool contract** ${code(hash.slice(0, 16))}${comparison ? `: ${comparisonLine(comparison)}` : ''}`,
    changes.join('\n'),
    wantsFile ? fold('The contract that is served, ready to be committed', shown) : '',
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

function changeLines({ added, removed, breaking, harmless, descriptions, counts }: Comparison): string[] {
  const capped = (lines: string[], kind: keyof Comparison['counts'], what: string): string[] => {
    const more = counts[kind] - Math.min(lines.length, shownChanges)
    const rest = `- and ${more} more ${what}: the first 1,000 are in the report (output \`gate-report\`)`
    return [...lines.slice(0, shownChanges), ...(more > 0 ? [rest] : [])]
  }
  const named = (icon: string, what: string, kind: 'added' | 'removed', names: readonly string[]) =>
    capped(
      names.map(name => `- ${icon} ${what} ${code(shorten(name, 100))}`),
      kind,
      what,
    )
  const listed = (icon: string, what: string, kind: keyof Comparison['counts'], changes: readonly Change[]) =>
    capped(
      changes.map(
        ({ tool, path, what: how }) =>
          `- ${icon} ${what}: ${code(shorten(tool, 100))} ${code(shorten(path, 200))} ${code(shorten(how, 500))}`,
      ),
      kind,
      what,
    )
  return [
    ...named('❌', 'removed', 'removed', removed),
    ...listed('❌', 'breaking', 'breaking', breaking),
    ...listed('⚠️', 'described anew', 'descriptions', descriptions),
    ...listed('✅', 'harmless', 'harmless', harmless),
    ...named('✅', 'added', 'added', added),
  ]
}

/** The file to commit: keys sorted, so that the diff of two of them is what changed. */
export function contractText({ hash, tools }: ContractFile): string {
  return `${JSON.stringify({ hash, tools }, null, 2)}\n`
}

/** The checks as JUnit XML, of the kind that test reporters on GitHub read. What was only noted is skipped, with why. */
export function renderJUnit(gate: GateReport): string {
  const checks = checksOf(gate)
  const time = (ms: number): string => (ms / 1000).toFixed(3)
  const cases = checks.map(({ name, outcome, seen, failure, ms }) => {
    const open = `  <testcase classname="MCP gate" name=${attribute(name)} time="${time(ms)}"`
    if (outcome === 'passed') return `${open}/>`
    if (failure === undefined) return `${open}><skipped message=${attribute(seen || outcome)}/></testcase>`
    const { sentence, fix, remedy } = failure
    const details = xml(
      `${sentence}\nLikely cause: ${codes[failure.code].cause}\nWhat to do: ${fix}\nRemedy: ${remedy}`,
    )
    return `${open}><failure type=${attribute(failure.code)} message=${attribute(sentence)}>${details}</failure></testcase>`
  })
  const of = (outcome: (check: Check) => boolean): number => checks.filter(outcome).length
  const failures = of(({ failure }) => failure !== undefined)
  const skipped = of(({ failure, outcome }) => failure === undefined && outcome !== 'passed')
  const counts = `tests="${checks.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${time(gate.elapsedMs)}"`
  const suite = ` <testsuite name=${attribute(gate.endpoint)} ${counts}>`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    suite,
    ...cases,
    ' </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function attribute(text: string): string {
  return `"${xml(text).replace(/[\t\n]/g, ' ')}"`
}

/** Text of an XML 1.0 document, which has no way at all to say most control characters. */
function xml(text: string): string {
  const allowed = text.toWellFormed().replace(/[^\t\n\x20-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return allowed.replace(/[&<>"]/g, char => entities[char] ?? '')
}
