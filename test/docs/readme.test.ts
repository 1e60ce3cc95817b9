/** The workflow that the README shows is the recipe that test/e2e/recipes.test.ts executes, with the monitor's key besides. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeBlocks, fileBlocks } from '../support/markdown-blocks.ts'

const repository = join(import.meta.dirname, '../..')

function workflowOf(page: string): string[] {
  const blocks = codeBlocks(readFileSync(join(repository, page), 'utf8'))
  return fileBlocks(blocks).get('.github/workflows/deploy.yml')?.split('\n') ?? []
}

test('the workflow to copy is the one that is executed', () => {
  const shown = workflowOf('README.md')
  const key = shown.filter(line => line.includes('alivemcp-api-key'))
  expect(key).toHaveLength(1)
  expect(shown.filter(line => !key.includes(line))).toEqual(workflowOf('docs/recipes/pull-request-and-merge.md'))
})
