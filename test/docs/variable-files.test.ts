/** The variable files on the pages: a reader copies each as it is, also one that changes an earlier file. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const repository = join(import.meta.dirname, '../..')
const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: repository })]

test('each variable file has the boundary, without which the apply role may not change the role of the server', () => {
  const files = pages.flatMap(page =>
    [...readFileSync(join(repository, page), 'utf8').matchAll(/^```hcl\n# \S+\.tfvars\n([\s\S]*?)^```/gm)].map(
      ([, text = '']) => ({ page, text }),
    ),
  )
  expect(files.filter(({ page }) => page === 'docs/getting-started.md')).toHaveLength(3)
  const incomplete = files.filter(
    ({ text }) => !/^permissions_boundary_arn = "arn:aws:iam::\d{12}:policy\//m.test(text),
  )
  expect(incomplete).toEqual([])
})
