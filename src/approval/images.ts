/**
 * Images that are reviewed: which image of a record an apply uses again. The plan job resolves each reference once, and the record keeps
 * the digest with the git tree that the image was built from. Pure.
 */
import type { Failure } from '../errors.ts'
import { asText, isObject } from '../json.ts'
import { approvalCodes } from './codes.ts'

/** An image in a record. Its JSON is compressed into comments, so its field names are fixed. */
export interface ReviewedImage {
  /** Name of the variable of the root module. */
  readonly variable: string
  /** The image by digest, such as `ghcr.io/acme/weather@sha256:…`. */
  readonly reference: string
  /** Path in the repository that the image was built from; absent if the input names none. */
  readonly context?: string
  /** Git's hash of the tree at that path. */
  readonly tree?: string
}

/** An image that this run passes to Terraform. */
export interface ChosenImage extends ReviewedImage {
  /** `input`: this run has resolved it. `review`: the record of the reviewed plan holds it. */
  readonly from: 'input' | 'review'
}

/** What one image of a run depends on. */
export interface ImageFacts {
  readonly variable: string
  /** The image of the reviewed plan; undefined without a record that counts. */
  readonly reviewed: ReviewedImage | undefined
  /** The git tree at the reviewed context now; undefined if it does not exist any more. */
  readonly tree: string | undefined
  /** Whether the registry still has the reviewed image; undefined until it is needed. */
  readonly isInRegistry?: boolean | undefined
  /** Whether only the reviewed image may be used. Else this run's own image replaces one that cannot be used. */
  readonly isRequired: boolean
}

export type ImageDecision =
  | { readonly use: 'review'; readonly image: ReviewedImage }
  | { readonly use: 'input'; readonly why?: string }
  | { readonly use: 'none'; readonly failure: Failure }

/** Decides which image a run uses. Without a record it is the image of the input. */
export function decideImage(facts: ImageFacts): ImageDecision {
  const { reviewed, isRequired } = facts
  if (reviewed === undefined) return { use: 'input' }
  const refusal = whyUnusable(facts, reviewed)
  if (refusal === undefined) return { use: 'review', image: reviewed }
  if (!isRequired) return { use: 'input', why: refusal.sentence }
  const { code, sentence } = refusal
  return { use: 'none', failure: { code, sentence, fix: approvalCodes[code].fix, remedy: approvalCodes[code].remedy } }
}

interface Refusal {
  readonly code: 'IMAGE_OUTDATED' | 'IMAGE_GONE'
  readonly sentence: string
}

function whyUnusable(
  { variable, tree, isInRegistry }: ImageFacts,
  { reference, context, tree: reviewedTree }: ReviewedImage,
): Refusal | undefined {
  if (context !== undefined && tree !== reviewedTree) {
    const place = context === '.' ? 'The repository' : `${context}/`
    const now = tree === undefined ? 'it does not exist any more' : `its tree is ${shortHash(tree)}`
    return {
      code: 'IMAGE_OUTDATED',
      sentence: `${place} changed after the review: the image for the variable ${variable} was built from tree ${shortHash(reviewedTree ?? '')}, and now ${now}.`,
    }
  }
  if (isInRegistry !== false) return undefined
  return {
    code: 'IMAGE_GONE',
    sentence: `The registry does not have the reviewed image of the variable ${variable} any more: ${reference}.`,
  }
}

/** The first digits of a hash, as git shows it. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12)
}

/** Reads the images of a decoded record; undefined if they have another shape. A record without images has none. */
export function readImages(value: unknown): readonly ReviewedImage[] | undefined {
  if (value === undefined) return []
  if (!Array.isArray(value)) return undefined
  const images = value.filter(isObject).flatMap(each => {
    const [variable, reference] = [asText(each.variable), asText(each.reference)]
    const [context, tree] = [asText(each.context), asText(each.tree)]
    if (variable === undefined || reference === undefined || (context === undefined) !== (tree === undefined)) return []
    return [{ variable, reference, ...(context !== undefined && tree !== undefined && { context, tree }) }]
  })
  return images.length === value.length ? images : undefined
}
