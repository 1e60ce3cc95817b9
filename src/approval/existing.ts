/** The objects that exist before an apply, from the plan's JSON, in the form of a digest. */
import { listManagedResources, type PlanJson } from '../terraform/json.ts'
import type { ExistingObjects } from './coverage.ts'
import { digestOf } from './digest.ts'
import { normalizePlan, type PlanView, type Values } from './fingerprint.ts'
import { type PlanSigner, saltedSigner } from './signer.ts'

/**
 * Reads the objects of the prior state. Presence comes from the state itself, because a plan with `target` does not contain every
 * resource. Values come from the unchanged resources of the plan.
 * @param redact removes secrets from addresses, as in digests
 * @param view how the canonical form of the reviewed plan sees values, from viewInForm
 */
export function existingObjects(
  { prior_state, resource_changes = [], output_changes = {} }: PlanJson,
  signer: PlanSigner,
  redact: (text: string) => string,
  view: PlanView | undefined,
): ExistingObjects {
  const { root_module, outputs = {} } = prior_state?.values ?? {}
  const addresses = [
    ...listManagedResources(root_module).map(({ address }) => redact(address)),
    ...Object.keys(outputs).map(name => redact(`output.${name}`)),
  ]
  const present = new Set(addresses)
  const valuesOf = (part: Pick<PlanJson, 'resource_changes' | 'output_changes'>): Values | undefined => {
    // A signer without a key collects values, so the plan's own one must not see these.
    const own = signer.mode === 'none' ? saltedSigner() : signer
    const normalized = normalizePlan({ format_version: '1.2', ...part }, {}, own, view)
    const key = view === undefined ? '' : own.digestKey
    return digestOf(normalized, redact, 'attributes', key).changes?.[0]?.values?.after
  }
  return {
    has: address => present.has(address),
    values(address) {
      const resource = resource_changes.find(
        each => each.mode === 'managed' && each.deposed === undefined && redact(each.address) === address,
      )
      if (resource !== undefined) {
        const { change, previous_address: _, ...rest } = resource
        return valuesOf({ resource_changes: [{ ...rest, change: asCreation(change) }] })
      }
      const output = Object.entries(output_changes).find(([name]) => redact(`output.${name}`) === address)
      return output && valuesOf({ output_changes: { [output[0]]: asCreation(output[1]) } })
    },
  }
}

/** The current object as if it were created, because the canonical form of a creation has all values. */
function asCreation({ before, before_sensitive }: NonNullable<PlanJson['output_changes']>[string]) {
  return { actions: ['create'] as const, after: before, after_sensitive: before_sensitive }
}
