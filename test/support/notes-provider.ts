/** The provider of notes (test/support/provider) in a filesystem mirror, in two versions and for both tools. */
import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { arch } from 'node:os'
import { join } from 'node:path'
import { messageOf } from '../../src/errors.ts'
import { releasePlatform } from '../../src/terraform/tools.ts'
import { goProgram } from './go-program.ts'

export const notesVersions = ['1.0.0', '2.0.0'] as const

export interface NotesProvider {
  /** Path of a CLI configuration that takes every provider from the mirror, for TF_CLI_CONFIG_FILE. */
  readonly cliConfig: string
  /** The directory of the notes, which are files `NAME.json` with a `text`. */
  readonly notes: string
  /** The configuration of the provider in one of its versions. */
  configuration(version: (typeof notesVersions)[number]): string
}

/** Builds the provider. @returns undefined without Go, which is said loudly @throws {Error} on CI without Go */
export async function notesProgram(): Promise<string | undefined> {
  try {
    return await goProgram('terraform-provider-notes', 'provider/')
  } catch (error) {
    if (process.env.CI) throw error
    console.error(
      `The tests of a provider's upgrade are LEFT OUT. They need Go 1.25.5 or newer and, once, a network: ${messageOf(error).trim().split('\n').at(-1)}`,
    )
    return undefined
  }
}

/** Lays the provider out in a directory. */
export function notesProvider(program: string, directory: string): NotesProvider {
  const mirror = join(directory, 'mirror')
  for (const registry of ['registry.terraform.io', 'registry.opentofu.org']) {
    for (const version of notesVersions) {
      const folder = join(mirror, registry, 'acme/notes', version, releasePlatform(process.platform, arch()))
      mkdirSync(folder, { recursive: true })
      linkSync(program, join(folder, `terraform-provider-notes_v${version}`))
    }
  }
  const cliConfig = join(directory, 'notes.tfrc')
  writeFileSync(
    cliConfig,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  )
  const notes = join(directory, 'notes')
  mkdirSync(notes)
  return {
    cliConfig,
    notes,
    configuration: version => `
      terraform {
        required_providers {
          notes = {
            source  = "acme/notes"
            version = "${version}"
          }
        }
      }
      provider "notes" {
        directory = ${JSON.stringify(notes)}
      }
    `,
  }
}
