/**
 * Advice for findings in the shipped modules. With the input `stack` nobody can edit a resource, so the advice names the variable
 * of the module. Without such a variable, the input accept-rules is the only way on.
 */
import type { RuleName } from './names.ts'

const accept = (rule: string): string =>
  `The module has no variable for this. If you want the change, accept the finding in the input accept-rules: "${rule}: REASON".`

/** The advice by module and rule. test/rules/module-advice.test.ts compares the variables with the modules. */
export const moduleAdvice: Readonly<Record<string, Readonly<Partial<Record<RuleName, string>>>>> = {
  ecs: {
    'service-replaced':
      'Undo the change of the variable name: it names every resource. To rename, deploy a second stack and move the clients to it.',
    'load-balancer-replaced': 'Undo the change of the variables name and network, which force the replacement.',
    'dns-record-removed':
      'Keep the variable dns. To rename, deploy a second stack with the new name and move the clients to it.',
    'certificate-destroyed': 'Keep the variable dns or certificate, or change them in a deployment of their own.',
    'endpoint-changed': 'Keep the variables dns, certificate and mcp.path until every client has the new URL.',
    'sessions-dropped': 'Make the server stateless, or apply while few people use the server.',
    'stateful-many-tasks':
      'Set scaling.min and scaling.max to 1, or make the server stateless and set mcp.stateful = false.',
    'idle-timeout-short': 'Set load_balancer.idle_timeout to 300 seconds, or to the longest silent tool call.',
    'deregistration-delay': 'Set load_balancer.deregistration_delay to 30 to 60 seconds.',
    'http-without-redirect': 'Set the variable dns or certificate, and remove allow_insecure_http.',
    'iam-widened': 'Name actions and ARNs in the variable task_role_policies.',
    'secret-in-environment': 'Move it from the variable environment to secrets or managed_secrets.',
    'health-path-is-mcp-path': 'Set health_check.path to a path that answers 200, such as /health.',
    'same-image-redeployed': 'Name the new image in the variable image, by its digest or by a unique tag.',
    'image-tag-latest': 'Name the image in the variable image by its digest or by a unique tag.',
    'deletion-protection-off': 'Set load_balancer.deletion_protection = true. For a trial, leave it off.',
  },
  lambda: {
    'dns-record-removed': 'Keep the variable dns until every client has the new name.',
    'certificate-destroyed': 'Keep the variable dns, or change it in a deployment of its own.',
    'endpoint-changed': 'Keep the variables dns, address and mcp_path until every client has the new URL.',
    'url-replaced': 'Undo the change of the variables name and address, or set dns before.',
    'replaces-endpoint': 'Undo the change of the variable name or of image to package, or set dns before.',
    'call-timeout-short': 'Set the variable timeout to 30 seconds or more.',
    'iam-widened': 'Name actions and ARNs in the variable role_policies.',
    'secret-in-environment': 'Let the server read it itself, with a policy in the variable role_policies.',
  },
  agentcore: {
    'url-replaced': 'Undo the change of the variable name, or move all clients to the new URL.',
    'endpoint-changed': 'Keep the variables name and endpoint_name until every client has the new URL.',
    'iam-widened': 'Name actions and ARNs in the variable role_policies.',
    'secret-in-environment': 'Let the server read it itself, with a policy in the variable role_policies.',
  },
  ec2: {
    'instance-replaced':
      'A change of the variables instance, git, npm, build_command or start_command makes a new instance. Apply while nobody uses the server.',
    'instance-restarted': 'Undo the change of the variable instance, or apply while nobody uses the server.',
    'dns-record-removed': 'Keep the variable dns until every client has the new name.',
    'endpoint-changed': 'Keep the variables dns, domain_name and mcp.path until every client has the new URL.',
    'sessions-dropped': 'Apply while few people use the server.',
    'port-open-to-world': 'Set allowed_cidrs and ssh.allowed_cidrs to your own address ranges.',
    'iam-widened': 'Name actions and ARNs in the variable role_policies.',
    'secret-in-environment': 'Move it from the variable environment to secrets.',
  },
}

/** The advice for a finding in a shipped module. @param stack the input stack */
export function adviceForStack(stack: string, rule: string): string {
  return moduleAdvice[stack]?.[rule as RuleName] ?? accept(rule)
}
