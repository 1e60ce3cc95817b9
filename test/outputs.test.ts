/** What a workflow reads: outputs, files and annotations, decided from the report as it is and never from redacted text. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { secrets } from '../src/log.ts'
import { reportFiles, writeAnnotations, writeCommand, writeOutcome, writeReport } from '../src/outputs.ts'
import type { Ec2Instance } from '../src/platforms/ec2/instance.ts'
import { renderComment } from '../src/report/comment.ts'
import type { Report } from '../src/report/report.ts'
import { renderSummary } from '../src/report/summary.ts'

let directory: string
let printed: string[]
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'outputs-'))
  writeFileSync(join(directory, 'output'), '')
  vi.stubEnv('GITHUB_OUTPUT', join(directory, 'output'))
  printed = []
  vi.spyOn(process.stdout, 'write').mockImplementation(text => printed.push(String(text)) > 0)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true, force: true })
  process.exitCode = 0
})

const failure: Report['failures'][number] = {
  code: 'TCP_REFUSED',
  phase: 'gate',
  sentence: 'Nothing listens at mcp.example.com:443.',
  fix: 'Open the port.',
  remedy: 'wait',
}
const failed = (more: Partial<Report> = {}): Report => ({
  command: 'apply',
  target: { stack: undefined, directory: 'infra', workspace: undefined },
  commit: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  runUrl: 'https://github.com/acme/infra/actions/runs/1',
  apply: 'done',
  deployment: {
    endpoint: 'https://mcp.example.com/mcp',
    outputs: {},
    serving: ec2Instance,
  },
  gate: {
    passed: false,
    endpoint: 'https://mcp.example.com/mcp',
    eras: { modern: { verdict: 'failed' }, legacy: { verdict: 'absent' }, 'http-sse': { verdict: 'absent' } },
    protocolVersions: [],
    tools: [],
    warnings: [],
    latencyMs: null,
    elapsedMs: 1,
    rounds: [],
  },
  failures: [failure],
  warnings: [],
  phases: [{ phase: 'gate', ms: 1 }],
  ...more,
})

/** Writes everything that a run writes in the end. */
async function write(
  report: Report,
): Promise<{ outputs: Record<string, string>; json: Record<string, unknown>; log: string }> {
  printed.length = 0
  await writeReport(report, directory)
  writeOutcome(report.failures[0])
  await writeAnnotations(report)
  const text = readFileSync(join(directory, 'output'), 'utf8')
  const outputs = Object.fromEntries(
    [...text.matchAll(/^(.+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
  )
  const json = JSON.parse(readFileSync(join(directory, reportFiles.report), 'utf8'))
  return { outputs, json, log: printed.join('') }
}

describe('the command', () => {
  test('is one line of the output file, and the outputs after it are whole', async () => {
    writeCommand('verify')
    const { outputs } = await write(failed())
    expect(readFileSync(join(directory, 'output'), 'utf8')).toMatch(/^command=verify\n[\w-]+<<ghadelimiter_/)
    expect(outputs['failure-code']).toBe('TCP_REFUSED')
  })

  test('is a workflow command where the runner gave no file', () => {
    vi.stubEnv('GITHUB_OUTPUT', join(directory, 'missing'))
    expect(() => writeCommand('plan')).toThrow('Missing file at path')
    vi.stubEnv('GITHUB_OUTPUT', '')
    writeCommand('plan')
    expect(printed.join('')).toContain('::set-output name=command::plan')
  })
})

const ec2Instance: Ec2Instance = { kind: 'ec2', instanceId: 'i-1', address: undefined }

describe('a secret that is a word of ours', () => {
  /** Words of the report, of the outputs and of annotations. */
  const words = ['failure', 'failures', 'phase', 'gate', 'apply', 'done', 'failed', 'code', 'sentence', 'TCP_REFUSED']

  test('changes no verdict: exit code, outputs, report and annotations', async () => {
    const { outputs: open } = await write(failed())
    for (const word of words) secrets.add(word)
    const { outputs, json, log } = await write(failed())
    expect(process.exitCode).toBe(1)
    expect(outputs).toEqual(open)
    expect(outputs).toMatchObject({
      'failure-code': 'TCP_REFUSED',
      'failure-phase': 'gate',
      gate: 'failed',
      applied: 'true',
    })
    expect(json).toMatchObject({
      apply: 'done',
      failure: { code: 'TCP_REFUSED', phase: 'gate' },
      failures: [{ code: 'TCP_REFUSED', phase: 'gate' }],
      phases: [{ phase: 'gate' }],
    })
    expect(log).toMatch(/^::error::.*Nothing listens at mcp\.example\.com:443\..*Open the port\.$/m)
    expect(log).toMatch(/^::error::Deployment failed\.$/m)
  })
})

describe('what holds a secret', () => {
  test('is redacted where it is text', async () => {
    secrets.add('hunter22')
    const { json, log } = await write(
      failed({ failures: [{ ...failure, sentence: 'It says hunter22.' }], warnings: ['hunter22 was there'] }),
    )
    expect(JSON.stringify(json)).not.toContain('hunter22')
    expect(json).toMatchObject({ failures: [{ sentence: 'It says ***.' }], warnings: ['*** was there'] })
    expect(log).not.toContain('hunter22')
  })

  test('is left out with a warning where it must be whole', async () => {
    secrets.add('hunter22')
    const report = failed()
    const { outputs, log, json } = await write({
      ...report,
      gate: { ...(report.gate as NonNullable<Report['gate']>), endpoint: 'https://hunter22.example/mcp' },
      deployment: {
        ...(report.deployment as NonNullable<Report['deployment']>),
        outputs: { url: 'https://hunter22.example', name: 'weather', list: [{ key: 'so hunter22' }], port: 8080 },
      },
      taint: { address: 'a.b["hunter22"]', why: 'x', tainted: ['a.b["hunter22"]', 'a.c'] },
    })
    expect(JSON.parse(outputs['terraform-outputs'] ?? '')).toEqual({ name: 'weather', port: 8080 })
    expect(outputs['mcp-endpoint']).toBe('')
    expect(JSON.parse(outputs.tainted ?? '')).toEqual(['a.c'])
    for (const what of ['terraform-outputs omits url', 'terraform-outputs omits list', 'mcp-endpoint', 'tainted'])
      expect(log).toMatch(new RegExp(`^::warning::The output ${what}`, 'm'))
    expect(json).toMatchObject({ taint: { tainted: ['a.c'] } })
    expect(JSON.stringify(json) + JSON.stringify(outputs)).not.toContain('hunter22')
  })

  test('is neither in the file of the plan nor in the JUnit file', async () => {
    secrets.add('hunter22')
    const report = failed()
    await write({
      ...report,
      gate: { ...(report.gate as NonNullable<Report['gate']>), endpoint: 'https://hunter22.example/mcp' },
    })
    expect(readFileSync(join(directory, reportFiles.junit), 'utf8')).toContain('https://***.example/mcp')
  })
})

test('the page of the gate is written beside the other files, without a secret', async () => {
  secrets.add('hunter22')
  const { outputs } = await write(failed({ docsUrl: 'https://github.com/acme/action/blob/v1/docs' }))
  expect(outputs['gate-page']).toBe(join(directory, 'gate.html'))
  const page = readFileSync(join(directory, 'gate.html'), 'utf8')
  expect(page).toMatch(/^<!doctype html>[\s\S]*Gate failed[\s\S]*<\/html>\n$/)
  expect(page).not.toContain('hunter22')
})

describe('a second failure', () => {
  const drift: Report['failures'][number] = {
    code: 'DRIFT',
    phase: 'drift',
    sentence: 'One thing is not as written.',
    fix: 'Apply it.',
    remedy: 'config',
  }
  const both = failed({
    command: 'verify',
    failures: [failure, drift],
    drift: { plan: 'normal', changes: [{ address: 'a.b', kind: 'update', lines: [] }], outputs: [] },
  })

  test('keeps its code, phase, sentence and fix in the report and in the annotations', async () => {
    const { outputs, json, log } = await write(both)
    expect(json).toMatchObject({ failure: { code: 'TCP_REFUSED' }, failures: [{}, drift] })
    expect(outputs['failure-code']).toBe('TCP_REFUSED')
    expect(log).toMatch(/^::error::DRIFT: One thing is not as written\.%0AWhat to do: Apply it\.$/m)
  })

  test.each([
    ['comment', (report: Report) => String(renderComment(report, '<!-- marker -->'))],
    ['summary', (report: Report) => String(renderSummary(report))],
  ])('is shown in the %s, and so is its colour', (_, render) => {
    const markdown = render(both)
    for (const text of ['**TCP&#95;REFUSED**', '**TCP_REFUSED**'].filter(each => markdown.includes(each)))
      expect(markdown.indexOf(text)).toBeLessThan(markdown.indexOf('DRIFT'))
    expect(markdown.match(/\[!CAUTION\]/g)).toHaveLength(2)
    for (const text of ['Nothing listens at', 'Open the port', 'One thing is not as written', 'Apply it'])
      expect(markdown).toContain(text)
    expect(markdown).toContain('❌ **Drift**')
  })
})

describe('the outputs of what failed', () => {
  test.each([
    ['a check', failure, { 'failure-code': 'TCP_REFUSED', 'gate-code': 'TCP_REFUSED' }],
    [
      'a command of Terraform',
      { code: 'TERRAFORM_PLAN_FAILED', phase: 'plan' },
      { 'failure-code': 'TERRAFORM_PLAN_FAILED', 'gate-code': '' },
    ],
    ['nothing', undefined, { 'failure-code': '', 'gate-code': '' }],
  ] as const)('%s', (_, of, codes) => {
    const phase = of?.phase ?? ''
    writeOutcome(of)
    const text = readFileSync(join(directory, 'output'), 'utf8')
    for (const [name, value] of Object.entries({ ...codes, 'failure-phase': phase, 'failed-phase': phase }))
      expect(text).toMatch(new RegExp(`^${name}<<(\\S+)\\n${value}\\n\\1$`, 'm'))
  })

  test('a run that ends without a failure and without what it promised fails', async () => {
    const { gate: _, ...report } = failed({ failures: [] })
    const { log } = await write(report)
    expect(process.exitCode).toBe(1)
    expect(log).toMatch(/^::error::.*RUN_INCOMPLETE/m)
  })
})
