import type { HomeAgent } from '../../spec/mip/agents.ts'
import { BINDING, REACH } from '../../spec/property-ids.ts'
import { longestWait } from '../calculations/timers.ts'
import { inEveryState } from '../changes.ts'
import { type Claim, search, statement } from '../claim.ts'
import { dataFlow, registered, underWay } from '../evidence.ts'

/** Paper 000, §IV.A–§IV.C: retransmission, forwarding, simultaneous bindings. */
export const repairs: readonly Claim[] = [
  {
    id: '000-22',
    where: '§IV.A, Fig. 7',
    claim: 'Retransmission through a server that looks up again succeeds.',
    decide: {
      cases: [
        search("at the paper's detail", 'sip-paper/relookup-on-retransmit', 'both-move', BINDING, 'holds'),
        search('by RFC 3261', 'sip/relookup-on-retransmit', 'both-move', BINDING, 'holds'),
        search('by RFC 3261, preferring 491 to 408', 'sip/relookup-on-retransmit-491', 'both-move', BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'By RFC 3261 a stale branch is waited for; glare meanwhile, and the 408 that ends the wait ends the call.',
    otherwise: {
      verdict: 'fails',
      because: "by RFC 3261 it does; at the paper's detail it succeeds, and the paper leaves open which is meant",
    },
  },
  {
    id: '000-23',
    where: '§IV.A',
    claim: 'It can add significant latency.',
    decide: {
      all: [
        statement(
          'the longest wait for the next retransmission',
          () => {
            const wait = longestWait()
            return { so: wait >= 1, text: `up to ${wait} s` }
          },
          'the longest gap between two instants of Timer A (RFC 3261 §17.1.1.2)',
        ),
      ],
    },
    expected: 'holds',
    why: `Timer A doubles: up to ${longestWait()} s.`,
  },
  {
    id: '000-24',
    where: '§IV.B',
    claim: 'MIP-RO is repaired by forwarding and warning.',
    decide: {
      all: [
        search('both', 'mip-ro/forwarding-and-warning', 'both-move', BINDING, 'holds'),
        search('neither', 'mip-ro/plain', 'both-move', BINDING, 'violated', { shows: registered }),
        search('forwarding alone leaves bindings wrong', 'mip-ro/forwarding-only', 'both-move', BINDING, 'violated', {
          shows: dataFlow,
        }),
      ],
    },
    expected: 'holds',
    why: 'It is the warning that mends bindings; forwarding saves what is under way.',
  },
  {
    id: '000-25',
    where: '§IV.B',
    claim: 'An RTP translator saves media while signalling is under way.',
    decide: {
      all: [
        search('with it data flow', 'sip-paper/rtp-translator', 'both-move', REACH, 'holds'),
        search('without it they do not', 'sip-paper/direct', 'both-move', REACH, 'violated'),
        search('bindings stay wrong', 'sip-paper/rtp-translator', 'both-move', BINDING, 'violated'),
      ],
    },
    expected: 'holds',
    why: 'It forwards media, and repairs no binding.',
  },
  {
    id: '000-26',
    where: '§IV.C',
    claim: 'Simultaneous bindings help.',
    decide: {
      cases: [
        search('a long overlap', 'sip/simultaneous-bindings', 'both-move', BINDING, 'holds'),
        search(
          "an overlap of a round trip, at the paper's detail",
          'sip-paper/simultaneous-bindings',
          'both-move-overlap-round-trip',
          BINDING,
          'holds',
        ),
        search(
          'an overlap of a round trip, by RFC 3261',
          'sip/simultaneous-bindings',
          'both-move-overlap-round-trip',
          BINDING,
          'holds',
        ),
        search('an overlap of any length', 'sip/simultaneous-bindings', 'both-move-overlap-any', BINDING, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'If the overlap outlasts the updates, and, by RFC 3261, a back-off after glare.',
  },
  {
    id: '000-27',
    where: '§IV.C',
    claim: 'They are not to be had everywhere: a home agent may refuse.',
    decide: {
      all: [
        search(
          'code 1: one address is kept',
          'mip/simultaneous-bindings-refused',
          'both-move',
          'one address',
          'holds',
          {
            shows: underWay('Registration Reply'),
            own: inEveryState('one address', (view) =>
              view.state<HomeAgent>('ha-a').also === null ? true : 'the home agent keeps two addresses',
            ),
          },
        ),
        search('granted: two are', 'mip/simultaneous-bindings', 'both-move', 'one address', 'violated', {
          own: inEveryState('one address', (view) =>
            view.state<HomeAgent>('ha-a').also === null ? true : 'the home agent keeps two addresses',
          ),
        }),
      ],
    },
    expected: 'holds',
    why: 'RFC 5944 §3.4, code 1: accepted, but without simultaneous bindings.',
  },
]
