import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Running } from '../src/clients/terraform.ts'

const post = fileURLToPath(new URL('../src/post.ts', import.meta.url))
let directory: string
let child: ChildProcess | undefined
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'post-'))
})
afterEach(() => {
  child?.kill('SIGKILL')
  child = undefined
  rmSync(directory, { recursive: true, force: true })
})

/** What post prints when the main process has left this behind. */
async function run(running: Partial<Running> | undefined): Promise<string> {
  const state = running && { command: 'apply', log: join(directory, 'out'), errors: join(directory, 'err'), ...running }
  const process_ = spawn(process.execPath, [post], {
    env: { ...process.env, STATE_running: state ? JSON.stringify(state) : '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  process_.stdout.setEncoding('utf8').on('data', chunk => {
    text += chunk
  })
  expect((await once(process_, 'close'))[0]).toBe(0)
  return text
}

function write(out: string, err = ''): void {
  writeFileSync(join(directory, 'out'), out)
  writeFileSync(join(directory, 'err'), err)
}

async function ended(): Promise<number> {
  const process_ = spawn(process.execPath, ['-e', ''])
  await once(process_, 'close')
  return process_.pid ?? 0
}

test('nothing ran: nothing is said', async () => {
  expect(await run(undefined)).toBe('')
})

test('waits for Terraform, and then prints its end in a fence', async () => {
  write('Gracefully shutting down...\n', '::error::from outside\n')
  child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1500)'])
  const exited = once(child, 'exit').then(() => 'terraform' as const)
  const posted = run({ pid: child.pid ?? 0 })
  expect(await Promise.race([exited, posted])).toBe('terraform')
  expect(await posted).toMatch(
    /^::stop-commands::(\S+)\nGracefully shutting down\.\.\.\n::error::from outside\n::\1::\nterraform apply has ended and saved its state/,
  )
})

test('a process that nobody collects counts as ended', async () => {
  // `exec` leaves the shell's child to a program that collects no children.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] })
  child = parent
  const [line] = await once(parent.stdout.setEncoding('utf8'), 'data')
  write('Apply complete!\n')
  expect(await run({ pid: Number(line) })).toContain('terraform apply has ended')
})

test.each([
  [
    'the state was not saved',
    'the state has been written to the file "errored.tfstate"',
    /^::error::.*could not save/m,
  ],
  ['the lock was not released', 'Error: Error releasing the state lock', /^::warning::.*could not release/m],
])('%s: it is not passed over', async (_, diagnostics, message) => {
  write('', `${diagnostics}\n`)
  const text = await run({ pid: await ended() })
  expect(text).toMatch(message)
  expect(text).not.toContain('Run the job again')
})

test('a long output is cut at a line, not in the middle of a secret', async () => {
  const secret = 's'.repeat(100)
  write(`${`${secret}\n`.repeat(300)}the end\n`)
  const lines = (await run({ pid: await ended() })).split('\n')
  expect(lines).toContain('the end')
  expect(lines.filter(line => line.startsWith('s')).every(line => line === secret)).toBe(true)
  expect(lines.length).toBeLessThan(300)
})

test('files that are gone are no failure', async () => {
  expect(await run({ pid: await ended() })).toContain('terraform apply has ended')
})
