/** The EC2 instance that serves an endpoint, found in outputs and state. Pure. */
import { asList, asText } from '../../json.ts'
import { listManagedResources, type StateJson } from '../../terraform/json.ts'
import { namesBehind } from '../aws/dns.ts'
import { outputText, type PlatformInputs } from '../platform.ts'

export interface Ec2Instance {
  readonly kind: 'ec2'
  readonly instanceId: string
  /** From the instance's ARN in the state; undefined when the state does not hold it. */
  readonly region?: string | undefined
  readonly address: string | undefined
}

/** The instance that the output names. */
export function findInstance(_: PlatformInputs, state: StateJson | undefined): Ec2Instance | undefined {
  const instanceId = outputText(state, 'instance_id')
  if (instanceId === undefined) return undefined
  const instance = instancesIn(state).find(({ values }) => values?.id === instanceId)
  return { kind: 'ec2', instanceId, region: regionOf(asText(instance?.values?.arn)), address: instance?.address }
}

/** Instances whose address is the endpoint's, or the address that a DNS record of the state gives it. */
export function instancesAt(endpoint: URL, state: StateJson): Ec2Instance[] {
  const resources = listManagedResources(state.values?.root_module)
  const names = namesBehind(endpoint.hostname, resources)
  const isReached = (address: unknown) => names.has(asText(address)?.toLowerCase() ?? '')
  return instancesIn(state).flatMap(({ address, values = {} }) => {
    const instanceId = asText(values.id)
    const elastic = resources.filter(({ type, values: of }) => type === 'aws_eip' && of?.instance === instanceId)
    const addresses = [
      values.public_ip,
      values.public_dns,
      values.private_ip,
      values.private_dns,
      ...asList(values.ipv6_addresses),
      ...elastic.flatMap(({ values: of }) => [of?.public_ip, of?.public_dns]),
    ]
    if (instanceId === undefined || !addresses.some(isReached)) return []
    return [{ kind: 'ec2', instanceId, region: regionOf(asText(values.arn)), address }]
  })
}

function instancesIn(state: StateJson | undefined) {
  return listManagedResources(state?.values?.root_module).filter(({ type }) => type === 'aws_instance')
}

function regionOf(arn: string | undefined): string | undefined {
  return arn?.split(':')[3]
}
