/** The page of real gates of every verdict, and what stands in it whatever a server sends and however much. */
import type { Element, Root } from 'hast'
import rehypeRaw from 'rehype-raw'
import { unified } from 'unified'
import { describe, expect, it, test } from 'vitest'
import { type GateReport, type GateRequest, gate } from '../../src/gate/gate.ts'
import { Recorder, type Transcript } from '../../src/gate/recorder.ts'
import { pickRounds, renderGatePage } from '../../src/report/gate-page.ts'
import { type Answer, faulty, mcpLike, reply, tool } from '../support/mcp/faults.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { quickTimes } from '../support/mcp/quick-gate.ts'
import { v1HttpSse, v1Stateful, v2 } from '../support/mcp/servers.ts'
import { startProtectedServer } from '../support/mcp/wall.ts'
import fc from '../support/property.ts'
import { elements, text as textOf } from '../support/render.ts'
import { knowSecrets } from '../support/secrets.ts'

const docsUrl = 'https://github.com/acme/action/blob/v1/docs'

const treeOf = (page: string) =>
  unified()
    .use(rehypeRaw)
    .runSync({ type: 'root', children: [{ type: 'raw', value: page }] } as never) as Root

interface Page {
  readonly report: GateReport
  readonly html: string
  readonly all: Element[]
  /** The text without that of the style sheet. */
  readonly text: string
}

function read(report: GateReport, html: string): Page {
  const tree = treeOf(html)
  return { report, html, all: [...elements(tree)], text: textOf(tree, ['style', 'title']).replace(/\s+/g, ' ') }
}

async function pageOf(url: string, more: Partial<GateRequest> = {}): Promise<Page> {
  const recorder = new Recorder()
  const request: GateRequest = {
    endpoint: url,
    require: 'any',
    transport: 'auto',
    headers: {},
    tools: [],
    rounds: 1,
    timeoutMs: 0,
    requestsPerMinute: 100_000,
    ...more,
  }
  const report = await gate(
    request,
    () => {},
    () => {},
    quickTimes,
    recorder,
  )
  return read(report, String(renderGatePage(report, { recording: recorder, docsUrl })))
}

async function pageOfServer(starting: Promise<Listening>, path: string, more: Partial<GateRequest> = {}) {
  await using server = await starting
  return await pageOf(server.url + path, more)
}

const refusing = (status: number, type: string, body: string, headers = {}): Answer => {
  return (_asked, _req, res) => reply(res, status, type, body, headers)
}

describe('a gate that passed', () => {
  it('shows the verdict first, then the clients, the hosts and the exchanges', async () => {
    const { all, text } = await pageOfServer(v2(), '/mcp', { rounds: 2, timeoutMs: 30_000 })
    expect(all.filter(({ tagName }) => tagName === 'h1').map(each => textOf(each).trim())).toEqual([
      '✓passed: Gate passed',
    ])
    expect(text).toMatch(/^ ?MCP gate report ✓passed: Gate passed The endpoint speaks MCP\./)
    expect(text).toContain('real-v2 2.3.4')
    expect(text).toContain('Connect with 2026-07-28 and get 2 tools.')
    expect(text).toContain('Connect with 2025-11-25 and get 2 tools.')
    expect(text).toMatch(/Claude Code ?No conflict found\./)
    expect(text).toContain('"method": "server/discover"')
    expect(text).toContain('"name": "real-v2"')
    expect(text).not.toContain('What failed')
  })

  it('names what hosts refuse, with a link to its source', async () => {
    const { all, text } = await pageOfServer(faulty(mcpLike({ tools: { tools: [tool('a.b')] } })), '/mcp')
    expect(text).toContain('The endpoint speaks MCP, with 1 warning.')
    expect(text).toMatch(/VS Code ?The tool a\.b has a name with other characters/)
    expect(text).toMatch(/Gemini ?No conflict found\./)
    expect(all.map(({ properties }) => properties.href)).toContain('https://github.com/github/copilot-cli/issues/1879')
  })

  it('over HTTP+SSE has the stream with the answers', async () => {
    const { text } = await pageOfServer(v1HttpSse(), '/sse')
    expect(text).toContain('Gate passed')
    expect(text).toContain('event: endpoint')
    expect(text).toMatch(/Clients of the deprecated transport HTTP\+SSE ?Connect/)
  })

  it('at an authentication challenge shows where it leads', async () => {
    await using lab = await startProtectedServer()
    const { text } = await pageOf(lab.url, { auth: 'required' })
    expect(text).toContain('Gate passed')
    expect(text).toContain(`It leads to a login at ${lab.issuer}`)
  })

  it('after a login has no token request', async () => {
    await using lab = await startProtectedServer()
    const { text } = await pageOf(lab.url, {
      auth: 'required',
      oauth: { clientId: 'a', clientSecret: 'page-client-secret' },
    })
    expect(text).toContain('The body holds credentials, so it was not recorded.')
    expect(text).toContain('authorization not recorded'.replace(' ', ''))
  })
})

describe('a gate that failed', () => {
  it.each<[string, () => Promise<Page>, RegExp]>([
    [
      'TCP_REFUSED',
      () => pageOf('http://127.0.0.1:9/mcp'),
      /No reply ECONNREFUSED in the phase tcp connect ECONNREFUSED/,
    ],
    [
      'ALB_502',
      () =>
        pageOfServer(faulty(refusing(502, 'text/html', '<h1>502 Bad Gateway</h1>', { server: 'awselb/2.0' })), '/mcp'),
      /HTTP 502 · 24 bytes.*<h1>502 Bad Gateway<\/h1>/,
    ],
    ['PATH_404', () => pageOfServer(faulty(refusing(404, 'text/plain', 'no')), '/mcp'), /HTTP 404/],
    ['TOOL_MISSING', () => pageOfServer(v1Stateful(), '/mcp', { tools: ['nothing'] }), /the id was not recorded/],
    ['AUTH_NOT_REQUIRED', () => pageOfServer(v2(), '/mcp', { auth: 'required' }), /authorization/],
  ])('%s: cause, fix, kind of change, and the exchange', async (code, build, expected) => {
    const { report, text, all } = await build()
    expect(report.failure?.code).toBe(code)
    expect(text).toMatch(new RegExp(`✗failed: Gate failed ${code}: `))
    for (const part of ['Likely cause', 'What to do', 'Which change helps', report.failure?.fix ?? '?'])
      expect(text).toContain(part.replace(/\s+/g, ' '))
    expect(all.map(({ properties }) => properties.href)).toContain(`${docsUrl}/gate-codes.md#${code}`)
    expect(text).toMatch(expected)
  })

  it('in a protocol that nobody requires is a pass, and the page shows it as not required', async () => {
    const { report, text } = await pageOfServer(v2({ legacy: 'reject' }), '/mcp')
    expect(report.passed).toBe(true)
    expect(text).toContain('!not required: initialize')
  })

  it('without a recording still has its timeline', async () => {
    const { report } = await pageOf('http://127.0.0.1:9/mcp')
    const { text } = read(report, String(renderGatePage(report)))
    expect(text).toContain('The messages of this gate were not recorded.')
    expect(text).toMatch(/POST initialize/)
    expect(text).not.toContain('Request')
  })
})

/** Elements that a page may have; a server adds none. */
const ours = new Set(
  'html head meta title style body main header footer section h1 h2 h3 h4 p dl dt dd div span small strong b i code pre a ul ol li details summary svg rect time'.split(
    ' ',
  ),
)

describe('a hostile server', () => {
  const core = 'Zq7PAGEqz7'
  const secretTexts = [`${core}1`, `"${core}2"`, `<${core}3>&`, `${core}4\n${core}5`]
  const pieces = [
    ...secretTexts,
    '</style>',
    '<script>alert(1)</script>',
    '</code></pre></details>',
    '" onclick="x',
    '<img src=x onerror=x>',
    '<a href="javascript:x">',
    '\u202e',
    '\u0000',
    '\n',
    'a',
    '{"a":1}',
  ]

  const exchange = {
    era: 'legacy',
    method: 'POST',
    status: 200,
    bytes: 1,
    phases: { dns: null, tcp: 1, tls: null, headers: 1, body: 1 },
    elapsedMs: 3,
    verdict: 'ok',
  } as const

  /** A report and a transcript with the text in every place that is not ours. */
  const withText = (text: string): Page => {
    const failure = {
      code: 'TCP_REFUSED',
      step: text,
      sentence: text,
      fix: text,
      remedy: 'wait',
      era: 'legacy',
    } as const
    const entry = { ...exchange, step: text, method: text }
    const kept = { text, units: text.length }
    const transcript: Transcript = {
      sentAt: Date.UTC(2026, 10, 29),
      url: kept,
      isRedirected: true,
      requestHeaders: [{ name: text, value: text }],
      requestBody: kept,
      reply: { headers: [{ name: 'location', value: text }], body: kept, ending: 'cut' },
      holdsCredentials: false,
    }
    const lost: Transcript = { ...transcript, fault: { phase: text, code: text, message: kept } }
    const { reply: _, ...fault } = lost
    const other = { ...entry }
    const report: GateReport = {
      passed: false,
      endpoint: `https://mcp.example.com/${text}`,
      failure,
      eras: {
        modern: { verdict: 'failed', failure: { ...failure, era: 'modern', sentence: `${text} ` } },
        legacy: { verdict: 'passed', protocolVersion: text },
        'http-sse': { verdict: 'absent' },
      },
      protocolVersions: [text],
      tools: [text],
      serverInfo: { name: text, version: text },
      contract: { hash: 'x', tools: [{ name: text, inputSchema: { anyOf: [] } }] },
      wall: { authorizationServers: [text] } as unknown as NonNullable<GateReport['wall']>,
      warnings: [text],
      latencyMs: 1,
      elapsedMs: 1,
      rounds: [{ startedAt: text, elapsedMs: 1, verdict: 'TCP_REFUSED', exchanges: [entry, other] }],
    }
    const recording = { find: (each: object) => (each === entry ? transcript : fault) }
    return read(report, String(renderGatePage(report, { recording, docsUrl: `https://example.com/${text}` })))
  }

  test('adds no element, no attribute and no link, and shows no secret', { timeout: 120_000 }, () => {
    knowSecrets(secretTexts)
    const anything = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map(parts => parts.join(''))
    void fc.assert(
      fc.property(anything, text => {
        const { html, all, text: shown } = withText(text)
        expect(all.map(({ tagName }) => tagName).filter(name => !ours.has(name))).toEqual([])
        const names = all.flatMap(({ properties }) => Object.keys(properties))
        expect(names.filter(name => /^on|^src|^style/i.test(name))).toEqual([])
        const links = all.flatMap(({ properties }) => (properties.href === undefined ? [] : [String(properties.href)]))
        expect(links.filter(each => !/^https:\/\/(?:github\.com|example\.com)\//.test(each))).toEqual([])
        expect(html).not.toContain('PAGE')
        expect(shown).not.toMatch(/[\u202e]/)
      }),
      { numRuns: 150 },
    )
  })

  test('cannot push half a secret to the end of a shown body', () => {
    knowSecrets(['half-of-a-secret-in-a-body'])
    const body = `${'x'.repeat(16_380)}half-of-a-secret-in-a-body`
    for (const start of [16_380, 16_384, 20_470]) {
      const text = `${'x'.repeat(start)}half-of-a-secret-in-a-body`.slice(0, 20_480)
      const { html } = withBody({ text, units: 90_000 })
      expect(html).not.toContain('half')
      expect(html).toContain('of 90000 characters. The rest was left out.')
    }
    expect(withBody({ text: body, units: body.length }).html).not.toContain('half')
  })

  const withBody = (body: { text: string; units: number }): Page => {
    const entry = { ...exchange, step: 'tools/list' }
    const report: GateReport = {
      ...withText('a').report,
      rounds: [{ startedAt: '2026-11-29T00:00:00Z', elapsedMs: 1, verdict: 'green', exchanges: [entry] }],
    }
    const transcript: Transcript = {
      sentAt: 0,
      url: { text: 'http://x/', units: 9 },
      isRedirected: false,
      requestHeaders: [],
      reply: { headers: [], body, ending: 'end' },
      holdsCredentials: false,
    }
    return read(report, String(renderGatePage(report, { recording: { find: () => transcript } })))
  }

  test('makes a page of bounded size, with its bodies cut', async () => {
    const page = await pageOfServer(
      faulty(mcpLike({ tools: { tools: [{ ...tool('a'), description: '&'.repeat(3_000_000) }] } })),
      '/mcp',
      { rounds: 3, timeoutMs: 30_000 },
    )
    expect(page.text).toMatch(/These are the first 16384 of 3\d{6} characters/)
    expect(page.html.length).toBeLessThan(10_000_000)
  })

  test('with thousands of exchanges and rounds makes a page of bounded size', () => {
    const exchanges = Array.from({ length: 5_000 }, () => ({ ...exchange, step: 'tools/list' }))
    const round = { startedAt: '2026-11-29T00:00:00Z', elapsedMs: 1, verdict: 'TCP_REFUSED', exchanges } as const
    const report: GateReport = {
      ...withText('a').report,
      tools: Array.from({ length: 5_000 }, (_, index) => `tool-${index}`),
      rounds: Array.from({ length: 2_000 }, (_, index) => (index % 2 ? round : { ...round, verdict: 'green' })),
    }
    const { html, text } = read(report, String(renderGatePage(report)))
    expect(text).toContain('4920 more exchanges, without their messages')
    expect(text).toContain('and 4700 more')
    expect(html.length).toBeLessThan(3_000_000)
  })
})

describe('the rounds of a long gate', () => {
  const rounds = (...verdicts: GateReport['rounds'][number]['verdict'][]) => verdicts.map(verdict => ({ verdict }))

  test('are shown where the verdict changes, and at both ends', () => {
    const long = rounds(...Array(50).fill('TCP_REFUSED'), ...Array(20).fill('ALB_502'), 'green', 'green', 'green')
    expect(pickRounds(long)).toEqual([0, 50, 70, 71, 72])
  })

  test('are all shown if there are few, and at most 24', () => {
    expect(pickRounds([])).toEqual([])
    expect(pickRounds(rounds('green'))).toEqual([0])
    expect(pickRounds(rounds('TCP_REFUSED', 'TCP_REFUSED', 'green'))).toEqual([0, 1, 2])
    const turns = pickRounds(Array.from({ length: 500 }, (_, at) => ({ verdict: at % 2 ? 'green' : 'ALB_502' })))
    expect(turns).toHaveLength(24)
    expect(turns.slice(-3)).toEqual([497, 498, 499])
  })

  it('are named with their times where they are left out', async () => {
    const { report } = await pageOf('http://127.0.0.1:9/mcp')
    const [round] = report.rounds
    const long = { ...report, rounds: Array.from({ length: 9 }, () => round as NonNullable<typeof round>) }
    expect(read(long, String(renderGatePage(long))).text).toMatch(
      /Rounds 2 to 6, from \d\d:\d\d:\d\d to \d\d:\d\d:\d\d: TCP_REFUSED/,
    )
  })
})

it('keeps every word of ours, whatever the secrets are', async () => {
  const { report } = await pageOf('http://127.0.0.1:9/mcp')
  const before = read(report, String(renderGatePage(report, { docsUrl })))
  knowSecrets(['POST', 'Took', 'Checked', 'failed', 'What to do', 'no reply', 'TCP_REFUSED', 'Round', 'Timeline'])
  expect(read(report, String(renderGatePage(report, { docsUrl }))).text).toBe(before.text)
})
