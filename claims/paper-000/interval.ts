import { bindingLifetime } from '../../spec/mipv6/timers.ts'
import { BINDING, REACH, REGISTRATIONS, SESSION } from '../../spec/property-ids.ts'
import { inEveryState, isOver, rightAbout, somewhere } from '../changes.ts'
import { type Claim, search } from '../claim.ts'
import { endsFound } from '../evidence.ts'

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
    decide: { needsTime: 'latencies and the length of a blackout' },
    expected: 'needs time',
    why: 'The interval is a length of time.',
    otherwise: {
      verdict: 'conditional',
      because:
        'exact only where the other host has no blackout of its own; a length of time all the same, which steps cannot tell',
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
