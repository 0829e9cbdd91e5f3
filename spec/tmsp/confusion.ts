import { type Node, node, type Scenario, scenario, type Variant } from '../index.ts'
import type { Demand, Protocol } from '../protocol.ts'
import { confusionExpectations } from './expectations.ts'
import { type Client, client, describePorts, type MappingRule, type Server, server } from './ports.ts'
import { type Correspondent, controller, correspondent, describeSbc, type NatHost, natHost } from './sbc.ts'

/** The address that the mobile host leaves and that another host is given. */
const LEFT = 'west-1/m1'
const SERVER = 'server/s'

const reuse: readonly Scenario[] = [
  scenario('one-moves', 'The mobile host moves; nobody else gets its address.', {
    moves: { m1: ['west-2'] },
    timers: { close: 'never' },
  }),
  scenario(
    'one-moves-address-reused',
    'The mobile host moves, and another host is given the address that it has left.',
    {
      moves: { m1: ['west-2'], m2: [{ network: 'west-1', address: LEFT }] },
      timers: { close: 'at will', 'mapping expiry': 'eager' },
    },
  ),
  scenario(
    'one-moves-address-taken-over',
    'The same; the other host is given the address while the mobile host may still have it, and takes it over.',
    {
      moves: { m1: ['west-2'], m2: [{ network: 'west-1', address: LEFT }] },
      timers: { close: 'at will', 'mapping expiry': 'eager' },
      addressInUse: 'taken over',
    },
  ),
]

/** By TCP the mobile host may close its connection; whether it does is the question. */
const reuseByTcp: readonly Scenario[] = [
  ...reuse,
  scenario('one-moves-address-reused-while-open', 'The same; the mobile host keeps its connection open.', {
    moves: { m1: ['west-2'], m2: [{ network: 'west-1', address: LEFT }] },
    timers: { close: 'never', 'mapping expiry': 'eager' },
  }),
]

/** P4: what is meant for one host never reaches another. */
const noMisdelivery = (names: readonly string[]): Demand => ({
  means: 'No host ever receives what is meant for another.',
  holds: (view) => {
    const victim = names.find((name) => {
      const { foreign } = view.state<Client | NatHost>(name)
      return typeof foreign === 'boolean' ? foreign : foreign.length > 0
    })
    return victim === undefined ? true : `${victim} has received what was meant for another host`
  },
})

/** 003 §V: what becomes of the host that has the address now. */
const everyoneIsAnswered: Demand = {
  means: 'Whoever asks the server is answered in the end.',
  holds: (view) => view.state<Client>('m2').answered || 'm2 has no answer from the server',
}

function portVariant(name: string, title: string, source: string, by: 'UDP' | 'TCP', rule: MappingRule): Variant {
  return {
    name,
    title,
    source,
    repairs: rule !== 'maps',
    scenarios: by === 'TCP' ? reuseByTcp : reuse,
    subject: {
      ends: ['m1', 's'],
      beliefs: [
        { holder: 's', about: 'm1', believes: (view) => view.state<Server>('s').tables.careOf.m1 ?? null },
        { holder: 'm1', about: 's', believes: () => SERVER },
      ],
      always: { 'no-misdelivery': noMisdelivery(['m1', 'm2']) },
      finally: { 'whoever-asks-is-answered': everyoneIsAnswered },
      carriesData: true,
    },
    expect: confusionExpectations[name] ?? {},
    nodes: (): Node[] => [
      node('m1', client('m1', SERVER, by, 'moves on'), { from: 'west-1' }),
      node('m2', client('m2', SERVER, by, 'asks'), { from: 'south-1' }),
      node('s', server('m1', LEFT, by, rule), { at: [SERVER] }),
    ],
  }
}

/** What the address mapping of TMSP does when an address is used again by somebody else. */
export const tmspPorts: Protocol = {
  name: 'tmsp-ports',
  title: 'TMSP: a mapping that outlives an address (port-mapping confusion)',
  source: '003 §V',
  describe: describePorts,
  variants: [
    portVariant('udp', 'a connectionless server maps the port', '003 §V', 'UDP', 'maps'),
    portVariant('udp-opt-out', 'the port is not mapped', '003 §V (opting out)', 'UDP', 'does not map'),
    portVariant(
      'tcp',
      'the mapping of a connection outlives it, until it expires',
      'not in 003 §V: the same four-tuple',
      'TCP',
      'maps',
    ),
    portVariant(
      'tcp-new-connection',
      'the same; what answers a SYN is never mapped',
      'RFC 9293 §3.10.7: a SYN is answered where it came from',
      'TCP',
      'maps, but not for a new connection',
    ),
    portVariant(
      'tcp-mapping-closes',
      'the mapping goes when its connection closes',
      'not in 003 §V',
      'TCP',
      'maps until the connection closes',
    ),
  ],
}

const controllers: readonly Scenario[] = [
  scenario('one-moves', 'The host moves from NAT to NAT; nobody else comes.', {
    moves: { c1: ['west-2'] },
    timers: { 'binding expiry': 'never' },
  }),
  scenario(
    'one-moves-port-reused',
    'The host moves from NAT to NAT; another host comes to the network that it has left.',
    {
      moves: { c1: ['west-2'], c2: ['west-1'] },
      timers: { 'binding expiry': 'never' },
    },
  ),
  scenario('one-moves-bindings-expire', 'The same; a binding may expire at any moment.', {
    moves: { c1: ['west-2'], c2: ['west-1'] },
    timers: { 'binding expiry': 'eager' },
  }),
  scenario('one-moves-bindings-expire-late', 'The same; a binding expires when its host has told its correspondent.', {
    moves: { c1: ['west-2'], c2: ['west-1'] },
    timers: { 'binding expiry': 'patient' },
  }),
]

const sbc = (network: string) => `${network}/sbc`

/** Session border controllers and a move from NAT to NAT. */
export const tmspSbc: Protocol = {
  name: 'tmsp-sbc',
  title: 'TMSP: moves from NAT to NAT by session border controllers',
  source: '003 §VII-C',
  describe: describeSbc,
  variants: [
    {
      name: 'port-mapping',
      title: "a host is reached by a port of its network's controller",
      source: '003 §VII-C',
      repairs: false,
      scenarios: controllers,
      subject: {
        ends: ['c1', 'p'],
        beliefs: [
          {
            holder: 'p',
            about: 'c1',
            // A controller's address stands for the host that is in its network.
            believes: (view) => view.state<Correspondent>('p').by.replace('/sbc', '/c1'),
          },
        ],
        always: { 'no-misdelivery': noMisdelivery(['c1', 'c2']) },
        strangers: ['c2'],
        carriesData: true,
      },
      expect: confusionExpectations['port-mapping'] ?? {},
      nodes: () => [
        node('c1', natHost('c1', sbc('west-1'), 'server/p'), { from: 'west-1' }),
        node('c2', natHost('c2', null, null), { from: 'south-1' }),
        node('sbc west-1', controller({ host: 'c1', local: 'west-1/c1' }), { at: [sbc('west-1')] }),
        node('sbc west-2', controller(null), { at: [sbc('west-2')] }),
        node('p', correspondent('c1', sbc('west-1')), { at: ['server/p'] }),
      ],
    },
  ],
}
