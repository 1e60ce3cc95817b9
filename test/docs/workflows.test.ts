/** Every workflow on the pages: a pull request from a fork or of Dependabot gets no job with anything worth stealing. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Contexts, conditionHolds, fillTemplate } from '../support/expressions.ts'

const repository = join(import.meta.dirname, '../..')
const recipes = readdirSync(join(repository, 'docs/recipes')).map(name => `docs/recipes/${name}`)
const pages = ['docs/getting-started.md', 'docs/migrating.md', 'docs/many-stacks.md', ...recipes]

interface Job {
  readonly if?: string
  readonly needs?: string | readonly string[]
  readonly permissions?: Readonly<Record<string, string>>
  readonly environment?: unknown
  readonly steps: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[]
}

interface Workflow {
  readonly on: Readonly<Record<string, { readonly inputs?: Readonly<Record<string, { readonly required?: boolean }>> }>>
  readonly jobs: Readonly<Record<string, Job>>
}

/** Fingerprints in both forms that plan-approval takes. */
const fingerprints = [`sha256:${'a'.repeat(64)}`, `scrypt:${'b'.repeat(16)}:${'c'.repeat(64)}`]

/** The deployments of the pages: the workflow that runs on pull requests, and where it is another file, the one that applies. */
const workflows = pages.flatMap(page => {
  const files = filesOf(page)
  return files
    .filter(({ workflow }) => 'pull_request' in workflow.on)
    .map(({ text, workflow }) => ({ page, text, workflow, files }))
})

function filesOf(page: string): { readonly text: string; readonly workflow: Workflow }[] {
  const blocks = readFileSync(join(repository, page), 'utf8').matchAll(
    /^```yaml\n(# \.github\/workflows\/\S+\n[\s\S]*?)^```$/gm,
  )
  return (
    [...blocks]
      .map(([, text = '']) => ({ text, workflow: parse(text) as Workflow }))
      .filter(({ workflow: { on } }) => 'pull_request' in on || 'approve' in (on.workflow_dispatch?.inputs ?? {}))
      // The guide also shows somebody's workflow as it was.
      .filter(({ text }) => text.includes('OWNER/terraform-mcp-deploy@'))
  )
}

const pullRequest = (full_name: string, actor: string) => ({
  github: {
    event_name: 'pull_request',
    repository: 'acme/mcp-server',
    ref: 'refs/pull/7/merge',
    actor,
    event: { pull_request: { head: { repo: { full_name } } } },
  },
  needs: { discover: { result: 'success', outputs: { count: '1' } }, deploy: { result: 'skipped' } },
  inputs: {},
  vars: {},
})

/** A run on main that belongs to no pull request; a manual one with these inputs. */
const onMain = (event_name: string, inputs: Readonly<Record<string, string>> = {}) => ({
  ...pullRequest('', 'ann'),
  github: { event_name, repository: 'acme/mcp-server', ref: 'refs/heads/main', actor: 'ann', event: {} },
  inputs,
})

const hasLogin = ({ steps }: Job) =>
  steps.some(({ uses = '' }) => uses.startsWith('aws-actions/configure-aws-credentials@'))

/** What the action and the login of a job get from the workflow. */
function givenTo(job: Job, contexts: object): { command: string; approval: string; role: string } {
  const variables = { AWS_PLAN_ROLE: 'plan', AWS_APPLY_ROLE: 'apply' }
  const secrets = { AWS_PLAN_ACCESS_KEY_ID: 'plan', AWS_APPLY_ACCESS_KEY_ID: 'apply' }
  const matrix = { name: 'weather', environment: 'staging' }
  const filled = (value: unknown, otherwise: string) =>
    value === undefined ? otherwise : fillTemplate(String(value), { ...contexts, vars: variables, secrets, matrix })
  const inputs = job.steps.find(({ uses = '' }) => uses.startsWith('OWNER/terraform-mcp-deploy@'))?.with ?? {}
  const login = job.steps.findLast(({ uses = '' }) => uses.includes('configure-aws-credentials@'))?.with ?? {}
  return {
    command: filled(inputs.command, 'auto'),
    approval: filled(inputs['plan-approval'], 'reviewed'),
    role: filled(login['role-to-assume'] ?? login['aws-access-key-id'], ''),
  }
}

/** The jobs that run, with what they need. */
function running(
  jobs: Readonly<Record<string, Job>>,
  contexts: ReturnType<typeof pullRequest> | ReturnType<typeof onMain>,
): [string, Job][] {
  return Object.entries(jobs).filter(([, { if: condition, needs = [] }]) => {
    const before = [needs].flat()
    const isSkipped = before.some(each => !conditionHolds(jobs[each]?.if ?? 'true', contexts, 'success'))
    return (
      conditionHolds(condition ?? 'true', contexts, 'success') && !(isSkipped && !/always\(\)/.test(condition ?? ''))
    )
  })
}

test('pages with a workflow for pull requests are found', () => {
  expect(workflows.length).toBeGreaterThan(10)
})

test('the condition that the recipe adds for closed pull requests leaves out the merge, which is a push', () => {
  const recipe = 'docs/recipes/pull-request-and-merge.md'
  const markdown = readFileSync(join(repository, recipe), 'utf8')
  const added = /`(&& [^`]+)` to the conditions of\s+both jobs/.exec(markdown)?.[1] ?? ''
  const jobs: Readonly<Record<string, Job>> = workflows.find(({ page }) => page === recipe)?.workflow.jobs ?? {}
  const closed = (repository: string, merged: boolean) => {
    const contexts = pullRequest(repository, 'ann')
    const pull_request = { ...contexts.github.event.pull_request, merged }
    return { ...contexts, github: { ...contexts.github, event: { pull_request } } }
  }
  const runs = (contexts: Contexts) =>
    Object.entries(jobs)
      .filter(([, job]) => conditionHolds(`${job.if} ${added}`, contexts, 'success'))
      .map(([name]) => name)
  expect(runs(closed('acme/mcp-server', false))).toEqual(['deploy'])
  expect(runs(closed('mallory/mcp-server', false))).toEqual(['check'])
  for (const from of ['acme/mcp-server', 'mallory/mcp-server']) expect(runs(closed(from, true))).toEqual([])
  expect(runs(onMain('push'))).toEqual(['deploy'])
  expect(runs(onMain('workflow_dispatch'))).toEqual(['deploy'])
})

describe.each(workflows)('the workflow of $page', ({ text, workflow: { jobs }, files }) => {
  const on: Workflow['on'] = Object.assign({}, ...files.map(({ workflow }) => workflow.on))
  const { inputs: declared = {} } = on.workflow_dispatch ?? {}
  const others = { stack: 'weather', environment: 'staging' }
  const withLogin = (contexts: ReturnType<typeof onMain>) =>
    files
      .filter(({ workflow }) => contexts.github.event_name in workflow.on)
      .flatMap(({ workflow }) => running(workflow.jobs, contexts))
      .filter(([, job]) => hasLogin(job))
      .map(([name, job]) => ({ name, ...givenTo(job, contexts) }))

  // A preview is applied without a review, with a role of its own, so it has nothing to approve.
  const isPreview = 'pull_request_target' in on

  test.skipIf(isPreview)('takes the fingerprint of a refused plan and applies that plan, with the apply role', () => {
    expect(Object.keys(declared)).toContain('approve')
    for (const approve of fingerprints) {
      const given = withLogin(onMain('workflow_dispatch', { ...others, approve }))
      const approved = given.filter(({ approval }) => approval === approve)
      expect(approved).toHaveLength(1)
      expect(approved[0]).toMatchObject({ command: 'apply', role: 'apply' })
    }
  })

  test.skipIf(isPreview)(
    'plans with the plan role when a manual run has no fingerprint, or does not start without one',
    () => {
      if (declared.approve?.required) return
      const given = withLogin(onMain('workflow_dispatch', { approve: '', stack: '' }))
      expect(given).toMatchObject([{ command: 'auto', approval: 'reviewed', role: 'plan' }])
    },
  )

  test.each(['none', ' none ', 'NONE', 'reviewed'])('never switches the comparison off: %j', approve => {
    for (const { approval } of withLogin(onMain('workflow_dispatch', { ...others, approve })))
      expect(approval).toBe('reviewed')
  })

  test('compares with the reviewed plan on every other event, and has credentials for each', () => {
    const given = (contexts: ReturnType<typeof onMain>) =>
      withLogin(contexts).map(({ approval, role }) => ({ approval, role }))
    const applied = given(onMain('push'))
    // Some workflows apply only what a person starts.
    expect(applied.length > 0).toBe('push' in on)
    for (const each of applied) expect(each).toEqual({ approval: 'reviewed', role: 'apply' })
    for (const event of Object.keys(on).filter(name => name === 'merge_group'))
      expect(given(onMain(event))).toEqual([{ approval: 'reviewed', role: 'plan' }])
  })

  test.each([
    ['a fork', 'mallory/mcp-server', 'mallory'],
    ['Dependabot', 'acme/mcp-server', 'dependabot[bot]'],
  ])('has only jobs without credentials for %s, and one of them checks the code', (_, head, actor) => {
    const chosen = running(jobs, pullRequest(head, actor))
    expect(chosen.map(([name]) => name)).toContain('check')
    for (const [name, job] of chosen) {
      expect(Object.values(job.permissions ?? { all: 'write' }), name).not.toContain('write')
      expect(job.environment, name).toBeUndefined()
      expect(job.steps.map(({ uses }) => uses).join('\n'), name).not.toContain('configure-aws-credentials')
      expect(JSON.stringify(job), name).not.toMatch(/secrets\./)
    }
    const [, check] = chosen.find(([name]) => name === 'check') ?? []
    expect(check?.steps.at(-1)?.with).toMatchObject({ 'github-token': '' })
    expect(check?.permissions).toEqual({ contents: 'read' })
  })

  test('has the job with credentials for a pull request of this repository, and no check', () => {
    const chosen = running(jobs, pullRequest('acme/mcp-server', 'ann')).map(([name]) => name)
    expect(chosen).not.toContain('check')
    expect(chosen.some(name => jobs[name] !== undefined && hasLogin(jobs[name]))).toBe(true)
  })

  test('installs nothing of Python without hashes', () => {
    for (const line of text.split('\n').filter(each => /\bpip3? install\b/.test(each)))
      expect(line).toContain('--require-hashes')
  })
})
