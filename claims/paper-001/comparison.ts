import { REACH, STALE } from '../../spec/property-ids.ts'
import { type Claim, fewer, search, statement } from '../claim.ts'

/** Paper 001, §3, §4, §6 and Table 2: beside SIP alone, MIPv6 and NATs. */
export const comparison: readonly Claim[] = [
  {
    id: '001-19',
    where: '§6',
    claim: 'Session signalling delay is reduced.',
    decide: {
      all: [
        statement('fewer steps until every binding is right than with SIP alone', (searches) => {
          const [together, sip] = ['mip-sip/parallel', 'sip-paper/direct'].map((t) =>
            searches.leastSteps(t, 'one-moves'),
          )
          return fewer(
            together ?? null,
            sip ?? null,
            (one, other) => `at most ${one} steps together, ${other} with SIP alone`,
          )
        }),
      ],
    },
    expected: 'fails',
    why: 'The re-INVITE takes the same way as with SIP alone; the paper gives no figure.',
  },
  {
    id: '001-20',
    where: 'Table 2',
    claim: 'Its own row: signals up (+), not down (−), soft (+) and not hard (−) cross-layering, multihoming (+).',
    decide: {
      all: [
        statement('a change of the care-of address brings a re-INVITE: upwards', (searches) => {
          const host = searches.nodes('mip-sip/parallel', 'one-moves').find((n) => n.name === 'a')!
          const step = host.role.step as unknown as (
            s: unknown,
            e: unknown,
          ) => readonly [unknown, readonly { message: { kind: string } }[]]
          const sent = step(host.role.start, { kind: 'attached', address: 'west-2/a' })[1].map(
            ({ message }) => message.kind,
          )
          return { so: sent.includes('BU') && sent.includes('re-INVITE'), text: `on arrival: ${sent.join(', ')}` }
        }),
        search('two interfaces at once', 'mip-sip/parallel', 'one-moves', STALE, 'holds', {
          but: { movement: 'make-before-break', overlap: 'long' },
        }),
      ],
    },
    expected: 'holds',
    why: 'As §3 describes it: the network layer tells the application, never the other way round.',
  },
  {
    id: '001-21',
    where: '§3',
    claim: 'It is useful even beside MIPv6 with route optimization.',
    decide: {
      cases: [
        search('one host moves', 'mip-sip/parallel', 'one-moves', REACH, 'holds'),
        search('both move', 'mip-sip/parallel', 'both-move', REACH, 'holds'),
        search('both move, MIPv6 as RFC 6275 has it', 'mipv6/ro-rfc', 'both-move', REACH, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'Its media have the weakness that route optimization by RFC 6275 does not have.',
  },
  {
    id: '001-22',
    where: '§4',
    claim: 'UDP-in-IP encapsulation passes NATs.',
    decide: {
      cases: [
        search(
          'a binding at the border that is kept',
          'tmsp-sbc/port-mapping',
          'one-moves-port-reused',
          REACH,
          'holds',
        ),
        search('one that may expire', 'tmsp-sbc/port-mapping', 'one-moves-bindings-expire', REACH, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'As long as something keeps the binding of the NAT alive.',
  },
]
