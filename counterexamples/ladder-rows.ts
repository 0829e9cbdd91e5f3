import { cone } from './cone.ts'
import { lanesOf } from './lanes.ts'
import { detailOf, type Flight, flightsOf, type Moment, nameOf, ownerOf, type Story } from './story.ts'
import { whyLost } from './why-lost.ts'

/** What a ladder says, lane by lane and row by row, before anything has a place: numbers are positions of lanes. */
export interface LadderRows {
  readonly lanes: readonly string[]
  /** What is wrong before the first step. */
  readonly atFirst: readonly BeliefLabel[]
  readonly rows: readonly LadderRow[]
  /** Moments 0…n, the last one of a lasso being the one to which it comes back. */
  readonly moments: readonly Moment[]
}

export interface LadderRow {
  /** The step in full. */
  readonly text: string
  /** Beside the point: nothing that is shown in the end depends on it. */
  readonly aside: boolean
  readonly what: Happening
  /** Beliefs that this step makes false. */
  readonly beliefs: readonly BeliefLabel[]
}

export type Happening =
  /** What a node does by itself: moves, timers, crashes. */
  | {
      readonly kind: 'note'
      readonly lane: number
      readonly words: string
      readonly look: 'move' | 'timer' | 'dead'
    }
  | {
      readonly kind: 'message'
      readonly from: number
      readonly to: number
      readonly name: string
      readonly detail: string
      readonly tunnel: boolean
      /** Where it died; null if it arrived. */
      readonly lost: string | null
      /** The step that sent it; null: it was on its way before the first one. */
      readonly sentAt: number | null
    }
  /** A packet that has no other end to draw an arrow from, and a step of nobody. */
  | { readonly kind: 'point'; readonly lane: number; readonly words: string; readonly lost: boolean }

export interface BeliefLabel {
  readonly lane: number
  /** One belief each: 'b at east-1/b?'. */
  readonly words: readonly string[]
}

export function rowsOf(story: Story): LadderRows {
  const flights = flightsOf(story)
  const lanes = lanesOf(story, flights)
  const inside = cone(story)
  const moments = Array.from(
    { length: story.steps.length + 1 },
    (_, i) => story.moments[i] ?? story.moments[story.loopStart ?? 0]!,
  )
  return {
    lanes,
    moments,
    atFirst: newlyWrong(lanes, undefined, moments[0]!),
    rows: story.steps.map((step, i) => ({
      text: step.text,
      aside: !inside.has(i),
      what: happening(story, lanes, flights.get(i), i),
      beliefs: newlyWrong(lanes, moments[i], moments[i + 1]!),
    })),
  }
}

function happening(story: Story, lanes: readonly string[], flight: Flight | undefined, i: number): Happening {
  const step = story.steps[i]!
  if (flight !== undefined) return packet(story, lanes, flight)
  const lane = step.actor === undefined ? -1 : lanes.indexOf(step.actor)
  if (lane < 0) return { kind: 'point', lane: 0, words: `• ${step.text}`, lost: false }
  const words = step.text.startsWith(`${step.actor} `) ? step.text.slice(step.actor!.length + 1) : step.text
  const look = step.kind === 'timer' ? 'timer' : step.kind === 'crash' ? 'dead' : 'move'
  return { kind: 'note', lane, words: words.replace(` at ${step.actor}`, ''), look }
}

function packet(story: Story, lanes: readonly string[], flight: Flight): Happening {
  const lost = flight.lostBecause !== null
  const owner = ownerOf(story, flight.packet.destination)
  const from = flight.from === null ? -1 : lanes.indexOf(flight.from)
  const target = flight.to ?? owner
  const to = target === null ? -1 : lanes.indexOf(target)
  const name = nameOf(flight.packet)
  const where = lost ? `${flight.packet.destination}${whyLost(story, flight)}` : null
  if (from < 0 || to < 0 || from === to) {
    const words = lost ? `✕ ${name}: ${where}` : `• ${name}`
    return { kind: 'point', lane: Math.max(to, from, 0), words, lost }
  }
  // With instants, the arrow itself says so.
  const isLate = story.time == null && flight.sentAt !== null && flight.endedAt - flight.sentAt > 1
  const late = isLate ? ` (sent at ${flight.sentAt! + 1})` : ''
  return {
    kind: 'message',
    from,
    to,
    name: `${name}${late}`,
    detail: detailOf(flight.packet),
    tunnel: flight.packet.inside !== undefined,
    lost: where,
    sentAt: flight.sentAt,
  }
}

/** Beliefs that are false now and were not before; one that stays false while the other moves on is not said again. */
function newlyWrong(lanes: readonly string[], before: Moment | undefined, now: Moment): BeliefLabel[] {
  return lanes.flatMap((holder, lane) => {
    const old = before === undefined ? [] : wrongOf(before, holder)
    const words = wrongOf(now, holder).filter((belief) => !old.includes(belief))
    return words.length === 0 ? [] : [{ lane, words }]
  })
}

const wrongOf = (moment: Moment, holder: string): string[] =>
  moment.wrong.filter((belief) => belief.holder === holder).map(({ text }) => brief(text))

/** 'a thinks that b is at east-1/b, but b is at east-2/b' as 'b at east-1/b?'. */
export function brief(belief: string): string {
  const thinks = /thinks that (.*) is at (\S+), but/.exec(belief)
  if (thinks !== null) return `${thinks[1]} at ${thinks[2]}?`
  const wonders = /does not know where (.*) is, but/.exec(belief)
  return wonders === null ? belief : `where is ${wonders[1]}?`
}
