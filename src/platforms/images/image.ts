/** The digest of a container image in its registry: Amazon ECR by its API, every other one by the distribution specification. */
import { messageOf, ServiceError } from '../../errors.ts'
import { isDenied } from '../aws/client.ts'
import { ecrRegistry, type ImageReference } from './reference.ts'
import type { RegistryContext } from './registry.ts'

/** The IAM action that reads the digest of an image in Amazon ECR. */
export const ecrPermission = 'ecr:DescribeImages'

/**
 * Reads the digest of an image, which for a reference by digest is that digest.
 * @returns undefined if the registry does not have the image
 * @throws ServiceError with the reason as a clause without a full stop; CancelledError
 */
export async function readImageDigest(
  reference: ImageReference,
  context: RegistryContext,
): Promise<string | undefined> {
  const ecr = ecrRegistry(reference.registry)
  if (ecr === undefined) return await (await import('./registry.ts')).readRegistryDigest(reference, context)
  const { describeEcrImage } = await import('./ecr.ts')
  try {
    return await describeEcrImage(ecr, reference)
  } catch (error) {
    if (!isDenied(error)) throw new ServiceError(`it answers: ${messageOf(error)}`)
    throw new ServiceError(`the role of this job may not read it: give the role ${ecrPermission} on the repository`)
  }
}
