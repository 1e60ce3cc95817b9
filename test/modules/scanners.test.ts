/**
 * The modules and their examples under checkov's rules. The table in each module's README lists exactly what checkov finds without the
 * comments beside the resources, and with the comments it finds nothing.
 */
import { execFile } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exceptionsIn, scannerTable } from '../../scripts/scanner-table.ts'
import { pythonTool } from '../support/python-tools.ts'

const run = promisify(execFile)
const modules = join(import.meta.dirname, '../../terraform')
const checkov = await pythonTool('checkov', '3.3.30')

/** A finding, as `ecs CKV_AWS_2 aws_lb_listener.http`. */
type Finding = string

/** The rows of the table in a module's README. */
function rowsOf(module: string): Finding[] {
  const page = readFileSync(join(modules, module, 'README.md'), 'utf8')
  const [, table = ''] = page.split(/<!-- (?:BEGIN|END) scanners -->/)
  return [...table.matchAll(/^\| `(\w+)` \| `([^`]+)` \|/gm)].map(([, id, resource]) => `${module} ${id} ${resource}`)
}

interface Report {
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string
      readonly resource: string
      readonly file_path: string
    }[]
  }
  readonly summary: { readonly passed: number; readonly parsing_errors: number }
}

/** Runs checkov over a directory of modules. It exits 1 when it finds something, with the same output. */
async function scan(directory: string): Promise<{ found: Finding[]; summary: Report['summary'] }> {
  const args = ['-d', directory, '--skip-download', '--framework', 'terraform', '--compact', '--quiet', '-o', 'json']
  const { stdout } = await run(join(checkov ?? '', 'checkov'), args, { maxBuffer: 64 << 20 }).catch(error => error)
  const { results, summary } = JSON.parse(stdout) as Report
  const found = results.failed_checks.map(({ check_id, resource, file_path }) => {
    const [, module] = file_path.split('/')
    // An example calls its module, and instances have a key: both are the same block of the file.
    const block = resource
      .replace(/\[.*\]$/, '')
      .split('.')
      .slice(-2)
      .join('.')
    return `${module} ${check_id} ${block}`
  })
  return { found: [...new Set(found)].sort(), summary }
}

describe.skipIf(checkov === undefined)('checkov', { timeout: 400_000 }, () => {
  let bare: string
  beforeAll(() => {
    bare = mkdtempSync(join(tmpdir(), 'scanners-'))
    cpSync(modules, bare, { recursive: true })
    for (const file of globSync('**/*.tf', { cwd: bare })) {
      const text = readFileSync(join(bare, file), 'utf8')
      writeFileSync(join(bare, file), text.replace(/^.*checkov:skip.*\n/gm, ''))
    }
  })
  afterAll(() => rmSync(bare, { recursive: true, force: true }))

  test('finds nothing that has no reason', async () => {
    const { found, summary } = await scan(modules)
    expect(found).toEqual([])
    expect(summary.parsing_errors).toBe(0)
    expect(summary.passed).toBeGreaterThan(200)
  })

  test('finds each exception of the tables and no other: none is left from a resource that was fixed', async () => {
    const tables = globSync('*/README.md', { cwd: modules }).flatMap(readme => rowsOf(readme.split('/')[0] ?? ''))
    expect(tables.length).toBeGreaterThan(20)
    const withExamples = (await scan(bare)).found
    // Some findings depend on the arguments of a caller, and an example can also take one away.
    for (const examples of globSync('*/examples', { cwd: bare })) rmSync(join(bare, examples), { recursive: true })
    const alone = (await scan(bare)).found
    expect(tables.sort()).toEqual([...new Set([...withExamples, ...alone])].sort())
  })
})

test('an exception without a reason, or outside of a block, is refused', () => {
  const inBlock = (comment: string) => `resource "aws_lb" "this" {\n  # ${comment}\n}\n`
  expect(exceptionsIn(inBlock('checkov:skip=CKV_AWS_2: It redirects.'))).toEqual([
    { id: 'CKV_AWS_2', resource: 'aws_lb.this', reason: 'It redirects.' },
  ])
  expect(() => exceptionsIn(inBlock('checkov:skip=CKV_AWS_2'))).toThrow(/needs an id, a reason/)
  expect(() => exceptionsIn('# checkov:skip=CKV_AWS_2: It redirects.\n')).toThrow(/a block around it/)
})

test('an exception from tflint stands above its block, with a reason', () => {
  const hcl = (comment: string) => `# ${comment}\nvariable "trial" {\n  type = bool\n}\n`
  expect(exceptionsIn(hcl('tflint-ignore: terraform_unused_declarations # Only its validation reads it.'))).toEqual([
    { id: 'terraform_unused_declarations', resource: 'var.trial', reason: 'Only its validation reads it.' },
  ])
  expect(() => exceptionsIn(hcl('tflint-ignore: terraform_unused_declarations'))).toThrow(/needs an id, a reason/)
  expect(() => exceptionsIn('# tflint-ignore: terraform_naming_convention # Old.\n')).toThrow(/a block around it/)
  expect(() => exceptionsIn('# tflint-ignore-file: terraform_naming_convention\n')).toThrow(/one block/)
})

/** What scanners.yml does on github.com takes longer than the tests of a commit may, so only its pins are compared here. */
describe('tflint', () => {
  const repository = join(import.meta.dirname, '../..')
  const read = (file: string) => readFileSync(join(repository, file), 'utf8')
  const workflow = read('.github/workflows/scanners.yml')
  const module = read('.github/tflint/go.mod')
  const [, version = ''] = /github\.com\/terraform-linters\/tflint (v\S+)/.exec(module) ?? []

  test('is built from sources that are pinned by checksum, and nothing else is downloaded for it', () => {
    expect(module).toContain('tool github.com/terraform-linters/tflint\n')
    expect(read('.github/tflint/go.sum')).toMatch(
      new RegExp(`^github\\.com/terraform-linters/tflint ${RegExp.escape(version)} h1:[\\w+/]+=$`, 'm'),
    )
    expect(workflow).toContain('go build -mod=readonly')
    expect(workflow).not.toMatch(/curl|wget|go install|@latest/)
  })

  test('runs over every module and its examples', () => {
    expect(workflow).toContain('tflint" --recursive')
    expect(workflow).toContain('working-directory: terraform')
  })

  test('has the version that the pages name', () => {
    for (const page of ['docs/modules.md', 'docs/decisions/0218-tflint-in-a-workflow.md'])
      expect(read(page)).toContain(`tflint ${version.slice(1)}`)
  })
})

test.each(['conftest', 'opa'])(
  '%s is built from sources that are pinned by checksum, with the version of the page',
  tool => {
    const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
    const path = `github.com/open-policy-agent/${tool}`
    const version = new RegExp(`^\\s+${path} (v\\S+)`, 'm').exec(read('.github/policies/go.mod'))?.[1] ?? ''
    expect(read('.github/policies/go.sum')).toMatch(new RegExp(`^${path} ${RegExp.escape(version)} h1:[\\w+/]+=$`, 'm'))
    expect(read('docs/plan-checks.md')).toMatch(new RegExp(`^\\| ${tool} \\|.*\\| yes, ${version.slice(1)}, `, 'm'))
    expect(read('.github/workflows/scanners.yml')).toMatch(new RegExp(`go build -mod=readonly .*${path}`))
  },
)

test('the table is in the order of the numbers', () => {
  const exceptions = ['CKV_AWS_150', 'CKV_AWS_2', 'CKV2_AWS_11'].map(id => ({
    id,
    resource: 'aws_lb.this',
    reason: 'x',
  }))
  expect(scannerTable(exceptions).match(/CKV\w+/g)).toEqual(['CKV_AWS_2', 'CKV_AWS_150', 'CKV2_AWS_11'])
})
