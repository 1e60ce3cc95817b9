/**
 * The only reader of inputs and of the runner's variables. Everything is checked here, before anything is
 * started: an unknown value is an InputError that names the input, the value and what is allowed.
 */
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
import { InputError, messageOf } from './errors.ts'
import { type DeployCommand, deployCommands, type MatrixCommand, matrixCommands } from './event.ts'
import { readContract } from './gate/contract.ts'
import type { Tool } from './gate/tools.ts'
import { secrets } from './log.ts'
import { ruleNames } from './rules/all.ts'
import { isSetting } from './terraform/backend.ts'
import { shippedModules, workspaceName } from './terraform/names.ts'

export const toolNames = ['terraform', 'tofu'] as const

export interface Inputs {
  readonly command: DeployCommand | MatrixCommand
  readonly stack: (typeof shippedModules)[number] | undefined
  /** Absolute. The user's root module or, with `stack`, where var files are found. */
  readonly workingDirectory: string
  readonly workspace: string | undefined
  /** Absolute paths of files that exist. */
  readonly varFiles: readonly string[]
  /** `key=value`, or the absolute path of a file that exists. */
  readonly backendConfig: readonly string[]
  readonly targets: readonly string[]
  readonly replaces: readonly string[]
  /** Rules whose findings are accepted in the whole plan, each with its reason. */
  readonly acceptRules: readonly { readonly rule: string; readonly reason: string }[]
  readonly tool: (typeof toolNames)[number]
  readonly terraformVersion: string | undefined
  /** Where releases come from in the place of their publisher, and an armored key when they are signed by another. */
  readonly terraformMirror: { readonly url: string; readonly key: string | undefined } | undefined
  readonly lockTimeoutMs: number
  readonly parallelism: number
  /** `reviewed`, `none`, or the fingerprint of the plan that may be applied. */
  readonly planApproval: string
  /** Keys the sensitive values of fingerprints; empty where there is none. */
  readonly planApprovalKey: string
  readonly forks: 'check' | 'fail'
  readonly githubToken: string
  readonly comment: 'always' | 'changes' | 'never'
  readonly ecs: {
    readonly cluster: string | undefined
    readonly service: string | undefined
    readonly timeoutMs: number
  }
  readonly ec2: { readonly timeoutMs: number }
  readonly mcp: {
    readonly endpoint: string | undefined
    readonly require: 'any' | 'legacy' | 'modern' | 'both'
    readonly transport: 'auto' | 'streamable-http' | 'sse'
    readonly headers: Readonly<Record<string, string>>
    readonly tools: readonly string[]
    readonly expect: 'open' | 'auth-wall'
    readonly oauth:
      | { readonly clientId: string; readonly clientSecret: string; readonly issuer: string | undefined }
      | undefined
    /** The committed contract; `tools` is undefined when there is no such file yet. */
    readonly contract: { readonly path: string; readonly tools: readonly Tool[] | undefined } | undefined
    readonly expectVersion: string | undefined
    readonly rounds: number
    readonly timeoutMs: number
  }
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
  /** The name of the stack that a destroy may destroy; undefined: none. */
  readonly confirmDestroy: string | undefined
  /** When the AWS credentials end, milliseconds since 1970; undefined when nobody said so. */
  readonly credentialsEnd: number | undefined
  /** Days that a certificate must still be valid at a scheduled verify. */
  readonly certificateDays: number
  readonly drift: 'auto' | 'ignore' | 'report' | 'fail'
  readonly driftPlan: 'normal' | 'refresh-only'
  readonly issue: 'never' | 'failures'
  /** Of GitHub's Deployments API; undefined for no deployment there. */
  readonly environment: string | undefined
  /** Tells this stack from others of the same directory; undefined where there are none. */
  readonly stackName: string | undefined
  readonly discover: 'changed' | 'all'
  /** The directory of the reports that `summary` joins, absolute, and what `discover` has found, as JSON. */
  readonly summary: { readonly reports: string; readonly stacks: string | undefined }
  /** What must appear in no comment, summary, report or log line. */
  readonly secrets: readonly string[]
}

/** Reads, checks and masks every input of action.yml. Throws an InputError and changes nothing. */
export function readInputs(workspace: string): Inputs {
  const workingDirectory = directoryInput('working-directory', workspace)
  const stack = optional('stack') === undefined ? undefined : oneOf('stack', shippedModules)
  const githubToken = secretInput('github-token')
  const headers = headersInput('mcp-headers')
  const apiKey = secretInput('alivemcp-api-key')
  const planApprovalKey = secretInput('plan-approval-key')
  const webhook = webhookInputs()
  const endpoint = optional('mcp-endpoint')
  if (endpoint !== undefined) httpUrl('mcp-endpoint', endpoint)
  const oauth = oauthInputs(headers)
  const cluster = optional('ecs-cluster')
  const service = optional('ecs-service')
  if ((cluster === undefined) !== (service === undefined)) {
    const [given, missing] = cluster === undefined ? ['ecs-service', 'ecs-cluster'] : ['ecs-cluster', 'ecs-service']
    throw new InputError(`Input ${given} is set and ${missing} is not: give both, or neither to use the outputs.`)
  }

  const command = oneOf('command', [...deployCommands, ...matrixCommands])
  const replaces = list('replace').map(address => addressInput('replace', address))
  if (command === 'destroy' && replaces.length > 0) {
    throw new InputError(
      `Input replace has the line "${replaces[0]}", and command is "destroy", which makes nothing anew: leave replace empty.`,
    )
  }

  return {
    command,
    stack,
    workingDirectory,
    workspace: workspaceInput('workspace'),
    varFiles: list('var-file').map(file => existingFile('var-file', file, workingDirectory)),
    backendConfig: list('backend-config').map(line => backendSetting(line, workingDirectory)),
    targets: list('target').map(address => addressInput('target', address)),
    replaces,
    acceptRules: list('accept-rules').map(acceptedRule),
    tool: oneOf('tool', toolNames),
    terraformVersion: optional('terraform-version'),
    terraformMirror: mirrorInputs(),
    lockTimeoutMs: duration('lock-timeout'),
    parallelism: wholeNumber('parallelism', 1),
    planApproval: approvalInput('plan-approval'),
    planApprovalKey,
    forks: oneOf('forks', ['check', 'fail']),
    githubToken,
    comment: oneOf('comment', ['always', 'changes', 'never']),
    ecs: { cluster, service, timeoutMs: positiveDuration('ecs-timeout') },
    ec2: { timeoutMs: positiveDuration('ec2-timeout') },
    mcp: validateMcpInputs({
      endpoint,
      require: oneOf('mcp-require', ['any', 'legacy', 'modern', 'both']),
      transport: oneOf('mcp-transport', ['auto', 'streamable-http', 'sse']),
      headers,
      tools: list('mcp-tools'),
      expect: oneOf('mcp-expect', ['open', 'auth-wall']),
      oauth,
      contract: contractInput('mcp-contract', workspace),
      expectVersion: optional('mcp-expect-version'),
      rounds: wholeNumber('mcp-rounds', 1),
      timeoutMs: positiveDuration('mcp-timeout'),
    }),
    onFailure: oneOf('on-failure', ['taint', 'rollback', 'none']),
    alivemcp: apiKey === '' ? undefined : monitorInputs(apiKey),
    webhook,
    allowLocalState: boolean('allow-local-state'),
    confirmDestroy: optional('confirm-destroy'),
    credentialsEnd: expirationInput('aws-expiration', 'AWS_CREDENTIAL_EXPIRATION'),
    certificateDays: wholeNumber('certificate-days', 0),
    drift: oneOf('drift', ['auto', 'ignore', 'report', 'fail']),
    driftPlan: oneOf('drift-plan', ['normal', 'refresh-only']),
    issue: oneOf('issue', ['never', 'failures']),
    environment: lineInput('environment', 'the name of an environment', 255),
    stackName: lineInput('stack-name', 'the name of a stack', 200),
    discover: oneOf('discover', ['changed', 'all']),
    summary: { reports: resolve(workspace, getInput('reports') || '.'), stacks: stacksInput('stacks', workspace) },
    secrets: [
      ...[githubToken, apiKey, planApprovalKey, oauth?.clientSecret ?? '', ...Object.values(headers)],
      ...Object.values(webhook ?? {}),
    ].filter(value => value !== ''),
  }
}

/** `90s`, `10m`, `1h30m`: milliseconds, or an InputError naming the input. */
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

function mirrorInputs(): Inputs['terraformMirror'] {
  const url = optional('terraform-mirror')
  const key = optional('terraform-mirror-key')
  if (url === undefined) {
    if (key === undefined) return undefined
    throw new InputError(
      'Input terraform-mirror-key is set and terraform-mirror is not: the key is for releases of a mirror.',
    )
  }
  const { username, password, search, hash } = httpUrl('terraform-mirror', url)
  if (username !== '' || password !== '') {
    throw new InputError(
      'Input terraform-mirror holds a user name or a password, which would be in every log: leave them out.',
    )
  }
  if (search !== '' || hash !== '') {
    throw new InputError(`Input terraform-mirror is "${url}": paths are added to it, so it can have no ? and no #.`)
  }
  return { url: url.replace(/\/+$/, ''), key }
}

function monitorInputs(apiKey: string): NonNullable<Inputs['alivemcp']> {
  const apiUrl = getInput('alivemcp-api-url')
  const { protocol, hostname } = httpUrl('alivemcp-api-url', apiUrl)
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    throw new InputError(`Input alivemcp-api-url is "${apiUrl}": the API key is only sent over https.`)
  }
  return {
    apiKey,
    apiUrl: apiUrl.replace(/\/+$/, ''),
    name: optional('alivemcp-name'),
    intervalMs: positiveDuration('alivemcp-interval'),
  }
}

/** The URL is a secret like the other: receivers often put a token into its path, so no message repeats it. */
function webhookInputs(): Inputs['webhook'] {
  const url = secretInput('webhook-url')
  const secret = secretInput('webhook-secret')
  if (url === '' && secret === '') return undefined
  if (url === '' || secret === '') {
    const missing = url === '' ? 'webhook-url' : 'webhook-secret'
    throw new InputError(
      `Input ${missing} is empty: a webhook has both, an address and the secret that its deliveries are signed with.`,
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
      `Input webhook-url, at ${hostname}, has a user name or a password: allowed is a URL without them, as deliveries are signed.`,
    )
  }
  return { url, secret }
}

function isLoopback(hostname: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname)
}

function oauthInputs(headers: Readonly<Record<string, string>>): Inputs['mcp']['oauth'] {
  const clientId = getInput('mcp-oauth-client-id')
  const clientSecret = secretInput('mcp-oauth-client-secret')
  const issuer = optional('mcp-oauth-issuer')
  if (issuer !== undefined) issuerUrl('mcp-oauth-issuer', issuer)
  if (clientId === '' && clientSecret === '') {
    if (issuer === undefined) return undefined
    throw new InputError(
      `Input mcp-oauth-issuer is "${issuer}", and mcp-oauth-client-id is empty: it says who may have the secret of that client.`,
    )
  }
  if (clientId === '' || clientSecret === '') {
    const missing = clientId === '' ? 'mcp-oauth-client-id' : 'mcp-oauth-client-secret'
    throw new InputError(`Input ${missing} is empty: client credentials are both, an id and a secret.`)
  }
  if (Object.keys(headers).some(name => name.toLowerCase() === 'authorization')) {
    throw new InputError('Input mcp-headers sets Authorization, which mcp-oauth-client-id obtains: give one of them.')
  }
  return { clientId, clientSecret, issuer }
}

/** RFC 8414 §2: an issuer is an https URL without query and fragment; http is only for programs of one machine. */
function issuerUrl(name: string, value: string): void {
  const { protocol, hostname, search, hash, username, password } = httpUrl(name, value)
  if (protocol !== 'https:' && !/^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname)) {
    throw new InputError(
      `Input ${name} is "${value}": it must begin with https://, as the client secret is sent there.`,
    )
  }
  if (search !== '' || hash !== '' || username !== '' || password !== '') {
    throw new InputError(`Input ${name} is "${value}": it must have no query, no fragment and no user name.`)
  }
}

/** Refuses what no endpoint could pass, before anything is deployed for it. */
function validateMcpInputs(mcp: Inputs['mcp']): Inputs['mcp'] {
  const { expect, oauth, headers, require, tools, contract, expectVersion, transport } = mcp
  const hasCredentials = oauth !== undefined || Object.keys(headers).some(name => /^authorization$/i.test(name))
  const behind = [
    tools.length > 0 ? 'mcp-tools' : '',
    contract === undefined ? '' : 'mcp-contract',
    expectVersion === undefined ? '' : 'mcp-expect-version',
    require === 'any' ? '' : 'mcp-require',
  ].find(name => name !== '')
  if (expect === 'auth-wall' && !hasCredentials && behind !== undefined) {
    throw new InputError(
      `Input ${behind} is about what lies behind the wall of mcp-expect: auth-wall: give mcp-oauth-client-id and mcp-oauth-client-secret, or an Authorization in mcp-headers.`,
    )
  }
  if (transport === 'sse' && (require === 'modern' || require === 'both')) {
    throw new InputError(
      `Input mcp-require is "${require}": it cannot pass with mcp-transport "sse", which only legacy clients speak.`,
    )
  }
  return mcp
}

/** More than any tool list that a client would read. */
const contractLimitBytes = 16 * 1024 * 1024

function contractInput(name: string, workspace: string): Inputs['mcp']['contract'] {
  const path = optional(name)
  if (path === undefined) return undefined
  const file = resolve(workspace, path)
  const refuse = (why: string): never => {
    throw new InputError(`Input ${name} is "${path}": ${why}.`)
  }
  if (!isInside(file, workspace)) refuse('it must lie inside the checked out repository')
  if (!existsSync(file)) return { path, tools: undefined }
  // A link in the repository may lead out of it.
  if (!isInside(realpathSync(file), realpathSync(workspace))) refuse('it leads out of the checked out repository')
  const { size } = statSync(file)
  if (!statSync(file).isFile() || size > contractLimitBytes) refuse('it is not a file of at most 16 MiB')
  try {
    return { path, tools: readContract(readFileSync(file, 'utf8')) }
  } catch (error) {
    return refuse(`it is not a tool contract, ${messageOf(error)}`)
  }
}

function isInside(path: string, directory: string): boolean {
  const inside = relative(directory, path)
  return inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)
}

function optional(name: string): string | undefined {
  const value = getInput(name)
  return value === '' ? undefined : value
}

function oneOf<const T extends string>(name: string, allowed: readonly T[]): T {
  const value = getInput(name)
  const found = allowed.find(choice => choice === value)
  if (found === undefined) {
    throw new InputError(`Input ${name} is "${value}": allowed are ${allowed.map(choice => `"${choice}"`).join(', ')}.`)
  }
  return found
}

/** A fingerprint is one that an earlier run has printed: see approval/meaning.ts. */
function approvalInput(name: string): string {
  const value = getInput(name)
  if (!/^(reviewed|none|(sha256|scrypt:[0-9a-f]{16}):[0-9a-f]{64})$/.test(value)) {
    throw new InputError(
      `Input ${name} is "${value}": allowed are "reviewed", "none" and the fingerprint of a plan, such as sha256: and 64 hexadecimal digits.`,
    )
  }
  return value
}

/** YAML 1.2 core schema, as GitHub's own toolkit reads booleans. */
function boolean(name: string): boolean {
  const value = getInput(name)
  if (/^(true|True|TRUE)$/.test(value)) return true
  if (/^(false|False|FALSE)$/.test(value)) return false
  throw new InputError(`Input ${name} is "${value}": allowed are "true" and "false".`)
}

function wholeNumber(name: string, least: 0 | 1): number {
  const value = getInput(name)
  if (!/^(0|[1-9]\d{0,5})$/.test(value) || Number(value) < least) {
    throw new InputError(`Input ${name} is "${value}": it must be a whole number from ${least}.`)
  }
  return Number(value)
}

/** Any text of one line; GitHub's names of environments have at most 255 characters. */
function lineInput(name: string, what: string, limit: number): string | undefined {
  const value = optional(name)
  if (value !== undefined && (value.length > limit || /\p{Cc}/u.test(value))) {
    throw new InputError(`Input ${name} is "${value}": ${what} is one line of at most ${limit} characters.`)
  }
  return value
}

/**
 * A moment in ISO 8601 with its zone, of the input or else of the variable that the AWS SDKs read.
 * aws-actions/configure-aws-credentials writes its output as JSON, that is in quotes.
 */
function expirationInput(name: string, variable: string): number | undefined {
  const given = optional(name)
  const value = given ?? (process.env[variable] || undefined)
  if (value === undefined) return undefined
  const moment = /^"?(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d))"?$/i.exec(
    value.trim(),
  )?.[1]
  const ms = moment === undefined ? Number.NaN : Date.parse(moment)
  if (!Number.isNaN(ms)) return ms
  throw new InputError(
    `${given === undefined ? `The variable ${variable}` : `Input ${name}`} is "${value}": it must be a moment in ISO 8601 with its time zone, such as 2026-11-22T20:41:07Z.`,
  )
}

/** JSON, or the path of a file with it: an environment variable, which an input is, takes 128 KiB on Linux. */
function stacksInput(name: string, workspace: string): string | undefined {
  const value = optional(name)
  return value === undefined || /^[[{]/.test(value) ? value : readFileSync(existingFile(name, value, workspace), 'utf8')
}

function duration(name: string): number {
  return parseDuration(name, getInput(name))
}

function positiveDuration(name: string): number {
  const ms = duration(name)
  if (ms === 0) throw new InputError(`Input ${name} is "${getInput(name)}": it must be longer than nothing.`)
  return ms
}

function list(name: string): string[] {
  return getInput(name)
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
}

function acceptedRule(line: string): Inputs['acceptRules'][number] {
  const colon = line.indexOf(':')
  const rule = (colon === -1 ? line : line.slice(0, colon)).trim()
  const reason = colon === -1 ? '' : line.slice(colon + 1).trim()
  if (!ruleNames.includes(rule)) {
    throw new InputError(
      `Input accept-rules names "${rule}", which is no rule: allowed are ${ruleNames.join(', ')}, each as "rule: reason".`,
    )
  }
  if (reason === '') {
    throw new InputError(`Input accept-rules has the line "${line}" without a reason: each line is "rule: reason".`)
  }
  return { rule, reason }
}

function secretInput(name: string): string {
  const value = getInput(name)
  if (value !== '') secrets.add(value)
  return value
}

function headersInput(name: string): Record<string, string> {
  const headers: Record<string, string> = Object.create(null)
  for (const line of list(name)) {
    const colon = line.indexOf(':')
    const header = line.slice(0, colon).trim()
    const value = line.slice(colon + 1).trim()
    // The line itself may be a secret put in the wrong place, so the message does not repeat it.
    if (colon < 1 || !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(header) || value === '') {
      throw new InputError(`Input ${name} has a line that is not a header: each line is "Name: value".`)
    }
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new InputError(
        `Input ${name}: the value of ${header} has a character that HTTP does not allow in a header.`,
      )
    }
    if (
      /^(origin|cookie|host|content-length|transfer-encoding|connection|mcp-session-id|mcp-protocol-version|mcp-method)$/i.test(
        header,
      )
    ) {
      throw new InputError(`Input ${name} sets ${header}: the gate sets or leaves out that header itself.`)
    }
    secrets.add(value)
    const credentials = /^\S+\s+(\S.*)$/.exec(value)?.[1]
    if (credentials !== undefined) secrets.add(credentials)
    headers[header] = value
  }
  return headers
}

function httpUrl(name: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new InputError(`Input ${name} is "${value}": it must be a URL that begins with https:// or http://.`)
  }
  return url
}

function workspaceInput(name: string): string | undefined {
  const value = optional(name)
  if (value !== undefined && !workspaceName.test(value)) {
    throw new InputError(
      `Input ${name} is "${value}": a workspace name is letters, digits and any of $&+:=@._~- (90 at most), and not "." or "..".`,
    )
  }
  return value
}

const name = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`
const index = String.raw`(?:\[(?:\d+|"(?:[^"\\\n$%]|\\.|\$\$\{|%%\{|[$%](?!\{))*")\])?`
const inModules = `(?:module\\.${name}${index}\\.)*`
const instance = `${name}\\.${name}${index}`

/** Terraform's addresses (developer.hashicorp.com, "Resource Addressing"). Only what is managed can be replaced. */
const addresses = {
  target: new RegExp(`^${inModules}(?:module\\.${name}${index}|(?:data\\.)?${instance})$`, 'u'),
  replace: new RegExp(`^${inModules}(?!data\\.|module\\.)${instance}$`, 'u'),
}

function addressInput(input: keyof typeof addresses, address: string): string {
  if (addresses[input].test(address)) return address
  const allowed = input === 'target' ? 'a resource, a data source or a module' : 'a resource instance'
  throw new InputError(
    `Input ${input} has the line "${address}", which is no address of ${allowed}. Addresses are written as in the plan, ` +
      'one a line and without further quotes: aws_instance.web[0], module.server["a"].aws_instance.web.',
  )
}

function directoryInput(name: string, workspace: string): string {
  const value = getInput(name) || '.'
  const directory = resolve(workspace, value)
  const inside = relative(workspace, directory)
  if (inside.startsWith('..') || isAbsolute(inside)) {
    throw new InputError(`Input ${name} is "${value}": it must lie inside the checked out repository.`)
  }
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new InputError(
      `Input ${name} is "${value}": there is no such directory. Is actions/checkout run before this step?`,
    )
  }
  if (relative(realpathSync(workspace), realpathSync(directory)).startsWith('..')) {
    throw new InputError(`Input ${name} is "${value}": it leads out of the checked out repository.`)
  }
  return directory
}

/** A variable file may lie outside of the repository: an earlier step may have written it. */
function existingFile(name: string, file: string, directory: string): string {
  const path = resolve(directory, file)
  const fault = faultOf(path, directory)
  if (fault !== undefined) throw new InputError(`Input ${name} names "${file}": ${fault}.`)
  return path
}

function backendSetting(line: string, directory: string): string {
  if (isSetting(line)) return line
  const path = resolve(directory, line)
  const fault = faultOf(path, directory)
  if (fault !== undefined)
    throw new InputError(
      `Input backend-config has the line "${line}": it must be key=value, or a file in ${directory}, and ${fault}.`,
    )
  if (path.includes('=')) {
    throw new InputError(
      `Input backend-config names "${line}": Terraform would read its path, ${path}, as key=value. Use a path without "=".`,
    )
  }
  return path
}

/** Why Terraform could not read a file; undefined when it can. */
function faultOf(path: string, directory: string): string | undefined {
  if (!existsSync(path)) return `there is no such file in ${directory}`
  if (!statSync(path).isFile()) return 'that is no file, but a directory or a device'
  try {
    accessSync(path, constants.R_OK)
  } catch {
    return `this runner may not read it`
  }
  const head = Buffer.alloc(2)
  const file = openSync(path, 'r')
  readSync(file, head)
  closeSync(file)
  // As PowerShell writes text with `>`.
  return /^(fffe|feff)$/.test(head.toString('hex')) ? 'it is in UTF-16, and Terraform reads UTF-8' : undefined
}
