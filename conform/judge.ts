import type { Control } from '../checker/limits.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import { scenario as scenarioOf } from '../spec/internet/scenario.ts'
import type { Protocol, Variant } from '../spec/protocol.ts'
import type { End } from '../spec/roaming.ts'
import { explainLog, type LogVerdict, type Pace } from './explain-log.ts'
import { hipMapping } from './hip-mapping.ts'
import { tabled } from './lately.ts'
import type { Mapping } from './mapping.ts'
import { mipMapping } from './mip-mapping.ts'
import { mipv6Mapping } from './mipv6-mapping.ts'
import { mobikeMapping } from './mobike-mapping.ts'
import { inOrder, LATENCY, LogError, type LogLine, type Mapped } from './observation.ts'
import { quicMapping } from './quic-mapping.ts'
import { sipMapping } from './sip-mapping.ts'
import { wireGuardMapping } from './wireguard-mapping.ts'

/** Protocols whose logs can be read. */
export const mappings: Readonly<Record<string, Mapping>> = {
  sip: sipMapping,
  mipv6: mipv6Mapping,
  mip: mipMapping,
  hip: hipMapping,
  wireguard: wireGuardMapping,
  mobike: mobikeMapping,
  quic: quicMapping,
}

/** @throws LogError where there is none */
export function mappingOf(protocol: Protocol): Mapping {
  const mapping = mappings[protocol.name]
  if (mapping !== undefined) return mapping
  throw new LogError(
    `There is no mapping of logs for '${protocol.name}'. There are mappings for: ${Object.keys(mappings).join(', ')}.`,
  )
}

export interface Judged {
  readonly verdict: LogVerdict
  readonly mapped: Mapped
  /** Moves that were assumed, shown or not, and losses. */
  readonly moves: Readonly<Record<string, number>>
  readonly losses: number
  readonly scenario: Scenario
}

export interface JudgeOptions {
  readonly most: number
  readonly tolerance: number
  /** Seconds that a packet is on its way at most; `LATENCY` if it does not say. */
  readonly latency?: number
  /** How the log is read, if not by the protocol's own mapping. */
  readonly mapping?: Mapping
  readonly control?: Control
  readonly pace?: Pace
}

/** Judges a log: with the moves that it shows and no loss first; then with the fewest more that explain it. */
export function judge(protocol: Protocol, variant: Variant, lines: readonly LogLine[], options: JudgeOptions): Judged {
  const mapping = options.mapping ?? mappingOf(protocol)
  if (lines.length === 0) throw new LogError('The log is empty: nothing can be said of it.')
  const { latency = LATENCY } = options
  const mapped = mapping.map(inOrder(lines), latency)
  const shown = Object.fromEntries(
    Object.entries(mapped.stops).map(([host, stops]) => [host, Math.max(0, stops.length - 1)]),
  )
  let best: Judged | null = null
  for (const { a, b, losses, showsTheDead, back, late } of ATTEMPTS) {
    // Without a server there is nothing that only a server's log leaves out.
    if (showsTheDead && !mapped.showsServers) continue
    if (late === true && mapped.furtherOptions === undefined) continue
    if (back === true && !isAway(a > 0 ? 'a' : 'b', mapped, latency)) continue
    const moves = { a: (shown.a ?? 0) + a, b: (shown.b ?? 0) + b }
    const scenario = {
      ...scenarioFor(variant, mapped, { hidden: { a, b }, back }, losses, {
        ...mapping.options,
        ...mapped.options,
        ...(late === true ? mapped.furtherOptions : {}),
      }),
      links: mapping.links ?? 'fifo',
      copies: copiesWithin(latency),
    }
    // What may have gone wrong besides only leaves more open: where nothing is known without it, an explanation may still be found soon.
    const isQuick = best?.verdict.kind === 'inconclusive'
    const verdict = explainLog(tabled(protocol, variant, scenario), mapped, {
      ...options,
      latency,
      mapping,
      showsTheDead,
      isQuick,
      actsUnseen: back === true,
    })
    const judged = { verdict, mapped, moves, losses, scenario }
    // Whatever else is assumed, no run goes on after what is not modelled.
    if (verdict.kind === 'conforms' || verdict.kind === 'unsupported' || wasInterrupted(verdict)) return judged
    best = best === null ? judged : better(best, judged)
  }
  return best!
}

const wasInterrupted = (verdict: LogVerdict): boolean =>
  verdict.kind === 'inconclusive' && verdict.because === 'it was interrupted'

/** One that was not searched to its end is no verdict; one that fits up to what nobody models is no divergence. */
const WEIGHT = { conforms: 3, inconclusive: 2, unsupported: 1, diverges: 0 } as const

/** Of those that fail, the simplest that got furthest is shown. */
function better(one: Judged, other: Judged): Judged {
  const heavier = WEIGHT[one.verdict.kind] - WEIGHT[other.verdict.kind]
  if (heavier !== 0) return heavier > 0 ? one : other
  const simple = other.losses === 0 && one.moves.a === other.moves.a && one.moves.b === other.moves.b
  return simple && consumedBy(other) > consumedBy(one) ? other : one
}

/** How many lines fit. */
export const consumedBy = ({ verdict, mapped }: Judged): number =>
  verdict.kind === 'conforms' ? mapped.seen.length : verdict.consumed

/**
 * By what is added to what the log shows: nothing, a loss, a hidden move, or one there and `back`: to where the host was; programs that notice moves late, also where
 * nothing shows it; and by what a log at a server leaves
 * out.
 */
const ATTEMPTS: readonly {
  readonly a: number
  readonly b: number
  readonly losses: number
  readonly showsTheDead: boolean
  readonly back?: true
  readonly late?: true
}[] = [
  { a: 0, b: 0, losses: 0, showsTheDead: false },
  { a: 0, b: 0, losses: 0, showsTheDead: true },
  { a: 0, b: 0, losses: 1, showsTheDead: false },
  { a: 0, b: 0, losses: 1, showsTheDead: true },
  { a: 0, b: 0, losses: 0, showsTheDead: false, late: true },
  { a: 1, b: 0, losses: 0, showsTheDead: false },
  { a: 0, b: 1, losses: 0, showsTheDead: false },
  { a: 1, b: 0, losses: 0, showsTheDead: false, back: true },
  { a: 0, b: 1, losses: 0, showsTheDead: false, back: true },
]

/** Whether an end lets something be sent to it again where it was last seen: so it may have been away for a while. */
function isAway(end: End, { seen }: Mapped, latency: number): boolean {
  let place = `${end}@0`
  const asked = new Map<string, number>()
  for (const { time, kind, source, destination, fields } of seen) {
    if (source?.startsWith(`${end}@`) === true) {
      place = source
      asked.clear()
    }
    // What is numbered is no copy.
    if (destination !== place || fields.number !== undefined) continue
    const what = `${kind} ${JSON.stringify(fields)}`
    if (time - (asked.get(what) ?? time) > latency) return true
    asked.set(what, asked.get(what) ?? time)
  }
  return false
}

/** How many of a message that is sent again may be on their way together: the shortest timers are of half a second. */
const copiesWithin = (latency: number): number => 1 + Math.floor(latency / 0.5)

function scenarioFor(
  variant: Variant,
  { stops, overlaps }: Mapped,
  { hidden, back }: { hidden: Readonly<Record<End, number>>; back: true | undefined },
  losses: number,
  options: Scenario['options'],
): Scenario {
  /** A host that is back at an address is back in its network; where it goes unseen is somewhere else. */
  const networks = (side: string, end: End): string[] => {
    const seen = stops[end] ?? []
    const first = seen.map((address) => seen.indexOf(address))
    const unseen = Array.from({ length: hidden[end] }, (_, i) =>
      back === true ? (first.at(-1) ?? 0) : Math.max(1, seen.length) + i,
    )
    return [...first.slice(1), ...unseen].map((n) => `${side}-${n + 1}`)
  }
  const bare = scenarioOf('log', 'What a log shows.', {
    moves: { a: networks('west', 'a'), b: networks('east', 'b') },
    losses,
    gaps: 'any',
    users: 'act',
    options,
    // How long an old address was kept is not shown either.
    ...(overlaps === true || variant.survivesBy?.includes('overlap')
      ? { movement: 'make-before-break', overlap: 'any' }
      : {}),
  })
  const names = variant.nodes(bare).flatMap((n) => Object.keys((n.role.timers ?? {}) as object))
  // The clock of the log says when a timer fires.
  return { ...bare, timers: Object.fromEntries(names.map((name) => [name, 'eager' as const])) }
}
