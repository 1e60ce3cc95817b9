import { expect, test } from 'vitest'
import type { PlanJson } from '../../src/terraform/json.ts'
import { placeOf } from '../../src/terraform/place.ts'

const resource = (before: object, after: object = {}) => ({
  address: 'aws_x.y',
  mode: 'managed' as const,
  type: 'aws_x',
  change: { actions: ['update' as const], before, after },
})
const plan = (more: object): PlanJson => ({ format_version: '1.2', ...more })
const arn = (account: string, region = 'eu-west-1') => ({ arn: `arn:aws:ecs:${region}:${account}:cluster/x` })

test('account and region come from the ARNs of the resources, the most frequent first', () => {
  const resources = [arn('222222222222'), arn('111111111111'), arn('111111111111', '')].map(each => resource(each))
  expect(placeOf(plan({ resource_changes: resources }), {})).toEqual({
    accounts: ['111111111111', '222222222222'],
    regions: ['eu-west-1'],
  })
})

test('a first plan has no ARN: the caller, the provider and the environment name the place', () => {
  const first = {
    resource_changes: [resource({})],
    variables: { region: { value: 'us-west-2' } },
    prior_state: {
      values: {
        root_module: {
          child_modules: [
            {
              resources: [
                { address: 'a', mode: 'data', type: 'aws_caller_identity', values: { account_id: '333333333333' } },
              ],
            },
          ],
        },
      },
    },
    configuration: {
      provider_config: { aws: { name: 'aws', expressions: { region: { references: ['var.region'] } } } },
    },
  }
  expect(placeOf(plan(first), { AWS_REGION: 'eu-north-1' })).toEqual({
    accounts: ['333333333333'],
    regions: ['us-west-2'],
  })
  const role = { assume_role: [{ role_arn: { constant_value: 'arn:aws:iam::444444444444:role/deploy' } }] }
  const other = {
    ...first,
    prior_state: undefined,
    configuration: { provider_config: { aws: { name: 'aws', expressions: role } } },
  }
  expect(placeOf(plan(other), { AWS_REGION: 'eu-north-1' })).toEqual({
    accounts: ['444444444444'],
    regions: ['eu-north-1'],
  })
})

test('a plan without AWS has no place, whatever the environment says', () => {
  expect(placeOf(plan({ resource_changes: [] }), { AWS_REGION: 'eu-west-1' })).toEqual({ accounts: [], regions: [] })
})

test('texts that are no account and no region are not shown', () => {
  const resources = [resource({ arn: 'arn:aws:iam::aws:policy/X', region: '`@team`' })]
  expect(placeOf(plan({ resource_changes: resources }), {})).toEqual({ accounts: [], regions: [] })
})
