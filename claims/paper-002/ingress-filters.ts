import { networkOf, type View } from '../../spec/index.ts'
import { ENDS, other } from '../../spec/roaming.ts'
import { inEveryState } from '../changes.ts'
import { type Claim, search } from '../claim.ts'
import { dataFlow } from '../evidence.ts'

/** What leaves a host has, outermost, a source address that belongs where it is: ingress filters let it pass (RFC 2827). */
const passesFilters = (view: View): true | string => {
  for (const end of ENDS) {
    const [effect] = view.node(end).role.sendData?.(view.state(end), other(end)) ?? []
    const held = view.held(end)
    if (effect?.do !== 'send' || effect.from === undefined || held.length === 0) continue
    if (!held.some((address) => networkOf(address) === networkOf(effect.from!))) {
      return `${end} sends from ${effect.from} while it is at ${held.join(', ')}`
    }
  }
  return true
}

const filters = { shows: dataFlow, own: inEveryState('passes ingress filters', passesFilters) }

/** Paper 002, §II and §IV: who passes ingress filters. */
export const ingressFilters: readonly Claim[] = [
  {
    id: '002-11',
    where: '§II',
    claim: 'Triangular routing dies of ingress filters.',
    decide: { all: [search('MIPv4', 'mip/co-located', 'one-moves', 'passes ingress filters', 'violated', filters)] },
    expected: 'holds',
    why: 'The home address is sent from elsewhere; reverse tunnelling (RFC 3024) avoids it.',
  },
  {
    id: '002-12',
    where: '§II',
    claim: 'Bidirectional tunnelling passes them.',
    decide: {
      all: [
        search('MIPv6 by the home agents', 'mipv6/tunnel', 'one-moves', 'passes ingress filters', 'holds', filters),
      ],
    },
    expected: 'holds',
    why: 'Outermost there is the care-of address.',
  },
  {
    id: '002-13',
    where: '§IV',
    claim: 'So does SIMS.',
    decide: {
      all: [
        search(
          'old sessions by the agents',
          'sims/credentials',
          'both-move',
          'passes ingress filters',
          'holds',
          filters,
        ),
      ],
    },
    expected: 'holds',
    why: 'What has an old address is tunnelled to where that belongs.',
  },
]
