/** Comments of a pull request without the notices that tell the person who merged of a failed deployment. */

/** Whether a comment is not such a notice, which has a marker of its own. */
export function isNoNotice(body: string): boolean {
  return !body.startsWith('<!-- terraform-mcp-deploy-failure:')
}
