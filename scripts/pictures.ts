/**
 * Makes the pictures of docs/images, each in light and dark, from the comments and job summaries that the last `npm run demo`
 * left in demo/out: what the shipped action wrote, rendered as GitHub does. Only the address of the demo's load balancer is
 * replaced by an example. Needs Chromium and pngquant on PATH, Liberation fonts and a font with colour emoji. Look at every
 * picture before you commit it.
 *
 *     npm run demo && npm run pictures
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

interface Picture {
  /** docs/images/NAME-light.png and NAME-dark.png. */
  readonly name: string
  /** demo/out/SOURCE.html */
  readonly source: string
  /** Collapsible sections that are shown open, counted from 0. All others are closed, to keep the picture small. */
  readonly open?: readonly number[]
}

const pictures: readonly Picture[] = [
  { name: 'plan', source: 'c-plan', open: [1] },
  { name: 'failed', source: 'c-failed' },
  { name: 'verified', source: 'b-verified' },
  { name: 'summary', source: 'c-summary' },
]

const images = join(import.meta.dirname, '../docs/images')
const rendered = join(import.meta.dirname, '../demo/out')

/** Width of the box in CSS pixels: a picture has the width of a phone, so that no screen has to shrink its text. */
const width = 390

/** Device pixels for one CSS pixel, so that text is sharp on the screens that people read on. */
const scale = 2
/** What a README may cost who opens it on a phone. */
const largest = 150_000
/** Of Chromium's setting `preferredColorScheme`. */
const schemes = { dark: 0, light: 1 } as const

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

/** The page with nothing but the box, as wide as the window. */
function boxAlone(html: string, open: readonly number[]): string {
  let fold = -1
  const opened = html.replaceAll(/<details( open(="")?)?>/g, () =>
    open.includes(++fold) ? '<details open>' : '<details>',
  )
  // The demo has no domain, so its load balancer answers on a local port.
  const page = opened.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://mcp.example.com')
  if (/127\.0\.0\.1|localhost|\[::1\]/.test(page)) throw new Error('A picture would show a loopback address.')
  return `${page}
<style>${style}</style>
<script>document.documentElement.dataset.height = Math.ceil(document.querySelector('main').getBoundingClientRect().height)</script>
`
}

function chromium(profile: string, ...args: readonly string[]): string {
  const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--hide-scrollbars']
  const offline = ['--disable-background-networking', '--disable-component-update', '--disable-sync']
  return execFileSync('chromium', [...quiet, ...offline, `--user-data-dir=${profile}`, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

const directory = mkdtempSync(join(tmpdir(), 'pictures-'))
try {
  for (const { name, source, open = [] } of pictures) {
    const kept = join(rendered, `${source}.html`)
    if (!existsSync(kept)) throw new Error(`demo/out/${source}.html is not there: run npm run demo first.`)
    const page = join(directory, `${name}.html`)
    writeFileSync(page, boxAlone(readFileSync(kept, 'utf8'), open))
    const url = pathToFileURL(page).href
    const dom = chromium(join(directory, 'profile'), `--window-size=${width},2000`, '--dump-dom', url)
    const height = /data-height="(\d+)"/.exec(dom)?.[1]
    if (height === undefined) throw new Error(`Chromium did not say how high ${source}.html is.`)
    for (const [scheme, setting] of Object.entries(schemes)) {
      const file = join(images, `${name}-${scheme}.png`)
      const raw = join(directory, 'raw.png')
      const shot = [`--screenshot=${raw}`, `--window-size=${width},${height}`, `--force-device-scale-factor=${scale}`]
      chromium(join(directory, 'profile'), ...shot, `--blink-settings=preferredColorScheme=${setting}`, url)
      execFileSync('pngquant', ['--force', '--strip', '--nofs', '--output', file, '40', raw])
      const { size } = statSync(file)
      console.log(`docs/images/${name}-${scheme}.png: ${width} × ${height}, ${Math.round(size / 1000)} kB`)
      if (size > largest) throw new Error(`${file} is larger than ${largest} bytes: show less in it.`)
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
