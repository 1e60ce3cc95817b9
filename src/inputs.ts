/**
 * The only reader of the action's inputs. Every input is checked before the run starts anything: a value that is not
 * allowed is an InputError that names the input, the value and the allowed values.
 */
import * as crypto from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import { getInput } from '@actions/core'
import { type IgnoredPath, parseIgnoredPath } from './approval/ignored-paths.ts'
import { InputError, messageOf } from './errors.ts'
import { type DeployCommand, deployCommands, type MatrixCommand, matrixCommands } from './event.ts'
import type { ClientCredentials } from './gate/authorization.ts'
import { isSigningValue, readSigningScope } from './gate/aws-signing.ts'
import type { ToolCall } from './gate/call-list.ts'
import { algorithmOf, readPrivateKey } from './gate/client-assertion.ts'
import { readContract } from './gate/contract.ts'
import { hasAuthorization, headerProblem, isHeaderName, isLoopback, issuerProblem } from './gate/header-rules.ts'
import { type HostName, hostNames } from './gate/host-names.ts'
import type { Address, TlsOptions } from './gate/http-exchange.ts'
import type { Tool } from './gate/tools.ts'
import { line, log, secrets } from './log.ts'
import type { CredentialOutputs } from './platforms/credential-outputs.ts'
import { type ImageReference, parseReference } from './platforms/images/reference.ts'
import { isRuleName, ruleNames } from './rules/names.ts'
import { headerSecrets, publicUrl, secretParts, urlSecrets } from './secret-parts.ts'
import { isSetting } from './terraform/backend.ts'
import { shippedModules, workspaceNamePattern } from './terraform/names.ts'
import type { PlanCheck } from './terraform/plan-checks.ts'

export const toolNames = ['terraform', 'tofu'] as const

/** What a plan does, as labels describe it. */
export const labelKinds = ['no-changes', 'add', 'change', 'replace', 'destroy'] as const
export type LabelKind = (typeof labelKinds)[number]

/** A label by kind. A kind without a label has no entry. */
export type Labels = Readonly<Partial<Record<LabelKind, { readonly name: string; readonly color: string }>>>

/** A line of the input reviewed-images. */
export interface ImageInput {
  /** Name of the variable of the root module. */
  readonly variable: string
  /** Undefined if the job has built no image, which an apply with a reviewed one does not need. */
  readonly reference: ImageReference | undefined
  /** Path in the repository that the image is built from, with slashes; `.` is the whole repository. */
  readonly context: string | undefined
}

export interface Inputs {
  readonly command: DeployCommand | MatrixCommand
  readonly stack: (typeof shippedModules)[number] | undefined
  /** Absolute path of the user's root module or, with `stack`, of the directory that holds the variable files. */
  readonly workingDirectory: string
  readonly workspace: string | undefined
  /** Absolute paths of variable files that exist. */
  readonly varFiles: readonly string[]
  /** Backend settings, each `key=value` or the absolute path of a file that exists. */
  readonly backendConfig: readonly string[]
  readonly targets: readonly string[]
  readonly replaces: readonly string[]
  /** Plan rules whose findings the user accepts in the whole plan, each with a reason. */
  readonly acceptRules: readonly { readonly rule: string; readonly reason: string }[]
  /** The user's own checks of each plan, in order. */
  readonly planChecks: readonly PlanCheck[]
  readonly tool: (typeof toolNames)[number]
  readonly terraformVersion: string | undefined
  /** Mirror that replaces the publisher's release host, and the armored public key when the user signs the releases. */
  readonly terraformMirror: { readonly url: string; readonly key: string | undefined } | undefined
  readonly lockTimeoutMs: number
  readonly parallelism: number
  /** Approval policy: `reviewed`, `none`, or the fingerprint of the plan that may be applied. */
  readonly planApproval: string
  /** Key that signs the plan record and hashes the sensitive values in fingerprints; empty when it is not set. */
  readonly planApprovalKey: string
  /** Attributes that are not compared with the reviewed plan. */
  readonly ignoredPaths: readonly IgnoredPath[]
  /** Path of the workflow file whose plans count as reviewed; undefined means the running workflow. */
  readonly planWorkflow: string | undefined
  /** The comment that requests an apply before the merge; undefined when only merges are applied. */
  readonly applyBeforeMerge: string | undefined
  /** Images that are resolved once and reviewed with the plan, by the variable that gets them. */
  readonly reviewedImages: readonly ImageInput[]
  readonly forks: 'check' | 'fail'
  readonly githubToken: string
  readonly comment: 'always' | 'changes' | 'never'
  /** Whether a commit status shows that the plan on a pull request is current. */
  readonly planStatus: 'always' | 'never'
  /** Labels of the pull request by what its plan does; undefined when the action sets none. */
  readonly labels: Labels | undefined
  readonly ecs: { readonly cluster: string | undefined; readonly service: string | undefined }
  /** How long the platform may take to run the new version; undefined means the platform's default. */
  readonly deployTimeoutMs: number | undefined
  /** The same from the deprecated inputs, by the platform that each is about. */
  readonly formerTimeoutsMs: Readonly<Record<string, number>>
  readonly mcp: {
    readonly endpoint: string | undefined
    readonly require: 'any' | 'legacy' | 'modern' | 'both'
    readonly transport: 'auto' | 'streamable-http' | 'sse'
    readonly headers: Readonly<Record<string, string>>
    /** Outputs of the root module with credentials that the apply makes. */
    readonly fromOutputs: CredentialOutputs
    readonly tools: readonly string[]
    readonly auth: 'none' | 'required'
    readonly oauth: ClientCredentials | undefined
    /** Client certificate with its key, and additional certificate authorities, in PEM. */
    readonly tls: TlsOptions | undefined
    readonly connectTo: Address | undefined
    /** How requests are signed; undefined means as the platform of the deployment requires. */
    readonly sigv4: string | undefined
    /** MCP hosts whose requirements the tools must meet. */
    readonly hosts: readonly HostName[]
    /** Tool calls to verify; `loadMcpCalls` reads them. */
    readonly calls: readonly ToolCall[]
    /** Committed tool contract; `tools` is undefined when the file does not exist yet. */
    readonly contract: { readonly path: string; readonly tools: readonly Tool[] | undefined } | undefined
    readonly expectVersion: string | undefined
    readonly rounds: number
    readonly timeoutMs: number
    readonly requestTimeoutMs: number
    readonly requestsPerMinute: number
  }
  /** The version to roll back to; undefined means the version that passed the gate last. */
  readonly rollbackTo: string | undefined
  readonly onFailure: 'taint' | 'rollback' | 'none'
  readonly alivemcp:
    | {
        readonly apiKey: string
        readonly apiUrl: string
        readonly name: string | undefined
        readonly intervalMs: number
      }
    | undefined
  readonly webhook: { readonly url: string; readonly secret: string } | undefined
  readonly allowLocalState: boolean
  /** Name of the stack that a destroy may destroy; undefined when no destroy is confirmed. */
  readonly confirmDestroy: string | undefined
  /** Expiration of the AWS credentials, milliseconds since 1970; undefined when it is unknown. */
  readonly credentialsEnd: number | undefined
  /** Minimum remaining validity of the certificate at a verify, in days. */
  readonly certificateDays: number
  readonly drift: 'auto' | 'ignore' | 'report' | 'fail'
  readonly driftPlan: 'normal' | 'refresh-only'
  readonly issue: 'never' | 'failures'
  /** GitHub environment that shows each apply as a deployment; undefined when no deployment is created. */
  readonly deploymentEnvironment: string | undefined
  /** Name that distinguishes this stack from others in the same directory; undefined when it is not set. */
  readonly stackName: string | undefined
  readonly discover: 'changed' | 'all'
  /** Absolute directory of the reports that `summary` joins, and the JSON list of stacks from `discover`. */
  readonly summary: { readonly reports: string; readonly stacks: string | undefined }
}

/**
 * Reads and checks every input of action.yml and masks the secret ones. It changes nothing else.
 * @throws InputError for the first input that cannot be used
 */
export function readInputs(workspace: string): Inputs {
  const workingDirectory = readDirectory('working-directory', workspace)
  const stack = readOptional('stack') === undefined ? undefined : readOneOf('stack', shippedModules)
  const githubToken = readSecret('github-token')
  const mcp = readMcpInputs(workspace)
  const apiKey = readSecret('alivemcp-api-key')
  const planApprovalKey = readApprovalKey('plan-approval-key')
  const webhook = readWebhook()
  const cluster = readOptional('ecs-cluster')
  const service = readOptional('ecs-service')
  if ((cluster === undefined) !== (service === undefined)) {
    const [present, missing] = cluster === undefined ? ['ecs-service', 'ecs-cluster'] : ['ecs-cluster', 'ecs-service']
    throw new InputError(
      `Input ${present} is set and ${missing} is not: set both, or set neither to use the Terraform outputs.`,
    )
  }

  const command = readOneOf('command', [...deployCommands, ...matrixCommands])
  const replaces = readList('replace').map(address => checkAddress('replace', address))
  if (command === 'destroy' && replaces.length > 0) {
    throw new InputError(
      `Input replace has the line "${replaces[0]}", and command is "destroy", which replaces nothing: leave replace empty.`,
    )
  }

  const rollbackTo = readLine('rollback-to', 'the name of a version', maxVersionLength)
  if (rollbackTo !== undefined && command !== 'rollback') {
    throw new InputError(
      `Input rollback-to is "${rollbackTo}", and command is "${command}", which rolls nothing back: set command to rollback, or leave rollback-to empty.`,
    )
  }

  return {
    command,
    stack,
    workingDirectory,
    workspace: readWorkspace('workspace'),
    varFiles: readList('var-file').map(file => resolveFile('var-file', file, workingDirectory)),
    backendConfig: readList('backend-config').map(line => resolveBackendSetting(line, workingDirectory)),
    targets: readList('target').map(address => checkAddress('target', address)),
    replaces,
    acceptRules: readList('accept-rules').map(parseAcceptedRule),
    planChecks: readPlanChecks('plan-checks'),
    tool: readOneOf('tool', toolNames),
    terraformVersion: readOptional('terraform-version'),
    terraformMirror: readMirror(),
    lockTimeoutMs: readDuration('lock-timeout'),
    parallelism: readWholeNumber('parallelism', 1),
    planApproval: readPlanApproval('plan-approval'),
    planApprovalKey,
    ignoredPaths: readList('plan-approval-ignore').map(readIgnoredPath),
    planWorkflow: readPlanWorkflow('plan-workflow'),
    applyBeforeMerge: readApplyComment('apply-before-merge'),
    reviewedImages: readReviewedImages('reviewed-images'),
    forks: readOneOf('forks', ['check', 'fail']),
    githubToken,
    comment: readOneOf('comment', ['always', 'changes', 'never']),
    planStatus: readOneOf('plan-status', ['always', 'never']),
    labels: readLabels('labels'),
    ecs: { cluster, service },
    deployTimeoutMs: readOptional('deploy-timeout') === undefined ? undefined : readPositiveDuration('deploy-timeout'),
    formerTimeoutsMs: readFormerTimeouts(),
    mcp,
    rollbackTo,
    onFailure: readOneOf('on-failure', ['taint', 'rollback', 'none']),
    alivemcp: apiKey === '' ? undefined : readAlivemcp(apiKey),
    webhook,
    allowLocalState: readBoolean('allow-local-state'),
    confirmDestroy: readOptional('confirm-destroy'),
    credentialsEnd: readExpiration('aws-expiration', 'AWS_CREDENTIAL_EXPIRATION'),
    certificateDays: readWholeNumber('certificate-days', 0),
    drift: readOneOf('drift', ['auto', 'ignore', 'report', 'fail']),
    driftPlan: readOneOf('drift-plan', ['normal', 'refresh-only']),
    issue: readOneOf('issue', ['never', 'failures']),
    deploymentEnvironment: readLine(
      resolveRenamedInput('deployment-environment', 'environment'),
      'the name of an environment',
      maxEnvironmentLength,
    ),
    stackName: readLine('stack-name', 'the name of a stack', 200),
    discover: readOneOf('discover', ['changed', 'all']),
    summary: { reports: resolve(workspace, getInput('reports') || '.'), stacks: readStacks('stacks', workspace) },
  }
}

/**
 * Reads and checks the inputs of the gate and masks the secret ones.
 * @param workspace directory in which a committed contract must lie
 * @throws InputError for the first input that cannot be used
 */
export function readMcpInputs(workspace: string): Inputs['mcp'] {
  const headers = readHeaders('mcp-headers')
  const endpoint = readOptional('mcp-endpoint')
  if (endpoint !== undefined) checkEndpoint('mcp-endpoint', endpoint)
  return validateMcpInputs({
    endpoint,
    require: readOneOf('mcp-require', ['any', 'legacy', 'modern', 'both']),
    transport: readOneOf('mcp-transport', ['auto', 'streamable-http', 'sse']),
    headers,
    fromOutputs: {
      headers: readOutputName('mcp-headers-from-output'),
      oauth: readOutputName('mcp-oauth-from-output'),
    },
    tools: readList('mcp-tools'),
    auth: readAuth(),
    oauth: readOauth(headers),
    tls: readTls(),
    connectTo: readAddress('mcp-connect-to'),
    sigv4: readSigv4('mcp-sigv4', endpoint),
    hosts: readHosts('mcp-hosts'),
    calls: [],
    contract: readContractFile('mcp-contract', workspace),
    expectVersion: readOptional('mcp-expect-version'),
    rounds: readWholeNumber('mcp-rounds', 1),
    timeoutMs: readPositiveDuration('mcp-timeout'),
    requestTimeoutMs: readPositiveDuration('mcp-request-timeout'),
    requestsPerMinute: readWholeNumber('mcp-requests-per-minute', 1),
  })
}

/**
 * Parses a duration such as `90s`, `10m` or `1h30m` into milliseconds.
 * @throws InputError that names the input
 */
export function parseDuration(name: string, value: string): number {
  const units = { h: 3_600_000, m: 60_000, s: 1_000 }
  if (!/^(\d{1,6}[hms])+$/.test(value)) {
    throw new InputError(
      `Input ${name} is "${value}": a duration is a number and a unit (s, m or h), such as 90s or 10m.`,
    )
  }
  let ms = 0
  for (const [, count, unit] of value.matchAll(/(\d+)([hms])/g)) ms += Number(count) * units[unit as keyof typeof units]
  return ms
}

function readMirror(): Inputs['terraformMirror'] {
  const url = readOptional('terraform-mirror')
  const key = readOptional('terraform-mirror-key')
  if (url === undefined) {
    if (key === undefined) return undefined
    throw new InputError(
      'Input terraform-mirror-key is set and terraform-mirror is not: the key verifies only releases from a mirror. Set terraform-mirror, or remove the key.',
    )
  }
  const { username, password, search, hash } = parseHttpUrl('terraform-mirror', url)
  if (username !== '' || password !== '') {
    throw new InputError(
      'Input terraform-mirror contains a user name or a password, which would appear in every log: remove them.',
    )
  }
  if (search !== '' || hash !== '') {
    throw new InputError(
      `Input terraform-mirror is "${url}": the action appends paths to it, so it must not contain ? or #.`,
    )
  }
  return { url: url.replace(/\/+$/, ''), key }
}

function readAlivemcp(apiKey: string): NonNullable<Inputs['alivemcp']> {
  const apiUrl = getInput('alivemcp-api-url')
  const { protocol, hostname } = parseHttpUrl('alivemcp-api-url', apiUrl)
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    throw new InputError(`Input alivemcp-api-url is "${apiUrl}": the API key is only sent over https.`)
  }
  return {
    apiKey,
    apiUrl: apiUrl.replace(/\/+$/, ''),
    name: readOptional('alivemcp-name'),
    intervalMs: readPositiveDuration('alivemcp-interval'),
  }
}

/** Reads the webhook inputs. The URL is also a secret, because receivers often put a token into its path: no message repeats it. */
function readWebhook(): Inputs['webhook'] {
  const url = readSecret('webhook-url')
  const secret = readSecret('webhook-secret')
  if (url === '' && secret === '') return undefined
  if (url === '' || secret === '') {
    const missing = url === '' ? 'webhook-url' : 'webhook-secret'
    const present = url === '' ? 'webhook-secret' : 'webhook-url'
    throw new InputError(
      `Input ${missing} is empty: a webhook needs both its URL and the secret that signs its deliveries. Set both, or leave ${present} empty too.`,
    )
  }
  const { protocol, hostname, username, password } = URL.parse(url) ?? { protocol: '', hostname: '' }
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
    throw new InputError(
      `Input webhook-url begins with "${protocol === '' ? '' : `${protocol}//${hostname}`}": it must be a URL that begins with https://.`,
    )
  }
  if (username || password) {
    throw new InputError(
      `Input webhook-url, at ${hostname}, contains a user name or a password: remove them, because the signature authenticates the deliveries.`,
    )
  }
  return { url, secret }
}

function readOauth(headers: Readonly<Record<string, string>>): Inputs['mcp']['oauth'] {
  const clientId = getInput('mcp-oauth-client-id')
  const clientSecret = readSecret('mcp-oauth-client-secret')
  const keyText = readPem('mcp-oauth-private-key')
  const issuer = readOptional('mcp-oauth-issuer')
  if (issuer !== undefined) checkIssuer('mcp-oauth-issuer', issuer)
  const details = ['mcp-oauth-resource', 'mcp-oauth-scope', 'mcp-oauth-audience', 'mcp-oauth-key-id'] as const
  const [resource, scope, audience, keyId] = details.map(name => readLine(name, 'a value of OAuth', 2000))
  if (clientId === '' && clientSecret === '' && keyText === undefined) {
    const unused = ['mcp-oauth-issuer', ...details].find(name => readOptional(name) !== undefined)
    if (unused === undefined) return undefined
    throw new InputError(
      `Input ${unused} is "${getInput(unused)}", and mcp-oauth-client-id is empty: it is only used with a client. Set mcp-oauth-client-id, or leave ${unused} empty.`,
    )
  }
  if (clientSecret !== '' && keyText !== undefined) {
    throw new InputError(
      'Inputs mcp-oauth-client-secret and mcp-oauth-private-key are both set: a client has a secret or a key, so set only one of them.',
    )
  }
  if (clientId === '' || (clientSecret === '' && keyText === undefined)) {
    const missing = clientId === '' ? 'mcp-oauth-client-id' : 'mcp-oauth-client-secret'
    throw new InputError(
      `Input ${missing} is empty: client credentials need an id, and a secret or mcp-oauth-private-key.`,
    )
  }
  if (Object.keys(headers).some(name => name.toLowerCase() === 'authorization')) {
    throw new InputError(
      'Input mcp-headers sets Authorization, and mcp-oauth-client-id obtains a token for the same header: set only one of them.',
    )
  }
  const privateKey = keyText === undefined ? undefined : { key: readAssertionKey(keyText), id: keyId }
  if (resource !== undefined && resource !== 'none' && !URL.canParse(resource)) {
    throw new InputError(`Input mcp-oauth-resource is "${resource}": allowed are a URI and "none".`)
  }
  return { clientId, clientSecret: clientSecret || undefined, privateKey, issuer, resource, scope, audience }
}

function readAssertionKey(pem: string): crypto.KeyObject {
  const name = 'mcp-oauth-private-key'
  const key = readKey(name, pem)
  if (algorithmOf(key) !== undefined) return key
  throw new InputError(
    `Input ${name} is a key of the type ${key.asymmetricKeyType}: allowed are RSA, EC (P-256, P-384, P-521) and Ed25519.`,
  )
}

/** Reads a private key. No message contains a part of it. */
function readKey(name: string, pem: string): crypto.KeyObject {
  try {
    return readPrivateKey(pem)
  } catch (error) {
    throw new InputError(`Input ${name} is not a private key in PEM: ${messageOf(error)}.`)
  }
}

/** Reads PEM text, or the file that the input names. The text is a secret. */
function readPem(name: string): string | undefined {
  const value = readOptional(name)
  if (value === undefined) return undefined
  if (value.includes('-----BEGIN')) {
    secrets.add(value)
    return value
  }
  if (value.includes('\n') || value.length > 1000) {
    throw new InputError(
      `Input ${name} is neither PEM, which begins with "-----BEGIN", nor the path of a file with PEM.`,
    )
  }
  const text = readFileSync(resolveFile(name, value, process.cwd()), 'utf8')
  if (!text.includes('-----BEGIN')) throw new InputError(`Input ${name} names "${value}", which holds no PEM.`)
  if (text.includes('PRIVATE KEY')) secrets.add(text)
  return text
}

/** Reads the client certificate, its key and the additional authorities, and checks that they fit together. */
function readTls(): Inputs['mcp']['tls'] {
  const [certName, keyName, caName] = ['mcp-client-cert', 'mcp-client-key', 'mcp-ca'] as const
  const [cert, key, ca] = [readPem(certName), readPem(keyName), readPem(caName)]
  if (cert === undefined && key === undefined && ca === undefined) return undefined
  if ((cert === undefined) !== (key === undefined)) {
    const [present, missing] = cert === undefined ? [keyName, certName] : [certName, keyName]
    throw new InputError(`Input ${present} is set and ${missing} is not: a client certificate needs its key.`)
  }
  if (ca !== undefined) readCertificates(caName, ca)
  if (cert !== undefined && key !== undefined) {
    const [leaf] = readCertificates(certName, cert)
    if (leaf && !leaf.checkPrivateKey(readKey(keyName, key))) {
      throw new InputError(
        `Input ${keyName} is not the key of the first certificate in ${certName} (${leaf.subject.replaceAll('\n', ', ')}).`,
      )
    }
    if (leaf && Date.parse(leaf.validTo) < Date.now()) {
      throw new InputError(`Input ${certName} expired on ${leaf.validTo} (${leaf.subject.replaceAll('\n', ', ')}).`)
    }
  }
  return { cert, key, ca }
}

function readCertificates(name: string, pem: string): crypto.X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []
  if (blocks.length === 0) {
    throw new InputError(`Input ${name} has no certificate: PEM with a line "-----BEGIN CERTIFICATE-----" is allowed.`)
  }
  return blocks.map((block, index) => {
    try {
      return new crypto.X509Certificate(block)
    } catch (error) {
      throw new InputError(
        `Input ${name}: certificate ${index + 1} of ${blocks.length} cannot be read: ${messageOf(error)}.`,
      )
    }
  })
}

/** Reads a host and a port, such as `127.0.0.1:8443` or `[::1]:8443`. */
function readAddress(name: string): Inputs['mcp']['connectTo'] {
  const value = readOptional(name)
  if (value === undefined) return undefined
  const [, six, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})$/.exec(value) ?? []
  const host = six ?? plain
  if (host !== undefined && Number(port) > 0 && Number(port) < 65_536) return { host, port: Number(port) }
  throw new InputError(
    `Input ${name} is "${value}": it must be a host and a port from 1 to 65535, such as 127.0.0.1:8443.`,
  )
}

function readSigv4(name: string, endpoint: string | undefined): string | undefined {
  const value = readOptional(name)
  if (value === undefined) return undefined
  if (!isSigningValue(value)) {
    throw new InputError(
      `Input ${name} is "${value}": allowed are "none", "auto", a service, and a service with its region, such as execute-api/eu-central-1.`,
    )
  }
  const url = endpoint === undefined ? null : URL.parse(endpoint)
  if (url !== null) readSigningScope(value, url)
  return value
}

function readHosts(name: string): readonly HostName[] {
  const listed = getInput(name)
    .split(/[\s,]+/)
    .filter(each => each !== '')
  return listed.map(each => {
    const host = hostNames.find(known => known === each)
    if (host !== undefined) return host
    throw new InputError(
      `Input ${name} names "${each}": allowed are ${hostNames.map(known => `"${known}"`).join(', ')}, separated by commas.`,
    )
  })
}

/**
 * Reads the tool calls of mcp-call. The parser is large, so only runs with this input load it.
 * @throws InputError that names the call and the part that cannot be used
 */
export async function loadMcpCalls(mcp: Inputs['mcp']): Promise<Inputs['mcp']> {
  const text = getInput('mcp-call')
  if (text.trim() === '') return mcp
  const { parseToolCalls } = await import('./gate/call-list.ts')
  const calls = parseToolCalls(text, parseDuration)
  return validateMcpInputs({ ...mcp, calls })
}

/** Checks an issuer by RFC 8414 §2: an https URL without query and fragment; http is allowed only for a loopback address. */
function checkIssuer(name: string, value: string): void {
  parseHttpUrl(name, value)
  const problem = issuerProblem(value)
  if (problem !== undefined) throw new InputError(`Input ${name} is "${value}": ${problem}.`)
}

/** Refuses combinations of inputs that no endpoint can pass, before the run deploys anything. */
function validateMcpInputs(mcp: Inputs['mcp']): Inputs['mcp'] {
  const { auth, oauth, headers, fromOutputs, require, tools, contract, expectVersion, transport, calls, sigv4 } = mcp
  const isSigned = sigv4 !== undefined && sigv4 !== 'none'
  const ofToken = [
    oauth === undefined ? '' : 'mcp-oauth-client-id',
    hasAuthorization(headers) ? 'mcp-headers' : '',
    isSigned ? 'mcp-sigv4' : '',
  ].find(name => name !== '')
  if (fromOutputs.oauth !== undefined && ofToken !== undefined) {
    throw new InputError(
      `Input mcp-oauth-from-output is "${fromOutputs.oauth}", and ${ofToken} also sets Authorization: use one of them.`,
    )
  }
  if (isSigned && (oauth !== undefined || hasAuthorization(headers))) {
    throw new InputError(
      `Input mcp-sigv4 is "${sigv4}", and ${oauth === undefined ? 'mcp-headers' : 'mcp-oauth-client-id'} sets Authorization, too: use one of them.`,
    )
  }
  const hasCredentials =
    fromOutputs.headers !== undefined ||
    fromOutputs.oauth !== undefined ||
    isSigned ||
    oauth !== undefined ||
    hasAuthorization(headers)
  const needsCredentials = [
    tools.length > 0 ? 'mcp-tools' : '',
    calls.length > 0 ? 'mcp-call' : '',
    contract === undefined ? '' : 'mcp-contract',
    expectVersion === undefined ? '' : 'mcp-expect-version',
    require === 'any' ? '' : 'mcp-require',
  ].find(name => name !== '')
  if (auth === 'required' && !hasCredentials && needsCredentials !== undefined) {
    throw new InputError(
      `Input ${needsCredentials} needs an authenticated server, and mcp-auth is "required" without credentials: set mcp-oauth-client-id and mcp-oauth-client-secret, or an Authorization header in mcp-headers.`,
    )
  }
  if (transport === 'sse' && (require === 'modern' || require === 'both')) {
    throw new InputError(
      `Input mcp-require is "${require}": it cannot pass with mcp-transport "sse", which only legacy clients use.`,
    )
  }
  return mcp
}

/** Reads the name of an output of the root module. A value, such as a credential in the wrong place, is not repeated. */
function readOutputName(name: string): string | undefined {
  const value = readOptional(name)
  if (value === undefined || /^[\p{ID_Start}_][\p{ID_Continue}-]{0,199}$/u.test(value)) return value
  secrets.add(...secretParts(value))
  throw new InputError(
    `Input ${name} is not the name of an output: it must be only the name, such as mcp_headers, and not a value.`,
  )
}

/** Maximum size of a contract file, far above any tool list that a client would read. */
const maxContractBytes = 16 * 1024 * 1024

function readContractFile(name: string, workspace: string): Inputs['mcp']['contract'] {
  const path = readOptional(name)
  if (path === undefined) return undefined
  const file = resolve(workspace, path)
  const refuse = (reason: string): never => {
    throw new InputError(`Input ${name} is "${path}": ${reason}.`)
  }
  if (!isInside(file, workspace)) refuse('it must lie inside the checked out repository')
  if (!existsSync(file)) return { path, tools: undefined }
  // A symbolic link in the repository may point outside of it.
  if (!isInside(realpathSync(file), realpathSync(workspace))) refuse('it points outside of the checked out repository')
  const { size } = statSync(file)
  if (!statSync(file).isFile() || size > maxContractBytes) refuse('it is not a file of at most 16 MiB')
  try {
    return { path, tools: readContract(readFileSync(file, 'utf8')) }
  } catch (error) {
    return refuse(`it is not a tool contract, ${messageOf(error)}`)
  }
}

function isInside(path: string, directory: string): boolean {
  const relativePath = relative(directory, path)
  return relativePath !== '' && !relativePath.startsWith('..') && !isAbsolute(relativePath)
}

function readOptional(name: string): string | undefined {
  const value = getInput(name)
  return value === '' ? undefined : value
}

/**
 * Returns the name under which a renamed input is set. The old name is readable for one release, with a warning.
 * @param renamedValues old values, each with the value that replaces it
 * @throws InputError when both names are set
 */
function resolveRenamedInput(
  name: string,
  oldName: string,
  renamedValues: Readonly<Record<string, string>> = {},
): string {
  const oldValue = readOptional(oldName)
  if (oldValue === undefined) return name
  if (readOptional(name) !== undefined) {
    throw new InputError(
      `Inputs ${name} and ${oldName} are both set, and ${oldName} is the deprecated name of ${name}: set only ${name}.`,
    )
  }
  const replacement = Object.hasOwn(renamedValues, oldValue) ? `${name}: ${renamedValues[oldValue]}` : name
  log.warning(line`Input ${oldName} is deprecated, and the next release will not read it. Use ${replacement} instead.`)
  return oldName
}

/** Values of the deprecated input mcp-expect, each with the value of mcp-auth that replaces it. */
const renamedAuthValues = { open: 'none', 'auth-wall': 'required' } as const

/** Reads whether the endpoint must require authentication: `none` when neither mcp-auth nor mcp-expect is set. */
function readAuth(): Inputs['mcp']['auth'] {
  const name = resolveRenamedInput('mcp-auth', 'mcp-expect', renamedAuthValues)
  if (name === 'mcp-expect') return renamedAuthValues[readOneOf(name, ['open', 'auth-wall'])]
  return readOptional(name) === undefined ? 'none' : readOneOf(name, ['none', 'required'])
}

/** Reads the timeouts that deploy-timeout replaces: ecs-timeout and ec2-timeout, by platform. */
function readFormerTimeouts(): Inputs['formerTimeoutsMs'] {
  const names = ['ecs', 'ec2'].map(platform => [platform, resolveRenamedInput('deploy-timeout', `${platform}-timeout`)])
  return Object.fromEntries(
    names.flatMap(([platform = '', name = '']) =>
      name === 'deploy-timeout' ? [] : [[platform, readPositiveDuration(name)]],
    ),
  )
}

function readOneOf<const T extends string>(name: string, allowed: readonly T[]): T {
  const value = getInput(name)
  const choice = allowed.find(each => each === value)
  if (choice === undefined) {
    throw new InputError(`Input ${name} is "${value}": allowed are ${allowed.map(each => `"${each}"`).join(', ')}.`)
  }
  return choice
}

/** The fewest characters of plan-approval-key. A shorter key can be guessed from a public comment. */
const minKeyLength = 16

/** Reads the key that signs plan records; empty if it is not set. The error does not contain it. */
function readApprovalKey(name: string): string {
  const key = readSecret(name)
  if (key !== '' && key.length < minKeyLength) {
    throw new InputError(
      `Input ${name} has ${key.length} characters: at least ${minKeyLength} are needed, so that nobody can guess it from a comment. Use a random one, such as the output of "openssl rand -base64 32".`,
    )
  }
  return key
}

/** Reads the approval policy. The formats of fingerprints are those of approval/fingerprint.ts. */
function readPlanApproval(name: string): string {
  const value = getInput(name)
  if (!/^(reviewed|none|(sha256|scrypt:[0-9a-f]{16}):[0-9a-f]{64})$/.test(value)) {
    throw new InputError(
      `Input ${name} is "${value}": allowed are "reviewed", "none" and the fingerprint of a plan, such as sha256: and 64 hexadecimal digits.`,
    )
  }
  return value
}

function readIgnoredPath(line: string): IgnoredPath {
  const path = parseIgnoredPath(line)
  if (path !== undefined) return path
  throw new InputError(
    `Input plan-approval-ignore has the line "${line}", which is not TYPE.NAME:ATTRIBUTE.PATH: write the resource without keys, then the ` +
      'path of the attribute, such as aws_lb.this:tags.Updated, module.web.aws_lb.this:tags["app:sha"] or aws_instance.web:ebs_block_device[*].tags.',
  )
}

/** Reads lines `variable=reference`, each with `context=path` at its end if the image is built from a path of this repository. */
function readReviewedImages(input: string): ImageInput[] {
  const variables = new Set<string>()
  return readList(input).map(line => {
    const refuse = (reason: string): never => {
      throw new InputError(
        `Input ${input} has the line "${line}": ${reason}. Each line is "variable=reference" or "variable=reference context=path", such as ` +
          'image=123456789012.dkr.ecr.eu-west-1.amazonaws.com/weather:v1 context=server.',
      )
    }
    const [setting = '', ...options] = line.split(/\s+/)
    const [, variable = '', text = ''] = /^([^=]*)=(.*)$/s.exec(setting) ?? []
    if (!variablePattern.test(variable)) return refuse('it does not begin with the name of a variable and "="')
    if (variables.has(variable)) return refuse(`the variable ${variable} has an image already`)
    variables.add(variable)
    const reference = text === '' ? undefined : parseReference(text)
    if (/^sha\d+:[\da-f]+$/.test(text))
      return refuse(`"${text}" is a digest without the name of its image: write name@${text.slice(0, 7)}…`)
    if (text !== '' && reference === undefined)
      return refuse(`"${text}" is not the reference of an image with a tag (name:tag) or a digest (name@sha256:…)`)
    const [option, ...more] = options
    if (option === undefined) return { variable, reference, context: undefined }
    const context = /^context=(.+)$/s.exec(option)?.[1]
    if (context === undefined || more.length > 0) return refuse(`"${options.join(' ')}" is not context=path`)
    return {
      variable,
      reference,
      context: contextPath(context) ?? refuse(`the context "${context}" is not a path in this repository`),
    }
  })
}

/** A path in the repository without `./` before it and `/` after it; undefined for a path that may lie outside. */
function contextPath(path: string): string | undefined {
  const parts = path.split('/').filter(part => part !== '' && part !== '.')
  const isOutside = path.startsWith('/') || parts.includes('..') || /[\\:\p{Cc}]/u.test(path)
  return isOutside ? undefined : parts.join('/') || '.'
}

/** Reads the path of a workflow file, as the runner reports it for the running workflow. */
function readPlanWorkflow(name: string): string | undefined {
  const value = readOptional(name)?.replace(/^\.\//, '')
  if (value === undefined || /^\.github\/workflows\/[^/\s]+\.ya?ml$/.test(value)) return value
  throw new InputError(
    `Input ${name} is "${value}": it must be the path of a workflow file in this repository, such as .github/workflows/plan.yml.`,
  )
}

/** The longest comment that requests an apply, in UTF-16 units. */
const maxCommandUnits = 100

/** Reads the comment that requests an apply. It begins with a slash, so that no sentence of a discussion is one. */
function readApplyComment(name: string): string | undefined {
  const value = readOptional(name)
  if (value === undefined || (/^\/[\w-][^\p{Cc}]*$/u.test(value) && value.length <= maxCommandUnits)) return value
  throw new InputError(
    `Input ${name} is "${value}": it must be one line of at most ${maxCommandUnits} characters that begins with a slash, such as /apply.`,
  )
}

/** Reads a boolean of the YAML 1.2 core schema, as @actions/core does. */
function readBoolean(name: string): boolean {
  const value = getInput(name)
  if (/^(true|True|TRUE)$/.test(value)) return true
  if (/^(false|False|FALSE)$/.test(value)) return false
  throw new InputError(`Input ${name} is "${value}": allowed are "true" and "false".`)
}

function readWholeNumber(name: string, min: 0 | 1): number {
  const value = getInput(name)
  if (!/^(0|[1-9]\d{0,5})$/.test(value) || Number(value) < min) {
    throw new InputError(`Input ${name} is "${value}": it must be a whole number from ${min}.`)
  }
  return Number(value)
}

/** The labels of the line `default`, and the colours of labels without one. */
const defaultLabels = {
  'no-changes': { name: 'plan: no changes', color: 'c2e0c6' },
  add: { name: 'plan: add', color: '0e8a16' },
  change: { name: 'plan: change', color: 'fbca04' },
  replace: { name: 'plan: replace', color: 'd93f0b' },
  destroy: { name: 'plan: destroy', color: 'b60205' },
} as const satisfies Required<Labels>

/** GitHub's maximum length of the name of a label, in characters. */
const maxLabelLength = 50

/** Reads the labels: `default`, or one `kind: name` per line, with an optional colour such as `#0e8a16` at its end. */
function readLabels(input: string): Labels | undefined {
  const lines = readList(input)
  if (lines.length === 0) return undefined
  if (lines.length === 1 && lines[0] === 'default') return defaultLabels
  const labels: Partial<Record<LabelKind, { name: string; color: string }>> = {}
  const names = new Set<string>()
  for (const text of lines) {
    const refuse = (reason: string): never => {
      throw new InputError(
        `Input ${input} has the line "${text}": ${reason}. Each line is "kind: name" or "kind: name #rrggbb", with the kinds ${labelKinds.join(', ')}; or the input is "default".`,
      )
    }
    const [, kindText = '', rest = ''] = /^([^:]*):(.*)$/s.exec(text) ?? []
    const kind = labelKinds.find(each => each === kindText.trim())
    if (kind === undefined) return refuse('it begins with no kind of plan')
    if (labels[kind] !== undefined) return refuse(`the kind ${kind} has a label already`)
    const [, nameText = '', color] = /^(.*?)(?:\s+#([0-9a-fA-F]{6}))?$/s.exec(rest.trim()) ?? []
    const name = nameText.trim()
    if (name === '' || name.length > maxLabelLength || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(name))
      return refuse(`the name of a label has 1 to ${maxLabelLength} visible characters`)
    // GitHub compares the names of labels without case.
    if (names.has(name.toLowerCase())) return refuse('two kinds have the same label')
    names.add(name.toLowerCase())
    labels[kind] = { name, color: color?.toLowerCase() ?? defaultLabels[kind].color }
  }
  return labels
}

/** Maximum length of the name of a version, which is an ARN at most. */
const maxVersionLength = 2048

/** Maximum length of the name of a GitHub environment, in characters. */
const maxEnvironmentLength = 255

/** Reads text of one line. */
function readLine(name: string, what: string, maxLength: number): string | undefined {
  const value = readOptional(name)
  if (value !== undefined && (value.length > maxLength || /\p{Cc}/u.test(value))) {
    throw new InputError(`Input ${name} is "${value}": ${what} is one line of at most ${maxLength} characters.`)
  }
  return value
}

/**
 * Reads a moment in ISO 8601 with a time zone as milliseconds since 1970. It is in the input or else in the variable that the
 * AWS SDKs read. The quotes are optional, because aws-actions/configure-aws-credentials writes its output as JSON.
 */
function readExpiration(name: string, variable: string): number | undefined {
  const input = readOptional(name)
  const value = input ?? (process.env[variable] || undefined)
  if (value === undefined) return undefined
  const moment = /^"?(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d))"?$/i.exec(
    value.trim(),
  )?.[1]
  const ms = moment === undefined ? Number.NaN : Date.parse(moment)
  if (!Number.isNaN(ms)) return ms
  throw new InputError(
    `${input === undefined ? `The variable ${variable}` : `Input ${name}`} is "${value}": it must be a time in ISO 8601 with a time zone, such as 2026-11-22T20:41:07Z.`,
  )
}

/** Reads the stacks as JSON, or from the path of a file: an input is an environment variable, which Linux limits to 128 KiB. */
function readStacks(name: string, workspace: string): string | undefined {
  const value = readOptional(name)
  return value === undefined || /^[[{]/.test(value) ? value : readFileSync(resolveFile(name, value, workspace), 'utf8')
}

function readDuration(name: string): number {
  return parseDuration(name, getInput(name))
}

function readPositiveDuration(name: string): number {
  const ms = readDuration(name)
  if (ms === 0) throw new InputError(`Input ${name} is "${getInput(name)}": it must be longer than 0s.`)
  return ms
}

function readList(name: string): string[] {
  return getInput(name)
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
}

function parseAcceptedRule(line: string): Inputs['acceptRules'][number] {
  const colon = line.indexOf(':')
  const rule = (colon === -1 ? line : line.slice(0, colon)).trim()
  const reason = colon === -1 ? '' : line.slice(colon + 1).trim()
  if (!isRuleName(rule)) {
    throw new InputError(
      `Input accept-rules names "${rule}", which is not a plan rule: allowed are ${ruleNames.join(', ')}, each as "rule: reason".`,
    )
  }
  if (reason === '') {
    throw new InputError(`Input accept-rules has the line "${line}" without a reason: each line is "rule: reason".`)
  }
  return { rule, reason }
}

/** Reads lines `name: command`, where `name?` only warns. */
function readPlanChecks(input: string): PlanCheck[] {
  const checks = readList(input).map(line => {
    const [, name = '', mark, command] = line.match(/^([^:?]+)(\?)?\s*:(.*)$/) ?? []
    if (command === undefined || command.trim() === '' || name.trim() === '' || name.length > 100) {
      throw new InputError(
        `Input ${input} has the line "${line}": each line is "name: command", or "name?: command" for a check that only warns. A name has at most 100 characters.`,
      )
    }
    return { name: name.trim(), command: command.trim(), isRequired: mark === undefined }
  })
  const twice = checks.find(({ name }, index) => checks.findIndex(each => each.name === name) !== index)
  if (twice !== undefined)
    throw new InputError(`Input ${input} has two checks with the name "${twice.name}": give each one its own name.`)
  return checks
}

/** Reads a secret. The user info and the query values of a URL are secrets on their own, too. */
function readSecret(name: string): string {
  const value = getInput(name)
  secrets.add(value, ...urlSecrets(value))
  return value
}

function readHeaders(name: string): Record<string, string> {
  const headers: Record<string, string> = Object.create(null)
  for (const [index, text] of getInput(name).split(/\r?\n/).entries()) {
    const line = text.trim()
    if (line === '') continue
    const colon = line.indexOf(':')
    const header = line.slice(0, colon).trim()
    const value = line.slice(colon + 1).trim()
    // The line may be a secret in the wrong place, so the message does not repeat it.
    if (colon < 1 || !isHeaderName(header) || value === '') {
      throw new InputError(
        `Input ${name} has a line that is not a header (line ${index + 1}): each line is "Name: value".`,
      )
    }
    const problem = headerProblem(header, value)
    if (problem !== undefined) throw new InputError(`Input ${name} ${problem}.`)
    secrets.add(...headerSecrets(header, value))
    headers[header] = value
  }
  return headers
}

/** Checks the endpoint. A user name or a password in it would be in no request, and in every place that shows the endpoint. */
function checkEndpoint(name: string, value: string): void {
  const { username, password } = parseHttpUrl(name, value)
  if (username === '' && password === '') return
  throw new InputError(
    `Input ${name} is "${publicUrl(value)}" with a user name or a password, which no MCP client sends: remove them, and set the credentials in mcp-headers.`,
  )
}

/** Parses a URL. Its user info and the values of its query are secrets. */
function parseHttpUrl(name: string, value: string): URL {
  secrets.add(...urlSecrets(value))
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new InputError(`Input ${name} is "${value}": it must be a URL that begins with https:// or http://.`)
  }
  return url
}

function readWorkspace(name: string): string | undefined {
  const value = readOptional(name)
  if (value !== undefined && !workspaceNamePattern.test(value)) {
    throw new InputError(
      `Input ${name} is "${value}": a workspace name consists of letters, digits and any of $&+:=@._~- (at most 90 characters), and is not "." or "..".`,
    )
  }
  return value
}

const namePattern = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`
const variablePattern = new RegExp(`^${namePattern}$`, 'u')
const indexPattern = String.raw`(?:\[(?:\d+|"(?:[^"\\\n$%]|\\.|\$\$\{|%%\{|[$%](?!\{))*")\])?`
const modulesPattern = `(?:module\\.${namePattern}${indexPattern}\\.)*`
const instancePattern = `${namePattern}\\.${namePattern}${indexPattern}`

/** Terraform's address syntax (developer.hashicorp.com, "Resource Addressing"). Only managed resources can be replaced. */
const addressPatterns = {
  target: new RegExp(
    `^${modulesPattern}(?:module\\.${namePattern}${indexPattern}|(?:data\\.)?${instancePattern})$`,
    'u',
  ),
  replace: new RegExp(`^${modulesPattern}(?!data\\.|module\\.)${instancePattern}$`, 'u'),
}

function checkAddress(input: keyof typeof addressPatterns, address: string): string {
  if (addressPatterns[input].test(address)) return address
  const allowed = input === 'target' ? 'a resource, a data source or a module' : 'a resource instance'
  throw new InputError(
    `Input ${input} has the line "${address}", which is not the address of ${allowed}. Write addresses as the plan shows them, ` +
      'one per line and without additional quotes: aws_instance.web[0], module.server["a"].aws_instance.web.',
  )
}

function readDirectory(name: string, workspace: string): string {
  const value = getInput(name) || '.'
  const directory = resolve(workspace, value)
  const relativePath = relative(workspace, directory)
  if (relativePath.startsWith('..') || isAbsolute(relativePath)) {
    throw new InputError(`Input ${name} is "${value}": it must lie inside the checked out repository.`)
  }
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new InputError(
      `Input ${name} is "${value}": there is no such directory. Does actions/checkout run before this step?`,
    )
  }
  if (relative(realpathSync(workspace), realpathSync(directory)).startsWith('..')) {
    throw new InputError(`Input ${name} is "${value}": it points outside of the checked out repository.`)
  }
  return directory
}

/** Resolves the path of a readable file. It may lie outside of the repository, because an earlier step may have written it. */
function resolveFile(name: string, file: string, directory: string): string {
  const path = resolve(directory, file)
  const reason = unreadableReason(path, directory)
  if (reason !== undefined) throw new InputError(`Input ${name} names "${file}": ${reason}.`)
  return path
}

function resolveBackendSetting(line: string, directory: string): string {
  if (isSetting(line)) return line
  const path = resolve(directory, line)
  const reason = unreadableReason(path, directory)
  if (reason !== undefined)
    throw new InputError(
      `Input backend-config has the line "${line}": it must be key=value or a file in ${directory}, and ${reason}.`,
    )
  if (path.includes('=')) {
    throw new InputError(
      `Input backend-config names "${line}": Terraform would read its path, ${path}, as key=value. Use a path without "=".`,
    )
  }
  return path
}

/** Returns why Terraform could not read a file; undefined when it can. */
function unreadableReason(path: string, directory: string): string | undefined {
  if (!existsSync(path)) return `there is no such file in ${directory}`
  if (!statSync(path).isFile()) return 'it is not a file but a directory or a device'
  try {
    accessSync(path, constants.R_OK)
  } catch {
    return 'this runner may not read it'
  }
  const head = Buffer.alloc(2)
  const file = openSync(path, 'r')
  readSync(file, head)
  closeSync(file)
  // PowerShell writes text in UTF-16 with `>`.
  return /^(fffe|feff)$/.test(head.toString('hex')) ? 'it is in UTF-16, and Terraform reads UTF-8' : undefined
}
