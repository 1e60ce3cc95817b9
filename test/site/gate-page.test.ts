/**
 * The page of the gate as a reader has it: written by real gates, opened from the disk in a real browser without a network, in both
 * themes, on a screen and on a phone. GATE_PAGE_PICTURES names a directory that keeps the pictures, with all lines opened, too.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GateRequest, gate } from '../../src/gate/gate.ts'
import { Recorder } from '../../src/gate/recorder.ts'
import { renderGatePage } from '../../src/report/gate-page.ts'
import { faulty, mcpLike, reply, tool } from '../support/mcp/faults.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { quickTimes } from '../support/mcp/quick-gate.ts'
import { v2 } from '../support/mcp/servers.ts'
import { findBrowser } from '../support/needs.ts'

const executablePath = findBrowser()
if (executablePath === undefined) {
  const message = "The test of the gate's page needs chromium on PATH."
  if (process.env.CI) throw new Error(message)
  console.error(`${'!'.repeat(78)}\n${message} It is LEFT OUT of this run.\n${'!'.repeat(78)}`)
}

const viewports = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 375, height: 800, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
}

const hostile = '</style></pre><script>document.title="owned"</script><img src="https://example.com/x" onerror="x">'

/** A name that no page can break, and one that could turn the page around. */
const longName = 'x'.repeat(300)

const refusal = { server: 'awselb/2.0', 'x-note': `${hostile.repeat(5)}` }

/** The gates, each with its server and whether it passes. */
const gates: Readonly<Record<string, [starting: () => Promise<Listening>, passes: boolean]>> = {
  passed: [() => v2(), true],
  failed: [
    () => faulty((_asked, _req, res) => reply(res, 502, 'text/html', '<h1>502 Bad Gateway</h1>', refusal)),
    false,
  ],
  hostile: [
    () =>
      faulty(
        mcpLike({
          session: longName,
          initialize: { serverInfo: { name: hostile, version: longName } },
          tools: { tools: [tool(longName), tool(hostile), tool('\u202eabc'), tool('a.b')] },
        }),
      ),
    true,
  ],
}

describe.skipIf(executablePath === undefined)("the gate's page", { timeout: 120_000 }, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'gate-page-'))
  const pictures = process.env.GATE_PAGE_PICTURES ?? join(scratch, 'pictures')
  let browser: Browser

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true })
    for (const [name, [starting, passes]] of Object.entries(gates)) {
      await using server = await starting()
      const recorder = new Recorder()
      const request: GateRequest = {
        endpoint: `${server.url}/mcp`,
        require: 'any',
        transport: 'auto',
        headers: { Authorization: 'Bearer token-of-the-browser-test' },
        tools: [],
        rounds: 3,
        timeoutMs: passes ? 30_000 : 1_000,
        requestsPerMinute: 100_000,
      }
      const report = await gate(
        request,
        () => {},
        () => {},
        quickTimes,
        recorder,
      )
      expect(report.passed, name).toBe(passes)
      const docsUrl = 'https://github.com/acme/action/blob/v1/docs'
      writeFileSync(join(scratch, `${name}.html`), String(renderGatePage(report, { recording: recorder, docsUrl })))
    }
    browser = await puppeteer.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
      userDataDir: join(scratch, 'profile'),
    })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 })
  })

  /** Opens a page from the disk without a network. Returns it, what went wrong, and what was requested. */
  async function open(
    name: string,
    viewport: (typeof viewports)[keyof typeof viewports],
    scheme: 'light' | 'dark',
  ): Promise<{ page: Page; faults: string[]; requests: string[] }> {
    const page = await browser.newPage()
    const faults: string[] = []
    const requests: string[] = []
    page.on('console', message => faults.push(message.text()))
    page.on('pageerror', error => faults.push(String(error)))
    page.on('request', request => requests.push(request.url()))
    await page.setOfflineMode(true)
    await page.setViewport(viewport)
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.goto(pathToFileURL(join(scratch, `${name}.html`)).href, { waitUntil: 'networkidle0' })
    return { page, faults, requests }
  }

  const opened = '[...document.querySelectorAll("details")].forEach(each => { each.open = true })'

  test.each(Object.entries(gates))('of a gate that is %s, in both themes and widths', async (name, [, passes]) => {
    const backgrounds = new Set<string>()
    for (const scheme of ['light', 'dark'] as const) {
      for (const [device, viewport] of Object.entries(viewports)) {
        const { page, faults, requests } = await open(name, viewport, scheme)
        const read = () =>
          page.evaluate(`({
            width: document.documentElement.scrollWidth,
            background: getComputedStyle(document.body).backgroundColor,
            heading: document.querySelector('h1').innerText,
            title: document.title,
            levels: [...document.querySelectorAll('h1, h2, h3, h4')].map(each => Number(each.tagName[1])),
            active: document.querySelectorAll('script, img, iframe, object, embed, link, form').length,
            cut: [...document.querySelectorAll('main *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
              .map(each => each.className + ' ' + each.tagName),
          })`) as Promise<Seen>
        await page.screenshot({ path: join(pictures, `${name}-${scheme}-${device}.png`) })
        const closed = await read()
        await page.evaluate(opened)
        const all = await read()
        if (process.env.GATE_PAGE_PICTURES)
          await page.screenshot({ path: join(pictures, `${name}-${scheme}-${device}-open.png`), fullPage: true })
        for (const seen of [closed, all]) {
          expect(seen.width, `${name} scrolls sideways`).toBeLessThanOrEqual(viewport.width)
          expect(seen.cut, `${name} is wider than the ${device}`).toEqual([])
          expect(seen.active).toBe(0)
          expect(seen.heading).toContain(passes ? 'Gate passed' : 'Gate failed')
          expect(seen.title).toMatch(/^Gate (?:passed|failed): http:/)
        }
        // A heading is at most one level below the one before it.
        expect(all.levels[0]).toBe(1)
        expect(all.levels.filter((level, index) => level > (all.levels[index - 1] ?? 0) + 1)).toEqual([])
        expect(faults).toEqual([])
        expect(requests).toEqual([pathToFileURL(join(scratch, `${name}.html`)).href])
        backgrounds.add(closed.background)
        await page.close()
      }
    }
    expect(backgrounds.size).toBe(2)
  })

  test('shows a request and its reply when a reader opens the line by the keyboard', async () => {
    const { page } = await open('failed', viewports.desktop, 'light')
    const isShown = () => page.evaluate(`document.querySelector('.messages').checkVisibility()`)
    expect(await isShown()).toBe(false)
    await page.focus('summary.exchange')
    await page.keyboard.press('Enter')
    expect(await isShown()).toBe(true)
    const text = (await page.evaluate(`document.querySelector('.messages').innerText`)) as string
    expect(text).toContain('"method": "initialize"')
    expect(text).toContain('<h1>502 Bad Gateway</h1>')
    expect(text).not.toContain('token-of-the-browser-test')
    await page.close()
  })

  test.each(['light', 'dark'] as const)('has enough contrast for its text: %s', async scheme => {
    for (const name of Object.keys(gates)) {
      const { page } = await open(name, viewports.desktop, scheme)
      await page.evaluate(opened)
      const faint = (await page.evaluate(contrastScript)) as string[]
      expect([...new Set(faint)]).toEqual([])
      await page.close()
    }
  })
})

interface Seen {
  readonly width: number
  readonly background: string
  readonly heading: string
  readonly title: string
  readonly levels: number[]
  readonly active: number
  readonly cut: string[]
}

/** Returns each text whose contrast is below 4.5 to 1 (WCAG 2.2, success criterion 1.4.3). */
const contrastScript = `(() => {
  const rgb = color => color.match(/[\\d.]+/g).map(Number)
  const light = ([r, g, b]) => [r, g, b].map(each => each / 255)
    .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0)
  const behind = element => {
    for (let each = element; each; each = each.parentElement) {
      const color = rgb(getComputedStyle(each).backgroundColor)
      if (color[3] !== 0) return color
    }
    return [255, 255, 255]
  }
  const faint = []
  for (const element of document.querySelectorAll('body *')) {
    if (![...element.childNodes].some(each => each.nodeType === 3 && each.data.trim())) continue
    if (element.closest('.heard, svg') || !element.checkVisibility()) continue
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x)
    const ratio = (a + 0.05) / (b + 0.05)
    if (ratio < 4.5) faint.push(element.tagName + '.' + element.className + ' ' + ratio.toFixed(2))
  }
  return faint
})()`
