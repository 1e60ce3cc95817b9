/**
 * The pull request of a commit, and the one comment on it that is ours. Reading is retried by Octokit's plugin;
 * writing is not, because a repeated POST could leave two comments: it is looked up again instead.
 */
import { getOctokit } from '@actions/github'
import { retry } from '@octokit/plugin-retry'
import { messageOf, ServiceError } from '../errors.ts'
import { poll, sleep } from '../poll.ts'

/** A pull request as far as an apply of it depends on it. */
export interface MergedPullRequest {
  readonly number: number
  /** The last commit of its branch. */
  readonly head: string
  readonly fromFork: boolean
}

export interface PostedComment {
  readonly id: number
  readonly url: string
}

type Octokit = ReturnType<typeof getOctokit>

/** Milliseconds for one answer of GitHub, whose API gives up after ten seconds itself. */
const answerMs = 20_000

/** The longest that GitHub's `retry-after` is obeyed, in seconds. */
const longestRetryAfter = 60

export class GitHub {
  readonly #octokit: Octokit
  readonly #repository: { readonly owner: string; readonly repo: string }

  constructor(token: string, owner: string, repo: string) {
    this.#octokit = getOctokit(token, {}, retry)
    this.#octokit.hook.before('request', ({ request }) => {
      const send = request.fetch as typeof fetch
      request.fetch = (url: string, options: RequestInit) =>
        send(url, { ...options, signal: AbortSignal.timeout(answerMs) })
    })
    this.#repository = { owner, repo }
  }

  /**
   * The merged pull request that a commit of the default branch came from, or undefined when it was pushed
   * without one. GitHub learns of the merge some seconds after the push event, so an empty answer is asked again.
   * @param patienceMs how long to ask
   */
  async pullRequestOf(sha: string, patienceMs: number): Promise<MergedPullRequest | undefined> {
    const result = await poll<MergedPullRequest>(
      async () => {
        const { data } = await this.#call(`the pull requests of commit ${sha}`, () =>
          this.#octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...this.#repository, commit_sha: sha }),
        )
        const merged = data.filter(pull => pull.merged_at !== null)
        const found = merged.find(pull => pull.merge_commit_sha === sha) ?? merged[0]
        return found === undefined ? { waitingFor: 'a merged pull request' } : { done: mergedPullRequest(found) }
      },
      { delayMs: () => 2_000, timeoutMs: patienceMs },
    )
    return result.timedOut ? undefined : result.value
  }

  /** The pull request of this number, merged or about to be. @throws ServiceError */
  async pullRequest(number: number): Promise<MergedPullRequest> {
    const { data } = await this.#call(`pull request #${number}`, () =>
      this.#octokit.rest.pulls.get({ ...this.#repository, pull_number: number }),
    )
    return mergedPullRequest(data)
  }

  /**
   * The body of the comment that `upsertComment` would update, undefined where there is none.
   * @throws ServiceError
   */
  async readComment(pullRequest: number, marker: string): Promise<string | undefined> {
    return (await this.#findComment(pullRequest, marker, `the comment on pull request #${pullRequest}`))?.body
  }

  /**
   * Creates or updates the comment of `pullRequest` whose body begins with `marker` and that this token's owner wrote.
   * @param marker an HTML comment, the first line of `body`
   * @param create false: where there is no such comment, none is made and undefined is returned
   * @throws ServiceError, with GitHub's status as `cause.status`
   */
  async upsertComment(
    pullRequest: number,
    marker: string,
    body: string,
    create = true,
  ): Promise<PostedComment | undefined> {
    const what = `the comment on pull request #${pullRequest}`
    for (let attempt = 0; ; attempt++) {
      const existing = (await this.#findComment(pullRequest, marker, what))?.id
      if (existing === undefined && !create) return undefined
      try {
        const request = { retries: 0 }
        const { data } =
          existing === undefined
            ? await this.#octokit.rest.issues.createComment({
                ...this.#repository,
                issue_number: pullRequest,
                body,
                request,
              })
            : await this.#octokit.rest.issues.updateComment({
                ...this.#repository,
                comment_id: existing,
                body,
                request,
              })
        return { id: data.id, url: data.html_url }
      } catch (error) {
        // A comment that somebody deleted meanwhile is no longer in the list.
        const deleted = statusOf(error) === 404 && existing !== undefined
        if (attempt === 3 || !(deleted || isTransient(error))) throw serviceError(what, error)
        await sleep(1_000 * Math.max(2 ** attempt, retryAfter(error)))
      }
    }
  }

  /** A person may quote our marker, and another bot may not write as the owner of this token. */
  async #findComment(
    pullRequest: number,
    marker: string,
    what: string,
  ): Promise<{ id: number; body?: string | undefined } | undefined> {
    const comments = await this.#call(what, () =>
      this.#octokit.paginate(this.#octokit.rest.issues.listComments, {
        ...this.#repository,
        issue_number: pullRequest,
        per_page: 100,
      }),
    )
    const candidates = comments.filter(comment => comment.body?.startsWith(marker))
    const byBot = candidates.find(comment => comment.user?.type === 'Bot')
    if (byBot !== undefined || candidates.length === 0) return byBot
    const login = await this.#login()
    return candidates.find(comment => login !== undefined && comment.user?.login === login)
  }

  /** The person behind a personal access token; the job's own token has none, and GitHub answers 403. */
  async #login(): Promise<string | undefined> {
    try {
      return (await this.#octokit.rest.users.getAuthenticated()).data.login
    } catch (error) {
      if (statusOf(error) === 403 || statusOf(error) === 404) return undefined
      throw serviceError('the owner of github-token', error)
    }
  }

  async #call<T>(what: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request()
    } catch (error) {
      throw serviceError(what, error)
    }
  }
}

function mergedPullRequest(pull: {
  number: number
  head: { sha: string; repo: { full_name: string } | null }
  base: { repo: { full_name: string } | null }
}): MergedPullRequest {
  const { number, head, base } = pull
  return { number, head: head.sha, fromFork: head.repo?.full_name !== base.repo?.full_name }
}

/** GitHub's status of a failed request, 500 for one that got no answer, 0 for anything else thrown. */
export function statusOf(error: unknown): number {
  if (error instanceof ServiceError) return statusOf(error.cause)
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 0
}

/** A server's fault, a broken connection or a rate limit, which GitHub tells by 403 too. */
function isTransient(error: unknown): boolean {
  return statusOf(error) >= 500 || statusOf(error) === 429 || isRateLimit(error)
}

function isRateLimit(error: unknown): boolean {
  return [403, 429].includes(statusOf(error)) && /rate limit/i.test(messageOf(error))
}

/** Seconds that GitHub asks to wait ("Rate limits for the REST API", docs.github.com), 0 when it does not say. */
function retryAfter(error: unknown): number {
  const { response } = error as { response?: { headers?: Record<string, unknown> } }
  const asked = Number(response?.headers?.['retry-after'] ?? 0)
  return Number.isFinite(asked) ? Math.min(asked, longestRetryAfter) : 0
}

function serviceError(what: string, error: unknown): ServiceError {
  const advice: Record<number, string> = {
    401: ' The github-token is not valid, or has expired.',
    403: ' Give the job the permission `pull-requests: write`; a pull request from a fork only ever gets a token that reads.',
    404: ' Either it does not exist, or github-token may not see this repository.',
  }
  const fix = isRateLimit(error) ? ' Run it again later.' : (advice[statusOf(error)] ?? '')
  return new ServiceError(`GitHub did not give or take ${what}: ${messageOf(error)}${fix}`, { cause: error })
}
