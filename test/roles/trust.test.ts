/**
 * Who may take the roles of terraform/github-oidc: the tokens of every job of the recipes are put to the trust policies of
 * the configuration that the recipe shows, and then tokens that must not pass.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { conditionHolds, fillTemplate } from '../support/expressions.ts'
import { trusts } from '../support/iam.ts'
import { codeBlocks } from '../support/markdown-blocks.ts'
import { rendered } from '../support/role-configurations.ts'
import { readWorkflow, type Workflow } from '../support/workflow-file.ts'

const docs = join(import.meta.dirname, '../../docs')
const github = 'token.actions.githubusercontent.com'
const fingerprint = `sha256:${'0'.repeat(64)}`

interface Token {
  readonly event: string
  readonly repository?: string
  readonly environment?: string | undefined
  readonly ref?: string
  readonly actor?: string
  readonly workflow?: string
  readonly owner_id?: number
  readonly repository_id?: number
  /** Whether the repository's subjects have ids in them. */
  readonly immutable?: boolean
}

const refs: Readonly<Record<string, string>> = {
  pull_request: 'refs/pull/7/merge',
  merge_group: 'refs/heads/gh-readonly-queue/main/pr-7-0123456789abcdef',
}

/** The claims that GitHub puts into the token of a job, as AWS compares them for its own issuer and for any other. */
function claimsOf(token: Token, issuer = github): Record<string, string> {
  const { event, repository = 'acme/orders-mcp', environment, actor = 'octocat', immutable = true } = token
  const { owner_id = 1, repository_id = 2, workflow = '.github/workflows/deploy.yml' } = token
  const ref = token.ref ?? refs[event] ?? 'refs/heads/main'
  const [owner = '', name = ''] = repository.split('/')
  const names = immutable ? `${owner}@${owner_id}/${name}@${repository_id}` : repository
  const place =
    environment !== undefined
      ? `environment:${environment.replaceAll(':', '%3A')}`
      : event === 'pull_request'
        ? 'pull_request'
        : `ref:${ref}`
  const basic = { aud: 'sts.amazonaws.com', sub: `repo:${names}:${place}` }
  if (issuer !== github) return basic
  return {
    ...basic,
    actor,
    ref,
    repository,
    repository_id: String(repository_id),
    job_workflow_ref: `${repository}/${workflow}@${ref}`,
    ...(environment === undefined ? {} : { environment }),
  }
}

/** The roles that trust a token, in one call of the module. */
function taken(configuration: string, token: Token, module = 'roles', issuer = github): string[] {
  const roles = rendered(configuration)[module]?.roles ?? {}
  return Object.entries(roles)
    .filter(([, { trust }]) => trusts(trust, issuer, claimsOf(token, issuer)))
    .map(([role]) => role)
}

/** By page below docs/, the configuration that its settings name, and the issuer of its tokens. */
const pages: Readonly<Record<string, { configuration: string; issuer?: string; repository?: string }>> = {
  '../README.md': { configuration: 'minimal' },
  'recipes/build-and-deploy.md': { configuration: 'minimal' },
  'getting-started.md': { configuration: 'getting-started', repository: 'acme/weather' },
  'recipes/apply-before-merge.md': { configuration: 'readme' },
  'recipes/apply-manually.md': { configuration: 'readme' },
  'recipes/build-and-plan.md': { configuration: 'minimal' },
  'recipes/destroy.md': { configuration: 'minimal' },
  'recipes/from-a-laptop.md': { configuration: 'minimal' },
  'recipes/notify-a-chat.md': { configuration: 'minimal' },
  'recipes/two-accounts.md': { configuration: 'production' },
  'recipes/ec2.md': { configuration: 'ec2' },
  'recipes/environments-with-approval.md': { configuration: 'production' },
  'recipes/github-enterprise-server.md': {
    configuration: 'enterprise-server',
    issuer: 'github.example.com/_services/token',
  },
  'recipes/internal-endpoint.md': { configuration: 'minimal' },
  'recipes/merge-queue.md': { configuration: 'merge-queue' },
  'recipes/opentofu.md': { configuration: 'minimal' },
  'recipes/own-root-module.md': { configuration: 'minimal' },
  'recipes/pull-request-and-merge.md': { configuration: 'minimal' },
  'recipes/scheduled-verify-and-drift.md': { configuration: 'minimal' },
  'recipes/self-hosted-runner.md': { configuration: 'minimal' },
  'recipes/two-workflow-files.md': { configuration: 'minimal' },
}

interface Asked {
  readonly job: string
  readonly event: string
  readonly run: string
  readonly environment: string | undefined
  /** The variable that names the role, such as AWS_PLAN_ROLE. */
  readonly variable: string
}

interface RunCase {
  readonly event: string
  /** The event, and what somebody entered for a manual run. */
  readonly run: string
  readonly inputs: Readonly<Record<string, string>>
}

/** The runs of a workflow that differ in their role: a manual run once with empty inputs and once with a fingerprint. */
function runsOf({ on }: Workflow): RunCase[] {
  return Object.entries(on).flatMap(([event, { inputs: declared = {} }]) => {
    if (!('approve' in declared)) return [{ event, run: event, inputs: {} }]
    const approved = { approve: fingerprint, stack: 'weather', environment: declared.environment?.options?.[0] ?? '' }
    const isOptional = !declared.approve?.required
    return [
      ...(isOptional ? [{ event, run: `${event} without a fingerprint`, inputs: { approve: '' } }] : []),
      { event, run: `${event} with a fingerprint`, inputs: approved },
    ]
  })
}

/** Every job of the workflows of a page that takes a role, for each event that runs it. */
function jobsOf(page: string): Asked[] {
  const workflows = codeBlocks(readFileSync(join(docs, page), 'utf8')).filter(
    ({ language, text }) => language === 'yaml' && text.startsWith('# .github/workflows/'),
  )
  return workflows.flatMap(({ text }) => {
    const workflow = readWorkflow('workflow', text)
    return runsOf(workflow).flatMap(({ event, run, inputs }) => {
      const skipped = new Set<string>()
      return Object.entries(workflow.jobs).flatMap(([job, { if: condition, environment, matrix, needs, steps }]) => {
        const variants = (matrix as { environment?: string[] } | undefined)?.environment ?? [undefined]
        return variants.flatMap(variant => {
          const variables = ['AWS_PLAN_ROLE', 'AWS_APPLY_ROLE', 'AWS_PLAN_ROLE_STAGING', 'AWS_PLAN_ROLE_PRODUCTION']
          const contexts = {
            github: {
              event_name: event,
              ref: refs[event] ?? 'refs/heads/main',
              repository: 'acme/orders-mcp',
              actor: 'octocat',
              event:
                event === 'pull_request' ? { pull_request: { head: { repo: { full_name: 'acme/orders-mcp' } } } } : {},
            },
            matrix: { environment: variant },
            // GitHub finds a variable whatever the case of its name.
            vars: Object.fromEntries(
              variables.flatMap(name =>
                [name, name.replace(/STAGING|PRODUCTION/, part => part.toLowerCase())].map(key => [key, name]),
              ),
            ),
            inputs,
            needs: {},
          }
          // What needs a skipped job is skipped as well.
          if (needs.some(each => skipped.has(each)) || !conditionHolds(condition ?? 'true', contexts, 'success')) {
            skipped.add(job)
            return []
          }
          const logins = steps.filter(({ uses = '' }) => uses.startsWith('aws-actions/configure-aws-credentials@'))
          // A job may take another role before, such as one that pushes images, which terraform/github-oidc does not make.
          const login =
            logins.find(each => variables.includes(fillTemplate(String(each.with['role-to-assume']), contexts))) ??
            logins[0]
          if (login === undefined || (login.if !== undefined && !conditionHolds(login.if, contexts, 'success')))
            return []
          const variable = fillTemplate(String(login.with['role-to-assume']), contexts)
          return [
            {
              job: variant === undefined ? job : `${job} ${variant}`,
              event,
              run,
              environment: environment?.name,
              variable,
            },
          ]
        })
      })
    })
  })
}

describe.each(Object.entries(pages))('the jobs of docs/%s', (page, { configuration, issuer = github, repository }) => {
  const jobs = jobsOf(page)

  test('take roles', () => {
    expect(jobs.length).toBeGreaterThan(0)
  })

  test('take the apply role for a manual run only with a fingerprint', () => {
    const manual = jobs.filter(({ event, run }) => event === 'workflow_dispatch' && run !== event)
    for (const { run, variable } of manual)
      expect(variable, run).toBe(run.endsWith('with a fingerprint') ? 'AWS_APPLY_ROLE' : 'AWS_PLAN_ROLE')
    const applies = jobs.some(({ event, variable }) => event === 'push' && variable === 'AWS_APPLY_ROLE')
    // Some workflows apply only what a person starts, and the quick start of the README has no manual run.
    if (jobs.some(({ event }) => event === 'push') && page !== '../README.md')
      expect(manual.some(({ variable }) => variable === 'AWS_APPLY_ROLE')).toBe(applies)
  })

  test.each(jobs)('$job for $run takes the role in $variable', ({ job, event, environment, variable }) => {
    const own = issuer === github ? {} : { immutable: false }
    const token = { event, environment, ...own, ...(repository === undefined ? {} : { repository }) }
    const role = variable.startsWith('AWS_PLAN_ROLE') ? 'plan' : 'apply'
    const module = configuration !== 'production' ? 'roles' : (environment ?? (job.split(' ')[1] as string))
    expect(taken(configuration, token, module, issuer)).toContain(role)
    // A job that plans may not be able to apply.
    if (role === 'plan' && event === 'pull_request')
      expect(taken(configuration, token, module, issuer)).toEqual(['plan'])
  })
})

/** Recipes whose environment is computed, or whose role belongs to another account. test/e2e/recipes.test.ts executes them. */
const others = ['recipes/branch-as-environment.md', 'recipes/preview.md']

test('every recipe whose jobs take a role is asked', () => {
  const recipes = readdirSync(join(docs, 'recipes')).map(file => `recipes/${file}`)
  const withRole = recipes.filter(page => readFileSync(join(docs, page), 'utf8').includes('role-to-assume:'))
  expect(withRole.filter(page => pages[page] === undefined).sort()).toEqual(others)
  expect(Object.keys(pages).filter(page => !existsSync(join(docs, page)))).toEqual([])
})

test('a job on main takes either role, a pull request the plan role', () => {
  expect(taken('minimal', { event: 'push' })).toEqual(['apply', 'plan'])
  expect(taken('minimal', { event: 'pull_request' })).toEqual(['plan'])
})

test.each([
  ['another branch', { event: 'push', ref: 'refs/heads/feature' }],
  ['a tag', { event: 'push', ref: 'refs/tags/v1' }],
  ['a repository of the same owner', { event: 'push', repository: 'acme/orders', repository_id: 3 }],
  ['a repository of another owner', { event: 'push', repository: 'mallory/orders-mcp', owner_id: 9, repository_id: 3 }],
  ['a manual run on another branch', { event: 'workflow_dispatch', ref: 'refs/heads/feature' }],
  ['a queue', { event: 'merge_group' }],
  ['an environment', { event: 'push', environment: 'production' }],
])('%s takes no role', (_, token) => {
  expect(taken('minimal', token)).toEqual([])
})

test('a pull request that names an unprotected environment gets no apply role', () => {
  const token = { event: 'pull_request', environment: 'production' }
  expect(taken('readme', token)).toEqual([])
  expect(taken('production', token, 'production')).toEqual([])
  expect(taken('readme', { event: 'push', environment: 'production' })).toEqual(['apply'])
})

test('a branch that names an unprotected environment gets no apply role', () => {
  expect(taken('readme', { event: 'push', environment: 'production', ref: 'refs/heads/feature' })).toEqual([])
})

test('a repository that took over the name gets neither role', () => {
  // Also with the older subjects, which have only names.
  for (const immutable of [true, false])
    for (const event of ['push', 'pull_request'])
      expect(taken('minimal', { event, immutable, owner_id: 8, repository_id: 9 })).toEqual([])
})

test("Dependabot's jobs get neither role", () => {
  expect(taken('minimal', { event: 'pull_request', actor: 'dependabot[bot]' })).toEqual([])
})

test('with workflows, only jobs of these files apply', () => {
  const token = { event: 'push', environment: 'production', owner_id: 1234567890, repository_id: 1234567890 }
  expect(taken('largest', token)).toEqual(['apply'])
  expect(taken('largest', { ...token, workflow: '.github/workflows/other.yml' })).toEqual([])
})

test('staging and production take only their own roles', () => {
  const staging = { event: 'push', environment: 'staging' }
  expect(taken('production', staging, 'staging')).toEqual(['apply'])
  expect(taken('production', staging, 'production')).toEqual([])
  expect(taken('production', { event: 'push' }, 'production')).toEqual([])
})

test('a token of another issuer is no token of github.com', () => {
  const server = 'github.example.com/_services/token'
  expect(taken('minimal', { event: 'push' }, 'roles', server)).toEqual([])
  expect(taken('enterprise-server', { event: 'push', immutable: false }, 'roles', github)).toEqual([])
  expect(taken('enterprise-server', { event: 'push', immutable: false }, 'roles', server)).toEqual(['apply', 'plan'])
})

describe('the tokens see what was wrong with the first edition', () => {
  const old = { immutable: false }
  test('a pull request that named an unprotected environment applied', () => {
    expect(taken('first-edition', { event: 'pull_request', environment: 'production', ...old }, 'readme')).toEqual([
      'apply',
    ])
  })
  test('a repository that took over the name got both roles', () => {
    expect(taken('first-edition', { event: 'push', repository_id: 9, ...old }, 'staging')).toEqual(['apply', 'plan'])
  })
  test("Dependabot's jobs got the plan role", () => {
    expect(taken('first-edition', { event: 'pull_request', actor: 'dependabot[bot]', ...old }, 'staging')).toEqual([
      'plan',
    ])
  })
  test('the job of the recipe for staging got no role of its example', () => {
    expect(taken('first-edition', { event: 'push', environment: 'staging', ...old }, 'staging')).toEqual([])
  })
})
