/** A repository on disk for the tests of what is read in it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { assertDistinctStates, findStacks, type Stack } from '../../src/stacks/discover.ts'
import { Repository } from '../../src/stacks/repository.ts'

/** A new one for each test, removed after it. */
export function repositoryForEach() {
  const at = { root: '' }
  beforeEach(() => {
    at.root = mkdtempSync(join(tmpdir(), 'stacks-'))
  })
  afterEach(() => rmSync(at.root, { recursive: true, force: true }))
  return {
    at,
    write(files: Readonly<Record<string, string>>): void {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(join(at.root, dirname(name)), { recursive: true })
        writeFileSync(join(at.root, name), content)
      }
    },
    stacks(below = '.', names = ['terraform-mcp-deploy']): Stack[] {
      const repository = new Repository(at.root)
      const found = findStacks(repository, below, names)
      assertDistinctStates(repository, found)
      return found
    },
  }
}

export const shipped = 'module "server" {\n  source = "github.com/acme/terraform-mcp-deploy//terraform/ecs?ref=v1"\n}\n'
export const calls = (...sources: string[]) =>
  sources.map((source, index) => `module "m${index}" {\n  source = ${JSON.stringify(source)}\n}\n`).join('')
