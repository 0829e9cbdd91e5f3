import type { Look } from '../checker/model.ts'
import type { Table } from '../checker/table.ts'
import type { Address } from '../spec/internet/address.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { innermost } from '../spec/internet/packet.ts'
import { ENDS, type End } from '../spec/roaming.ts'
import type { SendsFrom } from './mapping.ts'
import type { Seen } from './observation.ts'
import type { Pending } from './place.ts'
import type { Sight } from './sight.ts'
import type { State, TabulatedWorld } from './tabulated-world.ts'

/** The lines of one kind that come from one place of a host. */
interface Origin {
  readonly source: string
  readonly kind: string
  readonly positions: readonly number[]
  /** Whether anything of the kind may be sent, or sent on, from there in a state or after it. */
  readonly isOpen: Table<boolean>
}

/**
 * What the rest of a log rules out: a host that has left a place for good cannot be who sends what comes from there later. A move that the log does not show is so looked
 * for only after the last line of the place that was left.
 */
export class Outlook {
  readonly #origins: readonly Origin[]

  constructor(
    sendsFrom: SendsFrom,
    known: { internet: Internet; sight: Sight; world: TabulatedWorld; seen: readonly Seen[] },
  ) {
    const { internet, sight, world, seen } = known
    const origins = new Map<string, { source: string; kind: string; end: End; positions: number[] }>()
    for (const [position, { source, kind }] of seen.entries()) {
      const end = ENDS.find((one) => source?.startsWith(`${one}@`))
      if (source === undefined || end === undefined) continue
      const known = origins.get(`${kind} ${source}`) ?? { source, kind, end, positions: [] }
      known.positions.push(position)
      origins.set(`${kind} ${source}`, known)
    }
    this.#origins = [...origins.values()].map(({ end, ...origin }) => ({
      ...origin,
      isOpen: world.table(`whether ${origin.kind} may come from ${origin.source}`, (look) =>
        originsIn(internet, { end, kind: origin.kind }, look, sendsFrom).some(
          (address) => sight.place(address) === origin.source,
        ),
      ),
    }))
  }

  /** Whether a line from a position on comes from where nothing comes from any more, but what was sent and not seen. */
  isOver({ words }: State, cursor: number, pending: readonly Pending[]): boolean {
    return this.#origins.some(({ source, kind, positions, isOpen }) => {
      if (positions.at(-1)! < cursor || isOpen.at(words)) return false
      const sent = pending.filter(
        ({ from, packet }) => from === source && innermost(packet).message.kind === kind,
      ).length
      return (positions.at(-1 - sent) ?? -1) >= cursor
    })
  }
}

/**
 * Where what is sent of a kind, now or later, may come from as a host's: where that is, where it goes, and what its program still takes for its address. What is in
 * flight an Interceptor may send on as it is.
 */
export function originsIn(
  { layout }: Internet,
  { end, kind }: { end: End; kind: string },
  look: Look,
  sendsFrom: SendsFrom,
): readonly Address[] {
  const host = layout.node(end)
  const { held, stop } = layout.attachment(look, host)
  const { stops, keeps } = host
  const forwards = layout.topology.nodes.some(({ agentOf }) => agentOf.length > 0)
  const inFlight = forwards ? layout.topology.networks.flatMap((network) => layout.flight(look, network)) : []
  return [
    ...held,
    ...keeps,
    ...stops.slice(stop + 1).flat(),
    ...sendsFrom(end, kind, layout.state(look, end), layout.scenario),
    ...inFlight.map(({ source }) => source),
  ]
}
