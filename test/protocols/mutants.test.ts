import { expect, test } from 'vitest'
import type { Node } from '../../spec/index.ts'
import { paperUserAgent } from '../../spec/sip/paper-user-agent.ts'
import { ask } from './ask.ts'

/**
 * Broken protocols, each killed by a named property that the unbroken one satisfies in the same scenario. A mutant changes
 * what one node does on one kind of event.
 */
type AnyStep = (state: never, event: never) => readonly [never, readonly never[]]
// Mutants reach into any role: its types do not help here.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Any = any
type Change = (
  state: Any,
  event: Any,
  step: (state: Any, event: Any) => readonly [Any, readonly Any[]],
) => readonly [Any, readonly Any[]]

/** Replaces the step of the nodes whose name begins with `name`. */
const mutate =
  (name: string, change: Change) =>
  (nodes: readonly Node[]): readonly Node[] =>
    nodes.map((n) => {
      if (!n.name.startsWith(name)) return n
      const step = n.role.step.bind(n.role) as unknown as AnyStep
      return {
        ...n,
        role: { ...n.role, step: (state: never, event: never) => change(state, event, step as never) as never },
      }
    })

const without = (kind: string) => (effects: readonly Any[]) => effects.filter((effect) => effect.message?.kind !== kind)

interface Mutant {
  readonly name: string
  readonly target: string
  readonly scenario: string
  readonly killedBy: string
  readonly nodes: (nodes: readonly Node[]) => readonly Node[]
}

const mutants: readonly Mutant[] = [
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
    name: 'a WireGuard peer that does not look names up again',
    target: 'wireguard/re-resolve-one',
    scenario: 'both-move',
    killedBy: 'binding-eventually-correct',
    nodes: mutate('a', (state, event, step) => (event.kind === 'DNS answer' ? [state, []] : step(state, event))),
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
          armed: (state) => (n.role.armed?.(state) ?? []).filter((timer) => timer !== 'back-off (last)'),
        },
      })),
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

/** Scenarios made for a mutant, from one that ships. */
const made: Record<string, { from: string; given: object }> = {
  'callee-moves-nobody': { from: 'one-moves', given: { moves: {} } },
  'one-moves-twice-reordered': { from: 'one-moves-twice', given: { links: 'bag' } },
}

for (const mutant of mutants) {
  test(`${mutant.name} is killed by '${mutant.killedBy}'`, () => {
    const { from, given } = made[mutant.scenario] ?? { from: mutant.scenario, given: {} }
    const broken = ask(mutant.target, from, { change: mutant.nodes, scenario: given })
    expect(broken[mutant.killedBy]?.kind).toBe('violated')
    // Its unbroken twin passes, or the mutant shows nothing.
    expect(ask(mutant.target, from, { scenario: given })[mutant.killedBy]?.kind).toBe('holds')
  })
}

test('taking the Contact of an OK without the glare rule overwrites news by older news', () => {
  const change = (nodes: readonly Node[]): readonly Node[] =>
    nodes.map((n) => {
      if (n.name !== 'a' && n.name !== 'b') return n
      const other = n.name === 'a' ? 'b' : 'a'
      const place = { a: 'west-1/a', b: 'east-1/b' }
      const settings = {
        name: n.name,
        start: place[n.name],
        peer: place[other],
        registrar: `home-${n.name}/server`,
        okMovesTarget: true,
      }
      return { ...n, role: paperUserAgent({ ...settings, outbound: `home-${other}/server` }) as never }
    })
  expect(ask('sip-paper/resend-replace-branch', 'both-move')['no-stale-overwrite']?.kind).toBe('holds')
  expect(ask('sip-paper/resend-replace-branch', 'both-move', { change })['no-stale-overwrite']?.kind).toBe('violated')
})
