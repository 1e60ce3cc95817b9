/**
 * From what each era showed to whether that is what was asked for: which failure decides, what is only warned of, and
 * what became of the tool contract. Pure.
 */
import { codes, type Failure, failure } from './codes.ts'
import { type Comparison, type ContractFile, compareContracts, contractOf } from './contract.ts'
import { ERAS, type Eras } from './eras.ts'
import { clean, secretsOf } from './quote.ts'
import type { GateRequest } from './request.ts'
import type { EraResult } from './rpc.ts'
import type { Tool } from './tools.ts'
import type { Line } from './wire.ts'

/** The failure that keeps these eras from satisfying the request, or undefined when they do. Pure. */
export function judge(
  eras: Eras,
  { require, transport }: Pick<GateRequest, 'require' | 'transport'>,
): Failure | undefined {
  if (require === 'any') {
    if (ERAS.some(era => eras[era].verdict === 'passed')) return undefined
    // The era that came furthest is the one this server means to speak.
    const [best] = (['legacy', 'http-sse', 'modern'] as const)
      .flatMap(era => eras[era].failure ?? [])
      .sort((a, b) => progressOf(b) - progressOf(a))
    return best ?? failure('MODERN_ABSENT', 'server/discover', 'The endpoint speaks no era of MCP.', 'modern')
  }
  const faults = [
    ...(require === 'modern' ? [] : [legacyFault(eras, transport)]),
    ...(require === 'legacy' ? [] : [modernFault(eras)]),
  ].filter(fault => fault !== undefined)
  return faults.find(fault => codes[fault.code].final) ?? faults[0]
}

function legacyFault(eras: Eras, transport: GateRequest['transport']): Failure | undefined {
  const era = eras[transport === 'sse' ? 'http-sse' : 'legacy']
  if (era.verdict === 'passed') return undefined
  if (transport !== 'sse' && eras['http-sse'].verdict === 'passed') {
    return failure('OLD_TRANSPORT', 'initialize', 'The endpoint speaks only HTTP+SSE (2024-11-05).', 'http-sse')
  }
  return era.failure ?? eras['http-sse'].failure
}

function modernFault({ modern, legacy, 'http-sse': sse }: Eras): Failure | undefined {
  if (modern.verdict === 'passed') return undefined
  if (modern.verdict === 'failed' && modern.failure) return modern.failure
  // Absent because of its age when an older era is there; else for the reason the endpoint gave.
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

/** Whether a client of the committed contract can still use what is served. Pure. */
export function judgeContract(eras: Eras, { headers }: Line, { contract }: GateRequest): Failure | undefined {
  if (contract?.tools === undefined) return undefined
  const now = contractOf(toolsOf(eras))
  const broken = (what: string): Failure =>
    failure('CONTRACT_BROKEN', 'tools/list', `The tools are not those of ${contract.path}: ${what}.`)
  if (now === undefined) return broken('a schema is nested too deep to be compared')
  const { removed, breaking } = compareContracts(contract.tools, now.tools)
  const secrets = secretsOf(headers)
  const changes = [
    ...removed.map(name => `"${clean(name, secrets)}" is gone`),
    ...breaking.map(({ tool, path, what }) => `"${clean(tool, secrets)}" ${clean(`${path} ${what}`, secrets)}`),
  ]
  if (changes.length === 0) return undefined
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : ''
  return broken(`${changes.slice(0, 3).join('; ')}${more}`)
}

/** Said last, so that the report is whole: the file is missing, and this run has it. Pure. */
export function withoutContract({ contract }: GateRequest): Failure | undefined {
  if (contract === undefined || contract.tools !== undefined) return undefined
  const sentence = `The endpoint speaks MCP, but there is no ${contract.path} in the repository to compare its tools with.`
  return failure('CONTRACT_MISSING', 'contract', sentence)
}

/** The tools that the report is about: those of the newest era that passed. */
function toolsOf(eras: Eras): readonly Tool[] {
  return ERAS.map(era => eras[era]).find(({ verdict }) => verdict === 'passed')?.tools ?? []
}

/** The contract that is served; absent when no era passed or nothing of it can be compared. Pure. */
export function contractIn(
  eras: Eras,
  committed: readonly Tool[] | undefined,
): (ContractFile & { readonly comparison?: Comparison }) | undefined {
  if (!ERAS.some(era => eras[era].verdict === 'passed')) return undefined
  const now = contractOf(toolsOf(eras))
  return now && { ...now, ...(committed && { comparison: compareContracts(committed, now.tools) }) }
}

/** What a person should know although it does not decide. Pure. */
export function warningsOf({ modern, legacy, 'http-sse': sse }: Eras): readonly string[] {
  const warnings = [modern, legacy, sse].flatMap(era => era.warnings)
  if (modern.verdict === 'passed' && legacy.verdict === 'failed' && legacy.failure) {
    const { code, sentence, fix } = legacy.failure
    const name = code === 'LEGACY_CLIENTS_LOCKED_OUT' ? code : `MODERN_OK_LEGACY_BROKEN (${code})`
    warnings.push(`${name}: clients that open with initialize cannot use this server. ${sentence} ${fix}`)
  }
  if (legacy.verdict === 'passed' && modern.verdict === 'failed' && modern.failure) {
    const { code, sentence, fix } = modern.failure
    warnings.push(
      `LEGACY_OK_MODERN_BROKEN (${code}): clients of revision 2026-07-28 cannot use this server. ${sentence} ${fix}`,
    )
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

/** The names of an era's tools, sorted, each once. */
export function namesOf(era: EraResult | undefined): string[] {
  return [...new Set(era?.tools?.map(({ name }) => name))].sort()
}
