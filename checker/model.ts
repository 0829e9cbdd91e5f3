/**
 * The one interface between what protocols say and whether it holds.
 *
 * A global state is a tuple of cells. A rule looks at a few cells and says what can happen. Everything is plain immutable
 * data and every function is pure: that is what lets the explorer run a rule once for each input and tabulate the rest.
 * Nothing here knows what a protocol is.
 */

/** Plain immutable data with one canonical serialisation (see `canonical.ts`): no class, function, Map, NaN or undefined. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value }

/** A cell, by its position in `Model.cells`. */
export type Cell = number

/** Looks at the value of a cell. What a rule or predicate looks at is what its table is indexed by. */
export type Look = (cell: Cell) => Value

export interface Model {
  /** One name a cell, for reports. */
  readonly cells: readonly string[]
  /** The initial states, one value a cell. */
  readonly initial: readonly (readonly Value[])[]
  /** Interleaved: one outcome of one rule happens at a time. */
  readonly rules: readonly Rule[]
  /**
   * A parcel arrives in a cell. Must be commutative: absorbing p then q gives the same value as q then p, so that sends of
   * different rules stay independent. May return the value unchanged (a full mailbox, a duplicate that does not matter).
   */
  absorb(cell: Cell, value: Value, parcel: Value): Value
  /** Where a model has time: the clocks that run in its states. Without it, nothing takes time. */
  readonly time?: Time
}

/**
 * A change of names, its own inverse (who is a and who is b), under which a model is said to stay as it is: what can happen in a state can happen in its image, by other names.
 * Whether it does is looked at in a search up to it (symmetry.ts).
 */
export interface Symmetry {
  /** By cell: the one whose place it takes. */
  readonly cells: readonly Cell[]
  /** What a value of a cell, and a parcel that is sent to it, are in the other one. */
  value(cell: Cell, value: Value): Value
  parcel(cell: Cell, parcel: Value): Value
}

/** Time, in whole units of the model's own choice (milliseconds, in the mobile internet). */
export interface Time {
  readonly clocks: readonly ClockRule[]
  /** `dense`: every real instant, by state classes. `ticks`: whole units only. Both reach the same states (docs/time.md). */
  readonly as: 'dense' | 'ticks'
}

/** Which clocks run in a state: tabulated as rules are. */
export interface ClockRule {
  readonly name: string
  readonly reads: readonly Cell[]
  running(look: Look): readonly Clock[]
}

/**
 * Something that is under way. A clock starts from zero in the step that makes it run, and goes on for as long as its id runs in every state;
 * a step of its own ends it, so that it starts afresh where it runs on after that.
 */
export interface Clock {
  readonly id: string
  /** Its step may be taken from here on, and must be by `latest` at the latest; null where it may wait for ever. */
  readonly earliest: number
  readonly latest: number | null
  /** Where it starts afresh after a step of its own, it takes longer each time; it does not forget how often until it stops. */
  readonly backsOff?: BackOff
}

/** Each time so many times as long, up to `most`. */
export interface BackOff {
  readonly factor: number
  readonly most: number
}

export interface Rule {
  readonly name: string
  /** The cells that `fire` may look at and set; looking at or setting another one is an error. */
  readonly reads: readonly Cell[]
  /** While it has an outcome, patient rules of a higher rank wait. Without a rank it holds nothing back. */
  readonly rank?: number
  /** Fires only while no rule of a lower rank has an outcome ('longer than any round trip'). Needs a rank. */
  readonly patient?: boolean
  /**
   * Of a patient rule: which one waits in a state, as a text that stays the same for as long as it is the same one; null where none does. Where one waits for ever and
   * is never let, the verdict says so (held-back.ts); nothing is said of a rule without it.
   */
  waits?(look: Look): string | null
  /** What can happen; none means that the rule is not enabled. Looks at cells lazily, in a fixed order: pure. */
  fire(look: Look): readonly Outcome[]
}

export interface Outcome {
  readonly label: Label
  readonly sets: readonly (readonly [Cell, Value])[]
  readonly sends: readonly (readonly [Cell, Value])[]
  /**
   * Present when the outcome is owed to the run; absent for what the environment may withhold (a move, a loss): a run may rest for ever where nothing else can
   * happen.
   */
  readonly fair?: Fairness
  /** The clock that says when it may be taken: one that runs in the state. Without one it may be taken at any time. */
  readonly clock?: string
}

/**
 * Outcomes of one class are owed together. `weak`: enabled for ever implies taken again and again.
 * `strong`: enabled again and again implies taken again and again.
 */
export interface Fairness {
  readonly class: string
  readonly strength: 'weak' | 'strong'
}

/** What one step is to a reader. The checker passes it through; `counterexamples/` tells and draws it. */
export interface Label {
  /** A sentence without its full stop: 'a receives 200 OK from b'. */
  readonly text: string
  /** What sort of step: see `counterexamples/story.ts` for the sorts that are drawn in a special way. */
  readonly kind: string
  /** The node, or the network, that the step belongs to. */
  readonly actor?: string
  /** How many moves of a host, and how many faults of the network, the step spends. */
  readonly moves?: number
  readonly faults?: number
  /** The address that a host gets in this step. */
  readonly address?: string
  /** The timer that fires in this step. */
  readonly timer?: string
  /** What a user does in it. */
  readonly action?: string
  /** In a model with time: the clock that the step is taken by, and how much time passes in it where nothing else does. */
  readonly clock?: string
  readonly passes?: number
  /** Why a packet was lost. */
  readonly cause?: string
  /** The packet that leaves the network in this step, and the packets that enter it. */
  readonly taken?: PacketLabel
  readonly sent?: readonly PacketLabel[]
}

/** A packet as a reader sees it. `name` is the message's own name, `detail` the fields that matter. */
export interface PacketLabel {
  readonly name: string
  readonly detail: string
  readonly source: string
  readonly destination: string
  /** The node that sent it, where known. */
  readonly from?: string
  /** The names of the packets that it carries inside, outermost first. */
  readonly inside?: readonly PacketLabel[]
}
