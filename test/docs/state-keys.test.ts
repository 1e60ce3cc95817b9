/** State keys of the pages: terraform/state-backend creates NAME/ENVIRONMENT.tfstate, and the roles allow only these keys. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const pages = ['README.md', ...globSync(['docs/**/*.md', 'terraform/*/README.md'], { cwd: repository })]
/** States that the user has already, and the state of the bootstrap itself. */
const otherKeys = new Set(['bootstrap.tfstate', 'mcp.tfstate'])

test('every state key has the form NAME/ENVIRONMENT.tfstate', () => {
  const keys = pages.flatMap(page =>
    [...readFileSync(join(repository, page), 'utf8').matchAll(/\bkeys? *= *\[?"?([^"\n]*?\.tfstate)/g)].map(
      ([, key = '']) => `${page}: ${key}`,
    ),
  )
  expect(keys.length).toBeGreaterThan(30)
  const refused = keys.filter(line => !/: (\S+\/)?[a-z-]+\/(\w+|\$\{\{.*\}\})\.tfstate$/.test(line))
  expect(refused.filter(line => !otherKeys.has(line.split(': ').at(-1) ?? ''))).toEqual([])
})
