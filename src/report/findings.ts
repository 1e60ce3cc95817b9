/**
 * What the plan means for the MCP server: each finding with its rule, its place, what to change and where that is
 * explained; then what was accepted and why. Whole lines of a budget, the most dangerous first.
 */
import { ruleNames } from '../rules/all.ts'
import type { Finding } from '../rules/findings.ts'
import type { Severity } from '../rules/rule.ts'
import { count, wordOf } from '../words.ts'
import { code, collapsible, knownLink, list, Markdown, md, prose } from './markdown.ts'

const symbols: Readonly<Record<Severity, Markdown>> = { danger: md`🔴`, warning: md`🟠`, notice: md`🔵` }

/** UTF-16 units of one hostile part. */
const maxAddressUnits = 200
const maxSentenceUnits = 600

/** UTF-16 units of the line that counts what is left out, at its longest. */
const maxOmissionUnits = 160

/**
 * At most `budget` UTF-16 units, empty when there is no finding or no room for one.
 * @param findings in their order of danger, what is accepted last
 */
export function findingsSection(findings: readonly Finding[], budget: number): Markdown {
  const open = findings.filter(({ accepted }) => accepted === undefined)
  const accepted = findings.filter(finding => finding.accepted !== undefined)
  // What is accepted must not be hidden behind what is not, so it has a part of the room for itself.
  const title = md`Accepted: ${count(accepted.length, 'finding')}`
  const around = collapsible(title, md``).length + 2
  const reasons = listOf(accepted, acceptedLine, (open.length === 0 ? budget : Math.floor(budget / 4)) - around)
  const collapsed = reasons.isEmpty ? md`` : collapsible(title, reasons)
  const heading = md`### What it means for the MCP server\n\n`
  const how = md`\n\n${howToAccept(open[0]?.docs ?? '')}`
  const listed = listOf(open, openLine, budget - heading.length - how.length - collapsed.length - 2)
  return Markdown.join([listed.isEmpty ? md`` : md`${heading}${listed}${how}`, collapsed], '\n\n')
}

/** Whole items while they fit, and how many others there are, by danger. */
function listOf(findings: readonly Finding[], line: (finding: Finding) => Markdown, budget: number): Markdown {
  let room = budget - maxOmissionUnits
  const shown: Markdown[] = []
  for (const finding of findings) {
    const item = line(finding)
    room -= item.length + 3
    if (room < 0) break
    shown.push(item)
  }
  const rest = findings.slice(shown.length)
  if (rest.length === 0) return list(shown)
  if (budget < maxOmissionUnits) return md``
  const each = (['danger', 'warning', 'notice'] as const).flatMap(severity => {
    const n = rest.filter(finding => finding.severity === severity).length
    return n === 0 ? [] : [md`${symbols[severity]} ${n}`]
  })
  return list([
    ...shown,
    md`and ${count(rest.length, 'more finding')} (${Markdown.join(each, ', ')}): the report of this run (output gate-report) has them all`,
  ])
}

function openLine(finding: Finding): Markdown {
  return md`${findingLine(finding)} **Instead**: ${prose(finding.fix, maxSentenceUnits)} ${ruleLink(finding)}`
}

function acceptedLine(finding: Finding): Markdown {
  return md`${findingLine(finding)} **Accepted**: ${prose(finding.accepted ?? '', maxSentenceUnits)} ${ruleLink(finding)}`
}

function findingLine({ severity, address, sentence }: Finding): Markdown {
  return md`${symbols[severity]} ${code(address, maxAddressUnits)}: ${prose(sentence, maxSentenceUnits)}`
}

function ruleLink({ rule, docs }: Finding): Markdown {
  return pageLink(code(wordOf(ruleNames, rule)), docs)
}

function howToAccept(docs: string): Markdown {
  const page = docs.replace(/#.*$/s, '#accept-a-finding')
  return md`To accept one, say why above its resource: \`# mcp-deploy:accept RULE REASON\`, see ${pageLink(md`accepting`, page)}.`
}

/** Without a repository to link into, the page's name says where to look. */
function pageLink(words: Markdown, page: string): Markdown {
  return /^https:\/\/[^\s()<>]+$/.test(page) ? knownLink(words, page) : md`${words} (${code(page)})`
}
