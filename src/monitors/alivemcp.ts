/**
 * The monitor AliveMCP (alivemcp.com). Exactly one monitor watches each verified endpoint, however many runs register it. It
 * moves when the endpoint moves, and is paused while the running version does not speak MCP. It is identified by its URL, never
 * by its name, because two stacks may share a name.
 */
import { createHash } from 'node:crypto'
import { messageOf } from '../errors.ts'
import { publicUrl } from '../secret-parts.ts'
import { AliveMcpApi, type AliveMcpTimes, type Monitor, type NewMonitor } from './alivemcp-api.ts'
import type { MonitorEvent, MonitorResult, MonitorService } from './monitor.ts'

export interface AliveMcpSettings {
  readonly apiUrl: string
  readonly apiKey: string
  /** Name of a new monitor. If unset, the event's name is used. */
  readonly name: string | undefined
  readonly intervalMs: number
}

/** The notice about an endpoint whose query may hold a credential. A monitor without it could not watch the endpoint. */
const secretUrlNotice =
  'The endpoint was not registered with AliveMCP, because the query of its URL may hold a credential: send the credential in a header, or register the endpoint there manually.'

const unsupported = '(the API answers 404, 405 or 501 to it)'

export class AliveMcp implements MonitorService {
  readonly name = 'AliveMCP'
  readonly #settings: AliveMcpSettings
  readonly #times: AliveMcpTimes | undefined

  constructor(settings: AliveMcpSettings, times?: AliveMcpTimes) {
    this.#settings = settings
    this.#times = times
  }

  /** Ensures after a deployment that exactly one running monitor watches the endpoint. A scheduled check changes nothing. */
  async verified(event: MonitorEvent): Promise<MonitorResult> {
    const { endpoint } = event
    if (event.command !== 'apply' || endpoint === undefined) return this.#result('none')
    if (publicUrl(endpoint) !== endpoint) return this.#result('none', [secretUrlNotice])
    const api = this.#api()
    try {
      const monitors = await api.list()
      const [existing, ...others] = monitorsOf(monitors ?? [], endpoint)
      const result =
        existing === undefined
          ? await this.#watchUrl(api, event, endpoint, monitors)
          : await this.#resume(api, existing, others)
      return result.slug === undefined ? result : { ...result, ...(await api.publicStatus(result.slug)) }
    } catch (error) {
      return this.#failed(
        `The endpoint is verified, but it could not be registered with AliveMCP: ${messageOf(error)} The next run tries again.`,
      )
    }
  }

  /**
   * Pauses the monitor if the running version does not speak MCP. While an old version still answers, the monitor keeps
   * running. If the endpoint moved, the paused monitor gets the new URL, because the state now holds only that one.
   */
  async failing(event: MonitorEvent): Promise<MonitorResult> {
    if (event.command !== 'apply' || event.isMcpServer !== false || event.endpoint === undefined)
      return this.#result('none')
    const api = this.#api()
    const consequence = 'its alarm may ring until the next verified deployment'
    try {
      const monitors = await api.list()
      if (monitors === undefined)
        return this.#result('none', [
          `AliveMCP cannot list monitors ${unsupported}, so no monitor was paused: ${consequence}.`,
        ])
      const [here] = monitorsOf(monitors, event.endpoint)
      const monitor = here ?? monitorsOf(monitors, event.previousEndpoint)[0]
      if (monitor === undefined) return this.#result('none')
      const isPaused = here?.paused === true
      const change = {
        paused: true,
        ...(here === undefined && publicUrl(event.endpoint) === event.endpoint && { url: event.endpoint }),
      }
      if (isPaused || (await updateMonitor(api, monitor, change))) return this.#result('paused', [], monitor)
      return this.#result(
        'none',
        [
          `AliveMCP has no way to pause the ${nameOf(monitor)} ${unsupported}: ${consequence}. You can pause it manually.`,
        ],
        monitor,
      )
    } catch (error) {
      return this.#failed(`The monitor at AliveMCP could not be paused, so ${consequence}: ${messageOf(error)}`)
    }
  }

  /** Removes the monitor before a destroy, so that it pages nobody. */
  async removed({ endpoint }: MonitorEvent): Promise<MonitorResult> {
    if (endpoint === undefined)
      return this.#result('none', [
        'The state has no endpoint, so AliveMCP was not searched for a monitor: if this stack has one there, delete it.',
      ])
    const api = this.#api()
    try {
      const monitors = await api.list()
      if (monitors === undefined) {
        return this.#result('none', [
          `AliveMCP cannot list monitors ${unsupported}, so the monitor of ${endpoint} was not removed: delete it there.`,
        ])
      }
      const [monitor, ...others] = monitorsOf(monitors, endpoint)
      if (monitor === undefined) return this.#result('none')
      const isGone = monitor.id !== '' && ((await api.remove(monitor.id)) || !(await checkListed(api, monitor)))
      const notices = others.map(
        other => `The ${nameOf(other)} at AliveMCP still watches ${endpoint}: delete it there.`,
      )
      if (isGone) return this.#result('removed', notices, monitor)
      const notRemoved = `AliveMCP has no way to remove the ${nameOf(monitor)} ${unsupported}, which still watches ${endpoint}: delete it there.`
      return this.#result('none', [notRemoved, ...notices], monitor)
    } catch (error) {
      return this.#failed(
        `The monitor of ${endpoint} could not be removed from AliveMCP, delete it there: ${messageOf(error)}`,
      )
    }
  }

  /** Resumes the monitor if it is paused, or if the API does not return whether it is. */
  async #resume(api: AliveMcpApi, monitor: Monitor, others: readonly Monitor[]): Promise<MonitorResult> {
    const notices = others.map(
      other =>
        `The ${nameOf(other)} at AliveMCP watches the same endpoint as the ${nameOf(monitor)}: delete one of them.`,
    )
    if (monitor.paused === false) return this.#result('exists', notices, monitor)
    const isResumed = await updateMonitor(api, monitor, { paused: false })
    if (monitor.paused === undefined) return this.#result('exists', notices, monitor)
    if (isResumed) return this.#result('resumed', notices, monitor)
    const stillPaused = `The ${nameOf(monitor)} is paused, and AliveMCP has no way to resume it ${unsupported}: resume it there.`
    return this.#result('exists', [...notices, stillPaused], monitor)
  }

  /** Moves the monitor of the previous URL to this one, or creates a new monitor. */
  async #watchUrl(
    api: AliveMcpApi,
    event: MonitorEvent,
    url: string,
    monitors: readonly Monitor[] | undefined,
  ): Promise<MonitorResult> {
    const [version] = event.protocolVersions
    const versioned = version === undefined ? {} : { protocol_version: version }
    const [previous] = monitorsOf(monitors ?? [], event.previousEndpoint)
    if (previous !== undefined && (await updateMonitor(api, previous, { url, paused: false, ...versioned })))
      return this.#result('updated', [], previous)
    const notices =
      previous === undefined
        ? []
        : [
            `AliveMCP has no way to move the ${nameOf(previous)} ${unsupported}, so it still watches ${previous.url}: delete it when nobody uses that address.`,
          ]
    const wanted: NewMonitor = {
      name: this.#settings.name ?? event.name,
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
   * Creates the monitor and lists monitors again, because another run may have created one at the same time. All runs retain the
   * monitor with the lowest id and remove the others. Those are all new, because the earlier list did not contain them.
   * @param listedBefore whether there was an earlier list; without it no monitor is removed
   */
  async #create(
    api: AliveMcpApi,
    newMonitor: NewMonitor,
    notices: readonly string[],
    listedBefore: boolean,
  ): Promise<MonitorResult> {
    const idempotencyKey = createHash('sha256').update(`${newMonitor.name}\n${newMonitor.url}`).digest('hex')
    const listWatching = async () =>
      (await api.list().catch(() => undefined))?.filter(watchesUrl(newMonitor.url)).sort(byId)
    let created: { readonly outcome: 'created' | 'exists'; readonly id: string; readonly slug: string | undefined }
    let listed: readonly Monitor[] | undefined
    try {
      created = await api.create(newMonitor, idempotencyKey)
      listed = await listWatching()
    } catch (error) {
      // The request may have succeeded without an answer, so the list decides.
      listed = await listWatching()
      if (listed?.[0] === undefined) throw error
      created = { outcome: 'created', id: '', slug: undefined }
    }
    const [lowest, ...surplus] = listed ?? []
    const more: string[] = []
    for (const monitor of listedBefore ? surplus : []) {
      const isGone = monitor.id !== '' && ((await api.remove(monitor.id)) || !(await checkListed(api, monitor)))
      if (!isGone)
        more.push(
          `Two runs registered the endpoint at the same time, and the ${nameOf(monitor)} is a duplicate: delete it.`,
        )
    }
    if (listed !== undefined && lowest === undefined && created.outcome === 'created')
      more.push('AliveMCP accepted the monitor but does not list it yet: check there that it watches the endpoint.')
    return this.#result(created.outcome, [...notices, ...more], {
      id: lowest?.id || created.id,
      slug: lowest?.slug ?? created.slug,
    })
  }

  #api(): AliveMcpApi {
    return new AliveMcpApi(this.#settings.apiUrl, this.#settings.apiKey, this.#times)
  }

  #result(
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

/** Returns a predicate for monitors of this URL. Different spellings of a URL are the same endpoint. */
function watchesUrl(url: string): (monitor: Monitor) => boolean {
  const normalize = (each: string) => URL.parse(each)?.href.replace(/\/$/, '') ?? each
  return monitor => normalize(monitor.url) === normalize(url)
}

function monitorsOf(monitors: readonly Monitor[], url: string | undefined): Monitor[] {
  return url === undefined ? [] : monitors.filter(watchesUrl(url))
}

function byId(a: Monitor, b: Monitor): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

async function updateMonitor(
  api: AliveMcpApi,
  { id }: Monitor,
  change: Parameters<AliveMcpApi['update']>[1],
): Promise<boolean> {
  return id !== '' && (await api.update(id, change))
}

async function checkListed(api: AliveMcpApi, { id }: Monitor): Promise<boolean> {
  const monitors = await api.list()
  return monitors === undefined || monitors.some(monitor => monitor.id === id)
}

function nameOf({ id, name }: Monitor): string {
  return id === '' ? `monitor "${name}"` : `monitor ${id}`
}
