import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Checkout } from '../src/checkout.ts'
import type { CodeOrigin, EventPayload } from '../src/event.ts'
import { codeOrigin, decideTrigger, readRun } from '../src/event.ts'
import {
  commented,
  mergeGroup,
  pullRequestClosed,
  pullRequestMerged,
  pullRequestOpened,
  pullRequestTargetClosed,
  pushed,
  scheduled,
  type Trigger,
  workflowDispatch,
} from './support/events.ts'
import type { PullRequest } from './support/github.ts'

const place = { owner: 'acme', repo: 'mcp-server' }
const repositoryUrl = 'https://github.com/acme/mcp-server'

/** A checkout of a commit that no ref names. */
const at = (commit: string): Checkout => ({ commit, refs: [], origin: repositoryUrl })
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
  command: 'auto' | 'plan' | 'apply' | 'verify' | 'destroy' = 'auto',
  actor = 'somebody',
) {
  return decideTrigger(
    command,
    {
      ...place,
      repositoryUrl,
      event: event.name,
      payload: event.payload as EventPayload,
      sha: github.sha,
      ref: github.ref,
      actor,
    },
    at(github.sha),
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

  test('is refused on pull_request_target of an open pull request, also with the base branch checked out', () => {
    const opened = pullRequestOpened(place, pull)
    const target = { event: { ...opened.event, name: 'pull_request_target' }, github: opened.github }
    expect(() => decide(target, 'destroy')).toThrow(/not merged/)
  })
})

test('other events do nothing and say so', () => {
  expect(
    decideTrigger(
      'auto',
      { ...place, repositoryUrl, event: 'issue_comment', payload: {}, sha: head, ref: 'refs/heads/main', actor: '' },
      at(head),
    ),
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
    for (const command of ['apply', 'verify'] as const)
      expect(() => decide(foreign, command)).toThrow(`command is "${command}" for code of a fork`)
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
            ...place,
            repositoryUrl,
            event: 'pull_request_target',
            payload: target.event.payload as EventPayload,
            sha: merge,
            ref: 'refs/heads/main',
            actor: 'mallory',
          },
          commit === undefined ? undefined : at(commit),
        )
      if (command === 'auto') return expect(on(head)).toMatchObject({ command: 'none' })
      expect(() => on(head)).toThrow(/the code of a fork would run with the credentials of this repository/)
      expect(() => on(undefined)).toThrow(/not known where the checked-out code comes from/)
      expect(on(merge).command).toBe(command)
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

describe('where the checked-out code comes from', () => {
  /** Every event that starts a workflow, as GitHub's own schema of workflow files lists them. */
  const schema = new URL('../node_modules/@actions/workflow-parser/dist/workflow-v1.0.min.json', import.meta.url)
  const { definitions } = JSON.parse(readFileSync(schema, 'utf8'))
  const events = [
    ...Object.keys(definitions['on-mapping-strict'].mapping.properties),
    'dynamic',
    'an_event_of_next_year',
  ]
  const ofThePullRequest = [
    'pull_request',
    'pull_request_comment',
    'pull_request_review',
    'pull_request_review_comment',
  ]

  const [tip, base, forkHead, stranger] = ['3', '4', '5', '6'].map(digit => digit.repeat(40)) as [
    string,
    string,
    string,
    string,
  ]
  const ours = { full_name: 'acme/mcp-server' }
  const theirs = { full_name: 'mallory/mcp-server' }

  /** The payload of an event about a pull request of somebody, with every commit that any event names. */
  const payloadOf = (repo: typeof ours | null, user = 'somebody', more: object = {}): EventPayload => ({
    repository: { default_branch: 'main' },
    pull_request: {
      number: 7,
      user: { login: user },
      merge_commit_sha: merge,
      head: { sha: forkHead, repo },
      base: { ref: 'main', sha: base, repo: ours },
    },
    workflow_run: { head_sha: stranger, head_repository: repo, head_branch: 'main' },
    ...more,
  })
  const runOf = (event: string, payload: EventPayload, actor = 'somebody') => ({
    ...place,
    repositoryUrl,
    event,
    payload,
    actor,
    ...(ofThePullRequest.includes(event)
      ? { sha: merge, ref: 'refs/pull/7/merge' }
      : { sha: tip, ref: 'refs/heads/main' }),
  })

  describe.each(events)('on %s', event => {
    const own = runOf(event, payloadOf(ours))
    const foreign = runOf(event, payloadOf(theirs))

    test('the commit of the event is trusted, unless it is the merge of a fork', () => {
      expect(codeOrigin(own, at(own.sha))).toEqual({ from: 'repository' })
      expect(codeOrigin(foreign, at(foreign.sha))).toEqual({
        from: ofThePullRequest.includes(event) ? 'fork' : 'repository',
      })
    })

    test.each(['plan', 'apply', 'verify', 'destroy'] as const)('%s never runs a commit of a fork', command => {
      for (const commit of [forkHead, merge, stranger]) {
        const checkouts = [at(commit), { ...at(commit), origin: 'https://github.com/mallory/mcp-server' }]
        for (const checkout of checkouts) {
          let untrustedAuthor: string | undefined
          try {
            const trigger = decideTrigger(command, foreign, checkout)
            untrustedAuthor = 'untrustedAuthor' in trigger ? trigger.untrustedAuthor : undefined
            expect(trigger.command).toBe('plan')
          } catch (error) {
            expect(error).toMatchObject({ name: 'InputError' })
            continue
          }
          expect(untrustedAuthor).toBe('fork')
          expect(['pull_request', 'pull_request_review', 'pull_request_review_comment']).toContain(event)
        }
      }
    })

    test('a commit that neither the event nor git names, and one that cannot be read, is refused', () => {
      const unnamed = '9'.repeat(40)
      for (const checkout of [at(unnamed), undefined])
        expect(() => decideTrigger('plan', own, checkout)).toThrow(
          expect.objectContaining({ code: 'CODE_UNKNOWN', message: expect.stringMatching(/^It is not known where/) }),
        )
    })

    test('a branch or a tag of this repository is trusted, whatever the event', () => {
      for (const ref of ['refs/remotes/origin/main', 'refs/remotes/origin/release/1', 'refs/tags/v1'])
        for (const origin of [repositoryUrl, `${repositoryUrl}.git`, 'https://github.com/Acme/MCP-server/'])
          expect(codeOrigin(foreign, { commit: stranger.replace('6', '8'), refs: [ref], origin })).toEqual({
            from: 'repository',
          })
    })

    test.each([
      ['a branch of a fork', ['refs/remotes/origin/main'], 'https://github.com/mallory/mcp-server'],
      ['a branch of an unknown remote', ['refs/remotes/origin/main'], undefined],
      ['a repository whose name only begins so', ['refs/remotes/origin/main'], `${repositoryUrl}-2`],
      ['no branch at all', [], repositoryUrl],
    ])('%s is unknown', (_, refs, origin) => {
      expect(codeOrigin(own, { commit: '8'.repeat(40), refs, origin }).from).toBe('unknown')
    })
  })

  const cases: readonly [string, Parameters<typeof codeOrigin>[0], Checkout, CodeOrigin['from']][] = [
    ['the head of an own pull request', runOf('pull_request', payloadOf(ours)), at(forkHead), 'repository'],
    ['the base of a fork’s pull request', runOf('pull_request', payloadOf(theirs)), at(base), 'repository'],
    ['a fork that is gone', runOf('pull_request', payloadOf(null)), at(merge), 'fork'],
    ['Dependabot’s pull request', runOf('pull_request', payloadOf(ours, 'dependabot[bot]')), at(merge), 'dependabot'],
    [
      'Dependabot’s pull request that a person reopened',
      runOf('pull_request', payloadOf(ours, 'dependabot[bot]', { action: 'reopened', sender: { login: 'ann' } })),
      at(merge),
      'dependabot',
    ],
    [
      'Dependabot’s pull request to which a person pushed',
      runOf('pull_request', payloadOf(ours, 'dependabot[bot]', { action: 'synchronize', sender: { login: 'ann' } })),
      at(merge),
      'repository',
    ],
    [
      'Dependabot’s pull request that it rebased',
      runOf(
        'pull_request',
        payloadOf(ours, 'dependabot[bot]', { action: 'synchronize', sender: { login: 'dependabot[bot]' } }),
      ),
      at(merge),
      'dependabot',
    ],
    [
      'a person’s pull request that Dependabot touched',
      runOf('pull_request', payloadOf(ours), 'dependabot[bot]'),
      at(merge),
      'dependabot',
    ],
    [
      'a push to Dependabot’s branch',
      { ...runOf('push', {}), ref: 'refs/heads/dependabot/npm/x' },
      at(tip),
      'dependabot',
    ],
    [
      'Dependabot’s branch, checked out by a person',
      runOf('workflow_dispatch', {}),
      { ...at(stranger), refs: ['refs/remotes/origin/dependabot/npm/x'] },
      'dependabot',
    ],
    [
      'Dependabot’s commit that is merged',
      runOf('workflow_dispatch', {}),
      { ...at(stranger), refs: ['refs/remotes/origin/dependabot/npm/x', 'refs/remotes/origin/main'] },
      'repository',
    ],
    ['a merge by Dependabot', runOf('push', {}, 'dependabot[bot]'), at(tip), 'repository'],
    ['the run before, of this repository', runOf('workflow_run', payloadOf(ours)), at(stranger), 'repository'],
    ['the run before, of a fork', runOf('workflow_run', payloadOf(theirs)), at(stranger), 'fork'],
    ['the run before, of a fork that is gone', runOf('workflow_run', payloadOf(null)), at(stranger), 'fork'],
    [
      'the run before, of Dependabot',
      runOf('workflow_run', {
        workflow_run: { head_sha: stranger, head_repository: ours, head_branch: 'dependabot/x' },
      }),
      at(stranger),
      'dependabot',
    ],
    [
      'the merge queue',
      { ...runOf('merge_group', {}), ref: 'refs/heads/gh-readonly-queue/main/pr-7-1' },
      at(tip),
      'repository',
    ],
    ['a tag', { ...runOf('push', {}), ref: 'refs/tags/v1' }, at(tip), 'repository'],
    [
      'a deployment of a commit, which can be that of a fork',
      { ...runOf('deployment', {}), ref: '' },
      at(tip),
      'unknown',
    ],
    ['a pull request whose payload is missing', { ...runOf('pull_request', {}) }, at(merge), 'unknown'],
  ]
  test.each(cases)('%s', (_, run, checkout, from) => {
    expect(codeOrigin(run, checkout).from).toBe(from)
  })

  test('a merged pull request is of this repository, and the head of the fork that it came from is not', () => {
    const payload = payloadOf(theirs)
    const merged = { ...payload, pull_request: { ...payload.pull_request, merged: true } } as EventPayload
    expect(codeOrigin(runOf('pull_request', merged), at(merge)).from).toBe('repository')
    expect(codeOrigin(runOf('pull_request', merged), at(forkHead)).from).toBe('fork')
    const another = { ...runOf('pull_request', merged), sha: stranger }
    expect(codeOrigin(another, at(stranger)).from).toBe('fork')
  })

  test('a dispatch with the ref of a pull request is refused, one with a branch is not', () => {
    const run = runOf('workflow_dispatch', {})
    const pullRef = { ...at(stranger), refs: ['refs/remotes/pull/7/merge'] }
    expect(() => decideTrigger('apply', run, pullRef)).toThrow(
      /commit 6666666 is not one of the event and no branch or tag of acme\/mcp-server ends with it/,
    )
    const branch = { ...at(stranger), refs: ['refs/remotes/origin/release'] }
    expect(decideTrigger('apply', run, branch)).toMatchObject({ command: 'apply' })
  })

  test('a verify that runs no code needs no checkout', () => {
    const run = runOf('schedule', {})
    expect(decideTrigger('auto', run, undefined, { verifiesOnlyEndpoint: true })).toMatchObject({ command: 'verify' })
    expect(() => decideTrigger('auto', run, undefined, { verifiesOnlyEndpoint: false })).toThrow(
      /CODE_UNKNOWN|not known/,
    )
  })
})

describe('a comment that asks for an apply before the merge', () => {
  const decideComment = (more: Partial<Parameters<typeof commented>[2]> = {}, applyBeforeMerge?: string) => {
    const { event, github } = commented(place, { number: 7 }, { sha: merge, body: '/apply', by: 'alice', ...more })
    const payload = event.payload as EventPayload
    const run = {
      ...place,
      repositoryUrl,
      event: event.name,
      payload,
      sha: github.sha,
      ref: github.ref,
      actor: 'alice',
    }
    return decideTrigger('auto', run, at(head), { applyBeforeMerge })
  }
  const wanted = '/apply'

  test('is a request for the commit that is checked out, by the person who wrote it', () => {
    expect(decideComment({ at: '2026-01-02T03:04:05Z' }, wanted)).toEqual({
      command: 'apply',
      pullRequest: 7,
      sha: head,
      request: { by: 'alice', at: '2026-01-02T03:04:05Z' },
    })
    expect(decideComment({ body: '/apply\r\n' }, wanted)).toMatchObject({ command: 'apply' })
  })

  test.each([
    ['edited', { action: 'edited' }],
    ['deleted', { action: 'deleted' }],
    ['with more words', { body: '/apply please' }],
    ['that quotes it', { body: '> /apply' }],
    ['in another case', { body: '/Apply' }],
  ])('%s is nothing', (_, more) => {
    expect(decideComment(more, wanted)).toMatchObject({ command: 'none' })
  })

  test('is nothing without the input, and on an issue', () => {
    expect(() => decideComment({}, undefined)).not.toThrow()
    expect(decideComment({}, undefined)).toMatchObject({ command: 'none' })
    const { event, github } = commented(place, { number: 7 }, { sha: merge, body: '/apply', by: 'alice' })
    const { issue, ...payload } = event.payload as EventPayload
    const onIssue = { ...payload, issue: { number: issue?.number ?? 0 } }
    const run = {
      ...place,
      repositoryUrl,
      event: event.name,
      payload: onIssue,
      sha: github.sha,
      ref: github.ref,
      actor: 'alice',
    }
    expect(decideTrigger('apply', run, at(head), { applyBeforeMerge: wanted })).toMatchObject({ command: 'none' })
  })

  test('runs no other command on the code of the pull request', () => {
    const { event, github } = commented(place, { number: 7 }, { sha: merge, body: '/apply', by: 'alice' })
    const payload = event.payload as EventPayload
    const run = {
      ...place,
      repositoryUrl,
      event: event.name,
      payload,
      sha: github.sha,
      ref: github.ref,
      actor: 'alice',
    }
    for (const command of ['plan', 'verify', 'destroy'] as const)
      expect(() => decideTrigger(command, run, at(head), { applyBeforeMerge: wanted })).toThrow(/not known where/)
  })
})

test('a closed pull request is destroyed by merged code only: workflow and checkout of the default branch', () => {
  const closed = pullRequestTargetClosed(place, pull, { sha: merge })
  expect(decide(closed, 'destroy')).toMatchObject({ command: 'destroy', pullRequest: 7 })
  const payload = closed.event.payload as EventPayload
  const run = {
    ...place,
    repositoryUrl,
    event: 'pull_request_target',
    payload,
    sha: merge,
    ref: 'refs/heads/main',
    actor: 'a',
  }
  expect(() => decideTrigger('destroy', run, at(head))).toThrow(/unmerged code must not destroy/)
  expect(() => decideTrigger('destroy', run, undefined)).toThrow(/unmerged code must not destroy/)
  const from = (full_name: string) => ({ ...payload.pull_request?.head, sha: head, repo: { full_name } })
  const inFork = {
    ...payload,
    pull_request: { ...payload.pull_request, head: from('mallory/mcp-server') },
  } as EventPayload
  expect(() => decideTrigger('destroy', { ...run, payload: inFork }, at(merge))).toThrow(/unmerged code/)
  const reopened = { ...run, payload: { ...payload, action: 'reopened' } }
  expect(() => decideTrigger('destroy', reopened, at(merge))).toThrow(/unmerged code/)
  expect(decideTrigger('destroy', run, at(merge))).toMatchObject({ command: 'destroy' })
  expect(() => decide(pullRequestClosed(place, pull), 'destroy')).toThrow(/unmerged code must not destroy/)
})
