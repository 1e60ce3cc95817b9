/**
 * Foreign text in Markdown: names, values and server replies are hostile, and none of them may close a fence, ping a
 * person, become a link or HTML, or reorder what a reviewer reads. GitHub looks for mentions and references after it
 * has decoded entities, so only code keeps a word from being one; everything else is escaped.
 */

/** Text for a line of Markdown: a code span that no content can leave. */
export function code(text: string): string {
  const content = oneLine(text)
  if (content.trim() === '') return '` `'
  const ticks = '`'.repeat(longestRun(content, '`') + 1)
  const pad = content.startsWith('`') || content.endsWith('`') || /^ .* $/.test(content) ? ' ' : ''
  return `${ticks}${pad}${content}${pad}${ticks}`
}

/**
 * A sentence with foreign parts: nothing in it is Markdown or HTML, and what GitHub would link or notify (a URL, a
 * mention, an issue) stands in code, where it can still be copied.
 */
export function prose(text: string): string {
  return oneLine(text)
    .trim()
    .split(/([\s"'()<>[\],;]+)/)
    .map(word => {
      if (!linked.test(word)) return escaped(word)
      const core = word.replace(/[.:!?]+$/, '')
      return core === '' ? escaped(word) : `${code(core)}${word.slice(core.length)}`
    })
    .join('')
    .replace(/^(?:[#>+=-]|\d+[.)])/, start => start.replace(/./g, entity))
}

/** Text inside an HTML element such as `<summary>`. */
export function html(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, entity)
}

/** A fenced block that its content cannot close. */
export function fence(content: string, language = ''): string {
  const shown = visible(content)
  const [backticks, tildes] = [longestRun(shown, '`'), longestRun(shown, '~')]
  const line = backticks <= tildes ? '`'.repeat(Math.max(3, backticks + 1)) : '~'.repeat(Math.max(3, tildes + 1))
  return `${line}${language}\n${shown}\n${line}`
}

/** A fold; its body is Markdown, so it is set off by blank lines. */
export function fold(summary: string, body: string, open = false): string {
  return `<details${open ? ' open' : ''}><summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** Control and direction characters are shown as their code, so that text reads as it is compared. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, char => {
    if (char === '\n' || char === '\t') return char
    return char === '\r' ? '' : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
  })
}

/** At most `limit` UTF-16 units, the middle left out: the two ends of an address or an ARN are what tells it from others. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  const half = Math.floor((limit - 1) / 2)
  return `${text.slice(0, half)}…${text.slice(-half)}`.toWellFormed()
}

/** `n thing` or `n things`. */
export function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`
}

/** `0.4 s`, `12 s`, `3 min 5 s`. */
export function seconds(ms: number): string {
  const s = ms / 1000
  if (s < 9.95) return `${s.toFixed(1)} s`
  const whole = Math.round(s)
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** What GitHub or a GFM parser would make a link or a notification of. */
const linked = /[@#]|:\/\/|www\.|\bGH-\d|mailto:|xmpp:/i

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&$!]/g, entity)
}

function entity(char: string): string {
  return `&#${char.charCodeAt(0)};`
}

function oneLine(text: string): string {
  return visible(text.replace(/[\r\n\t]+/g, ' '))
}

function longestRun(text: string, char: string): number {
  let longest = 0
  let run = 0
  for (const each of text) {
    run = each === char ? run + 1 : 0
    if (run > longest) longest = run
  }
  return longest
}
