/**
 * The images of the input reviewed-images: which of them this run plans with, before it plans. Without the input nothing is done, and
 * nothing is loaded.
 */
import type { ReviewedPullRequest } from '../approval/review.ts'
import { ServiceError } from '../errors.ts'
import type { Target } from '../platforms/platform.ts'
import type { Terraform } from '../terraform/cli.ts'
import type { Job } from './job.ts'
import type { ImageUse } from './resolve-images.ts'

/**
 * Chooses the images, passes them to Terraform and records them.
 * @param pullRequest the pull request with the reviewed plan
 * @returns whether the run may go on
 */
export async function chooseImages(
  job: Job,
  terraform: Terraform,
  pullRequest: ReviewedPullRequest | undefined,
  use: ImageUse,
): Promise<boolean> {
  if (job.inputs.reviewedImages.length === 0) return true
  const { resolveImages } = await import('./resolve-images.ts')
  return await job.check('approval', async () => ({
    failure: await resolveImages(job, terraform, pullRequest, use),
  }))
}

/** Chooses the images of a plan that is not applied. @throws ServiceError if there is an image that cannot be used */
export async function chooseCurrentImages(job: Job, terraform: Terraform): Promise<void> {
  if (job.inputs.reviewedImages.length === 0) return
  const { resolveImages } = await import('./resolve-images.ts')
  const failure = await resolveImages(job, terraform, undefined, 'current')
  if (failure !== undefined) throw new ServiceError(failure.sentence)
}

/** Passes the images as they are written, for a destroy, which deploys none of them. */
export function passImagesUnresolved(job: Job, terraform: Terraform): void {
  const { reviewedImages } = job.inputs
  terraform.setVariables(
    Object.fromEntries(reviewedImages.map(({ variable, reference }) => [variable, reference?.text ?? ''])),
  )
}

/** Records the digests that the platform runs, to be compared with the reviewed ones. An error is a warning. */
export async function recordRunningImages(job: Job, serving: Target): Promise<void> {
  if ((job.report.images ?? []).length === 0) return
  const { readRunningImages } = await import('../platforms/index.ts')
  const running = await job.orWarn(() => readRunningImages(serving))
  if (running !== undefined) job.record({ runningImages: running })
}
