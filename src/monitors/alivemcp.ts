/**
 * The monitor AliveMCP (alivemcp.com): one monitor watches one verified endpoint, however often and by however many runs
 * it is registered. It moves along when the endpoint moves, sleeps while what is serving does not speak MCP, and is
 * found by the URL that it watches, never by its name, because two stacks may share one.
 */
import { createHash } from 'node:crypto'
import { messageOf } from '../errors.ts'
import { AliveMcpApi, type AliveMcpTimes, type Monitor, type NewMonitor } from './alivemcp-api.ts'
import type { MonitorEvent, MonitorResult, MonitorService } from './monitor.ts'

export interface AliveMcpSettings {
  readonly apiUrl: string
  readonly apiKey: string
  /** Of a new monitor; without it the news have one. */
  readonly name: string | undefined
  readonly intervalMs: number
}

const unsupported = '(the API answers 404, 405 or 501 to it)'

export class AliveMcp implements MonitorService {
  readonly name = 'AliveMCP'
  readonly #settings: AliveMcpSettings
  readonly #times: AliveMcpTimes | undefined

  constructor(settings: AliveMcpSettings, times?: AliveMcpTimes) {
    this.#settings = settings
    this.#times = times
  }

  /** After a deployment the endpoint is watched by exactly one monitor, which is awake. A scheduled check changes nothing. */
  async verified(news: MonitorEvent): Promise<MonitorResult> {
    const { endpoint } = news
    if (news.command !== 'apply' || endpoint === undefined) return this.#told('none')
    const api = this.#api()
    try {
      const monitors = await api.list()
      const [existing, ...others] = watching(monitors ?? [], endpoint)
      const told =
        existing === undefined
          ? await this.#watch(api, news, endpoint, monitors)
          : await this.#wake(api, existing, others)
      return told.slug === undefined ? told : { ...told, ...(await api.publicStatus(told.slug)) }
    } catch (error) {
      return this.#failed(
        `The endpoint is verified, but it could not be registered with AliveMCP: ${messageOf(error)} The next run tries again.`,
      )
    }
  }

  /**
   * Pauses the monitor when what is serving does not speak MCP. When an old version still answers, it stays awake. The
   * monitor of an endpoint that moved goes along asleep: the state has only the new address from now on.
   */
  async failing(news: MonitorEvent): Promise<MonitorResult> {
    if (news.command !== 'apply' || news.isMcpServer !== false || news.endpoint === undefined) return this.#told('none')
    const api = this.#api()
    const byHand = 'its alarm may ring until the next verified deployment'
    try {
      const monitors = await api.list()
      if (monitors === undefined)
        return this.#told('none', [`AliveMCP cannot list monitors ${unsupported}, so none was paused: ${byHand}.`])
      const [here] = watching(monitors, news.endpoint)
      const found = here ?? watching(monitors, news.previousEndpoint)[0]
      if (found === undefined) return this.#told('none')
      const asleep = here?.paused === true
      const change = { paused: true, ...(here === undefined && { url: news.endpoint }) }
      if (asleep || (await changed(api, found, change))) return this.#told('paused', [], found)
      return this.#told(
        'none',
        [`AliveMCP has no way to pause the ${nameOf(found)} ${unsupported}: ${byHand}. It can be paused by hand.`],
        found,
      )
    } catch (error) {
      return this.#failed(`The monitor at AliveMCP could not be paused, so ${byHand}: ${messageOf(error)}`)
    }
  }

  /** Before a destroy, so that nobody is paged for it. */
  async removed({ endpoint }: MonitorEvent): Promise<MonitorResult> {
    if (endpoint === undefined)
      return this.#told('none', [
        'The state names no endpoint, so no monitor was looked for at AliveMCP: if one of this stack is left there, delete it.',
      ])
    const api = this.#api()
    try {
      const monitors = await api.list()
      if (monitors === undefined) {
        return this.#told('none', [
          `AliveMCP cannot list monitors ${unsupported}, so the one of ${endpoint} was not removed: delete it there.`,
        ])
      }
      const [found, ...others] = watching(monitors, endpoint)
      if (found === undefined) return this.#told('none')
      const gone = found.id !== '' && ((await api.remove(found.id)) || !(await stillListed(api, found)))
      const notices = others.map(
        other => `The ${nameOf(other)} at AliveMCP still watches ${endpoint}: delete it there.`,
      )
      if (gone) return this.#told('removed', notices, found)
      const left = `AliveMCP has no way to remove the ${nameOf(found)} ${unsupported}, which still watches ${endpoint}: delete it there.`
      return this.#told('none', [left, ...notices], found)
    } catch (error) {
      return this.#failed(
        `The monitor of ${endpoint} could not be removed from AliveMCP, delete it there: ${messageOf(error)}`,
      )
    }
  }

  /** Awake again, if it slept. One that does not say whether it sleeps is woken each time. */
  async #wake(api: AliveMcpApi, monitor: Monitor, others: readonly Monitor[]): Promise<MonitorResult> {
    const notices = others.map(
      other =>
        `The ${nameOf(other)} at AliveMCP watches the same endpoint as the ${nameOf(monitor)}: delete one of them.`,
    )
    if (monitor.paused === false) return this.#told('exists', notices, monitor)
    const awake = await changed(api, monitor, { paused: false })
    if (monitor.paused === undefined) return this.#told('exists', notices, monitor)
    if (awake) return this.#told('resumed', notices, monitor)
    const asleep = `The ${nameOf(monitor)} is paused, and AliveMCP has no way to resume it ${unsupported}: resume it there.`
    return this.#told('exists', [...notices, asleep], monitor)
  }

  /** Nobody watches this URL yet: the monitor of the previous one moves here, or a new one is made. */
  async #watch(
    api: AliveMcpApi,
    news: MonitorEvent,
    url: string,
    monitors: readonly Monitor[] | undefined,
  ): Promise<MonitorResult> {
    const [version] = news.protocolVersions
    const versioned = version === undefined ? {} : { protocol_version: version }
    const [previous] = watching(monitors ?? [], news.previousEndpoint)
    if (previous !== undefined && (await changed(api, previous, { url, paused: false, ...versioned })))
      return this.#told('updated', [], previous)
    const notices =
      previous === undefined
        ? []
        : [
            `AliveMCP has no way to move the ${nameOf(previous)} ${unsupported}, so it still watches ${previous.url}: delete it when nobody uses that address.`,
          ]
    const wanted: NewMonitor = {
      name: this.#settings.name ?? news.name,
      url,
      interval_seconds: Math.round(this.#settings.intervalMs / 1000),
      ...versioned,
    }
    notices.push(
      ...(monitors ?? [])
        .filter(monitor => monitor.name === wanted.name && monitor !== previous)
        .map(
          monitor =>
            `The ${nameOf(monitor)} at AliveMCP has the same name and watches ${monitor.url}: if that was an endpoint of this stack, delete it.`,
        ),
    )
    return this.#create(api, wanted, notices, monitors !== undefined)
  }

  /**
   * Creates the monitor and looks again, because runs at the same time do not see each other's monitor before. All of
   * them keep the same one, the lowest id, and whoever sees another one removes it: every monitor of this URL is
   * younger than the list that did not have it, unless there was no list.
   */
  async #create(
    api: AliveMcpApi,
    wanted: NewMonitor,
    notices: readonly string[],
    listedBefore: boolean,
  ): Promise<MonitorResult> {
    const idempotencyKey = createHash('sha256').update(`${wanted.name}\n${wanted.url}`).digest('hex')
    const look = async () => (await api.list().catch(() => undefined))?.filter(sameUrl(wanted.url)).sort(byId)
    let made: { readonly outcome: 'created' | 'exists'; readonly id: string; readonly slug: string | undefined }
    let seen: readonly Monitor[] | undefined
    try {
      made = await api.create(wanted, idempotencyKey)
      seen = await look()
    } catch (error) {
      // The request may have been carried out although its answer was lost, so the list decides.
      seen = await look()
      if (seen?.[0] === undefined) throw error
      made = { outcome: 'created', id: '', slug: undefined }
    }
    const [kept, ...surplus] = seen ?? []
    const more: string[] = []
    for (const monitor of listedBefore ? surplus : []) {
      const gone = monitor.id !== '' && ((await api.remove(monitor.id)) || !(await stillListed(api, monitor)))
      if (!gone)
        more.push(
          `Two runs registered the endpoint at the same time, and the ${nameOf(monitor)} is one too many: delete it.`,
        )
    }
    if (seen !== undefined && kept === undefined && made.outcome === 'created')
      more.push('AliveMCP accepted the monitor and does not list it yet: look there whether it watches the endpoint.')
    return this.#told(made.outcome, [...notices, ...more], {
      id: kept?.id || made.id,
      slug: kept?.slug ?? made.slug,
    })
  }

  #api(): AliveMcpApi {
    return new AliveMcpApi(this.#settings.apiUrl, this.#settings.apiKey, this.#times)
  }

  #told(
    outcome: MonitorResult['outcome'],
    notices: readonly string[] = [],
    monitor?: { readonly id: string; readonly slug: string | undefined },
  ): MonitorResult {
    const named = monitor && { id: monitor.id, ...(monitor.slug !== undefined && { slug: monitor.slug }) }
    return { monitor: this.name, outcome, ...named, notices }
  }

  #failed(warning: string): MonitorResult {
    return { monitor: this.name, outcome: 'failed', notices: [], warning }
  }
}

/** Two spellings of one URL are one endpoint. */
function sameUrl(url: string): (monitor: Monitor) => boolean {
  const spelt = (each: string) => URL.parse(each)?.href.replace(/\/$/, '') ?? each
  return monitor => spelt(monitor.url) === spelt(url)
}

function watching(monitors: readonly Monitor[], url: string | undefined): Monitor[] {
  return url === undefined ? [] : monitors.filter(sameUrl(url))
}

function byId(a: Monitor, b: Monitor): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

async function changed(
  api: AliveMcpApi,
  { id }: Monitor,
  change: Parameters<AliveMcpApi['update']>[1],
): Promise<boolean> {
  return id !== '' && (await api.update(id, change))
}

async function stillListed(api: AliveMcpApi, { id }: Monitor): Promise<boolean> {
  const monitors = await api.list()
  return monitors === undefined || monitors.some(monitor => monitor.id === id)
}

function nameOf({ id, name }: Monitor): string {
  return id === '' ? `monitor "${name}"` : `monitor ${id}`
}
