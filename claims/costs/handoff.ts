import { storyOf } from '../../analysis/story.ts'
import type { PacketLabel } from '../../checker/model.ts'
import { reachable } from '../../checker/property.ts'
import { flightsOf, nameOf, ownerOf, type Story } from '../../counterexamples/story.ts'
import { predicate } from '../../properties/index.ts'
import type { View } from '../../spec/index.ts'
import { isOver } from '../changes.ts'
import { search } from '../claim.ts'
import { endsFound, registered } from '../evidence.ts'
import { NoAnswer } from '../no-answer.ts'
import type { Found, Searches } from '../searches.ts'
import { hopsBetween, type Topology } from './topology.ts'

/** A message of a handoff, from node to node. */
export interface Said {
  /** 'tunnel[HoTI]'. */
  readonly name: string
  readonly from: string
  readonly to: string
  readonly packet: PacketLabel
}

/** One host moves once, nothing is lost, and it is over: a run of the model. */
export interface Handoff {
  readonly target: string
  readonly messages: readonly Said[]
  /** How often a host came to a network, and had to be given an address. */
  readonly attachments: number
  readonly story: Story
  /** The first state. */
  readonly before: View
  /** The last state, for what is sent from then on. */
  readonly after: View
  readonly found: Found
}

const OVER = 'one host has moved, all is said, nobody waits, and every binding and registration is right'

const known = new WeakMap<Searches, Map<string, Handoff>>()

/**
 * The shortest run of a handoff without faults, in which nothing is left to say.
 *
 * @param target protocol/variant
 * @throws NoAnswer where there is no such run
 */
export function handoffOf(searches: Searches, target: string): Handoff {
  const before = known.get(searches) ?? new Map<string, Handoff>()
  known.set(searches, before)
  const handoff = before.get(target) ?? find(searches, target)
  before.set(target, handoff)
  return handoff
}

function find(searches: Searches, target: string): Handoff {
  const found = searches.search(
    search('', target, 'one-moves', OVER, 'holds', {
      own: (checked) => ({
        id: '',
        ...reachable({
          name: OVER,
          all: [
            endsFound(checked),
            registered(checked),
            predicate(checked, 'all is said', (view) => isOver(view) || 'something is to come'),
            predicate(checked, 'nobody waits', (view) => nobodyWaits(view) || 'a node waits'),
          ],
        }),
      }),
    }),
  )
  const { protocol, variant, internet, verdict } = found
  const trace = 'trace' in verdict ? verdict.trace : undefined
  if (trace === undefined) throw new NoAnswer('vacuous', `${target}, one-moves: it never comes about that ${OVER}`)
  const story = storyOf(
    protocol,
    variant,
    internet,
    'a handoff',
    'all is said, and every binding and registration is right',
    trace,
  )
  const viewOf = (state: (typeof trace.states)[number]): View => internet.view((cell) => state[cell]!)
  return {
    target,
    found,
    story,
    messages: [...flightsOf(story).values()].map(({ packet, from, to }) => ({
      name: nameOf(packet),
      packet,
      from: from!,
      // What is lost goes to where the host was.
      to: to ?? ownerOf(story, packet.destination) ?? packet.destination,
    })),
    attachments: story.steps.filter(({ address }) => address !== undefined).length,
    before: viewOf(trace.states[0]!),
    after: viewOf(trace.states.at(-1)!),
  }
}

const nobodyWaits = (view: View): boolean =>
  view.layout.topology.nodes.every(({ name, role }) => (role.pending?.(view.state(name)) ?? null) === null)

/** Hops of messages, one after the other. */
export const hopsOf = (messages: readonly Said[], topology: Topology): number =>
  messages.reduce((sum, { from, to }) => sum + hopsBetween(topology, from, to), 0)
