import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkChangelog, releaseNotes } from '../../scripts/release-notes.ts'

const changelog = (...sections: string[]) => `# Changelog\n\nNewest first.\n\n${sections.join('\n\n')}\n`

test('the text of the newest version', () => {
  const text = changelog(
    '## Unreleased',
    '## 1.10.0 - 2026-12-01\n\nA release.\n\n### Added\n\n- `destroy`.\n\n### Fixed\n\n- Nothing.',
    '## 1.9.1 - 2026-11-30\n\nOld.',
  )
  expect(releaseNotes(text, '1.10.0', '1.10.0')).toBe(
    'A release.\n\n### Added\n\n- `destroy`.\n\n### Fixed\n\n- Nothing.\n',
  )
})

const older = '## 1.0.0 - 2026-11-01\n\nThe first release.'

test.each<[what: string, text: string, version: string, message: string]>([
  ['no such section', changelog('## Unreleased', older), '1.1.0', 'has no section "## 1.1.0 - YYYY-MM-DD"'],
  ['no version at all', changelog('## Unreleased'), '1.1.0', 'has no section "## 1.1.0 - YYYY-MM-DD"'],
  [
    'an empty section',
    changelog('## Unreleased', '## 1.1.0 - 2026-12-01', older),
    '1.1.0',
    '1.1.0 in CHANGELOG.md is empty',
  ],
  [
    'a version that is not the newest',
    changelog('## Unreleased', '## 1.1.0 - 2026-12-01\n\nNew.', older),
    '1.0.0',
    'has 1.1.0 above 1.0.0',
  ],
  [
    'a wrong order',
    changelog('## Unreleased', older, '## 1.1.0 - 2026-12-01\n\nNew.'),
    '1.1.0',
    'has 1.1.0 below 1.0.0',
  ],
  ['a version twice', changelog('## Unreleased', older, older), '1.0.0', 'has 1.0.0 below 1.0.0'],
  ['a pre-release', changelog('## Unreleased', older), '1.1.0-rc.1', '"1.1.0-rc.1" is not a version to release'],
  ['a tag', changelog('## Unreleased', older), 'v1.0.0', '"v1.0.0" is not a version to release'],
  ['a command', changelog('## Unreleased', older), '1.0.0; id', '"1.0.0; id" is not a version to release'],
  ['nothing', changelog('## Unreleased', older), '', '"" is not a version to release'],
  [
    'a pre-release in the changelog',
    changelog('## Unreleased', '## 1.1.0-rc.1 - 2026-12-01\n\nNew.', older),
    '1.0.0',
    '"## 1.1.0-rc.1 - 2026-12-01", which must be like',
  ],
  ['no day', changelog('## Unreleased', '## 1.1.0\n\nNew.'), '1.1.0', '"## 1.1.0", which must be like'],
  [
    'a day that is none',
    changelog('## Unreleased', '## 1.1.0 - 2026-02-30\n\nNew.'),
    '1.1.0',
    '"## 1.1.0 - 2026-02-30", which must be like',
  ],
  ['what is not released yet', changelog('## Unreleased\n\n- More.', older), '1.0.0', 'text under Unreleased'],
  [
    'a heading that Keep a Changelog does not have',
    changelog('## Unreleased', '## 1.1.0 - 2026-12-01\n\n### New\n\n- A.', older),
    '1.1.0',
    '"### New" in 1.1.0 - 2026-12-01: allowed are Added,',
  ],
  [
    'a heading out of order',
    changelog('## Unreleased', '## 1.1.0 - 2026-12-01\n\n### Fixed\n\n- A.\n\n### Added\n\n- B.', older),
    '1.1.0',
    'each once and in this order',
  ],
  [
    'a heading without changes',
    changelog('## Unreleased', '## 1.1.0 - 2026-12-01\n\n### Added\n\n### Fixed\n\n- A.', older),
    '1.1.0',
    'has nothing under "### Added"',
  ],
  [
    'a change above the headings',
    changelog('## Unreleased', '## 1.1.0 - 2026-12-01\n\n- A.\n\n### Fixed\n\n- B.', older),
    '1.1.0',
    'has a change of 1.1.0 - 2026-12-01 above its first heading',
  ],
  ['no section Unreleased', changelog(older), '1.0.0', 'must begin with the section "## Unreleased"'],
])('%s is an error', (_, text, version, message) => {
  expect(() => releaseNotes(text, version, version)).toThrow(message)
})

test('another version in package.json is an error', () => {
  const text = changelog('## Unreleased', older)
  expect(() => releaseNotes(text, '1.0.0', '0.1.0')).toThrow('package.json has 0.1.0')
})

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

test('the changelog of this repository has its changes under the known headings', () => {
  const text = file('CHANGELOG.md')
  expect(() => checkChangelog(text)).not.toThrow()
  expect(text).toMatch(/^## Unreleased\n/m)
})

test('every deprecated input and output is in the changelog and in the guide for upgrades, with what replaces it', () => {
  const action: Record<
    'inputs' | 'outputs',
    Record<string, { description: string; deprecationMessage?: string }>
  > = parse(file('action.yml'))
  const names = [...Object.entries(action.inputs), ...Object.entries(action.outputs)]
    .filter(([, { description, deprecationMessage }]) => deprecationMessage ?? /^Deprecated/.test(description))
    .map(([name]) => name)
  expect(names).toContain('mcp-expect')
  expect(names).toContain('failed-phase')
  for (const page of ['CHANGELOG.md', 'docs/upgrading.md']) {
    const rows = file(page)
      .split('\n')
      .filter(line => /^\| (?:input|output)/.test(line))
    for (const name of names)
      expect(
        rows.filter(row => row.includes(`\`${name}\``)),
        `${name} in ${page}`,
      ).toHaveLength(1)
  }
})
