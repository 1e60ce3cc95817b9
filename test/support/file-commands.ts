/**
 * The files through which a step talks to the runner: GITHUB_OUTPUT, GITHUB_STATE, GITHUB_ENV, GITHUB_PATH and
 * GITHUB_STEP_SUMMARY. One fresh set for each phase; the grammar throws where the runner's throws. After actions/runner
 * `src/Runner.Worker/FileCommandManager.cs`.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const prefixes = {
  GITHUB_OUTPUT: 'set_output_',
  GITHUB_STATE: 'save_state_',
  GITHUB_ENV: 'set_env_',
  GITHUB_PATH: 'add_path_',
  GITHUB_STEP_SUMMARY: 'step_summary_',
} as const

/** The paths of one phase's files, by the environment variable that announces each. */
export type FileCommandPaths = Record<keyof typeof prefixes, string>

/** Creates an empty set of files below the runner's temporary directory. */
export function createFileCommands(runnerTemp: string): FileCommandPaths {
  const directory = join(runnerTemp, '_runner_file_commands')
  mkdirSync(directory, { recursive: true })
  const suffix = randomUUID()
  const create = (prefix: string): string => {
    const path = join(directory, prefix + suffix)
    writeFileSync(path, '')
    return path
  }
  return {
    GITHUB_OUTPUT: create(prefixes.GITHUB_OUTPUT),
    GITHUB_STATE: create(prefixes.GITHUB_STATE),
    GITHUB_ENV: create(prefixes.GITHUB_ENV),
    GITHUB_PATH: create(prefixes.GITHUB_PATH),
    GITHUB_STEP_SUMMARY: create(prefixes.GITHUB_STEP_SUMMARY),
  }
}

/**
 * Reads `NAME=VALUE` and `NAME<<DELIMITER` entries in file order. A carriage return is part of the value, as on Linux.
 * Throws on a line that is neither, an empty name or delimiter, and a value whose delimiter is missing.
 */
export function parseKeyValues(text: string): Array<[name: string, value: string]> {
  const pairs: Array<[string, string]> = []
  let rest = text
  const nextLine = (): { line: string; ended: boolean } | undefined => {
    if (rest === '') return undefined
    const feed = rest.indexOf('\n')
    const line = feed < 0 ? rest : rest.slice(0, feed)
    rest = feed < 0 ? '' : rest.slice(feed + 1)
    return { line, ended: feed >= 0 }
  }
  for (let entry = nextLine(); entry; entry = nextLine()) {
    const { line } = entry
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`)
      pairs.push([line.slice(0, equals), line.slice(equals + 1)])
    } else if (heredoc >= 0) {
      const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)]
      if (name === '' || delimiter === '') {
        throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
      }
      const value: string[] = []
      for (let part = nextLine(); part?.line !== delimiter; part = nextLine()) {
        if (!part) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
        if (!part.ended) throw new Error('Invalid value. EOF value must be followed by a new line')
        value.push(part.line)
      }
      pairs.push([name, value.join('\n')])
    } else {
      throw new Error(`Invalid format '${line}'`)
    }
  }
  return pairs
}
