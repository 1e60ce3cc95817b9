// Writes the tables of inputs and outputs into the README of each Terraform module, between two
// markers of our own, from variables.tf and outputs.tf. With --check it writes nothing and fails when a README is out of date.
// Only literal text of HCL is shown: a description or default that is computed appears as its expression.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'

const BEGIN = '<!-- BEGIN inputs and outputs -->'
const END = '<!-- END inputs and outputs -->'

interface Variable {
  type?: string
  description?: string
  default?: unknown
  sensitive?: boolean
  ephemeral?: boolean
}

interface Output {
  description?: string
  sensitive?: boolean
}

/** The blocks of one kind in an HCL file, by label, in the order in which the file has them. Throws on invalid HCL. */
async function blocks<T>(file: string, kind: 'variable' | 'output'): Promise<[string, T][]> {
  if (!existsSync(file)) return []
  const source = readFileSync(file, 'utf8')
  const parsed: Record<string, Record<string, [T]>> = await parse(file, source)
  const position = (name: string) => source.indexOf(`${kind} "${name}"`)
  return Object.entries(parsed[kind] ?? {})
    .map(([name, [block]]): [string, T] => [name, block])
    .sort(([a], [b]) => position(a) - position(b))
}

/** Text that stays in its table cell: a bar would end the cell, a line break the row. */
function cell(text: string): string {
  return text.trim().replaceAll('|', '\\|').replaceAll('\n', '<br>')
}

function typeCell(type = 'any'): string {
  const expression = type.replace(/^\$\{([\s\S]*)\}$/, '$1')
  if (!expression.includes('\n')) return `\`${cell(expression)}\``
  const escaped = expression.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n  ', '\n')
  return `<pre>${cell(escaped)}</pre>`
}

function defaultCell(variable: Variable): string {
  return 'default' in variable ? `\`${cell(JSON.stringify(variable.default))}\`` : '**required**'
}

function descriptionCell(block: Variable): string {
  const marks = [block.sensitive && 'sensitive', block.ephemeral && 'ephemeral'].filter(Boolean)
  return cell(block.description ?? '') + (marks.length > 0 ? ` *(${marks.join(', ')})*` : '')
}

/** The generated part of a module's README, markers included. */
function tables(variables: [string, Variable][], outputs: [string, Output][]): string {
  return [
    BEGIN,
    '## Inputs',
    '',
    '| Name | Description | Type | Default |',
    '|---|---|---|---|',
    ...variables.map(
      ([name, v]) => `| \`${name}\` | ${descriptionCell(v)} | ${typeCell(v.type)} | ${defaultCell(v)} |`,
    ),
    '',
    '## Outputs',
    '',
    '| Name | Description |',
    '|---|---|',
    ...outputs.map(([name, o]) => `| \`${name}\` | ${descriptionCell(o)} |`),
    END,
  ].join('\n')
}

/** The README with its generated part replaced. Throws when the markers are missing or in the wrong order. */
function withTables(readme: string, generated: string): string {
  const begin = readme.indexOf(BEGIN)
  const end = readme.indexOf(END)
  if (begin === -1 || end < begin) throw new Error(`needs a line ${BEGIN} and below it a line ${END}`)
  return readme.slice(0, begin) + generated + readme.slice(end + END.length)
}

const root = join(import.meta.dirname, '..', 'terraform')
const check = process.argv.includes('--check')

const modules = readdirSync(root).filter(name => existsSync(join(root, name, 'variables.tf')))

for (const name of modules.sort()) {
  const folder = join(root, name)
  const readme = join(folder, 'README.md')
  try {
    const generated = tables(
      await blocks<Variable>(join(folder, 'variables.tf'), 'variable'),
      await blocks<Output>(join(folder, 'outputs.tf'), 'output'),
    )
    const before = readFileSync(readme, 'utf8')
    const after = withTables(before, generated)
    if (after === before) continue
    if (check) throw new Error('is out of date: run `node scripts/module-docs.ts` and commit what it writes')
    writeFileSync(readme, after)
    console.log(`terraform/${name}/README.md written`)
  } catch (error) {
    console.error(`terraform/${name}/README.md: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}
