import type { Model } from '../../checker/model.ts'

/**
 * Hierarchical addresses (003 §VII-B): within a domain a correspondent uses a host's private care-of address, outside the public one, since the
 * private one is not routed there. The correspondent may leave the domain; what it does then is the question.
 */
export function hierarchicalModel(onLeaving: 'keeps what it knows' | 'asks by the public address'): Model {
  const [INSIDE, KNOWS] = [0, 1]
  return {
    cells: ['correspondent is inside', 'address that it uses'],
    initial: [[true, 'private']],
    absorb: (_, value) => value,
    rules: [
      {
        name: 'leave',
        reads: [INSIDE],
        fire: (look) =>
          look(INSIDE) === true
            ? [
                {
                  label: { kind: 'move', text: 'the correspondent leaves the domain', moves: 1 },
                  sets: [[INSIDE, false]] as const,
                  sends: [],
                },
              ]
            : [],
      },
      {
        name: 'ask',
        reads: [INSIDE, KNOWS],
        fire: (look) =>
          onLeaving === 'asks by the public address' && look(INSIDE) === false && look(KNOWS) === 'private'
            ? [
                {
                  label: { kind: 'deliver', text: 'it asks the redirect server, which gives the public address' },
                  sets: [[KNOWS, 'public']] as const,
                  sends: [],
                  fair: { class: 'ask', strength: 'weak' },
                },
              ]
            : [],
      },
    ],
  }
}
