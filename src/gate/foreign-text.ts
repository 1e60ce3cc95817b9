/**
 * The conversion of foreign bodies to readable text: the visible text of a page, the message of a JSON error or the
 * last traceback line. Linear in the length of the text.
 */
import { asObject, asText, parseJson } from '../json.ts'
import { MAX_READ_CHARACTERS, readStart } from './sanitize.ts'

/** Returns the part of an error body that describes the error. */
export function readableText(body: string): string {
  const text = readStart(body)
  const start = text.trimStart()
  if (start.startsWith('<')) return visibleText(text)
  if (start.startsWith('{') && body.length <= MAX_READ_CHARACTERS) {
    const message = messageIn(asObject(parseJson(body)))
    if (message !== undefined) return lastLineOfTraceback(message)
  }
  return lastLineOfTraceback(text)
}

/** Returns the message of an error object under its usual names (RFC 9457 and those of frameworks). */
function messageIn(value: Readonly<Record<string, unknown>>): string | undefined {
  const named = [value.message, value.Message, value.detail, value.error_description, value.error, value.title]
  return named.map(asText).find(text => text !== undefined)
}

function lastLineOfTraceback(text: string): string {
  if (!text.includes('Traceback (most recent call last)')) return text
  const lines = text.split('\n').filter(line => line.trim() !== '')
  return lines.at(-1) ?? text
}

/** Returns the text of a page without its elements, scripts and styles. */
function visibleText(page: string): string {
  const lower = page.toLowerCase()
  let text = ''
  let at = 0
  while (at < page.length) {
    const open = page.indexOf('<', at)
    if (open === -1) break
    text += `${page.slice(at, open)} `
    const hidden = ['script', 'style', 'head'].find(name => lower.startsWith(`<${name}`, open))
    const close = hidden ? lower.indexOf(`</${hidden}`, open) : open
    const end = close === -1 ? -1 : page.indexOf('>', close)
    if (end === -1) {
      at = page.length
      break
    }
    at = end + 1
  }
  return (text + page.slice(at)).replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_all, name: string) => ENTITIES[name] ?? ' ')
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" }
