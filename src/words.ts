/** Parts of lines: words of ours, which no secret can change, and foreign text of a bounded length. */
import { Line, line, type Words } from './log.ts'
import { seconds as secondsText } from './text.ts'

/** `1 stack`, `2 stacks`. */
export function count<const T extends string>(n: number, thing: Words<T>): Line {
  return n === 1 ? line`${n} ${Line.word(thing)}` : line`${n} ${Line.word(thing)}s`
}

/** A duration in milliseconds as `0.4 s`, `12 s` or `3 min 5 s`. */
export function seconds(ms: number): Line {
  return Line.word(secondsText(ms) as '1 s')
}

/** The day of a date as `2026-11-28`. @param date as `Date` takes it; what is none is shown as foreign text */
export function day(date: string | number): Line {
  return isoPart(date, 0, 10)
}

/** The time of a date as `17:53:33`, in UTC. */
export function timeOfDay(date: string | number): Line {
  return isoPart(date, 11, 19)
}

/** A moment as `2026-11-28 17:53 UTC`. */
export function minute(ms: number): Line {
  return line`${day(ms)} ${isoPart(ms, 11, 16)} UTC`
}

function isoPart(date: string | number, from: number, to: number): Line {
  const moment = new Date(date)
  if (Number.isNaN(moment.getTime())) return line`${String(date)}`
  return Line.word(moment.toISOString().slice(from, to) as '2026')
}

/** A member of a list of our own, such as the names of the plan rules, as it is. Any other text is foreign. */
export function wordOf(list: readonly string[], text: string): Line {
  return list.includes(text) ? Line.word(text as 'word') : line`${text}`
}

/** Foreign text of at most `maxUnits` UTF-16 units, cut after its secrets are out: half a secret would not be found. */
export function short(text: string, maxUnits: number): Line {
  return line`${text}`.shorten(maxUnits)
}

/** A code of a failure of ours, such as `TLS_EXPIRED`, as it is. Text of any other form is foreign. */
export function failureCode(text: string): Line {
  return /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/.test(text) ? Line.word(text as 'CODE') : line`${text}`
}
