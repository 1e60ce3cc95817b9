/**
 * `npm run bench [-- DIST]`: the budgets of the design as medians and ratios, printed and written to docs/performance.md with the
 * machine and the day. Nothing here passes or fails: machines are shared, and a time on one of them is not a time on another.
 * DIST is the dist/index.js of another action, whose cold start is measured in the same run.
 */
import { execFileSync, fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { rolldown } from 'rolldown'
import { parse } from 'yaml'
import { gate } from '../src/gate/gate.ts'
import { durationsFile, type TestDurations } from '../test/support/closing-line.ts'
import { faulty, reply } from '../test/support/mcp/faults.ts'
import { hostileReplies, hostileServers, measuredGate } from '../test/support/mcp/hostile.ts'
import { listenHttp } from '../test/support/mcp/listen.ts'
import { v1StatefulApp } from '../test/support/mcp/servers.ts'
import { missingParts } from '../test/support/needs.ts'
import { runAction } from '../test/support/runner.ts'
import { measurePullRequest } from './bench-pull-request.ts'
import { countRequests } from './bench-requests.ts'
import { generateStacks } from './bench-stacks.ts'
import { between } from './readme-tables.ts'

const root = join(import.meta.dirname, '..')
const page = join(root, 'docs/performance.md')
const dist = join(root, 'dist/index.js')

interface Row {
  readonly what: string
  readonly measured: string
  readonly budget: string
}

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b)
const median = (values: readonly number[]) => sorted(values)[values.length >> 1] ?? Number.NaN

/** Milliseconds of each run. */
async function times(runs: number, action: () => unknown): Promise<number[]> {
  const measured: number[] = []
  for (let run = 0; run < runs; run++) {
    const started = performance.now()
    await action()
    measured.push(performance.now() - started)
  }
  return measured
}

/** What the runner gives an action: every input of action.yml with its default, and the variables of a run. */
function runnerEnvironment(event: string, inputs: Record<string, string>, scratch: string): NodeJS.ProcessEnv {
  const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
    inputs: Record<string, { default?: string }>
  }
  const payload = join(scratch, 'event.json')
  writeFileSync(payload, '{"repository":{"default_branch":"main"}}')
  const workspace = join(scratch, 'workspace')
  mkdirSync(workspace, { recursive: true })
  const files = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'].map(
    name => [name, join(scratch, name)] as const,
  )
  for (const [, file] of files) writeFileSync(file, '')
  return {
    ...Object.fromEntries(
      Object.entries({ ...action.inputs, ...inputs }).map(([name, value]) => [
        `INPUT_${name.toUpperCase()}`,
        typeof value === 'string' ? value : String(value.default ?? '').replace(/\$\{\{.*\}\}/, ''),
      ]),
    ),
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: payload,
    GITHUB_REPOSITORY: 'acme/weather',
    GITHUB_REF: 'refs/heads/topic',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: scratch,
    ...Object.fromEntries(files),
  }
}

/** Bytes of the files that a file of dist loads before its first line runs. */
function bytesLoaded(file: string, counted = new Set<string>()): number {
  const path = join(root, 'dist', file)
  if (counted.has(path)) return 0
  counted.add(path)
  const text = readFileSync(path, 'utf8')
  const imports = [...text.matchAll(/^(?:import|export)\b[^'"]*?["'](\.[^"']+)["']/gm)].map(([, to = '']) => to)
  return imports.reduce(
    (sum, to) => sum + bytesLoaded(relative(join(root, 'dist'), join(dirname(path), to)), counted),
    Buffer.byteLength(text),
  )
}

/**
 * How long until the action does something: an event that starts nothing, and `verify` up to its first request, beside an
 * empty Node process and another action. In turns, so that a load on the machine hits all alike.
 */
async function coldStart(other: string | undefined): Promise<Row[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-start-'))
  let asked = Promise.withResolvers<void>()
  await using server = await listenHttp((_, res) => {
    asked.resolve()
    res.writeHead(404).end()
  })
  const node = (args: string[], env: NodeJS.ProcessEnv) => async () => {
    const [ms = 0] = await times(1, () => spawnSync(process.execPath, args, { env }))
    return ms
  }
  const verify = runnerEnvironment('schedule', { 'mcp-endpoint': `${server.url}/mcp`, comment: 'never' }, scratch)
  const untilRequest = async () => {
    asked = Promise.withResolvers<void>()
    const started = performance.now()
    const child = spawn(process.execPath, [dist], { env: verify, stdio: 'ignore' })
    await asked.promise
    const ms = performance.now() - started
    child.kill('SIGKILL')
    await once(child, 'exit')
    return ms
  }
  const runs: [string, () => Promise<number>][] = [
    ['empty', node(['-e', ''], {})],
    ['nothing', node([dist], runnerEnvironment('push', {}, scratch))],
    ['verify', untilRequest],
    ...(other === undefined ? [] : ([['other', node([other], {})]] as typeof runs)),
  ]
  const measured = new Map(runs.map(([name]) => [name, [] as number[]]))
  for (let turn = 0; turn < 15; turn++) for (const [name, run] of runs) measured.get(name)?.push(await run())
  rmSync(scratch, { recursive: true, force: true })
  const of = (name: string) => median(measured.get(name) ?? [])
  const beside = (ms: number) =>
    other === undefined ? '' : `, ${(ms / of('other')).toFixed(2)} × the other action's ${of('other').toFixed(0)} ms`
  const row = (what: string, name: string): Row => ({
    what: `start: ${what}`,
    measured: `${of(name).toFixed(0)} ms, ${(of(name) / of('empty')).toFixed(2)} × an empty Node process (${of('empty').toFixed(0)} ms)${beside(of(name))}`,
    budget: "≤ 1.8 × an empty Node process, ≤ 0.4 × setup-terraform's dist",
  })
  const kilobytes = (file: string) => `${(bytesLoaded(file) / 1000).toFixed(0)} KB`
  return [
    row('an event that starts nothing', 'nothing'),
    row('`command: verify` up to its first request', 'verify'),
    { what: 'start: dist/index.js with what it loads at once', measured: kilobytes('index.js'), budget: '≤ 400 KB' },
    { what: 'start: dist/post.js with what it loads at once', measured: kilobytes('post.js'), budget: '≤ 50 KB' },
  ]
}

/**
 * Each in a process of its own, whose memory is the answer, and once in it, as the action makes one comment. The sources are bundled as for
 * dist, because Node.js needs 45 MiB to remove their types, which the action does not need.
 */
async function plans(): Promise<Row[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-plan-'))
  const program = join(scratch, 'bench-plan.mjs')
  const bundle = await rolldown({
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
    input: join(root, 'scripts/bench-plan.ts'),
    treeshake: { moduleSideEffects: [{ test: /node_modules\/(@actions|undici|tunnel)\//, sideEffects: false }] },
  })
  await bundle.write({ file: program, format: 'esm', comments: false })
  await bundle.close()
  const budgets = [
    [10, 50],
    [1_000, 100],
    [10_000, 300],
    ['large', 300],
  ] as const
  const rows = budgets.map(([n, budget]): Row => {
    const runs = Array.from({ length: 7 }, () => {
      const { stdout } = spawnSync(process.execPath, [program, `${n}`], { encoding: 'utf8' })
      // Before it stand the commands that tell the runner what to mask.
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<
        'ms' | 'cpuMs' | 'units' | 'mib' | 'bytes',
        number
      >
    })
    const middle = (key: 'ms' | 'cpuMs' | 'mib') => median(runs.map(run => run[key])).toFixed(0)
    const { units = 0, bytes = 0 } = runs[0] ?? {}
    const least = Math.min(...runs.map(({ ms }) => ms)).toFixed(0)
    return {
      what: `plan → comment, ${n === 'large' ? 'one resource of 2 MB' : `${n.toLocaleString('en')} resources`} (${(bytes / 1e6).toFixed(1)} MB)`,
      measured: `${middle('ms')} ms (best ${least}, processors ${middle('cpuMs')}), ${units.toLocaleString('en')} characters, ${middle('mib') === '0' ? 'memory not measured' : `${middle('mib')} MiB`}`,
      budget: `≤ ${budget} ms, ≤ 65,000, ≤ 200 MiB`,
    }
  })
  rmSync(scratch, { recursive: true, force: true })
  return rows
}

/** What the plan of a pull request takes beside the bare commands, for few resources and for many. */
async function pullRequests(): Promise<Row[]> {
  const missing = await missingParts()
  const what = (resources: number) => `a pull request in all, ${resources.toLocaleString('en')} resources`
  if (missing.length > 0) return [{ what: what(10), measured: `not measured: ${missing.join(' ')}`, budget: '≤ + 1 s' }]
  const secondsOf = (ms: number) => `${(ms / 1000).toFixed(2)} s`
  const measure = async (resources: number, turns: number) => {
    const measured = await measurePullRequest(root, { resources, turns, maxMs: 75_000 })
    const own = median(measured.map(({ actionMs, terraformMs }) => actionMs - terraformMs))
    const over = median(measured.map(({ actionMs, bareMs }) => actionMs - bareMs))
    const [action, bare] = [median(measured.map(each => each.actionMs)), median(measured.map(each => each.bareMs))]
    const beside = `${secondsOf(action)} beside ${secondsOf(bare)} of the bare commands (median of the differences ${secondsOf(over)})`
    return { own, text: `+ ${secondsOf(own)} without its Terraform processes; ${beside}` }
  }
  const [few, many] = [await measure(10, 7), await measure(10_000, 3)]
  return [
    { what: what(10), measured: few.text, budget: '≤ + 1 s' },
    {
      what: what(10_000),
      measured: `${many.text}; ${secondsOf(many.own - few.own)} more than for 10`,
      budget: '≤ + 0.3 s more than for 10',
    },
  ]
}

/** What a pull request starts, counted by a program on PATH that notes its arguments and becomes Terraform. */
async function processes(): Promise<Row[]> {
  const missing = await missingParts()
  const what = 'Terraform processes for a pull request'
  const budget = 'init, plan, show -json, and no more than one cheap one'
  if (missing.length > 0) return [{ what, measured: `not measured: ${missing.join(' ')}`, budget }]
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'))
  const path = process.env.PATH ?? ''
  try {
    const terraform = execFileSync('sh', ['-c', 'command -v terraform'], { encoding: 'utf8' }).trim()
    const [bin, log] = [join(scratch, 'bin'), join(scratch, 'calls')]
    for (const directory of [bin, join(scratch, 'workspace/infra'), join(scratch, 'temp')])
      mkdirSync(directory, { recursive: true })
    writeFileSync(join(bin, 'terraform'), `#!/bin/sh\necho "$*" >> '${log}'\nexec '${terraform}' "$@"\n`)
    chmodSync(join(bin, 'terraform'), 0o755)
    writeFileSync(
      join(scratch, 'workspace/infra/main.tf'),
      'resource "terraform_data" "one" {}\noutput "mcp_endpoint" { value = "http://127.0.0.1:9/mcp" }\noutput "instance_id" { value = "i-1" }\n',
    )
    process.env.PATH = `${bin}${delimiter}${path}`
    const { conclusion, log: said } = await runAction({
      action: root,
      inputs: { command: 'plan', 'working-directory': 'infra', comment: 'never', 'plan-approval': 'none' },
      event: { name: 'push', payload: { repository: { default_branch: 'main' } } },
      workspace: join(scratch, 'workspace'),
      temp: join(scratch, 'temp'),
      github: {
        apiUrl: 'http://127.0.0.1:9',
        token: '',
        repository: 'acme/weather',
        sha: '0'.repeat(40),
        ref: 'refs/heads/main',
      },
    })
    if (conclusion !== 'success') throw new Error(`The plan whose processes are counted failed:\n${said}`)
    const calls = readFileSync(log, 'utf8').trim().split('\n')
    const named = calls.map(call =>
      /^show .*-json|^show -json/.test(call) ? 'show -json' : (call.split(' ')[0] ?? ''),
    )
    return [{ what, measured: `${calls.length}: ${named.join(', ')}`, budget }]
  } finally {
    process.env.PATH = path
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** The requests to GitHub, for a few resources and for many. */
async function requests(): Promise<Row[]> {
  const missing = await missingParts()
  const budget = 'the same for 10 and for 200 resources'
  if (missing.length > 0)
    return [{ what: 'requests to GitHub', measured: `not measured: ${missing.join(' ')}`, budget }]
  const counted = await countRequests(root, [10, 200])
  return counted
    .filter(({ resources }) => resources === 10)
    .map(({ what, count, operations }) => {
      const many = counted.find(each => each.what === what && each.resources !== 10)
      const growth = many?.count === count ? '' : ` (${many?.count} for 200 resources)`
      return { what: `requests to GitHub: ${what}`, measured: `${count}${growth}: ${operations}`, budget }
    })
}

/** One discovery over a generated repository, from its files to the matrices. */
async function discovery(): Promise<Row[]> {
  const repository = mkdtempSync(join(tmpdir(), 'bench-stacks-'))
  try {
    const measured = median(await times(5, generateStacks(repository, 1_000)))
    return [
      {
        what: 'discover: 1,000 stacks with modules and var files',
        measured: `${(measured / 1000).toFixed(2)} s`,
        budget: '≤ 1 s',
      },
    ]
  } finally {
    rmSync(repository, { recursive: true, force: true })
  }
}

async function gates(): Promise<Row[]> {
  const server = fork(join(root, 'scripts/bench-server.ts'))
  const [url] = (await once(server, 'message')) as [string]
  const request = {
    endpoint: `${url}/mcp`,
    require: 'legacy',
    transport: 'auto',
    headers: {},
    tools: [],
    rounds: 1,
    timeoutMs: 10_000,
  } as const
  /** The round itself, without the survey of the targets after it. */
  const round = async () => (await gate(request, () => {})).rounds[0]?.elapsedMs ?? Number.NaN
  const sdk = async () => {
    const client = new Client({ name: 'bench', version: '1.0.0' })
    await client.connect(new StreamableHTTPClientTransport(new URL(request.endpoint)))
    await client.listTools()
    await client.close()
  }
  /** Milliseconds of the gate and of the client, in turns. */
  const turns = async () => {
    const [ours, theirs]: [number[], number[]] = [[], []]
    for (let run = 0; run < 31; run++) {
      ours.push(await round())
      theirs.push(...(await times(1, sdk)))
    }
    return { ours: median(ours), ratio: median(ours) / median(theirs) }
  }
  const cold = await turns()
  const warm = await turns()
  const wrong = await times(5, () => gate({ ...request, endpoint: `${url}/wrong` }, () => {}))
  server.kill()

  /** From the moment a server becomes healthy to the gate's first green round, at a random moment of its wait. */
  const untilGreen = async (): Promise<number> => {
    const healthy = Date.now() + 3_000 + Math.random() * 2_000
    const { app } = v1StatefulApp()
    await using balancer = await listenHttp((req, res) => {
      if (Date.now() >= healthy) app(req, res)
      else res.writeHead(503, { server: 'awselb/2.0' }).end('503')
    })
    const { rounds } = await gate({ ...request, endpoint: `${balancer.url}/mcp`, timeoutMs: 20_000 }, () => {})
    const green = rounds.find(({ verdict }) => verdict === 'green')
    return green === undefined ? Number.NaN : Date.parse(green.startedAt) + green.elapsedMs - healthy
  }
  const waits = await Promise.all(Array.from({ length: 9 }, untilGreen))
  return [
    {
      what: 'gate: healthy → first green round',
      measured: `${median(waits).toFixed(0)} ms`,
      budget: '≤ 0.5 s at the median',
    },
    {
      what: 'gate: a fault with action `config` is named',
      measured: `${(median(wrong) / 1000).toFixed(2)} s`,
      budget: '≤ 3 s',
    },
    {
      what: 'gate: one round of the legacy era, SDK 1 server',
      measured: `${warm.ours.toFixed(1)} ms, ${warm.ratio.toFixed(2)} × the SDK client's connect + list, after 31 turns; ${cold.ratio.toFixed(2)} × in these`,
      budget: '≤ 0.7 ×',
    },
  ]
}

/** The largest peak of all that is thrown at it, each in a process of its own. Linux only. */
async function memory(): Promise<Row[]> {
  const what = `memory of the gate, ${hostileReplies.length + hostileServers.length} hostile servers`
  const budget = '≤ 150 MiB'
  if (process.platform !== 'linux') return [{ what, measured: 'not measured: only Linux reports the peak', budget }]
  using measured = await measuredGate()
  const peaks: [name: string, mib: number][] = []
  for (const [name, type, content, headers] of hostileReplies) {
    const body = content()
    await using server = await faulty((_asked, _request, response) => reply(response, 200, type, body, headers))
    peaks.push([name, (await measured.ask(server.url)).peakMiB])
  }
  for (const [name, answer] of hostileServers) {
    await using server = await faulty(answer)
    peaks.push([name, (await measured.ask(server.url)).peakMiB])
  }
  const [name, mib] = peaks.reduce((most, each) => (each[1] > most[1] ? each : most))
  return [{ what, measured: `${mib.toFixed(0)} MiB at the most (${name})`, budget }]
}

/** The duration of the last test run on this machine, and its longest files. */
function tests(): Row[] {
  const budget = '≤ 20 minutes for all of .ci/run'
  if (!existsSync(durationsFile)) return [{ what: 'tests', measured: 'not measured: no test has run here', budget }]
  const { tests, elapsedMs, files } = JSON.parse(readFileSync(durationsFile, 'utf8')) as TestDurations
  const longest = files.slice(0, 5).map(({ file, ms }) => `${file} ${(ms / 1000).toFixed(0)} s`)
  return [
    {
      what: `tests: the last run, ${tests.toLocaleString('en')} tests in ${files.length} files`,
      measured: `${(elapsedMs / 60_000).toFixed(1)} min; longest: ${longest.join(', ')}`,
      budget,
    },
  ]
}

/** Of the machine what a time depends on, and nothing that names it. */
function machine(): string {
  const [cpu] = cpus()
  const terraform = spawnSync('terraform', ['version', '-json'], { encoding: 'utf8' }).stdout
  const version = terraform ? (JSON.parse(terraform) as { terraform_version: string }).terraform_version : 'none'
  const [load = 0] = loadavg()
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)} with Node.js ${process.versions.node} and Terraform ${version},`,
    `on ${cpus().length} cores of ${cpu?.model.trim()} with ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform} ${process.arch}.`,
    `Load of the machine when it began: ${load.toFixed(1)}.`,
  ].join('\n')
}

const measuredOn = machine()
// One line for each group of rows: another benchmark is one more.
const rows = [
  ...(await coldStart(process.argv[2])),
  ...(await plans()),
  ...(await pullRequests()),
  ...(await processes()),
  ...(await requests()),
  ...(await discovery()),
  ...(await gates()),
  ...(await memory()),
  ...tests(),
]
const table = [
  '| what | measured | budget |',
  '| --- | --- | --- |',
  ...rows.map(({ what, measured, budget }) => `| ${what} | ${measured} | ${budget} |`),
].join('\n')
console.log(`${measuredOn}\n\n${table}`)
writeFileSync(
  page,
  between(readFileSync(page, 'utf8'), 'bench', `\n${measuredOn}\n\n${table}\n`, 'docs/performance.md'),
)
