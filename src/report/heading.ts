/**
 * Renders the top of the comment and of the summary: the title with stack and environment, the place of the changes, and what a
 * merge applies. Each fact is in one of the three.
 */
import { joinLines, type Line, line } from '../log.ts'
import { count, short } from '../words.ts'
import { code, Markdown, md, plain } from './markdown.ts'
import { outcomeOf } from './outcome.ts'
import type { Report } from './report.ts'
import { toolTitle } from './tool.ts'

/** UTF-16 units of one foreign name. */
const maxNameUnits = 200

/** Hexadecimal digits of a fingerprint that people compare by eye. */
const shownDigits = 12

/**
 * Renders the title, such as `✅ Applied and verified · weather, production`. A check block that fails is a part of it, because its
 * section is closed.
 */
export function title(report: Report): Markdown {
  const { icon, headline } = outcomeOf(report)
  const failing = (report.plan?.checks ?? []).filter(({ status }) => status === 'fail' || status === 'error').length
  const checks =
    failing === 0
      ? md``
      : md`, ${count(failing, 'check')} of ${toolTitle(report.plan?.tool)} ${failing === 1 ? md`fails` : md`fail`}`
  return md`${Markdown.word(icon)} ${Markdown.word(headline)}${checks} · ${stackLabel(report)}`
}

/**
 * Returns the name of the stack and its environment for titles: the input stack-name, else the name that the variables of a
 * shipped module give, else the module and its directory.
 */
export function stackLabel(report: Report): Line {
  const { target, plan, environment } = report
  const { name, stack, workspace, inheritedWorkspace, backend } = target
  const ownName = name ?? (stack === undefined ? undefined : plan?.serverName)
  const selected = workspace ?? inheritedWorkspace
  const parts = [
    ownName === undefined ? placeLabel(target) : short(ownName, maxNameUnits),
    environment === undefined ? undefined : short(environment, maxNameUnits),
    selected === undefined || selected === environment ? undefined : line`workspace ${short(selected, maxNameUnits)}`,
    // Without another distinction the state is what people know the stack by.
    name !== undefined || environment !== undefined || backend?.key === undefined
      ? undefined
      : line`state ${short(backend.key, maxNameUnits)}`,
  ]
  return joinLines(
    parts.filter(part => part !== undefined),
    line`, `,
  )
}

/** Returns the name of the stack for issues, as `targetName` does: `ecs in services/weather, workspace staging`. */
export function targetLabel({ target }: Pick<Report, 'target'>): Line {
  const { name, workspace, inheritedWorkspace, backend } = target
  if (name !== undefined) return short(name, maxNameUnits)
  const selected = workspace ?? inheritedWorkspace
  return joinLines(
    [
      placeLabel(target),
      ...(selected === undefined ? [] : [line`workspace ${short(selected, maxNameUnits)}`]),
      ...(backend?.key === undefined ? [] : [line`state ${short(backend.key, maxNameUnits)}`]),
    ],
    line`, `,
  )
}

/** Returns module and directory: `ecs in services/weather`. */
function placeLabel({ stack, directory }: Report['target']): Line {
  const place = [stack, directory === '.' ? undefined : directory].filter(part => part !== undefined && part !== '')
  const places = place.map(part => short(part ?? '', maxNameUnits))
  return places.length === 0 ? line`root module` : joinLines(places, line` in `)
}

/** Renders where the changes happen: module, AWS account, region and state; empty if nothing of it is known. */
export function placeLine(report: Report): Markdown {
  const { plan, stateKey, target } = report
  const label = String(stackLabel(report))
  const module = String(placeLabel(target))
  const { accounts = [], regions = [] } = plan?.place ?? {}
  const codes = (texts: readonly string[]) =>
    Markdown.join(
      texts.map(text => code(text, 40)),
      ', ',
    )
  const parts = [
    label.startsWith(module) || module === 'root module' ? undefined : code(module, maxNameUnits),
    accounts.length === 0 ? undefined : md`AWS account${accounts.length > 1 ? md`s` : md``} ${codes(accounts)}`,
    regions.length === 0 ? undefined : codes(regions),
    stateKey === undefined || label.endsWith(`state ${stateKey}`)
      ? undefined
      : md`state ${code(stateKey, maxNameUnits)}`,
  ]
  return Markdown.join(parts, ' · ')
}

/** Renders what a merge does with the plan of an open pull request; empty if there is nothing to apply. */
export function mergeLine({ command, plan, planApproval, pullRequest, approval, failures }: Report): Markdown {
  if (command !== 'plan' || plan?.hasChanges !== true || pullRequest === undefined || failures.length > 0) return md``
  if (planApproval === undefined || approval?.outcome !== 'awaiting') return md``
  const fingerprint = shortFingerprint(approval.fingerprint)
  if (planApproval === 'reviewed')
    return md`Merging applies exactly this plan (fingerprint ${fingerprint}). If the plan has changed by then, nothing is applied.`
  if (planApproval === 'none')
    return md`⚠️ Merging does **not** apply exactly this plan: \`plan-approval\` is \`none\`, so the merge makes a new plan and applies it without a comparison.`
  return planApproval === approval.fingerprint
    ? md`Only the plan with the fingerprint ${fingerprint} is applied, which is this one (\`plan-approval\`).`
    : md`⚠️ Merging does **not** apply this plan (fingerprint ${fingerprint}): \`plan-approval\` names ${shortFingerprint(planApproval)}.`
}

/** Shortens a fingerprint to its scheme and its first digits; the output plan-fingerprint has all of them. */
function shortFingerprint(fingerprint: string): Markdown {
  const [scheme = '', ...rest] = fingerprint.split(':')
  return code(plain`${scheme}:${(rest.at(-1) ?? '').slice(0, shownDigits)}…`)
}
