/**
 * Reviews of pull requests, permissions of people, and whether a pull request may be merged, which tests decide here: `emulate` knows one
 * person only. On GitHub the rules of the branch decide the last one.
 */
import type { Answer } from './faults.ts'

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none'

export interface ReviewWanted {
  readonly by: string
  readonly state?: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED'
  readonly commit: string
  /** ISO 8601; by default now. */
  readonly at?: string
  readonly isBot?: boolean
}

/** @param base URL of the repository; @param owner the only person who has a role without `setRole` */
export function createReviews(base: string, owner: string) {
  const reviews = new Map<number, (Required<ReviewWanted> & { id: number })[]>()
  const roles = new Map<string, Role>([[owner, 'admin']])
  let lastId = 0

  const userOf = (login: string, type: string) => {
    const url = `https://api.github.com/users/${encodeURIComponent(login)}`
    const links = ['followers', 'following', 'gists', 'starred', 'subscriptions', 'organizations', 'repos', 'events']
    return {
      login,
      id: 1,
      node_id: 'U_1',
      avatar_url: url,
      gravatar_id: null,
      url,
      html_url: url,
      ...Object.fromEntries(links.map(name => [`${name}_url`, `${url}/${name}`])),
      received_events_url: `${url}/received_events`,
      type,
      site_admin: false,
    }
  }

  return {
    setRole(login: string, role: Role): void {
      roles.set(login, role)
    },
    add(number: number, { by, state = 'APPROVED', commit, at, isBot = false }: ReviewWanted): void {
      lastId++
      const submitted = at ?? new Date().toISOString()
      const review = { id: lastId, by, state, commit, at: submitted, isBot }
      reviews.set(number, [...(reviews.get(number) ?? []), review])
    },
    /** Undefined if the operation is not about these. */
    carryOut(operation: string, path: string): Answer | undefined {
      if (operation === 'pulls/list-reviews') {
        const number = Number(/\/pulls\/(\d+)/.exec(path)?.[1])
        const pull = `${base}/pulls/${number}`
        const body = (reviews.get(number) ?? []).map(({ id, by, state, commit, at, isBot }) => ({
          id,
          node_id: `PRR_${id}`,
          user: userOf(by, isBot ? 'Bot' : 'User'),
          body: '',
          state,
          html_url: `${pull}#review-${id}`,
          pull_request_url: pull,
          _links: { html: { href: pull }, pull_request: { href: pull } },
          submitted_at: at,
          commit_id: commit,
          author_association: 'COLLABORATOR',
        }))
        return { status: 200, headers: {}, body }
      }
      if (operation !== 'repos/get-collaborator-permission-level') return undefined
      const login = decodeURIComponent(/\/collaborators\/([^/]+)\/permission/.exec(path)?.[1] ?? '')
      const role = roles.get(login) ?? 'none'
      // GitHub maps the roles between these four.
      const permission = { maintain: 'write', triage: 'read' }[role as string] ?? role
      return {
        status: 200,
        headers: {},
        body: { permission, role_name: role, user: { ...userOf(login, 'User'), role_name: role } },
      }
    },
  }
}
