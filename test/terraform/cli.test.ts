import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CancelledError, TerraformError } from '../../src/errors.ts'
import { log, secrets } from '../../src/log.ts'
import { poll } from '../../src/poll.ts'
import { terraformAdvice } from '../../src/terraform/advice.ts'
import { type RunningCommand, Terraform, type TerraformOptions } from '../../src/terraform/cli.ts'
import { preparePluginCache, terraformEnvironment } from '../../src/terraform/environment.ts'
import { satisfiesConstraint } from '../../src/terraform/install/version.ts'
import { parseHeldLock, queryHeldLock } from '../../src/terraform/lock.ts'
import { releasePlatform } from '../../src/terraform/tools.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import { parseCommand } from '../support/workflow-commands.ts'

let root: string
let directory: string
let printed: string
let running: (RunningCommand | undefined)[]
const set = new Set<string>()

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'terraform-'))
  directory = join(root, 'module')
  mkdirSync(directory)
  printed = ''
  running = []
  writeFileSync(join(root, 'terraformrc'), '')
  setEnvironment('TF_CLI_CONFIG_FILE', join(root, 'terraformrc'))
})
afterEach(() => {
  for (const name of set) delete process.env[name]
  set.clear()
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
})

function setEnvironment(name: string, value: string): void {
  process.env[name] = value
  set.add(name)
}

async function terraform(main: string, more: Partial<TerraformOptions> = {}): Promise<Terraform> {
  writeFileSync(join(directory, 'main.tf'), main)
  return another(more)
}

/** A further Terraform in the same directory, as a second job would start it. */
async function another(more: Partial<TerraformOptions> = {}): Promise<Terraform> {
  const { stdout } = await promisify(execFile)('terraform', ['version', '-json'])
  const scratch = mkdtempSync(join(root, 'scratch-'))
  return new Terraform({
    tool: 'terraform',
    binary: 'terraform',
    version: JSON.parse(stdout).terraform_version,
    directory,
    tempDirectory: scratch,
    varFiles: [],
    lockTimeoutMs: 0,
    parallelism: 10,
    isTrusted: true,
    logOutput: text => {
      printed += text
    },
    onRunning: now => running.push(now),
    ...more,
  })
}

async function printedLine(pattern: RegExp): Promise<void> {
  const result = await poll(async () => (pattern.test(printed) ? { done: true } : { waitingFor: `${pattern}` }), {
    delayMs: () => 50,
    timeoutMs: 30_000,
  })
  if (result.timedOut) throw new Error(`${pattern} was not printed, but:\n${printed}`)
}

/** Lines that the runner would obey, but for those of the fence itself. */
function obeyed(text: string): string[] {
  let token: string | undefined
  return text.split('\n').filter(line => {
    const command = parseCommand(line, token)
    if (command === undefined || command === null) return false
    if (token !== undefined) {
      if (command.name === token.toLowerCase()) token = undefined
      return false
    }
    if (command.name !== 'stop-commands') return true
    token = command.data
    return false
  })
}

describe('each input value reaches Terraform as one argument', { timeout: 60_000 }, () => {
  const hostile = [
    'two words',
    'a,b',
    `"quoted" and 'so'`,
    '$(touch pwned) `touch pwned` ; touch pwned',
    '-dash',
    '*',
  ].concat(['--', '-target=x', 'a=b=c', '& | < > % ^ !', '${HOME}', 'back\\slash', 'ümlaut', '::error::x', ' leading'])

  test.each(hostile)('var-file, target, replace and backend-config: %s', async name => {
    const file = join(root, `${name}.tfvars`)
    writeFileSync(file, 'value = "from the file"\n')
    const key = JSON.stringify(name).replaceAll('${', () => '$${')
    const run = await terraform(
      `
      terraform {
        backend "local" {}
      }
      variable "value" { type = string }
      resource "terraform_data" "a" {
        for_each = toset([${key}, "other"])
        input    = var.value
      }
      output "value" { value = var.value }
      `,
      { varFiles: [file] },
    )
    await run.init([`path=${name}.tfstate`])
    await run.plan([`terraform_data.a[${key}]`], [])
    expect((await run.showPlan()).resource_changes?.map(({ change }) => change.after)).toEqual([
      expect.objectContaining({ input: 'from the file' }),
    ])
    await run.apply()
    expect(existsSync(join(directory, `${name}.tfstate`))).toBe(true)
    await run.plan([], [`terraform_data.a[${key}]`])
    expect((await run.showPlan()).resource_changes?.map(({ change }) => change.actions)).toEqual(
      expect.arrayContaining([['delete', 'create'], ['create']]),
    )
    expect(readdirSync(directory)).not.toContain('pwned')
  })

  test('also with a newline', async () => {
    const run = await terraform('terraform {\n  backend "local" {}\n}\n')
    await run.init(['path=two\nlines.tfstate'])
    expect(readFileSync(join(directory, '.terraform/terraform.tfstate'), 'utf8')).toContain('two\\nlines.tfstate')
  })

  test('a workspace whose name begins with a dash is made, and found again', async () => {
    const run = await terraform('resource "terraform_data" "a" {}')
    await run.init([])
    await run.selectWorkspace('-or-create=false')
    await run.plan([], [])
    await run.apply()
    await run.selectWorkspace('-or-create=false')
    expect(readdirSync(join(directory, 'terraform.tfstate.d'))).toEqual(['-or-create=false'])
    expect((await run.showState()).values?.root_module?.resources).toHaveLength(1)
  })

  test('a workspace that must be there already is not made', async () => {
    const run = await terraform('resource "terraform_data" "a" {}')
    await run.init([])
    await expect(run.selectWorkspace('stagign', false)).rejects.toThrow(/Workspace "stagign" doesn't exist/)
    expect(existsSync(join(directory, 'terraform.tfstate.d'))).toBe(false)
  })

  test('an ephemeral variable is there when the plan is applied', async () => {
    const file = join(root, 'secret.tfvars')
    writeFileSync(file, 'token = "only at run time"\nname = "kept"\n')
    const run = await terraform(
      `
      variable "name" { type = string }
      variable "token" {
        type      = string
        ephemeral = true
      }
      resource "terraform_data" "a" {
        input = var.name
        provisioner "local-exec" {
          command     = "printf '%s' \\"$TOKEN\\" > token"
          environment = { TOKEN = var.token }
        }
      }
      `,
      { varFiles: [file] },
    )
    await run.init([])
    await run.plan([], [])
    await run.apply()
    expect(readFileSync(join(directory, 'token'), 'utf8')).toBe('only at run time')
  })
})

describe('plan', { timeout: 60_000 }, () => {
  test('returns whether something changes, and its text is not printed', async () => {
    const run = await terraform('resource "terraform_data" "a" { input = "quite-secret" }')
    await run.init([])
    const first = await run.plan([], [])
    expect(first.hasChanges).toBe(true)
    expect(first.text).toContain('quite-secret')
    await run.apply()
    const second = await run.plan([], [])
    expect(second).toMatchObject({ hasChanges: false, text: expect.stringContaining('No changes') })
    expect(printed).toContain('Refreshing state...')
    expect(printed).not.toContain('quite-secret')
  })

  test("a failure has Terraform's own words, without frame and without the lines of TF_LOG", async () => {
    const run = await terraform('resource "terraform_data" "a" { input = nowhere }')
    await run.init([])
    setEnvironment('TF_LOG', 'trace')
    const error = await run.plan([], []).catch(error => error)
    expect(error).toBeInstanceOf(TerraformError)
    expect(error).toMatchObject({ command: 'plan', exitCode: 1 })
    expect(error.message).toMatch(/^terraform plan failed with exit code 1\.\nError: Invalid reference\n/)
    expect(error.diagnostics).toContain('1: resource "terraform_data" "a" { input = nowhere }')
    expect(error.diagnostics).not.toMatch(/[│╷╵]|TRACE|tfproviders|terraform\.Node/)
    expect(printed).toContain('[TRACE]')
  })

  test('TF_LOG in a format that is not known stands in the job log and not before the first error', async () => {
    const binary = join(root, 'traced')
    const script =
      '#!/bin/sh\n[ "$1" = show ] && echo "{}" && exit\nlog="${TF_LOG_PATH:-/dev/stderr}"\nprintf "an entry of a new format\\n{\\n  of two lines\\n}\\n" >> "$log"\n' +
      'echo "Error: the error" >&2\nexit 1\n'
    writeFileSync(binary, script, { mode: 0o755 })
    setEnvironment('TF_LOG', 'debug')
    const run = await terraform('', { binary })
    for (const command of [() => run.plan([], []), () => run.checkFormat(directory)]) {
      const error = await command().catch(error => error)
      expect(error.diagnostics).toBe('Error: the error')
    }
    expect(printed).toContain('  of two lines')
    setEnvironment('TF_LOG_PATH', join(root, 'chosen.log'))
    await run.plan([], []).catch(() => undefined)
    expect(readFileSync(join(root, 'chosen.log'), 'utf8')).toContain('of two lines')
  })

  test('a frame is taken off', async () => {
    setEnvironment('TF_CLI_CONFIG_FILE', join(root, 'none.tfrc'))
    const run = await terraform('resource "terraform_data" "a" { input = nowhere }')
    const error = await run.plan([], []).catch(error => error)
    expect(error.diagnostics).toMatch(/^Warning: Unable to open CLI configuration file$/m)
    expect(error.diagnostics).not.toMatch(/[│╷╵]/)
  })

  test('a Terraform that is not there is named', async () => {
    const run = await terraform('', { binary: join(root, 'nowhere') })
    await expect(run.plan([], [])).rejects.toThrow(/terraform plan failed\.\n.*nowhere.*ENOENT/)
  })
})

describe('what Terraform prints and knows', { timeout: 60_000 }, () => {
  test('no line of it is a workflow command', async () => {
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const main = `
      resource "terraform_data" "a" {
        provisioner "local-exec" {
          command = "echo '::error::from outside'; echo '::add-mask::the'; echo '##[error]old'; printf '::debug::cut'"
        }
      }
      check "warned" {
        assert {
          condition     = terraform_data.a.id == ""
          error_message = "::error::from a check"
        }
      }
    `
    const run = await terraform(main, { logOutput: log.foreign })
    await run.init([])
    await run.plan([], [])
    await run.apply()
    const written = stdout.mock.calls.map(([text]) => String(text)).join('')
    stdout.mockRestore()
    expect(written).toContain('::error::from outside')
    expect(obeyed(written)).toEqual([])
    expect(obeyed(`${written}::error::after\n`)).toEqual(['::error::after'])
  })

  test('inputs, saved state and the token of the runner are not in its environment; all else is', async () => {
    setEnvironment('INPUT_GITHUB-TOKEN', 'ghs_input')
    setEnvironment('INPUT_ALIVEMCP-API-KEY', 'amk_input')
    setEnvironment('STATE_running', 'state-of-the-action')
    setEnvironment('ACTIONS_RUNTIME_TOKEN', 'runtime-token')
    setEnvironment('TF_VAR_region', 'eu-west-1')
    const run = await terraform(`
      resource "terraform_data" "a" {
        provisioner "local-exec" { command = "env > environment" }
      }
    `)
    await run.init([])
    await run.plan([], [])
    await run.apply()
    const environment = readFileSync(join(directory, 'environment'), 'utf8')
    expect(environment).not.toMatch(/ghs_input|amk_input|state-of-the-action|runtime-token/)
    expect(environment).toMatch(/^TF_VAR_region=eu-west-1$/m)
    expect(environment).toMatch(/^TF_IN_AUTOMATION=1$/m)
    expect(terraformEnvironment({ INPUTS: 'kept' })).toMatchObject({ INPUTS: 'kept' })
  })
})

describe('messages of a failed apply about a value that is born in it', { timeout: 60_000 }, () => {
  let state: HttpState
  beforeEach(async () => {
    state = await startHttpState()
  })
  afterEach(() => state.stop())

  /** What an apply logs and throws whose message holds a value that only the new state marks. */
  async function failedApply(): Promise<{ shown: string; born: string }> {
    const run = await terraform(`
      terraform {
        ${state.backend}
      }
      resource "terraform_data" "born" {}
      resource "terraform_data" "fails" {
        input = sensitive(terraform_data.born.id)
        provisioner "local-exec" {
          command     = "echo $BORN > born"
          environment = { BORN = nonsensitive(terraform_data.born.id) }
        }
        lifecycle {
          postcondition {
            condition     = self.id == ""
            error_message = "The id is ${'$'}{nonsensitive(terraform_data.born.id)}."
          }
        }
      }
    `)
    await run.init(['retry_max=0'])
    await run.plan([], [])
    const error = await run.apply().catch(thrown => thrown)
    expect(error).toBeInstanceOf(TerraformError)
    const born = readFileSync(join(directory, 'born'), 'utf8').trim()
    expect(born).toMatch(/^[\da-f-]{36}$/)
    return { shown: secrets.redact(`${printed}\n--\n${error.message}`), born }
  }

  test('are shown without it if the new state can be read', async () => {
    const { shown, born } = await failedApply()
    expect(shown.match(/The id is \*\*\*\./g)).toHaveLength(2)
    expect(shown).not.toContain(born)
  })

  test('are shown without it if the new state is only in the recovery file', async () => {
    state.refuses = method => method === 'POST'
    const { shown, born } = await failedApply()
    expect(shown.match(/The id is \*\*\*\./g)).toHaveLength(2)
    expect(shown).toContain('terraform state push errored.tfstate')
    expect(shown).not.toContain(born)
  })

  test.each([
    [
      'the new state cannot be read',
      () => (state.refuses = method => method === 'GET' && state.state !== undefined),
      '',
    ],
    [
      'the new state is not even in the recovery file, so Terraform prints it',
      () => {
        state.refuses = method => method === 'POST'
        mkdirSync(join(directory, 'errored.tfstate'))
      },
      'Error: Failed to save state\n\nError saving state: Failed to upload state',
    ],
  ])('are left out if %s, and this is said', async (_, prepare, open) => {
    prepare()
    const { shown, born } = await failedApply()
    expect(shown).not.toContain(born)
    expect(shown).not.toContain('The id is')
    const [logged, thrown] = shown.split('\n--\n')
    expect(logged).toContain(open)
    expect(thrown).toContain(open)
    expect(thrown).toMatch(/^terraform apply failed with exit code 1\.\n/)
    expect(thrown).toMatch(
      /messages of terraform are left out, because the state, .* could not be read\. .* terraform plan/,
    )
  })
})

describe('a stop', { timeout: 60_000 }, () => {
  const slow = (backend = '', seconds = 30) => `
    terraform {
      ${backend}
    }
    resource "terraform_data" "quick" {}
    resource "terraform_data" "slow" {
      input = terraform_data.quick.id
      provisioner "local-exec" { command = "sleep ${seconds}" }
    }
  `
  let state: HttpState
  beforeEach(async () => {
    state = await startHttpState()
  })
  afterEach(() => state.stop())

  async function applying(seconds = 30): Promise<{ run: Terraform; applied: Promise<unknown> }> {
    const run = await terraform(slow(state.backend, seconds))
    await run.init([])
    await run.plan([], [])
    const applied = run.apply().catch(error => error)
    await printedLine(/Executing:/)
    return { run, applied }
  }

  test('during an apply is one SIGINT: the state is saved, the lock released, and nothing starts afterwards', async () => {
    const { run, applied } = await applying()
    expect(run.isRunning).toBe(true)
    expect(state.lock).toBeDefined()
    run.interrupt()
    run.interrupt()
    const error = await applied
    expect(error).toBeInstanceOf(CancelledError)
    expect(String(error)).toMatch(/The job was cancelled: terraform apply was interrupted and has stopped\.\n/)
    expect(String(error)).toContain('execution halted')
    expect(printed).toContain('Gracefully shutting down...')
    expect(printed).not.toContain('Two interrupts received')
    expect(state.lock).toBeUndefined()
    expect(state.resources()).toEqual([
      { address: 'terraform_data.quick', tainted: false },
      { address: 'terraform_data.slow', tainted: true },
    ])
    expect(run.isRunning).toBe(false)
    await expect(run.showState()).rejects.toThrow(/terraform show was not started: the job was cancelled/)
    await expect((await another()).showState()).resolves.toMatchObject({ values: expect.anything() })
  })

  test('on Windows, where kill would end it with its state unsaved, lets it go on to its end', async () => {
    const { run, applied } = await applying(2)
    const { platform } = process
    Object.defineProperty(process, 'platform', { value: 'win32' })
    run.interrupt()
    Object.defineProperty(process, 'platform', { value: platform })
    expect(await applied).toBeUndefined()
    expect(state.lock).toBeUndefined()
    expect(state.resources().map(({ tainted }) => tainted)).toEqual([false, false])
    await expect(run.showState()).rejects.toThrow(/terraform show was not started: the job was cancelled/)
  })

  test('of the whole group, as by a shell, does not reach it', async () => {
    const { run, applied } = await applying()
    const { pid } = running[0] ?? { pid: 0 }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'pgid=', '-p', String(pid)])
    expect(Number(stdout)).toBe(pid)
    run.interrupt()
    await applied
  })

  test('onRunning gets a running apply with its files, and its end; no plan', async () => {
    const { run, applied } = await applying()
    expect(running).toEqual([
      {
        pid: expect.any(Number),
        tool: 'terraform',
        binary: 'terraform',
        directory,
        varFiles: { show: [], untaint: [] },
        command: 'apply',
        started: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        log: expect.any(String),
        errors: expect.any(String),
      },
    ])
    expect(readFileSync(running[0]?.log ?? '', 'utf8')).toContain('Executing:')
    run.interrupt()
    await applied
    expect(running.at(-1)).toBeUndefined()
    expect(existsSync(running[0]?.log ?? '')).toBe(false)
  })

  test('an apply that is killed says by what', async () => {
    const { applied } = await applying()
    process.kill(running[0]?.pid ?? 0, 'SIGKILL')
    const error = await applied
    expect(error).toBeInstanceOf(TerraformError)
    expect(String(error)).toMatch(/terraform apply failed\.\nIt was killed by SIGKILL/)
  })

  test('the query for the lock holder changes nothing', async () => {
    const { run, applied } = await applying()
    const before = state.state
    expect(await queryHeldLock({ binary: 'terraform', directory, varFiles: [] })).toMatchObject({
      id: JSON.parse(state.lock ?? '{}').ID,
    })
    expect(state.state).toBe(before)
    run.interrupt()
    await applied
    const after = state.state
    expect(await queryHeldLock({ binary: 'terraform', directory, varFiles: [] })).toBeUndefined()
    expect(state.lock).toBeUndefined()
    expect(state.state).toBe(after)
    await state.stop()
    await expect(queryHeldLock({ binary: 'terraform', directory, varFiles: [] })).rejects.toThrow(/connection refused/)
  })

  test('a lock that is held is named: over HTTP', async () => {
    const { run, applied } = await applying()
    const { ID } = JSON.parse(state.lock ?? '{}')
    const error = await (await another()).plan([], []).catch(error => error)
    expect(error).toBeInstanceOf(TerraformError)
    expect(parseHeldLock(error.diagnostics)).toMatchObject({ id: ID })
    run.interrupt()
    await applied
  })

  test('a lock that is held is named: a local state', async () => {
    const run = await terraform(slow())
    await run.init([])
    await run.plan([], [])
    const applied = run.apply().catch(error => error)
    await printedLine(/Executing:/)
    const error = await (await another()).plan([], []).catch(error => error)
    expect(parseHeldLock(error.diagnostics)).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      who: expect.stringContaining('@'),
      created: expect.stringMatching(/^20\d\d-/),
    })
    run.interrupt()
    await applied
  })

  test('other failures name no lock', () => {
    expect(parseHeldLock('Error: Invalid reference\n  ID: x')).toBeUndefined()
  })
})

describe('the lock file', { timeout: 60_000 }, () => {
  /** Providers that can be installed and never run. */
  beforeEach(() => {
    const mirror = join(root, 'mirror')
    for (const name of ['one', 'two']) {
      const folder = join(mirror, `registry.terraform.io/acme/${name}/1.0.0/${platform}`)
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, `terraform-provider-${name}_v1.0.0`), name, { mode: 0o755 })
    }
    writeFileSync(join(root, 'terraformrc'), `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`)
  })
  const platform = releasePlatform(process.platform, process.arch)
  const needs = (...names: string[]) => `
    terraform {
      required_providers {
        ${names.map(name => `${name} = { source = "acme/${name}" }`).join('\n')}
      }
    }
  `
  const lockFile = () => readFileSync(join(directory, '.terraform.lock.hcl'), 'utf8')
  const advice = (error: unknown) =>
    terraformAdvice(error as TerraformError, { runsUrl: 'https://github.example/runs', platform: 'linux_amd64' })

  test('is made where there is none, and then obeyed', async () => {
    await (await terraform(needs('one'))).init([])
    const committed = lockFile()
    expect(committed).toContain('acme/one')
    await (await terraform(needs('one'))).init([])
    expect(lockFile()).toBe(committed)
  })

  test('is never changed unseen: what it lacks is an error that says what to commit', async () => {
    await (await terraform(needs('one'))).init([])
    const committed = lockFile()
    const error = await (await terraform(needs('one', 'two'))).init([]).catch(error => error)
    expect(error).toBeInstanceOf(TerraformError)
    expect(lockFile()).toBe(committed)
    expect(advice(error)).toMatch(/does not list the providers .* run `terraform init` on your machine and commit/)
  })

  test.each(['-upgrade', '-lockfile=readonly', '-input=false --upgrade'])(
    'TF_CLI_ARGS_init=%s decides otherwise',
    async args => {
      await (await terraform(needs('one'))).init([])
      setEnvironment('TF_CLI_ARGS_init', args)
      const initialized = (await terraform(needs('one', 'two'))).init([])
      if (args.includes('readonly')) await expect(initialized).rejects.toThrow(/Provider dependency changes detected/)
      else await initialized
      expect(lockFile().includes('acme/two')).toBe(!args.includes('readonly'))
    },
  )

  test('a provider that it has no hash of is named, with the command that adds it', async () => {
    await (await terraform(needs('one'))).init([])
    rmSync(join(directory, '.terraform'), { recursive: true })
    writeFileSync(
      join(directory, '.terraform.lock.hcl'),
      lockFile().replace(/"h1:.*"/, '"h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="'),
    )
    const error = await (await terraform(needs('one'))).init([]).catch(error => error)
    expect(error).toBeInstanceOf(TerraformError)
    expect(advice(error)).toMatch(
      /no hash of this provider for linux_amd64\. Fix: run `terraform providers lock -platform=linux_amd64`/,
    )
  })

  test('with it, providers are kept in the tool cache, and what somebody put there instead is not run', async () => {
    setEnvironment('RUNNER_TOOL_CACHE', join(root, 'tools'))
    const cached = join(root, 'tools/terraform-plugins')
    await (await terraform(needs('one'))).init([])
    expect(existsSync(cached), 'without a lock file nothing vouches for a cache').toBe(false)
    rmSync(join(directory, '.terraform'), { recursive: true })
    await (await terraform(needs('one'))).init([])
    const folder = `registry.terraform.io/acme/one/1.0.0/${platform}`
    const program = `${folder}/terraform-provider-one_v1.0.0`
    expect(readFileSync(join(cached, program), 'utf8')).toBe('one')

    rmSync(join(directory, '.terraform'), { recursive: true })
    rmSync(join(cached, folder), { recursive: true })
    mkdirSync(join(cached, folder))
    writeFileSync(join(cached, program), 'poisoned', { mode: 0o755 })
    await (await terraform(needs('one'))).init([]).catch(error => {
      expect(String(error)).toMatch(/does(n't| not) match any of the\s+checksums/)
    })
    const installed = join(directory, '.terraform/providers', program)
    expect(existsSync(installed) ? readFileSync(installed, 'utf8') : 'one').toBe('one')
  })

  test('who has chosen a cache keeps it', () => {
    writeFileSync(join(directory, '.terraform.lock.hcl'), '')
    const env = { RUNNER_TOOL_CACHE: join(root, 'tools'), TF_CLI_CONFIG_FILE: join(root, 'own.tfrc') }
    const ours = { TF_PLUGIN_CACHE_DIR: join(root, 'tools/terraform-plugins') }
    expect(preparePluginCache('terraform', env, directory)).toEqual(ours)
    expect(preparePluginCache('terraform', { ...env, TF_PLUGIN_CACHE_DIR: '/theirs' }, directory)).toEqual({})
    expect(preparePluginCache('terraform', { ...env, TF_PLUGIN_CACHE_DIR: '' }, directory)).toEqual({})
    expect(preparePluginCache('terraform', { TF_CLI_CONFIG_FILE: env.TF_CLI_CONFIG_FILE }, directory)).toEqual({})
    writeFileSync(join(root, 'own.tfrc'), 'plugin_cache_dir = "/theirs"\n')
    expect(preparePluginCache('terraform', env, directory)).toEqual({})
    writeFileSync(join(root, 'own.tfrc'), '# plugin_cache_dir = "/theirs"\n')
    expect(preparePluginCache('terraform', env, directory)).toEqual(ours)
  })
})

test('a taint is shown by the state', { timeout: 60_000 }, async () => {
  const run = await terraform('resource "terraform_data" "a" {\n  for_each = toset(["x y"])\n}')
  await run.init([])
  await run.plan([], [])
  await run.apply()
  await run.taint('terraform_data.a["x y"]')
  expect((await run.showState()).values?.root_module?.resources).toMatchObject([{ tainted: true }])
  await expect(run.taint('terraform_data.b')).rejects.toThrow(/terraform taint failed with exit code 1/)
})

test('Terraform itself reads a required_version as the installer does', { timeout: 120_000 }, async () => {
  const constraints = [
    ...['~> 0', '~> 1', '~> 2', '~> 1.0', '~> 1.99', '~> 0.15', '~> 1.99.0', '>= 1', '>= 1.0.0', '> 99', '< 2', '< 1'],
    ...['<= 0.15', '!= 1', '!= 1.0.0, >= 1', '>= 1.0, < 99.9', '>=1.0,<1.1', ' >= 1 , < 99 ', 'v1', '01.000.1', '~>1'],
  ]
  const command = async (...args: string[]) => {
    const env = { ...process.env, CHECKPOINT_DISABLE: '1' }
    return (await promisify(execFile)('terraform', args, { cwd: directory, env })).stdout
  }
  const { terraform_version: version } = JSON.parse(await command('version', '-json'))
  for (const constraint of [
    ...constraints,
    version,
    `= ${version}`,
    `~> ${version}`,
    `> ${version}`,
    `!= ${version}`,
  ]) {
    writeFileSync(join(directory, 'main.tf'), `terraform {\n  required_version = "${constraint}"\n}\n`)
    const accepts = await command('init', '-no-color').then(
      () => true,
      error => {
        expect(error.stderr).toContain('Unsupported Terraform Core version')
        return false
      },
    )
    expect([constraint, satisfiesConstraint(version, constraint)]).toEqual([constraint, accepts])
  }
})

describe('variable files', () => {
  /** A program that notes its arguments. Versions with variables in module sources cannot be installed here. */
  async function argumentsOf(tool: 'terraform' | 'tofu', version: string): Promise<string[]> {
    const noted = join(root, `arguments-${tool}-${version}`)
    const binary = join(root, `${tool}-${version}`)
    writeFileSync(binary, `#!/bin/sh\necho "$@" >> '${noted}'\necho '{"diagnostics":[]}'\n`, { mode: 0o755 })
    const program = await terraform('', { tool, binary, version, varFiles: ['/x/prod.tfvars'] })
    await program.init([])
    await program.selectWorkspace('staging')
    await program.validate()
    await program.showPlan()
    await program.showState()
    await program.pullState()
    await program.taint('terraform_data.x')
    return readFileSync(noted, 'utf8')
      .trim()
      .split('\n')
      .filter(each => !each.includes('-var-file=/x/prod.tfvars'))
      .map(each => each.split(' ')[0] ?? '')
  }

  test('reach only plan and apply where a configuration is read without variables', async () => {
    const all = ['init', 'workspace', 'validate', 'show', 'show', 'state', 'taint']
    expect(await argumentsOf('terraform', '1.14.9')).toEqual(all)
    expect(await argumentsOf('tofu', '1.7.9')).toEqual(all)
  })

  test("reach every command but Terraform's workspace since module sources may use variables", async () => {
    expect(await argumentsOf('terraform', '1.15.0')).toEqual(['workspace'])
    expect(await argumentsOf('terraform', '1.15.0-rc1')).toEqual(['workspace'])
    expect(await argumentsOf('tofu', '1.8.0')).toEqual([])
  })
})
