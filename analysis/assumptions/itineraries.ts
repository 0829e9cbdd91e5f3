import type { Scenario, Stop } from '../../spec/internet/scenario.ts'
import type { Node } from '../../spec/internet/topology.ts'
import type { Variant } from '../../spec/protocol.ts'
import type { Alternative, Axis, Ground } from './axis.ts'

/** Who goes where: how often each host moves, and whether it comes back. */
export function itineraryAxes({ scenario, variant, nodes }: Ground): Axis[] {
  return waysOf(variant, nodes, scenario).flatMap((way) => [movesAxis(way, scenario), returnsAxis(way, scenario)])
}

/** A host that roams, and where it may go: networks each of which is new to it. */
export interface Way {
  readonly host: string
  readonly from: Stop
  readonly stops: readonly Stop[]
}

/** More than that is out of reach of a search, as a rule. */
export const MOST_MOVES = 2

const networkIn = (stop: Stop): string => (typeof stop === 'string' ? stop : stop.network)

/** The longest way of each host in any scenario of the variant that does not come back to where it was, made up to two stops. */
export function waysOf({ scenarios }: Pick<Variant, 'scenarios'>, nodes: readonly Node[], base: Scenario): Way[] {
  return nodes.flatMap(({ name, from }): Way[] => {
    if (from === undefined) return []
    const known = [base, ...scenarios]
      .map(({ moves }) => moves[name] ?? [])
      .filter((stops) => new Set([from, ...stops].map(networkIn)).size === stops.length + 1)
      .reduce((longest, stops) => (stops.length > longest.length ? stops : longest), [])
    const further = Array.from({ length: MOST_MOVES }, (_, i) => `elsewhere-${i + 1}-${name}`)
    return [{ host: name, from, stops: [...known, ...further].slice(0, MOST_MOVES) }]
  })
}

const stopsOf = ({ moves }: Scenario, host: string): readonly Stop[] => moves[host] ?? []

const withStops = (s: Scenario, host: string, stops: readonly Stop[]): Scenario => ({
  ...s,
  moves: { ...s.moves, [host]: stops },
})

const times = (n: number): string => ['stays', 'moves once', 'moves twice'][n] ?? `moves ${n} times`

/** A further stop is one that the host has not been at; one less is the last that is left out. */
function movesAxis({ host, from, stops }: Way, scenario: Scenario): Axis {
  const now = stopsOf(scenario, host)
  const seen = new Set([from, ...now].map(networkIn))
  const further = stops.filter((stop) => !seen.has(networkIn(stop))).slice(0, Math.max(0, MOST_MOVES - now.length))
  const tell = (n: number): Pick<Alternative, 'value' | 'instead' | 'short'> => ({
    value: String(n),
    instead: `${host} ${times(n)}`,
    short: `${host} ${times(n)}`,
  })
  return {
    id: `moves of ${host}`,
    assumes: tell(now.length).instead,
    short: tell(now.length).short,
    says: () => true,
    weaker: further.map((_, i) => ({
      ...tell(now.length + i + 1),
      change: (s) => withStops(s, host, [...stopsOf(s, host), ...further.slice(0, i + 1)]),
    })),
    stronger: now.map((_, i) => ({
      ...tell(now.length - i - 1),
      change: (s) => withStops(s, host, stopsOf(s, host).slice(0, now.length - i - 1)),
    })),
  }
}

/** To come back is to go from the first stop to where one began; what comes after that stays as it is. */
function returnsAxis({ host, from }: Way, scenario: Scenario): Axis {
  const comesBack = (stops: readonly Stop[]): boolean => stops.some((stop) => networkIn(stop) === networkIn(from))
  const back: Alternative = {
    value: 'returns',
    instead: `${host} comes back`,
    short: `${host} returns`,
    change: (s) => {
      const [first, ...rest] = stopsOf(s, host)
      return first === undefined ? s : withStops(s, host, [first, from, ...rest])
    },
  }
  const away: Alternative = {
    value: 'does not return',
    instead: `${host} does not come back`,
    short: `no return of ${host}`,
    change: (s) =>
      withStops(
        s,
        host,
        stopsOf(s, host).filter((stop) => !comesBack([stop])),
      ),
  }
  const returns = comesBack(stopsOf(scenario, host))
  return {
    id: `return of ${host}`,
    assumes: (returns ? back : away).instead,
    short: (returns ? back : away).short,
    says: (s) => stopsOf(s, host).length > 0,
    weaker: returns ? [] : [back],
    stronger: returns ? [away] : [],
  }
}
