/**
 * releases.hashicorp.com, or OpenTofu's releases, as the installer sees them: the index, the checksums with their
 * signature and the archive of each version, in the layout that js-releases 1.7.7, hc-install and tofudl read. Every
 * version is the same binary, signed by a key of the test's own, as a mirror of one's own builds would be.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises'
import type { RequestListener, ServerResponse } from 'node:http'
import { arch, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'
import type { MadeKey } from './openpgp.ts'

export type ReleaseFault =
  | 'other-zip'
  | 'truncated-zip'
  | 'empty'
  | 'html'
  | '404'
  | '503'
  | 'other-platform'
  | 'other-binary'

export interface ReleasesOptions {
  versions: readonly string[]
  /** What the archives hold; without it the terraform on PATH. */
  binary?: string
  tool?: 'terraform' | 'tofu'
  /** Signs the checksums. */
  key: MadeKey
}

export interface HashicorpReleases {
  /** For a host of `startEgress`. */
  handler: RequestListener
  /** In force until it is set to undefined; `html`, `empty`, `404` and `503` hit only paths that fit `faultPath`. */
  fault: ReleaseFault | undefined
  faultPath: RegExp
}

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}_${arch() === 'x64' ? 'amd64' : arch()}`

/** Makes the archive, or finds the one of an earlier run, and gives the handler. Rejects without a terraform on PATH. */
export async function hashicorpReleases(options: ReleasesOptions): Promise<HashicorpReleases> {
  const { versions, binary = await terraformOnPath(), tool = 'terraform', key } = options
  const archive = await archiveOf(binary, tool)
  const other = await zip('README.md', Buffer.from('not what you think'))
  const folder = tool === 'terraform' ? /^\/terraform\/([^/]+)\/terraform_\1_(.+)$/ : /^\/v([^/]+)\/tofu_\1_(.+)$/
  const list = tool === 'terraform' ? '/terraform/index.json' : '/api.json'

  const releases: HashicorpReleases = {
    fault: undefined,
    faultPath: /./,
    handler(request, response) {
      const path = new URL(request.url ?? '/', 'https://releases.hashicorp.com').pathname
      const { fault } = releases
      if (releases.faultPath.test(path)) {
        if (fault === '404' || fault === '503') return send(response, Number(fault), 'text/plain', fault)
        if (fault === 'empty') return send(response, 200, 'application/octet-stream', '')
        if (fault === 'html')
          return send(response, 200, 'text/html', '<!doctype html><title>Sign in to the Wi-Fi</title>')
      }
      if (path === list) return send(response, 200, 'application/json', JSON.stringify(index(tool, versions)))
      const [, version, file = ''] = folder.exec(path) ?? []
      if (version === undefined || !versions.includes(version)) return send(response, 404, 'text/plain', 'not found')
      const sum = createHash('sha256')
        .update(fault === 'other-binary' ? other : archive)
        .digest('hex')
      const built = fault === 'other-platform' ? 'plan9_mips' : platform
      const sums = `${sum}  ${tool}_${version}_${built}.zip\n`
      if (file === 'SHA256SUMS') return send(response, 200, 'text/plain', sums)
      if (file === (tool === 'terraform' ? 'SHA256SUMS.sig' : 'SHA256SUMS.gpgsig'))
        return send(response, 200, 'application/octet-stream', key.sign(Buffer.from(sums)))
      if (file !== `${platform}.zip`) return send(response, 404, 'text/plain', 'not found')
      if (fault === 'other-zip' || fault === 'other-binary') return send(response, 200, 'application/zip', other)
      if (fault !== 'truncated-zip') return send(response, 200, 'application/zip', archive)
      // Without a length, the end of the connection is the end of the file, and no client can tell that half is missing.
      response.shouldKeepAlive = false
      response.useChunkedEncodingByDefault = false
      response.writeHead(200, { 'content-type': 'application/zip', connection: 'close' })
      response.end(archive.subarray(0, archive.length / 2))
    },
  }
  return releases
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
}

function index(tool: 'terraform' | 'tofu', versions: readonly string[]): object {
  if (tool === 'tofu') return { versions: versions.map(id => ({ id, files: [`tofu_${id}_SHA256SUMS`] })) }
  const entries = versions.map(version => [version, { name: tool, version, shasums: `${tool}_${version}_SHA256SUMS` }])
  return { name: tool, versions: Object.fromEntries(entries) }
}

async function terraformOnPath(): Promise<string> {
  const { stdout } = await promisify(execFile)('which', ['terraform'])
  return realpath(stdout.trim())
}

/** Compressing the real binary takes seconds, so the archive is kept between runs. */
async function archiveOf(binary: string, name: string): Promise<Buffer> {
  const { size, mtimeMs } = await stat(binary)
  const digest = createHash('sha256').update(`${name} ${binary} ${size} ${mtimeMs}`).digest('hex').slice(0, 16)
  const directory = join(tmpdir(), `terraform-archives-${process.getuid?.() ?? 0}`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, `${digest}.zip`)
  try {
    return await readFile(path)
  } catch {
    const archive = await zip(name, await readFile(binary))
    // Renamed into place, because another process may be making the same file.
    await writeFile(`${path}.${process.pid}`, archive)
    await rename(`${path}.${process.pid}`, path)
    return archive
  }
}

/** A ZIP archive of one executable file (PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16). */
async function zip(name: string, content: Buffer): Promise<Buffer> {
  const compressed = await promisify(deflateRaw)(content, { level: 1 })
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(8, 4)
  // The first of January 1980, the earliest date there is in DOS.
  common.writeUInt16LE(33, 8)
  common.writeUInt32LE(crc32(content), 10)
  common.writeUInt32LE(compressed.length, 14)
  common.writeUInt32LE(content.length, 18)
  common.writeUInt16LE(Buffer.byteLength(name), 22)

  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name)])
  const attributes = Buffer.alloc(14)
  attributes.writeUInt32LE((0o100755 << 16) >>> 0, 6)
  const madeByUnix = Buffer.from([20, 3])
  const directory = Buffer.concat([Buffer.from('PK\x01\x02'), madeByUnix, common, attributes, Buffer.from(name)])

  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(local.length + compressed.length, 16)
  return Buffer.concat([local, compressed, directory, end])
}
