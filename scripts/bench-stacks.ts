/** A repository of many stacks for the benchmark, and what discovery does with it: read, compare, choose, write the JSON. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { selectStacks } from '../src/stacks/changes.ts'
import { assertDistinctStates, findStacks } from '../src/stacks/discover.ts'
import { matricesOf } from '../src/stacks/matrix.ts'
import { Repository } from '../src/stacks/repository.ts'

/**
 * Writes a repository with so many stacks: a root module each with variables, outputs, backend and var file. Each
 * stack calls two of fifty local modules, and those call a copy of terraform/ecs.
 * @returns one discovery for a pull request that changes a module and 299 files of stacks; it checks what it finds
 */
export function generateStacks(root: string, count: number): () => void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  cpSync(fileURLToPath(new URL('../terraform/ecs', import.meta.url)), join(root, 'vendor/terraform/ecs'), {
    recursive: true,
    filter: path => !/examples|tests/.test(path),
  })
  for (let index = 0; index < 50; index++) {
    write(
      `modules/m${index}/main.tf`,
      `module "server" {\n  source = "../../vendor/terraform/ecs"\n}\n${block('variable', 20)}`,
    )
  }
  for (let index = 0; index < count; index++) {
    const at = `services/team${index % 40}/s${index}`
    const call = (n: number) =>
      `module "m${n}" {\n  source = "../../../modules/m${n % 50}"\n  name   = "s${index}"\n}\n`
    write(`${at}/main.tf`, `terraform {\n  backend "s3" {}\n}\n${call(index)}${call(index + 1)}${block('locals', 10)}`)
    write(`${at}/variables.tf`, block('variable', 20))
    write(`${at}/outputs.tf`, block('output', 5))
    write(`${at}/production.tfvars`, 'name = "x"\n')
    write(`${at}/.mcp-deploy.yml`, 'var-file: production.tfvars\nbackend-config: bucket=acme-state\n')
  }
  const files = Array.from({ length: 299 }, (_, index) => `services/team${index % 40}/s${index}/production.tfvars`)
  return () => {
    const repository = new Repository(root)
    const found = findStacks(repository, '.', ['terraform-mcp-deploy'])
    assertDistinctStates(repository, found)
    const changed = [...files, 'modules/m49/main.tf'].map(path => ({ path, previous: undefined }))
    const { concerned } = selectStacks(
      found,
      { pullRequest: 1, expected: 300 },
      changed,
      '.github/workflows/deploy.yml',
    )
    const batches = JSON.parse(matricesOf(found).batches) as unknown[]
    if (found.length !== count || batches.length !== Math.ceil(count / 256) || concerned.length < 299)
      throw new Error(`${found.length} stacks of ${count} were found, ${concerned.length} are concerned`)
  }
}

function block(type: string, count: number): string {
  return Array.from(
    { length: count },
    (_, index) =>
      `# What it is for.\n${type} ${type === 'locals' ? '' : `"v${index}" `}{\n  description = "Some \${"text"} of the usual length, number ${index}"\n  type        = string\n  default     = jsonencode({ a = [1, 2, 3] })\n}\n`,
  ).join('\n')
}
