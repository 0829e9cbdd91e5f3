import { probeWith, send } from '../../spec/index.ts'
import { BINDING, REACH, REGISTRATIONS } from '../../spec/property-ids.ts'
import { ENDS, other, startOf } from '../../spec/roaming.ts'
import { inEveryState, inTheEnd, withoutSending } from '../changes.ts'
import { type Claim, search } from '../claim.ts'
import { endsFound, registered, underWay } from '../evidence.ts'

const AGREE = 'registrar-home-agent-and-peer-agree'

const TCP = 'tcp-flows-both-ways'

/** Paper 001, §1–§3: what Mobile IP and SIP do together. */
export const together: readonly Claim[] = [
  {
    id: '001-01',
    where: '§1, §2.1',
    claim: 'Mobile IP keeps TCP connections up.',
    decide: {
      all: [
        search('one host moves', 'mip-sip/parallel', 'one-moves', TCP, 'holds'),
        search('both move', 'mip-sip/parallel', 'both-move', TCP, 'holds'),
      ],
    },
    expected: 'holds',
    why: 'The home address stays, and the home agent is an anchor.',
  },
  {
    id: '001-02',
    where: '§2.2',
    claim: 'SIP cannot mend a TCP connection.',
    decide: {
      all: [
        search(
          'segments go to the address that the connection began with',
          'sip-paper/direct',
          'one-moves',
          'TCP flows',
          'violated',
          {
            shows: endsFound,
            own: inTheEnd('TCP flows', (view) => {
              const cut = ENDS.find(
                (end) => probeWith(view, other(end), end, send({ kind: 'RTP' }, startOf(end))).end !== 'arrives',
              )
              return cut === undefined ? true : `a segment to ${startOf(cut)} is lost`
            }),
          },
        ),
      ],
    },
    expected: 'holds',
    why: 'A connection is its addresses and ports; a re-INVITE changes where media go.',
  },
  {
    id: '001-03',
    where: '§3',
    claim: 'With TCP by Mobile IP and media by SIP both go on.',
    decide: {
      cases: [
        search('TCP, the other end stays', 'mip-sip/parallel', 'one-moves', TCP, 'holds'),
        search('media, the other end stays', 'mip-sip/parallel', 'one-moves', REACH, 'holds'),
        search('TCP, both ends move', 'mip-sip/parallel', 'both-move', TCP, 'holds'),
        search('media, both ends move', 'mip-sip/parallel', 'both-move', REACH, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'When both ends move, media are lost and TCP goes on.',
    otherwise: {
      verdict: 'holds',
      because: 'with a peer that stays; the paper does not say that it does, and when both move media are lost',
    },
  },
  {
    id: '001-04',
    where: '§3, Fig. 2',
    claim: 'After a handover the home agent leaves the registrar right.',
    decide: {
      cases: [
        search('one handover', 'mip-sip/parallel', 'one-moves', REGISTRATIONS, 'holds'),
        search(
          'two, one Call-ID and rising CSeq',
          'mip-sip/parallel',
          'one-moves-twice-reordered',
          REGISTRATIONS,
          'holds',
        ),
        search(
          'two, a Call-ID each',
          'mip-sip/unnumbered-registrations',
          'one-moves-twice-reordered',
          REGISTRATIONS,
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'Of two registrations that overtake each other the older one stays, unless CSeq tells (RFC 3261 §10.3).',
  },
  {
    id: '001-05',
    where: 'Fig. 2',
    claim: 'BU and re-INVITE may run at the same time.',
    decide: {
      cases: [
        search('the binding is accepted', 'mip-sip/parallel', 'one-moves', AGREE, 'holds', { shows: registered }),
        search('it is refused', 'mip-sip/parallel-refused', 'one-moves', AGREE, 'holds', {
          shows: underWay('BAck'),
        }),
        search(
          'it is refused, and the re-INVITE waits for that',
          'mip-sip/sequential-refused',
          'one-moves',
          AGREE,
          'holds',
          {
            shows: underWay('BAck'),
          },
        ),
      ],
    },
    expected: 'conditional',
    why: 'If the binding is accepted, or the re-INVITE waits for that. If it is refused, registrar, home agent and correspondent have different addresses for good.',
  },
  {
    id: '001-06',
    where: '§3',
    claim: "The home agent has to hold the user's SIP credentials.",
    decide: {
      all: [
        search(
          'every registration is made by it',
          'mip-sip/parallel',
          'both-move',
          'REGISTERs come from home agents',
          'holds',
          {
            shows: underWay('REGISTER'),
            own: inEveryState('REGISTERs come from home agents', (view) => {
              const other_ = view
                .inFlight()
                .find(({ message, source }) => message.kind === 'REGISTER' && !source.endsWith('/ha'))
              return other_ === undefined ? true : `a REGISTER comes from ${other_.source}`
            }),
          },
        ),
        search(
          'what the mobile node sends it holds nothing to register with',
          'mip-sip/parallel',
          'both-move',
          'a BU says an address',
          'holds',
          {
            shows: underWay('BU'),
            own: inEveryState('a BU says an address', (view) => {
              const more = view
                .inFlight()
                .flatMap(({ message }) => (message.kind === 'BU' ? Object.keys(message) : []))
                .filter((field) => !['kind', 'careOf', 'number'].includes(field))
              return more.length === 0 ? true : `a BU holds ${more.join(', ')}`
            }),
          },
        ),
        search('without it registrations are wrong', 'mip-sip/parallel', 'both-move', REGISTRATIONS, 'violated', {
          change: withoutSending(['ha-'], 'REGISTER'),
          shows: endsFound,
        }),
      ],
    },
    expected: 'holds',
    why: 'Nothing that the mobile node sends it holds a registration; whoever breaks into it can take calls.',
  },
  {
    id: '001-07',
    where: '§3',
    claim: 'A handover is complete before the old link is lost.',
    decide: {
      cases: [
        search('a long overlap', 'mip-sip/parallel', 'both-move', BINDING, 'holds', {
          but: { movement: 'make-before-break', overlap: 'long' },
        }),
        search('an overlap of any length', 'mip-sip/parallel', 'both-move', BINDING, 'holds', {
          but: { movement: 'make-before-break', overlap: 'any' },
        }),
      ],
    },
    expected: 'conditional',
    why: 'If the overlap outlasts BU and re-INVITE.',
  },
]
