/** Times of clients for services on this machine: short delays between tries, and as long for one answer as always. */
import { defaultGitHubTimes, type GitHubTimes } from '../../src/github/api.ts'

export const quickGitHubTimes: GitHubTimes = { ...defaultGitHubTimes, retryDelaysMs: [1, 2, 4], mergeDelayMs: 10 }
