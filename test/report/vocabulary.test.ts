/**
 * A secret can be any word, also one of ours: a variable whose default is "failure" is as likely as any other. It must
 * change no static part of what people read.
 */
import { expect, test } from 'vitest'
import { renderComment, renderCounts, renderOutdated } from '../../src/report/comment.ts'
import { evidenceLines } from '../../src/report/evidence.ts'
import { changedLine, closingLine, issueTitle, renderIssue } from '../../src/report/issue.ts'
import { renderDiscovery, renderJoined } from '../../src/report/joined.ts'
import type { Report } from '../../src/report/report.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { fullCheck, fullFailure, fullPlan, fullSuccess } from '../support/full-report.ts'
import { knowSecrets } from '../support/secrets.ts'

/** Foreign text without a letter that our words have. */
const foreign = 'жаба'
const runs = 'https://github.com/acme/weather/actions/runs/'
const marker = `<!-- terraform-mcp-deploy:${'a'.repeat(32)} -->`

/** Everything that people read of some runs, page by page. */
function pages(): string[] {
  const reports: Report[] = [fullPlan(foreign), fullFailure(foreign), fullSuccess(foreign), fullCheck(foreign)]
  const state = { key: 'RPC_ERROR', since: 0, reported: 0 }
  const stack = {
    target: { name: foreign, stack: foreign, directory: foreign, workspace: foreign },
    runUrl: `${runs}7`,
    counts: { add: 1, change: 2, destroy: 3, replace: 4, import: 5, move: 6, forget: 7 },
    plan: { hasChanges: true },
    endpoint: foreign,
    failures: [{ phase: 'gate', code: '', sentence: foreign, fix: foreign }],
  }
  const rows = [
    { name: foreign, report: { ...stack, command: 'apply' as const } },
    { name: foreign, report: { ...stack, command: 'apply' as const, failures: [], apply: 'started' as const } },
    { name: foreign, missing: foreign },
  ]
  const found = [{ name: foreign, directory: foreign, environment: foreign }]
  return [
    ...reports.flatMap(report => [
      renderComment(report, marker, { earlier: [{ run: 0, attempt: 1, sha: '1234567', outcome: 'planned' }] }),
      renderComment(report, marker, { limit: 20_000 }),
      renderCounts(report, marker, foreign, []),
      renderOutdated(report, marker, []),
      renderSummary(report),
      renderIssue(report, marker, state),
      issueTitle(report, foreign),
      changedLine(report),
      ...(report.evidence === undefined ? [] : evidenceLines(report.evidence)),
    ]),
    closingLine({ runUrl: `${runs}1`, command: 'verify' }, 0),
    closingLine({ runUrl: `${runs}1`, command: 'destroy' }, 0),
    renderJoined({ rows, failed: [foreign] }, runs),
    renderDiscovery({ stacks: found, concerned: found, because: foreign } as never),
  ].map(String)
}

test('no word that the action itself writes can be garbled by a secret of the same letters', () => {
  const before = pages()
  const words = new Set(before.flatMap(page => page.match(/[\w-]{4,}|[A-Za-z]{4,}/g) ?? []))
  for (const word of ['failure', 'success', 'delete', 'changes', 'stack', 'gate', 'RPC_ERROR', 'sensitive value'])
    words.add(word)
  expect(words.size).toBeGreaterThan(250)
  // The commit of an earlier run is no word of ours.
  words.delete('1234567')
  knowSecrets(words)
  expect(pages()).toEqual(before)
  knowSecrets([foreign])
  expect(pages().join('\n')).not.toContain(foreign)
})
