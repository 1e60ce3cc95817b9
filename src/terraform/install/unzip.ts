/**
 * Extracts one file of a ZIP archive (PKWARE APPNOTE 6.3) whose checksum was verified before. No program is started for it, and none
 * has to be on the runner. ZIP64 and encryption, which no release uses, are refused.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

/** Bytes of the end record without its comment, and of the longest comment. */
const [endBytes, maxCommentBytes] = [22, 65_535]

/** Compression methods: stored as it is, and deflated. */
const [stored, deflated] = [0, 8]

/**
 * Extracts a file and makes it executable.
 * @param name the name in the archive
 * @param target path of the new file
 * @throws Error when the archive does not contain the file or cannot be read
 */
export async function extractFile(archive: string, name: string, target: string): Promise<void> {
  const file = await open(archive)
  let entry: Entry
  try {
    entry = await findEntry(file, name)
  } finally {
    await file.close()
  }
  const { method, start, compressedBytes } = entry
  const content = createReadStream(archive, { start, end: start + compressedBytes - 1 })
  const output = createWriteStream(target, { mode: 0o755, flags: 'wx' })
  if (method === stored) await pipeline(content, output)
  else if (method === deflated) await pipeline(content, createInflateRaw(), output)
  else throw new Error(`${name} is compressed by the unknown method ${method}`)
}

interface Entry {
  readonly method: number
  /** Offset of the content in the archive, in bytes. */
  readonly start: number
  readonly compressedBytes: number
}

async function findEntry(file: FileHandle, name: string): Promise<Entry> {
  const { size } = await file.stat()
  const tail = await read(
    file,
    Math.max(0, size - endBytes - maxCommentBytes),
    Math.min(size, endBytes + maxCommentBytes),
  )
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end === -1) throw new Error('it is not a ZIP archive')
  const directory = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map(each => directory.readUInt16LE(at + each)) as [
      number,
      number,
      number,
    ]
    if (directory.toString('utf8', at + 46, at + 46 + nameBytes) === name) {
      const header = await read(file, directory.readUInt32LE(at + 42), 30)
      if (directory.readUInt16LE(at + 8) & 1) throw new Error(`${name} is encrypted`)
      return {
        method: directory.readUInt16LE(at + 10),
        start: directory.readUInt32LE(at + 42) + 30 + header.readUInt16LE(26) + header.readUInt16LE(28),
        compressedBytes: directory.readUInt32LE(at + 20),
      }
    }
    at += 46 + nameBytes + extraBytes + commentBytes
  }
  throw new Error(`it does not contain ${name}`)
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead < length) throw new Error('it ends too early')
  return buffer
}
