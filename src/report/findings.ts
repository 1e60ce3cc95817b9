/**
 * Renders the findings of the plan rules, the most dangerous first: each with its rule, place, fix and documentation. Accepted
 * findings follow with their reasons. The section consists of whole lines within a budget.
 */

import type { Finding, Unjudged } from '../rules/findings.ts'
import { ruleNames } from '../rules/names.ts'
import type { Severity } from '../rules/rule.ts'
import { count, wordOf } from '../words.ts'
import { code, collapsible, knownLink, list, Markdown, md, prose } from './markdown.ts'

const symbols: Readonly<Record<Severity, Markdown>> = { danger: md`🔴`, warning: md`🟠`, notice: md`🔵` }

/** UTF-16 units of one foreign part. */
const maxAddressUnits = 200
const maxSentenceUnits = 600

/** UTF-16 units of the longest line that counts omitted findings. */
const maxOmissionUnits = 160

/** The most arguments that are listed as not judged. */
const maxUnjudged = 5

/** What the section shows of a report. */
export interface FindingsView {
  /** Sorted by danger, accepted ones last. */
  readonly findings?: readonly Finding[]
  readonly unjudged?: readonly Unjudged[]
  readonly target: { readonly stack: string | undefined }
}

/** Renders the section in at most `budget` UTF-16 units; empty without a finding or without room for one. */
export function findingsSection({ findings = [], unjudged = [], target }: FindingsView, budget: number): Markdown {
  const blind = unjudgedLine(unjudged)
  const room = blind.length + 2 > budget ? budget : budget - blind.length - 2
  const found = foundSection(findings, target.stack, room)
  return Markdown.join([found, blind.length + 2 > budget ? undefined : blind], '\n\n')
}

/** Renders what the rules could not judge, in one line; empty if they judged all. */
function unjudgedLine(unjudged: readonly Unjudged[]): Markdown {
  if (unjudged.length === 0) return md``
  const each = unjudged.slice(0, maxUnjudged).map(({ address, argument, rules }) => {
    const names = rules.map(rule => code(wordOf(ruleNames, rule)))
    return md`${code(argument, 80)} of ${code(address, maxAddressUnits)} (${Markdown.join(names, ', ')})`
  })
  const more = unjudged.length > maxUnjudged ? md` and ${unjudged.length - maxUnjudged} more` : md``
  return md`⚪ Not judged, because the value is known only after the apply: ${Markdown.join(each, '; ')}${more}.`
}

function foundSection(findings: readonly Finding[], stack: string | undefined, budget: number): Markdown {
  const open = findings.filter(({ accepted }) => accepted === undefined)
  const accepted = findings.filter(finding => finding.accepted !== undefined)
  // Accepted findings get a reserved part of the room, so that open ones cannot displace them.
  const title = md`Accepted: ${count(accepted.length, 'finding')}`
  const around = collapsible(title, md``).length + 2
  const reasons = listOf(accepted, acceptedLine, (open.length === 0 ? budget : Math.floor(budget / 4)) - around)
  const collapsed = reasons.isEmpty ? md`` : collapsible(title, reasons)
  const heading = md`### What it means for the MCP server\n\n`
  const how = md`\n\n${howToAccept(open[0]?.docs ?? '', stack)}`
  const listed = listOf(open, openLine, budget - heading.length - how.length - collapsed.length - 2)
  return Markdown.join([listed.isEmpty ? md`` : md`${heading}${listed}${how}`, collapsed], '\n\n')
}

/** Renders whole items while they fit, and counts the others by severity. */
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

function howToAccept(docs: string, stack: string | undefined): Markdown {
  const page = docs.replace(/#.*$/s, '#accept-a-finding')
  if (stack !== undefined)
    return md`To accept one, give the reason in the input \`accept-rules\`: \`RULE: REASON\`, see ${pageLink(md`accepting`, page)}.`
  return md`To accept one, say why above its resource: \`# mcp-deploy:accept RULE REASON\`, see ${pageLink(md`accepting`, page)}.`
}

/** Renders a link to a page, or its path as code if there is no repository to link to. */
function pageLink(words: Markdown, page: string): Markdown {
  return /^https:\/\/[^\s()<>]+$/.test(page) ? knownLink(words, page) : md`${words} (${code(page)})`
}
