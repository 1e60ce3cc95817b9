/** The decisions have the form of the template, and their index lists what the files say. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { indexOf, readDecisions, updateIndex, withIndex } from '../../scripts/decisions.ts'

const root = join(import.meta.dirname, '../..')

interface Fields {
  readonly title?: string
  readonly status?: string
  readonly date?: string
  readonly subject?: string
  readonly sections?: string
}

const someSections = '## Context\n\nWhy.\n\n## Decision\n\nWhat.\n\n## Consequences\n\n- Rejected: the other.\n'

/** The text of a decision; an empty field has no line. */
function decision({
  title = 'Plans are compared',
  status = 'accepted',
  date = '2026-11-22',
  subject = 'approval',
  sections = someSections,
}: Fields = {}): string {
  const fields = Object.entries({ Status: status, Date: date, Subject: subject }).filter(([, value]) => value !== '')
  const head = title === '' ? '' : `# ${title}\n\n`
  return `${head}${fields.map(([name, value]) => `- ${name}: ${value}\n`).join('')}\n${sections}`
}

const findingsOf = (files: Readonly<Record<string, string>>) => readDecisions(new Map(Object.entries(files))).findings
const findingsFor = (fields: Fields) => findingsOf({ '0001-plans.md': decision(fields) })

describe('the check of a decision', () => {
  test('the form of the template has no findings', () => {
    expect(findingsFor({})).toEqual([])
    expect(findingsFor({ sections: `${someSections}\n## Numbers\n\n5 ms.\n` })).toEqual([])
  })

  test.each<[string, Fields, string]>([
    ['no title', { title: '' }, 'the title is missing: the first line must be "# " and a short statement'],
    ['no status', { status: '' }, 'the status is missing: add the line "- Status: accepted"'],
    [
      'an unknown status',
      { status: 'proposed' },
      '"proposed" is not a status: write "accepted", "accepted, amended by [NNNN](FILE)" or "superseded by [NNNN](FILE)"',
    ],
    [
      'a successor that does not exist',
      { status: 'superseded by [0002](0002-none.md)' },
      'the status names 0002-none.md, which is not a decision',
    ],
    [
      'itself as its successor',
      { status: 'superseded by [0001](0001-plans.md)' },
      'the status names 0001-plans.md, which is not a later decision',
    ],
    ['no date', { date: '' }, 'the date is missing: add the line "- Date: YYYY-MM-DD"'],
    ['a date in words', { date: '22 November' }, '"22 November" is not a date: write YYYY-MM-DD'],
    ['a day that does not exist', { date: '2026-02-30' }, '"2026-02-30" is not a date: write YYYY-MM-DD'],
    ['a month that does not exist', { date: '2026-13-01' }, '"2026-13-01" is not a date: write YYYY-MM-DD'],
    ['no subject', { subject: '' }, 'the subject is missing: add the line "- Subject: NAME"'],
    [
      'no consequences',
      { sections: '## Context\n\nWhy.\n\n## Decision\n\nWhat.\n' },
      'the section "Consequences" is missing',
    ],
    ['an empty section', { sections: someSections.replace('Why.', '') }, 'the section "Context" is empty'],
    [
      'sections in another order',
      { sections: '## Decision\n\nWhat.\n\n## Context\n\nWhy.\n\n## Consequences\n\nNone.\n' },
      'the sections must be Context, Decision, Consequences, Numbers, in this order',
    ],
    [
      'a section of another name',
      { sections: `${someSections}\n## Remarks\n\nSome.\n` },
      'the sections must be Context, Decision, Consequences, Numbers, in this order',
    ],
  ])('a decision with %s is a finding that names the file', (_, fields, message) => {
    expect(findingsFor(fields)).toEqual([`docs/decisions/0001-plans.md: ${message}`])
  })

  test('an unknown subject is answered with the known ones', () => {
    expect(findingsFor({ subject: 'weather' })).toEqual([
      expect.stringMatching(
        /^docs\/decisions\/0001-plans\.md: "weather" is not a subject: choose one of approval, secrets, /,
      ),
    ])
  })

  test('the number of a link must be that of its file', () => {
    const findings = findingsOf({
      '0001-plans.md': decision({ status: 'accepted, amended by [0003](0002-order.md)' }),
      '0002-order.md': decision(),
    })
    expect(findings).toEqual(['docs/decisions/0001-plans.md: the status links 0003 to 0002-order.md'])
  })

  test('a gap in the numbers is a finding at the file after it', () => {
    expect(findingsOf({ '0001-plans.md': decision(), '0003-order.md': decision() })).toEqual([
      'docs/decisions/0003-order.md: the number 0002 is missing before it',
    ])
  })

  test('the numbers begin at 0001', () => {
    expect(findingsOf({ '0002-order.md': decision() })).toEqual([
      'docs/decisions/0002-order.md: the number 0001 is missing before it',
    ])
  })

  test('two decisions of two branches with one number are a finding', () => {
    expect(findingsOf({ '0001-order.md': decision(), '0001-plans.md': decision() })).toEqual([
      'docs/decisions/0001-plans.md: 0001-order.md has the same number: give the newer one the next free number',
    ])
  })

  test('a name without a number is a finding', () => {
    expect(findingsOf({ 'Plans.md': decision() })).toEqual([
      'docs/decisions/Plans.md: the name of the file must be a number of four digits and words, such as 0001-esm-bundle.md',
    ])
  })
})

describe('the index', () => {
  let folder = ''
  const page = '# Decisions\n\n<!-- BEGIN_INDEX: written by scripts/decisions.ts -->\n\nold\n\n<!-- END_INDEX -->\n'
  const readme = () => readFileSync(join(folder, 'README.md'), 'utf8')
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'decisions-'))
    writeFileSync(join(folder, 'README.md'), page)
    writeFileSync(join(folder, '0001-plans.md'), decision())
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('an index that does not match fails the check, which writes nothing', () => {
    expect(updateIndex(folder, true)).toEqual([
      'docs/decisions/README.md: the index does not match the decisions. Run `node scripts/decisions.ts` and commit it.',
    ])
    expect(readme()).toBe(page)
  })

  test('a written index passes the check', () => {
    expect(updateIndex(folder, false)).toEqual([])
    expect(readme()).toContain('| [0001](0001-plans.md) | Plans are compared | accepted | 2026-11-22 |')
    expect(readme()).not.toContain('old')
    expect(updateIndex(folder, true)).toEqual([])
  })

  test('a decision with a finding leaves the index as it is', () => {
    writeFileSync(join(folder, '0001-plans.md'), decision({ status: '' }))
    expect(updateIndex(folder, false)).toHaveLength(1)
    expect(readme()).toBe(page)
  })

  test('decisions are grouped by subject, in the order of their numbers', () => {
    const { decisions } = readDecisions(
      new Map([
        ['0003-c.md', decision({ title: 'C' })],
        ['0001-a.md', decision({ title: 'A', subject: 'gate' })],
        ['0002-b.md', decision({ title: 'B | b' })],
      ]),
    )
    const shown = indexOf(decisions).split('\n')
    expect(shown.filter(row => /^(### |\| \[)/.test(row))).toEqual([
      '### Approval',
      '| [0002](0002-b.md) | B \\| b | accepted | 2026-11-22 |',
      '| [0003](0003-c.md) | C | accepted | 2026-11-22 |',
      '### The gate',
      '| [0001](0001-a.md) | A | accepted | 2026-11-22 |',
    ])
  })

  test('a page without a place for the index is an error', () => {
    expect(() => withIndex('# Decisions\n', [])).toThrow('docs/decisions/README.md has no place for the index.')
  })
})

describe('the decisions of this repository', () => {
  test('they have the form of the template, and the index matches them', () => {
    expect(updateIndex(join(root, 'docs/decisions'), true)).toEqual([])
  })

  test('every decision that a comment or a script names exists', () => {
    // Pages are left out, because scripts/check-links.ts reads them.
    const options = { cwd: root, encoding: 'utf8' } as const
    const files = ['-ohE', String.raw`docs/decisions[a-z0-9/-]*\.md`, '--', ':!*.md', ':!dist', ':!test/scripts']
    const named = [
      ...new Set(
        execFileSync('git', ['grep', ...files], options)
          .trim()
          .split('\n'),
      ),
    ]
    expect(named.length).toBeGreaterThan(4)
    expect(named.filter(file => !existsSync(join(root, file)))).toEqual([])
  })
})
