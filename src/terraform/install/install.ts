/**
 * Installs Terraform or OpenTofu: from PATH if the version is allowed, otherwise from the tool cache or by download.
 * Every job verifies the publisher's signature of the checksums and the checksum of the archive, also for a cached
 * release. Otherwise anybody with write access to a runner's cache could run any program.
 */
import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { compare, prerelease, valid } from 'semver'
import { findProgram, query } from '../../child.ts'
import { InputError, messageOf, ServiceError } from '../../errors.ts'
import { type Answer, download, request } from '../../http.ts'
import { type Polled, poll, sleep } from '../../poll.ts'
import { can, capabilities } from '../capabilities.ts'
import { terraformEnvironment } from '../environment.ts'
import { parseOutput } from '../json-output.ts'
import { releasePlatform, type Tool, type ToolName, tools } from '../tools.ts'
import { executable, extractedPrefix, wrappedBinary } from './binary.ts'
import { readSigningKeys, SignatureError, type SigningKey, verifyDetached } from './openpgp.ts'
import { extractFile } from './unzip.ts'
import {
  exactVersion,
  isConstraint,
  readRequiredVersion,
  readWantedVersion,
  satisfiesConstraint,
  type WantedVersion,
} from './version.ts'

/** The inputs of an installation. */
export interface InstallOptions {
  readonly tool: ToolName
  /** The input terraform-version: a version or a constraint. */
  readonly version: string | undefined
  /** Path of the root module, whose files may set the version. */
  readonly directory: string
  /** Name of the shipped module in that directory, whose `required_version` must hold; undefined for a module of the user. */
  readonly stack: string | undefined
  readonly mirror: Mirror | undefined
  /** The directory of an untrusted checkout, whose programs are not run; undefined for trusted code. */
  readonly untrustedCheckout?: string | undefined
  /** Logs a warning about a corrupt cache entry. */
  readonly warn: (text: string) => void
  readonly times?: InstallTimes
}

/** Time limits and delays of downloads. */
export interface InstallTimes {
  /** Limit for a small file (version list, checksums or signature) with all its attempts. */
  readonly timeoutMs: number
  /** Delay before the second attempt at a small file; it doubles for each further attempt. */
  readonly retryDelayMs: number
  /** Delays before the further attempts at the archive, each of which may take minutes. */
  readonly archiveRetryDelaysMs: readonly number[]
  /** Limit for the time between two received bytes. */
  readonly idleTimeoutMs: number
}

/** The time limits in production; tests use shorter ones. */
const defaultInstallTimes: InstallTimes = {
  timeoutMs: 15_000,
  retryDelayMs: 1_000,
  archiveRetryDelaysMs: [10_000, 20_000],
  idleTimeoutMs: 30_000,
}

/** A copy of the publisher's releases with the same layout, for machines without internet access. */
export interface Mirror {
  /** Base URL without a trailing slash. */
  readonly url: string
  /** The armored public key of the mirror's owner; undefined if the publisher's signatures are mirrored. */
  readonly key: string | undefined
}

/** A binary that may be run, with its exact version. */
export interface InstalledTerraform {
  readonly binary: string
  readonly version: string
}

/** File names of a release, which are cached together. */
interface Release {
  readonly archive: string
  readonly sums: string
  readonly signature: string
}

/** A tool with its download location and its trusted signing keys. */
interface Source {
  readonly tool: Tool
  readonly baseUrl: string
  readonly indexUrl: string
  readonly publisher: string
  readonly signatureSuffixes: readonly string[]
  readonly keys: readonly SigningKey[]
  readonly platform: string
  readonly warn: InstallOptions['warn']
  readonly times: InstallTimes
}

/**
 * Finds or downloads an allowed version.
 * @throws InputError when the version is invalid, too old or does not exist; ServiceError when the download or its verification
 * fails
 */
export async function installTerraform(options: InstallOptions): Promise<InstalledTerraform> {
  const tool = tools[options.tool]
  const wanted = readWantedVersion(tool, options.version, options.directory)
  const constraint = wanted?.constraint ?? `>= ${tool.minVersionOnPath}`
  const onPath = await findOnPath(tool, options)
  const tooOldFor = tooOldSentence(tool, options)
  if (onPath !== undefined && satisfiesConstraint(onPath.version, constraint) && !tooOldFor(onPath.version)) {
    assertRequired(tool, onPath.version, wanted, options.directory)
    return onPath
  }

  const source = createSource(tool, options)
  const version =
    wanted === undefined
      ? tool.defaultVersion
      : (exactVersion(wanted.constraint) ?? (await findNewestRelease(source, wanted)))
  const tooOld = tooOldFor(version)
  if (tooOld !== undefined) {
    const from = wanted === undefined ? '' : ` from ${wanted.source}`
    // YAML reads 1.10 as a number and drops its last digit.
    const quoted = wanted?.constraint === options.version && /^1\.[1-4]$/.test(options.version ?? '')
    const hint = quoted
      ? ` If you mean ${options.version}0, write it in quotes: YAML reads it as the number ${options.version}.`
      : ''
    throw new InputError(`${tool.title} ${version}${from} is too old: ${tooOld}. Nothing was run.${hint}`)
  }
  assertRequired(tool, version, wanted, options.directory)
  if (onPath?.version === version) return onPath
  const archive = (await findCachedArchive(source, version)) ?? (await downloadArchive(source, version, wanted))
  return { binary: await extractBinary(source, archive), version }
}

/** Returns a function that names what needs a newer version, as a clause; undefined if nothing does. */
function tooOldSentence(
  tool: Tool,
  { stack, directory }: Pick<InstallOptions, 'stack' | 'directory'>,
): (version: string) => string | undefined {
  const required = stack === undefined ? undefined : readRequiredVersion(tool, directory)
  return version => {
    if (!can(tool.command, version, 'supported'))
      return `this action needs ${capabilities.supported[tool.command]} or newer`
    const release = version.replace(/-.*$/, '')
    if (required === undefined || satisfiesConstraint(release, required.constraint)) return undefined
    return `stack: ${stack} needs ${required.constraint}`
  }
}

/**
 * Asserts that a version from the input or from a version file meets the `required_version` of the root module.
 * @throws InputError that names both places
 */
function assertRequired(tool: Tool, version: string, wanted: WantedVersion | undefined, directory: string): void {
  // These versions of OpenTofu read the requirement elsewhere, and name it themselves.
  const isReadElsewhere = can(tool.command, version, 'languageBlock')
  const required = wanted === undefined || isReadElsewhere ? undefined : readRequiredVersion(tool, directory)
  if (wanted === undefined || required === undefined || required.source === wanted.source) return
  // Both tools compare a pre-release as its release.
  const release = version.replace(/-.*$/, '')
  if (!isConstraint(required.constraint) || satisfiesConstraint(release, required.constraint)) return
  throw new InputError(
    `${tool.title} ${version} from ${wanted.source} does not meet the required version "${required.constraint}" in ${required.source}. Nothing was run. ` +
      'Change one of the two, or remove the former: then the newest version that is required is used.',
  )
}

function createSource(tool: Tool, { mirror, warn, times = defaultInstallTimes }: InstallOptions): Source {
  const mirrorKey = mirror?.key
  return {
    tool,
    baseUrl: mirror?.url ?? tool.releasesUrl,
    indexUrl: mirror === undefined ? tool.publicIndexUrl : `${mirror.url}/${tool.indexPath}`,
    publisher: mirrorKey === undefined ? tool.publisher : 'the owner of terraform-mirror-key',
    signatureSuffixes: mirrorKey === undefined ? tool.signatureSuffixes : tool.signatureSuffixes.slice(-1),
    keys:
      mirrorKey === undefined
        ? readSigningKeys(tool.signingKey.armored, tool.signingKey.fingerprint)
        : readMirrorKeys(mirrorKey),
    platform: releasePlatform(process.platform, process.arch),
    warn,
    times,
  }
}

function readMirrorKeys(armored: string): SigningKey[] {
  try {
    return readSigningKeys(armored)
  } catch (error) {
    throw new InputError(
      `Input terraform-mirror-key: ${messageOf(error)}. It must be one armored RSA key, as \`gpg --armor --export\` prints it.`,
    )
  }
}

/**
 * Finds the binary on PATH. The setup actions install a wrapper there, which buffers all output and turns exit code 2
 * into 0. They store the real binary next to it.
 */
async function findOnPath(
  tool: Tool,
  { untrustedCheckout, warn }: Pick<InstallOptions, 'untrustedCheckout' | 'warn'>,
): Promise<InstalledTerraform | undefined> {
  const binary = wrappedBinary(tool, process.env) ?? findProgram(tool.command, process.env, untrustedCheckout)
  if (binary === undefined) return undefined
  try {
    const { stdout } = await query(binary, ['version', '-json'], {
      env: terraformEnvironment(process.env, untrustedCheckout === undefined),
      timeoutMs: 30_000,
    })
    // OpenTofu uses the same field name.
    const { terraform_version } = parseOutput(stdout) as { terraform_version: string }
    return { binary, version: terraform_version }
  } catch (error) {
    warn(`${tool.title} on PATH is not used, because its version cannot be read: ${messageOf(error)}`)
    return undefined
  }
}

async function findNewestRelease(source: Source, wanted: WantedVersion): Promise<string> {
  const { tool, indexUrl } = source
  const { status, body } = await fetchFile(source, indexUrl)
  if (status !== 200)
    throw installError(tool, indexUrl, `it answered ${status}. An exact version needs no version list.`)
  const newest = parsePublishedVersions(tool, indexUrl, body.toString('utf8'))
    .filter(version => valid(version) !== null && prerelease(version) === null)
    .filter(version => wanted.constraint === 'latest' || satisfiesConstraint(version, wanted.constraint))
    .sort(compare)
    .at(-1)
  if (newest === undefined) {
    throw new InputError(`No release of ${tool.title} matches "${wanted.constraint}" from ${wanted.source}.`)
  }
  return newest
}

/** Parses the version list: HashiCorp's is an object by version, OpenTofu's is an array of objects with an `id`. */
function parsePublishedVersions(tool: Tool, url: string, body: string): string[] {
  try {
    const { versions } = JSON.parse(body) as { versions: Record<string, unknown> | { id: string }[] }
    return Array.isArray(versions) ? versions.map(({ id }) => id) : Object.keys(versions)
  } catch (error) {
    throw installError(tool, url, `it did not answer with the list of versions: ${proxyHint}`, error)
  }
}

const proxyHint = 'a proxy or a sign-in page may have answered instead.'

function releaseFiles({ tool, platform }: Source, version: string): Release {
  const prefix = `${tool.command}_${version}`
  return {
    archive: `${prefix}_${platform}.zip`,
    sums: `${prefix}_SHA256SUMS`,
    signature: `${prefix}_SHA256SUMS.sig`,
  }
}

/** Name of the cache entry. It differs from the tool's name, under which other actions cache unverified binaries. */
const cacheName = (tool: Tool) => `${tool.command}-releases`

/** Path of the verified archive in the tool cache; undefined if it is missing or corrupt. */
async function findCachedArchive(source: Source, version: string): Promise<string | undefined> {
  const { find } = await import('@actions/tool-cache')
  const folder = find(cacheName(source.tool), version)
  if (folder === '') return undefined
  const { archive, sums, signature } = releaseFiles(source, version)
  try {
    const expected = readVerifiedSum(
      source,
      archive,
      readFileSync(join(folder, sums)),
      readFileSync(join(folder, signature)),
    )
    const actual = await sha256(join(folder, archive))
    if (expected === undefined) throw new SignatureError(`its checksums do not list ${archive}`)
    if (actual !== expected) throw new SignatureError(`the SHA-256 of ${archive} is ${actual}, not ${expected}`)
    return join(folder, archive)
  } catch (error) {
    source.warn(
      `${source.tool.title} ${version} in this runner's tool cache differs from the published release: ${messageOf(error)}. ` +
        `It was not run and is downloaded again. If it was changed after it was cached, another program can write to ${folder}.`,
    )
    return undefined
  }
}

/** Downloads, verifies and then caches a release. Returns the path of the archive. */
async function downloadArchive(source: Source, version: string, wanted: WantedVersion | undefined): Promise<string> {
  const { tool, baseUrl, publisher } = source
  const { archive, sums, signature } = releaseFiles(source, version)
  const folder = `${baseUrl}/${tool.releaseFolder(version)}`
  const published = await fetchChecksums(source, `${folder}/${sums}`, version, wanted)
  const signed = await fetchSignature(source, `${folder}/${sums}`)
  const expected = verifyPublishedSum(source, version, `${folder}/${sums}`, published, signed)

  const url = `${folder}/${archive}`
  const releaseDirectory = mkdtempSync(join(temporaryDirectory(), 'release-'))
  try {
    const file = join(releaseDirectory, archive)
    await fetchArchive(source, url, file)
    const actual = await sha256(file)
    if (actual !== expected) {
      throw new ServiceError(
        `The download of ${url} differs from the release of ${publisher}: ${describeContent(readFileSync(file))} Its SHA-256 is ` +
          `${actual}, but SHA256SUMS has ${expected}. It was deleted and not run.`,
      )
    }
    writeFileSync(join(releaseDirectory, sums), published)
    writeFileSync(join(releaseDirectory, signature), signed)
    const { cacheDir } = await import('@actions/tool-cache')
    return join(await cacheDir(releaseDirectory, cacheName(tool), version), archive)
  } finally {
    rmSync(releaseDirectory, { recursive: true, force: true })
  }
}

/** Describes a wrong archive (PKWARE APPNOTE 6.3: a ZIP begins with PK and ends with a directory). */
function describeContent(content: Buffer): string {
  if (content.length === 0) return 'it is empty.'
  if (content.subarray(0, 2).toString('latin1') !== 'PK') return `it is not an archive: ${proxyHint}`
  const end = content.subarray(-65_557).lastIndexOf('PK\x05\x06', undefined, 'latin1')
  return end === -1
    ? `it is truncated after ${content.length} bytes, for example by a broken connection. Run the job again.`
    : 'it is another archive. Either a mirror is out of date, or somebody has replaced the release.'
}

/** Extracts the binary of a verified archive into a temporary directory of this job. Returns its path. */
async function extractBinary({ tool }: Source, archive: string): Promise<string> {
  const name = executable(tool.command)
  try {
    const binary = join(mkdtempSync(join(temporaryDirectory(), extractedPrefix)), name)
    await extractFile(archive, name, binary)
    return binary
  } catch (error) {
    throw installError(tool, archive, messageOf(error), error)
  }
}

function temporaryDirectory(): string {
  const directory = process.env.RUNNER_TEMP || tmpdir()
  mkdirSync(directory, { recursive: true })
  return directory
}

async function fetchChecksums(
  source: Source,
  url: string,
  version: string,
  wanted: WantedVersion | undefined,
): Promise<Buffer> {
  const { tool } = source
  const { status, body } = await fetchFile(source, url)
  if (status === 404) {
    throw new InputError(
      `${tool.title} ${version} from ${wanted?.source ?? 'this release'} does not exist: ${url} answered 404. ` +
        (source.baseUrl === tool.releasesUrl
          ? `Releases are listed at ${tool.publicIndexUrl}.`
          : `Is it in the mirror, and does terraform-mirror replace ${tool.releasesUrl}?`),
    )
  }
  if (status !== 200) throw installError(tool, url, `it answered ${status}`)
  if (!/^[0-9a-f]{64} /.test(body.toString('latin1'))) {
    throw installError(tool, url, `it did not answer with checksums: ${proxyHint}`)
  }
  return body
}

async function fetchSignature(source: Source, sums: string): Promise<Buffer> {
  const { tool, signatureSuffixes } = source
  const missing: string[] = []
  for (const suffix of signatureSuffixes) {
    const { status, body } = await fetchFile(source, sums + suffix)
    if (status === 200) return body
    if (status !== 404) throw installError(tool, sums + suffix, `it answered ${status}`)
    missing.push(sums + suffix)
  }
  throw installError(
    tool,
    sums,
    `it has no signature (${missing.join(' and ')} answered 404), so its publisher is unknown.`,
  )
}

/**
 * Verifies the signature of the checksums and returns the SHA-256 of the archive in hexadecimal.
 * @returns undefined when the checksums do not list the archive
 * @throws SignatureError when the signature is not valid
 */
function readVerifiedSum({ keys }: Source, archive: string, sums: Buffer, signature: Buffer): string | undefined {
  verifyDetached(sums, signature, keys, Math.floor(Date.now() / 1000))
  for (const line of sums.toString('utf8').split('\n')) {
    const [, digits, name] = /^([0-9a-f]{64}) [ *](\S+)\s*$/.exec(line) ?? []
    if (name === archive) return digits
  }
  return undefined
}

function verifyPublishedSum(source: Source, version: string, url: string, sums: Buffer, signature: Buffer): string {
  const { archive } = releaseFiles(source, version)
  try {
    const sum = readVerifiedSum(source, archive, sums, signature)
    if (sum !== undefined) return sum
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    throw new ServiceError(
      `${url} has no valid signature of ${source.publisher}: ${error.message}. No program of it was run. If you use a ` +
        'mirror or a proxy, check it first. If the key has expired or was replaced, a newer version of this action ' +
        'has the new key.',
    )
  }
  throw installError(
    source.tool,
    url,
    `it does not list ${archive}: ${source.tool.title} ${version} is not available for this platform.`,
  )
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Limit of redirects; GitHub redirects release files. */
const maxRedirects = 10

/** Limit for a small file in bytes; the version list has about half a megabyte. */
const maxBytes = 32 * 1024 * 1024

/** Downloads a small file into memory. Retries after 408, 429, 5xx and network errors. */
async function fetchFile({ tool, times }: Source, url: string): Promise<Pick<Answer, 'status' | 'body'>> {
  const { idleTimeoutMs, retryDelayMs, timeoutMs } = times
  const attempt = () => attemptOnce(() => request(url, { maxBytes, maxRedirects, idleTimeoutMs }))
  const result = await poll(attempt, { delayMs: count => retryDelayMs * 2 ** count, timeoutMs })
  if (result.timedOut) throw installError(tool, url, result.waitingFor)
  return result.value
}

/** Downloads the archive into a file. @throws ServiceError when all attempts fail */
async function fetchArchive({ tool, times }: Source, url: string, file: string): Promise<void> {
  const { idleTimeoutMs, archiveRetryDelaysMs } = times
  for (const delayMs of [...archiveRetryDelaysMs, undefined]) {
    const attempt = await attemptOnce(async () => ({
      status: await download(url, file, { maxRedirects, idleTimeoutMs }),
    }))
    if ('done' in attempt) {
      const { status } = attempt.done
      if (status === 200) return
      throw installError(tool, url, `it answered ${status}${status === 404 ? ', although the checksums list it.' : ''}`)
    }
    if (delayMs === undefined) throw installError(tool, url, attempt.waitingFor)
    await sleep(delayMs)
  }
}

/** Sends one request. A transient failure becomes `waitingFor` with its reason. */
async function attemptOnce<T extends { readonly status: number }>(send: () => Promise<T>): Promise<Polled<T>> {
  try {
    const answer = await send()
    const { status } = answer
    const isTransient = status === 408 || status === 429 || status >= 500
    return isTransient ? { waitingFor: `it answered ${status}` } : { done: answer }
  } catch (error) {
    return { waitingFor: messageOf(error) }
  }
}

function installError({ title }: Tool, what: string, why: string, cause?: unknown): ServiceError {
  return new ServiceError(`${title} could not be installed from ${what}: ${why}`, { cause })
}
