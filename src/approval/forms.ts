/** Normalizes a plan in one of the canonical forms. A record is compared in the form that it was written in. */
import type { PlanJson } from '../terraform/json.ts'
import { Configuration } from './expression-inputs.ts'
import { type NormalizedPlan, normalizePlan, type PlanView } from './fingerprint.ts'
import { moduleFilesOf } from './module-files.ts'
import { placeholdersOf } from './placeholders.ts'
import { providerSettings } from './providers.ts'
import { dataDirectory, type Form, type PlanContext, settingsOf } from './settings.ts'
import type { PlanSigner } from './signer.ts'

/**
 * The canonical form of a plan with its settings. It reads the plan's directory.
 * @param json as parseExactJson reads it
 */
export function normalizeInForm(
  form: Form,
  json: PlanJson,
  context: PlanContext,
  signer: PlanSigner,
  env: NodeJS.ProcessEnv,
): NormalizedPlan {
  const settings = settingsOf(context, env, form)
  const view = viewInForm(form, json, context, env)
  if (view === undefined) return normalizePlan(withoutExactNumbers(json), settings, signer)
  const providers = providerSettings(json, view, signer, env)
  return normalizePlan(json, { ...settings, ...providers }, signer, view)
}

/** How a canonical form sees the values of a plan; undefined for form 1. */
export function viewInForm(
  form: Form,
  json: PlanJson,
  { directory, commits, ignoredPaths = [] }: PlanContext,
  env: NodeJS.ProcessEnv,
): PlanView | undefined {
  if (form === 1) return undefined
  const configuration = new Configuration(json, moduleFilesOf(directory, dataDirectory(directory, env)))
  return { placeholders: placeholdersOf(json, commits ?? []), configuration, ignoredPaths }
}

/** The plan with every number as a double, as version 0.1 read it. */
function withoutExactNumbers(json: PlanJson): PlanJson {
  return JSON.parse(JSON.stringify(json)) as PlanJson
}
