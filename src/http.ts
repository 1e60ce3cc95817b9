/**
 * One HTTP exchange with a service that is not trusted: the body is read up to a limit, the whole has a deadline, and
 * redirects are an answer like any other. Proxies of the environment are obeyed.
 */
import { HttpClient } from '@actions/http-client'
import type { RequestHandler } from '@actions/http-client/lib/interfaces'
import { messageOf, ServiceError } from './errors.ts'

/** Bytes. What a monitor has to say is far below. */
const bodyLimit = 4 * 1024 * 1024

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

export class Exchange {
  readonly #http: HttpClient

  /** @param handlers put credentials on each request */
  constructor(handlers: RequestHandler[] = []) {
    this.#http = new HttpClient('terraform-mcp-deploy', handlers, { allowRedirects: false })
  }

  /**
   * @param timeoutMs from the start to the last byte of the answer
   * @throws ServiceError that says why there is no answer, without the URL; `cause` is the connection's own error
   */
  async send(
    method: string,
    url: string,
    { body = '', headers = {}, timeoutMs }: { body?: string; headers?: Record<string, string>; timeoutMs: number },
  ): Promise<Answer> {
    let stop = (): void => {}
    const late = new Promise<never>((_, reject) => {
      const timer = setTimeout(
        () => reject(new ServiceError(`no answer within ${Math.ceil(timeoutMs / 1000)} s`)),
        timeoutMs,
      )
      stop = () => clearTimeout(timer)
    })
    const answer = async (): Promise<Answer> => {
      try {
        const { message } = await this.#http.request(method, url, body, headers)
        late.catch(() => message.destroy())
        const chunks: Buffer[] = []
        let bytes = 0
        for await (const chunk of message) {
          bytes += chunk.length
          if (bytes > bodyLimit) throw new ServiceError(`an answer of more than ${bodyLimit / 1024 / 1024} MiB`)
          chunks.push(chunk)
        }
        return {
          status: message.statusCode ?? 0,
          headers: message.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }
      } catch (error) {
        if (error instanceof ServiceError) throw error
        throw new ServiceError(messageOf(error), { cause: error })
      }
    }
    try {
      return await Promise.race([answer(), late])
    } finally {
      stop()
    }
  }
}
