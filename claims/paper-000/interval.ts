import { bindingLifetime } from '../../spec/mipv6/timers.ts'
import { BINDING, REACH, REGISTRATIONS, SESSION } from '../../spec/property-ids.ts'
import { outsideOf, sentWithin } from '../calculations/vulnerable.ts'
import { inEveryState, isOver, rightAbout, somewhere } from '../changes.ts'
import { type Claim, search, statement } from '../claim.ts'
import { endsFound } from '../evidence.ts'

/** Milliseconds: e, when a leaves; its blackout γ; one way, α. β is from e until its own update has reached b. */
const [E, GAMMA, ALPHA] = [1000, 200, 25]
const BETA = GAMMA + ALPHA

/** An interval to the millisecond: lost within it, and not before or after. At its ends it may go either way. */
const lostExactly = (given: string, interval: readonly [number, number], blackoutOfPeer: number) =>
  statement(given, (searches) => {
    const [from, to] = interval
    const handoff = { leaves: E, blackout: GAMMA, latency: ALPHA, blackoutOfPeer }
    const { before, after } = outsideOf(interval, handoff)
    const parts = [
      sentWithin(`from ${from + 1} to ${to - 1} ms`, [from + 1, to - 1], handoff, 'lost'),
      sentWithin(`before ${from} ms`, before, handoff, 'not lost'),
      sentWithin(`after ${to} ms`, after, handoff, 'not lost'),
    ].map((part) => ({ part, found: searches.search(part) }))
    const wrong = parts.find(({ found }) => found.verdict.kind !== 'holds')
    const told = `a is away from ${E} to ${E + GAMMA} ms; what b sends from ${from} to ${to} ms is lost, to the millisecond`
    return {
      so: wrong === undefined,
      text:
        wrong === undefined ? told : `sent ${wrong.part.given}: not always ${wrong === parts[0] ? 'lost' : 'received'}`,
      found: (wrong ?? parts[0]!).found,
    }
  })

/** Paper 000, §III.B and §III.C: setting up a call, and the interval in which both updates are lost. */
export const interval: readonly Claim[] = [
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
    decide: {
      cases: [
        lostExactly('b has no blackout of its own', [E - ALPHA, E + BETA], 0),
        lostExactly('b has a blackout of 300 ms before it sends', [E - ALPHA, E + BETA], 300),
      ],
    },
    expected: 'conditional',
    why: `Exactly where the other host has no blackout of its own. With one, a's update may arrive while b is away: what b then sends, as late as its blackout after e+β, goes astray as well.`,
    otherwise: {
      verdict: 'holds',
      because: 'the paper speaks of the instant of sending, and of no blackout of the other host',
    },
  },
  {
    id: '000-14',
    where: '§III.C',
    claim: 'In that interval both updates are lost, not one.',
    decide: {
      all: (['both-move', 'both-move-atomic', 'both-move-reordered'] as const).flatMap((scenario) => [
        search(
          `${scenario}, there is a run in which both are lost`,
          'sip-paper/direct',
          scenario,
          'both are wrong',
          'holds',
          {
            but: { timers: { 'Timer A': 'never' } },
            shows: endsFound,
            own: (checked) =>
              somewhere('both are wrong', (view) =>
                isOver(view) && !['a', 'b'].some((end) => rightAbout(checked, view, end)) ? true : 'one is right',
              )(checked),
          },
        ),
        search(
          `${scenario}, nothing is sent again`,
          'sip-paper/direct',
          scenario,
          'both are wrong or neither is',
          'holds',
          {
            but: { timers: { 'Timer A': 'never' } },
            shows: endsFound,
            own: (checked) =>
              inEveryState('both are wrong or neither is', (view) => {
                if (!isOver(view)) return true
                const [a, b] = ['a', 'b'].map((end) => rightAbout(checked, view, end))
                return a === b ? true : 'one is wrong and the other right'
              })(checked),
          },
        ),
      ]),
    },
    expected: 'holds',
    why: 'An update of b is lost only if a has gone, and then a sends its own to where b was: lost as well. With one move each, the loss of one implies that of the other.',
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
    why: `For SIP and MIP-LR for good; for MIPv6 at most ${bindingLifetime.milliseconds / 1000} s, until bindings run out.`,
    otherwise: {
      verdict: 'holds',
      because: 'without a repair SIP and MIP-LR are lost for good, MIPv6 until bindings run out',
    },
  },
]
