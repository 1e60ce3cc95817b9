/**
 * Writes the index in docs/decisions/README.md from the decisions beside it, grouped by their subject. First it checks each
 * decision: its title, status, date, subject and sections, and that the numbers have no gap. Prints `file: message` lines and
 * exits 1 when there is any. With `--check` it writes nothing and also exits 1 when the index is out of date.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const BEGIN = '<!-- BEGIN_INDEX: written by scripts/decisions.ts -->'
const END = '<!-- END_INDEX -->'
const FOLDER = 'docs/decisions'

/** The subjects in the order of the index, each with its heading. */
const subjects: Readonly<Record<string, string>> = {
  approval: 'Approval',
  secrets: 'Secrets and trust',
  gate: 'The gate',
  platforms: 'Platforms',
  terraform: 'Running Terraform',
  house: 'Structure and build',
  stacks: 'Many stacks',
  report: 'Comment and report',
  rules: 'Plan rules',
  github: 'GitHub',
  monitors: 'Monitors',
  destroy: 'The end of a stack',
  modules: 'The modules for servers',
  roles: 'The roles',
  releases: 'Releases',
  tests: 'Tests and demo',
}

const required = ['Context', 'Decision', 'Consequences']
const sections = [...required, 'Numbers']

/** One decision, as the index shows it. */
export interface Decision {
  /** The name of its file, such as `0001-esm.md`. */
  readonly file: string
  readonly title: string
  /** Markdown: `accepted`, or `superseded by` and a link. */
  readonly status: string
  /** `YYYY-MM-DD` */
  readonly date: string
  readonly subject: string
}

/** The decisions in the order of their numbers, and every finding as `file: message`. */
export function readDecisions(files: ReadonlyMap<string, string>): {
  readonly decisions: Decision[]
  readonly findings: string[]
} {
  const names = [...files.keys()].sort()
  const decisions: Decision[] = []
  const findings: string[] = []
  for (const file of names) {
    const text = files.get(file) ?? ''
    const field = (name: string) => text.match(new RegExp(`^- ${name}: (.+)$`, 'm'))?.[1] ?? ''
    const title = text.match(/^# (.+)$/m)?.[1] ?? ''
    const decision = { file, title, status: field('Status'), date: field('Date'), subject: field('Subject') }
    decisions.push(decision)
    findings.push(...[...faultsOf(decision, names), ...sectionFaults(text)].map(fault => `${FOLDER}/${file}: ${fault}`))
  }
  return { decisions, findings: [...findings, ...numberFaults(names)] }
}

function faultsOf({ file, title, status, date, subject }: Decision, names: readonly string[]): string[] {
  const faults: string[] = []
  if (!/^\d{4}-[a-z\d]+(-[a-z\d]+)*\.md$/.test(file)) {
    faults.push('the name of the file must be a number of four digits and words, such as 0001-esm-bundle.md')
  }
  if (title === '') faults.push('the title is missing: the first line must be "# " and a short statement')
  faults.push(...statusFaults(file, status, names))
  if (date === '') faults.push('the date is missing: add the line "- Date: YYYY-MM-DD"')
  else if (!isDate(date)) faults.push(`"${date}" is not a date: write YYYY-MM-DD`)
  if (subject === '') faults.push('the subject is missing: add the line "- Subject: NAME"')
  else if (!Object.hasOwn(subjects, subject)) {
    faults.push(`"${subject}" is not a subject: choose one of ${Object.keys(subjects).join(', ')}`)
  }
  return faults
}

function statusFaults(file: string, status: string, names: readonly string[]): string[] {
  if (status === '') return ['the status is missing: add the line "- Status: accepted"']
  const link = status.match(/^(?:superseded by|accepted, amended by) \[(\d{4})\]\((.+)\)$/)
  if (link === null) {
    if (status === 'accepted') return []
    return [
      `"${status}" is not a status: write "accepted", "accepted, amended by [NNNN](FILE)" or "superseded by [NNNN](FILE)"`,
    ]
  }
  const [, number = '', target = ''] = link
  if (!names.includes(target)) return [`the status names ${target}, which is not a decision`]
  if (!target.startsWith(`${number}-`)) return [`the status links ${number} to ${target}`]
  return target > file ? [] : [`the status names ${target}, which is not a later decision`]
}

/** Whether the text is a day of the calendar as `YYYY-MM-DD`. */
function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  // A day that does not exist, such as 02-30, may be read as a day of the next month.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

function sectionFaults(text: string): string[] {
  const parts = text.split(/^## (.+)$/m).slice(1)
  const found = parts.filter((_, index) => index % 2 === 0)
  const faults = required.filter(name => !found.includes(name)).map(name => `the section "${name}" is missing`)
  if (found.some((name, index) => sections.indexOf(name) <= sections.indexOf(found[index - 1] ?? ''))) {
    faults.push(`the sections must be ${sections.join(', ')}, in this order`)
  }
  const empty = found.filter((_, index) => parts[index * 2 + 1]?.trim() === '')
  return [...faults, ...empty.map(name => `the section "${name}" is empty`)]
}

function numberFaults(names: readonly string[]): string[] {
  return names.flatMap((file, index) => {
    const previous = names[index - 1]
    const [number, before] = [Number.parseInt(file, 10), previous === undefined ? 0 : Number.parseInt(previous, 10)]
    if (number === before)
      return [`${FOLDER}/${file}: ${previous} has the same number: give the newer one the next free number`]
    if (number === before + 1 || Number.isNaN(number)) return []
    return [`${FOLDER}/${file}: the number ${String(before + 1).padStart(4, '0')} is missing before it`]
  })
}

/** The index: a heading and a table for each subject that has decisions. */
export function indexOf(decisions: readonly Decision[]): string {
  return Object.entries(subjects)
    .flatMap(([subject, heading]) => {
      const own = decisions.filter(decision => decision.subject === subject)
      if (own.length === 0) return []
      const rows = own.map(({ file, title, status, date }) =>
        line([`[${file.slice(0, 4)}](${file})`, title.replaceAll('|', '\\|'), status, date]),
      )
      return [
        `### ${heading}`,
        [line(['number', 'decision', 'status', 'date']), line(Array(4).fill('---')), ...rows].join('\n'),
      ]
    })
    .join('\n\n')
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** The page with the index between its marks. */
export function withIndex(page: string, decisions: readonly Decision[]): string {
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (start < 0 || end < start) throw new Error(`${FOLDER}/README.md has no place for the index.`)
  return `${page.slice(0, start + BEGIN.length)}\n\n${indexOf(decisions)}\n\n${page.slice(end)}`
}

/**
 * Checks the decisions of a folder and writes its index.
 *
 * @returns every finding, for people; empty when all is well
 */
export function updateIndex(folder: string, checkOnly: boolean): string[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.md') && name !== 'README.md')
  const texts = new Map(names.map(name => [name, readFileSync(join(folder, name), 'utf8')]))
  const { decisions, findings } = readDecisions(texts)
  if (findings.length > 0) return findings
  const file = join(folder, 'README.md')
  const before = readFileSync(file, 'utf8')
  const after = withIndex(before, decisions)
  if (after === before) return []
  if (checkOnly) {
    return [
      `${FOLDER}/README.md: the index does not match the decisions. Run \`node scripts/decisions.ts\` and commit it.`,
    ]
  }
  writeFileSync(file, after)
  console.log(`${FOLDER}/README.md written`)
  return []
}

if (import.meta.main) {
  const findings = updateIndex(join(import.meta.dirname, '..', FOLDER), process.argv.includes('--check'))
  for (const finding of findings) console.error(finding)
  if (findings.length > 0) process.exitCode = 1
}
