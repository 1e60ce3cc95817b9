/** Names and addresses behind an endpoint, from the DNS records in the state. Pure. */
import { asList, asObject, asText } from '../../json.ts'
import type { StateResource } from '../../terraform/json.ts'

/** The host itself, and the names and addresses that its Route 53 records in the state point at, in lower case. */
export function namesBehind(host: string, resources: readonly StateResource[]): ReadonlySet<string> {
  const name = plain(host)
  const records = resources.filter(
    ({ type, values }) => type === 'aws_route53_record' && plain(asText(values?.fqdn) ?? asText(values?.name)) === name,
  )
  const targets = records.flatMap(({ values }) => [
    ...asList(values?.records),
    ...asList(values?.alias).map(alias => asObject(alias).name),
  ])
  return new Set([name, ...targets.map(target => plain(asText(target)))])
}

/** A name without its final dot, the brackets of IPv6, and the prefix that AWS puts before names of two families. */
function plain(name: string | undefined): string {
  return (name ?? '')
    .toLowerCase()
    .replace(/^dualstack\.|^\[|\]$/g, '')
    .replace(/\.$/, '')
}
