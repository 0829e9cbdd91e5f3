import { BINDING, REACH, REGISTRATIONS, SESSION } from '../spec/property-ids.ts'
import type { UserAgent } from '../spec/sip-setup/user-agent.ts'
import { atLeastOnce, atLeastOnceByEnumeration, estimate, exact } from './calculations/probability.ts'
import { inviteInstants, timeout } from './calculations/timers.ts'
import { inEveryState, isOver, rightAbout } from './changes.ts'
import { type Claim, figure, search, statement } from './claim.ts'
import type { Found } from './run.ts'

const told = (found: Found): string[] =>
  'trace' in found.verdict ? (found.verdict.trace?.steps.map((step) => `${step.text}`) ?? []) : []

/** Paper 000, §I–§III: what simultaneous mobility does. */
export const problem: readonly Claim[] = [
  {
    id: '000-01',
    where: '§I, §III.A',
    claim: 'Basic Mobile IP has no problem with simultaneous mobility.',
    decide: {
      all: [
        search('co-located care-of addresses', 'mip/co-located', 'both-move', REACH, 'holds'),
        search('foreign agents', 'mip/foreign-agent', 'both-move', REACH, 'holds'),
        search('one packet lost', 'mip/co-located', 'both-move-one-loss', REACH, 'holds'),
        search('fair loss', 'mip/co-located', 'both-move-fair-loss', REACH, 'holds'),
      ],
    },
    expected: 'holds',
    why: 'Home agents stay where they are; it leans on registrations that are sent again and on agents that do not forget.',
  },
  {
    id: '000-02',
    where: '§I',
    claim: 'The problem is that an update is lost because it is sent to an address that was left.',
    decide: {
      all: [
        statement('in the shortest failing run both updates go to addresses that were left', (run) => {
          const found = run.search(search('', 'sip-paper/direct', 'both-move', BINDING, 'violated'))
          const lost = told(found).filter((text) => /^re-INVITE .* is lost: .*has left/.test(text))
          const both = ['west-1/a', 'east-1/b'].every((at) => lost.some((text) => text.includes(`to ${at} is lost`)))
          return { so: both, text: `${lost.length} re-INVITEs go to addresses that were left` }
        }),
        search('with one host moving none is lost for good', 'sip-paper/direct', 'one-moves', BINDING, 'holds'),
      ],
    },
    expected: 'holds',
    why: 'Each re-INVITE of the failing run is lost at the address that the other has left.',
  },
  {
    id: '000-03',
    where: '§III',
    claim: 'Moves before a session do no harm: there is no binding that could be wrong.',
    decide: {
      all: [
        search(
          'as long as there is no call, nobody believes anything',
          'sip-setup/plain',
          'both-move',
          'no call, no binding',
          'holds',
          {
            own: inEveryState('no call, no binding', (view) => {
              const wrong = (['a', 'b'] as const).find((end) => {
                const { call, remote, ended } = view.state<UserAgent>(end)
                return call === 'idle' && ended === null && remote !== null
              })
              return wrong === undefined ? true : `${wrong} believes something without a call`
            }),
          },
        ),
      ],
    },
    expected: 'holds',
    why: 'Without a session there is no binding; the next INVITE may still meet a stale registration (000-12).',
  },
  {
    id: '000-04',
    where: '§I',
    claim: 'Two moves in too quick succession break things even with a correspondent that stays.',
    decide: {
      cases: [
        search("at the paper's detail", 'sip-paper/direct', 'one-moves-twice', BINDING, 'violated'),
        search('by RFC 3261', 'sip/direct', 'one-moves-twice', SESSION, 'violated'),
      ],
    },
    expected: 'conditional',
    why: 'With retransmission and no transaction rules they cost delay only; by RFC 3261 the 200 OK is lost and the call ends.',
  },
  {
    id: '000-05',
    where: '§III.A, Fig. 2',
    claim: 'SIP with direct re-INVITEs suffers from simultaneous mobility.',
    decide: {
      all: [
        search("at the paper's detail", 'sip-paper/direct', 'both-move', BINDING, 'violated'),
        search('by RFC 3261', 'sip/direct', 'both-move', SESSION, 'violated'),
      ],
    },
    expected: 'holds',
    why: 'Two moves and nothing else are enough.',
  },
  {
    id: '000-06',
    where: '§III.A',
    claim: 'Registrations are not affected.',
    decide: {
      all: [
        search("at the paper's detail", 'sip-paper/direct', 'both-move', REGISTRATIONS, 'holds'),
        search('by RFC 3261', 'sip/direct', 'both-move', REGISTRATIONS, 'holds'),
      ],
    },
    expected: 'holds',
    why: 'A registrar is stationary and always told.',
  },
  {
    id: '000-07',
    where: '§III.A',
    claim: 'A re-INVITE is sent several times to the wrong network.',
    decide: {
      all: [
        statement('Timer A sends it again before Timer B fires', () => {
          const instants = inviteInstants()
          return {
            so: instants.length > 1,
            text: `${instants.length} times in ${timeout()} s: at ${instants.join(', ')} s`,
          }
        }),
        statement('each of them goes to the address that was left', (run) => {
          const found = run.search(search('', 'sip/direct', 'both-move', SESSION, 'violated'))
          const lost = told(found).filter((text) => /^re-INVITE .* is lost/.test(text))
          return { so: lost.length >= 4, text: `${lost.length} re-INVITEs are lost before the call ends` }
        }),
      ],
    },
    expected: 'holds',
    why: 'Seven times in 32 s; then RFC 3261 §14.1 ends the dialog, which the paper does not say.',
  },
  {
    id: '000-08',
    where: '§III.A',
    claim: 'The cause is that signalling and data take separate paths.',
    decide: {
      all: [
        search('data pass somebody who tells: it recovers', 'mip-ro/warning-only', 'both-move', BINDING, 'holds'),
        search('the same without that: it does not', 'mip-ro/plain', 'both-move', BINDING, 'violated'),
        search('registers see no data: it does not', 'mip-lr/direct', 'both-move', BINDING, 'violated'),
      ],
    },
    expected: 'holds',
    why: 'Where data pass an agent that knows better, they themselves bring the correction.',
  },
  {
    id: '000-09',
    where: '§III.A, Fig. 3',
    claim: 'MIP-LR suffers in the same way.',
    decide: { all: [search('both move', 'mip-lr/direct', 'both-move', BINDING, 'violated')] },
    expected: 'holds',
    why: 'Both direct updates go to addresses that were left, and a register is asked only when a session begins.',
  },
  {
    id: '000-10',
    where: '§III.A',
    claim: 'The registrations with the location registers are not affected.',
    decide: { all: [search('both move', 'mip-lr/direct', 'both-move', REGISTRATIONS, 'holds')] },
    expected: 'holds',
    why: 'Registers are stationary.',
  },
  {
    id: '000-11',
    where: '§III.A',
    claim:
      'With route optimization a home agent soon learns that a correspondent needs a binding, since data reach it.',
    decide: {
      cases: [
        search('caches are warm, foreign agents do nothing', 'mip-ro/plain', 'one-moves', BINDING, 'holds'),
        search('the previous foreign agent warns', 'mip-ro/warning-only', 'one-moves', BINDING, 'holds'),
        search(
          'bindings run out, so that data go by the home agent',
          'mip-ro/plain',
          'both-move-lifetimes-expire',
          REACH,
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'With a warm cache data go to the old care-of address, not to the home agent.',
  },
  {
    id: '000-12',
    where: '§III.B, Fig. 4',
    claim: 'Setting up a call can fail although the registrar is right.',
    decide: {
      all: [
        search(
          "at the paper's detail the call is never set up",
          'sip-setup/paper-plain',
          'both-move',
          'the-call-is-set-up',
          'violated',
        ),
        search('the registration is right', 'sip-setup/paper-plain', 'both-move', REGISTRATIONS, 'holds'),
        search('an INVITE goes astray', 'sip-setup/paper-plain', 'both-move', 'an-INVITE-goes-astray', 'holds'),
        search('a 200 goes astray', 'sip-setup/paper-plain', 'both-move', 'a-200-goes-astray', 'holds'),
        search('an ACK goes astray', 'sip-setup/paper-plain', 'both-move', 'an-ACK-goes-astray', 'holds'),
      ],
    },
    expected: 'holds',
    why: 'Each of INVITE, 180, 200 and ACK can go to an address that was left.',
  },
  {
    id: '000-13',
    where: '§III.C, Fig. 5',
    claim: 'The vulnerable interval is α+β, not γ.',
    decide: { needsTime: 'latencies and the length of a blackout' },
    expected: 'needs time',
    why: 'The interval is a length of time.',
  },
  {
    id: '000-14',
    where: '§III.C',
    claim: 'In that interval both updates are lost, not one.',
    decide: {
      all: (['both-move', 'both-move-atomic', 'both-move-reordered'] as const).map((scenario) =>
        search(
          `${scenario}, nothing is sent again`,
          'sip-paper/direct',
          scenario,
          'both are wrong or neither is',
          'holds',
          {
            but: { timers: { 'Timer A': 'never' } },
            own: (checked) =>
              inEveryState('both are wrong or neither is', (view) => {
                if (!isOver(view)) return true
                const [a, b] = ['a', 'b'].map((end) => rightAbout(checked, view, end))
                return a === b ? true : 'one is wrong and the other right'
              })(checked),
          },
        ),
      ),
    },
    expected: 'holds',
    why: 'An update of b is lost only if a has gone, and then a sends its own to where b was: lost as well. With one move each, the loss of one implies that of the other.',
  },
  {
    id: '000-15',
    where: '§III.C',
    claim: 'At least once in N handoffs: P_N = 1 − (1 − P0)^N.',
    decide: {
      all: [1, 3, 8].map((n) =>
        statement(`${n} independent handoffs`, () => {
          const [formula, sum] = [atLeastOnce(0.1, n), atLeastOnceByEnumeration(0.1, n)]
          return {
            so: Math.abs(formula - sum) < 1e-12,
            text: `formula ${formula.toFixed(6)}, enumerated ${sum.toFixed(6)}`,
          }
        }),
      ),
    },
    expected: 'holds',
    why: 'It assumes that handoffs are independent.',
  },
  {
    id: '000-16',
    where: '§III.C',
    claim: 'P0 = E[α+β]/λ.',
    decide: {
      cases: [0.0001, 0.001, 0.01, 0.1].map((x) =>
        statement(`interval over mean time = ${x}`, () => {
          const error = estimate(x, 1) / exact(x, 1) - 1
          return {
            so: error < 0.01,
            text: `estimate ${x}, exact ${exact(x, 1).toFixed(6)}: ${(100 * error).toFixed(2)} % too much`,
          }
        }),
      ),
    },
    expected: 'conditional',
    why: "A first-order estimate: 5 % too much at the paper's upper end; λ is a mean time there, and the times are exponential.",
  },
  {
    id: '000-17',
    where: 'Fig. 6a',
    claim: 'For 50–500 ms and 5–500 s P0 goes from 1e−4 to 0.1.',
    decide: {
      all: [
        figure('50 ms, 500 s', 0.0001, () => estimate(0.05, 500), 4),
        figure('500 ms, 5 s', 0.1, () => estimate(0.5, 5), 1),
      ],
    },
    expected: 'holds',
    why: 'As computed (exact: 0.0952 at the upper end).',
  },
  {
    id: '000-18',
    where: 'Fig. 6b',
    claim: 'P3 goes from 3e−4 to 0.271.',
    decide: {
      all: [
        figure('lower end', 0.0003, () => atLeastOnce(estimate(0.05, 500), 3), 4),
        figure('upper end', 0.271, () => atLeastOnce(estimate(0.5, 5), 3), 3),
      ],
    },
    expected: 'holds',
    why: 'As computed (exact: 0.259 at the upper end).',
  },
  {
    id: '000-19',
    where: '§III.C',
    claim: 'It is worst where latency is longest and handoffs are most frequent.',
    decide: {
      all: [
        statement('P0 rises with latency and falls with the mean time', () => {
          const grid = [0.05, 0.1, 0.25, 0.5].flatMap((l) => [5, 50, 500].map((m) => [l, m, exact(l, m)] as const))
          const worst = grid.reduce((one, other) => (other[2] > one[2] ? other : one))
          const so = worst[0] === 0.5 && worst[1] === 5
          return { so, text: `the worst of the grid is ${worst[0]} s at ${worst[1]} s` }
        }),
      ],
    },
    expected: 'holds',
    why: 'P0 is monotone in both.',
  },
  {
    id: '000-20',
    where: '§III.C',
    claim: 'With 300 ms for a set-up the probability is not trivial: 6 % at 5 s.',
    decide: {
      all: [
        figure('per cent at 5 s', 6, () => 100 * estimate(0.3, 5), 0),
        figure('per cent at 500 s', 0.06, () => 100 * estimate(0.3, 500), 2),
      ],
    },
    expected: 'holds',
    why: 'Not trivial at vehicular speeds only.',
  },
  {
    id: '000-21',
    where: '§III.C',
    claim: 'Without a repair the connection is lost.',
    decide: {
      cases: [
        search("SIP at the paper's detail", 'sip-paper/direct', 'both-move', BINDING, 'violated'),
        search('SIP by RFC 3261', 'sip/direct', 'both-move', SESSION, 'violated'),
        search('MIP-LR', 'mip-lr/direct', 'both-move', BINDING, 'violated'),
        search('MIPv6, until bindings run out', 'mipv6/ro-seed', 'both-move', REACH, 'violated'),
        search('MIPv6, for good', 'mipv6/ro-seed', 'both-move-lifetimes-expire', REACH, 'violated'),
      ],
    },
    expected: 'conditional',
    why: 'For SIP and MIP-LR for good; for MIPv6 at most 420 s, until bindings run out.',
  },
]
