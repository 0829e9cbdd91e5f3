import { networkOf, type Packet, probe, type View } from '../spec/index.ts'
import { BINDING, HIJACK, REACH, REGISTRATIONS } from '../spec/property-ids.ts'
import { ENDS, other } from '../spec/roaming.ts'
import type { Agent } from '../spec/sims/agent.ts'
import { changeStep, inEveryState, inTheEnd, isOver, removing } from './changes.ts'
import { type Claim, search, statement } from './claim.ts'
import type { Runner } from './run.ts'

type AnyStep = (state: unknown, event: unknown) => readonly [unknown, readonly AnyEffect[]]
interface AnyEffect {
  readonly do: string
  readonly to?: string
  readonly from?: string
  readonly message?: { readonly kind: string }
}
const stepOf = (run: Runner, target: string, scenario: string, name: string) => {
  const { role } = run.nodes(target, scenario).find((n) => n.name === name)!
  return { start: role.start as unknown, step: role.step as unknown as AnyStep, role }
}

/** What leaves a host has, outermost, a source address that belongs where it is: ingress filters let it pass (RFC 2827). */
const passesFilters = (view: View): true | string => {
  for (const end of ENDS) {
    const [effect] = view.node(end).role.sendData?.(view.state(end), other(end)) ?? []
    const held = view.held(end)
    if (effect?.do !== 'send' || effect.from === undefined || held.length === 0) continue
    if (!held.some((address) => networkOf(address) === networkOf(effect.from!))) {
      return `${end} sends from ${effect.from} while it is at ${held.join(', ')}`
    }
  }
  return true
}
const filters = { own: inEveryState('passes ingress filters', passesFilters) }

const onceReturned = inTheEnd('the session is direct again', (view) => {
  const journeys = ENDS.map((end) => probe(view, end, other(end)))
  const relayed = journeys.find((journey) => 'via' in journey && journey.via.length > 0)
  // Only the run in which the host has come back is asked about.
  if (!isOver(view)) return view.isQuiet() ? true : 'not over'
  return relayed === undefined ? true : 'the session is still relayed'
})

/** Paper 002: SIMS. */
export const paper002: readonly Claim[] = [
  {
    id: '002-01',
    where: '§IV, Table I',
    claim: 'No permanent address is needed.',
    decide: {
      all: [
        search('sessions survive', 'sims/credentials', 'both-move', REACH, 'holds'),
        statement('there is no home', (run) => {
          const homes = run
            .nodes('sims/credentials', 'both-move')
            .filter((n) => (n.agentOf ?? []).some((net) => net.startsWith('home')))
          return { so: homes.length === 0, text: `${homes.length} home agents` }
        }),
      ],
    },
    expected: 'holds',
    why: 'A session keeps the address that it began with, and any network may be the first.',
  },
  {
    id: '002-02',
    where: '§IV',
    claim: 'New sessions have no overhead.',
    decide: {
      all: ['both-move', 'one-moves-twice', 'one-returns'].map((scenario) =>
        search(scenario, 'sims/credentials', scenario, 'new-sessions-are-direct', 'holds'),
      ),
    },
    expected: 'holds',
    why: 'A session that begins now has the address of now.',
  },
  {
    id: '002-03',
    where: '§IV',
    claim: 'Old sessions survive any number of moves.',
    decide: {
      cases: [
        search('two moves each', 'sims/credentials', 'both-move-twice', REACH, 'holds'),
        search(
          'two quick moves, requests without numbers',
          'sims/credentials-unnumbered',
          'one-moves-twice',
          REACH,
          'holds',
        ),
        search(
          'the address that was left is given to another host',
          'sims/credentials',
          'address-given-away',
          REACH,
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'If requests are numbered, which they are not in the paper, and addresses are not given away.',
  },
  {
    id: '002-04',
    where: '§I',
    claim: 'On return the tunnel ends and the session is direct again.',
    decide: {
      cases: [
        search('requests are numbered', 'sims/credentials', 'one-returns', 'the session is direct again', 'holds', {
          own: onceReturned,
        }),
        search('no relay is left behind', 'sims/credentials', 'one-returns', 'no-relay-is-left-behind', 'holds'),
        search(
          'no relay is left behind, without numbers',
          'sims/credentials-unnumbered',
          'one-returns',
          'no-relay-is-left-behind',
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'Without numbers a relay request that comes late sets the relay up again, for good.',
  },
  {
    id: '002-05',
    where: '§IV-B',
    claim: 'An old session takes one relay, however often its host has moved.',
    decide: {
      all: ['one-moves-twice', 'both-move-twice'].map((scenario) =>
        search(scenario, 'sims/credentials', scenario, 'an-old-session-has-one-relay', 'holds'),
      ),
    },
    expected: 'holds',
    why: 'The host itself names the origin of each address: a star, not a chain.',
  },
  {
    id: '002-06',
    where: '§IV-B',
    claim: 'It scales, since the host keeps the state: an agent has entries for open sessions only.',
    decide: {
      all: [
        search('never more entries than sessions', 'sims/credentials', 'both-move-twice', 'entries', 'holds', {
          own: inEveryState('entries', (view) => {
            const most = view.layout.topology.nodes
              .filter((n) => n.name.startsWith('ma '))
              .map((n) => view.state<Agent>(n.name))
              .map((agent) => Object.keys(agent.in).length + Object.keys(agent.out).length)
            return Math.max(...most) <= 1 ? true : 'an agent has more entries than there are sessions of its visitors'
          }),
        }),
      ],
    },
    expected: 'holds',
    why: 'One entry a session and agent.',
  },
  {
    id: '002-07',
    where: '§V',
    claim: 'Credentials stop hijacking.',
    decide: {
      cases: [
        search('an outsider', 'sims/credentials', 'both-move-attacker', HIJACK, 'holds'),
        search(
          'an agent that the host has visited',
          'sims/credentials',
          'both-move-attacker-was-visited',
          HIJACK,
          'holds',
        ),
        search(
          'the same; a credential is good for one request',
          'sims/bound-credentials',
          'both-move-attacker-was-visited',
          HIJACK,
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'An agent to which the credential was shown can use it again, unless it is bound to relay and number.',
  },
  {
    id: '002-08',
    where: '§IV-B',
    claim: 'An agent tells old sessions from new ones by their source address.',
    decide: {
      all: [
        statement('two networks hand out the same private address', (run) => {
          const { step } = stepOf(run, 'sims/credentials', 'one-moves', 'ma west-2')
          // A visitor has brought 10.0.0.5 from its old network; a host here was given 10.0.0.5 by this one.
          const visitor = { local: 'west-2/a', credential: { of: '10/5', for: null }, number: 1, agreed: true }
          const inner: Packet = { source: '10/5', destination: 'east-1/b', hops: 8, message: { kind: 'data' } }
          const event = { kind: 'tunnel', inner, source: 'west-2/d', destination: 'west-2/ma', hops: 8 }
          const [, effects] = step({ out: {}, in: { '10/5': visitor } }, event)
          const relayed = effects.some((effect) => effect.do === 'tunnel')
          return {
            so: !relayed,
            text: relayed ? 'the new session is relayed to the origin of the old one' : 'it is sent directly',
          }
        }),
      ],
    },
    expected: 'fails',
    why: 'With equal private addresses the source says nothing.',
  },
  {
    id: '002-09',
    where: '§IV-B',
    claim: 'With a mean flow of 19 s few sessions are open at a move.',
    decide: {
      all: [
        statement("Little's law, one new flow every ten seconds", () => {
          const open = 0.1 * 19
          return { so: open < 5, text: `${open.toFixed(1)} open on the average` }
        }),
      ],
    },
    expected: 'holds',
    why: 'Rate times 19 s; a mean says nothing of the long ones.',
  },
  {
    id: '002-10',
    where: '§V-3',
    claim:
      'The handover is short: RTT to the agent here plus that to the farthest agent, against the RTT to a home agent.',
    decide: {
      cases: [
        statement('agents 10 ms apart, home agent 100 ms away', () => {
          const [sims, mip] = [5 + 10, 100]
          return { so: sims < mip, text: `${sims} ms against ${mip} ms` }
        }),
        statement('an old session in a network 150 ms away', () => {
          const [sims, mip] = [5 + 150, 100]
          return { so: sims < mip, text: `${sims} ms against ${mip} ms` }
        }),
      ],
    },
    expected: 'conditional',
    why: 'If the agents of old sessions are nearer than a home agent would be.',
  },
  {
    id: '002-11',
    where: '§II',
    claim: 'Triangular routing dies of ingress filters.',
    decide: { all: [search('MIPv4', 'mip/co-located', 'one-moves', 'passes ingress filters', 'violated', filters)] },
    expected: 'holds',
    why: 'The home address is sent from elsewhere; reverse tunnelling (RFC 3024) avoids it.',
  },
  {
    id: '002-12',
    where: '§II',
    claim: 'Bidirectional tunnelling passes them.',
    decide: {
      all: [
        search('MIPv6 by the home agents', 'mipv6/tunnel', 'one-moves', 'passes ingress filters', 'holds', filters),
      ],
    },
    expected: 'holds',
    why: 'Outermost there is the care-of address.',
  },
  {
    id: '002-13',
    where: '§IV',
    claim: 'So does SIMS.',
    decide: {
      all: [
        search(
          'old sessions by the agents',
          'sims/credentials',
          'both-move',
          'passes ingress filters',
          'holds',
          filters,
        ),
      ],
    },
    expected: 'holds',
    why: 'What has an old address is tunnelled to where that belongs.',
  },
  {
    id: '002-14',
    where: '§V-4',
    claim: 'It is robust: there is no central element.',
    decide: {
      cases: [
        search('no agent crashes', 'sims/credentials', 'one-moves', REACH, 'holds'),
        search('the agent of the old address crashes', 'sims/credentials', 'agent-crashes', REACH, 'holds'),
        search(
          'the same; hosts attach again from time to time',
          'sims/credentials',
          'agent-crashes-lifetimes',
          REACH,
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'The agent of an old address is central to its sessions: they end with its tables, unless hosts refresh them.',
  },
  {
    id: '002-15',
    where: '(not claimed)',
    claim: 'Sessions survive when both ends move.',
    decide: {
      all: [
        search('both move', 'sims/credentials', 'both-move', REACH, 'holds'),
        search('one packet is lost', 'sims/credentials', 'both-move-one-loss', REACH, 'holds'),
        search('fair loss', 'sims/credentials', 'both-move-fair-loss', REACH, 'holds'),
      ],
    },
    expected: 'holds',
    why: "Each end's first network is a stationary anchor: the paper could have claimed it.",
  },
  {
    id: '002-16',
    where: '§IV-A',
    claim: 'Two providers that take part are enough.',
    decide: {
      all: [
        search('both networks have agents', 'sims/credentials', 'one-moves', REACH, 'holds'),
        search('a network without an agent loses its visitors', 'sims/credentials', 'one-moves', REACH, 'violated', {
          change: removing('ma west-2'),
        }),
      ],
    },
    expected: 'holds',
    why: 'For moves between those two; a network without an agent ends old sessions.',
  },
  {
    id: '002-17',
    where: '§III',
    claim: 'HIP needs changes of sockets and upper layers.',
    decide: {
      all: [
        statement('what the application sends changes with the peer’s locator', (run) => {
          const { start, role } = stepOf(run, 'hip/direct', 'one-moves', 'a')
          const before = role.sendData!(start as never, 'b')[0] as unknown as AnyEffect
          const after = role.sendData!(
            { ...(start as object), peerLocator: 'east-2/b' } as never,
            'b',
          )[0] as unknown as AnyEffect
          const same = JSON.stringify(before.message) === JSON.stringify(after.message) && before.to !== after.to
          return { so: !same, text: `the same message, to ${before.to} and to ${after.to}` }
        }),
      ],
    },
    expected: 'fails',
    why: 'The layer below maps the identity to a locator; ordinary sockets can hold identities as addresses (LSI, HIT).',
  },
  {
    id: '002-18',
    where: '§V-2',
    claim: 'MIPv6 with route optimization adds no delay once the BU is sent.',
    decide: {
      cases: [
        search('data are direct in the end', 'mipv6/ro-rfc', 'one-moves', 'data are direct', 'holds', {
          own: inTheEnd('data are direct', (view) => {
            const journey = probe(view, 'b', 'a')
            return 'via' in journey && journey.via.length === 0 ? true : 'data from b to a go by an agent'
          }),
        }),
        statement('the BU is sent on arrival', (run) => {
          const { start, step } = stepOf(run, 'mipv6/ro-rfc', 'one-moves', 'a')
          const sent = step(start, { kind: 'attached', address: 'west-2/a' })[1].map((e) => e.message?.kind ?? e.do)
          return { so: sent.includes('BU'), text: `on arrival: ${sent.join(', ')}` }
        }),
      ],
    },
    expected: 'conditional',
    why: 'Return routability comes first: a round trip and a half with a leg by the home agent.',
  },
  {
    id: '002-19',
    where: '§V-2',
    claim: 'HIP has no overhead after a move.',
    decide: {
      cases: [
        search('data are direct in the end', 'hip/direct', 'one-moves', 'data are direct', 'holds', {
          own: inTheEnd('data are direct', (view) => {
            const journey = probe(view, 'b', 'a')
            return 'via' in journey && journey.via.length === 0 && journey.end === 'arrives'
              ? true
              : 'data are not direct'
          }),
        }),
        statement('one message is enough', (run) => {
          const steps = run.leastSteps('hip/direct', 'one-moves')!
          return { so: steps <= 1, text: `at most ${steps} steps: three UPDATEs` }
        }),
      ],
    },
    expected: 'conditional',
    why: 'Data are direct, after three UPDATEs.',
  },
  {
    id: '002-20',
    where: 'Table I',
    claim: 'Roaming between providers: Mobile IP no, HIP yes, SIMS yes.',
    decide: {
      all: [
        search('Mobile IP with a home agent that does nothing', 'mip/co-located', 'one-moves', REACH, 'violated', {
          change: changeStep(['ha-a'], (state) => [state, []]),
        }),
        search('HIP has no server at home', 'hip/direct', 'one-moves', REACH, 'holds'),
        search('SIMS has none', 'sims/credentials', 'one-moves', REACH, 'holds'),
      ],
    },
    expected: 'holds',
    why: "Read as: does a visit need the home network's help? Mobile IP needs its home agent, the others nobody at home.",
  },
  {
    id: '002-21',
    where: '§IV-A',
    claim: 'It gives up inbound reachability: nobody outside can find a host that has moved.',
    decide: {
      all: [
        statement('nobody is registered anywhere by name', (run) => {
          const others = run.nodes('sims/credentials', 'both-move').filter((n) => !/^(a|b|ma .*)$/.test(n.name))
          return { so: others.length === 0, text: `${others.length} registrars` }
        }),
        statement('so that no property about registrations is asked', (run) => {
          const { registrations } = run.find('sims/credentials').variant.subject
          return {
            so: registrations === undefined,
            text: `'${REGISTRATIONS}' and an inbound '${BINDING}' say nothing here`,
          }
        }),
      ],
    },
    expected: 'holds',
    why: 'There is no registrar or home agent to ask.',
  },
]
