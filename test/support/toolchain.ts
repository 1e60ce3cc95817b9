/**
 * Finds what the demo and the tests need and npm cannot bring: a Python with moto, and a local copy of the
 * Terraform AWS provider. It looks before it downloads, and what cannot be had is one clear line. Linux and macOS.
 */
import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const AWS_PROVIDER = 'registry.terraform.io/hashicorp/aws'
/** The version that the tests run where the machine brings none; docs/what-has-been-run.md names it. */
const PINNED_AWS_PROVIDER = '5.100.0'
/** The same provider, as OpenTofu asks for it. */
const AWS_PROVIDER_OF_TOFU = 'registry.opentofu.org/hashicorp/aws'

let foundMoto: Promise<string> | undefined

/**
 * The Python interpreter that has moto's server in the version `demo/aws/moto_patches.py` is written for:
 * the python3 on PATH, else the one behind `moto_server`, else a virtual environment of our own in the
 * user's cache directory, which is made when it is not there (a download).
 *
 * @throws {Error} one line that says what to install
 */
export function moto(): Promise<string> {
  foundMoto ??= findMoto(pinnedMotoVersion())
  return foundMoto
}

async function findMoto(version: string): Promise<string> {
  if (await hasMoto('python3', version)) return 'python3'
  for (const python of await interpretersBehind('moto_server')) {
    if (await hasMoto(python, version)) return python
  }
  return virtualEnvironment(version)
}

function pinnedMotoVersion(): string {
  const source = readFileSync(new URL('../../demo/aws/moto_patches.py', import.meta.url), 'utf8')
  const version = /^MOTO_VERSION = "(.+)"$/m.exec(source)?.[1]
  if (version === undefined) throw new Error('demo/aws/moto_patches.py names no MOTO_VERSION.')
  return version
}

async function hasMoto(python: string, version: string): Promise<boolean> {
  const script = 'import moto, moto.moto_server.werkzeug_app; print(moto.__version__)'
  const found = await run(python, ['-c', script]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
  return found === version
}

/** The interpreters named by the first line of a Python command on PATH; a shim of pyenv's names bash. */
async function interpretersBehind(command: string): Promise<string[]> {
  const files = (process.env.PATH ?? '').split(delimiter).map(directory => join(directory, command))
  const shimmed = await run('pyenv', ['which', command]).then(
    ({ stdout }) => [stdout.trim()],
    () => [],
  )
  return [...files, ...shimmed].flatMap(file => {
    const interpreter = /^#!\s*(\S*python\S*)/.exec(firstLine(file))?.[1]
    return interpreter === undefined ? [] : [interpreter]
  })
}

function firstLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n', 1)[0] ?? ''
  } catch {
    return ''
  }
}

async function virtualEnvironment(version: string): Promise<string> {
  const home = join(cacheDirectory(), 'terraform-mcp-deploy')
  const environment = join(home, `moto-${version}`)
  const python = join(environment, 'bin', 'python')
  if (await hasMoto(python, version)) return python
  mkdirSync(home, { recursive: true })
  // Made aside and then renamed, so that a broken or a simultaneous installation is never taken for a whole one.
  const made = mkdtempSync(join(home, 'new-'))
  try {
    await run('python3', ['-m', 'venv', made])
    await run(join(made, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', `moto[server]==${version}`])
    rmSync(environment, { recursive: true, force: true })
    renameSync(made, environment)
  } catch {
    rmSync(made, { recursive: true, force: true })
  }
  if (await hasMoto(python, version)) return python
  throw new Error(
    `The AWS stand-in needs Python 3.10 or newer with moto ${version}, and it could not be installed: ` +
      `run pip install 'moto[server]==${version}' for the python3 on PATH.`,
  )
}

function cacheDirectory(): string {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME
  return process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache')
}

/** The version of the AWS provider that the tests run: a constraint in TEST_AWS_PROVIDER, or the pinned one. */
export function awsProviderVersion(): string {
  return process.env.TEST_AWS_PROVIDER || PINNED_AWS_PROVIDER
}

/**
 * A directory that Terraform can use as `filesystem_mirror` for the AWS provider, or undefined when this
 * machine has none: one of Terraform's implied mirror directories
 * (https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories),
 * a directory of /opt, or what `installAwsProvider` made. With TEST_AWS_PROVIDER only the last one counts.
 */
export function providerMirror(): string | undefined {
  const ofMachine = [...impliedMirrorDirectories(), ...entries('/opt').map(entry => join('/opt', entry))]
  return [...(process.env.TEST_AWS_PROVIDER ? [] : ofMachine), join(installedProvider(), 'providers')].find(
    directory => entries(join(directory, AWS_PROVIDER)).length > 0,
  )
}

/**
 * Downloads the AWS provider with the Terraform on PATH, if this machine has no mirror with it. Without a mirror each test would take the
 * newest provider that its configuration allows.
 * @throws {Error} one line, if it cannot be downloaded
 */
export async function installAwsProvider(): Promise<void> {
  if (providerMirror() !== undefined) return
  const directory = installedProvider()
  mkdirSync(dirname(directory), { recursive: true })
  // Made aside and then renamed, so that a broken or a simultaneous installation is never taken for a whole one.
  const made = mkdtempSync(`${directory}-`)
  const version = JSON.stringify(awsProviderVersion())
  const providers = `aws = { source = "hashicorp/aws", version = ${version} }`
  writeFileSync(join(made, 'main.tf'), `terraform {\n  required_providers {\n    ${providers}\n  }\n}\n`)
  const { TF_PLUGIN_CACHE_DIR: _, ...env } = process.env
  try {
    await run('terraform', ['init', '-input=false', '-no-color'], { cwd: made, env: { ...env, TF_DATA_DIR: made } })
    renameSync(made, directory)
  } catch (error) {
    if (providerMirror() !== undefined) return
    throw new Error(`The AWS provider ${version} could not be installed: ${String(error).split('\n', 1)[0]}`)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

/** The folder of the provider in the user's cache directory. In `providers` it has the layout of a mirror. */
function installedProvider(): string {
  const name = awsProviderVersion().replace(/[^\d.]+/g, '-')
  return join(cacheDirectory(), 'terraform-mcp-deploy', `aws-provider-${name}`)
}

function impliedMirrorDirectories(): string[] {
  const home = homedir()
  const plugins = join(home, '.terraform.d', 'plugins')
  if (process.platform === 'darwin') {
    const support = join('Library', 'Application Support', 'io.terraform', 'plugins')
    return [plugins, join(home, support), join('/', support)]
  }
  const own = process.env.XDG_DATA_HOME || join(home, '.local', 'share')
  const shared = (process.env.XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(':')
  const usual = ['/usr/local/share', '/usr/share']
  return [plugins, ...[own, ...shared, ...usual].map(directory => join(directory, 'terraform', 'plugins'))]
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

/**
 * Writes a Terraform CLI configuration into `directory` and returns its path, for TF_CLI_CONFIG_FILE. The AWS
 * provider comes from the local mirror where there is one, all else from its registry; no call to checkpoint.
 */
export function cliConfig(directory: string): string {
  const file = join(directory, 'terraformrc')
  const mirror = providerMirror()
  const installation = `
provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["${AWS_PROVIDER}"]
  }
  filesystem_mirror {
    path    = ${JSON.stringify(mirror && mirrorForTofu(mirror, directory))}
    include = ["${AWS_PROVIDER_OF_TOFU}"]
  }
  direct {
    exclude = ["${AWS_PROVIDER}", "${AWS_PROVIDER_OF_TOFU}"]
  }
}
`
  writeFileSync(file, `disable_checkpoint = true\n${mirror === undefined ? '' : installation}`)
  return file
}

/** Gives the mirror the layout of OpenTofu's registry, by links to the packages. The tools follow no other links in a mirror. */
function mirrorForTofu(mirror: string, directory: string): string {
  const copy = join(directory, 'tofu-mirror')
  const provider = join(mirror, AWS_PROVIDER)
  for (const version of entries(provider)) {
    const folder = join(copy, AWS_PROVIDER_OF_TOFU, version)
    mkdirSync(folder, { recursive: true })
    for (const platform of entries(join(provider, version))) {
      const link = join(folder, platform)
      if (!existsSync(link)) symlinkSync(join(provider, version, platform), link)
    }
  }
  return copy
}

/**
 * Environment variables of a Terraform that a test starts: its CLI configuration, and no garbage collection below 512 MiB.
 * Most of what a short command allocates is the provider's schema, which it needs to its end: without the collector a
 * command takes two thirds of its processor time.
 */
export function terraformSettings(directory: string): Record<'TF_CLI_CONFIG_FILE' | 'GOGC' | 'GOMEMLIMIT', string> {
  return { TF_CLI_CONFIG_FILE: cliConfig(directory), GOGC: 'off', GOMEMLIMIT: '512MiB' }
}
