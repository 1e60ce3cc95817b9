import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testEngine } from '../support/engine.ts'
import { mergeGroup, pullRequestOpened, type Trigger, workflowDispatch } from '../support/events.ts'
import type { PullRequest } from '../support/github.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type Stage, setStage } from '../support/stage.ts'

const engine = await testEngine()

let server: Listening
let stage: Stage
let state: HttpState
beforeAll(async () => {
  server = await v2()
  stage = await setStage({
    images: {},
    inputs: { 'mcp-timeout': '60s', 'mcp-rounds': '1', 'alivemcp-api-key': '' },
  })
})
afterAll(async () => {
  await stage.close()
  await server[Symbol.asyncDispose]()
})
beforeEach(async () => {
  state = await startHttpState()
})
afterEach(() => state.stop())

let number = 0
/** A root module that costs nothing to apply, in a directory of its own. */
function place() {
  const name = `place${number++}`
  const files = (resources: string) => ({
    [`${name}/main.tf`]: `
      terraform {
        ${state.backend}
      }
      variable "secret" {
        type      = string
        sensitive = true
        default   = "hunter2-hunter2"
      }
      ${resources}
      output "mcp_endpoint" { value = "${server.url}/mcp" }
      output "instance_id" { value = "i-0123456789" }
    `,
  })
  return { name, files, inputs: { 'working-directory': name } }
}
const data = (name: string, input: string) => `resource "terraform_data" "${name}" { input = ${input} }\n`

/** The event of "Re-run jobs". */
const again = (trigger: Trigger): Trigger => ({ ...trigger, github: { ...trigger.github, runAttempt: '2' } })

/** The comment with the plan. Other comments may only be notices about a failure. */
const body = async ({ number }: PullRequest) => {
  const [comment, ...more] = await stage.github.comments(number)
  for (const { body } of more) expect(body).toMatch(/^<!-- terraform-mcp-deploy-failure:/)
  return comment?.body ?? ''
}

describe('what was reviewed is what is applied', () => {
  test('the same plan is applied, its fingerprint the same on both sides, also with a sensitive value and no state', async () => {
    const { name, files, inputs } = place()
    const pull = await stage.open(name, files(data('a', 'var.secret') + data('b', '"two"')))
    const planned = await stage.run(stage.opened(pull), inputs)
    expect(planned.log).not.toMatch(/##\[error]/)
    expect(planned.outputs['plan-fingerprint']).toMatch(/^scrypt:[0-9a-f]{16}:[0-9a-f]{64}$/)
    const deployed = await stage.run(await stage.merged(pull), inputs)
    expect(deployed.log).not.toMatch(/##\[error]/)
    expect(deployed.outputs).toMatchObject({
      applied: 'true',
      gate: 'passed',
      'plan-fingerprint': planned.outputs['plan-fingerprint'],
    })
    expect(await body(pull)).toMatch(/As reviewed.*the plan matches the plan reviewed at/)
    for (const text of [await body(pull), planned.log, planned.summary, deployed.log, deployed.summary])
      expect(text).not.toContain('hunter2')
    expect(stage.github.violations).toEqual([])

    // With a state there is a lineage, and the fingerprint needs no salt.
    const second = await stage.open(`${name} again`, files(data('a', 'var.secret') + data('b', '"three"')))
    const again = await stage.run(stage.opened(second), inputs)
    expect(again.outputs['plan-fingerprint']).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect((await stage.run(await stage.merged(second), inputs)).outputs).toMatchObject({
      applied: 'true',
      'plan-fingerprint': again.outputs['plan-fingerprint'],
    })
  })

  test.each([
    [
      'a value',
      data('a', '"one"'),
      data('a', '"other"'),
      {},
      /<code>terraform_data.a<\/code>|`terraform_data.a` \(create\): `input` differs/,
    ],
    ['a sensitive value', data('a', 'var.secret'), data('a', '"${var.secret}!"'), {}, /a sensitive value differs/],
    [
      'one more resource',
      data('a', '"one"'),
      data('a', '"one"') + data('b', '"two"'),
      {},
      /`terraform_data.b`: \*\*create\*\* was not reviewed/,
    ],
    [
      'one resource less',
      data('a', '"one"') + data('b', '"two"'),
      data('a', '"one"'),
      {},
      /`terraform_data.b`: create was reviewed and is no longer planned/,
    ],
    [
      'a target',
      data('a', '"one"') + data('b', '"two"'),
      data('a', '"one"') + data('b', '"two"'),
      { target: 'terraform_data.a' },
      /target: was not set, is `terraform_data.a`/,
    ],
  ])(
    '%s: another plan on the merge is refused, nothing is changed, and the difference is told',
    async (_, first, second, more, difference) => {
      const { name, files, inputs } = place()
      const pull = await stage.open(`${name} differs`, files(first))
      await stage.run(stage.opened(pull), inputs)
      const trigger = await stage.merged(pull)
      // Somebody's direct push, or whatever else has changed what is checked out.
      await stage.write(files(second))
      const refused = await stage.run(trigger, { ...inputs, ...more })
      expect(refused.conclusion).toBe('failure')
      expect(refused.outputs).toMatchObject({ applied: 'false', gate: 'skipped', 'gate-code': 'PLAN_CHANGED' })
      expect(state.state).toBeUndefined()
      const text = await body(pull)
      expect(text).toMatch(/Not applied: the plan has changed/)
      expect(text).toMatch(difference)
      expect(refused.summary).toMatch(difference)
      expect(text).not.toContain('hunter2')

      // What the message says: approve this plan by its fingerprint.
      const fingerprint = refused.outputs['plan-fingerprint'] ?? ''
      expect(text).toContain(fingerprint)
      const sha = trigger.github.sha
      const wrong = await stage.run(workflowDispatch(stage.github, { sha }), {
        ...inputs,
        ...more,
        command: 'apply',
        'plan-approval': `sha256:${'0'.repeat(64)}`,
      })
      expect(wrong.outputs).toMatchObject({ applied: 'false', 'gate-code': 'PLAN_FINGERPRINT_CHANGED' })
      const approved = await stage.run(workflowDispatch(stage.github, { sha }), {
        ...inputs,
        ...more,
        command: 'apply',
        'plan-approval': fingerprint,
      })
      // With a target Terraform evaluates no outputs, and so the gate has no endpoint.
      if ('target' in more) return expect(approved.outputs).toMatchObject({ applied: 'true' })
      expect(approved.log).not.toMatch(/##\[error]/)
      expect(approved.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
    },
  )

  test('a plan of nothing needs no review, none at all is refused, and plan-approval none asks for none', async () => {
    const { name, files, inputs } = place()
    const unplanned = await stage.open(`${name} unplanned`, files(data('a', '"one"')))
    const trigger = await stage.merged(unplanned)
    const refused = await stage.run(trigger, inputs)
    expect(refused.outputs).toMatchObject({ applied: 'false', 'gate-code': 'PLAN_NOT_REVIEWED' })
    expect(await body(unplanned)).toMatch(/has no plan comment of this action/)
    const waived = await stage.run(trigger, { ...inputs, 'plan-approval': 'none' })
    expect(waived.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
    expect(await body(unplanned)).toMatch(/Not compared/)
    expect((await stage.run(trigger, inputs)).outputs).toMatchObject({ 'has-changes': 'false', gate: 'passed' })
  })

  test('a direct push without a pull request follows plan-approval', async () => {
    const { files, inputs } = place()
    const sources = files(data('a', '"one"'))
    await stage.write(sources)
    const { after, before } = await stage.github.push(sources, 'Hotfix')
    const pushed = stage.pushed({ before, after })
    expect((await stage.run(pushed, inputs)).outputs).toMatchObject({
      applied: 'false',
      'gate-code': 'PLAN_NOT_REVIEWED',
    })
    expect((await stage.run(pushed, { ...inputs, 'plan-approval': 'none' })).outputs).toMatchObject({ applied: 'true' })
  })

  test.each(['squash', 'rebase'] as const)('a %s merge finds its pull request', async method => {
    const { name, files, inputs } = place()
    const pull = await stage.open(`${name} ${method}`, files(data('a', '"one"')))
    await stage.run(stage.opened(pull), inputs)
    expect((await stage.run(await stage.merged(pull, method), inputs)).outputs).toMatchObject({ applied: 'true' })
  })
})

describe('what does not count as a review', () => {
  async function reviewed() {
    const { name, files, inputs } = place()
    const pull = await stage.open(`${name} reviewed`, files(data('a', '"one"')))
    await stage.run(stage.opened(pull), inputs)
    const [comment] = await stage.github.comments(pull.number)
    return { name, files, inputs, pull, comment: comment ?? { id: 0, body: '' } }
  }

  test('a comment that somebody edited, even outside of the plan', async () => {
    const { inputs, pull, comment } = await reviewed()
    await stage.editComment(comment.id, comment.body.replace('1 to add', '0 to add'))
    const refused = await stage.run(await stage.merged(pull), inputs)
    expect(refused.outputs).toMatchObject({ applied: 'false', 'gate-code': 'PLAN_RECORD_CHANGED' })
    expect(await body(pull)).toMatch(/is not as this action wrote it/)
  })

  test('line ends that GitHub writes another way are no edit', async () => {
    const { inputs, pull, comment } = await reviewed()
    await stage.editComment(comment.id, comment.body.replaceAll('\n', '\r\n'))
    expect((await stage.run(await stage.merged(pull), inputs)).outputs).toMatchObject({ applied: 'true' })
  })

  test('a record taken from the comment of another pull request', async () => {
    const other = await reviewed()
    const { inputs, pull, comment } = await reviewed()
    const record = other.comment.body.split('\n')[1] ?? ''
    expect(record).toMatch(/^<!-- terraform-mcp-deploy plan /)
    const lines = comment.body.split('\n')
    await stage.editComment(comment.id, [lines[0], record, ...lines.slice(2)].join('\n'))
    expect((await stage.run(await stage.merged(pull), inputs)).outputs).toMatchObject({
      applied: 'false',
      'gate-code': 'PLAN_RECORD_CHANGED',
    })
  })

  test('the whole comment of another pull request', async () => {
    const other = await reviewed()
    const { inputs, pull, comment } = await reviewed()
    const [marker] = comment.body.split('\n')
    const lines = other.comment.body.split('\n')
    await stage.editComment(comment.id, [marker, ...lines.slice(1)].join('\n'))
    expect((await stage.run(await stage.merged(pull), inputs)).outputs).toMatchObject({
      applied: 'false',
      'gate-code': 'PLAN_RECORD_CHANGED',
    })
  })

  test("a person's comment that quotes ours", async () => {
    const { inputs, name, files } = place()
    const model = await reviewed()
    const pull = await stage.open(`${name} quoted`, files(data('a', '"one"')))
    await stage.github.octokit.rest.issues.createComment({
      owner: stage.github.owner,
      repo: stage.github.repo,
      issue_number: pull.number,
      body: model.comment.body,
    })
    expect((await stage.run(await stage.merged(pull), inputs)).outputs['gate-code']).toBe('PLAN_NOT_REVIEWED')
  })

  test('the plan of an older commit of the branch', async () => {
    const { inputs, pull, name } = await reviewed()
    await stage.github.pushTo(pull.number, { [`${name}/notes.txt`]: 'more' })
    const refused = await stage.run(await stage.merged(pull), inputs)
    expect(refused.outputs).toMatchObject({ applied: 'false', 'gate-code': 'PLAN_OUTDATED' })
    expect(refused.log).toMatch(
      /the plan of the merged commit [0-9a-f]{7}: the plan comment on pull request #\d+ shows commit [0-9a-f]{7}/,
    )
  })

  test('the plan with another key, and with the right one it does', async () => {
    const { name, files, inputs } = place()
    const keyed = { ...inputs, 'plan-approval-key': 'a-long-random-secret' }
    const pull = await stage.open(`${name} keyed`, files(data('a', 'var.secret')))
    const planned = await stage.run(stage.opened(pull), keyed)
    expect(planned.outputs['plan-fingerprint']).toMatch(/^sha256:/)
    const trigger = await stage.merged(pull)
    const before = await body(pull)
    const [comment] = await stage.github.comments(pull.number)
    const other = await stage.run(trigger, { ...inputs, 'plan-approval-key': 'another-long-secret' })
    expect(other.outputs).toMatchObject({ applied: 'false', 'gate-code': 'PLAN_RECORD_CHANGED' })
    await stage.editComment(comment?.id ?? 0, before)
    expect((await stage.run(trigger, keyed)).outputs).toMatchObject({ applied: 'true' })
  })
})

describe('the life of a record', () => {
  /** A stack whose first version is deployed, and a way to deploy further ones. */
  async function deployed() {
    const { name, files, inputs } = place()
    const deploy = async (version: string) => {
      const pull = await stage.open(`${name} ${version}`, files(data('a', `"${version}"`)))
      await stage.run(stage.opened(pull), inputs)
      const trigger = await stage.merged(pull)
      expect((await stage.run(trigger, inputs)).outputs).toMatchObject({ applied: 'true' })
      return { pull, trigger }
    }
    return { name, files, inputs, deploy, first: await deploy('v1') }
  }
  /** Checks the files of an earlier version out, as a re-run of its job does. */
  const checkOut = async (files: Record<string, string>) => await stage.write(files)

  test('a re-run of an earlier deployment is refused, and the newest one still runs', async () => {
    const { files, inputs, deploy } = await deployed()
    const second = await deploy('v2')
    const third = await deploy('v3')
    await checkOut(files(data('a', '"v2"')))
    const refused = await stage.run(again(second.trigger), inputs)
    expect(refused.outputs).toMatchObject({ applied: 'false', 'gate-code': 'COMMIT_SUPERSEDED' })
    expect(refused.log).toMatch(/is superseded: pull request #\d+ was merged after it and was applied already/)

    // The comments with the proof are gone, so nothing can be shown.
    for (const { pull } of [second, third]) {
      const [comment] = await stage.github.comments(pull.number)
      await stage.editComment(comment?.id ?? 0, 'edited')
    }
    const blind = await stage.run(again(second.trigger), inputs)
    expect(blind.outputs).toMatchObject({ applied: 'false', 'gate-code': 'COMMIT_SUPERSEDED' })
    // An approved fingerprint does not help either.
    const approve = { command: 'apply', 'plan-approval': blind.outputs['plan-fingerprint'] ?? '' }
    expect((await stage.run(again(second.trigger), { ...inputs, ...approve })).outputs).toMatchObject({
      'gate-code': 'COMMIT_SUPERSEDED',
    })
    expect(state.state).toContain('"v3"')

    await checkOut(files(data('a', '"v3"')))
    const newest = await stage.run(again(third.trigger), inputs)
    expect(newest.outputs).toMatchObject({ 'has-changes': 'false', gate: 'passed' })
  })

  test('a value that somebody changed after the apply is not set back without a review', async () => {
    const { inputs, files, first } = await deployed()
    state.state = state.state?.replaceAll('"v1"', '"changed"')
    await checkOut(files(data('a', '"v1"')))
    const refused = await stage.run(again(first.trigger), inputs)
    expect(refused.outputs).toMatchObject({ applied: 'false', 'gate-code': 'PLAN_APPLIED' })
  })

  test('a re-run of the plan job of a merged pull request signs nothing and overwrites nothing', async () => {
    const { inputs, files, first } = await deployed()
    const before = await body(first.pull)
    expect(before).toMatch(/Applied and verified/)
    await checkOut(files(data('a', '"other"')))
    const planned = await stage.run(again(stage.opened(first.pull)), inputs)
    expect(planned.log).toMatch(/is not open any more/)
    expect(await body(first.pull)).toBe(before)
  })

  test('two reviewed pull requests in one apply: the first one never ran', async () => {
    const { name, files, inputs } = await deployed()
    const base = data('a', '"v1"')
    const one = await stage.open(`${name} one`, files(base + data('one', '"1"')))
    await stage.run(stage.opened(one), inputs)
    const two = await stage.open(`${name} two`, { ...files(base), [`${name}/two.tf`]: data('two', '"2"') })
    await stage.run(stage.opened(two), inputs)
    await stage.merged(one)
    const trigger = await stage.merged(two)
    await stage.write({ ...files(base + data('one', '"1"')), [`${name}/two.tf`]: data('two', '"2"') })
    const both = await stage.run(trigger, inputs)
    expect(both.log).not.toMatch(/##\[error]/)
    expect(both.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
    expect(await body(two)).toMatch(
      new RegExp(`every change was reviewed on pull request #${two.number}, #${one.number}`),
    )
  })
})

describe('a plan from before there was a state', () => {
  test('is told apart from an edit, and its fingerprint is the way on', async () => {
    const { name, files, inputs } = place()
    const late = await stage.open(`${name} late`, files(data('a', '"one"') + data('b', '"two"')))
    await stage.run(stage.opened(late), inputs)
    const early = await stage.open(`${name} early`, files(data('a', '"one"')))
    await stage.run(stage.opened(early), inputs)
    expect((await stage.run(await stage.merged(early), inputs)).outputs).toMatchObject({ applied: 'true' })

    await stage.write(files(data('a', '"one"') + data('b', '"two"')))
    const trigger = await stage.merged(late)
    const refused = await stage.run(trigger, inputs)
    expect(refused.outputs).toMatchObject({ applied: 'false', 'gate-code': 'PLAN_BEFORE_STATE' })
    // The reason stays the same when it is run again.
    expect((await stage.run(again(trigger), inputs)).outputs['gate-code']).toBe('PLAN_BEFORE_STATE')
    const fingerprint = refused.outputs['plan-fingerprint'] ?? ''
    expect(await body(late)).toContain(fingerprint)
    const approve = { command: 'apply', 'plan-approval': fingerprint }
    const approved = await stage.run(workflowDispatch(stage.github, { sha: trigger.github.sha }), {
      ...inputs,
      ...approve,
    })
    expect(approved.log).not.toMatch(/##\[error]/)
    expect(approved.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
  })

  test('whose apply was lost before it could sign for the state has its own code, and the same way on', async () => {
    const { name, files, inputs } = place()
    const sources = files(
      data('quick', '"one"') +
        `resource "terraform_data" "slow" {
           input = terraform_data.quick.id
           provisioner "local-exec" { command = "sleep 2; test -e allowed" }
         }`,
    )
    const pull = await stage.open(`${name} unsigned`, sources)
    await stage.run(stage.opened(pull), inputs)
    const trigger = await stage.merged(pull)
    const running = stage.start(trigger, inputs)
    await running.line('Executing:')
    running.kill()
    await running.done
    // Terraform is detached, so it goes on until its provisioner fails.
    await expect.poll(() => state.resources().map(({ tainted }) => tainted), { timeout: 60_000 }).toEqual([false, true])
    await expect.poll(() => state.lock, { timeout: 60_000 }).toBeUndefined()
    await stage.write({ [`${name}/allowed`]: '' })
    const refused = await stage.run(again(trigger), inputs)
    expect(refused.outputs).toMatchObject({ applied: 'false', 'gate-code': 'APPLY_UNSIGNED' })
    const approve = { command: 'apply', 'plan-approval': refused.outputs['plan-fingerprint'] ?? '' }
    const approved = await stage.run(workflowDispatch(stage.github, { sha: trigger.github.sha }), {
      ...inputs,
      ...approve,
    })
    expect(approved.log).not.toMatch(/##\[error]/)
    expect(approved.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
  })
})

describe('an apply that was interrupted', () => {
  test('goes on with what is left of the reviewed plan when it is run again, and with nothing else', async () => {
    const { name, files, inputs } = place()
    const sources = files(
      data('quick', '"one"') +
        `resource "terraform_data" "slow" {
           input = terraform_data.quick.id
           provisioner "local-exec" { command = "test -e allowed" }
         }`,
    )
    const pull = await stage.open(`${name} half`, sources)
    await stage.run(stage.opened(pull), inputs)
    const trigger = await stage.merged(pull)
    const red = await stage.run(trigger, inputs)
    expect(red.conclusion).toBe('failure')
    expect(state.resources().map(({ tainted }) => tainted)).toEqual([false, true])

    await stage.write({ ...sources, [`${name}/more.tf`]: data('smuggled', '"in"') })
    const smuggled = await stage.run(trigger, inputs)
    expect(smuggled.outputs).toMatchObject({ 'gate-code': 'PLAN_CHANGED' })
    expect(await body(pull)).toMatch(/`terraform_data.smuggled`: \*\*create\*\* was not reviewed/)

    await stage.write({ [`${name}/more.tf`]: '', [`${name}/allowed`]: '' })
    const green = await stage.run(trigger, inputs)
    expect(green.log).not.toMatch(/##\[error]/)
    expect(green.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
    expect(await body(pull)).toMatch(/As reviewed.*the plan is the remainder of the plan reviewed at/)
  })
})

describe('two applies of one stack at the same time', () => {
  test('apply the reviewed plan once, and the next run has nothing to do', async () => {
    const { name, files, inputs: own } = place()
    const inputs = { ...own, 'plan-approval-key': 'a key of sixteen characters' }
    const pull = await stage.open(
      `${name} twice`,
      files(
        `resource "terraform_data" "once" {
           provisioner "local-exec" { command = "echo applied >> applies" }
         }`,
      ),
    )
    await stage.run(stage.opened(pull), inputs)
    const trigger = await stage.merged(pull)
    // Each runner has a checkout of its own. Neither applies before both have planned.
    let plans = 0
    state.mayLock = operation => {
      if (operation === 'OperationTypePlan') plans++
      return operation !== 'OperationTypeApply' || plans >= 2
    }
    const jobs = [1, 2].map(job =>
      stage.start(trigger, inputs, { TF_DATA_DIR: join(stage.temp, `data-${name}-${job}`) }),
    )
    const results = await Promise.all(jobs.map(({ done }) => done))
    expect(plans).toBe(2)
    expect(results.map(({ conclusion }) => conclusion).sort()).toEqual(['failure', 'success'])
    const won = results.find(({ conclusion }) => conclusion === 'success')
    const lost = results.find(({ conclusion }) => conclusion === 'failure')
    expect(won?.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
    expect(lost?.outputs['failure-code']).toMatch(/^(TERRAFORM_APPLY_FAILED|PLAN_APPLIED)$/)
    expect(state.resources()).toEqual([{ address: 'terraform_data.once', tainted: false }])
    expect(await stage.read(`${name}/applies`)).toBe('applied\n')

    const next = await stage.run(again(trigger), inputs)
    expect(next.log).not.toMatch(/##\[error]/)
    expect(next.outputs).toMatchObject({ 'has-changes': 'false', gate: 'passed' })
    expect(await stage.read(`${name}/applies`)).toBe('applied\n')
  })
})

describe('an apply whose process was lost', () => {
  test('goes on too, with the state that it has made meanwhile and a sensitive value', async () => {
    const { name, files, inputs } = place()
    const slow = (resource: string) =>
      `resource "terraform_data" "${resource}" {
         input = var.secret
         provisioner "local-exec" { command = "sleep 2" }
       }`
    const sources = files(`${slow('a')}\nresource "terraform_data" "b" { input = terraform_data.a.id }`)
    const pull = await stage.open(`${name} lost`, sources)
    await stage.run(stage.opened(pull), inputs)
    const trigger = await stage.merged(pull)
    const running = stage.start(trigger, inputs)
    await running.line('Executing:')
    running.kill()
    expect((await running.done).main.signal).toBe('SIGKILL')
    expect(await body(pull)).toContain(`${engine.title} is applying`)

    const next = await stage.run(trigger, inputs)
    expect(next.log).not.toMatch(/##\[error]/)
    expect(next.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
    expect(state.lock).toBeUndefined()
  })
})

describe('a merge queue', () => {
  test('is red where the merge would be refused, and green with more from the pull requests before', async () => {
    const { name, files, inputs } = place()
    const sources = files(data('a', '"one"'))
    const pull = await stage.open(`${name} queue`, sources)
    await stage.run(stage.opened(pull), inputs)
    const queue = mergeGroup(stage.github, pull, { sha: pull.mergeCommitSha })
    const same = await stage.run(queue, inputs)
    expect(same.log).not.toMatch(/##\[error]/)
    expect(same.outputs.command).toBe('plan')

    await stage.write({ [`${name}/before.tf`]: data('before', '"me"') })
    const more = await stage.run(queue, inputs)
    expect(more.conclusion).toBe('success')
    expect(more.annotations).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        message: expect.stringMatching(/has more changes than the reviewed one/),
      }),
    )

    await stage.write(files(data('a', '"other"')))
    const other = await stage.run(queue, inputs)
    expect(other.conclusion).toBe('failure')
    expect(other.outputs['gate-code']).toBe('PLAN_CHANGED')
    expect(other.summary).toMatch(/`terraform_data.a` \(create\): `input` differs/)
    expect(await body(pull)).toMatch(/1 to add/)
  })
})

describe('a pull request that gets no credentials', () => {
  test.each(['fork', 'dependabot'] as const)(
    '%s: format and syntax in the summary, why there is no plan and nothing is executed, green',
    async who => {
      const { name, files, inputs } = place()
      const pull = await stage.open(`${name} ${who}`, {
        ...files(data('a', '"one"')),
        [`${name}/ugly.tf`]: 'locals {\na=1\n}\n',
      })
      const trigger = who === 'fork' ? pullRequestOpened(stage.github, pull, { fork: 'mallory' }) : stage.opened(pull)
      const visitor = who === 'fork' ? trigger : { ...trigger, github: { ...trigger.github, actor: 'dependabot[bot]' } }
      const result = await stage.run(visitor, inputs)
      expect(result.log).not.toMatch(/##\[error]/)
      expect(result.conclusion).toBe('success')
      expect(result.summary).toMatch(/There is no plan: the pull request (comes from a fork|is of Dependabot)/)
      expect(result.summary).toMatch(new RegExp(`\`${engine.tool} fmt\` would change .*ugly\\.tf`))
      expect(result.summary).toContain(`\`${engine.tool} validate\`: not run`)
      expect(result.summary).toMatch(/read and not executed: .* this job holds .*`AWS_ACCESS_KEY_ID`/)
      expect(await stage.github.comments(pull.number)).toEqual([])

      await stage.write({ [`${name}/broken.tf`]: 'output "x" {\n  value = "unclosed\n}\n' })
      expect((await stage.run(visitor, inputs)).conclusion).toBe('success')
      const strict = await stage.run(visitor, { ...inputs, forks: 'fail' })
      expect(strict.conclusion).toBe('failure')
      expect(strict.outputs['failure-code']).toBe('CHECK_INVALID')
      expect(strict.log).toMatch(new RegExp(`${engine.tool} fmt: .* \\(\\S+/broken\\.tf:\\d\\)`))
      expect(strict.annotations).toContainEqual({
        level: 'error',
        message: expect.stringMatching(/multi-line string/i),
        properties: { file: `${name}/broken.tf`, line: '2' },
      })
    },
  )
})
