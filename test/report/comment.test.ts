import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Element } from 'hast'
import { describe, expect, test } from 'vitest'
import type { GateReport } from '../../src/gate/gate.ts'
import { maxCommentUnits, renderComment } from '../../src/report/comment.ts'
import type { Report } from '../../src/report/report.ts'
import type { Action, PlanJson, ResourceChange } from '../../src/terraform/json.ts'
import fc from '../support/property.ts'
import { elements, renderTree, text } from '../support/render.ts'
import { planReport } from '../support/reports.ts'

const first = '<!-- marker -->'

const gate: GateReport = {
  passed: true,
  endpoint: 'https://weather.example.com/mcp',
  eras: {
    modern: { verdict: 'passed', protocolVersion: '2026-07-28' },
    legacy: { verdict: 'passed', protocolVersion: '2025-11-25' },
    'http-sse': { verdict: 'absent' },
  },
  protocolVersions: ['2026-07-28', '2025-11-25'],
  tools: ['get_alerts', 'get_forecast'],
  serverInfo: { name: 'weather', version: '2.0.0' },
  warnings: [],
  latencyMs: 41.4,
  elapsedMs: 1_200,
  rounds: [],
}
const failure = {
  code: 'RPC_ERROR',
  sentence: 'https://weather.example.com/mcp answered JSON-RPC -32603 "tool registry failed to load".',
  fix: 'Read the log of the server for this message.',
  remedy: 'replace',
  step: 'initialize',
} as const
const applied: Partial<Report> = {
  command: 'apply',
  apply: 'done',
  stability: {
    revision: 'weather:8',
    running: 2,
    elapsedMs: 41_000,
    failure: undefined,
  },
}

function resource(
  address: string,
  actions: readonly Action[],
  value: unknown = { input: 'x' },
  type = 'terraform_data',
): ResourceChange {
  const [before, after] = [actions.includes('create') ? null : value, actions.includes('delete') ? null : value]
  return { address, mode: 'managed', type, change: { actions, before, after } }
}

function report(resources: readonly ResourceChange[], more: Partial<Report> = {}): Report {
  return planReport({ format_version: '1.2', applyable: resources.length > 0, resource_changes: resources }, more)
}

/** The elements that a comment is made of. Any other came out of somebody's text. */
const ours = new Set('h2 p strong code ul li blockquote details summary pre sub a'.split(' '))

/** Fails unless the comment is whole: only our elements and links, every fold closed, no mention, the footer last. */
async function expectWhole(markdown: string, limit = maxCommentUnits): Promise<Element[]> {
  expect(markdown.length).toBeLessThanOrEqual(limit)
  expect(markdown.isWellFormed()).toBe(true)
  const tree = await renderTree(markdown)
  const all = [...elements(tree)]
  expect(all.map(element => element.tagName).filter(name => !ours.has(name))).toEqual([])
  expect([...new Set(all.filter(({ tagName }) => tagName === 'a').map(link => link.properties.href))]).toEqual([
    'https://github.com/acme/weather/actions/runs/1',
  ])
  expect(text(tree, ['code'])).not.toMatch(/[@#][\w-]|\bGH-\d|:\/\/|www\./i)
  const last = tree.children.findLast(child => child.type === 'element')
  expect(last?.children[0]).toMatchObject({ type: 'element', tagName: 'sub' })
  return all
}

const texts = (all: readonly Element[], tagName: string) =>
  all.filter(element => element.tagName === tagName).map(element => text(element))

test('a plan says what is lost before anything else', async () => {
  const markdown = String(
    renderComment(
      report([
        resource('a.create', ['create']),
        resource('b.update', ['update']),
        resource('c.gone', ['delete'], {}, 'aws_db_instance'),
        resource('d.new', ['create', 'delete'], {}, 'aws_lb'),
        resource('e.old', ['delete'], {}, 'aws_security_group'),
        resource('f.thing', ['delete'], {}, 'acme_thing'),
      ]),
      first,
    ),
  )
  const all = await expectWhole(markdown)
  expect(texts(all, 'summary').map(line => line.trim())).toEqual([
    '🔴 destroy c.gone',
    '🔴 destroy f.thing',
    '🔴 destroy e.old',
    '🟠 replace d.new',
    '🟡 update b.update',
    '🟢 create a.create',
  ])
  expect(texts(all, 'blockquote')[0]?.trim().split('\n')).toEqual([
    '[!WARNING]',
    'This plan destroys and replaces 3 resources that hold data, an address or a name:',
    '',
    '🔴 destroy c.gone and lose its data',
    '🔴 destroy f.thing, of a type that the action does not know',
    '🟠 replace d.new and lose its DNS name',
  ])
  expect(markdown.indexOf('> - 🔴 **destroy** `c.gone`')).toBeLessThan(markdown.indexOf('<details>'))
  expect(markdown).toContain('The plan destroys `e.old`, which holds no data, no address and no name.')
})

test('a routine release is a new revision and no warning', () => {
  const plan = JSON.parse(
    readFileSync(new URL('../fixtures/rules/stack-new-image.json', import.meta.url), 'utf8'),
  ) as PlanJson
  const markdown = String(renderComment(planReport({ ...plan, applyable: true }), first))
  expect(markdown).not.toContain('[!')
  expect(markdown).toContain('**1 to add, 1 to change, 1 to destroy (1 replacement)**\n\n🔄 New revision `weather:')
  expect(markdown).toMatch(/New revision `weather:\d+`, rolling update\n/)
  expect(markdown).toContain('<summary>🔄 new revision <code>aws_ecs_task_definition.this</code></summary>')
})

test('a release that replaces a tainted revision says why', () => {
  const plan = JSON.parse(
    readFileSync(new URL('../fixtures/rules/stack-new-image.json', import.meta.url), 'utf8'),
  ) as PlanJson
  const resource_changes = (plan.resource_changes ?? []).map(each =>
    each.type === 'aws_ecs_task_definition' ? { ...each, action_reason: 'replace_because_tainted' } : each,
  )
  const markdown = String(renderComment(planReport({ ...plan, applyable: true, resource_changes }), first))
  expect(markdown).toMatch(/new revision <code>.*\n\nReason: is tainted: the last deployment of it failed/)
})

test('the counts of a plan precede its warnings', () => {
  const markdown = String(renderComment(report([resource('a.b', ['create'])], { warnings: ['beware'] }), first))
  expect(markdown.indexOf('1 to add')).toBeLessThan(markdown.indexOf('⚠️ beware'))
})

test('changes of one kind: those that lose something first, then by address with numbers in their order', async () => {
  const addresses = ['a.b[10]', 'a.b[9]', 'c.d']
  const changes = addresses.map(address => resource(address, ['delete'], {}, 'aws_security_group'))
  const markdown = String(
    renderComment(report([...changes, resource('z.data', ['delete'], {}, 'aws_db_instance')]), first),
  )
  expect(texts(await expectWhole(markdown), 'summary').map(line => line.trim())).toEqual(
    ['z.data', 'a.b[9]', 'a.b[10]', 'c.d'].map(address => `🔴 destroy ${address}`),
  )
})

test('a plan that only creates warns of nothing', () => {
  expect(String(renderComment(report([resource('a.b', ['create'])]), first))).not.toContain('[!')
})

test('a plan of outputs alone counts outputs', () => {
  const plan = planReport({
    format_version: '1.2',
    applyable: true,
    output_changes: { url: { actions: ['create'], before: null, after: 'x' } },
  })
  expect(String(renderComment(plan, first))).toContain('**No resource changes, 1 output to change**')
})

test('a verified deployment: every check, and the plan in one closed fold', async () => {
  const markdown = String(
    renderComment(
      report([resource('a.b', ['create'])], {
        ...applied,
        gate,
        monitors: [{ monitor: 'AliveMCP', outcome: 'created', id: 'mon_1', notices: [] }],
      }),
      first,
    ),
  )
  const all = await expectWhole(markdown)
  expect(texts(all, 'h2')).toEqual(['✅ Applied and verified · root module'])
  expect(texts(all, 'li')).toEqual([
    '✅ Applied by this run: 1 to add, 0 to change, 0 to destroy',
    '✅ Stable after 41 s: ECS runs 2 tasks of weather:8',
    '✅ Speaks MCP 2026-07-28 and 2025-11-25 at https://weather.example.com/mcp, server weather 2.0.0',
    '✅ Lists 2 tools: get_alerts, get_forecast',
    '✅ Answers in 41 ms (median), verified after 1.2 s',
    '✅ Registered with AliveMCP as monitor mon_1',
  ])
  expect(texts(all, 'summary')[0]).toBe('The plan: 1 to add, 0 to change, 0 to destroy')
})

test('a failed gate: what was seen, what to do, what was tainted and how to take that back', async () => {
  const markdown = String(
    renderComment(
      report([resource('a.b', ['create'])], {
        ...applied,
        gate: { ...gate, passed: false, failure, protocolVersions: [], tools: [], latencyMs: null },
        failures: [{ ...failure, phase: 'gate' }],
        taint: { address: 'a.b["x"]', tainted: ['a.b["x"]'], why: 'The next apply replaces it.' },
      }),
      first,
    ),
  )
  const all = await expectWhole(markdown)
  expect(texts(all, 'h2')).toEqual(['❌ Deployment failed · root module'])
  expect(texts(all, 'blockquote')[0]).toMatch(
    /^\s*\[!CAUTION\]\s+RPC_ERROR: https:.*failed to load"\.\s+What to do: Read the log/,
  )
  expect(texts(all, 'li').slice(2)).toEqual([
    '❌ Does not speak MCP after 1.2 s: 2026-07-28: passed · initialize (2025-11-25): passed · HTTP+SSE: not offered',
    '🟠 Tainted a.b["x"]. The next apply replaces it. To undo the taint: terraform untaint \'a.b["x"]\'',
  ])
})

test('an apply that has begun says so, in case it is the last word', () => {
  const markdown = String(
    renderComment(report([resource('a.b', ['create'])], { command: 'apply', apply: 'started' }), first),
  )
  expect(markdown).toMatch(/## ⏳ Applying .*\n\nTerraform is applying \[in this run\]/)
})

test('an apply without changes has no plan to show', async () => {
  const all = await expectWhole(String(renderComment(report([], { ...applied, gate }), first)))
  expect(texts(all, 'li')[0]).toBe('✅ Applied before: nothing was left to change for this run')
  expect(texts(all, 'summary')).toEqual([])
})

describe('hostile text', () => {
  const names = [
    'a.b["`@team`"]',
    'a.b["```\n</details>\n# out"]',
    'a.b["</code></summary></details><h1>out</h1>"]',
    'a.b["-->"]',
    'a.b["<!--"]',
    'a.b["a|b|c"]',
    'a.b["\u001b[31mred"]',
    'a.b["\u202egnp.exe"]',
    'a.b["https://evil.example"]',
    'a.b["~~~"]',
    'a.b["<script>alert(1)</script>"]',
    'a.b["[x](https://evil.example)"]',
    `a.b["${'`'.repeat(40)}"]`,
    `a.b["${'x'.repeat(5_000)}"]`,
  ]

  test.each(['create', 'update', 'delete'] as const)('in names and values of resources to %s', async action => {
    const value = Object.fromEntries(names.map(name => [name, name]))
    const all = await expectWhole(
      String(renderComment(report(names.map(name => resource(name, [action], value))), first)),
    )
    expect(texts(all, 'summary')).toHaveLength(action === 'create' ? 1 : names.length)
    const words = all.map(element => text(element)).join('')
    expect(['\u001b', '\u202e'].filter(char => words.includes(char))).toEqual([])
  })

  test.each(names)('in everything that a server, AWS or a branch names: %j', async name => {
    const markdown = String(
      renderComment(
        report([resource(name, ['delete'])], {
          ...applied,
          target: { stack: undefined, directory: name, workspace: name },
          gate: {
            ...gate,
            endpoint: name,
            tools: [name],
            serverInfo: { name, version: name },
            warnings: [name],
            protocolVersions: [name],
          },
          failures: [{ code: 'RPC_ERROR', sentence: `${name}\n${name}`, fix: name, remedy: 'replace', phase: 'gate' }],
          taint: { address: name, tainted: [name], why: name },
          monitors: [{ monitor: 'AliveMCP', outcome: 'failed', notices: [name], warning: name }],
          warnings: [name],
        }),
        first,
      ),
    )
    await expectWhole(markdown)
  })

  test('one value that is larger than a comment leaves room for the others', async () => {
    const huge = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`key${n}`, 'x'.repeat(1_000)]))
    const resources = [
      resource('a.huge', ['delete'], huge),
      ...'bcdef'.split('').map(name => resource(`a.${name}`, ['create'])),
    ]
    const all = await expectWhole(String(renderComment(report(resources), first)))
    expect(texts(all, 'summary')).toEqual([expect.stringContaining('a.huge'), '🟢 create 5 resources'])
    expect(texts(all, 'p').join()).toMatch(
      /Not shown here: 1 line of key\d+, .*, lines of \d+ more attributes, parts of \d+ long lines\./,
    )
    expect(texts(all, 'pre')[0]?.length).toBeLessThan(10_000)
  })
})

describe('size', () => {
  const kinds: readonly (readonly Action[])[] = [['create'], ['update'], ['delete'], ['delete', 'create']]
  const many = (n: number) =>
    Array.from({ length: n }, (_, i) =>
      resource(`module.m${i % 7}.aws_thing.name["key ${i}"]`, kinds[i % kinds.length] ?? [], {
        id: `i-${i}`,
        text: 'x'.repeat(i % 90),
      }),
    )

  test.each([
    [10, maxCommentUnits],
    [1_000, maxCommentUnits],
    [10_000, maxCommentUnits],
    [10, 8_000],
    [1_000, 8_000],
    [10_000, 8_000],
    [10_000, 1_500],
  ])('%i resources fit %i units, and what is left out is counted', async (n, limit) => {
    for (const more of [{}, { ...applied, gate }]) {
      const markdown = String(renderComment(report(many(n), more), first, { limit }))
      const all = await expectWhole(markdown, limit)
      if (limit < 8_000) continue
      const shown = texts(all, 'summary').filter(line => /^\S+ (update|destroy|replace) /.test(line)).length
      const left = Number(/\*\*(\d+) more changes?\*\* \(/.exec(markdown)?.[1] ?? 0)
      const created = Number(/🟢 create (\d+) resources/.exec(markdown)?.[1] ?? 0)
      expect(shown + left + created).toBe(n)
      const named = texts(all, 'pre').flatMap(block => [...block.matchAll(/^[#+] module\./gm)]).length
      const unnamed = Number(/# … (\d+) more to create/.exec(markdown)?.[1] ?? 0)
      expect(named + unnamed).toBe(created)
      const each = [...(/\*\*\d+ more changes\*\* \(([^)]*)\)/.exec(markdown)?.[1]?.matchAll(/\d+/g) ?? [])]
      expect(each.reduce((sum, [number]) => sum + Number(number), 0)).toBe(left)
    }
  })

  test('a large plan uses the room that it has', () => {
    expect(String(renderComment(report(many(1_000)), first)).length).toBeGreaterThan(maxCommentUnits * 0.9)
  })

  test('a failure as long as a comment is cut and keeps its beginning', async () => {
    const sentence = `terraform apply failed with exit code 1.\n${'`<&@'.repeat(60_000)}`
    const failed = report(many(100), {
      command: 'apply',
      failures: [
        { code: 'TERRAFORM_APPLY_FAILED', sentence, fix: '@<&`'.repeat(20_000), remedy: undefined, phase: 'apply' },
      ],
      warnings: Array.from({ length: 500 }, () => '@<&`'.repeat(500)),
    })
    for (const limit of [maxCommentUnits, 8_000]) {
      const markdown = String(renderComment(failed, first, { limit }))
      expect(markdown).toContain('**TERRAFORM_APPLY_FAILED**: terraform apply failed with exit code 1.')
      await expectWhole(markdown, limit)
    }
  })
})

const cmark = spawnSync('cmark-gfm', ['--version']).status === 0
if (!cmark)
  console.warn('SKIPPED: comments are not checked with GitHub’s own parser, because cmark-gfm is not on PATH.')

/** The elements that GitHub's parser makes of Markdown, and what a reader sees outside of code. */
function parsedByGitHub(markdown: string): { names: (string | undefined)[]; words: string } {
  const extensions = ['table', 'autolink', 'strikethrough', 'tagfilter'].flatMap(name => ['-e', name])
  const html = execFileSync('cmark-gfm', ['--unsafe', ...extensions], { input: markdown, encoding: 'utf8' })
  return {
    names: [...html.matchAll(/<([a-z]\w*)/g)].map(match => match[1]),
    words: html
      .replace(/<!--.*?-->/gs, '')
      .replace(/<code[^>]*>.*?<\/code>/gs, '')
      .replace(/<[^>]*>/g, '')
      .replace(/&(lt|gt|quot|amp);/g, ' '),
  }
}

const breaking = [
  '`',
  '```',
  '~~~',
  '\n',
  '\r\n',
  '\n\n',
  '</details>',
  '</summary>',
  '</code>',
  '<h1>',
  '<!--',
  '-->',
  '<script>',
  '@team',
  '#12',
  'GH-4',
  '[x](https://evil.example)',
  '![x](y)',
  'www.evil.example',
  '> ',
  '- ',
  '| ',
  '::error::x',
  '\\',
  '"',
  '&lt;',
  '\u202e',
  '\0',
  '🟢',
  ' ',
  'a',
]
const hostileText = fc.array(fc.constantFrom(...breaking), { minLength: 1, maxLength: 8 }).map(parts => parts.join(''))

test.skipIf(!cmark)(
  'GitHub’s own parser sees the same elements, whatever the text from outside is',
  {
    timeout: 300_000,
  },
  async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, hostileText, async (name, value, message) => {
        const changes = [resource(name, ['delete'], { [value]: message }), resource(`a.${value}`, ['create'], value)]
        const markdown = String(
          renderComment(
            planReport(
              {
                format_version: '1.2',
                applyable: true,
                resource_changes: changes,
                output_changes: { [name]: { actions: ['create'], before: null, after: message } },
                resource_drift: [resource(name, ['update'], { [value]: 1 })],
                relevant_attributes: [{ resource: name, attribute: [value] }],
                checks: [
                  {
                    address: { kind: 'check', to_display: name },
                    status: 'fail',
                    instances: [{ address: { to_display: name }, status: 'fail', problems: [{ message }] }],
                  },
                ],
                action_invocations: [
                  {
                    address: name,
                    lifecycle_action_trigger: { action_trigger_event: value, triggering_resource_address: message },
                  },
                ],
                deferred_changes: [{ reason: value, resource_change: resource(name, ['create']) }],
              },
              {
                ...applied,
                commit: name,
                target: { stack: undefined, directory: name, workspace: value },
                gate: { ...gate, endpoint: name, tools: [name, value], warnings: [message] },
                failures: [{ code: 'RPC_ERROR', sentence: message, fix: value, remedy: 'replace', phase: 'gate' }],
              },
              `\nWarning: ${name}\n\n${message}\n`,
            ),
            first,
            { earlier: [{ run: 1, attempt: 1, sha: 'abcdef0', outcome: 'planned' }] },
          ),
        )
        const github = parsedByGitHub(markdown)
        expect(github.names).toEqual([...elements(await renderTree(markdown))].map(element => element.tagName))
        expect(github.names.filter(each => !ours.has(each ?? ''))).toEqual([])
        // A text that was cut may end in a piece of an address; only one with its scheme would be a link.
        expect(github.words).not.toMatch(/@team|#12|\bGH-4|\w+:\/\/\S*evil|www\.\S*evil/)
      }),
      { numRuns: 80 },
    )
  },
)

test('a wall that was all there was to see is called a wall, not a server that lists nothing', async () => {
  const wall = {
    metadataUrl: 'https://weather.example.com/.well-known/oauth-protected-resource/mcp',
    resource: 'https://weather.example.com/mcp',
    authorizationServers: ['https://login.example.com'],
    scopes: [],
  }
  const nothing = { verdict: 'absent' } as const
  const walled: GateReport = {
    ...gate,
    eras: { modern: nothing, legacy: nothing, 'http-sse': nothing },
    protocolVersions: [],
    tools: [],
    wall,
  }
  const all = await expectWhole(String(renderComment(report([], { ...applied, gate: walled }), first)))
  const lines = texts(all, 'li')
  expect(lines).toContain(
    '✅ Asks for authorization at https://weather.example.com/mcp, by https://login.example.com; the server behind it was not checked',
  )
  expect(lines.join()).not.toMatch(/Speaks MCP|Lists/)
})

test('a plan of HCP Terraform links its run, and an address cannot leave the link', async () => {
  const url = 'https://app.terraform.io/app/acme/weather/runs/run-1'
  const page = (address: string) =>
    String(renderComment(report([resource('a.b', ['create'])], { remoteRun: { id: 'run-1', url: address } }), first))
  const links = [...elements(await renderTree(page(url)))].filter(each => text(each) === 'run in HCP Terraform')
  expect(links.map(({ properties }) => properties.href)).toEqual([url])
  const tags = [...elements(await renderTree(page(`${url}"><img src=x>`)))].map(({ tagName }) => tagName)
  expect(tags).not.toContain('img')
})
