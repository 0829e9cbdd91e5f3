import { type Mutant, mutate, timerOf } from './mutate.ts'

/** HIP, and what is in use today. */
export const today: readonly Mutant[] = [
  {
    name: 'a HIP host that takes an older Update ID',
    target: 'hip/rvs-in-parallel',
    scenario: 'one-moves-twice',
    killedBy: 'no-stale-overwrite',
    nodes: mutate('b', (state, event, step) =>
      event.kind === 'UPDATE (LOCATOR_SET)'
        ? // Unverified as well: the echo would keep it from a locator that nobody answers at.
          [{ ...state, peerLocator: event.locator }, step({ ...state, peerId: 0 }, event)[1]]
        : step(state, event),
    ),
  },
  {
    name: 'a rendezvous server that relays to the locator it knew at the start',
    target: 'hip/rvs-when-sent-again',
    scenario: 'both-move',
    killedBy: 'session-survives',
    nodes: mutate('rvs-', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, locator: state.locator }, effects]
    }),
  },
  {
    name: 'a HIP host that waits for ever for the answer to its echo request',
    target: 'hip/rvs-in-parallel',
    scenario: 'one-moves-tries-spent',
    killedBy: 'no-deadlock-with-work-left',
    nodes: (nodes) =>
      nodes.map((n) => ({
        ...n,
        role: {
          ...n.role,
          armed: (state: never) => {
            const { outstanding } = state as { outstanding?: unknown }
            return (
              n.role.armed?.(state).filter((armed) => timerOf(armed) !== 'UPDATE time-out' || outstanding !== null) ??
              []
            )
          },
        },
      })),
  },
  {
    name: 'a MOBIKE responder that takes no addresses from a header',
    target: 'mobike/responder-multihomed',
    scenario: 'both-move',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('b', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, peerAt: state.peerAt }, effects]
    }),
  },
  {
    name: 'a MOBIKE initiator that takes a request that is sent again for a new one',
    target: 'mobike/single-homed',
    scenario: 'responder-moves-twice',
    killedBy: 'no-stale-overwrite',
    nodes: mutate('a', (state, event, step) =>
      event.kind === 'ADDITIONAL_ADDRESSES' && event.id === state.peerId
        ? step({ ...state, peerId: event.id - 1 }, event)
        : step(state, event),
    ),
  },
  {
    name: 'a MOBIKE initiator that calls its peer by name only once',
    target: 'mobike/re-established-by-name',
    scenario: 'both-move-one-loss',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('a', (state, event, step) => (event.kind === 'IKE_SA_INIT retry' ? [state, []] : step(state, event))),
  },
  {
    name: 'a WireGuard peer that does not look names up again',
    target: 'wireguard/re-resolve-one',
    scenario: 'both-move',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('a', (state, event, step) => (event.kind === 'DNS answer' ? [state, []] : step(state, event))),
  },
  {
    name: 'a WireGuard peer without data that does not renew its keys',
    target: 'wireguard/re-resolve-keepalive-at-asker',
    scenario: 'other-moves',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('a', (state, event, step) => (event.kind === 'REKEY_AFTER_TIME' ? [state, []] : step(state, event))),
  },
  {
    name: 'a QUIC endpoint that follows older packets too',
    target: 'quic/peer-to-peer',
    scenario: 'one-moves-twice',
    killedBy: 'no-stale-overwrite',
    nodes: mutate('', (state, event, step) =>
      event.kind === 'data, PATH_CHALLENGE'
        ? [{ ...step({ ...state, peerNumber: -1 }, event)[0], peerAt: event.source }, step(state, event)[1]]
        : step(state, event),
    ),
  },
  {
    name: 'a QUIC client that does not turn to the preferred address',
    target: 'quic/preferred-address',
    scenario: 'server-moves',
    killedBy: 'eventually-reachable-both-ways',
    nodes: mutate('a', (state, event, step) =>
      event.kind === 'PATH_RESPONSE, PATH_CHALLENGE' ? [state, []] : step(state, event),
    ),
  },
  {
    name: 'a QUIC client that gets no connection ID for one that it has retired',
    target: 'quic/preferred-address-two-ids',
    scenario: 'both-move-twice',
    killedBy: 'session-survives',
    nodes: mutate('a', (state, event, step) => {
      const [next, effects] = step(state, event)
      return event.kind === 'ACK' ? [{ ...next, ids: { ...next.ids, unused: 0 } }, effects] : [next, effects]
    }),
  },
  {
    name: 'an MPTCP host that does not know the announced address',
    target: 'mptcp/stable-address',
    scenario: 'both-move',
    killedBy: 'session-survives',
    nodes: mutate('a', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [next, effects.filter((e) => e.to !== 'second-b/b')]
    }),
  },
  {
    name: 'an MPTCP host behind the C flag that does not announce another address',
    target: 'mptcp/join-denied-stable-address',
    scenario: 'one-moves',
    killedBy: 'session-survives',
    nodes: mutate('a', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [next, effects.filter((e) => e.to !== 'second-b/b')]
    }),
  },
  {
    name: 'an MPTCP host that opens no subflow to an address that it is told',
    target: 'mptcp/join-denied-overlap',
    scenario: 'both-move',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('b', (state, event, step) => (event.kind === 'ADD_ADDR' ? [state, []] : step(state, event))),
  },
  {
    name: 'a TURN server that moves no allocation',
    target: 'ice/relayed-mobility',
    scenario: 'both-move',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('turn-', (state, event, step) =>
      event.kind === 'Refresh (MOBILITY-TICKET)' ? [state, step(state, event)[1]] : step(state, event),
    ),
  },
  {
    name: 'a relayed ICE agent that asks for no further permission',
    target: 'ice/one-relayed-mobility-anchored',
    scenario: 'other-moves',
    killedBy: 'eventually-reachable-both-ways',
    nodes: mutate('turn-', (state, event, step) =>
      event.kind === 'CreatePermission' ? [state, step(state, event)[1]] : step(state, event),
    ),
  },
  {
    name: 'an ICE agent that ignores offers',
    target: 'ice/anchored-rollback',
    scenario: 'both-move',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('b', (state, event, step) => (event.kind === 'offer' ? [state, []] : step(state, event))),
  },
  {
    name: 'an ILNP host that takes an answer that was overtaken',
    target: 'ilnp/dns-overtaken-answers-dropped',
    scenario: 'both-move-one-loss',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('', (state, event, step) =>
      event.kind === 'DNS answer' ? step({ ...state, asking: true }, event) : step(state, event),
    ),
  },
  {
    name: 'an ILNP host that takes a Locator Update that is older by its number',
    target: 'ilnp/numbered',
    scenario: 'one-moves-twice',
    killedBy: 'no-stale-overwrite',
    nodes: mutate('b', (state, event, step) =>
      step(event.kind === 'Locator Update' ? { ...state, peerNumber: -1 } : state, event),
    ),
  },
  {
    name: 'an ILNP host whose update is ended by the ACK of an older one',
    target: 'ilnp/numbered-soft-handoff',
    scenario: 'one-moves-twice-one-loss',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('a', (state, event, step) =>
      step(state, event.kind === 'Locator Update ACK' ? { ...event, number: state.number } : event),
    ),
  },
]
