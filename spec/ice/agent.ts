import { match } from 'ts-pattern'
import { type Address, armedFor, type Event, type Role, type Step, send, stay } from '../index.ts'
import { backOffOther, backOffOwner, failure, type IceMessage, offerRetry, reconnectRetry } from './messages.ts'

/**
 * An ICE agent. After a move it restarts: it offers its new candidate by the signalling that the session has (RFC 8445 §9). The
 * answer brings the other's candidate. Offers may cross: glare.
 *
 * Left out: connectivity checks (with one candidate a side there is one pair, which works if both candidates are right), roles,
 * trickling, STUN servers. Behind a relay it is part of a `RelayedAgent`.
 */
export interface Agent {
  readonly here: Address
  /** The other's candidate, of its restart with that number. */
  readonly remote: Address
  readonly remoteNumber: number
  readonly number: number
  /** My offer without an answer. */
  readonly offering: { readonly tries: number } | null
  readonly backingOff: boolean
  readonly connected: boolean
  readonly closed: string | null
}

export type AgentTimer = 'reconnect retry' | 'offer retry' | 'back-off (owner)' | 'back-off (other)' | 'session failure'

/** What to do with an offer that collides with one's own: SIP's 491 on both sides, or one side gives way (RFC 9429 §4.1.10.2, rollback). */
export type Glare = 'both reject' | 'give way' | 'ignore'

export interface AgentSettings {
  readonly name: string
  readonly start: Address
  readonly peer: Address
  /** The signalling server; null if offers go straight to the other's candidate. */
  readonly server: Address | null
  readonly glare: Glare
  readonly longBackOff: boolean
  readonly tries: number | 'unlimited'
}

export function iceAgent(settings: AgentSettings): Role<Agent, IceMessage, AgentTimer> {
  const { name: from, server } = settings
  const fresh = settings.tries === 'unlimited' ? 1 : settings.tries
  const oneLess = (left: number): number => (settings.tries === 'unlimited' ? left : left - 1)
  const backOff = settings.longBackOff ? 'back-off (owner)' : 'back-off (other)'
  const signal = (me: Agent, message: IceMessage) => send(message, server ?? me.remote)
  const offer = (me: Agent) => signal(me, { kind: 'offer', from, candidate: me.here, number: me.number })
  const reconnect = (me: Agent) =>
    server === null ? [] : [send<IceMessage>({ kind: 'reconnect', from, address: me.here, number: me.number }, server)]

  const learn = (me: Agent, candidate: Address, number: number): Agent =>
    number < me.remoteNumber ? me : { ...me, remote: candidate, remoteNumber: number }

  const onOffer = (
    me: Agent,
    { candidate, number, source }: { candidate: Address; number: number; source: Address },
  ): Step<Agent, IceMessage> => {
    if (number < me.remoteNumber) return stay(me)
    const back = server ?? source
    const glare = me.offering !== null
    if (glare && settings.glare === 'ignore') return stay(me)
    if (glare && settings.glare === 'both reject') {
      return [me, [send<IceMessage>({ kind: 'rejection (glare)', from, to: number }, back)]]
    }
    // My own offer, if any, is rolled back: the answer says where I am.
    const next = { ...learn(me, candidate, number), offering: null }
    return [next, [send<IceMessage>({ kind: 'answer', from, candidate: me.here, number: me.number, to: number }, back)]]
  }

  const stepOpen = (me: Agent, event: Event<IceMessage, AgentTimer>): Step<Agent, IceMessage> =>
    match(event)
      .returnType<Step<Agent, IceMessage>>()
      .with({ kind: 'attached' }, ({ address }) => {
        // The candidate stays, as a relayed one may: no restart, but the signalling has to know.
        if (address === me.here) {
          const there = { ...me, number: me.number + 1, connected: server === null }
          return [there, reconnect(there)]
        }
        const next = {
          ...me,
          here: address,
          number: me.number + 1,
          offering: { tries: fresh },
          backingOff: false,
          connected: server === null,
        }
        return [next, [...reconnect(next), offer(next)]]
      })
      .with({ kind: 'offer' }, (received) => onOffer(me, received))
      .with({ kind: 'answer' }, ({ candidate, number, to }) =>
        stay(to === me.number && me.offering !== null ? { ...learn(me, candidate, number), offering: null } : me),
      )
      .with({ kind: 'rejection (glare)' }, ({ to }) =>
        stay(to === me.number && me.offering !== null ? { ...me, offering: null, backingOff: true } : me),
      )
      .with({ kind: 'connected' }, ({ number }) => stay(number === me.number ? { ...me, connected: true } : me))
      .with({ kind: 'reconnect retry' }, () => [me, reconnect(me)])
      .with({ kind: 'offer retry' }, () => {
        const next = { ...me, offering: { tries: oneLess(me.offering!.tries) } }
        return [next, [offer(next)]]
      })
      .with({ kind: 'back-off (owner)' }, { kind: 'back-off (other)' }, () => {
        const next = { ...me, backingOff: false, offering: { tries: fresh } }
        return [next, [offer(next)]]
      })
      .with({ kind: 'session failure' }, () =>
        stay({ ...me, closed: 'gave up the session: its offer was never answered', offering: null, backingOff: false }),
      )
      .with({ kind: 'media' }, () => stay(me))
      .with({ kind: 'reconnect' }, ({ kind }) => {
        throw new Error(`an agent has no use for a ${kind}`)
      })
      .exhaustive()

  return {
    start: {
      here: settings.start,
      remote: settings.peer,
      remoteNumber: 0,
      number: 0,
      offering: null,
      backingOff: false,
      connected: true,
      closed: null,
    },
    step: (me, event) => (me.closed === null ? stepOpen(me, event) : stay(me)),
    timers: {
      'reconnect retry': reconnectRetry,
      'offer retry': offerRetry,
      'back-off (owner)': backOffOwner,
      'back-off (other)': backOffOther,
      'session failure': failure,
    },
    armed: (me) => {
      if (me.closed !== null) return []
      const running: AgentTimer[] = []
      if (!me.connected) running.push('reconnect retry')
      if ((me.offering?.tries ?? 0) > 0) running.push('offer retry')
      if (me.offering !== null) running.push('session failure')
      if (me.backingOff) running.push(backOff)
      return armedFor(me.number, running)
    },
    pending: (me) => {
      if (me.closed !== null) return null
      if (!me.connected) return 'waits for its signalling server'
      if (me.offering !== null) return 'waits for an answer to its offer'
      return me.backingOff ? 'backs off after glare' : null
    },
    sendData: (me) => (me.closed === null ? [send<IceMessage>({ kind: 'media' }, me.remote)] : []),
  }
}
