/** The lineage in a plan file: a file that cannot be read is an error, because an unknown lineage must not count as none. */
import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { lineageOf } from '../../src/approval/lineage.ts'
import { InputError } from '../../src/errors.ts'

const lineage = '3f9a1c1e-5a5b-4d7f-9a57-0d8a6a6a6f11'

/** A ZIP archive, with only the fields that a reader by the central directory needs (APPNOTE.TXT, 4.3). */
function zip(entries: Readonly<Record<string, string>>, isDeflated = true): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(entries)) {
    const data = isDeflated ? deflateRawSync(text) : Buffer.from(text)
    const local = Buffer.alloc(30 + name.length)
    local.write('PK\x03\x04', 'latin1')
    local.writeUInt16LE(name.length, 26)
    local.write(name, 30)
    const central = Buffer.alloc(46 + name.length)
    central.write('PK\x01\x02', 'latin1')
    central.writeUInt16LE(isDeflated ? 8 : 0, 10)
    central.writeUInt32LE(data.length, 20)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(offset, 42)
    central.write(name, 46)
    parts.push(local, data)
    directory.push(central)
    offset += local.length + data.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...directory, end])
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
    ['an encrypted state', zip({ tfstate: JSON.stringify({ lineage, serial: 1, encrypted_data: 'AAAA' }) })],
    ['a lineage that is not a text', zip({ tfstate: state({ lineage: 7 }) })],
    ['a file that was cut', whole.subarray(0, whole.length - 22)],
    ['a file without its begin', whole.subarray(40)],
  ])('%s', (_, file) => {
    expect(() => lineageOf(file)).toThrow(
      expect.objectContaining({
        code: 'PLAN_FILE_UNREADABLE',
        message: expect.stringContaining('Set the input plan-approval-key, the same for plan and apply.'),
      }),
    )
    expect(() => lineageOf(file)).toThrow(InputError)
  })
})
