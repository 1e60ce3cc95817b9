/** Apply before the merge, on a comment: what it does, what the merge finds afterwards, and everybody who tries to get more from it. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { commented, pullRequestOpened, type Trigger } from '../support/events.ts'
import type { PullRequest } from '../support/github.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type Stage, setStage } from '../support/stage.ts'

let server: Listening
let stage: Stage
let state: HttpState
beforeAll(async () => {
  server = await v2()
  stage = await setStage({
    images: {},
    inputs: {
      'mcp-timeout': '60s',
      'mcp-rounds': '1',
      'alivemcp-api-key': '',
      'working-directory': 'infra',
      'apply-before-merge': '/apply',
      'plan-approval-key': 'a key of this repository',
    },
  })
  stage.github.setRole('alice', 'write')
  stage.github.setRole('bob', 'maintain')
  stage.github.setRole('triager', 'triage')
})
afterAll(async () => {
  await stage?.close()
  await server?.[Symbol.asyncDispose]()
})
beforeEach(async () => {
  state = await startHttpState()
})
afterEach(async () => {
  expect(stage.github.violations).toEqual([])
  await state.stop()
})

/** A root module with these inputs of resources that cost nothing, one file for each. */
const files = (values: Record<string, string>) => ({
  'infra/main.tf': `
    terraform {
      ${state.backend}
    }
    output "mcp_endpoint" { value = "${server.url}/mcp" }
    output "instance_id" { value = "i-0123456789" }
  `,
  ...Object.fromEntries(
    ['a', 'b'].map(name => [
      `infra/${name}.tf`,
      name in values ? `resource "terraform_data" "${name}" { input = "${values[name]}" }\n` : '# nothing\n',
    ]),
  ),
})

let tip = ''
/** Plans a pull request that sets these values. */
async function plan(title: string, values: Record<string, string>): Promise<PullRequest> {
  const pull = await stage.open(title, files(values))
  tip = pull.baseSha
  expect((await stage.run(stage.opened(pull))).conclusion).toBe('success')
  return pull
}
const approve = ({ number, headSha }: PullRequest, by = 'bob') => stage.github.review(number, { by, commit: headSha })
/** The run that a comment starts: the head of the pull request is checked out. */
const comment = (pull: PullRequest, more: { by?: string; action?: string; body?: string } = {}): Trigger => ({
  ...commented(stage.github, pull, { sha: tip, body: '/apply', by: 'alice', ...more }),
  checkedOut: pull.headSha,
})
const again = (trigger: Trigger): Trigger => ({ ...trigger, github: { ...trigger.github, runAttempt: '2' } })
const refused = (code: string) => ({ applied: 'false', 'failure-code': code })
const planComment = async ({ number }: PullRequest) => (await stage.github.comments(number))[0]?.body ?? ''

test('an approved pull request is applied on a comment, and its merge finds nothing to do', async () => {
  const pull = await plan('First', { a: '1' })
  approve(pull)
  const request = comment(pull)
  const applied = await stage.run(request)
  expect(applied.log).not.toMatch(/##\[error]/)
  expect(applied.outputs).toMatchObject({ command: 'apply', applied: 'true', gate: 'passed' })
  expect(await planComment(pull)).toMatch(/Applied and verified/)
  expect(await planComment(pull)).toMatch(/applied and not merged. Merge it now/)
  // Again before the merge: nothing is left.
  expect((await stage.run(comment(pull))).outputs).toMatchObject({ 'has-changes': 'false', gate: 'passed' })

  const push = await stage.merged(pull)
  const merged = await stage.run(push)
  expect(merged.outputs).toMatchObject({ 'has-changes': 'false', gate: 'passed' })
  expect(merged.conclusion).toBe('success')

  // Somebody re-runs the old run after the merge, when the state has changed.
  state.state = state.state?.replaceAll('"1"', '"changed"')
  expect((await stage.run(again(request))).outputs).toMatchObject(refused('APPLY_NOT_OPEN'))
  expect((await stage.run(again(push))).outputs).toMatchObject(refused('PLAN_APPLIED'))
  state.state = state.state?.replaceAll('"changed"', '"1"')

  // The next pull request is merged as always, and then the run of the first merge is superseded.
  const second = await plan('Second', { a: '2' })
  expect((await stage.run(await stage.merged(second))).outputs).toMatchObject({ applied: 'true', gate: 'passed' })
  await stage.write(files({ a: '1' }))
  expect((await stage.run(again(push))).outputs).toMatchObject(refused('COMMIT_SUPERSEDED'))
})

test('nothing runs for a stranger, an edited comment, a fork, or a head that moved after the approval', async () => {
  const pull = await plan('Adversaries', { a: '1' })
  const before = await planComment(pull)
  const comments = (await stage.github.comments(pull.number)).length
  const outcome = async (trigger: Trigger) => {
    const { outputs, log } = await stage.run(trigger)
    // Neither Terraform nor anything else of the pull request is started.
    expect(log).not.toMatch(/Terraform 1\.\d+/)
    expect(await planComment(pull)).toBe(before)
    return outputs
  }
  expect(await outcome(comment(pull))).toMatchObject(refused('APPLY_NOT_APPROVED'))
  approve(pull)
  expect(await outcome(comment(pull, { by: 'triager' }))).toMatchObject(refused('APPLY_NOT_PERMITTED'))
  expect(await outcome(comment(pull, { by: 'stranger' }))).toMatchObject(refused('APPLY_NOT_PERMITTED'))
  expect(await outcome(comment(pull, { action: 'edited' }))).toMatchObject({ command: 'none' })
  expect(await outcome(comment(pull, { body: 'please /apply' }))).toMatchObject({ command: 'none' })
  // The one notice is about the request of somebody who may ask.
  expect(await stage.github.comments(pull.number)).toHaveLength(comments + 1)

  stage.github.override(pull.number, { fork: 'mallory' })
  expect(await outcome(comment(pull))).toMatchObject(refused('APPLY_CODE_UNTRUSTED'))
  stage.github.override(pull.number, { author: 'dependabot[bot]' })
  expect(await outcome(comment(pull))).toMatchObject(refused('APPLY_CODE_UNTRUSTED'))
  stage.github.override(pull.number, { mergeable_state: 'blocked' })
  expect(await outcome(comment(pull))).toMatchObject(refused('APPLY_NOT_MERGEABLE'))
  stage.github.override(pull.number, {})

  const moved = await stage.github.pushTo(pull.number, { 'infra/a.tf': '# moved' })
  expect(await outcome(comment(pull))).toMatchObject(refused('APPLY_HEAD_MOVED'))
  expect(await outcome(comment(moved))).toMatchObject(refused('APPLY_NOT_APPROVED'))
  expect(state.state).toBeUndefined()

  // Approved again without a new plan: the record is that of the older commit.
  approve(moved)
  await stage.write({ 'infra/a.tf': '# moved' })
  expect((await stage.run(comment(moved))).outputs).toMatchObject({ applied: 'false' })
  expect(state.state).toBeUndefined()
})

test('a comment that somebody edited, and another plan, are refused with the way on for an unmerged pull request', async () => {
  const pull = await plan('Record', { a: '1' })
  const [{ id = 0, body = '' } = {}] = await stage.github.comments(pull.number)
  await stage.editComment(id, body.replace('1 to add', '0 to add'))
  approve(pull)
  const edited = await stage.run(comment(pull))
  expect(edited.outputs).toMatchObject(refused('PLAN_RECORD_CHANGED'))
  expect(edited.log).toMatch(/Update the branch so that it is planned again/)

  await stage.run(pullRequestOpened(stage.github, pull))
  approve(pull)
  await stage.write(files({ a: '1', b: '1' }))
  expect((await stage.run(comment(pull))).outputs).toMatchObject(refused('PLAN_CHANGED'))
  expect(state.state).toBeUndefined()
  const none = await stage.run(comment(pull), { 'plan-approval': 'none' })
  expect(none.outputs).toMatchObject(refused('INPUT_INVALID'))
})

test('two pull requests: the second was planned before the first was applied, and is refused until it contains it', async () => {
  const base = await plan('Base', { a: '1' })
  expect((await stage.run(await stage.merged(base))).outputs).toMatchObject({ applied: 'true' })
  const first = await plan('One', { a: '2' })
  const second = await plan('Two', { a: '1', b: '1' })
  approve(first)
  approve(second)
  await stage.write(files({ a: '2' }))
  expect((await stage.run(comment(first))).outputs).toMatchObject({ applied: 'true', gate: 'passed' })
  await stage.write(files({ a: '1', b: '1' }))
  expect((await stage.run(comment(second))).outputs).toMatchObject(refused('PLAN_CHANGED'))

  // Planned again, it shows that it takes the first one back, and it is refused although it is approved.
  await stage.run(stage.opened(second))
  expect(await planComment(second)).toMatch(new RegExp(`#${first.number}\\W is applied and not merged`))
  approve(second)
  const back = await stage.run(comment(second))
  expect(back.outputs).toMatchObject(refused('APPLY_OTHER_UNMERGED'))
  expect(state.state).toContain('"2"')

  await stage.write(files({ a: '2' }))
  expect((await stage.run(await stage.merged(first))).outputs).toMatchObject({ 'has-changes': 'false', gate: 'passed' })
  await stage.write(files({ a: '1', b: '1' }))
  expect((await stage.run(comment(second))).outputs).toMatchObject(refused('APPLY_BEHIND'))
  const updated = await stage.github.updateBranch(second.number)
  await stage.write(files({ a: '2', b: '1' }))
  await stage.run(stage.opened(updated))
  approve(updated)
  expect((await stage.run(comment(updated))).outputs).toMatchObject({ applied: 'true', gate: 'passed' })
  expect((await stage.run(await stage.merged(updated))).outputs).toMatchObject({ 'has-changes': 'false' })
})
