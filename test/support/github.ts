/**
 * GitHub's REST API on 127.0.0.1: the stateful `emulate` behind a proxy that adds what it lacks: tokens with permissions,
 * the bot as author, the size limit of comments, pull requests that follow their branch, the pull requests of a commit and
 * the files of a pull request, the comparison of commits, deployments, commit statuses.
 * The proxy also checks each exchange against GitHub's OpenAPI description, injects faults and keeps a log.
 * It knows one private repository, no forks, no rate limits, of GraphQL only who asks, and merges without conflicts.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { getOctokit } from '@actions/github'
import { createEmulator } from 'emulate'
import { type Answer, answerWithFaults, type Fault, readBody } from './faults.ts'
import { findOperation, type Operation } from './github-contract.ts'
import { createDeployments, type Deployment } from './github-deployments.ts'
import { createRepository, type MergeRequest, type Pull, type Repository } from './github-repository.ts'
import { createReviews, type ReviewWanted, type Role } from './github-reviews.ts'
import { type CommitStatus, createStatuses } from './github-statuses.ts'
import { listen } from './mcp/listen.ts'

export type { Fault } from './faults.ts'
export type { Comment, PullRequest } from './github-repository.ts'

export type Access = 'read' | 'write'

/** The `permissions:` of a workflow, as far as they matter to the operations described. */
export type Permissions = Partial<
  Record<'checks' | 'contents' | 'deployments' | 'issues' | 'metadata' | 'pull_requests' | 'statuses', Access>
>

export interface GitHubOptions {
  owner: string
  repo: string
  /** What the Actions token may do; by default what the README asks for. */
  permissions?: Permissions
}

export interface LoggedRequest {
  method: string
  /** With the query. */
  path: string
  /** GitHub's operationId; empty when the request is none that was described. */
  operation: string
  caller: 'actions' | 'read-only' | 'person' | 'nobody' | 'unknown'
  body: unknown
  /** 0 when the connection was reset. */
  status: number
}

export interface Violation {
  method: string
  path: string
  where: 'request' | 'response'
  errors: string[]
}

/** What a person does there: open, push to, merge and read pull requests. */
type Actions = Repository['actions']

export interface GitHub extends Actions {
  apiUrl: string
  owner: string
  repo: string
  defaultBranch: 'main'
  /** The token of an Actions job. */
  token: string
  /** The token that a job of a fork's pull request gets. */
  readOnlyToken: string
  /** A token of an Actions job with other permissions. */
  issueToken(permissions: Permissions): string
  /** A person who owns the repository. */
  octokit: ReturnType<typeof getOctokit>
  faults: Fault[]
  requests: LoggedRequest[]
  violations: Violation[]
  /** With their statuses, the oldest first. */
  deployments: readonly Deployment[]
  /** The statuses of a commit: the newest of each context. */
  statusesOf(sha: string): CommitStatus[]
  /** A person or a bot reviews a pull request. */
  review(number: number, review: ReviewWanted): void
  /** Gives a person a role; nobody but the owner has one. */
  setRole(login: string, role: Role): void
  stop(): Promise<void>
}

const actionsToken = 'ghs_actionsTokenOfThisJob00000000000000'
const forkToken = 'ghs_readOnlyTokenOfAFork0000000000000000'
const personToken = 'ghp_personWhoOwnsTheRepository0000000000'
const bot = 'github-actions[bot]'
const commentLimit = 65_536
const asked: Permissions = { contents: 'read', pull_requests: 'write', statuses: 'write' }

// GitHub grants access to a comment on a pull request by either permission. No permission of an installation makes it a
// user, and so `users/` is not here.
const permissionsOf: ReadonlyArray<[prefix: RegExp, ...anyOf: Array<keyof Permissions>]> = [
  [/^issues\/(create|update|list-for-repo)$/, 'issues'],
  [/^issues\//, 'issues', 'pull_requests'],
  [/^repos\/\w+-deployment/, 'deployments'],
  [/^repos\/\w+-commit-status/, 'statuses'],
  [/^pulls\/merge$/, 'contents'],
  [/^(pulls\/|repos\/list-pull-requests-associated)/, 'pull_requests'],
  [/^checks\//, 'checks'],
  [/^repos\/get(-collaborator-permission-level)?$/, 'metadata'],
  [/^(git|repos)\//, 'contents'],
]

function refusal(status: number, message: string, more: object = {}): Answer {
  const body = { message, documentation_url: 'https://docs.github.com/rest', status: String(status), ...more }
  return { status, headers: {}, body }
}

/** What GitHub answers before it looks at the request itself: 401 and 403 by token, 422 by size. */
function refuse(operation: string, method: string, caller: Caller, body: unknown): Answer | undefined {
  if (caller.name === 'nobody') return refusal(401, 'Requires authentication')
  if (caller.name === 'unknown') return refusal(401, 'Bad credentials')
  if (caller.permissions) {
    const anyOf = permissionsOf.find(([prefix]) => prefix.test(operation))?.slice(1) as Array<keyof Permissions>
    const granted = (anyOf ?? []).map(permission => caller.permissions?.[permission])
    const enough = method === 'GET' ? granted.some(access => access !== undefined) : granted.includes('write')
    if (!enough) return refusal(403, 'Resource not accessible by integration')
  }
  const text = (body as { body?: unknown } | undefined)?.body
  if (
    /^issues\/(create|update)(-comment)?$/.test(operation) &&
    typeof text === 'string' &&
    text.length > commentLimit
  ) {
    const message = `body is too long (maximum is ${commentLimit} characters)`
    const errors = [{ resource: 'IssueComment', code: 'custom', field: 'body', message }]
    return refusal(422, 'Validation Failed', { errors })
  }
  return undefined
}

interface Caller {
  name: LoggedRequest['caller']
  /** Undefined for a person, who may do everything. */
  permissions?: Permissions
}

/** Starts a GitHub with one repository whose default branch holds a README. Stop it when done. */
export async function startGitHub({ owner, repo, permissions }: GitHubOptions): Promise<GitHub> {
  const jobToken = (granted: Permissions): Caller => {
    // Every token of an installation may read the metadata.
    return { name: 'actions', permissions: { metadata: 'read', ...granted } }
  }
  const callers: Record<string, Caller> = {
    [personToken]: { name: 'person' },
    [actionsToken]: jobToken(permissions ?? asked),
    [forkToken]: { name: 'read-only', permissions: { metadata: 'read', contents: 'read', pull_requests: 'read' } },
  }
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: { [personToken]: { login: owner, scopes: ['repo'] }, [actionsToken]: { login: bot, scopes: ['repo'] } },
      github: { users: [{ login: owner }, { login: bot }], repos: [{ owner, name: repo, auto_init: true }] },
    },
  })
  const emulatorPort = new URL(emulator.url).port
  // In bodies it calls itself localhost, in Link headers what it was called.
  const emulatorOrigin = new RegExp(`http://(localhost|127\\.0\\.0\\.1):${emulatorPort}(?!\\d)`, 'g')
  const faults: Fault[] = []
  const requests: LoggedRequest[] = []
  const violations: Violation[] = []

  const server = createServer((request, response) => {
    answer(request, response).catch(error => {
      const { method = '', url: path = '' } = request
      violations.push({ method, path, where: 'response', errors: [`${error}`] })
      response.destroy()
    })
  })
  const listening = await listen(server)
  const apiUrl = listening.url

  /** Asks the emulator, whose answers then name this server and know the bot. */
  async function ask(method: string, path: string, body?: unknown, token = personToken): Promise<Answer> {
    // The emulator knows one token of Actions, whatever was issued.
    const known = token === personToken ? personToken : actionsToken
    const answered = await fetch(`http://127.0.0.1:${emulatorPort}${path}`, {
      method,
      headers: { authorization: `Bearer ${known}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = (await answered.text()).replaceAll(emulatorOrigin, apiUrl)
    const link = answered.headers.get('link')?.replaceAll(emulatorOrigin, apiUrl)
    return {
      status: answered.status,
      headers: link ? { link } : {},
      body: text === '' ? undefined : JSON.parse(text, (_, value) => (value?.login === bot ? asBot(value) : value)),
    }
  }

  const repository = createRepository(`/repos/${owner}/${repo}`, ask)

  const deployments = createDeployments(`${apiUrl}/repos/${owner}/${repo}`, async ref => {
    const found = await ask('GET', `/repos/${owner}/${repo}/commits/${ref}`)
    return found.status === 200 ? (found.body as { sha: string }) : undefined
  })

  const reviews = createReviews(`${apiUrl}/repos/${owner}/${repo}`, owner)
  const statuses = createStatuses(`${apiUrl}/repos/${owner}/${repo}`, async sha => {
    return (await ask('GET', `/repos/${owner}/${repo}/commits/${sha}`)).status === 200
  })

  async function carryOut(operation: string, request: Request): Promise<Answer> {
    const { method, path, body, token } = request
    const deployed = await deployments.carryOut(operation, path, body)
    const answeredHere =
      deployed ?? reviews.carryOut(operation, path) ?? (await statuses.carryOut(operation, path, body))
    if (answeredHere !== undefined) return answeredHere
    const number = Number(/\/pulls\/(\d+)/.exec(path)?.[1])
    if (operation === 'pulls/merge') return repository.merge(number, body as MergeRequest)
    if (operation === 'repos/list-pull-requests-associated-with-commit') {
      const sha = /\/commits\/([^/]+)\/pulls/.exec(path)?.[1] ?? ''
      return { status: 200, headers: {}, body: await repository.pullsOfCommit(sha) }
    }
    if (operation === 'pulls/list-files') return page(await repository.filesOf(number), new URL(path, apiUrl))
    if (operation === 'repos/compare-commits-with-basehead')
      return repository.compare(
        decodeURIComponent(/\/compare\/([^?]+)/.exec(path)?.[1] ?? ''),
        pageOf(new URL(path, apiUrl)),
      )
    // A fork's token may read what anybody may read.
    const answered = await ask(method, path, body, token === forkToken ? personToken : token)
    if (answered.status >= 300) return answered
    if (operation === 'pulls/list') {
      answered.body = await Promise.all((answered.body as Pull[]).map(repository.upToDate))
    } else if (/^pulls\/(get|create|update)$/.test(operation)) {
      answered.body = await repository.upToDate(answered.body as Pull)
    } else {
      answered.body = completed(operation, answered.body)
    }
    return answered
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming)
    const { method, path, body, token } = request
    const url = new URL(path, apiUrl)
    const operation = url.pathname === '/graphql' ? whoAmI(body) : findOperation(method, url.pathname)
    const caller = callers[token] ?? { name: token === '' ? 'nobody' : 'unknown' }
    const logged: LoggedRequest = { method, path, operation: operation?.id ?? '', caller: caller.name, body, status: 0 }
    requests.push(logged)

    logged.status = await answerWithFaults(faults, incoming, response, async () => {
      const requestErrors = operation?.requestErrors(url.searchParams, body) ?? ['not an operation that was described']
      if (requestErrors.length > 0) violations.push({ method, path, where: 'request', errors: requestErrors })
      const id = operation?.id ?? ''
      if (id === 'viewer' && permissionsKnown(caller))
        return { status: 200, headers: {}, body: { data: { viewer: { login: caller.permissions ? bot : owner } } } }
      const answered = refuse(id, method, caller, body) ?? (await carryOut(id, request))
      const responseErrors = operation?.responseErrors(answered.status, answered.body) ?? []
      if (responseErrors.length > 0) violations.push({ method, path, where: 'response', errors: responseErrors })
      return answered
    })
  }

  await ask('PUT', `/repos/${owner}/${repo}/collaborators/${encodeURIComponent(bot)}`, { permission: 'push' })

  return {
    apiUrl,
    owner,
    repo,
    defaultBranch: 'main',
    token: actionsToken,
    readOnlyToken: forkToken,
    issueToken(granted) {
      const token = `ghs_issued${String(Object.keys(callers).length).padStart(30, '0')}`
      callers[token] = jobToken(granted)
      return token
    },
    octokit: getOctokit(personToken, { baseUrl: apiUrl }),
    faults,
    requests,
    violations,
    deployments: deployments.all,
    statusesOf: statuses.of,
    review: reviews.add,
    setRole: reviews.setRole,
    ...repository.actions,
    async stop() {
      await listening[Symbol.asyncDispose]()
      await emulator.close()
    },
  }
}

function pageOf({ searchParams }: URL): { size: number; at: number } {
  return { size: Number(searchParams.get('per_page') ?? 30), at: Number(searchParams.get('page') ?? 1) }
}

/** One page of a list, with a link to the next as GitHub gives it. */
function page(items: readonly unknown[], url: URL): Answer {
  const { size, at } = pageOf(url)
  url.searchParams.set('page', `${at + 1}`)
  const headers = items.length > at * size ? { link: `<${url.href}>; rel="next"` } : {}
  return { status: 200, headers, body: items.slice((at - 1) * size, at * size) }
}

/** The one query that this GitHub knows. */
function whoAmI(body: unknown): Operation | undefined {
  const isAsked = /^\s*(query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/.test(
    (body as { query?: string })?.query ?? '',
  )
  return isAsked ? { id: 'viewer', requestErrors: () => [], responseErrors: () => [] } : undefined
}

function permissionsKnown({ name }: Caller): boolean {
  return name !== 'nobody' && name !== 'unknown'
}

interface Request {
  method: string
  path: string
  token: string
  body: unknown
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const text = await readBody(incoming)
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    token: incoming.headers.authorization?.replace(/^(bearer|token)\s+/i, '') ?? '',
    body: text === '' ? undefined : JSON.parse(text),
  }
}

/** The emulator's user under the bot's name, as GitHub shows the bot. */
function asBot(user: object): object {
  const entries = Object.entries(user).map(([key, value]) => {
    // Brackets are no part of a URL, and so they are escaped everywhere but in the name itself.
    return [key, key !== 'login' && typeof value === 'string' ? value.replaceAll(bot, encodeURIComponent(bot)) : value]
  })
  return { ...Object.fromEntries(entries), type: 'Bot', id: 41_898_282 }
}

/** Adds fields that the emulator leaves out and GitHub always sends. */
function completed(operation: string, body: unknown): unknown {
  if (operation === 'repos/get') return { ...(body as object), network_count: 0, subscribers_count: 0 }
  if (!operation.startsWith('checks/')) return body
  return JSON.parse(JSON.stringify(body), function (key, value) {
    return key === 'output' && value ? { ...value, annotations_url: `${this.url}/annotations` } : value
  })
}
