/**
 * What Terraform says is wrong, for people: annotations at their file and line, and a section of the comment and the summary.
 * The words are Terraform's own. Pure; secrets are taken out before.
 */
import type { Problem } from '../terraform/diagnostics.ts'
import { fileLink } from './links.ts'
import { code, count, fence, fold, prose, shorten } from './markdown.ts'
import type { Report } from './report.ts'

export interface ProblemAnnotation {
  readonly level: 'error' | 'warning'
  readonly message: string
  readonly at?: { readonly file: string; readonly startLine: number }
}

/** GitHub keeps ten annotations of a level and a step; the tenth error says how the run ended. */
const maxShownErrors = 9

/** Of a plan that succeeds, too: who has many warnings reads them in the comment. */
const maxShownWarnings = 5

/** UTF-16 units, under the 4,096 that GitHub keeps of an annotation. */
export const annotationLimit = 4_000

/** What a run has to say of the code: why a command failed, else what `validate` found, else what a plan warns of. */
function problemsOf({ problems, check, plan, command, failures: [failure] }: Report): readonly Problem[] {
  if (problems !== undefined) return problems
  if (check !== undefined) {
    // Where nobody asked for a red run, nothing is annotated as if it were one.
    const isRed = failure !== undefined
    return check.diagnostics.map(each => (isRed ? each : { ...each, severity: 'warning' }))
  }
  // On the pull request, where the line can still be changed; an apply would only repeat it.
  return command === 'plan' ? (plan?.warnings ?? []).filter(({ file }) => file !== undefined) : []
}

/**
 * The annotations of a run, the errors first, as many as GitHub keeps.
 * @returns besides, how many errors there are, of which the last ones may be left out
 */
export function annotationsOf(report: Report): { annotations: ProblemAnnotation[]; errors: number } {
  const problems = problemsOf(report)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  const shown = [...errors.slice(0, maxShownErrors), ...warnings.slice(0, maxShownWarnings)]
  return {
    annotations: shown.map(problem => ({
      level: problem.severity,
      message: shorten(problemText(problem), annotationLimit),
      ...(problem.file !== undefined && { at: { file: problem.file, startLine: problem.line ?? 1 } }),
    })),
    errors: errors.length,
  }
}

function problemText({ summary, excerpt, detail, outsideRepository }: Problem): string {
  const where = outsideRepository === undefined ? '' : `(${outsideRepository})`
  return [[summary, where].filter(part => part !== '').join(' '), excerpt, detail]
    .filter(part => part !== '')
    .join('\n\n')
}

/** As one line of Markdown: the place as a link, the address, the summary. @param units of the summary before it is escaped */
export function problemLine(problem: Problem, units = 1_000): string {
  const { severity, summary, address, file, line, url, outsideRepository } = problem
  const place = file === undefined ? outsideRepository : `${shorten(file, 200)}:${line}`
  const parts = [
    place === undefined ? '' : url === undefined ? code(place) : fileLink(place, url),
    address === undefined ? '' : code(shorten(address, 300)),
  ].filter(part => part !== '')
  const where = parts.length === 0 ? '' : `${parts.join(' ')}: `
  return `${severity === 'error' ? '❌' : '⚠️'} ${where}**${prose(shorten(summary, units))}**`
}

/**
 * Every problem with the code that it is about, whole ones while they fit; the first is shortened rather than left out.
 * @param limit UTF-16 units
 */
export function problemsFold(problems: readonly Problem[], limit: number): string {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const ordered = [...errors, ...problems.filter(({ severity }) => severity === 'warning')]
  const title = `Problems: ${count(errors.length, 'error')}${
    ordered.length > errors.length ? `, ${count(ordered.length - errors.length, 'warning')}` : ''
  }`
  let left = limit - title.length - 150
  const parts: string[] = []
  for (const problem of ordered) {
    const words = [problem.excerpt, problem.detail].filter(part => part !== '').join('\n\n')
    const isFirst = parts.length === 0
    const part = [
      `${problemLine(problem)}${body(words, 20_000)}`,
      // What is escaped or fenced can grow to many times its length.
      ...(isFirst
        ? [`${problemLine(problem, 300)}${body(words, Math.floor(left / 3))}`, problemLine(problem, 100)]
        : []),
    ].find(each => each.length + 2 <= left)
    if (part === undefined) break
    left -= part.length + 2
    parts.push(part)
  }
  if (parts.length === 0) return ''
  const more = ordered.length - parts.length
  return fold(title, [...parts, ...(more > 0 ? [`and ${more} more, in the log`] : [])].join('\n\n'), true)
}

function body(words: string, units: number): string {
  return words === '' ? '' : `\n\n${fence(shorten(words, units))}`
}
