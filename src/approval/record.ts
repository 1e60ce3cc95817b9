/**
 * Signed record of a plan, embedded in the PR comment for the apply: one line in an HTML comment that readers do not see. The
 * signature covers the visible comment too. An edited comment or a copied record is therefore not valid.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { asObject, isObject } from '../json.ts'
import type { PlanDigest } from './digest.ts'
import type { Values } from './fingerprint.ts'
import { type ReviewedImage, readImages } from './images.ts'
import { type Life, readLife, reviewed } from './life.ts'
import type { Mode, PlanSigner } from './signer.ts'

/** The record. Its JSON is compressed into comments, so its field names are fixed within a version. */
export interface PlanRecord {
  readonly version: 2
  readonly fingerprint: string
  /** The kind of key that hashes the sensitive values. It also signs the record, unless `signedWith` is set. */
  readonly mode: Mode
  /** The kind of key that signs the record if the state was created after the plan was made. */
  readonly signedWith?: Mode
  /** The place of the plan. The record is not valid anywhere else. */
  readonly binding: Binding
  /** The reviewed commit. */
  readonly head: string
  readonly runUrl: string
  readonly outline: PlanDigest
  readonly life: Life
  /** The images of the input reviewed-images; absent without that input. */
  readonly images?: readonly ReviewedImage[]
}

/** The place that a plan belongs to. */
export interface Binding {
  /** `owner/name` */
  readonly repository: string
  readonly pullRequest: number
  /** Path of the workflow file, such as `.github/workflows/deploy.yml`. */
  readonly workflow: string
  /** Marker of the comment, which names stack, directory and workspace. */
  readonly target: string
}

/** A record, and the signer for it and its comment. */
export interface SignedRecord {
  readonly record: PlanRecord
  readonly signer: PlanSigner
}

const linePattern = /^<!-- terraform-mcp-deploy plan ([\w-]+)\.([\w-]+) -->\r?$/

/** Bytes of decompressed JSON. This action never writes a larger record. */
const maxRecordBytes = 4 * 1024 * 1024

/** The kind of key that must have signed a record. */
export function signatureMode({ mode, signedWith }: PlanRecord): Mode {
  return signedWith ?? mode
}

/** The record as a hidden line with a signature over record and comment. It must become the comment's second line. */
export function recordLine(body: string, { record, signer }: SignedRecord): string {
  const text = encode(record)
  return `<!-- terraform-mcp-deploy plan ${text}.${signer.sign(signedText(text, body))} -->`
}

/** Upper limit of the UTF-16 units that `recordLine` adds to a comment. */
export function recordLength(record: PlanRecord): number {
  return encode(record).length + 100
}

/**
 * The record in a comment, and whether record and comment are unchanged.
 * @param signerOf the signer that a valid record was signed with; undefined makes every signature invalid
 * @returns undefined if the comment has no record
 */
export function readRecord(
  body: string,
  signerOf: (record: PlanRecord) => PlanSigner | undefined,
): { readonly record: PlanRecord; readonly intact: boolean } | undefined {
  // Only the second line counts, because the lines below contain foreign text.
  const [first = '', second = '', ...rest] = body.split('\n')
  const [, text = '', signature = ''] = linePattern.exec(second) ?? []
  const decoded = decode(text)
  if (decoded === undefined) return undefined
  const { record, version } = decoded
  const visible = [first, ...rest].join('\n')
  const covered = version === 1 ? signedTextOfVersion1(text, visible) : signedText(text, visible)
  return { record, intact: signerOf(record)?.sign(covered) === signature }
}

/** The settings in a comment's record, unverified; undefined if the comment has no record. */
export function readSettings(body: string): Values | undefined {
  const [, second = ''] = body.split('\n', 2)
  return decode(linePattern.exec(second)?.[1] ?? '')?.record.outline.settings
}

/** The stage of a comment's record, unverified; undefined if the comment has no record. */
export function readStage(body: string): Life['stage'] | undefined {
  const [, second = ''] = body.split('\n', 2)
  return decode(linePattern.exec(second)?.[1] ?? '')?.record.life.stage
}

/**
 * The text that the signature covers: record and comment line by line. GitHub may change line ends, and an editor the spaces in front of
 * them. Everything else counts. Without its line break, a row of a table or a line of a diff is not visible any more. A control
 * character in a tag ends the tag.
 */
function signedText(text: string, body: string): string {
  const lines = composed(body).split(/\r\n|\r|\n/)
  return `${text}\n${lines.map(line => line.trimEnd()).join('\n')}`.trimEnd()
}

/**
 * The text in Unicode's composed form (NFC). A character that would become an ASCII one, such as U+1FEF a backtick, is written as its
 * code instead: it opens no fence, so an edit with it could take one away.
 */
function composed(text: string): string {
  const kept = text.replace(/[^\0-\x7f]/gu, char => {
    const isAscii = /^[\0-\x7f]+$/.test(char.normalize('NFC'))
    return isAscii ? `\\u{${char.codePointAt(0)?.toString(16)}}` : char
  })
  return kept.normalize('NFC')
}

/** The text that the signature of a record of version 1 covers: without any white space and invisible character. */
function signedTextOfVersion1(text: string, body: string): string {
  return `${text}\n${body.normalize('NFC').replace(/[\s\p{C}]+/gu, '')}`
}

/** The text of each record that was compressed, because its length is needed before its line. */
const encodedRecords = new WeakMap<PlanRecord, string>()

function encode(record: PlanRecord): string {
  const known = encodedRecords.get(record)
  if (known !== undefined) return known
  const text = deflateRawSync(JSON.stringify(record), { level: 9 }).toString('base64url')
  encodedRecords.set(record, text)
  return text
}

/** A record of any known version as this version has it, and its own version. */
interface DecodedRecord {
  readonly record: PlanRecord
  readonly version: 1 | 2
}

function decode(text: string): DecodedRecord | undefined {
  try {
    const json = inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: maxRecordBytes }).toString()
    return readVersion(JSON.parse(json))
  } catch {
    return undefined
  }
}

/**
 * A record of version 1 counts as reviewed and never as more: its field `applied` did not distinguish an apply that had begun from one
 * that had finished.
 */
function readVersion(value: unknown): DecodedRecord | undefined {
  const { applied: _, version, ...fields } = asObject(value)
  const outline = asObject(fields.outline)
  if (!isObject(fields.binding) || !isObject(outline.settings)) return undefined
  const life = version === 1 ? reviewed : readLife(fields.life)
  if ((version !== 1 && version !== 2) || life === undefined || readImages(fields.images) === undefined)
    return undefined
  return { record: { ...(fields as Omit<PlanRecord, 'version' | 'life'>), version: 2, life }, version }
}
