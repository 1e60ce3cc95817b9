/** The combinations of `strategy.matrix`, by the rules of GitHub's "Workflow syntax" for vectors, `include` and `exclude`. */

export type Combination = Readonly<Record<string, unknown>>

const mostJobs = 256

/**
 * @param matrix with its expressions filled in
 * @throws where GitHub fails the job: a vector that is empty, or more jobs than there may be
 */
export function combinationsOf(matrix: unknown): Combination[] {
  if (typeof matrix !== 'object' || matrix === null || Array.isArray(matrix)) throw new Error('The matrix is no map')
  const { include = [], exclude = [], ...vectors } = matrix as Record<string, unknown>
  let combinations: Combination[] = Object.keys(vectors).length === 0 ? [] : [{}]
  for (const [name, values] of Object.entries(vectors)) {
    if (!Array.isArray(values)) throw new Error(`Matrix vector '${name}' is no list`)
    if (values.length === 0) throw new Error(`Matrix vector '${name}' does not contain any values`)
    combinations = combinations.flatMap(each => values.map(value => ({ ...each, [name]: value })))
  }
  const excluded = listOf('exclude', exclude)
  combinations = combinations.filter(each => !excluded.some(one => agree(one, each, Object.keys(one))))

  // What is included extends each combination whose own values it leaves alone, and is one of its own where it extends none.
  const added: Combination[] = []
  const original = combinations.map(each => Object.keys(each))
  for (const entry of listOf('include', include)) {
    const fits = combinations.map((each, i) => agree(entry, each, original[i] ?? []))
    if (!fits.includes(true)) added.push(entry)
    else combinations = combinations.map((each, i) => (fits[i] ? { ...each, ...entry } : each))
  }
  const all = [...combinations, ...added]
  if (all.length === 0) throw new Error('Matrix must define at least one vector')
  if (all.length > mostJobs) throw new Error(`The matrix has ${all.length} jobs: at most ${mostJobs} are allowed`)
  return all
}

/** Whether the two have the same value for each of these names that both have. */
function agree(one: Combination, other: Combination, names: readonly string[]): boolean {
  return names.every(name => !(name in one) || JSON.stringify(one[name]) === JSON.stringify(other[name]))
}

function listOf(key: string, value: unknown): Combination[] {
  if (!Array.isArray(value) || value.some(each => typeof each !== 'object' || each === null))
    throw new Error(`matrix.${key} is no list of maps`)
  return value
}
