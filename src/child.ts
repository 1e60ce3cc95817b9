/**
 * Starts every process of the action; test/architecture.test.ts refuses any other place. So a process can get only an environment
 * that is made here, and a program is never looked for in the working directory.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { basename, delimiter, dirname, isAbsolute, join, relative } from 'node:path'

declare const madeHere: unique symbol

/** The complete environment of a process. Only `childEnvironment` makes one. */
export type ChildEnvironment = Readonly<Record<string, string>> & { readonly [madeHere]: true }

/**
 * Variables of the action itself: inputs, saved state, the files in which a step commands the runner, and the address and the
 * token of the runner's own service.
 */
const actionVariables =
  /^(INPUT_|STATE_|ACTIONS_RUNTIME_|ACTIONS_RESULTS_URL$|ACTIONS_CACHE_URL$|GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$)/

/** The only variables that untrusted code gets: where programs and temporary files are, the language, the way to the network. */
const harmlessVariables = new RegExp(
  `^(${[
    ...[
      'PATH',
      'HOME',
      'USER',
      'LOGNAME',
      'SHELL',
      'LANG',
      'LANGUAGE',
      'LC_\\w+',
      'TZ',
      'TERM',
      'TMPDIR',
      'TEMP',
      'TMP',
    ],
    ...['HTTPS?_PROXY', 'NO_PROXY', 'ALL_PROXY', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'CI', 'GITHUB_ACTIONS'],
    ...[
      'SYSTEMROOT',
      'SYSTEMDRIVE',
      'WINDIR',
      'COMSPEC',
      'PATHEXT',
      'USERPROFILE',
      'USERNAME',
      'HOMEDRIVE',
      'HOMEPATH',
    ],
    ...['APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES(\\(X86\\))?', 'PROCESSOR_\\w+', 'NUMBER_OF_PROCESSORS'],
  ].join('|')})$`,
  'i',
)

/**
 * Makes the environment of a process.
 * @param env the environment of the action
 * @param isTrusted whether the process runs trusted code, which keeps all but the action's own variables; untrusted code gets
 * an allowlist
 * @param more variables that are added
 */
export function childEnvironment(
  env: NodeJS.ProcessEnv,
  isTrusted: boolean,
  more: Readonly<Record<string, string>> = {},
): ChildEnvironment {
  const passed = Object.entries(env).filter((entry): entry is [string, string] => {
    const [name, value] = entry
    if (value === undefined) return false
    return isTrusted ? !isActionVariable(name) : harmlessVariables.test(name)
  })
  return { ...Object.fromEntries(passed), ...more } as unknown as ChildEnvironment
}

/** Names of variables are case-sensitive, except on Windows. */
function isActionVariable(name: string): boolean {
  return actionVariables.test(process.platform === 'win32' ? name.toUpperCase() : name)
}

/** The process, and its output as two open files. */
export interface DetachedOptions {
  readonly cwd: string
  readonly env: ChildEnvironment
  /** Descriptors of the files for stdout and stderr. */
  readonly output: number
  readonly errors: number
}

/** Starts a process that outlives this one and its signals. It writes to files, because a pipe would break. */
export function startDetached(
  binary: string,
  args: readonly string[],
  { cwd, env, output, errors }: DetachedOptions,
): ChildProcess {
  return spawn(binary, args, { cwd, env, detached: true, windowsHide: true, stdio: ['ignore', output, errors] })
}

/** The directory, the environment and the time limit of a command. */
export interface QueryOptions {
  readonly cwd?: string
  readonly env: ChildEnvironment
  readonly timeoutMs?: number
  /** The signal at the time limit. Terraform releases its lock after SIGINT. */
  readonly killSignal?: 'SIGINT' | 'SIGKILL'
  /** UTF-16 units of the largest output. */
  readonly maxOutputUnits?: number
  /** The text for its stdin. */
  readonly input?: string
}

/** The end of a command. */
export interface QueryResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** The default time limit of a command that changes nothing. */
const defaultTimeoutMs = 120_000

/** UTF-16 units of the largest output of such a command. `validate` of ten thousand errors has about ten million. */
const defaultOutputUnits = 64 * 1024 * 1024

/**
 * Runs a command that changes nothing and prints little, and returns its exit code and output, for every exit code.
 * @throws Error when the program cannot be started, prints too much or times out; it is then killed
 */
export async function query(
  binary: string,
  args: readonly string[],
  {
    cwd,
    env,
    timeoutMs = defaultTimeoutMs,
    killSignal = 'SIGKILL',
    maxOutputUnits = defaultOutputUnits,
    input = '',
  }: QueryOptions,
): Promise<QueryResult> {
  const options = { cwd, env, timeout: timeoutMs, killSignal, maxBuffer: maxOutputUnits, windowsHide: true }
  const { promise, resolve, reject } = Promise.withResolvers<QueryResult>()
  const child = execFile(binary, args, options, (error, stdout, stderr) => {
    if (error === null) return resolve({ exitCode: 0, stdout, stderr })
    if (typeof error.code === 'number') return resolve({ exitCode: error.code, stdout, stderr })
    if (error.killed && String(error.code) !== 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
      return reject(new Error(`it did not end within ${timeoutMs / 1000} s`))
    reject(error.signal ? new Error(`it was killed by ${error.signal}`) : error)
  })
  // A program that does not read its input may have ended by now.
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  return await promise
}

/**
 * Finds a program on PATH. Entries that are not absolute are skipped: they mean the working directory, which is the checkout.
 * @param avoided a directory whose programs are not used, for untrusted code its checkout
 * @returns an absolute path; undefined if there is no such program
 */
export function findProgram(name: string, env: NodeJS.ProcessEnv, avoided?: string): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name
  return (env.PATH ?? '')
    .split(delimiter)
    .map(entry => entry.replace(/^"(.*)"$/, '$1'))
    .filter(entry => isAbsolute(entry) && (avoided === undefined || !isIn(entry, avoided)))
    .map(entry => join(entry, file))
    .find(path => isProgram(path) && (avoided === undefined || !isIn(path, avoided)))
}

/** Whether a path is a directory or below it, after all symbolic links; both may not exist yet. */
export function isIn(path: string, directory: string): boolean {
  const between = relative(realPath(directory), realPath(path))
  return between === '' || (between !== '..' && !/^\.\.[/\\]/.test(between) && !isAbsolute(between))
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(realPath(parent), basename(path))
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
