/**
 * Writes docs/aws-errors.md from the table of messages in src/terraform/aws-errors.ts. With `--check` it writes nothing and exits 1
 * when the page is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AwsError, awsErrors } from '../src/terraform/aws-errors.ts'

const introduction = `# Errors of AWS on the first day

<!-- Written by scripts/aws-errors.ts from the table in src/terraform/aws-errors.ts: change the table, then run \`npm run fix\`. -->

What a new account, a new role or a new region answers when Terraform runs for the first time. The action finds these messages in
Terraform's output, and the comment has cause and fix under **What to do**. The texts come from AWS's documentation and from public
reports; the action was not run in a real account for them.`

/** The page for a table of messages. */
export function awsErrorsPage(table: Readonly<Record<string, AwsError>>): string {
  const rows = Object.entries(table).map(
    ([name, { cause, fix, source }]) =>
      `| <a id="${name}"></a>\`${name}\` | ${inCell(cause)} | ${inCell(fix)} | [page](${source}) |`,
  )
  return [introduction, '', '| Message | Cause | Fix | Source |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (import.meta.main) {
  const page = join(import.meta.dirname, '..', 'docs', 'aws-errors.md')
  const text = awsErrorsPage(awsErrors)
  const isCurrent = existsSync(page) && readFileSync(page, 'utf8') === text
  if (process.argv.includes('--check')) {
    if (!isCurrent) {
      console.error('docs/aws-errors.md is out of date: run npm run fix.')
      process.exitCode = 1
    }
  } else if (!isCurrent) {
    writeFileSync(page, text)
    console.log('docs/aws-errors.md written')
  }
}
