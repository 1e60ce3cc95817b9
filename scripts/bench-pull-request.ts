/**
 * What a pull request costs over the bare commands: the shipped dist, run as the runner runs it and with its comment, beside
 * `terraform init`, `plan -out` and `show -json` of the same root module, in turns. A program on PATH notes how long each Terraform
 * process takes. A plan of many resources takes seconds, whose scatter is larger than what is measured here.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pullRequestOpened } from '../test/support/events.ts'
import { startGitHub } from '../test/support/github.ts'
import { startHttpState } from '../test/support/http-state.ts'
import { runAction } from '../test/support/runner.ts'

/** One turn, in milliseconds. */
export interface Turn {
  /** The bare commands, from the start of the first to the end of the last. */
  readonly bareMs: number
  /** The action with its post step. */
  readonly actionMs: number
  /** The same three commands, as the action ran them. */
  readonly terraformMs: number
}

/**
 * Measures turns for one number of resources. Throws if a run fails.
 * @param action the directory of the action
 * @param turns the most turns; no turn begins after `maxMs` milliseconds
 */
export async function measurePullRequest(
  action: string,
  { resources, turns, maxMs }: { readonly resources: number; readonly turns: number; readonly maxMs: number },
): Promise<Turn[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-pull-request-'))
  const path = process.env.PATH ?? ''
  const github = await startGitHub({ owner: 'acme', repo: 'weather' })
  const state = await startHttpState()
  try {
    const [bin, calls] = [join(scratch, 'bin'), join(scratch, 'calls')]
    const terraform = execFileSync('/bin/sh', ['-c', 'command -v terraform'], { encoding: 'utf8' }).trim()
    const root = `
      terraform {
        ${state.backend}
      }
      resource "terraform_data" "all" {
        count = ${resources}
        input = { name = "server-\${count.index}", size = "small", team = "weather" }
      }
      output "mcp_endpoint" { value = "http://127.0.0.1:9/mcp" }
      output "instance_id" { value = "i-1" }
    `
    mkdirSync(bin)
    const timed = `start=$(date +%s%N)\n'${terraform}' "$@"\ncode=$?\necho "$1 $start $(date +%s%N)" >> '${calls}'\nexit $code\n`
    writeFileSync(join(bin, 'terraform'), `#!/bin/sh\n${timed}`)
    chmodSync(join(bin, 'terraform'), 0o755)
    process.env.PATH = `${bin}${delimiter}${path}`
    const measured: Turn[] = []
    const deadline = performance.now() + maxMs
    for (let turn = 0; turn < turns && (turn === 0 || performance.now() < deadline); turn++) {
      const [bare, workspace, temp] = ['bare', 'workspace', 'temp'].map(each => join(scratch, `${turn}`, each)) as [
        string,
        string,
        string,
      ]
      for (const each of [bare, join(workspace, 'infra'), temp]) mkdirSync(each, { recursive: true })
      for (const each of [bare, join(workspace, 'infra')]) writeFileSync(join(each, 'main.tf'), root)

      const started = performance.now()
      for (const [file, ...args] of [
        ['init.txt', 'init', '-input=false'],
        ['plan.txt', 'plan', '-input=false', '-out=plan.tfplan'],
        ['plan.json', 'show', '-json', 'plan.tfplan'],
      ] as const)
        await run(args, bare, file)
      const bareMs = performance.now() - started

      const files = { 'infra/main.tf': root }
      const opened = await github.createPullRequest({ title: `Turn ${turn}`, branch: `turn-${turn}`, files })
      const trigger = pullRequestOpened(github, opened)
      writeFileSync(calls, '')
      const begun = performance.now()
      const { conclusion, log } = await runAction({
        action,
        inputs: { 'working-directory': 'infra' },
        event: trigger.event,
        workspace,
        temp,
        github: { ...trigger.github, apiUrl: github.apiUrl, token: github.token },
      })
      const actionMs = performance.now() - begun
      if (conclusion !== 'success') throw new Error(`The plan that is measured failed:\n${log}`)
      const processes = readFileSync(calls, 'utf8').trim().split('\n')
      const terraformMs = processes
        .map(line => line.split(' '))
        .filter(([command = '']) => ['init', 'plan', 'show'].includes(command))
        .reduce((sum, [, start, end]) => sum + Number(BigInt(end ?? 0) - BigInt(start ?? 0)) / 1e6, 0)
      measured.push({ bareMs, actionMs, terraformMs })
      rmSync(join(scratch, `${turn}`), { recursive: true })
    }
    return measured
  } finally {
    process.env.PATH = path
    await state.stop()
    await github.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Runs a Terraform command with its output in a file. It does not block, because this process is the store of the state. */
async function run(args: readonly string[], cwd: string, file: string): Promise<void> {
  const output = openSync(join(cwd, file), 'w')
  const child = spawn('terraform', args, { cwd, stdio: ['ignore', output, output] })
  closeSync(output)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`terraform ${args.join(' ')} failed:\n${readFileSync(join(cwd, file), 'utf8')}`)
}
