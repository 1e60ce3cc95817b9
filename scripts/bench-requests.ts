/**
 * The requests to GitHub of a plan and of an apply, counted by the stand-in of the tests. The requests of one page of a list are one
 * request. Each run is that of the shipped dist, on root modules of 10 and of 200 resources.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commented, pullRequestOpened, pushed, type Trigger } from '../test/support/events.ts'
import { startGitHub } from '../test/support/github.ts'
import { startHttpState } from '../test/support/http-state.ts'
import { v2 } from '../test/support/mcp/servers.ts'
import { runAction } from '../test/support/runner.ts'

/** The requests of one run: each operation with its number, in the order of the first use. */
export interface CountedRequests {
  readonly what: string
  readonly resources: number
  readonly count: number
  readonly operations: string
}

/** @param action the directory of the action. Throws if a run fails */
export async function countRequests(action: string, sizes: readonly number[]): Promise<CountedRequests[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-requests-'))
  const [workspace, temp] = [join(scratch, 'workspace'), join(scratch, 'temp')]
  for (const each of [join(workspace, 'infra'), temp]) mkdirSync(each, { recursive: true })
  await using server = await v2()
  const rows: CountedRequests[] = []
  try {
    for (const resources of sizes) {
      const github = await startGitHub({ owner: 'acme', repo: 'weather' })
      const state = await startHttpState()
      github.setRole('alice', 'write')
      github.setRole('bob', 'write')
      const files = (value: string) => ({
        'infra/main.tf': `
          terraform {
            ${state.backend}
          }
          resource "terraform_data" "all" {
            count = ${resources}
            input = "${value}"
          }
          output "mcp_endpoint" { value = "${server.url}/mcp" }
          output "instance_id" { value = "i-1" }
        `,
      })
      const run = async (what: string, trigger: Trigger, value: string) => {
        writeFileSync(join(workspace, 'infra/main.tf'), files(value)['infra/main.tf'])
        const before = github.requests.length
        const { conclusion, log } = await runAction({
          action,
          inputs: { 'working-directory': 'infra', 'mcp-rounds': '1', 'apply-before-merge': '/apply' },
          event: trigger.event,
          workspace,
          temp,
          github: { ...trigger.github, apiUrl: github.apiUrl, token: github.token },
          ...(trigger.checkedOut !== undefined && { checkedOut: trigger.checkedOut }),
        })
        if (conclusion !== 'success') throw new Error(`The run whose requests are counted failed (${what}):\n${log}`)
        const asked = github.requests.slice(before).map(({ operation }) => operation)
        const operations = [...new Set(asked)].map(name => {
          const times = asked.filter(each => each === name).length
          return times === 1 ? name : `${times} × ${name}`
        })
        rows.push({ what, resources, count: asked.length, operations: operations.join(', ') })
      }
      const open = (branch: string, value: string) =>
        github.createPullRequest({ title: branch, branch, files: files(value) })
      try {
        const first = await open('first', '1')
        await run('the plan of a pull request', pullRequestOpened(github, first), '1')
        const merge = async (number: number) => {
          const { sha, before } = await github.merge(number)
          return pushed(github, { before, after: sha })
        }
        await run('the apply of a merge', await merge(first.number), '1')
        const second = await open('second', '2')
        await run('another plan', pullRequestOpened(github, second), '2')
        const others = [await open('third', '3'), await open('fourth', '4')]
        for (const [index, other] of others.entries())
          await run('another plan', pullRequestOpened(github, other), `${index + 3}`)
        await run('the apply of a merge that makes 2 open pull requests stale', await merge(second.number), '2')
        const [third] = others
        if (third === undefined) throw new Error('no third pull request was opened')
        const updated = await github.updateBranch(third.number)
        await run('another plan', pullRequestOpened(github, updated), '3')
        github.review(updated.number, { by: 'bob', commit: updated.headSha })
        const comment = commented(github, updated, { sha: updated.baseSha, body: '/apply', by: 'alice' })
        await run('an apply before the merge', { ...comment, checkedOut: updated.headSha }, '3')
      } finally {
        await state.stop()
        await github.stop()
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  return rows.filter(({ what }) => what !== 'another plan')
}
