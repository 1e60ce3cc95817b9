/**
 * Workspaces of HCP Terraform and Terraform Enterprise whose runs happen there (developer.hashicorp.com, "HCP Terraform API": Workspaces and
 * Runs). Terraform starts a run and shows its log. It cannot cancel one without a terminal, so this action does. A saved plan is a
 * reference to a run (JSON with `remote_plan_format`).
 */
import { existsSync, readFileSync } from 'node:fs'
import { InputError, messageOf, ServiceError } from '../errors.ts'
import { request } from '../http.ts'
import { asList, asObject, asText, parseJson } from '../json.ts'
import { secrets } from '../log.ts'
import { can } from './capabilities.ts'
import { cliConfigurationFiles } from './environment.ts'
import { parseHcl, plainString } from './hcl.ts'
import { type ToolName, tools } from './tools.ts'

/** A workspace as its service describes it. */
export interface RemoteWorkspace {
  readonly host: string
  readonly organization: string
  readonly name: string
  /** The block that names it. The backend `remote` cannot save plans. */
  readonly block: 'cloud' | 'remote'
  /** `remote`, `agent` or `local`. A local workspace only stores the state. */
  readonly executionMode: string
  /** Whether it applies plans that nobody confirmed, also those that a run of another workspace triggers. */
  readonly appliesUnconfirmed: boolean
  /** The connected repository; undefined without one. */
  readonly repository: string | undefined
}

/** A run in a workspace. */
export interface RemoteRun {
  readonly id: string
  /** URL of its page. */
  readonly url: string
}

/** The backend that `terraform init` recorded. */
export interface BackendRecord {
  readonly type?: string
  readonly config?: Readonly<Record<string, unknown>>
}

/** Time of one request, so that a cancellation ends before the runner kills the step. */
const requestTimeoutMs = 5_000

/** UTF-16 units of the longest reference to a run. A plan of this machine is an archive, which begins with other bytes. */
const maxReferenceUnits = 65_536

/** The names of a workspace, and the token for its service. */
export interface WorkspaceAccess extends Pick<RemoteWorkspace, 'host' | 'organization' | 'name' | 'block'> {
  readonly token: string | undefined
}

/**
 * Reads which workspace a root module uses, from the record of `terraform init` and the variables of the `cloud` block.
 * @param selected the selected workspace, as Terraform reports it
 * @returns undefined for any other backend
 */
export function workspaceAccessOf(
  { type, config = {} }: BackendRecord,
  selected: string,
  tool: ToolName,
  env: NodeJS.ProcessEnv,
): WorkspaceAccess | undefined {
  if (type !== 'cloud' && type !== 'remote') return undefined
  const variable = (name: string) => (type === 'cloud' ? env[name] || undefined : undefined)
  const host = asText(config.hostname) || variable('TF_CLOUD_HOSTNAME') || 'app.terraform.io'
  const organization = asText(config.organization) || variable('TF_CLOUD_ORGANIZATION')
  if (organization === undefined) return undefined
  const { name, prefix } = asObject([config.workspaces].flat()[0])
  const before = asText(prefix) ?? ''
  // The backend takes both forms of a name: without the prefix, and with it.
  const full = asText(name) || (selected.startsWith(before) ? selected : `${before}${selected}`)
  const token = asText(config.token) || tokenOf(host, tool, env)
  if (token !== undefined) secrets.add(token)
  return { host, organization, name: full, block: type, token }
}

/** Returns the token for a host, from the variable TF_TOKEN_… or the CLI configuration. */
function tokenOf(host: string, tool: ToolName, env: NodeJS.ProcessEnv): string | undefined {
  const wanted = host.toLowerCase()
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith('TF_TOKEN_') || !value) continue
    // Variables have no dots and hyphens, so Terraform reads them from underscores.
    const named = name.slice('TF_TOKEN_'.length).replaceAll('__', '-').replaceAll('_', '.')
    if (named.toLowerCase() === wanted) return value
  }
  for (const file of cliConfigurationFiles(tool, env)) {
    const token = tokenIn(file, wanted)
    if (token !== undefined) return token
  }
  return undefined
}

function tokenIn(file: string, host: string): string | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  if (file.endsWith('.json')) return asText(asObject(asObject(asObject(parseJson(text)).credentials)[host]).token)
  const block = parseHcl(text).blocks.find(({ type, labels }) => type === 'credentials' && labels[0] === host)
  return plainString(block?.attributes.get('token'))
}

/** The API of one service, with the token of this job. */
export class RemoteService {
  readonly host: string
  readonly #url: string
  readonly #token: string

  private constructor(host: string, url: string, token: string) {
    this.host = host
    this.#url = url
    this.#token = token
  }

  /**
   * Finds the API of a host by service discovery (developer.hashicorp.com, "Remote Service Discovery").
   * @throws ServiceError if the host has none
   */
  static async discover(host: string, token: string): Promise<RemoteService> {
    const page = `https://${host}/.well-known/terraform.json`
    const { status, body } = await request(page, { timeoutMs: requestTimeoutMs, maxRedirects: 3 })
    const path = asText(asObject(parseJson(body.toString('utf8')))['tfe.v2'])
    const url = path === undefined ? undefined : new URL(path, page)
    if (status !== 200 || url?.protocol !== 'https:')
      throw new ServiceError(`${host} does not announce the API of HCP Terraform (status ${status})`)
    return new RemoteService(host, url.href.replace(/\/?$/, '/'), token)
  }

  /** Reads the settings of a workspace. @throws ServiceError if the token may not */
  async readWorkspace({ host, organization, name, block }: WorkspaceAccess): Promise<RemoteWorkspace> {
    const path = `organizations/${encodeURIComponent(organization)}/workspaces/${encodeURIComponent(name)}`
    const { data } = asObject(parseJson(await this.#send('GET', path)))
    const { attributes } = asObject(data)
    const settings = asObject(attributes)
    const repository = settings['vcs-repo']
    return {
      ...{ host, organization, name, block },
      executionMode: asText(settings['execution-mode']) ?? 'remote',
      appliesUnconfirmed: settings['auto-apply'] === true || settings['auto-apply-run-trigger'] === true,
      repository: repository === null || repository === undefined ? undefined : identifierOf(repository),
    }
  }

  /** Cancels a run: Terraform there is interrupted, and saves the state. @throws ServiceError if it cannot be cancelled */
  async cancel(run: RemoteRun): Promise<void> {
    await this.#send('POST', `runs/${encodeURIComponent(run.id)}/actions/cancel`)
  }

  /**
   * Discards a saved plan, so that nobody confirms it in the service. A run that still waits or plans is cancelled, because its plan
   * could be confirmed later. A run that has ended without an apply stays as it is.
   * @throws ServiceError if it cannot be discarded, or is confirmed already
   */
  async discard(run: RemoteRun): Promise<void> {
    const actions = `runs/${encodeURIComponent(run.id)}/actions`
    if ((await this.#request('POST', `${actions}/discard`, [409])).status !== 409) return
    if ((await this.#readRun(run)).isApplied)
      throw new ServiceError('it is confirmed already, and the service applies it')
    await this.#request('POST', `${actions}/cancel`, [409])
  }

  /** Whether the service applies a run without a confirmation, or does so already. @throws ServiceError if it does not say */
  async appliesUnconfirmed(run: RemoteRun): Promise<boolean> {
    const { isAutomatic, isApplied } = await this.#readRun(run)
    return isAutomatic || isApplied
  }

  async #readRun({ id }: RemoteRun): Promise<{ readonly isAutomatic: boolean; readonly isApplied: boolean }> {
    const { data } = asObject(parseJson(await this.#send('GET', `runs/${encodeURIComponent(id)}`)))
    const settings = asObject(asObject(data).attributes)
    return {
      isAutomatic: settings['auto-apply'] === true,
      // Also `apply_queued` and `applying`.
      isApplied: /^(confirmed|appl)/.test(asText(settings.status) ?? ''),
    }
  }

  async #send(method: 'GET' | 'POST', path: string): Promise<string> {
    return (await this.#request(method, path)).text
  }

  /** @param alsoOk statuses that are not an error */
  async #request(
    method: 'GET' | 'POST',
    path: string,
    alsoOk: readonly number[] = [],
  ): Promise<{ readonly status: number; readonly text: string }> {
    const { status, body } = await request(`${this.#url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/vnd.api+json' },
      ...(method === 'POST' && { body: '{}' }),
      timeoutMs: requestTimeoutMs,
    })
    const text = body.toString('utf8')
    if ((status < 200 || status > 299) && !alsoOk.includes(status))
      throw new ServiceError(`${this.host} answered ${method} ${path} with status ${status}${reasonIn(text)}`)
    return { status, text }
  }
}

function identifierOf(repository: unknown): string {
  return asText(asObject(repository).identifier) ?? 'a repository'
}

function reasonIn(text: string): string {
  const [first] = asList(asObject(parseJson(text)).errors)
  const title = asText(asObject(first).title)
  return title === undefined ? '' : ` (${title})`
}

/** A workspace with remote execution, and its service. */
export interface RemoteRuns {
  readonly workspace: RemoteWorkspace
  readonly service: RemoteService
}

/**
 * Reads the workspace of a root module.
 * @returns undefined if the runs happen on this machine, or a reason if that is not known
 */
export async function readRemoteRuns(access: WorkspaceAccess): Promise<RemoteRuns | string | undefined> {
  const { host, token } = access
  if (token === undefined)
    return `This action found no token for ${host}. Set the variable ${tokenVariable(host)} in the job, or a credentials block in the CLI configuration.`
  try {
    const service = await RemoteService.discover(host, token)
    const workspace = await service.readWorkspace(access)
    return workspace.executionMode === 'local' || process.env.TF_FORCE_LOCAL_BACKEND
      ? undefined
      : { workspace, service }
  } catch (error) {
    return `The settings of the workspace could not be read: ${messageOf(error)}.`
  }
}

function tokenVariable(host: string): string {
  return `TF_TOKEN_${host.replaceAll('-', '__').replaceAll('.', '_')}`
}

/**
 * Refuses a workspace in which the reviewed plan could not be the only one that is applied, before anything is changed.
 * @throws InputError
 */
export function assertRemoteRuns(
  { host, organization, name, block, appliesUnconfirmed, repository }: RemoteWorkspace,
  { tool, version, parallelism }: { readonly tool: ToolName; readonly version: string; readonly parallelism: number },
): void {
  const workspace = `The workspace ${organization}/${name} on ${host}`
  const local =
    'or set its execution mode to Local: then it keeps the state, and this action plans and applies on the runner'
  if (block === 'remote')
    throw new InputError(
      `${workspace} plans and applies there, and the backend "remote" cannot save such a plan for a review. Nothing was changed. ` +
        `Replace the block backend "remote" by a cloud block with the same workspace, ${local}.`,
      'REMOTE_EXECUTION',
    )
  if (!can(tool, version, 'savedCloudPlans'))
    throw new InputError(
      `${workspace} plans and applies there, and ${tools[tool].title} ${version} cannot save such a plan for a review. Nothing was ` +
        `changed. Use version 1.6.0 or newer, ${local}.`,
      'REMOTE_EXECUTION',
    )
  if (appliesUnconfirmed)
    throw new InputError(
      `${workspace} applies plans that nobody has confirmed (auto-apply), so not only the reviewed plan would be applied. Nothing was ` +
        'changed. Switch off both kinds of auto-apply in the general settings of the workspace. This action confirms the reviewed plan.',
      'REMOTE_AUTO_APPLY',
    )
  if (repository !== undefined)
    throw new InputError(
      `${workspace} is connected to ${repository}: it plans and applies by its own events, and takes no saved plan. Nothing was changed. ` +
        `Disconnect the repository in the version control settings of the workspace, ${local}.`,
      'REMOTE_VCS',
    )
  if (parallelism !== 10)
    throw new InputError(
      `Input parallelism is ${parallelism}, and ${workspace.replace('The', 'the')} plans and applies there with its own setting. ` +
        'Leave parallelism empty, and set the variable TFE_PARALLELISM in the workspace.',
    )
}

/** The error for a run that the service applies although nobody confirmed its plan. */
export function unconfirmedRun({ url }: RemoteRun, { organization, name }: RemoteWorkspace): InputError {
  return new InputError(
    `The run ${url} applies its plan without a confirmation, so a plan that nobody reviewed could be applied. At its end, this action ` +
      `discards or cancels the run, if that is still possible: look there whether it has changed anything. Switch off both kinds of auto-apply of the workspace ${organization}/${name}.`,
    'REMOTE_AUTO_APPLY',
  )
}

/**
 * Returns the run that a plan file refers to; undefined for a plan of this machine.
 * @param planFile path of the plan file
 */
export function readSavedRun(planFile: string): { readonly host: string; readonly id: string } | undefined {
  if (!existsSync(planFile)) return undefined
  const content = readFileSync(planFile)
  if (content.length > maxReferenceUnits || content[0] !== '{'.charCodeAt(0)) return undefined
  const { remote_plan_format: format, hostname, run_id: id } = asObject(parseJson(content.toString('utf8')))
  return format === undefined
    ? undefined
    : { host: asText(hostname) ?? 'another machine', id: asText(id) ?? 'unknown run' }
}

/** Finds the run in the output of a command, which prints the URL of its page. */
export function findRun(output: string, { host, organization, name }: RemoteWorkspace): RemoteRun | undefined {
  const page = `https://${host}/app/${organization}/${name}/runs/`
  const start = output.search(new RegExp(`^${RegExp.escape(page)}run-\\w+\\r?$`, 'm'))
  const id = start === -1 ? undefined : /^run-\w+/.exec(output.slice(start + page.length))?.[0]
  return id === undefined ? undefined : { id, url: `${page}${id}` }
}

/** Finds the run of a workspace that is not known, in the output of a plan. */
export function findUnknownRun(output: string): { readonly host: string; readonly id: string } | undefined {
  if (!/^Running plan in /m.test(output)) return undefined
  const [, host, id] = /^https:\/\/([^/\s]+)\/app\/[^/\s]+\/[^/\s]+\/runs\/(run-\w+)\r?$/m.exec(output) ?? []
  return host === undefined || id === undefined ? undefined : { host, id }
}

/** Whether a command gave up because the workspace was locked for too long. */
export function isLockTimeout(output: string): boolean {
  return /^Lock timeout exceeded/m.test(output)
}
