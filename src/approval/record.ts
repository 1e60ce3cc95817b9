/**
 * What a plan comment says to the apply that follows: one line in an HTML comment that people do not see. It is signed
 * together with all that they do see, so that a comment edited by hand, or a record taken from another one, counts for
 * nothing.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { PlanDigest } from './digest.ts'
import type { Values } from './fingerprint.ts'
import type { Mode, PlanSigner } from './signer.ts'

export interface PlanRecord {
  readonly version: 1
  readonly fingerprint: string
  /** What signs it, and its sensitive values. */
  readonly mode: Mode
  /** What was planned, and where: nothing of it counts elsewhere. */
  readonly binding: Binding
  /** The commit that people reviewed. */
  readonly head: string
  readonly runUrl: string
  readonly outline: PlanDigest
  /** Since an apply of it has begun: at which commit, and what was tainted afterwards. */
  readonly applied?: { readonly commit: string; readonly tainted: readonly string[] }
}

export interface Binding {
  /** `owner/name` */
  readonly repository: string
  readonly pullRequest: number
  /** Path of the workflow file, such as `.github/workflows/deploy.yml`. */
  readonly workflow: string
  /** Stack, directory and workspace, as the comment is named by. */
  readonly target: string
}

/** A record, and what signs it together with the comment that it goes into. */
export interface SignedRecord {
  readonly record: PlanRecord
  readonly seal: PlanSigner
}

const line = /^<!-- terraform-mcp-deploy plan ([\w-]+)\.([\w-]+) -->\r?$/

/** A record longer than this was not written by us. */
const maxRecordBytes = 4 * 1024 * 1024

/** The record as a hidden line that signs it together with the comment; it must become the second line of that comment. */
export function recordLine(body: string, { record, seal }: SignedRecord): string {
  const text = encode(record)
  return `<!-- terraform-mcp-deploy plan ${text}.${seal.sign(signed(text, body))} -->`
}

/** UTF-16 units that `recordLine` adds to a comment. */
export function recordLength(record: PlanRecord): number {
  return encode(record).length + 100
}

/**
 * The record of a comment as it says, and whether it is as it was written.
 * @param sealOf what must have signed a record of this mode and salt; undefined refuses it
 * @returns undefined where there is none
 */
export function readRecord(
  body: string,
  sealOf: (record: PlanRecord) => PlanSigner | undefined,
): { readonly record: PlanRecord; readonly intact: boolean } | undefined {
  // Only where we put it: further down stands text from outside.
  const [first = '', second = '', ...rest] = body.split('\n')
  const [, text = '', signature = ''] = line.exec(second) ?? []
  const record = decode(text)
  if (record === undefined) return undefined
  const expected = sealOf(record)?.sign(signed(text, [first, ...rest].join('\n')))
  return { record, intact: expected === signature }
}

/** The settings that the record of a comment was made with, unverified; undefined where there is no record. */
export function readSettings(body: string): Values | undefined {
  const [, second = ''] = body.split('\n', 2)
  return decode(line.exec(second)?.[1] ?? '')?.outline.settings
}

/** Whitespace and control characters are GitHub's to change: it stores what a form sends with other line ends. */
function signed(text: string, body: string): string {
  return `${text}\n${body.normalize('NFC').replace(/[\s\p{C}]+/gu, '')}`
}

function encode(record: PlanRecord): string {
  return deflateRawSync(JSON.stringify(record), { level: 9 }).toString('base64url')
}

function decode(text: string): PlanRecord | undefined {
  try {
    const json = inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: maxRecordBytes }).toString()
    const record = JSON.parse(json) as PlanRecord
    return record.version === 1 ? record : undefined
  } catch {
    return undefined
  }
}
