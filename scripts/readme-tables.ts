/**
 * Writes docs/inputs.md and docs/outputs.md, and the tables of key inputs and outputs in README.md, from action.yml and
 * input-groups.ts. With `--check` it writes nothing and exits 1 when one of them is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type InputGroup, inputGroups, keyInputs, keyOutputs, type OutputGroup, outputGroups } from './input-groups.ts'

interface Input {
  readonly description: string
  readonly default?: string
  readonly deprecationMessage?: string
}

export interface Action {
  readonly inputs: Readonly<Record<string, Input>>
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
}

/**
 * Returns the page of all inputs in groups, each with its default, its description and an example.
 * @throws {Error} when a group names an input that action.yml does not have, or leaves one out
 */
export function inputsPage({ inputs }: Action, groups: readonly InputGroup[]): string {
  checkComplete(
    'input',
    Object.keys(inputs),
    groups.flatMap(group => Object.keys(group.inputs)),
  )
  const overview = groups.map(({ title, inputs: own }) => [
    `[${title}](#${anchorOf(title)})`,
    Object.keys(own)
      .map(name => `[${inCode(name)}](#${name})`)
      .join(' · '),
  ])
  const sections = groups.map(({ title, about, inputs: own }) =>
    [
      `## ${title}`,
      about,
      ...Object.entries(own).flatMap(([name, example]) => [
        `### ${inCode(name)}`,
        `${defaultOf(inputs[name])}.`,
        linked(inputs[name]?.description ?? ''),
        `\`\`\`yaml\n${example}\n\`\`\``,
      ]),
    ].join('\n\n'),
  )
  return `# Inputs

<!-- Written by scripts/readme-tables.ts from action.yml and scripts/input-groups.ts: change these, then run \`npm run fix\`. -->

This page lists every input of the action with its default and one example. Put the lines of an example below \`with:\` of the
step. A duration is a number and a unit, such as \`90s\`, \`10m\` or \`1h30m\`.

${table(['Group', 'Inputs'], overview)}

${sections.join('\n\n')}
`
}

/**
 * Returns the page of all outputs in groups.
 * @throws {Error} when a group names an output that action.yml does not have, or leaves one out
 */
export function outputsPage({ outputs }: Action, groups: readonly OutputGroup[]): string {
  checkComplete(
    'output',
    Object.keys(outputs),
    groups.flatMap(group => group.outputs),
  )
  const sections = groups.map(
    ({ title, about, outputs: own }) =>
      `## ${title}\n\n${about}\n\n${table(
        ['Output', 'Meaning'],
        own.map(name => [`<a id="${name}"></a>${inCode(name)}`, linked(outputs[name]?.description ?? '')]),
      )}`,
  )
  return `# Outputs

<!-- Written by scripts/readme-tables.ts from action.yml and scripts/input-groups.ts: change these, then run \`npm run fix\`. -->

This page lists every output of the action. All outputs are text. A later step reads one as \`steps.ID.outputs.NAME\`, where \`ID\` is
the \`id\` of the step. Lists and objects are JSON: read them with \`fromJSON\`.

\`\`\`yaml
- uses: OWNER/terraform-mcp-deploy@v1
  id: deploy
- run: echo "The gate passed for $ENDPOINT"
  env:
    ENDPOINT: \${{ steps.deploy.outputs.mcp-endpoint }}
\`\`\`

${sections.join('\n\n')}
`
}

/** Returns the tables of the README, by the name of their markers. Each row has the first sentence of the description. */
export function readmeTables(
  { inputs, outputs }: Action,
  keys: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
): Record<'inputs' | 'outputs', string> {
  const cells = (page: string, name: string, description = '') => [
    `[${inCode(name)}](docs/${page}.md#${name})`,
    firstSentence(description),
  ]
  return {
    inputs: table(
      ['Input', 'Meaning', 'Default'],
      keys.inputs.map(name => [
        ...cells('inputs', name, inputs[name]?.description),
        inputs[name]?.default ? inCode(String(inputs[name].default)) : '',
      ]),
    ),
    outputs: table(
      ['Output', 'Meaning'],
      keys.outputs.map(name => cells('outputs', name, outputs[name]?.description)),
    ),
  }
}

/** Markdown with the text between a pair of markers replaced. Throws when the pair is missing or in the wrong order. */
export function between(markdown: string, name: string, text: string, file = 'README.md'): string {
  const begin = `<!-- BEGIN ${name} -->`
  const from = markdown.indexOf(begin)
  const to = markdown.indexOf(`<!-- END ${name} -->`)
  if (from === -1 || to < from) throw new Error(`${file} needs ${begin} and, below it, <!-- END ${name} -->.`)
  return `${markdown.slice(0, from + begin.length)}\n${text}\n${markdown.slice(to)}`
}

function checkComplete(kind: string, names: readonly string[], grouped: readonly string[]): void {
  const missing = names.filter(name => !grouped.includes(name))
  if (missing.length > 0) throw new Error(`scripts/input-groups.ts has no group for the ${kind} ${missing.join(', ')}.`)
  const unknown = grouped.filter((name, index) => !names.includes(name) || grouped.indexOf(name) !== index)
  if (unknown.length > 0)
    throw new Error(
      `scripts/input-groups.ts has the ${kind} ${unknown.join(', ')} twice, or action.yml does not have it.`,
    )
}

function defaultOf(input: Input | undefined): string {
  if (input?.deprecationMessage !== undefined) return 'Deprecated'
  return input?.default ? `Default: ${inCode(String(input.default))}` : 'Not set by default'
}

/** Returns a description in which the pages of docs/ are links, for a page in docs/. */
function linked(description: string): string {
  return description.trim().replace(/\bdocs\/((?:[\w-]+\/)*([\w.-]+\.(?:md|json))(?:#[\w-]+)?)/g, '[$2]($1)')
}

/** The longest sentence that a cell of the README shows whole. A longer one ends at its first colon. */
const maxSentenceLength = 180

/** Returns the text up to the first period that ends a sentence, without a page name in brackets. */
function firstSentence(description: string): string {
  const text = description.trim().replace(/ \(docs\/[^)]*\)/g, '')
  const sentence = /^.*?[.](?=\s|$)/s.exec(text)?.[0] ?? text
  return sentence.length > maxSentenceLength ? sentence.replace(/:\s.*$/s, '.') : sentence
}

function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-')
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cellText).join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}

function inCode(text: string): string {
  return `\`${text}\``
}

/** A bar would end the cell and a line break the row. */
function cellText(text: string): string {
  return text.trim().replaceAll('|', '\\|').replace(/\s+/g, ' ')
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action
  let readme = readFileSync(join(root, 'README.md'), 'utf8')
  for (const [name, text] of Object.entries(readmeTables(action, { inputs: keyInputs, outputs: keyOutputs })))
    readme = between(readme, name, text)
  const pages = {
    'README.md': readme,
    'docs/inputs.md': inputsPage(action, inputGroups),
    'docs/outputs.md': outputsPage(action, outputGroups),
  }
  for (const [file, text] of Object.entries(pages)) {
    const path = join(root, file)
    let before = ''
    try {
      before = readFileSync(path, 'utf8')
    } catch {
      // The page is new.
    }
    if (before === text) continue
    if (process.argv.includes('--check')) {
      console.error(`${file} does not match action.yml. Run \`node scripts/readme-tables.ts\` and commit it.`)
      process.exitCode = 1
    } else {
      writeFileSync(path, text)
      console.log(`${file} written`)
    }
  }
}
