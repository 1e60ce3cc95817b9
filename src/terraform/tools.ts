/**
 * What differs between Terraform and OpenTofu: names, where releases lie and what their files are called, and whose key
 * signs them. Everything else, the command line and the JSON of plans and states, is the same for this action.
 */
import { hashicorpKey, opentofuKey, type PinnedKey } from './install/release-keys.ts'

export type ToolName = 'terraform' | 'tofu'

export interface Tool {
  /** As in sentences. */
  readonly title: string
  /** The command, the file in the archive, and the word that names of release files begin with. */
  readonly command: ToolName
  readonly publisher: string
  /** Installed when nobody says a version, and the oldest that is taken from PATH then. */
  readonly defaultVersion: string
  /** Base of the addresses below, which a mirror stands in for. */
  readonly releases: string
  /** The list of versions, relative to a mirror; and where it is without one. */
  readonly index: string
  readonly publicIndex: string
  /** The folder of a release, relative to the base. */
  folder(version: string): string
  /** Endings of the signatures over SHA256SUMS, the first that is there counts. */
  readonly signatures: readonly string[]
  readonly key: PinnedKey
  /** The file that people pin a version in, and the word for it in `.tool-versions`. */
  readonly versionFile: string
  readonly toolVersions: string
  /** Extensions of files that it reads as configuration, the ones that go first first. */
  readonly extensions: readonly string[]
  /** Where the setup action puts the real binary behind its wrapper. */
  readonly wrapper: { readonly variable: string; readonly binary: string }
  /** The first version that accepts var files beside a saved plan: since there are ephemeral variables. */
  readonly variablesBesidePlan: string
}

export const tools: Readonly<Record<ToolName, Tool>> = {
  // Layout: hashicorp/hc-install and @hashicorp/js-releases. The signature that names its key outlives a change of keys.
  terraform: {
    title: 'Terraform',
    command: 'terraform',
    publisher: 'HashiCorp',
    defaultVersion: '1.11.4',
    releases: 'https://releases.hashicorp.com',
    index: 'terraform/index.json',
    publicIndex: 'https://releases.hashicorp.com/terraform/index.json',
    folder: version => `terraform/${version}`,
    signatures: ['.72D7468F.sig', '.sig'],
    key: hashicorpKey,
    versionFile: '.terraform-version',
    toolVersions: 'terraform',
    extensions: ['.tf'],
    wrapper: { variable: 'TERRAFORM_CLI_PATH', binary: 'terraform-bin' },
    variablesBesidePlan: '1.10.0',
  },
  // Layout: opentofu/tofudl, MIRROR-SPECIFICATION.md. Beside the OpenPGP signature there is one of cosign, which cannot be
  // verified without asking a transparency log.
  tofu: {
    title: 'OpenTofu',
    command: 'tofu',
    publisher: 'OpenTofu',
    defaultVersion: '1.10.6',
    releases: 'https://github.com/opentofu/opentofu/releases/download',
    index: 'api.json',
    publicIndex: 'https://get.opentofu.org/tofu/api.json',
    folder: version => `v${version}`,
    signatures: ['.gpgsig'],
    key: opentofuKey,
    versionFile: '.opentofu-version',
    toolVersions: 'opentofu',
    extensions: ['.tofu', '.tf'],
    wrapper: { variable: 'TOFU_CLI_PATH', binary: 'tofu-bin' },
    variablesBesidePlan: '1.11.0',
  },
}

/**
 * `linux_amd64`, as release files call a machine. Whether a release is built for it is for its checksums to say.
 * @param system as `process.platform`
 * @param architecture as `process.arch`
 */
export function releasePlatform(system: string, architecture: string): string {
  const os = { win32: 'windows', sunos: 'solaris' }[system] ?? system
  const arch = { x64: 'amd64', ia32: '386' }[architecture] ?? architecture
  return `${os}_${arch}`
}
