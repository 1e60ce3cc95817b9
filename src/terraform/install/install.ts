/**
 * Gets Terraform or OpenTofu: from PATH when its version fits, else from the tool cache, else downloaded. What is not from
 * PATH runs only after its publisher's signature over the checksums and the checksum of the archive have been verified,
 * in every job anew: whoever can write into the cache of a runner could otherwise have any program run.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { compare, prerelease, valid } from 'semver'
import { InputError, messageOf, ServiceError } from '../../errors.ts'
import { type Answer, download, request } from '../../http.ts'
import { type Polled, poll, sleep } from '../../poll.ts'
import { terraformEnvironment } from '../environment.ts'
import { query } from '../query.ts'
import { releasePlatform, type Tool, type ToolName, tools } from '../tools.ts'
import { readSigningKeys, SignatureError, type SigningKey, verifyDetached } from './openpgp.ts'
import { fits, type WantedVersion, wantedVersion } from './version.ts'

export interface InstallOptions {
  readonly tool: ToolName
  /** What the input asks for: a version or a constraint. */
  readonly version: string | undefined
  /** The root module. */
  readonly directory: string
  readonly mirror: Mirror | undefined
  /** Reports that something was repaired that somebody should look into. */
  readonly warn: (text: string) => void
  readonly times?: InstallTimes
}

/** All in milliseconds. */
export interface InstallTimes {
  /** For each small file with all its repetitions: list, checksums, signature. */
  readonly timeoutMs: number
  /** Before the second attempt at a small file; the wait doubles with each further one. */
  readonly retryDelayMs: number
  /** Before each further attempt at the archive, which may take minutes each time. */
  readonly archiveRetryDelaysMs: readonly number[]
  /** Without a byte an answer has broken off. */
  readonly idleTimeoutMs: number
}

export const defaultInstallTimes: InstallTimes = {
  timeoutMs: 15_000,
  retryDelayMs: 1_000,
  archiveRetryDelaysMs: [10_000, 20_000],
  idleTimeoutMs: 30_000,
}

/** A copy of the publisher's releases with the same layout, for machines that reach nothing else. */
export interface Mirror {
  /** Without a slash at its end. */
  readonly url: string
  /** An armored public key, when the mirror serves releases that its owner has signed. */
  readonly key: string | undefined
}

export interface InstalledTerraform {
  readonly binary: string
  readonly version: string
}

/** The files of a release that are kept together in the cache. */
interface Release {
  readonly archive: string
  readonly sums: string
  readonly signature: string
}

/** A tool, where it comes from, and whose signature counts. */
interface Source {
  readonly tool: Tool
  readonly base: string
  readonly index: string
  readonly publisher: string
  readonly signatures: readonly string[]
  readonly keys: readonly SigningKey[]
  readonly platform: string
  readonly warn: InstallOptions['warn']
  readonly times: InstallTimes
}

/**
 * Finds or downloads what fits the root module and the input.
 * @throws InputError when no such version can be meant, ServiceError when it cannot be had or cannot be trusted
 */
export async function installTerraform(options: InstallOptions): Promise<InstalledTerraform> {
  const tool = tools[options.tool]
  const wanted = wantedVersion(tool, options.version, options.directory)
  const constraint = wanted?.constraint ?? `>= ${tool.defaultVersion}`
  const onPath = await terraformOnPath(tool)
  if (onPath !== undefined && fits(onPath.version, constraint)) return onPath

  const source = sourceOf(tool, options)
  const version =
    wanted === undefined
      ? tool.defaultVersion
      : (valid(wanted.constraint.trim()) ?? (await newestRelease(source, wanted)))
  if (onPath?.version === version) return onPath
  const archive = (await cachedArchive(source, version)) ?? (await downloadArchive(source, version, wanted))
  return { binary: await extract(source, archive), version }
}

function sourceOf(tool: Tool, { mirror, warn, times = defaultInstallTimes }: InstallOptions): Source {
  const own = mirror?.key
  return {
    tool,
    base: mirror?.url ?? tool.releases,
    index: mirror === undefined ? tool.publicIndex : `${mirror.url}/${tool.index}`,
    publisher: own === undefined ? tool.publisher : 'the owner of terraform-mirror-key',
    signatures: own === undefined ? tool.signatures : tool.signatures.slice(-1),
    keys: own === undefined ? readSigningKeys(tool.key.armored, tool.key.fingerprint) : keysOfMirror(own),
    platform: releasePlatform(process.platform, process.arch),
    warn,
    times,
  }
}

function keysOfMirror(armored: string): SigningKey[] {
  try {
    return readSigningKeys(armored)
  } catch (error) {
    throw new InputError(
      `Input terraform-mirror-key: ${messageOf(error)}. It must be one armored RSA key, as \`gpg --armor --export\` prints it.`,
    )
  }
}

/**
 * What is on PATH. The setup actions put a wrapper there that buffers all output and turns exit code 2 into 0; they leave
 * the real binary beside it.
 */
async function terraformOnPath({ command, wrapper }: Tool): Promise<InstalledTerraform | undefined> {
  const directory = process.env[wrapper.variable]
  const behindWrapper = directory === undefined ? undefined : join(directory, executable(wrapper.binary))
  const binary = behindWrapper !== undefined && existsSync(behindWrapper) ? behindWrapper : command
  try {
    const { stdout } = await query(binary, ['version', '-json'], {
      env: terraformEnvironment(process.env),
      timeoutMs: 30_000,
    })
    // OpenTofu calls it so, too.
    const { terraform_version } = JSON.parse(stdout) as { terraform_version: string }
    return { binary, version: terraform_version }
  } catch {
    return undefined
  }
}

function executable(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name
}

async function newestRelease(source: Source, wanted: WantedVersion): Promise<string> {
  const { tool, index } = source
  const { status, body } = await fetchFile(source, index)
  if (status !== 200) throw notInstalled(tool, index, `it answered ${status}. An exact version needs no list.`)
  const newest = publishedVersions(tool, index, body.toString('utf8'))
    .filter(version => valid(version) !== null && prerelease(version) === null)
    .filter(version => wanted.constraint === 'latest' || fits(version, wanted.constraint))
    .sort(compare)
    .at(-1)
  if (newest === undefined) {
    throw new InputError(`No release of ${tool.title} fits "${wanted.constraint}", which ${wanted.source} asks for.`)
  }
  return newest
}

/** HashiCorp's list is an object by version, OpenTofu's an array of objects with an `id`. */
function publishedVersions(tool: Tool, url: string, body: string): string[] {
  try {
    const { versions } = JSON.parse(body) as { versions: Record<string, unknown> | { id: string }[] }
    return Array.isArray(versions) ? versions.map(({ id }) => id) : Object.keys(versions)
  } catch (error) {
    throw notInstalled(tool, url, `it did not answer with the list of versions: ${somebodyElse}`, error)
  }
}

const somebodyElse = 'a proxy or a sign-in page may have answered in its place.'

function filesOf({ tool, platform }: Source, version: string): Release {
  const prefix = `${tool.command}_${version}`
  return {
    archive: `${prefix}_${platform}.zip`,
    sums: `${prefix}_SHA256SUMS`,
    signature: `${prefix}_SHA256SUMS.sig`,
  }
}

/** The name under which releases are cached: not the tool's, where other actions keep what they have not verified. */
const cacheName = (tool: Tool) => `${tool.command}-releases`

/** Path of the archive in the tool cache; undefined when there is none, or none that is as it was published. */
async function cachedArchive(source: Source, version: string): Promise<string | undefined> {
  const { find } = await import('@actions/tool-cache')
  const folder = find(cacheName(source.tool), version)
  if (folder === '') return undefined
  const { archive, sums, signature } = filesOf(source, version)
  try {
    const expected = signedSum(source, archive, readFileSync(join(folder, sums)), readFileSync(join(folder, signature)))
    const actual = await sha256(join(folder, archive))
    if (expected === undefined) throw new SignatureError(`its checksums do not list ${archive}`)
    if (actual !== expected) throw new SignatureError(`the SHA-256 of ${archive} is ${actual} and not ${expected}`)
    return join(folder, archive)
  } catch (error) {
    source.warn(
      `${source.tool.title} ${version} in this runner's tool cache is not as it was published, so it is downloaded again ` +
        `and not run: ${messageOf(error)}. If it was changed after it was cached, somebody else can write into ${folder}.`,
    )
    return undefined
  }
}

/** Downloads, verifies, and only then caches. Gives the path of the archive. */
async function downloadArchive(source: Source, version: string, wanted: WantedVersion | undefined): Promise<string> {
  const { tool, base, publisher } = source
  const { archive, sums, signature } = filesOf(source, version)
  const folder = `${base}/${tool.folder(version)}`
  const published = await publishedSums(source, `${folder}/${sums}`, version, wanted)
  const signed = await publishedSignature(source, `${folder}/${sums}`)
  const expected = sumFromMirror(source, version, `${folder}/${sums}`, published, signed)

  const url = `${folder}/${archive}`
  const temp = process.env.RUNNER_TEMP || tmpdir()
  mkdirSync(temp, { recursive: true })
  const gathered = mkdtempSync(join(temp, 'release-'))
  try {
    const file = join(gathered, archive)
    await fetchArchive(source, url, file)
    const actual = await sha256(file)
    if (actual !== expected) {
      throw new ServiceError(
        `The download of ${url} is not what ${publisher} published: ${describeContent(readFileSync(file))} Its SHA-256 is ` +
          `${actual}, and SHA256SUMS says ${expected}. It was deleted and not run.`,
      )
    }
    writeFileSync(join(gathered, sums), published)
    writeFileSync(join(gathered, signature), signed)
    const { cacheDir } = await import('@actions/tool-cache')
    return join(await cacheDir(gathered, cacheName(tool), version), archive)
  } finally {
    rmSync(gathered, { recursive: true, force: true })
  }
}

/** What came in the place of an archive (PKWARE APPNOTE 6.3: a ZIP begins with PK and ends with a directory). */
function describeContent(content: Buffer): string {
  if (content.length === 0) return 'it is empty.'
  if (content.subarray(0, 2).toString('latin1') !== 'PK') return `it is no archive at all: ${somebodyElse}`
  const end = content.subarray(-65_557).lastIndexOf('PK\x05\x06', undefined, 'latin1')
  return end === -1
    ? `it is cut off after ${content.length} bytes, as by a broken connection: run again.`
    : 'it is another archive. A mirror that is out of step does that, and so does somebody who wants you to run it.'
}

/** Unpacked anew for each job, out of the archive that was just verified, into the directory that the runner empties. */
async function extract({ tool }: Source, archive: string): Promise<string> {
  const name = executable(tool.command)
  try {
    const { extractZip } = await import('@actions/tool-cache')
    const binary = join(await extractZip(archive), name)
    if (!existsSync(binary)) throw new Error(`there is no ${name} in it.`)
    return binary
  } catch (error) {
    throw notInstalled(tool, archive, messageOf(error), error)
  }
}

async function publishedSums(
  source: Source,
  url: string,
  version: string,
  wanted: WantedVersion | undefined,
): Promise<Buffer> {
  const { tool } = source
  const { status, body } = await fetchFile(source, url)
  if (status === 404) {
    throw new InputError(
      `There is no ${tool.title} ${version}, which ${wanted?.source ?? 'this release'} asks for: ${url} answered 404. ` +
        (source.base === tool.releases
          ? `Releases are listed at ${tool.publicIndex}.`
          : `Is it in the mirror, and is terraform-mirror the address that stands for ${tool.releases}?`),
    )
  }
  if (status !== 200) throw notInstalled(tool, url, `it answered ${status}`)
  if (!/^[0-9a-f]{64} /.test(body.toString('latin1'))) {
    throw notInstalled(tool, url, `it did not answer with checksums: ${somebodyElse}`)
  }
  return body
}

async function publishedSignature(source: Source, sums: string): Promise<Buffer> {
  const { tool, signatures } = source
  const missing: string[] = []
  for (const ending of signatures) {
    const { status, body } = await fetchFile(source, sums + ending)
    if (status === 200) return body
    if (status !== 404) throw notInstalled(tool, sums + ending, `it answered ${status}`)
    missing.push(sums + ending)
  }
  throw notInstalled(
    tool,
    sums,
    `there is no signature over it (${missing.join(' and ')} answered 404), and without one it could be anybody's.`,
  )
}

/**
 * The SHA-256 of the archive, in hexadecimal, out of checksums whose signature is good.
 * @throws SignatureError when it is not, undefined when the checksums do not list the archive
 */
function signedSum({ keys }: Source, archive: string, sums: Buffer, signature: Buffer): string | undefined {
  verifyDetached(sums, signature, keys, Math.floor(Date.now() / 1000))
  for (const line of sums.toString('utf8').split('\n')) {
    const [, digits, name] = /^([0-9a-f]{64}) [ *](\S+)\s*$/.exec(line) ?? []
    if (name === archive) return digits
  }
  return undefined
}

function sumFromMirror(source: Source, version: string, url: string, sums: Buffer, signature: Buffer): string {
  const { archive } = filesOf(source, version)
  try {
    const sum = signedSum(source, archive, sums, signature)
    if (sum !== undefined) return sum
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    throw new ServiceError(
      `${url} is not signed by ${source.publisher}: the signature cannot be relied on, ${error.message}. Nothing of it was ` +
        'run. If a mirror or a proxy is in between, look there first; if the key has expired or was changed, a newer ' +
        'version of this action has the new one.',
    )
  }
  throw notInstalled(
    source.tool,
    url,
    `it lists no ${archive}: ${source.tool.title} ${version} is not built for this platform.`,
  )
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Redirects of a release file, such as those of GitHub. */
const maxRedirects = 10

/** Bytes of a small file; the list of all releases has about half a megabyte. */
const maxBytes = 32 * 1024 * 1024

/** The answer to a GET. Sent again after 408, 429, 5xx and broken connections, because a release does not go away. */
async function fetchFile({ tool, times }: Source, url: string): Promise<Pick<Answer, 'status' | 'body'>> {
  const { idleTimeoutMs, retryDelayMs, timeoutMs } = times
  const attempt = () => settled(() => request(url, { maxBytes, maxRedirects, idleTimeoutMs }))
  const result = await poll(attempt, { delayMs: count => retryDelayMs * 2 ** count, timeoutMs })
  if (result.timedOut) throw notInstalled(tool, url, result.waitingFor)
  return result.value
}

/** @throws ServiceError when the archive cannot be had */
async function fetchArchive({ tool, times }: Source, url: string, file: string): Promise<void> {
  const { idleTimeoutMs, archiveRetryDelaysMs } = times
  for (const delayMs of [...archiveRetryDelaysMs, undefined]) {
    const attempt = await settled(async () => ({ status: await download(url, file, { maxRedirects, idleTimeoutMs }) }))
    if ('done' in attempt) {
      const { status } = attempt.done
      if (status === 200) return
      throw notInstalled(tool, url, `it answered ${status}${status === 404 ? ', though the checksums list it.' : ''}`)
    }
    if (delayMs === undefined) throw notInstalled(tool, url, attempt.waitingFor)
    await sleep(delayMs)
  }
}

/** Whether an attempt has ended, or why it may be worth another one. */
async function settled<T extends { readonly status: number }>(send: () => Promise<T>): Promise<Polled<T>> {
  try {
    const answer = await send()
    const { status } = answer
    const isPassing = status === 408 || status === 429 || status >= 500
    return isPassing ? { waitingFor: `it answered ${status}` } : { done: answer }
  } catch (error) {
    return { waitingFor: messageOf(error) }
  }
}

function notInstalled({ title }: Tool, what: string, why: string, cause?: unknown): ServiceError {
  return new ServiceError(`${title} could not be installed from ${what}: ${why}`, { cause })
}
