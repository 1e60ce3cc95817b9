/** AWS Lambda: a function whose versions are published ones behind an alias, or $LATEST, which has no way back. */
import { messageOf, ServiceError } from '../../errors.ts'
import { functionLink, logGroupLink } from '../aws/console-links.ts'
import type { Platform, PlatformVersions, PlatformWatch } from '../platform.ts'
import { isSplit, Lambda } from './client.ts'
import { codes, lambdaFailure } from './codes.ts'
import { functionEvidence } from './evidence.ts'
import { findFunction, functionsBehind, type LambdaFunction, publishedVersion, versionInState } from './function.ts'
import { delayMs, timedOut, watchFunction } from './stability.ts'

const watch: PlatformWatch<LambdaFunction> = {
  api: 'Lambda',
  start: target => watchFunction(new Lambda(target.region), target),
  defaultTimeoutMs: 10 * 60_000,
  delayMs,
  accessDenied: ({ name }, error) =>
    lambdaFailure('LAMBDA_ACCESS', `AWS does not let this job watch the function ${name}: ${messageOf(error)}`),
  timedOut,
  report: ({ hold: _, ...stability }) => ({
    stability: { ...stability, runs: `Lambda runs ${stability.revision ?? ''}` },
  }),
}

const versions: PlatformVersions<LambdaFunction> = {
  wanted: ({ name, version }) => (version === undefined ? undefined : publishedVersion(name, version)),
  before(target, prior) {
    const version = versionInState(target, prior)
    return version === undefined ? undefined : publishedVersion(target.name, version)
  },
  // A record holds only the number, so it is always a version of this function. An alias or $LATEST is not a version.
  ofId: (_, id) => (/^[1-9]\d*$/.test(id) ? { id, label: `version ${id}` } : undefined),
  named: ({ name }, wanted) => (/^[1-9]\d{0,15}$/.test(wanted) ? publishedVersion(name, wanted) : undefined),
  examples: ({ version }) => `the number of a published version, such as ${Math.max(1, Number(version) - 1)}`,
  retarget: (target, { id }) => ({ ...target, version: id }),
  rollBack: (target, { id }) => pointAt(new Lambda(target.region), target, id),
  recordName: ({ name, alias }) => `/terraform-mcp-deploy/lambda/${name}/${alias ?? 'latest'}/passed-version`,
}

export const lambda: Platform<LambdaFunction> = {
  kind: 'lambda',
  outputs: ['lambda_function_name'],
  find: findFunction,
  candidates: functionsBehind,
  access: ({ signedHost, region }, { host }) =>
    signedHost === host && region !== undefined ? { signing: { service: 'lambda', region } } : {},
  watch,
  versions,
  async runningImages({ name, region, version }) {
    const image = await new Lambda(region).image(name, version)
    const digest = image?.split('@')[1]
    return digest === undefined ? [] : [digest]
  },
  taintTarget: ({ name }) => ({
    address: undefined,
    why: `a replacement of the function ${name} would take its URL and its permissions with it.`,
    name: `the function ${name}`,
    nextApply: '',
  }),
  evidence: functionEvidence,
  consoleLinks: ({ name, region }) =>
    region === undefined
      ? []
      : [functionLink(region, name), logGroupLink(region, `/aws/lambda/${name}`)].filter(link => link !== undefined),
  codes,
  permissions: {
    watch: ['lambda:GetAlias', 'lambda:GetFunctionConfiguration'],
    rollBack: [
      'lambda:GetAlias',
      'lambda:GetFunctionConfiguration',
      'lambda:UpdateAlias',
      'ssm:GetParameter',
      'ssm:PutParameter',
      'ssm:DeleteParameter',
    ],
    images: ['lambda:GetFunction'],
    gate: ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
    evidence: ['lambda:GetFunctionConfiguration', 'logs:FilterLogEvents'],
  },
  messages: {
    name: ({ name }) => name,
    version: 'version',
    notWatched: () => undefined,
    noRollback: ({ name, alias }) =>
      alias === undefined
        ? `There is nothing to roll back to: ${name} has no alias of a published version, so its clients get $LATEST, which keeps no earlier code. Publish versions (publish = true) and send clients through an alias.`
        : undefined,
    nextPlan: ({ version }) =>
      `Terraform still has version ${version ?? ''}: the next plan with unchanged inputs moves the alias to it again. Change the package or the settings before the next apply.`,
  },
}

/**
 * Points the alias at an earlier version. Throws a ServiceError if something else moves the alias now, or the SDK's errors.
 */
async function pointAt(
  client: Lambda,
  { name, alias: aliasName = '' }: LambdaFunction,
  version: string,
): Promise<'started' | 'already'> {
  const alias = await client.alias(name, aliasName)
  if (alias === undefined) throw new ServiceError(`There is no alias ${aliasName} of the function ${name}.`)
  if (isSplit(alias))
    throw new ServiceError(
      `The alias ${aliasName} of ${name} splits its requests between versions, so something else moves it, such as CodeDeploy: it was not changed.`,
    )
  if (alias.version === version) return 'already'
  if ((await client.state(name, version)) === undefined)
    throw new ServiceError(`There is no version ${version} of ${name}, so the alias ${aliasName} cannot go back to it.`)
  await client.pointAlias(name, aliasName, version, alias.revisionId)
  return 'started'
}
