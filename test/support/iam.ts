/**
 * Whether IAM policies allow a call: Allow, Deny, wildcards in actions and resources, and the few condition operators
 * that the modules use. An element or operator that is not known here throws, so that no policy passes unread.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import type { AwsCall } from './aws-authorization.ts'

export interface Statement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: unknown
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** The statements of a policy document, in JSON or parsed. */
export function statementsOf(document: string | object): Statement[] {
  const parsed = typeof document === 'string' ? JSON.parse(document) : document
  const { Statement: statements } = parsed as { Statement: Statement | Statement[] }
  const known = new Set(['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'])
  return [statements].flat().map(statement => {
    const unknown = Object.keys(statement).filter(key => !known.has(key))
    if (unknown.length > 0) throw new Error(`no statement that this evaluator reads: ${unknown}`)
    return statement
  })
}

/** True when a statement allows the call and none denies it. */
export function allows(statements: readonly Statement[], call: AwsCall): boolean {
  const that = statements.filter(statement => applies(statement, call))
  return that.some(({ Effect }) => Effect === 'Allow') && !that.some(({ Effect }) => Effect === 'Deny')
}

/** True when a trust policy lets a token with these claims take its role. The keys of its conditions begin with the issuer. */
export function trusts(document: object, issuer: string, claims: Readonly<Record<string, string>>): boolean {
  const context = Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, [value]]))
  return statementsOf(document).some(statement => {
    const { Effect, Principal, Condition = {} } = statement
    const provider = (Principal as { Federated?: string } | undefined)?.Federated
    if (Effect !== 'Allow') throw new Error('no trust policy that this evaluator reads: it denies')
    return provider?.endsWith(`:oidc-provider/${issuer}`) === true && fulfils(Condition, context)
  })
}

function applies({ Action, Resource, Condition = {} }: Statement, { action, resource, context }: AwsCall): boolean {
  return (
    // Actions are compared without regard to case, resources with.
    [Action].flat().some(pattern => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    [Resource].flat().some(pattern => matches(pattern, resource)) &&
    fulfils(Condition, context)
  )
}

function fulfils(condition: NonNullable<Statement['Condition']>, context: AwsCall['context']): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, [wanted].flat(), context[key])),
  )
}

/**
 * One key of a condition. A key that the call does not have fulfils nothing but `ForAllValues`, `Null` and the operators
 * that negate.
 */
function holds(operator: string, wanted: readonly string[], given: readonly string[] | undefined): boolean {
  const some = (compare: (pattern: string, value: string) => boolean) => (value: string) =>
    wanted.some(pattern => compare(pattern, value))
  const equals = some((pattern, value) => pattern === value)
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
      return given?.some(equals) ?? false
    case 'StringNotEquals':
      return !(given?.some(equals) ?? false)
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return given?.some(some(matches)) ?? false
    case 'ForAllValues:StringEquals':
      return given?.every(equals) ?? true
    case 'ForAllValues:StringLike':
      return given?.every(some(matches)) ?? true
    case 'Null':
      return wanted.includes(String(given === undefined))
    default:
      throw new Error(`no condition operator that this evaluator knows: ${operator}`)
  }
}

/** IAM's wildcards: `*` for any characters, `?` for one, and `${*}` for an asterisk. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('${*}').map(part => {
    const literal = part.replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    return literal.replaceAll('*', '.*').replaceAll('?', '.')
  })
  return new RegExp(`^${parts.join('\\*')}$`, 's').test(text)
}
