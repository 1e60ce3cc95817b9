/**
 * Writes docs/failure-codes.md from the tables of codes that stand beside their checks. With `--check` it writes nothing and
 * exits 1 when the page is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { approvalCodes } from '../src/approval/codes.ts'
import { type CodeRow, thrownCodes } from '../src/errors.ts'
import { certificateCodes } from '../src/gate/certificate-codes.ts'
import { codes as gateCodes } from '../src/gate/codes.ts'
import { codes as agentCoreCodes } from '../src/platforms/agentcore/codes.ts'
import { awsCodes } from '../src/platforms/aws/codes.ts'
import { rollbackCodes } from '../src/platforms/codes.ts'
import { codes as ec2Codes } from '../src/platforms/ec2/codes.ts'
import { codes as ecsCodes } from '../src/platforms/ecs/codes.ts'
import { codes as lambdaCodes } from '../src/platforms/lambda/codes.ts'
import { terraformCodes } from '../src/terraform/codes.ts'

/** A section for each table, in the order of a run. */
export const tables: Readonly<Record<string, Readonly<Record<string, CodeRow>>>> = {
  'The run could not go on': thrownCodes,
  Approval: approvalCodes,
  'Amazon ECS, with Express': ecsCodes,
  'Amazon EC2': ec2Codes,
  'AWS Lambda': lambdaCodes,
  'Amazon Bedrock AgentCore': agentCoreCodes,
  'AWS credentials': awsCodes,
  'The command rollback': rollbackCodes,
  'Plan checks, format, drift and destroy': terraformCodes,
  'The certificate': certificateCodes,
}

/** What was and was not changed when a code of a section ends the run, by the title of the section. */
const notes: Readonly<Record<string, string>> = {
  Approval: 'This run has changed nothing. If it made a plan, the job summary has it.',
  'Amazon ECS, with Express':
    'The plan of an apply is already applied when these checks run. The last column shows what the action does next.',
  'Amazon EC2':
    'The plan of an apply is already applied when these checks run. The last column shows what the action does next.',
  'AWS Lambda':
    'The plan of an apply is already applied when these checks run. A function is never tainted. With `on-failure: rollback` the action moves its alias back, except for `config`.',
  'Amazon Bedrock AgentCore':
    'The plan of an apply is already applied when these checks run. A runtime is never tainted. With `on-failure: rollback` the action moves its endpoint back, except for `config`.',
  'AWS credentials': 'This run has changed nothing.',
  'The command rollback': 'This run has changed nothing.',
  'The certificate': 'These are checks of `verify`, which changes nothing.',
}

const introduction = `# Failure codes

<!-- Written by scripts/failure-codes.ts from the tables of codes in src/: change the tables, then run \`npm run fix\`. -->

This page explains the output \`failure-code\`, which is also in the report, the comment, the issue and the webhook. Every
failure has a code. The message of a failure names what was seen in your run, and is more exact than this page.

**Action** is what the action does to the running version after an apply:

- \`replace\` and \`wait\`: it taints that version, or rolls back to the version before (\`on-failure\`).
- \`config\`: nothing, because replacing it would change nothing.
- –: nothing, because the run did not get so far, or its state is not known.

What happens after a failure: [troubleshooting.md](troubleshooting.md#what-the-action-does-after-a-failure).`

/** The page for some tables, and the index of the gate's codes. */
export function failureCodes(
  sections: Readonly<Record<string, Readonly<Record<string, CodeRow>>>>,
  gate: Readonly<Record<string, { readonly meaning: string }>>,
): string {
  const parts = Object.entries(sections).map(([title, table]) =>
    [
      `## ${title}`,
      '',
      ...(notes[title] === undefined ? [] : [notes[title], '']),
      line(['Code', 'What it means', 'What to do', 'Action']),
      line(Array(4).fill('---')),
      ...Object.entries(table).map(([code, { meaning, fix, remedy }]) =>
        line([`<a id="${code}"></a>\`${code}\``, meaning, fix, remedy === undefined ? '–' : `\`${remedy}\``]),
      ),
    ].join('\n'),
  )
  const index = [
    '## The gate',
    '',
    'Each of these codes has its cause and its fix in [gate-codes.md](gate-codes.md).',
    '',
    line(['Code', 'What it means']),
    line(Array(2).fill('---')),
    ...Object.entries(gate).map(([code, { meaning }]) => line([`[\`${code}\`](gate-codes.md#${code})`, meaning])),
  ].join('\n')
  return `${[introduction, ...parts, index].join('\n\n')}\n`
}

/** A bar would end the cell, and what looks like an element would vanish. */
function line(cells: readonly string[]): string {
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|').replace(/<(?!\/?a\b)/g, '&lt;')).join(' | ')} |`
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'docs', 'failure-codes.md')
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const after = failureCodes(tables, gateCodes)
  if (after !== before && process.argv.includes('--check')) {
    console.error('docs/failure-codes.md is out of date. Run `npm run fix` and commit it.')
    process.exitCode = 1
  } else if (after !== before) {
    writeFileSync(file, after)
    console.log('docs/failure-codes.md written')
  }
}
