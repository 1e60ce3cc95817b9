/**
 * Writes the workflows of docs/workflows into the pages, between `<!-- BEGIN workflow NAME -->` and
 * `<!-- END workflow NAME -->`. A workflow is a file there, or a variant: another workflow with a few lines changed, as
 * variants.yml declares it. With `--check` it writes nothing and exits 1 when a page is out of date.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** One change of a workflow: `put` takes the place of the lines in `find`, or is inserted after or before other lines. */
export interface Edit {
  /** Job to change. Without it, the whole file. */
  readonly job?: string
  readonly find?: string
  readonly after?: string
  readonly before?: string
  /** Lines with the indentation that they have beside each other. Without it, the lines of `find` are removed. */
  readonly put?: string
  /** Steps to add at the end of the job, instead of the other fields. */
  readonly steps?: string
}

/** A workflow that is another one with changes. */
export interface Variant {
  /** Name of a file in docs/workflows, without `.yml`, or of another variant. */
  readonly of: string
  /** Jobs of the other workflow that this one does not have. */
  readonly without?: readonly string[]
  readonly edits?: readonly Edit[]
}

/** What variants.yml holds. */
export interface Workflows {
  readonly variants: Readonly<Record<string, Variant>>
  /** Pages that own a workflow, which no other page shows, with the path of each file. */
  readonly 'owned-by-pages': Readonly<Record<string, readonly string[]>>
}

const root = join(import.meta.dirname, '..')
const folder = 'docs/workflows'
const ownFolders = ['docs', 'terraform']

/** Returns the table of docs/workflows/variants.yml. */
export function readWorkflows(): Workflows {
  return parse(readFileSync(join(root, folder, 'variants.yml'), 'utf8')) as Workflows
}

/** Returns the names of the workflows that are files of their own. */
export function baseNames(): string[] {
  const files = readdirSync(join(root, folder)).filter(file => file.endsWith('.yml') && file !== 'variants.yml')
  return files.map(file => file.slice(0, -'.yml'.length)).sort()
}

/**
 * Returns the text of a workflow: its file, or that of the other workflow with the changes.
 * @throws {Error} when there is no such workflow, a name leads back to itself, or a change finds no place
 */
export function workflowText(name: string, { variants }: Pick<Workflows, 'variants'>): string {
  return textOf(name, variants, [])
}

function textOf(name: string, variants: Workflows['variants'], above: readonly string[]): string {
  if (above.includes(name)) throw new Error(`${folder}/variants.yml: ${[...above, name].join(' is of ')}.`)
  const variant = variants[name]
  const file = join(root, folder, `${name}.yml`)
  if (variant === undefined) {
    if (!existsSync(file)) throw new Error(`${folder} has no workflow ${name}.`)
    return readFileSync(file, 'utf8')
  }
  if (existsSync(file)) throw new Error(`The workflow ${name} is both a file and a variant in ${folder}.`)
  try {
    return changed(textOf(variant.of, variants, [...above, name]), variant)
  } catch (error) {
    throw new Error(`The workflow ${name}: ${error instanceof Error ? error.message : error}`)
  }
}

/**
 * Returns a workflow with the jobs and lines of a variant.
 * @throws {Error} when the workflow lacks a job, or the lines that an edit names
 */
export function changed(text: string, { without = [], edits = [] }: Omit<Variant, 'of'>): string {
  let lines = text.trimEnd().split('\n')
  for (const job of without) {
    const { from, to } = jobRange(lines, job)
    lines.splice(from, to - from)
  }
  while (lines.at(-1) === '') lines.pop()
  for (const edit of edits) lines = edit.steps === undefined ? edited(lines, edit) : withSteps(lines, edit, edit.steps)
  return `${lines.join('\n')}\n`
}

function edited(lines: readonly string[], edit: Edit): string[] {
  const anchors = [edit.find, edit.after, edit.before].filter(anchor => anchor !== undefined)
  const [anchor] = anchors
  if (anchors.length !== 1 || anchor === undefined || anchor.trim() === '')
    throw new Error(`An edit needs one of find, after and before: ${JSON.stringify(edit)}.`)
  const wanted = linesOf(anchor)
  const put = linesOf(edit.put ?? '')
  const [above, below] = [edit.after === undefined ? [] : wanted, edit.before === undefined ? [] : wanted]
  const replacement = [...above, ...put, ...below]
  const { from, to } = edit.job === undefined ? { from: 0, to: lines.length } : jobRange(lines, edit.job)
  const result: string[] = []
  let places = 0
  for (let index = 0; index < lines.length; ) {
    const indent = index >= from && index + wanted.length <= to ? indentAt(lines, index, wanted) : undefined
    if (indent === undefined) {
      result.push(lines[index] ?? '')
      index++
    } else {
      result.push(...replacement.map(line => (line === '' ? '' : indent + line)))
      index += wanted.length
      places++
    }
  }
  if (places === 0)
    throw new Error(`${edit.job === undefined ? 'no' : `job ${edit.job} has no`} place with the lines\n${anchor}`)
  return result
}

function withSteps(lines: readonly string[], { job }: Edit, steps: string): string[] {
  if (job === undefined) throw new Error(`Steps need a job: ${steps}`)
  const { from, to } = jobRange(lines, job)
  const last = lines.slice(from, to).findLastIndex(line => line !== '')
  const end = from + last + 1
  return [...lines.slice(0, end), ...linesOf(steps).map(line => `      ${line}`), ...lines.slice(end)]
}

/** Returns the indentation with which the lines at an index are the wanted ones; undefined when they are not. */
function indentAt(lines: readonly string[], index: number, wanted: readonly string[]): string | undefined {
  const indent = /^ */.exec(lines[index] ?? '')?.[0] ?? ''
  const isThere = wanted.every((line, offset) => lines[index + offset] === (line === '' ? '' : indent + line))
  return isThere ? indent : undefined
}

/** Returns where a job begins and where the next one does. The blank line before the next job belongs to the job. */
function jobRange(lines: readonly string[], job: string): { readonly from: number; readonly to: number } {
  const isJob = (line: string) => /^ {2}[\w-]+:/.test(line)
  const jobs = lines.indexOf('jobs:')
  const from = lines.findIndex((line, index) => index > jobs && new RegExp(`^ {2}${job}:`).test(line))
  if (jobs === -1 || from === -1) throw new Error(`there is no job ${job}.`)
  const next = lines.findIndex((line, index) => index > from && isJob(line))
  return { from, to: next === -1 ? lines.length : next }
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

/** A whole workflow in a page. */
export interface PageWorkflow {
  /** Path that the first line names; empty when it names none. */
  readonly path: string
  /** Name in the markers around it; undefined when the page itself holds the text. */
  readonly name: string | undefined
  readonly text: string
}

/** Returns the whole workflows of a page. Single steps and jobs are left out. */
export function workflowsOfPage(markdown: string): PageWorkflow[] {
  return [...markdown.matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)].flatMap(({ 1: text = '', index }) => {
    if (!/^on:/m.test(text) || !/^jobs:/m.test(text)) return []
    const name = /<!-- BEGIN workflow ([\w-]+) -->\n$/.exec(markdown.slice(0, index))?.[1]
    return [{ path: /^# (\.github\/\S+)\n/.exec(text)?.[1] ?? '', name, text }]
  })
}

/**
 * Returns a page with its workflows written between their markers.
 * @throws {Error} when a marker has no end, or names no workflow
 */
export function withWorkflows(markdown: string, textFor: (name: string) => string): string {
  const begins = [...markdown.matchAll(/^<!-- BEGIN workflow ([\w-]+) -->$/gm)].map(([, name = '']) => name)
  return begins.reduce((page, name) => {
    const block = new RegExp(`^(<!-- BEGIN workflow ${name} -->\n)[\\s\\S]*?^(<!-- END workflow ${name} -->)$`, 'm')
    if (!block.test(page))
      throw new Error(`<!-- BEGIN workflow ${name} --> has no <!-- END workflow ${name} --> below it.`)
    return page.replace(block, (_, begin: string, end: string) => `${begin}\`\`\`yaml\n${textFor(name)}\`\`\`\n${end}`)
  }, markdown)
}

/** Returns the Markdown files in which somebody may find a workflow to copy. */
export function pagesWithWorkflows(): string[] {
  const below = ownFolders.flatMap(directory =>
    readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' }).map(name => `${directory}/${name}`),
  )
  return [...readdirSync(root), ...below].filter(name => name.endsWith('.md')).sort()
}

if (import.meta.main) {
  const workflows = readWorkflows()
  for (const page of pagesWithWorkflows()) {
    const before = readFileSync(join(root, page), 'utf8')
    let after = before
    try {
      after = withWorkflows(before, name => workflowText(name, workflows))
    } catch (error) {
      console.error(`${page}: ${error instanceof Error ? error.message : error}`)
      process.exitCode = 1
    }
    if (after === before) continue
    if (process.argv.includes('--check')) {
      console.error(
        `${page} does not show the workflows of ${folder}. Run \`node scripts/page-workflows.ts\` and commit it.`,
      )
      process.exitCode = 1
    } else {
      writeFileSync(join(root, page), after)
      console.log(`${page} written`)
    }
  }
}
