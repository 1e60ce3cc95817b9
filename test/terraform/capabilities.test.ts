/** What each version can do is one table, whose rows are in the order of versions. */
import { valid } from 'semver'
import { describe, expect, test } from 'vitest'
import { can, capabilities } from '../../src/terraform/capabilities.ts'

describe('the table of capabilities', () => {
  test.each(Object.entries(capabilities))('%s: its versions are whole, and one tool has it', (_, row) => {
    const versions = [row.terraform, row.tofu].filter(each => each !== undefined)
    expect(versions.length).toBeGreaterThan(0)
    expect(versions.map(each => valid(each))).toEqual(versions)
  })

  test('a version has a capability from its row on, and a pre-release has those of its release', () => {
    expect(can('terraform', '1.14.9', 'earlyVariables')).toBe(false)
    expect(can('terraform', '1.15.0-alpha20260204', 'earlyVariables')).toBe(true)
    expect(can('terraform', '1.16.0-rc2', 'actionFailures')).toBe(true)
    expect(can('terraform', '1.20.1', 'actionFailures')).toBe(true)
    expect(can('tofu', '1.7.10', 'earlyVariables')).toBe(false)
    expect(can('tofu', '1.8.0', 'earlyVariables')).toBe(true)
  })

  test('a tool without a capability has it in no version', () => {
    expect(can('tofu', '9.9.9', 'actions')).toBe(false)
    expect(can('terraform', '9.9.9', 'keptOnDestroy')).toBe(false)
  })
})
