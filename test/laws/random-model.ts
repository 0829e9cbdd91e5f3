import fc from 'fast-check'
import { canonical } from '../../checker/canonical.ts'
import type { Fairness, Model, Outcome, Rule, Value } from '../../checker/model.ts'

/**
 * Small random models: a few cells with values 0…2, rules given by random tables over what they read, sends that are absorbed
 * by addition modulo 3 (which commutes), ranks, patience and fairness classes.
 */
export const CELL_VALUES = 3

interface RuleTable {
  readonly reads: readonly number[]
  readonly rank: number | undefined
  readonly patient: boolean
  /** For each combination of what is read: outcomes, most often none. */
  readonly entries: readonly (readonly OutcomeTable[])[]
}

interface OutcomeTable {
  /** By what is read: the value that it gets, none where it keeps what it has. */
  readonly sets: readonly (number | null)[]
  readonly send: readonly [number, number] | null
  readonly fair: Fairness | null
}

const fairness = fc.option(
  fc.record({
    class: fc.constantFrom('p', 'q', 'r'),
    strength: fc.constant<'weak'>('weak'),
  }),
  { freq: 1 },
)

const strongFairness = fc.record({
  class: fc.constantFrom('s', 't'),
  strength: fc.constant<'strong'>('strong'),
})

/** What stands for the ranks 0, 1 and 2: any numbers may, since only their order matters. */
const ranks = fc.oneof(
  fc.constant([0, 1, 2]),
  fc.constantFrom(
    [0, 0.25, 0.5],
    [-1, 0.5, 1],
    [2 ** 31, 3e9, 4e9],
    [-2, 2 ** 31 - 1, 2 ** 31],
    [0, 0.5, Number.POSITIVE_INFINITY],
  ),
)

const value = fc.integer({ min: 0, max: CELL_VALUES - 1 })

function ruleTable(cells: number, written: number): fc.Arbitrary<RuleTable> {
  return fc
    .uniqueArray(fc.integer({ min: 0, max: cells - 1 }), { minLength: 1, maxLength: Math.min(2, cells) })
    .chain((reads) => {
      const outcome = fc.record({
        sets: fc.array(fc.option(value, { freq: written }), { minLength: reads.length, maxLength: reads.length }),
        send: fc.option(fc.tuple(fc.integer({ min: 0, max: cells - 1 }), fc.integer({ min: 1, max: 2 })), { freq: 2 }),
        fair: fc.oneof(fairness, strongFairness),
      })
      const combinations = CELL_VALUES ** reads.length
      return fc.record({
        reads: fc.constant(reads),
        rank: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 2 }),
        patient: fc.boolean(),
        entries: fc.array(
          fc.oneof(
            { weight: 3, arbitrary: fc.constant([]) },
            { weight: 2, arbitrary: fc.array(outcome, { minLength: 1, maxLength: 2 }) },
          ),
          { minLength: combinations, maxLength: combinations },
        ),
      })
    })
}

/** @param written how often a cell that a rule looks at is written, to once that it is left as it is */
export function randomModel(maxCells = 3, maxRules = 4, written = 11): fc.Arbitrary<Model> {
  return fc.integer({ min: 1, max: maxCells }).chain((cells) =>
    fc
      .record({
        initial: fc.array(fc.array(value, { minLength: cells, maxLength: cells }), { minLength: 1, maxLength: 2 }),
        tables: fc.array(ruleTable(cells, written), { minLength: 1, maxLength: maxRules }),
        ranks,
      })
      .map(({ initial, tables, ranks }) => {
        const ranked = tables.map(({ rank, ...table }) => ({ ...table, rank: rank === undefined ? rank : ranks[rank] }))
        return modelOf(cells, initial, ranked)
      }),
  )
}

function modelOf(cells: number, initial: readonly (readonly number[])[], tables: readonly RuleTable[]): Model {
  return {
    cells: Array.from({ length: cells }, (_, i) => `cell ${i}`),
    initial,
    rules: tables.map((table, i) => ruleOf(table, i)),
    absorb: (_, before, parcel) => ((before as number) + (parcel as number)) % CELL_VALUES,
  }
}

function ruleOf(table: RuleTable, i: number): Rule {
  const { rank, reads } = table
  return {
    name: `rule ${i}`,
    reads,
    ...(rank === undefined ? {} : { rank, patient: table.patient }),
    fire: (look) => {
      const index = reads.reduce((sum, cell) => sum * CELL_VALUES + (look(cell) as number), 0)
      return table.entries[index]!.map(
        (o, k): Outcome => ({
          label: {
            kind: 'step',
            text: `rule ${i}.${k}`,
            ...(i % 2 === 0 && k === 0 ? { moves: 1 } : {}),
            ...(i === 1 ? { faults: 1 } : {}),
          },
          sets: reads.flatMap((cell, j) => (o.sets[j] === null ? [] : [[cell, o.sets[j] as Value] as const])),
          sends: o.send === null ? [] : [o.send],
          ...(o.fair === null ? {} : { fair: o.fair }),
        }),
      )
    },
  }
}

/** A model of which rules throw on some inputs: which ones, a number below 7 says. */
export const throwing = (model: Model, at: number): Model => ({
  ...model,
  rules: model.rules.map((rule) => ({
    ...rule,
    fire: (look) => {
      const seen = rule.reads.map(look).map(canonical).join()
      if (seen.length % 7 === at) throw new Error(`at ${seen}`)
      return rule.fire(look)
    },
  })),
})
