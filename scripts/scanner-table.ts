/**
 * Writes the exceptions from scanners into the README of each Terraform module: every `checkov:skip=ID: reason` and every
 * `tflint-ignore: RULE # reason` of its files and examples, by the scanner's id. The comments stand beside the resources, and
 * test/modules/scanners.test.ts runs checkov. With `--check` it writes nothing and exits 1 when a README is out of date.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { between } from './readme-tables.ts'

const root = join(import.meta.dirname, '..', 'terraform')

/** A finding that stays, with its reason. */
export interface ScannerException {
  readonly id: string
  /** The block, such as `aws_lb.this`. */
  readonly resource: string
  readonly reason: string
}

/** Reads the exceptions of a file, in its order. @throws {Error} for one without a block or without a reason */
export function exceptionsIn(hcl: string): ScannerException[] {
  let resource: string | undefined
  const lines = hcl.split('\n')
  return lines.flatMap((line, index) => {
    resource = blockOf(line) ?? resource
    if (line.startsWith('}')) resource = undefined
    if (line.includes('tflint-ignore-file'))
      throw new Error(`An exception is for one block, not for a file: ${line.trim()}`)
    if (!/checkov:skip|tflint-ignore/.test(line)) return []
    const exception = line.includes('checkov:skip')
      ? { ...fieldsOf(/^\s*#\s*checkov:skip=(CKV2?_[A-Z]+_\d+):\s*(\S.*)$/, line), resource }
      : // tflint reports the first line of a block, so its comment is above.
        {
          ...fieldsOf(/^\s*#\s*tflint-ignore:\s*([a-z_]+)\s*#\s*(\S.*)$/, line),
          resource: resource ?? blockOf(lines[index + 1] ?? ''),
        }
    const { id, reason, resource: block } = exception
    if (id === undefined || reason === undefined || block === undefined)
      throw new Error(`An exception needs an id, a reason and a block around it: ${line.trim()}`)
    return [{ id, resource: block, reason }]
  })
}

/** The block that a line begins, such as `aws_lb.this` or `var.name`; undefined for any other line. */
function blockOf(line: string): string | undefined {
  const [, kind, type = '', name] = /^(resource|data|variable|output) "([^"]+)"(?: "([^"]+)")? \{/.exec(line) ?? []
  if (kind === undefined) return undefined
  return name === undefined ? `${kind === 'variable' ? 'var' : kind}.${type}` : `${type}.${name}`
}

function fieldsOf(
  pattern: RegExp,
  line: string,
): { readonly id?: string | undefined; readonly reason?: string | undefined } {
  const [, id, reason] = pattern.exec(line) ?? []
  return { id, reason }
}

/** The table in Markdown, sorted by id; a sentence without exceptions. */
export function scannerTable(exceptions: readonly ScannerException[]): string {
  if (exceptions.length === 0) return 'None.'
  const row = ({ id, resource, reason }: ScannerException) => `| \`${id}\` | \`${resource}\` | ${reason} |`
  const order = new Intl.Collator('en', { numeric: true })
  const sorted = exceptions.toSorted((a, b) => order.compare(a.id, b.id) || order.compare(a.resource, b.resource))
  const scanners = exceptions.every(({ id }) => id.startsWith('CKV')) ? 'checkov' : 'checkov or tflint'
  return [`| ${scanners} | resource | reason |`, '| --- | --- | --- |', ...sorted.map(row)].join('\n')
}

if (import.meta.main) {
  for (const readme of globSync('*/README.md', { cwd: root }).sort()) {
    const path = join(root, readme)
    const files = globSync('{*.tf,examples/*/*.tf}', { cwd: join(path, '..') }).sort()
    const exceptions = files.flatMap(file => exceptionsIn(readFileSync(join(path, '..', file), 'utf8')))
    const before = readFileSync(path, 'utf8')
    const after = between(before, 'scanners', `\n${scannerTable(exceptions)}\n`, `terraform/${readme}`)
    if (after === before) continue
    if (process.argv.includes('--check')) {
      console.error(`terraform/${readme} is out of date: run npm run fix.`)
      process.exitCode = 1
    } else {
      writeFileSync(path, after)
      console.log(`terraform/${readme} written`)
    }
  }
}
