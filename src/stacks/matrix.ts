/**
 * Matrices of stacks for a workflow: `strategy.matrix` in JSON, within GitHub's limits ("Usage limits", docs.github.com). Every
 * value is a string, so it is safe in inputs and environment variables.
 */
import { InputError } from '../errors.ts'
import type { Stack } from './discover.ts'

/** Limit of the jobs in one matrix. */
export const maxJobs = 256

/** Characters of all outputs of a job: GitHub's limit of one megabyte in UTF-16, minus a reserve. */
const maxOutputCharacters = 524_288 - 1_000

/** The values of one job in the matrix. */
export interface MatrixEntry {
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
  readonly include: readonly MatrixEntry[]
}

/** The outputs of command discover. */
export interface Matrices {
  /** One matrix with all stacks; empty if they are too many for one matrix. */
  readonly stacks: string
  /** A list of matrices, each within GitHub's limit. */
  readonly batches: string
  readonly count: number
}

/**
 * The matrices of these stacks.
 * @throws InputError if the outputs are larger than GitHub accepts
 */
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
  if (size > maxOutputCharacters) {
    throw new InputError(
      `${entries.length} stacks need outputs of ${size} characters, and GitHub accepts ${maxOutputCharacters} per job. ` +
        'Set discover to changed, limit the discovery with working-directory, or shorten backend-config in .mcp-deploy.yml.',
    )
  }
  return { ...outputs, count: entries.length }
}

function entryOf(stack: Stack): MatrixEntry {
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
