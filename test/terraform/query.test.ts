/** Commands that change nothing and print little. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseOutput, query, withoutPreface } from '../../src/terraform/query.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'query-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

const node = (code: string) => ['-e', code]

test('exit code and both outputs are returned, and nothing is printed', async () => {
  const stdout = vi.spyOn(process.stdout, 'write')
  const code = 'console.log(process.cwd()); console.error("::error::hidden"); process.exitCode = 3'
  const result = await query(process.execPath, node(code), { cwd: directory, env: {} })
  expect(result).toEqual({ exitCode: 3, stdout: `${realpathSync(directory)}\n`, stderr: '::error::hidden\n' })
  expect(stdout).not.toHaveBeenCalled()
  stdout.mockRestore()
})

test('the environment is the given one and no other', async () => {
  process.env.QUERY_TEST_SECRET = 'secret'
  const code = 'console.log(JSON.stringify(process.env))'
  const { stdout } = await query(process.execPath, node(code), { env: { A: 'a b', TF_INPUT: '0' } })
  delete process.env.QUERY_TEST_SECRET
  expect(JSON.parse(stdout)).toEqual({ A: 'a b', TF_INPUT: '0' })
})

test.each(['a b', '"quoted"', '-dash', '$HOME', 'back\\slash', ''])('an argument arrives as it is: %j', async text => {
  const code = 'console.log(JSON.stringify(process.argv.slice(1)))'
  const { stdout } = await query(process.execPath, [...node(code), '--', text], { env: {} })
  expect(JSON.parse(stdout)).toEqual([text])
})

test('a program that ends at once does no harm', async () => {
  for (let run = 0; run < 20; run++) expect((await query('/bin/false', [], { env: {} })).exitCode).toBe(1)
})

test('a program that is not there is an error', async () => {
  await expect(query(join(directory, 'nowhere'), [], { env: {} })).rejects.toThrow('nowhere')
})

test('a program that does not end is an error at the deadline', async () => {
  const code = 'setTimeout(() => {}, 2_000)'
  await expect(query(process.execPath, node(code), { env: {}, timeoutMs: 200 })).rejects.toThrow(
    'it did not end within 0.2 s',
  )
})

test('JSON is read behind what a tool prints before it', () => {
  const warning =
    'Warning: Unable to open CLI configuration file\n\nThe CLI configuration file at "x" does not exist {1}.\n\n'
  expect(parseOutput(`${warning}{"terraform_version":"1.12.6"}\n`)).toEqual({ terraform_version: '1.12.6' })
  expect(parseOutput('{"a": [1]}')).toEqual({ a: [1] })
  expect(withoutPreface(`${warning}{"a":1}`)).toBe('{"a":1}')
  expect(() => parseOutput('Error: x')).toThrow(SyntaxError)
})
