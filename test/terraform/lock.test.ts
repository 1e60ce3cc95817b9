/** Who holds a state lock, read from what Terraform prints, whatever else stands in it. */
import { expect, test } from 'vitest'
import { parseHeldLock } from '../../src/terraform/lock.ts'

const held = `Error: Error acquiring the state lock

Error message: resource temporarily unavailable
Lock Info:
  ID:        7c2c8cd9-3a4d-0d4c-7d0e-4ad5a3a2dbd2
  Path:      terraform.tfstate
  Operation: OperationTypeApply
  Who:       runner@host
  Version:   1.11.4
  Created:   2026-11-22 23:24:51.777919578 +0000 UTC
  Info:
`

test('the lock is read from its fields', () => {
  expect(parseHeldLock(held)).toEqual({
    id: '7c2c8cd9-3a4d-0d4c-7d0e-4ad5a3a2dbd2',
    who: 'runner@host',
    created: '2026-11-22 23:24:51.777919578 +0000 UTC',
  })
})

test('an empty field is not filled from the next line', () => {
  expect(parseHeldLock(held.replace(/Who: .*/, 'Who:'))?.who).toBe('somebody')
})

// With a pattern that takes line ends for blanks this takes a minute.
test('blank lines without number are passed over', { timeout: 10_000 }, () => {
  const blank = '\n'.repeat(200_000)
  expect(parseHeldLock(`Error: Error acquiring the state lock${blank}`)).toBeUndefined()
  expect(parseHeldLock(`${held}${blank}`)?.who).toBe('runner@host')
})

test('of a workspace of HCP Terraform the requested lock, which Terraform prints, is not taken for the held one', () => {
  const message = 'workspace already locked (lock ID: "acme/weather")'
  const ofWorkspace = held.replace('resource temporarily unavailable', message)
  expect(parseHeldLock(ofWorkspace)).toEqual({ id: 'acme/weather', who: 'somebody', created: 'an unknown time' })
})

const overHttp = (message: string, id: string, who: string) =>
  `${held.replace('resource temporarily unavailable', `HTTP remote state already locked: ID=${message}`)}`
    .replace(/ID: .*/, `ID:        ${id}`)
    .replace(/Who: .*/, `Who:       ${who}`)

test('over HTTP the holder is named if the tool prints it', () => {
  const newer = overHttp('11111111-aaaa', '11111111-aaaa', 'dev@laptop')
  expect(parseHeldLock(newer)).toEqual({
    id: '11111111-aaaa',
    who: 'dev@laptop',
    created: '2026-11-22 23:24:51.777919578 +0000 UTC',
  })
})

test('over HTTP the requested lock, which older tools print, is not taken for the held one', () => {
  const older = overHttp('11111111-aaaa', '22222222-bbbb', 'runner@this-job')
  expect(parseHeldLock(older)).toEqual({ id: '11111111-aaaa', who: 'somebody', created: 'an unknown time' })
})
