import { probeWith, send } from '../../spec/index.ts'
import { BINDING, REACH, REGISTRATIONS } from '../../spec/property-ids.ts'
import { ENDS, other, startOf } from '../../spec/roaming.ts'
import { inTheEnd } from '../changes.ts'
import { type Claim, search, statement } from '../claim.ts'
import { endsFound, registered } from '../evidence.ts'
import type { Searches } from '../searches.ts'

const AGREE = 'registrar-home-agent-and-peer-agree'

const TCP = 'tcp-flows-both-ways'

const onHandover = (searches: Searches, target: string): string[] => {
  const home = searches.nodes(target, 'one-moves').find((n) => n.name === 'ha-a')!
  const step = home.role.step as unknown as (
    s: unknown,
    e: unknown,
  ) => readonly [unknown, readonly { message: { kind: string } }[]]
  const bu = { kind: 'BU', careOf: 'west-2/a', number: 1, source: 'west-2/a', destination: 'home-a/ha', hops: 8 }
  return step(home.role.start, bu)[1].map(({ message }) => message.kind)
}

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
        search('it is refused', 'mip-sip/parallel-refused', 'one-moves', AGREE, 'holds', { shows: endsFound }),
      ],
    },
    expected: 'conditional',
    why: 'If the binding is refused, registrar, home agent and correspondent have different addresses for good.',
  },
  {
    id: '001-06',
    where: '§3',
    claim: "The home agent has to hold the user's SIP credentials.",
    decide: {
      all: [
        statement('a BU alone makes it register', (searches) => {
          const sent = onHandover(searches, 'mip-sip/parallel')
          return { so: sent.includes('REGISTER'), text: `a BU brings ${sent.join(', ')}` }
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
