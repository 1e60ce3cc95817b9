/** Reads the state for its secrets, so that Terraform's messages about it can be shown. */
import { constants } from 'node:buffer'
import { type ChildEnvironment, query } from '../child.ts'
import { parseExactJson } from '../json.ts'
import { secrets } from '../log.ts'
import { varFileArguments } from './environment.ts'
import type { StateJson } from './json.ts'
import { withoutPreface } from './json-output.ts'
import { endpointSecrets, resourceNames, sensitiveStateValues } from './sensitive.ts'

/** The file in the root module that holds the new state if the backend did not take it. */
const recoveryFile = 'errored.tfstate'

/** The messages of an apply that could not save the new state in the backend. */
const unsavedState = /^(?:[│╷╵] )?Error: Failed to (?:save|persist) state/m

/**
 * Reads the state apart from the commands of a run, and makes its sensitive values known. If the backend did not take the new state,
 * that is the state of the recovery file.
 * @returns false if the newest state cannot be read in `timeoutMs` milliseconds
 */
export async function readStateSecrets(options: {
  readonly binary: string
  readonly directory: string
  readonly env: ChildEnvironment
  /** The variable files, if this version needs them for it. */
  readonly varFiles: readonly string[]
  readonly timeoutMs: number
  /** The end of what the last command wrote to stderr. */
  readonly diagnostics: string
}): Promise<boolean> {
  const { binary, directory: cwd, env, varFiles, timeoutMs, diagnostics } = options
  const recovered = unsavedState.test(diagnostics) ? [recoveryFile] : []
  const args = ['show', '-json', '-no-color', ...varFileArguments(varFiles), ...recovered]
  try {
    const { exitCode, stdout } = await query(binary, args, {
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

/** Reads a state as JSON with every digit of its numbers (parseExactJson), and makes its sensitive values known. */
export function addStateSecrets(json: string): StateJson {
  const state = parseExactJson(withoutPreface(json)) as StateJson
  secrets.add(...sensitiveStateValues(state), ...endpointSecrets(state))
  secrets.addOpenWords(resourceNames(state))
  return state
}

/** The start of a message of Terraform, which may hold values that only the new state marks as sensitive. */
export const messageStart = /^(?:[│╷╵]|Warning: |Error: )/m

/**
 * Summaries of messages that hold no value of a state. Terraform was interrupted, or the backend or a provider failed before the state was
 * read or when it was written.
 */
const openSummary =
  /^(?:operation canceled|execution halted|failed to (?:save|persist|load) state\b|failed to get existing workspaces\b|error (?:acquiring|releasing) the state lock|error (?:loading|refreshing|saving) state\b|failed to load plugin schemas|backend (?:initialization required|configuration changed)|inconsistent dependency lock file|required plugins are not installed)/i

/** The starts of texts that follow a message and can hold anything: the dump of a state, the end of a provider. */
const foreignAppendix = /^(?:\{|Stack trace from |panic: |goroutine )/m

/** Progress lines with an id that no state has shown yet: it may be a value that is born in this run. */
const newId = /: (?:Refreshing|Read complete|Refresh complete|Creation complete)/

/** Returns progress lines without the ids that no state has shown yet. */
export function withoutNewIds(lines: string): string {
  return lines
    .split('\n')
    .map(each => (newId.test(each) && each.includes(' [id=') ? each.slice(0, each.indexOf(' [id=')) : each))
    .join('\n')
}

/** Returns the part of Terraform's output that holds no value, for a state that cannot be read. */
export function openOutput(output: string): string {
  const message = output.search(messageStart)
  return withoutNewIds(message === -1 ? output : output.slice(0, message))
}

/** Returns the messages of Terraform that hold no value, for a state that cannot be read. */
export function openMessages(text: string): string {
  const messages = text.replace(/^[│╷╵] ?/gm, '').split(/^(?=(?:Error|Warning): )/m)
  return messages
    .filter(each => /^(?:Error|Warning): /.test(each) && openSummary.test(each.slice(each.indexOf(' ') + 1)))
    .map(each => each.slice(0, foreignAppendix.exec(each)?.index).trim())
    .join('\n\n')
}

/** The sentences in the place of the messages that are left out. */
export function leftOutMessages(tool: string): string {
  return (
    `The other messages of ${tool} are left out, because the state, which names the secrets in them, could not be read. ` +
    `To see them, run ${tool} plan where the state can be read, such as on your machine.`
  )
}
