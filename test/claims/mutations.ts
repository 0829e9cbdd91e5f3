import { changeStep, withoutSending } from '../../claims/changes.ts'
import { type Mutation, Searches } from '../../claims/searches.ts'
import type { Node } from '../../spec/index.ts'

/** Changes of the protocol behind a claim. */
const of =
  (pattern: RegExp, change: (nodes: readonly Node[]) => readonly Node[]): Mutation =>
  (target, nodes) =>
    pattern.test(target) ? change(nodes) : nodes

/** The nodes of another variant. */
const nodesOf = (target: string, scenario: string) => new Searches().nodes(target, scenario)

const silent = (names: readonly string[], kind: string) => withoutSending(names, kind)
/** A server that keeps what it knew at the start. */
const keeps = (names: readonly string[], field: string) =>
  changeStep(names, (state, event, step) => {
    const [next, effects] = step(state, event)
    return [{ ...next, [field]: state[field] }, effects]
  })
/** A node that does nothing at all. */
const deaf = (names: readonly string[]) => changeStep(names, (state) => [state, []])
/** Everything goes to where the other really is: as if by an oracle. */
const teleport = (names: readonly string[], field: string, value: (state: { here?: string }) => unknown) =>
  changeStep(names, (state, event, step) => {
    const [next, effects] = step(state, event)
    return [{ ...next, [field]: value(next) }, effects]
  })

/** For a claim: what is changed, in words, and how. */
export const mutations: readonly (readonly [string, string, Mutation])[] = [
  ['000-01', 'home agents ignore registrations', of(/^mip\//, deaf(['ha-']))],
  [
    '000-05',
    'a re-INVITE goes to every address that the other may have',
    of(
      /^sip-paper\/direct/,
      changeStep(['a', 'b'], (state, event, step) => {
        const [next, effects] = step(state, event)
        const everywhere = { a: ['east-1/b', 'east-2/b'], b: ['west-1/a', 'west-2/a'] }
        return [
          next,
          effects.flatMap((effect) =>
            effect.message?.kind === 'INVITE'
              ? everywhere[effect.message.from as 'a' | 'b'].map((to) => ({ ...effect, to }))
              : [effect],
          ),
        ]
      }),
    ),
  ],
  ['000-06', 'registrars keep the first Contact', of(/^sip/, keeps(['server-'], 'location'))],
  ['000-08', 'home agents do not tell', of(/^mip-ro\//, silent(['ha-'], 'Binding Update'))],
  ['000-10', 'registers keep the first location', of(/^mip-lr\//, keeps(['hlr-'], 'location'))],
  ['000-12', 'the registrar keeps the first Contact', of(/^sip-setup\//, keeps(['server-b'], 'location'))],
  ['000-24', 'foreign agents do not warn', of(/^mip-ro\//, silent(['fa '], 'Binding Warning'))],
  ['000-25', 'hosts do not tell the translator', of(/^sip-paper\//, silent(['a', 'b'], 'Forward'))],
  [
    '000-27',
    'the home agent always keeps a second address',
    of(
      /^mip\//,
      teleport(['ha-a'], 'also', () => 'west-1/a'),
    ),
  ],
  [
    '000-31',
    'registers forget who asked',
    of(
      /^mip-lr\//,
      teleport(['hlr-'], 'askers', () => []),
    ),
  ],
  ['001-01', 'home agents ignore bindings', of(/^mip-sip\//, deaf(['ha-']))],
  ['000-03', 'the registrar keeps the first Contact', of(/^sip-setup\//, keeps(['server-b'], 'location'))],
  ['001-05', 'no re-INVITE where the binding is refused', of(/parallel-refused/, silent(['a'], 're-INVITE'))],
  [
    '001-06',
    'mobile nodes register by themselves',
    of(
      /^mip-sip\//,
      changeStep(['a'], (state, event, step) => {
        // What it sent it does not expect an answer to.
        if (event.kind === '200 OK (REGISTER)') return [state, []]
        const [next, effects] = step(state, event)
        const register = {
          do: 'send',
          message: { kind: 'REGISTER', contact: next.here, cseq: next.number },
          to: 'home-a/registrar',
        }
        return [next, event.kind === 'attached' ? [...effects, register] : effects]
      }),
    ),
  ],
  [
    '002-05',
    'agents send everything by their neighbour as well',
    of(
      /^sims\//,
      changeStep(['ma west-1'], (state, event, step) => {
        const [next, effects] = step(state, event)
        return [next, effects.map((effect) => (effect.do === 'tunnel' ? { ...effect, to: 'east-1/ma' } : effect))]
      }),
    ),
  ],
  [
    '002-14',
    'agents keep their tables',
    of(/^sims\//, (nodes) =>
      nodes.map((n) =>
        n.name.startsWith('ma ') ? { ...n, role: { ...n.role, restart: ((state: unknown) => state) as never } } : n,
      ),
    ),
  ],
  [
    '002-21',
    'an agent relays for whoever has been there',
    of(/^sims\//, (nodes) =>
      changeStep(['ma west-2'], (state, event, step) => {
        const asked = event.kind === 'Attach' && event.addresses.length === 0
        const old = { address: 'west-1/a', credential: { of: 'west-1/a', for: null } }
        return step(state, asked ? { ...event, addresses: [old] } : event)
      })(nodes),
    ),
  ],
  [
    '004-04',
    'the token of the address before is used',
    of(
      /^mipv6\//,
      changeStep(['a'], (state, event, step) => {
        const [next, effects] = step(state, event)
        const old = (message: { kind: string; coToken: object }) => ({
          ...message,
          coToken: { ...message.coToken, coa: 'west-1/a' },
        })
        return [next, effects.map((e) => (e.message?.kind === 'BU' ? { ...e, message: old(e.message) } : e))]
      }),
    ),
  ],
  [
    '004-06',
    'tests go to the home address',
    (target, nodes) => (target === 'mipv6/ro-seed' ? nodesOf('mipv6/ro-rfc', 'both-move-atomic') : nodes),
  ],
  [
    '004-17',
    'care-of tokens are sent to the home address',
    of(
      /^mipv6\//,
      changeStep(['b'], (state, event, step) => {
        const [next, effects] = step(state, event)
        return [
          next,
          effects.map((e) =>
            e.message?.kind === 'CoT' || e.packet?.message.kind === 'CoT'
              ? { do: 'send', message: e.message ?? e.packet.message, to: 'home-a/a' }
              : e,
          ),
        ]
      }),
    ),
  ],
  [
    '004-23',
    'numbers of updates are not looked at',
    of(
      /^mipv6\//,
      changeStep(['a', 'b'], (state, event, step) =>
        event.kind === 'BU' && state.cache !== null
          ? step({ ...state, cache: { ...state.cache, seq: event.seq - 1 } }, event)
          : step(state, event),
      ),
    ),
  ],
  ['001-20', 'no re-INVITE on a move', of(/^mip-sip\//, silent(['a'], 're-INVITE'))],
  ['002-01', 'agents relay nothing', of(/^sims\//, silent(['ma '], 'RelayRequest'))],
  [
    '002-07',
    'credentials are bound to relay and number',
    (target, nodes) => {
      if (target !== 'sims/credentials') return nodes
      const bound = nodesOf('sims/bound-credentials', 'both-move-attacker-was-visited')
      return nodes.map((n) => (n.name === 'eve' ? n : bound.find(({ name }) => name === n.name)!))
    },
  ],
  ['002-15', 'agents relay nothing', of(/^sims\//, deaf(['ma ']))],
  [
    '003-02',
    'tables that forget their mapping',
    of(
      /^tmsp\//,
      teleport(['a', 'b'], 'tables', () => ({
        mapping: { 5000: { source: 'x/x', destination: 'y/y', peer: 'b' } },
        careOf: { a: 'west-1/a', b: 'east-1/b' },
      })),
    ),
  ],
  ['003-04', 'redirect servers keep the first address', of(/^tmsp\//, keeps(['rs-'], 'coa'))],
  [
    '003-07',
    'hosts believe whatever they are told',
    of(/^tmsp\/movement/, (nodes) =>
      changeStep(['b'], (state, event, step) =>
        event.kind === 're-INVITE'
          ? [{ ...state, tables: { ...state.tables, careOf: { a: event.coa } } }, []]
          : step(state, event),
      )(nodes),
    ),
  ],
  [
    '003-09',
    'the server maps nothing',
    of(
      /^tmsp-ports\//,
      teleport(['s'], 'tables', () => ({ mapping: {}, careOf: { m1: 'west-2/m1' } })),
    ),
  ],
  [
    '004-02',
    'the home agent is told last',
    of(
      /^mipv6\//,
      changeStep(['a', 'b'], (state, event, step) => {
        const [next, effects] = step(state, event)
        return [next, [...effects].reverse()]
      }),
    ),
  ],
  ['004-05', 'correspondents do not say that a nonce has expired', of(/^mipv6\//, silent(['b'], 'BA'))],
  ['004-10', 'no Care-of Tests', of(/^mipv6\/ro-seed/, silent(['a', 'b'], 'CoT'))],
  [
    '004-20',
    'agents throw away what they keep',
    of(
      /^mipv6\//,
      teleport(['ha-'], 'buffer', () => []),
    ),
  ],
  [
    '004-25',
    'correspondents send no care-of token to a stranger',
    of(
      /^mipv6\//,
      changeStep(['b'], (state, event, step) =>
        event.kind === 'CoTI' && event.source.startsWith('south/') ? [state, []] : step(state, event),
      ),
    ),
  ],
  ['004-26', 'home agents ignore registrations', of(/^mip\//, deaf(['ha-']))],
  [
    '002-10',
    'Mobile IP goes by a foreign agent',
    (target, nodes) => (target === 'mip/co-located' ? nodesOf('mip/foreign-agent', 'one-moves') : nodes),
  ],
  [
    '003-05',
    "an answer that the other's own re-INVITE has overtaken is dropped",
    of(
      /^tmsp\/lookup-at-fraction/,
      changeStep(['a', 'b'], (state, event, step) =>
        event.kind === '302 Moved Temporarily' && state.overtaken
          ? [{ ...state, asking: false }, []]
          : step(state, event),
      ),
    ),
  ],
  [
    '003-10',
    'an entry goes with its connection',
    of(
      /^tmsp-ports\/tcp$/,
      changeStep(['s'], (state, event, step) => {
        const [next, effects] = step(state, event)
        return [event.kind === 'FIN' ? { ...next, tables: { ...next.tables, mapping: {} } } : next, effects]
      }),
    ),
  ],
  [
    '003-11',
    'replies go where the question came from, data to where the host is',
    of(/^tmsp-ports\/udp/, (nodes) =>
      changeStep(['s'], (state, event, step) => {
        const [next, effects] = step(state, event)
        return [next, effects.map((e) => (e.message?.kind === 'reply' ? { ...e, to: event.source } : e))]
      })(nodes).map((n) => {
        if (n.name !== 's') return n
        const sendData = (state: { tables: { careOf: { m1: string } } }) => [
          { do: 'send', message: { kind: 'data' }, to: state.tables.careOf.m1 },
        ]
        return { ...n, role: { ...n.role, sendData: sendData as never } }
      }),
    ),
  ],
  [
    '003-30',
    'a host of MIPv6 tells its correspondents always',
    (target, nodes) => (target === 'mipv6/tunnel' ? nodesOf('mipv6/ro-seed', 'one-moves') : nodes),
  ],
  [
    '003-32',
    'whoever gets no answer asks the redirect server',
    (target, nodes) => (target === 'tmsp/direct' ? nodesOf('tmsp/lookup-at-time-out', 'one-moves') : nodes),
  ],
  [
    '004-21',
    'control messages go to the care-of address',
    (target, nodes) => (target.startsWith('mipv6/') ? nodesOf('mipv6/ro-seed', 'one-moves') : nodes),
  ],
]
