/**
 * The differences between Terraform and OpenTofu that no version changes: names, release locations, release files and signing
 * keys. What depends on the version is in capabilities.ts.
 */
import { hashicorpKey, opentofuKey, type PinnedKey } from './install/release-keys.ts'
import { type ToolName, toolTitles } from './names.ts'

export type { ToolName }

/** The names, locations and signing key of Terraform or OpenTofu. */
export interface Tool {
  /** Name for sentences. */
  readonly title: string
  /** Name of the command and of the file in the archive, and prefix of release files. */
  readonly command: ToolName
  readonly publisher: string
  /** The version to install if no version is configured: the newest supported one that the tests have run. */
  readonly defaultVersion: string
  /** The oldest version on PATH that is used if no version is configured. */
  readonly minVersionOnPath: string
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
}

/** The two supported tools by command. */
export const tools: Readonly<Record<ToolName, Tool>> = {
  // The layout is that of hashicorp/hc-install. The signature with the key ID in its name survives a change of keys.
  terraform: {
    title: toolTitles.terraform,
    command: 'terraform',
    publisher: 'HashiCorp',
    defaultVersion: '1.15.9',
    minVersionOnPath: '1.11.4',
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
  },
  // The layout is that of opentofu/tofudl, MIRROR-SPECIFICATION.md. The additional cosign signature is not used, because its
  // verification needs a transparency log.
  tofu: {
    title: toolTitles.tofu,
    command: 'tofu',
    publisher: 'OpenTofu',
    defaultVersion: '1.12.6',
    minVersionOnPath: '1.12.6',
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
