/**
 * The decision of the gate: it compares the result of each era with the request. It selects the decisive failure, the
 * warnings and the tool contract. Pure.
 */
import { type Code, codes, type Era, type Failure, failure, isInterruption } from './codes.ts'
import { type Comparison, type ContractFile, compareContracts, contractOf } from './contract.ts'
import { ERAS, type Eras } from './eras.ts'
import { type Expectations, findContractFault } from './expectations.ts'
import type { GateRequest } from './request.ts'
import type { EraResult } from './rpc.ts'
import type { Tool } from './tools.ts'

/** Returns the failure that keeps these eras from satisfying the request, or undefined when they satisfy it. Pure. */
export function decideRound(
  eras: Eras,
  { require, transport }: Pick<GateRequest, 'require' | 'transport'>,
): Failure | undefined {
  if (require === 'any') {
    if (ERAS.some(era => eras[era].verdict === 'passed')) return brokenOffer(eras)
    // The era with the most progress is most likely the one that this server supports.
    const [best] = (['legacy', 'http-sse', 'modern'] as const)
      .flatMap(era => eras[era].failure ?? [])
      .sort((a, b) => progressOf(b) - progressOf(a))
    return best ?? failure('MODERN_ABSENT', 'server/discover', 'The endpoint does not speak any era of MCP.', 'modern')
  }
  const faults = [
    ...(require === 'modern' ? [] : [legacyFault(eras, transport)]),
    ...(require === 'legacy' ? [] : [modernFault(eras)]),
  ].filter(fault => fault !== undefined)
  return faults.find(fault => codes[fault.code].final) ?? faults[0]
}

/**
 * Returns the failure of an era that the endpoint offers although another era passed, or the failure of an interrupted
 * request.
 */
function brokenOffer(eras: Eras): Failure | undefined {
  const failed = ERAS.map(era => eras[era]).filter(({ verdict }) => verdict === 'failed')
  const broken = failed.find(({ isOffered }) => isOffered)
  return (broken ?? failed.find(({ failure: fault }) => fault && isInterruption(fault)))?.failure
}

/**
 * Merges the eras of several passing rounds: an era that failed in any round has failed, and all warnings are
 * collected. Pure.
 *
 * @param rounds rounds in order; undefined is returned without any
 */
export function mergeRounds(rounds: readonly Eras[]): Eras | undefined {
  const last = rounds.at(-1)
  if (last === undefined) return undefined
  const merge = (era: Era): EraResult => {
    const all = rounds.map(eras => eras[era])
    const worst = all.findLast(({ verdict }) => verdict === 'failed') ?? last[era]
    return { ...last[era], ...worst, warnings: [...new Set(all.flatMap(({ warnings }) => warnings))] }
  }
  return { modern: merge('modern'), legacy: merge('legacy'), 'http-sse': merge('http-sse') }
}

/**
 * Returns the FLAPPING failure when exactly one of two consecutive rounds passed an era. It applies only when any era
 * may pass. Pure.
 */
export function disagreement(
  before: Eras | undefined,
  now: Eras,
  { require }: Pick<GateRequest, 'require'>,
): Failure | undefined {
  if (before === undefined || require !== 'any') return undefined
  const era = ERAS.find(each => (before[each].verdict === 'passed') !== (now[each].verdict === 'passed'))
  if (era === undefined) return undefined
  const other = before[era].failure ?? now[era].failure
  const shown = other === undefined ? '' : ` It did not: ${other.sentence}`
  const sentence = `FLAPPING: of two rounds in a row one passed the ${era} era and the other did not.${shown}`
  return failure('FLAPPING', other?.step ?? 'rounds', sentence, era)
}

function legacyFault(eras: Eras, transport: GateRequest['transport']): Failure | undefined {
  const era = eras[transport === 'sse' ? 'http-sse' : 'legacy']
  if (era.verdict === 'passed') return undefined
  if (transport !== 'sse' && eras['http-sse'].verdict === 'passed') {
    return failure('OLD_TRANSPORT', 'initialize', 'The endpoint has only HTTP+SSE (2024-11-05).', 'http-sse')
  }
  return era.failure ?? eras['http-sse'].failure
}

function modernFault({ modern, legacy, 'http-sse': sse }: Eras): Failure | undefined {
  if (modern.verdict === 'passed') return undefined
  if (modern.verdict === 'failed' && modern.failure) return modern.failure
  // When an older era works, the modern era is absent because of the server's age; otherwise the endpoint's own reason
  // applies.
  const isOlder = legacy.verdict === 'passed' || sse.verdict === 'passed' || legacy.failure?.code === 'SESSION_LOST'
  const refused = modern.failure?.sentence ?? ''
  return isOlder || !modern.failure
    ? failure(
        'MODERN_ABSENT',
        'server/discover',
        `The server does not offer revision 2026-07-28. ${refused}`.trim(),
        'modern',
      )
    : modern.failure
}

function progressOf({ code, step }: Failure): number {
  const layers = ['DNS', 'TCP', 'TLS', 'HTTP', 'MCP']
  const refusesEra = code === 'LEGACY_CLIENTS_LOCKED_OUT' || (step === 'server/discover' && code.startsWith('RPC_'))
  return (step === 'tools/list' ? 10 : 0) + (refusesEra ? -10 : 0) + layers.indexOf(codes[code].layer)
}

/** Codes whose meaning is the same for any client, or that already name the era. */
const ERA_INDEPENDENT_CODES: readonly Code[] = [
  'LEGACY_CLIENTS_LOCKED_OUT',
  'MODERN_ABSENT',
  'NO_TOOLS_CAPABILITY',
  'TOOL_MISSING',
  'CONTRACT_BROKEN',
  'CALL_FAILED',
  'CALL_UNEXPECTED',
  'CALL_NOT_ALLOWED',
  'HOST_INCOMPATIBLE',
  'OLD_REVISION',
  'FLAPPING',
]

/**
 * Converts the failure of one era, while the other era works, into the code for half of the clients. The original code
 * becomes the cause; its action and fix stay. Pure.
 */
export function asSingleEraFailure(fault: Failure, { modern, legacy }: Eras): Failure {
  if (ERA_INDEPENDENT_CODES.includes(fault.code)) return fault
  const [code, other] =
    fault.era === 'legacy' && modern.verdict === 'passed'
      ? (['MODERN_OK_LEGACY_BROKEN', 'modern'] as const)
      : fault.era === 'modern' && legacy.verdict === 'passed'
        ? (['LEGACY_OK_MODERN_BROKEN', 'legacy'] as const)
        : []
  if (code === undefined) return fault
  const sentence = `${capital(codes[code].meaning)}. ${fault.code}: ${fault.sentence}`
  const fix = `${fault.fix} Or set mcp-require: ${other} when those clients do not matter.`
  return { ...fault, code, cause: fault.code, sentence, fix }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Returns the failure when clients of the committed contract cannot use the tools of the newest passing era. Pure. */
export function contractFault(eras: Eras, expected: Expectations, secrets: readonly string[]): Failure | undefined {
  const era = ERAS.find(each => eras[each].verdict === 'passed')
  const refusal = era && findContractFault(eras[era].tools ?? [], expected, secrets)
  return refusal && failure(refusal.code, 'tools/list', refusal.sentence, era)
}

/**
 * Returns the failure of a missing contract file. It is checked last, so that the report is complete and contains the
 * contract to commit. Pure.
 */
export function missingContractFailure({ contract }: GateRequest): Failure | undefined {
  if (contract === undefined || contract.tools !== undefined) return undefined
  const sentence = `The endpoint speaks MCP, but there is no ${contract.path} in the repository to compare its tools with.`
  return failure('CONTRACT_MISSING', 'contract', sentence)
}

/** Returns the tools of the newest era that passed; the report shows these. */
function toolsOf(eras: Eras): readonly Tool[] {
  return ERAS.map(era => eras[era]).find(({ verdict }) => verdict === 'passed')?.tools ?? []
}

/**
 * Returns the current contract and its comparison; undefined when no era passed or no contract can be computed. Pure.
 */
export function contractIn(
  eras: Eras,
  committed: readonly Tool[] | undefined,
): (ContractFile & { readonly comparison?: Comparison }) | undefined {
  if (!ERAS.some(era => eras[era].verdict === 'passed')) return undefined
  const now = contractOf(toolsOf(eras))
  return now && { ...now, ...(committed && { comparison: compareContracts(committed, now.tools) }) }
}

/** Collects the warnings for people; none of them decides the verdict. Pure. */
export function warningsOf(eras: Eras): readonly string[] {
  const { modern, legacy, 'http-sse': sse } = eras
  const warnings = [modern, legacy, sse].flatMap(era => era.warnings)
  for (const era of [modern, legacy]) {
    if (era.verdict !== 'failed' || era.failure === undefined) continue
    const { code, cause, sentence, fix } = asSingleEraFailure(era.failure, eras)
    if (modern.verdict === 'passed' || legacy.verdict === 'passed')
      warnings.push(`${code}${cause ? ` (${cause})` : ''}: ${sentence} ${fix}`)
  }
  if (sse.verdict === 'passed') {
    warnings.push(
      `OLD_TRANSPORT: only HTTP+SSE (2024-11-05) is served, deprecated since 2025-03-26. ${codes.OLD_TRANSPORT.fix}`,
    )
  }
  if (modern.tools && legacy.tools && namesOf(modern).join('\n') !== namesOf(legacy).join('\n'))
    warnings.push('The modern and the legacy era list different tools; the report shows those of the modern era.')
  return [...new Set(warnings)]
}

/** Returns the distinct tool names of an era, sorted. */
export function namesOf(era: EraResult | undefined): string[] {
  return [...new Set(era?.tools?.map(({ name }) => name))].sort()
}
