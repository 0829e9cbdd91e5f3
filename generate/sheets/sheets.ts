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
      'Told by when the hosts leave, the binding is wrong for good if neither update arrives before its receiver leaves: when they leave less than blackout + latency apart, either way round, both ends included. Told by when the updates are sent, the interval of the paper is what is left where the blackout is 0; with a blackout it is that much longer (claim 000-13). Where latency is an interval, what may be lost goes by the longest latency, and what must be by the shortest.',
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
        expect: [],
      },
      {
        kind: 'bounds',
        target: 'mip-lr/direct',
        note: 'must be lost, latency in an interval: where no good end can be reached',
        scenario: BOTH,
        property: GOOD_END,
        vary: [vary('leaves(b)', 700, 1300, 5)],
        given: { d: [10, 40], blackout: at(100), 'leaves(a)': at(1000) },
        expect: [],
      },
      {
        kind: 'bounds',
        target: 'mip-lr/direct',
        note: 'two blackouts, and ways of two lengths',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('leaves(b)', 700, 1300, 20), vary('blackout(b)', 0, 200, 20)],
        given: { d, 'd(west-2,east-1)': at(60), 'blackout(a)': at(100), 'leaves(a)': at(1000) },
        expect: [],
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
      'Longer than the blackout of each host, whatever the latency; then it is enough. So 1 s is enough for shorter handoffs only, and neither long enough for all nor ever needed where handoffs are shorter. Where a host that hears news of its peer sends its own update there, no window is needed.',
    asked: [
      {
        kind: 'bounds',
        target: 'mip-lr/revised-answers',
        note: 'with updates sent to the correspondent as well',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('revision window', 0, 300, 10), vary('blackout(b)', 0, 300, 10)],
        given: { d, 'blackout(a)': at(100) },
        expect: [],
      },
      {
        kind: 'bounds',
        target: 'mip-lr/revised-answers',
        note: 'latencies that differ by the way',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('revision window', 0, 300, 10)],
        given: { d: at(60), 'd(west-2,home-a)': at(5), 'd(east-2,home-b)': [10, 90], blackout: at(100) },
        expect: [],
      },
      {
        kind: 'bounds',
        target: 'mip-lr/revised-answers-resends',
        note: 'hosts answer news of their peer by their own update',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('revision window', 0, 300, 10)],
        given: { d, blackout: at(100) },
        expect: [],
      },
      duration(
        'mip-lr/revised-answers',
        BINDING,
        { d, blackout: [20, 900] },
        ['', ''],
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
      'T_p longer than the peer’s blackout less one way, and T_h longer than the blackout and one way: two bounds that have nothing to do with each other. T_h > T_p is neither enough nor needed: with T_p above its own bound by much, T_h may be below it.',
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
        expect: [],
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
    answer: 'Longer than the blackout and two ways, of the worse host; then it is enough.',
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
        expect: [],
      },
    ],
    open: 'With a home Binding Update that is lost.',
  },
  {
    file: '5-overlap',
    title: 'How long an old address has to be kept beside the new one',
    question: 'Each host keeps its old address for an overlap after it has the new one. How long must that be?',
    says: '000 §IV.C: long enough for what is under way to arrive. RFC 5944 §3.3 and RFC 4555 §3.11 give no number.',
    answer:
      'Where one update is enough (MOBIKE), longer than one way. Where a dialog has to live through glare (SIP), the re-INVITE that is tried again goes to the old address as well: then it has to be longer than the back-off after a 491, of up to 4 s, and a round trip. So the 1 s that is usual here is too short for SIP.',
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
        target: 'sip/simultaneous-bindings',
        scenario: BOTH,
        property: BINDING,
        vary: [vary('overlap', 0, 5000, 50)],
        given: { d },
        expect: [],
      },
    ],
    open: 'The overlap of one host alone; the Interceptor’s latest instant of installation.',
  },
  {
    file: '6-tmsp',
    title: 'How long TMSP takes to repair a double jump',
    question: 'From the end of the last move until both bindings are right, for good: at least and at most.',
    says: '003 §III-D, §III-E: a lookup at the time-out, at a fraction of it, or when a server tells.',
    answer:
      'A lookup at the time-out repairs after the 32 s of it; at the first retransmission, in about a second; movement verification and servers that tell, in round trips or a retransmission.',
    asked: [
      'lookup-at-time-out',
      'lookup-at-fraction',
      'lookup-at-fraction-repeated',
      'movement-verification',
      'server-tells',
      'server-tells-by-lookup',
    ].map((variant) => duration(`tmsp/${variant}`, BINDING, { d }, ['', ''])),
    open: 'Other fractions than the first retransmission.',
  },
  {
    file: '7-sip',
    title: 'How long SIP takes to repair a double jump, and how long a dialog lasts that is not repaired',
    question:
      'From the end of the last move: until both bindings are right, for good; or until an end gives the dialog up.',
    says: 'RFC 3261 §14.1: after a 491, 2.1–4 s for the owner of the Call-ID, 0–2 s for the other; §17.1.1.2: 32 s until an INVITE is given up; a branch of a proxy after Timer C, or its transaction’s time-out.',
    answer:
      'A double jump of direct SIP ends after 32.0 s less at most the time between the two re-INVITEs (32.0 s in the lab), and by way of a proxy that does not look up again after its 30 s (30.0 s in the lab, with Kamailio). Where branches are replaced, at most one glare and one back-off of the other side go by.',
    asked: [
      duration('sip/direct', SESSION, { d }, ['', ''], 'until the dialog is given up'),
      duration('sip/home-proxy-rfc', SESSION, { d, blackout: at(100) }, ['', ''], 'until the dialog is given up'),
      duration('sip/resend-replace-branch', BINDING, { d: at(10) }, ['', '']),
      duration('sip/resend-replace-branch', BINDING, { d }, ['', '']),
      duration('sip/resend-replace-branch', BINDING, { d: at(100) }, ['', '']),
      duration('sip/relookup-replace-branch', BINDING, { d, blackout: at(100) }, ['', '']),
      duration('sip/interceptor', BINDING, { d, blackout: at(100) }, ['', '']),
    ],
    open: 'From which round trip a second glare can happen, and how many in a row: tries after a 491 are two in the model.',
  },
  {
    file: '8-harm',
    title: 'How long the harm is',
    question:
      'From the end of the last move of a double jump, until data flow both ways again, or the association is given up.',
    says: 'HIP: RFC 8046 §5; MOBIKE: RFC 7296 §2.4, RFC 4555 §3.11; WireGuard: whitepaper §6; QUIC: RFC 9000 §9; MIPv6: RFC 6275 §11.8.',
    answer:
      'Where a stable third party is asked again (a rendezvous server, a home agent, a name that is resolved again) the harm is a retransmission; where not, it lasts until a time-out ends the session, or for ever.',
    asked: [
      duration('mip/co-located', REACH, { d }, ['', '']),
      duration('mipv6/ro-rfc-expedited', REACH, { d, blackout: at(100) }, ['', '']),
      duration('hip/rvs-when-sent-again', BINDING, { d }, ['', '']),
      duration('hip/rvs-in-parallel', BINDING, { d }, ['', '']),
      duration('mobike/single-homed', SESSION, { d }, ['', ''], 'RFC 7296: until an end gives the association up'),
      duration(
        'mobike/single-homed',
        SESSION,
        { d, retransmission: at(2500), 'IKE SA time-out': at(27_000) },
        ['', ''],
        'the schedule of strongSwan (10 tries, 25 s and a bit), until an end gives the association up',
      ),
      duration('wireguard/re-resolve-one', REACH, { d }, ['', '']),
      duration('wireguard/persistent-keepalive', REACH, { d }, ['', '']),
      duration('quic/preferred-address', REACH, { d }, ['', '']),
      duration('mptcp/stable-address', REACH, { d }, ['', '']),
    ],
    open: 'ICE’s consent (RFC 7675) and QUIC’s idle time-out are not in the model; WireGuard’s rekeying is.',
  },
]
