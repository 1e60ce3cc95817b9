/** Reference of a container image: its registry, its repository, and a tag or a digest. Pure. */

/** A reference, such as `123456789012.dkr.ecr.eu-west-1.amazonaws.com/weather:v1` or `ghcr.io/acme/weather@sha256:…`. */
export interface ImageReference {
  /** The reference as it was written. */
  readonly text: string
  /** Host and port of the registry; `docker.io` for Docker Hub. */
  readonly registry: string
  /** The repository in the registry, with `library/` for an official image of Docker Hub. */
  readonly repository: string
  /** The reference without tag and digest, as it was written. */
  readonly name: string
  readonly tag: string | undefined
  /** Such as `sha256:` and 64 hexadecimal digits. It takes precedence over the tag. */
  readonly digest: string | undefined
}

/** The registry of a reference without a host. */
export const dockerHub = 'docker.io'

const hostPattern = /^(?:[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+)*|\[[\da-fA-F:]+\])(?::\d{1,5})?$/
const partPattern = /^[a-z\d]+(?:(?:[._]|__|-+)[a-z\d]+)*$/
const tagPattern = /^\w[\w.-]{0,127}$/
const digestPattern = /^(?:sha256:[\da-f]{64}|sha512:[\da-f]{128})$/

/** Characters of the longest name, by the distribution specification. */
const maxNameLength = 255

/** Whether a text is a digest in full. */
export function isDigest(text: string): boolean {
  return digestPattern.test(text)
}

/** Reads a reference (opencontainers/distribution-spec, "Pulling manifests"); undefined without a tag and a digest, or for any other text. */
export function parseReference(text: string): ImageReference | undefined {
  const [beforeDigest = '', digest, ...more] = text.split('@')
  const slash = beforeDigest.lastIndexOf('/')
  const colon = beforeDigest.indexOf(':', slash + 1)
  const tag = colon === -1 ? undefined : beforeDigest.slice(colon + 1)
  const name = colon === -1 ? beforeDigest : beforeDigest.slice(0, colon)
  const isComplete = tag !== undefined || digest !== undefined
  if (more.length > 0 || !isComplete || name.length > maxNameLength) return undefined
  if (tag !== undefined && !tagPattern.test(tag)) return undefined
  if (digest !== undefined && !isDigest(digest)) return undefined
  const [first = '', ...rest] = name.split('/')
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const parts = hasHost ? rest : [first, ...rest]
  if ((hasHost && !hostPattern.test(first)) || !parts.every(part => partPattern.test(part))) return undefined
  const registry = hasHost && !/^(?:index\.)?docker\.io$/.test(first) ? first : dockerHub
  const repository = registry === dockerHub && parts.length === 1 ? `library/${parts[0]}` : parts.join('/')
  return { text, registry, repository, name, tag, digest }
}

/** The reference by digest, which Terraform gets: no tag can be moved under it. */
export function byDigest({ name }: Pick<ImageReference, 'name'>, digest: string): string {
  return `${name}@${digest}`
}

/** A private repository of Amazon ECR. */
export interface EcrRegistry {
  /** The account that owns the registry. */
  readonly account: string
  readonly region: string
}

/** The private registry of Amazon ECR that a host belongs to; undefined for every other registry. */
export function ecrRegistry(host: string): EcrRegistry | undefined {
  const [, account, region] =
    /^(\d{12})\.(?:dkr\.ecr(?:-fips)?\.([a-z\d-]+)\.amazonaws\.com(?:\.cn)?|dkr-ecr(?:-fips)?\.([a-z\d-]+)\.on\.(?:aws|amazonwebservices\.com\.cn))$/
      .exec(host)
      ?.filter(part => part !== undefined) ?? []
  return account === undefined || region === undefined ? undefined : { account, region }
}
