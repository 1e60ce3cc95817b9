/** Pure functions over text that every folder needs: what may be shown of it, how it is shortened, how numbers are written. */

/**
 * Characters that show nothing: controls, formats, lone surrogates, separators but the blank, everything that Unicode lets
 * a font ignore, and the few symbols whose picture is empty (Braille blank, Khitan filler, musical null notehead).
 */
const invisibleCharacters =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]|(?! )\p{Zs}/gu

/** The text with every unseen character as its code, so that a person reads what a program compares. */
export function visible(text: string): string {
  return text.replace(invisibleCharacters, char => {
    if (char === '\n' || char === '\t') return char
    return char === '\r' ? '' : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
  })
}

/** Text as one line without invisible characters. */
export function oneLine(text: string): string {
  return visible(text.replace(/[\r\n\t]+/g, ' '))
}

/** At most `limit` UTF-16 units. The middle is left out: the two ends of an address or an ARN tell it from others. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  const half = Math.floor((limit - 1) / 2)
  return `${text.slice(0, half)}…${text.slice(-half)}`.toWellFormed()
}

/** `1 thing`, `2 things`. */
export function count<const T extends string>(n: number, thing: T): `${number} ${T}` | `${number} ${T}s` {
  return n === 1 ? `${n} ${thing}` : `${n} ${thing}s`
}

/** A duration in milliseconds as `0.4 s`, `12 s` or `3 min 5 s`. */
export function seconds(ms: number): string {
  const s = ms / 1000
  if (s < 9.95) return `${s.toFixed(1)} s`
  const whole = Math.round(s)
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** The last part of an ARN or a path: `weather:12` of `arn:aws:ecs:eu-west-1:1:task-definition/weather:12`. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
