import type { HomeAgent } from '../../spec/mipv6/home-agent.ts'
import { BINDING, GOOD_END, REACH } from '../../spec/property-ids.ts'
import { somewhere } from '../changes.ts'
import { type Claim, search, statement } from '../claim.ts'
import { underWay } from '../evidence.ts'
import type { Found, Searches } from '../searches.ts'
import { PROXIES } from './places.ts'

const REPAIRS = ['forwarding-expedited', 'stationary-proxies-expedited', 'home-address-expedited'] as const

/** The shortest way to a good end: how many messages, and of which kinds. */
function goodEnd(
  searches: Searches,
  variant: string,
): { readonly messages: number; readonly kinds: ReadonlySet<string>; readonly found: Found } {
  const found = searches.search(search('', `mipv6/${variant}`, 'both-move', GOOD_END, 'holds'))
  const { verdict } = found
  const sent = 'trace' in verdict ? (verdict.trace?.steps.flatMap((step) => step.sent ?? []) ?? []) : []
  return { messages: sent.length, kinds: new Set(sent.map(({ name }) => name)), found }
}

/** Paper 004, §V: which repair is the best, and whether one fits all. */
export const comparison: readonly Claim[] = [
  {
    id: '004-24',
    where: '§V',
    claim: 'The third solution is the best.',
    decide: {
      cases: [
        statement('the fewest messages on the shortest way to a good end', (searches) => {
          const ends = REPAIRS.map((variant) => goodEnd(searches, variant))
          const count = ends.map(({ messages }) => messages)
          return {
            found: ends[2]!.found,
            so: count[2] === Math.min(...count),
            text: `forwarding ${count[0]}, proxies ${count[1]}, home address ${count[2]}`,
          }
        }),
        statement('no new element', (searches) => {
          const names = (variant: string) => searches.nodes(`mipv6/${variant}`, 'both-move').map((n) => n.name)
          const before = names('ro-rfc-expedited')
          const added = REPAIRS.map((variant) => names(variant).filter((name) => !before.includes(name)).length)
          return { so: added[2] === 0, text: `forwarding ${added[0]}, proxies ${added[1]}, home address ${added[2]}` }
        }),
        statement('no new message', (searches) => {
          const before = goodEnd(searches, 'ro-rfc-expedited').kinds
          const added = REPAIRS.map((variant) =>
            [...goodEnd(searches, variant).kinds].filter((kind) => !before.has(kind)),
          )
          return {
            so: added[2]!.length === 0,
            text: `forwarding ${added[0]!.join(', ')}; proxies ${added[1]!.join(', ')}; home address none`,
          }
        }),
      ],
    },
    expected: 'conditional',
    why: 'It needs no new element and no new message; forwarding takes fewer messages, since nothing goes by the home agents.',
    otherwise: {
      verdict: 'holds',
      because: 'by new elements and messages it is the best; forwarding takes fewer messages',
    },
  },
  {
    id: 'X-01',
    where: '000 and 004',
    claim: 'One framework of stationary proxies fits SIP, MIP-LR and MIPv6.',
    decide: {
      cases: [
        search('SIP', 'sip/resend-replace-branch', 'both-move', BINDING, 'holds'),
        search('MIP-LR', 'mip-lr/revised-answers', 'both-move', BINDING, 'holds'),
        search('MIPv6: relayed by the proxy', PROXIES, 'both-move', BINDING, 'holds'),
        search(
          'MIPv6: made by the proxy, as a register of MIP-LR does',
          'mipv6/ro-rfc',
          'both-move',
          'a home agent could',
          'holds',
          {
            shows: underWay('BU'),
            own: somewhere('a home agent could', (view) =>
              JSON.stringify(view.state<HomeAgent>('ha-a')).includes('Token')
                ? true
                : 'a home agent has no token to authorise an update with',
            ),
          },
        ),
        search('reach, where that is enough', PROXIES, 'both-move', REACH, 'holds'),
      ],
    },
    expected: 'conditional',
    why: 'For MIPv6 the proxy can only relay: an update is authorised by tokens that it does not have.',
  },
]
