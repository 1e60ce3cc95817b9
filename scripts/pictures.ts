/**
 * Makes the pictures of docs/images, each in light and dark. Most show the comments and job summaries that the last `npm run demo`
 * left in demo/out: what the shipped action wrote, rendered as GitHub does. Only the address of the demo's load balancer is
 * replaced by an example. The picture of the gate's page shows a new check of the demo's broken server by the shipped program.
 * Needs Chromium and pngquant on PATH, Liberation fonts and a font with colour emoji. Look at every picture before you commit it.
 *
 *     npm run demo && npm run pictures
 *     npm run pictures -- gate-page
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import puppeteer from 'puppeteer-core'
import { findBrowser } from '../test/support/needs.ts'

interface Picture {
  /** docs/images/NAME-light.png and NAME-dark.png. */
  readonly name: string
  /** Returns the page as HTML, whose element `main` is shown. */
  readonly page: () => string | Promise<string>
}

const pictures: readonly Picture[] = [
  { name: 'plan', page: () => demoPage('c-plan', [1]) },
  { name: 'failed', page: () => demoPage('c-failed') },
  { name: 'verified', page: () => demoPage('b-verified') },
  { name: 'summary', page: () => demoPage('c-summary') },
  { name: 'gate-page', page: gatePage },
]

const images = join(import.meta.dirname, '../docs/images')
const rendered = join(import.meta.dirname, '../demo/out')

/** Width of the box in CSS pixels: a picture has the width of a phone, so that no screen has to shrink its text. */
const width = 390

/** Device pixels for one CSS pixel, so that text is sharp on the screens that people read on. */
const scale = 2
/** What a README may cost who opens it on a phone. */
const largest = 150_000
const schemes = ['dark', 'light'] as const

/** What differs from GitHub's style: long lines wrap and bars are shorter, because a picture does not scroll. */
const style = `
main { box-sizing: border-box; width: ${width}px; max-width: none; margin: 0; padding: 1px }
main > h1 { display: none }
pre > code { white-space: pre-wrap !important }
code { overflow-wrap: anywhere }
.markdown-body table { display: table; width: 100% }
td[align=right] { white-space: nowrap }
table:has(th:nth-child(3):empty) td:nth-child(3) { font-size: 7px }
`

/**
 * Returns the page of demo/out with only the comment or the summary.
 *
 * @param open collapsible sections that are shown open, counted from 0. All others are closed, to keep the picture small.
 */
function demoPage(source: string, open: readonly number[] = []): string {
  const file = join(rendered, `${source}.html`)
  if (!existsSync(file)) throw new Error(`demo/out/${source}.html is not there: run npm run demo first.`)
  const html = readFileSync(file, 'utf8')
  let fold = -1
  const opened = html.replaceAll(/<details( open(="")?)?>/g, () =>
    open.includes(++fold) ? '<details open>' : '<details>',
  )
  // The demo has no domain, so its load balancer answers on a local port.
  const page = opened.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://mcp.example.com')
  return `${page}\n<style>${style}</style>`
}

/** What differs in the picture of the gate's page: it shows the verdict, the failure and the timeline, without headers. */
const gatePageStyle = `
body { padding: 0 }
main { padding: 12px 12px 16px }
footer, section:has(> #checks), section:has(> #clients), .legend, dl.headers { display: none !important }
h2 { margin-top: 1.25rem }
`

/** Returns the page that the shipped program writes about the demo's broken server, as if it were at mcp.example.com. */
async function gatePage(): Promise<string> {
  const root = join(import.meta.dirname, '..')
  const port = await freePort()
  const file = join(directory, 'gate.html')
  const env = { ...process.env, BROKEN: '1', API_KEY: 'unused', PORT: `${port}` }
  const server = spawn(process.execPath, [join(root, 'demo/server.ts')], { env, stdio: 'inherit' })
  try {
    await listening(port)
    const args = ['--html', file, '--connect-to', `127.0.0.1:${port}`, 'http://mcp.example.com/mcp']
    const gate = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], { stdio: 'ignore' })
    const [code] = await once(gate, 'exit')
    if (code !== 1) throw new Error(`mcp-gate ended with exit code ${code}, and a server that fails has 1.`)
  } finally {
    server.kill()
  }
  const page = readFileSync(file, 'utf8')
  // The exchange that failed is open, so that the picture shows its request and its reply.
  const failed = page.indexOf('<details>', page.indexOf('<li class="bad">'))
  if (failed === -1) throw new Error('The page shows no exchange that failed.')
  const opened = `${page.slice(0, failed)}<details open>${page.slice(failed + '<details>'.length)}`
  // The policy of the page allows only its own style sheet.
  return `${opened.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, '')}\n<style>${gatePageStyle}</style>`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('The machine gives no free port.')
  return address.port
}

/** Waits until something listens at a port of this machine. */
async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
    await wait(100)
  }
  throw new Error(`The demo's server does not listen at port ${port}.`)
}

const directory = mkdtempSync(join(tmpdir(), 'pictures-'))
const chosen = process.argv.slice(2)
const browser = await puppeteer.launch({
  executablePath: findBrowser() ?? 'chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  userDataDir: join(directory, 'profile'),
})
try {
  for (const { name, page: makePage } of pictures.filter(each => chosen.length === 0 || chosen.includes(each.name))) {
    const html = await makePage()
    if (/127\.0\.0\.1|localhost|\[::1\]/.test(html)) throw new Error('A picture would show a loopback address.')
    const source = join(directory, `${name}.html`)
    writeFileSync(source, html)
    const page = await browser.newPage()
    await page.setViewport({ width, height: 800, deviceScaleFactor: scale })
    for (const scheme of schemes) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await page.goto(pathToFileURL(source).href)
      const main = await page.$('main')
      if (main === null) throw new Error(`The page ${name} has no element main.`)
      const height = Math.ceil((await main.boundingBox())?.height ?? 0)
      const raw = join(directory, 'raw.png')
      await main.screenshot({ path: raw as `${string}.png` })
      const file = join(images, `${name}-${scheme}.png`)
      execFileSync('pngquant', ['--force', '--strip', '--nofs', '--output', file, '40', raw])
      const { size } = statSync(file)
      console.log(`docs/images/${name}-${scheme}.png: ${width} × ${height}, ${Math.round(size / 1000)} kB`)
      if (size > largest) throw new Error(`${file} is larger than ${largest} bytes: show less in it.`)
    }
    await page.close()
  }
} finally {
  await browser.close()
  rmSync(directory, { recursive: true, force: true })
}
