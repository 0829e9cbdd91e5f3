import type { Node, Packet } from '../../spec/index.ts'
import { SESSION } from '../../spec/property-ids.ts'
import { type Claim, search } from '../claim.ts'

/** Interceptors that look after one kind of message only. */
const interceptOnly =
  (kind: string) =>
  (nodes: readonly Node[]): readonly Node[] =>
    nodes.map((n) => {
      if (!n.name.startsWith('interceptor')) return n
      const intercepts = (state: { entries: object }, address: string, packet: Packet): boolean =>
        address in state.entries && packet.message.kind === kind
      return { ...n, role: { ...n.role, intercepts: intercepts as never } }
    })

/** Paper 000, §IV.D and §IV.E: Interceptors. */
export const interceptors: readonly Claim[] = [
  {
    id: '000-35',
    where: '§IV.D',
    claim: 'An Interceptor together with timers is an alternative.',
    decide: {
      cases: [
        search('retransmissions outlast the entry', 'sip/interceptor', 'both-move', SESSION, 'holds'),
        search('they may all be spent before', 'sip/interceptor', 'both-move-eager', SESSION, 'holds'),
        search('the message that makes the entry is lost', 'sip/interceptor', 'both-move-one-loss', SESSION, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'If the entry is there before the last retransmission; nothing acknowledges it.',
  },
  {
    id: '000-36',
    where: '§IV.E, Fig. 9',
    claim: 'An Interceptor repairs session initiation as well.',
    decide: {
      cases: [
        search(
          'it looks after every message',
          'sip-setup/paper-interceptor',
          'both-move',
          'the-call-is-set-up',
          'holds',
        ),
        search('by RFC 3261 as well', 'sip-setup/interceptor', 'both-move', 'the-call-is-set-up', 'holds'),
        search(
          'it looks after INVITEs only',
          'sip-setup/paper-interceptor',
          'both-move',
          'the-call-is-set-up',
          'holds',
          {
            change: interceptOnly('INVITE'),
          },
        ),
        search(
          'one packet is lost',
          'sip-setup/paper-interceptor',
          'both-move-one-loss',
          'the-call-is-set-up',
          'holds',
        ),
      ],
    },
    expected: 'conditional',
    why: 'If it also forwards responses and ACKs, and its entry is made.',
  },
]
