/**
 * GitHub's deployments and their statuses, which `emulate` lacks: kept in memory, with the refusals that matter. A ref that
 * does not exist and a description of more than 140 characters are 422. Nothing is merged and no check is waited for, and
 * so a request that does not switch both off is refused with the 409 that GitHub may answer to it.
 */
import type { Answer } from './faults.ts'

export interface Deployment {
  readonly id: number
  readonly sha: string
  readonly environment: string
  readonly transient: boolean
  readonly payload: unknown
  readonly statuses: Status[]
}

export interface Status {
  readonly state: string
  readonly description: string
  readonly log_url: string
  readonly environment_url: string
}

interface Wanted {
  ref: string
  environment?: string
  task?: string
  auto_merge?: boolean
  required_contexts?: string[]
  transient_environment?: boolean
  payload?: object
}

/** @param base URL of the repository; @param find the commit of a ref */
export function createDeployments(base: string, find: (ref: string) => Promise<{ sha: string } | undefined>) {
  const all: Deployment[] = []
  const at = '2026-11-22T20:41:07Z'

  const shown = ({ id, sha, environment, transient, payload }: Deployment) => ({
    id,
    node_id: `DE_${id}`,
    sha,
    ref: sha,
    task: 'deploy',
    payload,
    environment,
    original_environment: environment,
    transient_environment: transient,
    description: null,
    creator: null,
    created_at: at,
    updated_at: at,
    url: `${base}/deployments/${id}`,
    statuses_url: `${base}/deployments/${id}/statuses`,
    repository_url: base,
  })
  const shownStatus = (deployment: Deployment, { environment_url, ...status }: Status, index: number) => ({
    ...status,
    ...(environment_url !== '' && { environment_url }),
    id: deployment.id * 100 + index,
    node_id: `DES_${deployment.id}_${index}`,
    creator: null,
    environment: deployment.environment,
    target_url: status.log_url,
    created_at: at,
    updated_at: at,
    url: `${base}/deployments/${deployment.id}/statuses/${index}`,
    deployment_url: `${base}/deployments/${deployment.id}`,
    repository_url: base,
  })

  async function create(wanted: Wanted): Promise<Answer> {
    if (wanted.auto_merge !== false || wanted.required_contexts?.length !== 0)
      return refusal(409, 'Conflict: Commit status checks failed for the ref.')
    const commit = await find(wanted.ref)
    if (commit === undefined) return refusal(422, `No ref found for: ${wanted.ref}`)
    const { environment = 'production', transient_environment: transient = false, payload = {} } = wanted
    const deployment = { id: all.length + 1, sha: commit.sha, environment, transient, payload, statuses: [] }
    all.push(deployment)
    return { status: 201, headers: {}, body: shown(deployment) }
  }

  function addStatus(deployment: Deployment, wanted: Partial<Status>): Answer {
    const { state = '', description = '', log_url = '', environment_url = '' } = wanted
    if (description.length > 140) return refusal(422, 'Validation Failed: description is too long (maximum is 140)')
    const status = { state, description, log_url, environment_url }
    deployment.statuses.push(status)
    return { status: 201, headers: {}, body: shownStatus(deployment, status, deployment.statuses.length) }
  }

  return {
    all,
    /** Undefined for an operation that is not about deployments. */
    async carryOut(operation: string, path: string, body: unknown): Promise<Answer | undefined> {
      if (!/^repos\/\w+-deployment/.test(operation)) return undefined
      if (operation === 'repos/create-deployment') return await create(body as Wanted)
      if (operation === 'repos/list-deployments') {
        const { searchParams } = new URL(path, base)
        const fits = (name: 'sha' | 'environment', value: string) => (searchParams.get(name) ?? value) === value
        const found = all.filter(({ sha, environment }) => fits('sha', sha) && fits('environment', environment))
        return { status: 200, headers: {}, body: found.toReversed().map(shown) }
      }
      const deployment = all.find(({ id }) => id === Number(/\/deployments\/(\d+)/.exec(path)?.[1]))
      if (deployment === undefined) return refusal(404, 'Not Found')
      return operation === 'repos/create-deployment-status'
        ? addStatus(deployment, body as Partial<Status>)
        : {
            status: 200,
            headers: {},
            body: deployment.statuses.map((each, i) => shownStatus(deployment, each, i + 1)).toReversed(),
          }
    },
  }
}

function refusal(status: number, message: string): Answer {
  return {
    status,
    headers: {},
    body: { message, documentation_url: 'https://docs.github.com/rest', status: `${status}` },
  }
}
