import { type Any, type Mutant, mutate, timerOf, without } from './mutate.ts'

/** SIP. */
export const sip: readonly Mutant[] = [
  {
    name: 'a registrar that keeps the first Contact for ever',
    target: 'sip/resend-replace-branch',
    scenario: 'both-move',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('server-', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, location: state.location }, effects]
    }),
  },
  {
    name: 'a user agent that forgets the registrar',
    target: 'sip/resend-replace-branch',
    scenario: 'both-move',
    killedBy: 'registrations-eventually-correct',
    nodes: mutate('a', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, registered: true }, without('REGISTER')(effects)]
    }),
  },
  {
    name: 'a proxy that forgets the pending request when the user registers',
    target: 'sip/resend-replace-branch',
    scenario: 'both-move',
    killedBy: 'session-survives',
    nodes: mutate('server-', (state, event, step) => {
      const [next, effects] = step(state, event)
      return event.kind === 'REGISTER'
        ? [{ ...next, transaction: state.transaction }, without('INVITE')(effects)]
        : [next, effects]
    }),
  },
  {
    name: 'a user agent without the glare rule, which accepts a re-INVITE while its own is pending',
    target: 'sip/resend-replace-branch',
    scenario: 'both-move',
    killedBy: 'no-stale-overwrite',
    nodes: mutate('', (state, event, step) => {
      if (event.kind !== 'INVITE' || state.client === undefined || state.client === null) return step(state, event)
      const [next, effects] = step({ ...state, client: null }, event)
      return [{ ...next, client: state.client }, effects]
    }),
  },
  {
    name: 'a user agent that never tries again after 491',
    target: 'sip/resend-replace-branch',
    scenario: 'both-move',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('', (state, event, step) => {
      const [next, effects] = step(state, event)
      return event.kind === '491 Request Pending'
        ? [{ ...next, backingOff: false, unannounced: false }, effects]
        : [next, effects]
    }),
  },
  {
    name: 'a user agent that does not acknowledge',
    target: 'sip/direct',
    scenario: 'one-moves',
    killedBy: 'session-survives',
    nodes: mutate('a', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [next, without('ACK')(effects)]
    }),
  },
  {
    name: 'a user agent that takes any answer for the answer to its last request',
    target: 'sip/interceptor',
    scenario: 'one-moves-twice',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('a', (state, event, step) => {
      // It believes that its first 200 OK announces where it is now.
      const [next, effects] = step(state, event)
      return event.kind === '200 OK'
        ? [{ ...next, unannounced: false, client: null }, effects.filter((e) => e.message?.kind === 'ACK')]
        : [next, effects]
    }),
  },
  {
    name: 'hosts that tell an Interceptor once and take that for an acknowledgement',
    target: 'sip/interceptor-acknowledged',
    scenario: 'both-move-one-loss',
    killedBy: 'session-survives',
    nodes: mutate('', (state, event, step) => {
      const [next, effects] = step(state, event)
      return ['untold' in next ? { ...next, untold: [] } : next, effects]
    }),
  },
  {
    name: 'user agents that send a BYE once',
    target: 'sip/home-proxy-relookup',
    scenario: 'both-move-one-loss',
    killedBy: 'data-sent-when-quiet-arrive',
    nodes: mutate('', (state, event, step) => {
      const [next, effects] = step(state, event)
      return ['bye' in next ? { ...next, bye: null } : next, effects]
    }),
  },
  {
    name: 'user agents that wait for ever after the last 491',
    target: 'sip/interceptor',
    scenario: 'both-move-one-loss',
    killedBy: 'no-deadlock-with-work-left',
    nodes: (nodes) =>
      nodes.map((n) => ({
        ...n,
        role: {
          ...n.role,
          armed: (state) => (n.role.armed?.(state) ?? []).filter((armed) => timerOf(armed) !== 'back-off (last)'),
        },
      })),
  },
  {
    name: 'a callee that sends no 200',
    target: 'sip-setup/plain',
    scenario: 'callee-moves-nobody',
    killedBy: 'the-call-is-set-up',
    nodes: mutate('b', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [next, without('200 OK')(effects)]
    }),
  },
  {
    name: 'a callee that does not say where it is before it has heard the ACK',
    target: 'sip-setup/relookup',
    scenario: 'callee-moves',
    killedBy: 'the-call-is-set-up',
    nodes: mutate('b', (state, event, step) => {
      if (state.call !== 'answered') return step(state, event)
      const backingOff = (ua: Any, is: boolean) => ({ ...ua, dialog: { ...ua.dialog, backingOff: is } })
      if (event.kind === 'attached') {
        const [next, effects] = step(backingOff(state, true), event)
        return [backingOff(next, false), effects]
      }
      const [next, effects] = step(state, event)
      if (event.kind !== 'ACK' || !next.dialog.unannounced) return [next, effects]
      const [after, sent] = step(next, { kind: 'back-off (other side)' })
      return [after, [...effects, ...sent]]
    }),
  },
  {
    name: 'a callee that sends a 200 no more once its re-INVITE is answered, though its ACK has not come',
    target: 'sip-setup/relookup',
    scenario: 'callee-moves',
    killedBy: 'session-survives',
    nodes: mutate('b', (state, event, step) => {
      const [next, effects] = step(state, event)
      if (event.kind !== '200 OK') return [next, effects]
      const { server, earlier } = state.dialog
      return [{ ...next, dialog: { ...next.dialog, server, earlier } }, effects]
    }),
  },
  {
    name: 'a server that answers where the first copy of an INVITE came from, at the detail of the paper',
    target: 'sip-setup/paper-plain',
    scenario: 'one-moves',
    killedBy: 'the-call-is-set-up',
    nodes: mutate('server-b', (state, event, step) => {
      const [next, effects] = step(state, event)
      const first = state.transaction?.upstream
      return first === undefined
        ? [next, effects]
        : [{ ...next, transaction: { ...next.transaction, upstream: first } }, effects]
    }),
  },
]
