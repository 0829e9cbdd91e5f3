import { probeWith, send } from '../../spec/index.ts'
import type { Placed } from '../../spec/internet/topology.ts'
import { REACH } from '../../spec/property-ids.ts'
import { ENDS, startOf } from '../../spec/roaming.ts'
import { changeStep, dataAreDirect, inEveryState, inTheEnd } from '../changes.ts'
import { type Claim, fewer, search, statement } from '../claim.ts'
import { both, dataFlow, endsFound, seen, underWay } from '../evidence.ts'
import { stepOf } from './step-of.ts'

/** What the application hands down for its peer, without where it goes; nothing once the session has ended. */
const said = (role: Placed['role'], state: unknown): string[] =>
  (role.sendData?.(state, '') ?? []).map((effect) =>
    JSON.stringify(effect.do === 'send' ? effect.message : effect.packet.message),
  )

/** A host that has ended its sessions when it moves. */
const withoutOldSessions = changeStep(['a'], (state, event, step) => {
  const [next, effects] = step(state, event)
  return [
    next,
    effects.map((effect) =>
      effect.message?.kind === 'Attach' ? { ...effect, message: { ...effect.message, addresses: [] } } : effect,
    ),
  ]
})

/** What becomes in the end of data that somebody sends to the address that a began with. */
const oldAddress = (becomes: 'arrives' | 'is lost') => ({
  shows: seen('the host has moved and is attached there', (view) =>
    view.hasMoved('a') && view.inFlight().some(({ message }) => message.kind === 'Attached')
      ? true
      : 'it has not attached',
  ),
  own: inTheEnd('found at its old address', (view) => {
    if (!view.hasMoved('a')) return true
    const { end } = probeWith(view, 'b', 'a', send({ kind: 'data' }, startOf('a')))
    return (end === 'arrives') === (becomes === 'arrives') ? true : `data to ${startOf('a')}: ${end}`
  }),
})

/** Paper 002, §II, §III, §V-2 and Table I: against Mobile IP and HIP. */
export const comparison: readonly Claim[] = [
  {
    id: '002-17',
    where: '§III',
    claim: 'HIP needs changes of sockets and upper layers.',
    decide: {
      all: [
        search(
          'what the application says has to change with the locator of the peer',
          'hip/direct',
          'both-move',
          'the application says the same',
          'violated',
          {
            shows: both(endsFound, dataFlow),
            own: inEveryState('the application says the same', (view) => {
              const changed = ENDS.find((end) => {
                const { role } = view.node(end)
                const atTheStart = said(role, role.start)
                return said(role, view.state(end)).some((message) => !atTheStart.includes(message))
              })
              return changed === undefined ? true : `${changed} has to say something else than at the start`
            }),
          },
        ),
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
          own: dataAreDirect(['b', 'a']),
        }),
        statement('the BU is sent on arrival', (searches) => {
          const { start, step } = stepOf(searches, 'mipv6/ro-rfc', 'one-moves', 'a')
          const sent = step(start, { kind: 'attached', address: 'west-2/a' })[1].map((e) => e.message?.kind ?? e.do)
          return { so: sent.length === 0 ? null : sent.includes('BU'), text: `on arrival: ${sent.join(', ')}` }
        }),
      ],
    },
    expected: 'conditional',
    why: 'Return routability comes first, and a part of that goes by the home agent.',
  },
  {
    id: '002-19',
    where: '§V-2',
    claim: 'HIP has no overhead after a move.',
    decide: {
      cases: [
        search('data are direct in the end', 'hip/direct', 'one-moves', 'data are direct', 'holds', {
          own: dataAreDirect(['b', 'a']),
        }),
        statement('one message is enough', (searches) => {
          const { steps, found } = searches.leastSteps('hip/direct', 'one-moves')
          const answer = fewer(
            steps,
            1,
            (most) => `at most ${most} steps`,
            (most, one) => most <= one,
          )
          return found === null ? answer : { ...answer, found }
        }),
      ],
    },
    expected: 'conditional',
    why: 'Data are direct, but not before the other end has been told and has looked whether the host is there.',
  },
  {
    id: '002-20',
    where: 'Table I',
    claim: 'Roaming between providers: Mobile IP no, HIP yes, SIMS yes.',
    decide: {
      all: [
        search('Mobile IP with a home agent that does nothing', 'mip/co-located', 'one-moves', REACH, 'violated', {
          change: changeStep(['ha-a'], (state) => [state, []]),
          shows: underWay('Registration Request'),
        }),
        search('HIP has no server at home', 'hip/direct', 'one-moves', REACH, 'holds'),
        search('SIMS has none', 'sims/credentials', 'one-moves', REACH, 'holds'),
      ],
    },
    expected: 'holds',
    why: "Read as: does a visit need the home network's help? Mobile IP needs its home agent, the others nobody at home.",
    otherwise: {
      verdict: 'a matter of terms',
      because: 'read as a question that a search can decide: whether a visit needs help from home',
    },
  },
  {
    id: '002-21',
    where: '§IV-A',
    claim: 'It gives up inbound reachability: nobody outside can find a host that has moved.',
    decide: {
      all: [
        search(
          'the address at which a host without old sessions was known leads nowhere once it has moved',
          'sims/credentials',
          'one-moves',
          'found at its old address',
          'holds',
          { ...oldAddress('is lost'), change: withoutOldSessions },
        ),
        search(
          'with an old session it leads to it, as long as that is open',
          'sims/credentials',
          'one-moves',
          'found at its old address',
          'holds',
          oldAddress('arrives'),
        ),
      ],
    },
    expected: 'holds',
    why: 'There is no registrar or home agent to ask: an address that was left leads to its host only while old sessions keep a relay.',
  },
]
