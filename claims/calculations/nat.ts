import type { Model } from '../../checker/model.ts'

/** How packets of a tunnel look to a NAT: IP-in-IP has no port, by which it could tell whose they are; UDP has one (RFC 3519). */
export type Encapsulation = 'IP-in-IP' | 'UDP-in-IP'

/**
 * A host behind a NAT, registered with a home agent outside. A mapping exists from when something with a port goes out until it is forgotten for want of
 * traffic; a keepalive goes out before that. What comes from outside gets in by a mapping only.
 */
export function natModel(encapsulation: Encapsulation, keepsAlive: boolean): Model {
  const [REGISTERED, MAPPED] = [0, 1]
  return {
    cells: ['registered', 'mapping'],
    initial: [[false, false]],
    absorb: (_, value) => value,
    rules: [
      {
        name: 'register',
        reads: [REGISTERED, MAPPED],
        fire: (look) =>
          look(REGISTERED) === true
            ? []
            : [
                {
                  label: { kind: 'send', text: `the host registers by ${encapsulation}` },
                  sets: [
                    [REGISTERED, true],
                    [MAPPED, encapsulation === 'UDP-in-IP'],
                  ] as const,
                  sends: [],
                  fair: { class: 'register', strength: 'weak' },
                },
              ],
      },
      {
        name: 'expiry',
        reads: [REGISTERED, MAPPED],
        fire: (look) =>
          // Keepalives are more frequent than a mapping is short.
          look(REGISTERED) === true && look(MAPPED) === true && !keepsAlive
            ? [
                {
                  label: { kind: 'timer', text: 'the NAT forgets the mapping' },
                  sets: [[MAPPED, false]] as const,
                  sends: [],
                },
              ]
            : [],
      },
    ],
  }
}
