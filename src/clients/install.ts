/**
 * Gets Terraform: from PATH when its version fits, else from the tool cache, else downloaded from HashiCorp and
 * kept only when its SHA-256 is the published one. Which version fits is read where the team already says it.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { HttpClient } from '@actions/http-client'
import { cacheDir, downloadTool, extractZip, find } from '@actions/tool-cache'
import { compare, prerelease, satisfies, valid } from 'semver'
import { InputError, messageOf, ServiceError } from '../errors.ts'
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

/** Finds or downloads a Terraform that fits what `directory` and the input ask for. */
export async function installTerraform(input: string | undefined, directory: string): Promise<InstalledTerraform> {
  const wanted = wantedVersion(input, directory)
  const onPath = await terraformOnPath()
  if (onPath !== undefined && fits(onPath.version, wanted.constraint)) return onPath

  const version = valid(wanted.constraint) ?? (await newestRelease(wanted))
  const name = process.platform === 'win32' ? 'terraform.exe' : 'terraform'
  const cached = find('terraform', version)
  if (cached !== '') return { binary: join(cached, name), version }
  const folder = await download(version, wanted)
  return { binary: join(folder, name), version }
}

/**
 * The input, else `.terraform-version` (tfenv), `.tool-versions` (asdf), `required_version` of the root module,
 * else the version this release was tested with.
 */
export function wantedVersion(input: string | undefined, directory: string): WantedVersion {
  const candidates: (WantedVersion | undefined)[] = [
    input === undefined ? undefined : { constraint: input, source: 'the input terraform-version' },
    firstMatch(directory, '.terraform-version', /^\s*v?([^\s#]+)/m),
    firstMatch(directory, '.tool-versions', /^\s*terraform\s+v?(\S+)/m),
    ...readdirSync(directory)
      .filter(file => file.endsWith('.tf'))
      .map(file => firstMatch(directory, file, /^\s*required_version\s*=\s*"([^"]+)"/m)),
  ]
  const wanted = candidates.find(candidate => candidate !== undefined)
  if (wanted === undefined) return { constraint: `>= ${testedVersion}`, source: 'this release' }
  if (wanted.constraint !== 'latest' && toRange(wanted.constraint) === undefined) {
    throw new InputError(
      `${capitalized(wanted.source)} asks for Terraform "${wanted.constraint}": ` +
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

/**
 * Terraform's constraints (developer.hashicorp.com, "Version Constraints") as predicates: commas mean "and",
 * `~>` lets only the last given part grow, and a pre-release fits only when it is named exactly.
 */
function toRange(constraint: string): ((version: string) => boolean)[] | undefined {
  const parts = constraint
    .split(',')
    .map(part => /^\s*(=|!=|>=|>|<=|<|~>)?\s*v?(\d+(?:\.\d+){0,2}(?:-[\w.]+)?)\s*$/.exec(part))
  if (parts.some(part => part === null)) return undefined
  return parts.map(part => {
    const [, operator = '=', given = ''] = part ?? []
    const [numbers = '', pre] = given.split(/-(.*)/)
    const segments = numbers.split('.')
    const version = `${[...segments, '0', '0'].slice(0, 3).join('.')}${pre === undefined ? '' : `-${pre}`}`
    if (operator === '=' || operator === '!=') {
      return candidate => (compare(candidate, version) === 0) === (operator === '=')
    }
    if (operator === '~>') {
      const upper =
        segments.length === 3 ? `<${segments[0]}.${Number(segments[1]) + 1}.0-0` : `<${Number(segments[0]) + 1}.0.0-0`
      return candidate => satisfies(candidate, `>=${version} ${upper}`)
    }
    return candidate => satisfies(candidate, `${operator}${version}`)
  })
}

function firstMatch(directory: string, file: string, pattern: RegExp): WantedVersion | undefined {
  const path = join(directory, file)
  if (!existsSync(path)) return undefined
  const constraint = pattern.exec(readFileSync(path, 'utf8'))?.[1]
  return constraint === undefined ? undefined : { constraint, source: file }
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
  const index = JSON.parse(await fetchText(`${releases}/index.json`)) as { versions?: Record<string, unknown> }
  const newest = Object.keys(index.versions ?? {})
    .filter(version => prerelease(version) === null)
    .filter(version => wanted.constraint === 'latest' || fits(version, wanted.constraint))
    .sort(compare)
    .at(-1)
  if (newest === undefined) {
    throw new InputError(`No release of Terraform fits "${wanted.constraint}", which ${wanted.source} asks for.`)
  }
  return newest
}

async function download(version: string, wanted: WantedVersion): Promise<string> {
  const archive = `terraform_${version}_${platform()}.zip`
  const base = `${releases}/${version}`
  const sums = await fetchText(`${base}/terraform_${version}_SHA256SUMS`)
  const expected = new RegExp(`^([0-9a-f]{64})  ${archive.replaceAll('.', '\\.')}$`, 'm').exec(sums)?.[1]
  if (expected === undefined) {
    throw new ServiceError(
      `Terraform ${version}, which ${wanted.source} asks for, has no published checksum for ${archive}: ` +
        'this platform is not built for it, or a proxy answered in the place of releases.hashicorp.com.',
    )
  }
  const file = await withContext(`${base}/${archive}`, () => downloadTool(`${base}/${archive}`))
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  const actual = hash.digest('hex')
  if (actual !== expected) {
    rmSync(file, { force: true })
    throw new ServiceError(
      `The download of ${base}/${archive} is not what HashiCorp published: its SHA-256 is ${actual}, and SHA256SUMS ` +
        `says ${expected}. It was deleted and not run. A cut connection or a proxy in between does that; run again.`,
    )
  }
  const folder = await withContext(archive, () => extractZip(file))
  rmSync(file, { force: true })
  return cacheDir(folder, 'terraform', version)
}

function platform(): string {
  const system = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform as string]
  const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch as string]
  if (system === undefined || architecture === undefined) {
    throw new ServiceError(`HashiCorp builds no Terraform for ${process.platform} on ${process.arch}.`)
  }
  return `${system}_${architecture}`
}

async function fetchText(url: string): Promise<string> {
  return withContext(url, async () => {
    const client = new HttpClient('terraform-mcp-deploy', [], {
      allowRetries: true,
      maxRetries: 3,
      socketTimeout: 30_000,
    })
    const response = await client.get(url)
    const body = await response.readBody()
    const status = response.message.statusCode
    if (status !== 200) throw new Error(`answered ${status}`)
    return body
  })
}

async function withContext<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw new ServiceError(`Terraform could not be installed: ${what}: ${messageOf(error)}`, { cause: error })
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
