import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { failureCodes, tables } from '../../scripts/failure-codes.ts'
import { codes as gateCodes } from '../../src/gate/codes.ts'

const repository = join(import.meta.dirname, '../..')

test('the page says what the tables say', () => {
  expect(readFileSync(join(repository, 'docs/failure-codes.md'), 'utf8')).toBe(failureCodes(tables, gateCodes))
})

test('no code stands in two tables, and each row is whole', () => {
  const rows = [...Object.values(tables), gateCodes].flatMap(table => Object.entries(table))
  expect(new Set(rows.map(([code]) => code)).size).toBe(rows.length)
  for (const [code, { meaning, fix }] of rows) {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]*$/)
    expect(meaning, code).toMatch(/[^.]$/)
    expect(fix, code).toMatch(/^[A-Z].*[.)]$/)
  }
})

test('each file that adds codes to the type adds them to a table of the page', () => {
  const files = globSync('src/**/*.ts', { cwd: repository }).filter(file =>
    /interface FailureCodes extends Named<typeof (\w+)>/.test(readFileSync(join(repository, file), 'utf8')),
  )
  // The gate's table is the index.
  expect(files).toHaveLength(Object.keys(tables).length + 1)
})

test('what would break a table is escaped', () => {
  const page = failureCodes({ A: { X: { meaning: 'a | b', fix: '<b>', remedy: 'config' } } }, {})
  expect(page).toContain('| <a id="X"></a>`X` | a \\| b | &lt;b> | `config` |')
})
