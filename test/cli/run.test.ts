/** The command line as people run it: one process per row, against real servers on this machine. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { faulty, mcpLike, reply, tool } from '../support/mcp/faults.ts'
import { listenHttp } from '../support/mcp/listen.ts'
import { v1Stateless, v2 } from '../support/mcp/servers.ts'

const LONG = 120_000
const program = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'mcp-gate-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

interface Result {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the program without GitHub and AWS in its environment. */
function run(args: readonly string[], environment: Record<string, string> = {}): Promise<Result> {
  const env = { PATH: process.env.PATH ?? '', HOME: directory, ...environment }
  return new Promise(resolve => {
    const child: ChildProcess = execFile(
      process.execPath,
      [program, ...args],
      { env, cwd: directory, maxBuffer: 1 << 28 },
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    )
    child.stdin?.end()
  })
}

const manifest = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as {
  inputs: Record<string, unknown>
}

describe.concurrent('one endpoint', () => {
  it('that passes is described, with exit code 0', { timeout: LONG }, async () => {
    await using server = await v2()
    const { code, out, err } = await run([`${server.url}/mcp`])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^✓ http:\S+ speaks MCP: 2026-07-28: passed · initialize \(2025-11-25\): passed/)
    expect(out).toContain('✓ protocol 2026-07-28')
    expect(out).not.toContain('\u001b')
  })

  it('is colored on request', { timeout: LONG }, async () => {
    await using server = await v1Stateless()
    expect((await run(['--color', 'always', `${server.url}/mcp`])).out).toContain('\u001b[32m✓\u001b[0m')
  })

  it('completes in one round, although waiting could help', { timeout: LONG }, async () => {
    let turn = 0
    await using server = await faulty((_asked, _req, res) => {
      turn++
      reply(res, 503, 'text/plain', 'starting')
    })
    const { code, out } = await run([`${server.url}/mcp`])
    expect(code).toBe(1)
    expect(out).toMatch(/does not pass: SERVER_ERROR[\s\S]*^likely cause \S[\s\S]*^what to do {3}\S/m)
    expect(turn).toBeLessThan(15)
  })

  it('that is followed by --watch is waited for', { timeout: LONG }, async () => {
    let turn = 0
    const good = mcpLike()
    await using server = await faulty((asked, req, res) =>
      ++turn < 12 ? reply(res, 503, 'text/plain', 'starting') : good(asked, req, res),
    )
    const { code, err } = await run(['--watch', `${server.url}/mcp`])
    expect(code).toBe(0)
    expect(err).toMatch(/SERVER_ERROR.*Waiting\.\nMCP: green .* 3 in a row/)
  })

  it('that wants a login is exit code 3, and one that is not there 4', { timeout: LONG }, async () => {
    await using wall = await faulty((_asked, _req, res) => reply(res, 401, '', '', { 'www-authenticate': 'Bearer' }))
    expect((await run([`${wall.url}/mcp`])).code).toBe(3)
    const gone = await listenHttp(() => {})
    await gone[Symbol.asyncDispose]()
    const { code, out } = await run([`${gone.url}/mcp`])
    expect([code, out]).toEqual([4, expect.stringContaining('TCP_REFUSED')])
  })

  it('with a warning is exit code 6 under --strict', { timeout: LONG }, async () => {
    await using server = await faulty(mcpLike({ tools: { tools: [tool('a.b')] } }))
    expect((await run([`${server.url}/mcp`])).code).toBe(0)
    expect((await run(['--strict', `${server.url}/mcp`])).code).toBe(6)
  })

  it('is written as JSON, without the values of headers', { timeout: LONG }, async () => {
    let seen: string | undefined
    await using server = await faulty((asked, req, res) => {
      seen = req.headers['x-key'] as string
      return mcpLike({ initialize: { serverInfo: { name: `##[error] ${seen}`, version: '1' } } })(asked, req, res)
    })
    const environment = { MCP_GATE_HEADERS: 'X-Key: s3cret-of-mine' }
    const { code, out } = await run(['--json', `${server.url}/mcp`], environment)
    expect([code, seen]).toEqual([0, 's3cret-of-mine'])
    expect(JSON.parse(out)).toMatchObject({ passed: true, exitCode: 0, tools: ['search_docs'] })
    expect(out).not.toContain('s3cret-of-mine')
    expect(out).not.toContain('##[')
    expect(out).not.toContain('add-mask')
  })

  it('is written as JUnit', { timeout: LONG }, async () => {
    await using server = await faulty((_asked, _req, res) => reply(res, 404, 'text/plain', 'no'))
    const { code } = await run(['--junit', 'out.xml', `${server.url}/mcp`])
    expect(code).toBe(1)
    const xml = readFileSync(join(directory, 'out.xml'), 'utf8')
    expect(xml).toMatch(/^<\?xml[\s\S]*<testsuites>[\s\S]*<failure type="PATH_404"[\s\S]*<\/testsuites>\n$/)
  })

  it('is written as a page with each request and reply, without the values of headers', { timeout: LONG }, async () => {
    await using server = await faulty((asked, req, res) =>
      mcpLike({ initialize: { serverInfo: { name: `<b>${req.headers['x-key']}`, version: '1' } } })(asked, req, res),
    )
    const environment = { MCP_GATE_HEADERS: 'X-Key: s3cret-of-mine' }
    const { code, out } = await run(['--html', 'page.html', `${server.url}/mcp`], environment)
    expect(code).toBe(0)
    expect(out).toContain('speaks MCP')
    const page = readFileSync(join(directory, 'page.html'), 'utf8')
    expect(page).toContain('Gate passed')
    expect(page).toContain('&#60;b&#62;***')
    expect(page).toContain('&#34;search_docs&#34;')
    expect(page).not.toContain('s3cret-of-mine')
  })

  it('writes the contract that the next check compares', { timeout: LONG }, async () => {
    await using server = await v2()
    await using other = await v2({ tools: ['search_docs'] })
    await using page = await listenHttp((_, res) => reply(res, 200, 'text/html', '<p>no</p>'))
    const contract = () => readFileSync(join(directory, 'contract.json'), 'utf8')
    const missing = await run(['--contract', 'contract.json', server.url])
    expect(missing.out).toMatch(
      /CONTRACT_MISSING[\s\S]*The first run with --contract[\s\S]*\(option --write-contract\)/,
    )
    expect((await run(['--write-contract', 'contract.json', server.url])).code).toBe(0)
    const written = contract()
    expect((JSON.parse(written) as { tools: { name: string }[] }).tools.map(each => each.name)).toEqual([
      'fetch_page',
      'search_docs',
    ])
    expect((await run(['--contract', 'contract.json', server.url])).code).toBe(0)
    expect((await run(['--contract', 'contract.json', other.url])).out).toContain('CONTRACT_BROKEN')
    // A server that lists no tools keeps the file, and creates none.
    expect((await run(['--write-contract', 'contract.json', page.url])).code).toBe(1)
    expect(contract()).toBe(written)
    expect((await run(['--write-contract', 'none.json', page.url])).code).toBe(1)
    expect(existsSync(join(directory, 'none.json'))).toBe(false)
  })

  it('has the names of its flags in the page of a failure', { timeout: LONG }, async () => {
    await using wall = await faulty((_asked, _req, res) => reply(res, 401, '', '', { 'www-authenticate': 'Bearer' }))
    expect((await run(['--html', 'wall.html', `${wall.url}/mcp`])).code).toBe(3)
    const page = readFileSync(join(directory, 'wall.html'), 'utf8')
    expect(page).toMatch(/Give a token in --headers|give a token in --headers/)
    expect(page).not.toContain('mcp-headers')
  })
})

describe.concurrent('several endpoints', () => {
  it('are one table, with the worst exit code', { timeout: LONG }, async () => {
    await using good = await v1Stateless()
    await using bad = await faulty((_asked, _req, res) => reply(res, 404, 'text/plain', 'no'))
    writeFileSync(join(directory, 'fleet.txt'), `# ours\n\n${good.url}/mcp\r\n${bad.url}/mcp\n${good.url}/mcp\n`)
    const { code, out } = await run(['--file', 'fleet.txt'])
    expect(code).toBe(1)
    expect(out).toMatch(/^✓ passed {2,}/m)
    expect(out).toMatch(/^✗ PATH_404 {2,}/m)
    expect(out).toMatch(/^1 of 2 passed in .*; failed: PATH_404 1$/m)
    const lines = (await run(['--json', '--file', 'fleet.txt'])).out.trim().split('\n')
    expect(lines.map(line => JSON.parse(line).exitCode).sort()).toEqual([0, 1])
    expect((await run(['--quiet', '--file', 'fleet.txt'])).out).not.toContain('✓')
  })

  it('of a fleet of 1,000 take bounded memory and sockets', { timeout: 600_000 }, async () => {
    let open = 0
    let most = 0
    const answer = mcpLike()
    const server = await faulty((asked, req, res) =>
      req.url?.endsWith('7') ? reply(res, 404, 'text/plain', 'no') : answer(asked, req, res),
    )
    await using _server = server
    const counting = await listenHttp((req, res) => {
      most = Math.max(most, ++open)
      res.on('close', () => open--)
      const chunks: Buffer[] = []
      req.on('data', chunk => chunks.push(chunk))
      req.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const asked = text === '' ? undefined : JSON.parse(text)
        if (req.url?.endsWith('7')) return reply(res, 404, 'text/plain', 'no')
        void answer(asked, req, res)
      })
    })
    await using _counting = counting
    const urls = Array.from({ length: 1000 }, (_, at) => `${counting.url}/mcp/${at}`)
    writeFileSync(join(directory, 'thousand.txt'), urls.join('\n'))
    const memory = join(directory, 'memory.mjs')
    writeFileSync(
      memory,
      `process.on('exit', () => process.stderr.write(\`rss=\${process.resourceUsage().maxRSS}\\n\`))`,
    )
    const { code, out, err } = await new Promise<Result>(resolve => {
      const args = ['--import', memory, program, '--concurrency', '32', '--file', 'thousand.txt']
      const child = spawn(process.execPath, args, { cwd: directory, env: { PATH: process.env.PATH ?? '' } })
      const texts = { out: '', err: '' }
      child.stdout.on('data', chunk => {
        texts.out += chunk
      })
      child.stderr.on('data', chunk => {
        texts.err += chunk
      })
      child.on('close', exit => resolve({ code: exit ?? -1, ...texts }))
    })
    expect(code).toBe(1)
    expect(out).toContain('900 of 1000 passed')
    // Each gate has one request and the stream of its session open.
    expect(most).toBeLessThanOrEqual(64 + 32)
    expect(Number(/rss=(\d+)/.exec(err)?.[1]) / 1024).toBeLessThan(400)
  })
})

describe.concurrent('a command line that cannot be used', () => {
  it.each([
    [[], 'No URL is given'],
    [['mcp.example.com/mcp'], 'The argument is "mcp.example.com/mcp".*Did you mean https://mcp.example.com/mcp?'],
    [['https://user:pw@mcp.example.com/mcp'], 'a user name or a password in its URL, at mcp.example.com'],
    [['--round', '3', 'https://x'], 'There is no option --round. Did you mean --rounds?'],
    [['--mcp-rounds', '3', 'https://x'], 'There is no option --mcp-rounds. Did you mean --rounds?'],
    [['--mcp-endpoint', 'https://x'], 'There is no option --mcp-endpoint. The URL is an argument without an option.'],
    [['-x', 'https://x'], 'There is no option -x.'],
    [['https://x', '--rounds'], 'Option --rounds needs a value: --rounds=VALUE. See mcp-gate --help.'],
    [['--rounds', '--json', 'https://x'], 'Option --rounds needs a value: --rounds=VALUE. See mcp-gate --help.'],
    [['--json=yes', 'https://x'], 'Option --json takes no value. See mcp-gate --help.'],
    [
      ['--file', 'a.txt', '--file', 'b.txt'],
      'Option --file is set 2 times, to "a.txt" and "b.txt": it takes one value.',
    ],
    [['help'], 'The argument is "help": .* Did you mean mcp-gate --help?'],
    [['int'], 'The argument is "int": .* Did you mean mcp-gate init?'],
    [['verify'], 'it must be a URL that begins with https:// or http://.$'],
    [['localhost:8000/mcp'], 'Did you mean http://localhost:8000/mcp?'],
    [
      ['https://x:99999/mcp'],
      'The argument is "https://x:99999/mcp", which is not a URL: check its host name and its port',
    ],
    [['mcp-tools.example.com/mcp'], 'Did you mean https://mcp-tools.example.com/mcp?'],
    [['--file', 'mcp-tools.txt'], 'Option --file names "mcp-tools.txt", which cannot be read'],
    [['--call', '- tool: [', 'https://x'], 'Option --call is not YAML: .* column 10.$'],
    [['--rounds', 'x', 'https://x'], 'Option --rounds is "x": it must be a whole number from 1.'],
    [['--headers', 'nonsense', 'https://x'], 'Option --headers has a line that is not a header'],
    [['--headers', '@nowhere', 'https://x'], 'Option --headers names the file "nowhere", which cannot be read'],
    [['--concurrency', '0', 'https://x'], 'Option --concurrency is "0": it must be a whole number from 1 to 256.'],
    [['--color', 'blue', 'https://x'], 'Option --color is "blue"'],
    [['--file', 'nowhere.txt'], 'Option --file names "nowhere.txt", which cannot be read'],
    [['--junit', 'no/such/dir.xml', 'https://x'], 'Option --junit is "no/such/dir.xml", which cannot be written'],
    [
      ['--html', 'no/such/dir.html', 'https://x'],
      `Option --html is "no/such/dir.html", which cannot be written: ENOENT: no such file or directory, open 'no/such/dir.html'.$`,
    ],
    [
      ['--write-contract', 'no/such/dir.json', 'https://x'],
      'Option --write-contract is "no/such/dir.json", which cannot be written',
    ],
    [
      ['--write-contract', 'x.json', 'https://x', 'https://y'],
      'Option --write-contract writes the contract of one endpoint, and there are 2.',
    ],
    [['--html', 'x.html', 'https://x', 'https://y'], 'Option --html writes the page of one endpoint, and there are 2.'],
    [['--call', '- tool: 1', 'https://x'], 'Option --call, call 1: "tool" must be the name of a tool.'],
    [['--sigv4', 'auto', 'https://mcp.example.com/mcp'], '--sigv4 is "auto", and mcp.example.com is not a host'],
  ] as const)('%j ends with code 2 before anything is sent', { timeout: LONG }, async (args, words) => {
    const { code, out, err } = await run(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    const plain = words.replace(/[.?()[\]]/g, '\\$&').replaceAll('\\.*', '.*')
    expect(err).toMatch(new RegExp(`^mcp-gate: .*${plain}`, 'm'))
  })

  it('names the line of a file', { timeout: LONG }, async () => {
    writeFileSync(join(directory, 'bad.txt'), 'https://a.example\n# x\nftp://b.example\n')
    expect((await run(['--file', 'bad.txt'])).err).toContain('Line 3 of bad.txt is "ftp://b.example"')
  })
})

describe.concurrent('the help', () => {
  it('has a flag for each input of the gate', { timeout: LONG }, async () => {
    const { code, out } = await run(['--help'])
    expect(code).toBe(0)
    const inputs = Object.keys(manifest.inputs).filter(name => /^mcp-(?!endpoint$|expect$|.*-from-output$)/.test(name))
    expect(inputs.length).toBeGreaterThan(20)
    for (const input of inputs) expect(out).toContain(`  --${input.slice(4)} VALUE`)
    // Names of inputs appear as flags.
    expect(out).not.toMatch(/(?<!output )\bmcp-(?!gate\b|contract-file\b)[a-z]/)
    expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(110)
  })

  it('and the version are those of the package', { timeout: LONG }, async () => {
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
