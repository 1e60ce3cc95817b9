import { describe, expect, test } from 'vitest'
import type { EventPayload } from '../src/event.ts'
import { decideTrigger, readRun } from '../src/event.ts'
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
  baseSha: merge,
  mergeCommitSha: merge,
  title: 'Deploy',
  branch: 'deploy',
} as unknown as PullRequest

function decide(
  { event, github }: Trigger,
  command: 'auto' | 'plan' | 'apply' | 'destroy' = 'auto',
  actor = 'somebody',
) {
  return decideTrigger(
    command,
    {
      event: event.name,
      payload: event.payload as EventPayload,
      sha: github.sha,
      ref: github.ref,
      actor,
    },
    github.sha,
  )
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
  expect(decide(mergeGroup(place, pull, { sha: merge }))).toMatchObject({ command: 'plan', queued: 7 })
  expect(decide(workflowDispatch(place, { sha: merge }))).toMatchObject({ command: 'plan' })
  expect(decide(scheduled(place, { sha: merge }))).toMatchObject({ command: 'verify' })
})

test('an explicit command stands on any event', () => {
  expect(decide(workflowDispatch(place, { sha: merge }), 'apply')).toMatchObject({ command: 'apply' })
})

describe('a destroy', () => {
  const push = pushed(place, { before: head, after: merge })

  test('is never what auto decides', () => {
    const events = [push, workflowDispatch(place, { sha: merge }), scheduled(place, { sha: merge })]
    for (const event of [...events, pullRequestOpened(place, pull), pullRequestMerged(place, pull)])
      expect(decide(event).command).not.toBe('destroy')
  })

  test('runs where it is asked for and the code is merged', () => {
    const events = [push, workflowDispatch(place, { sha: merge }), scheduled(place, { sha: merge })]
    for (const event of [...events, pullRequestMerged(place, pull)])
      expect(decide(event, 'destroy')).toMatchObject({ command: 'destroy', untrustedAuthor: undefined })
  })

  test.each([
    ['pull_request', pullRequestOpened(place, pull)],
    ['pull_request', pullRequestClosed(place, pull)],
    ['pull_request', pullRequestOpened(place, pull, { fork: 'mallory' })],
    ['merge_group', mergeGroup(place, pull, { sha: merge })],
  ])('is refused on a %s', (name, event) => {
    const refused = new RegExp(`command is "destroy" on the event ${name}, whose code is not merged`)
    expect(() => decide(event, 'destroy')).toThrow(refused)
    expect(() => decide(event, 'destroy', 'dependabot[bot]')).toThrow(refused)
  })

  test('is refused on pull_request_target, also with the base branch checked out', () => {
    const opened = pullRequestOpened(place, pull)
    const target = { event: { ...opened.event, name: 'pull_request_target' }, github: opened.github }
    expect(() => decide(target, 'destroy')).toThrow(/not merged/)
  })
})

test('other events do nothing and say so', () => {
  expect(
    decideTrigger('auto', { event: 'issue_comment', payload: {}, sha: head, ref: 'refs/heads/main', actor: '' }, head),
  ).toEqual({
    command: 'none',
    reason: expect.stringMatching(/the event issue_comment/),
  })
})

describe('code that somebody else may have written', () => {
  const foreign = pullRequestOpened(place, pull, { fork: 'mallory' })

  test('a pull request from a fork, and one of Dependabot, is not planned but checked', () => {
    expect(decide(foreign)).toMatchObject({ command: 'plan', untrustedAuthor: 'fork' })
    expect(decide(pullRequestOpened(place, pull)).command).toBe('plan')
    expect(decide(pullRequestOpened(place, pull))).toMatchObject({ untrustedAuthor: undefined })
    expect(decide(pullRequestOpened(place, pull), 'auto', 'dependabot[bot]')).toMatchObject({
      untrustedAuthor: 'dependabot',
    })
  })

  test('an explicit plan changes nothing about that, and an explicit apply is refused', () => {
    expect(decide(foreign, 'plan')).toMatchObject({ untrustedAuthor: 'fork' })
    expect(() => decide(foreign, 'apply')).toThrow(/command is "apply" for a pull request from a fork/)
  })

  test('a fork that has been deleted meanwhile is still a fork', () => {
    const payload = structuredClone(foreign.event.payload) as { pull_request: { head: { repo: unknown } } }
    payload.pull_request.head.repo = null
    expect(decide({ ...foreign, event: { ...foreign.event, payload } })).toMatchObject({ untrustedAuthor: 'fork' })
  })

  test('a merge of a fork is applied: the code is the own by then', () => {
    const merged = pullRequestMerged(place, pull)
    expect(decide(merged)).toMatchObject({ command: 'apply', untrustedAuthor: undefined })
  })

  test.each(['auto', 'plan', 'apply', 'verify'] as const)(
    'pull_request_target, %s: with the fork checked out it is refused with the reason, with the base branch it is not',
    command => {
      const target = { ...foreign, event: { ...foreign.event, name: 'pull_request_target' } }
      const on = (commit: string | undefined) =>
        decideTrigger(
          command,
          {
            event: 'pull_request_target',
            payload: target.event.payload as EventPayload,
            sha: merge,
            ref: 'refs/heads/main',
            actor: 'mallory',
          },
          commit,
        )
      expect(() => on(head)).toThrow(/the code of a fork would run with the credentials of this repository/)
      expect(() => on(undefined)).toThrow(/an unknown commit is checked out/)
      expect(on(merge).command).toBe(command === 'auto' ? 'none' : command)
    },
  )
})

describe('the workflow file', () => {
  const fileOf = (workflowRef: string) =>
    readRun({
      GITHUB_REPOSITORY: 'acme/infra',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_WORKSPACE: '/checkout',
      RUNNER_TEMP: '/temp',
      GITHUB_WORKFLOW_REF: workflowRef,
    }).workflow

  test.each([
    ['refs/heads/x', '.github/workflows/deploy.yml'],
    ['refs/heads/x', '.github/workflows/a@b.yml'],
    ['refs/heads/user@host', '.github/workflows/a@b.yml'],
    ['refs/heads/x@refs/heads/y', '.github/workflows/a@b.yml'],
    ['refs/pull/7/merge', '.github/workflows/a@refs.yml'],
    ['4b825dc642cb6eb9a060e54bf8d69288fbee4904', '.github/workflows/a@b.yml'],
  ])('on %s is %s', (ref, file) => {
    expect(fileOf(`acme/infra/${file}@${ref}`)).toBe(file)
  })

  test('without a variable has no name', () => {
    expect(fileOf('')).toBe('')
  })
})
