/** The commit status of the plan on open pull requests: set by their plans, and by the applies of others. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { workflowDispatch } from '../support/events.ts'
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
    inputs: { 'mcp-timeout': '60s', 'mcp-rounds': '1', 'alivemcp-api-key': '', 'working-directory': 'infra' },
  })
})
afterAll(async () => {
  await stage?.close()
  await server?.[Symbol.asyncDispose]()
})
beforeEach(async () => {
  state = await startHttpState()
})
afterEach(() => state.stop())

/** A root module with these inputs of resources that cost nothing. */
const files = (values: Record<string, string>) => ({
  'infra/main.tf': `
    terraform {
      ${state.backend}
    }
    ${Object.entries(values)
      .map(([name, input]) => `resource "terraform_data" "${name}" { input = "${input}" }`)
      .join('\n')}
    output "mcp_endpoint" { value = "${server.url}/mcp" }
    output "instance_id" { value = "i-0123456789" }
  `,
})
const statusOf = ({ headSha }: PullRequest) => stage.github.statusesOf(headSha)

async function plan(title: string, values: Record<string, string>): Promise<PullRequest> {
  const pull = await stage.open(title, files(values))
  expect((await stage.run(stage.opened(pull))).conclusion).toBe('success')
  return pull
}

test('an apply marks the open pull requests whose plans it made stale, and a new plan is current again', async () => {
  const early = await plan('Early', { a: '1', b: '9' })
  const first = await plan('First', { a: '1' })
  expect(statusOf(first)).toMatchObject([{ context: 'plan is current (infra)', state: 'success' }])
  expect((await stage.run(await stage.merged(first))).outputs).toMatchObject({ applied: 'true' })
  // No secret signs a plan from before there was a state.
  expect(statusOf(early)).toMatchObject([
    { state: 'failure', description: `Planned before #${first.number} was applied: update the branch to plan again.` },
  ])

  const second = await plan('Second', { a: '2' })
  const same = await plan('Same resource', { a: '3' })
  const other = await plan('Other resource', { a: '1', c: '1' })
  await stage.write(files({ a: '2' }))
  const before = stage.github.requests.length
  const applied = await stage.run(await stage.merged(second))
  expect(applied.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
  expect(applied.log).toContain(`The plan of pull request #${same.number} is stale`)
  expect(statusOf(same)).toMatchObject([
    { state: 'failure', description: expect.stringContaining(`#${second.number}`) },
  ])
  expect(statusOf(other)).toMatchObject([{ state: 'success' }])
  // One request for the list, one for each other open pull request, and one for each stale plan: the early one still is.
  const operations = stage.github.requests.slice(before).map(({ operation }) => operation)
  expect(operations.slice(-6)).toEqual([
    'pulls/list',
    ...Array(3).fill('issues/list-comments'),
    ...Array(2).fill('repos/create-commit-status'),
  ])

  await stage.write(files({ a: '3' }))
  const updated = await stage.github.pushTo(same.number, { 'infra/notes.txt': 'updated' })
  expect(statusOf(updated)).toEqual([])
  await stage.run(stage.opened(updated))
  expect(statusOf(updated)).toMatchObject([{ state: 'success' }])
  expect(stage.github.violations).toEqual([])
})

test('a plan that fails is not current, and a re-run on an older base is not either', async () => {
  const pull = await plan('Rerun', { a: '1' })
  await stage.write({ 'infra/main.tf': 'resource "terraform_data" "a" { input = var.missing }' })
  const opened = stage.opened(pull)
  expect((await stage.run(opened)).conclusion).toBe('failure')
  expect(statusOf(pull)).toMatchObject([{ state: 'failure', description: 'The plan failed, so nothing is reviewed.' }])
  await stage.write(files({ a: '1' }))
  await stage.run(opened)
  expect(statusOf(pull)).toMatchObject([{ state: 'success' }])
  await stage.github.push({ 'notes.txt': 'main moves' }, 'Notes')
  const again = { ...opened, github: { ...opened.github, runAttempt: '2' } }
  await stage.run(again)
  expect(statusOf(pull)).toMatchObject([
    { state: 'failure', description: expect.stringContaining('A re-run plans on') },
  ])
})

test('a destroy makes every open plan stale', async () => {
  const first = await plan('Deployed first', { a: '1' })
  await stage.run(await stage.merged(first))
  const pull = await plan('Left open', { a: '1', c: '2' })
  const { data: head } = await stage.github.octokit.rest.repos.getCommit({ ...stage.github, ref: 'main' })
  const destroyed = await stage.run(workflowDispatch(stage.github, head), {
    command: 'destroy',
    'confirm-destroy': 'infra',
  })
  expect(destroyed.conclusion, destroyed.log).toBe('success')
  expect(statusOf(pull)).toMatchObject([
    { state: 'failure', description: 'Planned before a destroy of this stack: update the branch to plan again.' },
  ])
})

test('without the permission the run passes with a notice that names it, and with never GitHub is not asked', async () => {
  const pull = await stage.open('No permission', files({ a: '1' }))
  const token = stage.github.issueToken({ contents: 'read', pull_requests: 'write' })
  const planned = await stage.run(stage.opened(pull), { 'github-token': token })
  expect(planned.conclusion).toBe('success')
  expect(planned.log).toMatch(
    /##\[notice\]The commit status of the plan .*Give the job the permission `statuses: write`/,
  )
  expect(statusOf(pull)).toEqual([])
  const before = stage.github.requests.length
  await stage.run(stage.opened(pull), { 'plan-status': 'never' })
  const operations = stage.github.requests.slice(before).map(({ operation }) => operation)
  expect(operations).not.toContain('repos/create-commit-status')
  const merged = await stage.run(await stage.merged(pull), { 'github-token': token })
  expect(merged.outputs).toMatchObject({ applied: 'true', gate: 'passed' })
  expect(merged.conclusion).toBe('success')
})
