/** Commit statuses, which `emulate` lacks: kept in memory. The newest one of a context counts, as on GitHub. */
import type { Answer } from './faults.ts'

export interface CommitStatus {
  readonly sha: string
  readonly context: string
  readonly state: string
  readonly description: string
  readonly target_url: string
}

/** @param base URL of the repository; @param exists whether the repository has a commit */
export function createStatuses(base: string, exists: (sha: string) => Promise<boolean>) {
  const all: CommitStatus[] = []
  const at = '2026-11-22T20:41:07Z'
  const shown = ({ sha, ...status }: CommitStatus, id: number) => ({
    ...status,
    id,
    node_id: `SC_${id}`,
    url: `${base}/statuses/${sha}`,
    avatar_url: null,
    creator: null,
    created_at: at,
    updated_at: at,
  })
  const refused = (message: string): Answer => {
    const body = { message, documentation_url: 'https://docs.github.com/rest', status: '422' }
    return { status: 422, headers: {}, body }
  }

  return {
    all,
    /** The statuses of a commit: the newest of each context. */
    of(sha: string): CommitStatus[] {
      return [...new Map(all.filter(each => each.sha === sha).map(each => [each.context, each])).values()]
    },
    /** Undefined if the operation is not about statuses. */
    async carryOut(operation: string, path: string, body: unknown): Promise<Answer | undefined> {
      if (operation === 'repos/list-commit-statuses-for-ref') {
        const ref = /\/commits\/([^/]+)\/statuses/.exec(path)?.[1] ?? ''
        const found = all.map(shown).filter((_, index) => all[index]?.sha === ref)
        return { status: 200, headers: {}, body: found.reverse() }
      }
      if (operation !== 'repos/create-commit-status') return undefined
      const sha = /\/statuses\/([^/?]+)/.exec(path)?.[1] ?? ''
      const { context, state, description, target_url } = body as Omit<CommitStatus, 'sha'>
      if (!(await exists(sha))) return refused(`No commit found for SHA: ${sha}`)
      if (description.length > 140)
        return refused('Validation Failed: description is too long (maximum is 140 characters)')
      if (context.length > 255) return refused('Validation Failed: context is too long (maximum is 255 characters)')
      const status = { sha, context, state, description, target_url }
      all.push(status)
      return { status: 201, headers: {}, body: shown(status, all.length) }
    },
  }
}
