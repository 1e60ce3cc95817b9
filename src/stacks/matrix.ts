/**
 * Stacks as a workflow takes them: `strategy.matrix` in JSON, within GitHub's limits ("Usage limits", docs.github.com).
 * Every value is a string, and what stands in it is data wherever it is used as an input or an environment variable.
 */
import { InputError } from '../errors.ts'
import type { Stack } from './discover.ts'

/** Jobs that one matrix may make. */
export const maxJobs = 256

/** Characters of all outputs of a job: one megabyte, which GitHub counts in UTF-16. */
const mostCharacters = 524_288 - 1_000

export interface Entry {
  readonly name: string
  readonly 'working-directory': string
  readonly stack: string
  readonly workspace: string
  readonly 'var-file': string
  readonly 'backend-config': string
  readonly environment: string
  readonly 'state-key': string
  readonly 'concurrency-group': string
}

export interface Matrix {
  readonly include: readonly Entry[]
}

export interface Matrices {
  /** Empty when there are more stacks than one matrix takes: none is left out without a word. */
  readonly stacks: string
  /** A list of matrices. */
  readonly batches: string
  readonly count: number
}

/** @throws InputError when the outputs would be larger than GitHub takes */
export function matricesOf(stacks: readonly Stack[]): Matrices {
  const entries = stacks.map(entryOf)
  const batches: Matrix[] = []
  for (let from = 0; from < entries.length; from += maxJobs)
    batches.push({ include: entries.slice(from, from + maxJobs) })
  const outputs = {
    stacks: entries.length > maxJobs ? '' : JSON.stringify({ include: entries }),
    batches: JSON.stringify(batches),
  }
  const size = outputs.stacks.length + outputs.batches.length
  if (size > mostCharacters) {
    throw new InputError(
      `${entries.length} stacks make outputs of ${size} characters, and GitHub takes ${mostCharacters} of a job. ` +
        'Set discover to changed, discover less at a time with working-directory, or shorten backend-config in .mcp-deploy.yml.',
    )
  }
  return { ...outputs, count: entries.length }
}

function entryOf(stack: Stack): Entry {
  return {
    name: stack.name,
    'working-directory': stack.directory,
    stack: stack.stack ?? '',
    workspace: stack.workspace ?? '',
    'var-file': stack.varFiles.join('\n'),
    'backend-config': stack.backendConfig.join('\n'),
    environment: stack.environment ?? '',
    'state-key': stack.stateKey,
    'concurrency-group': stack.concurrencyGroup,
  }
}
