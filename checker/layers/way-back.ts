import { type Answer, PredicateTables } from '../predicates.ts'
import type { Property } from '../property.ts'
import type { Bench } from './expansion.ts'
import { KeyReader } from './key-file.ts'
import { ValueOrder } from './order.ts'
import { Steps } from './steps.ts'

/** Where a shortest run ends: a state of a layer, and, for a property of steps, the state after one more step. */
export interface End {
  readonly depth: number
  readonly row: Int32Array
  readonly next: Int32Array | null
  readonly reason: string
}

/**
 * Finds shortest runs when a search on disk is over: no parents are kept, so that what leads to a state is looked for in the layer before it, layer by layer, for all runs at once. Of all
 * that are as short, the one is told that comes first by its values, whoever found what first.
 */
export class WayBack {
  readonly #bench: Bench
  readonly #steps: Steps
  readonly #order: ValueOrder
  readonly #predicates: PredicateTables
  readonly #row: Int32Array

  constructor(bench: Bench) {
    this.#bench = bench
    this.#steps = new Steps(bench.compiled)
    this.#order = new ValueOrder(bench.compiled)
    this.#predicates = new PredicateTables(bench.compiled)
    this.#row = new Int32Array(bench.compiled.width)
  }

  /** Where these properties are decided in a layer: by property. */
  ends(depth: number, properties: readonly Property[]): Map<Property, End> {
    const ends = new Map<Property, End>()
    const { compiled } = this.#bench
    this.#eachState(depth, (row) => {
      compiled.enable(row)
      for (const property of properties) {
        const before = ends.get(property) ?? null
        if ('everyStep' in property) this.#endOfSteps(property, depth, row, ends)
        else if (this.#order.isBefore(row, before?.row ?? null)) {
          const reason = this.#reason(property, row, compiled.enabled.length === 0)
          if (reason !== true) ends.set(property, { depth, row: row.slice(), next: null, reason })
        }
      }
    })
    return ends
  }

  /** What a reachability property says of the first state of a layer, by its values. */
  reasonAgainst(depth: number, property: Property): string {
    let first: Int32Array | null = null
    this.#eachState(depth, (row) => {
      if (this.#order.isBefore(row, first)) first = row.slice()
    })
    return first === null || !('some' in property) ? '' : String(this.#predicates.of(property.some).says(first))
  }

  /** The states on the way to each of these, from an initial one on. */
  ways(ends: readonly Pick<End, 'depth' | 'row'>[]): Int32Array[][] {
    const ways = ends.map(({ row }) => [row])
    for (let depth = Math.max(0, ...ends.map((end) => end.depth)); depth > 0; depth--) {
      const open = ways.filter((_, i) => ends[i]!.depth >= depth)
      const before = this.#before(
        depth - 1,
        open.map(([first]) => first!),
      )
      open.forEach((way, i) => {
        way.unshift(before[i]!)
      })
    }
    return ways
  }

  /** For each of some states of the next layer, the first state of a layer from which a step leads there. */
  #before(depth: number, wanted: readonly Int32Array[]): Int32Array[] {
    const { compiled, partition } = this.#bench
    const sums = wanted.map((row) => partition.sumOf(row))
    const any = new Set(sums)
    const found: (Int32Array | null)[] = wanted.map(() => null)
    const steps = this.#steps
    this.#eachState(depth, (row) => {
      compiled.enable(row)
      const sum = partition.sumOf(row)
      steps.each(row, () => {
        let after = sum
        for (let i = 0; i < steps.touches; i++) {
          const cell = steps.touched[i] as number
          after = (after + partition.change(cell, row[cell] as number, steps.next[cell] as number)) | 0
        }
        if (any.has(after))
          wanted.forEach((target, i) => {
            if (sums[i] === after && equal(target, steps.next) && this.#order.isBefore(row, found[i]!))
              found[i] = row.slice()
          })
        return true
      })
    })
    return found.map((row) => {
      if (row === null)
        throw new Error(`Nothing in layer ${depth} leads on to a state of the next: a rule is not pure, or a bug.`)
      return row
    })
  }

  #endOfSteps(
    property: Extract<Property, { readonly everyStep: unknown }>,
    depth: number,
    row: Int32Array,
    ends: Map<Property, End>,
  ): void {
    const asked = property.everyStep.map((one) => this.#predicates.ofStep(one))
    const steps = this.#steps
    steps.each(row, () => {
      const before = ends.get(property) ?? null
      const same = before !== null && equal(before.row, row)
      if (same ? !this.#order.isBefore(steps.next, before.next) : !this.#order.isBefore(row, before?.row ?? null))
        return true
      for (const predicate of asked) {
        const reason = predicate.says(row, steps.next)
        if (reason === true) continue
        ends.set(property, { depth, row: row.slice(), next: steps.next.slice(), reason })
        return true
      }
      return true
    })
  }

  /** Why a state decides a property; true where it does not. */
  #reason(property: Property, row: Int32Array, terminal: boolean): Answer {
    if ('always' in property) return this.#predicates.of(property.always).says(row)
    if ('some' in property) return this.#predicates.of(property.some).holds(row) ? property.some.name : true
    if (property.kind === 'deadlock' && terminal) return this.#predicates.of(property.finished).says(row)
    return true
  }

  /** Tells of each state of a layer. */
  #eachState(depth: number, tell: (row: Int32Array) => void): void {
    const { folder, partition, sizes, budget, compiled, dictionary } = this.#bench
    dictionary.catchUp()
    for (let part = 0; part < partition.count; part++) {
      const reader = new KeyReader(folder.states(depth, part), null, sizes.block)
      try {
        for (; reader.at < reader.end; reader.next()) {
          reader.layout.unpack(reader.keys, reader.at, this.#row)
          tell(this.#row)
          budget.poll(compiled.stepCost * 2)
        }
      } finally {
        reader.close()
      }
    }
  }
}

function equal(one: Int32Array, other: Int32Array): boolean {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false
  return true
}
