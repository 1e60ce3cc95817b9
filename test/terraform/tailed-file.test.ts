/** What a child process writes into a file, read while it grows. */
import { appendFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TailedFile } from '../../src/terraform/tailed-file.ts'

let directory: string
let file: TailedFile
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tailed-'))
  file = new TailedFile(join(directory, 'out'))
})
afterEach(() => {
  file.remove()
  rmSync(directory, { recursive: true, force: true })
})

const newLines = (isEnd = false) => [...file.newLines(isEnd)].join('')

test('whole lines are read once, and the rest at the end', () => {
  appendFileSync(file.path, 'one\ntw')
  expect(newLines()).toBe('one\n')
  expect(newLines()).toBe('')
  appendFileSync(file.path, 'o\nthrée')
  expect(newLines()).toBe('two\n')
  expect(newLines(true)).toBe('thrée')
  expect(file.text()).toBe('one\ntwo\nthrée')
})

test('a character that is written in two parts is one', () => {
  const bytes = Buffer.from('ü\n')
  appendFileSync(file.path, bytes.subarray(0, 1))
  expect(newLines()).toBe('')
  appendFileSync(file.path, bytes.subarray(1))
  expect(newLines()).toBe('ü\n')
})

test.each([
  ['with its end', '\nafter\n', '(a line of more than 1 MiB is left out)\nafter\n'],
  ['without an end', '', '(a line of more than 1 MiB is left out)\n'],
])('a line that is too long for the log is left out: %s', (_, end, shown) => {
  appendFileSync(file.path, 'before\n')
  for (let part = 0; part < 3; part++) appendFileSync(file.path, 'x'.repeat(1_000_000))
  appendFileSync(file.path, end)
  expect(newLines(true)).toBe(`before\n${shown}`)
  expect(newLines(true)).toBe('')
})

test('output that no string can hold is read in lines, and its end is found', () => {
  // A sparse file takes no room on the disk.
  truncateSync(file.path, 600 * 1024 * 1024)
  appendFileSync(file.path, '\nError: the end\n')
  expect(() => file.text()).toThrow(
    'Terraform printed 601 MiB, and this action can read 511 MiB: split the root module.',
  )
  expect(file.lastLines(1024)).toBe('Error: the end\n')
  expect(newLines(true)).toBe('(a line of more than 1 MiB is left out)\nError: the end\n')
})

test('the end of a line that is longer than what is read is left out: it could begin in the middle of a secret', () => {
  appendFileSync(file.path, `before\n${'x'.repeat(2_000)}the-second-half-of-a-secret`)
  expect(file.lastLines(1_000)).toBe('')
  appendFileSync(file.path, '\nafter\n')
  expect(file.lastLines(1_000)).toBe('after\n')
})
