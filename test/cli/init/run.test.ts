/** `mcp-gate init` as people run it: a process with flags or with answers on standard input, and the files that it leaves. */
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createFiles } from '../../../src/cli/init/create.ts'
import { actionOf, repositoryIn } from '../../../src/cli/init/known.ts'

const program = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url))
const all = realpathSync(mkdtempSync(join(tmpdir(), 'init-')))
afterAll(() => rmSync(all, { recursive: true, force: true }))

/** An empty directory of each test, named like a repository. */
let directory: string
beforeEach(() => {
  directory = join(mkdtempSync(join(all, 'test-')), 'orders-mcp')
  mkdirSync(directory)
})

interface Result {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs init in the directory of the test. `answers` are the lines on standard input. */
function init(
  args: readonly string[],
  answers: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Result> {
  return new Promise(resolve => {
    const child = execFile(
      process.execPath,
      [program, 'init', ...args],
      { cwd: directory, env: { PATH: process.env.PATH ?? '', HOME: all, ...env } },
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    )
    child.stdin?.end(answers.map(each => `${each}\n`).join(''))
  })
}

const flags = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).flatMap(([flag, value]) => [`--${flag}`, value])
const ecs = {
  platform: 'ecs',
  repository: 'acme/orders',
  name: 'orders',
  account: '123456789012',
  region: 'eu-west-1',
  domain: 'none',
  vpc: 'none',
  image: 'ghcr.io/acme/orders:1.0.0',
  action: 'acme/terraform-mcp-deploy@v1',
}
const endpoint = { platform: 'endpoint', endpoint: 'https://mcp.example.com/mcp', action: ecs.action }
const stackFiles = [
  '.github/workflows/deploy.yml',
  '.github/workflows/verify.yml',
  'bootstrap/.gitignore',
  'bootstrap/backend.tf.next',
  'bootstrap/main.tf',
  'production.tfvars',
]
/** The files in the directory of the test, in order. */
const written = () =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort()
const text = (path: string) => readFileSync(join(directory, path), 'utf8')

describe('flags', () => {
  test('answer every question: files are written, and what is left is listed', async () => {
    const { code, out, err } = await init(flags(ecs))
    expect([code, err.trim()]).toEqual([0, ''])
    expect(written()).toEqual(stackFiles)
    expect(out).toContain(`Created in ${directory}:\n  .github/workflows/verify.yml\n`)
    expect(out).toMatch(/1\. State, roles and registry[\s\S]* {4}terraform -chdir=bootstrap apply\n/)
    expect(out).toMatch(/2\. Variables[\s\S]* {4}gh variable set AWS_PLAN_ROLE/)
    expect(out).toMatch(/3\. Settings[^\n]*protect main/)
  })

  test('--directory writes elsewhere, --help lists every flag and writes nothing', async () => {
    mkdirSync(join(directory, 'other'))
    expect((await init([...flags(endpoint), '--directory', 'other'])).code).toBe(0)
    expect(written()).toEqual(['other/.github/workflows/verify.yml'])
    const { code, out } = await init(['--help'])
    expect(code).toBe(0)
    for (const flag of [...Object.keys(ecs), 'endpoint', 'zone', 'subnets', 'ref', 'directory', 'yes'])
      expect(out).toContain(`\n  --${flag}`)
  })

  test('--yes takes defaults: of the remote, the region in the environment and the other answers', async () => {
    mkdirSync(join(directory, '.git'))
    writeFileSync(join(directory, '.git/config'), '[remote "origin"]\n\turl = git@github.com:acme/Orders-MCP.git\n')
    const given = flags({ account: ecs.account, action: ecs.action })
    const { code, err } = await init(['--yes', ...given], [], { AWS_REGION: 'eu-north-1' })
    expect([code, err]).toEqual([0, ''])
    expect(text('bootstrap/main.tf')).toMatch(/repository {5}= "acme\/Orders-MCP"[\s\S]*servers {8}= \["orders-mcp"\]/)
    expect(text('production.tfvars')).toContain('"123456789012.dkr.ecr.eu-north-1.amazonaws.com/orders-mcp:1.0.0"')
  })

  test('in a folder of a checkout nothing is written, because GitHub reads workflows only in its root', async () => {
    mkdirSync(join(directory, '.git'))
    mkdirSync(join(directory, 'server'))
    const { code, err } = await init([...flags(endpoint), '--directory', 'server'])
    expect([code, written()]).toEqual([2, []])
    expect(err.trim()).toBe(
      `mcp-gate init: Nothing was written: ${directory}/server is not the root of its repository, and GitHub reads workflows only there. Run this in ${directory}, or use --directory. For a new repository, run git init first.`,
    )
  })

  test('that are set twice are refused, and -h is --help', async () => {
    const both = await init(['--name', 'a1', '--name', 'b1'])
    expect(both.err).toContain('Option --name is set 2 times, to "a1" and "b1": it takes one value.')
    expect((await init(['-h'])).out).toContain('Usage: mcp-gate init')
  })

  test('--yes names the flags of what has no default', async () => {
    const { code, err } = await init(['--yes'])
    expect([code, written()]).toEqual([2, []])
    expect(err).toMatch(
      /^mcp-gate init: No value for --repository, --account, --region, --action\. See mcp-gate init --help\.$/m,
    )
  })

  test('every bad value is named with its flag and what is allowed, and nothing is written', async () => {
    const { code, err } = await init(flags({ ...ecs, region: 'moon', account: '12', name: 'UPPER' }))
    expect([code, written()]).toEqual([2, []])
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/^mcp-gate init: Option --name is "UPPER": it must be 2 to 24 lower-case letters/),
      'mcp-gate init: Option --account is "12": it must be the 12 digits of an AWS account.',
      expect.stringMatching(/^mcp-gate init: Option --region is "moon": it must be a region such as eu-west-1/),
    ])
  })

  test('a control character is refused and not shown', async () => {
    const { code, err } = await init(flags({ ...ecs, name: 'or\u001b[31mders' }))
    expect([code, written()]).toEqual([2, []])
    expect(err).toMatch(/Option --name is "or\\u001b\[31mders", which holds a control character/)
    expect(err).not.toContain('\u001b')
  })

  test.each([
    [
      { ...endpoint, region: 'eu-west-1' },
      /Option --region is "eu-west-1", and nothing uses it: it needs --platform ecs, ec2, lambda or agentcore\./,
    ],
    [{ ...ecs, zone: 'Z0123456789' }, /Option --zone is "Z0123456789", .* it needs --domain with a host name\./],
    [
      { ...ecs, subnets: 'subnet-01234567,subnet-01234568' },
      /Option --subnets is .* it needs --vpc with the id of a VPC\./,
    ],
    [{ ...ecs, ref: 'v1' }, /Option --ref is "v1", and nothing uses it: it needs --platform ec2\./],
  ])('a flag that nothing uses is refused: %j', async (values, message) => {
    const { code, err } = await init(flags(values))
    expect([code, written()]).toEqual([2, []])
    expect(err).toMatch(message)
  })

  test.each([
    [['--plattform', 'ecs'], /There is no option --plattform\. Did you mean --platform\? See mcp-gate init --help\./],
    [['ecs'], /mcp-gate init takes no "ecs"\./],
    [['--name'], /Option --name needs a value: --name=VALUE\. See mcp-gate init --help\./],
    [['--yes', '--directory', 'nowhere'], /Option --directory is "nowhere": it must be a directory that exists\./],
  ])('a command line that cannot be read is refused: %j', async (args, message) => {
    const { code, err } = await init(args)
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })
})

const olderNode = '/usr/bin/node'
const isOlder =
  existsSync(olderNode) && Number(/\d+/.exec(execFileSync(olderNode, ['--version'], { encoding: 'utf8' }))) < 24
test.skipIf(!isOlder)('an older Node.js is refused with one sentence', () => {
  const dist = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url))
  const { status, stderr } = spawnSync(olderNode, [dist, 'init', '--yes'], { cwd: directory, encoding: 'utf8' })
  expect([status, written()]).toEqual([2, []])
  expect(stderr).toMatch(/^mcp-gate needs Node\.js 24 or newer, and this is v\d+\.\d+\.\d+\.$/m)
})

describe('questions', () => {
  const answers = [
    'ecs',
    'acme/orders',
    'orders',
    '123456789012',
    'eu-west-1',
    'mcp.acme.dev',
    'Z0123456789ABCDEFGHIJ',
    '',
    '',
    ecs.action,
  ]

  test('are answered on standard input; an empty line is the default', async () => {
    const { code, err } = await init([], answers)
    expect(code, err).toBe(0)
    expect(err).toContain('Platform (ecs, ec2, lambda, agentcore, endpoint) [ecs]: ')
    expect(written()).toEqual(stackFiles)
    expect(text('production.tfvars')).toContain(
      'dns   = { domain_name = "mcp.acme.dev", zone_id = "Z0123456789ABCDEFGHIJ" }',
    )
    expect(text('bootstrap/main.tf')).toContain('hosted_zones   = { Z0123456789ABCDEFGHIJ = ["mcp.acme.dev"] }')
  })

  test('that a flag answers are not asked', async () => {
    const { code, err } = await init(flags({ platform: 'endpoint', action: ecs.action }), [endpoint.endpoint])
    expect(code, err).toBe(0)
    expect(err.trim()).toBe('URL of the MCP endpoint:')
    expect(text('.github/workflows/verify.yml')).toContain('          - https://mcp.example.com/mcp\n')
  })

  test('depend on the answers before: a network of its own has no subnets, EC2 has no image', async () => {
    const ec2 = [
      'ec2',
      'acme/orders',
      'orders',
      '123456789012',
      'eu-west-1',
      'none',
      'vpc-01234567',
      'subnet-01234567',
      'v2',
      ecs.action,
    ]
    const { code, err } = await init([], ec2)
    expect(code, err).toBe(0)
    expect(err).not.toMatch(/image|zone that holds/)
    expect(text('production.tfvars')).toBe(`name    = "orders"
git     = { url = "https://github.com/acme/orders.git", ref = "v2" }
network = { vpc_id = "vpc-01234567", subnet_id = "subnet-01234567" }

# Made with the two roles. Without it the apply role may not make a role for the server.
permissions_boundary_arn = "arn:aws:iam::123456789012:policy/mcp-deploy-servers"

# A trial: whatever clients send can be read on the way. Give dns instead.
allow_insecure_http = true
`)
  })

  test('without an answer are an error that names their flags', async () => {
    const { code, err } = await init(flags({ platform: 'ecs', region: 'eu-west-1' }))
    expect([code, written()]).toEqual([2, []])
    expect(err).toContain('No value for --repository, --name, --account, --domain, --vpc, --image, --action. Add --yes')
  })

  test('that end early are an error, and nothing is written', async () => {
    const { code, err } = await init([], answers.slice(0, 4))
    expect([code, written()]).toEqual([2, []])
    expect(err).toContain('No value for --region, --domain, --vpc, --image, --action.')
  })

  test('a bad answer in a list of answers is an error that names the flag', async () => {
    const { code, err } = await init([], ['ecs', 'not a repository', ...answers.slice(2)])
    expect([code, written()]).toEqual([2, []])
    expect(err).toContain('Option --repository is "not a repository": it must be OWNER/NAME')
  })

  const hasScript = existsSync('/usr/bin/script')
  test.skipIf(!hasScript)('a bad answer on a terminal is asked again', () => {
    const command = `'${process.execPath}' '${program}' init --platform endpoint --action ${ecs.action}`
    const shown = execFileSync('/usr/bin/script', ['-qec', command, '/dev/null'], {
      cwd: directory,
      input: 'mcp.example.com\nhttps://mcp.example.com/mcp\n',
      encoding: 'utf8',
    })
    expect(shown.match(/URL of the MCP endpoint: /g)).toHaveLength(2)
    expect(shown).toContain('Option --endpoint is "mcp.example.com": it must be an http or https URL')
    expect(written()).toEqual(['.github/workflows/verify.yml'])
  })
})

describe('nothing is overwritten', () => {
  test('all files that exist are in one message, and nothing is written', async () => {
    mkdirSync(join(directory, '.github/workflows'), { recursive: true })
    writeFileSync(join(directory, '.github/workflows/deploy.yml'), 'mine')
    writeFileSync(join(directory, 'production.tfvars'), 'mine')
    const { code, err } = await init(flags(ecs))
    expect(code).toBe(2)
    expect(err).toContain('these exist: .github/workflows/deploy.yml, production.tfvars. Move them away')
    expect(written()).toEqual(['.github/workflows/deploy.yml', 'production.tfvars'])
    expect([text('.github/workflows/deploy.yml'), text('production.tfvars')]).toEqual(['mine', 'mine'])
    expect(existsSync(join(directory, 'bootstrap'))).toBe(false)
  })

  test('a second run changes nothing', async () => {
    expect((await init(flags(ecs))).code).toBe(0)
    const before = stackFiles.map(text)
    const { code, err } = await init(flags({ ...ecs, name: 'other' }))
    expect(code).toBe(2)
    for (const path of stackFiles) expect(err).toContain(path)
    expect(stackFiles.map(text)).toEqual(before)
  })

  test('a .gitignore of the repository is no obstacle', async () => {
    writeFileSync(join(directory, '.gitignore'), 'dist/\n')
    expect((await init(flags(ecs))).code).toBe(0)
    expect(text('.gitignore')).toBe('dist/\n')
    expect(text('bootstrap/.gitignore')).toBe('.terraform/\n*.tfstate\n*.tfstate.*\n')
  })

  test.each([
    ['a file', 'production.tfvars', 'target'],
    ['a file, to nothing', 'production.tfvars', 'nowhere'],
    ['a directory', 'bootstrap', '.'],
    ['the first directory', '.github', '.'],
  ])('a symbolic link in place of %s is refused', async (_, path, target) => {
    const outside = join(directory, '../outside')
    mkdirSync(outside, { recursive: true })
    writeFileSync(join(outside, 'target'), 'not yours')
    symlinkSync(join(outside, target), join(directory, path))
    const { code, err } = await init(flags(ecs))
    expect(code).toBe(2)
    expect(err).toContain(`these exist: ${path} (a symbolic link).`)
    expect(readdirSync(outside)).toEqual(['target'])
    expect(readFileSync(join(outside, 'target'), 'utf8')).toBe('not yours')
    expect(lstatSync(join(directory, path)).isSymbolicLink()).toBe(true)
    expect(readdirSync(directory)).toEqual([path])
  })

  test('a file in place of a directory is refused', async () => {
    writeFileSync(join(directory, '.github'), 'a file')
    const { code, err } = await init(flags(ecs))
    expect(code).toBe(2)
    expect(err).toContain('these exist: .github (not a directory).')
    expect(written()).toEqual(['.github'])
  })

  test('of two at once one writes all its files, and the other one nothing', { timeout: 120_000 }, async () => {
    const runs = await Promise.all(['one', 'two', 'three'].map(name => init(flags({ ...ecs, name }))))
    expect(runs.map(({ code }) => code).sort()).toEqual([0, 2, 2])
    const winner = ['one', 'two', 'three'][runs.findIndex(({ code }) => code === 0)] ?? ''
    expect(written()).toEqual(stackFiles)
    for (const path of ['production.tfvars', 'bootstrap/main.tf']) expect(text(path)).toContain(`"${winner}"`)
    expect(text('.github/workflows/deploy.yml')).toContain(`key=${winner}/production.tfstate`)
  })

  test('a file that appears after the check stops it, and what it created is removed', () => {
    const files = [
      { path: 'a/b/first', text: '1' },
      { path: 'c/second', text: '2' },
      { path: 'a/b/first', text: 'somebody was faster' },
    ]
    mkdirSync(join(directory, 'c'))
    expect(() => createFiles(directory, files)).toThrow(/Nothing was written.*these exist: a\/b\/first\./)
    expect(readdirSync(directory)).toEqual(['c'])
    expect(readdirSync(join(directory, 'c'))).toEqual([])
  })

  test('a directory that cannot be written is the reason that is reported', () => {
    const files = [{ path: '.github/workflows/verify.yml', text: '' }]
    // Linux lets nobody create a folder here, root included.
    expect(() => createFiles('/proc', files)).toThrow(
      /^The files cannot be written, and none of them exists: \w+: .*, mkdir '\/proc\/\.github'\.$/,
    )
  })
})

describe('what is known before', () => {
  test.each([
    ['git@github.com:acme/orders.git', 'acme/orders'],
    ['https://github.com/acme/orders', 'acme/orders'],
    ['git+ssh://git@github.com/acme/orders.git#abc', 'acme/orders'],
    ['https://gitlab.example.com/acme/orders.git', undefined],
    ['', undefined],
  ])('the repository of %s', (address, repository) => {
    expect(repositoryIn(address)).toBe(repository)
  })

  test('the commit that npx downloaded is the action of the workflows', () => {
    const lock = (resolved: string) =>
      JSON.stringify({ packages: { 'node_modules/terraform-mcp-deploy': { resolved } } })
    const commit = '0123456789abcdef0123456789abcdef01234567'
    expect(actionOf(lock(`git+ssh://git@github.com/Acme/terraform-mcp-deploy.git#${commit}`))).toBe(
      `Acme/terraform-mcp-deploy@${commit}`,
    )
    for (const other of ['git+file:///tmp/x#1', `git+ssh://git@example.com/a/b.git#${commit}`, ''])
      expect(actionOf(lock(other))).toBeUndefined()
    expect(actionOf('not JSON')).toBeUndefined()
  })
})
