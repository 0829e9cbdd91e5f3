import { type Mutant, mutate, without } from './mutate.ts'

/** Mobile IP, and what was made of it. */
export const mobileIp: readonly Mutant[] = [
  {
    name: 'a correspondent node without the sequence number check',
    target: 'mipv6/home-address-expedited',
    scenario: 'one-moves-twice',
    killedBy: 'no-stale-overwrite',
    nodes: mutate('b', (state, event, step) => {
      if (event.kind !== 'BU') return step(state, event)
      const [next, effects] = step({ ...state, cache: null }, event)
      return [next, effects]
    }),
  },
  {
    name: 'a home agent without the sequence number check',
    target: 'mipv6/ro-rfc-expedited',
    scenario: 'one-moves-twice-reordered',
    killedBy: 'no-stale-overwrite',
    nodes: mutate('ha-a', (state, event, step) =>
      event.kind === 'BU (home)'
        ? step({ ...state, binding: { ...state.binding, seq: event.seq - 1 } }, event)
        : step(state, event),
    ),
  },
  {
    name: 'a home agent that sends on whatever anybody tunnels to it',
    target: 'mipv6/ro-rfc',
    scenario: 'attacker-behind-ingress-filter',
    killedBy: 'no-home-agent-helps-to-forge',
    nodes: mutate('ha-', (state, event, step) =>
      step(state, event.kind === 'tunnel' ? { ...event, source: state.binding.coa } : event),
    ),
  },
  {
    name: 'a correspondent that answers a test by the cookie of the one before',
    target: 'mipv6/ro-rfc',
    scenario: 'one-moves',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('b', (state, event, step) =>
      step(state, event.kind === 'HoTI' || event.kind === 'CoTI' ? { ...event, cookie: 1 - event.cookie } : event),
    ),
  },
  {
    name: 'a mobile node that does not tell its home agent',
    target: 'mipv6/tunnel',
    scenario: 'one-moves',
    killedBy: 'eventually-reachable-both-ways',
    nodes: mutate('a', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, homeAcknowledged: true }, without('BU (home)')(effects)]
    }),
  },
  {
    name: 'a mobile node that signals to the address that its peer has left',
    target: 'mipv6/ro-rfc',
    scenario: 'both-move',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('', (state, event, step) => {
      const [next, effects] = step(state, event)
      const stale = (to: string) => (to === 'home-b/b' ? 'east-1/b' : to === 'home-a/a' ? 'west-1/a' : to)
      return [next, effects.map((e) => (e.do === 'send' ? { ...e, to: stale(e.to) } : e))]
    }),
  },
  {
    name: 'a home agent that throws away what it is to forward again',
    target: 'mipv6/home-address',
    scenario: 'both-move-no-retransmission',
    killedBy: 'no-deadlock-with-work-left',
    nodes: mutate('ha-', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, buffer: [] }, effects]
    }),
  },
  {
    name: 'a home agent that takes a registration from the old address for no move',
    target: 'mipv6/home-address-expedited',
    scenario: 'both-move-one-returns-no-retransmission',
    killedBy: 'no-deadlock-with-work-left',
    nodes: mutate('ha-', (state, event, step) => {
      const [next, effects] = step(state, event)
      const back = event.kind === 'BU (home)' && event.coa === state.binding.coa
      return [next, back ? effects.filter((effect) => effect.do !== 'tunnel') : effects]
    }),
  },
  {
    name: 'a home agent that comes back with where its mobile node was at first',
    target: 'mipv6/tunnel',
    scenario: 'home-agent-crashes-and-keeps',
    killedBy: 'binding-eventually-correct',
    nodes: (nodes) =>
      nodes.map((n) =>
        n.name.startsWith('ha-') ? { ...n, role: { ...n.role, restart: () => n.role.start as never } } : n,
      ),
  },
  {
    name: 'a mobile node that does not renew its home registration',
    target: 'mipv6/tunnel',
    scenario: 'home-agent-crashes-refresh',
    killedBy: 'eventually-reachable-both-ways',
    nodes: mutate('', (state, event, step) =>
      event.kind === 'home binding refresh' ? [state, []] : step(state, event),
    ),
  },
  {
    name: 'a forwarder that keeps nothing',
    target: 'mipv6/forwarding-buffered-expedited',
    scenario: 'both-move-no-retransmission',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('forwarder', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, kept: [] }, effects]
    }),
  },
  {
    name: 'a mobile node that signals before its home agent knows where it is',
    target: 'mipv6/home-address-one-agent-expedited-awaits-home',
    scenario: 'both-move-no-retransmission',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('b', (state, event, step) => {
      const [next, effects] = step(state, event)
      if (event.kind !== 'attached') return [next, effects]
      const [begun, more] = step(next, { kind: 'BA (home)', seq: next.homeSeq })
      return [begun, [...effects, ...more]]
    }),
  },
  {
    name: 'a mobile node that does not resend to a peer that is back where it was',
    target: 'mipv6/home-address-one-agent-expedited-awaits-home',
    scenario: 'both-move-peer-returns-no-retransmission',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('a', (state, event, step) => {
      const [next, effects] = step(state, event)
      if (event.kind !== 'BU' || event.coa !== state.cache.coa) return [next, effects]
      const { registration, cookie } = state
      return [{ ...next, registration, cookie }, effects.filter((e) => e.message?.kind === 'BA')]
    }),
  },
  {
    name: "a mobile node that asks its peer's home agent where it has heard from the peer itself",
    target: 'mipv6/home-address-one-agent-expedited-to-care-of',
    scenario: 'both-move-no-retransmission',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('a', (state, event, step) => {
      const [next, effects] = step(state, event)
      const signals = (kind: string | undefined) => kind === 'CoTI' || kind === 'BU'
      return [next, effects.map((e) => (signals(e.message?.kind) ? { ...e, to: 'home-b/b' } : e))]
    }),
  },
  {
    name: 'a MIPv4 home agent without the Identification check',
    target: 'mip/co-located',
    scenario: 'one-moves-twice-reordered',
    killedBy: 'no-stale-overwrite',
    nodes: mutate('ha-a', (state, event, step) =>
      event.kind === 'Registration Request'
        ? step({ ...state, identification: event.identification - 1 }, event)
        : step(state, event),
    ),
  },
  {
    name: 'a foreign agent that forgets its visitors',
    target: 'mip/foreign-agent',
    scenario: 'one-moves',
    killedBy: 'eventually-reachable-both-ways',
    nodes: mutate('fa ', (state, event, step) => {
      const [, effects] = step(state, event)
      return [{ visitors: {} }, effects]
    }),
  },
  {
    name: 'a MIPv4 mobile node that does not register again when its foreign agent has come back',
    target: 'mip/foreign-agent',
    scenario: 'foreign-agent-crashes-advertises',
    killedBy: 'eventually-reachable-both-ways',
    nodes: mutate('a', (state, event, step) =>
      event.kind === 'Agent Advertisement' ? [state, []] : step(state, event),
    ),
  },
  {
    name: 'a location register that forgets who asked',
    target: 'mip-lr/revised-answers',
    scenario: 'both-move',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('hlr-', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, askers: [] }, effects]
    }),
  },
  {
    name: 'a host of MIP-LR that keeps to itself where it is when it learns where its peer has gone',
    target: 'mip-lr/hlr-initiated-resends',
    scenario: 'both-move',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('', (state, event, step) => {
      const [next, effects] = step(state, event)
      return event.kind === 'HLR Update' || event.kind === 'Update' ? [next, []] : [next, effects]
    }),
  },
  {
    name: 'a location register that takes an acknowledgement for granted',
    target: 'mip-lr/hlr-initiated-retransmitted',
    scenario: 'both-move-one-loss',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, ...('telling' in next ? { telling: null } : { unacknowledged: [] }) }, effects]
    }),
  },
  {
    name: 'a location register that crashes and forgets what it has stored',
    target: 'mip-lr/direct-retransmitted',
    scenario: 'register-crashes-and-keeps',
    killedBy: 'registrations-eventually-correct',
    nodes: (nodes) =>
      nodes.map((n) =>
        n.name.startsWith('hlr-')
          ? { ...n, role: { ...n.role, restart: () => ({ ...(n.role.start as object), location: null }) as never } }
          : n,
      ),
  },
  {
    name: 'a foreign agent of MIP-RO that does not warn',
    target: 'mip-ro/warning-only',
    scenario: 'one-moves',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('fa ', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [next, without('Binding Warning')(effects)]
    }),
  },
  {
    name: 'a mobile node of MIP-RO that does not register again',
    target: 'mip-ro/warning-only',
    scenario: 'home-agent-crashes-lifetimes',
    killedBy: 'registrations-eventually-correct',
    nodes: mutate('', (state, event, step) =>
      event.kind === 'registration lifetime' ? [state, []] : step(state, event),
    ),
  },
  {
    name: 'a foreign agent of MIP-RO that has warned before, and does not after a crash',
    target: 'mip-ro/forwarding-and-warning',
    scenario: 'previous-agent-crashes',
    killedBy: 'eventually-reachable-both-ways',
    nodes: (nodes) =>
      mutate('fa ', (state, event, step) => {
        const [next, effects] = step(state, event)
        return state.crashed === true
          ? [{ ...next, crashed: true }, without('Binding Warning')(effects)]
          : [next, effects]
      })(nodes).map((n) =>
        n.name.startsWith('fa ')
          ? { ...n, role: { ...n.role, restart: () => ({ ...(n.role.start as object), crashed: true }) as never } }
          : n,
      ),
  },
  {
    name: 'a home agent of MIP-SIP that does not register',
    target: 'mip-sip/parallel',
    scenario: 'one-moves',
    killedBy: 'registrar-home-agent-and-peer-agree',
    nodes: mutate('ha-', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [next, without('REGISTER')(effects)]
    }),
  },
  {
    name: 'a registrar of MIP-SIP that takes a superseded REGISTER',
    target: 'mip-sip/parallel',
    scenario: 'one-moves-twice-one-loss',
    killedBy: 'no-stale-overwrite',
    nodes: mutate('registrar-', (state, event, step) =>
      step(event.kind === 'REGISTER' ? { ...state, cseq: 0 } : state, event),
    ),
  },
  {
    name: 'a correspondent that takes Binding Updates without a home token',
    target: 'mipv6/ro-rfc',
    scenario: 'attacker-off-path',
    killedBy: 'no-hijack',
    nodes: (nodes) =>
      mutate('eve', (state, event, step) =>
        event.kind === 'CoT'
          ? [{ ...state, coToken: event.token, homeToken: { by: 'b', home: 'home-a/a', nonce: 0 } }, []]
          : step(state, event),
      )(nodes),
  },
]
