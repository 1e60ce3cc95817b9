/** Reads the state for its secrets, so that Terraform's messages about it can be shown. */
import { constants } from 'node:buffer'
import { type ChildEnvironment, query } from '../child.ts'
import { secrets } from '../log.ts'
import { varFileArguments } from './environment.ts'
import type { StateJson } from './json.ts'
import { parseOutput } from './json-output.ts'
import { endpointSecrets, resourceNames, sensitiveStateValues } from './sensitive.ts'

/**
 * Reads the state apart from the commands of a run, and makes its sensitive values known.
 * @returns false if it cannot be read in `timeoutMs` milliseconds
 */
export async function readStateSecrets(options: {
  readonly binary: string
  readonly directory: string
  readonly env: ChildEnvironment
  /** The variable files, if this version needs them for it. */
  readonly varFiles: readonly string[]
  readonly timeoutMs: number
}): Promise<boolean> {
  const { binary, directory: cwd, env, varFiles, timeoutMs } = options
  try {
    const { exitCode, stdout } = await query(binary, ['show', '-json', '-no-color', ...varFileArguments(varFiles)], {
      cwd,
      env,
      timeoutMs,
      maxOutputUnits: constants.MAX_STRING_LENGTH,
    })
    if (exitCode !== 0) return false
    addStateSecrets(stdout)
    return true
  } catch {
    return false
  }
}

/** Reads a state as JSON, and makes its sensitive values known. */
export function addStateSecrets(json: string): StateJson {
  const state = parseOutput(json) as StateJson
  secrets.add(...sensitiveStateValues(state), ...endpointSecrets(state))
  secrets.addOpenWords(resourceNames(state))
  return state
}

/** The start of a message of Terraform, which may hold values that only the new state marks as sensitive. */
export const messageStart = /^(?:[│╷╵]|Warning: |Error: )/m

/** The errors of an interrupted command that hold no value. */
const openInterruptions = /^(?:[│╷╵] )?Error: (?:operation canceled|execution halted)$/gim

/** Returns the part of Terraform's output that holds no value, for a state that cannot be read. */
export function openOutput(output: string): string {
  const message = output.search(messageStart)
  return message === -1 ? output : output.slice(0, message)
}

/** Returns the errors of an interrupted command that hold no value. */
export function openErrors(diagnostics: string): string {
  return [...diagnostics.matchAll(openInterruptions)].map(([text]) => text.replace(/^[│╷╵] /, '')).join('\n')
}
