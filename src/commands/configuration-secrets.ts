/** Makes the secrets of the configuration known before anything foreign is logged, also if Terraform does not run. */
import { secrets } from '../log.ts'
import { shippedModuleDirectory } from '../terraform/root-module.ts'
import { backendSecrets, sensitiveVariableValues } from '../terraform/sensitive-variables.ts'
import type { Job } from './job.ts'

/** Adds the values of sensitive variables and the credentials of the backend. */
export function addConfigurationSecrets({ inputs }: Pick<Job, 'inputs'>): void {
  const { workingDirectory, stack, varFiles, backendConfig } = inputs
  const directories = [workingDirectory, ...(stack === undefined ? [] : [shippedModuleDirectory(stack)])]
  secrets.add(
    ...backendSecrets(backendConfig, workingDirectory),
    ...sensitiveVariableValues({ directories, varFiles, env: process.env }),
  )
}
