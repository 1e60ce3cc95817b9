/** A file that a child process writes and that this process reads while it grows. */
import { constants } from 'node:buffer'
import { closeSync, fstatSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { ServiceError } from '../errors.ts'

/** UTF-16 units of a line. A longer line is omitted, because the runner would not mask a secret that is split. */
const maxLineUnits = 1024 * 1024

const mebibyte = 1024 * 1024

/** A new file with mode 0600. The descriptor is the child's stdout or stderr. */
export class TailedFile {
  readonly path: string
  readonly descriptor: number
  readonly #decoder = new StringDecoder('utf8')
  #position = 0
  #rest = ''
  #isTooLong = false

  constructor(path: string) {
    this.path = path
    this.descriptor = openSync(path, 'wx+', 0o600)
  }

  /**
   * The whole lines that were written since the last call, in chunks of bounded length.
   * @param isEnd whether the process has ended, so that an incomplete last line is returned too
   */
  *newLines(isEnd = false): Generator<string> {
    const chunk = Buffer.allocUnsafe(1 << 16)
    for (;;) {
      const bytes = readSync(this.descriptor, chunk, 0, chunk.length, this.#position)
      if (bytes === 0) break
      this.#position += bytes
      const lines = this.#linesOf(this.#decoder.write(chunk.subarray(0, bytes)))
      if (lines !== '') yield lines
    }
    if (!isEnd) return
    const rest = this.#isTooLong ? tooLong : this.#rest
    this.#rest = ''
    this.#isTooLong = false
    if (rest !== '') yield rest
  }

  /** Whether nothing was written. */
  get isEmpty(): boolean {
    return fstatSync(this.descriptor).size === 0
  }

  /** The complete content. @throws ServiceError when it exceeds the maximum length of a string */
  text(): string {
    const { size } = fstatSync(this.descriptor)
    if (size > constants.MAX_STRING_LENGTH) {
      const max = Math.floor(constants.MAX_STRING_LENGTH / mebibyte)
      throw new ServiceError(
        `Terraform printed ${Math.ceil(size / mebibyte)} MiB, and this action can read ${max} MiB: split the root module.`,
      )
    }
    return readFileSync(this.path, 'utf8')
  }

  /** The last whole lines, none if the last one is longer. @param maxBytes limit of the bytes that are read */
  lastLines(maxBytes: number): string {
    const { size } = fstatSync(this.descriptor)
    if (size <= maxBytes) return readFileSync(this.path, 'utf8')
    const buffer = Buffer.allocUnsafe(maxBytes)
    const bytes = readSync(this.descriptor, buffer, 0, maxBytes, size - maxBytes)
    const first = buffer.indexOf('\n')
    // The rest of a line could begin in the middle of a secret, which is not recognized then.
    return first === -1 ? '' : buffer.subarray(first + 1, bytes).toString('utf8')
  }

  /** Closes and deletes the file. */
  remove(): void {
    closeSync(this.descriptor)
    rmSync(this.path, { force: true })
  }

  #linesOf(text: string): string {
    const end = text.lastIndexOf('\n') + 1
    if (end === 0) {
      if (!this.#isTooLong) this.#rest += text
      if (this.#rest.length > maxLineUnits) this.#isTooLong = true
      if (this.#isTooLong) this.#rest = ''
      return ''
    }
    const lines = this.#isTooLong ? tooLong + text.slice(text.indexOf('\n') + 1, end) : this.#rest + text.slice(0, end)
    this.#isTooLong = false
    this.#rest = text.slice(end)
    return lines
  }
}

const tooLong = `(a line of more than ${maxLineUnits / mebibyte} MiB is left out)\n`
