/** What `mcp-gate init` writes, compared with the pages and modules that it comes from. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { exampleAnswers, exampleFiles, outdatedExamples, readExampleSources } from '../../../scripts/examples.ts'
import { filesFor, sourcePages, stepsFor } from '../../../src/cli/init/files.ts'
import { readPage } from '../../../src/cli/init/page.ts'
import { faultOf, platforms, questions, type Texts } from '../../../src/cli/init/questions.ts'
import { codeBlocks, fileBlocks } from '../../support/markdown-blocks.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const sources = readExampleSources(root)
const pageFiles = fileBlocks(codeBlocks(sources.stack))
/** A file of the page without the line that names it. */
const onPage = (path: string) => (pageFiles.get(path) ?? '').replace(/^.*\n/, '')

const digest = `@sha256:${'a'.repeat(64)}`
const registry = '998877665544.dkr.ecr.eu-west-3.amazonaws.com/orders-mcp'
/** Answers for a platform that share no name with the example of the page. */
function answersFor(platform: string, more: Texts = {}): Texts {
  const all: Texts = {
    platform,
    endpoint: 'https://orders.example.net/mcp',
    repository: 'Umbrella/orders',
    name: 'orders-mcp',
    account: '998877665544',
    region: 'eu-west-3',
    domain: 'orders.example.net',
    zone: 'Z99988877766655544433',
    vpc: 'vpc-0123456789abcdef0',
    subnets: platform === 'ec2' ? 'subnet-0a' : 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
    image: registry + (platform === 'agentcore' ? digest : ':1.0.0'),
    ref: 'v2.1.0',
    action: 'Umbrella/terraform-mcp-deploy@0123456789abcdef0123456789abcdef01234567',
    ...more,
  }
  const answers: Partial<Record<string, string>> = {}
  for (const { flag, applies } of questions) if (applies(answers)) answers[flag] = all[flag] ?? ''
  return answers
}
const fileOf = (answers: Texts, path: string) => filesFor(answers, sources).find(file => file.path === path)?.text ?? ''

describe('the text has one source', () => {
  const ecs = exampleAnswers.ecs ?? {}
  test.each(['.github/workflows/deploy.yml', '.github/workflows/verify.yml'])('%s is that of the page', path => {
    expect(fileOf(ecs, path)).toBe(
      onPage(path)
        .replace(/^ *mcp-tools: .*\n/m, '')
        .replaceAll('acme-weather-terraform-state', 'weather-terraform-state-123456789012'),
    )
  })

  test('the variable file is that of the page', () => {
    expect(fileOf(ecs, 'production.tfvars')).toBe(onPage('production.tfvars'))
  })

  test('the bootstrap is that of the page', () => {
    const named = (path: string) =>
      onPage(path).replace('acme-weather-terraform-state', 'weather-terraform-state-123456789012')
    expect(fileOf(ecs, 'bootstrap/main.tf')).toBe(named('bootstrap/main.tf'))
    expect(fileOf(ecs, 'bootstrap/backend.tf.next')).toBe(named('bootstrap/backend.tf'))
  })

  test('an endpoint that is deployed elsewhere gets the workflow of the recipe, with its URL', () => {
    const recipe = (fileBlocks(codeBlocks(sources.endpoint)).get('.github/workflows/verify.yml') ?? '').replace(
      /^.*\n/,
      '',
    )
    const [{ path, text } = { path: '', text: '' }, ...others] = filesFor(exampleAnswers.endpoint ?? {}, sources)
    expect([path, others]).toEqual(['.github/workflows/verify.yml', []])
    expect(text).toBe(recipe.replace(/^ *- https:\/\/search\.example\.com\/mcp\n/m, ''))
  })

  test('the commands that are left are those of the page', () => {
    const left = stepsFor(ecs, sources).flatMap(({ lines }) => lines)
    const page = sources.stack.replaceAll('acme-weather-terraform-state', 'weather-terraform-state-123456789012')
    const own = left.filter(each => !page.includes(`\n${each}\n`))
    expect(own).toEqual(['mv bootstrap/backend.tf.next bootstrap/backend.tf'])
  })

  test('inputs that the page does not have are those of the recipes', () => {
    expect(read('docs/recipes/ec2.md')).toContain('          mcp-timeout: 15m # the first certificate takes its time\n')
    expect(fileOf(answersFor('ec2'), '.github/workflows/deploy.yml')).toContain(
      '\n          mcp-timeout: 15m # the first',
    )
  })

  test('the pages are in the package that npx downloads', () => {
    const shipped = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' }),
    )
    const paths = (shipped as [{ files: { path: string }[] }])[0].files.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(Object.values(sourcePages)))
  })

  test('a page that lost its text is an error, and not a file without it', () => {
    const changed = { ...sources, stack: sources.stack.replace('  servers        = ["weather"]\n', '') }
    expect(() => filesFor(ecs, changed)).toThrow(/The page has nothing like/)
    expect(() => readPage(sources.stack).file('other.tf')).toThrow('The page has no file other.tf.')
    expect(() => readPage(sources.stack).commands('terraform')).toThrow(/not one block/)
  })
})

describe.each(platforms)('%s', platform => {
  const files = filesFor(answersFor(platform), sources)

  test('no name of the example is left, in files or commands', () => {
    const texts = [
      ...files.map(({ text }) => text),
      ...stepsFor(answersFor(platform), sources).flatMap(({ lines }) => lines),
    ]
    expect(texts.join('\n')).not.toMatch(
      /OWNER\/|acme|weather|123456789012|us-east-1|mcp\.example\.com|search\.example|Z0123456789ABCDEFGHIJ|@v1\b|ref=v1\b/,
    )
  })

  test('the workflows have inputs of the action and the permissions of the page', () => {
    const { inputs } = parse(read('action.yml')) as { inputs: Record<string, unknown> }
    for (const { path, text } of files.filter(file => file.path.endsWith('.yml'))) {
      const workflow = parse(text) as {
        permissions: object
        jobs: Record<string, { permissions: object; steps: Step[] }>
      }
      expect(workflow.permissions).toEqual({})
      const source = platform === 'endpoint' ? sources.endpoint : sources.stack
      const page = parse(fileBlocks(codeBlocks(source)).get(path) ?? '') as typeof workflow
      for (const [id, job] of Object.entries(workflow.jobs)) {
        expect(job.permissions).toEqual(page.jobs[id]?.permissions)
        const [step] = job.steps.filter(({ uses }) => uses?.startsWith('Umbrella/terraform-mcp-deploy@'))
        expect(Object.keys(step?.with ?? {}).filter(name => !(name in inputs))).toEqual([])
        if (platform !== 'endpoint') expect(step?.with?.stack).toBe(platform)
        for (const { uses } of job.steps) expect(uses).toMatch(/@[0-9a-f]{40}$/)
      }
    }
  })

  test.skipIf(platform === 'endpoint')('every value is a variable of its module', () => {
    const variablesOf = (module: string) =>
      [...read(`terraform/${module}/variables.tf`).matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name)
    const given = [...fileOf(answersFor(platform), 'production.tfvars').matchAll(/^(\w+) +=/gm)].map(([, name]) => name)
    expect(given).toEqual(expect.arrayContaining(['name', 'permissions_boundary_arn']))
    expect(given.filter(name => !variablesOf(platform).includes(name))).toEqual([])
    const bootstrap = fileOf(answersFor(platform), 'bootstrap/main.tf')
    for (const [, module = '', body = ''] of bootstrap.matchAll(
      /\/\/terraform\/([\w-]+)\?[^\n]*\n([^}]*(?:\{[^}]*\}[^}]*)*)\n}/g,
    )) {
      const names = [...body.matchAll(/^ {2}(\w+) +=/gm)].map(([, name]) => name)
      expect(names.filter(name => !variablesOf(module).includes(name))).toEqual([])
    }
  })
})

interface Step {
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
}

test('an answer that is a name of the example is not replaced again', () => {
  const answers = {
    ...answersFor('ecs', { domain: 'none' }),
    name: 'weather',
    repository: 'weather/acme',
    region: 'eu-west-1',
  }
  const bootstrap = fileOf(answers, 'bootstrap/main.tf')
  expect(bootstrap).toContain('"weather/acme"')
  expect(bootstrap).toContain('servers        = ["weather"]')
})

test('a name of the example inside a longer word stays', () => {
  const changed = {
    ...sources,
    stack: sources.stack.replace('issue: failures', 'issue: failures # current_weather my-weather'),
  }
  const [verify] = filesFor(answersFor('ecs'), changed)
  expect(verify?.text).toContain('issue: failures # current_weather my-weather\n')
})

test('without a domain there is no zone, and plain HTTP is named a trial; Lambda has a name of AWS', () => {
  for (const platform of ['ecs', 'ec2'] as const) {
    const answers = answersFor(platform, { domain: 'none' })
    expect(fileOf(answers, 'production.tfvars')).toMatch(/\n# A trial: .*\nallow_insecure_http = true\n$/)
    expect(fileOf(answers, 'bootstrap/main.tf')).not.toContain('hosted_zones')
  }
  const answers = answersFor('lambda', { domain: 'none' })
  expect(fileOf(answers, 'production.tfvars')).not.toMatch(/dns|allow_insecure_http/)
})

test('the roles know the platform and the network', () => {
  expect(fileOf(answersFor('ecs'), 'bootstrap/main.tf')).toContain(
    '  networks       = { vpc_ids = ["vpc-0123456789abcdef0"], subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] }\n',
  )
  expect(fileOf(answersFor('ecs'), 'bootstrap/main.tf')).not.toContain('stacks ')
  expect(fileOf(answersFor('lambda'), 'bootstrap/main.tf')).toMatch(
    / {2}stacks {9}= \["lambda"\]\n[\s\S]* {2}lambda = true\n/,
  )
  expect(fileOf(answersFor('agentcore'), 'bootstrap/main.tf')).toContain('  plan_calls_servers = true\n')
  expect(fileOf(answersFor('ec2'), 'bootstrap/main.tf')).not.toMatch(/terraform\/ecr|image_repository/)
})

test('the image is built for the platform that runs it', () => {
  const build = (platform: string, image?: string) =>
    stepsFor(answersFor(platform, image === undefined ? {} : { image }), sources)
      .flatMap(({ lines }) => lines)
      .filter(each => each.startsWith('docker build'))
  expect(build('ecs')).toEqual([`docker build --platform linux/amd64 --tag ${registry}:1.0.0 .`])
  expect(build('lambda')).toEqual([`docker build --provenance=false --platform linux/amd64 --tag ${registry}:1.0.0 .`])
  expect(build('agentcore', `${registry}@sha256:DIGEST`)).toEqual([
    `docker build --platform linux/arm64 --tag ${registry}:1.0.0 .`,
  ])
  expect(build('ecs', 'ghcr.io/umbrella/orders:7')).toEqual([])
  expect(build('ec2')).toEqual([])
})

test('the lock file of the bootstrap is that of the stack, but not for AgentCore, which needs a newer provider', () => {
  const copies = (platform: string) =>
    stepsFor(answersFor(platform), sources).some(({ lines }) => lines.some(each => each.startsWith('cp bootstrap/')))
  expect(['ecs', 'ec2', 'lambda', 'agentcore'].map(copies)).toEqual([true, true, true, false])
})

test('every platform creates the same file first, so that two programs at once cannot both write', () => {
  expect(new Set(platforms.map(each => filesFor(answersFor(each), sources)[0]?.path)).size).toBe(1)
})

describe('what is allowed', () => {
  const question = (flag: string) => questions.find(each => each.flag === flag)
  const cases: Readonly<Record<string, { good: string[]; bad: string[]; platform?: string }>> = {
    platform: { good: [...platforms], bad: ['', 'ECS', 'eks'] },
    endpoint: {
      good: ['https://mcp.example.com/mcp', 'http://127.0.0.1:8000'],
      bad: [
        'mcp.example.com',
        'https://u:p@x.example/mcp',
        'https://x.example/mcp?k=1',
        'https://x.example/${{ a }}',
        'https://x.example/a b',
      ],
    },
    repository: {
      good: ['a/b', 'Acme/mcp.server_1'],
      bad: ['a', 'a/b/c', 'a/..', '-a/b', 'a/b c', 'https://github.com/a/b'],
    },
    name: { good: ['ab', 'orders-mcp'], bad: ['a', 'A-b', 'a--b', 'ab-', '1ab', 'internal-x', 'a'.repeat(25)] },
    account: { good: ['123456789012'], bad: ['12345678901', '1234-5678-9012'] },
    region: { good: ['eu-west-1', 'ap-southeast-2'], bad: ['eu', 'cn-north-1', 'us-gov-west-1', 'eu-west-1a'] },
    domain: {
      good: ['none', 'mcp.example.com'],
      bad: ['example', 'MCP.example.com', '*.example.com', 'https://a.b', 'a.b"', '-a.example.com'],
    },
    zone: { good: ['Z0123456789ABCDEFGHIJ'], bad: ['none', 'z012', '0Z1', '/hostedzone/Z01'] },
    vpc: { good: ['none', 'vpc-01234567', 'vpc-0123456789abcdef0'], bad: ['vpc', 'vpc-xyz', 'subnet-01234567'] },
    subnets: {
      platform: 'ecs',
      good: ['subnet-01234567,subnet-01234568'],
      bad: ['subnet-01234567', 'subnet-01234567,subnet-01234567', 'subnet-01234567, subnet-01234568', ''],
    },
    image: {
      platform: 'ecs',
      good: ['ghcr.io/acme/weather:1.0.0', `weather${digest}`, 'localhost:5000/a/b:latest'],
      bad: ['weather', 'ghcr.io/acme/weather', 'a b:1', 'a"b:1', 'weather@sha256:12'],
    },
    ref: { good: ['v1.0.0', 'feature/x'], bad: ['', '-x', 'a b', 'a"'] },
    action: {
      good: ['OWNER/terraform-mcp-deploy@v1'],
      bad: ['OWNER/terraform-mcp-deploy', 'a/b@', 'a/b@v1@v2', 'a/b@../x', 'a/b@v1#x'],
    },
  }
  test('every question has cases', () => {
    expect(Object.keys(cases).sort()).toEqual(questions.map(({ flag }) => flag).sort())
  })
  test.each(Object.entries(cases))('--%s', (flag, { good, bad, platform = 'ecs' }) => {
    const asked = question(flag)
    if (asked === undefined) throw new Error(flag)
    expect(good.filter(value => faultOf(asked, value, { platform }) !== undefined)).toEqual([])
    expect(bad.filter(value => faultOf(asked, value, { platform }) === undefined)).toEqual([])
    for (const value of [`${good[0]}\n`, `${good[0]}\u202e`, `${good[0]}\u0007`]) {
      expect(faultOf(asked, value, { platform })).toMatch(
        new RegExp(`^Option --${flag} is ".*control character: it must be `),
      )
    }
  })
  test('subnets and image depend on the platform', () => {
    const faults = (flag: string, value: string, platform: string) => {
      const asked = question(flag)
      return asked && faultOf(asked, value, { platform })
    }
    expect(faults('subnets', 'subnet-01234567', 'ec2')).toBeUndefined()
    expect(faults('subnets', 'subnet-01234567,subnet-01234568', 'ec2')).toMatch(/exactly one for ec2/)
    expect(faults('image', 'ghcr.io/acme/weather:1', 'lambda')).toMatch(/for lambda in Amazon ECR/)
    expect(faults('image', `${registry}:1`, 'lambda')).toBeUndefined()
    expect(faults('image', `${registry}:1`, 'agentcore')).toMatch(/by digest/)
    expect(faults('image', `${registry}${digest}`, 'agentcore')).toBeUndefined()
    expect(faults('image', `${registry}@sha256:DIGEST`, 'agentcore')).toBeUndefined()
    expect(faults('image', `${registry}@sha256:DIGEST`, 'ecs')).toMatch(/with a tag or a digest/)
  })
})

describe('examples/', () => {
  test('is what init writes, and holds nothing else', () => {
    expect(outdatedExamples(root, exampleFiles(sources))).toEqual([])
  })

  test('a file that is missing, changed or no longer written is found', () => {
    const copy = mkdtempSync(join(tmpdir(), 'examples-'))
    try {
      const files = exampleFiles(sources)
      const write = (path: string, text: string) => {
        mkdirSync(dirname(join(copy, path)), { recursive: true })
        writeFileSync(join(copy, path), text)
      }
      for (const [path, text] of files) write(path, text)
      expect(outdatedExamples(copy, files)).toEqual([])
      write('examples/ecs/production.tfvars', 'name = "other"\n')
      write('examples/lambda/.github/workflows/old.yml', 'name: Old\n')
      rmSync(join(copy, 'examples/server/Dockerfile'))
      expect(outdatedExamples(copy, files)).toEqual([
        'examples/ecs/production.tfvars',
        'examples/lambda/.github/workflows/old.yml',
        'examples/server/Dockerfile',
      ])
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  })

  test('its answers pass the checks of the questions', () => {
    for (const answers of Object.values(exampleAnswers)) {
      for (const question of questions) {
        const value = answers[question.flag]
        expect(value === undefined).toBe(!question.applies(answers))
        if (value !== undefined) expect(faultOf(question, value, answers)).toBeUndefined()
      }
    }
  })

  test('the packages of its server are those of the page, from a lock file without addresses', () => {
    const { devDependencies } = JSON.parse(read('package.json'))
    const { dependencies } = JSON.parse(read('examples/server/package.json'))
    expect(dependencies).toEqual(
      Object.fromEntries(Object.keys(dependencies).map(name => [name, devDependencies[name]])),
    )
    for (const [name, version] of Object.entries(dependencies)) expect(sources.stack).toContain(` ${name}@${version}`)
    const lock = JSON.parse(read('examples/server/package-lock.json'))
    expect(lock.packages[''].dependencies).toEqual(dependencies)
    expect(read('examples/server/package-lock.json')).not.toMatch(/"resolved"|https?:\/\/registry/)
  })
})
