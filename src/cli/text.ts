/** The text of a check for people: one endpoint in full, or one line of a table for each of several. */
import { codes } from '../gate/codes.ts'
import type { GateReport } from '../gate/gate.ts'
import { Line, line, type Style, type StyledLine } from '../log.ts'
import { type Check, checksOf, erasLine } from '../report/gate.ts'
import { count, failureCode, seconds, short } from '../words.ts'

const marks = {
  passed: ['✓', 'good'],
  failed: ['✗', 'bad'],
  'not-required': ['!', 'caution'],
  absent: ['-', 'faint'],
} as const satisfies Readonly<Record<Check['outcome'], readonly [string, Style]>>

/** Width of the column with the names of the checks. */
const nameWidth = 18

/** The most characters of a foreign text in one line of the result. */
const maxText = 1000

/** Returns the lines about one endpoint. @param rename replaces names of inputs by those of flags */
export function endpointLines(report: GateReport, rename: (text: string) => string): StyledLine[] {
  const { endpoint, failure, warnings, tools, latencyMs, serverInfo } = report
  const [mark, style] = marks[failure === undefined ? 'passed' : 'failed']
  const who =
    serverInfo === undefined ? line`` : line`, ${short(serverInfo.name, 100)} ${short(serverInfo.version, 40)}`
  const latency = latencyMs === null ? line`` : line`, ${seconds(latencyMs)}`
  const about =
    failure === undefined
      ? line`speaks MCP: ${erasLine(report)}, ${count(tools.length, 'tool')}${latency}${who}`
      : line`does not pass: ${failureCode(failure.code)}`
  return [
    [[Line.word(mark), style], line` `, [short(endpoint, 500), 'strong'], line` ${about}`],
    ...checksOf(report).map(checkLine),
    ...warnings.map((text): StyledLine => [[line`  warning`, 'caution'], line` ${short(rename(text), maxText)}`]),
    ...(failure === undefined ? [] : failureLines(failure, rename)),
  ]
}

function checkLine({ name, outcome, observed }: Check): StyledLine {
  const [mark, style] = marks[outcome]
  return [line`  `, [Line.word(mark), style], line` ${padded(name, nameWidth)} ${observed.shorten(200)}`]
}

function failureLines(failure: NonNullable<GateReport['failure']>, rename: (text: string) => string): StyledLine[] {
  const { cause, remedy } = { cause: codes[failure.code].cause, remedy: failure.remedy }
  const row = (name: string, text: Line): StyledLine => [[padded(line`${name}`, 13), 'faint'], line`${text}`]
  const worth = {
    replace: line`replace what runs`,
    config: line`change what is around it`,
    wait: line`wait, or replace what runs`,
  }
  return [
    [line``],
    row('what', line`${short(rename(failure.sentence), maxText)}`),
    row('likely cause', line`${short(rename(cause), maxText)}`),
    row('what to do', line`${short(rename(failure.fix), maxText)}`),
    row('which change', worth[remedy]),
  ]
}

/** Returns the line of the table about one of several endpoints, and its failure below it. */
export function tableLines(report: GateReport, rename: (text: string) => string): StyledLine[] {
  const { endpoint, failure, warnings, latencyMs } = report
  const [mark, style] = marks[failure ? 'failed' : warnings.length > 0 ? 'not-required' : 'passed']
  const word = failure
    ? failureCode(failure.code)
    : warnings.length > 0
      ? count(warnings.length, 'warning')
      : line`passed`
  const latency = latencyMs === null ? line`-` : seconds(latencyMs)
  return [
    [[Line.word(mark), style], line` ${padded(word, 26)} ${padded(latency, 9)} ${short(endpoint, 500)}`],
    ...(failure ? [[line`    ${short(rename(failure.sentence), 300)}`]] : []),
  ]
}

/** Returns the summary of several endpoints: how many passed, and how often each code occurred. */
export function summaryLine(total: number, failed: ReadonlyMap<string, number>, elapsedMs: number): StyledLine {
  const all = [...failed.values()].reduce((sum, each) => sum + each, 0)
  const named = [...failed].sort(([, a], [, b]) => b - a).map(([code, times]) => line`${failureCode(code)} ${times}`)
  const shown = named.reduce((text, each, index) => (index === 0 ? each : line`${text}, ${each}`), line``)
  return [
    [line`${total - all} of ${total} passed`, all === 0 ? 'good' : 'bad'],
    line` in ${seconds(elapsedMs)}${all === 0 ? line`` : line`; failed: ${shown}`}`,
  ]
}

function padded(text: Line, width: number): Line {
  const missing = Math.max(width - String(text).length, 0)
  return line`${text}${Line.word(' '.repeat(missing) as ' ')}`
}
