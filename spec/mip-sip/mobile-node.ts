import { match, P } from 'ts-pattern'
import { type Address, armedFor, type Event, type Role, type Step, send, stay } from '../index.ts'
import { bindingRetry, inviteRetry, inviteTimeout, type MipSipMessage } from './messages.ts'

/**
 * A mobile node that is a Mobile IP client and a SIP user agent (001 §3). Connections keep its home address and go by the home agent;
 * media go straight to the Contact of the last re-INVITE.
 *
 * Left out: glare and ACK (`sip` has them), encapsulation, the choice of a network (`network-selection.ts`).
 */
export interface MobileNode {
  readonly here: Address
  readonly number: number
  readonly bound: 'waiting' | 'accepted' | 'refused'
  /** Where media for the peer go. */
  readonly contact: Address
  readonly peerCseq: number
  readonly inviting: { readonly target: Address; readonly tries: number } | null
  readonly ended: string | null
}

type TimerName = 'BU retry' | 'INVITE retry' | 'INVITE time-out'

export interface MobileNodeSettings {
  readonly start: Address
  readonly home: Address
  readonly homeAgent: Address
  readonly peerHome: Address
  readonly peerStart: Address
  /** Sends the re-INVITE only when the home agent has accepted the binding; 001 Fig. 2 draws both at once. */
  readonly afterBinding: boolean
  readonly tries: number | 'unlimited'
}

export function mobileNode(settings: MobileNodeSettings): Role<MobileNode, MipSipMessage, TimerName> {
  const fresh = settings.tries === 'unlimited' ? 1 : settings.tries
  const oneLess = (left: number): number => (settings.tries === 'unlimited' ? left : left - 1)
  const bind = (mn: MobileNode) =>
    send<MipSipMessage>({ kind: 'BU', careOf: mn.here, number: mn.number }, settings.homeAgent)
  const invite = (mn: MobileNode) =>
    send<MipSipMessage>({ kind: 're-INVITE', contact: mn.here, cseq: mn.number }, mn.inviting!.target)
  const begin = (mn: MobileNode): Step<MobileNode, MipSipMessage> => {
    if (mn.ended !== null) return stay(mn)
    const next = { ...mn, inviting: { target: mn.contact, tries: fresh } }
    return [next, [invite(next)]]
  }
  return {
    start: {
      here: settings.start,
      number: 0,
      bound: 'accepted',
      contact: settings.peerStart,
      peerCseq: 0,
      inviting: null,
      ended: null,
    },
    step: (mn, event: Event<MipSipMessage, TimerName>) =>
      match(event)
        .returnType<Step<MobileNode, MipSipMessage>>()
        .with({ kind: 'attached' }, ({ address }) => {
          const moved: MobileNode = { ...mn, here: address, number: mn.number + 1, bound: 'waiting', inviting: null }
          const [next, sent] = settings.afterBinding ? stay(moved) : begin(moved)
          return [next, [bind(next), ...sent]]
        })
        .with({ kind: 'BAck' }, ({ number, status }) => {
          if (number !== mn.number || mn.bound !== 'waiting') return stay(mn)
          const next: MobileNode = { ...mn, bound: status }
          return settings.afterBinding && status === 'accepted' ? begin(next) : stay(next)
        })
        .with({ kind: 're-INVITE' }, ({ contact, cseq, source }) => {
          if (cseq < mn.peerCseq || mn.ended !== null) return stay(mn)
          return [{ ...mn, contact, peerCseq: cseq }, [send<MipSipMessage>({ kind: '200 OK', cseq }, source)]]
        })
        .with({ kind: '200 OK' }, ({ cseq }) => stay(cseq === mn.number ? { ...mn, inviting: null } : mn))
        .with({ kind: 'BU retry' }, () => [mn, [bind(mn)]])
        .with({ kind: 'INVITE retry' }, () => {
          const next = { ...mn, inviting: { ...mn.inviting!, tries: oneLess(mn.inviting!.tries) } }
          return [next, [invite(next)]]
        })
        .with({ kind: 'INVITE time-out' }, () =>
          stay({ ...mn, inviting: null, ended: 'ended the call when Timer B fired: no answer to its re-INVITE' }),
        )
        .with({ kind: P.union('RTP', 'TCP segment') }, () => stay(mn))
        .with({ kind: P.union('BU', 'REGISTER', '200 OK (REGISTER)', 'tunnel') }, ({ kind }) => {
          throw new Error(`a mobile node has no use for a ${kind}`)
        })
        .exhaustive(),
    timers: { 'BU retry': bindingRetry, 'INVITE retry': inviteRetry, 'INVITE time-out': inviteTimeout },
    armed: (mn) => {
      const running: TimerName[] = []
      if (mn.bound === 'waiting') running.push('BU retry')
      if ((mn.inviting?.tries ?? 0) > 0) running.push('INVITE retry')
      if (mn.inviting !== null) running.push('INVITE time-out')
      return armedFor(mn.number, running)
    },
    accepts: (_, address) => address === settings.home,
    pending: (mn) => {
      if (mn.bound === 'waiting') return 'waits for its home agent'
      return mn.inviting === null ? null : 'waits for an answer to its re-INVITE'
    },
    sendData: (mn) => (mn.ended === null ? [send<MipSipMessage>({ kind: 'RTP' }, mn.contact)] : []),
  }
}
