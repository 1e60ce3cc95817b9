import { describe, expect, test } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { assertDistinctEnvironmentStates } from '../../src/stacks/shared-state.ts'

const uses = 'acme/terraform-mcp-deploy@v1'
const backend = 'backend-config: "bucket=b\\nkey=mcp.tfstate"'

/** A step of ours with these lines of `with:`. */
const step = (...lines: string[]) =>
  `      - uses: ${uses}\n        with:\n${lines.map(line => `          ${line}\n`).join('')}`
/** A job with these lines, and its steps. */
const job = (id: string, lines: readonly string[], ...steps: string[]) =>
  `  ${id}:\n    runs-on: ubuntu-24.04\n${lines.map(line => `    ${line}\n`).join('')}    steps:\n${steps.join('')}`
const workflow = (...jobs: string[]) => `on: { push: { branches: [main] }, pull_request: }\njobs:\n${jobs.join('')}`
const two = (staging: string, production: string, lines: readonly [string[], string[]] = [[], []]) =>
  workflow(
    job('staging', ['environment: staging', ...lines[0]], staging),
    job('production', ['environment: { name: production }', ...lines[1]], production),
  )
const ours = step('stack: ecs', backend)
const deploying = (input: string) => step('stack: ecs', backend, input)

/** What is refused in the run of a job, undefined when nothing is. */
function refused(
  text: string,
  {
    running = 'production',
    files = {},
    env = {},
  }: { running?: string; files?: Record<string, string>; env?: NodeJS.ProcessEnv } = {},
): string | undefined {
  const all: Record<string, string> = { 'w.yml': text, ...files }
  const checkout = {
    text: (path: string) => all[path],
    names: (directory: string) =>
      Object.keys(all).flatMap(path => (path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : [])),
  }
  try {
    assertDistinctEnvironmentStates(
      { file: 'w.yml', job: running, isOurs: each => each === uses || each === './', env },
      checkout,
    )
    return undefined
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    return (error as Error).message
  }
}

test('the message names both jobs, both environments and the key, and says what to change', () => {
  expect(refused(two(ours, ours))).toBe(
    'The jobs "staging" and "production" in w.yml deploy the environments "staging" and "production" with the same state ' +
      '(s3, bucket b, key mcp.tfstate, workspace default): each would replace what the other has deployed. ' +
      'Give each a state of its own: another key in backend-config, or another workspace. ' +
      'Where both are one deployment, name the same environment in both (input deployment-environment).',
  )
})

const module = { 'infra/main.tf': 'terraform {\n  backend "s3" {\n    bucket = "b"\n    key = "mcp.tfstate"\n  }\n}\n' }
const matrix = (values: string, ...lines: string[]) =>
  workflow(
    job('deploy', [`strategy: { matrix: ${values} }`, 'environment: ${{ matrix.env }}'], step('stack: ec2', ...lines)),
  )

// A pattern that looks for an end behind each beginning takes minutes for these.
test.each([
  ['expressions without an end', '${{ '.repeat(200_000)],
  ['blanks', `a${' '.repeat(900_000)}b`],
])('a workflow with hundreds of thousands of %s is read in no time', { timeout: 10_000 }, (_, text) => {
  const given = step('stack: ecs', backend, `var-file: ${JSON.stringify(text)}`)
  expect(refused(workflow(job('one', [], given), job('two', [], step('stack: ecs', backend))))).toBeUndefined()
})

describe('one state for two environments is refused', () => {
  test.each<[string, string, Parameters<typeof refused>[1]?]>([
    ['also in the run of the other job', two(ours, ours), { running: 'staging' }],
    [
      'lines of backend-config in another order',
      two(ours, step('stack: ecs', 'backend-config: "key=mcp.tfstate\\nbucket=b"')),
    ],
    [
      'credentials that differ',
      two(ours, step('stack: ecs', 'backend-config: "bucket=b\\nkey=mcp.tfstate\\nrole_arn=x"')),
    ],
    ['the default workspace by its name', two(ours, step('stack: ecs', backend, 'workspace: default'))],
    [
      'by TF_WORKSPACE and by workspace',
      two(step('stack: ecs', backend, 'workspace: x'), ours, [[], ['env: { TF_WORKSPACE: x }']]),
    ],
    [
      'the block of one root module',
      two(step('working-directory: infra'), step('working-directory: ./infra/')),
      { files: module },
    ],
    [
      'two root modules with one block',
      two(step('working-directory: infra'), step('working-directory: copy')),
      { files: { ...module, 'copy/main.tf': module['infra/main.tf'] } },
    ],
    [
      'a file of settings',
      two(
        step('working-directory: infra', 'backend-config: a'),
        step('working-directory: infra', 'backend-config: bucket=b'),
      ),
      {
        files: {
          'infra/main.tf': 'terraform {\n  backend "s3" {\n    key = "k"\n  }\n}\n',
          'infra/a': 'bucket = "b"\n',
        },
      },
    ],
    ['a matrix', matrix('{ env: [staging, production] }', backend), { running: 'deploy' }],
    [
      'a matrix whose key leaves out what differs',
      matrix(
        '{ env: [staging, production], include: [{ env: staging, key: a }, { env: production, key: a }] }',
        'backend-config: "bucket=b\\nkey=${{ matrix.key }}"',
      ),
      { running: 'deploy' },
    ],
    [
      'the input deployment-environment',
      workflow(job('d', [], deploying('deployment-environment: a'), deploying('deployment-environment: b'))),
      { running: 'd' },
    ],
    [
      'its deprecated name in one step',
      workflow(job('d', [], deploying('environment: a'), deploying('deployment-environment: b'))),
      { running: 'd' },
    ],
    [
      'no environment, and other var files',
      workflow(
        job('a', [], step('stack: ecs', backend, 'var-file: a.tfvars')),
        job('b', [], step('stack: ecs', backend, 'var-file: b.tfvars')),
      ),
      { running: 'a' },
    ],
    [
      'the same value of the run, where nothing is conditional',
      two(
        ...(Array(2).fill(step('stack: ecs', 'backend-config: "bucket=b\\nkey=${{ github.ref_name }}.tfstate"')) as [
          string,
          string,
        ]),
      ),
    ],
    [
      'conditions that leave both to a push',
      two(ours, ours, [["if: github.ref == 'refs/heads/main'"], ["if: github.event_name == 'push'"]]),
    ],
    [
      'command: apply, whatever its condition',
      two(step('stack: ecs', backend, 'command: apply'), step('stack: ecs', backend, 'command: apply'), [
        ["if: github.ref != 'refs/heads/main'"],
        [],
      ]),
    ],
    [
      'another cloud',
      two(step('working-directory: infra'), step('working-directory: infra')),
      { files: { 'infra/a.tf': 'terraform {\n  backend "gcs" {\n    bucket = "b"\n    prefix = "p"\n  }\n}\n' } },
    ],
  ])('%s', (_, text, more) => {
    expect(refused(text, more)).toMatch(/with the same state \(.*(key|prefix) /)
  })
})

describe('what deploys well is never refused', () => {
  const key = (value: string) => step('stack: ecs', `backend-config: "bucket=b\\nkey=${value}"`)
  test.each<[string, string, Parameters<typeof refused>[1]?]>([
    ['a key of its own', two(key('s'), key('p'))],
    ['a bucket of its own', two(ours, step('stack: ecs', 'backend-config: "bucket=c\\nkey=mcp.tfstate"'))],
    ['a workspace of its own', two(step('stack: ecs', backend, 'workspace: s'), ours)],
    [
      'a matrix with a key of its own',
      matrix('{ env: [staging, production] }', 'backend-config: "bucket=b\\nkey=${{ matrix.env }}"'),
      { running: 'deploy' },
    ],
    [
      'a matrix without the environment that is excluded',
      matrix('{ env: [staging, production], exclude: [{ env: staging }] }', backend),
      { running: 'deploy' },
    ],
    [
      'a matrix that is known in the run alone',
      matrix('"${{ fromJSON(needs.a.outputs.b) }}"', backend),
      { running: 'deploy' },
    ],
    [
      'an axis that is known in the run alone',
      matrix('{ env: "${{ fromJSON(inputs.envs) }}" }', backend),
      { running: 'deploy' },
    ],
    ['variables', two(...(Array(2).fill(key('${{ vars.KEY }}')) as [string, string]))],
    [
      'secrets',
      two(
        ...(Array(2).fill(step('stack: ecs', 'backend-config: "bucket=${{ secrets.B }}\\nkey=k"')) as [string, string]),
      ),
    ],
    [
      'env',
      two(...(Array(2).fill(key('${{ env.KEY }}')) as [string, string]), [['env: { KEY: s }'], ['env: { KEY: p }']]),
    ],
    ['outputs of another job', two(...(Array(2).fill(key('${{ needs.a.outputs.key }}')) as [string, string]))],
    ['the id of the job', two(...(Array(2).fill(key('${{ github.job }}')) as [string, string]))],
    ['a function of the checkout', two(...(Array(2).fill(key("${{ hashFiles('x') }}")) as [string, string]))],
    [
      'a value of the run that differs by the condition',
      two(...(Array(2).fill(key('${{ inputs.env }}')) as [string, string]), [
        ["if: inputs.env == 'staging'"],
        ["if: inputs.env == 'production'"],
      ]),
    ],
    [
      'an environment that is known in the run alone',
      workflow(job('a', ['environment: ${{ inputs.a }}'], ours), job('b', ['environment: b'], ours)),
      { running: 'b' },
    ],
    [
      'one environment, in two jobs, with other capitals',
      two(ours, ours).replace('environment: staging', 'environment: Production'),
    ],
    [
      'a plan without an environment',
      workflow(job('plan', [], step('stack: ecs', backend)), job('apply', ['environment: production'], ours)),
      { running: 'apply' },
    ],
    ['a plan in an environment of its own', two(step('stack: ecs', backend, 'command: plan'), ours)],
    ['a verify in an environment of its own', two(step('stack: ecs', backend, 'command: verify'), ours)],
    [
      'a job for pull requests',
      two(ours, ours, [["if: github.event_name == 'pull_request'"], ["if: github.event_name == 'push'"]]),
    ],
    ['a job for all but the push', two(ours, ours, [["if: github.event_name != 'push'"], []])],
    [
      'a job for what is no main branch',
      two(ours, ours, [["if: github.ref != 'refs/heads/main'"], ["if: github.ref == 'refs/heads/main'"]]),
    ],
    ['a job for the merge queue', two(ours, ours, [["if: ${{ !(github.event_name == 'push') }}"], []])],
    ['a workflow that never applies', two(ours, ours).replace(/^on: .*$/m, 'on: pull_request')],
    ['another job of the workflow', `${two(ours, ours)}${job('other', [], key('o'))}`, { running: 'other' }],
    ['TF_WORKSPACE of a job', two(ours, ours, [['env: { TF_WORKSPACE: s }'], ['env: { TF_WORKSPACE: p }']])],
    ['TF_WORKSPACE of the step', two(`${ours}        env: { TF_WORKSPACE: "\${{ vars.W }}" }\n`, ours)],
    ['TF_WORKSPACE that a script sets', two(`      - run: echo TF_WORKSPACE=s >> "$GITHUB_ENV"\n${ours}`, ours)],
    ['TF_WORKSPACE that nobody knows from where', two(ours, ours), { env: { TF_WORKSPACE: 'p' } }],
    [
      'TF_CLI_ARGS_init',
      two(ours, ours, [
        ['env: { TF_CLI_ARGS_init: -backend-config=key=s }'],
        ['env: { TF_CLI_ARGS_init: -backend-config=key=p }'],
      ]),
    ],
    [
      'an endpoint of its own',
      two(ours, ours, [['env: { AWS_ENDPOINT_URL_S3: "http://s" }'], ['env: { AWS_ENDPOINT_URL_S3: "http://p" }']]),
    ],
    ['machines of the team', two(ours, ours).replace('ubuntu-24.04', '[self-hosted, staging]')],
    [
      'a bucket that is not said',
      two(...(Array(2).fill(step('stack: ecs', 'backend-config: key=k')) as [string, string])),
    ],
    [
      'a file of settings that an earlier step writes',
      two(...(Array(2).fill(step('stack: ecs', 'backend-config: "made.tfbackend\\nkey=k"')) as [string, string])),
    ],
    [
      'a local state',
      two(...(Array(2).fill(step('working-directory: infra', backend)) as [string, string])),
      { files: { 'infra/main.tf': 'resource "a" "b" {}' } },
    ],
    [
      'a module that is not in the checkout',
      two(...(Array(2).fill(step('working-directory: gone')) as [string, string])),
    ],
    [
      'a backend that we do not know',
      two(...(Array(2).fill(step('working-directory: infra')) as [string, string])),
      { files: { 'infra/main.tf': 'terraform {\n  backend "remote" {\n    workspaces { name = "x" }\n  }\n}\n' } },
    ],
    [
      'a part with var files of its own',
      workflow(
        job(
          'a',
          [],
          step('stack: ecs', backend, 'var-file: a', 'target: x.y'),
          step('stack: ecs', backend, 'var-file: b'),
        ),
      ),
      { running: 'a' },
    ],
    [
      'one step with var files, one without',
      workflow(job('a', [], step('stack: ecs', backend, 'var-file: a'), step('stack: ecs', backend))),
      { running: 'a' },
    ],
    ['another action', two(ours, ours.replace(uses, 'acme/other@v1'))],
    ['no workflow', 'just: [text'],
    ['a workflow without jobs', 'on: push\njobs: 7\n'],
    [
      'jobs that are nothing',
      'on: push\njobs: { a: , b: [1], c: { steps: x }, d: { steps: [1, null, { uses: 7 }] } }\n',
    ],
    [
      'aliases without end',
      `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
    ],
  ])('%s', (_, text, more) => {
    expect(refused(text, more)).toBeUndefined()
  })

  test('nor where the file of the workflow is not in the checkout', () => {
    const nothing = { text: () => undefined, names: () => [] }
    assertDistinctEnvironmentStates({ file: 'w.yml', job: 'a', isOurs: () => true, env: {} }, nothing)
    assertDistinctEnvironmentStates({ file: '', job: 'a', isOurs: () => true, env: {} }, nothing)
  })
})
