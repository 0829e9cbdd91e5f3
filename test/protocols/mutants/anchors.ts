import { type Mutant, mutate } from './mutate.ts'

/** TMSP and SIMS. */
export const anchors: readonly Mutant[] = [
  {
    name: 'a TMSP host whose tables forget the addresses of a connection',
    target: 'tmsp/lookup-at-time-out',
    scenario: 'both-move',
    killedBy: 'addresses-are-transparent',
    nodes: mutate('b', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, tables: { ...next.tables, mapping: {} } }, effects]
    }),
  },
  {
    name: 'a TMSP host that takes any answer for the answer to its last question',
    target: 'tmsp/movement-verification-registered-first',
    scenario: 'one-moves-twice',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('b', (state, event, step) =>
      step(state, event.kind === '302 Moved Temporarily' ? { ...event, question: state.question } : event),
    ),
  },
  {
    name: 'a TMSP host that does not see that its answer was overtaken',
    target: 'tmsp/lookup-at-time-out',
    scenario: 'both-move',
    killedBy: 'no-stale-overwrite',
    nodes: mutate('a', (state, event, step) => step({ ...state, overtaken: false }, event)),
  },
  {
    name: 'a TMSP server that loses the mapping of an open connection',
    target: 'tmsp-ports/tcp',
    scenario: 'one-moves-address-reused-while-open',
    killedBy: 'eventually-reachable-both-ways',
    nodes: mutate('s', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [event.kind === 're-INVITE' ? { ...next, tables: { ...next.tables, mapping: {} } } : next, effects]
    }),
  },
  {
    name: 'a TMSP server that opens a connection whose addresses and ports are in use',
    target: 'tmsp-ports/tcp',
    scenario: 'one-moves-address-reused-while-open',
    killedBy: 'no-misdelivery',
    nodes: mutate('s', (state, event, step) =>
      step(event.kind === 'SYN' ? { ...state, connection: null } : state, event),
    ),
  },
  {
    name: 'a SIMS agent that takes older requests',
    target: 'sims/credentials',
    scenario: 'one-moves-twice',
    killedBy: 'no-stale-overwrite',
    nodes: mutate('ma ', (state, event, step) =>
      event.kind === 'RelayRequest' ? step({ ...state, out: {} }, event) : step(state, event),
    ),
  },
  {
    name: 'a SIMS agent that sends back what it should send on',
    target: 'sims/credentials',
    scenario: 'both-move',
    killedBy: 'an-old-session-has-one-relay',
    nodes: mutate('ma west-1', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [next, effects.map((e) => (e.do === 'forward' ? { do: 'tunnel', packet: e.packet, to: 'west-2/ma' } : e))]
    }),
  },
  {
    name: 'a SIMS agent that says once that a relay may stop',
    target: 'sims/credentials',
    scenario: 'one-moves-twice-one-loss',
    killedBy: 'no-relay-is-left-behind',
    nodes: mutate('ma ', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, stopping: [] }, effects]
    }),
  },
  {
    name: 'a SIMS intruder that has a credential before it saw one',
    target: 'sims/credentials',
    scenario: 'both-move-attacker-was-visited',
    killedBy: 'an-old-session-has-one-relay',
    nodes: (nodes) =>
      nodes.map((n) => {
        const seen = { credential: { of: 'west-1/a', for: null }, number: 0, relay: 'west-2/ma' }
        return n.name === 'eve' ? { ...n, role: { ...n.role, start: { tries: 1, seen } as never } } : n
      }),
  },
  {
    name: 'a SIMS agent that believes any credential',
    target: 'sims/bound-credentials',
    scenario: 'both-move-attacker-was-visited',
    killedBy: 'no-hijack',
    nodes: mutate('ma ', (state, event, step) =>
      event.kind === 'RelayRequest'
        ? step(state, {
            ...event,
            credential: { of: event.address, for: { relay: event.relay, number: event.number } },
          })
        : step(state, event),
    ),
  },
]
