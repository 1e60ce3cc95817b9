/**
 * Removes secrets from text before it is published. GitHub masks the log and the summary, but not comments. A value that
 * Terraform hides in one place is often printed in another, as part of a URL or a rendered file. Each secret is searched in
 * all forms in which Terraform's own functions write it.
 */

/**
 * UTF-16 units of the shortest value that is removed wherever it appears. A sensitive port 80 would otherwise remove every
 * 80 from the plan. Terraform still hides shorter values in their own place.
 */
const minUnits = 4

/** Bytes of the shortest value that is searched in base64. Neighbours change too many characters of a shorter one. */
const minBytesInBase64 = 6

/** Returns a function that replaces each secret by `***`, also line by line and in its other forms. */
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
  // The longest form comes first, so that a secret that contains another one is replaced completely.
  const pattern = [...forms]
    .sort((a, b) => b.length - a.length)
    .map(form => RegExp.escape(form))
    .join('|')
  const anySecret = new RegExp(pattern, 'g')
  return text => (text.length < minUnits ? text : text.replace(anySecret, '***'))
}

/** Names under which JSON documents hold secrets. */
const secretNamePattern =
  /pass|pwd|secret|token|key|credential|auth|private|salt|signature|cookie|session|dsn|connection|url|uri/i

/**
 * Returns the secret values inside a secret that is a JSON document, because a plan shows such a document value by value.
 * Most values of a task definition or a database login are not secret, and hiding every region and port would hide the plan.
 * So the names decide. If a flat document has no such name, every text in it is secret.
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

/** Collects secret values. An entry of a container environment, `{"name": "TOKEN", "value": "…"}`, counts under its `name`. */
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

/** Returns a secret in all its forms: raw, and as jsonencode, a plan, urlencode, HTML or XML, and base64encode write it. */
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

/** Returns the base64 forms of a secret inside a longer text, whose first and last characters depend on the neighbours. */
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

/** Returns a copy of a value with `redact` applied to every text and key in it. */
export function redactAll<T>(value: T, redact: (text: string) => string): T {
  // Ten thousand changes repeat the same few keys.
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
