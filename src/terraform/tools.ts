/**
 * The differences between Terraform and OpenTofu: names, release locations, release files and signing keys. The command
 * line and the JSON of plans and states are the same for this action.
 */
import { hashicorpKey, opentofuKey, type PinnedKey } from './install/release-keys.ts'

export type ToolName = 'terraform' | 'tofu'

/** The names, locations and signing key of Terraform or OpenTofu. */
export interface Tool {
  /** Name for sentences. */
  readonly title: string
  /** Name of the command and of the file in the archive, and prefix of release files. */
  readonly command: ToolName
  readonly publisher: string
  /** The version to install, and the minimum version on PATH, if no version is configured. */
  readonly defaultVersion: string
  /** Base URL of the releases; a mirror replaces it. */
  readonly releasesUrl: string
  /** Path of the version list, relative to a mirror. */
  readonly indexPath: string
  /** URL of the version list of the publisher. */
  readonly publicIndexUrl: string
  /** Path of a release, relative to `releasesUrl`. */
  releaseFolder(version: string): string
  /** Suffixes of the signatures of SHA256SUMS; the first existing one is used. */
  readonly signatureSuffixes: readonly string[]
  readonly signingKey: PinnedKey
  /** Name of the version file, and of the tool in `.tool-versions`. */
  readonly readVersionFile: string
  readonly toolVersionsKey: string
  /** Extensions of configuration files; the first one has priority. */
  readonly extensions: readonly string[]
  /** The environment variable and the file name with which the setup action stores the real binary. */
  readonly wrapper: { readonly variable: string; readonly binary: string }
  /** The first version that accepts variable files with a saved plan, because it has ephemeral variables. */
  readonly minVersionForPlanVariables: string
  /**
   * The first version whose module sources, backend and provider keys may use variables. From then on every command that reads
   * the configuration needs the variable files, and not only `plan`.
   */
  readonly minVersionForEarlyVariables: string
  /** The first version that reads `required_version` only in its own files, and `language { compatible_with }` in all. */
  readonly minVersionForLanguageBlock: string | undefined
}

/** The two supported tools by command. */
export const tools: Readonly<Record<ToolName, Tool>> = {
  // The layout is that of hashicorp/hc-install. The signature with the key ID in its name survives a change of keys.
  terraform: {
    title: 'Terraform',
    command: 'terraform',
    publisher: 'HashiCorp',
    defaultVersion: '1.11.4',
    releasesUrl: 'https://releases.hashicorp.com',
    indexPath: 'terraform/index.json',
    publicIndexUrl: 'https://releases.hashicorp.com/terraform/index.json',
    releaseFolder: version => `terraform/${version}`,
    signatureSuffixes: ['.72D7468F.sig', '.sig'],
    signingKey: hashicorpKey,
    readVersionFile: '.terraform-version',
    toolVersionsKey: 'terraform',
    extensions: ['.tf'],
    wrapper: { variable: 'TERRAFORM_CLI_PATH', binary: 'terraform-bin' },
    minVersionForPlanVariables: '1.10.0',
    minVersionForEarlyVariables: '1.15.0',
    minVersionForLanguageBlock: undefined,
  },
  // The layout is that of opentofu/tofudl, MIRROR-SPECIFICATION.md. The additional cosign signature is not used, because its
  // verification needs a transparency log.
  tofu: {
    title: 'OpenTofu',
    command: 'tofu',
    publisher: 'OpenTofu',
    defaultVersion: '1.12.6',
    releasesUrl: 'https://github.com/opentofu/opentofu/releases/download',
    indexPath: 'api.json',
    publicIndexUrl: 'https://get.opentofu.org/tofu/api.json',
    releaseFolder: version => `v${version}`,
    signatureSuffixes: ['.gpgsig'],
    signingKey: opentofuKey,
    readVersionFile: '.opentofu-version',
    toolVersionsKey: 'opentofu',
    extensions: ['.tofu', '.tf'],
    wrapper: { variable: 'TOFU_CLI_PATH', binary: 'tofu-bin' },
    minVersionForPlanVariables: '1.11.0',
    minVersionForEarlyVariables: '1.8.0',
    minVersionForLanguageBlock: '1.12.0',
  },
}

/**
 * The name of a platform in release files, such as `linux_amd64`. The checksums list the platforms of a release.
 * @param system a value of `process.platform`
 * @param architecture a value of `process.arch`
 */
export function releasePlatform(system: string, architecture: string): string {
  const os = { win32: 'windows', sunos: 'solaris' }[system] ?? system
  const arch = { x64: 'amd64', ia32: '386' }[architecture] ?? architecture
  return `${os}_${arch}`
}
