/** The ids of a repository on the pages: nobody can copy them, because the module refuses the placeholder. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const repository = join(import.meta.dirname, '../..')
const filesBelow = (directory: string) =>
  readdirSync(join(repository, directory), { recursive: true, encoding: 'utf8' }).map(name => `${directory}/${name}`)
const files = [...filesBelow('docs'), ...filesBelow('terraform')].filter(
  file => /\.(?:md|tf)$/.test(file) && !file.startsWith('docs/decisions/'),
)

test('each page and example has a placeholder that terraform/github-oidc refuses, or leaves the ids to a variable', () => {
  const shown = files.flatMap(file =>
    [...readFileSync(join(repository, file), 'utf8').matchAll(/repository_ids +=(?!=) *(\{[^\n]*|var[^\n]*)/g)].map(
      ([, value = '']) => ({ file, value }),
    ),
  )
  expect(shown.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['docs/recipes/ec2.md', 'docs/getting-started.md']),
  )
  const copyable = shown.filter(
    ({ value }) =>
      !/^var\.repository_ids/.test(value) &&
      !/^\{ owner_id = 0, repository_id = 0[ ,]/.test(value) &&
      // A command that writes the ids, and a table of the upgrade.
      !/^\{ owner_id = (?:\\\(|…)/.test(value),
  )
  expect(copyable).toEqual([])
})

test('the placeholder is a refusal that the module tests', () => {
  const refusals = readFileSync(join(repository, 'terraform/github-oidc/tests/refusals.tftest.hcl'), 'utf8')
  expect(refusals).toMatch(
    /repository_ids = \{ owner_id = 0, repository_id = 0 \}\n {2}\}\n\n {2}expect_failures = \[var\.repository_ids\]/,
  )
  const variables = readFileSync(join(repository, 'terraform/github-oidc/variables.tf'), 'utf8')
  expect(variables).toMatch(/error_message = "repository_ids\.owner_id [^"]*gh api repos\//)
})
