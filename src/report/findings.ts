/**
 * What the plan means for the MCP server, as Markdown: each finding with its rule, its place, what to change and where
 * that is explained; then what was accepted and why. Whole lines of a budget, the most dangerous first.
 */
import type { Finding } from '../rules/findings.ts'
import type { Severity } from '../rules/rule.ts'
import { code, count, fold, prose, shorten } from './markdown.ts'

const symbols: Readonly<Record<Severity, string>> = { danger: '🔴', warning: '🟠', notice: '🔵' }

/** UTF-16 units of one hostile part. */
const unitsOfAddress = 200
const unitsOfSentence = 600

/**
 * At most `budget` UTF-16 units, empty when there is nothing to say or no room to say it.
 * @param findings in their order of danger, what is accepted last
 */
export function findingsSection(findings: readonly Finding[], budget: number): string {
  const open = findings.filter(({ accepted }) => accepted === undefined)
  const accepted = findings.filter(finding => finding.accepted !== undefined)
  // What is accepted must not be hidden behind what is not, so it has a part of the room for itself.
  const title = `Accepted: ${count(accepted.length, 'finding')}`
  const around = fold(title, '').length + 2
  const reasons = listOf(accepted, acceptedLine, (open.length === 0 ? budget : Math.floor(budget / 4)) - around)
  const folded = reasons === '' ? '' : fold(title, reasons)
  const heading = '### What it means for the MCP server\n\n'
  const how = `\n\n${howToAccept(open[0]?.docs ?? '')}`
  const listed = listOf(open, openLine, budget - heading.length - how.length - folded.length - 2)
  return [listed === '' ? '' : `${heading}${listed}${how}`, folded].filter(part => part !== '').join('\n\n')
}

/** Whole items while they fit, and how many there are besides, by danger. */
function listOf(findings: readonly Finding[], line: (finding: Finding) => string, budget: number): string {
  // The line of what is left out, at its longest.
  let room = budget - 160
  const shown: string[] = []
  for (const finding of findings) {
    const item = line(finding)
    room -= item.length + 1
    if (room < 0) break
    shown.push(item)
  }
  const rest = findings.slice(shown.length)
  if (rest.length === 0) return shown.join('\n')
  if (budget < 160) return ''
  const each = (['danger', 'warning', 'notice'] as const).flatMap(severity => {
    const n = rest.filter(finding => finding.severity === severity).length
    return n === 0 ? [] : [`${symbols[severity]} ${n}`]
  })
  return [
    ...shown,
    `- and ${count(rest.length, 'more finding')} (${each.join(', ')}): the report of this run (output gate-report) has them all`,
  ].join('\n')
}

function openLine({ severity, address, sentence, fix, rule, docs }: Finding): string {
  return `- ${symbols[severity]} ${code(shorten(address, unitsOfAddress))}: ${prose(shorten(sentence, unitsOfSentence))} **Instead**: ${prose(shorten(fix, unitsOfSentence))} ${pageLink(code(rule), docs)}`
}

function acceptedLine({ severity, address, sentence, accepted = '', rule, docs }: Finding): string {
  return `- ${symbols[severity]} ${code(shorten(address, unitsOfAddress))}: ${prose(shorten(sentence, unitsOfSentence))} **Accepted**: ${prose(shorten(accepted, unitsOfSentence))} ${pageLink(code(rule), docs)}`
}

function howToAccept(docs: string): string {
  const page = docs.replace(/#.*$/s, '#accept-a-finding')
  return `To accept one, say why above its resource: ${code('# mcp-deploy:accept RULE REASON')}, see ${pageLink('accepting', page)}.`
}

/** Without a repository to link into, the page's name tells where to look. */
function pageLink(words: string, page: string): string {
  return /^https:\/\/[^\s()<>]+$/.test(page) ? `[${words}](${page})` : `${words} (${code(page)})`
}
