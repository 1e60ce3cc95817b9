import { expect, test } from 'vitest'
import { releaseNotes } from '../../scripts/release-notes.ts'

const changelog = (...sections: string[]) => `# Changelog\n\nNewest first.\n\n${sections.join('\n\n')}\n`

test('the text of the newest version', () => {
  const text = changelog(
    '## Unreleased',
    '## 1.10.0 - 2026-12-01\n\n- Added: `destroy`.\n\n### To do\n\nNothing.',
    '## 1.9.1 - 2026-11-30\n\nOld.',
  )
  expect(releaseNotes(text, '1.10.0', '1.10.0')).toBe('- Added: `destroy`.\n\n### To do\n\nNothing.\n')
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
  ['a pre-release', changelog('## Unreleased', older), '1.1.0-rc.1', '"1.1.0-rc.1" is no version to release'],
  ['a tag', changelog('## Unreleased', older), 'v1.0.0', '"v1.0.0" is no version to release'],
  ['a command', changelog('## Unreleased', older), '1.0.0; id', '"1.0.0; id" is no version to release'],
  ['nothing', changelog('## Unreleased', older), '', '"" is no version to release'],
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
  ['no section Unreleased', changelog(older), '1.0.0', 'must begin with the section "## Unreleased"'],
])('%s is an error', (_, text, version, message) => {
  expect(() => releaseNotes(text, version, version)).toThrow(message)
})

test('another version in package.json is an error', () => {
  const text = changelog('## Unreleased', older)
  expect(() => releaseNotes(text, '1.0.0', '0.1.0')).toThrow('package.json says 0.1.0')
})
