import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { missingParts } from './test/support/needs.ts'

/** More test files at a time than cores: most of a file's time is waiting for servers, deadlines and providers. */
const maxWorkers = availableParallelism() + 2

/**
 * `unit` needs Node and openssl. `real` needs Terraform, the AWS provider and moto: where one of them cannot be had it is
 * left out, loudly, and on CI that is an error. Two tests in `test/site` do the same for a browser.
 */
const unit = {
  name: 'unit',
  include: ['test/**/*.test.ts'],
  exclude: [
    'test/aws/**',
    'test/e2e/**',
    'test/modules/**',
    'test/terraform/cli.test.ts',
    'test/site/browser.test.ts',
    'test/site/gate-page.test.ts',
  ],
  maxWorkers,
  testTimeout: 60_000,
  hookTimeout: 60_000,
}
const real = {
  name: 'real',
  include: unit.exclude.map(path => path.replace('**', '**/*.test.ts')),
  // Each file has its own servers, ports and directories.
  maxWorkers,
  sequence: { groupOrder: 1 },
  testTimeout: 600_000,
  hookTimeout: 300_000,
}

/** Longest first, so that the last file of a project does not run alone for minutes. Files that are not listed follow by size. */
const longest = [
  'test/gate/polyglot.test.ts',
  'test/gate/matrix.test.ts',
  'test/gate/differential.test.ts',
  'test/support/runner.test.ts',
  'test/e2e/canary.test.ts',
  'test/e2e/repair.test.ts',
  'test/modules/permissions.test.ts',
  'test/e2e/recipes.test.ts',
  'test/e2e/cancel.test.ts',
  'test/modules/account.test.ts',
  'test/modules/upgrade.test.ts',
  'test/site/browser.test.ts',
  'test/e2e/lambda.test.ts',
  'test/e2e/blue-green.test.ts',
  'test/e2e/module.test.ts',
  'test/e2e/deploy.test.ts',
  'test/e2e/approval.test.ts',
  'test/e2e/ec2-module.test.ts',
  'test/e2e/ec2.test.ts',
  'test/e2e/getting-started.test.ts',
  'test/e2e/destroy.test.ts',
  'test/e2e/inputs.test.ts',
  'test/e2e/monitor.test.ts',
  'test/modules/security.test.ts',
  'test/modules/modules.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex(file => moduleId.endsWith(`/${file}`))
      return index === -1 ? longest.length : index
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}

const missing = await missingParts()
if (missing.length > 0) {
  const message = `Tests with real parts cannot run:\n${missing.map(line => `  - ${line}`).join('\n')}`
  if (process.env.CI) throw new Error(message)
  console.error(`\n${'!'.repeat(78)}\n${message}\nThey are LEFT OUT of this run.\n${'!'.repeat(78)}\n`)
}

export default defineConfig({
  test: {
    // Code under test prints workflow commands, and they must not be carried out by the runner of this CI.
    silent: 'passed-only',
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [{ test: unit }, ...(missing.length > 0 ? [] : [{ test: real }])],
  },
})
