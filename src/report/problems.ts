/**
 * Renders Terraform's diagnostics as annotations at their file and line, and as a section of the comment and the summary. The
 * text is Terraform's own. Pure.
 */
import type { Problem } from '../terraform/diagnostics.ts'
import { count } from '../words.ts'
import { fileLink } from './links.ts'
import { code, collapsible, fence, Markdown, md, type Plain, plain, prose } from './markdown.ts'
import { outcomeOf } from './outcome.ts'
import type { Report } from './report.ts'

export interface ProblemAnnotation {
  readonly level: 'error' | 'warning'
  readonly message: string
  readonly at?: { readonly file: string; readonly startLine: number }
}

/** The most annotated errors. GitHub shows ten per level and step, and the tenth is the headline of the run. */
const maxAnnotatedErrors = 9

/** The most annotated warnings. The comment lists all of them. */
const maxAnnotatedWarnings = 5

/** Returns the diagnostics of a failed command, else those of `validate`, else the warnings of a plan. */
function problemsOf(report: Report): readonly Problem[] {
  const { problems, check, plan, command } = report
  if (problems !== undefined) return problems
  if (check !== undefined) {
    // A run that passes must not have an error annotation.
    const { isFailed } = outcomeOf(report)
    return check.diagnostics.map(each => (isFailed ? each : { ...each, severity: 'warning' }))
  }
  // Only a plan is annotated, because its lines can still be changed. An apply would repeat the warnings.
  return command === 'plan' ? (plan?.warnings ?? []).filter(({ file }) => file !== undefined) : []
}

/**
 * Returns the annotations of a run, errors first, as many as GitHub shows. Their texts are not shortened and not redacted.
 * @returns the annotations, and the number of all errors, which can be larger
 */
export function annotationsOf(report: Report): { annotations: ProblemAnnotation[]; errors: number } {
  const problems = problemsOf(report)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  const shown = [...errors.slice(0, maxAnnotatedErrors), ...warnings.slice(0, maxAnnotatedWarnings)]
  return {
    annotations: shown.map(problem => ({
      level: problem.severity,
      message: problemText(problem),
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

/** Renders a problem in one line: place, address and summary. @param units UTF-16 units of the summary before it is escaped */
export function problemLine(problem: Problem, units = 1_000): Markdown {
  const { severity, summary, address, file, line, url, outsideRepository } = problem
  const place =
    file === undefined
      ? outsideRepository && plain`${outsideRepository}`
      : plain`${plain`${file}`.shorten(200)}:${line}`
  const parts = [
    place && (url === undefined ? code(place) : fileLink(place, url)),
    address === undefined ? undefined : code(address, 300),
  ].filter(part => part instanceof Markdown)
  const where = parts.length === 0 ? md`` : md`${Markdown.join(parts, ' ')}: `
  return md`${severity === 'error' ? md`❌` : md`⚠️`} ${where}**${prose(summary, units)}**`
}

/**
 * Renders every problem with its code, whole ones while they fit. The first one is shortened if it does not fit.
 * @param limit UTF-16 units
 */
export function problemsSection(problems: readonly Problem[], limit: number): Markdown {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  const ordered = [...errors, ...warnings]
  const title = md`Problems: ${Markdown.join(
    [
      md`${count(errors.length, 'error')}`,
      warnings.length === 0 ? undefined : md`${count(warnings.length, 'warning')}`,
    ],
    ', ',
  )}`
  let remaining = limit - title.length - 150
  const parts: Markdown[] = []
  for (const problem of ordered) {
    const excerpt = plain`${problem.excerpt}`
    const detail = plain`${problem.detail}`
    const words = excerpt.isEmpty || detail.isEmpty ? plain`${excerpt}${detail}` : plain`${excerpt}\n\n${detail}`
    const isFirst = parts.length === 0
    let part = md`${problemLine(problem)}${body(words, 20_000)}`
    const fits = (each: Markdown) => each.length + 2 <= remaining
    // Escaped or fenced text can be many times longer.
    if (isFirst && !fits(part)) part = md`${problemLine(problem, 300)}${body(words, Math.floor(remaining / 3))}`
    if (isFirst && !fits(part)) part = problemLine(problem, 100)
    if (!fits(part)) break
    remaining -= part.length + 2
    parts.push(part)
  }
  if (parts.length === 0) return md``
  const more = ordered.length - parts.length
  return collapsible(title, Markdown.join([...parts, more > 0 ? md`and ${more} more, in the log` : md``], '\n\n'), true)
}

function body(words: Plain, units: number): Markdown {
  return words.isEmpty ? md`` : md`\n\n${fence(words.shorten(units))}`
}
