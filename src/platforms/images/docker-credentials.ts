/**
 * Credentials of a registry, from the configuration of Docker that the steps before have written (docs.docker.com, "docker login"):
 * the credential helper of the registry, else the store of all credentials, else the file itself.
 */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { childEnvironment, findProgram, query } from '../../child.ts'
import { messageOf, ServiceError } from '../../errors.ts'
import { asObject, asText, parseJson } from '../../json.ts'
import { secrets } from '../../log.ts'
import { dockerHub } from './reference.ts'

/** A user name and a password, or a token that gets other tokens. */
export type RegistryCredentials =
  | { readonly username: string; readonly password: string }
  | { readonly identityToken: string }

/** The key of Docker Hub in the configuration. */
const dockerHubKey = 'https://index.docker.io/v1/'

/** The user name that a helper gives for an identity token. */
const tokenUser = '<token>'

/** Milliseconds that a credential helper may take. */
const helperTimeoutMs = 20_000

/**
 * Reads the credentials of a registry. Every secret among them is redacted from then on.
 * @param registry host and port
 * @returns undefined if Docker has none for it
 * @throws ServiceError if a credential helper cannot be run
 */
export async function dockerCredentials(
  registry: string,
  env: NodeJS.ProcessEnv,
): Promise<RegistryCredentials | undefined> {
  const { auths, credHelpers, credsStore } = readConfiguration(env)
  const key = registry === dockerHub ? dockerHubKey : registry
  const own = Object.entries(credHelpers).find(([host]) => hostOf(host) === hostOf(key))?.[1]
  const helper = asText(own) ?? asText(credsStore)
  const fromHelper = helper === undefined ? undefined : await askHelper(helper, key, env)
  const found = fromHelper ?? storedCredentials(auths, key)
  if (found !== undefined) secrets.add(...secretsOf(found))
  return found
}

interface DockerConfiguration {
  readonly auths: Readonly<Record<string, unknown>>
  readonly credHelpers: Readonly<Record<string, unknown>>
  readonly credsStore: unknown
}

function readConfiguration(env: NodeJS.ProcessEnv): DockerConfiguration {
  const directory = env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker')
  let text: string
  try {
    text = readFileSync(join(directory, 'config.json'), 'utf8')
  } catch {
    return { auths: {}, credHelpers: {}, credsStore: undefined }
  }
  const { auths, credHelpers, credsStore } = asObject(parseJson(text))
  return { auths: asObject(auths), credHelpers: asObject(credHelpers), credsStore }
}

/** The host of a key: Docker writes `ghcr.io`, `https://ghcr.io` or `https://ghcr.io/v1/`. */
function hostOf(key: string): string {
  return key
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
    .toLowerCase()
}

function storedCredentials(auths: DockerConfiguration['auths'], key: string): RegistryCredentials | undefined {
  const entry = asObject(Object.entries(auths).find(([host]) => hostOf(host) === hostOf(key))?.[1])
  const identityToken = asText(entry.identitytoken)
  if (identityToken) return { identityToken }
  const [username = '', ...rest] = Buffer.from(asText(entry.auth) ?? '', 'base64')
    .toString('utf8')
    .split(':')
  const password = rest.join(':')
  return username === '' || password === '' ? undefined : { username, password }
}

/** Asks a credential helper (docker/docker-credential-helpers). It exits with an error for a registry that it does not know. */
async function askHelper(name: string, key: string, env: NodeJS.ProcessEnv): Promise<RegistryCredentials | undefined> {
  const program = /^[\w.-]+$/.test(name) ? findProgram(`docker-credential-${name}`, env) : undefined
  if (program === undefined)
    throw new ServiceError(`Docker's configuration names the credential helper ${name}, which is not on PATH`)
  const options = { env: childEnvironment(env, true), timeoutMs: helperTimeoutMs, input: `${key}\n` }
  const { exitCode, stdout } = await query(program, ['get'], options).catch((error: unknown) => {
    throw new ServiceError(`the credential helper ${name} could not be run: ${messageOf(error)}`)
  })
  if (exitCode !== 0) return undefined
  const { Username: username, Secret: password } = asObject(parseJson(stdout))
  const [user, secret] = [asText(username) ?? '', asText(password) ?? '']
  if (user === '' || secret === '') return undefined
  return user === tokenUser ? { identityToken: secret } : { username: user, password: secret }
}

/** The secrets of credentials, in the forms in which they are sent and stored. */
function secretsOf(credentials: RegistryCredentials): string[] {
  if ('identityToken' in credentials) return [credentials.identityToken]
  return [credentials.password, basicOf(credentials)]
}

/** User name and password as the value of the header Authorization after `Basic`. */
export function basicOf({ username, password }: { readonly username: string; readonly password: string }): string {
  return Buffer.from(`${username}:${password}`).toString('base64')
}
