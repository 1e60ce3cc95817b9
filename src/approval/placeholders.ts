/**
 * Placeholders for values that differ between the plan of a pull request and the plan of its merge by construction: the run's own
 * commit, the plan's timestamp, and the identity of the caller. A placeholder interrupts the JSON string that contains the value, as
 * in `"weather:"@commit/7""`. No JSON text has an unescaped quote before an `@`, so no value can imitate one.
 */
import { isUtf8 } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import { asList, asObject, asText } from '../json.ts'
import type { PlanJson, StateModule, StateResource } from '../terraform/json.ts'

/** The values that have placeholders, and how they are found in JSON text. */
export interface Placeholders {
  /** Whether the plan knows the identity of its caller. */
  readonly hasIdentity: boolean
  /** Replaces commit and timestamp. */
  replace(json: string): string
  /** Also replaces the caller's identity. Only for attributes whose expression refers to it. */
  replaceIdentity(json: string): string
  /** Also replaces every identity of the caller's accounts, to find values that differ only by the caller. */
  replaceEveryIdentity(json: string): string
  /** Whether a text without placeholders holds the date of the plan, as a value derived from `plantimestamp()` does. */
  isDated(json: string): boolean
}

export type PlaceholderName = 'commit' | 'timestamp' | 'identity'

/** The kinds of placeholders in a canonical text, without duplicates. A value with an escaped quote does not count. */
export function placeholdersIn(text: string): PlaceholderName[] {
  // Most texts have none, and this search costs nothing.
  if (!text.includes('"@')) return []
  // Complete strings are values; the rest of an interrupted one begins with the quote behind its placeholder.
  const found = text.matchAll(/"(?:[^"\\]|\\.)*"(?:@(commit|timestamp|identity)\/[\w/-]*(?="))?/g)
  return [...new Set([...found].flatMap(([, name]) => (name === undefined ? [] : [name as PlaceholderName])))]
}

/**
 * The placeholders of a run.
 * @param commits full SHAs of the run's own commit: on a pull request the head and the test merge, at an apply the applied commit and
 * the head that was reviewed
 */
export function placeholdersOf(json: PlanJson, commits: readonly string[]): Placeholders {
  const { timestamp } = json
  const own = replacer([...commits.filter(isCommit).map(commitForm), ...timestampForms(timestamp)])
  const identities = callerIdentities(json)
  const callers = replacer(identities.map(identityForm))
  const anyone = replacer([...new Set(identities.map(({ account }) => account))].map(everyIdentityForm))
  const dated = datedTest(timestamp)
  return {
    hasIdentity: identities.length > 0,
    replace: alsoDecoded(own),
    replaceIdentity: alsoDecoded(text => callers(own(text))),
    replaceEveryIdentity: alsoDecoded(text => anyone(own(text))),
    isDated: text => dated?.(text) === true,
  }
}

/** A JSON string in base64 of at least 30 bytes. A shorter script with a commit does nothing. */
const encodedPattern = /"([A-Za-z\d+/]{40,}={0,2})"/g

/** Bytes of the largest text that is decompressed. User data has 16 KiB at most. */
const maxDecodedBytes = 1024 * 1024

/** A string in base64, with the text that it holds. `gzip` is what base64gzip() of Terraform returns. */
interface Decoded {
  readonly form: 'plain' | 'gzip'
  readonly content: string
}

/** The text in a base64 string; undefined if it holds none. */
function decode(encoded: string): Decoded | undefined {
  if (encoded.length % 4 !== 0) return undefined
  let bytes = Buffer.from(encoded, 'base64')
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (isCompressed) {
    try {
      bytes = gunzipSync(bytes, { maxOutputLength: maxDecodedBytes })
    } catch {
      return undefined
    }
  }
  return isUtf8(bytes) ? { form: isCompressed ? 'gzip' : 'plain', content: bytes.toString('utf8') } : undefined
}

/**
 * Also replaces in what a base64 string holds, such as user data. A string without placeholders stays as it is. The mark of the encoding
 * follows an empty string, which no JSON text has.
 */
function alsoDecoded(replace: (json: string) => string): (json: string) => string {
  const inString = (whole: string, encoded: string): string => {
    const decoded = decode(encoded)
    if (decoded === undefined) return whole
    const json = JSON.stringify(decoded.content)
    const replaced = replace(json)
    return replaced === json ? whole : `""@base64/${decoded.form}${replaced}`
  }
  // The shortest encoded string and its quotes have 42 characters.
  return json => replace(json.length < 42 ? json : json.replace(encodedPattern, inString))
}

const weekdayEnds = {
  Sun: 'day',
  Mon: 'day',
  Tue: 'sday',
  Wed: 'nesday',
  Thu: 'rsday',
  Fri: 'day',
  Sat: 'urday',
} as const
const weekdayNames = Object.keys(weekdayEnds) as (keyof typeof weekdayEnds)[]

/** The form of the weekday before a date, as a part of its placeholder: another form is another configuration. */
function weekdayForm(match: string): string {
  if (!/^[A-Z]/.test(match)) return ''
  return match.indexOf(',') === 3 ? 'weekday_' : 'long-weekday_'
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * Returns a test for values that another plan would have otherwise: the date of the plan in usual formats, and a time that timeadd() makes of
 * it by whole hours, which has its minutes and seconds.
 */
function datedTest(timestamp: string | undefined): ((text: string) => boolean) | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T\d\d:(\d\d:\d\d)Z$/.exec(timestamp ?? '')?.slice(1)
  if (parts === undefined) return undefined
  const [year = '', month = '', day = '', clock = ''] = parts
  const name = monthNames[Number(month) - 1]
  const dates = [
    `${year}[-/.]${month}[-/.]${day}`,
    `${year}${month}${day}${notGenerated}`,
    `(?<!\\d)(?:${day}[/.]${month}|${month}[/.]${day})[/.]${year}`,
    `(?<!\\d)${day}[ -]${name}[ -]${year}(?!\\d)`,
    `${name}\\w* ${Number(day)},? ${year}`,
    `${name}\\w* ${day},? ${year}`,
  ]
  // Configurations also have round times.
  const shifted = clock === '00:00' ? [] : [`\\d{4}-\\d\\d-\\d\\dT\\d\\d:${clock}Z`]
  const pattern = new RegExp([...dates, ...shifted].join('|'))
  // Most texts have neither, and this search costs little.
  return text => (text.includes(year) || text.includes(clock)) && pattern.test(text)
}

/** What does not follow the date of a plan. In a name that Terraform generates the date is that of its creation. */
const notGenerated = '(?!\\d{10}[\\da-f]{8})'

/** A pattern without capturing groups, and the placeholder of each match. */
interface Form {
  /** A text that every match has, or an empty one. */
  readonly needle: string
  readonly pattern: string
  readonly token: (match: string) => string
}

/** Replaces the forms in one pass, each by the token of the first form that matches. */
function replacer(forms: readonly Form[]): (text: string) => string {
  if (forms.length === 0) return text => text
  const pattern = new RegExp(forms.map(form => `(${form.pattern})`).join('|'), 'g')
  const needles = [...new Set(forms.map(({ needle }) => needle))]
  return text => {
    // Most texts have none, and this search costs little.
    if (!needles.some(needle => text.includes(needle))) return text
    return text.replace(pattern, (match, ...groups: unknown[]) => {
      const index = forms.findIndex((_, form) => groups[form] !== undefined)
      return `"@${forms[index]?.token(match)}"`
    })
  }
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text)
}

/** A commit in full or shortened to 7 characters or more. The length counts, so that two tags of different lengths differ. */
function commitForm(commit: string): Form {
  const [first, rest] = [commit.slice(0, 7), [...commit.slice(7)]]
  const more = rest.reduceRight((pattern, digit) => `(?:${digit}${pattern})?`, '')
  return { needle: first, pattern: `${first}${more}(?![0-9A-Fa-f])`, token: match => `commit/${match.length}` }
}

/** The timestamp as plantimestamp() returns it, and in the formats with seconds that formatdate() is used for. */
function timestampForms(timestamp: string | undefined): Form[] {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(timestamp ?? '')?.slice(1)
  if (parts === undefined) return []
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = parts
  const weekday = weekdayNames[new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDay()] ?? 'Sun'
  const dates = {
    '-': `${year}-${month}-${day}`,
    '': `${year}${month}${day}`,
    slash: `${year}/${month}/${day}`,
    dot: `${year}[.]${month}[.]${day}`,
    'day-name': `(?:${weekday}(?:${weekdayEnds[weekday]})?, )?${day} ${monthNames[Number(month) - 1]} ${year}`,
  }
  const times = {
    ':': `${hour}:${minute}:${second}`,
    '-': `${hour}-${minute}-${second}`,
    '': `${hour}${minute}${second}`,
  }
  return Object.entries(dates).flatMap(([dateSeparator, date]) =>
    Object.entries(times).flatMap(([timeSeparator, time]) =>
      ['T', ' ', '-', '_', ''].map(between => ({
        needle: year,
        pattern: `(?<!\\d)${date}${between}${time}(?!\\d)`,
        // Two formats are two values: another format is another configuration.
        token: (match: string) =>
          `timestamp/${weekdayForm(match)}${dateSeparator}_${between.replace(' ', 'blank')}_${timeSeparator.replace(':', 'colon')}`,
      })),
    ),
  )
}

/** An identity of the caller: the text to find, what it is, and its account, which stays compared. */
interface CallerIdentity {
  readonly text: string
  readonly kind: 'arn' | 'issuer-arn' | 'user-id' | 'issuer-id'
  readonly account: string
}

/** Providers whose data sources report the caller. Another provider could name its own source alike. */
const awsProviders: readonly string[] = ['registry.terraform.io/hashicorp/aws', 'registry.opentofu.org/hashicorp/aws']

/** The longest texts first, because an id is a part of another one. */
function callerIdentities({ prior_state }: PlanJson): CallerIdentity[] {
  const resources = dataSources(prior_state?.values?.root_module)
  const identities = new Map<string, CallerIdentity>()
  const add = (value: unknown, kind: CallerIdentity['kind'], account: string, pattern: RegExp) => {
    const text = asText(value)
    if (text !== undefined && pattern.test(text)) identities.set(text, { text, kind, account })
  }
  const arns = new Map<unknown, string>()
  for (const { values } of resources.filter(({ type }) => type === 'aws_caller_identity')) {
    const account = asText(values?.account_id) ?? ''
    if (!/^\d{12}$/.test(account)) continue
    arns.set(values?.arn, account)
    add(values?.arn, 'arn', account, arnPattern(account))
    const [id] = (asText(values?.user_id) ?? '').split(':')
    add(values?.user_id, 'user-id', account, userIdPattern)
    add(id, 'issuer-id', account, userIdPattern)
  }
  for (const { values } of resources.filter(({ type }) => type === 'aws_iam_session_context')) {
    const account = arns.get(values?.arn)
    // The session context of a role that is not the caller's is a value like any other.
    if (account === undefined) continue
    add(values?.issuer_arn, 'issuer-arn', account, arnPattern(account))
    add(values?.issuer_id, 'issuer-id', account, userIdPattern)
  }
  return [...identities.values()].sort((a, b) => b.text.length - a.text.length)
}

/** The accounts of the callers of a plan, sorted; empty if it does not ask for its caller. */
export function callerAccounts({ prior_state }: PlanJson): string[] {
  const accounts = dataSources(prior_state?.values?.root_module)
    .filter(({ type }) => type === 'aws_caller_identity')
    .flatMap(({ values }) => asText(values?.account_id) ?? [])
  return [...new Set(accounts)].sort()
}

/** Data sources that report the caller. */
export function isCallerSource(type: string): boolean {
  return type === 'aws_caller_identity' || type === 'aws_iam_session_context'
}

function dataSources(module: StateModule | undefined): StateResource[] {
  const { resources, child_modules } = asObject(module)
  const own = (asList(resources) as StateResource[]).filter(
    ({ mode, type, provider_name = '' }) =>
      mode === 'data' && isCallerSource(type) && awsProviders.includes(provider_name),
  )
  return [...own, ...(asList(child_modules) as StateModule[]).flatMap(dataSources)]
}

/** Characters of names in ARNs. An ARN that goes on is another one: `role/plan-admin` after `role/plan`. */
const nameCharacters = '\\w+=,.@/-'

function arnPattern(account: string): RegExp {
  return new RegExp(`^arn:aws[\\w-]*:(?:iam|sts)::${account}:[${nameCharacters}]+$`)
}

/** An IAM unique id of at least 16 characters, with the session name of a role. */
const userIdPattern = /^[A-Z0-9]{16,}(?::[\w+=,.@-]+)?$/

function identityForm({ text, kind, account }: CallerIdentity): Form {
  const end = kind === 'issuer-id' ? '(?![A-Za-z0-9])' : `(?![${nameCharacters}])`
  return {
    needle: text,
    pattern: `(?<![\\w-])${RegExp.escape(text)}${end}`,
    token: () => `identity/${account}/${kind}`,
  }
}

/** Every identity of an account in the forms of `identityForm`. Unique ids name no account, so only those of roles and users count. */
function everyIdentityForm(account: string): Form {
  const arn = `arn:aws[\\w-]*:(?:iam|sts)::${account}:(?:assumed-role|role|user)/[${nameCharacters}]+`
  const id = '(?:AROA|AIDA)[A-Z0-9]{12,}(?::[\\w+=,.@-]+)?'
  const kind = (match: string) => {
    if (/^arn:.*:role\//.test(match)) return 'issuer-arn'
    if (match.startsWith('arn:')) return 'arn'
    return match.includes(':') ? 'user-id' : 'issuer-id'
  }
  return { needle: '', pattern: `(?<![\\w-])(?:${arn}|${id})`, token: match => `identity/${account}/${kind(match)}` }
}
