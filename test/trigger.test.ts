import { expect, test } from 'vitest'
import type { EventPayload } from '../src/inputs.ts'
import { decideTrigger } from '../src/trigger.ts'
import {
  mergeGroup,
  pullRequestClosed,
  pullRequestMerged,
  pullRequestOpened,
  pushed,
  scheduled,
  type Trigger,
  workflowDispatch,
} from './support/events.ts'
import type { PullRequest } from './support/github.ts'

const place = { owner: 'acme', repo: 'mcp-server' }
const [head, merge] = ['1'.repeat(40), '2'.repeat(40)]
const pull = {
  number: 7,
  headSha: head,
  mergeCommitSha: merge,
  title: 'Deploy',
  branch: 'deploy',
} as unknown as PullRequest

function decide({ event, github }: Trigger, command: 'auto' | 'plan' | 'apply' = 'auto') {
  return decideTrigger(command, {
    event: event.name,
    payload: event.payload as EventPayload,
    sha: github.sha,
    ref: github.ref,
  })
}

test('a pull request is planned at the commit that was pushed, not at its test merge', () => {
  expect(decide(pullRequestOpened(place, pull))).toEqual({ command: 'plan', pullRequest: 7, sha: head })
})

test('a push to the default branch is applied', () => {
  expect(decide(pushed(place, { before: head, after: merge }))).toEqual({
    command: 'apply',
    pullRequest: undefined,
    sha: merge,
  })
})

test('a push to another branch is nothing', () => {
  const trigger = pushed(place, { before: head, after: merge })
  expect(decide({ ...trigger, github: { ...trigger.github, ref: 'refs/heads/topic' } })).toMatchObject({
    command: 'none',
  })
  expect(decide({ ...trigger, github: { ...trigger.github, ref: 'refs/tags/main' } })).toMatchObject({
    command: 'none',
  })
})

test('a merged pull request that closes is applied, one that is closed is not', () => {
  expect(decide(pullRequestMerged(place, pull))).toMatchObject({ command: 'apply', pullRequest: 7 })
  expect(decide(pullRequestClosed(place, pull))).toMatchObject({
    command: 'none',
    reason: expect.stringMatching(/without being merged/),
    closed: { pullRequest: 7, sha: pull.headSha },
  })
})

test('a pull request that was merged into another branch than the default one is not applied', () => {
  const trigger = pullRequestMerged(place, pull)
  const payload = trigger.event.payload as { pull_request: { base: { ref: string } } }
  payload.pull_request.base.ref = 'feature'
  expect(decide(trigger)).toMatchObject({ command: 'none', reason: expect.stringMatching(/merged into feature/) })
})

test('merge queue and dispatch plan, the schedule verifies', () => {
  expect(decide(mergeGroup(place, pull, { sha: merge }))).toMatchObject({ command: 'plan' })
  expect(decide(workflowDispatch(place, { sha: merge }))).toMatchObject({ command: 'plan' })
  expect(decide(scheduled(place, { sha: merge }))).toMatchObject({ command: 'verify' })
})

test('an explicit command stands on any event', () => {
  expect(decide(workflowDispatch(place, { sha: merge }), 'apply')).toMatchObject({ command: 'apply' })
})

test('other events do nothing and say so', () => {
  expect(
    decideTrigger('auto', { event: 'pull_request_target', payload: {}, sha: head, ref: 'refs/heads/main' }),
  ).toEqual({
    command: 'none',
    reason: expect.stringMatching(/the event pull_request_target/),
  })
})
