/** The lineage in a plan file: a file that cannot be read is an error, because an unknown lineage must not count as none. */
import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { lineageOf } from '../../src/approval/lineage.ts'
import { InputError } from '../../src/errors.ts'

const lineage = '3f9a1c1e-5a5b-4d7f-9a57-0d8a6a6a6f11'

interface Entry {
  readonly name: string
  readonly text: string
  readonly isStored?: boolean
  readonly extra?: string
  readonly comment?: string
}

/** A ZIP archive (APPNOTE.TXT 4.3). The extra fields of an entry's two headers have different lengths. */
function archiveOf(entries: readonly Entry[], archiveComment = ''): Buffer {
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

/** An archive with these texts by name. */
function zip(entries: Readonly<Record<string, string>>, isDeflated = true): Buffer {
  return archiveOf(Object.entries(entries).map(([name, text]) => ({ name, text, isStored: !isDeflated })))
}
const state = (more: object) => JSON.stringify({ version: 4, ...more })

test.each([true, false])('is read, deflated: %s', isDeflated => {
  expect(lineageOf(zip({ tfplan: 'x', tfstate: state({ lineage }), tfconfig: 'y' }, isDeflated))).toBe(lineage)
})

test.each([{}, { lineage: '' }])('of a state that was never written is undefined: %j', more => {
  expect(lineageOf(zip({ tfstate: state(more) }))).toBeUndefined()
})

describe('an unreadable plan file is refused, and the error names the way out', () => {
  const whole = zip({ tfstate: state({ lineage }) })
  test.each<[string, Buffer]>([
    ['an empty file', Buffer.alloc(0)],
    ['an encrypted plan of OpenTofu', Buffer.from(JSON.stringify({ meta: {}, encrypted_data: 'AAAA' }))],
    ['an archive without a state', zip({ tfplan: 'x' })],
    ['an archive of nothing', zip({})],
    ['a state that is not JSON', zip({ tfstate: 'not JSON' })],
    ['an encrypted state', zip({ tfstate: JSON.stringify({ lineage, serial: 1, encrypted_data: 'AAAA' }) })],
    ['a lineage that is not a text', zip({ tfstate: state({ lineage: 7 }) })],
    ['a file that was cut', whole.subarray(0, whole.length - 22)],
    ['a file without its begin', whole.subarray(40)],
  ])('%s', (_, file) => {
    expect(() => lineageOf(file)).toThrow(
      expect.objectContaining({
        code: 'PLAN_FILE_UNREADABLE',
        message:
          'The plan file cannot be read, perhaps because it is encrypted, so the lineage of the state cannot sign the plan record. Set the input plan-approval-key, the same for plan and apply.',
      }),
    )
    expect(() => lineageOf(file)).toThrow(InputError)
  })
})

describe('is that of the state, in an archive', () => {
  const other = '5f2c7d5e-0000-4000-8000-000000000002'
  const plan = { name: 'tfplan', text: 'plan' }
  const current = { name: 'tfstate', text: state({ lineage }) }
  const before = { name: 'tfstate-prev', text: state({ lineage: other }) }

  test.each<[string, Buffer]>([
    ['with the state before it behind it', archiveOf([plan, current, before])],
    ['with the state before it in front of it', archiveOf([before, plan, current])],
    [
      'with extra fields and comments',
      archiveOf([
        { ...plan, extra: 'UT\x01\x00x', comment: 'a comment' },
        { ...current, extra: 'UT\x02\x00xy', comment: 'another' },
        before,
      ]),
    ],
    ['with a comment', archiveOf([current], 'a comment')],
    [
      'with the text of an end record in an entry',
      archiveOf([{ name: 'a', text: 'PK\x05\x06', isStored: true }, current]),
    ],
    ['with a state of a megabyte', archiveOf([{ ...current, text: current.text + ' '.repeat(1_000_000) }])],
  ])('%s', (_, archive) => {
    expect(lineageOf(archive)).toBe(lineage)
  })

  test('of another state', () => {
    expect(lineageOf(archiveOf([plan, { name: 'tfstate', text: before.text }, current]))).toBe(other)
  })
})
