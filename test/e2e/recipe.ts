/**
 * A repository in which the workflow of a page is tried out: the workflow is taken from the page itself and committed, and
 * GitHub's events run it. Only names are put in that a user would put in, too; they are listed here and by each test.
 */
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Aws } from '../support/aws.ts'
import { pullRequestOpened, pushed, scheduled, type Trigger, workflowDispatch } from '../support/events.ts'
import { type GitHub, type PullRequest, startGitHub } from '../support/github.ts'
import { terraformSettings } from '../support/toolchain.ts'
import { GitHubActions, type JobResult, type Settings, type WorkflowRun } from '../support/workflow.ts'

const pages = fileURLToPath(new URL('../../docs/', import.meta.url))

/** The roles of terraform/github-oidc with its defaults, and the variables of the repository that name them. */
export const planRole = 'arn:aws:iam::123456789012:role/mcp-deploy-plan'
export const applyRole = 'arn:aws:iam::123456789012:role/mcp-deploy-apply'
const subject = 'repo:acme/mcp-server'
export const roles = {
  [planRole]: [`${subject}:pull_request`, `${subject}:ref:refs/heads/main`],
  [applyRole]: [`${subject}:ref:refs/heads/main`],
}

export interface Page {
  /** The path that its first line names. */
  readonly path: string
  readonly text: string
}

/** The complete workflows of a page below docs/: one, or two if each file has its own events. */
export function workflowsOf(page: string): Page[] {
  const markdown = readFileSync(join(pages, page), 'utf8')
  const found = [...markdown.matchAll(/^```yaml\n(# (\.github\/workflows\/\S+)\n[\s\S]*?)^```$/gm)]
  if (found.length === 0) throw new Error(`docs/${page} has no workflow that names its file`)
  return found.map(([, text = '', path = '']) => ({ path, text }))
}

export interface Trial {
  readonly github: GitHub
  readonly bucket: string
  /** Runs the workflow of a page that listens to an event; without `page`, of the first one. Throws if none or several do. */
  readonly run: (trigger: Trigger, page?: string) => Promise<WorkflowRun>
  /** Opens a pull request and runs the workflow for it. */
  open(title: string, files: Record<string, string>): Promise<{ pull: PullRequest; run: WorkflowRun }>
  /** Merges it and runs the workflow for the push. */
  merge(pull: PullRequest): Promise<WorkflowRun>
  /** Pushes to the default branch, and runs nothing. */
  push(files: Record<string, string>): Promise<Trigger>
  /** Runs the workflow of a page as the clock does. */
  atTime(cron: string, page?: string): Promise<WorkflowRun>
  /** Runs the workflow of a page as a person does, on the default branch or another one. */
  byHand(inputs: object, page?: string, branch?: string): Promise<WorkflowRun>
  comments(pull: PullRequest): Promise<string[]>
  /** The state at a key of the bucket; undefined when there is none. */
  state(key: string): Promise<string | undefined>
}

/** Repositories that share one AWS. */
export class Trials implements AsyncDisposable {
  readonly #aws: Aws
  readonly #directory: string
  readonly #githubs: GitHub[] = []

  /** @param directory for what the machines keep; the caller removes it */
  constructor(aws: Aws, directory: string) {
    this.#aws = aws
    this.#directory = directory
  }

  /** What is in the environment of every machine: where AWS is, and no credentials. */
  get machine(): Record<string, string> {
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, AWS_REGION: ___, ...env } = this.#aws.env
    return { ...env, ...terraformSettings(this.#directory) }
  }

  /**
   * A repository with the workflows of these pages.
   * @param pages below docs/
   * @param names what a user puts in the place of a text of the page, beside the bucket
   */
  async of(
    pages: readonly [string, ...string[]],
    settings: Partial<Settings> | ((github: GitHub) => Partial<Settings>) = {},
    names: Readonly<Record<string, string>> = {},
  ): Promise<Trial> {
    const github = await startGitHub({ owner: 'acme', repo: 'mcp-server' })
    this.#githubs.push(github)
    const bucket = `state-${this.#githubs.length}`
    await this.#aws.createBucket(bucket)
    const replaced = Object.entries({ 'my-terraform-state': bucket, ...names })
    const workflows = pages.flatMap(workflowsOf).map(({ path, text }) => {
      return [path, replaced.reduce((all, [name, own]) => all.replaceAll(name, own), text)] as const
    })
    let tip = (await github.push(Object.fromEntries(workflows), 'The workflows')).after

    const actions = new GitHubActions({
      github,
      runners: { 'ubuntu-24.04': { env: this.machine } },
      vars: { AWS_PLAN_ROLE: planRole, AWS_APPLY_ROLE: applyRole },
      roles,
      directory: mkdtempSync(join(this.#directory, 'repository-')),
      ...(typeof settings === 'function' ? settings(github) : settings),
    })
    const run: Trial['run'] = async (trigger, page = pages[0]) => {
      const runs: WorkflowRun[] = []
      for (const { path } of workflowsOf(page)) runs.push(await actions.run(path, trigger))
      const [triggered, ...others] = runs.filter(each => each.triggered)
      if (triggered === undefined || others.length > 0)
        throw new Error(`docs/${page} has ${others.length + (triggered ? 1 : 0)} workflows for ${trigger.event.name}`)
      return triggered
    }
    return {
      github,
      bucket,
      run,
      async open(title, files) {
        const branch = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
        const pull = await github.createPullRequest({ title, branch, files })
        return { pull, run: await run(pullRequestOpened(github, pull)) }
      },
      async merge({ number }) {
        const { sha, before } = await github.merge(number)
        tip = sha
        return await run(pushed(github, { before, after: sha }))
      },
      async push(files) {
        const { before, after } = await github.push(files, 'A push')
        tip = after
        return pushed(github, { before, after })
      },
      atTime: (cron, page) => run(scheduled(github, { sha: tip, cron }), page),
      byHand: (inputs, page, branch = 'main') => {
        const onMain = workflowDispatch(github, { sha: tip, inputs })
        return run({ ...onMain, github: { ...onMain.github, ref: `refs/heads/${branch}` } }, page)
      },
      comments: async ({ number }) => (await github.comments(number)).map(({ body }) => body),
      state: key => this.#aws.object(bucket, key),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#githubs.map(github => github.stop()))
  }
}

/** The outputs of this action in a job. */
export function outputsOf(job: JobResult | undefined): Readonly<Record<string, string>> {
  return job?.steps.findLast(({ outputs }) => 'failed-phase' in outputs || 'command' in outputs)?.outputs ?? {}
}
