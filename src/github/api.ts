/**
 * GitHub client for pull requests with our comment, the issue of a scheduled verify, and deployments. It repeats a failed
 * request until a deadline if the cause can go away. A write without an answer may have succeeded, so the client reads the list
 * before it writes again. Text for people has the type `Markdown` or `Line`.
 */
import type { getOctokit } from '@actions/github'
import { GitHubError, messageOf, ServiceError } from '../errors.ts'
import type { Line } from '../log.ts'
import { poll, sleep } from '../poll.ts'
import { hiddenLine, type Markdown, md } from '../report/markdown.ts'
import type { ChangedFile } from '../stacks/changes.ts'

/** The facts about a pull request that its plan and its apply depend on. */
export interface PullRequest {
  readonly number: number
  readonly isOpen: boolean
  /** The last commit of its branch. */
  readonly head: string
  /** The branch that it is merged into. */
  readonly base: string
  /** The commit that its merge made; of an open pull request the test merge. */
  readonly mergeCommit: string
  readonly fromFork: boolean
}

/** The commits from one commit to another commit or branch. */
export interface CommitsBetween {
  /** `ancestor`: the base leads to the head; `unrelated`: it does not, or one of them does not exist. */
  readonly relation: 'same' | 'ancestor' | 'unrelated'
  /** Oldest first; undefined if there are more than `maxCommits`. */
  readonly commits: readonly string[] | undefined
}

/** A pull request that somebody wants to apply before its merge. */
export interface RequestedPullRequest extends PullRequest {
  readonly fromDependabot: boolean
  readonly author: string
  /** GitHub's word for whether the rules of the base branch allow the merge, such as `clean` or `blocked`. */
  readonly mergeability: string
}

/** A review that approves, requests changes, or was dismissed. */
export interface SubmittedReview {
  readonly by: string
  readonly state: 'approved' | 'changes-requested' | 'dismissed'
  readonly commit: string
  /** ISO 8601 */
  readonly at: string
}

export interface PostedComment {
  readonly id: number
  readonly url: string
}

interface Comment {
  readonly id: number
  readonly body: string
  /** ISO 8601 */
  readonly updatedAt: string
}

/** The start of our comment, or a predicate over the comment text. */
export type CommentMarker = string | ((body: string) => boolean)

/** An open issue that the owner of the token wrote. */
export interface OurIssue {
  readonly number: number
  readonly url: string
  readonly body: string
}

/** The status of a deployment (docs.github.com, "REST API endpoints for deployment statuses"). */
export interface DeploymentStatus {
  readonly state: 'in_progress' | 'success' | 'failure' | 'error' | 'inactive'
  /** At most 140 characters. */
  readonly description: string
  readonly logUrl: string
  readonly environmentUrl?: string | undefined
}

/** A status of a commit (docs.github.com, "REST API endpoints for commit statuses"). */
export interface CommitStatus {
  /** The name by which branch protection can require it. */
  readonly context: Line
  readonly state: 'success' | 'failure'
  /** At most 140 characters. */
  readonly description: Line
  readonly url: string
}

type Author = { readonly login: string; readonly type: string } | null

type Octokit = ReturnType<typeof getOctokit>

/** All in milliseconds. */
export interface GitHubTimes {
  /** Limit of one request. */
  readonly requestTimeoutMs: number
  /** Limit of one operation with all its repetitions. */
  readonly timeoutMs: number
  /** Delays after the first server errors without a requested wait. One more server error is final. */
  readonly retryDelaysMs: readonly number[]
  /** Delay after the first rate limit without a requested wait. It doubles with each further one. */
  readonly rateLimitDelayMs: number
  /** Delay between two requests for the merged pull request of a commit. */
  readonly mergeDelayMs: number
}

export const defaultGitHubTimes: GitHubTimes = {
  // The API itself gives up after ten seconds.
  requestTimeoutMs: 20_000,
  // A minute that a rate limit requires, and some faults.
  timeoutMs: 150_000,
  retryDelaysMs: [1_000, 2_000, 4_000],
  rateLimitDelayMs: 60_000,
  mergeDelayMs: 2_000,
}

/** How often one run writes the comment when other runs write it at the same time. */
const maxWrites = 4

/** How often GitHub is asked whether a pull request can be merged, until it knows. */
const maxMergeabilityRequests = 5

/** The most commits between two commits that are listed, a hundred with each request. */
const maxCommits = 300

/** Job permissions that the advice for a refused request names. */
type Permission = 'pull-requests' | 'issues' | 'deployments' | 'statuses' | 'pull-requests: read' | 'contents: read'

export class GitHub {
  readonly #token: string
  #client: Promise<Octokit> | undefined
  readonly #repository: { readonly owner: string; readonly repo: string }
  readonly #log: (text: string) => void
  readonly #times: GitHubTimes
  #login: string | undefined

  /** @param log receives a line when GitHub requires a wait, with the reason */
  constructor(
    token: string,
    owner: string,
    repo: string,
    log: (text: string) => void = () => {},
    times = defaultGitHubTimes,
  ) {
    this.#token = token
    this.#repository = { owner, repo }
    this.#log = log
    this.#times = times
  }

  /** Loads Octokit, which takes a tenth of a second, so that the first request need not wait for it. */
  preload(): void {
    void this.#api().catch(() => {})
  }

  /** Octokit, loaded at the first use: most runs of a job ask GitHub nothing before Terraform has run. */
  #api(): Promise<Octokit> {
    this.#client ??= import('@actions/github').then(({ getOctokit: create }) => {
      const octokit = create(this.#token)
      octokit.hook.before('request', ({ request }) => {
        const send = request.fetch as typeof fetch
        request.fetch = (url: string, options: RequestInit) =>
          send(url, { ...options, signal: AbortSignal.timeout(this.#times.requestTimeoutMs) })
      })
      return octokit
    })
    return this.#client
  }

  /**
   * Returns the merged pull request that a commit of the default branch came from, undefined for a direct push. GitHub lists
   * it only some seconds after the push event, so the request is repeated.
   * @param timeoutMs the longest wait
   * @throws ServiceError
   */
  async pullRequestOf(sha: string, timeoutMs: number): Promise<PullRequest | undefined> {
    const result = await poll<PullRequest>(
      async () => {
        const { data } = await this.#callWithRetry(`the pull requests of commit ${sha}`, async () =>
          (await this.#api()).rest.repos.listPullRequestsAssociatedWithCommit({ ...this.#repository, commit_sha: sha }),
        )
        const merged = data.filter(pull => pull.merged_at !== null)
        const match = merged.find(pull => pull.merge_commit_sha === sha) ?? merged[0]
        return match === undefined ? { waitingFor: 'a merged pull request' } : { done: toPullRequest(match) }
      },
      { delayMs: () => this.#times.mergeDelayMs, timeoutMs },
    )
    return result.timedOut ? undefined : result.value
  }

  /** Returns the current pull request of this number, merged or not. @throws ServiceError */
  async pullRequest(number: number): Promise<PullRequest> {
    const { data } = await this.#callWithRetry(`pull request #${number}`, async () =>
      (await this.#api()).rest.pulls.get({ ...this.#repository, pull_number: number }),
    )
    return toPullRequest(data)
  }

  /**
   * Returns the merged pull requests of a branch among the hundred closed ones that were updated last, newest merge first.
   * @throws ServiceError
   */
  async mergedPullRequests(branch: string): Promise<PullRequest[]> {
    const { data } = await this.#callWithRetry(`the merged pull requests of ${branch}`, async () =>
      (await this.#api()).rest.pulls.list({
        ...this.#repository,
        state: 'closed',
        base: branch,
        sort: 'updated',
        direction: 'desc',
        per_page: 100,
      }),
    )
    return data
      .filter(({ merged_at }) => merged_at !== null)
      .sort((a, b) => Date.parse(b.merged_at ?? '') - Date.parse(a.merged_at ?? '') || b.number - a.number)
      .map(toPullRequest)
  }

  /**
   * Returns the hundred open pull requests of a branch that were updated last, newest update first.
   * @throws ServiceError
   */
  async openPullRequests(branch: string): Promise<PullRequest[]> {
    const { data } = await this.#callWithRetry(
      `the open pull requests of ${branch}`,
      async () =>
        (await this.#api()).rest.pulls.list({
          ...this.#repository,
          state: 'open',
          base: branch,
          sort: 'updated',
          direction: 'desc',
          per_page: 100,
        }),
      undefined,
      'pull-requests: read',
    )
    return data.map(toPullRequest)
  }

  /** Sets a commit status. It replaces the earlier one of this context, so the request may be repeated. @throws ServiceError */
  async setCommitStatus(sha: string, { context, state, description, url }: CommitStatus): Promise<void> {
    await this.#callWithRetry(
      `the status of commit ${sha.slice(0, 7)}`,
      async () =>
        (await this.#api()).rest.repos.createCommitStatus({
          ...this.#repository,
          sha,
          context: String(context),
          state,
          description: String(description),
          target_url: url,
        }),
      undefined,
      'statuses',
    )
  }

  /**
   * Returns the commits from one commit to another commit or branch.
   * @throws ServiceError
   */
  async commitsBetween(base: string, head: string): Promise<CommitsBetween> {
    const what = `the commits between ${base.slice(0, 7)} and ${head}`
    const commits: string[] = []
    for (let page = 1; ; page++) {
      let data: Awaited<ReturnType<Octokit['rest']['repos']['compareCommitsWithBasehead']>>['data']
      try {
        const query = { ...this.#repository, basehead: `${base}...${head}`, per_page: 100, page }
        const request = async () => (await this.#api()).rest.repos.compareCommitsWithBasehead(query)
        data = (await this.#callWithRetry(what, request, undefined, 'contents: read')).data
      } catch (error) {
        if (statusOf(error) === 404) return { relation: 'unrelated', commits: [] }
        throw error
      }
      if (data.status === 'identical') return { relation: 'same', commits: [] }
      if (data.status !== 'ahead') return { relation: 'unrelated', commits: [] }
      if (data.total_commits > maxCommits) return { relation: 'ancestor', commits: undefined }
      commits.push(...data.commits.map(({ sha }) => sha))
      if (commits.length >= data.total_commits || data.commits.length === 0) return { relation: 'ancestor', commits }
    }
  }

  /**
   * Returns the files that a pull request changes, with the old paths of renamed files. GitHub lists at most 3,000.
   * @throws ServiceError
   */
  async filesOfPullRequest(number: number): Promise<ChangedFile[]> {
    const { listFiles } = (await this.#api()).rest.pulls
    const query = { ...this.#repository, pull_number: number, per_page: 100 }
    const files = await this.#callWithRetry(
      `the files of pull request #${number}`,
      async () => (await this.#api()).paginate(listFiles, query),
      undefined,
      'pull-requests: read',
    )
    return files.map(toChangedFile)
  }

  /**
   * Returns the files that differ between two commits. GitHub lists at most 300.
   * @returns undefined if `base` is not an ancestor of `head`, or one of them does not exist
   * @throws ServiceError
   */
  async filesBetween(base: string, head: string): Promise<ChangedFile[] | undefined> {
    try {
      const { data } = await this.#callWithRetry(
        `the files between ${base.slice(0, 7)} and ${head.slice(0, 7)}`,
        async () =>
          (await this.#api()).rest.repos.compareCommitsWithBasehead({
            ...this.#repository,
            basehead: `${base}...${head}`,
            // The first page has all files, however many commits it holds.
            per_page: 1,
            page: 1,
          }),
        undefined,
        'contents: read',
      )
      if (data.status !== 'ahead' && data.status !== 'identical') return undefined
      return (data.files ?? []).map(toChangedFile)
    } catch (error) {
      if (statusOf(error) === 404) return undefined
      throw error
    }
  }

  /**
   * Returns the body of the comment that `upsertComment` would update, undefined without one.
   * @throws ServiceError
   */
  async readComment(pullRequest: number, marker: CommentMarker): Promise<string | undefined> {
    const what = `the comment on pull request #${pullRequest}`
    return (await this.#ourComments(pullRequest, marker, what, Date.now() + this.#times.timeoutMs))[0]?.body
  }

  /**
   * Returns the body of our comment if it is one of the first hundred of the pull request. Needs one request.
   * @throws ServiceError
   */
  async readFirstComments(pullRequest: number, marker: CommentMarker): Promise<string | undefined> {
    const what = `the comment on pull request #${pullRequest}`
    return (await this.#ourComments(pullRequest, marker, what, Date.now() + this.#times.timeoutMs, 1))[0]?.body
  }

  /** Returns our comment and when it was written last, in ISO 8601; undefined without one. @throws ServiceError */
  async findComment(
    pullRequest: number,
    marker: CommentMarker,
  ): Promise<{ readonly body: string; readonly updatedAt: string } | undefined> {
    const what = `the comment on pull request #${pullRequest}`
    return (await this.#ourComments(pullRequest, marker, what, Date.now() + this.#times.timeoutMs))[0]
  }

  /**
   * Returns a pull request with what an apply before its merge depends on. GitHub computes whether it can be merged in the background,
   * so the request is repeated for some seconds until that is known.
   * @throws ServiceError
   */
  async requestedPullRequest(number: number): Promise<RequestedPullRequest> {
    for (let asked = 1; ; asked++) {
      const { data } = await this.#callWithRetry(`pull request #${number}`, async () =>
        (await this.#api()).rest.pulls.get({ ...this.#repository, pull_number: number }),
      )
      const { user, head, mergeable_state: mergeability, draft } = data
      if (mergeability === 'unknown' && data.state === 'open' && asked < maxMergeabilityRequests) {
        await sleep(this.#times.mergeDelayMs)
        continue
      }
      const author = user?.login ?? ''
      const fromDependabot = author === 'dependabot[bot]' || /^dependabot[/-]/.test(head.ref)
      return { ...toPullRequest(data), author, fromDependabot, mergeability: draft === true ? 'draft' : mergeability }
    }
  }

  /** Returns what a person may do in the repository. @throws ServiceError */
  async accessOf(login: string): Promise<'admin' | 'write' | 'read' | 'none'> {
    try {
      const { data } = await this.#callWithRetry(`the permission of ${login}`, async () =>
        (await this.#api()).rest.repos.getCollaboratorPermissionLevel({ ...this.#repository, username: login }),
      )
      const { permission } = data
      return permission === 'admin' || permission === 'write' || permission === 'read' ? permission : 'none'
    } catch (error) {
      if (statusOf(error) === 404) return 'none'
      throw error
    }
  }

  /** Returns the reviews of people that approve, request changes or were dismissed, oldest first. @throws ServiceError */
  async reviewsOf(number: number): Promise<SubmittedReview[]> {
    const query = { ...this.#repository, pull_number: number, per_page: 100 }
    const reviews = await this.#callWithRetry(
      `the reviews of pull request #${number}`,
      async () => (await this.#api()).paginate((await this.#api()).rest.pulls.listReviews, query),
      undefined,
      'pull-requests: read',
    )
    const states: Readonly<Record<string, SubmittedReview['state']>> = {
      APPROVED: 'approved',
      CHANGES_REQUESTED: 'changes-requested',
      DISMISSED: 'dismissed',
    }
    return reviews.flatMap(({ user, state, commit_id, submitted_at }) => {
      const known = states[state]
      // A workflow can approve with its own token.
      if (known === undefined || user?.type !== 'User' || commit_id === null || submitted_at === undefined) return []
      return [{ by: user.login, state: known, commit: commit_id, at: submitted_at }]
    })
  }

  /**
   * Creates or updates the comment that has this marker and was written by the owner of the token. Then it reads the comments
   * again. If two runs created one at the same time, the newer one is deleted. If another run replaced the text, `compose` gets
   * that text.
   * @param compose returns the new body, which begins with `marker`, for the existing body or undefined. If it returns
   *   undefined, nothing is written
   * @returns the written comment, undefined if none was written
   * @throws ServiceError, with GitHub's status as `cause.status`
   */
  async upsertComment(
    pullRequest: number,
    marker: CommentMarker,
    compose: (existing: string | undefined) => Markdown | undefined,
  ): Promise<PostedComment | undefined> {
    const what = `the comment on pull request #${pullRequest}`
    const deadline = Date.now() + this.#times.timeoutMs
    let posted: PostedComment | undefined
    let written: string | undefined
    let failures = 0
    for (let writes = 0; ; ) {
      const [ours, ...others] = await this.#ourComments(pullRequest, marker, what, deadline)
      const body = compose(ours?.body)
      for (const other of others) {
        const isMine = other.id === posted?.id
        // A newer run that wrote a comment reads both comments and moves its own.
        if (!isMine && compose(other.body) === undefined) continue
        await this.#delete(other.id, what, deadline)
        if (isMine) posted = undefined
      }
      const isThere = ours !== undefined && ours.id === posted?.id && isSameBody(ours.body, written)
      if (body === undefined || isThere || (posted !== undefined && writes >= maxWrites)) return posted
      try {
        posted = await this.#write(pullRequest, ours?.id, body)
        written = String(body)
        writes++
      } catch (error) {
        // The comment was deleted after the list was read, so the list is read again.
        const isDeleted = statusOf(error) === 404 && ours !== undefined && failures <= this.#times.retryDelaysMs.length
        if (isDeleted) failures++
        else await this.#waitOrThrow(error, failures++, deadline, what)
      }
    }
  }

  /**
   * Returns who merged a pull request, or its author if a bot merged it; undefined if both are bots or gone.
   * @throws ServiceError
   */
  async mergerOf(number: number): Promise<string | undefined> {
    const { data } = await this.#callWithRetry(`pull request #${number}`, async () =>
      (await this.#api()).rest.pulls.get({ ...this.#repository, pull_number: number }),
    )
    const people = [data.merged_by, data.user].filter(user => user?.type === 'User')
    return people[0]?.login
  }

  /**
   * Adds a comment to a pull request unless it has one that begins with `marker`, or `max` ones that begin with `prefix`. It is
   * sent only once: a missing comment is better than two.
   * @throws ServiceError
   */
  async commentOnce(
    pullRequest: number,
    { marker, prefix, max }: { readonly marker: string; readonly prefix: string; readonly max: number },
    compose: () => Promise<Markdown>,
  ): Promise<void> {
    const what = `a comment on pull request #${pullRequest}`
    const ours = await this.#ourComments(pullRequest, prefix, what, Date.now() + this.#times.timeoutMs)
    if (ours.length >= max || ours.some(({ body }) => body.startsWith(marker))) return
    const body = await compose()
    try {
      const { rest } = await this.#api()
      await rest.issues.createComment({ ...this.#repository, issue_number: pullRequest, body: String(body) })
    } catch (error) {
      throw serviceError(what, error)
    }
  }

  /** Returns the names of the labels of a pull request. GitHub allows at most 100. @throws ServiceError */
  async labelsOf(pullRequest: number): Promise<string[]> {
    const { data } = await this.#callWithRetry(`the labels of pull request #${pullRequest}`, async () =>
      (await this.#api()).rest.issues.listLabelsOnIssue({
        ...this.#repository,
        issue_number: pullRequest,
        per_page: 100,
      }),
    )
    return data.map(({ name }) => name)
  }

  /** Creates a label of the repository. One that exists stays as it is. @param color six hexadecimal digits @throws ServiceError */
  async createLabel(name: string, color: string): Promise<void> {
    try {
      await this.#callWithRetry(`the label ${name}`, async () =>
        (await this.#api()).rest.issues.createLabel({ ...this.#repository, name, color }),
      )
    } catch (error) {
      if (statusOf(error) !== 422) throw error
    }
  }

  /** Adds labels to a pull request. @throws ServiceError */
  async addLabels(pullRequest: number, labels: string[]): Promise<void> {
    await this.#callWithRetry(`the labels of pull request #${pullRequest}`, async () =>
      (await this.#api()).rest.issues.addLabels({ ...this.#repository, issue_number: pullRequest, labels }),
    )
  }

  /** Removes a label from a pull request, which may not have it any more. @throws ServiceError */
  async removeLabel(pullRequest: number, name: string): Promise<void> {
    try {
      await this.#callWithRetry(`the labels of pull request #${pullRequest}`, async () =>
        (await this.#api()).rest.issues.removeLabel({ ...this.#repository, issue_number: pullRequest, name }),
      )
    } catch (error) {
      if (statusOf(error) !== 404) throw error
    }
  }

  /**
   * Returns the open issues that have this marker and were written by the owner of the token, oldest first.
   * @throws ServiceError
   */
  async issuesOf(marker: string): Promise<OurIssue[]> {
    const what = 'the open issues'
    const deadline = Date.now() + this.#times.timeoutMs
    const { listForRepo } = (await this.#api()).rest.issues
    const query = { ...this.#repository, state: 'open', per_page: 100 } as const
    const open = await this.#callWithRetry(
      what,
      async () => (await this.#api()).paginate(listForRepo, query),
      deadline,
      'issues',
    )
    const candidates = open.filter(({ body, pull_request }) => !pull_request && body?.startsWith(marker))
    if (candidates.length === 0) return []
    this.#login ??= await this.#readLogin(deadline)
    return candidates
      .filter(({ user }) => isLoginOf(user, this.#login))
      .map(({ number, html_url: url, body }) => ({ number, url, body: body ?? '' }))
      .sort((a, b) => a.number - b.number)
  }

  /**
   * Opens an issue if none is open, then reads the list again. If two runs opened one at the same time, the newer one is closed
   * as a duplicate.
   * @param body the text, which begins with `marker`
   * @returns the open issue, which another run may have opened
   * @throws ServiceError
   */
  async openIssue(marker: string, title: Line, body: Markdown): Promise<OurIssue> {
    const deadline = Date.now() + this.#times.timeoutMs
    let created: OurIssue | undefined
    for (let failures = 0; ; ) {
      const open = await this.issuesOf(marker)
      const oldest = open[0] ?? created
      if (oldest !== undefined) {
        // The list may not contain the new issue yet.
        const numbers = new Set([...open, ...(created === undefined ? [] : [created])].map(({ number }) => number))
        for (const number of numbers) {
          if (number !== oldest.number) await this.#closeDuplicate(number, oldest.number, marker)
        }
        return oldest
      }
      try {
        const { data } = await (await this.#api()).rest.issues.create({
          ...this.#repository,
          title: String(title),
          body: String(body),
        })
        this.#login = data.user?.login
        created = { number: data.number, url: data.html_url, body: String(body) }
      } catch (error) {
        await this.#waitOrThrow(error, failures++, deadline, 'a new issue', 'issues')
      }
    }
  }

  async #closeDuplicate(number: number, oldest: number, marker: string): Promise<void> {
    const body = md`${hiddenLine(marker)}\n\nDuplicate of #${oldest}: two runs found the same failure at the same time.`
    await this.updateIssue(number, { body, state: 'closed', state_reason: 'not_planned' })
  }

  /** Replaces the body of an issue, and can close it. @throws ServiceError */
  async updateIssue(
    number: number,
    { body, ...change }: { body: Markdown; state?: 'closed'; state_reason?: 'completed' | 'not_planned' },
  ): Promise<void> {
    await this.#callWithRetry(
      `issue #${number}`,
      async () =>
        (await this.#api()).rest.issues.update({
          ...this.#repository,
          issue_number: number,
          body: String(body),
          ...change,
        }),
      undefined,
      'issues',
    )
  }

  /** Adds a comment to an issue. It is sent only once: a missing one is better than two. @throws ServiceError */
  async commentOnIssue(number: number, body: Markdown): Promise<void> {
    try {
      await (await this.#api()).rest.issues.createComment({
        ...this.#repository,
        issue_number: number,
        body: String(body),
      })
    } catch (error) {
      throw serviceError(`a comment on issue #${number}`, error, 'issues')
    }
  }

  /**
   * Creates a deployment of exactly this commit. GitHub merges nothing into it and requires no commit status.
   * @param payload data that GitHub stores with the deployment. The run identifies it after a lost answer, the stack on destroy
   * @returns the id of the deployment
   * @throws ServiceError
   */
  async createDeployment(
    sha: string,
    environment: string,
    payload: { readonly run: string; readonly stack: string },
  ): Promise<number> {
    const what = `a deployment to the environment ${environment}`
    const deadline = Date.now() + this.#times.timeoutMs
    const { repos } = (await this.#api()).rest
    const wanted = { ...this.#repository, environment, task: 'deploy' }
    for (let failures = 0; ; failures++) {
      try {
        const { data } = await repos.createDeployment({
          ...wanted,
          ref: sha,
          auto_merge: false,
          required_contexts: [],
          transient_environment: false,
          payload: { ...payload },
        })
        if ('id' in data) return data.id
        throw new ServiceError(`GitHub merged instead of making ${what}: ${data.message}`)
      } catch (error) {
        await this.#waitOrThrow(error, failures, deadline, what, 'deployments')
      }
      const { data } = await this.#callWithRetry(
        what,
        () => repos.listDeployments({ ...wanted, sha, per_page: 100 }),
        deadline,
        'deployments',
      )
      const existing = data.find(each => typeof each.payload === 'object' && each.payload.run === payload.run)
      if (existing !== undefined) return existing.id
    }
  }

  /**
   * Returns the ids of this stack's deployments whose last status is not final, among the hundred newest of the environment.
   * @throws ServiceError
   */
  async activeDeployments(environment: string, stack: string): Promise<number[]> {
    const what = `the deployments to the environment ${environment}`
    const deadline = Date.now() + this.#times.timeoutMs
    const { repos } = (await this.#api()).rest
    const query = { ...this.#repository, environment, task: 'deploy', per_page: 100 }
    const { data } = await this.#callWithRetry(what, () => repos.listDeployments(query), deadline, 'deployments')
    const active: number[] = []
    for (const { id, payload } of data) {
      if (typeof payload !== 'object' || payload.stack !== stack) continue
      const one = { ...this.#repository, deployment_id: id, per_page: 1 }
      const [last] = (await this.#callWithRetry(what, () => repos.listDeploymentStatuses(one), deadline, 'deployments'))
        .data
      if (!/^(inactive|failure|error)$/.test(last?.state ?? '')) active.push(id)
    }
    return active
  }

  /** Adds a status. A repeated status changes nothing, so the request may be repeated. @throws ServiceError */
  async addDeploymentStatus(id: number, status: DeploymentStatus): Promise<void> {
    const { state, description, logUrl, environmentUrl } = status
    await this.#callWithRetry(
      `the status of deployment ${id}`,
      async () =>
        (await this.#api()).rest.repos.createDeploymentStatus({
          ...this.#repository,
          deployment_id: id,
          state,
          description,
          log_url: logUrl,
          ...(environmentUrl !== undefined && { environment_url: environmentUrl }),
        }),
      undefined,
      'deployments',
    )
  }

  async #write(pullRequest: number, existing: number | undefined, markdown: Markdown): Promise<PostedComment> {
    const { issues } = (await this.#api()).rest
    const body = String(markdown)
    const { data } =
      existing === undefined
        ? await issues.createComment({ ...this.#repository, issue_number: pullRequest, body })
        : await issues.updateComment({ ...this.#repository, comment_id: existing, body })
    if (existing === undefined) this.#login = data.user?.login
    return { id: data.id, url: data.html_url }
  }

  async #delete(id: number, what: string, deadline: number): Promise<void> {
    try {
      await this.#callWithRetry(
        what,
        async () => (await this.#api()).rest.issues.deleteComment({ ...this.#repository, comment_id: id }),
        deadline,
      )
    } catch (error) {
      if (statusOf(error) !== 404) throw error
    }
  }

  /** Returns our comments, oldest first. Comments of others that quote our marker are ignored. */
  async #ourComments(
    pullRequest: number,
    marker: CommentMarker,
    what: string,
    deadline: number,
    maxPages = Number.POSITIVE_INFINITY,
  ): Promise<Comment[]> {
    const comments = await this.#callWithRetry(
      what,
      async () => {
        let pages = 0
        const query = { ...this.#repository, issue_number: pullRequest, per_page: 100 }
        const { paginate, rest } = await this.#api()
        return await paginate(rest.issues.listComments, query, ({ data }, done) => {
          pages++
          if (pages >= maxPages) done()
          return data
        })
      },
      deadline,
    )
    const isOurs = typeof marker === 'string' ? (body: string) => body.startsWith(marker) : marker
    const candidates = comments.filter(({ body }) => body !== undefined && isOurs(body))
    if (candidates.length === 0) return []
    this.#login ??= await this.#readLogin(deadline)
    return candidates
      .filter(({ user }) => isLoginOf(user, this.#login))
      .map(({ id, body = '', updated_at }) => ({ id, body, updatedAt: updated_at }))
      .sort((a, b) => a.id - b.id)
  }

  /**
   * Returns the login of the token's owner. REST returns it only for persons, GraphQL also for apps and for a job's own token.
   * @throws ServiceError if GitHub returns neither: a comment of another author must not count as ours
   */
  async #readLogin(deadline: number): Promise<string> {
    const what = 'the owner of github-token'
    const person = await this.#unlessRefused(() =>
      this.#callWithRetry(
        what,
        async () => (await (await this.#api()).rest.users.getAuthenticated()).data.login,
        deadline,
      ),
    )
    if (person !== undefined) return person
    const viewer = async () => (await this.#api()).graphql<{ viewer: { login: string } }>('{ viewer { login } }')
    return await this.#callWithRetry(what, async () => (await viewer()).viewer.login, deadline)
  }

  async #unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask()
    } catch (error) {
      if (statusOf(error) === 401 || statusOf(error) >= 500) throw error
      return undefined
    }
  }

  /** Repeats a request that is safe to repeat until it succeeds or a retry cannot help. @throws ServiceError */
  async #callWithRetry<T>(
    what: string,
    request: () => Promise<T>,
    deadline = Date.now() + this.#times.timeoutMs,
    permission?: Permission,
  ): Promise<T> {
    for (let failures = 0; ; failures++) {
      try {
        return await request()
      } catch (error) {
        await this.#waitOrThrow(error, failures, deadline, what, permission)
      }
    }
  }

  /** Waits as long as the error requires. @throws ServiceError if waiting cannot help or would pass the deadline */
  async #waitOrThrow(
    error: unknown,
    failures: number,
    deadline: number,
    what: string,
    permission?: Permission,
  ): Promise<void> {
    const delayMs = retryDelayMs(error, failures, Date.now(), this.#times)
    if (delayMs === undefined || Date.now() + delayMs > deadline) throw serviceError(what, error, permission)
    if (isRateLimit(error))
      this.#log(`GitHub requests a wait of ${Math.ceil(delayMs / 1000)} s for ${what}: ${messageOf(error)}`)
    await sleep(delayMs)
  }
}

/** Whether an author has this login. GitHub's APIs differ in the suffix `[bot]` of an app. */
function isLoginOf(author: Author, login: string | undefined): boolean {
  if (author === null || login === undefined) return false
  return author.login === login || (author.type === 'Bot' && author.login === `${login}[bot]`)
}

/** Whether two bodies are the same. GitHub removes trailing white space and may change line ends. */
function isSameBody(body: string, written: string | undefined): boolean {
  return written !== undefined && body.replaceAll('\r\n', '\n').trimEnd() === written.trimEnd()
}

function toChangedFile({ filename, previous_filename }: { filename: string; previous_filename?: string }): ChangedFile {
  return { path: filename, previous: previous_filename }
}

function toPullRequest(pull: {
  number: number
  state: string
  merge_commit_sha: string | null
  head: { sha: string; repo: { full_name: string } | null }
  base: { ref: string; repo: { full_name: string } | null }
}): PullRequest {
  const { number, state, merge_commit_sha, head, base } = pull
  return {
    number,
    isOpen: state === 'open',
    head: head.sha,
    base: base.ref,
    mergeCommit: merge_commit_sha ?? '',
    fromFork: head.repo?.full_name !== base.repo?.full_name,
  }
}

/** Returns the HTTP status of a failed request, 500 for one without an answer, 0 for any other thrown value. */
export function statusOf(error: unknown): number {
  if (error instanceof ServiceError) return statusOf(error.cause)
  if (typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number')
    return error.status
  // fetch throws a TypeError for an incomplete answer.
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError') ? 500 : 0
}

/**
 * Returns the milliseconds to wait before a failed request is repeated; undefined if a repetition cannot help ("Rate limits
 * for the REST API" and "Best practices for using the REST API", docs.github.com).
 * @param failures the number of earlier failures
 * @param now milliseconds since 1970
 */
export function retryDelayMs(
  error: unknown,
  failures: number,
  now: number,
  { retryDelaysMs, rateLimitDelayMs } = defaultGitHubTimes,
): number | undefined {
  if (isRateLimit(error)) {
    const requestedSeconds = Number(header(error, 'retry-after'))
    if (requestedSeconds > 0) return requestedSeconds * 1_000
    const reset = Number(header(error, 'x-ratelimit-reset'))
    // The header has whole seconds, and GitHub's clock may differ, so one second is added.
    if (header(error, 'x-ratelimit-remaining') === '0' && reset > 0) return Math.max(reset * 1_000 - now, 0) + 1_000
    return rateLimitDelayMs * 2 ** failures
  }
  const isFault = statusOf(error) >= 500 || statusOf(error) === 408
  return isFault ? retryDelaysMs[failures] : undefined
}

/** Whether GitHub refused a request because of a rate limit, with 429 or 403. A 403 can also mean a missing permission. */
function isRateLimit(error: unknown): boolean {
  if (statusOf(error) === 429) return true
  if (statusOf(error) !== 403) return false
  const mentionsLimit = /rate limit|abuse detection/i.test(messageOf(error))
  return mentionsLimit || header(error, 'retry-after') !== undefined || header(error, 'x-ratelimit-remaining') === '0'
}

function header(error: unknown, name: string): string | undefined {
  if (error instanceof ServiceError) return header(error.cause, name)
  const { response } = error as { response?: { headers?: Record<string, unknown> } }
  const value = response?.headers?.[name]
  return value === undefined ? undefined : String(value)
}

function serviceError(what: string, error: unknown, permission: Permission = 'pull-requests'): ServiceError {
  if (error instanceof ServiceError) return error
  const advice: Record<number, string> = {
    401: ' The github-token is not valid, or has expired.',
    403: ` Give the job the permission \`${permission.includes(':') ? permission : `${permission}: write`}\`; a pull request from a fork only ever gets a token that reads.`,
    404: ' Either it does not exist, or github-token may not see this repository.',
    410: ' Issues are turned off in the settings of this repository.',
  }
  const fix = isRateLimit(error) ? ` ${retryAdvice(error)}` : (advice[statusOf(error)] ?? '')
  return new GitHubError(`GitHub did not give or take ${what}: ${messageOf(error)}${fix}`, { cause: error })
}

function retryAdvice(error: unknown): string {
  const reset = Number(header(error, 'x-ratelimit-reset'))
  const isUsedUp = header(error, 'x-ratelimit-remaining') === '0' && reset > 0 && reset < 8.64e12
  return isUsedUp
    ? `The limit is used up until ${new Date(reset * 1_000).toISOString()}: run it again then.`
    : 'Run it again later.'
}
