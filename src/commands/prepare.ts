/** Steps from the inputs to a plan: installs and initializes Terraform, then plans. They change no resource. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { lineageInState, lineageOf } from '../approval/lineage.ts'
import { assertImagesPlanned } from '../approval/planned-images.ts'
import type { PlanToApprove } from '../approval/review.ts'
import { lockFileDigest, stateSettings } from '../approval/settings.ts'
import { InputError } from '../errors.ts'
import { line, log, secrets } from '../log.ts'
import { saveRunning } from '../outputs.ts'
import { assertCredentialOutputs, credentialSecrets } from '../platforms/credential-outputs.ts'
import { assertUsableEndpoint } from '../platforms/deployment.ts'
import { assertVerifiable } from '../platforms/requirements.ts'
import { runOf } from '../report/history.ts'
import { readAcceptances } from '../rules/accept.ts'
import { findingsOf, rulesPageUrl, unjudgedOf } from '../rules/findings.ts'
import { Repository } from '../stacks/repository.ts'
import { assertDistinctEnvironmentStates, type RunningWorkflow } from '../stacks/shared-state.ts'
import { type PlanMode, Terraform } from '../terraform/cli.ts'
import { assertNoCommittedPlugins, isolateDataDirectory, unlinkDataDirectory } from '../terraform/data-directory.ts'
import { installTerraform } from '../terraform/install/install.ts'
import type { PlanJson } from '../terraform/json.ts'
import { makePlan, type PlanResult } from '../terraform/plan.ts'
import {
  assertRemoteBackend,
  configuredBackend,
  configuredStateKey,
  prepareRootModule,
  readBackendRecord,
} from '../terraform/root-module.ts'
import { tools } from '../terraform/tools.ts'
import type { Job } from './job.ts'
import { locateProblem } from './thrown-error.ts'

/** Installs and initializes Terraform, and refuses everything that can be refused before a plan. */
export async function prepare(job: Job): Promise<Terraform> {
  const { stack, backendConfig, workspace, allowLocalState } = job.inputs
  assertDistinctEnvironmentStates(runningWorkflow(job.run), new Repository(job.run.workspace))
  const terraform = await install(job, true)
  if (job.inputs.stack === undefined) assertNoCommittedPlugins(job.inputs.tool, terraform.directory, process.env)
  const { workspace: checkout } = job.run
  const { directory } = terraform
  job.putBackData = isolateDataDirectory({ directory, checkout, tempDirectory: job.tempDirectory, env: process.env })
  job.lockFile = lockFileDigest(terraform.directory)
  await job.step('init', async () => {
    const initialized = terraform.init(backendConfig)
    // Terraform takes a second here, and this process waits.
    const preload = async () => (await job.github())?.preload()
    // The first request fails with what is wrong here, too.
    if (job.inputs.githubToken !== '') void preload().catch(() => {})
    await initialized
    const { command } = job.report
    if ((command === 'apply' || command === 'destroy' || command === 'rollback') && !allowLocalState)
      assertRemoteBackend(configuredBackend(terraform.directory), stack, command)
    // A misspelt workspace would be created, and there is nothing in it to destroy or to roll back.
    const isCreated = command !== 'destroy' && command !== 'rollback'
    if (workspace !== undefined) await terraform.selectWorkspace(workspace, isCreated)
    job.state = stateSettings({ directory: terraform.directory, checkout: job.run.workspace, workspace }, process.env)
    job.record({
      state: `${job.state.backend}, workspace ${job.state.workspace}`,
      stateKey: configuredStateKey(terraform.directory, job.state.workspace),
    })
    await prepareRemoteRuns(job, terraform, job.state.workspace)
  })
  return terraform
}

/**
 * Reads whether a workspace plans and applies instead of this machine, and refuses one that could apply another plan than the reviewed
 * one. A rollback makes no plan.
 */
async function prepareRemoteRuns(job: Job, terraform: Terraform, selected: string): Promise<void> {
  const { directory, tool, version } = terraform
  const backend = readBackendRecord(directory)
  if ((backend?.type !== 'cloud' && backend?.type !== 'remote') || job.report.command === 'rollback') return
  const { assertRemoteRuns, readRemoteRuns, workspaceAccessOf } = await import('../terraform/remote-workspace.ts')
  const access = workspaceAccessOf(backend, selected, tool, process.env)
  const remote = access && (await readRemoteRuns(access))
  if (remote === undefined) return
  if (typeof remote === 'string') return terraform.useRemote(remote)
  assertRemoteRuns(remote.workspace, { tool, version, parallelism: job.inputs.parallelism })
  const { host, organization, name } = remote.workspace
  log.line(
    line`${host} plans and applies in the workspace ${organization}/${name}, with the credentials and variables of that workspace.`,
  )
  const dataDirectory = unlinkDataDirectory(directory, process.env)
  if (dataDirectory !== undefined) process.env.TF_DATA_DIR = dataDirectory
  terraform.useRemote(remote, dataDirectory)
}

/** Installs Terraform. @param isTrusted whether the root module is trusted, so that Terraform gets the credentials of the job */
export async function install(job: Job, isTrusted: boolean): Promise<Terraform> {
  const { tool, terraformVersion, terraformMirror } = job.inputs
  const directory = prepareRootModule(job.inputs, job.tempDirectory)
  const { binary, version } = await job.step('install', () =>
    installTerraform({
      tool,
      version: terraformVersion,
      directory,
      stack: job.inputs.stack,
      mirror: terraformMirror,
      untrustedCheckout: isTrusted ? undefined : job.run.workspace,
      warn: text => log.warning(line`${text}`),
    }),
  )
  log.line(line`${tools[tool].title} ${version}: ${binary}`)
  job.record({ tool })
  job.terraform = new Terraform({
    ...job.inputs,
    binary,
    version,
    directory,
    tempDirectory: job.tempDirectory,
    isTrusted,
    logOutput: log.foreign,
    onRunning: saveRunning,
  })
  return job.terraform
}

/** Makes and logs the plan. @param how the mode of the plan and addresses to replace */
export async function makeAndLogPlan(
  job: Job,
  terraform: Terraform,
  how: { readonly replaces: readonly string[]; readonly mode: PlanMode },
): Promise<PlanResult> {
  // The page of the run also explains a plan that failed.
  const planned = await makePlan(terraform, { ...job.inputs, ...how }).finally(() => {
    job.record({ remoteRun: terraform.remoteRun })
  })
  const { plan, json } = planned
  for (const values of [json.prior_state?.values, json.planned_values])
    secrets.add(...credentialSecrets({ values: values ?? {} }, job.inputs.mcp.fromOutputs))
  job.record({ plan: { ...plan, warnings: plan.warnings.map(each => locateProblem(job, each)) } })
  // The plan rules are about changes to a server that goes on running, so only a normal plan has findings.
  if (how.mode === 'normal') recordFindings(job, terraform, json)
  log.foreign(plan.text)
  log.closeFence()
  return planned
}

/** Records the findings of the plan rules, and warns of invalid accept comments. */
function recordFindings(job: Job, terraform: Terraform, json: PlanJson): void {
  const { acceptances, problems } = readAcceptances(terraform.directory)
  const everywhere = job.inputs.acceptRules.map(accepted => ({ ...accepted, block: undefined }))
  const inputs = { ...job.inputs.mcp, stack: job.inputs.stack }
  job.record({
    findings: findingsOf(json, inputs, [...acceptances, ...everywhere], rulesPageUrl(job.run.action)),
    unjudged: unjudgedOf(json, inputs),
  })
  job.warn(...problems)
}

/** Makes the plan and returns it with everything that its approval depends on. */
export async function planForApproval(job: Job, terraform: Terraform): Promise<PlanToApprove> {
  return await job.step('plan', async () => {
    const { plan, json } = await makeAndLogPlan(job, terraform, { replaces: job.inputs.replaces, mode: 'normal' })
    const images = job.report.images ?? []
    assertImagesPlanned(json, images)
    assertVerifiable({ outputNames: plan.outputNames, json }, job.inputs)
    assertCredentialOutputs({ outputNames: plan.outputNames, json }, job.inputs.mcp.fromOutputs)
    if (job.inputs.mcp.endpoint === undefined) assertUsableEndpoint(json)
    const { workspace: checkout } = job.run
    const { planApproval, planApprovalKey } = job.inputs
    const { request } = job.trigger
    const { directory } = terraform
    const { terraformVersion, hasChanges } = plan
    return {
      json,
      hasChanges,
      context: {
        ...job.inputs,
        terraformVersion,
        directory,
        checkout,
        lockFile: job.lockFile,
        isRemote: terraform.remoteRun !== undefined,
        // A comment's run is on the base branch, whose commit is not the one that is applied.
        commits: request === undefined ? [...new Set([job.run.sha, job.report.commit])] : [job.report.commit],
      },
      secrets: { key: planApprovalKey, lineage: await planLineage(terraform, job.inputs) },
      approval: planApproval,
      ...bindingOf(job),
      commit: job.report.commit,
      branch: branchOf(job),
      run: runOf(job.report.runUrl),
      isBeforeMerge: request !== undefined,
      runUrl: job.report.runUrl,
      images: images.map(({ from: _, ...image }) => image),
      redact: secrets.redact,
    }
  })
}

/** Returns the place of this run's plan, which its record must name. */
export function bindingOf(job: Job): Pick<PlanToApprove, 'binding' | 'formerTarget'> {
  const { owner, repo, workflow } = job.run
  // A plan on a pull request is made by the running workflow, and every other plan is compared with a reviewed one.
  const isForReview = job.report.command === 'plan' && job.report.pullRequest !== undefined
  return {
    binding: {
      repository: `${owner}/${repo}`,
      workflow: isForReview ? workflow : (job.inputs.planWorkflow ?? workflow),
      target: job.marker,
    },
    formerTarget: job.formerMarker,
  }
}

/** Returns the branch of the run, or the tag. */
export function branchOf({ run }: Pick<Job, 'run'>): string {
  return run.ref.replace(/^refs\/(heads|tags)\//, '')
}

/** Returns the lineage that signs the record. A key replaces it, and without an approval nothing depends on it. */
export async function planLineage(
  terraform: Terraform,
  { planApproval, planApprovalKey }: Job['inputs'],
): Promise<string | undefined> {
  if (planApprovalKey !== '') return undefined
  try {
    return terraform.remoteRun === undefined
      ? lineageOf(readFileSync(terraform.planFile))
      : await remoteLineage(terraform)
  } catch (error) {
    if (planApproval === 'none') return undefined
    throw error
  }
}

/** Reads the lineage of the state of a remote plan, whose file is only a reference. An unknown lineage must not count as none. */
async function remoteLineage(terraform: Terraform): Promise<string | undefined> {
  const state = await terraform.pullState()
  const lineage = state.trim() === '' ? '' : lineageInState(state)
  if (lineage === undefined) {
    throw new InputError(
      'The state cannot be read, so its lineage cannot sign the plan record. Set the input plan-approval-key, the same for plan and apply.',
      'PLAN_FILE_UNREADABLE',
    )
  }
  return lineage === '' ? undefined : lineage
}

/** Returns the running workflow. `uses: ./` is this action only if the runner has no repository for it. */
function runningWorkflow({ workflow, job, action }: Job['run']): RunningWorkflow {
  const usesPattern = action && new RegExp(`^[^/\\s]+/${RegExp.escape(basename(action.url))}(/[^@]*)?@`, 'i')
  const isOurs = (uses: string) => (usesPattern === undefined ? /^\.\/?$/.test(uses) : usesPattern.test(uses))
  return { file: workflow, job, isOurs, env: process.env }
}
