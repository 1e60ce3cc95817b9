/**
 * Check of a workflow for environments that share a state: the apply of one would replace the deployment of the other. Only certain
 * cases are refused. Values that only the run knows, and jobs with another purpose, are not judged. Pure, except for the reader of
 * files.
 */
import { InputError } from '../errors.ts'
import { type Backend, isSetting, keySetting, mergeBackendConfig, stateName } from '../terraform/backend.ts'
import { readConfiguration } from '../terraform/configuration.ts'
import { inRepository } from './paths.ts'
import { stepsOf, type Value, type WorkflowStep } from './workflow.ts'

/** Reader of the checkout: the text of a file, undefined if it does not exist, and the names in a directory. */
export interface Checkout {
  text(path: string): string | undefined
  names(directory: string): readonly string[]
}

/** The workflow and job that run. */
export interface RunningWorkflow {
  /** Path of the workflow file in the repository; empty if it is unknown. */
  readonly file: string
  /** Id of the running job. */
  readonly job: string
  /** Whether a `uses:` names this action. */
  readonly isOurs: (uses: string) => boolean
  /** Environment of the running job. An earlier step or the machine may have set variables that the file does not contain. */
  readonly env: NodeJS.ProcessEnv
}

/** Environment variables that change the state of a run. */
const stateVariables = /^(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT).*)$/

/** Settings that identify the storage of a backend, by type. Without them a state is uncertain. */
const requiredSettings: Readonly<Record<string, readonly string[]>> = {
  s3: ['bucket'],
  gcs: ['bucket'],
  azurerm: ['storage_account_name', 'container_name'],
  http: [],
  consul: ['address'],
}

/**
 * Asserts that no two environments of a workflow share the state of the running job.
 * @throws InputError with the code STATE_SHARED
 */
export function assertDistinctEnvironmentStates(workflow: RunningWorkflow, checkout: Checkout): void {
  const text = workflow.file === '' ? undefined : checkout.text(workflow.file)
  if (text === undefined) return
  const steps = stepsOf(text, workflow.isOurs)
  const isDynamic = Object.entries(workflow.env).some(
    ([name, value]) => stateVariables.test(name) && value && !steps.some(({ env }) => name in env),
  )
  if (isDynamic) return
  const deploying = steps.flatMap(step => {
    const state = stateOf(step, checkout)
    return state === undefined || !mayApply(step) ? [] : [{ step, ...state }]
  })
  for (const [index, one] of deploying.entries()) {
    for (const other of deploying.slice(index + 1)) {
      if (one.state !== other.state || ![one.step.jobId, other.step.jobId].includes(workflow.job)) continue
      const isCertain = one.isLiteral && other.isLiteral
      const isConditional = [...one.step.conditions, ...other.step.conditions].length > 0
      if (!isComparable(one.step, other.step) || (!isCertain && isConditional)) continue
      const what = differentEnvironments(one.step, other.step)
      if (what !== undefined) throw sharedStateError(workflow.file, one.step, other.step, what, one.state, one.key)
    }
  }
}

/** The state of a step. */
interface State {
  readonly state: string
  /** Name of the setting that distinguishes states, such as `key`. */
  readonly key: string
  /** Whether it contains no expression. */
  readonly isLiteral: boolean
}

/** The state of a step; undefined if it is uncertain. */
function stateOf({ inputs, env }: WorkflowStep, checkout: Checkout): State | undefined {
  const inputOf = (name: string): Value => inputs[name] ?? { text: '', certainty: 'literal' }
  const [directory, stack, workspace, backendConfig] = [
    inputOf('working-directory'),
    inputOf('stack'),
    inputOf('workspace'),
    inputOf('backend-config'),
  ]
  const variables = Object.entries(env).filter(([name]) => stateVariables.test(name))
  const used = [directory, stack, workspace, backendConfig, ...variables.map(([, value]) => value)]
  if (used.some(({ certainty }) => certainty === 'unknown')) return undefined

  const place = directory.certainty === 'literal' ? inRepository('.', directory.text.trim() || '.') : undefined
  if (stack.certainty !== 'literal') return undefined
  const own = place === undefined || stack.text !== '' ? undefined : backendIn(place, checkout)
  // Without a backend block Terraform uses a local state and ignores backend-config.
  if (stack.text === '' && own === undefined) return undefined
  const lines = backendConfig.text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
  if (stack.text !== '' && lines.length === 0) return undefined
  if (place === undefined && lines.some(line => !isSetting(line))) return undefined
  const backend = mergeBackendConfig(own, lines, path => checkout.text(inRepository(place ?? '.', path) ?? ''))
  if (backend === undefined) return undefined
  const store = requiredSettings[backend.type]
  const key = keySetting(backend.type)
  const needed = [...(store ?? []), key]
  // A setting can contain a variable of OpenTofu, whose value is unknown.
  if (
    store === undefined ||
    needed.some(name => !backend.settings[name] || /\bvar\.|\blocal\./.test(backend.settings[name]))
  )
    return undefined
  const chosen = workspace.text || env.TF_WORKSPACE?.text
  const others = variables.filter(([name]) => name !== 'TF_WORKSPACE').map(([name, { text }]) => `${name}=${text}`)
  return {
    state: [stateName(backend, chosen), ...others.sort()].join(', '),
    key,
    isLiteral: used.every(({ certainty }) => certainty === 'literal'),
  }
}

function backendIn(directory: string, checkout: Checkout): Backend | undefined {
  const textOf = (name: string) => checkout.text(inRepository(directory, name) ?? '')
  return readConfiguration(checkout.names(directory), textOf).backend
}

/**
 * Whether a step may change a deployment. Steps that only plan or verify may use a state from another environment. With `auto` a step
 * applies only on a push to the default branch and on a merge.
 */
function mayApply({ inputs, conditions, mayBePush }: WorkflowStep): boolean {
  const command = inputs.command?.text || 'auto'
  if (['plan', 'verify', 'discover', 'summary'].includes(command)) return false
  if (['apply', 'destroy', 'rollback'].includes(command)) return true
  return mayBePush && conditions.every(mayHoldForPush)
}

/** Whether a condition certainly allows a push to the default branch. */
function mayHoldForPush(condition: string): boolean {
  if (!/github\s*\.\s*(event|ref|base_ref|head_ref)/.test(condition)) return true
  if (/!/.test(condition)) return false
  return /event_name\s*==\s*'push'|github\.ref(_name)?\s*==\s*'(refs\/heads\/)?(main|master)'/.test(condition)
}

/** Whether the machines of two steps have the same settings. Self-hosted runners may have settings that no file contains. */
function isComparable(one: WorkflowStep, other: WorkflowStep): boolean {
  const isHosted = ({ machine }: WorkflowStep) => /^\["(ubuntu|windows|macos)-[\w.-]+",null\]$/.test(machine)
  return one.machine === other.machine || (isHosted(one) && isHosted(other))
}

/** The difference that makes two steps two environments, for the message; undefined if they are the same. */
function differentEnvironments(one: WorkflowStep, other: WorkflowStep): string | undefined {
  const [a, b] = [one.environment, other.environment]
  if (a !== undefined && b !== undefined) {
    if (a.certainty !== 'literal' || b.certainty !== 'literal') return undefined
    // Names of GitHub environments are not case-sensitive.
    return a.text.toLowerCase() === b.text.toLowerCase()
      ? undefined
      : `the environments ${JSON.stringify(a.text)} and ${JSON.stringify(b.text)}`
  }
  if (a !== undefined || b !== undefined) return undefined
  const files = ({ inputs }: WorkflowStep) => inputs['var-file']
  const set = (value: Value | undefined) =>
    (value?.text ?? '')
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '')
  const [mine, theirs] = [files(one), files(other)]
  if (mine?.certainty !== 'literal' || theirs?.certainty !== 'literal') return undefined
  // Steps with `target` plan a part of the configuration, which may need other files.
  if (one.inputs.target !== undefined || other.inputs.target !== undefined) return undefined
  const [ownFiles, otherFiles] = [set(mine).toSorted().join(', '), set(theirs).toSorted().join(', ')]
  return ownFiles === '' || otherFiles === '' || ownFiles === otherFiles
    ? undefined
    : `the var files ${ownFiles} and ${otherFiles}`
}

function sharedStateError(
  file: string,
  one: WorkflowStep,
  other: WorkflowStep,
  what: string,
  state: string,
  key: string,
): InputError {
  const [a, b] = [one.job, other.job].map(job => JSON.stringify(job))
  const jobs = a === b ? `Two steps of job ${a}` : `The jobs ${a} and ${b}`
  return new InputError(
    `${jobs} in ${file} deploy ${what} with the same state (${state}): each would replace what the other has deployed. ` +
      `Give each a state of its own: another ${key} in backend-config, or another workspace. ` +
      'Where both are one deployment, name the same environment in both (input deployment-environment).',
    'STATE_SHARED',
  )
}
