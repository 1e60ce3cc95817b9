/**
 * Random histories of one stack: pull requests are planned, edited, merged and applied, applies end at any point, any earlier run is
 * run again, people change what is deployed, and somebody without the key edits, deletes and restores comments. Two promises hold
 * in each of them: whatever is applied was reviewed for that commit and the commit was not superseded; and a new run after an apply
 * that ended early goes on without a new review.
 */
import { describe, expect, test } from 'vitest'
import { recordLine, type SignedRecord } from '../../src/approval/record.ts'
import {
  asApplied,
  asApplying,
  type PlanToApprove,
  type ReviewSource,
  requestReview,
  reviewPlan,
  signedWithState,
} from '../../src/approval/review.ts'
import { saltedSigner } from '../../src/approval/signer.ts'
import type { PlanJson, ResourceChange } from '../../src/terraform/json.ts'
import fc from '../support/property.ts'

type Config = Readonly<Record<string, string>>

interface Resource {
  readonly id: string
  readonly input: string
  readonly isTainted: boolean
}

interface Commit {
  readonly sha: string
  readonly parent: string | undefined
  readonly config: Config
}

interface Pull {
  readonly number: number
  readonly base: Config
  config: Config
  head: string
  merge: string | undefined
  comment: string | undefined
  /** Every text that the comment had, because people with write access can restore them. */
  readonly earlier: string[]
  /** Whether somebody restored one. The newest commit may then be applied once more, as it was reviewed. */
  isRestored: boolean
}

interface Run {
  readonly id: number
  readonly commit: string
  readonly pull: Pull | undefined
  attempt: number
}

/** The reviewed operation on one resource, as people saw it on an open pull request. */
interface Reviewed {
  readonly pull: Pull
  readonly head: string
  readonly address: string
  readonly actions: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** How an apply ends. The numbers are operations that were done before the process died. */
type End = 'done' | 'taint' | 'rollback' | 'fail' | 'killed before the signature' | 0 | 1 | 2

const names = ['a', 'b'] as const
const context = {
  terraformVersion: '1.11.4',
  directory: '/nowhere',
  workspace: 'default',
  targets: [],
  replaces: [],
  checkout: '/',
  lockFile: undefined,
}

class World {
  readonly key: string
  readonly commits: Commit[] = [{ sha: sha(0), parent: undefined, config: {} }]
  readonly pulls: Pull[] = []
  readonly runs: Run[] = []
  /** Runs whose first attempt has not started. GitHub starts them in order. */
  readonly queue: Run[] = []
  readonly reviewed: Reviewed[] = []
  /** Commits that an apply has begun or finished with, in order. */
  readonly appliedCommits: string[] = []
  /** Commits whose plan runs as a whole, as far as the action has recorded. */
  readonly finished = new Set<string>()
  /** Addresses that the action itself has tainted since their last replacement. */
  readonly taintedByUs = new Set<string>()
  state = new Map<string, Resource>()
  lineage: string | undefined
  #count = 1
  #objects = 0

  constructor(key: string) {
    this.key = key
  }

  get tip(): Commit {
    return this.commits.at(-1) as Commit
  }

  open(change: Config): void {
    const config = merged(this.tip.config, change)
    const number = this.pulls.length + 1
    const head = sha(this.#count++)
    const none = { merge: undefined, comment: undefined, earlier: [], isRestored: false }
    this.pulls.push({ number, base: this.tip.config, config, head, ...none })
  }

  /** Opens a pull request that brings the configuration of the commit before the last one back. */
  revert(): void {
    const before = this.commits.at(-2)?.config ?? {}
    this.open(Object.fromEntries(names.map(name => [name, before[name] ?? ''])))
  }

  edit(pull: Pull | undefined, change: Config): void {
    if (pull === undefined || pull.merge !== undefined) return
    pull.config = merged(pull.config, change)
    pull.head = sha(this.#count++)
  }

  /** The plan job. The action signs nothing for a pull request that is not open. */
  plan(pull: Pull | undefined): void {
    if (pull === undefined || pull.merge !== undefined) return
    const config = merged(this.tip.config, difference(pull.base, pull.config))
    const request = this.#request(config, pull.head, { id: 0, commit: pull.head, pull, attempt: 1 })
    this.#write(pull, requestReview(request, pull.number).record)
    for (const { address, change } of request.json.resource_changes ?? []) {
      const [before, after] = [change.before, change.after].map(value => (value as { input?: string } | null)?.input)
      this.reviewed.push({ pull, head: pull.head, address, actions: change.actions.join(), before, after })
    }
  }

  merge(pull: Pull | undefined): void {
    if (pull === undefined || pull.merge !== undefined) return
    const config = merged(this.tip.config, difference(pull.base, pull.config))
    const commit = { sha: sha(this.#count++), parent: this.tip.sha, config }
    this.commits.push(commit)
    pull.merge = commit.sha
    const run = { id: this.runs.length + 1, commit: commit.sha, pull, attempt: 0 }
    this.runs.push(run)
    this.queue.push(run)
  }

  /** Somebody changes what is deployed, outside of the workflow. */
  tamper(name: string, input: string | undefined): void {
    const resource = this.state.get(name)
    if (resource === undefined) return
    if (input === undefined) this.state.delete(name)
    else this.state.set(name, { ...resource, input })
  }

  /** Somebody without the key writes a comment: deletes it, restores an earlier text, or forges one with a public signature. */
  forge(pull: Pull | undefined, how: 'delete' | 'restore' | 'sign' | 'edit'): void {
    const comment = pull?.comment
    if (pull === undefined || comment === undefined) return
    // Before there is a state, and without a key, nothing can tell a forgery: that is documented.
    if (this.key === '' && this.lineage === undefined) return
    if (how === 'delete') pull.comment = undefined
    if (how === 'edit') pull.comment = comment.replace('## Plan', '## Plane')
    if (how === 'restore') {
      pull.comment = pull.earlier[0]
      pull.isRestored = true
    }
    if (how === 'sign') {
      const { json, ...rest } = this.#request(this.tip.config, pull.head, {
        id: 0,
        commit: pull.head,
        pull,
        attempt: 1,
      })
      const forged = requestReview({ json, ...rest, secrets: { key: '', lineage: undefined } }, pull.number).record
      if (forged !== undefined) pull.comment = bodyOf({ ...forged, signer: saltedSigner() })
    }
  }

  /** Starts a run: the next waiting one, or an earlier one again. @returns how it ended */
  async apply(run: Run | undefined, end: End): Promise<string> {
    if (run === undefined) return 'nothing'
    run.attempt++
    const commit = this.commits.find(each => each.sha === run.commit) as Commit
    const request = this.#request(commit.config, run.commit, run)
    const { pull } = run
    const reviewedPull = pull && { number: pull.number, head: pull.head, base: 'main', fromFork: false }
    const { approval, failure, record, begun } = await reviewPlan(request, reviewedPull, this.#source())
    if (failure !== undefined) {
      if (pull !== undefined) this.#write(pull, record)
      return failure.code
    }
    let signed = begun ?? record
    if (approval.outcome !== 'no-changes') this.#check(run, request.json)
    if (pull !== undefined) this.#write(pull, signed)
    this.appliedCommits.push(run.commit)

    const isFinished = this.#operate(request.json, typeof end === 'number' ? end : Infinity)
    if (end === 'killed before the signature' && isFinished) return 'interrupted'
    if (typeof end === 'number' && !isFinished) return 'interrupted'
    if (signed !== undefined && signed.signer.mode === 'none' && this.lineage !== undefined) {
      signed = signedWithState(signed, this.lineage)
      if (pull !== undefined) this.#write(pull, signed)
    }
    if (signed !== undefined && end !== 'rollback') {
      const tainted = end === 'taint' ? [...this.state.keys()].slice(0, 1) : []
      signed = asApplied(signed, run.commit, tainted)
      this.finished.add(run.commit)
      if (pull !== undefined) this.#write(pull, signed)
      for (const name of tainted) {
        this.state.set(name, { ...(this.state.get(name) as Resource), isTainted: true })
        this.taintedByUs.add(name)
      }
    }
    if (signed !== undefined && end === 'rollback') {
      signed = asApplying(signed, run.commit, { run: run.id, attempt: run.attempt })
      this.finished.delete(run.commit)
      if (pull !== undefined) this.#write(pull, signed)
      // The platform goes back to the values from before this apply.
      for (const { address, change } of request.json.resource_changes ?? []) {
        const before = change.before as { input: string } | null
        const now = this.state.get(address)
        if (change.actions.join() === 'update' && before !== null && now !== undefined)
          this.state.set(address, { ...now, input: before.input })
      }
    }
    return end === 'done' ? 'applied' : 'interrupted'
  }

  /** The first promise. It does not read any comment. */
  #check(run: Run, { resource_changes = [] }: PlanJson): void {
    const index = this.commits.findIndex(({ sha }) => sha === run.commit)
    for (const newer of this.commits.slice(index + 1))
      expect(this.appliedCommits, `commit ${run.commit} is superseded`).not.toContain(newer.sha)
    const isPart = ({ pull, head }: Reviewed) =>
      pull.head === head && this.commits.slice(0, index + 1).some(({ sha }) => sha === pull.merge)
    for (const { address, change } of resource_changes) {
      const actions = change.actions.join()
      if (actions === 'no-op') continue
      const [before, after] = [change.before, change.after].map(value => (value as { input?: string } | null)?.input)
      const isMade = actions === 'delete,create' || actions === 'create'
      const isKept =
        before === after || this.reviewed.some(each => isPart(each) && each.address === address && each.after === after)
      // What this action tainted is replaced with its own or the reviewed input. Somebody may have changed or deleted it meanwhile.
      const isOurTaint = isMade && isKept && this.taintedByUs.has(address)
      const isFinished = this.finished.has(run.commit) && run.pull?.isRestored !== true
      const isReviewed = (isFinished ? [] : this.reviewed.filter(isPart)).some(
        each =>
          each.address === address &&
          each.after === after &&
          // An interrupted creation is replaced, what was replaced may already be gone, and a deletion is about the object.
          (before === undefined || actions === 'delete' || before === each.before || before === each.after) &&
          (each.actions === actions || (actions !== 'delete' && each.actions.includes('create'))),
      )
      expect({ address, actions, before, after, isCovered: isOurTaint || isReviewed }).toMatchObject({
        isCovered: true,
      })
    }
  }

  /** Does the operations of a plan. The process can die in the middle of one. @returns whether all are done */
  #operate({ resource_changes = [] }: PlanJson, most: number): boolean {
    let done = 0
    for (const { address, change } of resource_changes) {
      const actions = change.actions.join()
      if (actions === 'no-op') continue
      const isLast = done++ >= most
      const { input } = (change.after ?? {}) as { input?: string }
      const isCreated = actions.includes('create')
      // The last operation is interrupted: a creation leaves a tainted object, anything else has not happened.
      if (isLast && !isCreated) return false
      if (actions === 'delete') this.state.delete(address)
      else if (isCreated) {
        this.state.set(address, { id: `i-${this.#objects++}`, input: input ?? '', isTainted: isLast })
        // An interrupted replacement of what this action tainted goes on in the next run.
        if (!isLast) this.taintedByUs.delete(address)
      } else this.state.set(address, { ...(this.state.get(address) as Resource), input: input ?? '' })
      this.lineage ??= '6d3b9c80-0000-4000-8000-000000000000'
      if (isLast) return false
    }
    return true
  }

  #write(pull: Pull, signed: SignedRecord | undefined): void {
    if (pull.comment !== undefined) pull.earlier.push(pull.comment)
    pull.comment = signed === undefined ? '<!-- m -->\n\n## Refused' : bodyOf(signed)
  }

  #request(config: Config, commit: string, run: Run): PlanToApprove {
    const json = planOf(config, this.state)
    return {
      json,
      hasChanges: (json.resource_changes ?? []).some(({ change }) => change.actions.join() !== 'no-op'),
      context,
      secrets: { key: this.key, lineage: this.key === '' ? this.lineage : undefined },
      approval: 'reviewed',
      binding: { repository: 'acme/infra', workflow: 'deploy.yml', target: '<!-- m -->' },
      commit,
      branch: 'main',
      run: { run: run.id, attempt: run.attempt },
      runUrl: `https://github.com/acme/infra/actions/runs/${run.id}`,
      redact: text => text,
    }
  }

  #source(): ReviewSource {
    const indexOf = (name: string) =>
      name === 'main' ? this.commits.length - 1 : this.commits.findIndex(({ sha }) => sha === name)
    return {
      readComment: async number => this.pulls[number - 1]?.comment,
      commitsBetween: async (base, head) => {
        const commits = this.commits.slice(indexOf(base) + 1, indexOf(head) + 1)
        return { relation: commits.length === 0 ? 'same' : 'ancestor', commits: commits.map(({ sha }) => sha) }
      },
      mergedPullRequests: async () =>
        this.commits.toReversed().flatMap(({ sha }) => {
          const pull = this.pulls.find(({ merge }) => merge === sha)
          if (pull === undefined) return []
          return [{ number: pull.number, head: pull.head, base: 'main', fromFork: false, mergeCommit: sha }]
        }),
    }
  }
}

function sha(number: number): string {
  return number.toString(16).padStart(40, '0')
}

/** A configuration with changed inputs; an empty input removes the resource. */
function merged(config: Config, change: Config): Config {
  return Object.fromEntries(Object.entries({ ...config, ...change }).filter(([, input]) => input !== ''))
}

function difference(from: Config, to: Config): Config {
  return Object.fromEntries(names.filter(name => from[name] !== to[name]).map(name => [name, to[name] ?? '']))
}

function bodyOf(signed: SignedRecord): string {
  const body = '<!-- m -->\n\n## Plan'
  return body.split('\n').toSpliced(1, 0, recordLine(body, signed)).join('\n')
}

/** The plan of Terraform for resources like terraform_data: an input that is updated in place, and an id of the provider. */
function planOf(config: Config, state: ReadonlyMap<string, Resource>): PlanJson {
  const changes = names.flatMap((address): ResourceChange[] => {
    const [input, now] = [config[address], state.get(address)]
    if (input === undefined && now === undefined) return []
    const before = now === undefined ? null : { id: now.id, input: now.input }
    const created = { after: { input }, after_unknown: { id: true } }
    const change: ResourceChange['change'] =
      now === undefined
        ? { actions: ['create'], before, ...created }
        : input === undefined
          ? { actions: ['delete'], before, after: null }
          : now.isTainted
            ? { actions: ['delete', 'create'], before, ...created }
            : { actions: [now.input === input ? 'no-op' : 'update'], before, after: { id: now.id, input } }
    return [{ address, mode: 'managed', type: 'thing', change }]
  })
  const resources = [...state].map(([address, { id, input }]) => ({
    address,
    mode: 'managed' as const,
    type: 'thing',
    values: { id, input },
  }))
  return { format_version: '1.2', resource_changes: changes, prior_state: { values: { root_module: { resources } } } }
}

const change = fc.dictionary(fc.constantFrom(...names), fc.constantFrom('', '1', '2'), { minKeys: 1 })
const pick = fc.nat(5)
const end = fc.constantFrom<End>('done', 'done', 'taint', 'rollback', 'fail', 'killed before the signature', 0, 1, 2)
const command = fc.oneof(
  fc.record({ do: fc.constant('propose' as const), change }),
  fc.record({ do: fc.constant('open' as const), change }),
  fc.record({ do: fc.constant('revert' as const) }),
  fc.record({ do: fc.constant('edit' as const), pick, change }),
  fc.record({ do: fc.constant('plan' as const), pick }),
  fc.record({ do: fc.constant('merge' as const), pick }),
  fc.record({ do: fc.constant('next' as const), end, isAgain: fc.boolean() }),
  fc.record({ do: fc.constant('next' as const), end, isAgain: fc.boolean() }),
  fc.record({ do: fc.constant('drop' as const) }),
  fc.record({ do: fc.constant('again' as const), pick, end, isAgain: fc.boolean() }),
  fc.record({ do: fc.constant('deploy' as const), change }),
  fc.record({ do: fc.constant('deploy' as const), change }),
  fc.record({ do: fc.constant('restore and again' as const), pick }),
  fc.record({
    do: fc.constant('tamper' as const),
    name: fc.constantFrom(...names),
    input: fc.constantFrom(undefined, '1', '2', '9'),
  }),
  fc.record({ do: fc.constant('forge' as const), pick, how: fc.constantFrom('delete', 'restore', 'sign', 'edit') }),
)
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

/** Counts of how the applies of all histories ended, to show that the histories are not all the same. */
const seen: Record<string, number> = {}

async function play(world: World, commands: readonly Command[]): Promise<void> {
  for (const each of commands) {
    const pull = 'pick' in each ? world.pulls[each.pick % Math.max(world.pulls.length, 1)] : undefined
    switch (each.do) {
      case 'propose':
        world.open(each.change)
        world.plan(world.pulls.at(-1))
        world.merge(world.pulls.at(-1))
        break
      case 'open':
        world.open(each.change)
        break
      case 'revert':
        world.revert()
        world.plan(world.pulls.at(-1))
        break
      case 'edit':
        world.edit(pull, each.change)
        break
      case 'plan':
        world.plan(pull)
        break
      case 'merge':
        world.merge(pull)
        break
      case 'drop': {
        const dropped = world.queue.shift()
        if (dropped !== undefined) dropped.attempt = 1
        break
      }
      case 'deploy':
        world.open(each.change)
        world.plan(world.pulls.at(-1))
        world.merge(world.pulls.at(-1))
        while (world.queue.length > 0) await world.apply(world.queue.shift(), 'done')
        break
      case 'restore and again':
        world.forge(pull, 'restore')
        await world.apply(
          world.runs.find(run => run.pull === pull && !world.queue.includes(run)),
          'done',
        )
        break
      case 'tamper':
        world.tamper(each.name, each.input)
        break
      case 'forge':
        world.forge(pull, each.how as 'delete')
        break
      case 'next':
      case 'again': {
        const started = world.runs.filter(run => !world.queue.includes(run))
        const run = each.do === 'next' ? world.queue.shift() : started[each.pick % Math.max(started.length, 1)]
        const result = await world.apply(run, each.end)
        seen[result] = (seen[result] ?? 0) + 1
        if (result === 'interrupted' && run !== undefined && each.isAgain) await goesOn(world, run)
        break
      }
    }
  }
}

/**
 * The second promise: the same run of the newest commit again goes on. It needs a signed record: not where a process died that had just
 * made the first state.
 */
async function goesOn(world: World, run: Run): Promise<void> {
  const isNewest = run.commit === world.tip.sha
  const again = await world.apply(run, 'done')
  seen[`again ${again}`] = (seen[`again ${again}`] ?? 0) + 1
  if (isNewest && (world.key !== '' || again !== 'APPLY_UNSIGNED')) expect(again).toBe('applied')
}

describe.each(['', 'a key of sixteen characters'])('with plan-approval-key "%s"', key => {
  test('only what was reviewed is applied, never an older commit, and a new run goes on', async () => {
    const histories = fc.array(command, { minLength: 4, maxLength: 24 })
    await fc.assert(
      fc.asyncProperty(histories, commands => play(new World(key), commands)),
      { numRuns: 500 },
    )
    // Each way to end is a part of the histories.
    for (const result of ['COMMIT_SUPERSEDED', 'applied', 'interrupted', 'again applied'])
      expect(seen[result] ?? 0, result).toBeGreaterThan(0)
  })
})
