/**
 * Gets Terraform: from PATH when its version fits, else from the tool cache, else downloaded from HashiCorp and
 * kept only when its SHA-256 is the published one. Which version fits is read where the team already says it.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { HttpClient } from '@actions/http-client'
import { cacheDir, downloadTool, extractZip, find } from '@actions/tool-cache'
import { compare, prerelease, satisfies, valid } from 'semver'
import { InputError, messageOf, ServiceError } from '../errors.ts'
import { poll } from '../poll.ts'
import { terraformEnvironment } from './terraform.ts'

/** The version that this release was tested with. */
const testedVersion = '1.11.4'
const releases = 'https://releases.hashicorp.com/terraform'

/** A version or constraint, and where it was found, for the messages. */
export interface WantedVersion {
  readonly constraint: string
  readonly source: string
}

export interface InstalledTerraform {
  readonly binary: string
  readonly version: string
}

/** What is wanted when nobody says anything: what is on PATH if it is new enough, else the tested version itself. */
const unsaid: WantedVersion = { constraint: `>= ${testedVersion}`, source: 'this release' }

/**
 * Finds or downloads a Terraform that fits what `directory` and the input ask for.
 * @throws InputError when no such version can be meant, ServiceError when it cannot be had
 */
export async function installTerraform(input: string | undefined, directory: string): Promise<InstalledTerraform> {
  const wanted = wantedVersion(input, directory)
  const onPath = await terraformOnPath()
  if (onPath !== undefined && fits(onPath.version, wanted.constraint)) return onPath

  const version = wanted === unsaid ? testedVersion : (valid(wanted.constraint.trim()) ?? (await newestRelease(wanted)))
  if (onPath?.version === version) return onPath
  const name = process.platform === 'win32' ? 'terraform.exe' : 'terraform'
  const cached = find('terraform', version)
  if (cached !== '') return { binary: join(cached, name), version }
  const folder = await download(version, wanted)
  return { binary: join(folder, name), version }
}

/**
 * The input, else `.terraform-version` (tfenv), `.tool-versions` (asdf), every `required_version` of the root module,
 * else the version this release was tested with.
 */
export function wantedVersion(input: string | undefined, directory: string): WantedVersion {
  const wanted =
    (input === undefined ? undefined : { constraint: input, source: 'the input terraform-version' }) ??
    versionFile(directory, '.terraform-version', /^\s*v?([^\s#]+)/m) ??
    versionFile(directory, '.tool-versions', /^\s*terraform\s+v?(\S+)/m) ??
    requiredVersion(directory)
  if (wanted === undefined) return unsaid
  if (wanted.constraint !== 'latest' && toRange(wanted.constraint) === undefined) {
    throw new InputError(
      `Terraform "${wanted.constraint}", which ${wanted.source} asks for, is no version: ` +
        'allowed are a version such as 1.11.4 or a constraint such as "~> 1.11" or ">= 1.11, < 2.0".',
    )
  }
  return wanted
}

/** Whether `version` fits a constraint in Terraform's own syntax, or is wanted as `latest`. */
export function fits(version: string, constraint: string): boolean {
  if (constraint === 'latest') return false
  return toRange(constraint)?.every(part => part(version)) ?? false
}

type Predicate = (version: string) => boolean

/** Terraform's constraints (developer.hashicorp.com, "Version Constraints"), of which all must hold. */
function toRange(constraint: string): Predicate[] | undefined {
  const parts = constraint.split(',').map(toPredicate)
  return parts.every(part => part !== undefined) ? parts : undefined
}

/**
 * One of them: `~>` lets only the last given part grow, so nothing bounds `~> 1`; what is not given is 0; and a
 * pre-release fits only when it is named.
 */
function toPredicate(part: string): Predicate | undefined {
  const pattern = /^\s*(=|!=|>=|>|<=|<|~>)?\s*v?(\d{1,9}(?:\.\d{1,9}){0,2})(-[\w.-]+)?\s*$/
  const [, operator = '=', numbers, prereleaseOf = ''] = pattern.exec(part) ?? []
  if (numbers === undefined) return undefined
  const segments = numbers.split('.').map(Number)
  const version = valid(`${[...segments, 0, 0].slice(0, 3).join('.')}${prereleaseOf}`)
  if (version === null) return undefined
  switch (operator) {
    case '=':
      return candidate => compare(candidate, version) === 0
    case '!=':
      return candidate => compare(candidate, version) !== 0
    case '~>': {
      const [major = 0, minor = 0] = segments
      const below = ['', `<${major + 1}.0.0-0`, `<${major}.${minor + 1}.0-0`][segments.length - 1]
      return candidate => satisfies(candidate, `>=${version} ${below}`)
    }
    default:
      return candidate => satisfies(candidate, `${operator}${version}`)
  }
}

/** In the directory or above it within the checkout, where tfenv and asdf look too. */
function versionFile(directory: string, name: string, pattern: RegExp): WantedVersion | undefined {
  for (const each of upToCheckout(directory)) {
    const path = join(each, name)
    const constraint = existsSync(path) ? pattern.exec(readFileSync(path, 'utf8'))?.[1] : undefined
    if (constraint !== undefined) return { constraint, source: relative(directory, path) }
  }
  return undefined
}

/** The directory and its parents up to the one that holds `.git`; outside of a checkout the directory alone. */
function upToCheckout(directory: string): string[] {
  const directories = [directory]
  for (let at = directory; !existsSync(join(at, '.git')); directories.push(at)) {
    if (dirname(at) === at) return [directory]
    at = dirname(at)
  }
  return directories
}

/** Terraform wants all of a module's `required_version` to hold, in whichever files they are. */
function requiredVersion(directory: string): WantedVersion | undefined {
  const found = readdirSync(directory)
    .sort()
    .flatMap(file => {
      const read = file.endsWith('.tf') ? requiredInHcl : file.endsWith('.tf.json') ? requiredInJson : () => []
      return read(readIfFile(join(directory, file))).map(constraint => ({ constraint, source: file }))
    })
  if (found.length === 0) return undefined
  return {
    constraint: found.map(({ constraint }) => constraint).join(', '),
    source: [...new Set(found.map(({ source }) => source))].join(' and '),
  }
}

/** Quoted text, and what HCL has besides that could look like a setting: comments and heredocs. */
const quotedOrNot = /"(?:[^"\\\n]|\\.)*"|#.*|\/\/.*|\/\*[\s\S]*?\*\/|<<-?(\w+)[\s\S]*?\n[ \t]*\1\b/g

/** A `terraform` block, with what its own blocks and objects nest. */
const terraformBlock = /(?<![\w.-])terraform\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g

function requiredInHcl(text: string): string[] {
  const code = text.replace(quotedOrNot, part => (part.startsWith('"') ? part : ' '))
  return [...code.matchAll(terraformBlock)].flatMap(([, body = '']) =>
    [...body.matchAll(/(?<![\w.-])required_version\s*=\s*"([^"]*)"/g)].map(([, constraint = '']) => constraint),
  )
}

/** What does not parse is Terraform's to name, with the line. */
function requiredInJson(text: string): string[] {
  try {
    const { terraform } = JSON.parse(text) as { terraform?: unknown }
    return [terraform].flat().flatMap(block => {
      const constraint = (block as { required_version?: unknown } | undefined)?.required_version
      return typeof constraint === 'string' ? [constraint] : []
    })
  } catch {
    return []
  }
}

function readIfFile(path: string): string {
  return statSync(path).isFile() ? readFileSync(path, 'utf8') : ''
}

/**
 * hashicorp/setup-terraform puts a wrapper on PATH that buffers all output and turns exit code 2 into 0; it
 * leaves the real binary beside it as `terraform-bin`.
 */
async function terraformOnPath(): Promise<InstalledTerraform | undefined> {
  const behindWrapper = join(process.env.TERRAFORM_CLI_PATH ?? '', 'terraform-bin')
  const binary = process.env.TERRAFORM_CLI_PATH !== undefined && existsSync(behindWrapper) ? behindWrapper : 'terraform'
  try {
    const { stdout } = await promisify(execFile)(binary, ['version', '-json'], {
      env: terraformEnvironment(process.env),
      timeout: 30_000,
    })
    const { terraform_version } = JSON.parse(stdout) as { terraform_version: string }
    return { binary, version: terraform_version }
  } catch {
    return undefined
  }
}

async function newestRelease(wanted: WantedVersion): Promise<string> {
  const url = `${releases}/index.json`
  const { status, body } = await fetchText(url)
  if (status !== 200) throw notInstalled(url, `it answered ${status}`)
  const newest = publishedVersions(url, body)
    .filter(version => valid(version) !== null && prerelease(version) === null)
    .filter(version => wanted.constraint === 'latest' || fits(version, wanted.constraint))
    .sort(compare)
    .at(-1)
  if (newest === undefined) {
    throw new InputError(`No release of Terraform fits "${wanted.constraint}", which ${wanted.source} asks for.`)
  }
  return newest
}

function publishedVersions(url: string, body: string): string[] {
  try {
    return Object.keys((JSON.parse(body) as { versions: Record<string, unknown> }).versions)
  } catch (error) {
    throw notInstalled(url, `it did not answer with the list of versions: ${somebodyElse}`, error)
  }
}

const somebodyElse = 'a proxy or a sign-in page may have answered in the place of releases.hashicorp.com.'

async function download(version: string, wanted: WantedVersion): Promise<string> {
  const archive = `terraform_${version}_${platform()}.zip`
  const url = `${releases}/${version}/${archive}`
  const expected = await publishedSum(version, archive, wanted)
  const file = await downloadTool(url).catch(error => {
    throw notInstalled(url, messageOf(error), error)
  })
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  const actual = hash.digest('hex')
  if (actual !== expected) {
    rmSync(file, { force: true })
    throw new ServiceError(
      `The download of ${url} is not what HashiCorp published: its SHA-256 is ${actual}, and SHA256SUMS ` +
        `says ${expected}. It was deleted and not run. A cut connection or a proxy in between does that; run again.`,
    )
  }
  try {
    return await cacheDir(await extractZip(file), 'terraform', version)
  } catch (error) {
    throw notInstalled(archive, messageOf(error), error)
  } finally {
    rmSync(file, { force: true })
  }
}

/** The SHA-256 of the archive, in hexadecimal, from the release's SHA256SUMS. */
async function publishedSum(version: string, archive: string, wanted: WantedVersion): Promise<string> {
  const url = `${releases}/${version}/terraform_${version}_SHA256SUMS`
  const { status, body } = await fetchText(url)
  if (status === 404) {
    throw new InputError(
      `There is no Terraform ${version}, which ${wanted.source} asks for: ${url} answered 404. ` +
        'Releases are listed at https://releases.hashicorp.com/terraform.',
    )
  }
  if (status !== 200) throw notInstalled(url, `it answered ${status}`)
  const [sum] = body.split('\n').flatMap(line => {
    const [, digits, name] = /^([0-9a-f]{64}) [ *](\S+)\s*$/.exec(line) ?? []
    return name === archive && digits !== undefined ? [digits] : []
  })
  if (sum !== undefined) return sum
  throw notInstalled(
    url,
    /^[0-9a-f]{64} /.test(body)
      ? `it lists no ${archive}: Terraform ${version} is not built for this platform.`
      : `it did not answer with checksums: ${somebodyElse}`,
  )
}

function platform(): string {
  const system = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform as string]
  const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch as string]
  if (system === undefined || architecture === undefined) {
    throw new ServiceError(`HashiCorp builds no Terraform for ${process.platform} on ${process.arch}.`)
  }
  return `${system}_${architecture}`
}

/** How long an unreachable or overloaded server is asked again. */
const patienceMs = 15_000

/** The answer to a GET. Asked again after 429, 5xx and broken connections, because a release does not go away. */
async function fetchText(url: string): Promise<{ status: number; body: string }> {
  const client = new HttpClient('terraform-mcp-deploy', [], { socketTimeout: 30_000 })
  const result = await poll<{ status: number; body: string }>(
    async () => {
      try {
        const response = await client.get(url)
        const body = await response.readBody()
        const status = response.message.statusCode ?? 0
        return status === 429 || status >= 500 ? { waitingFor: `it answered ${status}` } : { done: { status, body } }
      } catch (error) {
        return { waitingFor: messageOf(error) }
      }
    },
    { delayMs: attempt => 1_000 * 2 ** attempt, timeoutMs: patienceMs },
  )
  if (result.timedOut) throw notInstalled(url, result.waitingFor)
  return result.value
}

function notInstalled(what: string, why: string, cause?: unknown): ServiceError {
  return new ServiceError(`Terraform could not be installed from ${what}: ${why}`, { cause })
}
