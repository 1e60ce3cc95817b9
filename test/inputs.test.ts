import { chmodSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { EOL, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { InputError } from '../src/errors.ts'
import { readRun } from '../src/event.ts'
import { readInputs } from '../src/inputs.ts'
import { secrets } from '../src/log.ts'

const manifest = parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8')) as {
  inputs: Record<string, { default: string; deprecationMessage?: string }>
}
const workspace = mkdtempSync(join(tmpdir(), 'inputs-'))
writeFileSync(join(workspace, 'prod.tfvars'), '')
writeFileSync(
  join(workspace, 'mcp-contract.json'),
  '{"hash":"","tools":[{"name":"search","inputSchema":{"type":"object"}}]}',
)
writeFileSync(join(workspace, 'no.json'), '{')
writeFileSync(join(workspace, 'list.json'), '[]')
symlinkSync('/dev/null', join(workspace, 'link.json'))

mkdirSync(join(workspace, 'sub'))
writeFileSync(join(workspace, 'sub/a=b.tfbackend'), '')
writeFileSync(join(workspace, 'utf16.tfvars'), Buffer.from('\ufeffimage = "a:1"\n', 'utf16le'))
symlinkSync(join(workspace, 'gone'), join(workspace, 'dangling.tfvars'))
symlinkSync(tmpdir(), join(workspace, 'out'))

/** Every input with its default, as the runner sets them. */
function set(inputs: Record<string, string> = {}): void {
  for (const [name, { default: value }] of Object.entries(manifest.inputs)) {
    process.env[`INPUT_${name.toUpperCase()}`] = name === 'github-token' ? 'ghs_token' : value
  }
  for (const [name, value] of Object.entries(inputs)) process.env[`INPUT_${name.toUpperCase()}`] = value
}

beforeEach(() => {
  // Masks of test values must not be carried out by the runner of this CI.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  set()
})
afterEach(() => {
  vi.restoreAllMocks()
  for (const name of Object.keys(process.env)) if (name.startsWith('INPUT_')) delete process.env[name]
})

describe('rollback-to', () => {
  test('names a version for the command rollback', () => {
    expect(readInputs(workspace).rollbackTo).toBeUndefined()
    set({ command: 'rollback', 'rollback-to': 'weather:11' })
    expect(readInputs(workspace)).toMatchObject({ command: 'rollback', rollbackTo: 'weather:11' })
  })

  test('is refused for every other command, which would not read it', () => {
    set({ 'rollback-to': 'weather:11' })
    expect(() => readInputs(workspace)).toThrow(
      'Input rollback-to is "weather:11", and command is "auto", which rolls nothing back',
    )
  })
})

describe('reviewed-images', () => {
  const digest = `sha256:${'ab'.repeat(32)}`

  test('each line is a variable with a reference, and where the image is built from', () => {
    expect(readInputs(workspace).reviewedImages).toEqual([])
    set({
      'reviewed-images': `image=ghcr.io/acme/weather:v1 context=./server/\n\n side_car=acme/proxy@${digest}\nall=acme/all:v1   context=.`,
    })
    expect(readInputs(workspace).reviewedImages).toMatchObject([
      { variable: 'image', reference: { text: 'ghcr.io/acme/weather:v1', tag: 'v1' }, context: 'server' },
      { variable: 'side_car', reference: { digest }, context: undefined },
      { variable: 'all', reference: { repository: 'acme/all' }, context: '.' },
    ])
  })

  test('a line without a reference is that of a job that has built nothing', () => {
    set({ 'reviewed-images': 'image= context=server\nother=' })
    expect(readInputs(workspace).reviewedImages).toEqual([
      { variable: 'image', reference: undefined, context: 'server' },
      { variable: 'other', reference: undefined, context: undefined },
    ])
  })

  test.each([
    ['ghcr.io/acme/weather:v1', /it does not begin with the name of a variable and "="/],
    ['1image=acme/weather:v1', /it does not begin with the name of a variable/],
    ['image=acme/weather', /"acme\/weather" is not the reference of an image with a tag \(name:tag\) or a digest/],
    [`image=${digest}`, /is a digest without the name of its image: write name@sha256:…/],
    ['image=acme/weather@sha256:12ab', /is not the reference of an image/],
    ['image=a/b:v1\nimage=a/b:v2', /the line "image=a\/b:v2": the variable image has an image already/],
    ['image=a/b:v1 server', /"server" is not context=path/],
    ['image=a/b:v1 context=', /"context=" is not context=path/],
    ['image=a/b:v1 context=a context=b', /is not context=path/],
    ['image=a/b:v1 context=../other', /the context "\.\.\/other" is not a path in this repository/],
    ['image=a/b:v1 context=/etc', /the context "\/etc" is not a path/],
    ['image=a/b:v1 context=HEAD:server', /is not a path in this repository/],
  ])('%s is refused, with the line and what is allowed', (value, message) => {
    set({ 'reviewed-images': value })
    expect(() => readInputs(workspace)).toThrow(message)
    expect(() => readInputs(workspace)).toThrow(
      /Input reviewed-images has the line .*Each line is "variable=reference"/s,
    )
    expect(() => readInputs(workspace)).toThrow(InputError)
  })
})

describe('outputs with credentials', () => {
  test('are read by their names, and count as credentials', () => {
    expect(readInputs(workspace).mcp.fromOutputs).toEqual({ headers: undefined, oauth: undefined })
    set({
      'mcp-headers-from-output': 'mcp_headers',
      'mcp-oauth-from-output': 'mcp-client',
      'mcp-auth': 'required',
      'mcp-tools': 'search',
    })
    expect(readInputs(workspace).mcp.fromOutputs).toEqual({ headers: 'mcp_headers', oauth: 'mcp-client' })
  })

  test('a credential in the place of a name is not repeated, and is a secret', () => {
    set({ 'mcp-headers-from-output': 'Bearer k7Qm2-vX9pLr4' })
    const refused = () => readInputs(workspace)
    expect(refused).toThrow(InputError)
    expect(refused).not.toThrow(/k7Qm2/)
    expect(secrets.redact('k7Qm2-vX9pLr4')).toBe('***')
  })
})

describe('which reviewed plans count', () => {
  test('plan-approval-ignore and plan-workflow are read', () => {
    expect(readInputs(workspace)).toMatchObject({ ignoredPaths: [], planWorkflow: undefined })
    set({
      'plan-approval-ignore': 'aws_lb.this:tags.Updated\n\n  output.url:value\n',
      'plan-workflow': './.github/workflows/plan.yml',
    })
    expect(readInputs(workspace)).toMatchObject({
      ignoredPaths: [
        { text: 'aws_lb.this:tags.Updated', resource: 'aws_lb.this', path: ['tags', 'Updated'] },
        { text: 'output.url:value', resource: 'output.url', path: ['value'] },
      ],
      planWorkflow: '.github/workflows/plan.yml',
    })
  })

  test.each([
    [
      'plan-approval-ignore',
      'aws_lb.this',
      /Input plan-approval-ignore has the line "aws_lb\.this", which is not TYPE\.NAME:/,
    ],
    ['plan-approval-ignore', 'a.b:c\naws_lb.this[0]:name', /has the line "aws_lb\.this\[0\]:name"/],
    ['plan-status', 'yes', /Input plan-status is "yes"/],
    ['apply-before-merge', 'apply', /Input apply-before-merge is "apply": it must be one line .* begins with a slash/],
    ['apply-before-merge', '/apply\n/plan', /Input apply-before-merge is/],
    ['apply-before-merge', '/ apply', /Input apply-before-merge is/],
    ['apply-before-merge', `/${'a'.repeat(100)}`, /Input apply-before-merge is/],
    ['plan-workflow', 'plan.yml', /Input plan-workflow is "plan\.yml": it must be the path of a workflow file/],
    ['plan-workflow', '.github/workflows/../plan.yml', /Input plan-workflow is/],
    ['plan-workflow', '.github/workflows/plan.yml@main', /Input plan-workflow is/],
    ['plan-workflow', '.github/workflows/plan.yml@refs/heads/a.yml', /Input plan-workflow is/],
  ])('%s: %s is refused', (name, value, message) => {
    set({ [name]: value })
    expect(() => readInputs(workspace)).toThrow(message)
    expect(() => readInputs(workspace)).toThrow(InputError)
  })
})

test('apply-before-merge and plan-status are read', () => {
  expect(readInputs(workspace)).toMatchObject({ applyBeforeMerge: undefined, planStatus: 'always' })
  set({ 'apply-before-merge': '/apply services/weather', 'plan-status': 'never' })
  expect(readInputs(workspace)).toMatchObject({ applyBeforeMerge: '/apply services/weather', planStatus: 'never' })
})

test('plan-workflow may name a file with an at sign', () => {
  set({ 'plan-workflow': '.github/workflows/a@b.yml' })
  expect(readInputs(workspace).planWorkflow).toBe('.github/workflows/a@b.yml')
})

describe('the length of plan-approval-key', () => {
  test.each(['', 'x'.repeat(16)])('%j is allowed', key => {
    set({ 'plan-approval-key': key })
    expect(readInputs(workspace).planApprovalKey).toBe(key)
  })

  test.each(['hunter2', 'hunter2-hunter2'])('%s is too short, and the error does not contain it', key => {
    set({ 'plan-approval-key': key })
    const read = () => readInputs(workspace)
    expect(read).toThrow(InputError)
    expect(read).toThrow(`Input plan-approval-key has ${key.length} characters: at least 16 are needed`)
    expect(read).not.toThrow(key)
  })
})

test('the defaults of action.yml are accepted', () => {
  const inputs = readInputs(workspace)
  expect(inputs).toMatchObject({
    command: 'auto',
    stack: undefined,
    workingDirectory: workspace,
    lockTimeoutMs: 300_000,
    ecs: { cluster: undefined, service: undefined },
    deployTimeoutMs: undefined,
    formerTimeoutsMs: {},
    mcp: { require: 'any', transport: 'auto', auth: 'none', rounds: 3, timeoutMs: 300_000 },
    onFailure: 'taint',
    alivemcp: undefined,
    webhook: undefined,
    allowLocalState: false,
    certificateDays: 21,
    drift: 'auto',
    issue: 'never',
    deploymentEnvironment: undefined,
    stackName: undefined,
    discover: 'changed',
    summary: { reports: workspace, stacks: undefined },
  })
})

describe('labels', () => {
  const labels = (lines: string) => {
    set({ labels: lines })
    return readInputs(workspace).labels
  }

  test('are off by default, have a default set, or are named one by one', () => {
    expect(readInputs(workspace).labels).toBeUndefined()
    expect(labels('default')).toMatchObject({ destroy: { name: 'plan: destroy', color: 'b60205' } })
    expect(labels('add: infra: a #1, now #AABBCC\ndestroy: 💥 gone')).toEqual({
      add: { name: 'infra: a #1, now', color: 'aabbcc' },
      destroy: { name: '💥 gone', color: 'b60205' },
    })
  })

  test.each([
    ['plan: x', /has the line "plan: x": it begins with no kind of plan.*no-changes, add, change, replace, destroy/],
    ['add', /begins with no kind/],
    ['add: ', /the name of a label has 1 to 50 visible characters/],
    [`add: ${'x'.repeat(51)}`, /1 to 50 visible/],
    ['add: a\u202eb', /1 to 50 visible/],
    ['add: one\nadd: two', /the kind add has a label already/],
    ['add: one\nchange: ONE', /two kinds have the same label/],
  ])('%j is refused', (lines, message) => {
    expect(() => labels(lines)).toThrow(InputError)
    expect(() => labels(lines)).toThrow(message)
  })
})

describe('when the credentials end', () => {
  afterEach(() => vi.unstubAllEnvs())

  test.each([
    ['2026-11-22T20:41:07Z', '2026-11-22T20:41:07.000Z'],
    // As configure-aws-credentials writes its output, as the AWS CLI writes it, and another zone.
    ['"2026-11-22T20:41:07.120Z"', '2026-11-22T20:41:07.120Z'],
    ['2026-11-22T20:41:07+00:00', '2026-11-22T20:41:07.000Z'],
    ['2026-11-22T20:41:07-08:00', '2026-11-23T04:41:07.000Z'],
  ])('is told by the input or by the variable of the SDKs: %s', (given, iso) => {
    set({ 'aws-expiration': given })
    expect(readInputs(workspace).credentialsEnd).toBe(Date.parse(iso))
    set({ 'aws-expiration': '' })
    vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', given)
    expect(readInputs(workspace).credentialsEnd).toBe(Date.parse(iso))
  })

  test('the input goes before the variable, and a variable that is no moment is named', () => {
    vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', 'soon')
    set({ 'aws-expiration': '2026-11-22T20:41:07Z' })
    expect(readInputs(workspace).credentialsEnd).toBe(Date.parse('2026-11-22T20:41:07Z'))
    set({ 'aws-expiration': '' })
    expect(() => readInputs(workspace)).toThrow(/The variable AWS_CREDENTIAL_EXPIRATION is "soon": it must be a time/)
  })

  test('nothing is known where nobody says it', () => {
    vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', '')
    expect(readInputs(workspace).credentialsEnd).toBeUndefined()
  })
})

test('a destroy replaces nothing', () => {
  set({ command: 'destroy', replace: 'aws_instance.a' })
  expect(() => readInputs(workspace)).toThrow(/Input replace has the line "aws_instance.a", and command is "destroy"/)
  set({ command: 'destroy', replace: '', target: 'aws_instance.a', 'confirm-destroy': 'infra' })
  expect(readInputs(workspace)).toMatchObject({ targets: ['aws_instance.a'], confirmDestroy: 'infra' })
})

describe('an unknown value names the input, the value and what is allowed', () => {
  test.each([
    [
      'command',
      'deploy',
      /command is "deploy".*"auto", "plan", "apply", "verify", "destroy", "rollback", "discover", "summary"/,
    ],
    ['command', '', /command is "".*"auto"/],
    ['command', 'Plan', /command is "Plan"/],
    ['stack', 'eks', /stack is "eks".*"ecs", "ec2", "lambda"/],
    ['mcp-transport', 'stdio', /mcp-transport is "stdio".*"auto", "streamable-http", "sse"/],
    ['mcp-require', 'all', /mcp-require is "all".*"any", "legacy", "modern", "both"/],
    ['on-failure', 'destroy', /on-failure is "destroy".*"taint", "rollback", "none"/],
    ['certificate-days', '-1', /certificate-days is "-1".*whole number from 0/],
    ['certificate-days', 'soon', /certificate-days is "soon"/],
    ['drift', 'yes', /drift is "yes".*"auto", "ignore", "report", "fail"/],
    ['drift-plan', 'refresh', /drift-plan is "refresh".*"normal", "refresh-only"/],
    ['aws-expiration', '2026-11-22', /aws-expiration is "2026-11-22".*ISO 8601 with a time zone/],
    ['aws-expiration', '2026-11-22T20:41:07', /aws-expiration is ".*": it must be a time/],
    ['aws-expiration', '2026-13-22T20:41:07Z', /aws-expiration is ".*": it must be a time/],
    ['aws-expiration', '1763842867', /aws-expiration is "1763842867"/],
    ['issue', 'always', /issue is "always".*"never", "failures"/],
    ['deployment-environment', 'a\nb', /deployment-environment is "a\nb".*one line of at most 255/],
    ['stack-name', 'a\nb', /stack-name is "a\nb".*one line of at most 200/],
    ['discover', 'some', /discover is "some".*"changed", "all"/],
    ['stacks', 'none.json', /stacks names "none\.json": there is no such file/],
    ['parallelism', '0', /parallelism is "0".*whole number from 1/],
    ['comment', 'sometimes', /comment is "sometimes".*"always", "changes", "never"/],
    ['allow-local-state', 'yes', /allow-local-state is "yes".*"true" and "false"/],
    ['mcp-timeout', '5', /mcp-timeout is "5".*90s or 10m/],
    ['mcp-timeout', '-5m', /mcp-timeout is "-5m"/],
    ['mcp-timeout', '0s', /mcp-timeout is "0s".*longer/],
    ['ecs-timeout', '5 minutes', /ecs-timeout is "5 minutes"/],
    ['ec2-timeout', '1.5h', /ec2-timeout is "1.5h"/],
    ['deploy-timeout', '1.5h', /deploy-timeout is "1.5h"/],
    ['deploy-timeout', '0s', /deploy-timeout is "0s".*longer/],
    ['lock-timeout', 'soon', /lock-timeout is "soon"/],
    ['mcp-rounds', '0', /mcp-rounds is "0".*from 1/],
    ['mcp-request-timeout', '30', /mcp-request-timeout is "30".*90s or 10m/],
    ['mcp-connect-to', '127.0.0.1', /mcp-connect-to is "127.0.0.1".*a host and a port.*127.0.0.1:8443/],
    ['mcp-connect-to', 'localhost:70000', /mcp-connect-to is "localhost:70000".*1 to 65535/],
    ['mcp-headers-from-output', 'X-Api-Key: k', /mcp-headers-from-output is not the name of an output/],
    ['mcp-oauth-from-output', 'module.auth.client', /mcp-oauth-from-output is not the name of an output/],
    ['mcp-sigv4', 'Lambda', /mcp-sigv4 is "Lambda".*"none", "auto".*execute-api\/eu-central-1/],
    ['mcp-hosts', 'claude, clippy', /mcp-hosts names "clippy".*"claude", "claude-code"/],
    ['mcp-client-cert', '-----BEGIN CERTIFICATE-----', /mcp-client-cert is set and mcp-client-key is not/],
    ['mcp-client-key', '-----BEGIN PRIVATE KEY-----', /mcp-client-key is set and mcp-client-cert is not/],
    ['mcp-ca', 'no-such-file.pem', /mcp-ca names "no-such-file.pem".*no such file/],
    ['mcp-ca', 'two\nlines', /mcp-ca is neither PEM.*nor the path/],
    [
      'mcp-ca',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      /mcp-ca: certificate 1 of 1 cannot be read/,
    ],
    ['mcp-ca', '-----BEGIN NOTHING-----', /mcp-ca has no certificate/],
    ['mcp-oauth-scope', 'a', /mcp-oauth-scope is "a", and mcp-oauth-client-id is empty/],
    ['mcp-oauth-private-key', '-----BEGIN PRIVATE KEY-----', /mcp-oauth-client-id is empty/],
    ['mcp-requests-per-minute', '0', /mcp-requests-per-minute is "0".*from 1/],
    ['parallelism', 'ten', /parallelism is "ten"/],
    ['workspace', 'a/b', /workspace is "a\/b"/],
    ['workspace', 'a b', /workspace is "a b"/],
    ['mcp-endpoint', 'example.com/mcp', /mcp-endpoint is "example.com\/mcp".*https:\/\//],
    ['mcp-endpoint', 'ftp://example.com', /mcp-endpoint is "ftp:/],
    ['working-directory', 'infra', /working-directory is "infra".*no such directory/],
    ['working-directory', '../..', /working-directory is "..\/.."/],
    ['var-file', 'missing.tfvars', /var-file names "missing.tfvars"/],
    ['working-directory', 'out', /working-directory is "out": it points outside of the checked out repository/],
    ['workspace', '..', /workspace is ".."/],
    ['workspace', '.', /workspace is "."/],
    ['workspace', 'prod\u00fc', /workspace is "prodü"/],
    ['workspace', 'x'.repeat(91), /\(at most 90 characters\)/],
    ['lock-timeout', '5', /lock-timeout is "5".*a number and a unit/],
    ['lock-timeout', '1.5m', /lock-timeout is "1.5m"/],
    ['lock-timeout', '-5m', /lock-timeout is "-5m"/],
    ['lock-timeout', '5m 10s', /lock-timeout is "5m 10s"/],
    ['lock-timeout', '', /lock-timeout is ""/],
    ['var-file', 'sub', /var-file names "sub": it is not a file but a directory/],
    ['var-file', 'x'.repeat(5_000), /var-file names "x+": there is no such file/],
    ['var-file', 'dangling.tfvars', /var-file names "dangling.tfvars": there is no such file/],
    ['var-file', 'utf16.tfvars', /var-file names "utf16.tfvars": it is in UTF-16, and Terraform reads UTF-8/],
    ['backend-config', 'no-such-file', /backend-config has the line "no-such-file".*there is no such file/],
    ['backend-config', 'sub', /backend-config has the line "sub".*it is not a file but a directory/],
    ['backend-config', 'sub/a=b.tfbackend', /backend-config names "sub\/a=b.tfbackend".*as key=value.*without "="/],
    ['backend-config', '=value', /backend-config has the line "=value": it must be key=value/],
    ['target', '"aws_x.y"', /target has the line ""aws_x.y"".*without additional quotes/],
    ['target', 'aws_x.y["a', /target has the line "aws_x.y\["a"/],
    ['target', 'b"]', /target has the line "b"]"/],
    [
      'accept-rules',
      'instance-gone: why',
      /accept-rules names "instance-gone".*allowed are instance-replaced, .*"rule: reason"/,
    ],
    ['accept-rules', 'why not', /accept-rules names "why not"/],
    ['accept-rules', 'instance-replaced:', /accept-rules has the line "instance-replaced:" without a reason/],
    ['accept-rules', 'instance-replaced', /accept-rules has the line "instance-replaced" without a reason/],
    ['plan-checks', 'conftest', /plan-checks has the line "conftest".*"name: command"/],
    ['plan-checks', 'conftest:', /plan-checks has the line "conftest:"/],
    ['plan-checks', ': true', /plan-checks has the line ": true"/],
    ['plan-checks', 'a b?c: true', /plan-checks has the line "a b\?c: true"/],
    ['plan-checks', `${'n'.repeat(101)}: true`, /A name has at most 100 characters/],
    ['plan-checks', 'a: true\na?: false', /plan-checks has two checks with the name "a"/],
    ['tool', 'terragrunt', /tool is "terragrunt".*"terraform", "tofu"/],
    ['terraform-mirror', 'mirror.internal', /terraform-mirror is "mirror.internal".*https:\/\//],
    ['terraform-mirror', 'https://x.example/a?b=c', /terraform-mirror is ".*": .*must not contain \?/],
    ['terraform-mirror', 'https://ann:s3cret@x.example', /^(?!.*s3cret).*terraform-mirror contains a user name/],
    ['terraform-mirror-key', '-----BEGIN', /terraform-mirror-key is set and terraform-mirror is not/],
    ['mcp-auth', 'open', /mcp-auth is "open".*"none", "required"/],
    ['mcp-expect', 'closed', /mcp-expect is "closed".*"open", "auth-wall"/],
    ['mcp-contract', '../outside.json', /mcp-contract is "..\/outside.json": it must lie inside/],
    ['mcp-contract', '/etc/hosts', /mcp-contract is "\/etc\/hosts": it must lie inside/],
    ['mcp-contract', 'link.json', /mcp-contract is "link.json": it points outside/],
    ['mcp-contract', '.', /mcp-contract is ".": it must lie inside/],
    ['mcp-contract', 'no.json', /mcp-contract is "no.json": it is not a tool contract, it is not JSON/],
    ['mcp-contract', 'list.json', /mcp-contract is "list.json": .* no list "tools"/],
    ['mcp-oauth-issuer', 'login.example.com', /mcp-oauth-issuer is "login.example.com".*https:\/\//],
    ['mcp-oauth-issuer', 'http://login.example.com', /mcp-oauth-issuer is "http:.*must begin with https:\/\//],
    ['mcp-oauth-issuer', 'https://login.example.com?a=b', /mcp-oauth-issuer is .* must not contain a query/],
    ['mcp-oauth-issuer', 'https://a:b@login.example.com', /mcp-oauth-issuer is .* or a user name/],
    ['mcp-oauth-issuer', 'https://login.example.com', /mcp-oauth-client-id is empty/],
    ['mcp-headers', 'Authorization', /mcp-headers has a line that is not a header \(line 1\)/],
    ['mcp-headers', 'X-Key: k\n\nAuthorization', /mcp-headers has a line that is not a header \(line 3\)/],
    ['mcp-headers', 'X-A: b\nOrigin: https://x', /mcp-headers sets Origin/],
  ])('%s: %j', (name, value, message) => {
    set({ [name]: value })
    expect(() => readInputs(workspace)).toThrow(InputError)
    expect(() => readInputs(workspace)).toThrow(message)
  })

  test('a header line that is no header is not repeated: it may be a secret in the wrong place', () => {
    set({ 'mcp-headers': 'Bearer s3cret-token' })
    expect(() => readInputs(workspace)).toThrow(/^(?!.*s3cret)/)
  })

  test('one of ecs-cluster and ecs-service alone', () => {
    set({ 'ecs-cluster': 'prod' })
    expect(() => readInputs(workspace)).toThrow(/ecs-cluster is set and ecs-service is not/)
  })

  test.each([
    [{ 'mcp-oauth-client-id': 'id' }, /mcp-oauth-client-secret is empty/],
    [{ 'mcp-oauth-client-secret': 's' }, /mcp-oauth-client-id is empty/],
    [
      {
        'mcp-oauth-client-id': 'id',
        'mcp-oauth-client-secret': 's',
        'mcp-oauth-private-key': '-----BEGIN PRIVATE KEY-----',
      },
      /mcp-oauth-client-secret and mcp-oauth-private-key are both set/,
    ],
    [
      {
        'mcp-oauth-client-id': 'id',
        'mcp-oauth-private-key': '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----',
      },
      /mcp-oauth-private-key is not a private key in PEM: OpenSSL cannot read it/,
    ],
    [
      { 'mcp-oauth-client-id': 'id', 'mcp-oauth-client-secret': 's', 'mcp-oauth-resource': 'mine' },
      /mcp-oauth-resource is "mine": allowed are a URI and "none"/,
    ],
    [
      { 'mcp-sigv4': 'auto', 'mcp-endpoint': 'https://mcp.example.com/mcp' },
      /mcp-sigv4 is "auto", and mcp.example.com is not a host/,
    ],
    [
      { 'mcp-oauth-from-output': 'mcp_client', 'mcp-headers': 'authorization: Bearer x' },
      /mcp-oauth-from-output is "mcp_client", and mcp-headers also sets Authorization/,
    ],
    [
      { 'mcp-oauth-from-output': 'mcp_client', 'mcp-oauth-client-id': 'id', 'mcp-oauth-client-secret': 's' },
      /mcp-oauth-from-output is "mcp_client", and mcp-oauth-client-id also sets Authorization/,
    ],
    [
      { 'mcp-oauth-from-output': 'mcp_client', 'mcp-sigv4': 'lambda/eu-west-1' },
      /mcp-oauth-from-output is "mcp_client", and mcp-sigv4 also sets Authorization/,
    ],
    [
      { 'mcp-sigv4': 'lambda/eu-west-1', 'mcp-headers': 'authorization: Bearer x' },
      /mcp-sigv4 is "lambda\/eu-west-1", and mcp-headers sets Authorization/,
    ],
    [
      { 'mcp-oauth-client-id': 'id', 'mcp-oauth-client-secret': 's', 'mcp-headers': 'authorization: Bearer x' },
      /mcp-headers sets Authorization/,
    ],
    [
      { 'mcp-auth': 'required', 'mcp-tools': 'search' },
      /mcp-tools needs .* mcp-auth is "required" without credentials/,
    ],
    [{ 'mcp-auth': 'required', 'mcp-contract': 'new.json' }, /mcp-contract needs an authenticated server/],
    [{ 'mcp-auth': 'required', 'mcp-expect-version': '1' }, /mcp-expect-version needs an authenticated server/],
    [{ 'mcp-auth': 'required', 'mcp-require': 'modern' }, /mcp-require needs an authenticated server/],
    [
      { 'mcp-transport': 'sse', 'mcp-require': 'both' },
      /mcp-require is "both": it cannot pass with mcp-transport "sse"/,
    ],
  ])('what cannot be: %j', (inputs, message) => {
    set(inputs as unknown as Record<string, string>)
    expect(() => readInputs(workspace)).toThrow(message)
  })

  test.each([
    [
      { 'webhook-url': 'https://hooks.example/t0ken' },
      /webhook-secret is empty: a webhook needs both.* Set both, or leave webhook-url empty too\./,
    ],
    [
      { 'webhook-secret': 's3cret' },
      /webhook-url is empty: a webhook needs both.* Set both, or leave webhook-secret empty too\./,
    ],
    [{ 'webhook-url': 'hooks.example/t0ken', 'webhook-secret': 's3cret' }, /webhook-url begins with "".*https:\/\//],
    [
      { 'webhook-url': 'http://hooks.example/t0ken', 'webhook-secret': 's3cret' },
      /webhook-url begins with "http:\/\/hooks.example": it must be a URL that begins with https:\/\//,
    ],
    [{ 'webhook-url': 'ftp://127.0.0.1/t0ken', 'webhook-secret': 's3cret' }, /webhook-url begins with "ftp:/],
    [
      { 'webhook-url': 'https://me:t0ken@hooks.example/', 'webhook-secret': 's3cret' },
      /webhook-url, at hooks.example, contains a user name or a password/,
    ],
  ])('a webhook that cannot be: %j, and neither of its secrets is repeated', (inputs, message) => {
    set(inputs as unknown as Record<string, string>)
    expect(() => readInputs(workspace)).toThrow(InputError)
    expect(() => readInputs(workspace)).toThrow(message)
    expect(() => readInputs(workspace)).toThrow(/^(?!.*(t0ken|s3cret))/)
  })

  test('a monitor over plain http would be sent the key in the clear', () => {
    set({ 'alivemcp-api-key': 'key', 'alivemcp-api-url': 'http://monitor.example' })
    expect(() => readInputs(workspace)).toThrow(/alivemcp-api-url is "http:\/\/monitor.example"/)
  })
})

test('lists are one per line, with spaces, commas, quotes and dashes as they are', () => {
  set({
    target: '  module.a["b c,d"].aws_x.y\n\nmodule.-\r\nmodule.last',
    'var-file': 'prod.tfvars',
    'backend-config': 'key=a, "b"',
  })
  expect(() => readInputs(workspace)).toThrow(/target has the line "module.-"/)
  set({
    target: '  module.a["b c,d"].aws_x.y\n\ndata.aws_x.-y\r\nmodule.last'.replace('.-y', '.y'),
    'var-file': 'prod.tfvars',
    'backend-config': 'key=a, "b"',
  })
  const { targets, varFiles, backendConfig } = readInputs(workspace)
  expect(targets).toEqual(['module.a["b c,d"].aws_x.y', 'data.aws_x.y', 'module.last'])
  expect(varFiles).toEqual([join(workspace, 'prod.tfvars')])
  expect(backendConfig).toEqual(['key=a, "b"'])
})

test.skipIf(process.getuid?.() === 0)('a file that this runner may not read', () => {
  writeFileSync(join(workspace, 'closed.tfvars'), '')
  chmodSync(join(workspace, 'closed.tfvars'), 0o000)
  set({ 'var-file': 'closed.tfvars' })
  expect(() => readInputs(workspace)).toThrow(/var-file names "closed.tfvars": this runner may not read it/)
})

test('a variable file of an earlier step may lie elsewhere, and lines may end as on Windows', () => {
  const elsewhere = join(mkdtempSync(join(tmpdir(), 'step-')), 'secret vars.tfvars')
  writeFileSync(elsewhere, '\ufeffimage = "a:1"\r\n')
  set({ 'var-file': `\ufeffprod.tfvars\r\n${elsewhere}\r\n`, 'lock-timeout': '1h30m' })
  const { varFiles, lockTimeoutMs } = readInputs(workspace)
  expect(varFiles).toEqual([join(workspace, 'prod.tfvars'), elsewhere])
  expect(lockTimeoutMs).toBe(5_400_000)
})

test('accepted rules, each with a reason that may hold colons', () => {
  set({ 'accept-rules': 'instance-replaced: at 3:00, nobody works\n\n secret-in-state :rotated' })
  expect(readInputs(workspace).acceptRules).toEqual([
    { rule: 'instance-replaced', reason: 'at 3:00, nobody works' },
    { rule: 'secret-in-state', reason: 'rotated' },
  ])
})

test('plan checks, whose commands may hold colons', () => {
  set({ 'plan-checks': 'policy: conftest test -o json:x "$PLAN_JSON"\n\n cost ? : infracost diff' })
  expect(readInputs(workspace).planChecks).toEqual([
    { name: 'policy', command: 'conftest test -o json:x "$PLAN_JSON"', isRequired: true },
    { name: 'cost', command: 'infracost diff', isRequired: false },
  ])
})

const quoted = [
  'b c',
  'a,b',
  '-dash',
  '$(touch x)',
  '`x`',
  ';',
  'say \\"hi\\"',
  "it's",
  '*',
  '::error::x',
  'ümlaut',
  '$',
  '$${a}',
  '%%{a}',
  '%',
  '\\u0041',
]
const good = [
  'aws_x.y',
  'aws_x.y[0]',
  'module.a.aws_x.y',
  'module.a[1].module.b["c"].aws_x.y',
  'aws_x.y-z',
  'größe.maß',
]
const bad = [
  'aws_x',
  '-weird',
  '-aws_x.y',
  'aws_x.-y',
  'aws_x.y[a]',
  'aws_x.y["',
  'aws_x.y["a"',
  'aws_x.y[-1]',
  'aws_x.y aws_x.z',
].concat([
  '"aws_x.y"',
  'aws_x.y["${a}"]',
  'aws_x.y["%{a}"]',
  'aws_x.y[0][1]',
  'module.',
  'x.y.z',
  '1.2',
  'aws_x.y,aws_x.z',
])

describe('addresses', () => {
  test.each([...good, ...quoted.map(key => `aws_x.y["${key}"]`)])('%s is one', address => {
    set({ target: `${address}\n${address}`, replace: address })
    const { targets, replaces } = readInputs(workspace)
    expect([...targets, ...replaces]).toEqual([address, address, address])
  })

  test.each(bad)('%s is none, and is named before anything starts', address => {
    for (const name of ['target', 'replace']) {
      set({ [name]: address })
      expect(() => readInputs(workspace)).toThrow(InputError)
      expect(() => readInputs(workspace)).toThrow(`Input ${name} has the line "${address}"`)
    }
  })

  test.each(['module.a', 'data.aws_x.y', 'module.a.data.aws_x.y', 'module.a["b"]'])(
    '%s can be a target alone',
    address => {
      set({ target: address })
      expect(readInputs(workspace).targets).toEqual([address])
      set({ replace: address })
      expect(() => readInputs(workspace)).toThrow(/replace has the line .* not the address of a resource instance/)
    },
  )
})

test('a mirror with its key', () => {
  set({ 'terraform-mirror': 'http://mirror.internal:8081/hashicorp/', 'terraform-mirror-key': '-----BEGIN' })
  expect(readInputs(workspace).terraformMirror).toEqual({
    url: 'http://mirror.internal:8081/hashicorp',
    key: '-----BEGIN',
  })
})

describe('masks', () => {
  /** Each input that can hold a secret: a value, and what the runner must mask of it. */
  const secretInputs: Readonly<Record<string, readonly [inputs: Record<string, string>, masked: string]>> = {
    'github-token': [{ 'github-token': 'ghs_mask1ng' }, 'ghs_mask1ng'],
    'plan-approval-key': [
      { 'plan-approval-key': '4pproval-k3y-0123456789abcdef0123' },
      '4pproval-k3y-0123456789abcdef0123',
    ],
    'mcp-headers': [{ 'mcp-headers': 'X-Api-Key: h3ader-v4lue' }, 'h3ader-v4lue'],
    'mcp-oauth-client-secret': [
      { 'mcp-oauth-client-id': 'deployer', 'mcp-oauth-client-secret': 'm4sked-cl1ent' },
      'm4sked-cl1ent',
    ],
    'mcp-oauth-private-key': [{ 'mcp-oauth-private-key': pemOf('0auth') }, lineOf('0auth')],
    'mcp-client-key': [{ 'mcp-client-key': pemOf('cl1ent') }, lineOf('cl1ent')],
    'mcp-endpoint': [{ 'mcp-endpoint': 'https://x.example/mcp?code=m4sked-query' }, 'm4sked-query'],
    'alivemcp-api-key': [{ 'alivemcp-api-key': 'am_mask3d-key' }, 'am_mask3d-key'],
    'webhook-url': [
      { 'webhook-url': 'https://hooks.example/m4sked-path', 'webhook-secret': 's3cret-of-the-hook' },
      'm4sked-path',
    ],
    'webhook-secret': [
      { 'webhook-url': 'https://hooks.example/x', 'webhook-secret': 'm4sked-webhook' },
      'm4sked-webhook',
    ],
  }
  /** Inputs whose names sound secret, and whose values are public: addresses without a token, ids, a key that verifies. */
  const publicInputs = [
    'terraform-mirror-key',
    'mcp-auth',
    'mcp-oauth-key-id',
    'mcp-headers-from-output',
    'alivemcp-api-url',
  ]

  function pemOf(name: string): string {
    return `-----BEGIN PRIVATE KEY-----\n${lineOf(name)}\n-----END PRIVATE KEY-----`
  }
  function lineOf(name: string): string {
    return `MIIEvQ1BAD${name}NBgkqhkiG9w0B`
  }

  test.each(Object.entries(secretInputs))('%s is masked, also when another input is refused', (_, [values, masked]) => {
    const written: string[] = []
    vi.mocked(process.stdout.write).mockImplementation(text => written.push(String(text)) > 0)
    set(values)
    try {
      readInputs(workspace)
    } catch (error) {
      expect(error).toBeInstanceOf(InputError)
    }
    const masks = written
      .join('')
      .split(EOL)
      .filter(line => line.startsWith('::add-mask::'))
    expect(masks.map(line => line.slice('::add-mask::'.length))).toContain(masked)
    expect(secrets.redact(`before ${masked} after`)).toBe('before *** after')
  })

  test('an input that sounds secret is in the table, or is said to be public', () => {
    const sounding = Object.keys(manifest.inputs).filter(name => /key|secret|token|headers|url|auth$/.test(name))
    expect(sounding.filter(name => !(name in secretInputs) && !publicInputs.includes(name))).toEqual([])
  })
})

test('header values and keys are secrets', () => {
  set({ 'mcp-headers': 'Authorization: Bearer abcdef', 'alivemcp-api-key': 'am_key' })
  const { mcp } = readInputs(workspace)
  expect({ ...mcp.headers }).toEqual({ Authorization: 'Bearer abcdef' })
  expect(secrets.values).toEqual(expect.arrayContaining(['ghs_token', 'am_key', 'Bearer abcdef', 'abcdef']))
})

test.each(['https://hooks.example/t0ken?k=v', 'http://127.0.0.1:8080/', 'http://localhost/x', 'http://[::1]:9/x'])(
  'a webhook at %s; its address and its secret are secrets',
  url => {
    set({ 'webhook-url': url, 'webhook-secret': 'hook-s3cret' })
    const { webhook } = readInputs(workspace)
    expect(webhook).toEqual({ url, secret: 'hook-s3cret' })
    expect(secrets.values).toEqual(expect.arrayContaining([url, 'hook-s3cret']))
  },
)

test('the OAuth client, the version and the contract', () => {
  set({
    'mcp-oauth-client-id': 'deployer',
    'mcp-oauth-client-secret': 'oauth-s3cret',
    'mcp-expect-version': '1.4.0',
    'mcp-contract': 'mcp-contract.json',
    'mcp-auth': 'required',
    'mcp-tools': 'search',
  })
  const { mcp } = readInputs(workspace)
  expect(mcp).toMatchObject({
    auth: 'required',
    oauth: { clientId: 'deployer', clientSecret: 'oauth-s3cret' },
    expectVersion: '1.4.0',
    contract: { path: 'mcp-contract.json', tools: [{ name: 'search' }] },
  })
  expect(secrets.values).toContain('oauth-s3cret')
})

describe('deprecated input names', () => {
  const warnings = () =>
    vi
      .mocked(process.stdout.write)
      .mock.calls.map(([text]) => String(text))
      .filter(text => text.startsWith('::warning'))

  test.each([
    ['open', 'none'],
    ['auth-wall', 'required'],
  ])('mcp-expect: %s is read as mcp-auth: %s, with a warning', (oldValue, auth) => {
    set({ 'mcp-expect': oldValue })
    expect(readInputs(workspace).mcp.auth).toBe(auth)
    expect(warnings()).toEqual([
      `::warning::Input mcp-expect is deprecated, and the next release will not read it. Use mcp-auth: ${auth} instead.${EOL}`,
    ])
  })

  test('environment is read as deployment-environment, with a warning', () => {
    set({ environment: 'production' })
    expect(readInputs(workspace).deploymentEnvironment).toBe('production')
    expect(warnings()).toEqual([
      `::warning::Input environment is deprecated, and the next release will not read it. Use deployment-environment instead.${EOL}`,
    ])
  })

  test('ecs-timeout and ec2-timeout are read as deploy-timeout of their platform, with a warning for each', () => {
    set({ 'ecs-timeout': '20m', 'ec2-timeout': '5m' })
    expect(readInputs(workspace)).toMatchObject({
      deployTimeoutMs: undefined,
      formerTimeoutsMs: { ecs: 1_200_000, ec2: 300_000 },
    })
    expect(warnings()).toEqual(
      ['ecs-timeout', 'ec2-timeout'].map(
        name =>
          `::warning::Input ${name} is deprecated, and the next release will not read it. Use deploy-timeout instead.${EOL}`,
      ),
    )
  })

  test('an invalid value is reported under the name that is set', () => {
    set({ environment: 'a\nb' })
    expect(() => readInputs(workspace)).toThrow(/Input environment is "a\nb"/)
  })

  test.each([
    ['mcp-auth', 'none', 'mcp-expect', 'open'],
    ['deployment-environment', 'production', 'environment', 'production'],
    ['deploy-timeout', '20m', 'ecs-timeout', '20m'],
    ['deploy-timeout', '20m', 'ec2-timeout', '20m'],
  ])('%s: %s together with %s: %s is an error that names both', (name, value, oldName, oldValue) => {
    set({ [name]: value, [oldName]: oldValue })
    expect(() => readInputs(workspace)).toThrow(InputError)
    expect(() => readInputs(workspace)).toThrow(
      `Inputs ${name} and ${oldName} are both set, and ${oldName} is the deprecated name of ${name}: set only ${name}.`,
    )
    expect(warnings()).toEqual([])
  })

  test('the new names cause no warning', () => {
    set({ 'mcp-auth': 'required', 'deployment-environment': 'production', 'deploy-timeout': '20m' })
    expect(readInputs(workspace)).toMatchObject({
      mcp: { auth: 'required' },
      deploymentEnvironment: 'production',
      deployTimeoutMs: 1_200_000,
      formerTimeoutsMs: {},
    })
    expect(warnings()).toEqual([])
  })

  test.each(['mcp-expect', 'environment', 'ecs-timeout', 'ec2-timeout'])(
    'the runner also warns about %s, which is empty by default',
    name => {
      expect(manifest.inputs[name]).toMatchObject({ default: '', deprecationMessage: expect.stringContaining('Use ') })
    },
  )
})

test('a contract that is not there yet', () => {
  set({ 'mcp-contract': 'new/mcp-contract.json' })
  expect(readInputs(workspace).mcp.contract).toEqual({ path: 'new/mcp-contract.json', tools: undefined })
})

test('a missing variable of the runner is named', () => {
  expect(() => readRun({})).toThrow(/GITHUB_REPOSITORY is not set/)
})

describe('where the action itself comes from', () => {
  const runner = { GITHUB_REPOSITORY: 'acme/infra', GITHUB_EVENT_NAME: 'push', GITHUB_WORKSPACE: '/', RUNNER_TEMP: '/' }
  test.each([
    ['acme/deploy', 'v1', { url: 'https://github.com/acme/deploy', ref: 'v1' }],
    ['acme/deploy', 'feature/a+b', { url: 'https://github.com/acme/deploy', ref: 'feature/a+b' }],
    ['', '', undefined],
    ['acme/deploy', '', undefined],
    ['acme/deploy', 'v1)[x](https://evil.example', undefined],
    ['acme', 'v1', undefined],
  ])('%j at %j', (repository, ref, expected) => {
    const env = { ...runner, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref }
    expect(readRun(env).action).toEqual(expected)
  })
})
