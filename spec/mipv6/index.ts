import type { Protocol } from '../protocol.ts'
import { attackerOption } from './attacker.ts'
import { expectations } from './expectations.ts'
import { describeMipv6, sections } from './messages.ts'
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
  },
  sections,
}
