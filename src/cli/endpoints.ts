/** The endpoints of one run: arguments and the lines of a file. */
import { readFileSync } from 'node:fs'
import { InputError, messageOf } from '../errors.ts'
import { isLoopback } from '../gate/header-rules.ts'
import { closest } from '../gate/tools.ts'

/**
 * Returns the distinct URLs of the command line and of the file.
 *
 * @throws InputError that names the argument, or the file and the line
 */
export function readEndpoints(urls: readonly string[], file: string | undefined): readonly string[] {
  for (const url of urls) checkUrl(url, 'The argument')
  const listed = file === undefined ? [] : readLines(file)
  const endpoints = [...new Set([...urls, ...listed])]
  if (endpoints.length > 0) return endpoints
  throw new InputError(
    file === undefined
      ? 'No URL is given: mcp-gate https://mcp.example.com/mcp checks one. See mcp-gate --help.'
      : `Option --file names "${file}", which has no URL.`,
  )
}

function readLines(file: string): readonly string[] {
  let text: string
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new InputError(`Option --file names "${file}", which cannot be read: ${messageOf(error)}`)
  }
  return text.split(/\r?\n/).flatMap((each, index) => {
    const url = each.trim()
    if (url === '' || url.startsWith('#')) return []
    checkUrl(url, `Line ${index + 1} of ${file === '-' ? 'standard input' : file}`)
    return [url]
  })
}

function checkUrl(url: string, place: string): void {
  const { protocol, username, password, hostname } = URL.parse(url) ?? { protocol: '', hostname: '' }
  if (protocol === '' && /^https?:\/\/./i.test(url)) {
    throw new InputError(
      `${place} is "${url}", which is not a URL: check its host name and its port, which is at most 65535.`,
    )
  }
  if ((protocol !== 'https:' && protocol !== 'http:') || hostname === '') {
    throw new InputError(`${place} is "${url}": it must be a URL that begins with https:// or http://.${guess(url)}`)
  }
  if (username || password) {
    throw new InputError(`${place} has a user name or a password in its URL, at ${hostname}: use --headers instead.`)
  }
}

/** Returns the question about what was probably meant; empty without a guess. A single word gets none. */
function guess(url: string): string {
  if (/^(?:help|usage)$/i.test(url)) return ' Did you mean mcp-gate --help?'
  if (/^[a-z]+$/i.test(url) && closest(url, ['init']) !== undefined) return ' Did you mean mcp-gate init?'
  const [, host = ''] = /^([\w.-]+)(?::\d+)?(?:\/|$)/.exec(url) ?? []
  if (isLoopback(host)) return ` Did you mean http://${url}?`
  return /[.:/]/.test(url) && host !== '' ? ` Did you mean https://${url}?` : ''
}
