/**
 * Takes secrets out of text before it leaves. GitHub masks the log and the summary but no comment, and a value that
 * Terraform hides in one place is often printed in another, as part of a URL or of a rendered file.
 */

/** Shorter values are no secrets, and replacing them would make the text unreadable. */
const shortest = 4

/** A function that replaces each secret, also line by line and as JSON writes it, by `***`. */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  const forms = new Set<string>()
  for (const secret of secrets) {
    for (const line of [secret, ...secret.split(/\r?\n/)]) {
      const trimmed = line.trim()
      for (const form of [trimmed, JSON.stringify(trimmed).slice(1, -1), encodeURIComponent(trimmed.toWellFormed())]) {
        if (form.length >= shortest && form !== 'true' && form !== 'false' && form !== 'null') forms.add(form)
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
  return text => text.replace(anySecret, '***')
}

/** A copy of a value with `redact` applied to every text in it, keys included. */
export function redactAll<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === 'string') return redact(value) as T
  if (Array.isArray(value)) return value.map(part => redactAll(part, redact)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [redact(key), redactAll(part as unknown, redact)]),
  ) as T
}
