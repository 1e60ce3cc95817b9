/** Workspaces of HCP Terraform: which one a root module uses, what its settings allow, and its runs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import {
  assertRemoteRuns,
  findRun,
  findUnknownRun,
  isLockTimeout,
  type RemoteWorkspace,
  readRemoteRuns,
  readSavedRun,
  workspaceAccessOf,
} from '../../src/terraform/remote-workspace.ts'
import { type HcpTerraform, startHcpTerraform } from '../support/hcp-terraform.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'remote-workspace-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const workspace: RemoteWorkspace = {
  host: 'app.terraform.io',
  organization: 'acme',
  name: 'weather',
  block: 'cloud',
  executionMode: 'remote',
  appliesUnconfirmed: false,
  repository: undefined,
}

describe('the plan file', () => {
  const planFile = (content: string | Buffer) => {
    const file = join(directory, 'plan.tfplan')
    writeFileSync(file, content)
    return file
  }

  test('a reference to a run is read', () => {
    const saved = { remote_plan_format: 1, run_id: 'run-GXfuHMkbyHccAGUg', hostname: 'app.terraform.io' }
    expect(readSavedRun(planFile(JSON.stringify(saved)))).toEqual({
      host: 'app.terraform.io',
      id: 'run-GXfuHMkbyHccAGUg',
    })
  })

  test.each([
    ['an archive', Buffer.from('PK\x03\x04 and more')],
    ['JSON of another kind', '{"format_version":"1.2"}'],
    ['an encrypted plan of OpenTofu', '{"meta":{},"encrypted_data":"x","encryption_version":"v0"}'],
    ['no JSON', '{'],
    ['nothing', ''],
  ])('%s is a plan of this machine', (_, content) => {
    expect(readSavedRun(planFile(content))).toBeUndefined()
  })
})

describe('the workspace of a root module', () => {
  const cloud = { type: 'cloud', config: { organization: 'acme', workspaces: { name: 'weather' } } }
  const env = () => ({ HOME: directory, TF_TOKEN_app_terraform_io: 'secret-1' })

  test.each([
    ['a cloud block', cloud, 'weather', { host: 'app.terraform.io', name: 'weather', block: 'cloud' }],
    ['tags', { ...cloud, config: { organization: 'acme', workspaces: { tags: ['a'] } } }, 'prod', { name: 'prod' }],
    [
      'a prefix of the backend "remote"',
      { type: 'remote', config: { organization: 'acme', workspaces: [{ prefix: 'weather-' }] } },
      'prod',
      { name: 'weather-prod', block: 'remote' },
    ],
    [
      'a prefix that TF_WORKSPACE repeats',
      { type: 'remote', config: { organization: 'acme', workspaces: [{ prefix: 'weather-' }] } },
      'weather-prod',
      { name: 'weather-prod' },
    ],
    [
      'tags with values',
      { ...cloud, config: { organization: 'acme', workspaces: { name: null, tags: { env: 'prod' }, project: 'x' } } },
      'prod',
      { name: 'prod' },
    ],
  ])('%s names it', (_, record, selected, expected) => {
    const access = workspaceAccessOf(record, selected, 'terraform', env())
    expect(access).toMatchObject({ organization: 'acme', token: 'secret-1', ...expected })
  })

  test('variables name what the cloud block leaves out', () => {
    const variables = { TF_CLOUD_HOSTNAME: 'tfe.acme-corp.com', TF_CLOUD_ORGANIZATION: 'acme' }
    const token = { TF_TOKEN_tfe_acme__corp_com: 'secret-2' }
    const access = workspaceAccessOf({ type: 'cloud' }, 'weather', 'terraform', { ...env(), ...variables, ...token })
    expect(access).toMatchObject({ host: 'tfe.acme-corp.com', organization: 'acme', token: 'secret-2' })
  })

  test.each([
    ['terraformrc', 'credentials "app.terraform.io" {\n  token = "secret-3"\n}\n'],
    ['credentials.tfrc.json', '{"credentials":{"app.terraform.io":{"token":"secret-3"}}}'],
  ])('the token is read from %s', (name, content) => {
    const file = join(directory, name)
    writeFileSync(file, content)
    const access = workspaceAccessOf(cloud, 'weather', 'terraform', { TF_CLI_CONFIG_FILE: file })
    expect(access?.token).toBe('secret-3')
  })

  test('the token of another host is not taken', () => {
    const other = { HOME: directory, TF_TOKEN_tfe_acme_com: 'secret-4' }
    expect(workspaceAccessOf(cloud, 'weather', 'terraform', other)?.token).toBeUndefined()
  })

  test('another backend has none', () => {
    expect(workspaceAccessOf({ type: 's3', config: {} }, 'default', 'terraform', env())).toBeUndefined()
  })
})

describe('what a workspace must be like', () => {
  const runner = { tool: 'terraform' as const, version: '1.11.4', parallelism: 10 }

  test('one that only applies confirmed plans is used', () => {
    expect(() => assertRemoteRuns(workspace, runner)).not.toThrow()
    expect(() => assertRemoteRuns({ ...workspace, executionMode: 'agent' }, runner)).not.toThrow()
  })

  test.each([
    ['REMOTE_AUTO_APPLY', { appliesUnconfirmed: true }, {}],
    ['REMOTE_VCS', { repository: 'acme/infra' }, {}],
    ['REMOTE_EXECUTION', { block: 'remote' as const }, {}],
    ['REMOTE_EXECUTION', {}, { version: '1.5.7' }],
    ['INPUT_INVALID', {}, { parallelism: 5 }],
  ])('%s', (code, settings, more) => {
    const check = () => assertRemoteRuns({ ...workspace, ...settings }, { ...runner, ...more })
    expect(check).toThrow(expect.objectContaining({ code, message: expect.stringContaining('acme/weather') }))
  })
})

describe('the output of Terraform', () => {
  const page = 'https://app.terraform.io/app/acme/weather/runs/'

  test('it names the run', () => {
    const output = `Preparing the remote plan...\n\nTo view this run in a browser, visit:\n${page}run-CZcmD7eagjhyX0vN\n\n`
    expect(findRun(output, workspace)).toEqual({ id: 'run-CZcmD7eagjhyX0vN', url: `${page}run-CZcmD7eagjhyX0vN` })
  })

  test.each([
    ['a run of another workspace', 'https://app.terraform.io/app/acme/other/runs/run-1\n'],
    ['a link in a text', `  + description = "${page}run-1"\n`],
    ['nothing yet', 'Preparing the remote plan...\n'],
  ])('%s is not its run', (_, output) => {
    expect(findRun(output, workspace)).toBeUndefined()
  })

  test('it names the run of a workspace that is not known', () => {
    const output = `Running plan in HCP Terraform. Output will stream here.\n\nTo view this run:\n${page}run-1\n`
    expect(findUnknownRun(output)).toEqual({ host: 'app.terraform.io', id: 'run-1' })
    expect(findUnknownRun(`No changes.\n${page}run-1\n`)).toBeUndefined()
  })

  test('the end of the wait for a lock is recognised only at the start of a line', () => {
    expect(isLockTimeout('\nLock timeout exceeded, sending interrupt to cancel the remote operation.\n')).toBe(true)
    expect(isLockTimeout('  + text = "Lock timeout exceeded"\n')).toBe(false)
  })
})

describe('the service', () => {
  let hcp: HcpTerraform
  beforeEach(async () => {
    hcp = await startHcpTerraform(directory)
    const before = getCACertificates('default')
    setDefaultCACertificates([...before, readFileSync(hcp.env.SSL_CERT_FILE ?? '', 'utf8')])
    onTestFinished(() => setDefaultCACertificates(before))
  })
  afterEach(() => hcp.stop())
  const access = (more = {}) => {
    const { host, organization, token } = hcp
    return { host, organization, token, name: hcp.workspace, block: 'cloud' as const, ...more }
  }

  test('the settings of the workspace are read', async () => {
    hcp.settings.autoApplyRunTrigger = true
    hcp.settings.vcsRepo = 'acme/infra'
    const remote = await readRemoteRuns(access())
    expect(remote).toMatchObject({
      workspace: { executionMode: 'remote', appliesUnconfirmed: true, repository: 'acme/infra' },
    })
  })

  describe('a plan that is discarded', () => {
    const discard = async (status: (typeof hcp.runs)[number]['status']) => {
      const remote = await readRemoteRuns(access())
      if (typeof remote !== 'object') throw new Error(`${remote}`)
      hcp.runs.push({ id: 'run-1', status, attributes: {}, serial: 0, planLog: '' } as never)
      await remote.service.discard({ id: 'run-1', url: '' })
      return hcp.changes
    }

    test('is only discarded', async () => {
      expect(await discard('planned_and_saved')).toEqual(['POST /runs/run-1/actions/discard'])
      expect(hcp.runs[0]?.status).toBe('discarded')
    })

    test('is cancelled while it waits or is made, because it could be confirmed later', async () => {
      expect(await discard('planning')).toContain('POST /runs/run-1/actions/cancel')
      expect(hcp.runs[0]?.isCancelled).toBe(true)
    })

    test.each(['planned_and_finished', 'canceled', 'errored'] as const)('stays %s', async status => {
      await discard(status)
      expect(hcp.runs[0]?.status).toBe(status)
    })

    test.each(['applying', 'applied'] as const)(
      'and is %s, because somebody confirmed it, is an error and goes on',
      async status => {
        await expect(discard(status)).rejects.toThrow('it is confirmed already')
        expect(hcp.changes).toEqual(['POST /runs/run-1/actions/discard'])
      },
    )
  })

  test('a workspace with local execution plans on this machine', async () => {
    hcp.settings.executionMode = 'local'
    expect(await readRemoteRuns(access())).toBeUndefined()
  })

  test.each([
    ['no token', { token: undefined }, /found no token for localhost:\d+\. Set the variable TF_TOKEN_localhost/],
    ['a wrong token', { token: 'wrong' }, /with status 401 \(unauthorized\)/],
    ['no such workspace', { name: 'other' }, /with status 404 \(not found\)/],
    ['a host without the API', { host: '127.0.0.1:9' }, /could not be read/],
  ])('%s is a reason', async (_, more, reason) => {
    expect(await readRemoteRuns(access(more))).toMatch(reason)
  })
})
