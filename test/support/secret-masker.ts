/**
 * The runner's masking of log lines and step summaries: each registered secret, and each form in which a tool may
 * print it again, becomes `***`. Only text that passes through `mask` is protected, as on GitHub: outputs, state and
 * API calls are not. After actions/runner `src/Sdk/DTLogging/Logging/{SecretMasker,ValueEncoders}.cs`.
 */

type Encoder = (secret: string) => string

// `base64(user:password)` shifts the password by zero, one or two bytes, and each shift encodes differently.
const base64From =
  (shift: number): Encoder =>
  secret => {
    const bytes = Buffer.from(secret, 'utf8')
    return bytes.subarray(bytes.length > shift ? shift : 0).toString('base64')
  }

const xmlEntities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '&': '&amp;' }

const longEnough = (section: string): string => (section.length < 6 ? '' : section)

const encoders: readonly Encoder[] = [
  base64From(0),
  base64From(1),
  base64From(2),
  secret => secret.replaceAll('"', '\\"'),
  secret => secret.replaceAll("'", "''"),
  secret => JSON.stringify(secret).slice(1, -1),
  secret =>
    encodeURIComponent(secret.toWellFormed()).replace(
      /[!'()*]/g,
      char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  secret => secret.replace(/[<>"'&]/g, char => xmlEntities[char] ?? char),
  secret => (secret.length > 8 && secret.startsWith('"') && secret.endsWith('"') ? secret.slice(1, -1) : ''),
  // PowerShell colours an erroneous command at its ampersand, which splits the secret in two.
  secret => {
    const marker = secret.includes('&+') ? secret.indexOf('&+') + 2 : secret.lastIndexOf('&') + 1
    return longEnough(secret.slice(0, marker))
  },
  secret => {
    if (!secret.includes('&')) return ''
    const marker = secret.includes('&+') ? secret.indexOf('&+') + 3 : secret.lastIndexOf('&') + 1
    return longEnough(secret.slice(marker))
  },
]

export class SecretMasker {
  /** The values as they were registered, in order, without their encoded forms. */
  readonly registered = new Set<string>()
  readonly #forms = new Set<string>()

  /** Registers a secret and each of its lines, since a tool may print them one by one; the empty string is ignored. */
  add(secret: string): void {
    if (secret === '') return
    this.registered.add(secret)
    for (const value of [secret, ...secret.split(/[\r\n]+/)]) {
      for (const form of [value, ...encoders.map(encode => encode(value))]) {
        if (form !== '') this.#forms.add(form)
      }
    }
  }

  /** Replaces every hit by `***`; hits that overlap or touch become one. */
  mask(text: string): string {
    const hits: Array<{ start: number; end: number }> = []
    for (const form of this.#forms) {
      for (let start = text.indexOf(form); start !== -1; start = text.indexOf(form, start + 1)) {
        hits.push({ start, end: start + form.length })
      }
    }
    hits.sort((a, b) => a.start - b.start)
    let masked = ''
    let copied = 0
    let open: { start: number; end: number } | undefined
    for (const hit of [...hits, { start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY }]) {
      if (open && hit.start <= open.end) {
        open.end = Math.max(open.end, hit.end)
        continue
      }
      if (open) {
        masked += `${text.slice(copied, open.start)}***`
        copied = open.end
      }
      open = hit
    }
    return masked + text.slice(copied)
  }
}
