/**
 * What is secret in a value: the parts of credentials, URLs and documents, judged by names and shapes. A program with a
 * credential often repeats only a part of it, such as the token of a header or the password of a URL. Pure.
 */

import { exactDigits, parseExactJson } from './json.ts'

/** Names under which documents, settings and queries hold secrets. */
const secretNamePattern =
  /pass|pwd|secret|token|key|credential|auth|private|salt|signature|cookie|session|dsn|connection|webhook/i

/** Names whose values a plan shows, although they stand beside a secret: places, sizes, kinds and public halves of keys. */
const publicNamePattern =
  /(?:^|[_-])(?:host|hostname|address|port|user|username|name|database|dbname|db|schema|region|engine|protocol|scheme|arn|id|type|version|family|enabled|size|count|zone|domain|image|cidr|ttl|path|public_key|publickey|key_id|keyid|key_name|auth_type|auth_mode|tags?)$/i

/** Whether a value under this name is secret, such as `api_key`, and not `public_key` or `key_id`. */
export function isSecretName(name: string): boolean {
  return secretNamePattern.test(name) && !publicNamePattern.test(name.replace(/(?<=[a-z])(?=[A-Z])/g, '_'))
}

/** Variables of the environment that hold no secret, although their names contain a word for one. The names are in upper case. */
const openVariablePattern =
  /^(INPUT_|OLDPWD$|PWD$)|(_FILE|_FILES|_PATH|_DIR|_SOCK|_TYPE|_METHOD|_MODE|_BACKEND|_PROVIDER|_NAME|_USER|_USERNAME|_HOST|_PORT|_ARN|_REGION|_VERSION|_ENABLED|_EXPIRATION|_EXPIRES|_EXPIRY|_TTL|PUBLIC_?KEY|_HELPER|_SESSION_DURATION)$/

/** Words of secrets in the names of variables, in upper case. A pattern that ignores case takes longer to compile. */
const secretVariablePattern =
  /TOKEN|SECRET|PASS(?:WORD|WD|PHRASE|CODE)|PGPASS|CREDENTIAL|BEARER|(?:API|ACCESS|PRIVATE|SIGNING)_?KEY|CONNECTION_?STRING|COOKIE|SIGNATURE|(?:^|_)(?:PASS|PWD|CREDS?|JWT|KEY|AUTH|PAT)$|_(?:DSN|SAS)$/

/** Whether the name of a variable has a word of a secret, in any case. Its value can still be a path, a user name or an address. */
export function hasSecretWord(variable: string): boolean {
  return secretVariablePattern.test(variable.toUpperCase())
}

/**
 * Returns the secrets of an environment: the values of variables whose names say secret, and the user info and query of every
 * URL, such as a proxy's. INPUT_* are read by inputs.ts.
 */
export function environmentSecrets(env: NodeJS.ProcessEnv): string[] {
  const found: string[] = []
  for (const [variable, value = ''] of Object.entries(env)) {
    const name = variable.toUpperCase()
    if (value === '' || openVariablePattern.test(name)) continue
    if (secretVariablePattern.test(name) && !/^arn:/.test(value)) {
      // A URL such as that of GitHub's identity tokens is shown in errors. Only its user info and its query are secret.
      found.push(...(isUrl(value) && /_UR[IL]$/.test(name) ? urlSecrets(value) : [value]))
    } else if (!isUrl(value)) found.push(...userInfosIn(value))
    else if (/PROXY$/.test(name)) found.push(...urlSecrets(value))
    else {
      found.push(...userInfosIn(value), ...secretQueryValues(value))
      // Whoever has the address of a webhook can use it.
      if (/HOOK/.test(name)) found.push(...pathTokens(value))
    }
  }
  return found
}

/**
 * Returns the secrets of a header: its value, the credential without its scheme, the password of Basic, and each value of a
 * cookie.
 */
export function headerSecrets(name: string, value: string): string[] {
  if (/^(set-)?cookie$/i.test(name)) return [value, ...pairValues(value, /;\s*/)]
  const [, scheme, credential] = /^(\S+)\s+(\S.*)/.exec(value) ?? []
  if (scheme === undefined || credential === undefined) return secretParts(value)
  return [
    ...secretParts(value),
    credential,
    // Digest and AWS4-HMAC-SHA256 have parameters: the signature and the response are the secret ones.
    ...(/^(digest|aws4-hmac-sha256|signature)$/i.test(scheme) ? pairValues(credential, /,\s*/) : []),
  ]
}

/**
 * Returns a secret with all parts that are secrets on their own: its lines, the token after a scheme, and secret settings
 * `name=value`. For a URL also the user info and the secret query values; for a JSON document its secret values.
 */
export function secretParts(secret: string): string[] {
  const parts = new Set<string>()
  const add = (value: string | undefined) => {
    const text = value?.trim() ?? ''
    if (text !== '') parts.add(text)
  }
  add(secret)
  const lines = secret.split(/\r\n?|\n/)
  for (const each of lines) add(each)
  const [, scheme = '', credential = ''] =
    /^(bearer|token|basic|apikey|api-key|negotiate)\s+(\S+)$/i.exec(secret.trim()) ?? []
  add(credential)
  if (scheme.toLowerCase() === 'basic') basicSecrets(credential).forEach(add)
  for (const each of userInfosIn(secret)) add(each)
  const url = secret.trim()
  if (isUrl(url)) [...secretQueryValues(url), ...pathTokens(url)].forEach(add)
  for (const each of secret.split(/[\r\n;]/)) add(secretSetting(each))
  if (/^\s*[[{]/.test(secret)) compositeSecrets(parseDocument(secret)).forEach(add)
  return [...parts]
}

/** Returns the user info, its password, and every query value of a URL, raw and decoded. Empty for any other text. */
export function urlSecrets(url: string): string[] {
  if (!URL.canParse(url)) return userInfosIn(url)
  return [
    ...userInfosIn(url),
    ...queryPairs(url)
      .map(([, value]) => value)
      .filter(value => value !== ''),
  ]
}

/** A URL as it may be shown: without its user info, and with the names but not the values of its query. */
export function publicUrl(url: string): string {
  const query = url.indexOf('?')
  const [place, rest] = query === -1 ? [url.replace(/#.*/s, ''), ''] : [url.slice(0, query), url.slice(query + 1)]
  const shownPlace = place.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#\\]*@/i, '$1')
  if (rest === '') return shownPlace
  const names = rest
    .replace(/#.*/s, '')
    .split('&')
    .map(pair => (pair.includes('=') ? `${pair.slice(0, pair.indexOf('='))}=…` : '…'))
  return `${shownPlace}?${names.join('&')}`
}

/** Whether a URL holds a user name or a password. */
export function hasUserInfo(url: string): boolean {
  const { username = '', password = '' } = URL.parse(url) ?? {}
  return username !== '' || password !== ''
}

/**
 * Returns the secret scalars of a document by their names. Most values of a task definition or a database login are
 * not secret, and hiding every host and port would hide the plan. A value under another name counts if it looks generated,
 * or if nothing in a flat document has the name of a secret. An entry of a container environment,
 * `{"name": "TOKEN", "value": "…"}`, counts under its `name`.
 */
export function compositeSecrets(document: unknown): string[] {
  const named: string[] = []
  const generated: string[] = []
  const others: string[] = []
  let isFlat = true
  const collect = (value: unknown, name: string, isSecret: boolean, depth: number): void => {
    if (typeof value === 'object' && value !== null && exactDigits(value) === undefined) {
      if (depth > 0 && !isPlainList(value)) isFlat = false
      if (depth > maxDepth) return
      const { name: entryName } = value as { name?: unknown }
      for (const [key, part] of Object.entries(value)) {
        // Keys of an object hide nothing of a plan, except for those that look generated, such as the tokens of a list of clients.
        if (!Array.isArray(value) && looksGenerated(key) && !isPublicName(key)) generated.push(key)
        const isEntry = key === 'value' && typeof entryName === 'string'
        const partName = isEntry ? entryName : Array.isArray(value) ? name : key
        collect(part, partName, isSecret || isSecretName(partName), depth + 1)
      }
      return
    }
    const text = typeof value === 'string' ? value : numberText(value)
    if (text === undefined) return
    if (isSecret) named.push(text)
    else if (isUrl(text)) generated.push(...userInfosIn(text), ...secretQueryValues(text), ...pathTokens(text))
    else if (isPublicName(name) || text.startsWith('arn:')) return
    else if (looksGenerated(text)) generated.push(text)
    else others.push(text)
  }
  collect(document, '', false, 0)
  return named.length === 0 && isFlat ? [...generated, ...others] : [...named, ...generated]
}

/** Returns the value of JSON text with every digit of its numbers, or undefined if the text is not JSON. */
function parseDocument(text: string): unknown {
  try {
    return parseExactJson(text)
  } catch {
    return undefined
  }
}

/** Depth at which a document of foreign JSON is not read further. */
const maxDepth = 200

function isPlainList(value: object): boolean {
  return Array.isArray(value) && value.every(each => typeof each !== 'object' || each === null)
}

/**
 * Returns the digits of a number as Terraform prints them; undefined for every other value, and for a number that can be a port, a size or
 * a count, which a plan must show.
 */
export function numberText(value: unknown): string | undefined {
  if (typeof value !== 'number') return exactDigits(value)
  if (!Number.isInteger(value)) return String(value)
  return Math.abs(value) <= 65_535 ? undefined : BigInt(value).toString()
}

function isPublicName(name: string): boolean {
  return publicNamePattern.test(name.replace(/(?<=[a-z])(?=[A-Z])/g, '_'))
}

/** UTF-16 units of the shortest text that can look generated, and of its shortest part that mixes letters with others. */
const minGeneratedUnits = 8
const minMixedUnits = 6

/**
 * Whether a text looks generated: at least 8 characters without a blank, and one part of at least 6 that mixes letters with digits
 * or symbols. Names, regions, versions, dates, numbers and addresses do not (docs/decisions/0168-which-values-are-masked.md).
 */
export function looksGenerated(text: string): boolean {
  if (text.length < minGeneratedUnits || /\s/.test(text)) return false
  return text
    .split(/[-_.:/,;"'{}[\]()<>=|`@#]+/)
    .some(part => part.length >= minMixedUnits && /\p{L}/u.test(part) && /[^\p{L}]/u.test(part))
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(text)
}

/** Returns the parts of a URL's path that look generated, such as the token of a chat's webhook. */
function pathTokens(url: string): string[] {
  return (URL.parse(url)?.pathname ?? '').split('/').filter(looksGenerated)
}

/** Returns the value of one setting `name=value` or `name: value` with the name of a secret; undefined for any other text. */
function secretSetting(text: string): string | undefined {
  const separator = text.search(/[=:]/)
  const name = text
    .slice(0, Math.max(0, separator))
    .trim()
    .replace(/^export\s+/, '')
    .replace(/^["']|["']$/g, '')
  if (!/^[A-Za-z_][\w .-]{0,99}$/.test(name) || !isSecretName(name)) return undefined
  const value = text
    .slice(separator + 1)
    .trim()
    .replace(/,$/, '')
  return value.startsWith('//') ? undefined : value.replace(/^(["'])(.*)\1$/, '$2')
}

/** Returns `user:password` of Basic credentials, and the password. */
function basicSecrets(credential: string): string[] {
  if (!/^[A-Za-z\d+/_-]+=*$/.test(credential)) return []
  const pair = Buffer.from(credential, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  return colon === -1 || pair.includes('\ufffd') ? [] : [pair, pair.slice(colon + 1)]
}

/**
 * Returns the user infos of the URLs in a text and their passwords, raw and decoded. A user name is a token if it has no password or
 * looks generated, as in `TOKEN:x-oauth-basic`.
 */
function userInfosIn(text: string): string[] {
  return [...text.matchAll(/:\/\/([^/?#\s"'<>]*)@/g)].flatMap(([, info = '']) => {
    const colon = info.indexOf(':')
    const secret = colon === -1 ? info : info.slice(colon + 1)
    const user = colon === -1 ? '' : info.slice(0, colon)
    const token = looksGenerated(user) ? [user, decoded(user)] : []
    return [...(colon === -1 ? [] : [info]), ...token, secret, decoded(secret)].filter(each => each !== '')
  })
}

function secretQueryValues(url: string): string[] {
  return queryPairs(url).flatMap(([name, value]) => (isSecretName(name) || looksGenerated(value) ? [value] : []))
}

/** Returns names and values of a query, each value raw and decoded. A part without `=` is a value without a name. */
function queryPairs(url: string): [string, string][] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? ''
  return query.split('&').flatMap(pair => {
    const equals = pair.indexOf('=')
    const name = equals === -1 ? '' : pair.slice(0, equals)
    const value = pair.slice(equals + 1)
    return [[name, value] as [string, string], [name, decoded(value.replaceAll('+', ' '))] as [string, string]]
  })
}

function pairValues(text: string, separator: RegExp): string[] {
  return text.split(separator).flatMap(pair => {
    const value = pair.slice(pair.indexOf('=') + 1).replace(/^"(.*)"$/, '$1')
    return value === '' ? [] : [value, decoded(value)]
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
