import { type Node, node, type Scenario, type Subject, type Variant } from '../index.ts'
import type { Protocol } from '../protocol.ts'
import { bothOnce, ENDS, type End, other, roaming, START, startOf } from '../roaming.ts'
import { expectations } from './expectations.ts'
import {
  describeMipLr,
  type Host,
  type HostSettings,
  host,
  type Register,
  type RegisterSettings,
  register,
} from './roles.ts'

const base = roaming()

/** What is kept by a register that crashes: nothing in `lost`, the location and its number in `kept`. */
const STORAGE = 'stable storage'
const registerCrashes = (name: string, title: string, storage: 'lost' | 'kept') =>
  base.make(name, title, { moves: bothOnce, crashes: { 'hlr-a': 1 }, options: { [STORAGE]: storage } })

/** Without acknowledgements no handoff has an end that its host could wait for, and fair loss says no more than one loss. */
const scenarios: readonly Scenario[] = [
  base.oneMoves,
  base.bothMove,
  base.oneMovesTwice,
  base.make('both-move-twice', 'Both hosts move twice, each time in one step.', {
    moves: base.bothMoveTwice.moves,
    movement: 'atomic',
  }),
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
  registerCrashes('register-crashes', 'Both hosts move; a register may crash and lose what it knows.', 'lost'),
  registerCrashes('register-crashes-and-keeps', 'The same; it has kept the location of its host.', 'kept'),
]

const replicaCrashes = (name: string, title: string, storage: 'lost' | 'kept') =>
  base.make(name, title, { moves: bothOnce, crashes: { 'replica-a': 1 }, options: { [STORAGE]: storage } })
const withReplicas: readonly Scenario[] = [
  ...scenarios,
  replicaCrashes('replica-crashes', 'Both hosts move; a replica may crash and lose what it knows.', 'lost'),
  replicaCrashes('replica-crashes-and-keeps', 'The same; it has kept the location of its host.', 'kept'),
]

/** With acknowledgements there is one, and what is sent again outlasts any number of losses. */
const withRetransmission: readonly Scenario[] = [
  ...scenarios.map((s) => (s.name === 'both-move-twice' ? base.bothMoveTwice : s)),
  base.bothMoveFairLoss,
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

interface Rules extends Pick<RegisterSettings, 'initiates' | 'revises'> {
  readonly numbered?: boolean
  readonly resends?: boolean
  readonly retransmits?: boolean
  /** Hosts tell their register alone: the correspondent hears of it by that. */
  readonly indirect?: boolean
  /** Queries go to a replica of the register, which revises its answers, or does not. */
  readonly replica?: 'revises' | 'forgets'
}

const replicaOf = (end: End) => `home-${end}/replica`

function registersOf(end: End, rules: Rules, scenario: Scenario): Node[] {
  const replicated = rules.replica !== undefined
  const settings: RegisterSettings = {
    user: end,
    start: startOf(end),
    peers: replicated ? replicaOf(other(end)) : registerOf(other(end)),
    replica: replicated ? replicaOf(end) : null,
    initiates: rules.initiates,
    revises: rules.revises,
    numbered: rules.numbered ?? true,
    retransmits: rules.retransmits ?? false,
    stableStorage: scenario.options[STORAGE] === 'kept',
  }
  const primary = node(`hlr-${end}`, register(settings), { at: [registerOf(end)] })
  if (!replicated) return [primary]
  const copies = { ...settings, replica: null, initiates: false, revises: rules.replica === 'revises' }
  return [primary, node(`replica-${end}`, register(copies), { at: [replicaOf(end)] })]
}

function hostOf(end: End, rules: Rules): Node {
  const settings: HostSettings = {
    name: end,
    start: startOf(end),
    peerAt: startOf(other(end)),
    register: registerOf(end),
    tells: rules.indirect === true ? ['register'] : ['register', 'peer'],
    numbered: rules.numbered ?? true,
    resends: rules.resends ?? false,
    retransmits: rules.retransmits ?? false,
  }
  return node(end, host(settings), { from: START[end] })
}

/**
 * A register that is asked once may be asked too early, though not both: it has to revise its answer, or the host that was told has to
 * send its update once more, to where it now knows its peer to be.
 */
const isAskedInTime = ({ initiates, revises, replica, resends, retransmits }: Rules): boolean =>
  initiates && ((revises && replica !== 'forgets') || resends === true || retransmits === true)

function variant(name: string, title: string, source: string, rules: Rules): Variant {
  return {
    name,
    title,
    source,
    repairs: rules.initiates,
    survivesBy: isAskedInTime(rules) ? ['rendezvous'] : [],
    scenarios: rules.retransmits === true ? withRetransmission : rules.replica === undefined ? scenarios : withReplicas,
    // Six updates, copies and acknowledgements in flight at a time.
    large: rules.replica === undefined && rules.retransmits === undefined ? [] : ['both-move-twice'],
    subject,
    expect: expectations[name] ?? {},
    nodes: (scenario) => [
      hostOf('a', rules),
      ...ENDS.flatMap((end) => registersOf(end, rules, scenario)),
      hostOf('b', rules),
    ],
  }
}

/** Mobile IP with Location Registers, and the repairs of paper 000. */
export const mipLr: Protocol = {
  name: 'mip-lr',
  title: 'Mobile IP with Location Registers, and the repairs of paper 000',
  source: '000 §II, §III.A, §IV.D, Figs 1b, 3, 8',
  describe: describeMipLr,
  options: {
    [STORAGE]: {
      means: 'what a register knows of its host is, after a crash,',
      default: 'lost',
      values: [
        { value: 'lost', means: 'lost' },
        { value: 'kept', means: 'kept (stable storage)' },
      ],
      says: ({ crashes }) => Object.values(crashes).some((times) => times > 0),
    },
  },
  variants: [
    variant('direct', "updates to the register and to the correspondent's last address", '000 §III.A, Fig. 3', {
      initiates: false,
      revises: false,
    }),
    variant('direct-resends', 'the same; a host that learns where its peer is sends its update there', 'ours', {
      initiates: false,
      revises: false,
      resends: true,
    }),
    variant('direct-retransmitted', 'direct, sent again until acknowledged', 'ours', {
      initiates: false,
      revises: false,
      retransmits: true,
    }),
    variant('hlr-initiated', 'the register asks where the correspondent is and tells it', '000 §IV.D, Fig. 8', {
      initiates: true,
      revises: false,
    }),
    variant('hlr-initiated-resends', 'the same; a host that learns where its peer is sends its update there', 'ours', {
      initiates: true,
      revises: false,
      resends: true,
    }),
    variant(
      'hlr-initiated-retransmitted',
      'the register asks and tells; all is sent again until acknowledged',
      'ours',
      {
        initiates: true,
        revises: false,
        retransmits: true,
      },
    ),
    variant('revised-answers', 'a register revises answers that it gave not long ago', '000 §IV.D', {
      initiates: true,
      revises: true,
    }),
    variant('revised-answers-by-registers', 'the same; hosts tell their register alone', '000 §IV.D, Fig. 8', {
      initiates: true,
      revises: true,
      indirect: true,
    }),
    variant('revised-answers-unnumbered', 'the same without numbers in updates, as the paper has it', '000 §IV.D', {
      initiates: true,
      revises: true,
      numbered: false,
    }),
    variant(
      'revised-answers-resends',
      'revised answers; a host that learns where its peer is sends its update',
      'ours',
      {
        initiates: true,
        revises: true,
        resends: true,
      },
    ),
    variant('revised-answers-retransmitted', 'revised answers, sent again until acknowledged', 'ours', {
      initiates: true,
      revises: true,
      retransmits: true,
    }),
    variant('replicated', 'revised answers; queries go to replicas, which revise theirs', '000 §II, §IV.D', {
      initiates: true,
      revises: true,
      replica: 'revises',
    }),
    variant('replicated-forgetful', 'the same; a replica forgets who asked', '000 §II', {
      initiates: true,
      revises: true,
      replica: 'forgets',
    }),
  ],
}
