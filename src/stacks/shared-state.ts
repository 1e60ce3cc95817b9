/**
 * Refuses a workflow in which two environments keep one state: the apply of one would replace what the other has deployed.
 * Only what is certain is refused. Where a value is known in the run alone, or a job may be there for another purpose,
 * nothing is said. Pure but for the reader of files that it is given.
 */
import { InputError } from '../errors.ts'
import { type Backend, configured, isSetting, keySetting, stateName } from '../terraform/backend.ts'
import { readConfiguration } from '../terraform/configuration.ts'
import { inRepository } from './paths.ts'
import { stepsOf, type Value, type WorkflowStep } from './workflow.ts'

/** Reads the checkout: a file as text, undefined when there is none, and the names in a directory. */
export interface Checkout {
  text(path: string): string | undefined
  names(directory: string): readonly string[]
}

export interface RunningWorkflow {
  /** Path of its file in the repository. */
  readonly file: string
  /** The id of the job that runs. */
  readonly job: string
  /** Whether a `uses:` names this action. */
  readonly isOurs: (uses: string) => boolean
  /** Of the job that runs: what the file does not say may have been set by an earlier step, or by the machine. */
  readonly env: NodeJS.ProcessEnv
}

/** Variables that lead to another state. */
const leading = /^(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT).*)$/

/** Settings without which it is not certain which store a backend means. */
const storeOf: Readonly<Record<string, readonly string[]>> = {
  s3: ['bucket'],
  gcs: ['bucket'],
  azurerm: ['storage_account_name', 'container_name'],
  http: [],
  consul: ['address'],
}

/**
 * @throws InputError when the job that runs shares its state with another environment of the workflow
 */
export function refuseSharedState(workflow: RunningWorkflow, checkout: Checkout): void {
  const text = workflow.file === '' ? undefined : checkout.text(workflow.file)
  if (text === undefined) return
  const steps = stepsOf(text, workflow.isOurs)
  const isDynamic = Object.entries(workflow.env).some(
    ([name, value]) => leading.test(name) && value && !steps.some(({ env }) => name in env),
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
      if (what !== undefined) throw refusal(workflow.file, one.step, other.step, what, one.state, one.key)
    }
  }
}

interface State {
  readonly state: string
  /** The name of the setting that tells states apart, such as `key`. */
  readonly key: string
  /** Nothing in it is left to evaluate. */
  readonly isLiteral: boolean
}

/** Which state a step keeps, undefined where that is not certain. */
function stateOf({ inputs, env }: WorkflowStep, checkout: Checkout): State | undefined {
  const given = (name: string): Value => inputs[name] ?? { text: '', known: 'literal' }
  const [directory, stack, workspace, backendConfig] = [
    given('working-directory'),
    given('stack'),
    given('workspace'),
    given('backend-config'),
  ]
  const variables = Object.entries(env).filter(([name]) => leading.test(name))
  const used = [directory, stack, workspace, backendConfig, ...variables.map(([, value]) => value)]
  if (used.some(({ known }) => known === 'unknown')) return undefined

  const place = directory.known === 'literal' ? inRepository('.', directory.text.trim() || '.') : undefined
  if (stack.known !== 'literal') return undefined
  const own = place === undefined || stack.text !== '' ? undefined : backendIn(place, checkout)
  // Without a block Terraform keeps a local state, whatever backend-config says.
  if (stack.text === '' && own === undefined) return undefined
  const lines = backendConfig.text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
  if (stack.text !== '' && lines.length === 0) return undefined
  if (place === undefined && lines.some(line => !isSetting(line))) return undefined
  const backend = configured(own, lines, path => checkout.text(inRepository(place ?? '.', path) ?? ''))
  if (backend === undefined) return undefined
  const store = storeOf[backend.type]
  const key = keySetting(backend.type)
  const needed = [...(store ?? []), key]
  // A setting that is a variable of OpenTofu is no text.
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
    isLiteral: used.every(({ known }) => known === 'literal'),
  }
}

function backendIn(directory: string, checkout: Checkout): Backend | undefined {
  const textOf = (name: string) => checkout.text(inRepository(directory, name) ?? '')
  return readConfiguration(checkout.names(directory), textOf).backend
}

/**
 * Whether a step changes what is deployed. One that only plans or verifies may look at a state from an environment of its
 * own, and with `auto` that is what a step does on every event but a push to the default branch or a merge.
 */
function mayApply({ inputs, conditions, mayBePush }: WorkflowStep): boolean {
  const command = inputs.command?.text || 'auto'
  if (['plan', 'verify', 'discover', 'summary'].includes(command)) return false
  if (command === 'apply' || command === 'destroy') return true
  return mayBePush && conditions.every(isTrueOfPush)
}

/** Whether a condition surely leaves a push to the default branch. */
function isTrueOfPush(condition: string): boolean {
  if (!/github\s*\.\s*(event|ref|base_ref|head_ref)/.test(condition)) return true
  if (/!/.test(condition)) return false
  return /event_name\s*==\s*'push'|github\.ref(_name)?\s*==\s*'(refs\/heads\/)?(main|master)'/.test(condition)
}

/** Machines of a team's own may have settings that no file shows. */
function isComparable(one: WorkflowStep, other: WorkflowStep): boolean {
  const isHosted = ({ machine }: WorkflowStep) => /^\["(ubuntu|windows|macos)-[\w.-]+",null\]$/.test(machine)
  return one.machine === other.machine || (isHosted(one) && isHosted(other))
}

/** How two steps show that they are two environments, undefined where they do not. */
function differentEnvironments(one: WorkflowStep, other: WorkflowStep): string | undefined {
  const [a, b] = [one.environment, other.environment]
  if (a !== undefined && b !== undefined) {
    if (a.known !== 'literal' || b.known !== 'literal') return undefined
    // GitHub's names of environments do not differ by case.
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
  if (mine?.known !== 'literal' || theirs?.known !== 'literal') return undefined
  // A part of a configuration may have files of its own.
  if (one.inputs.target !== undefined || other.inputs.target !== undefined) return undefined
  const [left, right] = [set(mine).toSorted().join(', '), set(theirs).toSorted().join(', ')]
  return left === '' || right === '' || left === right ? undefined : `the var files ${left} and ${right}`
}

function refusal(
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
