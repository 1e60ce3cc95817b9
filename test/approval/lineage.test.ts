/** The lineage of a state, in archives as Terraform and other programs write them. */
import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { lineageOf } from '../../src/approval/lineage.ts'

interface Entry {
  readonly name: string
  readonly text: string
  readonly isStored?: boolean
  readonly extra?: string
  readonly comment?: string
}

/** A ZIP archive (APPNOTE.TXT 4.3). The extra fields of an entry's two headers have different lengths. */
function zip(entries: readonly Entry[], archiveComment = ''): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text, isStored = false, extra = '', comment = '' } of entries) {
    const data = isStored ? Buffer.from(text) : deflateRawSync(text)
    const common = Buffer.alloc(22)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(isStored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(text), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(Buffer.byteLength(text), 18)
    const localExtra = `${extra}${extra}`
    const file = Buffer.concat([
      Buffer.from('PK\x03\x04'),
      common,
      lengths(name, localExtra),
      Buffer.from(name + localExtra),
      data,
    ])
    const tail = Buffer.alloc(12)
    tail.writeUInt32LE(offset, 8)
    directory.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02\x14\x00'),
        common,
        lengths(name, extra, comment),
        tail,
        Buffer.from(name + extra + comment),
      ]),
    )
    files.push(file)
    offset += file.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(16)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([
    ...files,
    list,
    Buffer.from('PK\x05\x06'),
    end,
    lengths(archiveComment),
    Buffer.from(archiveComment),
  ])
}

function lengths(...texts: readonly string[]): Buffer {
  const buffer = Buffer.alloc(2 * texts.length)
  for (const [index, text] of texts.entries()) buffer.writeUInt16LE(Buffer.byteLength(text), 2 * index)
  return buffer
}

const [one, other] = ['5f2c7d5e-0000-4000-8000-000000000001', '5f2c7d5e-0000-4000-8000-000000000002'] as const
const state = (lineage: string): Entry => ({
  name: 'tfstate',
  text: JSON.stringify({ version: 4, serial: 7, lineage }),
})
/** The names as Terraform writes them, with the state before what a plan compares it with. */
const around = { plan: { name: 'tfplan', text: 'plan' }, before: { name: 'tfstate-prev', text: state(other).text } }

test('two plans with two states have two lineages', () => {
  expect(lineageOf(zip([around.plan, state(one), around.before]))).toBe(one)
  expect(lineageOf(zip([around.plan, state(other), around.before]))).toBe(other)
})

describe('an archive', () => {
  test.each<[string, Buffer]>([
    ['with a state of a megabyte', zip([{ ...state(one), text: state(one).text + ' '.repeat(1_000_000) }])],
    ['with the state after the one before it', zip([around.before, around.plan, state(one)])],
    ['with a state that is stored', zip([around.plan, { ...state(one), isStored: true }, around.before])],
    [
      'with extra fields and comments',
      zip([
        { ...around.plan, extra: 'UT\x01\x00x', comment: 'a comment' },
        { ...state(one), extra: 'UT\x02\x00xy', comment: 'another' },
        around.before,
      ]),
    ],
    ['with a comment', zip([state(one)], 'a comment')],
    [
      'behind other bytes of its signature',
      Buffer.concat([zip([{ name: 'a', text: 'PK\x05\x06', isStored: true }, state(one)])]),
    ],
  ])('%s', (_, archive) => {
    expect(lineageOf(archive)).toBe(one)
  })
})

describe('no lineage', () => {
  test.each<[string, Buffer]>([
    ['where there is no state', zip([around.plan, around.before])],
    ['in an empty archive', zip([])],
    ['in a state without one', zip([{ name: 'tfstate', text: '{"version":4}' }])],
    ['that is empty', zip([state('')])],
    ['that is no text', zip([{ name: 'tfstate', text: '{"lineage":7}' }])],
    ['in a state that is no JSON', zip([{ name: 'tfstate', text: 'encrypted' }])],
    ['in a file that is no archive', Buffer.from('{"lineage":"x"}')],
    ['in an empty file', Buffer.alloc(0)],
    ['in an archive that ends in its middle', zip([around.plan, state(one)]).subarray(0, -12)],
    ['in an archive whose directory lies outside of it', Buffer.from(`PK\x05\x06${'\x7f'.repeat(18)}`)],
  ])('%s', (_, archive) => {
    expect(lineageOf(archive)).toBeUndefined()
  })
})
