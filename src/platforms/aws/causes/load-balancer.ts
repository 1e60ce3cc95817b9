/** What is wrong with the load balancer itself and its listeners. */
import type { Failure } from '../../../errors.ts'
import type { Evidence } from '../evidence.ts'
import type { Rule } from './rule.ts'

const balancerRule = (
  code: string,
  remedy: Failure['remedy'],
  clause: (balancer: Evidence['loadBalancers'][number], endpoint: URL) => string | undefined,
  fix: string,
): Rule => ({
  code,
  remedy,
  clause: ({ loadBalancers }, endpoint) => {
    if (endpoint === undefined) return undefined
    for (const balancer of loadBalancers) {
      const text = clause(balancer, endpoint)
      if (text !== undefined) return text
    }
    return undefined
  },
  fix,
})

export const balancerRules: readonly Rule[] = [
  balancerRule(
    'BALANCER_NOT_ACTIVE',
    'wait',
    ({ name, state }) => (state === 'active' || state === '' ? undefined : `the load balancer ${name} is ${state}`),
    'Wait until the load balancer is active; when it failed, its subnets have no free addresses.',
  ),
  balancerRule(
    'LISTENER_MISSING',
    'config',
    ({ name, listeners }, endpoint) => {
      const ports = listeners.map(({ port }) => port)
      const has = ports.length === 0 ? 'has no listener' : `listens on ${ports.join(' and ')}`
      return ports.includes(portOf(endpoint))
        ? undefined
        : `the load balancer ${name} ${has}, not on ${portOf(endpoint)}`
    },
    'Add a listener for the port of the endpoint, or correct the port in the output mcp_endpoint.',
  ),
  balancerRule(
    'BALANCER_INTERNAL',
    'config',
    ({ name, scheme }) =>
      scheme === 'internal' ? `the load balancer ${name} is internal: it has private addresses only` : undefined,
    'Make the load balancer internet-facing (internal = false) in public subnets, or run this job on a runner inside the VPC.',
  ),
  balancerRule(
    'LISTENER_PROTOCOL',
    'config',
    ({ name, listeners }, endpoint) => {
      const listener = listeners.find(({ port }) => port === portOf(endpoint))
      const wanted = endpoint.protocol === 'https:' ? 'HTTPS' : 'HTTP'
      return listener === undefined || !/^HTTPS?$/.test(listener.protocol) || listener.protocol === wanted
        ? undefined
        : `the listener on port ${listener.port} of the load balancer ${name} uses ${listener.protocol}, and the endpoint has ${endpoint.protocol}//`
    },
    'Let the listener and the output mcp_endpoint agree: HTTPS with a certificate and https://, or HTTP and http://.',
  ),
  balancerRule(
    'LISTENER_DOES_NOT_FORWARD',
    'config',
    ({ name, listeners }, endpoint) => {
      const listener = listeners.find(({ port }) => port === portOf(endpoint))
      return listener?.defaultAction === 'fixed-response'
        ? `the listener on port ${listener.port} of the load balancer ${name} answers requests that no rule forwards`
        : undefined
    },
    'Add a listener rule for this host and path that forwards to the target group, or make forward the default action.',
  ),
]

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}
