/** What docs/threat-model.md says is shown by a test is shown by one that is there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const repository = join(import.meta.dirname, '../..')
const page = readFileSync(join(repository, 'docs/threat-model.md'), 'utf8')

/** A file and the name of a test in it, as the page writes them. */
const cited = [...page.matchAll(/`((?:test|terraform)\/[\w./-]+\.(?:test\.ts|tftest\.hcl))`: \*([^*\n]+)\*/g)].map(
  ([, file = '', name = '']) => ({ file, name }),
)

/** Whether a file has a test of this name: as a whole string, or as the label of a run block of Terraform. */
function hasTest(file: string, name: string): boolean {
  const source = readFileSync(join(repository, file), 'utf8')
  if (file.endsWith('.hcl')) return source.includes(`\nrun "${name}" {`)
  return ["'", '"', '`'].some(quote => source.includes(`${quote}${name}${quote},`))
}

test.each(cited)('$file: $name', ({ file, name }) => {
  expect(existsSync(join(repository, file))).toBe(true)
  expect(hasTest(file, name)).toBe(true)
})

test('a test that the page names without its file is not overlooked', () => {
  const files = page.match(/`(?:test|terraform)\/[\w./-]+\.(?:test\.ts|tftest\.hcl)`/g)
  expect(cited.length).toBe(files?.length)
  expect(cited.length).toBeGreaterThan(40)
})

describe('each row of the threats', () => {
  const section = page.slice(page.indexOf('## Who can try what'), page.indexOf('## Permissions'))
  const rows = section
    .split('\n')
    .filter(line => line.startsWith('| '))
    .slice(2)
  test.each(rows)('%s', row => {
    const cells = row.split(' | ')
    expect(cells).toHaveLength(5)
    expect(cells[3]).toMatch(/`: \*|^no test$/)
  })
})
