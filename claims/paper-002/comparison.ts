import { probe } from '../../spec/index.ts'
import { BINDING, REACH, REGISTRATIONS } from '../../spec/property-ids.ts'
import { changeStep, inTheEnd } from '../changes.ts'
import { type Claim, search, statement } from '../claim.ts'
import { type AnyEffect, stepOf } from './step-of.ts'

/** Paper 002, §II, §III, §V-2 and Table I: against Mobile IP and HIP. */
export const comparison: readonly Claim[] = [
  {
    id: '002-17',
    where: '§III',
    claim: 'HIP needs changes of sockets and upper layers.',
    decide: {
      all: [
        statement('what the application sends changes with the peer’s locator', (searches) => {
          const { start, role } = stepOf(searches, 'hip/direct', 'one-moves', 'a')
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
        statement('the BU is sent on arrival', (searches) => {
          const { start, step } = stepOf(searches, 'mipv6/ro-rfc', 'one-moves', 'a')
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
        statement('one message is enough', (searches) => {
          const steps = searches.leastSteps('hip/direct', 'one-moves')!
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
        statement('nobody is registered anywhere by name', (searches) => {
          const others = searches.nodes('sims/credentials', 'both-move').filter((n) => !/^(a|b|ma .*)$/.test(n.name))
          return { so: others.length === 0, text: `${others.length} registrars` }
        }),
        statement('so that no property about registrations is asked', (searches) => {
          const { registrations } = searches.find('sims/credentials').variant.subject
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
