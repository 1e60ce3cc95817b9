/**
 * The bootstrap of terraform/ec2 as it stands in the module, rendered by Terraform and run as root on an overlay of this
 * machine, against the AWS stand-in: what it makes of the machine, and what the machine then does by itself.
 */
import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Aws, startAws } from '../support/aws.ts'
import { type Ec2, ec2At } from '../support/instance.ts'
import { type Listening, listenHttp } from '../support/mcp/listen.ts'
import { terraformSettings } from '../support/toolchain.ts'

const run = promisify(execFile)
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const works = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n', '-E']
const unshare = [...asRoot, 'unshare', '--mount', '--pid', '--fork', '--mount-proc']
const [first = '', ...rest] = [...unshare, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']
const canBoot = works(first, ...rest) && works('jq', '--version') && works('gpg', '--version')
const hasShellcheck = works('shellcheck', '--version')
const hasNft = works('nft', '--version')
if (!hasNft) console.error('THE FIREWALL OF THE INSTANCE IS NOT RUN: there is no nft.')
if (!canBoot)
  console.error('THE BOOTSTRAP IS NOT RUN: that takes root (or sudo without a password), unshare, jq and gpg.')
if (!hasShellcheck) console.error('THE BOOTSTRAP IS NOT CHECKED: there is no shellcheck.')

const instance = 'i-0123456789abcdef0'
const address = '203.0.113.10'

const SERVER = `
const { createServer } = require('node:http')
const { writeFileSync } = require('node:fs')
const { HOST, PORT, GREETING, API_KEY, PASSWORD, NODE_ENV } = process.env
writeFileSync('/tmp/environment', JSON.stringify({ HOST, PORT, GREETING, API_KEY, PASSWORD, NODE_ENV }))
createServer((request, response) => {
  response.writeHead(request.method === 'POST' && request.url === '/mcp' ? 200 : 404).end()
}).listen(Number(PORT), HOST)
`

/** The machine as somebody finds it who logs in after the boot, and then what its units would do. */
const AFTER = `
set +e
unit() { grep "^$2=" "/etc/systemd/system/$1.service" | cut -d= -f2-; }
as_unit() { # what systemd would start, with the variables of its files
  ( cd "$(unit mcp WorkingDirectory)"
    eval "$(sed 's/^/export /' /etc/mcp/environment /run/mcp-secrets/environment)"
    exec setpriv --reuid="$(unit mcp User)" --regid="$(unit mcp Group)" --clear-groups "$(unit mcp ExecStart)" )
}
echo '== calls'; cat /stage/calls
echo '== failed'; cat /run/mcp-failed 2>&1
echo '== users'; getent passwd mcp
echo '== modes'; stat -c '%n %U:%G %a' /opt/mcp/app /etc/mcp/environment /etc/mcp/start /etc/mcp/secrets.json /usr/local/sbin/mcp-aws /etc/systemd/system/mcp.service
echo '== unit'; cat /etc/systemd/system/mcp.service
echo '== caddyfile'; cat /etc/caddy/Caddyfile
echo '== commit'; git -c safe.directory=/opt/mcp/app -C /opt/mcp/app rev-parse HEAD
echo '== sources'; cat /etc/apt/sources.list.d/{nodesource,caddy}.list
echo '== agent'; cat /opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json
echo '== verify'; systemd-analyze verify /etc/systemd/system/mcp{,-firewall,-secrets,-ready,-caddy,-certificates}.service 2>&1 | grep 'systemd/system/mcp'
echo '== exposure'; systemd-analyze security --offline=true /etc/systemd/system/mcp.service 2>&1 | tail -1
`
const SERVE = `
echo '== secrets'; mcp-secrets; stat -c '%U %a' /run/mcp-secrets/environment
echo '== early'; mcp-ready
as_unit >&2 & server=$!
for _ in {1..100}; do mcp-ready >/tmp/ready 2>&1 && break; sleep 0.2; done
echo '== ready'; echo $?; cat /tmp/ready
echo; echo '== environment'; cat /tmp/environment
kill $server
`

interface Booted {
  readonly log: string
  /** What follows each \`== name\` of the script that ran after the boot. */
  readonly found: Readonly<Record<string, string>>
}

/** The fingerprints in the bootstrap, of which each test machine has its own keys instead. */
const pinned = {
  nodesource: '6F71F525282841EEDAF851B42F59B5F99B1BE0B4',
  caddy: '65760C51EDEA2017CEA2CA15155B6D79CA56EA34',
  'cloudwatch-agent': '937616F3450B7D806CBD9725D58167303B789C72',
}

/** A key that gpg made: its fingerprint, and itself as a maker publishes it. */
interface Key {
  readonly fingerprint: string
  readonly armored: string
}

/** Keys by a name that is also their file's, from the real gpg. */
async function makeKeys(home: string, names: readonly string[]): Promise<Record<string, Key>> {
  mkdirSync(home, { mode: 0o700 })
  const gpg = async (...args: string[]) => (await run('gpg', ['--batch', '--homedir', home, ...args])).stdout
  const keys: Record<string, Key> = {}
  for (const name of names) {
    await gpg('--quiet', '--passphrase', '', '--quick-generate-key', `${name}@example.com`, 'ed25519', 'sign', 'never')
    const listed = await gpg('--list-keys', '--with-colons', `${name}@example.com`)
    const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(listed)?.[1] ?? ''
    keys[name] = { fingerprint, armored: await gpg('--armor', '--export', fingerprint) }
  }
  await run('gpgconf', ['--homedir', home, '--kill', 'all'])
  return keys
}

/** The digest of the wheel of uv for the architecture of the test machine. */
const pinnedWheel = 'fe2f51a5de367c602592c018a42a23d57fba5f2689fe6c3bf025dcf043b39c61'

/** What stands for uv: a script that records its calls, and makes a server of one line. */
const UV = `#!/bin/bash
echo "uv $* with $UV_PYTHON as $(id -un)" >>/stage/calls
if [ "$1" = venv ]; then mkdir -p .venv/bin; fi
if [ "$1 $2" = "pip install" ]; then
  printf '#!/bin/sh\\nexec node -e "require(\\\\"http\\\\").createServer((q, r) => r.end()).listen(process.env.PORT, process.env.HOST)"\\n' >.venv/bin/orders-mcp
  chmod +x .venv/bin/orders-mcp
fi
`

/** Writes a wheel with the script as its program, and gives the digest by which PyPI would address it. */
async function makeWheel(file: string, script: string): Promise<string> {
  const code = 'import sys, zipfile; zipfile.ZipFile(sys.argv[1], "w").writestr("uv-9.data/scripts/uv", sys.argv[2])'
  await run('python3', ['-c', code, file, script])
  return (await run('b2sum', ['--length=256', file])).stdout.slice(0, 64)
}

let wheelDigest: string
let keys: Record<string, Key>
const keyOf = (name: string): Key => {
  const key = keys[name]
  if (key === undefined) throw new Error(`There is no key ${name}.`)
  return key
}

let aws: Aws
let ec2: Ec2
let metadata: Listening
let directory: string
let stage: string
let commit: string
let freePort: string
/** The public address that the instance's metadata gives. */
let publicAddress: string

/** Calls a JSON API of the stand-in. */
async function call(service: string, target: string, body: object): Promise<Record<string, string>> {
  const scope = `testing/20260101/us-east-1/${service}/aws4_request`
  const response = await fetch(aws.endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
    },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${target} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Record<string, string>
}

/** The user data of an instance with these settings, as the module renders it with a value for each attribute of AWS. */
async function render(settings: Record<string, unknown>): Promise<string> {
  const template = join(stage, 'template')
  mkdirSync(template, { recursive: true })
  cpSync(here('../../terraform/ec2/bootstrap.sh.tftpl'), join(template, 'bootstrap.sh.tftpl'))
  writeFileSync(join(template, 'main.tf'), 'variable "settings" { type = string }\n')
  const expression = 'base64encode(templatefile("bootstrap.sh.tftpl", { settings = var.settings }))\n'
  writeFileSync(join(template, 'expression'), expression)
  const env = {
    ...process.env,
    ...terraformSettings(directory),
    TF_VAR_settings: Buffer.from(JSON.stringify(settings)).toString('base64'),
  }
  const { stdout } = await run('sh', ['-c', 'terraform console <expression'], { cwd: template, env })
  const text = Buffer.from(stdout.trim().replaceAll('"', ''), 'base64').toString()
  expect(text, 'the bootstrap pins the wheel').toContain(pinnedWheel)
  return Object.entries(pinned).reduce(
    (all, [name, fingerprint]) => {
      if (!all.includes(fingerprint)) throw new Error(`The bootstrap does not pin the key of ${name}.`)
      return all.replace(fingerprint, keyOf(name).fingerprint)
    },
    text.replace(pinnedWheel, wheelDigest),
  )
}

/** What local.settings of the module holds, for a server from git with a host name. */
const settings = () => ({
  name: 'orders-mcp',
  git: { url: 'https://github.com/example/mcp.git', ref: 'v1.2.3', token: null },
  npm: null,
  pypi: null,
  runtime: 'node',
  python: '3.13',
  build: 'echo built > built-by-$(id -un)',
  start: 'node server.js',
  node: 24,
  port: Number(freePort),
  path: '/mcp',
  transport: 'streamable-http',
  domain: 'mcp.example.com',
  host_header: null as string | null,
  email: 'ops@example.com',
  address,
  environment: { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: freePort, GREETING: 'a "b" $HOME `id` \\ c' },
  secrets: {} as Record<string, string>,
  certificates: null as string | null,
  log_group: null as string | null,
  server_calls_aws: false,
  deployment_token: '',
})

async function boot(given: Record<string, unknown>, after: string): Promise<Booted> {
  writeFileSync(join(stage, 'user-data'), await render(given))
  writeFileSync(join(stage, 'after'), after)
  const [command = '', ...args] = [...unshare, join(stage, 'boot.sh'), stage, process.execPath]
  const env = { ...process.env, AWS: aws.endpoint, METADATA: metadata.url }
  const { stdout, stderr } = await run(command, args, { env, maxBuffer: 16 << 20 })
  const found = Object.fromEntries(
    stdout
      .split(/^== /m)
      .slice(1)
      .map(section => {
        const end = section.indexOf('\n')
        return [section.slice(0, end), section.slice(end + 1).trim()]
      }),
  )
  return { log: stderr, found }
}

const arnOf = async (name: string, body: object) => {
  const { ARN } = await call('secretsmanager', 'secretsmanager.CreateSecret', { Name: name, ...body })
  if (ARN === undefined) throw new Error(`There is no ARN of ${name}.`)
  return ARN
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'bootstrap-'))
  keys = await makeKeys(join(directory, 'gpg'), [...Object.keys(pinned), 'stranger'])
  aws = await startAws({ tasks: {}, dir: directory })
  ec2 = ec2At(aws.endpoint)
  metadata = await listenHttp((request, response) => {
    const path = request.url?.replace('/latest/', '') ?? ''
    const credentials = { AccessKeyId: 'testing', SecretAccessKey: 'testing', Token: 'session' }
    const answer: Record<string, string> = {
      'meta-data/instance-id': instance,
      'meta-data/public-ipv4': publicAddress,
      'meta-data/placement/region': 'us-east-1',
      'meta-data/services/domain': 'amazonaws.com',
      'meta-data/iam/security-credentials/': 'role',
      'meta-data/iam/security-credentials/role': JSON.stringify(credentials),
    }
    if (path === 'api/token' && request.method === 'PUT') return void response.end('token')
    // IMDSv2: without the token there is nothing.
    if (request.headers['x-aws-ec2-metadata-token'] !== 'token') return void response.writeHead(401).end()
    response.writeHead(answer[path] === undefined ? 404 : 200).end(answer[path])
  })
})
afterAll(async () => {
  await metadata[Symbol.asyncDispose]()
  await aws.stop()
  rmSync(directory, { recursive: true, force: true })
})

beforeEach(async () => {
  publicAddress = address
  stage = mkdtempSync(join(directory, 'stage-'))
  for (const each of ['disk', 'keys', 'repository']) mkdirSync(join(stage, each))
  cpSync(here('../support/ubuntu'), stage, { recursive: true })
  for (const name of Object.keys(pinned)) writeFileSync(join(stage, 'keys', name), keyOf(name).armored)
  wheelDigest = await makeWheel(join(stage, 'keys', 'uv'), UV)
  writeFileSync(
    join(stage, 'git-config'),
    '[safe]\n\tdirectory = *\n[url "file:///stage/repository"]\n\tinsteadOf = https://github.com/example/mcp.git\n',
  )
  const git = async (...args: string[]) =>
    (
      await run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: join(stage, 'repository'),
      })
    ).stdout
  writeFileSync(join(stage, 'repository', 'server.js'), SERVER)
  await git('init', '--quiet')
  await git('add', '.')
  await git('commit', '--quiet', '--message', 'first')
  await git('tag', 'v1.2.3')
  commit = (await git('rev-parse', 'HEAD')).trim()
  await git('commit', '--quiet', '--allow-empty', '--message', 'later')
  await using listening = await listenHttp(() => {})
  freePort = String(listening.port)
})

test.skipIf(!hasShellcheck)('shellcheck has nothing to say', async () => {
  writeFileSync(join(stage, 'user-data'), await render(settings()))
  await run('shellcheck', [join(stage, 'user-data')])
})

describe.skipIf(!canBoot)('a machine that boots', () => {
  test('from git: its own user, a hardened unit, secrets in memory, and it says by itself that it is ready', async () => {
    const json = await arnOf('json', { SecretString: JSON.stringify({ key: 'it\'s "quoted" $PATH', other: 'x' }) })
    await call('ssm', 'AmazonSSM.PutParameter', { Name: '/password', Type: 'SecureString', Value: 'pass\\word' })
    const given = settings()
    given.secrets = { API_KEY: `${json}:key::`, PASSWORD: 'arn:aws:ssm:us-east-1:123456789012:parameter/password' }
    given.certificates = await arnOf('tls-new', {})
    given.log_group = '/mcp/orders-mcp'
    await ec2.createWait(`orders-mcp-ready-${instance}`)
    const { log, found } = await boot(given, AFTER + SERVE)
    expect(found.exit, log).toBe('0')
    expect(found.failed).toMatch(/No such file/)
    expect(found.users).toMatch(/^mcp:x:\d+:\d+::\/opt\/mcp:\/usr\/sbin\/nologin$/)
    expect(found.modes?.split('\n')).toEqual([
      '/opt/mcp/app mcp:mcp 755',
      '/etc/mcp/environment root:root 600',
      '/etc/mcp/start root:root 755',
      '/etc/mcp/secrets.json root:root 644',
      '/usr/local/sbin/mcp-aws root:root 755',
      '/etc/systemd/system/mcp.service root:root 644',
    ])
    expect(found.commit).toBe(commit)
    expect(found.sources).toMatch(/signed-by=\/etc\/apt\/keyrings\/nodesource\.gpg.*node_24\.x nodistro main/)
    expect(found.caddyfile).toMatch(/admin off[^}]*email ops@example\.com[^}]*}\s*mcp\.example\.com {/)
    expect(found.caddyfile).toContain(`reverse_proxy 127.0.0.1:${freePort}`)
    expect(JSON.parse(found.agent ?? '')).toMatchObject({
      logs: { logs_collected: { files: { collect_list: [{ log_group_name: '/mcp/orders-mcp' }] } } },
    })
    expect(found.calls).toMatch(/gpgv --keyring \/etc\/apt\/keyrings\/cloudwatch-agent\.gpg/)
    // The firewall is there before anything of the repository, and stays.
    expect(found.calls?.indexOf('systemctl enable --now mcp-firewall.service')).toBeGreaterThan(-1)
    expect(found.calls?.indexOf('systemctl enable --now mcp-firewall.service')).toBeLessThan(
      found.calls?.indexOf('systemd-run') ?? 0,
    )
    expect(found.calls).not.toContain('systemctl disable --now mcp-firewall.service')
    expect(found.calls).toMatch(/--property=NoNewPrivileges=yes .*--property=ProtectSystem=strict .*echo built/)
    // Nothing of the repository runs as root or with a way to the instance's credentials.
    expect(found.calls).toMatch(/--uid=mcp .*--property=IPAddressDeny=169\.254\.169\.254 .*\/bin\/bash -c echo built/)
    expect(found.unit).toMatch(/^IPAddressDeny=169\.254\.169\.254 fd00:ec2::254$/m)
    expect(found.unit).toMatch(/^StandardOutput=append:\/var\/log\/mcp\/server\.log$/m)
    expect(found.verify).toBe('')
    expect(Number(/: ([\d.]+) /.exec(found.exposure ?? '')?.[1]), found.exposure).toBeLessThan(3)

    expect(found.secrets).toBe('root 600')
    expect(found.early).toBe(`http://127.0.0.1:${freePort}/mcp answers 000`)
    expect(found.ready, log).toMatch(/^0/)
    expect(JSON.parse(found.environment ?? '')).toEqual({
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: freePort,
      GREETING: 'a "b" $HOME `id` \\ c',
      API_KEY: 'it\'s "quoted" $PATH',
      PASSWORD: 'pass\\word',
    })
    expect(await ec2.stacks('CREATE_COMPLETE')).toContain(`orders-mcp-ready-${instance}`)
    for (const text of [log, JSON.stringify(found.calls)]) expect(text).not.toMatch(/quoted|pass.?word"/)
  })

  test('keeps its certificate in the secret, and its successor starts Caddy with it before it has the address', async () => {
    const given = { ...settings(), certificates: await arnOf('tls-kept', {}) }
    const store = '/var/lib/caddy/.local/share/caddy'
    const directories = `${store}/acme ${store}/certificates/acme-v02.api.letsencrypt.org-directory/mcp.example.com`
    const file = `${store}/certificates/acme-v02.api.letsencrypt.org-directory/mcp.example.com/mcp.example.com.crt`
    const save = `
      set +e; umask 077
      echo '== none'; mcp-certificates save; echo $?
      mkdir -p ${directories}; echo certificate >${file}; echo account >${store}/acme/account
      echo '== saved'; mcp-certificates save; echo $?
      echo '== again'; mcp-certificates save; echo $?
    `
    const first = await boot(given, save)
    expect(first.found.exit, first.log).toBe('0')
    expect(first.found.none).toBe('0')
    expect(first.found.saved).toMatch(/VersionId.*0$/s)
    expect(first.found.again).toBe('0')

    publicAddress = '198.51.100.7'
    const restored = `
      set +e
      echo '== certificate'; cat ${file}; stat -c '%U %a' ${file} ${store}
      echo '== unchanged'; mcp-certificates save; echo $?
      rm /stage/calls; mcp-caddy; echo '== calls'; cat /stage/calls
    `
    const { log, found } = await boot(given, restored)
    expect(found.exit, log).toBe('0')
    expect(found.certificate?.split('\n')).toEqual(['certificate', 'caddy 600', 'caddy 700'])
    expect(found.unchanged).toBe('0')
    expect(found.calls).toBe('systemctl start caddy.service')
  })

  test('does not ask for a certificate while another instance has the address', async () => {
    publicAddress = '198.51.100.7'
    const given = { ...settings(), certificates: await arnOf('tls-waiting', {}) }
    const { found } = await boot(
      given,
      "rm /stage/calls; echo '== waiting'; timeout 5 mcp-caddy; echo $?; ls /stage/calls 2>&1",
    )
    expect(found.waiting).toMatch(/^124\n.*No such file/)
  })

  test('from npm, over plain HTTP when that was asked for', async () => {
    const given = {
      ...settings(),
      git: null,
      npm: '@example/orders-mcp@1.4.0',
      domain: '',
      start: 'node_modules/.bin/orders-mcp',
    }
    await ec2.createWait(`npm-ready-${instance}`)
    const { log, found } = await boot({ ...given, name: 'npm', server_calls_aws: true }, AFTER + SERVE)
    expect(found.exit, log).toBe('0')
    expect(found.calls).toMatch(/npm install .*@example\/orders-mcp@1\.4\.0 as mcp in \/opt\/mcp\/app/)
    expect(found.caddyfile).toMatch(/^:80 {/m)
    expect(found.unit).not.toContain('IPAddressDeny')
    expect(found.calls).toMatch(/npm install[\s\S]*systemctl disable --now mcp-firewall\.service/)
    expect(await ec2.stacks('CREATE_COMPLETE')).toContain(`npm-ready-${instance}`)
  })

  test.each([
    ['a build that fails', 'build', { build: 'echo broken >&2; exit 3' }],
    [
      'a ref that is not there',
      'source',
      { git: { url: 'https://github.com/example/mcp.git', ref: 'v9', token: null } },
    ],
  ])('%s is said to the waiting apply', async (_, step, more) => {
    await ec2.createWait(`${step}-ready-${instance}`)
    const { log, found } = await boot({ ...settings(), ...more, name: step }, `set +e; ${AFTER} mcp-ready`)
    expect(found.exit, log).not.toBe('0')
    expect(found.failed).toBe(step)
    expect(found.calls).toMatch(/systemctl start --no-block mcp-ready\.service$/)
    expect(await ec2.stacks('CREATE_IN_PROGRESS')).not.toContain(`${step}-ready-${instance}`)
    expect(await ec2.stacks('CREATE_COMPLETE')).not.toContain(`${step}-ready-${instance}`)
  })

  test('waits while another process holds a lock of apt', async () => {
    writeFileSync(join(stage, 'keys', 'apt-busy'), 'update\nupdate\n')
    const { log, found } = await boot({ ...settings(), domain: '' }, AFTER)
    expect(found.exit, log).toBe('0')
    expect(log).toContain('Could not get lock /var/lib/apt/lists/lock')
    expect(found.calls?.match(/^apt-get update .*APT::Update::Error-Mode=any$/gm)).toHaveLength(4)
  })

  test('from PyPI: uv is what its digest says, and installs the interpreter and the package as the user of the server', async () => {
    const given = { ...settings(), git: null, pypi: 'orders-mcp==1.4.0', runtime: 'python', domain: '' }
    await ec2.createWait(`pypi-ready-${instance}`)
    const { log, found } = await boot({ ...given, name: 'pypi', start: '.venv/bin/orders-mcp' }, AFTER + SERVE)
    expect(found.exit, log).toBe('0')
    const digest = [wheelDigest.slice(0, 2), wheelDigest.slice(2, 4), wheelDigest.slice(4)].join('/')
    expect(found.calls).toContain(`https://files.pythonhosted.org/packages/${digest}/uv-0.13.9-py3-none-`)
    expect(found.calls).toMatch(
      /^uv python install with 3\.13 as mcp\n[\s\S]*^uv venv .*\n[\s\S]*^uv pip install --quiet orders-mcp==1\.4\.0 with 3\.13 as mcp$/m,
    )
    expect(found.calls).not.toMatch(/nodejs|npm/)
    expect(await ec2.stacks('CREATE_COMPLETE')).toContain(`pypi-ready-${instance}`)
  })

  test('a uv that is not the expected one is not run', async () => {
    await makeWheel(join(stage, 'keys', 'uv'), `${UV}# changed`)
    const given = { ...settings(), git: null, pypi: 'orders-mcp==1.4.0', runtime: 'python' }
    const { log, found } = await boot(given, `${AFTER}echo '== uv'; ls /usr/local/bin/uv 2>&1`)
    expect(found.exit, log).not.toBe('0')
    expect(found.failed).toBe('runtime')
    expect(found.uv).toMatch(/No such file/)
  })

  test('a command of the image: nothing is fetched or built, and the unit is the same', async () => {
    const start = `node -e 'require("http").createServer((q, r) => r.end()).listen(process.env.PORT, process.env.HOST)'`
    const given = { ...settings(), git: null, runtime: 'none', build: '', domain: '', start, name: 'command' }
    await ec2.createWait(`command-ready-${instance}`)
    const { log, found } = await boot(given, AFTER + SERVE)
    expect(found.exit, log).toBe('0')
    expect(found.calls).not.toMatch(/nodejs|npm|uv |systemd-run/)
    expect(found.calls).toMatch(/apt-get install .* caddy$/m)
    expect(found.unit).toMatch(/^SystemCallFilter=~@privileged @resources$/m)
    expect(await ec2.stacks('CREATE_COMPLETE')).toContain(`command-ready-${instance}`)
  })

  test('what a build leaves behind to run later is gone before the server starts', async () => {
    const build = 'setsid sleep 987 >/dev/null 2>&1 & mkdir -p /tmp/x; echo "* * * * * id" >/tmp/x/crontab'
    const { log, found } = await boot(
      { ...settings(), build, domain: '' },
      "echo '== left'; pgrep -u mcp -f 'sleep 987'; echo $?",
    )
    expect(found.exit, log).toBe('0')
    expect(found.left).toBe('1')
  })

  /** A server that answers its own name with 200, and every other one as /tmp/answer says: the status, and then the body. */
  const GUARDED = `node -e '
    const { createServer } = require("http")
    const { readFileSync } = require("fs")
    createServer((request, response) => {
      const [status, ...body] = readFileSync("/tmp/answer", "utf8").split(" ")
      const isOwn = /^(127|localhost)/.test(request.headers.host)
      response.writeHead(isOwn ? 200 : Number(status)).end(isOwn ? "{}" : body.join(" "))
    }).listen(process.env.PORT, process.env.HOST)'`
  const refusals: readonly (readonly [string, string])[] = [
    ['typescript', '403 {"jsonrpc":"2.0","error":{"code":-32000,"message":"Invalid Host: mcp.example.com"},"id":null}'],
    ['python', '421 Invalid Host header'],
    ['go', '403 Forbidden: invalid Host header "mcp.example.com"'],
    ['rust', '403 Forbidden: Host header is not allowed'],
    ['starlette', '400 Invalid host header'],
    ['vite', '403 Blocked request. This host ("mcp.example.com") is not allowed.'],
  ]
  const challenge = '403 {"error":"forbidden"}'
  const ask = (name: string, answer: string) => `
    jq -c '.name = "${name}"' /etc/mcp/machine.json >/tmp/machine && cp /tmp/machine /etc/mcp/machine.json
    echo '${answer}' >/tmp/answer
    echo '== ${name}'; mcp-ready; echo $?
  `

  test('a server that refuses its public name is never ready, so the address is never moved to it', async () => {
    const names = [...refusals.map(([name]) => name), 'challenge']
    for (const name of names) await ec2.createWait(`${name}-ready-${instance}`)
    const script = `
      ${AFTER}
      mcp-secrets
      echo '${challenge}' >/tmp/answer
      as_unit >&2 & server=$!
      for _ in {1..100}; do /usr/bin/curl -s -o /dev/null http://127.0.0.1:${freePort}/ && break; sleep 0.1; done
      ${refusals.map(([name, answer]) => ask(name, answer)).join('')}
      ${ask('challenge', challenge)}
      kill $server
    `
    const { log, found } = await boot({ ...settings(), start: GUARDED, certificates: await arnOf('tls-guarded', {}) }, script)
    expect(found.exit, log).toBe('0')
    for (const [name] of refusals) {
      expect(found[name], log).toMatch(/refuses the host mcp\.example\.com: [\s\S]*1$/)
      for (const status of ['CREATE_COMPLETE', 'CREATE_IN_PROGRESS'])
        expect(await ec2.stacks(status)).not.toContain(`${name}-ready-${instance}`)
    }
    expect(found.challenge, log).toMatch(/0$/)
    expect(await ec2.stacks('CREATE_COMPLETE')).toContain(`challenge-ready-${instance}`)
  })

  test('a server that accepts only localhost gets that name from Caddy, and over plain HTTP a server is asked by its address', async () => {
    await ec2.createWait(`rewritten-ready-${instance}`)
    await ec2.createWait(`plain-ready-${instance}`)
    const script = `
      ${AFTER}
      mcp-secrets
      echo '403 Invalid Host: x' >/tmp/answer
      as_unit >&2 & server=$!
      for _ in {1..100}; do /usr/bin/curl -s -o /dev/null http://127.0.0.1:${freePort}/ && break; sleep 0.1; done
      ${ask('rewritten', '403 Invalid Host: x')}
      jq -c 'del(.host_header) | .domain = ""' /etc/mcp/machine.json >/tmp/machine && cp /tmp/machine /etc/mcp/machine.json
      ${ask('plain', '403 Invalid Host: x')}
      kill $server
    `
    const certificates = await arnOf('tls-rewritten', {})
    const given = { ...settings(), start: GUARDED, host_header: `localhost:${freePort}`, certificates }
    const { log, found } = await boot(given, script)
    expect(found.exit, log).toBe('0')
    expect(found.caddyfile).toMatch(new RegExp(`^\\t\\theader_up Host localhost:${freePort}$`, 'm'))
    expect(found.rewritten, log).toMatch(/0$/)
    expect(await ec2.stacks('CREATE_COMPLETE')).toContain(`rewritten-ready-${instance}`)
    expect(found.plain, log).toContain(`refuses the host ${address}`)
    expect(await ec2.stacks('CREATE_COMPLETE')).not.toContain(`plain-ready-${instance}`)
  })

  test('a key that is not the expected one is not trusted', async () => {
    writeFileSync(join(stage, 'keys', 'caddy'), keyOf('stranger').armored)
    const { log, found } = await boot(settings(), `${AFTER}echo '== keyring'; ls /etc/apt/keyrings`)
    expect(found.exit).not.toBe('0')
    expect(log).toContain(`does not have the key ${keyOf('caddy').fingerprint}`)
    expect(found.calls).not.toMatch(/apt-get install .*caddy/)
    expect(found.keyring).not.toContain('caddy')
  })

  test.each([
    ['before', ['stranger', 'caddy']],
    ['after', ['caddy', 'stranger']],
  ])('a key %s the expected one in the same file is not trusted', async (_, names) => {
    writeFileSync(join(stage, 'keys', 'caddy'), names.map(name => keyOf(name).armored).join(''))
    const trusted = "echo '== trusted'; gpg --batch --show-keys --with-colons /etc/apt/keyrings/caddy.gpg | grep ^fpr"
    const { log, found } = await boot({ ...settings(), domain: '' }, trusted)
    expect(found.exit, log).toBe('0')
    expect(found.trusted?.match(/[0-9A-F]{40}/g)).toEqual([keyOf('caddy').fingerprint])
  })
})

// A network of its own, in which the address of the metadata is this machine's.
const inNetwork = [...asRoot, 'unshare', '--net', 'bash', '-euc']
const [command = '', ...options] = inNetwork
test.skipIf(!hasNft || !works(command, ...options, 'nft list ruleset'))(
  'the firewall keeps the user from the credentials of the instance, however it runs, and nobody else',
  async () => {
    const template = readFileSync(here('../../terraform/ec2/bootstrap.sh.tftpl'), 'utf8')
    const [, rules = ''] = /cat >\/etc\/mcp\/firewall\.nft <<'FILE'\n([\s\S]*?)^FILE$/m.exec(template) ?? []
    writeFileSync(join(stage, 'firewall.nft'), rules.replaceAll('skuid mcp', 'skuid nobody'))
    const server = "require('node:http').createServer((q, r) => r.end('credentials')).listen(80, '::')"
    const ask = (address: string, ...as: string[]) =>
      `echo "${address} ${as.length > 0 ? 'user' : 'root'} $(${[...as, '/usr/bin/curl'].join(' ')} -s --max-time 5 http://${address}/ || true)"`
    const user = ['setpriv', '--reuid=nobody', '--clear-groups']
    const addresses = ['169.254.169.254', '[fd00:ec2::254]', '127.0.0.1']
    const script = [
      'ip link set lo up',
      'ip address add 169.254.169.254/32 dev lo',
      'ip address add fd00:ec2::254/128 dev lo nodad',
      `"${process.execPath}" -e "${server}" &`,
      'trap "kill $!" EXIT',
      'for _ in $(seq 100); do /usr/bin/curl -s http://127.0.0.1/ >/dev/null && break; sleep 0.1; done',
      ...addresses.map(address => ask(address, ...user)),
      `nft -f ${join(stage, 'firewall.nft')}`,
      'echo --',
      ...addresses.flatMap(address => [ask(address, ...user), ask(address)]),
      'nft delete table inet mcp',
    ]
    const { stdout } = await run(command, [...options, script.join('\n')])
    const [before = '', after = ''] = stdout.split('--\n')
    expect(before.trim().split('\n')).toEqual(addresses.map(address => `${address} user credentials`))
    expect(after.trim().split('\n')).toEqual([
      '169.254.169.254 user ',
      '169.254.169.254 root credentials',
      '[fd00:ec2::254] user ',
      '[fd00:ec2::254] root credentials',
      '127.0.0.1 user credentials',
      '127.0.0.1 root credentials',
    ])
  },
)
