import { DOUBLE_JUMP, survives } from '../spec/law.ts'
import { BINDING, HIJACK, REACH } from '../spec/property-ids.ts'
import type { Means, Protocol } from '../spec/protocol.ts'
import { protocols } from '../spec/protocols.ts'
import { groupBy } from './group-by.ts'

/** Which mobility protocols survive a double jump: the picture that a newcomer wants, made of the results of checks. */
export interface Survival {
  readonly protocol: string
  readonly variant: string
  readonly title: string
  readonly by: readonly Means[]
  readonly cells: readonly Cell[]
}

export interface Cell {
  /** `data only`: data flow, but some end is wrong about the other for ever. */
  readonly says: 'yes' | 'data only' | 'no' | 'not asked' | 'not known'
  /** The scenario and property that a ladder of it shows. */
  readonly because: { readonly scenario: string; readonly property: string } | null
}

/** What the table asks of a check. */
export interface Asked {
  readonly protocol: string
  readonly variant: string
  readonly scenario: string
  readonly property: string
  readonly verdict: string
}

interface Column {
  readonly head: string
  readonly scenario: string
  /** In a sentence. */
  readonly means: string
}

export const columns: readonly Column[] = [
  { head: 'one moves', scenario: 'one-moves', means: 'One host moves once, and the other stays.' },
  { head: 'both move', scenario: 'both-move', means: 'Both hosts move once, at any time: the double jump.' },
  {
    head: '… one loss',
    scenario: 'both-move-one-loss',
    means: 'Both hosts move once, and the network may lose one packet.',
  },
  {
    head: '… fair loss',
    scenario: 'both-move-fair-loss',
    means:
      'Both hosts move once, and the network may lose any number of packets, but not for ever all of one kind on one path.',
  },
  {
    head: 'fast second move',
    scenario: 'one-moves-twice',
    means: 'One host moves twice, and may be gone again before its first move is dealt with.',
  },
]
export const ATTACKER = 'attacker'

/** What every column of the table says, in a sentence: those of scenarios, the attacker's, and what a variant survives by. */
export const legend: readonly { readonly head: string; readonly means: string }[] = [
  ...columns,
  { head: ATTACKER, means: 'Somebody overhears, forges or replays, or is given an address that a host has left.' },
  {
    head: 'by',
    means:
      'What lets the session survive: a stationary anchor, a rendezvous that is asked after the other has registered, a forwarder in the place that was left, or addresses that overlap.',
  },
]

/**
 * A row for each variant that is asked of a double jump, out of what checks found.
 *
 * @param asked the protocols that results may be of: those that ship, or one's own
 */
export function survivalTable(results: readonly Asked[], asked: readonly Protocol[] = protocols): Survival[] {
  const byVariant = groupBy(results, (r) => `${r.protocol}/${r.variant}`)
  return asked.flatMap((protocol) =>
    protocol.variants.flatMap((variant): Survival[] => {
      if (!variant.scenarios.some((s) => s.name === DOUBLE_JUMP)) return []
      const mine = byVariant.get(`${protocol.name}/${variant.name}`)
      if (mine === undefined) return []
      return [
        {
          protocol: protocol.name,
          variant: variant.name,
          title: variant.title,
          by: variant.survivesBy ?? [],
          cells: [...columns.map(({ scenario }) => cellOf(mine, scenario)), attackerCell(mine)],
        },
      ]
    }),
  )
}

function cellOf(results: readonly Asked[], scenario: string): Cell {
  const here = results.filter((r) => r.scenario === scenario)
  const verdictOf = (property: string): string | undefined => here.find((r) => r.property === property)?.verdict
  if (here.length === 0) return { says: 'not asked', because: null }
  if (here.some(brokeOff)) return { says: 'not known', because: null }
  if (!survives(verdictOf)) return { says: 'no', because: { scenario, property: REACH } }
  return verdictOf(BINDING) === 'violated'
    ? { says: 'data only', because: { scenario, property: BINDING } }
    : { says: 'yes', because: null }
}

const brokeOff = ({ verdict }: Asked): boolean => verdict === 'incomplete' || verdict === 'failed'

/** The worst of the scenarios with an attacker or a stranger: does anybody else get the data? */
function attackerCell(results: readonly Asked[]): Cell {
  const there = results.filter((r) => r.scenario.includes(ATTACKER))
  const attacked = there.filter((r) => r.property === HIJACK)
  const stolen = attacked.find((r) => r.verdict === 'violated')
  if (stolen !== undefined) return { says: 'no', because: { scenario: stolen.scenario, property: HIJACK } }
  if (there.some(brokeOff)) return { says: 'not known', because: null }
  return { says: attacked.length === 0 ? 'not asked' : 'yes', because: null }
}
