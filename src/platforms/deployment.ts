/** What an apply has deployed, read from the state: where the endpoint is, and the target behind it. Pure. */
import { InputError } from '../errors.ts'
import { hasUserInfo, publicUrl } from '../secret-parts.ts'
import type { PlanJson, StateJson } from '../terraform/json.ts'
import { findAddressedTarget, findTarget } from './index.ts'
import { outputText, type PlatformInputs, type Target } from './platform.ts'

export interface Deployment {
  readonly endpoint: string
  /** Outputs of the root module, without the sensitive ones. */
  readonly outputs: Readonly<Record<string, unknown>>
  readonly serving: Target
}

/** Reads the deployment from the state. Throws an InputError that names the missing output. */
export function readDeployment(state: StateJson, inputs: PlatformInputs): Deployment {
  const stated = inputs.mcp.endpoint ?? outputText(state, 'mcp_endpoint')
  const addressed = stated === undefined ? findAddressedTarget(inputs, state) : undefined
  const endpoint = checkEndpoint(stated ?? addressed?.endpoint)
  return {
    endpoint,
    outputs: Object.fromEntries(
      Object.entries(state.values?.outputs ?? {})
        .filter(([, output]) => output.sensitive !== true)
        .map(([name, output]) => [name, output.value]),
    ),
    serving: addressed?.target ?? findTarget(inputs, state, endpoint),
  }
}

/**
 * Refuses a planned endpoint that is known and could not be used after the apply, before anything is changed: one that is not a URL, or one
 * with a user name or a password.
 * @throws InputError
 */
export function assertUsableEndpoint({ output_changes }: Pick<PlanJson, 'output_changes'>): void {
  const planned = output_changes?.mcp_endpoint?.after
  if (typeof planned === 'string' && planned !== '') checkEndpoint(planned)
}

function checkUserInfo(endpoint: string): void {
  if (!hasUserInfo(endpoint)) return
  throw new InputError(
    `The output mcp_endpoint is "${publicUrl(endpoint)}" with a user name or a password, which no MCP client sends: remove them, and set the credentials in the input mcp-headers.`,
  )
}

/** The host in an address without a scheme, for an example. */
function hostOf(text: string): string {
  return /^\/*([\w.-]+\.[a-z]{2,}(?::\d+)?)(?:\/|$)/i.exec(text)?.[1] ?? 'mcp.example.com'
}

function checkEndpoint(endpoint: string | undefined): string {
  if (endpoint === undefined) {
    throw new InputError(
      'The output mcp_endpoint has no value. Add `output "mcp_endpoint" { value = … }` to the root module with the URL ' +
        'of the MCP endpoint, or set the input mcp-endpoint.',
    )
  }
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new InputError(
      `The output mcp_endpoint is "${publicUrl(endpoint)}": it must be a URL that begins with https:// or http://, such as https://${hostOf(endpoint)}/mcp.`,
    )
  }
  checkUserInfo(endpoint)
  return endpoint
}
