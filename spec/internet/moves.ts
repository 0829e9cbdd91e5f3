import type { Clock, ClockRule, Fairness, Look, Outcome, Rule, Value } from '../../checker/model.ts'
import { type Attachment, attachedTo, detached, overlapping, released } from './attachment.ts'
import { clockOfGap, clockOfOverlap, clockOfStay, gapClock, overlapClock, stayClock } from './clocks.ts'
import type { Layout } from './layout.ts'
import { consequences, react } from './react.ts'
import type { Timing } from './timing.ts'
import type { Placed } from './topology.ts'

/** A gap shorter than patient timers, and an overlap of a round trip, end before any timer fires and after deliveries. */
const GAP_RANK = 0.25
const OVERLAP_RANKS = {
  'round-trip': { rank: 0.5, patient: true },
  long: { rank: 1e9, patient: true },
  any: {},
  'for-good': {},
} as const

/** Moves are owed where the scenario says so; one that has begun is completed in any case. */
export function moveRules(layout: Layout): Rule[] {
  return layout.topology.nodes.filter((n) => n.mobile).flatMap((n) => rulesOf(layout, n))
}

function rulesOf(layout: Layout, n: Placed): Rule[] {
  switch (layout.scenario.movement) {
    case 'phased':
      return [leave(layout, n), arrive(layout, n)]
    case 'atomic':
      return [jump(layout, n)]
    case 'make-before-break':
      return layout.scenario.overlap === 'for-good' ? [overlap(layout, n)] : [overlap(layout, n), release(layout, n)]
  }
}

/** How long a host stays, is nowhere, and keeps its old address. */
export function moveClocks(layout: Layout, timing: Timing): ClockRule[] {
  return layout.topology.nodes
    .filter((n) => n.mobile)
    .map((n) => ({
      name: `where ${n.name} is`,
      reads: readsOf(layout, n),
      running: (look) => {
        const place = layout.attachment(look, n)
        const clocks: Clock[] = []
        if (place.phase === 'gap' && nextStop(layout, look, n, place) !== null) clocks.push(gapClock(timing, n, place))
        if (place.phase === 'overlap') clocks.push(overlapClock(timing, n, place))
        if (goesOn(layout, look, n, place)) clocks.push(stayClock(timing, n, place))
        return clocks
      },
    }))
}

/** Whether it may leave for its next stop now. */
function goesOn(layout: Layout, look: Look, n: Placed, place: Attachment): boolean {
  const { movement, pace } = layout.scenario
  const hurried = movement === 'make-before-break' && place.phase === 'overlap' && pace === 'hurried'
  if ((place.phase !== 'attached' && !hurried) || n.stops[place.stop + 1] === undefined) return false
  if (!mayLeave(layout, look, n)) return false
  // Who leaves first is nowhere for a while: whoever holds its next address may be gone by then.
  return movement === 'phased' || nextStop(layout, look, n, place) !== null
}

/** The addresses of its next stop, or null: it has none, or somebody else holds one of them and keeps it. */
function nextStop(layout: Layout, look: Look, n: Placed, place: Attachment): readonly string[] | null {
  const next = n.stops[place.stop + 1]
  if (next === undefined) return null
  const taken = next.some((address) => rivals(layout, n).some((other) => layout.held(look, other).includes(address)))
  return taken && layout.scenario.addressInUse === 'waits' ? null : next
}

/** What others lose that hold one of these addresses: they stay where they are without it, and are not told. */
function takenFrom(layout: Layout, look: Look, n: Placed, addresses: readonly string[]): (readonly [number, Value])[] {
  return rivals(layout, n).flatMap((other) => {
    const place = layout.attachment(look, other)
    const left = place.held.filter((address) => !addresses.includes(address))
    if (left.length === place.held.length) return []
    return layout.attachmentCells(other).map((cell) => [cell, { ...place, held: left } as unknown as Value] as const)
  })
}

/** Handoffs of one host do not overlap, where the scenario says so (000 §I, 004 §I). */
function mayLeave(layout: Layout, look: Look, n: Placed): boolean {
  return layout.scenario.pace !== 'settled' || (n.role.pending?.(layout.state(look, n.name)) ?? null) === null
}

/** Nodes that may hold an address that this one may hold as well. */
function rivals(layout: Layout, n: Placed): Placed[] {
  return layout.topology.nodes.filter(
    (other) => other !== n && other.stops.flat().some((address) => n.stops.flat().includes(address)),
  )
}

/** Weakly: a host that may move for ever does so. */
const owed = (layout: Layout, name: string): Pick<Outcome, 'fair'> =>
  layout.scenario.everyMove === 'owed' ? { fair: { class: name, strength: 'weak' } } : {}

function leave(layout: Layout, n: Placed): Rule {
  const [cell] = layout.attachmentCells(n) as [number]
  return {
    name: `${n.name} leaves`,
    reads: [cell, layout.stateCell(n.name)],
    fire: (look) => {
      const place = layout.attachment(look, n)
      if (!goesOn(layout, look, n, place)) return []
      return [
        {
          label: {
            kind: 'detach',
            text: `${n.name} leaves ${place.held.filter((address) => !n.keeps.includes(address)).join(', ')}`,
            actor: n.name,
            moves: 1,
          },
          sets: [[cell, detached(place, n.keeps) as unknown as Value]],
          sends: [],
          ...owed(layout, `${n.name} leaves`),
          ...clockOfStay(layout, n, place),
        },
      ]
    },
  }
}

function arrive(layout: Layout, n: Placed): Rule {
  const short = layout.scenario.gaps === 'short' ? { rank: GAP_RANK } : {}
  return {
    name: `${n.name} arrives`,
    reads: readsOf(layout, n),
    ...short,
    fire: (look) => {
      const place = layout.attachment(look, n)
      const next = place.phase === 'gap' ? nextStop(layout, look, n, place) : null
      if (next === null) return []
      const fair: Fairness = { class: `${n.name} arrives`, strength: 'weak' }
      return [
        {
          ...attach(layout, look, n, attachedTo(place, next), 'attach', 'attaches as'),
          fair,
          ...clockOfGap(layout, n, place),
        },
      ]
    },
  }
}

function jump(layout: Layout, n: Placed): Rule {
  return {
    name: `${n.name} moves`,
    reads: readsOf(layout, n),
    fire: (look) => {
      const place = layout.attachment(look, n)
      const next = goesOn(layout, look, n, place) ? nextStop(layout, look, n, place) : null
      if (next === null) return []
      const from = place.held.filter((address) => !n.keeps.includes(address)).join(', ')
      return [
        {
          ...attach(layout, look, n, attachedTo(place, next), 'move', `moves from ${from} to`, 1),
          ...owed(layout, `${n.name} moves`),
          ...clockOfStay(layout, n, place),
        },
      ]
    },
  }
}

function overlap(layout: Layout, n: Placed): Rule {
  return {
    name: `${n.name} attaches to a further network`,
    reads: readsOf(layout, n),
    fire: (look) => {
      const place = layout.attachment(look, n)
      const hurried = place.phase === 'overlap' && layout.scenario.pace === 'hurried'
      const next = goesOn(layout, look, n, place) ? nextStop(layout, look, n, place) : null
      if (next === null) return []
      // Two interfaces hold two addresses: that of the overlap which is cut short is the older one.
      const kept = hurried ? n.stops[place.stop]! : place.held
      const old = place.held.filter((address) => !kept.includes(address))
      const keeping = `${old.length > 0 ? `releases ${old.join(', ')}, ` : ''}keeps ${kept.join(', ')} and attaches as`
      const both = overlapping({ ...place, held: kept }, next, layout.scenario.overlap !== 'for-good')
      return [
        {
          ...attach(layout, look, n, both, 'overlap', keeping, 1),
          ...owed(layout, `${n.name} attaches to a further network`),
          ...clockOfStay(layout, n, place),
        },
      ]
    },
  }
}

function release(layout: Layout, n: Placed): Rule {
  const [cell] = layout.attachmentCells(n) as [number]
  return {
    name: `${n.name} releases its old address`,
    reads: [cell],
    ...OVERLAP_RANKS[layout.scenario.overlap],
    fire: (look) => {
      const place = layout.attachment(look, n)
      if (place.phase !== 'overlap') return []
      const kept = n.stops[place.stop]!
      const old = place.held.filter((address) => !kept.includes(address))
      return [
        {
          label: {
            kind: 'release',
            text: `${n.name} releases ${old.join(', ')}`,
            actor: n.name,
          },
          sets: [[cell, released(place, kept) as unknown as Value]],
          sends: [],
          fair: { class: `${n.name} releases its old address`, strength: 'weak' },
          ...clockOfOverlap(layout, n, place),
        },
      ]
    },
  }
}

/** The host holds its new address and its role is told. */
function attach(
  layout: Layout,
  look: Look,
  n: Placed,
  place: Attachment,
  kind: string,
  verb: string,
  moves?: number,
): Outcome {
  const address = n.stops[place.stop]!.at(-1)!
  const reaction = react(layout, n, layout.state(look, n.name), { kind: 'attached', address }, place)
  return {
    label: {
      kind,
      text: `${n.name} ${verb} ${address}${consequences(reaction).cannotSend}`,
      actor: n.name,
      address,
      sent: reaction.sent,
      ...(moves === undefined ? {} : { moves }),
    },
    sets: [
      [layout.attachmentCells(n)[0]!, place as unknown as Value],
      ...takenFrom(layout, look, n, place.held),
      ...reaction.sets,
    ],
    sends: reaction.sends,
  }
}

function readsOf(layout: Layout, n: Placed): number[] {
  return [
    ...layout.attachmentCells(n),
    layout.stateCell(n.name),
    ...rivals(layout, n).flatMap((other) => layout.attachmentCells(other)),
  ]
}
