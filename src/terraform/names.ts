/** Names that Terraform and its shipped modules accept. Without imports, because every event reads them. */

/** The modules in terraform/ that the input `stack` runs. */
export const shippedModules = ['ecs', 'ec2'] as const

/** Terraform accepts a workspace name that needs no escaping in a URL path. */
export const workspaceName = /^(?!\.\.?$)[A-Za-z0-9$&+:=@._~-]{1,90}$/
