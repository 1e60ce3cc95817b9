/** The modules and their examples under checkov's rules: what stays has its id and its reason beside the resource. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { exceptionsIn, scannerTable } from '../../scripts/scanner-table.ts'
import { pythonTool } from '../support/python-tools.ts'

const run = promisify(execFile)
const modules = join(import.meta.dirname, '../../terraform')
const checkov = await pythonTool('checkov', '3.3.30')

test.skipIf(checkov === undefined)('checkov finds nothing that has no reason', { timeout: 400_000 }, async () => {
  const args = ['-d', modules, '--framework', 'terraform', '--compact', '--quiet', '-o', 'json']
  // It exits 1 when it finds something, with the same output.
  const { stdout } = await run(join(checkov ?? '', 'checkov'), args, { maxBuffer: 64 << 20 }).catch(error => error)
  const { results, summary } = JSON.parse(stdout) as {
    results: { failed_checks: readonly { check_id: string; resource: string; file_path: string }[] }
    summary: { passed: number; skipped: number; parsing_errors: number }
  }
  expect(results.failed_checks.map(({ check_id, resource, file_path }) => [check_id, resource, file_path])).toEqual([])
  expect(summary.parsing_errors).toBe(0)
  expect(summary.passed).toBeGreaterThan(200)
})

test('an exception without a reason, or outside of a block, is refused', () => {
  const inBlock = (comment: string) => `resource "aws_lb" "this" {\n  # ${comment}\n}\n`
  expect(exceptionsIn(inBlock('checkov:skip=CKV_AWS_2: It redirects.'))).toEqual([
    { id: 'CKV_AWS_2', resource: 'aws_lb.this', reason: 'It redirects.' },
  ])
  expect(() => exceptionsIn(inBlock('checkov:skip=CKV_AWS_2'))).toThrow(/needs an id, a reason/)
  expect(() => exceptionsIn('# checkov:skip=CKV_AWS_2: It redirects.\n')).toThrow(/a block around it/)
})

test('the table is in the order of the numbers', () => {
  const exceptions = ['CKV_AWS_150', 'CKV_AWS_2', 'CKV2_AWS_11'].map(id => ({
    id,
    resource: 'aws_lb.this',
    reason: 'x',
  }))
  expect(scannerTable(exceptions).match(/CKV\w+/g)).toEqual(['CKV_AWS_2', 'CKV_AWS_150', 'CKV2_AWS_11'])
})
