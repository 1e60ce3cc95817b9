/**
 * Credentials of the gate that the apply itself makes, such as an API key or a Cognito client. They are in sensitive outputs of the
 * root module. The plan refuses an output that could not be used; the values are read from the state. Pure: the caller makes the
 * secrets known before anything else uses them. No message holds a value.
 */
import { InputError } from '../errors.ts'
import type { ClientCredentials } from '../gate/authorization.ts'
import { hasAuthorization, headerProblem, issuerProblem } from '../gate/header-rules.ts'
import { asObject, isObject } from '../json.ts'
import { headerSecrets, secretParts } from '../secret-parts.ts'
import type { StateJson } from '../terraform/json.ts'
import { joined } from '../text.ts'
import type { PlannedModule } from './requirements.ts'

/** Names of the outputs, from the inputs of the same names; undefined where the input is empty. */
export interface CredentialOutputs {
  /** From `mcp-headers-from-output`. */
  readonly headers: string | undefined
  /** From `mcp-oauth-from-output`. */
  readonly oauth: string | undefined
}

/** What the outputs add to the gate's request. */
export interface OutputCredentials {
  readonly headers: Readonly<Record<string, string>>
  readonly oauth: ClientCredentials | undefined
  /** Every value and part of a value that must not be shown. */
  readonly secrets: readonly string[]
}

/** One input with the output that it names. */
interface Source {
  readonly input: 'mcp-headers-from-output' | 'mcp-oauth-from-output'
  readonly output: string
}

const examples: Readonly<Record<Source['input'], string>> = {
  'mcp-headers-from-output': '{ "X-Api-Key" = … }',
  'mcp-oauth-from-output': '{ client_id = …, client_secret = …, issuer = … }',
}

/** The keys of the output for OAuth, each with the field of the credentials. */
const oauthKeys = {
  client_id: 'clientId',
  client_secret: 'clientSecret',
  issuer: 'issuer',
  scope: 'scope',
  resource: 'resource',
  audience: 'audience',
} as const satisfies Readonly<Record<string, keyof ClientCredentials>>
const requiredKeys = ['client_id', 'client_secret', 'issuer'] as const satisfies readonly (keyof typeof oauthKeys)[]

function sourcesOf({ headers, oauth }: CredentialOutputs): Source[] {
  const sources = [
    { input: 'mcp-headers-from-output', output: headers },
    { input: 'mcp-oauth-from-output', output: oauth },
  ] as const
  return sources.flatMap(({ input, output }) => (output === undefined ? [] : [{ input, output }]))
}

/**
 * Refuses outputs that could not be used after the apply, while nothing has been changed: one is missing, is not sensitive, or is
 * known to have another shape. Throws an InputError that names input and output.
 */
export function assertCredentialOutputs({ outputNames, json }: PlannedModule, names: CredentialOutputs): void {
  for (const source of sourcesOf(names)) {
    if (!outputNames.includes(source.output)) throw missing(source, 'the root module has no output of that name')
    const change = json.output_changes?.[source.output]
    const isSensitive =
      change?.after_sensitive === true || json.planned_values?.outputs?.[source.output]?.sensitive === true
    if (!isSensitive) {
      throw new InputError(
        `The output ${source.output}, which the input ${source.input} names, is not sensitive: Terraform would show the credential in every plan. Add sensitive = true to it.`,
      )
    }
    if (change?.after_unknown === true || change === undefined) continue
    checkShape(source, change.after, change.after_unknown)
  }
}

/**
 * Reads the credentials from the state. Throws an InputError that names input and output.
 * @param given headers of the input mcp-headers, which no output may set again
 */
export function readOutputCredentials(
  state: StateJson,
  names: CredentialOutputs,
  given: Readonly<Record<string, string>>,
): OutputCredentials {
  let [headers, oauth]: [Record<string, string>, ClientCredentials | undefined] = [{}, undefined]
  for (const source of sourcesOf(names)) {
    const output = state.values?.outputs?.[source.output]
    if (output === undefined) throw missing(source, 'the state has no output of that name')
    checkShape(source, output.value, undefined)
    const entries = Object.entries(asObject(output.value)).filter(([, value]) => value !== null)
    if (source.input === 'mcp-headers-from-output') {
      headers = Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
      checkDuplicates(source, headers, given)
    } else
      oauth = Object.fromEntries(
        entries.map(([key, value]) => [oauthKeys[key as keyof typeof oauthKeys], value]),
      ) as unknown as ClientCredentials
  }
  if (oauth !== undefined && hasAuthorization(headers)) {
    throw new InputError(
      `The output ${names.headers} sets Authorization, and the output ${names.oauth} obtains a token for the same header: use only one of them.`,
    )
  }
  return { headers, oauth, secrets: credentialSecrets(state, names) }
}

/** Every value of the named outputs in a state, and its parts that are secrets on their own, whatever its shape. */
export function credentialSecrets(state: StateJson | undefined, names: CredentialOutputs): string[] {
  return sourcesOf(names).flatMap(({ input, output }) => {
    const value = state?.values?.outputs?.[output]?.value
    if (typeof value === 'string') return secretParts(value)
    return Object.entries(asObject(value)).flatMap(([name, part]) => {
      if (typeof part !== 'string') return []
      if (input === 'mcp-headers-from-output') return headerSecrets(name, part)
      return name === 'client_secret' ? secretParts(part) : []
    })
  })
}

/** @param unknown the parts of the value that are unknown until the apply, as a plan has them */
function checkShape(source: Source, value: unknown, unknown: unknown): void {
  const isUnknown = (key: string) => asObject(unknown)[key] === true
  const refusal = (problem: string) =>
    new InputError(
      `The output ${source.output}, which the input ${source.input} names, ${problem}. Write value = ${examples[source.input]}.`,
    )
  if (value === null || value === undefined) throw refusal('has no value')
  if (!isObject(value)) throw refusal(`is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`} and not an object`)
  const keys = [...new Set([...Object.keys(value), ...Object.keys(asObject(unknown))])]
  if (keys.length === 0) throw refusal('is empty')
  const wrong = keys.find(key => !isUnknown(key) && typeof value[key] !== 'string' && value[key] !== null)
  if (wrong !== undefined) throw refusal(`has ${JSON.stringify(wrong)}, which is not a text`)
  if (source.input === 'mcp-headers-from-output') {
    for (const key of keys) {
      // A value that is not known yet is judged after the apply; its name is judged now.
      const problem = headerProblem(key, isUnknown(key) ? 'unknown' : String(value[key] ?? ''))
      if (problem !== undefined) throw refusal(problem)
    }
    return
  }
  const other = keys.find(key => !Object.hasOwn(oauthKeys, key))
  if (other !== undefined)
    throw refusal(`has ${JSON.stringify(other)}: allowed are ${joined(Object.keys(oauthKeys), 'and')}`)
  const absent = requiredKeys.filter(key => !isUnknown(key) && (value[key] ?? '') === '')
  if (absent.length > 0) throw refusal(`lacks ${joined(absent, 'and')}`)
  const problem = isUnknown('issuer') ? undefined : issuerProblem(String(value.issuer))
  if (problem !== undefined) throw refusal(`has an issuer that cannot be used: ${problem}`)
}

function checkDuplicates(
  { output }: Source,
  headers: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): void {
  const names = new Set(Object.keys(given).map(name => name.toLowerCase()))
  const twice = Object.keys(headers).find(name => names.has(name.toLowerCase()))
  if (twice === undefined) return
  throw new InputError(`The output ${output} and the input mcp-headers both set ${twice}: set it in one of them.`)
}

function missing({ input, output }: Source, where: string): InputError {
  return new InputError(
    `Input ${input} is "${output}", and ${where}. Add output "${output}" to the root module, with value = ${examples[input]} and sensitive = true.`,
  )
}
