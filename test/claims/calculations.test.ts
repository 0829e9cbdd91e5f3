import { expect, test, vi } from 'vitest'
import { changeStep } from '../../claims/changes.ts'
import type { Claim } from '../../claims/claim.ts'
import { decide } from '../../claims/decide.ts'
import { type Mutation, Searches } from '../../claims/searches.ts'

type Module = Readonly<Record<string, unknown>>
// The calculation that a mutant reaches into may be any.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Any = any

interface Mutant {
  readonly id: string
  /** What is changed, in words. */
  readonly words: string
  /** The calculation that is broken, and the claims that rest on it. */
  readonly calculation: string
  readonly claims: () => Promise<Readonly<Record<string, readonly Claim[]>>>
  readonly breaks: (original: Any) => Module
  readonly becomes: 'holds' | 'fails' | 'conditional'
  /** What is changed in the protocol besides. */
  readonly mutation?: Mutation
}

/** Re-INVITEs go to every address that the other may have, whether or not a server says where it is. */
const everywhere: Mutation = (target, nodes) => {
  if (target !== 'tmsp/lookup-at-time-out') return nodes
  return changeStep(['a', 'b'], (state, event, step) => {
    const [next, effects] = step(state, event)
    const all = { a: ['west-1/a', 'west-2/a'], b: ['east-1/b', 'east-2/b'] }
    const other = state.here.endsWith('/a') ? all.b : all.a
    return [
      next,
      effects.flatMap((effect) =>
        effect.message?.kind === 're-INVITE' ? other.map((to) => ({ ...effect, to })) : [effect],
      ),
    ]
  })(nodes)
}

const mutants: readonly Mutant[] = [
  {
    id: '000-16',
    words: 'the probability is the first term of its series',
    calculation: 'renewal.ts',
    claims: () => import('../../claims/paper-000/probability.ts'),
    breaks: ({ firstOrder }) => ({ hit: firstOrder }),
    becomes: 'holds',
  },
  {
    id: '001-10',
    words: 'R_n is when the acknowledgement arrives',
    calculation: 'round-trip.ts',
    claims: () => import('../../claims/paper-001/network-selection.ts'),
    breaks: ({ roundTrip }) => ({ asDefined: roundTrip }),
    becomes: 'holds',
  },
  {
    id: '001-14',
    words: 'joining a network makes it no worse',
    calculation: 'hysteresis.ts',
    claims: () => import('../../claims/paper-001/network-selection.ts'),
    breaks: ({ settles }) => ({ settles: (settings: object) => settles({ ...settings, feedback: 0 }) }),
    becomes: 'holds',
  },
  {
    id: '001-22',
    words: 'a mapping is never forgotten',
    calculation: 'nat.ts',
    claims: () => import('../../claims/paper-001/comparison.ts'),
    breaks: ({ natModel }) => ({ natModel: (encapsulation: string) => natModel(encapsulation, true) }),
    becomes: 'holds',
  },
  {
    id: '001-22',
    words: 'the tunnel has no port',
    calculation: 'nat.ts',
    claims: () => import('../../claims/paper-001/comparison.ts'),
    breaks: ({ natModel }) => ({ natModel: (_: string, keepsAlive: boolean) => natModel('IP-in-IP', keepsAlive) }),
    becomes: 'fails',
  },
  {
    id: '002-09',
    words: 'what is open at a move began as if it were new',
    calculation: 'flows.ts',
    claims: () => import('../../claims/paper-002/sessions.ts'),
    breaks: ({ openFlows }) => ({
      openFlows: (rate: number, lengths: string) => openFlows(rate, lengths) + openFlows(rate, lengths),
    }),
    becomes: 'fails',
  },
  {
    id: '003-01',
    words: 'the check value leaves reserved bits out, and re-INVITEs need no server',
    calculation: 'authentication-header.ts',
    claims: () => import('../../claims/paper-003/moves.ts'),
    breaks: ({ header, checkValue }) => ({ checkValue: () => checkValue(header(0)) }),
    becomes: 'holds',
    mutation: everywhere,
  },
  {
    id: '003-21',
    words: 'what is set is what was measured',
    calculation: 'tmsp-cost.ts',
    claims: () => import('../../claims/paper-003/transmission.ts'),
    breaks: ({ DIRECT_HOPS }) => ({ HOPS: DIRECT_HOPS }),
    becomes: 'holds',
  },
  {
    id: '003-29',
    words: 'a search goes through all entries',
    calculation: 'state-tables.ts',
    claims: () => import('../../claims/paper-003/measurements.ts'),
    breaks: ({ atMost }) => ({ longestSearch: () => atMost('accessing all entries') }),
    becomes: 'holds',
  },
  {
    id: '003-33',
    words: 'what was protected is held against the outer destination, always',
    calculation: 'security-association.ts',
    claims: () => import('../../claims/paper-003/ports.ts'),
    breaks: ({ receive }) => ({
      receive: (database: unknown, packet: unknown) => receive(database, packet, 'SPI and destination'),
    }),
    becomes: 'holds',
  },
]

test.each(mutants.map((mutant) => [mutant.id, mutant.words, mutant] as const))(
  'a calculation that is broken changes the verdict: %s: %s',
  async (id, _, { calculation, claims, breaks, becomes, mutation }) => {
    const verdict = async () => {
      const claim = Object.values(await claims())
        .flat()
        .find((one) => one.id === id)!
      return decide(claim, new Searches(mutation))
    }
    vi.resetModules()
    vi.doMock(`../../claims/calculations/${calculation}`, async (original) => {
      const module = (await original()) as Module
      return { ...module, ...breaks(module) }
    })
    const broken = await verdict()
    vi.doUnmock(`../../claims/calculations/${calculation}`)
    vi.resetModules()
    expect(broken.verdict, broken.cases.map(({ so, text }) => `${so} ${text}`).join('\n')).toBe(becomes)
    expect(broken.claim.expected).not.toBe(becomes)
    // It is the calculation that does it.
    expect((await verdict()).verdict).not.toBe(becomes)
  },
)
