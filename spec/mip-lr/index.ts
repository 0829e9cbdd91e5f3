import { type Node, node, type Scenario, type Subject, type Variant } from '../index.ts'
import type { Protocol } from '../protocol.ts'
import { bothOnce, ENDS, type End, other, roaming, START, startOf } from '../roaming.ts'
import { expectations } from './expectations.ts'
import { describeMipLr, type Host, host, type Register, type RegisterSettings, register } from './roles.ts'

/** Nothing in MIP-LR is ever sent again, so fair loss says no more than one loss. */
const base = roaming()

const scenarios: readonly Scenario[] = [
  base.oneMoves,
  base.bothMove,
  base.oneMovesTwice,
  base.bothMoveTwice,
  base.oneReturns,
  base.oneMovesOneLoss,
  base.bothMoveOneLoss,
  base.bothMoveReordered,
  base.bothMoveAtomic,
  base.make('one-moves-twice-reordered', 'One host moves twice; packets overtake each other.', {
    moves: base.oneMovesTwice.moves,
    links: 'bag',
  }),
  base.make('both-move-short-window', 'Both hosts move; the window for revised answers may close at any moment.', {
    moves: bothOnce,
    timers: { 'revision window': 'eager' },
  }),
]

const registerOf = (end: End) => `home-${end}/hlr`

const subject: Subject = {
  ends: ['a', 'b'],
  beliefs: ENDS.map((end) => ({
    holder: end,
    about: other(end),
    believes: (view) => view.state<Host>(end).peerAt,
  })),
  registrations: ENDS.map((end) => ({
    holder: `hlr-${end}`,
    about: end,
    believes: (view) => view.state<Register>(`hlr-${end}`).location,
  })),
  carriesData: true,
}

interface Rules extends Pick<RegisterSettings, 'initiates' | 'revises' | 'numbered'> {
  /** Queries go to a replica of the register, which revises its answers, or does not. */
  readonly replica?: 'revises' | 'forgets'
}

const replicaOf = (end: End) => `home-${end}/replica`

function registersOf(end: End, rules: Rules): Node[] {
  const replicated = rules.replica !== undefined
  const settings: RegisterSettings = {
    user: end,
    start: startOf(end),
    peers: replicated ? replicaOf(other(end)) : registerOf(other(end)),
    replica: replicated ? replicaOf(end) : null,
    initiates: rules.initiates,
    revises: rules.revises,
    numbered: rules.numbered,
  }
  const primary = node(`hlr-${end}`, register(settings), { at: [registerOf(end)] })
  if (!replicated) return [primary]
  const copies = { ...settings, replica: null, initiates: false, revises: rules.replica === 'revises' }
  return [primary, node(`replica-${end}`, register(copies), { at: [replicaOf(end)] })]
}

function variant(name: string, title: string, source: string, rules: Rules): Variant {
  const { numbered } = rules
  return {
    name,
    title,
    source,
    repairs: rules.initiates,
    // A register that is asked once may be asked too early.
    survivesBy: rules.revises && rules.replica !== 'forgets' ? ['rendezvous'] : [],
    scenarios,
    // Six updates and copies in flight at a time.
    large: rules.replica === undefined ? [] : ['both-move-twice'],
    subject,
    expect: expectations[name] ?? {},
    nodes: () => [
      node('a', host({ name: 'a', start: startOf('a'), peerAt: startOf('b'), register: registerOf('a'), numbered }), {
        from: START.a,
      }),
      ...ENDS.flatMap((end) => registersOf(end, rules)),
      node('b', host({ name: 'b', start: startOf('b'), peerAt: startOf('a'), register: registerOf('b'), numbered }), {
        from: START.b,
      }),
    ],
  }
}

/** Mobile IP with Location Registers, and the repairs of paper 000. */
export const mipLr: Protocol = {
  name: 'mip-lr',
  title: 'Mobile IP with Location Registers, and the repairs of paper 000',
  source: '000 §II, §III.A, §IV.D, Figs 1b, 3, 8',
  describe: describeMipLr,
  variants: [
    variant('direct', "updates to the register and to the correspondent's last address", '000 §III.A, Fig. 3', {
      initiates: false,
      revises: false,
      numbered: true,
    }),
    variant('hlr-initiated', 'the register asks where the correspondent is and tells it', '000 §IV.D, Fig. 8', {
      initiates: true,
      revises: false,
      numbered: true,
    }),
    variant('revised-answers', 'a register revises answers that it gave not long ago', '000 §IV.D', {
      initiates: true,
      revises: true,
      numbered: true,
    }),
    variant('revised-answers-unnumbered', 'the same without numbers in updates, as the paper has it', '000 §IV.D', {
      initiates: true,
      revises: true,
      numbered: false,
    }),
    variant('replicated', 'revised answers; queries go to replicas, which revise theirs', '000 §II, §IV.D', {
      initiates: true,
      revises: true,
      numbered: true,
      replica: 'revises',
    }),
    variant('replicated-forgetful', 'the same; a replica forgets who asked', '000 §II', {
      initiates: true,
      revises: true,
      numbered: true,
      replica: 'forgets',
    }),
  ],
}
