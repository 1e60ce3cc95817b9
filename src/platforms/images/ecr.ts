/** Images in a private repository of Amazon ECR (Amazon ECR API Reference, DescribeImages). */
import { type AwsTimes, awsOptions } from '../aws/client.ts'
import type { EcrRegistry, ImageReference } from './reference.ts'

/** Reads the digest of an image; undefined if the registry does not have it. Throws the SDK's errors otherwise. */
export async function describeEcrImage(
  { account, region }: EcrRegistry,
  { repository, tag, digest }: ImageReference,
  times?: AwsTimes,
): Promise<string | undefined> {
  const { DescribeImagesCommand, ECRClient } = await import('../aws/sdk.ts')
  const client = new ECRClient(awsOptions(region, times))
  const imageId = digest === undefined ? { imageTag: tag } : { imageDigest: digest }
  try {
    const { imageDetails = [] } = await client.send(
      new DescribeImagesCommand({ registryId: account, repositoryName: repository, imageIds: [imageId] }),
    )
    return imageDetails[0]?.imageDigest
  } catch (error) {
    if (error instanceof Error && /^(?:Image|Repository)NotFoundException$/.test(error.name)) return undefined
    throw error
  } finally {
    client.destroy()
  }
}
