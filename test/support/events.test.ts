import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import {
  mergeGroup,
  pullRequestClosed,
  pullRequestMerged,
  pullRequestOpened,
  pullRequestSynchronize,
  pushed,
  scheduled,
  type Trigger,
  workflowDispatch,
} from './events.ts'

const sha = (digit: string) => digit.repeat(40)
const place = { owner: 'octo', repo: 'infra' }
const pull = {
  number: 7,
  title: 'Add a server',
  branch: 'feature/x',
  headSha: sha('a'),
  baseSha: sha('b'),
  mergeCommitSha: sha('c'),
}
const examples: Array<{ name: string; examples: object[] }> = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
)

const triggers: Trigger[] = [
  pullRequestOpened(place, pull),
  pullRequestSynchronize(place, pull, { before: sha('d') }),
  pullRequestClosed(place, pull),
  pullRequestMerged(place, pull),
  pushed(place, { before: sha('b'), after: sha('c') }),
  mergeGroup(place, pull, { sha: sha('e') }),
  workflowDispatch(place, { sha: sha('b') }),
]

describe.each(triggers)('$event.name $event.payload.action', ({ event, github }) => {
  test('has the keys of an example that GitHub published', () => {
    const keys = Object.keys(event.payload as object).sort()
    const published = examples.find(each => each.name === event.name)?.examples ?? []
    expect(published.map(each => Object.keys(each).sort())).toContainEqual(keys)
  })

  test('names nothing of the example', () => {
    const text = JSON.stringify(event.payload)
    expect(text.match(/Codertocat|Hello-World|octo-org|octo-repo|"master"|\/pulls?\/[0-689]/g)).toBeNull()
    expect(event.payload).toMatchObject({ repository: { full_name: 'octo/infra', default_branch: 'main' } })
    expect(github.repository).toBe('octo/infra')
  })
})

test('a pull request runs on its test merge', () => {
  const { event, github } = pullRequestOpened(place, pull)
  expect(github).toMatchObject({ sha: sha('c'), ref: 'refs/pull/7/merge', baseRef: 'main', headRef: 'feature/x' })
  const head = { ref: 'feature/x', sha: sha('a'), repo: { full_name: 'octo/infra', fork: false } }
  const base = { ref: 'main', sha: sha('b') }
  expect(event.payload).toMatchObject({ number: 7, pull_request: { number: 7, head, base, merged: false } })
})

test('a pull request of a fork names the fork', () => {
  const { payload } = pullRequestOpened(place, pull, { fork: 'stranger' }).event
  const repo = { full_name: 'stranger/infra', fork: true, owner: { login: 'stranger' } }
  expect(payload).toMatchObject({ pull_request: { head: { label: 'stranger:feature/x', repo } } })
  expect(payload).toMatchObject({ pull_request: { base: { repo: { full_name: 'octo/infra' } } } })
})

test('a push to a pull request says what came before', () => {
  const { payload } = pullRequestSynchronize(place, pull, { before: sha('d') }).event
  expect(payload).toMatchObject({ action: 'synchronize', before: sha('d'), after: sha('a') })
})

test('a merged pull request runs on the base branch, one that was only closed does not', () => {
  const merged = pullRequestMerged(place, pull)
  expect(merged.github).toMatchObject({ sha: sha('c'), ref: 'refs/heads/main' })
  expect(merged.event.payload).toMatchObject({ pull_request: { merged: true, merge_commit_sha: sha('c') } })
  const closed = pullRequestClosed(place, pull)
  expect(closed.event.payload).toMatchObject({ action: 'closed', pull_request: { merged: false } })
  expect(closed.github.ref).toBe('refs/pull/7/merge')
})

test('push, merge queue, dispatch and schedule', () => {
  const push = pushed(place, { before: sha('b'), after: sha('c'), message: 'Merge' })
  expect(push.event.payload).toMatchObject({
    ref: 'refs/heads/main',
    after: sha('c'),
    deleted: false,
    head_commit: { id: sha('c'), message: 'Merge' },
  })
  expect(push.github).toMatchObject({ sha: sha('c'), ref: 'refs/heads/main' })

  const group = mergeGroup(place, pull, { sha: sha('e') })
  expect(group.github.ref).toBe(`refs/heads/gh-readonly-queue/main/pr-7-${sha('b')}`)
  expect(group.event.payload).toMatchObject({ merge_group: { head_sha: sha('e'), base_ref: 'refs/heads/main' } })

  const dispatch = workflowDispatch(place, { sha: sha('b'), inputs: { stage: 'prod' } })
  expect(dispatch.event.payload).toMatchObject({ ref: 'refs/heads/main', inputs: { stage: 'prod' } })
  expect(Object.keys((dispatch.event.payload as { inputs: object }).inputs)).toEqual(['stage'])

  expect(scheduled(place, { sha: sha('b'), cron: '0 4 * * *' }).event.payload).toEqual({ schedule: '0 4 * * *' })
})
