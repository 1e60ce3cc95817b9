/** What the comment says about the comparison of a plan, and nothing where there is nothing to say. */
import { describe, expect, test } from 'vitest'
import type { PlanRemarks } from '../../src/approval/fingerprint.ts'
import { remarksSection } from '../../src/report/approval.ts'
import type { Report } from '../../src/report/report.ts'

const nothing: PlanRemarks = {
  unreviewable: [],
  placeholders: { commit: [], timestamp: [], identity: [] },
  ignored: [],
  dated: [],
}
const render = (remarks: Partial<PlanRemarks> | undefined) => {
  const approval = { outcome: 'awaiting', fingerprint: 'sha256:0', reviewed: undefined, differences: [] } as const
  const report = { approval: { ...approval, remarks: remarks && { ...nothing, ...remarks } } }
  return String(remarksSection(report as unknown as Report))
}
const place = (address: string, attribute = 'image') => ({ address, attribute })

describe('the section about the comparison', () => {
  test('is missing if there is nothing to say', () => {
    expect(render({})).toBe('')
    expect(render(undefined)).toBe('')
    expect(String(remarksSection({} as Report))).toBe('')
  })

  test.each<[string, Partial<PlanRemarks>, string]>([
    [
      'unreviewable',
      { unreviewable: [place('a.b')] },
      '**Known only after the apply**, so nobody can review these values: `a.b: image`.',
    ],
    [
      'commit and caller',
      { placeholders: { commit: [place('a.b'), place('a.c')], timestamp: [], identity: [place('a.d', 'owner')] } },
      '**Placeholders**, because the apply has its own: the commit in `a.b: image`, `a.c: image`; the identity of the caller in `a.d: owner`.',
    ],
    [
      'timestamp',
      { placeholders: { commit: [], timestamp: [place('a.b')], identity: [] } },
      'the time of the plan in `a.b: image`.',
    ],
    [
      'ignored',
      { ignored: ['a.b:tags.Updated', 'a.c:name'] },
      '**Not compared**, because plan-approval-ignore names them: `a.b:tags.Updated`, `a.c:name`.',
    ],
    ['dated', { dated: [place('a.b', 'tags.Date')] }, '**Holds the date of this plan**: `a.b: tags.Date`.'],
  ])('says what is %s', (_, remarks, text) => {
    expect(render(remarks)).toContain(text)
    expect(render(remarks)).toContain('How the apply compares this plan')
  })

  test('is open if something is not compared at all', () => {
    expect(render({ ignored: ['a.b:name'] })).toMatch(/<details open>/)
    expect(render({ unreviewable: [place('a.b')] })).not.toMatch(/<details open>/)
  })

  test('lists thirty attributes and counts the others', () => {
    const text = render({ unreviewable: Array.from({ length: 45 }, (_, index) => place(`a.b${index}`)) })
    expect(text).toContain('`a.b29: image` and 15 more.')
    expect(text).not.toContain('a.b30')
  })

  test('shows an address with Markdown in it as code', () => {
    const text = 'a.b:tags["`</code><img src=x>"]'
    expect(render({ ignored: [text] })).toContain(`names them: \`\`${text}\`\`.`)
  })
})
