/**
 * The lineage of the state that a plan was made from. It stands in the plan file, which is a ZIP archive with the state as
 * one entry, so no further Terraform process reads the state a second time.
 */
import { inflateRawSync } from 'node:zlib'

/** No state is larger; more would be an archive made to exhaust the memory. */
const maxStateBytes = 512 * 1024 * 1024

/**
 * The random UUID that Terraform gave the state when it first wrote it; undefined while there is no state, and for a plan
 * file that is no such archive, such as an encrypted one of OpenTofu.
 */
export function lineageOf(planFile: Buffer): string | undefined {
  try {
    const state = entryOf(planFile, 'tfstate')
    const { lineage } = JSON.parse(state?.toString('utf8') ?? '{}') as { lineage?: unknown }
    return typeof lineage === 'string' && lineage !== '' ? lineage : undefined
  } catch {
    return undefined
  }
}

/** An entry by the central directory (APPNOTE.TXT, sections 4.3.12 and 4.3.16): stored or deflated, below 4 GiB. */
function entryOf(zip: Buffer, wanted: string): Buffer | undefined {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end < 0) return undefined
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === wanted) {
      const header = zip.readUInt32LE(at + 42)
      const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
      const data = zip.subarray(start, start + zip.readUInt32LE(at + 20))
      return zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data, { maxOutputLength: maxStateBytes })
    }
    at += 46 + nameLength + extraLength + commentLength
  }
  return undefined
}
