/**
 * One run of mcp-gate: it reads the command line, checks the endpoints and writes the result. Endpoints are checked with
 * bounded concurrency, and only what the summary needs stays in memory.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { InputError, messageOf } from '../errors.ts'
import { type GateReport, type GateRequest, gate } from '../gate/gate.ts'
import type { Recorder } from '../gate/recorder.ts'
import { targetFor } from '../gate/request.ts'
import { type Inputs, loadMcpCalls, readMcpInputs } from '../inputs.ts'
import { line, log, secrets, type Terminal } from '../log.ts'
import { monotonicMs } from '../poll.ts'
import { redactAll } from '../redact.ts'
import { readEndpoints } from './endpoints.ts'
import { type ExitCode, exitCodeOf, worse } from './exit-code.ts'
import { type Arguments, helpLines, type InputFlag, inputFlags, readArguments, withFlagNames } from './flags.ts'
import { endpointLines, summaryLine, tableLines } from './text.ts'

/** What a run reads from outside of its arguments. */
export interface Surroundings {
  /** Reads a file by its path from the root of the package. */
  readonly packageFile: (path: string) => string
  readonly environment: NodeJS.ProcessEnv
}

/** The exit code of a command line that cannot be used. */
const usageExitCode = 2

/** Runs the program. Returns its exit code; never throws. */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<number> {
  if (args[0] === 'init') {
    const { runInit } = await import('./init/run.ts')
    return runInit(args.slice(1), surroundings)
  }
  const { parse } = await import('yaml')
  const flags = inputFlags(parse(surroundings.packageFile('action.yml')))
  let terminal = log.openTerminal('auto')
  try {
    const read = readArguments(args, flags, surroundings.environment)
    terminal = log.openTerminal(read.color)
    if (read.action === 'help') {
      for (const text of helpLines(flags)) terminal.line(line`${text}`)
      return 0
    }
    if (read.action === 'version') {
      terminal.line(line`${(JSON.parse(surroundings.packageFile('package.json')) as { version: string }).version}`)
      return 0
    }
    return await checkAll(read, flags, terminal)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    terminal.note([line`mcp-gate:`, 'bad'], line` ${withFlagNames(messageOf(error), flags)}`)
    return usageExitCode
  }
}

async function checkAll(read: Arguments, flags: readonly InputFlag[], terminal: Terminal): Promise<ExitCode> {
  const endpoints = readEndpoints(read.urls, read.file)
  if (read.html !== undefined && endpoints.length > 1)
    throw new InputError(`Option --html writes the page of one endpoint, and there are ${endpoints.length}.`)
  if (read.writeContract !== undefined && endpoints.length > 1)
    throw new InputError(
      `Option --write-contract writes the contract of one endpoint, and there are ${endpoints.length}.`,
    )
  const mcp = await readInputsOf(read.inputs)
  // A request that no endpoint can get is found before the first one is sent.
  for (const endpoint of endpoints) targetFor(requestFor(endpoint, mcp, read))
  const writer = new ResultWriter(read, flags, terminal, endpoints.length)
  let next = 0
  const work = async (): Promise<void> => {
    for (let index = next++; index < endpoints.length; index = next++) {
      const endpoint = endpoints[index] as string
      const recorder = read.html === undefined ? undefined : await newRecorder()
      const report = await check(requestFor(endpoint, mcp, read), writer, recorder)
      await writer.add(report, recorder)
    }
  }
  writer.start()
  await Promise.all(Array.from({ length: Math.min(read.concurrency, endpoints.length) }, work))
  return writer.end()
}

function requestFor(endpoint: string, mcp: Inputs['mcp'], { watches }: Arguments): GateRequest {
  return { ...mcp, endpoint, endsAtFailure: !watches }
}

/** Makes the recorder of the messages, which only the page needs. */
async function newRecorder(): Promise<Recorder> {
  const { Recorder } = await import('../gate/recorder.ts')
  return new Recorder()
}

function check(request: GateRequest, writer: ResultWriter, recorder: Recorder | undefined): Promise<GateReport> {
  return gate(
    request,
    text => writer.change(request.endpoint, text),
    secret => secrets.add(secret),
    undefined,
    recorder,
  )
}

/** Reads the inputs by the same rules as the action, whose inputs are variables of the process. */
function readInputsOf(inputs: Readonly<Record<string, string>>): Promise<Inputs['mcp']> {
  for (const [input, value] of Object.entries(inputs)) {
    // The contract is any file of the user, who is not limited to a repository.
    const isPath = input === 'mcp-contract' && value !== ''
    process.env[`INPUT_${input.toUpperCase()}`] = isPath ? resolve(value) : value
  }
  return loadMcpCalls(readMcpInputs('/'))
}

/** The writer of all results. */
class ResultWriter {
  readonly #read: Arguments
  readonly #rename: (text: string) => string
  readonly #terminal: Terminal
  readonly #total: number
  readonly #started = monotonicMs()
  /** Number of failed endpoints by code. */
  readonly #failed = new Map<string, number>()
  readonly #junit: number | undefined
  readonly #html: number | undefined
  readonly #contract: number | undefined
  #done = 0
  #exitCode: ExitCode = 0

  /** @throws InputError when the JUnit file, the page or the contract cannot be written */
  constructor(read: Arguments, flags: readonly InputFlag[], terminal: Terminal, total: number) {
    this.#read = read
    this.#terminal = terminal
    this.#total = total
    this.#rename = text => withFlagNames(text, flags)
    this.#junit = read.junit === undefined ? undefined : openFile('junit', read.junit)
    this.#html = read.html === undefined ? undefined : openFile('html', read.html)
    // Opened to append: the committed contract stays when the endpoint lists no tools.
    this.#contract = read.writeContract === undefined ? undefined : openFile('write-contract', read.writeContract, 'a')
  }

  start(): void {
    if (this.#junit !== undefined) writeSync(this.#junit, '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n')
    this.#showStatus()
  }

  /** Shows a change of the observed state of an endpoint, while a deployment is followed. */
  change(endpoint: string, text: string): void {
    if (!this.#read.watches || this.#read.isQuiet) return
    const where = this.#total === 1 ? line`` : line`${endpoint}: `
    this.#terminal.note([line`${where}${this.#rename(text)}`, 'faint'])
    this.#showStatus()
  }

  /** Writes the result of one endpoint. @param recorder its messages, for the page */
  async add(report: GateReport, recorder: Recorder | undefined): Promise<void> {
    this.#done++
    const exitCode = exitCodeOf(report, this.#read.isStrict)
    this.#exitCode = worse(this.#exitCode, exitCode)
    if (report.failure) this.#failed.set(report.failure.code, (this.#failed.get(report.failure.code) ?? 0) + 1)
    if (this.#read.isJson || this.#junit !== undefined) await this.#writeFiles(report, exitCode)
    if (this.#html !== undefined) await this.#writePage(report, recorder, this.#html)
    if (this.#contract !== undefined) await this.#writeContract(report, this.#contract)
    if (!this.#read.isJson && !(this.#read.isQuiet && exitCode === 0)) {
      const lines = this.#total === 1 ? endpointLines : tableLines
      for (const parts of lines(report, this.#rename)) this.#terminal.line(...parts)
    }
    this.#showStatus()
  }

  /** Ends the output and returns the worst exit code. */
  end(): ExitCode {
    this.#terminal.clearStatus()
    if (this.#junit !== undefined) {
      writeSync(this.#junit, '</testsuites>\n')
      closeSync(this.#junit)
    }
    if (this.#total > 1 && !this.#read.isJson) {
      this.#terminal.line(...summaryLine(this.#total, this.#failed, monotonicMs() - this.#started))
    }
    return this.#exitCode
  }

  async #writeFiles(report: GateReport, exitCode: ExitCode): Promise<void> {
    const { loadReportSchema } = await import('../outputs.ts')
    const { serialize } = await import('../report/serialize.ts')
    const schema = await loadReportSchema()
    const { value } = serialize(schema, report, schema.$defs.gate)
    if (this.#read.isJson) {
      this.#terminal.json({ ...(value as object), exitCode }, this.#total === 1 ? 2 : undefined)
    }
    if (this.#junit === undefined) return
    const { renderSuite } = await import('../report/gate.ts')
    writeSync(this.#junit, `${renderSuite(value as GateReport)}\n`)
  }

  async #writePage(report: GateReport, recording: Recorder | undefined, file: number): Promise<void> {
    const { renderGatePage } = await import('../report/gate-page.ts')
    const { failure, warnings } = report
    const renamed = {
      ...report,
      warnings: warnings.map(this.#rename),
      ...(failure && {
        failure: { ...failure, sentence: this.#rename(failure.sentence), fix: this.#rename(failure.fix) },
      }),
    }
    writeSync(file, String(renderGatePage(renamed, { recording })))
    closeSync(file)
  }

  async #writeContract({ contract }: GateReport, file: number): Promise<void> {
    if (contract !== undefined) {
      const { contractText } = await import('../report/gate.ts')
      ftruncateSync(file)
      writeSync(file, contractText({ hash: contract.hash, tools: redactAll(contract.tools, secrets.redact) }))
    } else if (fstatSync(file).size === 0) rmSync(this.#read.writeContract as string)
    closeSync(file)
  }

  #showStatus(): void {
    const failed = [...this.#failed.values()].reduce((sum, each) => sum + each, 0)
    if (this.#done === this.#total) return
    this.#terminal.status(
      this.#total === 1 ? line`checking…` : line`${this.#done} of ${this.#total} checked, ${failed} failed`,
    )
  }
}

function openFile(flag: string, path: string, mode: 'w' | 'a' = 'w'): number {
  try {
    return openSync(path, mode)
  } catch (error) {
    throw new InputError(`Option --${flag} is "${path}", which cannot be written: ${messageOf(error)}.`)
  }
}
