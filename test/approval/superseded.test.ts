import { expect, test } from 'vitest'
import { type SupersessionFacts, whySuperseded } from '../../src/approval/superseded.ts'

const [own, next, newest] = ['a', 'b', 'c'].map(digit => digit.repeat(40)) as [string, string, string]
const later = (stage?: 'reviewed' | 'applying' | 'applied') => {
  const life = stage && ({ stage, commit: newest, run: 1, attempt: 1, tainted: [] } as const)
  return [{ number: 9, mergeCommit: newest, life }]
}
const facts: SupersessionFacts = {
  commit: own,
  branch: 'main',
  range: { relation: 'ancestor', commits: [next, newest] },
  later: [],
  unread: 0,
  attempt: 1,
  required: 'reviewed',
}
const fingerprint = `sha256:${'1'.repeat(64)}`

test.each<[string, Partial<SupersessionFacts>, RegExp | undefined]>([
  ['the newest commit', { range: { relation: 'same', commits: [] }, attempt: 5 }, undefined],
  ['an older one in its first attempt', {}, undefined],
  ['the same while the newer one waits', { later: later('reviewed') }, undefined],
  ['the same, and the newer one does not concern this stack', { later: later() }, undefined],
  [
    'a newer one was applied',
    { later: later('applied') },
    /^Commit aaaaaaa is superseded: pull request #9 was merged after it and was applied already\.$/,
  ],
  ['a newer one is being applied', { later: later('applying') }, /#9 was merged after it and is being applied/],
  ['the same, with an approved fingerprint', { later: later('applied'), required: fingerprint }, /superseded/],
  ['the same, with plan-approval none', { later: later('applied'), required: 'none' }, /superseded/],
  ['a re-run', { attempt: 2 }, /re-run for an earlier commit: aaaaaaa is not the newest commit of main/],
  ['a re-run with an approved fingerprint', { attempt: 2, required: fingerprint }, /re-run/],
  ['a re-run, and all newer ones look reviewed only', { attempt: 2, later: later('reviewed') }, /re-run/],
  ['a re-run with plan-approval none, nothing is known', { attempt: 2, required: 'none' }, undefined],
  ['a force push took it off', { range: { relation: 'unrelated', commits: [] } }, /is not on the branch main any more/],
  ['the same with plan-approval none', { range: { relation: 'unrelated', commits: [] }, required: 'none' }, undefined],
  [
    'more newer ones than are read',
    { later: later('reviewed'), unread: 1 },
    /^Commit aaaaaaa is superseded: more than 1 pull requests were merged into main after it\.$/,
  ],
  ['the same with plan-approval none', { later: later('reviewed'), unread: 1, required: 'none' }, undefined],
  ['hundreds of commits later', { range: { relation: 'ancestor', commits: undefined } }, /hundreds of newer commits/],
])('%s', (_, more, sentence) => {
  const why = whySuperseded({ ...facts, ...more })
  if (sentence === undefined) expect(why).toBeUndefined()
  else expect(why).toMatch(sentence)
})
