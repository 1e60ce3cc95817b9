/**
 * What git and pull requests do on GitHub and not in the emulator: a pull request follows its branch and has a test merge,
 * a merge keeps what happened on the base branch meanwhile, a commit leads to its pull requests. Merges never conflict:
 * where both sides changed a file, the branch wins.
 */
import type { Answer } from './faults.ts'

export type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>

export interface Pull {
  number: number
  title: string
  state: string
  merged: boolean
  merge_commit_sha: string | null
  head: { ref: string; sha: string }
  base: { ref: string; sha: string }
}

export interface PullRequest {
  number: number
  title: string
  branch: string
  /** The tip of the branch. */
  headSha: string
  /** The tip of the default branch when the pull request was opened. */
  baseSha: string
  /** The branch that it is to be merged into; without it `main`. */
  base?: string
  /** The test merge, which is GITHUB_SHA of `pull_request` events; after the merge, the commit on the default branch. */
  mergeCommitSha: string
}

export interface Comment {
  id: number
  body: string
  html_url: string
  user: { login: string; type: string }
}

/** The new content of files by path; null deletes. */
export type FileChanges = Record<string, string | null>

export type MergeMethod = 'merge' | 'squash' | 'rebase'

export interface MergeRequest {
  sha?: string
  merge_method?: MergeMethod
}

interface Commit {
  sha: string
  message: string
  tree: { sha: string }
  parents: Array<{ sha: string }>
}

interface TreeEntry {
  path: string
  mode: string
  type: string
  sha: string | null
}

export type Repository = ReturnType<typeof createRepository>

const commitsOfABranch = 250

/** The repository at `base` (such as `/repos/owner/name`) of the GitHub behind `ask`. */
export function createRepository(base: string, ask: Ask) {
  const merges = new Map<number, { headSha: string; shas: string[] }>()
  const testMerges = new Map<string, string>()

  async function get<Body>(path: string): Promise<Body> {
    return demand(await ask('GET', `${base}${path}`))
  }
  async function change<Body>(method: string, path: string, body: object): Promise<Body> {
    return demand(await ask(method, `${base}${path}`, body))
  }

  // A commit never changes, and the emulator counts requests.
  const commits = new Map<string, Promise<Commit>>()
  const commit = (sha: string) => {
    const known = commits.get(sha) ?? get<Commit>(`/git/commits/${sha}`)
    commits.set(sha, known)
    return known
  }
  const tip = async (branch: string) => (await get<{ object: { sha: string } }>(`/git/ref/heads/${branch}`)).object.sha
  const moveBranch = (branch: string, sha: string) => change('PATCH', `/git/refs/heads/${branch}`, { sha, force: true })

  async function files(commitSha: string): Promise<Map<string, TreeEntry>> {
    const { tree } = await get<{ tree: TreeEntry[] }>(`/git/trees/${(await commit(commitSha)).tree.sha}?recursive=1`)
    return new Map(tree.filter(each => each.type === 'blob').map(each => [each.path, each]))
  }

  /** The tree of `onto` with what changed from `from` to `to`. */
  async function mergedTree(onto: string, from: string, to: string): Promise<string> {
    const [before, after] = await Promise.all([files(from), files(to)])
    const changed: TreeEntry[] = []
    for (const { path, mode, type, sha } of after.values()) {
      if (before.get(path)?.sha !== sha) changed.push({ path, mode, type, sha })
    }
    for (const { path, mode, type } of before.values()) {
      if (!after.has(path)) changed.push({ path, mode, type, sha: null })
    }
    const baseTree = (await commit(onto)).tree.sha
    if (changed.length === 0) return baseTree
    return (await change<{ sha: string }>('POST', '/git/trees', { base_tree: baseTree, tree: changed })).sha
  }

  async function createCommit(message: string, tree: string, parents: string[]): Promise<string> {
    return (await change<{ sha: string }>('POST', '/git/commits', { message, tree, parents })).sha
  }

  async function commitFiles(parent: string, contents: FileChanges, message: string): Promise<string> {
    const entries = Object.entries(contents).map(([path, content]) => {
      return { path, mode: '100644', type: 'blob', ...(content === null ? { sha: null } : { content }) }
    })
    const tree = await change<{ sha: string }>('POST', '/git/trees', {
      base_tree: (await commit(parent)).tree.sha,
      tree: entries,
    })
    return createCommit(message, tree.sha, [parent])
  }

  /** From the oldest to the tip. */
  async function commitsOf(pull: Pull): Promise<Commit[]> {
    const commits: Commit[] = []
    for (let sha = pull.head.sha; sha !== pull.base.sha && commits.length < commitsOfABranch; ) {
      const next = await commit(sha)
      commits.unshift(next)
      const parent = next.parents[0]
      if (!parent) break
      sha = parent.sha
    }
    return commits
  }

  async function testMerge(pull: Pull): Promise<string> {
    const base = await tip(pull.base.ref)
    const key = `${base}+${pull.head.sha}`
    const known = testMerges.get(key)
    if (known !== undefined) return known
    const tree = await mergedTree(base, pull.base.sha, pull.head.sha)
    const sha = await createCommit(`Merge ${pull.head.sha} into ${base}`, tree, [base, pull.head.sha])
    testMerges.set(key, sha)
    return sha
  }

  /** What tests decide about a pull request: GitHub's word for whether it may be merged, its author, the owner of its fork. */
  const overrides = new Map<number, { mergeable_state?: string; author?: string; fork?: string }>()

  /** A pull request as GitHub would show it now. */
  async function upToDate(pull: Pull): Promise<Pull> {
    const { mergeable_state = 'clean', author, fork } = overrides.get(pull.number) ?? {}
    const { user, head, ...followed } = (await follow(pull)) as Pull & { user: { login: string } }
    const repo = (head as { repo?: object }).repo
    return {
      ...followed,
      mergeable_state,
      user: author === undefined ? user : { ...user, login: author },
      head: fork === undefined ? head : { ...head, repo: { ...repo, full_name: `${fork}/fork` } },
    } as Pull
  }

  async function follow(pull: Pull): Promise<Pull> {
    const merge = merges.get(pull.number)
    if (merge) {
      return { ...pull, merge_commit_sha: merge.shas.at(-1) ?? null, head: { ...pull.head, sha: merge.headSha } }
    }
    if (pull.state !== 'open') return pull
    const followed = { ...pull, head: { ...pull.head, sha: await tip(pull.head.ref) } }
    return { ...followed, merge_commit_sha: await testMerge(followed) }
  }

  const pull = async (number: number) => upToDate(await get<Pull>(`/pulls/${number}`))

  /** The new commits on the base branch, of which the last is its tip. */
  async function mergeCommits(from: Pull, base: string, method: MergeMethod): Promise<string[]> {
    const tree = await mergedTree(base, from.base.sha, from.head.sha)
    if (method === 'merge') {
      return [await createCommit(`Merge pull request #${from.number}\n\n${from.title}`, tree, [base, from.head.sha])]
    }
    if (method === 'squash') return [await createCommit(`${from.title} (#${from.number})`, tree, [base])]
    const rebased: string[] = []
    for (const { sha, message } of await commitsOf(from)) {
      const tree = await mergedTree(base, from.base.sha, sha)
      rebased.push(await createCommit(message, tree, [rebased.at(-1) ?? base]))
    }
    return rebased
  }

  async function merge(number: number, { sha, merge_method: method = 'merge' }: MergeRequest = {}): Promise<Answer> {
    const found = await ask('GET', `${base}/pulls/${number}`)
    if (found.status !== 200) return found
    const before = await upToDate(found.body as Pull)
    if (sha !== undefined && sha !== before.head.sha) {
      const message = 'Head branch was modified. Review and try the merge again.'
      return { status: 409, headers: {}, body: { message, documentation_url: 'https://docs.github.com/rest' } }
    }
    const baseTip = await tip(before.base.ref)
    const marked = await ask('PUT', `${base}/pulls/${number}/merge`, {})
    if (marked.status !== 200) return marked
    // The emulator has merged what the branch was when the pull request was opened.
    const shas = await mergeCommits(before, baseTip, method)
    const merged = shas.at(-1) ?? baseTip
    await moveBranch(before.base.ref, merged)
    merges.set(number, { headSha: before.head.sha, shas })
    return { ...marked, body: { ...(marked.body as object), sha: merged } }
  }

  async function isOnDefaultBranch(sha: string): Promise<boolean> {
    const { default_branch: branch } = await get<{ default_branch: string }>('')
    const seen = new Set<string>()
    const open = [await tip(branch)]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === sha) return true
      if (seen.has(next)) continue
      seen.add(next)
      open.push(...(await commit(next)).parents.map(parent => parent.sha))
    }
    return false
  }

  /** Of a commit on the default branch the merged pull requests, of any other the open ones too. */
  async function pullsOfCommit(sha: string): Promise<Pull[]> {
    const listed = await get<Pull[]>('/pulls?state=all&per_page=100')
    const pulls = await Promise.all(listed.map(upToDate))
    const onDefaultBranch = await isOnDefaultBranch(sha)
    const associated: Pull[] = []
    for (const each of pulls) {
      const merge = merges.get(each.number)
      const shas = [...(await commitsOf(each)).map(one => one.sha), ...(merge?.shas ?? [])]
      if (shas.includes(sha) && (merge || !onDefaultBranch)) associated.push(each)
    }
    return associated
  }

  /** The commits that lead to one, itself first. */
  async function history(sha: string): Promise<string[]> {
    const seen = new Set<string>()
    const open = [sha]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      open.unshift(...(await commit(next)).parents.map(parent => parent.sha))
    }
    return [...seen]
  }

  /** What differs, as GitHub lists it: by path, and a file with the same content under a new path is a renamed one. */
  async function changedFiles(from: string, to: string) {
    const [before, after] = await Promise.all([files(from), files(to)])
    const gone = [...before.values()].filter(({ path }) => !after.has(path))
    const entry = ({ path, sha }: TreeEntry, status: string, previous?: string) => {
      const at = `https://github.com${base.replace('/repos', '')}`
      const counts = { additions: 1, deletions: status === 'added' ? 0 : 1, changes: 1 }
      const urls = { blob_url: `${at}/blob/${to}/x`, raw_url: `${at}/raw/${to}/x`, contents_url: `${at}/contents/x` }
      return { sha, filename: path, status, ...counts, ...urls, ...(previous && { previous_filename: previous }) }
    }
    const changed = [...after.values()].flatMap(file => {
      const old = before.get(file.path)
      if (old !== undefined) return old.sha === file.sha ? [] : [entry(file, 'modified')]
      const renamed = gone.findIndex(({ sha }) => sha === file.sha)
      if (renamed === -1) return [entry(file, 'added')]
      return [entry(file, 'renamed', gone.splice(renamed, 1)[0]?.path)]
    })
    return [...changed, ...gone.map(file => entry(file, 'removed'))].sort((a, b) => (a.filename < b.filename ? -1 : 1))
  }

  /** The files of a pull request: its branch against where that left the base branch. */
  async function filesOf(number: number) {
    const { head, base: from } = await pull(number)
    return await changedFiles(from.sha, head.sha)
  }

  /** `BASE...HEAD`, of which GitHub shows at most 300 files, and the commits by page, oldest first. */
  async function compare(basehead: string, { size, at }: { size: number; at: number }): Promise<Answer> {
    const [from = '', to = ''] = basehead.split('...')
    const [fromCommit, toCommit] = await Promise.all([from, to].map(each => ask('GET', `${base}/commits/${each}`)))
    const missing = [fromCommit, toCommit].find(each => each?.status !== 200)
    if (missing !== undefined) {
      const documentation_url = 'https://docs.github.com/rest/commits/commits#compare-two-commits'
      return { status: 404, headers: {}, body: { message: 'Not Found', documentation_url, status: '404' } }
    }
    const shaOf = (answered: Answer | undefined) => (answered?.body as { sha: string } | undefined)?.sha ?? ''
    const [behind, ahead] = await Promise.all([history(shaOf(fromCommit)), history(shaOf(toCommit))])
    const newer = ahead.filter(sha => !behind.includes(sha)).reverse()
    const mergeBase = behind.find(sha => ahead.includes(sha)) ?? from
    const [aheadBy, behindBy] = [
      ahead.filter(sha => !behind.includes(sha)).length,
      behind.filter(sha => !ahead.includes(sha)).length,
    ]
    const status = aheadBy > 0 ? (behindBy > 0 ? 'diverged' : 'ahead') : behindBy > 0 ? 'behind' : 'identical'
    const url = `https://github.com${base.replace('/repos', '')}/compare/${basehead}`
    return {
      status: 200,
      headers: {},
      body: {
        ...Object.fromEntries(['url', 'html_url', 'permalink_url', 'diff_url', 'patch_url'].map(name => [name, url])),
        base_commit: fromCommit?.body,
        merge_base_commit: (await ask('GET', `${base}/commits/${mergeBase}`)).body,
        status,
        ahead_by: aheadBy,
        behind_by: behindBy,
        total_commits: aheadBy,
        commits: await Promise.all(
          newer.slice((at - 1) * size, at * size).map(async sha => (await ask('GET', `${base}/commits/${sha}`)).body),
        ),
        files: at > 1 ? [] : (await changedFiles(mergeBase, shaOf(toCommit))).slice(0, 300),
      },
    }
  }

  function summary({ number, title, head, base, merge_commit_sha }: Pull): PullRequest {
    const mergeCommitSha = merge_commit_sha ?? ''
    const into = base.ref === 'main' ? {} : { base: base.ref }
    return { number, title, branch: head.ref, headSha: head.sha, baseSha: base.sha, mergeCommitSha, ...into }
  }

  const actions = {
    /** Makes a branch at the tip of the default branch. */
    async createBranch(name: string) {
      await change('POST', '/git/refs', { ref: `refs/heads/${name}`, sha: await tip('main') })
    },
    async createPullRequest(wanted: { title: string; branch: string; files: FileChanges; base?: string }) {
      const { base: into = 'main' } = wanted
      const base = await tip(into)
      const head = await commitFiles(base, wanted.files, wanted.title)
      await change('POST', '/git/refs', { ref: `refs/heads/${wanted.branch}`, sha: head })
      const opened = { title: wanted.title, head: wanted.branch, base: into }
      return summary(await upToDate(await change<Pull>('POST', '/pulls', opened)))
    },
    async pushTo(number: number, files: FileChanges) {
      const before = await pull(number)
      await moveBranch(before.head.ref, await commitFiles(before.head.sha, files, `Update ${Object.keys(files)}`))
      return { ...summary(await pull(number)), before: before.head.sha }
    },
    /** The button "Update branch": merges the default branch into that of the pull request. */
    async updateBranch(number: number) {
      const before = await pull(number)
      const base = await tip(before.base.ref)
      const tree = await mergedTree(base, before.base.sha, before.head.sha)
      await moveBranch(before.head.ref, await createCommit('Merge branch main', tree, [before.head.sha, base]))
      return summary(await pull(number))
    },
    /** Changes what GitHub says about a pull request. */
    override(number: number, values: { mergeable_state?: string; author?: string; fork?: string }) {
      overrides.set(number, values)
    },
    async push(files: FileChanges, message: string) {
      const before = await tip('main')
      const after = await commitFiles(before, files, message)
      await moveBranch('main', after)
      return { before, after }
    },
    async merge(number: number, method: MergeMethod = 'merge') {
      const before = await tip((await pull(number)).base.ref)
      const { sha } = demand<{ sha: string }>(await merge(number, { merge_method: method }))
      return { sha, before }
    },
    /** Every file of a commit: its content by path. */
    async filesAt(sha: string) {
      const entries = [...(await files(sha)).values()]
      const contents = entries.map(async ({ path, sha }) => {
        const { content } = await get<{ content: string }>(`/git/blobs/${sha}`)
        return [path, Buffer.from(content, 'base64').toString()] as const
      })
      return new Map(await Promise.all(contents))
    },
    async pullRequest(number: number) {
      return summary(await pull(number))
    },
    async comments(number: number) {
      const comments: Comment[] = []
      for (let page = 1; comments.length === (page - 1) * 100; page++) {
        comments.push(...(await get<Comment[]>(`/issues/${number}/comments?per_page=100&page=${page}`)))
      }
      return comments
    },
  }

  return { merge, pullsOfCommit, filesOf, compare, upToDate, actions }
}

function demand<Body>(answered: Answer): Body {
  if (answered.status >= 300)
    throw new Error(`the emulator answered ${answered.status}: ${JSON.stringify(answered.body)}`)
  return answered.body as Body
}
