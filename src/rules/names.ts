/** The names of all plan rules, in the order of docs/plan-rules.md. Without imports, because every event reads them. */
export const ruleNames = [
  'instance-replaced',
  'instance-restarted',
  'service-replaced',
  'load-balancer-replaced',
  'address-released',
  'dns-record-removed',
  'certificate-destroyed',
  'endpoint-changed',
  'left-unmanaged',
  'replaces-endpoint',
  'lambda-without-alias',
  'function-url-one-permission',
  'agentcore-endpoint-unpinned',
  'express-health-path',
  'pause-hook-with-wait',
  'url-replaced',
  'response-buffered',
  'call-timeout-short',
  'function-open-to-world',
  'sessions-dropped',
  'stateful-many-tasks',
  'idle-timeout-short',
  'deregistration-delay',
  'http-without-redirect',
  'port-open-to-world',
  'iam-widened',
  'secret-in-state',
  'secret-in-environment',
  'health-path-is-mcp-path',
  'same-image-redeployed',
  'image-tag-latest',
  'no-circuit-breaker',
  'tasks-stopped-first',
  'revision-deregistered',
  'deletion-protection-off',
] as const

export type RuleName = (typeof ruleNames)[number]

/** Whether somebody's text is the name of a rule. */
export function isRuleName(name: string): name is RuleName {
  return ruleNames.some(each => each === name)
}
