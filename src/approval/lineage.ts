/**
 * Lineage of the state that a plan is based on. The plan file is a ZIP archive that contains the state, so no second Terraform
 * process has to read it.
 */
import { inflateRawSync } from 'node:zlib'
import { InputError } from '../errors.ts'

/** Bytes. No real state is larger; a larger one is an archive that would exhaust the memory. */
const maxStateBytes = 512 * 1024 * 1024

/**
 * The random UUID that Terraform assigned to the state when it first wrote it.
 * @returns undefined while there is no state
 * @throws InputError if the plan file cannot be read, such as an encrypted one of OpenTofu. An unknown lineage must not count as none,
 *   because records without a signature would then always count.
 */
export function lineageOf(planFile: Buffer): string | undefined {
  let state = ''
  try {
    state = entryOf(planFile, 'tfstate').toString('utf8')
  } catch {}
  const lineage = lineageInState(state)
  if (lineage === undefined) {
    throw new InputError(
      'The plan file cannot be read, perhaps because it is encrypted, so the lineage of the state cannot sign the plan record. ' +
        'Set the input plan-approval-key, the same for plan and apply.',
      'PLAN_FILE_UNREADABLE',
    )
  }
  return lineage === '' ? undefined : lineage
}

/** The lineage in the JSON of a state, empty for a state that was never written; undefined if the text is not a state. */
export function lineageInState(state: string): string | undefined {
  try {
    const { lineage, version } = JSON.parse(state) as { lineage?: unknown; version?: unknown }
    if (typeof version !== 'number') return undefined
    return lineage === undefined ? '' : typeof lineage === 'string' ? lineage : undefined
  } catch {
    return undefined
  }
}

/**
 * The content of an entry, stored or deflated, below 4 GiB. It is located by the central directory (APPNOTE.TXT, 4.3.12 and 4.3.16).
 * @throws Error if the archive cannot be read or does not have the entry
 */
function entryOf(zip: Buffer, wanted: string): Buffer {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
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
  throw new Error(`The archive does not have the entry ${wanted}.`)
}
