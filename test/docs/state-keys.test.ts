/** State keys of the pages: terraform/state-backend creates NAME/ENVIRONMENT.tfstate, and its output gives these keys to the roles. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const pages = ['README.md', ...globSync(['docs/**/*.md', 'terraform/*/README.md'], { cwd: repository })]
/** The state that a user of another tool has already, and the states of the bootstrap itself. */
const otherKeys = [
  /^docs\/migrating\.md: mcp\.tfstate$/,
  /^(docs\/getting-started|terraform\/state-backend\/README)\.md: bootstrap\.tfstate$/,
]

test('every state key has the form NAME/ENVIRONMENT.tfstate', () => {
  const keys = pages.flatMap(page =>
    [...readFileSync(join(repository, page), 'utf8').matchAll(/\bkeys? *= *\[?"?([^"\n]*?\.tfstate)/g)].map(
      ([, key = '']) => `${page}: ${key}`,
    ),
  )
  expect(keys.length).toBeGreaterThan(30)
  const refused = keys.filter(line => !/: (\S+\/)?[a-z-]+\/(\w+|\$\{\{.*\}\})\.tfstate$/.test(line))
  expect(refused.filter(line => !otherKeys.some(key => key.test(line)))).toEqual([])
})

test('every S3 backend that a page shows locks its state', () => {
  const backends = pages.flatMap(page =>
    [...readFileSync(join(repository, page), 'utf8').matchAll(/backend "s3" \{([^}]*)\}/g)].map(([, block = '']) => ({
      page,
      block,
    })),
  )
  expect(backends.length).toBeGreaterThan(4)
  expect(backends.filter(({ block }) => !/use_lockfile = true/.test(block))).toEqual([])
})

test('the variables of every shipped module that pages show name the boundary of its roles', () => {
  // The apply role of terraform/github-oidc makes no role without it.
  const shown = pages.flatMap(page =>
    [...readFileSync(join(repository, page), 'utf8').matchAll(/```hcl\n# production\.tfvars\n([\s\S]*?)```/g)]
      .slice(0, 1)
      .map(([, block = '']) => ({ page, block })),
  )
  expect(shown.length).toBeGreaterThan(5)
  expect(shown.filter(({ block }) => !block.includes('permissions_boundary_arn')).map(({ page }) => page)).toEqual([])
})
