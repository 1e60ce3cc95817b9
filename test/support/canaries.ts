/**
 * The canaries of test/e2e/canary.test.ts: one secret in each source, the steps that fail in front of them, and the sinks in which
 * none may be found. docs/secrets.md shows the same table.
 */

export interface Canary {
  /** Where the secret comes from, as docs/secrets.md says it. */
  readonly source: string
  readonly value: string
  /** Another value under which it would be as useful, such as a token without its scheme. */
  readonly part?: string
}

/** The tokens of the stand-ins of GitHub, AliveMCP and the authorization server, which are canaries too. */
export interface StandInTokens {
  readonly github: string
  readonly monitor: string
  /** The token of the authorization server. */
  readonly access: string
}

export const canaries = {
  approvalKey: { source: 'input `plan-approval-key`', value: 'Canary-approval-key-4f81a7' },
  bearer: {
    source: 'input `mcp-headers`: the token after a scheme',
    value: 'Bearer canary01bearer9f',
    part: 'canary01bearer9f',
  },
  basic: {
    source: 'input `mcp-headers`: the password in Basic',
    value: `Basic ${btoa('ci:canary02basicpw')}`,
    part: 'canary02basicpw',
  },
  webhookPath: { source: 'input `webhook-url`: a token in its path', value: 'canary03hookpath7c' },
  webhookQuery: { source: 'input `webhook-url`: its query', value: 'canary-hook-query-word' },
  webhookSecret: { source: 'input `webhook-secret`', value: 'canary hook secret of words' },
  backend: { source: 'input `backend-config`: a password', value: 'canary05backendpw' },
  backendUrl: { source: 'input `backend-config`: user info of an address', value: 'canary-user-info' },
  environment: { source: 'an environment variable with the name of a secret', value: 'canary06environment' },
  proxy: { source: 'the user info of a proxy', value: 'canary07proxypw' },
  variable: {
    source: '`TF_VAR_` of a sensitive variable',
    value: 'canary eight horse battery staple and one more word',
  },
  ephemeral: { source: '`TF_VAR_` of an ephemeral variable', value: 'canary09ephemeral' },
  tfvars: { source: '`terraform.tfvars`', value: 'canary"10"<tfvars>&\\' },
  varFile: { source: 'input `var-file`', value: 'canary11varfile' },
  argument: { source: '`TF_CLI_ARGS_plan`: `-var`', value: 'canary12argument' },
  default: { source: 'the default of a sensitive variable', value: 'canary-thirteen-default' },
  composite: { source: 'a password in a sensitive map', value: 'canary14composite' },
  plan: { source: 'a value that only the plan marks', value: 'canary15planned' },
  prior: { source: 'the prior state', value: 'canary16prior' },
  query: { source: 'the query of the endpoint', value: 'canary17query' },
  oauthSecret: { source: 'input `mcp-oauth-client-secret`', value: 'canary18-oauth&secret' },
} as const satisfies Readonly<Record<string, Canary>>

/** Secrets that are known only at run time. */
export const laterSources = {
  born: 'a value that the apply makes',
  githubToken: 'input `github-token`',
  monitorKey: 'input `alivemcp-api-key`',
  accessToken: 'a token that the gate obtains',
} as const

export type Source = keyof typeof canaries | keyof typeof laterSources

/** The steps of which one fails in each run, and the sources whose canaries do not exist yet, or are not read, in that run. */
export const steps = {
  init: { name: 'init', without: ['accessToken'] },
  plan: { name: 'plan', without: ['accessToken'] },
  firstApply: { name: 'gate of the first apply', without: ['prior', 'accessToken'] },
  apply: { name: 'apply', without: ['accessToken'] },
  cancel: { name: 'cancelled apply, and the post step', without: ['accessToken'] },
  stability: { name: 'deployment on ECS', without: ['accessToken'] },
  taint: { name: 'taint', without: ['accessToken'] },
  rollback: { name: 'rollback', without: ['accessToken'] },
  notify: { name: 'notification', without: ['accessToken'] },
  verify: { name: 'gate of `verify`', without: ['accessToken'] },
  verifyAlone: { name: 'gate of `verify` without Terraform', without: ['prior', 'plan', 'born', 'accessToken'] },
  oauth: { name: 'gate of `verify` with OAuth', without: ['prior', 'plan', 'born', 'query', 'bearer', 'basic'] },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly without: readonly Source[] }>>

export type Step = keyof typeof steps

/** The sinks that are read after each run. */
export const sinks = [
  'log',
  'annotations',
  'summary',
  'comment',
  'issue',
  'deployment status',
  'other requests to GitHub',
  'record of the plan',
  'outputs',
  'saved state of the step',
  'report, JUnit and plan files',
  'page of the gate',
  'file names',
  'webhook',
  'AliveMCP',
  'arguments of processes',
] as const

export type Sink = (typeof sinks)[number]

/** The canaries of one step. @param born the value that the apply made, undefined before there is one */
export function canariesOf(step: Step, tokens: StandInTokens, born: string | undefined): Canary[] {
  const all: Readonly<Record<Source, Canary | undefined>> = {
    ...canaries,
    born: born === undefined ? undefined : { source: laterSources.born, value: born },
    githubToken: { source: laterSources.githubToken, value: tokens.github },
    monitorKey: { source: laterSources.monitorKey, value: tokens.monitor },
    accessToken: { source: laterSources.accessToken, value: tokens.access },
  }
  const without: readonly string[] = steps[step].without
  return Object.entries(all).flatMap(([source, canary]) =>
    canary === undefined || without.includes(source) ? [] : [canary],
  )
}

/** A text that holds every canary: as it is, in the box of a message, in JSON, in base64 and as a URL has it. */
export function echo(values: readonly Canary[]): string {
  return values
    .map(({ value, part = value }) =>
      [
        `[${value}]`,
        part.replaceAll(' ', '\n│ '),
        JSON.stringify({ text: part }),
        Buffer.from(`x${part}yz`).toString('base64'),
        `https://u:${encodeURIComponent(part)}@host/`,
      ].join(' '),
    )
    .join('\n')
}

/** The sources of the canaries that a text holds, in any form in which `echo` writes them. */
export function leaksIn(text: string, values: readonly Canary[]): string[] {
  const folded = text.replace(/[\s│]+/g, '')
  return values
    .filter(({ value, part = value }) => {
      const forms = [
        part,
        JSON.stringify(part).slice(1, -1),
        JSON.stringify(JSON.stringify(part).slice(1, -1)).slice(1, -1),
        Buffer.from(`x${part}yz`).toString('base64').slice(4, -4),
        encodeURIComponent(part),
        part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
        part.replace(/[&<>"\\]/g, char => `&#${char.charCodeAt(0)};`),
      ]
      return forms.some(form => folded.includes(form.replace(/\s+/g, '')))
    })
    .map(({ source }) => source)
}
