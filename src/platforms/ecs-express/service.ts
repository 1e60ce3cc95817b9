/** The ECS Express service that serves an endpoint, found in outputs and state. Pure. */
import { InputError } from '../../errors.ts'
import { asList, asObject, asText } from '../../json.ts'
import { listManagedResources, type StateJson, type StateResource } from '../../terraform/json.ts'
import { outputText, type PlatformInputs } from '../platform.ts'

export interface ExpressService {
  readonly kind: 'ecs-express'
  /** ARN, in which region, cluster and name are; empty while a planned state does not hold it. */
  readonly arn: string
  readonly cluster: string
  readonly service: string
  /** The service as its monitors are named. */
  readonly name: string
  readonly region: string | undefined
  /** ARN of the service revision in the state: the one that the service must run. */
  readonly revision: string | undefined
  /** The URL that AWS gave the service, at /mcp; undefined while the state does not hold it. */
  readonly url: string | undefined
}

const resourceType = 'aws_ecs_express_gateway_service'

/** The service that the outputs name. Throws an InputError if the output holds no ARN of a service. */
export function findExpressService(_: PlatformInputs, state: StateJson | undefined): ExpressService | undefined {
  const arn = outputText(state, 'ecs_express_service_arn')
  if (arn === undefined) return undefined
  if (partsOf(arn) === undefined) {
    throw new InputError(
      `The output ecs_express_service_arn is "${arn}", which is not the ARN of an ECS service: set it to the attribute service_arn of the ${resourceType}.`,
    )
  }
  return toTarget(
    arn,
    expressServices(state).find(({ values }) => values?.service_arn === arn),
  )
}

export function listExpressServices(state: StateJson): ExpressService[] {
  return expressServices(state).map(resource => toTarget(asText(resource.values?.service_arn) ?? '', resource))
}

/** Services whose own address the endpoint has. */
export function expressServicesAt({ host }: URL, state: StateJson): ExpressService[] {
  return listExpressServices(state).filter(({ url }) => URL.parse(url ?? '')?.host === host)
}

function expressServices(state: StateJson | undefined): StateResource[] {
  return listManagedResources(state?.values?.root_module).filter(({ type }) => type === resourceType)
}

function toTarget(arn: string, resource: StateResource | undefined): ExpressService {
  const { region, cluster = '', service = '' } = partsOf(arn) ?? {}
  const name = service || (asText(resource?.values?.service_name) ?? resource?.address ?? '')
  return {
    kind: 'ecs-express',
    arn,
    cluster,
    service,
    name,
    region,
    revision: asText(resource?.values?.service_revision_arn) || undefined,
    url: urlIn(resource),
  }
}

/** The public address, else the first one. The attribute holds URLs or host names. */
function urlIn(resource: StateResource | undefined): string | undefined {
  const paths = asList(resource?.values?.ingress_paths).map(asObject)
  const chosen = paths.find(({ access_type }) => access_type === 'PUBLIC') ?? paths[0]
  const address = asText(chosen?.endpoint)
  if (address === undefined || address === '') return undefined
  const url = URL.parse(/^https?:\/\//.test(address) ? address : `https://${address}`)
  return url === null ? undefined : new URL('/mcp', url).href
}

function partsOf(arn: string): { region: string; cluster: string; service: string } | undefined {
  const [, region, cluster, service] = /^arn:[\w-]+:ecs:([a-z0-9-]+):\d{12}:service\/([^/]+)\/([^/]+)$/.exec(arn) ?? []
  return region === undefined || cluster === undefined || service === undefined
    ? undefined
    : { region, cluster, service }
}
