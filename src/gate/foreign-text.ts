/**
 * Foreign bodies as a person reads them: the visible text of a page, the message of a JSON error, the last line of a
 * traceback. Pure, and linear in the text.
 */
import { asObject, asText, parseJson } from '../json.ts'

/** More than a sentence shows, and little enough to be read at once. */
const MAX_READ_CHARACTERS = 64 * 1024

/** The part of an error body that says what happened. */
export function readableText(body: string): string {
  const text = body.slice(0, MAX_READ_CHARACTERS)
  const start = text.trimStart()
  if (start.startsWith('<')) return visibleText(text)
  if (start.startsWith('{') && body.length <= MAX_READ_CHARACTERS) {
    const message = messageIn(asObject(parseJson(text)))
    if (message !== undefined) return lastLineOfTraceback(message)
  }
  return lastLineOfTraceback(text)
}

/** The message of an error object as frameworks name it (RFC 9457 and their own). */
function messageIn(value: Readonly<Record<string, unknown>>): string | undefined {
  const named = [value.message, value.Message, value.detail, value.error_description, value.error, value.title]
  return named.map(asText).find(text => text !== undefined)
}

function lastLineOfTraceback(text: string): string {
  if (!text.includes('Traceback (most recent call last)')) return text
  const lines = text.split('\n').filter(line => line.trim() !== '')
  return lines.at(-1) ?? text
}

/** The text of a page without its elements, scripts and styles. */
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
