/** The identity of a stack: the same for one stack whatever version wrote it, and different for two. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  backendOf,
  commentMarker,
  formerCommentMarker,
  formerIssueMarker,
  incidentOf,
  issueMarker,
  stackName,
  type Target,
  targetName,
} from '../../src/report/target.ts'

const target = (more: Partial<Target> = {}): Target => ({
  stack: undefined,
  directory: 'infra',
  workspace: undefined,
  ...more,
})
const backend = (...lines: string[]) => backendOf(lines, () => undefined)
const repository = 'acme/weather'
const endpoint = 'https://mcp.example.com/mcp'

/** What version 0.1 (07459d7) wrote. */
const before = {
  comment({ name, stack, directory, workspace }: Target): string {
    const place = [stack ?? '', directory, workspace ?? '']
    return `<!-- terraform-mcp-deploy:${hashed(name === undefined ? place : [...place, name])} -->`
  },
  issue({ name, stack, directory, workspace }: Target, at: string | undefined): string {
    const place = [stack ?? '', directory, workspace ?? '', at ?? '']
    return `<!-- terraform-mcp-deploy-issue:${hashed(name === undefined ? place : [...place, name])} -->`
  },
  incident: ({ stack, directory, workspace }: Target): string =>
    hashed([repository, stack ?? '', directory, workspace ?? '']),
}
function hashed(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

const all = { ...target(), name: undefined }
const plain: Target[] = [
  target(),
  target({ directory: '.' }),
  target({ stack: 'ecs' }),
  target({ workspace: 'staging' }),
  target({ name: 'weather' }),
  target({ name: 'weather', stack: 'ecs', workspace: 'staging' }),
  target({ backend: backend('access_key=x', 'encrypt=true') }),
  // The name already tells the stack apart.
  target({ name: 'weather', backend: backend('key=a'), inheritedWorkspace: 'staging' }),
]

describe('a stack of version 0.1', () => {
  test.each(plain)('%j has the markers that it had', each => {
    expect(commentMarker({ target: each })).toBe(before.comment(each))
    expect(formerCommentMarker({ target: each })).toBeUndefined()
    for (const at of [undefined, endpoint]) {
      expect(issueMarker({ target: each }, at)).toBe(before.issue(each, at))
      expect(formerIssueMarker({ target: each }, at)).toBeUndefined()
    }
    if (each.name === undefined) expect(incidentOf(each, repository)).toBe(before.incident(each))
  })

  test('with another identity names the one that it had', () => {
    for (const more of [{ inheritedWorkspace: 'staging' }, { backend: backend('key=staging.tfstate') }]) {
      const each = target(more)
      expect(formerCommentMarker({ target: each })).toBe(before.comment(all))
      expect(formerIssueMarker({ target: each }, endpoint)).toBe(before.issue(all, endpoint))
      expect(commentMarker({ target: each })).not.toBe(before.comment(all))
    }
  })

  test('has a marker that is known', () => {
    expect(commentMarker({ target: target({ directory: 'a' }) })).toBe(
      '<!-- terraform-mcp-deploy:8d5ab8fb15dd200e0877ec3d0075c5ed -->',
    )
  })
})

const different: Target[] = [
  target(),
  target({ directory: 'b' }),
  target({ directory: 'a","b' }),
  target({ stack: 'ecs' }),
  target({ workspace: 'staging' }),
  target({ inheritedWorkspace: 'production' }),
  target({ name: 'staging' }),
  target({ name: 'production' }),
  target({ backend: backend('key=staging.tfstate') }),
  target({ backend: backend('key=production.tfstate') }),
  target({ backend: backend('bucket=other', 'key=production.tfstate') }),
  target({ backend: backend('key=staging.tfstate'), inheritedWorkspace: 'x' }),
]

describe('two stacks of one directory', () => {
  test.each([
    ['comment', (each: Target) => commentMarker({ target: each })],
    ['issue', (each: Target) => issueMarker({ target: each }, undefined)],
    ['incident of the webhook', (each: Target) => incidentOf(each, repository)],
  ])('never share a %s', (_, identify) => {
    expect(new Set(different.map(identify)).size).toBe(different.length)
  })

  test('have titles that tell them apart', () => {
    expect(targetName({ target: target({ backend: backend('bucket=b', 'key=staging.tfstate') }) })).toBe(
      'infra, state staging.tfstate',
    )
    expect(targetName({ target: target({ directory: '.', inheritedWorkspace: 'staging' }) })).toBe(
      'root module, workspace staging',
    )
    expect(targetName({ target: target({ name: 'weather', backend: backend('key=x') }) })).toBe('weather')
  })

  test('are confirmed by different names', () => {
    expect(stackName(target({ inheritedWorkspace: 'staging' }), 'weather')).toBe('infra@staging')
    expect(stackName(target({ workspace: 'prod', inheritedWorkspace: 'staging' }), 'weather')).toBe('infra@prod')
  })
})

describe('what backend-config says about the state', () => {
  test.each([
    [[], undefined],
    [['access_key=AKIA', 'encrypt=true', 'use_lockfile=true'], undefined],
    [['key=a.tfstate', 'bucket=acme'], 'bucket acme, key a.tfstate'],
    [['key=a.tfstate', 'key=b.tfstate'], 'key b.tfstate'],
    [['key="a.tfstate"'], 'key a.tfstate'],
    // No password goes into a hash that somebody could try passwords against.
    [['address=https://ci:PASSWORD@state.example/a'], 'address https://state.example/a'],
    [['staging.tfbackend', 'region=eu-west-1'], 'key from-file, region eu-west-1'],
  ])('%j', (lines, text) => {
    const file = (path: string) =>
      path === 'staging.tfbackend' ? 'key = "from-file"\nsecret_key = "s3cret"\n' : undefined
    expect(backendOf(lines, file)?.text).toBe(text)
  })
})

test('a marker holds none of the text of its target', () => {
  expect(commentMarker({ target: target({ directory: '--> @team' }) })).toMatch(
    /^<!-- terraform-mcp-deploy:[\da-f]{32} -->$/,
  )
})
