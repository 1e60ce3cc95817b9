/**
 * Other people's actions in the workflows of our pages, stood in for by what their READMEs say. An action or an input that
 * is not in this table is an error. Git's history and globs are not there.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { GitHub } from './github.ts'
import type { JobPermissions } from './workflow-file.ts'

/** The failure of a step, as opposed to a fault of the test. */
export class StepFailed extends Error {}

/** What a stood in action may know of its job. */
export interface StandInJob {
  readonly github: GitHub
  readonly sha: string
  readonly workspace: string
  readonly permissions: JobPermissions
  /** The subject of the token that GitHub would sign for this job. */
  readonly subject: string
  /** Subjects that may take a role, by its ARN. */
  readonly roles: Readonly<Record<string, readonly string[]>>
  /** Files of each artifact of this run, by name and path. */
  readonly artifacts: Map<string, Map<string, Buffer>>
  /** Pushes an image with this content to the registry, and returns its digest; throws where the registry refuses it. */
  readonly push: ((reference: string, content: string) => Promise<string>) | undefined
}

export interface Done {
  readonly env?: Readonly<Record<string, string>>
  readonly outputs?: Readonly<Record<string, string>>
  readonly masks?: readonly string[]
  /** The role whose credentials are in the environment from here on. */
  readonly role?: string
}

interface StandIn {
  readonly inputs: readonly string[]
  carryOut(inputs: Readonly<Record<string, string>>, job: StandInJob): Promise<Done> | Done
}

const actions: Readonly<Record<string, StandIn>> = {
  'actions/checkout': { inputs: ['persist-credentials', 'fetch-depth', 'clean', 'ref'], carryOut: checkOut },
  'aws-actions/configure-aws-credentials': {
    inputs: [
      'role-to-assume',
      'aws-access-key-id',
      'aws-secret-access-key',
      'aws-region',
      'role-session-name',
      'role-duration-seconds',
      'output-credentials',
    ],
    carryOut: logIn,
  },
  'aws-actions/amazon-ecr-login': { inputs: [], carryOut: () => ({ outputs: { registry: ecrRegistry } }) },
  'docker/build-push-action': { inputs: ['context', 'push', 'provenance', 'tags', 'platforms'], carryOut: build },
  'actions/upload-artifact': {
    inputs: ['name', 'path', 'if-no-files-found', 'retention-days', 'overwrite'],
    carryOut: upload,
  },
  'actions/download-artifact': { inputs: ['name', 'path', 'pattern', 'merge-multiple'], carryOut: download },
  'actions/cache': { inputs: ['path', 'key', 'restore-keys'], carryOut: () => ({ outputs: { 'cache-hit': '' } }) },
}

/** Carries out `uses: name@ref`. Throws StepFailed where the action fails, and an Error where it is not stood in for. */
export async function standInFor(
  uses: string,
  inputs: Readonly<Record<string, string>>,
  job: StandInJob,
): Promise<Done> {
  const action = actions[uses.replace(/@.*/, '')]
  if (action === undefined) throw new Error(`the action ${uses} is not stood in for`)
  const unknown = Object.keys(inputs).filter(name => !action.inputs.includes(name))
  if (unknown.length > 0) throw new Error(`of ${uses} the inputs ${unknown.join(', ')} are not stood in for`)
  return await action.carryOut(inputs, job)
}

/** By default it removes what is there and git does not know; with `clean: false` it lets that be. */
async function checkOut(
  { clean = 'true', ref = '' }: Readonly<Record<string, string>>,
  job: StandInJob,
): Promise<Done> {
  const { github, workspace, permissions } = job
  const number = /^refs\/pull\/(\d+)\/head$/.exec(ref)?.[1]
  if (ref !== '' && number === undefined) throw new Error(`checkout: the ref ${ref} is not stood in for`)
  const sha = number === undefined ? job.sha : (await github.pullRequest(Number(number))).headSha
  if (permissions.contents === undefined)
    throw new StepFailed(`fatal: repository '${github.owner}/${github.repo}' not found`)
  if (clean === 'true') {
    for (const name of readdirSync(workspace)) rmSync(join(workspace, name), { recursive: true })
  }
  const files = new Map([...(await github.filesAt(sha)), ['.git/HEAD', `${sha}\n`]])
  for (const [path, content] of files) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    writeFileSync(join(workspace, path), content)
  }
  makeRepository(workspace, sha)
  return { outputs: { commit: sha } }
}

/** Makes the files a repository of git, whose commit has the name that GitHub gave it. Its trees are those that git computes. */
function makeRepository(workspace: string, sha: string): void {
  const author = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' }
  const env = { ...process.env, ...author, GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: workspace, env, encoding: 'utf8' }).trim()
  git('init', '--quiet')
  git('add', '--all')
  const commit = git('commit-tree', '-m', 'The commit', git('write-tree'))
  const objectOf = (hash: string) => join(workspace, '.git/objects', hash.slice(0, 2), hash.slice(2))
  mkdirSync(dirname(objectOf(sha)), { recursive: true })
  copyFileSync(objectOf(commit), objectOf(sha))
  writeFileSync(join(workspace, '.git/HEAD'), `${sha}\n`)
}

/** The registry of the account that the stand-in for AWS has, in the region of our pages. */
const ecrRegistry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'

/** Pushes an image that holds the files of its context. No image is built: nothing of ours looks into one. */
async function build(inputs: Readonly<Record<string, string>>, { workspace, push }: StandInJob): Promise<Done> {
  const { context = '.', push: isPushed, tags = '' } = inputs
  if (isPushed !== 'true' || push === undefined)
    throw new Error('build-push-action: only pushed images are stood in for')
  const directory = join(workspace, context)
  if (!existsSync(join(directory, 'Dockerfile')))
    throw new StepFailed(
      'ERROR: failed to build: failed to read dockerfile: open Dockerfile: no such file or directory',
    )
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(name => statSync(join(directory, name)).isFile())
    .sort()
  const content = files.map(name => `${name}\n${readFileSync(join(directory, name), 'utf8')}`).join('\n')
  let digest = ''
  for (const reference of tags
    .split(/[\n,]/)
    .map(tag => tag.trim())
    .filter(tag => tag !== '')) {
    digest = await push(reference, content).catch((error: Error) => {
      throw new StepFailed(`ERROR: failed to push ${reference}: ${error.message}`)
    })
  }
  return { outputs: { digest } }
}

/** Milliseconds that the credentials of a role last, unless somebody says otherwise. */
const sessionMs = 3_600_000

/** Exports a stored key as it is, or takes a role. An empty key counts as none. */
function logIn(inputs: Readonly<Record<string, string>>, job: StandInJob): Done {
  const { 'aws-access-key-id': id = '', 'aws-secret-access-key': key = '', 'aws-region': region = '' } = inputs
  if (id === '' || key === '' || region === '') return assumeRole(inputs, job)
  if (inputs['role-to-assume'])
    throw new Error('configure-aws-credentials: a role that is taken with a stored key is not stood in for')
  const regions = { AWS_REGION: region, AWS_DEFAULT_REGION: region }
  return { env: { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: key, ...regions }, masks: [key] }
}

/** AWS decides by the subject alone, as the trust policies of terraform/github-oidc do. */
function assumeRole(inputs: Readonly<Record<string, string>>, { permissions, subject, roles }: StandInJob): Done {
  const { 'role-to-assume': role = '', 'aws-region': region = '', 'output-credentials': shown } = inputs
  if (region === '') throw new StepFailed('Input required and not supplied: aws-region')
  if (role === '' || permissions['id-token'] !== 'write')
    throw new StepFailed(
      'Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers',
    )
  if (!roles[role]?.includes(subject))
    throw new StepFailed(
      `Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity (${role} by ${subject})`,
    )
  const secret = (what: string) => createHash('sha256').update(`${what} of ${role}`).digest('base64url')
  const [key, token] = [secret('secret key'), secret('session token')]
  return {
    env: {
      AWS_ACCESS_KEY_ID: `ASIA${secret('id').replaceAll(/[^A-Z]/g, '')}`,
      AWS_SECRET_ACCESS_KEY: key,
      AWS_SESSION_TOKEN: token,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    },
    // As the action does, the date is written as JSON: in quotes.
    outputs: shown === 'true' ? { 'aws-expiration': JSON.stringify(new Date(Date.now() + sessionMs)) } : {},
    masks: [key, token],
    role,
  }
}

/** The paths in an artifact begin below the directory that all its files share; hidden files are left out. */
function upload(inputs: Readonly<Record<string, string>>, { workspace, artifacts }: StandInJob): Done {
  const { name = 'artifact', path = '', 'if-no-files-found': ifNone = 'warn' } = inputs
  const paths = path.split('\n').flatMap(line => (line.trim() === '' ? [] : [resolve(workspace, line.trim())]))
  if (paths.some(each => /[*?[\]!]/.test(relative(workspace, each))))
    throw new Error(`upload-artifact: the glob ${path} is not stood in for`)
  const [only] = paths
  const isDirectory = only !== undefined && existsSync(only) && statSync(only).isDirectory()
  if (paths.length > 1 || only === undefined) throw new Error('upload-artifact: one path is stood in for')
  const root = isDirectory ? only : dirname(only)
  const files = existsSync(only) ? (isDirectory ? filesBelow(only) : [only]) : []
  if (files.length === 0) {
    const message = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`
    if (ifNone === 'error') throw new StepFailed(message)
    return {}
  }
  if (artifacts.has(name) && inputs.overwrite !== 'true')
    throw new StepFailed(`an artifact with the name ${name} already exists on the workflow run`)
  artifacts.set(name, new Map(files.map(file => [relative(root, file), readFileSync(file)])))
  return {}
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !/(^|\/)\./.test(relative(directory, file)))
}

/** One by its name; else all, or those that fit a pattern, each into a directory of its name unless they are merged. */
function download(inputs: Readonly<Record<string, string>>, { workspace, artifacts }: StandInJob): Done {
  const { name = '', path = '', pattern = '*', 'merge-multiple': merged = 'false' } = inputs
  const target = resolve(workspace, path)
  if (name !== '' && !artifacts.has(name)) throw new StepFailed(`Artifact not found for name: ${name}`)
  const fits = new RegExp(`^${pattern.split('*').map(RegExp.escape).join('[^/]*')}$`)
  for (const [each, files] of artifacts) {
    if (name !== '' ? each !== name : !fits.test(each)) continue
    const directory = name !== '' || merged === 'true' ? target : join(target, basename(each))
    for (const [file, content] of files) {
      mkdirSync(dirname(join(directory, file)), { recursive: true })
      writeFileSync(join(directory, file), content)
    }
  }
  return { outputs: { 'download-path': target } }
}
