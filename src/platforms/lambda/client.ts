/**
 * AWS Lambda as plain data (AWS Lambda API Reference): an alias, the state of a function or of one of its versions, and the
 * one call that changes something, UpdateAlias.
 */
import type { LambdaClient } from '@aws-sdk/client-lambda'
import { type AwsTimes, awsOptions } from '../aws/client.ts'

export interface Alias {
  readonly version: string
  /** The parts of the requests that go to other versions, above 0 and at most 1, by version. */
  readonly weights: Readonly<Record<string, number>>
  /** What the alias is like now; a change names it, so that it overwrites no other. */
  readonly revisionId: string | undefined
}

/** Whether a part of the requests goes to another version than the alias points at. */
export function isSplit({ weights }: Pick<Alias, 'weights'>): boolean {
  return Object.keys(weights).length > 0
}

export interface FunctionState {
  readonly version: string
  readonly codeSha256: string
  /** Pending, Active, Inactive, Failed or one of the states around them. */
  readonly state: string
  readonly stateReason: Reason
  /** InProgress, Successful or Failed. */
  readonly lastUpdate: string
  readonly lastUpdateReason: Reason
  readonly logGroup: string
  readonly timeoutSeconds: number | undefined
}

export interface Reason {
  /** Such as ImageAccessDenied; empty without a reason. */
  readonly code: string
  readonly text: string
}

export class Lambda {
  readonly #region: string | undefined
  readonly #times: AwsTimes | undefined
  #client: LambdaClient | undefined

  /** @param region undefined means the SDK's own chain, AWS_REGION first */
  constructor(region: string | undefined, times?: AwsTimes) {
    this.#region = region
    this.#times = times
  }

  /** Undefined when there is no such alias. Throws the SDK's errors otherwise. */
  async alias(functionName: string, name: string): Promise<Alias | undefined> {
    const { GetAliasCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    return await orUndefined(async () => {
      const alias = await client.send(new GetAliasCommand({ FunctionName: functionName, Name: name }))
      const weights = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {}).filter(([, part]) => part > 0)
      return {
        version: alias.FunctionVersion ?? '',
        weights: Object.fromEntries(weights),
        revisionId: alias.RevisionId,
      }
    })
  }

  /** @param qualifier a version, or undefined for $LATEST. Undefined when the function has no such version. Throws the SDK's errors otherwise. */
  async state(functionName: string, qualifier: string | undefined): Promise<FunctionState | undefined> {
    const { GetFunctionConfigurationCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    return await orUndefined(async () => {
      const found = await client.send(
        new GetFunctionConfigurationCommand({ FunctionName: functionName, Qualifier: qualifier }),
      )
      return {
        version: found.Version ?? '',
        codeSha256: found.CodeSha256 ?? '',
        state: found.State ?? '',
        stateReason: { code: found.StateReasonCode ?? '', text: found.StateReason ?? '' },
        lastUpdate: found.LastUpdateStatus ?? '',
        lastUpdateReason: { code: found.LastUpdateStatusReasonCode ?? '', text: found.LastUpdateStatusReason ?? '' },
        logGroup: found.LoggingConfig?.LogGroup ?? `/aws/lambda/${found.FunctionName ?? functionName}`,
        timeoutSeconds: found.Timeout,
      }
    })
  }

  /** The image that a version of a function runs, by digest; undefined for a package that is not an image. Throws the SDK's errors. */
  async image(functionName: string, qualifier: string | undefined): Promise<string | undefined> {
    const { GetFunctionCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    const { Code } = await client.send(new GetFunctionCommand({ FunctionName: functionName, Qualifier: qualifier }))
    return Code?.ResolvedImageUri
  }

  /** Points an alias at one version, unless it has changed since it was read. Throws the SDK's errors. */
  async pointAlias(functionName: string, name: string, version: string, revisionId: string | undefined): Promise<void> {
    const { UpdateAliasCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    await client.send(
      new UpdateAliasCommand({
        FunctionName: functionName,
        Name: name,
        FunctionVersion: version,
        RoutingConfig: { AdditionalVersionWeights: {} },
        RevisionId: revisionId,
      }),
    )
  }

  async #open(): Promise<LambdaClient> {
    const { LambdaClient } = await import('../aws/sdk.ts')
    this.#client ??= new LambdaClient(awsOptions(this.#region, this.#times))
    return this.#client
  }
}

async function orUndefined<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined
    throw error
  }
}
