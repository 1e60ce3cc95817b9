/**
 * Renders the gate's checks as a table of the job summary and as JUnit XML, and the tool contract as the file to commit. Pure.
 */
import { codes } from '../gate/codes.ts'
import type { Change, Comparison, ContractFile } from '../gate/contract.ts'
import { ERAS } from '../gate/eras.ts'
import type { GateFailure, GateReport } from '../gate/gate.ts'
import { joinLines, Line, line } from '../log.ts'
import { count, seconds } from '../words.ts'
import { code, collapsible, fence, list, Markdown, md, type Plain, plain, prose, row } from './markdown.ts'

/** Whether docs/gate-codes.md explains a failure code; docs/failure-codes.md explains the others. */
export function isGateCode(code: string): boolean {
  return Object.hasOwn(codes, code)
}

/** `not-required`: the check did not pass, but nothing requires it to. */
type Outcome = 'passed' | 'failed' | 'not-required' | 'absent'

export interface Check {
  readonly name: Line
  readonly outcome: Outcome
  /** The observation, in one line. */
  readonly observed: Line
  readonly failure?: GateFailure
  readonly ms: number
}

/** Lists all checks of the gate, with the deciding failure exactly once. */
export function checksOf(gate: GateReport): Check[] {
  const { failure, eras, wall, contract, rounds, tools } = gate
  const last = rounds.at(-1)
  const survey = rounds.findLast(round => round.survey !== undefined)?.survey
  const elapsedMsOf = (era: string): number =>
    (last?.exchanges ?? []).reduce((sum, each) => sum + (each.era === era ? each.elapsedMs : 0), 0)
  const checks: Check[] = []
  let isFailureListed = failure === undefined
  for (const [era, { verdict, protocolVersion, failure: own }] of Object.entries(eras)) {
    const decides = own !== undefined && own.code === (failure?.cause ?? failure?.code) && own.era === failure?.era
    const outcome = decides ? 'failed' : verdict === 'failed' ? 'not-required' : verdict
    isFailureListed ||= decides
    const spoken = verdict === 'absent' ? Line.word(verdictWords.absent) : line`${protocolVersion}`
    const ownResult = own ? line`${Line.word(own.code)}: ${own.sentence}` : spoken
    checks.push({
      name: line`protocol ${eraName(era)}`,
      outcome,
      observed: ownResult,
      ms: elapsedMsOf(era),
      ...(decides && { failure }),
    })
  }
  const addCheck = (name: Line, isPassed: boolean, observed: Line, ms: number, own: boolean): void => {
    const decides = own && !isFailureListed && failure !== undefined
    isFailureListed ||= decides
    checks.push({
      name,
      outcome: decides ? 'failed' : isPassed ? 'passed' : 'not-required',
      observed: decides ? line`${Line.word(failure.code)}: ${failure.sentence}` : observed,
      ms,
      ...(decides && { failure }),
    })
  }
  const isAuth = failure?.code.startsWith('AUTH_') === true
  if (wall !== undefined || isAuth) {
    addCheck(
      line`authorization`,
      !isAuth,
      wall === undefined ? line`` : line`by ${wall.authorizationServers.join(', ')}`,
      0,
      isAuth,
    )
  }
  if (survey !== undefined) {
    const observed = line`${survey.tries} ${survey.tries === 1 ? line`try` : line`tries`}, ${survey.failed} failed`
    addCheck(
      line`fresh connections`,
      survey.verdict === 'green',
      observed,
      survey.elapsedMs,
      failure?.code === 'FLAPPING',
    )
  }
  if (Object.values(eras).some(({ verdict }) => verdict === 'passed')) {
    addCheck(
      line`tools`,
      true,
      count(tools.length, 'tool'),
      0,
      failure?.step === 'tools/list' && failure.code !== 'CONTRACT_BROKEN',
    )
  }
  if (contract?.comparison !== undefined || failure?.code.startsWith('CONTRACT_')) {
    const { comparison } = contract ?? {}
    const isCompatible = comparison?.counts.removed === 0 && comparison.counts.breaking === 0
    addCheck(
      line`tool contract`,
      isCompatible,
      comparison ? comparisonLine(comparison) : line``,
      0,
      failure?.code.startsWith('CONTRACT_') === true,
    )
  }
  const passedInARow = rounds.length - 1 - rounds.findLastIndex(({ verdict }) => verdict !== 'green')
  const observed = line`${passedInARow} in a row, of ${count(rounds.length, 'round')} in ${seconds(gate.elapsedMs)}`
  addCheck(line`passed rounds`, gate.passed, observed, gate.elapsedMs, true)
  return checks
}

/** The text for each kind of contract change. */
const changeWords = {
  added: 'added',
  removed: 'removed',
  breaking: 'breaking',
  harmless: 'harmless',
  descriptions: 'with a new description',
} as const satisfies Record<keyof Comparison['counts'], string>

/** The text for each era: the newest protocol version, or what the clients of the era send first. */
const eraNames: Readonly<Record<(typeof ERAS)[number], Line>> = {
  modern: line`2026-07-28`,
  legacy: line`initialize`,
  'http-sse': line`HTTP+SSE`,
}

/** The text for each verdict of an era. */
export const verdictWords = { passed: 'passed', failed: 'failed', absent: 'not offered' } as const

/** Renders the name of an era, with the version that the server has in it. An era of another version is foreign text. */
export function eraName(era: string, protocolVersion?: string): Line {
  const known = ERAS.find(each => each === era)
  const name = known === undefined ? line`${era}` : eraNames[known]
  return known === 'modern' || protocolVersion === undefined ? name : line`${name} (${protocolVersion})`
}

/** Renders each era with its verdict: `2026-07-28: not offered · initialize (2025-11-25): failed · HTTP+SSE: not offered`. */
export function erasLine(gate: GateReport): Line {
  const eras = Object.entries(gate.eras).map(([era, { verdict, protocolVersion }]) => {
    return line`${eraName(era, protocolVersion)}: ${Line.word(verdictWords[verdict])}`
  })
  return joinLines(eras, line` · `)
}

/** Renders the counts of a comparison, such as `2 added, 1 removed, 1 breaking`, or `unchanged`. */
function comparisonLine({ counts }: Comparison): Line {
  const named = (Object.keys(changeWords) as (keyof typeof changeWords)[])
    .filter(kind => counts[kind] > 0)
    .map(kind => line`${counts[kind]} ${Line.word(changeWords[kind])}`)
  return named.length === 0 ? line`unchanged` : joinLines(named, line`, `)
}

const icons: Readonly<Record<Outcome, Markdown>> = {
  passed: md`✅`,
  failed: md`❌`,
  'not-required': md`⚠️`,
  absent: md`⚪`,
}

/** Renders the section of the job summary about the gate. */
export function gateSection(gate: GateReport): Markdown {
  const rows = checksOf(gate).map(({ name, outcome, observed }) =>
    row([icons[outcome], md`${name}`, prose(observed, 500)]),
  )
  const table = Markdown.join([md`**The gate**\n\n| | check | observed |\n|---|---|---|`, ...rows], '\n')
  const page = md`The file \`gate.html\` (output \`gate-page\`) shows each request with its reply.`
  return Markdown.join([table, page, contractSection(gate)], '\n\n')
}

/** The most shown changes of each kind. The JSON report lists more of them. */
const maxChanges = 20

/** UTF-16 units of the largest contract in the summary. The runner drops a summary that is too large. */
const maxContractUnits = 60_000

function contractSection({ contract, failure }: GateReport): Markdown {
  if (contract === undefined) return md``
  const { hash, comparison } = contract
  const changes = comparison ? changeLines(comparison) : []
  const wantsFile = failure?.code === 'CONTRACT_MISSING' || changes.length > 0
  const text = contractText(contract)
  const shown =
    text.length <= maxContractUnits
      ? fence(contractJson(contract), 'json')
      : md`It is too large to be shown here: it is the file of the output \`mcp-contract-file\`.`
  const compared = comparison ? md`: ${comparisonLine(comparison)}` : md``
  return Markdown.join(
    [
      md`**The tool contract** ${code(plain`${hash}`.start(16))}${compared}`,
      list(changes),
      wantsFile ? collapsible(md`The contract that is served, ready to be committed`, shown) : md``,
    ],
    '\n\n',
  )
}

/** Returns the contract file without secrets and without its last line end. Its two top-level keys are our own. */
function contractJson({ hash, tools }: ContractFile): Plain {
  const list = JSON.stringify(tools, null, 2).replaceAll('\n', '\n  ')
  return plain`{\n  "hash": ${JSON.stringify(hash)},\n  "tools": ${list}\n}`
}

function changeLines({ added, removed, breaking, harmless, descriptions, counts }: Comparison): Markdown[] {
  const linesOfKind = <T>(kind: keyof typeof changeWords, changes: readonly T[], text: (change: T) => Markdown) => {
    const what = Markdown.word(changeWords[kind])
    const shown = changes.slice(0, maxChanges)
    const more = counts[kind] - shown.length
    return [
      ...shown.map(change => md`${changeIcons[kind]} ${what}${text(change)}`),
      ...(more > 0 ? [md`and ${more} more ${what}: the first 1,000 are in the report (output \`gate-report\`)`] : []),
    ]
  }
  const nameText = (name: string) => md` ${code(name, 100)}`
  const changeText = ({ tool, path, what }: Change) => md`: ${code(tool, 100)} ${code(path, 200)} ${code(what, 500)}`
  return [
    ...linesOfKind('removed', removed, nameText),
    ...linesOfKind('breaking', breaking, changeText),
    ...linesOfKind('descriptions', descriptions, changeText),
    ...linesOfKind('harmless', harmless, changeText),
    ...linesOfKind('added', added, nameText),
  ]
}

const changeIcons: Readonly<Record<keyof typeof changeWords, Markdown>> = {
  removed: md`❌`,
  breaking: md`❌`,
  descriptions: md`⚠️`,
  harmless: md`✅`,
  added: md`✅`,
}

/** Returns the contract file. Its keys are sorted, so that a diff shows only changes. */
export function contractText({ hash, tools }: ContractFile): string {
  return `${JSON.stringify({ hash, tools }, null, 2)}\n`
}

/** Renders the checks as JUnit XML for test reporters on GitHub. */
export function renderJUnit(gate: GateReport): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${renderSuite(gate)}\n</testsuites>\n`
}

/** Renders one test suite of JUnit. A check that is not required is skipped, with its observation. */
export function renderSuite(gate: GateReport): string {
  const checks = checksOf(gate)
  const time = (ms: number): string => (ms / 1000).toFixed(3)
  const cases = checks.map(({ name, outcome, observed, failure, ms }) => {
    const open = `  <testcase classname="MCP gate" name=${attribute(String(name))} time="${time(ms)}"`
    if (outcome === 'passed') return `${open}/>`
    if (failure === undefined) return `${open}><skipped message=${attribute(String(observed) || outcome)}/></testcase>`
    const { sentence, fix, remedy } = failure
    const details = xml(
      `${sentence}\nLikely cause: ${codes[failure.code].cause}\nWhat to do: ${fix}\nAction: ${remedy}`,
    )
    return `${open}><failure type=${attribute(failure.code)} message=${attribute(sentence)}>${details}</failure></testcase>`
  })
  const countOf = (outcome: (check: Check) => boolean): number => checks.filter(outcome).length
  const failures = countOf(({ failure }) => failure !== undefined)
  const skipped = countOf(({ failure, outcome }) => failure === undefined && outcome !== 'passed')
  const counts = `tests="${checks.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${time(gate.elapsedMs)}"`
  const suite = ` <testsuite name=${attribute(gate.endpoint)} ${counts}>`
  return [suite, ...cases, ' </testsuite>'].join('\n')
}

function attribute(text: string): string {
  return `"${xml(text).replace(/[\t\n]/g, ' ')}"`
}

/** Escapes text for XML 1.0, which cannot represent most control characters. */
function xml(text: string): string {
  const allowed = text.toWellFormed().replace(/[^\t\n\x20-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return allowed.replace(/[&<>"]/g, char => entities[char] ?? '')
}
