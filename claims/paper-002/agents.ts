import type { Packet } from '../../spec/index.ts'
import { GOOD_END, HIJACK, REACH } from '../../spec/property-ids.ts'
import { type Claim, fewer, search, statement } from '../claim.ts'
import { dataFlow } from '../evidence.ts'
import { latencyOf, type Way } from '../latency.ts'
import type { Searches } from '../searches.ts'
import { stepOf } from './step-of.ts'

/** How long the shortest run to a good end takes, and the search that has it. */
const timeOf = (searches: Searches, target: string, way: Way) => {
  const found = searches.search(search('', target, 'one-moves', GOOD_END, 'holds'))
  return { found, time: latencyOf(found, way) }
}

/** Paper 002, §IV-B and §V: what agents have to be and to know. */
export const agents: readonly Claim[] = [
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
        statement('two networks hand out the same private address', (searches) => {
          const { step } = stepOf(searches, 'sims/credentials', 'one-moves', 'ma west-2')
          // A visitor has brought 10.0.0.5 from its old network; a host here was given 10.0.0.5 by this one.
          const visitor = { local: 'west-2/a', credential: { of: '10/5', for: null }, number: 1, agreed: true }
          const inner: Packet = { source: '10/5', destination: 'east-1/b', hops: 8, message: { kind: 'data' } }
          const event = { kind: 'tunnel', inner, source: 'west-2/d', destination: 'west-2/ma', hops: 8 }
          const [, effects] = step({ out: {}, in: { '10/5': visitor } }, event)
          const relayed = effects.some((effect) => effect.do === 'tunnel')
          if (effects.length === 0) return { so: null, text: 'the agent does nothing with it' }
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
    id: '002-10',
    where: '§V-3',
    claim:
      'The handover is short: RTT to the agent here plus that to the farthest agent, against the RTT to a home agent.',
    decide: {
      cases: [
        ...(
          [
            ['agents are near each other, the home agent far away', { agents: 10, home: 100 }],
            ['an old session began in a network that is farther away than the home agent', { agents: 150, home: 100 }],
          ] as const
        ).map(([given, { agents: apart, home }]) =>
          statement(given, (searches) => {
            const sims = timeOf(searches, 'sims/credentials', (from, to) => (from === to ? 2.5 : apart / 2))
            const mip = timeOf(searches, 'mip/co-located', () => home / 2)
            return {
              ...fewer(sims.time, mip.time, (one, other) => `${one} ms against ${other} ms`),
              found: sims.found,
            }
          }),
        ),
      ],
    },
    expected: 'conditional',
    why: 'If the agents of old sessions are nearer than a home agent would be.',
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
          'the same; sessions that begin now',
          'sims/credentials',
          'agent-crashes',
          'new-sessions-are-direct',
          'holds',
          { shows: dataFlow },
        ),
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
]
