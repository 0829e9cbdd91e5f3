import type { Protocol } from '../protocol.ts'
import { attackerOption } from './attacker.ts'
import { expectations } from './expectations.ts'
import { describeMipv6, sections } from './messages.ts'
import { FILTER, STORAGE } from './scenarios.ts'
import { variants } from './variants.ts'

/** Mobile IPv6 between two hosts that both roam. */
export const mipv6: Protocol = {
  name: 'mipv6',
  title: 'Mobile IPv6 between two mobile nodes: tunnelling, route optimization, and the repairs of paper 004',
  source: '004; RFC 6275',
  variants: variants(expectations),
  describe: describeMipv6,
  options: {
    retransmissions: {
      means: 'what is not answered is sent again',
      default: 'unlimited',
      values: [
        { value: 1, means: 'once' },
        { value: 'unlimited', means: 'without end' },
      ],
      counts: true,
    },
    attacker: attackerOption,
    [STORAGE]: {
      means: 'the binding of a home agent is, after a crash,',
      default: 'lost',
      values: [
        { value: 'lost', means: 'lost' },
        { value: 'kept', means: 'kept (stable storage)' },
      ],
      says: ({ crashes }) => Object.values(crashes).some((times) => times > 0),
    },
    [FILTER]: {
      means: "packets of the attacker that pretend to come from a's network are",
      default: false,
      values: [
        { value: false, means: 'carried' },
        { value: true, means: 'dropped (ingress filtering, RFC 2827)' },
      ],
      says: ({ options }) => options.attacker !== undefined,
    },
  },
  sections,
}
