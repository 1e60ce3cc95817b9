import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Checkout } from '../src/checkout.ts'
import type { CodeOrigin, EventPayload } from '../src/event.ts'
import { codeOrigin, decideTrigger, readRun, tokenSubject } from '../src/event.ts'
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
  command: 'auto' | 'plan' | 'apply' | 'verify' | 'destroy' | 'rollback' = 'auto',
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

describe('a rollback', () => {
  test('runs where a person asks for it, and never by auto', () => {
    const asked = workflowDispatch(place, { sha: merge })
    expect(decide(asked, 'rollback')).toMatchObject({ command: 'rollback', pullRequest: undefined, sha: merge })
    expect(decide(asked).command).toBe('plan')
    const called = { event: { ...asked.event, name: 'repository_dispatch' }, github: asked.github }
    expect(decide(called, 'rollback')).toMatchObject({ command: 'rollback' })
  })

  test.each([
    ['push', pushed(place, { before: head, after: merge })],
    ['schedule', scheduled(place, { sha: merge })],
    ['pull_request', pullRequestOpened(place, pull)],
    ['pull_request', pullRequestMerged(place, pull)],
    ['pull_request', pullRequestOpened(place, pull, { fork: 'mallory' })],
    ['merge_group', mergeGroup(place, pull, { sha: merge })],
  ])('is refused on a %s', (name, event) => {
    expect(() => decide(event, 'rollback')).toThrow(`command is "rollback" on the event ${name}: allowed are`)
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

describe('the run, from the variables of the runner', () => {
  const directory = mkdtempSync(join(tmpdir(), 'event-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  const required = {
    GITHUB_REPOSITORY: 'acme/infra',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_WORKSPACE: '/checkout',
    RUNNER_TEMP: '/temp',
  }

  test('without the variables that every runner sets is an error that names the variable', () => {
    for (const name of Object.keys(required))
      for (const value of [undefined, ''])
        expect(() => readRun({ ...required, [name]: value })).toThrow(
          `${name} is not set: this action runs on a GitHub Actions runner.`,
        )
  })

  test('has empty texts where a variable is missing', () => {
    expect(readRun(required)).toEqual({
      event: 'push',
      payload: {},
      owner: 'acme',
      repo: 'infra',
      sha: '',
      ref: '',
      url: 'https://github.com/acme/infra/actions/runs/',
      repositoryUrl: 'https://github.com/acme/infra',
      workflow: '',
      job: '',
      actor: '',
      runsUrl: 'https://github.com/acme/infra/actions?query=is%3Ain_progress',
      workspace: '/checkout',
      temp: '/temp',
      action: undefined,
    })
  })

  test('has all variables, the payload, and the attempt of a re-run', () => {
    const file = join(directory, 'event.json')
    writeFileSync(file, '{"action":"closed"}')
    const env = {
      ...required,
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_EVENT_PATH: file,
      GITHUB_SHA: head,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_RUN_ID: '42',
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_JOB: 'deploy',
      GITHUB_ACTOR: 'ann',
      GITHUB_ACTION_REPOSITORY: 'acme/terraform-mcp-deploy',
      GITHUB_ACTION_REF: 'v1',
    }
    expect(readRun(env)).toMatchObject({
      payload: { action: 'closed' },
      sha: head,
      ref: 'refs/heads/main',
      url: 'https://github.example/acme/infra/actions/runs/42/attempts/2',
      runsUrl: 'https://github.example/acme/infra/actions?query=is%3Ain_progress',
      job: 'deploy',
      actor: 'ann',
      action: { url: 'https://github.example/acme/terraform-mcp-deploy', ref: 'v1' },
    })
    expect(readRun({ ...env, GITHUB_RUN_ATTEMPT: '1' }).url).toBe('https://github.example/acme/infra/actions/runs/42')
    expect(readRun({ ...env, GITHUB_EVENT_PATH: join(directory, 'gone') }).payload).toEqual({})
    expect(readRun({ ...env, GITHUB_EVENT_PATH: '' }).payload).toEqual({})
    expect(readRun({ ...env, GITHUB_SERVER_URL: undefined }).action?.url).toBe(
      'https://github.com/acme/terraform-mcp-deploy',
    )
  })

  test.each<[string | undefined, string | undefined, boolean]>([
    ['acme/deploy', 'v1', true],
    ['acme.x_y-z/de.ploy-2', 'feature/a@b+c.d-e_f', true],
    ['acme/deploy', head, true],
    ['', '', false],
    [undefined, 'v1', false],
    ['acme/deploy', undefined, false],
    ['acme', 'v1', false],
    ['acme/deploy/more', 'v1', false],
    ['acme/de ploy', 'v1', false],
    ['ac me/deploy', 'v1', false],
    ['/deploy', 'v1', false],
    ['acme/', 'v1', false],
    ['acme/deploy', 'v 1', false],
    ['acme/deploy', '](x)', false],
    ['acme/deploy', 'v1)', false],
  ])('the source of the action is %s at %s only if both are names: %s', (repository, ref, isKnown) => {
    const { action } = readRun({ ...required, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref })
    expect(action).toEqual(isKnown ? { url: `https://github.com/${repository}`, ref } : undefined)
  })
})

describe('the commit and the pull request of a trigger', () => {
  const ours = { full_name: 'acme/mcp-server' }
  const pullPayload = (more: object = {}) => ({
    repository: { default_branch: 'main' },
    pull_request: {
      number: 7,
      merge_commit_sha: merge,
      head: { sha: head, repo: ours },
      base: { ref: 'main', sha: '4'.repeat(40), repo: ours },
      ...more,
    },
  })
  const on = (event: string, payload: object, command: 'auto' | 'plan' | 'apply' = 'auto') => {
    const run = {
      ...place,
      repositoryUrl,
      event,
      payload: payload as EventPayload,
      sha: head,
      ref: 'refs/heads/main',
      actor: '',
    }
    return decideTrigger(command, run, at(head))
  }

  test('of a merged pull request are its merge commit, or its head if GitHub names none', () => {
    expect(on('pull_request', pullPayload({ merged: true }), 'apply')).toMatchObject({ pullRequest: 7, sha: merge })
    const unnamed = pullPayload({ merged: true, merge_commit_sha: null })
    expect(on('pull_request', unnamed, 'apply')).toMatchObject({ pullRequest: 7, sha: head })
    expect(on('pull_request', pullPayload({ merged: false }), 'plan')).toMatchObject({ pullRequest: 7, sha: head })
  })

  test.each([
    [`gh-readonly-queue/main/pr-7-${head}`, 7],
    [`gh-readonly-queue/main/pr-1234-${head}`, 1234],
    [`gh-readonly-queue/main/pr-7-${head}-x`, undefined],
    [`gh-readonly-queue/main/pr-x-${head}`, undefined],
    ['main', undefined],
    [undefined, undefined],
  ])('of a merge queue with the branch %s is %s', (head_ref, queued) => {
    const trigger = on('merge_group', { merge_group: { head_ref } }, 'plan')
    expect('queued' in trigger && trigger.queued).toBe(queued)
  })

  test('of the commands that need no code nothing is asked: no checkout, no pull request', () => {
    for (const command of ['discover', 'summary'] as const) {
      const run = { ...place, repositoryUrl, event: 'push', payload: {}, sha: '', ref: '', actor: '' }
      expect(decideTrigger(command, run, undefined)).toEqual({ command })
    }
  })

  test('nothing to do is explained', () => {
    const reasonOf = (trigger: ReturnType<typeof on>) => 'reason' in trigger && trigger.reason
    expect(reasonOf(on('push', { repository: { default_branch: 'trunk' } }))).toBe(
      'Nothing to do: refs/heads/main is not the default branch trunk. Set the input command to plan, apply or verify to decide yourself.',
    )
    expect(on('pull_request', { action: 'closed' })).toEqual({
      command: 'none',
      reason: expect.stringContaining('without being merged'),
    })
  })
})

test('the refusal of foreign code says whose it is, which commit, and what to do', () => {
  const opened = pullRequestOpened(place, pull)
  const target = { event: { ...opened.event, name: 'issue_comment' }, github: opened.github }
  expect(() => decide(target, 'plan', 'dependabot[bot]')).toThrow(
    `The workflow runs on issue_comment, and commit ${opened.github.sha.slice(0, 7)} is checked out: the code of Dependabot would run with the credentials of this repository. Run on pull_request instead, whose runs get no credentials for such code.`,
  )
})

test.each([
  ['pull_request', true, true],
  ['pull_request_review', true, true],
  ['pull_request_review_comment', true, true],
  ['push', false, true],
  ['create', false, true],
  ['deployment', false, true],
  ['deployment_status', false, true],
  ['pull_request_target', false, false],
  ['workflow_dispatch', false, false],
  ['schedule', false, false],
])('on %s, code of a fork is checked: %s, of Dependabot: %s', (event, ofFork, ofDependabot) => {
  const payload = (repo: string, user: string) =>
    ({
      pull_request: {
        number: 7,
        user: { login: user },
        merge_commit_sha: merge,
        head: { sha: head, repo: { full_name: repo } },
        base: { ref: 'main', sha: '4'.repeat(40), repo: { full_name: 'acme/mcp-server' } },
      },
    }) as EventPayload
  const run = { ...place, repositoryUrl, event, sha: merge, ref: 'refs/pull/7/merge', actor: 'ann' }
  for (const [own, isChecked] of [
    [payload('mallory/mcp-server', 'mallory'), ofFork],
    [payload('acme/mcp-server', 'dependabot[bot]'), ofDependabot],
  ] as const) {
    const trigger = () => decideTrigger('plan', { ...run, payload: own }, at(head))
    if (isChecked) expect(trigger()).toMatchObject({ command: 'plan' })
    else expect(trigger).toThrow(expect.objectContaining({ code: 'CODE_UNTRUSTED' }))
  }
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

    test.each(['plan', 'apply', 'verify', 'destroy', 'rollback'] as const)(
      '%s never runs a commit of a fork',
      command => {
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
      },
    )

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
      'a ref that only holds the name of a branch',
      { ...runOf('push', {}), ref: 'x/refs/heads/main' },
      at(tip),
      'unknown',
    ],
    [
      'a branch whose name only holds that of Dependabot',
      { ...runOf('push', {}), ref: 'refs/heads/my-dependabot/x' },
      at(tip),
      'repository',
    ],
    [
      'a pull request that names no author',
      runOf('pull_request', { pull_request: { ...payloadOf(ours).pull_request, user: null } } as EventPayload),
      at(merge),
      'repository',
    ],
    [
      'a pull request whose repositories are not named',
      runOf('pull_request', {
        pull_request: {
          number: 7,
          merge_commit_sha: merge,
          head: { sha: forkHead },
          base: { ref: 'main', sha: base, repo: ours },
        },
      } as EventPayload),
      at(merge),
      'fork',
    ],
    [
      'a remote branch of another remote',
      runOf('workflow_dispatch', {}),
      { ...at(stranger), refs: ['refs/remotes/upstream/main', 'x/refs/remotes/origin/main'] },
      'unknown',
    ],
    [
      'the run before, whose branch is not named',
      runOf('workflow_run', { workflow_run: { head_sha: stranger, head_repository: ours } } as EventPayload),
      at(stranger),
      'repository',
    ],
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

test.each([
  ['pull_request', 'refs/pull/7/merge', 'repo:acme/mcp-server:pull_request'],
  ['push', 'refs/heads/main', 'repo:acme/mcp-server:ref:refs/heads/main'],
  ['workflow_dispatch', 'refs/heads/release/1', 'repo:acme/mcp-server:ref:refs/heads/release/1'],
  ['schedule', 'refs/heads/main', 'repo:acme/mcp-server:ref:refs/heads/main'],
  ['push', 'refs/tags/v1', 'repo:acme/mcp-server:ref:refs/tags/v1'],
  ['pull_request_target', 'refs/heads/main', undefined],
  ['merge_group', '', undefined],
])('the subject of a token on %s for %s', (event, ref, subject) => {
  expect(tokenSubject({ ...place, event, ref })).toBe(subject)
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
