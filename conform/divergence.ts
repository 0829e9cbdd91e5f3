import type { Internet } from '../spec/internet/compose.ts'
import { innermost, type Packet } from '../spec/internet/packet.ts'
import type { LogClock } from './log-clock.ts'
import type { Seen } from './observation.ts'
import type { Pending, Place } from './place.ts'
import type { Difference, Sight } from './sight.ts'
import type { TabulatedWorld } from './tabulated-world.ts'

/** What the model could have shown in the place of a line, and why the line rules it out. */
export interface Instead {
  readonly could: string
  readonly because: string
}

/** What a search for an explanation knows the model and the log by. */
export interface Known {
  readonly internet: Internet
  readonly sight: Sight
  readonly world: TabulatedWorld
  readonly clock: LogClock
}

const NEVER_SEEN: Difference = { words: ['it is never seen'], distance: 0 }

/**
 * What could have come in places that got furthest, the simplest first, instead of a line that does not fit; null: of the end of the log. What comes nearest is told
 * first.
 */
export function insteadOf(places: readonly Place[], at: Seen | null, known: Known): Instead[] {
  const instead = new Map<string, Difference>()
  for (const place of places) {
    for (const packet of candidates(place, at, known)) {
      const could = inWords(packet, known)
      if (instead.has(could)) continue
      if (at === null) instead.set(could, NEVER_SEEN)
      else instead.set(could, known.sight.differs(packet, at) ?? { words: [whyNotYet(place, known)], distance: 0 })
    }
  }
  return [...instead]
    .sort(([, one], [, other]) => one.distance - other.distance)
    .map(([could, { words }]) => ({ could, because: words.join('; ') }))
}

/** Of so many that got furthest is told. */
const MOST_TOLD = 40

/** Those which owe least first. */
export function simplest(furthest: readonly Place[], known: Known): Place[] {
  const owed = furthest.map((place) => ({ place, debts: debts(place, known) }))
  return owed
    .sort((one, other) => one.debts - other.debts)
    .slice(0, MOST_TOLD)
    .map(({ place }) => place)
}

/** At the end of the log, what is missing is what was sent and never seen. */
function candidates({ pending, state }: Place, at: Seen | null, { world }: Known): Packet[] {
  const sent = pending.map(({ packet }) => packet)
  if (at === null && sent.length > 0) return sent
  return [...sent, ...world.steps(state).flatMap((step) => step.sent.map(({ packet }) => packet))]
}

function inWords(packet: Packet, { internet, sight }: Known): string {
  const { name, detail } = internet.layout.label(innermost(packet))
  return `${name}${detail === '' ? '' : ` (${detail})`} ${sight.way(packet)}`
}

const unseenOf = ({ pending, cursor }: Place): Pending[] => pending.filter(({ overdue }) => cursor >= overdue)

const overdueOf = ({ running, cursor }: Place, { clock }: Known) =>
  running.filter((one) => clock.isOverdue(one, cursor))

/** How much is still to be seen, and what was to happen before the line. */
const debts = (place: Place, known: Known): number => place.pending.length + overdueOf(place, known).length

/** Why the line may not be read yet, though it fits. */
function whyNotYet(place: Place, known: Known): string {
  const [unseen] = unseenOf(place)
  if (unseen !== undefined) return `before it, ${inWords(unseen.packet, known)} was to be seen`
  const [late] = overdueOf(place, known)
  if (late !== undefined) return `before it, ${known.world.nameOf(late.which)} was to fire`
  return 'it may not come yet: something else is still on its way, or its timer is not due'
}
