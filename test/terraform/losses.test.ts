import { expect, test } from 'vitest'
import { lossOf, typesWithLoss } from '../../src/terraform/losses.ts'

test.each([
  ['aws_db_instance', 'its data'],
  ['aws_s3_bucket', 'its objects'],
  ['aws_lb', 'its DNS name'],
  ['aws_eip', 'its address'],
  ['aws_instance', 'its disk and its address'],
  ['random_password', 'its value'],
  // A later provider may add types that store something.
  ['aws_future_database', 'its data'],
  ['aws_future_vault', 'its data'],
  ['google_sql_database_instance', 'unknown'],
  ['azurerm_postgresql_server', 'unknown'],
  ['aws_ecs_task_definition', undefined],
  ['aws_lambda_alias', undefined],
  ['aws_launch_template', undefined],
  ['aws_security_group', undefined],
  ['aws_iam_role', undefined],
  ['aws_route_table', undefined],
  ['aws_ec2_transit_gateway_route_table', undefined],
  ['aws_sagemaker_code_repository', undefined],
  ['terraform_data', undefined],
  ['null_resource', undefined],
  ['time_sleep', undefined],
])('destroying %s loses %s', (type, loss) => {
  expect(lossOf(type)).toBe(loss)
})

test('the table has each type once', () => {
  expect(typesWithLoss.length).toBe(new Set(typesWithLoss).size)
  expect(typesWithLoss.every(type => /^[a-z][a-z0-9_]+$/.test(type))).toBe(true)
})
