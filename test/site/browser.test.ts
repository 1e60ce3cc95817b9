/**
 * The documentation site as a reader has it: built, served from loopback below the base that GitHub Pages gives it, and opened
 * in a real browser. SITE_PICTURES names a directory that keeps the pictures.
 */
import { execFile } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Root } from 'hast'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import rehypeRaw from 'rehype-raw'
import { unified } from 'unified'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { markdownFiles, sitePath } from '../../site/pages.ts'
import { findBrowser } from '../support/needs.ts'
import { elements } from '../support/render.ts'

const repository = join(import.meta.dirname, '../..')
const base = '/terraform-mcp-deploy/'
const executablePath = findBrowser()
if (executablePath === undefined) {
  const message = 'The test of the documentation site needs chromium on PATH.'
  if (process.env.CI) throw new Error(message)
  console.error(`${'!'.repeat(78)}\n${message} It is LEFT OUT of this run.\n${'!'.repeat(78)}`)
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

const phone = { width: 375, height: 800, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }
const desktop = { width: 1280, height: 900 }
const shown = {
  start: '',
  recipe: 'docs/recipes/pull-request-and-merge.html',
  reference: 'docs/inputs.html',
  table: 'docs/threat-model.html',
  module: 'terraform/ecs/',
}

describe.skipIf(executablePath === undefined)('the documentation site', { timeout: 120_000 }, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'site-'))
  const out = join(scratch, 'out')
  const pictures = process.env.SITE_PICTURES ?? join(scratch, 'pictures')
  /** Each HTML file of the site by its path below the base, with its links and the places that a link can lead to. */
  const built = new Map<string, { readonly links: readonly string[]; readonly anchors: ReadonlySet<string> }>()
  let server: Server
  let origin: string
  let browser: Browser

  beforeAll(async () => {
    const command = [join(repository, 'node_modules/vitepress/bin/vitepress.js'), 'build', 'site', '--outDir', out]
    const env = { ...process.env, GITHUB_REPOSITORY: 'acme/terraform-mcp-deploy', NODE_ENV: 'production' }
    await promisify(execFile)(process.execPath, command, { cwd: repository, env })
    for (const file of globSync('**/*.html', { cwd: out }))
      built.set(file, readHtml(readFileSync(join(out, file), 'utf8')))
    server = createServer(({ url = '' }, response) => {
      const path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
      const file = path.startsWith(base) ? fileOf(path.slice(base.length)) : ''
      try {
        const body = readFileSync(join(out, file || 'absent'))
        response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body)
      } catch {
        response.writeHead(404).end()
      }
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await puppeteer.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
      userDataDir: join(scratch, 'profile'),
    })
    mkdirSync(pictures, { recursive: true })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    server?.close()
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 })
  })

  /** Opens a page of the site, and returns what went wrong and what was requested from elsewhere. */
  async function open(path: string, viewport: typeof desktop, scheme: 'light' | 'dark'): Promise<[Page, string[]]> {
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warn') faults.push(message.text())
    })
    page.on('pageerror', error => faults.push(String(error)))
    page.on('request', request => {
      if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:')) faults.push(request.url())
    })
    page.on('response', response => {
      if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`)
    })
    await page.setViewport(viewport)
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.goto(`${origin}${base}${path}`, { waitUntil: 'networkidle0' })
    return [page, faults]
  }

  test('has each page of the repository, and nothing else', () => {
    const expected = markdownFiles().pages.map(page => fileOf(sitePath(page).slice(1)))
    expect([...built.keys()].sort()).toEqual([...expected, '404.html'].sort())
  })

  test('has only links that lead to a page, an anchor or a file of the site', () => {
    const wrong = [...built].flatMap(([file, { links }]) =>
      links.flatMap(link => {
        const url = new URL(link, `${origin}${base}${file}`)
        if (url.origin !== origin) return url.protocol === 'https:' ? [] : [`${file}: ${link}`]
        const target = fileOf(decodeURIComponent(url.pathname).slice(base.length))
        if (!url.pathname.startsWith(base) || globSync(target, { cwd: out }).length === 0) return [`${file}: ${link}`]
        const anchor = decodeURIComponent(url.hash.slice(1))
        return anchor === '' || built.get(target)?.anchors.has(anchor) ? [] : [`${file}: ${link}`]
      }),
    )
    expect([...new Set(wrong)]).toEqual([])
    expect([...built.values()].flatMap(({ links }) => links).length).toBeGreaterThan(10_000)
  })

  test('leads from a page to a file of the repository on GitHub', () => {
    const links = built.get('docs/README.html')?.links ?? built.get('docs/index.html')?.links
    expect(links).toContain('https://github.com/acme/terraform-mcp-deploy/blob/HEAD/docs/report.schema.json')
  })

  test.each(Object.entries(shown))('shows %s in both themes, on a screen and on a phone', async (name, path) => {
    const backgrounds = new Set<string>()
    for (const scheme of ['light', 'dark'] as const) {
      for (const [device, viewport] of Object.entries({ desktop, phone })) {
        const [page, faults] = await open(path, viewport, scheme)
        const seen = await page.evaluate(`({
          width: document.documentElement.scrollWidth,
          background: getComputedStyle(document.body).backgroundColor,
          title: document.querySelector('h1')?.innerText,
          broken: [...document.images].filter(image => image.offsetParent && !image.naturalWidth).map(image => image.src),
        })`)
        expect(faults).toEqual([])
        const { width, background, title, broken } = seen as {
          width: number
          background: string
          title: string
          broken: []
        }
        expect(width, `${name} scrolls sideways`).toBeLessThanOrEqual(viewport.width)
        expect(title).toMatch(/\w/)
        expect(broken).toEqual([])
        backgrounds.add(background)
        await page.screenshot({ path: join(pictures, `${name}-${scheme}-${device}.png`) })
        await page.close()
      }
    }
    expect(backgrounds.size).toBe(2)
  })

  test.each(Object.entries({ desktop, phone }))(
    'shows the picture beside or below the head: %s',
    async (_, viewport) => {
      const [page] = await open('', viewport, 'light')
      const overlaps = await page.evaluate(`(() => {
      const box = selector => document.querySelector(selector).getBoundingClientRect()
      const [text, picture] = [box('.VPHero .main'), box('.VPHero .hero-picture.light-only')]
      return picture.width > 100 && picture.left < text.right && text.left < picture.right &&
        picture.top < text.bottom && text.top < picture.bottom
    })()`)
      expect(overlaps).toBe(false)
      await page.close()
    },
  )

  test('finds a gate code by the search, without a request to elsewhere', async () => {
    const [page, faults] = await open('', desktop, 'light')
    await page.click('#local-search button')
    await page.waitForSelector('.VPLocalSearchBox input')
    await page.type('.VPLocalSearchBox input', 'TCP_REFUSED')
    await page.waitForSelector('.VPLocalSearchBox a.result')
    const links = await page.$$eval('.VPLocalSearchBox a.result', results =>
      results.map(result => result.getAttribute('href')),
    )
    expect(links.join('\n')).toContain(`${base}docs/gate-codes.html`)
    const titles = await page.$eval('.VPLocalSearchBox .results', list => (list as { textContent: string }).textContent)
    expect(titles, 'a part of the code was searched').not.toContain('Refused settings')
    await page.screenshot({ path: join(pictures, 'search-light-desktop.png') })
    expect(faults).toEqual([])
    await page.close()
  })
})

/** Returns the file of a path below the base: a directory is its index. */
function fileOf(path: string): string {
  return path === '' || path.endsWith('/') ? `${path}index.html` : path
}

function readHtml(html: string): { links: string[]; anchors: Set<string> } {
  const tree = unified()
    .use(rehypeRaw)
    .runSync({ type: 'root', children: [{ type: 'raw', value: html }] } as never) as Root
  const links: string[] = []
  const anchors = new Set<string>()
  for (const { tagName, properties } of elements(tree)) {
    if (tagName === 'a' && typeof properties.href === 'string') links.push(properties.href)
    for (const id of [properties.id, properties.name]) if (typeof id === 'string') anchors.add(id)
  }
  return { links, anchors }
}
