/** Resolves the images of the input reviewed-images, or takes them from the record of the reviewed plan. */

import { approvalCodes } from '../approval/codes.ts'
import { readContextTree } from '../approval/context-tree.ts'
import { type ChosenImage, decideImage, type ReviewedImage, shortHash } from '../approval/images.ts'
import { lineageInState } from '../approval/lineage.ts'
import {
  type RecordedImages,
  type ReviewedPullRequest,
  readEarlierImages,
  readRecordedImages,
} from '../approval/review.ts'
import { CancelledError, type Failure, InputError, messageOf } from '../errors.ts'
import { isCommentOf } from '../github/comment-owner.ts'
import type { ImageInput } from '../inputs.ts'
import { line, log } from '../log.ts'
import { readImageDigest } from '../platforms/images/image.ts'
import { byDigest, type ImageReference, parseReference } from '../platforms/images/reference.ts'
import type { Terraform } from '../terraform/cli.ts'
import type { Job } from './job.ts'
import { mergedPullRequest } from './merged-pull-request.ts'
import { bindingOf } from './prepare.ts'

/**
 * What a run plans with. `own`: the images of its input, which it puts up for review. `reviewed`: the images of the reviewed plan, if one
 * counts. `current`: the same, but the images of the input replace those that cannot be used.
 */
export type ImageUse = 'own' | 'reviewed' | 'current'

/**
 * Chooses the image of each line, passes them to Terraform and records them. Nothing is changed.
 * @returns why an image cannot be used; undefined if all are chosen
 * @throws InputError for a context that the commit does not have; ServiceError if GitHub or git does not answer
 */
export async function resolveImages(
  job: Job,
  terraform: Terraform,
  pullRequest: ReviewedPullRequest | undefined,
  use: ImageUse,
): Promise<Failure | undefined> {
  const recorded = await readReviewed(job, terraform, pullRequest, use)
  if (recorded.record !== undefined) job.signedRecord = recorded.record
  const isRequired = use === 'reviewed' && job.inputs.planApproval === 'reviewed'
  const chosen: ChosenImage[] = []
  for (const input of job.inputs.reviewedImages) {
    const reviewed = await findReviewed(job, input, recorded)
    const image = await chooseImage(job, input, { reviewed, isRequired, why: recorded.why })
    if ('code' in image) return image
    log.line(line`${describeImage(image)}`)
    chosen.push(image)
  }
  terraform.setVariables(Object.fromEntries(chosen.map(({ variable, reference }) => [variable, reference])))
  // The record of a plan is known only with that plan.
  job.signedRecord = undefined
  job.record({ images: chosen })
  return undefined
}

/** The images of the reviewed plan, and how to read those of the plans that were merged before it. */
interface Reviewed extends RecordedImages {
  /** One request to GitHub for each of at most ten pull requests. */
  readonly readEarlier: () => Promise<readonly ReviewedImage[]>
}

const nothingReviewed: Reviewed = { images: [], readEarlier: async () => [] }

/** Reads the images of the reviewed plan. They count for no run that puts up its own images, or that needs no approval. */
async function readReviewed(
  job: Job,
  terraform: Terraform,
  pullRequest: ReviewedPullRequest | undefined,
  use: ImageUse,
): Promise<Reviewed> {
  const { planApproval, planApprovalKey: key } = job.inputs
  if (use === 'own' || planApproval === 'none') return nothingReviewed
  const read = async (): Promise<Reviewed> => {
    const github = await job.github()
    const merged = use === 'current' && pullRequest === undefined ? await mergedPullRequest(job, 0) : pullRequest
    if (github === undefined || merged === undefined) return nothingReviewed
    const lineage = key === '' ? lineageInState(await terraform.pullState()) || undefined : undefined
    const request = { ...bindingOf(job), secrets: { key, lineage } }
    const source = {
      readComment: (number: number) => github.readComment(number, body => isCommentOf(job, body)),
      mergedPullRequests: (branch: string) => github.mergedPullRequests(branch),
    }
    let earlier: Promise<readonly ReviewedImage[]> | undefined
    const readEarlier = () => (earlier ??= readEarlierImages(request, merged, source))
    return { ...(await readRecordedImages(request, merged, source)), readEarlier }
  }
  if (use === 'reviewed') return await read()
  try {
    return await read()
  } catch (error) {
    if (error instanceof CancelledError) throw error
    log.warning(
      line`The reviewed images could not be read, so this plan has the images of the input: ${messageOf(error)}`,
    )
    return nothingReviewed
  }
}

/**
 * Finds the reviewed image of a variable. If another merge has changed its source since, that is the image which was reviewed there for
 * the source as it is now.
 */
async function findReviewed(
  job: Job,
  { variable }: ImageInput,
  { images, readEarlier }: Reviewed,
): Promise<ReviewedImage | undefined> {
  const own = images.find(each => each.variable === variable)
  if (own?.context === undefined) return own
  const { context } = own
  const tree = await treeOf(job, context)
  if (tree === own.tree) return own
  const isSame = (each: ReviewedImage) => each.variable === variable && each.context === context && each.tree === tree
  return (await readEarlier()).find(isSame) ?? own
}

/** What the choice of one image depends on. */
interface Choice {
  readonly reviewed: ReviewedImage | undefined
  readonly isRequired: boolean
  /** Why no record counts. */
  readonly why: string | undefined
}

async function chooseImage(job: Job, input: ImageInput, choice: Choice): Promise<ChosenImage | Failure> {
  const { reviewed, isRequired, why } = choice
  const { variable } = input
  const context = reviewed?.context
  const tree = context === undefined ? undefined : await treeOf(job, context)
  const facts = { variable, reviewed, tree, isRequired }
  let decision = decideImage(facts)
  if (decision.use === 'review') {
    const { reference } = decision.image
    const found = await lookUp(job, variable, parseReference(reference), reference)
    if (typeof found === 'object') return found
    decision = decideImage({ ...facts, isInRegistry: found !== undefined })
  }
  if (decision.use === 'review') return { ...decision.image, from: 'review' }
  if (decision.use === 'none') return decision.failure
  if (decision.why !== undefined) log.notice(line`${decision.why} This plan has the image of the input instead.`)
  return await resolveInput(job, input, why)
}

/** Resolves the reference of the input, once. */
async function resolveInput(
  job: Job,
  { variable, reference, context }: ImageInput,
  why: string | undefined,
): Promise<ChosenImage | Failure> {
  const tree = context === undefined ? undefined : await treeOf(job, context)
  if (context !== undefined && tree === undefined) {
    throw new InputError(
      `Input reviewed-images names the context "${context}" for the variable ${variable}: the checked-out commit has no such path.`,
    )
  }
  const because = why === undefined ? '' : ` No reviewed image is known instead: ${why}`
  if (reference === undefined)
    return unresolved(`Input reviewed-images has no reference for the variable ${variable}.${because}`)
  const digest = await lookUp(job, variable, reference, reference.text)
  if (typeof digest === 'object') return digest
  if (digest === undefined) {
    return unresolved(
      `The registry ${reference.registry} does not have the image of the variable ${variable}: ${reference.text}.${because}`,
    )
  }
  const built = context === undefined || tree === undefined ? {} : { context, tree }
  return { variable, reference: byDigest(reference, digest), ...built, from: 'input' }
}

/** Returns the digest of an image, undefined if its registry does not have it, or the failure if the registry does not say. */
async function lookUp(
  job: Job,
  variable: string,
  reference: ImageReference | undefined,
  text: string,
): Promise<string | undefined | Failure> {
  try {
    if (reference === undefined) return undefined
    return await readImageDigest(reference, { env: process.env, signal: job.signal })
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return unresolved(
      `The registry ${reference?.registry ?? ''} was asked for the image of the variable ${variable}, ${text}, and ${messageOf(error)}.`,
    )
  }
}

function unresolved(sentence: string): Failure {
  const { fix, remedy } = approvalCodes.IMAGE_UNRESOLVED
  return { code: 'IMAGE_UNRESOLVED', sentence, fix, remedy }
}

async function treeOf({ inputs }: Job, context: string): Promise<string | undefined> {
  try {
    return await readContextTree(context, inputs.workingDirectory, process.env)
  } catch (error) {
    throw new InputError(
      `Input reviewed-images names the context "${context}", whose tree cannot be read: ${messageOf(error)}. Check the code out with actions/checkout, with git on the runner.`,
    )
  }
}

function describeImage({ variable, reference, context, tree, from }: ChosenImage): string {
  const built = context === undefined ? '' : ` (built from ${context}, tree ${shortHash(tree ?? '')})`
  return `${variable}: ${reference}${built}, ${from === 'review' ? 'as reviewed' : 'resolved in this run'}`
}
