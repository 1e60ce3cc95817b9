/**
 * A whole world for the action on one machine: AWS, GitHub and the monitor stood in for, a repository with a checkout,
 * and pull requests that are opened and merged as people do. The action is the shipped one, run as the runner runs it.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AliveMcp, startAliveMcp } from './alivemcp.ts'
import { type Aws, type Image, startAws } from './aws.ts'
import { testEngine } from './engine.ts'
import { pullRequestOpened, pushed, type Trigger } from './events.ts'
import { type GitHub, type Permissions, type PullRequest, startGitHub } from './github.ts'
import type { MergeMethod } from './github-repository.ts'
import { type ActionResult, type RunningAction, startAction } from './runner.ts'
import { terraformSettings } from './toolchain.ts'

const actionDirectory = fileURLToPath(new URL('../../', import.meta.url))

export interface StageOptions {
  readonly images: Readonly<Record<string, Image>>
  /** Inputs of every run, as in the workflow's `with:`. */
  readonly inputs: Readonly<Record<string, string>>
  /** The job's `env:` beyond what points at the stand-ins. */
  readonly env?: Readonly<Record<string, string>>
  /** Of the job's token; by default what the README asks for. */
  readonly permissions?: Permissions
}

export interface Stage {
  readonly aws: Aws
  readonly github: GitHub
  readonly monitor: AliveMcp
  /** Opens a pull request with these files and checks its branch out. */
  open(title: string, files: Readonly<Record<string, string>>): Promise<PullRequest>
  /** The event that GitHub sends for it. */
  opened(pull: PullRequest): Trigger
  /** Merges it and gives the push that follows. */
  merged(pull: PullRequest, method?: MergeMethod): Promise<Trigger>
  /** The push event of what somebody pushed to the default branch. */
  pushed(push: { before: string; after: string }): Trigger
  /** Changes files of the checkout, and of nothing else. */
  write(files: Readonly<Record<string, string>>): Promise<void>
  /** Removes a file of the checkout, as a fresh checkout does with what no commit has. */
  remove(name: string): void
  /** Reads a file of the checkout. */
  read(name: string): Promise<string>
  /** The runner's temporary directory. */
  readonly temp: string
  /** The directory of the checkout. */
  readonly workspace: string
  /** A person with write access changes a comment. */
  editComment(id: number, body: string): Promise<void>
  /** Starts the action for an event. Inputs given here go before those of the stage. */
  /** @param env variables of this job only */
  start(
    trigger: Trigger,
    inputs?: Readonly<Record<string, string>>,
    env?: Readonly<Record<string, string>>,
  ): RunningAction
  run(trigger: Trigger, inputs?: Readonly<Record<string, string>>): Promise<ActionResult>
  /** An object of the state bucket, such as a state or its lock; undefined when there is none. */
  stateObject(key: string): Promise<string | undefined>
  /** Ends what is still running, and removes every file. */
  close(): Promise<void>
}

export const stateBucket = 'acme-terraform-state'

export async function setStage({ images, inputs, env = {}, permissions }: StageOptions): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'mcp-deploy-'))
  const workspace = join(directory, 'checkout')
  const temp = join(directory, 'temp')
  for (const each of [workspace, temp]) mkdirSync(each)
  const running = new Set<RunningAction>()
  const started: { close(): Promise<void> }[] = []
  const close = async () => {
    for (const action of running) action.cancel()
    await Promise.allSettled([...running].map(action => action.done))
    await Promise.allSettled(started.map(each => each.close()))
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const aws = await startAws({ tasks: images, dir: directory })
    started.push({ close: () => aws.stop() })
    const github = await startGitHub({ owner: 'acme', repo: 'mcp-server', ...(permissions && { permissions }) })
    started.push({ close: () => github.stop() })
    const monitor = await startAliveMcp()
    started.push({ close: () => monitor.stop() })
    await aws.createBucket(stateBucket)
    const settings = terraformSettings(directory)
    const engine = await testEngine()

    const start: Stage['start'] = (trigger, more = {}, ownEnv = {}) => {
      const action = startAction({
        action: actionDirectory,
        inputs: {
          'alivemcp-api-key': monitor.apiKey,
          'alivemcp-api-url': monitor.apiUrl,
          ...engine.inputs,
          ...inputs,
          ...more,
        },
        event: trigger.event,
        github: { ...trigger.github, apiUrl: github.apiUrl, token: github.token },
        env: { PATH: engine.path, ...aws.env, ...settings, ...env, ...ownEnv },
        workspace,
        temp,
        ...(trigger.checkedOut !== undefined && { checkedOut: trigger.checkedOut }),
      })
      running.add(action)
      void action.done.finally(() => running.delete(action)).catch(() => {})
      return action
    }

    const stage: Stage = {
      aws,
      github,
      monitor,
      async write(files) {
        for (const [name, content] of Object.entries(files)) {
          mkdirSync(dirname(join(workspace, name)), { recursive: true })
          writeFileSync(join(workspace, name), content)
        }
      },
      remove: name => rmSync(join(workspace, name), { force: true }),
      read: name => readFile(join(workspace, name), 'utf8'),
      temp,
      workspace,
      async editComment(id, body) {
        const { owner, repo, octokit } = github
        await octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body })
      },
      pushed: push => pushed(github, push),
      async open(title, files) {
        await stage.write(files)
        const branch = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
        return await github.createPullRequest({ title, branch, files: { ...files } })
      },
      opened: pull => pullRequestOpened(github, pull),
      async merged(pull, method) {
        const { sha, before } = await github.merge(pull.number, method)
        return pushed(github, { before, after: sha, message: `Merge pull request #${pull.number}` })
      },
      stateObject: key => aws.object(stateBucket, key),
      start,
      run: (trigger, more) => start(trigger, more).done,
      close,
    }
    return stage
  } catch (error) {
    await close()
    throw error
  }
}
