/** Names of shipped modules and workspaces. The file has no imports, because every event loads it. */

/** The modules in terraform/ that the input `stack` runs. */
export const shippedModules = ['ecs', 'ec2', 'lambda', 'agentcore'] as const

/** A valid workspace name: Terraform requires that it needs no escaping in a URL path. */
export const workspaceNamePattern = /^(?!\.\.?$)[A-Za-z0-9$&+:=@._~-]{1,90}$/
