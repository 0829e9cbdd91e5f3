import fc from 'fast-check'
import type { Model, Outcome } from '../../checker/model.ts'

/** A counter a cell: cell i counts up by `by`, modulo its radix, while the cell that guards it is at one of `open`. */
interface Counter {
  readonly radix: number
  readonly by: number
  /** Which other cell guards it. */
  readonly guard: number
  /** For each value of the guard, up to `open.length` and then again from the start: whether it may count. */
  readonly open: readonly boolean[]
  /** Counts by a message, that the cell absorbs, and not by a step of its own. */
  readonly sent: boolean
  /** One more cell counts along, so that states need longer rows. */
  readonly echoed: boolean
}

export interface LargeModel {
  readonly counters: readonly Counter[]
  readonly model: Model
}

/** Sizes whose product is a few millions; one cell is wide, and it is each of them in turn: the last one too. */
const shapes = fc
  .record({
    cells: fc.integer({ min: 2, max: 6 }),
    wide: fc.nat(),
    small: fc.array(fc.constantFrom(2, 3, 4, 5), { minLength: 5, maxLength: 5 }),
  })
  .map(({ cells, wide, small }) => {
    const radices: number[] = small.slice(0, cells - 1)
    const product = radices.reduce((all, one) => all * one, 1)
    radices.splice(wide % cells, 0, Math.ceil(1_200_000 / product))
    return radices
  })

/** Models of more than a million states, of which most can be reached, in an order that is not that of their numbers. */
export const largeModel: fc.Arbitrary<LargeModel> = shapes.chain((radices) =>
  fc
    .tuple(
      ...radices.map((radix, i) =>
        fc.record({
          radix: fc.constant(radix),
          by: fc.integer({ min: 1, max: radix - 1 }),
          guard: fc.constant((i + 1) % radices.length),
          open: fc.tuple(fc.boolean(), fc.boolean()).map((rest) => [true, ...rest]),
          sent: fc.boolean(),
          echoed: fc.boolean(),
        }),
      ),
    )
    .map((counters) => ({ counters, model: modelOf(counters) })),
)

export const mayCount = ({ open }: Counter, guard: number): boolean => open[guard % open.length]!

export const counted = ({ radix, by }: Counter, value: number): number => (value + by) % radix

function modelOf(counters: readonly Counter[]): Model {
  const echoes = counters.flatMap(({ echoed }, i) => (echoed ? [i] : []))
  // An echo counts by a message.
  const toEcho = (i: number): [number, number][] =>
    echoes.includes(i) ? [[counters.length + echoes.indexOf(i), counters[i]!.by]] : []
  return {
    cells: [...counters.map((_, i) => `counter ${i}`), ...echoes.map((i) => `echo of ${i}`)],
    initial: [[...counters, ...echoes].map(() => 0)],
    rules: counters.map((counter, i) => ({
      name: `count ${i}`,
      reads: counter.sent ? [counter.guard] : [i, counter.guard],
      fire: (look): Outcome[] =>
        mayCount(counter, look(counter.guard) as number)
          ? [
              {
                label: { kind: 'step', text: `count ${i}` },
                sets: counter.sent ? [] : [[i, counted(counter, look(i) as number)]],
                sends: [...(counter.sent ? ([[i, counter.by]] as const) : []), ...toEcho(i)],
              },
            ]
          : [],
    })),
    absorb: (cell, before) => counted(counters[cell] ?? counters[echoes[cell - counters.length]!]!, before as number),
  }
}
