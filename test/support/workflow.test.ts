import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  mergeGroup,
  pullRequestClosed,
  pullRequestOpened,
  pushed,
  scheduled,
  type Trigger,
  workflowDispatch,
} from './events.ts'
import { type GitHub, startGitHub } from './github.ts'
import { GitHubActions, type JobResult, type Settings, type WorkflowRun } from './workflow.ts'
import { combinationsOf } from './workflow-matrix.ts'

const path = '.github/workflows/test.yml'
const e = (expression: string) => `\${{ ${expression} }}`
let github: GitHub
let directory: string

beforeAll(async () => {
  github = await startGitHub({ owner: 'acme', repo: 'mcp-server' })
  directory = mkdtempSync(join(tmpdir(), 'workflow-test-'))
})
afterAll(async () => {
  await github.stop()
  rmSync(directory, { recursive: true, force: true })
})

function actions(settings: Partial<Settings> = {}): GitHubActions {
  return new GitHubActions({ github, runners: { hosted: { env: {} } }, directory, ...settings })
}

/** Commits the workflow to the default branch and runs it for a push, or for what `trigger` makes of the commit. */
async function run(
  workflow: string,
  {
    trigger,
    settings,
    files,
  }: { trigger?: (sha: string) => Trigger; settings?: Partial<Settings>; files?: object } = {},
): Promise<WorkflowRun> {
  const { before, after } = await github.push({ [path]: workflow, ...files }, 'Workflow')
  return await actions(settings).run(path, trigger?.(after) ?? pushed(github, { before, after }))
}

/** A workflow for pushes with these jobs, indented by two. */
const onPush = (jobs: string, top = '') => `on: push\npermissions: {}\n${top}jobs:\n${jobs}`
/** A job with these steps, indented by six. */
const job = (id: string, steps: string, more = '') =>
  `  ${id}:\n    runs-on: hosted\n${more.replaceAll(/^(?=.)/gm, '    ')}    steps:\n${steps}`
const echo = (text: string, id = 'echo') => `      - id: ${id}\n        run: echo "said=${text}" >> "$GITHUB_OUTPUT"\n`

const conclusions = ({ jobs }: WorkflowRun) => jobs.map(({ id, conclusion }) => `${id} ${conclusion}`)
const said = (result: JobResult | undefined, id = 'echo') => result?.steps.find(step => step.id === id)?.outputs.said

describe('what starts a workflow', () => {
  const listening = (on: string) => `on:\n${on}\npermissions: {}\njobs:\n${job('only', echo('x'))}`
  const pull = () =>
    github.createPullRequest({ title: 'Change', branch: `change-${Math.random()}`, files: { 'a.txt': 'a' } })

  test.each([
    ['push to a branch that is named', '  push:\n    branches: [main]', true],
    ['push to a branch that fits', '  push:\n    branches: ["ma*"]', true],
    ['push to another', '  push:\n    branches: [release/**]', false],
    ['another event', '  schedule:\n    - cron: "17 * * * *"', false],
  ])('%s: %s', async (_, on, triggered) => {
    expect((await run(listening(on))).triggered).toBe(triggered)
  })

  test('a pull request that is opened, and not one that is closed unless that type is asked for', async () => {
    await run(listening('  pull_request:\n    branches: [main]'))
    const opened = await pull()
    expect((await actions().run(path, pullRequestOpened(github, opened))).triggered).toBe(true)
    expect((await actions().run(path, pullRequestClosed(github, opened))).triggered).toBe(false)
    await run(listening('  pull_request:\n    types: [closed]'))
    const closed = await pull()
    expect((await actions().run(path, pullRequestOpened(github, closed))).triggered).toBe(false)
    expect((await actions().run(path, pullRequestClosed(github, closed))).triggered).toBe(true)
  })

  test('the clock, by its cron expression, and the merge queue of the branch', async () => {
    const on = listening('  schedule:\n    - cron: "1 2 * * *"\n  merge_group:\n    branches: [main]')
    const at = (cron: string) => run(on, { trigger: sha => scheduled(github, { sha, cron }) })
    expect((await at('1 2 * * *')).triggered).toBe(true)
    expect((await at('5 5 * * *')).triggered).toBe(false)
    const queued = await pull()
    expect((await run(on, { trigger: sha => mergeGroup(github, queued, { sha }) })).triggered).toBe(true)
  })

  test('a person, with inputs by type, defaults, and what GitHub refuses', async () => {
    const on = `  workflow_dispatch:
    inputs:
      stage: { type: choice, options: [a, b], default: a }
      sure: { type: boolean }
      why: { required: true }`
    const workflow = listening(on).replace(
      'said=x',
      `said=${e('inputs.stage')} ${e('inputs.sure && 1 || 2')} ${e('inputs.why')}`,
    )
    const by = (inputs: object) => run(workflow, { trigger: sha => workflowDispatch(github, { sha, inputs }) })
    expect(said((await by({ why: 'w' })).jobs[0])).toBe('a 2 w')
    expect(said((await by({ why: 'w', sure: 'true', stage: 'b' })).jobs[0])).toBe('b 1 w')
    expect(said((await by({ why: 'w', sure: 'false' })).jobs[0])).toBe('a 2 w')
    await expect(by({})).rejects.toThrow(/Required input 'why'/)
    await expect(by({ why: 'w', stage: 'c' })).rejects.toThrow(/not in the list/)
    await expect(by({ why: 'w', other: 'x' })).rejects.toThrow(/Unexpected inputs/)
  })
})

describe('nothing is passed over in silence', () => {
  test.each([
    ['an unknown key of the file', onPush(job('a', echo('x')), 'defaults: {}\n'), /defaults is not implemented/],
    ['of a job', onPush(job('a', echo('x'), 'container: x\n')), /container is not implemented/],
    ['of a step', onPush(job('a', '      - run: echo\n        working-directory: x\n')), /working-directory is not/],
    ['of an event', onPush(job('a', echo('x'))).replace('on: push', 'on: { push: { paths: [a] } }'), /paths is not/],
    [
      'of concurrency',
      onPush(job('a', echo('x')), 'concurrency: { group: x, cancel-in-progress: true }\n'),
      /cancel-in/,
    ],
    ['an unknown event', onPush(job('a', echo('x'))).replace('push', 'workflow_run'), /event workflow_run is not/],
    ['an unknown permission', onPush(job('a', echo('x'), 'permissions: { packages: read }\n')), /packages is not impl/],
    ['no permissions at all', onPush(job('a', echo('x'))).replace('permissions: {}\n', ''), /names no permissions/],
    ['an unknown runner', onPush(job('a', echo('x'))).replace('hosted', 'macos'), /there is no runner "macos"/],
    ['an unknown environment', onPush(job('a', echo('x'), 'environment: qa\n')), /have no environment qa/],
    ['an unknown action', onPush(job('a', '      - uses: acme/thing@v1\n')), /acme\/thing@v1 is not stood in for/],
    [
      'an unknown input of an action',
      onPush(job('a', '      - uses: actions/checkout@v1\n        with: { lfs: true }\n')),
      /the inputs lfs are not/,
    ],
    ['an unknown function', onPush(job('a', echo(e("hashFiles('x')")))), /hashFiles/i],
    ['a context where it does not exist', onPush(job('a', echo('x'), `if: ${e('secrets.A')}\n`)), /secrets/],
    [
      'a secret in the condition of a step',
      onPush(job('a', echo('x').replace('run:', `if: ${e('secrets.A')}\n        run:`))),
      /secrets/,
    ],
    ['a job that needs what is not there', onPush(job('a', echo('x'), 'needs: b\n')), /need what is not there/],
  ])('%s', async (_, workflow, message) => {
    await expect(run(workflow)).rejects.toThrow(message)
  })
})

describe('jobs', () => {
  test('run in the order of their needs, and hand on outputs', async () => {
    const ran = await run(
      onPush(
        job('second', echo(`${e('needs.first.outputs.word')} ${e('needs.first.result')}`), 'needs: first\n') +
          job('first', echo('hello'), `outputs:\n  word: ${e('steps.echo.outputs.said')}\n`),
      ),
    )
    expect(ran.conclusion).toBe('success')
    expect(conclusions(ran)).toEqual(['first success', 'second success'])
    expect(said(ran.jobs[1])).toBe('hello success')
  })

  test('after a failure what needs it is skipped, unless its condition asks for the status', async () => {
    const ran = await run(
      onPush(
        job('red', '      - run: exit 3\n') +
          job('skipped', echo('x'), 'needs: red\n') +
          job('implied', echo('x'), 'needs: red\nif: github.ref != 0\n') +
          job('always', echo(e('needs.red.result')), 'needs: red\nif: always()\n') +
          job('failed', echo('x'), 'needs: [red]\nif: failure()\n') +
          job('after', echo('x'), 'needs: skipped\n') +
          job('chained', echo('x'), 'needs: always\n') +
          job('whatever', echo('x'), `needs: skipped\nif: ${e('!cancelled()')}\n`),
      ),
    )
    expect(ran.conclusion).toBe('failure')
    expect(conclusions(ran)).toEqual([
      'red failure',
      'skipped skipped',
      'implied skipped',
      'always success',
      'failed success',
      'after skipped',
      'chained skipped',
      'whatever success',
    ])
    expect(said(ran.jobs[3])).toBe('failure')
  })

  test('that need a skipped one are skipped, and the run is green', async () => {
    const ran = await run(onPush(job('no', echo('x'), 'if: false\n') + job('after', echo('x'), 'needs: no\n')))
    expect([ran.conclusion, ...conclusions(ran)]).toEqual(['success', 'no skipped', 'after skipped'])
  })

  test('a matrix from an output, one run for each, and a failure cancels the rest', async () => {
    const matrix = (more: string) =>
      onPush(
        job('list', echo('[1,2,3]'), `outputs:\n  all: ${e('steps.echo.outputs.said')}\n`) +
          job(
            'each',
            `${echo(e('strategy.job-index'))}      - run: test ${e('matrix.n')} != 2\n`,
            `needs: list\nstrategy:\n${more}  matrix:\n    n: ${e('fromJSON(needs.list.outputs.all)')}\n`,
          ),
      )
    const fast = await run(matrix(''))
    expect(conclusions(fast)).toEqual(['list success', 'each success', 'each failure', 'each cancelled'])
    const all = await run(matrix('  fail-fast: false\n'))
    expect(all.jobs.slice(1).map(each => [each.matrix?.n, said(each), each.conclusion])).toEqual([
      [1, '0', 'success'],
      [2, '1', 'failure'],
      [3, '2', 'success'],
    ])
    expect(all.conclusion).toBe('failure')
  })

  test('an empty matrix is red, and a condition is asked before it', async () => {
    const empty = (condition: string) =>
      onPush(job('each', echo('x'), `${condition}strategy:\n  matrix:\n    n: ${e("fromJSON('[]')")}\n`))
    const red = await run(empty(''))
    expect([red.conclusion, red.jobs[0]?.reason]).toEqual(['failure', "Matrix vector 'n' does not contain any values"])
    const none = `if: ${e("'[]' != '[]'")}\n`
    expect(conclusions(await run(empty(none)))).toEqual(['each skipped'])
  })

  test('vectors, include and exclude make the combinations that GitHub makes', () => {
    expect(combinationsOf({ a: [1, 2], b: ['x', 'y'], exclude: [{ a: 1, b: 'y' }] })).toEqual([
      { a: 1, b: 'x' },
      { a: 2, b: 'x' },
      { a: 2, b: 'y' },
    ])
    expect(combinationsOf({ a: [1, 2], include: [{ c: 3 }, { a: 2, d: 4 }, { a: 9 }] })).toEqual([
      { a: 1, c: 3 },
      { a: 2, c: 3, d: 4 },
      { a: 9 },
    ])
    expect(combinationsOf({ include: [{ a: 1 }, { a: 2 }] })).toEqual([{ a: 1 }, { a: 2 }])
    expect(() => combinationsOf({ include: [] })).toThrow(/at least one vector/)
    expect(() => combinationsOf({ a: Array.from({ length: 257 }, (_, i) => i) })).toThrow(/257 jobs: at most 256/)
  })

  test('a reusable workflow gets inputs and secrets, gives outputs, and cannot have more permissions', async () => {
    const called = (permissions: string) => `on:
  workflow_call:
    inputs:
      word: { type: string, required: true }
    outputs:
      answer: { value: "${e('jobs.inner.outputs.answer')}" }
jobs:
${job('inner', echo(`${e('inputs.word')} ${e('secrets.KEY')}`), `${permissions}outputs:\n  answer: ${e('steps.echo.outputs.said')}\n`)}`
    const call = (inherit: string) =>
      onPush(`  outer:
    permissions: { contents: read }
    uses: ./.github/workflows/called.yml
    with: { word: hi }
${inherit}${job('last', echo(e('needs.outer.outputs.answer')), 'needs: outer\n')}`)
    const settings = { secrets: { KEY: 'k-e-y' } }
    const file = '.github/workflows/called.yml'
    const with_ = await run(call('    secrets: inherit\n'), { settings, files: { [file]: called('') } })
    expect(said(with_.jobs.at(-1))).toBe('hi k-e-y')
    expect(with_.jobs[0]).toMatchObject({ id: 'inner', permissions: { contents: 'read' } })
    const without = await run(call(''), { settings, files: { [file]: called('') } })
    expect(said(without.jobs.at(-1))).toBe('hi ')
    const more = called('permissions: { contents: write }\n')
    await expect(run(call(''), { settings, files: { [file]: more } })).rejects.toThrow(/asks for contents: write/)
  })
})

describe('steps', () => {
  test('conditions, outcomes and the status of what was before', async () => {
    const ran = await run(
      onPush(
        job(
          'a',
          `      - id: tolerated
        run: exit 1
        continue-on-error: true
${echo(`${e('steps.tolerated.outcome')} ${e('steps.tolerated.conclusion')} ${e('job.status')}`)}      - id: red
        run: exit 1
${echo('x', 'skipped')}${echo('x', 'failed').replace('run:', 'if: failure()\n        run:')}${echo('x', 'wrong').replace('run:', 'if: success()\n        run:')}`,
        ),
      ),
    )
    expect(said(ran.jobs[0])).toBe('failure success success')
    expect(ran.jobs[0]?.steps.map(({ id, conclusion }) => `${id} ${conclusion}`)).toEqual([
      'tolerated success',
      'echo success',
      'red failure',
      'skipped skipped',
      'failed success',
      'wrong skipped',
    ])
    expect(ran.conclusion).toBe('failure')
  })

  test('a text is true when it is not empty, also the text "false"', async () => {
    const ran = await run(
      onPush(
        job(
          'a',
          `${echo('false')}${echo('x', 'text').replace('run:', `if: ${e('steps.echo.outputs.said')}\n        run:`)}${echo('x', 'none').replace('run:', `if: ${e('steps.echo.outputs.other')}\n        run:`)}`,
        ),
      ),
    )
    expect(ran.jobs[0]?.steps.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'skipped'])
  })

  test('env of the workflow, the job and the step, and what earlier steps exported', async () => {
    const ran = await run(
      onPush(
        job(
          'a',
          `      - run: |
          echo "C=exported" >> "$GITHUB_ENV"
          echo "$PWD" >> "$GITHUB_PATH"
          printf '#!/bin/sh\\necho found' > tool && chmod +x tool
      - id: echo
        env: { D: "${e('env.A')}-step" }
        run: echo "said=$A $B $C $D ${e('env.B')} $(tool)" >> "$GITHUB_OUTPUT"
`,
          'env: { B: job }\n',
        ),
        'env: { A: top, B: top }\n',
      ),
    )
    expect(said(ran.jobs[0])).toBe('top job exported top-step job found')
  })

  test('bash stops at the first failure, and with its name in a pipe, too', async () => {
    const piped = (shell: string) => onPush(job('a', `      - run: "false | true"\n${shell}`))
    expect((await run(piped(''))).conclusion).toBe('success')
    expect((await run(piped('        shell: bash\n'))).conclusion).toBe('failure')
    expect((await run(onPush(job('a', '      - run: |\n          false\n          true\n')))).conclusion).toBe(
      'failure',
    )
  })

  test('this action is the one that ships, with its inputs; secrets are masked in every step', async () => {
    const ran = await run(
      onPush(
        job(
          'a',
          `      - uses: OWNER/terraform-mcp-deploy@v1
        with: { command: "${e('vars.COMMAND')}" }
      - if: always()
        run: echo "the ${e('secrets.KEY')}" && exit 1
`,
        ),
      ),
      { settings: { vars: { COMMAND: 'nonsense' }, secrets: { KEY: 'k-e-y' } } },
    )
    expect(ran.conclusion).toBe('failure')
    expect(ran.jobs[0]?.log).toMatch(/Input command is "nonsense"/)
    expect(ran.jobs[0]?.log).toMatch(/the \*\*\*/)
  })
})

describe("the token and other people's actions", () => {
  const roles = {
    'arn:plan': ['repo:acme/mcp-server:pull_request'],
    'arn:apply': ['repo:acme/mcp-server:environment:live'],
  }
  const credentials = (role: string, more = ', aws-region: eu-west-1') =>
    `      - uses: aws-actions/configure-aws-credentials@v6\n        with: { role-to-assume: "${role}"${more} }\n`
  const idToken = 'permissions: { id-token: write }\n'

  test('the token may do what the job asks for and no more', async () => {
    const ask = (permissions: string) =>
      onPush(
        job(
          'a',
          `      - run: |
          curl --silent --fail --output /dev/null --header "authorization: Bearer ${e('github.token')}" \\
            "${e('github.api_url')}/repos/acme/mcp-server/issues?state=open"
`,
          permissions,
        ),
      )
    expect((await run(ask('permissions: { issues: read }\n'))).conclusion).toBe('success')
    expect((await run(ask('permissions: { contents: write }\n'))).conclusion).toBe('failure')
  })

  test('checkout needs contents, puts the commit into an empty workspace, and says which', async () => {
    const steps = `      - uses: actions/checkout@v6\n      - id: echo\n        run: echo "said=$(cat deep/file.txt) $(cat .git/HEAD) $(ls | wc -l)" >> "$GITHUB_OUTPUT"\n`
    const files = { 'deep/file.txt': 'content' }
    const ran = await run(onPush(job('a', steps, 'permissions: { contents: read }\n')), { files })
    expect(said(ran.jobs[0])).toMatch(/^content [0-9a-f]{40} \d+$/)
    const red = await run(onPush(job('a', steps)), { files })
    expect(red.jobs[0]?.log).toMatch(/repository 'acme\/mcp-server' not found/)
  })

  test.each([
    ['without id-token', 'arn:apply', '', 'environment: live\n', /Credentials could not be loaded/],
    ['without a role', '', idToken, 'environment: live\n', /Credentials could not be loaded/],
    ['by a job that the role does not trust', 'arn:apply', idToken, '', /Not authorized to perform sts:AssumeRole/],
    ['with a role that is not there', 'arn:other', idToken, 'environment: live\n', /Not authorized/],
  ])('credentials %s are refused', async (_, role, permissions, more, message) => {
    const settings = { roles, environments: { live: {} } }
    const ran = await run(onPush(job('a', credentials(role), permissions + more)), { settings })
    expect(ran.conclusion).toBe('failure')
    expect(ran.jobs[0]?.log).toMatch(message)
  })

  test('credentials without a region are refused, and of the environment they are exported and masked', async () => {
    const settings = { roles, environments: { live: {} } }
    const more = `environment: live\n${idToken}`
    expect((await run(onPush(job('a', credentials('arn:apply', ''), more)), { settings })).jobs[0]?.log).toMatch(
      /aws-region/,
    )
    const all = ', aws-region: eu-west-1, output-credentials: true'
    const steps = `${credentials('arn:apply', all)}      - run: echo "$AWS_REGION \${#AWS_SECRET_ACCESS_KEY} $AWS_SECRET_ACCESS_KEY"\n`
    const ran = await run(onPush(job('a', steps, more)), { settings })
    expect(ran.jobs[0]).toMatchObject({ roles: ['arn:apply'], conclusion: 'success' })
    expect(ran.jobs[0]?.log).toContain('eu-west-1 43 ***')
    expect(ran.jobs[0]?.steps[0]?.outputs['aws-expiration']).toMatch(/^"\d{4}-.*Z"$/)
  })

  test('a pull request of a fork reads only, and has no secrets and no id-token; one of Dependabot has no secrets', async () => {
    const workflow = onPush(
      job(
        'a',
        `${echo(`[${e('secrets.KEY')}]`)}${credentials('arn:plan')}`,
        'permissions: { contents: write, id-token: write }\n',
      ),
    ).replace('push', 'pull_request')
    const settings = { roles, secrets: { KEY: 'k-e-y' } }
    await run(workflow)
    const pull = await github.createPullRequest({ title: 'x', branch: 'visitors', files: { 'b.txt': 'b' } })
    const own = await actions(settings).run(path, pullRequestOpened(github, pull))
    expect([own.conclusion, said(own.jobs[0])]).toEqual(['success', '[k-e-y]'])
    const fork = await actions(settings).run(path, pullRequestOpened(github, pull, { fork: 'mallory' }))
    expect([fork.conclusion, said(fork.jobs[0])]).toEqual(['failure', '[]'])
    expect(fork.jobs[0]?.permissions).toEqual({ contents: 'read' })
    const opened = pullRequestOpened(github, pull)
    const bot = { ...opened, github: { ...opened.github, actor: 'dependabot[bot]' } }
    expect(said((await actions(settings).run(path, bot)).jobs[0])).toBe('[]')
  })

  test('artifacts pass from job to job, and what is not there is red', async () => {
    const upload = (with_: string) => `      - uses: actions/upload-artifact@v7\n        with: { ${with_} }\n`
    const download = (with_: string) => `      - uses: actions/download-artifact@v8\n        with: { ${with_} }\n`
    const ran = await run(
      onPush(
        job(
          'one',
          `      - run: mkdir -p out/sub && echo 1 > out/sub/a && echo 2 > b\n${upload('name: r-one, path: out')}${upload('name: r-two, path: b')}`,
        ) +
          job(
            'two',
            `${download('pattern: "r-*", path: all')}${download('name: r-two, path: one')}${download('path: flat, merge-multiple: true')}${echo('$(cat all/r-one/sub/a all/r-two/b one/b flat/b | xargs)')}`,
            'needs: one\n',
          ),
      ),
    )
    expect(said(ran.jobs[1])).toBe('1 2 2 2')
    const missing = await run(onPush(job('a', download('name: nothing'))))
    expect(missing.jobs[0]?.log).toMatch(/Artifact not found for name: nothing/)
    const none = await run(onPush(job('a', upload('name: n, path: nothing, if-no-files-found: error'))))
    expect(none.jobs[0]?.log).toMatch(/No files were found/)
    const twice = await run(
      onPush(job('a', `      - run: touch b\n${upload('name: n, path: b')}${upload('name: n, path: b')}`)),
    )
    expect(twice.jobs[0]?.log).toMatch(/already exists/)
    const over = upload('name: n, path: b, overwrite: true')
    expect((await run(onPush(job('a', `      - run: touch b\n${over}${over}`)))).conclusion).toBe('success')
  })
})

describe('environments and queues', () => {
  test('an environment has its own variables and secrets, waits for its reviewers, and shows its address', async () => {
    const seen: string[] = []
    const live = {
      vars: { WHERE: 'live' },
      secrets: { KEY: 'of-live' },
      review: () => seen.push('asked') > 0,
    }
    const settings = { vars: { WHERE: 'repository' }, environments: { live } }
    const environment = `environment:\n  name: live\n  url: https://${e('steps.echo.outputs.said')}.example\n`
    const ran = await run(onPush(job('a', echo(e('vars.WHERE')), environment) + job('b', echo(e('vars.WHERE')))), {
      settings,
    })
    expect(ran.jobs[0]?.environment).toEqual({ name: 'live', url: 'https://live.example' })
    const none = await run(onPush(job('a', echo(e('vars.WHERE')), `environment: ${e('vars.NONE')}\n`)), { settings })
    expect([said(none.jobs[0]), none.jobs[0]?.environment]).toEqual(['repository', undefined])
    expect([said(ran.jobs[0]), said(ran.jobs[1]), ...seen]).toEqual(['live', 'repository', 'asked'])
    const refused = { environments: { live: { review: () => false } } }
    const red = await run(onPush(job('a', echo('x'), environment)), { settings: refused })
    expect([red.conclusion, red.jobs[0]?.reason]).toEqual(['failure', 'The deployment to live was rejected.'])
    const elsewhere = { environments: { live: { branches: ['release'] } } }
    const other = await run(onPush(job('a', echo('x'), environment)), { settings: elsewhere })
    expect(other.jobs[0]?.reason).toBe('Branch "main" is not allowed to deploy to live.')
  })

  test.each([
    ['queue: max lets all that wait run in order', ', queue: max', ['success', 'success', 'success']],
    ['without it the last that waits takes the place of the one before', '', ['success', 'cancelled', 'success']],
  ])('%s', async (_, queue, expected) => {
    let release = () => {}
    const held = new Promise<boolean>(settle => {
      release = () => settle(true)
    })
    const order: string[] = []
    const review = async () => {
      order.push('begun')
      return await held
    }
    const workflow = onPush(
      job('a', echo('x'), 'environment: live\n'),
      `concurrency: { group: "d-${e('github.ref')}"${queue} }\n`,
    )
    const { before, after } = await github.push({ [path]: workflow }, 'Queue')
    const one = actions({ environments: { live: { review } } })
    const trigger = pushed(github, { before, after })
    const runs = [1, 2, 3].map(() => one.run(path, trigger))
    // The first holds the group; the others reach it when they have read their files.
    await new Promise(settle => setTimeout(settle, 500))
    expect(order).toEqual(['begun'])
    release()
    const ended = await Promise.all(runs)
    expect(ended.map(({ conclusion }) => conclusion).toSorted()).toEqual(expected.toSorted())
    expect(ended[0]?.group).toBe('d-refs/heads/main')
  })
})
