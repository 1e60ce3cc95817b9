/** `mcp-gate init`: reads what to deploy and where, then writes the workflows, the variables and the bootstrap of a repository. */
import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { InputError, messageOf } from '../../errors.ts'
import { joinLines, line, log, type Terminal } from '../../log.ts'
import { onlyText, optionLines, ownOptions, parseOptions } from '../flags.ts'
import { collectAnswers, type Respondent } from './answers.ts'
import { createFiles } from './create.ts'
import { filesFor, type Sources, sourcePages, stepsFor } from './files.ts'
import { checkoutOf, readKnown } from './known.ts'
import { questions, type Texts } from './questions.ts'

/** What a run reads from outside of its arguments. */
export interface InitSurroundings {
  /** Reads a file by its path from the root of the package. */
  readonly packageFile: (path: string) => string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** The exit code of a command line that cannot be used, or of files that are in the way; nothing was written. */
const refusedExitCode = 2
/** The exit code of a fault of the program or its package. */
const failedExitCode = 1

/** Flags without a question, with their value and description. */
export const ownFlags = {
  directory: ['DIRECTORY', 'Write to this directory, the root of the repository. Default: the current one.'],
  yes: ['', 'Ask nothing: take the default of each question that has one.'],
  help: ['', 'Show this help. The same as -h.'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>

/** Runs the program. Returns its exit code; never throws. */
export async function runInit(args: readonly string[], surroundings: InitSurroundings): Promise<number> {
  const terminal = log.openTerminal('auto')
  try {
    const { texts, directory, isUnasked, isHelp } = readInitArguments(args)
    if (isHelp) {
      for (const text of helpLines()) terminal.line(line`${text}`)
      return 0
    }
    const target = readDirectory(directory)
    checkIsRoot(target)
    const sources = readSources(surroundings.packageFile)
    const known = readKnown(target, surroundings.environment, installedPackages(surroundings.packageFile))
    const answers = await askAll(texts, known, terminal, isUnasked)
    const files = filesFor(answers, sources)
    createFiles(target, files)
    terminal.line(line`Created in ${target}:`)
    for (const { path } of files) terminal.line(line`  ${path}`)
    showSteps(terminal, stepsFor(answers, sources))
    return 0
  } catch (error) {
    const isRefused = error instanceof InputError
    for (const text of messageOf(error).split('\n')) terminal.note([line`mcp-gate init:`, 'bad'], line` ${text}`)
    return isRefused ? refusedExitCode : failedExitCode
  }
}

interface InitArguments {
  readonly texts: Texts
  readonly directory: string
  readonly isUnasked: boolean
  readonly isHelp: boolean
}

/** @throws InputError that names the flag or the argument */
function readInitArguments(args: readonly string[]): InitArguments {
  const options = Object.fromEntries([
    ...questions.map(({ flag }) => [flag, { type: 'string', multiple: true }] as const),
    ...ownOptions(ownFlags),
  ])
  const { values, positionals } = parseOptions(args, options, 'mcp-gate init')
  if (positionals.length > 0)
    throw new InputError(`mcp-gate init takes no "${positionals[0]}". See mcp-gate init --help.`)
  const texts = questions.flatMap(({ flag }) => {
    const value = onlyText(flag, values[flag])
    return value === undefined ? [] : [[flag, value]]
  })
  return {
    texts: Object.fromEntries(texts),
    directory: onlyText('directory', values.directory) ?? '.',
    isUnasked: values.yes === true,
    isHelp: values.help === true,
  }
}

/** Returns the real path of the directory to write to. */
function readDirectory(directory: string): string {
  const found = statSync(resolve(directory), { throwIfNoEntry: false })
  if (found?.isDirectory()) return realpathSync(resolve(directory))
  throw new InputError(`Option --directory is "${directory}": it must be a directory that exists.`)
}

/** @throws InputError if the directory is not the root of its checkout: GitHub reads workflows only there */
function checkIsRoot(directory: string): void {
  const root = checkoutOf(directory)
  if (root === undefined || root === directory) return
  throw new InputError(
    `Nothing was written: ${directory} is not the root of its repository, and GitHub reads workflows only there. Run this in ${root}, or use --directory. For a new repository, run git init first.`,
  )
}

/** @throws Error when the package is not complete, as in an image that holds only the gate */
function readSources(packageFile: (path: string) => string): Sources {
  const read = (path: string): string => {
    try {
      return packageFile(path)
    } catch (error) {
      throw new Error(`${path} is not in this package, so run init with npx from the repository: ${messageOf(error)}`)
    }
  }
  return { stack: read(sourcePages.stack), endpoint: read(sourcePages.endpoint) }
}

function installedPackages(packageFile: (path: string) => string): string | undefined {
  try {
    return packageFile('../.package-lock.json')
  } catch {
    return undefined
  }
}

/** Collects the answers from flags and standard input, which is a terminal or a list of answers, one per line. */
async function askAll(
  texts: Texts,
  known: Parameters<typeof collectAnswers>[1],
  terminal: Terminal,
  isUnasked: boolean,
): Promise<Texts> {
  if (isUnasked) return collectAnswers(texts, known, undefined)
  // Lines are read in their order: a question that is asked late loses no line that came early.
  const reader = createInterface({ input: process.stdin })
  const lines = reader[Symbol.asyncIterator]()
  let isAnswered = true
  const respondent: Respondent = {
    async ask(prompt) {
      terminal.prompt(line`${prompt} `)
      const { value, done } = await lines.next()
      isAnswered = !done
      return done ? undefined : value.trim()
    },
    canCorrect(fault) {
      if (process.stdin.isTTY) terminal.note(line`${fault}`)
      return process.stdin.isTTY
    },
  }
  try {
    return await collectAnswers(texts, known, respondent)
  } finally {
    reader.close()
    process.stdin.destroy()
    // Only a terminal shows the line break of an answer, and the end of the input has none.
    if (!process.stdin.isTTY || !isAnswered) terminal.note(line``)
  }
}

function showSteps(terminal: Terminal, steps: ReturnType<typeof stepsFor>): void {
  terminal.line(line``)
  terminal.line([line`Next steps:`, 'strong'])
  for (const [index, { title, lines }] of steps.entries()) {
    terminal.line(line``)
    terminal.line(line`${index + 1}. ${title}`)
    for (const text of lines) terminal.line(joinLines([line`    `, line`${text}`], line``))
  }
}

/** Returns the lines of the help. Pure. */
function helpLines(): string[] {
  const own = Object.entries(ownFlags).map(([flag, [value, description]]) => optionLines(flag, value, description))
  const asked = questions.map(({ flag, value, prompt, allowed }) => optionLines(flag, value, `${prompt}: ${allowed}.`))
  return [
    'Usage: mcp-gate init [options]',
    '',
    'Writes the workflows, the variables and the bootstrap for an MCP server into a repository. It overwrites nothing.',
    'Each option answers one question. What no option answers is asked on standard input.',
    '',
    'Options:',
    ...own.flat(),
    ...asked.flat(),
    '',
    'Exit codes:',
    '  0  The files are written.',
    '  2  A value cannot be used, or a file exists; nothing was written.',
    '  1  The program failed.',
  ]
}
