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
  const rows = section.split('\n').filter(line => line.startsWith('| ') && !/^\| (?:---|they try to) \|/.test(line))
  test.each(rows)('%s', row => {
    const cells = row.replace(/^\| | \|$/g, '').split(' | ')
    expect(cells).toHaveLength(4)
    expect(cells[2]).toMatch(/`: \*|^no test$/)
  })

  test('are there for everybody who is named', () => {
    expect(section.match(/^### /gm)?.length).toBe(section.match(/^\| they try to \|/gm)?.length)
    expect(rows.length).toBeGreaterThan(40)
  })
})

test('each claim about a boundary cites a test', () => {
  const claims = page.slice(page.indexOf('| it is a boundary'), page.indexOf('| it is **not** a boundary')).split('\n')
  for (const claim of claims.slice(2).filter(line => line.startsWith('| '))) expect(claim).toMatch(/`: \*/)
})
