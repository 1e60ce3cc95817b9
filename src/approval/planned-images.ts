/** Checks that Terraform has planned with the images of the input reviewed-images. Pure. */
import { InputError } from '../errors.ts'
import type { PlanJson } from '../terraform/json.ts'
import type { ReviewedImage } from './images.ts'

/**
 * Asserts that the root module has the variable of each image, and that the plan has its value.
 * @throws InputError that names the variable
 */
export function assertImagesPlanned(
  { configuration, variables = {} }: PlanJson,
  images: readonly ReviewedImage[],
): void {
  const declared = configuration?.root_module?.variables ?? {}
  for (const { variable, reference } of images) {
    if (!Object.hasOwn(declared, variable)) {
      const names = Object.keys(declared)
      throw new InputError(
        `Input reviewed-images names the variable "${variable}", which the root module does not have: ` +
          `${names.length === 0 ? 'it has no variables' : `its variables are ${names.join(', ')}`}.`,
      )
    }
    // A plan does not hold the value of an ephemeral variable.
    const planned = Object.hasOwn(variables, variable) ? variables[variable]?.value : reference
    if (planned !== reference) {
      throw new InputError(
        `Terraform has planned with another value of the variable "${variable}" than the image ${reference} of the input reviewed-images: ` +
          'remove the variable from TF_CLI_ARGS and TF_CLI_ARGS_plan.',
      )
    }
  }
}
