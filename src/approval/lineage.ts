/**
 * Lineage of the state that a plan is based on. The plan file is a ZIP archive that contains the state, so no second Terraform
 * process has to read it.
 */
import { inflateRawSync } from 'node:zlib'

/** Bytes. No real state is larger; a larger one is an archive that would exhaust the memory. */
const maxStateBytes = 512 * 1024 * 1024

/**
 * The random UUID that Terraform assigned to the state when it first wrote it. It is undefined while there is no state. It is also
 * undefined if the plan file is not a ZIP archive, such as an encrypted one of OpenTofu.
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

/** The content of an entry, stored or deflated, below 4 GiB. It is located by the central directory (APPNOTE.TXT, 4.3.12 and 4.3.16). */
function entryOf(zip: Buffer, wanted: string): Buffer | undefined {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end < 0) return undefined
  let at = zip.readUInt32LE(end + 16)
  for (let entries = zip.readUInt16LE(end + 10); entries > 0; entries--) {
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
