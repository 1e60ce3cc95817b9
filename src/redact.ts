/**
 * Takes secrets out of text before it leaves. GitHub masks the log and the summary but no comment, and a value that
 * Terraform hides in one place is often printed in another, as part of a URL or of a rendered file. A secret is looked
 * for in the forms in which Terraform's own functions write it.
 */

/**
 * Shorter values are left where they turn up by themselves: a port 80 that is marked as sensitive would take every 80
 * out of the plan, and three characters are guessed anyway. In their own place they are hidden like all others.
 */
const minUnits = 4

/** Fewer bytes leave too little in base64 once the characters are cut off that depend on what stands beside them. */
const minBytesInBase64 = 6

/** A function that replaces each secret, also line by line and in its other forms, by `***`. */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  const forms = new Set<string>()
  for (const secret of secrets) {
    for (const line of new Set([secret, ...secret.split(/\r?\n/), ...valuesInside(secret)])) {
      for (const form of formsOf(line.trim())) {
        if (form.length >= minUnits && form !== 'true' && form !== 'false' && form !== 'null') forms.add(form)
      }
    }
  }
  if (forms.size === 0) return text => text
  // The longest first, so that a secret which contains another one is replaced whole.
  const pattern = [...forms]
    .sort((a, b) => b.length - a.length)
    .map(form => RegExp.escape(form))
    .join('|')
  const anySecret = new RegExp(pattern, 'g')
  return text => (text.length < minUnits ? text : text.replace(anySecret, '***'))
}

/** Names under which documents keep what is secret in them. */
const secretNamePattern =
  /pass|pwd|secret|token|key|credential|auth|private|salt|signature|cookie|session|dsn|connection|url|uri/i

/**
 * What is secret in a secret that is a JSON document, which is shown value by value where it is compared. Most of what a
 * task definition or the login of a database holds is not: hiding each `server`, region and port of it would hide the
 * plan. So it goes by the names, and only where a flat document has no such name is every text in it one.
 */
function valuesInside(secret: string): string[] {
  if (!/^\s*[[{]/.test(secret)) return []
  let document: unknown
  try {
    document = JSON.parse(secret)
  } catch {
    return []
  }
  const values: string[] = []
  collectSecrets(document, false, values)
  const texts = Object.values(document as Record<string, unknown>).filter(value => typeof value === 'string')
  const isFlat = !Array.isArray(document) && texts.length === Object.keys(document as object).length
  return values.length === 0 && isFlat ? texts : values
}

/** `{"name": "TOKEN", "value": "…"}`, as containers have their environment, is what it says: TOKEN. */
function collectSecrets(value: unknown, isSecret: boolean, values: string[]): void {
  if (typeof value === 'string' || typeof value === 'number') {
    if (isSecret) values.push(String(value))
    return
  }
  if (typeof value !== 'object' || value === null) return
  const { name } = value as { name?: unknown }
  for (const [key, part] of Object.entries(value)) {
    const keyName = key === 'value' && typeof name === 'string' ? name : Array.isArray(value) ? '' : key
    collectSecrets(part, isSecret || secretNamePattern.test(keyName), values)
  }
}

/** As it is, and as jsonencode, a plan's text, urlencode, a template of HTML or XML, and base64encode write it. */
function formsOf(secret: string): string[] {
  if (secret.length < minUnits) return []
  const json = JSON.stringify(secret).slice(1, -1)
  const uri = encodeURIComponent(secret.toWellFormed())
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    json.replace(/[<>&\u2028\u2029]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
    json.replace(/[$%](?=\{)/g, '$&$&'),
    uri,
    uri.replaceAll('%20', '+').replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ...inBase64(secret),
  ]
}

/** What base64 makes of it wherever it stands in a longer text: its first and last characters depend on the neighbours. */
function inBase64(secret: string): string[] {
  const bytes = Buffer.from(secret)
  if (bytes.length < minBytesInBase64) return []
  const whole = bytes.toString('base64')
  return [0, 1, 2]
    .flatMap(before => {
      const encoded = Buffer.concat([Buffer.alloc(before), bytes])
        .toString('base64')
        .replace(/=+$/, '')
      const from = before === 0 ? 0 : before + 1
      const to = (before + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1
      const inner = encoded.slice(from, to)
      return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
    })
    .concat(whole)
}

/** A copy of a value with `redact` applied to every text in it, keys included. */
export function redactAll<T>(value: T, redact: (text: string) => string): T {
  // The same few keys stand in each of ten thousand changes.
  const keys = new Map<string, string>()
  const redactKey = (key: string): string => {
    const redacted = keys.get(key) ?? redact(key)
    keys.set(key, redacted)
    return redacted
  }
  const copy = (part: unknown): unknown => {
    if (typeof part === 'string') return redact(part)
    if (Array.isArray(part)) return part.map(copy)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [redactKey(key), copy(inner)]))
  }
  return copy(value) as T
}
