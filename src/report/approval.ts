/**
 * Renders the approval: the plan that allowed an apply, or the differences from it. For a pull request without a plan it renders
 * the result of fmt and validate.
 */
import type { Difference } from '../approval/compare.ts'
import type { AttributePlace } from '../approval/fingerprint.ts'
import { count } from '../words.ts'
import { code, collapsible, knownHtmlLink, list, Markdown, md, plain, prose } from './markdown.ts'
import { problemLine } from './problems.ts'
import type { Report } from './report.ts'
import { toolCommand } from './tool.ts'

/** The most listed differences. The others are counted. */
const maxDifferences = 40

/** The most listed attributes of one difference, unformatted files and problems. */
const maxAttributes = 12
const maxFiles = 20
const maxProblems = 20

/** Renders the reason of an approval with its icon; undefined if nothing was compared or the plan was refused. */
export function approvalReason({ approval, command }: Report): { icon: Markdown; reason: Markdown } | undefined {
  if (approval === undefined || command !== 'apply') return undefined
  const { outcome, reviewed, fingerprint } = approval
  const review =
    reviewed && md`${code(plain`${reviewed.commit}`.start(7))} in ${knownHtmlLink(md`this run`, reviewed.runUrl)}`
  switch (outcome) {
    case 'reviewed':
      return { icon: md`✅`, reason: md`**As reviewed**: the plan matches the plan reviewed at ${review}` }
    case 'covered': {
      const pulls = Markdown.join(
        (approval.pullRequests ?? []).map(number => md`#${number}`),
        ', ',
      )
      return { icon: md`✅`, reason: md`**As reviewed**: every change was reviewed on pull request ${pulls}` }
    }
    case 'remainder':
      return { icon: md`✅`, reason: md`**As reviewed**: the plan is the remainder of the plan reviewed at ${review}` }
    case 'approved-by-fingerprint':
      return { icon: md`✅`, reason: md`**As approved**: the plan has the fingerprint ${code(fingerprint)}` }
    case 'not required':
      return { icon: md`⚪`, reason: md`**Not compared** with a reviewed plan: plan-approval is none` }
    default:
      return undefined
  }
}

/** Renders the approval as a line of the timeline, empty without one. */
export function approvalLine(report: Report): Markdown {
  const approved = approvalReason(report)
  return approved === undefined ? md`` : md`${approved.icon} ${approved.reason}`
}

/** Renders the differences from the reviewed plan as a list; empty if they are not known. */
export function differencesSection({ approval }: Report): Markdown {
  const differences = approval?.differences ?? []
  if (differences.length === 0) return md``
  const lines = differences.slice(0, maxDifferences).map(differenceLine)
  const more = differences.length - lines.length
  if (more > 0) lines.push(md`and ${count(more, 'more difference')}`)
  return md`**What differs from the reviewed plan**\n\n${list(lines)}`
}

/** The most attributes that one remark lists. The others are counted. */
const maxPlaces = 30

/** Renders what a reviewer must know about the comparison with the plan of the apply; empty if there is nothing. */
export function remarksSection({ approval }: Report): Markdown {
  const { remarks } = approval ?? {}
  if (remarks === undefined) return md``
  const { unreviewable, placeholders, ignored, dated } = remarks
  const words = {
    commit: md`the commit`,
    timestamp: md`the time of the plan`,
    identity: md`the identity of the caller`,
  }
  const replaced = (Object.keys(words) as (keyof typeof words)[])
    .filter(name => placeholders[name].length > 0)
    .map(name => md`${words[name]} in ${places(placeholders[name])}`)
  const lines = [
    unreviewable.length === 0
      ? undefined
      : md`**Known only after the apply**, so nobody can review these values: ${places(unreviewable)}. The apply compares the variables and references of their expressions.`,
    replaced.length === 0
      ? undefined
      : md`**Placeholders**, because the apply has its own: ${Markdown.join(replaced, '; ')}.`,
    ignored.length === 0
      ? undefined
      : md`**Not compared**, because plan-approval-ignore names them: ${Markdown.join(
          ignored.map(text => code(text, 200)),
          ', ',
        )}.`,
    dated.length === 0
      ? undefined
      : md`**Holds the date of this plan**: ${places(dated)}. If it comes from \`plantimestamp()\`, an apply on another day is refused, and with \`timeadd()\` every apply: see the warning.`,
  ].filter(each => each !== undefined)
  return lines.length === 0 ? md`` : collapsible(md`How the apply compares this plan`, list(lines), ignored.length > 0)
}

function places(list: readonly AttributePlace[]): Markdown {
  const shown = list.slice(0, maxPlaces).map(({ address, attribute }) => code(`${address}: ${attribute}`, 200))
  const more = list.length > maxPlaces ? md` and ${list.length - maxPlaces} more` : md``
  return md`${Markdown.join(shown, ', ')}${more}`
}

/** Renders a difference, such as `aws_lb.this: image, cpu differ`. */
function differenceLine(difference: Difference): Markdown {
  if (difference.what === 'setting') {
    const { name, was, is } = difference
    if (name === 'sensitive values') return md`a sensitive value differs`
    const shown = (value: string) => (value === '' ? md`not set` : code(value, 200))
    return md`${prose(name)}: was ${shown(was)}, is ${shown(is)}`
  }
  const address = code(difference.address, 200)
  switch (difference.what) {
    case 'added':
      return md`${address}: **${verb(difference.actions)}** was not reviewed`
    case 'gone':
      return md`${address}: ${verb(difference.actions)} was reviewed and is no longer planned`
    case 'actions':
      return md`${address}: **${verb(difference.is)}**, reviewed was ${verb(difference.was)}`
    case 'attributes': {
      const { attributes } = difference
      const some = attributes.slice(0, maxAttributes).map(name => code(name, 100))
      const more = attributes.length > maxAttributes ? md` and ${attributes.length - maxAttributes} more` : md``
      const what =
        some.length === 0
          ? md`is another change`
          : md`${Markdown.join(some, ', ')}${more} ${some.length === 1 ? md`differs` : md`differ`}`
      return md`${address} (${verb(difference.actions)}): ${what}`
    }
  }
}

/** The word for each list of Terraform actions. */
const verbs: Readonly<Record<string, Markdown>> = {
  create: md`create`,
  update: md`update`,
  read: md`read`,
  forget: md`forget`,
  delete: md`destroy`,
  'delete,create': md`replace`,
  'create,delete': md`replace, the new one first`,
  'no-op': md`move or import`,
  'create,forget': md`replace, the old one stays unmanaged`,
  'forget,create': md`replace, the old one stays unmanaged`,
  invoke: md`action`,
}

function verb(actions: string): Markdown {
  return (Object.hasOwn(verbs, actions) ? verbs[actions] : undefined) ?? prose(actions)
}

/** Renders the checks of a pull request that gets no plan, with the reason. */
export function checkSection({ check, tool }: Report): Markdown {
  if (check === undefined) return md``
  const { visitor, credentials, unformatted, diagnostics, programs } = check
  const whose = visitor === 'fork' ? md`comes from a fork` : md`is of Dependabot`
  const wasRead = credentials.length > 0
  const command = wasRead ? md`\`${toolCommand(tool)} fmt\`` : md`\`${toolCommand(tool)} validate\``
  const lines = [
    unformatted.length === 0
      ? md`✅ \`${toolCommand(tool)} fmt\`: formatted`
      : md`⚠️ \`${toolCommand(tool)} fmt\` would change ${codeList(unformatted, maxFiles)}`,
    ...(diagnostics.length === 0 && !wasRead ? [md`✅ ${command}: valid`] : []),
    ...diagnostics.slice(0, maxProblems).map(each => md`${problemLine(each)} ${prose(each.detail, 500)} (${command})`),
    ...(diagnostics.length > maxProblems ? [md`and ${count(diagnostics.length - maxProblems, 'more finding')}`] : []),
    ...(wasRead ? [md`\`${toolCommand(tool)} validate\`: not run`] : []),
    ...(programs.length > 0
      ? [md`Read this before you plan it. It would download or start: ${programList(programs)}`]
      : []),
  ]
  const whyRead = md`Its code was read and not executed: a program can read the credentials of its job, and this job holds ${codeList(credentials, maxFiles)}. To have such pull requests validated too, check them in a job without credentials, as the recipes do.`
  return Markdown.join(
    [
      md`There is no plan: the pull request ${whose}. A plan executes the code, and such code gets no credentials. To get a plan, review the commits and push them to a branch of this repository.`,
      ...(wasRead ? [whyRead] : []),
      list(lines),
    ],
    '\n\n',
  )
}

/** Names as code, separated by commas, with the number of those that are left out. */
function codeList(names: readonly string[], max: number): Markdown {
  const shown = Markdown.join(
    names.slice(0, max).map(name => code(name, 200)),
    ', ',
  )
  return names.length > max ? md`${shown} and ${names.length - max} more` : shown
}

function programList(programs: NonNullable<Report['check']>['programs']): Markdown {
  const shown = Markdown.join(
    programs.slice(0, maxFiles).map(({ what, name }) => md`${programWords[what]} ${code(name, 200)}`),
    ', ',
  )
  return programs.length > maxFiles ? md`${shown} and ${programs.length - maxFiles} more` : shown
}

const programWords: Readonly<Record<NonNullable<Report['check']>['programs'][number]['what'], Markdown>> = {
  provider: md`provider`,
  module: md`module`,
  program: md`the program of`,
  file: md`whatever is in`,
}
