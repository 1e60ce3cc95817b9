/**
 * A server with the part of the HCP Terraform API that a saved cloud plan needs (developer.hashicorp.com, "API"): service
 * discovery, one organization with one workspace, configuration versions, runs, plans with their JSON, applies, state
 * versions and the lock. It runs the real Terraform on what the client uploads, with the state in a file, so each plan is
 * real. It has no policies, run tasks, cost estimates, queue, variable sets and other workspaces.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { issueCertificate } from './certificates.ts'
import { listen } from './mcp/listen.ts'

/** The settings of the workspace that decide who may apply what. A test changes them. */
export interface WorkspaceSettings {
  executionMode: 'remote' | 'agent' | 'local'
  autoApply: boolean
  autoApplyRunTrigger: boolean
  /** The connected repository; undefined without one. */
  vcsRepo: string | undefined
  /** Who locked the workspace; undefined while it is unlocked. */
  lockedBy: string | undefined
  /** Whether the token may read the whole plan. */
  isAdmin: boolean
  /** Whether the service says of each run that it applies itself, whatever the client asked for. */
  forcesAutoApply: boolean
}

/** Statuses of a run, as far as this server has them. */
type RunStatus =
  | 'pending'
  | 'planning'
  | 'planned_and_saved'
  | 'planned_and_finished'
  | 'applying'
  | 'applied'
  | 'canceled'
  | 'discarded'
  | 'errored'

/** Requests that the server refuses, such as a cancellation that does not reach it. */
export interface RefusedRequest {
  readonly path: RegExp
  readonly status: number
  times: number
}

export interface RemoteRun {
  readonly id: string
  status: RunStatus
  readonly attributes: Readonly<Record<string, unknown>>
  readonly directory: string
  /** Names of the uploaded files. */
  files: readonly string[]
  hasChanges: boolean
  planLog: string
  applyLog: string
  planJson: string
  /** The serial of the state that was planned. */
  serial: number
  child: ChildProcess | undefined
  isCancelled: boolean
}

export interface HcpTerraform {
  /** The value of `hostname` in a `cloud` block. */
  readonly host: string
  readonly organization: string
  readonly workspace: string
  readonly token: string
  /** The `cloud` block of a root module. */
  readonly cloud: string
  /** Variables by which Terraform and Node reach and trust this server. */
  readonly env: Readonly<Record<string, string>>
  readonly settings: WorkspaceSettings
  /** Oldest first. */
  readonly runs: RemoteRun[]
  /** Requests that changed something, as `POST /runs/run-1/actions/apply`. */
  readonly changes: string[]
  /** Requests for a path that this server does not have. */
  readonly unknown: string[]
  readonly refused: RefusedRequest[]
  /** The state as JSON; undefined before the first one. */
  state(): string | undefined
  /** Environment of the Terraform that this server runs. */
  runnerEnv: Record<string, string>
  stop(): Promise<void>
}

const organization = 'acme'
const workspace = 'weather'
const workspaceId = 'ws-1'

/** Starts the server. @param directory a directory that the caller owns */
export async function startHcpTerraform(directory: string): Promise<HcpTerraform> {
  const { authority, key, certificate } = await issueCertificate(directory, ['localhost'])
  const token = `stand-in.atlasv1.${randomUUID()}`
  const server = new Server(directory, token)
  const listening = await listen(
    createServer({ key, cert: certificate }, (request, response) => void server.answer(request, response)),
    'https',
  )
  server.host = `localhost:${listening.port}`
  const { host, settings, runs, changes, unknown, refused } = server
  return {
    host,
    organization,
    workspace,
    token,
    cloud: `cloud {
      hostname     = "${host}"
      organization = "${organization}"
      workspaces {
        name = "${workspace}"
      }
    }`,
    env: { [`TF_TOKEN_${host}`]: token, SSL_CERT_FILE: authority, NODE_EXTRA_CA_CERTS: authority },
    settings,
    runs,
    changes,
    unknown,
    refused,
    state: () => server.state,
    get runnerEnv() {
      return server.runnerEnv
    },
    set runnerEnv(env) {
      server.runnerEnv = env
    },
    stop: async () => {
      for (const { child } of runs) child?.kill('SIGKILL')
      await listening[Symbol.asyncDispose]()
    },
  }
}

/** An answer. `body` is JSON unless it is text or bytes. */
interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

type Handler = (parts: readonly string[], request: { readonly body: Buffer; readonly query: URLSearchParams }) => Reply

class Server {
  host = ''
  runnerEnv: Record<string, string> = {}
  readonly runs: RemoteRun[] = []
  readonly changes: string[] = []
  readonly unknown: string[] = []
  readonly refused: RefusedRequest[] = []
  readonly settings: WorkspaceSettings = {
    executionMode: 'remote',
    autoApply: false,
    autoApplyRunTrigger: false,
    vcsRepo: undefined,
    lockedBy: undefined,
    isAdmin: true,
    forcesAutoApply: false,
  }
  readonly #directory: string
  readonly #token: string
  readonly #configurations = new Map<string, Buffer | undefined>()
  #stateVersions = 0

  constructor(directory: string, token: string) {
    this.#directory = directory
    this.#token = token
  }

  get #stateFile(): string {
    return join(this.#directory, 'remote.tfstate')
  }

  get state(): string | undefined {
    return existsSync(this.#stateFile) ? readFileSync(this.#stateFile, 'utf8') : undefined
  }

  get #serial(): number {
    return this.state === undefined ? 0 : Number(JSON.parse(this.state).serial)
  }

  /** The run that changes the state now, which locks the workspace. */
  get #current(): RemoteRun | undefined {
    return this.runs.find(({ status }) => status === 'planning' || status === 'applying')
  }

  readonly #routes: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
    ['GET', /^\/ping$/, () => ({ status: 204 })],
    ['GET', /^\/organizations\/acme\/entitlement-set$/, () => this.#entitlements()],
    ['GET', /^\/organizations\/acme\/runs\/queue$/, () => this.#queue()],
    ['GET', /^\/organizations\/acme\/capacity$/, () => this.#capacity()],
    ['GET', /^\/organizations\/acme\/workspaces\/weather$/, () => ({ body: this.#workspace() })],
    ['GET', /^\/workspaces\/ws-1$/, () => ({ body: this.#workspace() })],
    ['POST', /^\/workspaces\/ws-1\/configuration-versions$/, () => this.#createConfiguration()],
    ['PUT', /^\/upload\/(cv-\d+)$/, ([id = ''], { body }) => this.#upload(id, body)],
    ['GET', /^\/configuration-versions\/(cv-\d+)$/, ([id = '']) => this.#configuration(id)],
    ['POST', /^\/runs$/, (_, { body }) => this.#createRun(body)],
    ['GET', /^\/workspaces\/ws-1\/runs$/, () => this.#listRuns()],
    ['GET', /^\/runs\/(run-\w+)$/, ([id = ''], { query }) => this.#readRun(id, query.get('include') ?? '')],
    ['GET', /^\/runs\/run-\w+\/run-events$/, () => ({ body: { data: [] } })],
    ['POST', /^\/runs\/(run-\w+)\/actions\/apply$/, ([id = '']) => this.#apply(id)],
    ['POST', /^\/runs\/(run-\w+)\/actions\/(cancel|discard)$/, ([id = '', action = '']) => this.#end(id, action)],
    ['GET', /^\/(plans|applies)\/(?:plan|apply)-(run-\w+)$/, ([kind = '', id = '']) => this.#part(kind, id)],
    ['GET', /^\/plans\/plan-(run-\w+)\/json-output$/, ([id = '']) => this.#planJson(id)],
    ['GET', /^\/log\/(plans|applies)\/(run-\w+)$/, ([kind = '', id = ''], { query }) => this.#log(kind, id, query)],
    ['GET', /^\/workspaces\/ws-1\/current-state-version$/, () => this.#stateVersion()],
    ['POST', /^\/workspaces\/ws-1\/state-versions$/, (_, { body }) => this.#createStateVersion(body)],
    ['GET', /^\/state-versions\/sv-\d+$/, () => this.#stateVersion()],
    ['PUT', /^\/state\/raw$/, (_, { body }) => this.#saveState(body)],
    ['PUT', /^\/state\/json$/, () => ({ body: '' })],
    ['GET', /^\/state\/raw$/, () => ({ body: this.state ?? '' })],
    ['POST', /^\/workspaces\/ws-1\/actions\/(lock|unlock|force-unlock)$/, ([action = '']) => this.#lock(action)],
  ]

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = '' } = request
    const url = new URL(request.url ?? '/', `https://${this.host}`)
    const { status = 200, headers = {}, body } = this.#reply(method, url, request, Buffer.concat(chunks))
    const isText = typeof body === 'string' || Buffer.isBuffer(body)
    response.writeHead(status, {
      'content-type': isText ? 'text/plain' : 'application/vnd.api+json',
      'TFP-API-Version': '2.6',
      'TFP-AppName': 'HCP Terraform',
      ...headers,
    })
    response.end(body === undefined || isText ? body : JSON.stringify(body))
  }

  #reply(method: string, url: URL, { headers }: IncomingMessage, body: Buffer): Reply {
    if (url.pathname === '/.well-known/terraform.json')
      return {
        headers: { 'content-type': 'application/json' },
        body: { 'tfe.v2': '/api/v2/', 'tfe.v2.1': '/api/v2/', 'tfe.v2.2': '/api/v2/' },
      }
    const path = url.pathname.replace(/^\/api\/v2/, '')
    const isSigned = /^\/(upload|log|state)\//.test(path)
    if (!isSigned && headers.authorization !== `Bearer ${this.#token}`) return problem(401, 'unauthorized')
    if (method !== 'GET') this.changes.push(`${method} ${path}`)
    const refusal = this.refused.find(each => each.times > 0 && each.path.test(path))
    if (refusal !== undefined) {
      refusal.times--
      return problem(refusal.status, 'not today')
    }
    for (const [known, pattern, handler] of this.#routes) {
      const match = known === method ? pattern.exec(path) : null
      if (match !== null) return handler(match.slice(1), { body, query: url.searchParams })
    }
    this.unknown.push(`${method} ${path}`)
    return problem(404, 'not found')
  }

  #url(path: string): string {
    return `https://${this.host}${path}`
  }

  #entitlements(): Reply {
    return { body: { data: { id: 'org-1', type: 'entitlement-sets', attributes: { operations: true } } } }
  }

  #queue(): Reply {
    return { body: { data: [], meta: { pagination: { 'current-page': 1, 'total-pages': 1 } } } }
  }

  #capacity(): Reply {
    return {
      body: { data: { id: organization, type: 'organization-capacity', attributes: { pending: 0, running: 0 } } },
    }
  }

  #workspace(): unknown {
    const { executionMode, autoApply, autoApplyRunTrigger, vcsRepo, lockedBy } = this.settings
    const current = this.#current
    return {
      data: {
        id: workspaceId,
        type: 'workspaces',
        attributes: {
          name: workspace,
          'execution-mode': executionMode,
          operations: executionMode !== 'local',
          'auto-apply': autoApply,
          'auto-apply-run-trigger': autoApplyRunTrigger,
          'vcs-repo': vcsRepo === undefined ? null : { identifier: vcsRepo },
          locked: lockedBy !== undefined || current !== undefined,
          'structured-run-output-enabled': false,
          'terraform-version': 'latest',
          'working-directory': null,
          permissions: {
            'can-queue-run': true,
            'can-queue-apply': true,
            'can-update': true,
            'can-lock': true,
            'can-unlock': true,
            'can-force-unlock': true,
            'can-read-settings': true,
          },
        },
        relationships: {
          organization: { data: { id: organization, type: 'organizations' } },
          ...(current && { 'current-run': { data: { id: current.id, type: 'runs' } } }),
        },
      },
      included: [{ id: organization, type: 'organizations', attributes: { name: organization } }],
    }
  }

  #createConfiguration(): Reply {
    const id = `cv-${this.#configurations.size + 1}`
    this.#configurations.set(id, undefined)
    return { ...this.#configuration(id), status: 201 }
  }

  #configuration(id: string): Reply {
    const status = this.#configurations.get(id) === undefined ? 'pending' : 'uploaded'
    const attributes = { status, 'upload-url': this.#url(`/upload/${id}`) }
    return { body: { data: { id, type: 'configuration-versions', attributes } } }
  }

  #upload(id: string, body: Buffer): Reply {
    this.#configurations.set(id, body)
    return { body: '' }
  }

  #createRun(body: Buffer): Reply {
    const { attributes, relationships } = JSON.parse(body.toString()).data
    const id = `run-${this.runs.length + 1}`
    const directory = join(this.#directory, id)
    mkdirSync(directory)
    const run: RemoteRun = {
      ...{
        id,
        attributes,
        directory,
        files: [],
        status: 'pending',
        hasChanges: false,
        planLog: '',
        applyLog: '',
        planJson: '',
      },
      ...{ serial: 0, child: undefined, isCancelled: false },
    }
    this.runs.push(run)
    const configuration = this.#configurations.get(relationships['configuration-version'].data.id) ?? Buffer.alloc(0)
    void this.#plan(run, configuration)
    return { ...this.#readRun(id, ''), status: 201 }
  }

  async #plan(run: RemoteRun, configuration: Buffer): Promise<void> {
    // A locked workspace keeps a run waiting.
    while (this.settings.lockedBy !== undefined || this.#current !== undefined) {
      if (run.isCancelled) return
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    run.status = 'planning'
    run.serial = this.#serial
    const archive = join(run.directory, 'upload.tar.gz')
    writeFileSync(archive, configuration)
    await promisify(execFile)('tar', ['-xzf', archive, '-C', run.directory])
    const { stdout } = await promisify(execFile)('tar', ['-tzf', archive])
    run.files = stdout.split('\n').filter(name => name !== '' && !name.endsWith('/'))
    rmSync(archive)
    const local = { terraform: { backend: { local: { path: this.#stateFile } } } }
    writeFileSync(join(run.directory, 'stand_in_override.tf.json'), JSON.stringify(local))
    const { attributes: asked } = run
    const variables = (asked.variables ?? []) as { key: string; value: string }[]
    writeFileSync(
      join(run.directory, 'run.auto.tfvars'),
      variables.map(({ key, value }) => `${key} = ${value}\n`).join(''),
    )
    const flags = [
      ...(asked['is-destroy'] === true ? ['-destroy'] : []),
      ...(asked['refresh-only'] === true ? ['-refresh-only'] : []),
      ...((asked['target-addrs'] ?? []) as string[]).map(address => `-target=${address}`),
      ...((asked['replace-addrs'] ?? []) as string[]).map(address => `-replace=${address}`),
    ]
    const addLog = (text: string) => {
      run.planLog += text
    }
    const plan = ['plan', '-input=false', '-no-color', '-detailed-exitcode', '-out=plan.tfplan', ...flags]
    const initialized = await this.#terraform(run, ['init', '-input=false', '-no-color'], () => {})
    const code = initialized === 0 ? await this.#terraform(run, plan, addLog) : 1
    run.hasChanges = code === 2
    if (code !== 1 && !run.isCancelled) {
      await this.#terraform(run, ['show', '-json', 'plan.tfplan'], text => {
        run.planJson += text
      })
    }
    run.planLog += '\x03'
    const saved = asked['save-plan'] === true ? 'planned_and_saved' : 'planned_and_finished'
    run.status = run.isCancelled ? 'canceled' : code === 0 ? 'planned_and_finished' : code === 2 ? saved : 'errored'
  }

  #apply(id: string): Reply {
    const run = this.#run(id)
    if (run === undefined) return problem(404, 'not found')
    if (!this.#isConfirmable(run)) return problem(409, 'transition not allowed')
    run.status = 'applying'
    // The client leaves out the three lines with which the log of an apply begins.
    run.applyLog = 'Terraform v1.11.4\non linux_amd64\nInitializing plugins and modules...\n'
    void this.#runApply(run)
    return { status: 202 }
  }

  async #runApply(run: RemoteRun): Promise<void> {
    const code = await this.#terraform(run, ['apply', '-input=false', '-no-color', 'plan.tfplan'], text => {
      run.applyLog += text
    })
    run.applyLog += '\x03'
    run.status = run.isCancelled ? 'canceled' : code === 0 ? 'applied' : 'errored'
    // Every other saved plan is of an older state.
    for (const other of this.runs) {
      if (other.status === 'planned_and_saved' && other.serial !== this.#serial) other.status = 'discarded'
    }
  }

  async #terraform(run: RemoteRun, args: readonly string[], log: (text: string) => void): Promise<number> {
    const kept = Object.entries(process.env).filter(
      ([name]) => !/^TF_(TOKEN|CLOUD|WORKSPACE|DATA_DIR|CLI_ARGS)/.test(name),
    )
    const env = { ...Object.fromEntries(kept), TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1', ...this.runnerEnv }
    const child = spawn('terraform', args, { cwd: run.directory, env, stdio: ['ignore', 'pipe', 'pipe'] })
    run.child = child
    child.stdout.on('data', chunk => log(String(chunk)))
    child.stderr.on('data', chunk => log(String(chunk)))
    const code = await new Promise<number>(resolve => child.once('close', exit => resolve(exit ?? 1)))
    run.child = undefined
    return code
  }

  #end(id: string, action: string): Reply {
    const run = this.#run(id)
    if (run === undefined) return problem(404, 'not found')
    const isPossible = action === 'cancel' ? this.#isCancelable(run) : this.#isConfirmable(run)
    if (!isPossible) return problem(409, 'transition not allowed')
    if (action === 'discard') run.status = 'discarded'
    else {
      run.isCancelled = true
      if (run.status === 'pending') {
        run.status = 'canceled'
        run.planLog += '\x03'
      }
      run.child?.kill('SIGINT')
    }
    return { status: 202 }
  }

  #isConfirmable(run: RemoteRun): boolean {
    return run.status === 'planned_and_saved' && run.serial === this.#serial && this.settings.lockedBy === undefined
  }

  #isCancelable({ status }: RemoteRun): boolean {
    return status === 'pending' || status === 'planning' || status === 'applying'
  }

  #run(id: string): RemoteRun | undefined {
    return this.runs.find(each => each.id === id)
  }

  #listRuns(): Reply {
    const data = this.runs.toReversed().map(run => this.#runData(run))
    return { body: { data, meta: { pagination: { 'current-page': 1, 'total-pages': 1 } } } }
  }

  #readRun(id: string, include: string): Reply {
    const run = this.#run(id)
    if (run === undefined) return problem(404, 'not found')
    const included = [
      ...(include.includes('plan') ? [this.#planData(run)] : []),
      ...(include.includes('workspace') ? [(this.#workspace() as { data: unknown }).data] : []),
    ]
    return { body: { data: this.#runData(run), included } }
  }

  #runData(run: RemoteRun): unknown {
    const { id, status, hasChanges, attributes } = run
    return {
      id,
      type: 'runs',
      attributes: {
        status,
        'has-changes': hasChanges,
        'auto-apply': this.settings.forcesAutoApply || (attributes['auto-apply'] ?? this.settings.autoApply),
        'is-destroy': attributes['is-destroy'] ?? false,
        'refresh-only': attributes['refresh-only'] ?? false,
        'save-plan': attributes['save-plan'] ?? false,
        'plan-only': false,
        actions: {
          'is-cancelable': this.#isCancelable(run),
          'is-confirmable': this.#isConfirmable(run),
          'is-discardable': status === 'planned_and_saved',
          'is-force-cancelable': false,
        },
      },
      relationships: {
        plan: { data: { id: `plan-${id}`, type: 'plans' } },
        apply: { data: { id: `apply-${id}`, type: 'applies' } },
        workspace: { data: { id: workspaceId, type: 'workspaces' } },
      },
    }
  }

  #planData(run: RemoteRun): unknown {
    const { id, status, hasChanges } = run
    const states: Partial<Record<RunStatus, string>> = {
      pending: 'pending',
      planning: 'running',
      errored: run.planJson === '' ? 'errored' : 'finished',
      canceled: run.planJson === '' ? 'canceled' : 'finished',
    }
    const attributes = {
      status: states[status] ?? 'finished',
      'has-changes': hasChanges,
      'log-read-url': this.#url(`/log/plans/${id}`),
    }
    return { id: `plan-${id}`, type: 'plans', attributes }
  }

  #part(kind: string, id: string): Reply {
    const run = this.#run(id)
    if (run === undefined) return problem(404, 'not found')
    if (kind === 'plans') return { body: { data: this.#planData(run) } }
    const isRunning = run.status === 'applying'
    const attributes = {
      status: isRunning ? 'running' : run.status === 'applied' ? 'finished' : run.status,
      'log-read-url': this.#url(`/log/applies/${id}`),
    }
    return { body: { data: { id: `apply-${id}`, type: 'applies', attributes } } }
  }

  #planJson(id: string): Reply {
    const run = this.#run(id)
    if (run === undefined || run.planJson === '' || !this.settings.isAdmin) return problem(404, 'not found')
    return { headers: { 'content-type': 'application/json' }, body: Buffer.from(run.planJson) }
  }

  #log(kind: string, id: string, query: URLSearchParams): Reply {
    const run = this.#run(id)
    const text = Buffer.from(`\x02${kind === 'plans' ? run?.planLog : run?.applyLog}`)
    const offset = Number(query.get('offset'))
    return { body: text.subarray(offset, offset + Number(query.get('limit'))) }
  }

  #stateVersion(): Reply {
    if (this.state === undefined) return problem(404, 'not found')
    return this.#stateVersionBody(200)
  }

  #stateVersionBody(status: number): Reply {
    const attributes = {
      serial: this.#serial,
      status: 'finalized',
      'hosted-state-download-url': this.#url('/state/raw'),
      'hosted-state-upload-url': this.#url('/state/raw'),
      'hosted-json-state-upload-url': this.#url('/state/json'),
      'resources-processed': true,
    }
    return { status, body: { data: { id: `sv-${this.#stateVersions}`, type: 'state-versions', attributes } } }
  }

  #createStateVersion(_: Buffer): Reply {
    this.#stateVersions += 1
    return this.#stateVersionBody(201)
  }

  #saveState(body: Buffer): Reply {
    writeFileSync(this.#stateFile, body)
    return { body: '' }
  }

  #lock(action: string): Reply {
    const isLocked = this.settings.lockedBy !== undefined || this.#current !== undefined
    if (action === 'lock' && isLocked) return problem(409, 'workspace already locked')
    if (action !== 'lock' && !isLocked) return problem(409, 'workspace already unlocked')
    this.settings.lockedBy = action === 'lock' ? 'Terraform' : undefined
    return { body: this.#workspace() }
  }
}

function problem(status: number, title: string): Reply {
  return { status, body: { errors: [{ status: String(status), title }] } }
}
