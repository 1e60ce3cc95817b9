/**
 * Writes the tables of inputs and outputs in README.md from action.yml, between the comments `BEGIN inputs` and
 * `END inputs`, and the same for outputs. With `--check` it writes nothing and exits 1 when a table is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
}

/** The tables of an action.yml, by the name of their markers. */
export function tables(actionYml: string): Record<'inputs' | 'outputs', string> {
  const { inputs, outputs } = parse(actionYml) as Action
  return {
    inputs: table(
      ['Input', 'Default', 'Meaning'],
      Object.entries(inputs).map(([name, input]) => [
        inCode(name),
        input.default ? inCode(String(input.default)) : '',
        input.description,
      ]),
    ),
    outputs: table(
      ['Output', 'Meaning'],
      Object.entries(outputs).map(([name, output]) => [inCode(name), output.description]),
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
  const readme = join(root, 'README.md')
  const before = readFileSync(readme, 'utf8')
  let after = before
  for (const [name, text] of Object.entries(tables(readFileSync(join(root, 'action.yml'), 'utf8')))) {
    after = between(after, name, text)
  }
  if (after !== before && process.argv.includes('--check')) {
    console.error(
      'README.md: the tables do not say what action.yml says. Run `node scripts/readme-tables.ts` and commit it.',
    )
    process.exitCode = 1
  } else if (after !== before) {
    writeFileSync(readme, after)
    console.log('README.md written')
  }
}
