/** Who may destroy what, by which name, and what is said of what is left. */
import { describe, expect, test } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { destroyLines } from '../../src/report/checks.ts'
import { renderComment } from '../../src/report/comment.ts'
import { closingLine } from '../../src/report/issue.ts'
import { outcomeOf } from '../../src/report/outcome.ts'
import type { Report } from '../../src/report/report.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { stackName } from '../../src/report/target.ts'
import {
  checkDestroyConfirmation,
  destroyIncompleteFailure,
  destroyUnconfirmedFailure,
  remainingResources,
  remainingSentence,
} from '../../src/terraform/destroy.ts'
import { planReport } from '../support/reports.ts'

const target = (stack?: string, directory = '.', workspace?: string): Report['target'] => ({
  stack,
  directory,
  workspace,
})

test.each([
  [target(), 'mcp-server'],
  [target('ecs'), 'ecs'],
  [target(undefined, 'infra'), 'infra'],
  [target(undefined, 'services/weather', 'staging'), 'services/weather@staging'],
  [target(undefined, 'services\\weather'), 'services/weather'],
  [target('ec2', 'services/weather'), 'services/weather:ec2'],
  [target(undefined, '.', 'production'), 'mcp-server@production'],
])('the name of %j is %s', (of, name) => {
  expect(stackName(of, 'mcp-server')).toBe(name)
})

describe('the confirmation', () => {
  test('is the name of the stack and nothing else', () => {
    expect(checkDestroyConfirmation('infra@staging', 'infra@staging')).toBe(true)
    expect(checkDestroyConfirmation(undefined, 'infra')).toBe(false)
    for (const other of ['infra', 'yes', 'true', 'INFRA@staging', 'infra@production']) {
      expect(() => checkDestroyConfirmation(other, 'infra@staging')).toThrow(InputError)
      expect(() => checkDestroyConfirmation(other, 'infra@staging')).toThrow(
        `Input confirm-destroy is "${other}", but this stack is "infra@staging": nothing was done. If you want to destroy this stack, set confirm-destroy: "infra@staging".`,
      )
    }
  })

  test('that is missing fails with its own code, the counts and the line to set', () => {
    expect(destroyUnconfirmedFailure('infra', '3 to destroy')).toEqual({
      code: 'DESTROY_NOT_CONFIRMED',
      sentence: 'The plan is to destroy infra (3 to destroy), and the destroy is not confirmed: nothing was changed.',
      fix: 'Read the plan. If all its resources may be destroyed, set confirm-destroy: "infra" and run it again.',
      remedy: 'config',
    })
  })
})

describe('the remaining resources', () => {
  const resource = (address: string) => ({ address, mode: 'managed' as const, type: 'aws_x' })
  const state = {
    values: {
      root_module: {
        resources: [
          resource('aws_x.a'),
          resource('aws_x.a'),
          { ...resource('data.aws_x.read'), mode: 'data' as const },
        ],
        child_modules: [{ resources: [resource('module.m.aws_x.new')] }],
      },
    },
  }
  const { plan } = destroyed()
  if (plan === undefined) throw new Error('there is a plan')

  test('of a whole stack is everything in the state, and with targets what they name', () => {
    expect(remainingResources(plan, state, true)).toEqual(['aws_x.a', 'module.m.aws_x.new'])
    expect(remainingResources(plan, state, false)).toEqual(['aws_x.a'])
    expect(remainingResources(plan, {}, true)).toEqual([])
  })

  test('fail the destroy, and many are counted', () => {
    expect(destroyIncompleteFailure([])).toBeUndefined()
    expect(destroyIncompleteFailure(['aws_x.a'])).toMatchObject({
      code: 'DESTROY_INCOMPLETE',
      sentence: 'One resource was not destroyed: aws_x.a.',
    })
    const many = Array.from({ length: 12 }, (_, i) => `aws_x.n${i}`)
    expect(remainingSentence(many)).toMatch(/^12 resources were not destroyed: .* aws_x\.n9 and 2 more\.$/)
  })
})

describe('the messages', () => {
  test.each<[NonNullable<Report['destroy']>['outcome'], string, RegExp]>([
    ['done', 'Destroyed', /✅ \*\*Destroyed\*\* by .*: 2 resources, and nothing is left in the state/],
    ['nothing', 'Nothing to destroy', /⚪ \*\*Nothing to destroy\*\*/],
    ['started', 'Destroying', /^$/],
  ])('%s', (outcome, line, story) => {
    const report = destroyed({ destroy: { stack: 'infra', outcome, left: [] } })
    expect(outcomeOf(report).headline).toBe(line)
    expect(destroyLines(report).join('\n')).toMatch(story)
  })

  test('unconfirmed: the plan, what is lost first', () => {
    const report = destroyed({
      destroy: { stack: 'infra', outcome: 'unconfirmed', left: [] },
      failures: [
        {
          ...destroyUnconfirmedFailure('infra', '3 to destroy'),
          phase: 'approval',
        },
      ],
    })
    expect(outcomeOf(report).headline).toBe('Not destroyed: it was not confirmed')
    for (const text of [String(renderSummary(report)), String(renderComment(report, '<!-- m -->'))]) {
      expect(text).toContain('**DESTROY_NOT_CONFIRMED**')
      expect(text).toContain('confirm-destroy: "infra"')
      expect(text).toMatch(
        /> This plan destroys 2 resources that hold data, an address or a name:\n> - 🔴 \*\*destroy\*\* `aws_x\.a` and lose its data/,
      )
    }
  })

  test('left, with hostile names, and with the deployments and the monitor', () => {
    const evil = 'aws_x.a["`</details> @acme/admins"]'
    const report = destroyed({
      destroy: { stack: 'infra', outcome: 'left', left: [evil], deactivated: 2 },
      monitors: [{ monitor: 'AliveMCP', outcome: 'removed', id: 'mon_1', notices: [] }],
      failures: [{ code: 'DESTROY_INCOMPLETE', sentence: 'x', fix: 'y', remedy: 'config', phase: 'destroy' }],
    })
    expect(outcomeOf(report).headline).toBe('Destroy failed')
    const summary = String(renderSummary(report))
    expect(summary).toContain('❌ **Not destroyed**: ``aws_x.a["`</details> @acme/admins"]``')
    expect(summary).toMatch(/\*\*Inactive\*\* in the environment: 2 deployments/)
    expect(summary).toMatch(/\*\*Removed\*\* from AliveMCP as monitor `mon_1`/)
  })

  test('the issue of its verify is closed with another line', () => {
    expect(String(closingLine(destroyed(), 0))).toMatch(/\*\*Destroyed\*\* at 1970.*nothing is left to verify/)
  })
})

function destroyed(more: Partial<Report> = {}): Report {
  const gone = (address: string) => ({
    address,
    mode: 'managed' as const,
    type: 'aws_db_instance',
    change: { actions: ['delete'] as const, before: { id: 'x' }, after: null },
  })
  return planReport(
    { format_version: '1.2', applyable: true, resource_changes: [gone('aws_x.a'), gone('aws_x.b')] },
    { command: 'destroy', pullRequest: undefined, ...more },
  )
}
