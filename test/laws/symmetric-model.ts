import fc from 'fast-check'
import type { Model, Outcome, Rule, Symmetry, Value } from '../../checker/model.ts'
import { imageOf } from '../../checker/symmetry.ts'
import { CELL_VALUES, randomModel } from './random-model.ts'

export interface Symmetric {
  readonly model: Model
  readonly symmetry: Symmetry
}

/** The sum of a value and its image is nothing, modulo the number of values: so sums of images are images of sums. */
const opposite = (value: Value): Value => (CELL_VALUES - (value as number)) % CELL_VALUES

/** Halves of the cells are each other's. */
function halves(count: number): Symmetry {
  const cells = Array.from({ length: count }, (_, cell) => (cell + count / 2) % count)
  return { cells, value: (_, value) => opposite(value), parcel: (_, parcel) => opposite(parcel) }
}

export function imageOfRule({ cells, value, parcel }: Symmetry, rule: Rule): Rule {
  const moved = ([cell, of]: readonly [number, Value], by: Symmetry['value']): [number, Value] => [
    cells[cell]!,
    by(cell, of),
  ]
  return {
    ...rule,
    name: `${rule.name}, mirrored`,
    reads: rule.reads.map((cell) => cells[cell]!),
    fire: (look) =>
      rule
        .fire((cell) => value(cells[cell]!, look(cells[cell]!)))
        .map(
          (outcome): Outcome => ({
            ...outcome,
            sets: outcome.sets.map((set) => moved(set, value)),
            sends: outcome.sends.map((send) => moved(send, parcel)),
          }),
        ),
  }
}

/** A model with an even number of cells, and its symmetry: that which it would have. */
export const even = randomModel(4, 4).map((model): Symmetric => {
  const odd = model.cells.length % 2
  return {
    model: {
      ...model,
      cells: [...model.cells, ...Array.from({ length: odd }, () => 'one more')],
      initial: model.initial.map((state) => [...state, ...Array.from({ length: odd }, () => 0)]),
    },
    symmetry: halves(model.cells.length + odd),
  }
})

/** What arrives later counts more. */
const inOrder: Model['absorb'] = (_, before, parcel) => (2 * (before as number) + (parcel as number)) % CELL_VALUES

/** The same, with what makes it symmetric. */
const mirrored = even.map(({ model, symmetry }): Symmetric => {
  const images = model.initial.map((state) => imageOf(symmetry, state))
  const rules = model.rules.flatMap((rule) => [rule, imageOfRule(symmetry, rule)])
  return { model: { ...model, initial: [...model.initial, ...images], rules }, symmetry }
})

export const symmetric = fc.oneof(
  mirrored,
  mirrored.map(({ model, symmetry }) => ({ model: { ...model, absorb: inOrder }, symmetry })),
)

/** Two send the same two parcels, in the same order: their images would be in the other one. */
const twoOrders: Symmetric = {
  model: {
    cells: ['one', 'other', 'to one', 'to other'],
    initial: [[0, 0, 0, 0]],
    rules: [0, 1].map((cell) => ({
      name: `rule ${cell}`,
      reads: [cell],
      fire: (look) => {
        if (look(cell) !== 0) return []
        const sends = [1, 2].map((parcel) => [cell + 2, parcel] as const)
        return [{ label: { kind: 'step', text: 'sends' }, sets: [[cell, 1 + cell]], sends }]
      },
    })),
    absorb: inOrder,
  },
  symmetry: { ...halves(4), cells: [1, 0, 3, 2] },
}

/** The image of c is b, and that of b is a. */
const NAMES: Readonly<Record<string, string>> = { p: 'q', q: 'p', a: 'b', b: 'a', c: 'b' }
const threeNames: Symmetric = {
  model: {
    cells: ['it'],
    initial: [['b'], ['a'], ['p'], ['q']],
    rules: [
      {
        name: 'goes on',
        reads: [0],
        fire: (look) => {
          const next = { p: 'c', q: 'b' }[look(0) as string]
          return next === undefined ? [] : [{ label: { kind: 'step', text: 'goes on' }, sets: [[0, next]], sends: [] }]
        },
      },
    ],
    absorb: (_, before) => before,
  },
  symmetry: { cells: [0], value: (_, value) => NAMES[value as string]!, parcel: (_, parcel) => parcel },
}

/** Nearly: something is missing, or differs. */
export const nearly = fc.oneof(
  even,
  fc.constant(twoOrders),
  fc.constant(threeNames),
  symmetric.map(({ model, symmetry }) => ({ model, symmetry: { ...symmetry, cells: symmetry.cells.map(() => 0) } })),
  symmetric.map(({ model, symmetry }) => ({ model: { ...model, rules: model.rules.slice(1) }, symmetry })),
  symmetric.map(({ model, symmetry }) => ({ model: { ...model, initial: model.initial.slice(1) }, symmetry })),
  symmetric.map(({ model, symmetry }) => {
    const absorb: Model['absorb'] = (cell, before, parcel) => (cell === 0 ? before : model.absorb(cell, before, parcel))
    return { model: { ...model, absorb }, symmetry }
  }),
)

/** Up and down: what is small in one cell is large in the other, so that images are values that nobody has had yet. */
const TOP = 300
export const counting: Symmetric = {
  model: {
    cells: ['up', 'down'],
    initial: [[0, TOP]],
    rules: [0, 1].map((cell) => ({
      name: `rule ${cell}`,
      reads: [cell],
      fire: (look) => {
        const [value, end, step] = [look(cell) as number, cell === 0 ? TOP : 0, cell === 0 ? 1 : -1]
        return value === end
          ? []
          : [{ label: { kind: 'step', text: 'counts' }, sets: [[cell, value + step]], sends: [] }]
      },
    })),
    absorb: (_, before) => before,
  },
  symmetry: { cells: [1, 0], value: (_, value) => TOP - (value as number), parcel: (_, parcel) => parcel },
}
