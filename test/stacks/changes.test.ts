import { describe, expect, test } from 'vitest'
import type { EventPayload } from '../../src/event.ts'
import { changeQueryOf, selectStacks } from '../../src/stacks/changes.ts'
import { findStacks } from '../../src/stacks/discover.ts'
import { Repository } from '../../src/stacks/repository.ts'
import {
  mergeGroup,
  pullRequestMerged,
  pullRequestOpened,
  pushed,
  scheduled,
  type Trigger,
  workflowDispatch,
} from '../support/events.ts'
import type { PullRequest } from '../support/github.ts'
import { repositoryForEach, shipped } from './repository.ts'

const place = { owner: 'acme', repo: 'infra' }
const [before, after] = ['1'.repeat(40), '2'.repeat(40)]
const pull = {
  number: 7,
  title: 'x',
  branch: 'x',
  headSha: after,
  baseSha: before,
  mergeCommitSha: after,
} as PullRequest
const ask = ({ event }: Trigger, more: object = {}) =>
  changeQueryOf({ event: event.name, payload: { ...(event.payload as EventPayload), ...more } })

describe('where the change of an event is found', () => {
  test.each([
    ['a pull request', ask(pullRequestOpened(place, pull)), { pullRequest: 7 }],
    ['its merge', ask(pullRequestMerged(place, pull)), { pullRequest: 7 }],
    ['a push', ask(pushed(place, { before, after })), { base: before, head: after }],
    ['a merge queue', ask(mergeGroup(place, pull, { sha: after })), { base: before, head: after }],
  ])('%s', (_, question, expected) => {
    expect(question).toMatchObject(expected)
  })

  test.each([
    ['a schedule', ask(scheduled(place, { sha: after }))],
    ['a start by hand', ask(workflowDispatch(place, { sha: after }))],
    ['a forced push', ask(pushed(place, { before, after }), { forced: true })],
    ['a new branch', ask(pushed(place, { before: '0'.repeat(40), after }))],
    ['a branch that was removed', ask(pushed(place, { before, after: '0'.repeat(40) }))],
    ['a push without commits', changeQueryOf({ event: 'push', payload: {} })],
    ['a merge queue that says nothing', changeQueryOf({ event: 'merge_group', payload: {} })],
  ])('nowhere, so that all stacks run: %s', (_, question) => {
    expect(question).toHaveProperty('everything')
  })
})

describe('which stacks run', () => {
  const { at, write } = repositoryForEach()
  const files = (...paths: string[]) => paths.map(path => ({ path, previous: undefined as string | undefined }))
  const many = (count: number) => files(...Array.from({ length: count }, (_, index) => `other/${index}`))
  const [inPull, inPush] = [
    { pullRequest: 7, expected: undefined },
    { base: before, head: after },
  ]

  test.each([
    ['those that the change concerns', inPull, files('a/main.tf'), ['a']],
    ['none, where it concerns none', inPush, files('README.md'), []],
    [
      'both, of a file that was renamed from one into the other',
      inPull,
      [{ path: 'a/x', previous: 'b/x' }],
      ['a', 'b'],
    ],
    ['all, on an event without a change', { everything: 'why' }, undefined, ['a', 'b']],
    ['all, where GitHub cannot compare', inPush, undefined, ['a', 'b']],
    ['all, when the list of a pull request may be cut', inPull, many(3_000), ['a', 'b']],
    ['none, when it is just not', inPull, many(2_999), []],
    ['all, when it is shorter than the event says', { pullRequest: 7, expected: 4 }, many(3), ['a', 'b']],
    ['all, when a comparison may be cut', inPush, many(300), ['a', 'b']],
    ['none, when that is just not', inPush, many(299), []],
    ['all, when the workflow itself was changed', inPull, files('.github/workflows/w.yml'), ['a', 'b']],
    ['none, when another one was', inPull, files('.github/workflows/v.yml'), []],
  ])('%s', (_, question, changed, expected) => {
    write({ 'a/main.tf': shipped, 'b/main.tf': shipped })
    const found = findStacks(new Repository(at.root), '.', ['terraform-mcp-deploy'])
    const { concerned, because } = selectStacks(found, question, changed, '.github/workflows/w.yml')
    expect(concerned.map(({ name }) => name)).toEqual(expected)
    expect(because).not.toBe('')
  })
})
