import type { Varied } from '../../analysis/timing/grid.ts'
import type { Interval } from '../../spec/internet/timing.ts'
import type { Query, Sheet } from './sheet.ts'

const at = (milliseconds: number): Interval => [milliseconds, milliseconds]
const vary = (name: string, from: number, to: number, step: number): Varied => ({ name, from, to, step })

const BOTH = 'both-move'
const SILENT = 'both-move-no-retransmission'
const BINDING = 'binding-eventually-correct'
const REACH = 'eventually-reachable-both-ways'
const SESSION = 'session-survives'
const GOOD_END = 'a-good-end-is-reachable'

const d = at(25)

const duration = (
  target: string,
  property: string,
  given: Query['given'],
  expect: readonly [string, string],
  note?: string,
): Query => ({
  kind: 'duration',
  target,
  scenario: BOTH,
  property,
  given,
  expect: [`at least: ${expect[0]}`, `at most: ${expect[1]}`],
  ...(note === undefined ? {} : { note }),
})

/** The questions of `docs/bounds/`. */
export const sheets: readonly Sheet[] = [
  {
    file: '1-direct-updates',
    title: 'When two updates that are sent directly, once, miss each other',
    question:
      'Each host leaves, is nowhere for its blackout, attaches, and sends its update at once to where it last knew the other. How far apart may the moves be so that an update *may* be lost, and so that it *must* be?',
    says: '000 §III.A: b’s update is lost if it is sent in [e − α, e + β], where e is when a sends its own and α, β are the latencies of the two ways.',
    answer:
      'Neither update arrives, and the binding is wrong for good, where each host leaves before the update of the other arrives: b no later than a’s blackout and one way after a leaves, and a no later than that after b; both ends included. That is the interval of the paper, told by when the hosts leave. Told by when the updates are sent, it is exact where the receiver has no blackout of its own (claim 000-13). Where latency is an interval, what may be lost goes by the longest latency, and what must be by the shortest.',
    asked: [
      {
        kind: 'bounds',
        target: 'mip-lr/direct',
        note: 'may be lost',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('leaves(b)', 700, 1300, 5)],
        given: { d, blackout: at(100), 'leaves(a)': at(1000) },
        expect: ['fails where leaves(b) ≤ 1125 and 875 ≤ leaves(b)'],
      },
      {
        kind: 'bounds',
        target: 'mip-lr/direct',
        note: 'may be lost, latency in an interval',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('leaves(b)', 700, 1300, 5)],
        given: { d: [10, 40], blackout: at(100), 'leaves(a)': at(1000) },
        expect: ['fails where leaves(b) ≤ 1140 and 860 ≤ leaves(b)'],
      },
      {
        kind: 'bounds',
        target: 'mip-lr/direct',
        note: 'must be lost, latency in an interval: where no good end can be reached',
        scenario: BOTH,
        property: GOOD_END,
        vary: [vary('leaves(b)', 700, 1300, 5)],
        given: { d: [10, 40], blackout: at(100), 'leaves(a)': at(1000) },
        expect: ['holds where 1110 ≤ leaves(b)', 'holds where leaves(b) ≤ 890'],
      },
      {
        kind: 'bounds',
        target: 'mip-lr/direct',
        note: 'two blackouts, and ways of two lengths',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('leaves(b)', 700, 1300, 20), vary('blackout(b)', 0, 200, 20)],
        given: { d, 'd(west-2,east-1)': at(60), 'blackout(a)': at(100), 'leaves(a)': at(1000) },
        expect: ['fails where leaves(b) ≤ 1160 and 975 ≤ leaves(b) + blackout(b)'],
      },
    ],
  },
  {
    file: '2-revision-window',
    title: 'How long a location register has to revise its answers',
    question:
      'A register of MIP-LR that has answered where its host is says so again when the host moves within the revision window W. How long must W be?',
    says: '000 §IV.D: ‘for example, 1 s’.',
    answer:
      'Longer than the blackout of each host, where all latencies are the same; then it is enough. Where they differ, longer than the blackout and d(a, b’s old network) + d(b, its register) − d(a, its register) − d(between the registers), for either host: each of the searches varies one of these. So 1 s is enough for handoffs shorter than that, and not needed where they are much shorter. Where a host that hears news of its peer sends its own update there, no window is needed.',
    asked: [
      {
        kind: 'bounds',
        target: 'mip-lr/revised-answers',
        note: 'with updates sent to the correspondent as well',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('revision window', 0, 300, 10), vary('blackout(b)', 0, 300, 10)],
        given: { d, 'blackout(a)': at(100) },
        expect: ['fails where revision window ≤ blackout(b)', 'fails where revision window ≤ 100'],
      },
      {
        kind: 'bounds',
        target: 'mip-lr/revised-answers',
        note: 'latencies that differ by the way',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('revision window', 0, 300, 10)],
        given: { d: at(60), 'd(west-2,home-a)': at(5), 'd(east-2,home-b)': [10, 90], blackout: at(100) },
        expect: ['fails where revision window ≤ 185'],
      },
      ...['d(west-2,home-a)', 'd(east-2,home-b)', 'd(west-2,east-1)', 'd(home-a,home-b)'].map(
        (way, i): Query => ({
          kind: 'bounds',
          target: 'mip-lr/revised-answers',
          note: `other latencies: ${way}`,
          scenario: BOTH,
          property: BINDING,
          vary: [vary('revision window', 0, 300, 10), vary(way, 10, 100, 10)],
          given: { d: at(50), blackout: at(100) },
          expect: [
            [`fails where revision window ≤ ${way} + 50`, `fails where revision window + ${way} ≤ 150`],
            [`fails where revision window ≤ ${way} + 50`, `fails where revision window + ${way} ≤ 150`],
            [`fails where revision window ≤ ${way} + 50`, 'fails where revision window ≤ 100'],
            ['fails where revision window ≤ 100', `fails where revision window + ${way} ≤ 150`],
          ][i]!,
        }),
      ),
      {
        kind: 'bounds',
        target: 'mip-lr/revised-answers-resends',
        note: 'hosts answer news of their peer by their own update',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('revision window', 0, 300, 10)],
        given: { d, blackout: at(100) },
        expect: ['holds everywhere'],
      },
      duration(
        'mip-lr/revised-answers',
        BINDING,
        { d, blackout: [20, 900] },
        ['25 ms', '100 ms'],
        'with the 1 s of the paper and handoffs below it, until it is repaired',
      ),
    ],
    open: 'Without updates to the correspondent (`hlr-initiated` has no window).',
  },
  {
    file: '3-stationary-proxies',
    title: 'How long the proxies of Mobile IPv6 keep a message, and an asker',
    question:
      'A home agent keeps what it passes on for its mobile node for T_h, to send it again when it hears where the peer is; and answers whoever asked within T_p again when its mobile node registers. How long must they be, when nothing else is sent again?',
    says: '004 §IV.B: T_h > T_p, and each longer than it takes to register after a move.',
    answer:
      'T_p longer than the blackout less one way, and T_h longer than the blackout and one way, where the hosts leave within a blackout of each other: two bounds that have nothing to do with each other. T_h > T_p is neither enough (125 and 100 fail) nor needed (130 and 200 hold).',
    asked: [
      {
        kind: 'bounds',
        target: 'mipv6/stationary-proxies-expedited',
        note: 'd = 25, blackouts of 100',
        scenario: SILENT,
        property: BINDING,
        vary: [vary('T_h', 100, 200, 5), vary('T_p', 25, 200, 5)],
        given: { d, blackout: at(100), 'leaves(a)': at(1000), 'leaves(b)': [900, 1100] },
        expect: ['fails where T_p ≤ 75', 'fails where T_h ≤ 125'],
      },
      {
        kind: 'bounds',
        target: 'mipv6/stationary-proxies-expedited',
        note: 'd = 40, blackouts of 200',
        scenario: SILENT,
        property: BINDING,
        vary: [vary('T_h', 100, 300, 10), vary('T_p', 50, 300, 10)],
        given: { d: at(40), blackout: at(200), 'leaves(a)': at(1000), 'leaves(b)': [800, 1200] },
        expect: ['fails where T_h ≤ 240', 'fails where T_p ≤ 160'],
      },
    ],
    open: 'The other reading of the text, in which the agent answers once, at the end of T_p; moves that are more than a blackout apart (the first message then arrives); three home tests in full.',
  },
  {
    file: '4-re-forwarding',
    title: 'How long a home agent has to keep what it tunnelled',
    question:
      'With signalling to home addresses, a home agent keeps a copy of what it tunnels for T_b, and sends it again where its mobile node registers. How long must T_b be, when nothing else is sent again?',
    says: '004 §IV.C: as long as it takes the mobile node to register after its move.',
    answer:
      'Longer than the blackout and two ways, of the host with the longer blackout; then it is enough. Where a home Binding Update may be lost, longer by the time after which it is sent again: with the 1 s of RFC 6275, over 1.1 s.',
    asked: [
      {
        kind: 'bounds',
        target: 'mipv6/home-address-expedited',
        scenario: SILENT,
        property: BINDING,
        vary: [vary('T_b', 0, 400, 10)],
        given: { d, blackout: at(100) },
        expect: ['fails where T_b ≤ 150'],
      },
      {
        kind: 'bounds',
        target: 'mipv6/home-address-expedited',
        note: 'two blackouts',
        scenario: SILENT,
        property: BINDING,
        vary: [vary('T_b', 50, 350, 25), vary('blackout(b)', 0, 200, 25)],
        given: { d, 'blackout(a)': at(100) },
        expect: ['fails where T_b ≤ blackout(b) + 50', 'fails where T_b ≤ 150'],
      },
      {
        kind: 'bounds',
        target: 'mipv6/home-address-expedited',
        note: 'one home Binding Update is lost',
        scenario: 'both-move-home-update-lost',
        property: BINDING,
        vary: [vary('T_b', 0, 2000, 50)],
        given: { d, blackout: at(100) },
        expect: ['fails where T_b ≤ 1150'],
      },
      {
        kind: 'bounds',
        target: 'mipv6/home-address-expedited',
        note: 'the same, and what it is sent again after',
        scenario: 'both-move-home-update-lost',
        property: BINDING,
        vary: [vary('T_b', 0, 2000, 50), vary('home BU retransmission', 500, 1500, 250)],
        given: { d, blackout: at(100) },
        expect: ['fails where T_b ≤ home BU retransmission + 150'],
      },
    ],
  },
  {
    file: '5-overlap',
    title: 'How long an old address has to be kept beside the new one',
    question:
      'Each host keeps its old address for an overlap after it has the new one. How long must that be, of both alike, and of each? And when does an Interceptor in the network that was left have to know, at the latest?',
    says: '000 §IV.C: long enough for what is under way to arrive. RFC 5944 §3.3 and RFC 4555 §3.11 give no number.',
    answer:
      'Where one update is enough (MOBIKE), the two overlaps together longer than both ways together, α + β: so longer than one way where they are alike, and that of one host is enough where it is longer than a round trip. Where a dialog has to live through glare (SIP), the re-INVITE that is tried again still goes to the old address of the Call-ID’s owner: its overlap has to be longer than the back-off of the other side after a 491, of up to 2 s, and four ways, and that of the other side longer than two ways; longer still where a second glare can happen (sheet 7). So the 1 s that is usual here is too short for SIP. An Interceptor has to be told before what it is to send on arrives: of a re-INVITE that is sent once, before it does, which no Interceptor can where it comes during the blackout; with the retransmissions of RFC 3261, the last of them after 31.5 s, any is in time whose host is on its way for less than that, blackout and all, and then the dialog lives.',
    asked: [
      {
        kind: 'bounds',
        target: 'mobike/overlap',
        scenario: 'both-move-brief-overlap',
        property: SESSION,
        vary: [vary('overlap', 0, 300, 5)],
        given: { d },
        expect: ['fails where overlap ≤ 25'],
      },
      {
        kind: 'bounds',
        target: 'mobike/overlap',
        note: 'two overlaps',
        scenario: 'both-move-brief-overlap',
        property: SESSION,
        vary: [vary('overlap(a)', 0, 100, 5), vary('overlap(b)', 0, 100, 5)],
        given: { d },
        expect: ['fails where overlap(a) + overlap(b) ≤ 50'],
      },
      {
        kind: 'bounds',
        target: 'mobike/overlap',
        note: 'ways of two lengths',
        scenario: 'both-move-brief-overlap',
        property: SESSION,
        vary: [vary('overlap(b)', 0, 150, 5), vary('d(west-2,east-1)', 10, 100, 5)],
        given: { d, 'overlap(a)': at(10) },
        expect: ['fails where overlap(b) ≤ d(west-2,east-1) + 15'],
      },
      {
        kind: 'bounds',
        target: 'sip/simultaneous-bindings',
        note: 'that of the Call-ID’s owner, where that of the other is long',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('overlap(a)', 1900, 2300, 10)],
        given: { d, 'overlap(b)': at(5000) },
        expect: ['fails where overlap(a) ≤ 2100'],
      },
      {
        kind: 'bounds',
        target: 'sip/simultaneous-bindings',
        note: 'that of the other, where that of the owner is long',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('overlap(b)', 0, 200, 5)],
        given: { d, 'overlap(a)': at(5000) },
        expect: ['fails where overlap(b) ≤ 50'],
      },
      {
        kind: 'bounds',
        target: 'sip/simultaneous-bindings',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('overlap', 0, 5000, 50)],
        given: { d },
        expect: ['fails where overlap ≤ 2100'],
      },
      {
        kind: 'bounds',
        target: 'sip/simultaneous-bindings',
        note: 'd = 10',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('overlap', 1900, 2300, 10)],
        given: { d: at(10) },
        expect: ['fails where overlap ≤ 2040'],
      },
      {
        kind: 'bounds',
        target: 'sip/interceptor',
        note: 'an Interceptor that learns of the move later and later: what tells it takes d(west-2,west-1)',
        scenario: BOTH,
        property: SESSION,
        vary: [vary('d(west-2,west-1)', 31_000, 32_000, 50), vary('blackout(a)', 0, 400, 50)],
        given: { d, 'blackout(b)': at(100) },
        expect: ['fails where 31500 ≤ d(west-2,west-1) + blackout(a)'],
      },
      {
        kind: 'bounds',
        target: 'sip/interceptor',
        note: 'the same where a re-INVITE is sent once, by when b leaves; a’s Interceptor is told at once',
        scenario: BOTH,
        property: SESSION,
        vary: [vary('d(east-2,east-1)', 0, 200, 10), vary('leaves(b)', 700, 1300, 20)],
        given: {
          d,
          blackout: at(100),
          'Timer A': at(33_000),
          'leaves(a)': at(1000),
          'd(west-2,west-1)': at(0),
        },
        expect: [
          'fails where leaves(b) ≤ 975 and 875 ≤ leaves(b)',
          'fails where 1025 ≤ d(east-2,east-1) + leaves(b) and leaves(b) ≤ 1125 and 975 ≤ leaves(b)',
        ],
      },
    ],
  },
  {
    file: '6-tmsp',
    title: 'How long TMSP takes to repair a double jump',
    question: 'From the end of the last move until both bindings are right, for good: at least and at most.',
    says: '003 §III-D, §III-E: a lookup at the time-out, at a fraction of it, or when a server tells.',
    answer:
      'A lookup at the time-out repairs after its 32 s and a round trip; at the first retransmission, in about half a second; at a fraction of the time-out, after that fraction and a round trip, and one way more where a blackout can last as long as the fraction: the lookup then finds an old address. Movement verification by itself, and servers that tell, leave a run in which nothing is repaired; a server that tells by way of a lookup repairs within a few retransmissions.',
    asked: [
      duration('tmsp/lookup-at-time-out', BINDING, { d }, ['25 ms', '32,050 ms']),
      duration('tmsp/lookup-at-fraction', BINDING, { d }, ['25 ms', '575 ms']),
      ...[1000, 4000, 16_000].map((fraction, i) =>
        duration(
          'tmsp/lookup-at-fraction',
          BINDING,
          { d, 'INVITE retry': at(fraction) },
          ['25 ms', ['1,075 ms', '4,050 ms', '16,050 ms'][i]!],
          `the first retransmission, and with it the lookup, after ${fraction / 1000} s: 1/${32_000 / fraction} of the time-out`,
        ),
      ),
      duration('tmsp/lookup-at-fraction-repeated', BINDING, { d }, ['25 ms', '575 ms']),
      duration('tmsp/movement-verification', BINDING, { d }, ['75 ms', 'for ever']),
      duration('tmsp/server-tells', BINDING, { d }, ['in no run', 'for ever']),
      duration('tmsp/server-tells-by-lookup', BINDING, { d }, ['100 ms', '2,075 ms']),
    ],
  },
  {
    file: '7-sip',
    title: 'How long SIP takes to repair a double jump, and how long a dialog lasts that is not repaired',
    question:
      'From the end of the last move: until both bindings are right, for good; or until an end gives the dialog up.',
    says: 'RFC 3261 §14.1: after a 491, 2.1–4 s for the owner of the Call-ID, 0–2 s for the other; §17.1.1.2: 32 s until an INVITE is given up; a branch of a proxy after Timer C, or its transaction’s time-out.',
    answer:
      'A double jump of direct SIP ends after 32.0 s, less what lies between the first attachment and the last (32.0 s in the lab), and by way of a proxy that does not look up again after its 30 s (30.0 s in the lab, with Kamailio). Where branches are replaced, one glare and one back-off of the other side go by, a little over 2 s, while a round trip is shorter than 100 ms: the back-offs of RFC 3261 are 100 ms apart at their nearest (2.0 and 2.1 s), so that from there on a second glare can happen, and a third from 200 ms on, or 400 ms where an Interceptor sends on. In the model the third back-off stands for all that come, and is of one length for both ends: a fourth 491 ends the dialog there, which RFC 3261 does not say.',
    asked: [
      duration('sip/direct', SESSION, { d }, ['30,275 ms', '32,000 ms'], 'until the dialog is given up'),
      duration(
        'sip/home-proxy-rfc',
        SESSION,
        { d, blackout: at(100) },
        ['29,900 ms', '30,050 ms'],
        'until the dialog is given up',
      ),
      duration('sip/resend-replace-branch', BINDING, { d: at(10) }, ['20 ms', '2,080 ms']),
      duration('sip/resend-replace-branch', BINDING, { d }, ['50 ms', '2,200 ms']),
      duration('sip/resend-replace-branch', BINDING, { d: at(49), blackout: at(100) }, ['98 ms', '2,392 ms']),
      duration(
        'sip/resend-replace-branch',
        BINDING,
        { d: at(50), blackout: at(100) },
        ['100 ms', '6,700 ms'],
        'a round trip of 100 ms',
      ),
      duration('sip/resend-replace-branch', BINDING, { d: at(100) }, ['200 ms', 'for ever']),
      duration('sip/relookup-replace-branch', BINDING, { d, blackout: at(100) }, ['50 ms', '6,900 ms']),
      duration('sip/interceptor', BINDING, { d, blackout: at(100) }, ['25 ms', '4,650 ms']),
      ...(
        [
          ['sip/resend-replace-branch', 'a-second-glare', 50],
          ['sip/resend-replace-branch', 'a-third-glare', 100],
          ['sip/interceptor', 'a-second-glare', 50],
          ['sip/interceptor', 'a-third-glare', 200],
        ] as const
      ).map(
        ([target, property, from]): Query => ({
          kind: 'bounds',
          target,
          note: 'where one can happen',
          scenario: BOTH,
          property,
          vary: [vary('d', 10, 200, 10)],
          given: { blackout: at(100) },
          expect: [`holds where ${from} ≤ d`],
        }),
      ),
    ],
    open: 'A fourth glare in a row, and more.',
  },
  {
    file: '8-harm',
    title: 'How long the harm is',
    question:
      'From the end of the last move of a double jump, until data flow both ways again, or the association is given up.',
    says: 'HIP: RFC 8046 §5; MOBIKE: RFC 7296 §2.4, RFC 4555 §3.11; WireGuard: whitepaper §6; QUIC: RFC 9000 §9; MIPv6: RFC 6275 §11.8.',
    answer:
      'Where a stable third party is asked again (a rendezvous server, a home agent, a name that is resolved again) the harm is a retransmission; where not, it lasts until a time-out ends the session, or for ever. A time-out ends the session at that, less what lies between the two attachments.',
    asked: [
      duration('mip/co-located', REACH, { d }, ['25 ms', '25 ms']),
      duration('mipv6/ro-rfc-expedited', REACH, { d, blackout: at(100) }, ['150 ms', '1,150 ms']),
      duration('hip/rvs-when-sent-again', BINDING, { d }, ['75 ms', '2,075 ms']),
      duration('hip/rvs-in-parallel', BINDING, { d }, ['75 ms', '2,075 ms']),
      duration(
        'mobike/single-homed',
        SESSION,
        { d },
        ['298,275 ms', '300,000 ms'],
        'RFC 7296: until an end gives the association up',
      ),
      duration(
        'mobike/silent-initiator',
        SESSION,
        { d },
        ['25,775 ms', '27,500 ms'],
        'strongSwan, which looks for a path ten times more, 2.5 s apart (in the lab the last was 25.0 s after the first, and it gave up after 27 s), until an end gives the association up',
      ),
      duration('wireguard/re-resolve-one', REACH, { d }, ['25 ms', '5,075 ms']),
      duration('wireguard/persistent-keepalive', REACH, { d }, ['25 ms', 'for ever']),
      duration(
        'quic/client-migration',
        SESSION,
        { d },
        ['0 ms', '30,000 ms'],
        'RFC 9000 §10.1, with an idle time-out of 30 s: until an end closes in silence',
      ),
      duration('quic/preferred-address', REACH, { d }, ['0 ms', '75 ms']),
      duration('mptcp/stable-address', REACH, { d }, ['0 ms', '105 ms']),
    ],
    open: 'ICE’s consent (RFC 7675) is not in the model (warts); WireGuard’s rekeying is.',
  },
]
