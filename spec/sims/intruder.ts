import { type Event, type Packet, type Role, type Step, send, stay } from '../index.ts'
import { agentAt } from './host.ts'
import type { Credential, SimsMessage } from './messages.ts'

/** An intruder that wants the sessions of an address relayed to itself. It has nothing that it has not seen. */
export interface Intruder {
  readonly tries: number
  /** The last credential that it saw, and the request that it was shown with. */
  readonly seen: { readonly credential: Credential; readonly number: number; readonly relay: string } | null
}

/** Where it is: elsewhere, or in a network that the host visits, whose agent shows it all (or is it). */
export type Knowledge = 'nothing' | 'what a visited agent is shown'

type TimerName = 'forged request' | 'replayed request'

/** What nobody has shown it, it makes up. */
const MADE_UP: Credential = { of: 'nobody/nobody', for: null }

export function intruder(victim: string, here: string, knows: Knowledge): Role<Intruder, SimsMessage, TimerName> {
  const request = (
    me: Intruder,
    credential: Credential,
    relay: string,
    number: number,
  ): Step<Intruder, SimsMessage> => [
    { ...me, tries: me.tries - 1 },
    [send<SimsMessage>({ kind: 'RelayRequest', address: victim, credential, relay, number }, agentAt(victim))],
  ]
  return {
    start: { tries: 1, seen: null },
    step: (me, event: Event<SimsMessage, TimerName>): Step<Intruder, SimsMessage> => {
      if (event.kind === 'forged request') return request(me, me.seen?.credential ?? MADE_UP, here, 9)
      if (event.kind === 'replayed request') return request(me, me.seen!.credential, me.seen!.relay, me.seen!.number)
      return stay(me)
    },
    overhears: (me, packet: Packet) => {
      const message = packet.message as SimsMessage
      if (message.kind !== 'Attach') return me
      const shown = message.addresses.find(({ address }) => address === victim)
      if (shown === undefined) return me
      const { credential } = shown
      const seen = { credential, number: message.number, relay: packet.destination }
      return me.seen?.number === seen.number ? me : { ...me, seen }
    },
    timers: {
      'forged request': { milliseconds: 1, source: 'the intruder chooses' },
      'replayed request': { milliseconds: 1, source: 'the intruder chooses' },
    },
    armed: (me) => {
      if (me.tries === 0) return []
      if (me.seen !== null) return ['forged request', 'replayed request']
      return knows === 'nothing' ? ['forged request'] : []
    },
  }
}
