/** Whatever text a server, AWS, Terraform or a branch brings along, with secrets in it: none gets out, and nothing breaks out. */
import { expect, test } from 'vitest'
import { renderComment, renderCounts } from '../../src/report/comment.ts'
import { evidenceLines } from '../../src/report/evidence.ts'
import { issueTitle, renderIssue } from '../../src/report/issue.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { fullCheck, fullFailure, fullPlan, fullSuccess } from '../support/full-report.ts'
import fc from '../support/property.ts'
import { elements, renderTree, text as textOf } from '../support/render.ts'
import { knowSecrets } from '../support/secrets.ts'

const marker = '<!-- marker -->'

/** Secrets whose core is in nothing that a page has besides, with what stands around it in other people's documents. */
const core = 'Zq7XKJqz7'
const secretTexts = [
  `${core}1`,
  `"${core}2"`,
  `${core}3\n${core}4`,
  `<${core}5>&`,
  `${'`'.repeat(3)}${core}6`,
  `${core}7|${core}8`,
  `##[error]${core}9`,
]
const pieces = [
  ...secretTexts,
  '```',
  '~~~~',
  '\n```\n',
  '</details>',
  '</code></summary>',
  '-->',
  '<script>',
  '##[stop-commands]x',
  '::error::x',
  '\n::set-output name=x::y',
  '@acme/team',
  '#12',
  '[x](https://evil.example)',
  '![x](https://evil.example)',
  '\u202e',
  '\u2028',
  '\r',
  '\u3164',
  '| ',
  '\\',
  ' ',
  'a',
]
const hostileText = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map(parts => parts.join(''))

const ours = new Set(
  'h2 h3 p strong code ul li blockquote details summary pre sub a table thead tbody tr th td'.split(' '),
)

test('no secret, no command of the runner, and no element or link that is not ours', { timeout: 600_000 }, async () => {
  knowSecrets(secretTexts)
  await fc.assert(
    fc.asyncProperty(hostileText, async hostile => {
      for (const report of [fullPlan(hostile), fullFailure(hostile), fullSuccess(hostile), fullCheck(hostile)]) {
        const pages = [
          renderComment(report, marker),
          renderComment(report, marker, { limit: 8_000 }),
          renderCounts(report, marker, hostile, []),
          renderSummary(report),
          renderIssue(report, marker, { key: 'RPC_ERROR', since: 0, reported: 0 }),
        ].map(String)
        for (const page of pages) {
          expect(page).not.toContain(core)
          expect(page.isWellFormed()).toBe(true)
          const tree = await renderTree(page)
          const all = [...elements(tree)]
          expect(all.map(({ tagName }) => tagName).filter(name => !ours.has(name))).toEqual([])
          const hosts = all.flatMap(({ properties }) => properties.href ?? []).map(href => new URL(String(href)).host)
          expect(hosts.filter(host => host !== 'github.com' && host !== 'console.aws.amazon.com')).toEqual([])
          expect(textOf(tree, ['code'])).not.toMatch(/@acme|:\/\/evil/)
          expect(page).not.toMatch(/[\u202e\u2028\u3164]/)
        }
        const lines = [issueTitle(report, hostile), ...(report.evidence ? evidenceLines(report.evidence) : [])]
        for (const each of lines.map(String)) {
          expect(each).not.toContain(core)
          expect(each).not.toMatch(/##\[|^\s*::|[\r\n\u2028]/)
        }
      }
    }),
    { numRuns: 15 },
  )
})

test('a secret in a key of a path is removed before the key is shortened', { timeout: 600_000 }, () => {
  const secret = `${core}7|${core}8`
  knowSecrets([secret])
  for (let at = 0; at < 60; at++) {
    // Without the secrets, the whole key is short enough to be shown.
    const key = `${'k'.repeat(at)}${secret.repeat(5)}`
    for (const report of [fullPlan(key), fullFailure(key)])
      for (const page of [renderComment(report, marker), renderSummary(report)])
        expect(String(page)).not.toContain(core)
  }
})
