import { probe } from '../../spec/index.ts'
import { REACH } from '../../spec/property-ids.ts'
import { ENDS, other } from '../../spec/roaming.ts'
import type { Agent } from '../../spec/sims/agent.ts'
import { MEAN_FLOW, openFlows } from '../calculations/flows.ts'
import { inEveryState, inTheEnd, isOver, removing } from '../changes.ts'
import { type Claim, search, statement } from '../claim.ts'
import { both, dataFlow, seen, underWay } from '../evidence.ts'

const onceReturned = inTheEnd('the session is direct again', (view) => {
  const journeys = ENDS.map((end) => probe(view, end, other(end)))
  const relayed = journeys.find((journey) => 'via' in journey && journey.via.length > 0)
  // Only the run in which the host has come back is asked about.
  if (!isOver(view)) return view.isQuiet() ? true : 'not over'
  return relayed === undefined ? true : 'the session is still relayed'
})

/** Data of an old session arrive by way of agents. */
const relayed = seen('the session is relayed', (view) =>
  ENDS.map((end) => probe(view, end, other(end))).some((journey) => journey.end === 'arrives' && journey.via.length > 0)
    ? true
    : 'the session is not relayed',
)

/** Paper 002, §I and §IV: what becomes of sessions. */
export const sessions: readonly Claim[] = [
  {
    id: '002-01',
    where: '§IV, Table I',
    claim: 'No permanent address is needed.',
    decide: {
      all: [
        search('sessions survive', 'sims/credentials', 'both-move', REACH, 'holds'),
        statement('there is no home', (searches) => {
          const homes = searches
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
        search(scenario, 'sims/credentials', scenario, 'new-sessions-are-direct', 'holds', { shows: relayed }),
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
          { shows: relayed },
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
          shows: relayed,
        }),
        search('no relay is left behind', 'sims/credentials', 'one-returns', 'no-relay-is-left-behind', 'holds', {
          shows: relayed,
        }),
        search(
          'no relay is left behind, without numbers',
          'sims/credentials-unnumbered',
          'one-returns',
          'no-relay-is-left-behind',
          'holds',
          { shows: relayed },
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
        // The paper has no numbers.
        search(scenario, 'sims/credentials-unnumbered', scenario, 'an-old-session-has-one-relay', 'holds', {
          shows: both(relayed, dataFlow),
        }),
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
          shows: relayed,
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
    id: '002-09',
    where: '§IV-B',
    claim: 'With a mean flow of 19 s few sessions are open at a move.',
    decide: {
      all: [
        ...(['exponential', 'heavy-tailed'] as const).map((lengths) =>
          statement(
            `one new flow every ten seconds, ${lengths} lengths`,
            () => {
              const open = openFlows(0.1, lengths)
              const byLittle = 0.1 * MEAN_FLOW
              return {
                so: open < 5 && Math.abs(open / byLittle - 1) < 0.02,
                text: `${open.toFixed(2)} open on the average when the host moves, ${byLittle.toFixed(1)} by Little's law`,
              }
            },
            '∫ rate · P(length > t) dt against rate · mean',
          ),
        ),
      ],
    },
    expected: 'holds',
    why: `Rate times ${MEAN_FLOW} s, whatever the distribution. But those that are open then are the long ones: they last as long again for exponential lengths, and without bound for heavy tails.`,
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
          shows: underWay('Attach'),
        }),
      ],
    },
    expected: 'holds',
    why: 'For moves between those two; a network without an agent ends old sessions.',
  },
]
