import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeDetachedCommand } from '../src/terraform/after-stop.ts'
import type { RunningCommand } from '../src/terraform/cli.ts'

const post = fileURLToPath(new URL('../src/post.ts', import.meta.url))
let directory: string
/** Answers the question who holds the lock; the real Terraform is asked in test/e2e/cancel.test.ts. */
let terraform: string
let child: ChildProcess | undefined
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'post-'))
  terraform = join(directory, 'terraform')
  writeFileSync(join(directory, 'state.json'), '{}')
  writeFileSync(join(directory, 'secrets.json'), '[]')
  answers('')
})
afterEach(() => {
  child?.kill('SIGKILL')
  child = undefined
  rmSync(directory, { recursive: true, force: true })
})

/** What post prints when the main process has left this behind. */
async function run(running: Partial<RunningCommand> | undefined, uid?: number): Promise<string> {
  const state: RunningCommand | undefined = running && {
    pid: 0,
    tool: 'terraform',
    binary: terraform,
    directory,
    varFiles: { show: [], untaint: [] },
    started: new Date().toISOString(),
    command: 'apply',
    log: join(directory, 'out'),
    errors: join(directory, 'err'),
    ...running,
  }
  return await runWith(state ? JSON.stringify(state) : '', uid)
}

/** The log of a post step whose saved state is this text. It must pass, whatever the text is. */
async function runWith(state: string, uid?: number): Promise<string> {
  const process_ = spawn(process.execPath, [post], {
    env: { ...process.env, PATH: `${directory}:${process.env.PATH}`, RUNNER_TEMP: directory, STATE_running: state },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid !== undefined && { uid }),
  })
  let text = ''
  process_.stdout.setEncoding('utf8').on('data', chunk => {
    text += chunk
  })
  expect((await once(process_, 'close'))[0]).toBe(0)
  return text
}

function answers(diagnostics: string): void {
  writeFileSync(join(directory, 'diagnostics'), diagnostics)
  const state = join(directory, 'state.json')
  const script = `#!/bin/sh\nif [ "$1" = show ]; then exec cat '${state}'; fi\ncat '${join(directory, 'diagnostics')}' >&2\ntest ! -s '${join(directory, 'diagnostics')}'\n`
  writeFileSync(terraform, script, { mode: 0o755 })
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
    /^::stop-commands::(\S+)\nGracefully shutting down\.\.\.\n::error::from outside\n::\1::\nterraform apply has ended, saved its state and released the lock/,
  )
})

test('the state is shown and its lock queried with the variable files that this version needs', async () => {
  const log = join(directory, 'arguments')
  writeFileSync(terraform, `#!/bin/sh\necho "$@" >> '${log}'\necho '{}'\n`, { mode: 0o755 })
  const [ours, foreign] = [join(directory, 'prod.tfvars'), '/etc/passwd']
  write('')
  await run({ pid: await ended(), varFiles: { show: [ours], untaint: [ours, foreign] } })
  const file = `-var-file=${ours}`
  expect(readFileSync(log, 'utf8')).toBe(
    `show -json -no-color ${file}\nuntaint -allow-missing -no-color -lock-timeout=0s ${file} terraform_data.terraform_mcp_deploy\n`,
  )
})

test('the secrets of the run and those that the apply created are hidden, and their file is deleted', async () => {
  writeFileSync(join(directory, 'secrets.json'), JSON.stringify(['from-the-run']))
  const outputs = { token: { value: 'born in the apply', sensitive: true } }
  writeFileSync(join(directory, 'state.json'), JSON.stringify({ values: { outputs } }))
  write('with from-the-run\n', '╷\n│ Error: bad value from-the-run, born in\n│ the apply\n╵\n')
  const log = await run({ pid: await ended() })
  expect(log).toContain('with ***\n╷\n│ Error: bad value ***, ***\n╵\n')
  expect(existsSync(join(directory, 'secrets.json'))).toBe(false)
})

test.each([
  ['the state cannot be read', 'state.json'],
  ['the secrets of the run cannot be read', 'secrets.json'],
])('%s: no message is shown, and this is said', async (_, file) => {
  rmSync(join(directory, file))
  write(
    'a: Creating...\nb: Creation complete after 1s [id=born-1]\n╷\n│ Warning: holds born-1\n╵\n',
    '╷\n│ Error: holds born-1\n╵\nError: execution halted\n',
  )
  const log = await run({ pid: await ended() })
  expect(log).toContain('a: Creating...\nb: Creation complete after 1s\nError: execution halted\n')
  expect(log).not.toContain('born-1')
  expect(log).toContain('messages of terraform are left out')
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
  [
    'the lock was not released',
    'Error: Error releasing the state lock',
    /^::warning::terraform apply has ended and saved/m,
  ],
])('%s: it is not passed over', async (_, diagnostics, message) => {
  write('', `${diagnostics}\n`)
  const text = await run({ pid: await ended() })
  expect(text).toMatch(message)
  expect(text).not.toContain('Run the job again')
})

const lockInfo = (who: string, created: Date) => `
Error: Error acquiring the state lock

Error message: operation error S3: PutObject, StatusCode: 412
Lock Info:
  ID:        9ea80976-232c-2c1a-b4e5-d0624fc57fba
  Path:      bucket/terraform.tfstate
  Operation: OperationTypeApply
  Who:       ${who}
  Version:   1.11.4
  Created:   ${created.toISOString().replace('T', ' ').replace('Z', '919578 +0000 UTC')}
  Info:
`
const self = `${userInfo().username}@${hostname()}`

test.each([
  ['its own', self, 0, /which is this run's: it was killed before it released the lock/],
  ['its own, as Windows writes it', `RUNNER\\${self}`, 0, /which is this run's/],
  ["another machine's", 'ann@laptop', 0, /held by ann@laptop since 2\S+ .*, which is another run's/],
  ['an older one of this machine', self, -3_600_000, /which is another run's/],
])('a lock that is left is named, with what releases it: %s', async (_, who, ageMs, message) => {
  write('Still creating...\n')
  answers(lockInfo(who, new Date(Date.now() + ageMs)))
  const text = await run({ pid: await ended(), started: new Date(Date.now() - 5_000).toISOString() })
  expect(text).toMatch(
    /^::warning::terraform apply has ended\. The state lock 9ea80976-232c-2c1a-b4e5-d0624fc57fba is held/m,
  )
  expect(text).toMatch(message)
  expect(text).toContain(`\`terraform force-unlock 9ea80976-232c-2c1a-b4e5-d0624fc57fba\` in ${directory}`)
})

test('a failed query for the lock is reported', async () => {
  answers('Error: No valid credential sources found')
  const text = await run({ pid: await ended() })
  expect(text).toMatch(/^::warning::.*still locked is unknown \(Command failed.*the next run fails/m)
})

test('the message about a running command names the command that releases the lock', () => {
  const running = {
    pid: 7,
    tool: 'tofu',
    command: 'apply',
    directory: '/infra',
    started: '2026-11-22T23:24:51Z',
  } as const
  const lock = { id: 'abc', who: 'me@here', created: '2026-11-22 23:24:51.777919578 +0000 UTC' }
  const stopped = { running, isStillRunning: true, diagnostics: '', lock, who: 'me@here', now: '2026-11-22T23:28:55Z' }
  const { level, text } = describeDetachedCommand(stopped)
  expect(level).toBe('warning')
  expect(text).toMatch(
    /^tofu apply \(process 7\) is still running and is killed when the job ends\. .* held by me@here since/,
  )
  expect(text).toContain('stays when the command is killed: `tofu force-unlock abc` in /infra releases it then')
})

test.each([
  [
    true,
    undefined,
    'warning',
    /^The run in HCP Terraform goes on without this job: https:\S+run-1\. Run the job again when/,
  ],
  [false, 'acme/weather', 'warning', /goes on without this job: https:\S+run-1\./],
  [
    false,
    undefined,
    'info',
    /^terraform apply has ended\. Its run in HCP Terraform: https:\S+run-1\. Run the job again/,
  ],
] as const)('a run in HCP Terraform is named (running: %s, lock: %s)', (isStillRunning, id, level, message) => {
  const running = {
    pid: 7,
    tool: 'terraform',
    command: 'apply',
    directory: '/infra',
    started: '2026-11-22T23:24:51Z',
    remoteRun: 'https://app.terraform.io/app/acme/weather/runs/run-1',
  } as const
  const lock = id && { id, who: 'somebody', created: 'an unknown time' }
  const now = '2026-11-22T23:28:55Z'
  const described = describeDetachedCommand({ running, isStillRunning, diagnostics: '', lock, who: 'me@here', now })
  expect(described.level).toBe(level)
  expect(described.text).toMatch(message)
  expect(described.text).not.toMatch(/killed|force-unlock/)
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

test.each([
  '{',
  '"text"',
  'null',
  '[]',
  '{"pid":"1"}',
  '{"pid":-1,"tool":"terraform"}',
  '{"pid":1,"tool":"rm"}',
  '\u0000{}'.slice(1),
])('a saved state that is not ours is one warning: %j', async state => {
  const log = await runWith(state)
  expect(log).toMatch(/^::warning::Whether Terraform is still running is not known/)
  expect(log.trim().split('\n')).toHaveLength(1)
})

test('a saved state that names another program, or files outside of the temporary directory, is one warning', async () => {
  const evil = join(directory, 'evil')
  const proof = join(directory, 'proof')
  writeFileSync(evil, `#!/bin/sh\ntouch '${proof}'\n`, { mode: 0o755 })
  const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'))
  writeFileSync(join(elsewhere, 'terraform'), `#!/bin/sh\ntouch '${proof}'\n`, { mode: 0o755 })
  writeFileSync(join(elsewhere, 'secret'), 'not for the log\n')
  const pid = await ended()
  for (const named of [
    { binary: evil },
    { binary: join(elsewhere, 'terraform') },
    { binary: 'terraform' },
    { directory: elsewhere },
    { errors: join(elsewhere, 'secret') },
    { log: join(elsewhere, 'secret') },
    { log: join(directory, '..', 'secret') },
  ]) {
    const text = await run({ pid, ...named })
    expect(text).toMatch(/^::warning::Whether Terraform is still running is not known: .* is not that of this action/)
    expect(text.trim().split('\n')).toHaveLength(1)
  }
  expect(existsSync(proof)).toBe(false)
  rmSync(elsewhere, { recursive: true })
})

test.runIf(process.getuid?.() === 0)(
  'a user id without an entry in passwd has no name, and the step passes',
  async () => {
    chmodSync(directory, 0o755)
    write('Apply complete!\n')
    expect(await run({ pid: 4_194_303 }, 54_321)).toMatch(/has ended, saved its state and released the lock/)
  },
)
