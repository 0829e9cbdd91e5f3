import type { Label, PacketLabel, Value } from '../checker/model.ts'

/**
 * A run, ready to be told and drawn: what happened, and at each moment who was where and who was wrong about whom. Plain data:
 * every format is a pure function of it.
 *
 * `moments[i]` is the state before `steps[i]`; there is one moment more than steps, unless the run is a lasso whose last
 * step leads back to `moments[loopStart]`.
 */
export interface Story {
  /** The file that the protocol came from; null, or not there, for what ships. */
  readonly file?: string | null
  readonly protocol: string
  readonly variant: string
  readonly scenario: string
  readonly property: string
  /** Why the property is violated (or, for a reachability property, what was reached). */
  readonly reason: string
  readonly assumptions: readonly string[]
  /** Nodes, in the order in which they are drawn. */
  readonly lanes: readonly string[]
  readonly steps: readonly Label[]
  readonly moments: readonly Moment[]
  /** Position of the moment to which the run comes back; null for a finite run. */
  readonly loopStart: number | null
  /** In a scenario with time: when each step is taken. */
  readonly time?: TimeOfStory | null
}

/** The instants of a run's steps, in milliseconds from its beginning: the earliest that there are for it. */
export interface TimeOfStory {
  readonly instants: readonly number[]
  /** How long once round a lasso takes; null for a finite run, and where the run stays where it is. */
  readonly period: number | null
  /** What the scenario assumes of time, as plain data. */
  readonly timing: Value
}

/** An instant as it is told: '32.010 s'. */
export const instantInWords = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(3)} s`

/** What is told at a step, after its instant where there is one. */
export const atInstant = ({ time }: Story, step: number, words: string): string =>
  time == null ? words : `${instantInWords(time.instants[step]!)} · ${words}`

/** How long something lasts, in the unit that reads best: '475 ms', '1.7 s'. */
export const durationInWords = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`

/** What a story is called, above a picture of it. */
export const captionOf = ({ protocol, variant, scenario, property, time }: Story): string =>
  `${protocol}/${variant} · ${scenario}${time == null ? '' : ', timed'} · ${property}`

export interface Moment {
  /** The addresses that each node holds. */
  readonly held: Readonly<Record<string, readonly string[]>>
  /** Wrong beliefs, by holder, in words. */
  readonly wrong: readonly { readonly holder: string; readonly text: string }[]
  /** The values of the cells. */
  readonly state: Readonly<Record<string, Value>>
}

/** A packet's way through the story: the step that sent it and the step that ended it. */
export interface Flight {
  readonly packet: PacketLabel
  readonly from: string | null
  readonly sentAt: number | null
  readonly endedAt: number
  /** The node that received it; null if it was lost. */
  readonly to: string | null
  readonly lostBecause: string | null
}

const LOST = new Set(['lost', 'fault'])

/** The packets that arrive or are lost, by the step at which that happens. */
export function flightsOf(story: Story): Map<number, Flight> {
  const inFlight: { packet: PacketLabel; from: string; sentAt: number }[] = []
  const flights = new Map<number, Flight>()
  story.steps.forEach((step, i) => {
    const { taken } = step
    if (taken !== undefined) {
      const k = inFlight.findIndex(({ packet }) => sameAs(packet, taken))
      const sender = k < 0 ? undefined : inFlight[k]
      if (k >= 0 && step.kind !== 'duplicate') inFlight.splice(k, 1)
      flights.set(i, {
        packet: taken,
        from: sender?.from ?? ownerOf(story, taken.source),
        sentAt: sender?.sentAt ?? null,
        endedAt: i,
        to: LOST.has(step.kind) ? null : (step.actor ?? null),
        lostBecause: LOST.has(step.kind) ? (step.cause ?? 'lost') : null,
      })
    }
    for (const packet of step.sent ?? []) inFlight.push({ packet, from: packet.from ?? step.actor ?? '', sentAt: i })
  })
  return flights
}

/** The node whose lane an address is drawn at: whoever holds it at some moment. */
export function ownerOf(story: Story, address: string): string | null {
  for (const moment of story.moments) {
    for (const [node, held] of Object.entries(moment.held)) if (held.includes(address)) return node
  }
  return null
}

function sameAs(a: PacketLabel, b: PacketLabel): boolean {
  return (
    a.name === b.name &&
    a.detail === b.detail &&
    a.source === b.source &&
    a.destination === b.destination &&
    (a.inside ?? []).every((inner, i) => b.inside?.[i] !== undefined && sameAs(inner, b.inside[i]))
  )
}

/** 'INVITE', or what a tunnel carries: 'tunnel[BU]'. */
export function nameOf(packet: PacketLabel): string {
  return packet.inside === undefined ? packet.name : `${packet.name}[${packet.inside.map(nameOf).join(', ')}]`
}

export function detailOf(packet: PacketLabel): string {
  return packet.inside === undefined ? packet.detail : packet.inside.map(detailOf).join('; ')
}
