/**
 * Foreign text in Markdown: names, values and server replies are hostile, and none of them may close a fence,
 * ping a person, become HTML or reorder what a reviewer reads.
 */

/** Text for a line of Markdown: a code span that no content can leave. */
export function code(text: string): string {
  const content = oneLine(text)
  if (content === '') return '` `'
  const ticks = '`'.repeat(longestRun(content, '`') + 1)
  const pad = content.startsWith('`') || content.endsWith('`') || /^ .* $/.test(content) ? ' ' : ''
  return `${ticks}${pad}${content}${pad}${ticks}`
}

/** The same inside a table, where a pipe would end the cell even in code. */
export function cell(text: string): string {
  return code(text).replaceAll('|', '\\|')
}

/** A sentence with foreign parts as plain text: nothing in it is Markdown, HTML or a mention. */
export function prose(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]()<>#+!|~&@:/]|(?<=\bwww)\./g, char => `&#${char.charCodeAt(0)};`)
}

/** Text inside an HTML element such as `<summary>`; `<code>` around it keeps GitHub from linking mentions. */
export function html(text: string): string {
  return oneLine(text).replace(/[&<>"'@#]/g, char => `&#${char.charCodeAt(0)};`)
}

/** A fenced block that its content cannot close. */
export function fence(content: string, language = ''): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(content, '`') + 1))
  return `${ticks}${language}\n${visible(content)}\n${ticks}`
}

/** A fold; its body is Markdown, so it is set off by blank lines. */
export function fold(summary: string, body: string, open = false): string {
  return `<details${open ? ' open' : ''}><summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** Control and direction characters are shown as their code, so that text reads as it is compared. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, char => {
    if (char === '\n' || char === '\t') return char
    return char === '\r' ? '' : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
  })
}

/** `n thing` or `n things`. */
export function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`
}

/** `0.4 s`, `12 s`, `3 min 5 s`. */
export function seconds(ms: number): string {
  const s = ms / 1000
  if (s < 10) return `${s.toFixed(1)} s`
  if (s < 120) return `${Math.round(s)} s`
  return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`
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
