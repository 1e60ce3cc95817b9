/**
 * What the comment and the summary say of the approval: by which plan an apply was allowed, or where it would have done
 * something else; and of a pull request that could not be planned, what was checked instead.
 */
import type { Difference } from '../approval/compare.ts'
import { code, count, html, prose, shorten } from './markdown.ts'
import { problemLine } from './problems.ts'
import type { Report } from './report.ts'

/** Differences that are listed; the rest is counted. */
const namedDifferences = 40

/** One line of the story, empty where there is nothing to tell. */
export function approvalLine({ approval, command }: Report): string {
  if (approval === undefined || command !== 'apply') return ''
  const { outcome, reviewed, fingerprint } = approval
  const review =
    reviewed === undefined
      ? ''
      : `${code(reviewed.commit.slice(0, 7))} in <a href="${html(reviewed.runUrl)}">this run</a>`
  const lines: Record<typeof outcome, string> = {
    reviewed: `✅ **As reviewed**: the plan is the one of ${review}`,
    rest: `✅ **As reviewed**: the plan is what was left of the one of ${review}`,
    given: `✅ **As approved**: the plan is ${code(fingerprint)}`,
    'not required': '⚪ **Not compared** with a reviewed plan: plan-approval is none',
    empty: '',
    awaiting: '',
    refused: '',
  }
  return lines[outcome]
}

/** Where the plan differs from the reviewed one, as a list; empty where that is not known. */
export function differencesSection({ approval }: Report): string {
  const differences = approval?.differences ?? []
  if (differences.length === 0) return ''
  const lines = differences.slice(0, namedDifferences).map(difference => `- ${differenceLine(difference)}`)
  const more = differences.length - lines.length
  if (more > 0) lines.push(`- and ${count(more, 'more difference')}`)
  return `**What differs from the reviewed plan**\n\n${lines.join('\n')}`
}

/** `aws_lb.this: image, cpu differ` */
export function differenceLine(difference: Difference): string {
  if (difference.what === 'setting') {
    const { name, was, is } = difference
    if (name === 'sensitive values') return 'a sensitive value is another one'
    const shown = (value: string) => (value === '' ? 'not set' : code(shorten(value, 200)))
    return `${prose(name)}: was ${shown(was)}, is ${shown(is)}`
  }
  const address = code(shorten(difference.address, 200))
  switch (difference.what) {
    case 'added':
      return `${address}: **${verb(difference.actions)}** was not reviewed`
    case 'gone':
      return `${address}: ${verb(difference.actions)} was reviewed and is no longer planned`
    case 'actions':
      return `${address}: **${verb(difference.is)}**, reviewed was ${verb(difference.was)}`
    case 'attributes': {
      const some = difference.attributes.slice(0, 12).map(name => code(shorten(name, 100)))
      const more = difference.attributes.length > 12 ? ` and ${difference.attributes.length - 12} more` : ''
      const what =
        some.length === 0
          ? 'is another change'
          : `${some.join(', ')}${more} ${some.length === 1 ? 'differs' : 'differ'}`
      return `${address} (${verb(difference.actions)}): ${what}`
    }
  }
}

function verb(actions: string): string {
  const verbs: Record<string, string> = {
    delete: 'destroy',
    'delete,create': 'replace',
    'create,delete': 'replace, the new one first',
    'no-op': 'move or import',
    'create,forget': 'replace, the old one forgotten',
    invoke: 'action',
  }
  return verbs[actions] ?? prose(actions)
}

/** What was checked of a pull request that gets no plan, and why it gets none. */
export function checkSection({ check }: Report): string {
  if (check === undefined) return ''
  const { visitor, unformatted, diagnostics } = check
  const whose = visitor === 'fork' ? 'comes from a fork' : 'is of Dependabot'
  const lines = [
    unformatted.length === 0
      ? '✅ `terraform fmt`: formatted'
      : `⚠️ \`terraform fmt\` would change ${unformatted
          .slice(0, 20)
          .map(file => code(shorten(file, 200)))
          .join(', ')}${unformatted.length > 20 ? ` and ${unformatted.length - 20} more` : ''}`,
    ...(diagnostics.length === 0 ? ['✅ `terraform validate`: valid'] : []),
    ...diagnostics
      .slice(0, 20)
      .map(each => `${problemLine(each)} ${prose(shorten(each.detail, 500))} (\`terraform validate\`)`),
    ...(diagnostics.length > 20 ? [`and ${count(diagnostics.length - 20, 'more finding')}`] : []),
  ]
  return [
    `There is no plan: the pull request ${whose}, and GitHub gives its runs no credentials. A plan runs what the code says, so it must not have any. ` +
      'To see a plan, push the commits to a branch of this repository once you have read them.',
    lines.map(line => `- ${line}`).join('\n'),
  ].join('\n\n')
}
