/** Parts of log lines: our own words, which no secret can change, and foreign text of limited length. */
import { Line, line, type Words } from './log.ts'
import { seconds as secondsText } from './text.ts'

/** Formats a number of things, such as `1 stack` or `2 stacks`. */
export function count<const T extends string>(n: number, thing: Words<T>): Line {
  return n === 1 ? line`${n} ${Line.word(thing)}` : line`${n} ${Line.word(thing)}s`
}

/** Formats a duration in milliseconds as `40 ms`, `0.4 s`, `12 s` or `3 min 5 s`. */
export function seconds(ms: number): Line {
  return Line.word(secondsText(ms) as '1 s')
}

/** Formats a day as `2026-11-28`. @param date a value for `Date`; an invalid one is shown as foreign text */
export function day(date: string | number): Line {
  return isoPart(date, 0, 10)
}

/** Formats a time of day in UTC as `17:53:33`. */
export function timeOfDay(date: string | number): Line {
  return isoPart(date, 11, 19)
}

/** Formats a moment as `2026-11-28 17:53 UTC`. @param ms milliseconds since 1970 */
export function minute(ms: number): Line {
  return line`${day(ms)} ${isoPart(ms, 11, 16)} UTC`
}

function isoPart(date: string | number, from: number, to: number): Line {
  const moment = new Date(date)
  if (Number.isNaN(moment.getTime())) return line`${String(date)}`
  return Line.word(moment.toISOString().slice(from, to) as '2026')
}

/** Returns a member of our own list, such as the plan rule names, unchanged. Any other text is foreign. */
export function wordOf(list: readonly string[], text: string): Line {
  return list.includes(text) ? Line.word(text as 'word') : line`${text}`
}

/** Shortens foreign text to `maxUnits` UTF-16 units after its secrets are removed, because half a secret does not match. */
export function short(text: string, maxUnits: number): Line {
  return line`${text}`.shorten(maxUnits)
}

/** Returns a failure code, such as `TLS_EXPIRED`, unchanged. Text of any other form is foreign. */
export function failureCode(text: string): Line {
  return /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/.test(text) ? Line.word(text as 'CODE') : line`${text}`
}
