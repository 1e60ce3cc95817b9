/**
 * fast-check for the tests. Each property gets the same inputs in each run, so that a commit and not chance decides whether the tests
 * pass. PROPERTY_SEED gives other inputs: `npm run properties` and a weekly workflow use it.
 */
import fc from 'fast-check'

const { PROPERTY_SEED: seed = '20261129' } = process.env
if (!/^-?\d{1,9}$/.test(seed))
  throw new Error(`PROPERTY_SEED is "${seed}". It must be a whole number of at most nine digits.`)
fc.configureGlobal({ seed: Number(seed) })

export { default } from 'fast-check'
