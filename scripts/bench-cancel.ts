/**
 * `npm run bench:cancel [-- RUNS [SEED [parameters]]]`: cancels so many applies (100) at random moments and counts what was
 * lost. Needs what the tests with real parts need. With `parameters` the AWS provider makes what is applied, else files are
 * made, which is several times faster. A line a run, the result in docs/performance.md, and an exit code of 1 when anything
 * was lost.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cancelApplies } from '../test/support/cancels.ts'
import { v2 } from '../test/support/mcp/servers.ts'
import { between } from './readme-tables.ts'

const [runs = '100', seed = String(Date.now() % 1_000_000), kind = 'files'] = process.argv.slice(2)
console.log(`${runs} cancelled applies of ${kind}, seed ${seed}`)
await using server = await v2()
const outcomes = await cancelApplies({
  runs: Number(runs),
  seed: Number(seed),
  kind: kind === 'parameters' ? 'parameters' : 'files',
  endpoint: `${server.url}/mcp`,
  onRun: ({ afterMs, current, of, inTime, lock, lost, ghosts, broken }) => {
    const left = [
      lock === undefined ? '' : `LOCK ${lock}`,
      lost.length === 0 ? '' : `LOST ${lost.join(' ')}`,
      ghosts.length === 0 ? '' : `GHOSTS ${ghosts.join(' ')}`,
      broken === undefined ? '' : `BROKEN ${broken}`,
    ].filter(text => text !== '')
    const end = left.length === 0 ? 'nothing lost' : left.join(', ')
    console.log(`after ${afterMs} ms: ${current} of ${of} applied, ${inTime ? 'in time' : 'post waited'}: ${end}`)
  },
})
const count = (wrong: (outcome: (typeof outcomes)[number]) => boolean) => outcomes.filter(wrong).length
const locks = count(({ lock }) => lock !== undefined)
const states = count(({ lost, broken }) => lost.length > 0 || broken !== undefined)
const midway = count(({ current, of }) => current > 0 && current < of)
const result = `${outcomes.length} cancels (${midway} in the middle of the resources, seed ${seed}): ${locks} locks left, ${states} states lost or half-written.`
console.log(result)
const page = join(import.meta.dirname, '../docs/performance.md')
const dated = `${new Date().toISOString().slice(0, 10)}: ${result}`
writeFileSync(page, between(readFileSync(page, 'utf8'), 'cancels', dated, 'docs/performance.md'))
process.exitCode = locks + states > 0 ? 1 : 0
