/**
 * The upgrade of a provider, with a provider of our own in two versions, the real tool and the shipped action: plan, comment, approval,
 * apply, verify, drift, and the way back. The second version fills in an attribute that the first one does not have.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PullRequest } from '../support/github.ts'
import { type HttpState, startHttpState } from '../support/http-state.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'
import { type NotesProvider, notesProgram, notesProvider, type notesVersions } from '../support/notes-provider.ts'
import { type Stage, setStage } from '../support/stage.ts'

const program = await notesProgram()

describe.skipIf(program === undefined)('a provider is upgraded', () => {
  let directory: string
  let server: Listening
  let stage: Stage
  let state: HttpState
  let provider: NotesProvider
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'upgrade-'))
    provider = notesProvider(program ?? '', directory)
    server = await v2()
    state = await startHttpState()
    stage = await setStage({
      images: {},
      inputs: { 'mcp-timeout': '60s', 'mcp-rounds': '1', 'alivemcp-api-key': '', 'working-directory': 'infra' },
      env: { TF_CLI_CONFIG_FILE: provider.cliConfig },
      permissions: { contents: 'read', pull_requests: 'write', issues: 'write' },
    })
  })
  afterAll(async () => {
    await stage.close()
    await state.stop()
    await server[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true, force: true })
  })

  const files = (version: (typeof notesVersions)[number], text: string) => ({
    'infra/main.tf': `
      terraform {
        ${state.backend}
      }
      ${provider.configuration(version)}
      resource "notes_note" "one" {
        for_each = toset(["a", "b", "c"])
        name     = each.key
        text     = "${text}"
      }
      output "mcp_endpoint" { value = "${server.url}/mcp" }
      output "instance_id" { value = "i-0123456789" }
    `,
  })
  /** Runs the action in a fresh checkout, which has no lock file. */
  const run: Stage['run'] = (trigger, inputs) => {
    stage.remove('infra/.terraform.lock.hcl')
    return stage.run(trigger, inputs)
  }
  const body = async ({ number }: PullRequest) => (await stage.github.comments(number))[0]?.body ?? ''
  const noteText = (name: string) => JSON.parse(readFileSync(join(provider.notes, `${name}.json`), 'utf8')).text
  const regions = () =>
    (JSON.parse(state.state ?? '{}').resources as { instances: { attributes: { region?: string } }[] }[]).flatMap(
      ({ instances }) => instances.map(({ attributes }) => attributes.region),
    )
  const verify = (trigger: { readonly github: Parameters<Stage['run']>[0]['github'] }) =>
    run(
      { event: { name: 'schedule', payload: {} }, github: trigger.github },
      { drift: 'fail', 'drift-plan': 'refresh-only' },
    )

  test('it is reviewed, applied and verified; it is no drift before its apply; and there is a way back', async () => {
    const first = await stage.open('First version', files('1.0.0', 'one'))
    expect((await run(stage.opened(first))).conclusion).toBe('success')
    const deployed = await run(await stage.merged(first))
    expect(deployed.conclusion, deployed.log).toBe('success')
    expect(regions()).toEqual([undefined, undefined, undefined])
    expect(noteText('a')).toBe('one')

    // A version constraint lets the newer version in before anybody has applied with it.
    await stage.write(files('2.0.0', 'one'))
    const nightly = await verify(await stage.merged(await stage.open('Readme', { 'README.md': 'x' })))
    expect(nightly.conclusion, nightly.log).toBe('success')
    expect(nightly.outputs.drift).toBe('[]')
    expect(nightly.summary).toContain('now fills in `region` on 3 resources; the next apply saves it in the state')

    const second = await stage.open('Second version', files('2.0.0', 'two'))
    const planned = await run(stage.opened(second))
    expect(planned.conclusion, planned.log).toBe('success')
    expect(await body(second)).toContain('**0 to add, 3 to change, 0 to destroy**')
    const trigger = await stage.merged(second)
    const upgraded = await run(trigger)
    expect(upgraded.conclusion, upgraded.log).toBe('success')
    expect(upgraded.outputs['plan-fingerprint']).toBe(planned.outputs['plan-fingerprint'])
    expect(await body(second)).toContain('Applied and verified')
    expect(noteText('a')).toBe('two')
    expect(regions()).toEqual(['eu-west-1', 'eu-west-1', 'eu-west-1'])

    expect((await verify(trigger)).outputs.drift).toBe('[]')
    writeFileSync(join(provider.notes, 'b.json'), JSON.stringify({ text: 'changed by somebody' }))
    const drifted = await verify(trigger)
    expect(drifted.outputs['failure-code']).toBe('DRIFT')
    expect(drifted.summary).toContain('changed by somebody')
    expect(drifted.summary).not.toContain('fills in')

    const back = await stage.open('Way back', files('1.0.0', 'three'))
    const plannedBack = await run(stage.opened(back))
    expect(plannedBack.conclusion, plannedBack.log).toBe('success')
    expect(await body(back)).toContain('3 to change, 0 to destroy')
    const backAgain = await run(await stage.merged(back))
    expect(backAgain.conclusion, backAgain.log).toBe('success')
    expect(noteText('b')).toBe('three')
    expect(regions()).toEqual([undefined, undefined, undefined])
  })
})
